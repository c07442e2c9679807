"""Parse a page for the linter: text runs with their language, tags, structured data, markup errors."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from l10n.formats.html.entities import decode
from l10n.formats.html.tokens import VOID, Sort, Token, alone, attribute_values, names, stream

FEEDS = frozenset({"application/atom+xml", "application/rss+xml", "application/feed+json"})
"""The media types of what is read as news."""
# Elements whose end tag may be left out (standard, 13.1.2.4).
_OPTIONAL = names(
    "html head body p li dt dd rt rp optgroup option colgroup caption thead tbody tfoot tr td th"
)
_UNSAID = names("script style code kbd samp var pre template")
# Elements that say nothing to anybody without words in them, or a text for a picture in them.
_SPEAKING = names("a button h1 h2 h3 h4 h5 h6 label")

# What a link may not hold (standard, 4.5.1).
_PRESSED = names("a button select textarea iframe")

_NAMES = ("aria-label", "aria-labelledby", "title")

_UNSHOWN = re.compile(r"\bdisplay\s*:\s*none|\bvisibility\s*:\s*hidden", re.IGNORECASE)
_BLANK = re.compile(r"\s+")


class Words(NamedTuple):
    """A run of text, with the line it starts on, and the language, direction and element it is in."""

    text: str
    line: int
    lang: str
    dir: str
    inside: Tag | None = None


class Tag(NamedTuple):
    """A start tag: its name, line, attributes, and the language and direction inside it.

    ``hidden`` says that it is kept from readers, ``labelled`` that a label is around it, ``parent`` is the
    element that it stands in.
    """

    name: str
    line: int
    attributes: Mapping[str, str]
    lang: str
    dir: str
    hidden: bool = False
    labelled: bool = False
    parent: Tag | None = None

    def around(self) -> Iterator[Tag]:
        """The elements that it stands in, the nearest first."""
        tag = self.parent
        while tag is not None:
            yield tag
            tag = tag.parent


class Refresh(NamedTuple):
    """That a page goes on by itself: the line that says so, after how many seconds, and where to."""

    line: int
    seconds: str
    where: str


@dataclass(slots=True)
class ParsedPage:
    """A page, read.  ``wrong`` are the elements that end wrongly, ``data`` its JSON-LD: (line, what).

    ``titles`` are the texts of its title elements, ``heading`` that of its h1,
    ``silent`` the links, buttons and headings without words,
    ``link_words`` the runs of text in its links, ``styles`` its style sheets,
    ``codes`` the code of templates in it: (line, what).
    """

    path: str
    text: str
    tags: list[Tag] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    data: list[tuple[int, str]] = field(default_factory=list)
    styles: list[tuple[int, str]] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    heading: str = ""
    silent: list[Tag] = field(default_factory=list)
    link_words: list[tuple[Tag, str]] = field(default_factory=list)
    doctype: bool = False
    wrong: list[tuple[int, str]] = field(default_factory=list)
    ids: list[tuple[str, int]] = field(default_factory=list)
    codes: list[tuple[int, str]] = field(default_factory=list)
    _by_name: dict[str, list[Tag]] = field(default_factory=dict, repr=False)
    _by_meta: dict[str, list[Tag]] = field(default_factory=dict, repr=False)
    _said: str | None = field(default=None, repr=False)
    _structured: list[tuple[int, Any]] | None = field(default=None, repr=False)

    def add(self, tag: Tag) -> None:
        """One more tag of the page, in order."""
        self.tags.append(tag)
        self._by_name.setdefault(tag.name, []).append(tag)
        if "id" in tag.attributes:
            self.ids.append((tag.attributes["id"], tag.line))
        if tag.name == "meta":
            names = (tag.attributes.get("name", "").lower(), tag.attributes.get("property", ""))
            for name in {*names} - {""}:
                self._by_meta.setdefault(name, []).append(tag)

    @property
    def title(self) -> str:
        """What its title says."""
        return self.titles[0] if self.titles else ""

    def says(self, text: str) -> bool:
        """Whether a text stands on the page, whatever blanks and elements divide it."""
        if self._said is None:
            self._said = unspaced("".join(words.text for words in self.words))
        return unspaced(text) in self._said

    @property
    def root(self) -> Tag | None:
        """Its html element."""
        return next(self.named("html"), None)

    @property
    def lang(self) -> str:
        """The language it says it is in."""
        return self.root.attributes.get("lang", "") if self.root else ""

    def named(self, *wanted: str) -> Iterator[Tag]:
        """Its tags of some names, those of one name after those of the one before."""
        return (tag for name in wanted for tag in self._by_name.get(name, ()))

    def metas(self, name: str) -> Sequence[Tag]:
        """The meta elements of a name (or property)."""
        return self._by_meta.get(name, ())

    def meta(self, name: str) -> str:
        """What the first meta element of a name (or property) says."""
        return next((tag.attributes.get("content", "") for tag in self.metas(name)), "")

    def links(self, rel: str) -> Iterator[Tag]:
        """Its link elements of a relation."""
        return (tag for tag in self.named("link") if rel in tag.attributes.get("rel", "").lower().split())

    @property
    def hidden(self) -> bool:
        """Whether search engines are told to leave it out."""
        said = f"{self.meta('robots')},{self.meta('googlebot')}".lower()
        return "noindex" in said or "none" in said.replace(" ", "").split(",")

    @property
    def canonical(self) -> str:
        """The address it says is its own."""
        return next((tag.attributes.get("href", "") for tag in self.links("canonical")), "")

    @property
    def refresh(self) -> Refresh | None:
        """How it goes on to another page by itself, None when it does not."""
        for tag in self.named("meta"):
            if tag.attributes.get("http-equiv", "").strip().lower() == "refresh":
                seconds, _, where = tag.attributes.get("content", "").partition(";")
                return Refresh(tag.line, seconds.strip(), where.partition("=")[2].strip(" '\""))
        return None

    @property
    def leads_on(self) -> bool:
        """Whether it is there only to lead on to another page, at once."""
        refresh = self.refresh
        return refresh is not None and bool(refresh.where) and refresh.seconds in {"", "0"}

    @property
    def hreflang(self) -> dict[str, str]:
        """The address of each alternate."""
        return {tag.attributes["hreflang"]: tag.attributes.get("href", "") for tag in self.alternates}

    @property
    def alternates(self) -> Iterator[Tag]:
        """What leads to the page in other languages; a feed (HTML, 4.6.7.1) may say its language, too."""
        for tag in self.links("alternate"):
            if "hreflang" in tag.attributes and tag.attributes.get("type", "").strip().lower() not in FEEDS:
                yield tag

    @property
    def structured(self) -> list[tuple[int, Any]]:
        """Its structured data: the line, and what they say or the ValueError of one that is no JSON."""
        if self._structured is None:
            self._structured = [(line, _json(text)) for line, text in self.data]
        return self._structured

    @property
    def article(self) -> Mapping[str, Any]:
        """What its structured data say of the release on it, {} where there is none."""
        articles = (data for _, data in self.structured if isinstance(data, dict))
        return next((data for data in articles if "Article" in str(data.get("@type"))), {})


def _json(text: str) -> Any:  # noqa: ANN401 - JSON holds anything
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        return ValueError(str(error))


def texts_in(data: Any) -> Iterator[str]:  # noqa: ANN401 - JSON holds anything
    """Every text of structured data, in order."""
    waiting = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting.extend(reversed(value.values()))
        elif isinstance(value, list):
            waiting.extend(reversed(value))


def unspaced(text: str) -> str:
    """A text without blanks, to be looked for in another one."""
    return _BLANK.sub("", text)


def opening(text: str) -> tuple[str, str]:
    """What the head of a page says of it: its language, and what the site calls itself."""
    lang = name = ""
    for token in stream(text):
        if token.sort is Sort.START and token.name == "html":
            lang = attribute_values(text, token).get("lang", "")
        elif token.sort is Sort.START and token.name == "meta":
            values = attribute_values(text, token)
            if "og:site_name" in {values.get("name"), values.get("property")}:
                name = values.get("content", "").strip()
        elif token.name == "body" or (name and lang):
            break
    return lang, name


@dataclass(slots=True)
class _Open:
    """An open element; ``spoken`` says that there are words in it, or a text for a picture.

    ``foreign`` says that it is in SVG or MathML, ``labelled`` in a label, ``unsaid`` in code, ``heading`` in
    the first heading; ``link`` is the one that it stands in.
    """

    name: str
    line: int
    lang: str
    dir: str
    tag: Tag | None = None
    hidden: bool = False
    spoken: bool = False
    foreign: bool = False
    labelled: bool = False
    unsaid: bool = False
    heading: bool = False
    link: Tag | None = None


def parse(path: str, text: str) -> ParsedPage:
    """A page, read.  Takes time in proportion to it."""
    sheet = ParsedPage(path, text)
    stack: list[_Open] = [_Open("", 0, "", "", spoken=True)]
    line, at = 1, 0
    for token in stream(text):
        sort, start = token.sort, token.start
        line += text.count("\n", at, start)
        at = start
        if sort is Sort.START:
            _start(sheet, stack, token, line)
        elif sort is Sort.END:
            _end(sheet, stack, token.name, line)
        elif sort is Sort.TEXT or sort is Sort.RCDATA or sort is Sort.CDATA:
            _text(sheet, stack, token, line)
        elif sort is Sort.DOCTYPE:
            sheet.doctype = sheet.doctype or not sheet.tags
        elif sort is Sort.RAW and token.name == "style":
            sheet.styles.append((line, text[start : token.end]))
        elif sort is Sort.RAW and sheet.tags[-1].attributes.get("type") == "application/ld+json":
            sheet.data.append((line, text[start : token.end]))
        elif sort is Sort.CODE:
            sheet.codes.append((line, text[start : token.end]))
        elif sort is Sort.BROKEN:
            sheet.wrong.append((line, "the file ends in the middle of a tag"))
    sheet.wrong.extend(_left(stack[1:]))
    return sheet


def _start(sheet: ParsedPage, stack: list[_Open], token: Token, line: int) -> None:
    text = sheet.text
    values = attribute_values(text, token)
    around = stack[-1]
    if around.link is not None and token.name in _PRESSED:
        sheet.wrong.append((line, f"<{token.name}> stands in a link, and is another thing to press"))
    lang, direction = values.get("lang", around.lang), values.get("dir", around.dir).lower()
    foreign = around.foreign or token.name in {"svg", "math"}
    hidden = around.hidden or values.get("aria-hidden") == "true" or _is_unshown(values)
    tag = Tag(token.name, line, values, lang, direction, hidden, around.labelled, around.tag)
    sheet.add(tag)
    spoken = bool(values) and (
        named(tag) or (token.name in {"img", "input"} and bool(values.get("alt", "").strip()))
    )
    if spoken:
        _speak(stack)
    if token.name not in VOID and not (foreign and alone(text, token)):
        unsaid = around.unsaid or token.name in _UNSAID
        labelled = around.labelled or token.name == "label"
        spoken = hidden or spoken
        heading = around.heading or token.name == "h1"
        link = tag if token.name == "a" and "href" in values else around.link
        stack.append(
            _Open(
                token.name,
                line,
                lang,
                direction,
                tag,
                hidden,
                spoken,
                foreign,
                labelled,
                unsaid,
                heading,
                link,
            )
        )


def _text(sheet: ParsedPage, stack: list[_Open], token: Token, line: int) -> None:
    text, around = decode(sheet.text[token.start : token.end]), stack[-1]
    if token.name == around.name == "title" and not around.foreign:
        sheet.titles.append(text)
    if around.heading:
        sheet.heading += text
    if text.strip():
        _speak(stack)
        if around.link is not None:
            sheet.link_words.append((around.link, text))
        if not around.unsaid:
            sheet.words.append(Words(text, line, around.lang, around.dir, around.tag))


def _is_unshown(values: Mapping[str, str]) -> bool:
    return "hidden" in values or "inert" in values or _UNSHOWN.search(values.get("style", "")) is not None


def named(tag: Tag) -> bool:
    """Whether its attributes give an element a name."""
    values = tag.attributes
    return any(name in values and values[name].strip() for name in _NAMES)


def _speak(stack: Sequence[_Open]) -> None:
    """Something is said in all that is open."""
    for open_ in reversed(stack):
        if open_.spoken:
            return
        open_.spoken = True


def _end(sheet: ParsedPage, stack: list[_Open], name: str, line: int) -> None:
    place = next((at for at in range(len(stack) - 1, 0, -1) if stack[at].name == name), 0)
    if not place:
        if name not in {"br", "p"}:
            sheet.wrong.append((line, f"</{name}> ends nothing that is open"))
        return
    sheet.wrong.extend(_left(stack[place + 1 :]))
    closed = stack[place]
    if closed.tag is not None and not closed.spoken and name in _SPEAKING:
        sheet.silent.append(closed.tag)
    del stack[place:]


def _left(stack: Sequence[_Open]) -> Iterator[tuple[int, str]]:
    return ((open_.line, f"<{open_.name}> is never closed") for open_ in stack if open_.name not in _OPTIONAL)
