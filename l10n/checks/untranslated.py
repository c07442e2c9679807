"""A target in the language or the script of its source was forgotten, not translated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from l10n import conventions
from l10n.checks.pair import Example, Pair
from l10n.checks.reading.foreign_markup import LONE
from l10n.checks.reading.words import letter_runs, spans, word_list, word_set
from l10n.model import Finding, Kind, Severity

ID = "untranslated"
SEVERITY = Severity.ERROR
EXPLANATION = (
    "A target that repeats its source, or consists mostly of common small words of the source language, "
    "gets a warning; one written mostly in another script is an error. Names, acronyms and contact lines "
    "may stay as they are."
)
BAD = Example("en", "The office opens in May.", "fr", "The office opens in May.")
GOOD = Example("en", "Harlan Dunmore, OELM", "fr", "Harlan Dunmore, OELM")

_WORD = re.compile(r"[^\W\d_]+")
_KINDS_THAT_STAY = frozenset({Kind.CONTACT, Kind.METADATA})
_TAIL = 4  # words in a row that were copied
_LONG = 5  # letters of a word that no two languages share by chance
_LOOSE = ",;.'’ \u00a0\u202f%°0123456789()،؛"
_TAIL_ALIEN = 2
_FEWEST = 3  # words in small letters that make a clause
_TAIL_UNSPACED = 4  # characters of a script without spaces
_PRINTABLE = re.compile("[!-~]+")
_IDENTIFYING = re.compile(r"[^A-Za-z]")
_BESIDE = ",;:.!?\"'()[]<>"
_QUOTED = re.compile('[«“„"]([^«»“”„"]{1,60})[»”“"]')
_MARKS = re.compile('[«»“”„"‘’()（）《》]')
_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# The blocks of Unicode that hold the letters of a script (ISO 15924).
_LETTERS = {
    "Latn": "A-Za-zª-ɏḀ-ỿ",
    "Grek": "Ͱ-Ͽἀ-῿",
    "Cyrl": "Ѐ-ԯ",
    "Armn": "\u0530-\u058f",
    "Hebr": "\u0590-\u05ff",
    "Arab": "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff",
    "Deva": "\u0900-\u097f",
    "Beng": "\u0980-\u09ff",
    "Thai": "\u0e00-\u0e7f",
    "Geor": "\u10a0-\u10ff",
    "Ethi": "\u1200-\u137f",
    "Khmr": "\u1780-\u17ff",
    "Kore": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af" + _HAN,
    "Jpan": "\u3040-\u30ff" + _HAN,
    "Hans": _HAN,
    "Hant": _HAN,
    "Hani": _HAN,
}
# One Chinese or Japanese character says as much as about three letters.
_DENSE = frozenset({"Hans", "Hant", "Hani", "Jpan", "Kore"})
_DENSITY = 3


def run(pair: Pair) -> Iterator[Finding]:
    """At most one finding, about the whole target."""
    if pair.source_convention.language == pair.target_convention.language:
        return
    words = letter_runs(pair.target_plain.text)
    if pair.kind in _KINDS_THAT_STAY or (len(words) < 2 and not _unspaced(words)):
        return
    if script := _foreign_script(pair, words):
        yield Finding(
            ID,
            Severity.ERROR,
            "the target is not written in the letters of {language}",
            values=(("language", script),),
        )
    elif _repeats(pair, words):
        yield Finding(ID, Severity.WARNING, "the target repeats the source")
    elif tail := _copied(pair):
        span = pair.target_plain.span(*tail)
        copied = pair.target_plain.text[slice(*tail)]
        yield Finding(
            ID, Severity.WARNING, "“{words}” is copied from the source", *span, None, (("words", copied),)
        )
    elif _mostly_source(pair, words):
        language = pair.source_convention.english
        yield Finding(
            ID, Severity.WARNING, "the target holds mostly {language} words", values=(("language", language),)
        )


def _foreign_script(pair: Pair, words: list[str]) -> str:
    """The target language's name when its own letters are fewer than others, "" when all is well.

    Names and acronyms in capitals are not counted, nor a single word.
    """
    script = pair.target_convention.script
    if script not in _LETTERS:
        return ""
    own_letter, other_letter = _letters(script)
    if other_letter.search(pair.target_plain.text) is None:
        return ""
    if len(_foreign(words, own_letter)) < 3 and not _unspaced(words):
        return ""
    foreign = _foreign(_translatable(pair), own_letter)
    if len(foreign) < 3 and not _unspaced(foreign):
        return ""
    density = _DENSITY if script in _DENSE else 1
    foreign_count = sum(map(len, foreign))
    own_count = len(own_letter.findall(pair.target_plain.text)) * density
    return pair.target_convention.english if foreign_count > 2 * own_count else ""


def _foreign(words: list[str], own_letter: re.Pattern[str]) -> list[str]:
    """The words that begin with another script's letter and are no name."""
    return [word for word in words if own_letter.match(word) is None and not word[0].isupper()]


