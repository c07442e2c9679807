"""What newsrooms put on lines of their own: where a text ends or goes on, how long it is, who typed it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from l10n.formats.text.lines import BLANK, RULE, WORDS, Line, words

# Bare in capitals, as in "ENDS"; between signs or brackets in any case, as in "(more)" and "- fin -".
_ENDS = (
    "ends?|end of (?:release|text|message|transcript)|fin(?: du communiqué| de la nota| del comunicado)?|fim"
    "|fine|ende|einde|slut|slutt|koniec|konec|kraj|vége|son|конец|кінець|край|τέλος|akhir|selesai|hết|סוף"
    "|انتهى|النهاية|پایان|समाप्त|完|完毕|全文完|以上|了|終わり?|끝|이상"
)
_GOES_ON = (
    "more|more follows|continued|continues|mf|à suivre|suite|ampliará|habrá ampliación|sigue|continúa|segue"
    "|continua|continuação|folgt|wird fortgesetzt|mehr|forts|cdn|продолжение следует|يتبع|जारी"
)
_SIGNED = re.compile(
    rf"(?i)(?:[-–—*#=~/<>\[(（【]\s?){{1,5}}(?:(?P<on>{_GOES_ON})|{_ENDS})\.?(?:\s?[-–—*#=~/<>\])）】]){{1,5}}"
)
_BARE = re.compile(
    r"(?:ENDS?|FIN|FIM|FINE|ENDE|EINDE|SLUTT?|KONIEC|KONEC|VÉGE|КОНЕЦ|КІНЕЦЬ|ΤΕΛΟΣ|انتهى)\.?"
    r"|Ends|Fin|Fim|Fine|Ende|Конец"
    r"|END OF (?:PRESS |NEWS )?RELEASE|FIN D[UE] COMMUNIQUÉ|FIN DEL? (?:COMUNICADO|LA NOTA(?: DE PRENSA)?)"
    r"|FIM D[AO] (?:COMUNICADO|NOTA)|FINE (?:DEL )?COMUNICATO|ENDE DER (?:PRESSE)?MITTEILUNG"
    r"|(?:以上|全文完|終わり?|끝|समाप्त)[。.।]?"
)
_COUNTED = (
    "(?:total )?word ?count|words|nombre de mots|nombre de signes|mots|signes|palabras|caracteres"
    "|número de palabras|palavras|parole|battute|caratteri|wörter|zeichen|anschläge|woorden|tekens|ord|tecken"
    "|słów|znaków|слов|знаков|количество слов|количество знаков|слів|знаків|عدد الكلمات|字数|字數|全文字数"
    "|文字数|글자 ?수|단어 ?수|kelime sayısı|số từ|शब्द संख्या"
)
_COUNT = re.compile(
    rf"(?i)[(（\[]?(?:{_COUNTED})(?: \([^()]{{1,40}}\))?\s?[:：]\s?\d[\d .,]*(?:\([^()]{{1,40}}\))?[)）\]]?"
    r"|[-–—*(（\[] ?\d[\d.,]* (?:words|mots|palabras|palavras|parole|wörter|zeichen|woorden|ord|слов|знаков)"
    r" ?[-–—*)）\]]"
    r"|[(（]?(?:共|全文)\s?(?:约|約)?\d+\s?字[)）]?"
)
# The initials of who wrote, edited and checked a text of an agency: "jl/mp", "Marea/jl/mp".
_INITIALS = re.compile(r"[^\W\d_]{2,12}/[a-z]{2,3}(?:/[a-z]{2,3}){1,3}|[a-z]{2}/[a-z]{2}(?:/[a-z]{2,3}){0,3}")
# What heads the next sheet: "HARBOUR PLAN / Page 2", "harbour 2-2-2", "Add 1: harbour".
_NEXT_SHEET = re.compile(
    r"(?i).{0,80}?\b(?:page|p\.|pg\.|seite|página|pág\.|pagina|pag\.|strona|стр\.|страница)\s?#?\d{1,3}\b.{0,80}"
    r"|.{1,80}[\s,/–—-]\d(?:[- ]?\d){0,3}|add\s?\d.{0,80}|.{1,60}/\s?(?:add\s)?\d{1,2}"
)
_LONGEST_MARK = 48
_LONGEST_SLUG = 12


def is_furniture(content: str) -> bool:
    """Whether a line only says where the text ends or goes on, how long it is or who typed it."""
    if len(content) > _LONGEST_MARK:
        return False
    return any(pattern.fullmatch(content) for pattern in (_SIGNED, _BARE, _COUNT, _INITIALS))


def marked(lines: Sequence[Line]) -> list[Line]:
    """The lines, with such ones as rules, and so the head of the sheet on which a text goes on."""
    out = list(lines)
    on = False
    for index, line in enumerate(lines):
        if line.shape is BLANK:
            continue
        written = (line.before + line.content).strip()
        heads_sheet = on and line.shape is WORDS and _heads_sheet(line.content)
        if heads_sheet or is_furniture(written):
            out[index] = line._replace(shape=RULE, marker="")
        found = _SIGNED.fullmatch(written) if len(written) <= _LONGEST_MARK else None
        on = found is not None and found["on"] is not None
    return out


def _heads_sheet(content: str) -> bool:
    return words(content) <= _LONGEST_SLUG and _NEXT_SHEET.fullmatch(content) is not None
