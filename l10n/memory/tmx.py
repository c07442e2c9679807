"""Translation memories from and for elsewhere: TMX 1.4b, unit by unit, so that a file may be of any size."""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from html import escape
from itertools import groupby
from pathlib import Path

from l10n import inline, xml_elements
from l10n.inline import Role
from l10n.locale_tags import read_tag
from l10n.memory.unit import TranslationUnit
from l10n.model import State
from l10n.xml_elements import LANG, NOT_IN_XML, ElementFormat, SkippedElement

# Elements whose content is somebody else's markup, not words (TMX 1.4b, section 3).
_MARKUP = {"bpt", "ept", "it", "ph", "ut"}
_TMX = ElementFormat("TMX", ("tu",), ("tmx",), "Export it again as TMX 1.4.")
_REFERENCE = re.compile("&#(?:[xX](?P<hex>[0-9a-fA-F]{1,6})|(?P<decimal>[0-9]{1,7}));")
# OmegaT keeps its own marks as words: "<f0>bold</f0>", "<br1/>".
_OMEGAT = re.compile(r"""<header\b[^>]*\bcreationtool\s*=\s*["']OmegaT["']""")
_OMEGAT_MARK = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z]{1,10}[0-9]{1,4})(?P<lone>/?)>")
# The user that translation tools name in what a machine translated.
_MACHINE_USER = "MT!"


def _report_skipped(on_skipped: Callable[[SkippedElement], None], line: int, reason: str) -> None:
    on_skipped(SkippedElement(line, reason))


def _ignore(bad: SkippedElement) -> None:
    del bad


def read(
    path: Path, source_locale: str, *, on_skipped: Callable[[SkippedElement], None] = _ignore
) -> Iterator[TranslationUnit]:
    """Yield the pairs of a TMX file with a source in a language; units of other languages are skipped.

    Markup becomes codes where both sides have the same, and is left out otherwise.  A unit that cannot be
    read, or has no words on a side, is skipped and reported to ``on_skipped``.  Raises InputError, with the
    line, for a file that is no TMX; for a truncated file only after its complete units.
    """
    origin_name = origin(path)
    marked_words = False
    for element in xml_elements.read(path, _TMX):
        line = element.line
        marked_words = marked_words or _OMEGAT.search(element.head) is not None
        try:
            unit = _parsed(element.text)
        except ET.ParseError as error:
            on_skipped(SkippedElement(line + error.position[0] - 1, "it is no XML"))
            continue
        except UnicodeError:
            on_skipped(SkippedElement(line, "it is not in the file's encoding"))
            continue
        skip = partial(_report_skipped, on_skipped, line)
        yield from _pairs(unit, source_locale, origin_name, skip, marked_words=marked_words)


def check_complete(path: Path) -> None:
    """Raise InputError, with the line, for a file that is no TMX or breaks off before its end."""
    for _ in xml_elements.read(path, _TMX):
        pass


def origin(path: Path) -> str:
    """What units say of the file they come from."""
    return "".join(char if char.isalnum() or char in "-_." else "-" for char in path.stem)[:20]


def write(units: Iterable[TranslationUnit], source_locale: str) -> Iterator[str]:
    """A TMX file in pieces; the units of a source come together and become one.

    What XML cannot hold is left out.
    """
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n<header creationtool="passerelle"'
        ' creationtoolversion="1" segtype="sentence" o-tmf="passerelle" adminlang="en"'
        f' srclang="{escape(source_locale)}" datatype="plaintext"/>\n<body>\n'
    )
    for source, group in groupby(units, key=lambda unit: unit.source):
        variants = "".join(_variant(unit) for unit in group)
        escaped = f'<tuv xml:lang="{escape(source_locale)}"><seg>{_marked(source)}</seg></tuv>'
        yield f"<tu>\n{escaped}\n{variants}</tu>\n"
    yield "</body>\n</tmx>\n"


