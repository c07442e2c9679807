"""Elements that stand where they say nothing, or are empty where something is to be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from l10n.formats.html.tokens import names
from l10n.model import Severity
from l10n.site.lint.fault import Fault
from l10n.site.lint.reader import ParsedPage, Tag

_LISTS = names("ul ol menu")
_BETWEEN = names("li script template")
_WITHIN = {
    "li": _LISTS,
    "dt": names("dl"),
    "dd": names("dl"),
    "td": names("tr"),
    "th": names("tr"),
    "figcaption": names("figure"),
    "option": names("select datalist optgroup"),
    "summary": names("details"),
    "legend": names("fieldset"),
}
_ONCE = names("main body head html")
_BESIDE = names("nav header footer aside noscript template")
_NO_TEXT = names("h1 time figcaption")


def faults(sheet: ParsedPage) -> Iterator[Fault]:
    """What stands where it cannot, twice, or empty."""
    for name in _ONCE:
        shown = [tag for tag in sheet.named(name) if not tag.hidden]
        yield from (Fault("nesting", tag.line, f"<{name}> stands twice on the page") for tag in shown[1:])
    for name, wanted in _WITHIN.items():
        for tag in sheet.named(name):
            if not any(one.name in wanted or one.name in {"template", "svg"} for one in tag.around()):
                message = f"<{name}> stands outside of {', '.join(f'<{one}>' for one in sorted(wanted))}"
                yield Fault("nesting", tag.line, message, Severity.WARNING)
    for tag in sheet.tags:
        parent = tag.parent
        if parent is not None and parent.name in _LISTS and tag.name not in _BETWEEN:
            message = f"<{tag.name}> stands in a list, and is no item of it"
            yield Fault("nesting", tag.line, message, Severity.WARNING)
    yield from _tables(sheet)
    yield from _empty(sheet)


def _tables(sheet: ParsedPage) -> Iterator[Fault]:
    """Tables of data say what their rows or columns are (WCAG 2.2, 1.3.1)."""
    if next(sheet.named("table"), None) is None:
        return
    rows, cells, heads = Counter[int](), Counter[int](), Counter[int]()
    for name, counted in (("tr", rows), ("td", cells), ("th", heads)):
        for tag in sheet.named(name):
            table = next((one for one in tag.around() if one.name == "table"), None)
            counted[id(table)] += 1
    for table in sheet.named("table"):
        at, role = id(table), table.attributes.get("role", "")
        if role in {"presentation", "none"} or table.hidden:
            continue
        if heads[at] == 0 and rows[at] > 1 and cells[at] > rows[at]:
            yield Fault("table", table.line, "nothing says what the rows or columns of a table are (<th>)")


def _empty(sheet: ParsedPage) -> Iterator[Fault]:
    """A page without anything to read in the place where it should be."""
    if sheet.refresh is not None or sheet.root is None:
        return
    main = next(sheet.named("main"), None) or next(sheet.named("body"), None)
    said = [words.inside for words in sheet.words if words.inside is not None and _reads(words.inside, main)]
    pictured = any(
        _reads(tag, main) for tag in sheet.named("img", "video", "iframe", "object", "form", "svg", "canvas")
    )
    if not said and not pictured:
        yield Fault("empty", main.line if main else 1, "there is nothing to read on the page")
    elif sheet.article and not pictured and all(_is_heading(tag) for tag in said):
        yield Fault("empty", main.line if main else 1, "the page has a heading, and nothing below it")


def _reads(tag: Tag, main: Tag | None) -> bool:
    """Whether it stands in the main part of the page, for readers to see."""
    around = (tag, *tag.around())
    if main is None or tag.hidden or any(one.name in {"head", "title"} for one in around):
        return main is None and not tag.hidden
    return any(one is main for one in around) and not any(one.name in _BESIDE for one in around)


def _is_heading(tag: Tag) -> bool:
    return any(
        one.name in _NO_TEXT or "meta" in one.attributes.get("class", "") for one in (tag, *tag.around())
    )