def _translatable(pair: Pair) -> list[str]:
    """The words of the target without what nobody translates.

    That is a file name, a command or an address that the source has too (“dh_install(1)”, “po/fr.po”), and
    what both have in quotation marks.
    """
    source = pair.source_plain.text

    def blank(match: re.Match[str]) -> str:
        bare = match.group().strip(_BESIDE)
        return " " if _IDENTIFYING.search(bare) and bare in source else match.group()

    text = _QUOTED.sub(lambda match: " " if match[1] in source else match.group(), pair.target_plain.text)
    return _WORD.findall(_PRINTABLE.sub(blank, text))


def _unspaced(words: list[str]) -> bool:
    """Whether few words are many: a script without spaces makes one word of a whole clause."""
    return any(len(word) >= 6 and word[0] > "\u0e00" for word in words)


@lru_cache(maxsize=64)
def _letters(script: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """One letter of a script, and one of any other."""
    return re.compile(f"[{_LETTERS[script]}]"), re.compile(rf"[^\W\d_{_LETTERS[script]}]")


def _repeats(pair: Pair, words: list[str]) -> bool:
    if len(words) < 3 or not _may_be_source(pair, words):
        return False
    return _bare(pair.source_plain.text) == _bare(pair.target_plain.text)


def _may_be_source(pair: Pair, words: list[str]) -> bool:
    """Whether there is a small word that only the source language has, or many words."""
    if not pair.source_convention.function_words:
        return sum(map(str.islower, words)) >= 5
    telling, _ = _telling_words(pair.source_locale, pair.target_locale)
    if not telling.isdisjoint(words):
        return True
    return words[0].lower() in telling and any(map(str.islower, words))


def _mostly_source(pair: Pair, words: list[str]) -> bool:
    source_words, target_words = _telling_words(pair.source_locale, pair.target_locale)
    if not source_words or source_words.isdisjoint(words):
        return False
    words = _translatable(pair)
    source_count = sum(word in source_words for word in words)
    if not target_words:
        return source_count * 3 >= len(words) and len(source_words.intersection(words)) >= 4
    target_count = sum(word in target_words for word in words)
    return source_count >= 3 and source_count > 2 * target_count and source_count * 7 >= len(words)


@lru_cache(maxsize=256)
def _telling_words(source_locale: str, target_locale: str) -> tuple[frozenset[str], frozenset[str]]:
    """The function words that only the source language has, and those only the target has."""
    source = conventions.load(source_locale).function_words
    target = conventions.load(target_locale).function_words
    return source - target, target - source


def _bare(text: str) -> str:
    return " ".join(text.replace(LONE, " ").casefold().split())


def _copied(pair: Pair) -> tuple[int, int] | None:
    """The place of a row of words, or of characters, that stands in the source as well and is no quotation.

    Names and titles are copied: half of the words, and at least three, begin with a small letter, and one of
    them is a small word of the source language only.
    """
    if pair.source_convention.script in _DENSE:
        return _copied_characters(pair)
    # Letters that readers of the target do not know are not copied for the sake of a name.
    alien = pair.source_convention.script not in {"Latn", pair.target_convention.script}
    scripts_differ = pair.source_convention.script != pair.target_convention.script
    size = _TAIL_ALIEN if alien else _TAIL - scripts_differ
    shared = word_set(pair.target_plain.text) & word_set(pair.source_plain.text)
    if len(shared) < min(size, 3):
        return None
    words, source_words = word_list(pair.target_plain.text), word_list(pair.source_plain.text)
    copied = _in_rows(words, source_words, size)
    # At the very end of both a row may be a word shorter.
    ends = bool(copied) and not copied[-1] and not alien and words[1 - size :] == source_words[1 - size :]
    if not (ends or any(copied)):
        return None
    copied[-1] = copied[-1] or ends
    target_spans, text = spans(pair.target_plain.text), pair.target_plain.text
    telling, _ = _telling_words(pair.source_locale, pair.target_locale)
    until = 0
    for at, begins in enumerate(copied):
        if not begins or at < until:
            continue
        until = next((end for end in range(at, len(copied)) if not copied[end]), len(copied))
        shorter = ends and at == len(copied) - 1 and (at == 0 or not copied[at - 1])
        row = target_spans[at + shorter : until + size - 1]
        pieces = _pieces(row, text)
        if alien:
            pieces = (_in_letters(piece, pair.source_convention.script) for piece in pieces)
        for piece in pieces:
            if len(piece) < min(size, len(row)):
                continue
            last = piece[-1][2] == target_spans[-1][2]
            if alien or _says_something(piece, text, telling, last=last):
                return piece[0][1], piece[-1][2]
    return None


def _in_rows(words: tuple[str, ...], source_words: tuple[str, ...], size: int) -> list[bool]:
    """Whether each row of so many words is one of the source's; nothing where either has none."""
    rows = {source_words[at : at + size] for at in range(len(source_words) - size + 1)}
    return [words[at : at + size] in rows for at in range(len(words) - size + 1)] if rows else []


Words = Sequence[tuple[str, int, int]]


def _pieces(row: Words, text: str) -> Iterator[Words]:
    """A row of words cut where more stands between two than blanks, commas and figures."""
    start = 0
    for at, (before, after) in enumerate(pairwise(row), start=1):
        gap = text[before[2] : after[1]]
        if gap == "." or gap.strip(_LOOSE):
            yield row[start:at]
            start = at
    yield row[start:]


def _in_letters(row: Words, script: str) -> Words:
    """A row from its first word in the letters of a script to the last."""
    if script not in _LETTERS:
        return row
    letter, _ = _letters(script)
    places = [at for at, (word, _, _) in enumerate(row) if letter.match(word)]
    return row[places[0] : places[-1] + 1] if places else ()


def _says_something(row: Words, text: str, telling: frozenset[str], *, last: bool) -> bool:
    """Whether copied words are no name or title, and stand in no quotation marks."""
    small = [
        at
        for at, (word, start, _) in enumerate(row)
        if not text[start].isupper() and (len(word) > 1 or word in telling)
    ]
    if len(small) < (1 if last else _FEWEST) or _quoted(text, row[0][1], row[-1][2]):
        return False
    # Names at either end of a clause say nothing of it.
    length = small[-1] - small[0] + 1 if len(small) >= _FEWEST else len(row)
    if 2 * len(small) < length:
        return False
    long = last and any(len(word) >= _LONG and text[start].islower() for word, start, _ in row)
    return long or not telling or any(word in telling for word, _, _ in row)


def _copied_characters(pair: Pair) -> tuple[int, int] | None:
    """The same where the source has no spaces between words and the target another script."""
    if pair.target_convention.script in _DENSE:
        return None
    letters, _ = _letters(pair.source_convention.script)
    letter = letters.pattern
    for match in re.finditer(f"{letter}(?:(?:{letter}|[·，、；0-9])*{letter})?", pair.target_plain.text):
        count = len(letters.findall(match.group()))
        copied = count >= _TAIL_UNSPACED and match.group() in pair.source_plain.text
        if copied and not _quoted(pair.target_plain.text, *match.span()):
            return match.span()
    return None


def _quoted(text: str, start: int, end: int) -> bool:
    """Whether a stretch stands in quotation marks or brackets."""
    return bool(_MARKS.search(text[max(0, start - 3) : start]) and _MARKS.search(text[end : end + 3]))