def _variant(unit: TranslationUnit) -> str:
    changed = f' changedate="{dt.date.fromordinal(unit.day):%Y%m%dT000000Z}"' if unit.day else ""
    props = "".join(
        f'<prop type="x-{name}">{_escaped(value)}</prop>'
        for name, value in (("origin", unit.origin), ("state", unit.state))
        if value
    )
    locale = f'"{escape(unit.target_locale)}"'
    return f"<tuv xml:lang={locale}{changed}>{props}<seg>{_marked(unit.target)}</seg></tuv>\n"


def _marked(text: str) -> str:
    """Text with its codes as TMX has them."""
    out = []
    for token in inline.tokens(text):
        number = token.number
        escaped = _escaped(token.text)
        if token.role is Role.OPEN:
            out.append(f'<bpt i="{number}" x="{number}">{escaped}</bpt>')
        elif token.role is Role.CLOSE:
            out.append(f'<ept i="{number}">{escaped}</ept>')
        elif token.role is Role.LONE:
            out.append(f'<ph x="{number}">{escaped}</ph>')
        else:
            out.append(escaped)
    return "".join(out)


def _escaped(text: str) -> str:
    return escape(NOT_IN_XML.sub("", text), quote=False)


def _parsed(text: str) -> ET.Element:
    """A unit, without the characters that XML cannot hold where it has any: several tools write them."""
    try:
        return ET.fromstring(text)  # noqa: S314 - it has no document type, so no entities
    except ET.ParseError:
        without = _REFERENCE.sub(_reference_in_xml, NOT_IN_XML.sub("", text))
        if without == text:
            raise
        return ET.fromstring(without)  # noqa: S314 - as above


def _reference_in_xml(match: re.Match[str]) -> str:
    number = int(match["hex"], 16) if match["hex"] else int(match["decimal"])
    return "" if number > 0x10FFFF or NOT_IN_XML.match(chr(number)) else match[0]


def _pairs(
    unit: ET.Element,
    source_locale: str,
    origin_name: str,
    skip: Callable[[str], None],
    *,
    marked_words: bool,
) -> Iterator[TranslationUnit]:
    variants = [
        (read_tag(variant.get(LANG) or variant.get("lang") or ""), variant)
        for variant in unit
        if variant.tag == "tuv"
    ]
    if len(variants) < 2 or not all(locale for locale, _ in variants):
        skip("it lacks a side or a language")
    source = next((variant for locale, variant in variants if _same(locale, source_locale)), None)
    if source is None:
        return
    if any(value.startswith("Rejected") for value in _props(unit, "x-ConfirmationLevel")):
        skip("a reviewer rejected it")
        return
    for locale, variant in variants:
        if not locale or _same(locale, source_locale):
            continue
        pair = _words(source, variant, marked_words=marked_words)
        if pair is None:
            skip("it lacks words")
            continue
        day, state = _day(variant, unit), _state(variant, unit)
        yield TranslationUnit(*pair, locale, origin=origin_name, own=False, day=day, state=state)


def _state(variant: ET.Element, unit: ET.Element) -> str:
    """What a person has decided, as far as the file says: what it does not say was."""
    undecided = (
        {State.INITIAL, State.TRANSLATED} & set(_props(variant, "x-state"))
        or "Draft" in _props(unit, "x-ConfirmationLevel")
        or _MACHINE_USER in (_last_user(variant), _last_user(unit))
    )
    return State.TRANSLATED if undecided else State.REVIEWED


def _props(element: ET.Element, kind: str) -> list[str]:
    return [(prop.text or "").strip() for prop in element.iterfind("prop") if prop.get("type") == kind]


def _last_user(element: ET.Element) -> str:
    return element.get("changeid") or element.get("creationid") or ""


def _day(variant: ET.Element, unit: ET.Element) -> int:
    """When a pair was last changed, 0 when it does not say."""
    names = ("changedate", "creationdate")
    date = next(
        (element.get(name) for element in (variant, unit) for name in names if element.get(name)), None
    )
    with suppress(ValueError):
        return dt.datetime.strptime((date or "")[:8], "%Y%m%d").replace(tzinfo=dt.UTC).toordinal()
    return 0


