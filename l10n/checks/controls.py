"""Characters that nobody sees, and letters broken by a wrong charset."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from l10n.checks.pair import Example, Pair
from l10n.model import Finding, Severity
from l10n.patterns import lazy_pattern

ID = "controls"
SEVERITY = Severity.ERROR
EXPLANATION = (
    "The replacement character (U+FFFD), text that was decoded with the wrong charset (“Ã©” for “é”), "
    "control characters, and direction marks that are opened and not closed are errors, unless the source "
    "has them too. Invisible characters that the script has no use for get a warning, and so do letters "
    "separated from their accents (not NFC), each with a fix; where a whole catalogue has them the gate "
    "says so once. Joiners are right in Arabic, Persian, Indic scripts and emoji. A letter "
    "of another alphabet that only looks right in its word (a Cyrillic “а” in “Banque”) gets a warning and a "
    "fix: nobody who searches for the word will find it."
)
BAD = Example("en", "The summer was hot.", "fr", "L’Ã©tÃ© a Ã©tÃ© chaud.")
GOOD = Example("en", "They go.", "fa", "آن‌ها می‌روند.")

_BROKEN = "{character} stands for a character that was lost"
_CHARSET = "{text} looks like UTF-8 read as another charset"
_CONTROL = "the control character {code}"
_UNCLOSED = "the direction {code} is not closed"
_INVISIBLE = "the invisible character {code}"
PIECES = "letters separated from their accents; the fix joins them (NFC)"
_LOOKALIKE = "{word} has letters of another alphabet that only look right: {letters}"
_CONTROLS = lazy_pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# What the second byte onwards of UTF-8 looks like in Windows-1252 after a first byte of two or three.
_MOJIBAKE = lazy_pattern(
    "[ÃÂÐÑØÙ][\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]|â€[\u0080-\u00bfœ™˜“”¦\u009d]|ï»¿"
)
_UNSEEN = lazy_pattern("[\u00ad\u200b\u2060-\u2064\ufeff]")
# Any of what is looked for here, or begins it.
_SUSPECT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00adÃÂÐÑØÙâï\u200b-\u200d\u202a-\u202e\u2060-\u2069\ufeff\ufffd]"
)
# Where two alphabets meet within a word, and the letters of each that look like one of the other.
_MEETING = re.compile("[A-Za-z](?=[\u0370-\u04ff])|[\u0370-\u04ff](?=[A-Za-z])")
_WORD = lazy_pattern(r"[^\W\d_]+")
_LATIN = lazy_pattern("[A-Za-zÀ-ɏ]")
_CYRILLIC_LETTERS = "аеорсухіјѕАВЕКМНОРСТХІЈЅ"
_TO_LATIN = dict(
    zip(f"{_CYRILLIC_LETTERS}οΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeopcyxijsABEKMHOPCTXIJSoABEZHIKMNOPTYX", strict=True)
)
_TO_CYRILLIC = dict(zip("aeopcyxABEKMHOPCTX", _CYRILLIC_LETTERS[:7] + _CYRILLIC_LETTERS[10:21], strict=True))
_JOINERS = re.compile("[\u200c\u200d]")
_JOINED = frozenset(
    {
        "Arab",
        "Deva",
        "Beng",
        "Gujr",
        "Guru",
        "Knda",
        "Mlym",
        "Orya",
        "Sinh",
        "Taml",
        "Telu",
        "Khmr",
        "Mymr",
        "Mong",
        "Syrc",
    }
)
_EMOJI = re.compile("[\u2190-\u27bf\ufe0f\U0001f000-\U0001faff]\u200d")
_OPENERS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c"}
_ISOLATES = {"\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def run(pair: Pair) -> Iterator[Finding]:
    """Places are those in the stored target; what the source has too is left alone."""
    target, source = pair.target, pair.source
    if target.isascii() and target.isprintable():
        return
    if _MEETING.search(target) is not None:
        yield from _lookalikes(pair)
    if _SUSPECT.search(target) is None and unicodedata.is_normalized("NFC", target):
        return
    for pattern, template, name in ((_CONTROLS(), _CONTROL, "code"), (_MOJIBAKE(), _CHARSET, "text")):
        for match in pattern.finditer(target):
            if match.group() not in source:
                value = _code(match.group()) if name == "code" else match.group()
                yield Finding(ID, SEVERITY, template, *match.span(), None, ((name, value),))
    if (at := target.find("\ufffd")) >= 0 and "\ufffd" not in source:
        yield Finding(ID, SEVERITY, _BROKEN, at, at + 1, None, (("character", "\ufffd"),))
    yield from _unclosed(target, source)
    yield from _unseen(pair)
    if not unicodedata.is_normalized("NFC", target) and unicodedata.is_normalized("NFC", source):
        composed = unicodedata.normalize("NFC", target)
        # The order of marks on one letter, as typed in Arabic and Hebrew, is no letter in pieces.
        if sorted(composed) != sorted(target):
            yield Finding(ID, Severity.WARNING, PIECES, fix=composed)


def _unclosed(target: str, source: str) -> Iterator[Finding]:
    """Embeddings, overrides and isolates of UAX #9 that run past the end of the target."""
    if not _DIRECTIONS.search(target):
        return
    open_: list[tuple[str, int]] = []
    for match in _DIRECTIONS.finditer(target):
        mark = match.group()
        closing = _OPENERS.get(mark) or _ISOLATES.get(mark)
        if closing:
            open_.append((closing, match.start()))
        elif open_ and open_[-1][0] == mark:
            open_.pop()
    for _, at in open_:
        if target[at] not in source:
            yield Finding(ID, SEVERITY, _UNCLOSED, at, at + 1, None, (("code", _code(target[at])),))


