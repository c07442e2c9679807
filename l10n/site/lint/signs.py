"""Signs that should be in no text, on a page or in a file for machines: garbled, apart, unseen, left over."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from l10n.model import Severity
from l10n.site.lint.fault import Fault

_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LEFTOVER = re.compile(
    r"</?\d+/?>|\{\{|\{%|\$\{\w|\{[a-z_]+\}|\{\d\}|%\(\w+\)[sd]|⟦\d|\blorem ipsum\b|\[object Object\]"
    r"|^(?:<{7}|={7}|>{7})(?: |$)"
    # A shortcode, and what PHP says of a mistake.
    r"|\[[a-z][\w-]{0,30}(?: [\w-]{1,30}=(?:\"[^\"\]\n]{0,200}\"|'[^'\]\n]{0,200}'))+ ?/?\]"
    r"|: Undefined (?:variable|index|array key|property)\b|\bTraceback \(most recent call last\)",
    re.IGNORECASE | re.MULTILINE,
)
# What makers of a page note for themselves, and programs write where they know nothing: as written.
_NOTED = re.compile(r"\bFIXME\b|\bTODO(?=\s*[:(])|\bXXX+\b(?=\s*[:(])")
_ALONE = re.compile(r"^\s*(?:undefined|None|NaN|null|Invalid Date)\s*$", re.MULTILINE)
# What UTF-8 becomes when it is read as Windows-1252, letters that are lost, and entities escaped again.
_GARBLED = re.compile(
    "\ufffd|[ÃÂÐÑØÙ][\u0080-\u009f\u00a1-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]|â€[\u0080-\u00bfœ™˜“”¦]|ï»¿"
    "|&(?:amp|lt|gt|quot|apos|nbsp|[lr][sda]quo|[mn]dash|hellip|euro|[a-z](?:acute|grave|circ|uml|cedil|tilde)"
    "|#\\d+|#x[0-9a-f]+);"
)
# Controls, a byte order mark within a text, signs for private use, and a place to break between letters of
# scripts that have spaces.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufeff\ue000-\uf8ff\ufdd0-\ufdef]|(?<=[A-Za-z\u00c0-\u04ff])\u200b(?=\\w)"
)
# Glyphs of typesetting for letters (Unicode's compatibility forms), as they come out of a PDF file.
_GLYPHS = re.compile("[\ufb00-\ufb06]|[\ufe70-\ufefc]{2}")
# A word in one script in which some letters are of another that looks the same; abbreviations are inflected.
_LATIN_ALIKE, _CYRILLIC_ALIKE = "ABCEHIJKMOPSTXYaceijopsxy", "АВСЕНІЈКМОРЅТХУасеіјорѕху"
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_FOISTED = re.compile(
    r"\b(?![A-Z]+[\u0430-\u045f]+\b)(?=\w*[A-Za-z])(?=\w*[\u0400-\u04ff])"
    rf"(?:[A-Za-z{_CYRILLIC_ALIKE}]{{3,}}|[\u0400-\u04ff{_LATIN_ALIKE}]{{3,}})\b"
)


def suspicious(texts: str) -> bool:
    """Whether there may be a fault in one of many texts, which are put together with line breaks."""
    signs = (_LEFTOVER, _NOTED, _ALONE, _UNSEEN, _GARBLED, _GLYPHS)
    return any(sign.search(texts) for sign in signs) or _foisted(texts) is not None


def _foisted(text: str) -> re.Match[str] | None:
    return _FOISTED.search(text) if _CYRILLIC.search(text) else None


def in_text(text: str, line: int, *, said: bool = False) -> Iterator[Fault]:
    """What is wrong with a text by itself; ``said`` says that readers may read "None" as an answer."""
    leftover = _LEFTOVER.search(text) or _NOTED.search(text) or _ALONE.fullmatch(text)
    if leftover and not (said and leftover[0].strip() == "None"):
        message = f"{leftover[0].strip()!r} is left over from a template, a catalogue or a merge"
        yield Fault("leftover", line, message)
    if unseen := _UNSEEN.search(text):
        message = f"U+{ord(unseen[0]):04X} stands for nothing that a reader knows"
        yield Fault("garbled", line, message, Severity.WARNING)
    if glyphs := _GLYPHS.search(text):
        message = f"{glyphs[0]!r} is a glyph for letters, which searches do not find"
        yield Fault("garbled", line, message, Severity.WARNING)
    if foisted := _foisted(text):
        message = f"{foisted[0]!r} has letters of another script that look the same"
        yield Fault("garbled", line, message, Severity.WARNING)
    if garbled := _GARBLED.search(text):
        # A page about such signs shows them, too.
        grave = Severity.ERROR if garbled[0] == "\ufffd" else Severity.WARNING
        yield Fault("garbled", line, f"{garbled[0]!r} was read in a wrong encoding, or escaped twice", grave)


def in_file(text: str) -> Iterator[Fault]:
    """What is wrong in the whole text of a file: letters apart from their accents, unseen controls."""
    if not unicodedata.is_normalized("NFC", text):
        for number, line in enumerate(text.split("\n"), 1):
            # Marks in the order in which they are typed (a shadda before its vowel) are not apart.
            if sorted(unicodedata.normalize("NFC", line)) != sorted(line):
                yield Fault("decomposed", number, "letters are apart from their accents (not NFC)")
                break
    for match in _BIDI.finditer(text):
        at = text.count("\n", 0, match.start()) + 1
        yield Fault("bidi-control", at, f"U+{ord(match[0]):04X} turns the text around unseen")


def in_data(texts: Iterator[str]) -> Iterator[Fault]:
    """What is wrong with the texts of a file for machines (a feed, structured data), each told once."""
    told: set[str] = set()
    for text in texts:
        for fault in (*in_text(text, 1), *in_file(text)):
            if fault.message not in told:
                told.add(fault.message)
                yield fault._replace(line=1)
