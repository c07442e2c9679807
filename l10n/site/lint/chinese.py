"""Chinese in the other script than its language says: traditional characters where simplified ones belong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from l10n.conventions import load
from l10n.site.lint.fault import Fault
from l10n.site.lint.reader import ParsedPage, Words

_NAMES = ("Hans", "Hant")
# So many characters that only one script has tell which it is, where hardly one is of the other.
_TELLING, _HARDLY = 4, 0.2


def faults(sheet: ParsedPage) -> Iterator[Fault]:
    """Texts in the script that their language does not name; a page that is wholly so is told once."""
    by_language: dict[str, list[Words]] = defaultdict(list)
    for words in sheet.words:
        if words.lang[:2].lower() == "zh" and "-" in words.lang:
            by_language[words.lang].append(words)
    for lang, all_words in by_language.items():
        yield from _in_language(lang, all_words, whole=lang == sheet.lang)


def _in_language(lang: str, all_words: Sequence[Words], *, whole: bool) -> Iterator[Fault]:
    said = load(lang).script
    if said not in _NAMES:
        return
    real = script("".join(words.text for words in all_words))
    if whole and real and real != said:
        yield Fault("lang-wrong", 1, f"the page says it is in {lang}, its characters are of {real}")
        return
    for words in all_words:
        real = script(words.text)
        if real and real != said:
            excerpt = " ".join(words.text.split())[:40]
            message = f"{excerpt!r} is said to be {lang}, its characters are of {real}"
            yield Fault("lang-wrong", words.line, message)


def script(text: str) -> str:
    """The script of a Chinese text, "Hans" or "Hant", "" where its characters do not tell."""
    scripts = [_of(character) for character in text if "\u4e00" <= character <= "\u9fff"]
    simplified, traditional = scripts.count("Hans"), scripts.count("Hant")
    more, fewer = max(simplified, traditional), min(simplified, traditional)
    if more < _TELLING or fewer > _HARDLY * more:
        return ""
    return "Hans" if simplified > traditional else "Hant"


@lru_cache(maxsize=16_384)
def _of(character: str) -> str:
    """The only script that has a character: GB 2312 is a set of simplified ones, Big5 of traditional."""
    in_simplified, in_traditional = _is_in(character, "gb2312"), _is_in(character, "big5")
    if in_simplified == in_traditional:
        return ""
    return "Hans" if in_simplified else "Hant"


def _is_in(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
