"""Markdown: what a reader will see is translated, every other byte is kept.

Of a component the attributes that are words between quotes are translated; what stands in braces is a
program, and its strings (``values={[{label: 'The quay'}]}``) are for nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from l10n.formats import Body, BodyTraits, Targets, Written, fold, loading
from l10n.formats.loading import Loaded
from l10n.formats.markdown import blocks, boxes, frontmatter, markup, mdx, pressed, titles, writing
from l10n.model import Document, Segment, Unit

suffixes = (".md", ".markdown", ".mdx", ".qmd", ".rmd")
names_encoding = False
body_traits = BodyTraits(commonmark=True, plain_addresses=True, one_way_notes=True)

Key = tuple[str, str]
_BOM = "\ufeff"


def load(data: bytes, *, path: str) -> Loaded:
    """The file's text.  Raises InputError for front matter that does not parse, too."""
    loaded = loading.load_words(data, path=path)
    loading.refuse(loaded, "\4", "the control character U+0004, which no catalogue can hold", data, path)
    frontmatter.check(loaded.text.removeprefix(_BOM), path)
    return loaded


def save(document: Document, text: str) -> bytes:
    """The file's bytes."""
    return text.encode(document.encoding)


def extract(text: str, *, path: str, locale: str) -> tuple[str | Unit, ...]:
    """A page taken apart: front matter, then blocks."""
    bom = _BOM if text.startswith(_BOM) else ""
    syntax, front, rest = frontmatter.split(text[len(bom) :])
    del text  # as large as the rest
    parts: list[str | Unit] = [bom, *frontmatter.extract(syntax, front, locale)]
    parts.extend(blocks.extract(rest, locale, front.count("\n") + 1, mdx=_is_mdx(path)))
    return _joined(parts)


def encode(unit: Unit, segment: Segment, target: str, column: int) -> str:
    """A target as the file writes it.

    Raises CodeError when its codes are not those of the source.
    """
    if segment.place.startswith(frontmatter.PLACES):
        return frontmatter.encode(segment, target)
    target = target.replace("\0", "\ufffd")  # as CommonMark reads it
    if segment.place.startswith(markup.PLACES):
        return markup.encode(unit, segment, target, column)
    if segment.place.startswith(titles.PLACE):
        return titles.encode(segment, target)
    return writing.encode(segment, target)


def stated_date(text: str) -> str:
    """The day of publication in the front matter."""
    return frontmatter.stated_date(text.removeprefix(_BOM))


def body(document: Document, targets: Targets, mark: tuple[str, str]) -> str:
    """The page as HTML, without its front matter, with only whole units filled."""
    text = fold(document, targets, whole_units=True, mark=mark).removeprefix(_BOM)
    rest = frontmatter.split(text)[2]
    return boxes.html(mdx.shown(rest) if _is_mdx(document.path) else rest)


def body_of(document: Document, full: Body | None = None, keys: Mapping[Key, Key] | None = None) -> Written:
    """``body`` of a document for any targets and mark; what is the same for all is done once."""
    full = full or partial(body, document)
    return Written(full) if _is_mdx(document.path) else pressed.body_of(document, full, keys)


def _is_mdx(path: str) -> bool:
    return path.lower().endswith(".mdx")


def _joined(parts: list[str | Unit]) -> tuple[str | Unit, ...]:
    """Parts with adjacent strings joined and empty ones left out."""
    out: list[str | Unit] = []
    adjacent: list[str] = []
    for part in parts:
        if isinstance(part, str):
            adjacent.append(part)
            continue
        if joined := "".join(adjacent):
            out.append(joined)
        adjacent.clear()
        out.append(part)
    if joined := "".join(adjacent):
        out.append(joined)
    return tuple(out)
