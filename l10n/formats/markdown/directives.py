"""Admonitions and the like: lines that open or close a box, around blocks of ordinary Markdown.

The parser does not know them.  In the text it is given each such line is written as something
it does know, of the same length: ``!!! note "Title"`` as an item of a list, whose inside is as
far indented as the box's, with the title for a heading; a ``:::`` fence as a blank line, or as
a heading when it has a title.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from l10n.formats.markdown import bbcode, cells, drawn, pandoc, programs, statements, unseen
from l10n.formats.markdown.templates import Templates
from l10n.model import Kind

# Python-Markdown's admonitions, and details and tabs of the PyMdown extensions.
_BOX = re.compile(
    r"^[ \t>]*+(?P<mark>!!!|\?\?\?\+?|===[!+]?)[ \t]*+(?P<type>[\w-]++(?:[ \t]++[\w-]++)*+)?+"
    r"(?P<gap>[ \t]*+\")?+(?(gap)(?P<title>[^\"\r\n]*+)\")[ \t]*+\r?$",
    re.MULTILINE,
)
# Docusaurus, VitePress, MyST and Pandoc.
_FENCE = re.compile(
    r"^[ \t>]*+(?P<mark>:{3,})(?P<rest>[^\r\n]*+)(?P<options>(?:\r?\n[ \t>]*+:[\w-]++:[^\r\n]*+)*+)",
    re.MULTILINE,
)
# MyST writes the same with the signs of code: "```{note}".
_CODE = re.compile(
    r"^[ \t>]*+(?P<mark>`{3,}|~{3,})(?P<rest>[^\r\n]*+)(?P<options>(?:\r?\n[ \t>]*+:[\w-]++:[^\r\n]*+)*+)",
    re.MULTILINE,
)
# Blocks of the PyMdown extensions, with options that are indented below: "/// caption | #fig".
_SLASHES = re.compile(
    r"^[ \t]*+(?P<mark>/{3,})"
    r"(?:[ \t]*+(?P<name>[a-z][\w-]*+)(?:[ \t]*+\|[ \t]*+(?P<title>[^\r\n]*[^\s]))?)?[ \t]*+"
    r"(?P<options>(?:\r?\n(?: {4}|\t)[ \t]*+[\w-]++:[^\r\n]*+)*+)\r?$",
    re.MULTILINE,
)
# Callouts of Obsidian, and of GitHub where they have a title: "> [!info]- Title".
_CALLOUT = re.compile(
    r"^[ \t]*+(?:>[ \t]*+)++(?P<mark>\[![A-Za-z][\w|-]*+\][+-]?)[ \t]*+(?P<title>[^\r\n]*[^\s])?[ \t]*+\r?$",
    re.MULTILINE,
)
_ALERT = re.compile(r"\[!(?:note|tip|important|warning|caution)\]", re.IGNORECASE)
WORDY = re.compile(
    r"aside|blockquote|button-link|button-ref|card-header|card-footer|card-carousel|centered|compound|container"
    r"|deprecated|div|epigraph|figure|figure-md|glossary|grid|grid-item|highlights|hlist|image|margin"
    r"|pull-quote|subfigure|tab-set|versionremoved",
    re.IGNORECASE,
)
# What stands behind the names of these is their title, and they are no notices.
CAPTIONED = re.compile(
    r"card|exercise|grid-item-card|list-table|prf:[a-z]+|rubric|sidebar|solution|table", re.IGNORECASE
)
NAMED = re.compile(
    r"[ \t]*(?:\{(?P<braced>[\w:-]+)\}|(?P<bare>[\w-]+))"
    r"(?:\[(?P<label>(?:[^\[\]\\\r\n]|\\[^\r\n])*+)\](?:\{[^\r\n]*)?"
    r"|[ \t]+(?P<title>[^\s{][^{}\r\n]*?)(?:[ \t]+\{[^{}\r\n]*[%}])?)?[ \t]*$"
)
TITLED = re.compile(
    r"abstract|admonition|attention|caution|danger|details|dropdown|error|example|failure|hint|important|info"
    r"|note|question|quote|seealso|success|tab-item|tip|todo|topic|versionadded|warning",
    re.IGNORECASE,
)
INSIDE = re.compile(r"(?:[ \t>]*\r?\n)*(?P<indent>[ \t>]*)")
# "::youtube{#quay}" of remark-directive; "::card" and the "::" that closes it in MDC.
_LEAF = re.compile(r"^[ \t>]*+::(?:[a-z][\w-]*+)?(?:\{[^\r\n]*+)?[ \t]*+\r?$", re.MULTILINE)
# What kramdown, Python-Markdown and PHP Markdown Extra say of an abbreviation: "*[WHO]: World Health …".
_ABBREVIATION = re.compile(
    r"^[ ]{0,3}(?P<term>\*\[[^\[\]\r\n]{1,80}\]:)[ \t]*(?P<words>[^\s][^\r\n]*?)[ \t]*\r?$", re.MULTILINE
)
# What the options of MyST's directives say to readers.
_ALT = re.compile(
    r"^[ \t>]*+:(?P<name>alt|caption|title|footer):[ \t]+(?P<words>\S[^\r\n]*?)[ \t]*\r?$", re.MULTILINE
)
_GLOSSARY = re.compile(
    r"^(?P<mark>`{3,}|~{3,}|:{3,})\{glossary\}[^\n]*+\n(?:(?!(?P=mark))[^\n]*+\n)*+", re.MULTILINE
)
_ENTRY = re.compile(r"^(?![`~:])\S[^\r\n]*\r?\n(?P<indent>[ ]{2,8})(?=\S)", re.MULTILINE)
# Items of lists of tasks that Obsidian's themes know: moved on, cancelled, important.
_TASK = re.compile(r"^[ \t>]*[-*+][ \t]+(?P<box>\[[-<>!/?*]\])(?=[ \t]+[^\s])", re.MULTILINE)
# What the head of a chunk of R Markdown says of its figures and tables, as a string of R.
_CHUNK = re.compile(r"^[ \t>]*+(?:`{3,}|~{3,})[ \t]*+\{[A-Za-z][^\r\n]*\}[ \t]*\r?$", re.MULTILINE)
_CHUNK_OPTION = re.compile(
    r"(?<=[\s,])(?P<name>fig\.(?:s?cap|alt)|tab\.cap|tbl\.cap)\s*+=\s*+"
    r"(?P<words>\"(?:[^\"\\\r\n]|\\[^\r\n])++\")(?=\s*+[,}])"
)
TITLE = re.compile(r"\btitle=\"(?P<words>[^\"\r\n]*[^\s\"][^\"\r\n]*)\"")


@dataclass(frozen=True, slots=True)
class Label:
    """A box's title: its unit's name, the place its words land in, its kind."""

    name: str
    place: str
    busy: str = ""
    kind: Kind = Kind.HEADING


class Option(NamedTuple):
    """The value of an option that is for readers, of the ``style`` given, else YAML, and its name."""

    start: int
    end: int
    name: str
    style: str = ""
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Boxes:
    """The boxes of a text.

    ``items`` are the offsets of those that the parser sees as items of a list, ``labels`` of
    the titles that it sees as headings, ``options`` what MyST's say of pictures, in order.
    """

    items: frozenset[int] = frozenset()
    labels: Mapping[int, Label] = field(default_factory=dict)
    options: tuple[Option, ...] = ()


@dataclass(slots=True)
class _Masks:
    """What is written over the text for the parser: (start, end, instead); ``raw`` is the file's own."""

    text: str
    raw: str
    masks: list[tuple[int, int, str]] = field(default_factory=list)
    items: set[int] = field(default_factory=set)
    labels: dict[int, Label] = field(default_factory=dict)
    options: list[Option] = field(default_factory=list)

    def title(self, start: int, title: int, end: int, stop: int, sign: str, label: Label) -> None:
        """Write a heading over ``start`` to ``stop``, its words being those from ``title`` to ``end``."""
        self.masks.append((start, title, sign.ljust(title - start)))
        self.masks.append((end, stop, " " * (stop - end)))
        self.labels[start + sign.index("#")] = label

    def blank(self, start: int, end: int) -> None:
        self.masks.append(programs.blank(self.text, (start, end)))


