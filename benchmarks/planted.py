"""Errors planted in correct pairs: how many the checks find, by kind and by language, and what they say of the rest.

The pairs are `tests/cases/pairs.txt`: the same sentences in nine languages, so that every language is
source and target of every other.  What is planted is said in this file, in words of its own: it asks nothing
of the tables that the checks read.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.options import Options
from l10n import checks
from l10n.checks import Between
from l10n.model import Finding, Severity

PAIRS = Path(__file__).parent.parent / "tests" / "cases" / "pairs.txt"

# (word, what it becomes) by kind and language; the first that stands in a target is put in.
_TABLES: dict[str, dict[str, str]] = {
    "month": {
        "en": "June:July April:August September:November March:May July:June May:October December:January",
        "fr": "juin:juillet avril:août septembre:novembre mars:mai juillet:juin mai:octobre décembre:janvier",
        "es": "junio:julio abril:agosto septiembre:noviembre marzo:mayo julio:junio mayo:octubre diciembre:enero",
        "pt": "junho:julho abril:agosto setembro:novembro março:maio julho:junho maio:outubro dezembro:janeiro",
        "it": "giugno:luglio aprile:agosto settembre:novembre marzo:maggio luglio:giugno maggio:ottobre dicembre:gennaio",
        "de": "Juni:Juli April:August September:November März:Mai Juli:Juni Mai:Oktober Dezember:Januar",
        "ru": "июня:июля апреля:августа сентября:ноября марте:мае июле:июне мая:октября декабря:января",
        "ar": "يونيو:يوليو أبريل:أغسطس سبتمبر:نوفمبر مارس:مايو يوليو:يونيو مايو:أكتوبر ديسمبر:يناير",
        "zh": "年6月:年8月 年4月:年9月 于9月:于5月 3月承:4月承 7月气:5月气 于5月:于8月 年12月:年11月",
    },
    "weekday": {
        "en": "Monday:Tuesday Tuesday:Thursday Friday:Sunday",
        "fr": "lundi:mardi mardi:jeudi vendredi:dimanche",
        "es": "lunes:martes martes:jueves viernes:domingo",
        "pt": "segunda-feira:terça-feira terça-feira:quinta-feira sexta-feira:quarta-feira",
        "it": "lunedì:martedì martedì:giovedì venerdì:domenica",
        "de": "Montag:Dienstag Dienstag:Donnerstag Freitag:Sonntag",
        "ru": "понедельник:вторник вторник:четверг пятницу:воскресенье",
        "ar": "الاثنين:الثلاثاء الثلاثاء:الخميس الجمعة:الأحد",
        "zh": "星期一:星期二 周二:周四 周五:周日",
    },
    "currency": {
        "en": "$:€ €:$ £:€",
        "fr": "dollars:euros euros:dollars livres:euros yens:yuans",
        "es": "dólares:euros euros:dólares libras:euros",
        "pt": "dólares:euros euros:dólares libras:euros",
        "it": "dollari:euro euro:dollari sterline:euro",
        "de": "Dollar:Euro Euro:Dollar Pfund:Euro",
        "ru": "долларов:евро евро:долларов фунтов:евро",
        "ar": "دولار:يورو يورو:دولار جنيه_إسترليني:يورو",
        "zh": "美元:欧元 欧元:美元 英镑:欧元",
    },
    "scale": {
        "en": "million:billion billion:million",
        "fr": "million:milliard millions:milliards milliards:millions",
        "es": "millones:mil_millones 3.000_millones:3_millones",
        "pt": "milhão:bilhão milhões:bilhões bilhões:milhões",
        "it": "milioni:miliardi miliardi:milioni",
        "de": "Millionen:Milliarden Milliarden:Millionen",
        "ru": "млн:млрд млрд:млн",
        "ar": "مليون:مليار مليارات:ملايين",
        "zh": "125万:125亿 4000万:400万 30亿:3亿",
    },
    "unit": {
        "en": "km:miles tonnes:kilograms",
        "fr": "km:miles tonnes:kilogrammes",
        "es": "km:millas toneladas:kilogramos",
        "pt": "km:milhas toneladas:quilogramas",
        "it": "km:miglia tonnellate:chilogrammi",
        "de": "km:Meilen Tonnen:Kilogramm",
        "ru": "км:миль тонн:килограммов",
        "ar": "كم:ميل طنا:كيلوغراما",
        "zh": "公里:英里 吨:公斤",
    },
    "negation": {
        "en": "not_leave:leave has_not:has No_patient:A_patient Never_before_have:Before_have",
        "fr": "ne_laisserons:laisserons n’a_pas_reçu:a_reçu Aucun_patient_n’a:Un_patient_a",
        "es": "No_dejaremos:Dejaremos no_ha:ha Ningún_paciente:Un_paciente Nunca_tantas:Tantas",
        "pt": "Não_deixaremos:Deixaremos não_recebeu:recebeu Nenhum_paciente:Um_paciente Nunca_tantas:Tantas",
        "it": "Non_lasceremo:Lasceremo non_ha:ha Nessun_paziente:Un_paziente Mai_prima:Prima",
        "de": "niemanden_zurück:jemanden_zurück Euro_nicht:Euro Kein_Patient:Ein_Patient Noch_nie_haben:Nun_haben",
        "ru": "никого_не_оставим:всех_оставим не_получил:получил Ни_один_пациент_не_платил:Один_пациент_платил",
        "ar": "لن_نترك:سنترك لم_يتلق:تلقى لم_يدفع:دفع لم_يسبق:سبق",
        "zh": "不会丢下:会丢下 没有收到:收到了 没有任何患者:有患者 从未有过:有过",
    },
}  # fmt: skip
# A negation that is two words away from the one taken out belongs to it.
_ALSO_OUT = {"fr": ("personne de côté", "quelqu’un de côté"), "es": ("a nadie atrás", "a alguien atrás"),
             "pt": ("ninguém para", "alguém para"), "it": ("indietro nessuno", "indietro qualcuno"),
             "ar": ("أي مريض", "مريض"), "en": ("behind", "behind")}  # fmt: skip

Planter = Callable[[str, str, str], str | None]


def _by_table(kind: str) -> Planter:
    def plant(_: str, target: str, language: str) -> str | None:
        for row in _TABLES[kind][language].split():
            word, other = (part.replace("_", " ") for part in row.split(":"))
            if word in target:
                out = target.replace(word, other, 1)
                if kind == "negation" and language in _ALSO_OUT:
                    out = out.replace(*_ALSO_OUT[language])
                return out
        return None

    return plant


def _digit(_: str, target: str, __: str) -> str | None:
    found = re.search(r"(?<![\w@/+])\d+(?=[\s\W])(?!\S*@)", target)
    if not found or "+41" in target:
        return None
    number = found.group()
    return target[: found.start()] + str((int(number[0]) + 3) % 9 + 1) + number[1:] + target[found.end() :]


def _number_out(_: str, target: str, __: str) -> str | None:
    found = re.search(r"\b\d{2,3}(?=\s?[^\W\d]{3,}|[所个吨人])", target)
    return target[: found.start()] + target[found.end() :].lstrip() if found else None


def _phone(_: str, target: str, __: str) -> str | None:
    return target.replace("555 01 44", "555 01 45") if "555 01 44" in target else None


def _mail(_: str, target: str, __: str) -> str | None:
    return target.replace("press@alda", "pres@alda") if "press@alda" in target else None


def _address(_: str, target: str, __: str) -> str | None:
    return target.replace("/reports/2026", "/report/2026") if "/reports/" in target else None


def _code_out(_: str, target: str, __: str) -> str | None:
    return target.replace("</1>", "") if "</1>" in target else None


_NAMES = {"Sandoval": "Sandovel", "Okafor": "Okavor", "Lindqvist": "Lindqvits", "Nairobi": "Nairoli"}


def _name(source: str, target: str, _: str) -> str | None:
    for name, other in _NAMES.items():
        if name in target and name in source:
            return target.replace(name, other, 1)
    return None


def _acronym(_: str, target: str, __: str) -> str | None:
    return target.replace("UNICEF", "UNICFE") if "UNICEF" in target else None


_QUOTES = "«»“”„"


def _quote_out(_: str, target: str, __: str) -> str | None:
    found = re.search(f"[{_QUOTES}]", target[::-1])
    at = len(target) - 1 - found.start() if found else 0
    return target[:at] + target[at + 1 :] if found else None


def _quotes_out(_: str, target: str, __: str) -> str | None:
    return re.sub(f"[{_QUOTES}]", "", target) if re.search(f"[{_QUOTES}]", target) else None


def _bracket_out(_: str, target: str, __: str) -> str | None:
    found = re.search(r"[（(][^()（）]{4,}[)）]", target)
    return target[: found.end() - 1] + target[found.end() :] if found else None


def _item_out(_: str, target: str, __: str) -> str | None:
    found = re.search(r"[（(]?(?:b|ب)[)）]", target)
    return target[: found.start()] + target[found.end() :] if found else None


def _copied(source: str, _: str, __: str) -> str | None:
    return source if "alda.example" not in source else None


def _tail(source: str, target: str, language: str) -> str | None:
    """The last third of the words as they are in the source."""
    if language == "zh" or re.search(r"[一-鿿]", source):
        half = source[2 * len(source) // 3 :]
        return target[: 2 * len(target) // 3] + half if re.search(r"\w{4}", half) else None
    words, ours = source.split(), target.split()
    if len(words) < 9 or "alda.example" in source:
        return None
    return " ".join(ours[: 2 * len(ours) // 3] + words[-max(4, len(words) // 3) :])


def _half(_: str, target: str, language: str) -> str | None:
    if language == "zh":
        return target[: len(target) // 2] + "。" if len(target) > 24 else None
    words = target.split()
    return " ".join(words[: len(words) * 2 // 5]) + "." if len(target) > 70 else None


def _sentence_out(_: str, target: str, language: str) -> str | None:
    found = re.search(r"[.?؟。？]\s?(?=\S)", target) if target.count(". ") or "。三" in target else None
    return target[: found.end()].strip() if found and not re.search(r"\d[.]\d|@|//|9\.", target) else None


def _doubled(_: str, target: str, language: str) -> str | None:
    if language == "zh":
        return None
    found = re.search(r"(?<=\s)[^\W\d_A-Z]{4,}(?=\s)", target)
    return target[: found.end()] + " " + found.group() + target[found.end() :] if found else None


def _comma(_: str, target: str, __: str) -> str | None:
    return re.sub(r"(?<=[^\W\d])([,،])(?=\s)", r" \1", target, count=1) if re.search(r"[^\W\d][,،]\s", target) else None


def _question(_: str, target: str, __: str) -> str | None:
    return re.sub(r"[?？؟]", ".", target) if re.search(r"[?？؟]", target) else None


def _stop_out(_: str, target: str, __: str) -> str | None:
    return target[:-1] if target[-1] in ".。" else None


def _opening_out(_: str, target: str, language: str) -> str | None:
    return target.replace("¿", "").replace("¡", "") if language == "es" and re.search("[¿¡]", target) else None


def _mojibake(_: str, target: str, __: str) -> str | None:
    found = re.search("[à-ö]", target)
    broken = found.group().encode().decode("cp1252", "replace") if found else ""
    return target.replace(found.group(), broken, 1) if found else None


def _replacement(_: str, target: str, __: str) -> str | None:
    return target[:5] + "\ufffd" + target[6:]


def _bidi(_: str, target: str, __: str) -> str | None:
    return target[:4] + "\u202e" + target[4:]


def _zero_width(_: str, target: str, __: str) -> str | None:
    return target[:3] + "\u200b" + target[3:]


def _pieces(_: str, target: str, __: str) -> str | None:
    out = unicodedata.normalize("NFD", target)
    return out if out != target else None


def _capitals(_: str, target: str, __: str) -> str | None:
    out = re.sub(r"[^<>]+", lambda found: found.group().upper(), target)
    return out if out != target and "@" not in target and "//" not in target else None


def _loop(_: str, target: str, language: str) -> str | None:
    words = target.rstrip(".").split()
    if language == "zh" or len(words) < 6:
        return None
    tail = " ".join(words[-2:])
    return " ".join([*words, tail, tail, tail])


def _mask(_: str, target: str, __: str) -> str | None:
    return target[:8] + " __P1__ " + target[8:]


_PLANTERS: dict[str, Planter] = {
    "a digit": _digit,
    "a number left out": _number_out,
    "million for billion": _by_table("scale"),
    "another month": _by_table("month"),
    "another weekday": _by_table("weekday"),
    "another currency": _by_table("currency"),
    "another unit": _by_table("unit"),
    "a phone number": _phone,
    "a mail address": _mail,
    "a web address": _address,
    "a code left out": _code_out,
    "a letter of a name": _name,
    "a letter of an acronym": _acronym,
    "a negation left out": _by_table("negation"),
    "a quotation mark": _quote_out,
    "both quotation marks": _quotes_out,
    "a bracket": _bracket_out,
    "an item of a list": _item_out,
    "the source itself": _copied,
    "an untranslated tail": _tail,
    "half left out": _half,
    "a sentence left out": _sentence_out,
    "a word twice": _doubled,
    "a space before a comma": _comma,
    "a question mark": _question,
    "the full stop": _stop_out,
    "¿ or ¡": _opening_out,
    "the wrong charset": _mojibake,
    "a broken character": _replacement,
    "an open direction": _bidi,
    "a zero-width space": _zero_width,
    "letters in pieces": _pieces,
    "all in capitals": _capitals,
    "a loop": _loop,
    "a mask": _mask,
}


def sentences() -> list[dict[str, str]]:
    """The sets of the table: locale to sentence."""
    out: list[dict[str, str]] = []
    for block in PAIRS.read_text("utf-8").split("\n\n"):
        lines = [line.partition(": ") for line in block.splitlines() if line and line[0] != "#"]
        if lines:
            out.append({locale: text for locale, _, text in lines})
    return out


def pairs() -> Iterator[tuple[str, str, str, str]]:
    """(source locale, target locale, source, target), each set in every direction."""
    for row in sentences():
        for one, source in row.items():
            for other, target in row.items():
                if one != other:
                    yield one, other, source, target


def run(options: Options) -> None:
    """Print false alarms on the untouched pairs, then what was found of each kind."""
    between: dict[tuple[str, str], Between] = {}
    planted: Counter[tuple[str, str]] = Counter()
    caught: Counter[tuple[str, str]] = Counter()
    alarms: Counter[Severity] = Counter()
    total = 0
    for one, other, source, target in pairs():
        if options.quick and one != "en":
            continue
        locales = between.setdefault((one, other), checks.between(one, other))
        before = checks.look(source, target, locales)
        total += 1
        alarms.update({finding.severity for finding in before})
        known = Counter(map(_shape, before))
        for kind, planter in _PLANTERS.items():
            wrong = planter(source, target, other)
            if wrong is None or wrong == target:
                continue
            planted[kind, other] += 1
            after = Counter(map(_shape, checks.look(source, wrong, locales)))
            if after - known:
                caught[kind, other] += 1
    print(f"{total} correct pairs: {alarms[Severity.ERROR]} with an error, {alarms[Severity.WARNING]} with a warning")
    _table(planted, caught)


def _shape(finding: Finding) -> tuple[str, str] | None:
    return (finding.check, finding.message) if finding.severity is not Severity.INFO else None


def _table(planted: Counter[tuple[str, str]], caught: Counter[tuple[str, str]]) -> None:
    languages = sorted({language for _, language in planted})
    print(f"{'found of planted, in %':26}" + "".join(f"{language:>6}" for language in languages) + "   all")
    for kind in _PLANTERS:
        cells = [_share(caught[kind, language], planted[kind, language]) for language in languages]
        count = sum(planted[kind, language] for language in languages)
        whole = _share(sum(caught[kind, language] for language in languages), count)
        print(f"{kind:26}" + "".join(f"{cell:>6}" for cell in cells) + f"{whole:>6}  of {count}")
    every = _share(sum(caught.values()), sum(planted.values()))
    print(f"{'all kinds':26}" + " " * 6 * len(languages) + f"{every:>6}  of {sum(planted.values())}")


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}" if whole else "-"
