"""Translation memories from and for elsewhere: TMX 1.4b, unit by unit, so that a file may be of any size."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
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
# What XML 1.0 cannot hold.
_TMX = ElementFormat("TMX", ("tu",), ("tmx",), "Export it again as TMX 1.4.")


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
    for element in xml_elements.read(path, _TMX):
        line = element.line
        try:
            unit = ET.fromstring(element.text)  # noqa: S314 - it has no document type, so no entities
        except ET.ParseError as error:
            on_skipped(SkippedElement(line + error.position[0] - 1, "it is no XML"))
            continue
        except UnicodeError:
            on_skipped(SkippedElement(line, "it is not in the file's encoding"))
            continue
        yield from _pairs(unit, source_locale, origin_name, partial(_report_skipped, on_skipped, line))


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


def _pairs(
    unit: ET.Element, source_locale: str, origin_name: str, skip: Callable[[str], None]
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
    for locale, variant in variants:
        if not locale or _same(locale, source_locale):
            continue
        pair = _words(source, variant)
        if pair is None:
            skip("it lacks words")
            continue
        day, state = _day(variant, unit), _state(variant)
        yield TranslationUnit(*pair, locale, origin=origin_name, own=False, day=day, state=state)


def _state(variant: ET.Element) -> str:
    """What a person has decided, as far as the file says: what it does not say was."""
    states = {prop.text for prop in variant.iterfind("prop") if prop.get("type") == "x-state"}
    return State.TRANSLATED if states & {State.INITIAL, State.TRANSLATED} else State.REVIEWED


def _day(variant: ET.Element, unit: ET.Element) -> int:
    """When a pair was last changed, 0 when it does not say."""
    names = ("changedate", "creationdate")
    date = next(
        (element.get(name) for element in (variant, unit) for name in names if element.get(name)), None
    )
    with suppress(ValueError):
        return dt.datetime.strptime((date or "")[:8], "%Y%m%d").replace(tzinfo=dt.UTC).toordinal()
    return 0


def _words(source: ET.Element, target: ET.Element) -> tuple[str, str] | None:
    """Both texts, with codes where they have the same ones; None when one of them says nothing."""
    runs = [list(_runs(variant.find("seg"))) for variant in (source, target)]
    plain = [" ".join("".join(text for text, _ in side if text).split()) for side in runs]
    if not all(plain):
        return None
    marks = [[mark for _, mark in side if mark] for side in runs]
    numbers = {mark: number for number, mark in enumerate(dict.fromkeys(key for key, _ in marks[0]), 1)}
    if marks[0] and sorted(marks[0]) == sorted(marks[1]) and all(map(_nested, marks)):
        return _with_codes(runs[0], numbers), _with_codes(runs[1], numbers)
    return inline.escape_literal(plain[0]), inline.escape_literal(plain[1])


_Mark = tuple[str, str]  # what pairs it, and "<", ">" or "/"


def _runs(element: ET.Element | None) -> Iterator[tuple[str, _Mark | None]]:
    """A segment's words and marks in order; what lies in markup is no words."""
    if element is None:
        return
    yield element.text or "", None
    paired: dict[str, str] = {}
    for child in element:
        kind = child.tag
        name = child.get("x") or child.get("i") or ""
        if kind == "bpt":
            paired[child.get("i") or ""] = name
            yield "", (f"b{name}", "<")
        elif kind == "ept":
            yield "", (f"b{paired.get(child.get('i') or '', name)}", ">")
        elif kind in _MARKUP:
            yield "", (f"p{name}", "/")
        else:
            yield from _runs(child)
        yield child.tail or "", None


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


def _with_codes(runs: list[tuple[str, _Mark | None]], numbers: dict[str, int]) -> str:
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
