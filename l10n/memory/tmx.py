"""Translation memories from elsewhere: TMX 1.4b, read unit by unit in little memory."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from l10n import inline
from l10n.errors import InputError
from l10n.memory.unit import TranslationUnit

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Elements whose content is somebody else's markup, not words (TMX 1.4b, section 3).
_MARKUP = {"bpt", "ept", "it", "ph", "ut"}


def read(path: Path, source_locale: str) -> Iterator[TranslationUnit]:
    """The pairs of a TMX file that have a source in a language; others are passed over.

    Markup inside a segment is left out, as are units without a source or a target.  Raises
    InputError with line and column when the file is no XML.
    """
    told = origin(path)
    try:
        events = ET.iterparse(path, events=("start", "end"))  # noqa: S314 - expat limits entities
        _, root = next(events)
        for event, element in events:
            if event == "end" and _name(element) == "tu":
                yield from _pairs(element, source_locale, told)
                root.clear()
    except ET.ParseError as error:
        line, column = error.position
        raise InputError(
            "this is no TMX", path=path, line=line, column=column + 1, remedy="Export it again as TMX 1.4."
        ) from None
    except (OSError, StopIteration, LookupError, ValueError) as error:
        raise InputError(f"cannot be read as TMX: {error}", path=path) from None


def origin(path: Path) -> str:
    """What units say of the file they come from."""
    return "".join(char if char.isalnum() or char in "-_." else "-" for char in path.stem)[:20]


def _pairs(unit: ET.Element, source_locale: str, told: str) -> Iterator[TranslationUnit]:
    texts = [
        (variant.get(_LANG) or variant.get("lang") or "", _words(variant))
        for variant in unit
        if _name(variant) == "tuv"
    ]
    source = next((text for locale, text in texts if text and _same(locale, source_locale)), "")
    for locale, text in texts:
        if source and text and locale and not _same(locale, source_locale):
            yield TranslationUnit(source, text, _tag(locale), origin=told, own=False)


def _words(variant: ET.Element) -> str:
    segment = next((child for child in variant if _name(child) == "seg"), None)
    said = "" if segment is None else "".join(_text(segment))
    return inline.escape_literal(" ".join(said.split()))


def _text(element: ET.Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if _name(child) not in _MARKUP:
            yield from _text(child)
        yield child.tail or ""


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _same(one: str, other: str) -> bool:
    """Whether two tags are of one language, whatever the region."""
    return _tag(one).partition("-")[0] == _tag(other).partition("-")[0]


def _tag(locale: str) -> str:
    """A tag in the letter case of BCP 47: ``pt-BR``, ``zh-Hans``."""
    language, *rest = locale.strip().replace("_", "-").split("-")
    cased = (part.title() if len(part) == 4 else part.upper() if len(part) == 2 else part for part in rest)
    return "-".join((language.lower(), *cased))
