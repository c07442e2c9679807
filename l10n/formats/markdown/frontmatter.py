"""The metadata before a page: the few values a reader sees are translated, every other byte is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping
from types import MappingProxyType

from l10n.errors import InputError
from l10n.formats.markdown import scalars, tomlkeys, yamlkeys
from l10n.formats.markdown.scalars import Scalar
from l10n.model import Kind, Segment, Unit

# The names that Hugo, Jekyll, Docusaurus, VitePress, Starlight, Quarto, MyST and their themes give what a
# reader sees, by path; "-" is an entry of a list.
KEYS = frozenset(
    {
        "abstract",
        "alt",
        "banner.content",
        "caption",
        "code-summary",
        "cover.alt",
        "cover.caption",
        "description",
        "description-meta",
        "eleventyNavigation.title",
        "excerpt",
        "extra.lead",
        "features.-.details",
        "features.-.linkText",
        "features.-.title",
        "format.html.code-summary",
        "format.html.toc-title",
        "header.actions.-.label",
        "header.caption",
        "header.image_description",
        "hero.actions.-.text",
        "hero.image.alt",
        "hero.tagline",
        "hero.text",
        "hero.title",
        "heroAlt",
        "heroImage.alt",
        "heroImageAlt",
        "image-alt",
        "image.alt",
        "image.caption",
        "imageAlt",
        "image_alt",
        "linkTitle",
        "menu.main.name",
        "menus.main.name",
        "metaDescription",
        "meta_description",
        "next.label",
        "next.text",
        "pagination_label",
        "params.description",
        "params.subtitle",
        "params.summary",
        "prev.label",
        "prev.text",
        "resources.-.title",
        "seo.description",
        "seo.title",
        "seoTitle",
        "seo_title",
        "short_title",
        "sidebar.-.text",
        "sidebar.-.title",
        "sidebar.badge.text",
        "sidebar.label",
        "sidebar_label",
        "subtitle",
        "summary",
        "tagline",
        "title",
        "toc-title",
        "toc_label",
        "toc_title",
    }
)
PLACES = ("yaml", "toml", "json", "program")
_BLOCKS = (
    (
        "yaml",
        re.compile(r"---(?:ya?ml)?[ \t]*\r?\n"),
        re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE),
    ),
    ("toml", re.compile(r"\+\+\+[ \t]*\r?\n"), re.compile(r"^\+\+\+[ \t]*(?:\r?\n|\Z)", re.MULTILINE)),
    ("toml", re.compile(r"---toml[ \t]*\r?\n"), re.compile(r"^---[ \t]*(?:\r?\n|\Z)", re.MULTILINE)),
    ("json", re.compile(r"---json[ \t]*\r?\n"), re.compile(r"^---[ \t]*(?:\r?\n|\Z)", re.MULTILINE)),
    (
        "js",
        re.compile(r"---(?:js|javascript)[ \t]*\r?\n"),
        re.compile(r"^---[ \t]*(?:\r?\n|\Z)", re.MULTILINE),
    ),
    ("json", re.compile(r"(?=\{[ \t]*\r?\n)"), re.compile(r"^\}[ \t]*(?:\r?\n|\Z)", re.MULTILINE)),
)
_FIRST_LINE = re.compile(r"(?:---|\+\+\+)[^\n]*\n")
_LAST_LINE = re.compile(r"(?:---|\.\.\.|\+\+\+)[ \t]*\r?\n?\Z")
_FINDERS: Mapping[str, Callable[[str, int, int, Container[str]], list[Scalar]]] = MappingProxyType(
    {"yaml": yamlkeys.find, "toml": tomlkeys.find_toml, "json": tomlkeys.find_json}
)

_BROKEN: Mapping[str, Callable[[str, int, int], tuple[str, int] | None]] = MappingProxyType(
    {"yaml": yamlkeys.broken, "toml": tomlkeys.broken_toml, "json": tomlkeys.broken_json}
)
# What Hugo, Jekyll, Eleventy, Docusaurus and Astro's examples call the day, at the top level.
_DATE = re.compile(
    r"""^(?:[ \t]{0,4}")?(?:date|publishDate|pubDate|publishedAt|datePublished|published)"?[ \t]*[:=]"""
    r"""[ \t]*["']?(\d{4}-\d\d-\d\d)(?!\d)""",
    re.MULTILINE,
)
_TEMPLATE = re.compile(r"\{\{|\{%|<%")
_FIRST_KEY = re.compile(r"---[^\n]*\n(?:\s*(?:#[^\n]*)?\n)*[\w\"'.-]+[ \t]*:(?:\s|\Z)")

encode = scalars.encode


def split(text: str) -> tuple[str, str, str]:
    """A text as (syntax, front matter with its fences, the rest); the syntax is "" without one.

    Front matter that is a program of JavaScript is "js".
    """
    for syntax, opening, closing in _BLOCKS:
        if (opened := opening.match(text)) and (closed := closing.search(text, opened.end())):
            return syntax, text[: closed.end()], text[closed.end() :]
    return "", "", text


def stated_date(text: str) -> str:
    """The day of publication that the front matter of a text gives, "" without one."""
    match = _DATE.search(split(text)[1])
    return match[1] if match else ""


def check(text: str, path: str) -> None:
    """Raise InputError, with line and column, when the front matter of a text does not parse.

    What a template fills in before anybody reads it is left alone.
    """
    syntax, front, _ = split(text)
    if syntax not in _BROKEN or _TEMPLATE.search(front) or (syntax == "yaml" and not _FIRST_KEY.match(front)):
        return
    if fault := _BROKEN[syntax](front, *_inside(front)):
        message, at = fault
        raise InputError(
            f"the {syntax.upper()} at its head does not parse: {message}",
            path=path,
            line=front.count("\n", 0, at) + 1,
            column=at - front.rfind("\n", 0, at),
            remedy="Mend it, or put quotation marks around the value.",
        )


def _inside(front: str) -> tuple[int, int]:
    """Where front matter begins and ends between its fences."""
    first, last = _FIRST_LINE.match(front), _LAST_LINE.search(front[-40:])
    return first.end() if first else 0, len(front) - len(last.group()) if last else len(front)


def extract(syntax: str, text: str, locale: str, line: int = 1) -> Iterator[str | Unit]:
    """Front matter taken apart; ``line`` is the one it begins on."""
    at = 0
    for start, key, parts in _cut_scalars(syntax, text, locale):
        line += text.count("\n", at, start)
        yield text[at:start]
        unit = Unit(parts, Kind.METADATA, line, key)
        yield unit
        at = start + len(unit.raw)
        line += text.count("\n", start, at)
    yield text[at:]


def _cut_scalars(syntax: str, text: str, locale: str) -> Iterator[tuple[int, str, tuple[str | Segment, ...]]]:
    if syntax not in _FINDERS:
        return
    start, end = _inside(text)
    for scalar in _FINDERS[syntax](text, start, end, KEYS):
        for at, parts in scalars.cut(scalar, text, locale):
            yield at, scalar.key, parts
