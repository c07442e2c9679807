"""Edits an author makes to a published text, each with what it should mean to a translator."""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from benchmarks import texts
from l10n import formats, inline
from l10n.catalogue import Grade
from l10n.model import Code, Document, Kind, Segment, Unit

_WORD = re.compile(r"[^\W\d_]{6,}")
_NUMBER = re.compile(r"(?<![\w<\\/.,])\d{2,4}(?![\w/>.,\u00a0\u202f]|[ ]\d)")
_URL = re.compile(r"https?://[\w.-]+/[\w/.-]*\w")
_BLOCK_START = re.compile(r"\s*(?:[-+*>#|=:~]|\d+[.)])|\s{4}", re.MULTILINE)
_SWAPPED_QUOTES = str.maketrans("“”«»", "«»“”")
_NOT = {"en": "never", "fr": "jamais", "es": "nunca"}
_OTHER = {"en": "orchards", "fr": "vergers", "es": "huertos"}
_CLAUSE = {
    "en": "after a vote that nobody had expected so early",
    "fr": "après un vote que personne n'attendait si tôt",
    "es": "tras una votación que nadie esperaba tan pronto",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A document to edit and the chance that chooses where."""

    document: Document
    chance: random.Random

    @property
    def language(self) -> str:
        """The two letters that the lists of words go by."""
        return self.document.locale[:2] if self.document.locale[:2] in _NOT else "en"

    def segments(self, fits: Callable[[Segment], bool]) -> list[Segment]:
        """Segments of running text that stand once and fit, in an order of chance."""
        all_segments = [s for _, s in self.document.segments()]
        segments = [
            segment
            for unit in self.document.units
            if unit.kind in {Kind.PARAGRAPH, Kind.QUOTE, Kind.ITEM}
            for segment in unit.segments
            if sum(other.key == segment.key for other in all_segments) == 1 and fits(segment)
        ]
        self.chance.shuffle(segments)
        return segments

    def with_source(self, segment: Segment, source: str) -> bytes | None:
        """The document with other words in one segment."""
        if inline.code_problems(source, segment.codes):
            return None
        return formats.merge(self.document, {segment.key: source})

    def with_raw(self, unit: Unit, raw: str) -> bytes:
        """The document with another text of one block."""
        return self.joined(raw if part is unit else _raw(part) for part in self.document.parts)

    def joined(self, pieces: Iterator[str]) -> bytes:
        """A document's bytes."""
        return "".join(pieces).encode(self.document.encoding)

    def paragraphs(self) -> list[int]:
        """Where paragraphs stand among the parts, the opening ones left out, in an order of chance."""
        parts = self.document.parts
        indexes = [
            index
            for index, part in enumerate(parts)
            if isinstance(part, Unit) and part.kind is Kind.PARAGRAPH and part.segments
        ][2:]
        self.chance.shuffle(indexes)
        return indexes


def _raw(part: str | Unit) -> str:
    return part if isinstance(part, str) else part.raw


def _substitute(place: Place, pattern: re.Pattern[str], change: Callable[[str], str]) -> bytes | None:
    """One match of a pattern in one segment changed, where it stands once."""
    for segment in place.segments(lambda segment: bool(pattern.search(segment.source))):
        match = place.chance.choice(list(pattern.finditer(segment.source)))
        replacement = change(match.group())
        if segment.source.count(match.group()) == 1 and replacement != match.group():
            source = segment.source[: match.start()] + replacement + segment.source[match.end() :]
            return place.with_source(segment, source)
    return None


def rewrap(place: Place) -> bytes | None:
    """Every paragraph broken at another column."""

    def wrapped(part: str | Unit) -> str:
        raw = _raw(part)
        if isinstance(part, str) or part.kind is not Kind.PARAGRAPH or re.search(r"  \n|\\\n|\n\s*[>|]", raw):
            return raw
        lines = textwrap.wrap(re.sub(r"[ \n]+", " ", raw), 61, break_on_hyphens=False, break_long_words=False)
        return raw if any(map(_BLOCK_START.match, lines[1:])) else "\n".join(lines)

    return place.joined(map(wrapped, place.document.parts))


def reorder(place: Place) -> bytes | None:
    """Two neighbouring paragraphs changed places."""
    parts = list(place.document.parts)
    for index in place.paragraphs():
        next_index = index + 2
        if next_index in place.paragraphs():
            parts[index], parts[next_index] = parts[next_index], parts[index]
            return place.joined(map(_raw, parts))
    return None


def insert(place: Place) -> bytes | None:
    """A paragraph came in."""
    writer = texts.writer("fr" if place.language == "fr" else "en", place.chance.randint(1000, 9999))
    new = re.sub(r"[*\[\]]|\(http[^)]*\)", "", writer.paragraph())
    for index in place.paragraphs():
        after = _raw(place.document.parts[index + 1]) if index + 1 < len(place.document.parts) else ""
        unit = place.document.parts[index]
        if isinstance(unit, str):
            continue
        if place.document.format == "html" and after.startswith("</p>"):
            return place.with_raw(unit, f"{unit.raw}</p>\n<p>{escape(new, quote=False)}")
        if place.document.format != "html" and after.startswith("\n\n"):
            width = unit.width or 1000
            return place.with_raw(unit, f"{unit.raw}\n\n{textwrap.fill(new, width)}")
    return None


def delete(place: Place) -> bytes | None:
    """A paragraph went."""
    for index in place.paragraphs():
        unit = place.document.parts[index]
        if isinstance(unit, Unit):
            return place.with_raw(unit, "")
    return None


def link_target(place: Place) -> bytes | None:
    """A link leads elsewhere."""

    def address(code: Code) -> str:
        match = _URL.search(code.opening + (code.closing or "")) if code.paired else None
        return match.group() if match else ""

    for segment in place.segments(lambda segment: any(map(address, segment.codes))):
        for old in filter(None, map(address, segment.codes)):
            if place.document.text.count(old) == 1:
                return place.document.text.replace(old, old + "/v2").encode(place.document.encoding)
    return None


def attribute(place: Place) -> bytes | None:
    """A class on every paragraph."""
    if place.document.format != "html":
        return None
    return place.document.text.replace("<p>", '<p class="lead">').encode(place.document.encoding)


def emphasis(place: Place) -> bytes | None:
    """A word set in bold."""
    marks = {"html": ("<strong>", "</strong>"), "markdown": ("**", "**")}.get(place.document.format)
    for segment in place.segments(lambda segment: not segment.codes):
        words = [word for word in _WORD.findall(segment.raw)[1:-1] if place.document.text.count(word) == 1]
        if words and marks:
            word = place.chance.choice(words)
            changed = place.document.text.replace(word, word.join(marks))
            return changed.encode(place.document.encoding)
    return None


def no_emphasis(place: Place) -> bytes | None:
    """A bold word set as the others."""

    def bold(code: Code) -> bool:
        return code.paired and code.opening in {"<strong>", "<em>", "**", "*"}

    for segment in place.segments(lambda segment: any(map(bold, segment.codes))):
        raw = segment.raw
        for code in filter(bold, segment.codes):
            raw = raw.replace(code.opening, "", 1).replace(code.closing or "", "", 1)
        if place.document.text.count(segment.raw) == 1 and raw != segment.raw:
            return place.document.text.replace(segment.raw, raw).encode(place.document.encoding)
    return None


def quotation(place: Place) -> bytes | None:
    """Other quotation marks."""
    for segment in place.segments(lambda segment: bool(re.search("[“”«»]", segment.source))):
        return place.with_source(segment, segment.source.translate(_SWAPPED_QUOTES))
    return None


def hard_space(place: Place) -> bytes | None:
    """A space that does not break."""
    return _substitute(
        place, re.compile(r"(?<= )[^\W\d_]{4,} [^\W\d_]{4,}(?= )"), lambda old: old.replace(" ", "\u00a0")
    )


def typo(place: Place) -> bytes | None:
    """Two letters of a word changed places."""

    def slip(word: str) -> str:
        at = place.chance.randint(1, len(word) - 3)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]

    return _substitute(place, re.compile(r"(?<=[ ’'])(?:(?![A-ZÀ-Ý])[^\W\d_]){6,}"), slip)