def _unseen(pair: Pair) -> Iterator[Finding]:
    """Invisible characters that the source does not have; joiners where the script has no use for them."""
    target = pair.target
    invisible = [match for match in _UNSEEN().finditer(target) if match.group() not in pair.source]
    if pair.target_convention.script not in _JOINED:
        in_emoji = {match.end() - 1 for match in _EMOJI.finditer(target)}
        invisible += [match for match in _JOINERS.finditer(target) if match.start() not in in_emoji]
    places = {match.start() for match in invisible}
    fix = "".join(letter for at, letter in enumerate(target) if at not in places) if places else None
    for match in sorted(invisible, key=re.Match.start):
        yield Finding(ID, Severity.WARNING, _INVISIBLE, *match.span(), fix, (("code", _code(match.group())),))


def _lookalikes(pair: Pair) -> Iterator[Finding]:
    """Words with letters of another alphabet that look like their own; the fix writes all of them right.

    A Latin acronym may take a Cyrillic ending (VIPа), and a word that the source writes so is meant so.
    """
    mixed = []
    for match in _WORD().finditer(pair.target):
        word = match.group()
        if not word.isascii() and _MEETING.search(word) and word not in pair.source:
            right = _in_one_alphabet(word)
            if right is not None:
                mixed.append((match, right))
    fix, end = "", 0
    for match, right in mixed:
        fix, end = f"{fix}{pair.target[end : match.start()]}{right}", match.end()
    fix += pair.target[end:]
    for match, right in mixed:
        letters = ", ".join(
            sorted({_code(old) for old, new in zip(match.group(), right, strict=True) if old != new})
        )
        values = (("word", match.group()), ("letters", letters))
        yield Finding(ID, Severity.WARNING, _LOOKALIKE, *match.span(), fix, values)


def _in_one_alphabet(word: str) -> str | None:
    """A word in the alphabet of most of its letters, where the others only look like letters of it."""
    latin = len(_LATIN().findall(word))
    if 2 * latin == len(word) or (word[:2].isascii() and word[:2].isupper()):
        return None
    letters = _TO_LATIN if 2 * latin > len(word) else _TO_CYRILLIC
    foreign = {letter for letter in word if (_LATIN().match(letter) is None) == (letters is _TO_LATIN)}
    return "".join(letters.get(letter, letter) for letter in word) if foreign <= letters.keys() else None


def _code(character: str) -> str:
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X}{f' ({name.lower()})' if name else ''}"