def _words(source: ET.Element, target: ET.Element, *, marked_words: bool) -> tuple[str, str] | None:
    """Both texts, with codes where they have the same ones; None when one of them says nothing.

    With ``marked_words`` the words themselves have OmegaT's marks.
    """
    runs = [_numbered(_runs(variant.find("seg"), marked_words=marked_words)) for variant in (source, target)]
    plain = [" ".join("".join(text for text, _ in side if text).split()) for side in runs]
    if not all(plain):
        return None
    marks = [[mark for _, mark in side if mark] for side in runs]
    numbers = {mark: number for number, mark in enumerate(dict.fromkeys(key for key, _ in marks[0]), 1)}
    if marks[0] and sorted(marks[0]) == sorted(marks[1]) and all(map(_nested, marks)):
        return _with_codes(runs[0], numbers), _with_codes(runs[1], numbers)
    return inline.escape_literal(plain[0]), inline.escape_literal(plain[1])


_Mark = tuple[str, str]  # what pairs it, and "<", ">" or "/"
_Run = tuple[str, _Mark | None]


def _numbered(runs: Iterable[_Run]) -> list[_Run]:
    """Runs in which a mark that says the same as one before it is told from that by its count."""
    seen: Counter[_Mark] = Counter()
    numbered: list[_Run] = []
    for text, mark in runs:
        if mark is None:
            numbered.append((text, None))
            continue
        seen[mark] += 1
        numbered.append((text, (f"{mark[0]} {seen[mark]}", mark[1])))
    return numbered


def _runs(element: ET.Element | None, *, marked_words: bool) -> Iterator[_Run]:
    """A segment's words and marks in order; what lies in markup is no words.

    Marks of two sides are the same by their ``x``, those without one by what lies in them.
    """
    if element is None:
        return
    texts = _split_marks if marked_words else _as_they_are
    yield from texts(element.text or "")
    paired: dict[str, str] = {}
    for child in element:
        kind = child.tag
        name = child.get("x") or child.get("i") or f"={child.text or ''}"
        if kind == "bpt":
            paired[child.get("i") or ""] = name
            yield "", (f"b{name}", "<")
        elif kind == "ept":
            yield "", (f"b{paired.get(child.get('i') or '', name)}", ">")
        elif kind in _MARKUP:
            yield "", (f"p{name}", "/")
        else:
            yield from _runs(child, marked_words=marked_words)
        yield from texts(child.tail or "")


def _as_they_are(text: str) -> Iterator[_Run]:
    yield text, None


def _split_marks(text: str) -> Iterator[_Run]:
    at = 0
    for match in _OMEGAT_MARK.finditer(text):
        yield text[at : match.start()], None
        yield "", (f"o{match['name']}", "/" if match["lone"] else ">" if match["close"] else "<")
        at = match.end()
    yield text[at:], None


def _nested(marks: list[_Mark]) -> bool:
    """Whether each mark stands once, and those that open and close do so one within the other."""
    if len(set(marks)) < len(marks):
        return False
    open_: list[str] = []
    for name, kind in marks:
        if kind == "<":
            open_.append(name)
        elif kind == ">" and (not open_ or open_.pop() != name):
            return False
    return not open_


def _with_codes(runs: list[_Run], numbers: dict[str, int]) -> str:
    out = []
    for text, mark in runs:
        if mark is None:
            out.append(inline.escape_literal(text))
        else:
            name, kind = mark
            number = numbers[name]
            out.append(f"<{number}>" if kind == "<" else f"</{number}>" if kind == ">" else f"<{number}/>")
    return " ".join("".join(out).split())


def _same(one: str, other: str) -> bool:
    """Whether two tags are of one language, whatever the region."""
    return bool(one) and read_tag(one).partition("-")[0] == read_tag(other).partition("-")[0]