def comma(place: Place) -> bytes | None:
    """A comma taken out between two words."""
    return _substitute(place, re.compile(r"(?<=[^\W\d_]), (?=[^\W\d_])"), lambda _: " ")


def number(place: Place) -> bytes | None:
    """A number changed."""
    return _substitute(
        place, _NUMBER, lambda digits: str(int("1" + digits) + 7)[1:] if digits[0] != "0" else digits
    )


def negation(place: Place) -> bytes | None:
    """A sentence now says the contrary."""
    no = _NOT[place.language]
    return _substitute(place, re.compile(r"(?<=[^\W\d_]{4} )[^\W\d_]{6,}"), lambda old: f"{no} {old}")


def word(place: Place) -> bytes | None:
    """One word for another."""
    other = _OTHER[place.language]
    return _substitute(place, re.compile(r"(?<= )(?:(?![A-ZÀ-Ý])[^\W\d_]){7,}"), lambda _: other)


def name(place: Place) -> bytes | None:
    """One letter of a name."""
    return _substitute(
        place,
        re.compile(r"(?<=[^\W\d_] )(?=[A-ZÀ-Ý])[^\W\d_]{5,}"),
        lambda old: old[:-2] + ("e" if old[-2] != "e" else "a") + old[-1],
    )


def clause(place: Place) -> bytes | None:
    """The second half of a sentence rewritten."""
    for segment in place.segments(
        lambda s: not s.codes and len(s.source.split()) > 9 and s.source[-1] == "."
    ):
        words = segment.source.split(" ")
        first_half = " ".join(words[: len(words) * 3 // 5])
        return place.with_source(segment, f"{first_half} {_CLAUSE[place.language]}.")
    return None


def split(place: Place) -> bytes | None:
    """A sentence cut in two at a comma or semicolon."""
    pattern = re.compile(r"(?<=[^\W\d_]{4})(?:,| ?;) ([^\W\d_])")
    for segment in place.segments(
        lambda s: not s.codes and len(s.source.split()) > 9 and s.source[-1] == "."
    ):
        for match in pattern.finditer(segment.source):
            before, after = segment.source[: match.start()], segment.source[match.start(1) :]
            if min(len(before.split()), len(after.split())) > 3:
                return place.with_source(segment, f"{before}. {after[0].upper()}{after[1:]}")
    return None


def merge(place: Place) -> bytes | None:
    """Two sentences joined by a semicolon."""
    for index in place.paragraphs():
        unit = place.document.parts[index]
        if not isinstance(unit, Unit):
            continue
        for at, part in enumerate(unit.parts[:-2]):
            gap, next_part = unit.parts[at + 1 : at + 3]
            if isinstance(part, str) or isinstance(next_part, str) or not isinstance(gap, str):
                continue
            if part.raw[-1] == "." and re.match(r"[A-ZÀ-Ý][^\W\d_]*[ ’']", next_part.raw) and gap.isspace():
                raws = [_raw_of(piece) for piece in unit.parts]
                raws[at], raws[at + 2] = part.raw[:-1] + ";", next_part.raw[0].lower() + next_part.raw[1:]
                return place.with_raw(unit, "".join(raws))
    return None


def _raw_of(part: str | Segment) -> str:
    return part if isinstance(part, str) else part.raw


EDITS: dict[str, tuple[Grade, Callable[[Place], bytes | None]]] = {
    "re-wrap": (Grade.SAME, rewrap),
    "link target": (Grade.SAME, link_target),
    "attribute": (Grade.SAME, attribute),
    "reorder": (Grade.MOVED, reorder),
    "emphasis": (Grade.SMALL, emphasis),
    "emphasis taken away": (Grade.COSMETIC, no_emphasis),
    "quotation marks": (Grade.COSMETIC, quotation),
    "hard space": (Grade.COSMETIC, hard_space),
    "typo": (Grade.SMALL, typo),
    "comma": (Grade.SMALL, comma),
    "number": (Grade.NUMBER, number),
    "name": (Grade.MEANING, name),
    "negation": (Grade.MEANING, negation),
    "word": (Grade.MEANING, word),
    "clause": (Grade.MEANING, clause),
    "split": (Grade.SPLIT, split),
    "merge": (Grade.MERGED, merge),
    "insert": (Grade.NEW, insert),
    "delete": (Grade.OBSOLETE, delete),
    "delete, bring back": (Grade.RETURNED, delete),
}