def find(source: Templates, *, mdx: bool = False) -> tuple[Templates, Boxes]:
    """A text with its boxes masked as its templates are, and the boxes.

    In a file that says it is ``mdx`` a block between braces is an expression whatever it holds.
    """
    text = source.masked
    masks = _Masks(text, source.text)
    for signs, read in _READERS:
        if any(sign in text for sign in signs):
            read(masks)
    for span in unseen.stretches(text):
        masks.blank(*span)
    for span in statements.lines(source):
        masks.blank(*span)
    if "import " in text or "export " in text:
        for span in programs.lines(text):
            masks.blank(*span)
    if "{" in source.text or "<" in text:
        closed = programs.braces(source.text)
        masks.masks.extend(programs.components(text, source.text, closed))
        masks.masks.extend(programs.lines_of_one(text) if mdx else ())
        for span in programs.expressions(source.text, closed, mdx=mdx):
            masks.blank(*span)
    if not masks.masks and not masks.options:
        return source, Boxes()
    return replace(source, masked=programs.over(text, masks.masks)), Boxes(
        frozenset(masks.items), masks.labels, tuple(sorted(masks.options))
    )


def _boxes(masks: _Masks) -> None:
    text = masks.text
    for box in _BOX.finditer(text):
        start, end = box.start("mark"), box.end()
        end -= text[end - 1 : end] == "\r"
        tab, title = box["mark"][0] == "=", box["title"]
        if (tab and (box["type"] or not title)) or not (box["type"] or title) or not _indented(text, box):
            continue
        masks.items.add(start)
        if title and title.strip():
            width = box.start("title") - start
            sign = "-   #" if width > 5 else "-  #"
            label = Label("tab" if tab else "admonition", "quoted")
            masks.title(start, box.start("title"), box.end("title"), end, sign, label)
        else:
            masks.masks.append((start, end, "-   #"[: end - start].ljust(end - start)))


def _indented(text: str, box: re.Match[str]) -> bool:
    """Whether what follows the line of a box stands inside it."""
    inside = INSIDE.match(text, box.end() + 1)
    before = text[box.start() : box.start("mark")].expandtabs(4)
    return inside is not None and len(inside["indent"].expandtabs(4)) >= len(before) + 4


def _fences(masks: _Masks) -> None:
    for fence in _FENCE.finditer(masks.text):
        own = NAMED.match(masks.raw[slice(*fence.span("rest"))])
        # "[Title]{#id}" alone would be a span of Pandoc's, of which the parser sees nothing.
        _open(masks, fence, own if own and own["label"] else NAMED.match(fence["rest"]))


def _open(masks: _Masks, fence: re.Match[str], heading: re.Match[str] | None) -> None:
    """Write over the line that opens a box, or closes one, and its options."""
    start, end = fence.start("mark"), fence.end("rest")
    _options(masks, *fence.span("options"))
    group = next((name for name in ("label", "title") if heading and heading[name]), "")
    name = (heading["braced"] or heading["bare"]) if heading else ""
    if not heading and (given := TITLE.search(masks.text, fence.start("rest"), end)):
        masks.title(start, *given.span("words"), end, "#", Label("admonition", "quoted"))
        return
    if not heading or not group or not (TITLED.fullmatch(name) or CAPTIONED.fullmatch(name)):
        masks.blank(start, end)
        return
    first, last = (fence.start("rest") + at for at in heading.span(group))
    if name.startswith("version") and not any(sign.isalpha() for sign in masks.text[first:last]):
        masks.blank(start, end)  # the number of a version
        return
    place = "fence" if fence["mark"][0] == "`" else "heading"
    label = Label("admonition", place, "[" if group == "label" else "")
    masks.title(start, first, last, end, "#", label)


def _slashes(masks: _Masks) -> None:
    """Lines that open or close a block of the PyMdown extensions; the first closes nothing."""
    lines = list(_SLASHES.finditer(masks.text))
    named = sum(line["name"] is not None for line in lines)
    if not 0 < named < len(lines):
        return
    for line in lines:
        start, end = line.start("mark"), line.end()
        end -= masks.text[end - 1 : end] == "\r"
        options = line.start("options")
        masks.blank(options, end)
        tab = line["name"] == "tab"
        if line["title"] and (tab or TITLED.fullmatch(line["name"])):
            label = Label("tab" if tab else "admonition", "heading")
            masks.title(start, *line.span("title"), options, "#", label)
        else:
            masks.blank(start, options)


def _callouts(masks: _Masks) -> None:
    """The first lines of callouts: what the parser knows is left to it."""
    for callout in _CALLOUT.finditer(masks.text):
        start = callout.start("mark")
        if callout["title"]:
            end = callout.end("title")
            masks.title(start, *callout.span("title"), end, "#", Label("admonition", "heading"))
        elif not _ALERT.fullmatch(callout["mark"]):
            masks.blank(start, callout.end("mark"))


def _tags(masks: _Masks) -> None:
    """Lines of tags in square brackets around a box."""
    for box in bbcode.boxes(masks.text):
        first, last = box.title
        if first < last:
            masks.title(box.start, first, last, box.end, "#", Label("admonition", "quoted"))
        else:
            masks.blank(box.start, box.end)


def _options(masks: _Masks, start: int, end: int) -> None:
    """Write over the options of a box; what they say of a picture is read as YAML, as MyST does."""
    _said(masks, start, end)
    masks.blank(start, end)


def _said(masks: _Masks, start: int, end: int) -> None:
    for match in _ALT.finditer(masks.raw, start, end) if start < end else ():
        masks.options.append(Option(*match.span("words"), match["name"]))


def _cells(masks: _Masks) -> None:
    masks.options.extend(
        Option(cell.start, cell.end, cell.key, cell.style, cell.indent) for cell in cells.options(masks.raw)
    )


def _chunks(masks: _Masks) -> None:
    """What chunks of R Markdown say of their figures and tables in their heads."""
    for chunk in _CHUNK.finditer(masks.raw):
        for match in _CHUNK_OPTION.finditer(masks.raw, *chunk.span()):
            name = match["name"].replace(".", "-")
            masks.options.append(Option(*match.span("words"), name, "program"))


def _abbreviations(masks: _Masks) -> None:
    for match in _ABBREVIATION.finditer(masks.text):
        words = match.span("words")
        masks.title(match.start("term"), *words, words[1], "#", Label("abbreviation", "heading"))


def _drawn(masks: _Masks) -> None:
    for span in drawn.tables(masks.text):
        masks.blank(*span)


def _lines(masks: _Masks) -> None:
    """Blocks of lines, of which each stays one."""
    for start, words, end in drawn.lines(masks.text):
        masks.title(start, words, end, end, "#", Label("line", "heading", kind=Kind.PARAGRAPH))


def _tasks(masks: _Masks) -> None:
    masks.masks.extend((*task.span("box"), "[x]") for task in _TASK.finditer(masks.text))


def _numbers(masks: _Masks) -> None:
    """What counts by itself, as numbers that the parser knows."""
    masks.masks.extend(pandoc.numbers(masks.text))


def _captions(masks: _Masks) -> None:
    for start, words, end in pandoc.captions(masks.text):
        masks.title(start, words, end, end, "#", Label("", "heading", kind=Kind.CAPTION))


def _head(masks: _Masks) -> None:
    titles, authors = pandoc.head(masks.text) or ([], (0, 0))
    for name, start, end in titles:
        sign = masks.text.rfind("%", 0, start)
        masks.title(sign, start, end, end, "#", Label(name, "heading", kind=Kind.METADATA))
    masks.blank(*authors)


def _glossaries(masks: _Masks) -> None:
    """What MyST's glossaries say of a word, below it and indented, as a definition that the parser knows."""
    for glossary in _GLOSSARY.finditer(masks.text):
        for entry in _ENTRY.finditer(masks.text, *glossary.span()):
            masks.masks.append((entry.start("indent"), entry.start("indent") + 2, ": "))


def _leaves(masks: _Masks) -> None:
    """Directives without words that are a line by themselves, and what opens or closes a block of MDC."""
    for match in _LEAF.finditer(masks.text):
        masks.blank(*match.span())


def _code_fences(masks: _Masks) -> None:
    """Boxes between fences of code: those inside one another are told by their length."""
    open_: list[str] = []
    code = ""
    for fence in _CODE.finditer(masks.text):
        mark, rest = fence["mark"], fence["rest"].strip()
        inner = code or (open_[-1] if open_ else "")
        if inner and not rest and mark.startswith(inner):
            if not code:
                masks.blank(*fence.span("mark"))
                open_.pop()
            code = ""
            continue
        if code:
            continue
        heading = NAMED.match(fence["rest"])
        name = (heading["braced"] or "") if heading else ""
        if heading and any(kind.fullmatch(name) for kind in (TITLED, WORDY, CAPTIONED)):
            open_.append(mark)
            _open(masks, fence, heading)
        else:
            code = mark
            _said(masks, *fence.span("options"))


# What each kind of box, or what is read like one, cannot be without.
_READERS: tuple[tuple[tuple[str, ...], Callable[[_Masks], None]], ...] = (
    (("!!!", "???", "==="), _boxes),
    ((":::",), _fences),
    (("```{", "~~~{"), _code_fences),
    (("///",), _slashes),
    (("[!",), _callouts),
    (("[/",), _tags),
    (("{glossary}",), _glossaries),
    (("- [", "* [", "+ ["), _tasks),
    (("#. ", "(@"), _numbers),
    (("Table: ", "\n: "), _captions),
    (("% ",), _head),
    (("#|", "//|", "%%|", "--|"), _cells),
    (("fig.", "tab.cap", "tbl.cap"), _chunks),
    (("*[",), _abbreviations),
    (("+-", "+=", "+:", "-- "), _drawn),
    (("| ",), _lines),
    (("::",), _leaves),
)
