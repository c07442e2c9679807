"""The inside of a block as runs: words, codes, locked values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from l10n import inline
from l10n.formats.markdown import components, dialects, markup, programs, templates, titles
from l10n.formats.markdown.parser import (
    END,
    LEAF,
    START,
    Event,
)
from l10n.formats.markdown.templates import Templates
from l10n.inline import (
    CLOSE,
    LONE,
    OPEN,
    TEXT,
    VALUE,
    Role,
    Run,
)
from l10n.model import Hole

INLINE = frozenset(
    {
        "Code",
        "Emphasis",
        "FootnoteReference",
        "HardBreak",
        "Image",
        "InlineHtml",
        "Link",
        "SoftBreak",
        "Strikethrough",
        "Strong",
        "Text",
    }
)
# Elements whose content HTML does not read as HTML (WHATWG, 13.1.2 and 13.2.6.4.7).
_RAW_TEXT = re.compile(r"script|style|textarea|title|iframe|noembed|noframes|noscript|xmp|plaintext")
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_LABELS = {"Emphasis": "emphasis", "Strong": "bold", "Strikethrough": "struck out"}
_VOID = re.compile(r"area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_REFERENCES = {"Shortcut", "Collapsed"}
_PREFIX = re.compile(r"[ \t>]*")


# A named tuple's own way to be made takes three times as long.
_run = tuple.__new__


@dataclass(frozen=True, slots=True)
class Inside:
    """A block's runs; joined, they are ``text[start:end]``.

    ``references`` are the offsets in the block at which a link or image opens whose words are
    also its address (``[the report]``).
    """

    start: int
    end: int
    runs: tuple[Run, ...]
    references: frozenset[int] = frozenset()


def inside(source: Templates, tokens: Sequence[Event], locale: str, hidden: str = "") -> tuple[Inside, str]:
    """The runs of the inline events of one block, and the raw-text element left open after it.

    ``hidden`` is the element ("script") that was open before: what stands in one is nobody's
    prose, and stays in one code.
    """
    if len(tokens) == 1 and not hidden and _plain(source, tokens[0]):
        _, _, start, end, text, _ = tokens[0]
        return Inside(start, end, tuple(inline.split_locked_values(text))), ""
    start = tokens[0].start - _escaped(source, tokens[0])
    reader = _Reader(source, start, start, locale, hidden=hidden)
    for token in _with_templates(source, tokens):
        reader.read(token)
    reader.flush()
    runs = inline.orphaned(tuple(_without_inside(reader.runs)))
    if reader.locked:
        runs = lock(runs, frozenset(reader.locked), "locked text")
    return Inside(start, reader.at, runs, frozenset(reader.references)), reader.hidden


def _plain(source: Templates, token: Event) -> bool:
    """Whether an event is words that stand in the file as they are."""
    return (
        token.name == "Text"
        and not source.starts
        and token.data == source.text[token.start : token.end]
        and source.text[token.start - 1 : token.start] != "\\"
    )


def _without_inside(runs: Sequence[Run]) -> Iterator[Run]:
    """Runs in which a link or image without words is one lone code, with its title in its hole."""
    index = 0
    while index < len(runs):
        run = runs[index]
        closing = runs[index + 1] if index + 1 < len(runs) else run
        index += 1
        if run.role is OPEN and closing.role is CLOSE and closing.name == run.name:
            width = len(run.raw)
            moved = (replace(hole, start=hole.start + width, end=hole.end + width) for hole in closing.holes)
            yield Run(run.raw + closing.raw, "", LONE, run.name, run.label, (*run.holes, *moved))
            index += 1
        else:
            yield run


def lock(runs: Sequence[Run], offsets: frozenset[int], label: str = "link") -> tuple[Run, ...]:
    """Runs in which the pairs that open at ``offsets`` have become locked values."""
    partner = inline.pairs(runs)
    out: list[Run] = []
    index = at = 0
    while index < len(runs):
        end = partner.get(index, index) if at in offsets else index
        group = runs[index : end + 1]
        raw = "".join(run.raw for run in group)
        words = "".join(run.text for run in group)
        out.append(Run(raw, words, VALUE, "link", label) if end > index else runs[index])
        at += len(raw)
        index = end + 1
    return tuple(out)


def _escaped(source: Templates, token: Event) -> bool:
    """Whether a backslash stands before a text and makes its first character plain."""
    before = source.masked[token.start - 1 : token.start]
    return token.name == "Text" and before == "\\" and token.data[:1] in _PUNCTUATION


def _with_templates(source: Templates, tokens: Sequence[Event]) -> Iterator[Event]:
    """The events with each template as one of its own, whatever the parser saw in it."""
    if not source.starts:
        yield from tokens
        return
    last = tokens[-1].end
    until = -1
    for token in tokens:
        at = token.start
        if token.name not in {"Text", "SoftBreak"}:
            yield token
            continue
        at = max(at, until)
        index = source.at(at)
        while index < len(source.starts) and source.starts[index] < token.end:
            begin, until = source.starts[index], min(source.ends[index], last)
            if begin > at:
                yield Event("Text", LEAF, at, begin, source.masked[at:begin])
            if begin >= at:
                yield Event("Template", LEAF, begin, until)
            at = until
            index += 1
        if at == token.start:
            yield token
        elif at < token.end:
            yield Event("Text", LEAF, at, token.end, source.masked[at : token.end])


@dataclass(slots=True)
class _Reader:
    """Collects runs; ``at`` is the offset up to which the text has been accounted for."""

    source: Templates
    start: int
    at: int
    locale: str
    plain: int = -1
    runs: list[Run] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    locked: set[int] = field(default_factory=set)
    references: set[int] = field(default_factory=set)
    hidden: str = ""
    marked: bool = False
    skip: int = -1

    def read(self, token: Event) -> None:
        """Account for one event and for what stands between it and the one before."""
        if token.end <= self.skip:
            return
        if self.hidden:
            self._hide(token)
        elif token.phase is END:
            self._close(token)
        elif token.name == "Text":
            self._text(token)
        else:
            self.flush()
            self._gap(token)
            if token.phase is START:
                self._open(token)
            else:
                self._leaf(token)

    def flush(self) -> None:
        """Turn the plain text collected so far into runs."""
        if self.plain >= 0:
            self.runs.extend(inline.split_locked_values(self.source.text[self.plain : self.at]))
            self.plain = -1

    def _take(
        self,
        end: int,
        text: str,
        role: Role = TEXT,
        name: str = "",
        label: str = "",
        holes: tuple[Hole, ...] = (),
    ) -> None:
        raw = self.source.text[self.at : end]
        if raw or text:
            self.runs.append(_run(Run, (raw, text, role, name, label, holes)))
        self.at = end

    def _gap(self, token: Event, end: int | None = None) -> None:
        """What the parser passed over: a line's prefix, blanks before a break, anything odd."""
        end = token.start if end is None else end
        if end <= self.at:
            return
        if self.runs and self.runs[-1].name == "break":
            self.runs[-1] = self.runs[-1]._replace(raw=self.runs[-1].raw + self.source.text[self.at : end])
            self.at = end
        elif token.name not in {"SoftBreak", "HardBreak"}:
            self._take(end, "", LONE, "markup", "markup")

    def _text(self, token: Event) -> None:
        start, end = token.start, token.end
        escaped = start > self.at and self.source.masked[start - 1] == "\\"
        if start - escaped > self.at or token.data != self.source.masked[start:end] or escaped:
            self.flush()
            self._gap(token, start - escaped)
        if escaped:
            self._take(start + 1, token.data[:1])
            start += 1
        elif token.data != self.source.masked[start:end]:
            self._take(end, token.data)
            return
        if self.plain < 0 and end > start:
            self.plain = self.at
        self.at = end

    def _open(self, token: Event) -> None:
        if token.name in _LABELS:
            width = 2 if self.source.masked.startswith(("**", "__", "~~"), token.start) else 1
            width = 1 if token.name == "Emphasis" else width
            self._take(token.start + width, "", OPEN, token.name, _LABELS[token.name])
        elif token.data in {"Autolink", "Email"}:
            label = "address" if token.data == "Autolink" else "e-mail"
            words = self.source.text[token.start + 1 : token.end - 1]
            self._take(token.end, words, VALUE, token.data, label)
            self.skip = token.end
        else:
            if token.data in _REFERENCES:
                self.references.add(token.start - self.start)
            self.titles.append(token.title)
            width, label = (2, "image") if token.name == "Image" else (1, "link")
            self._take(token.start + width, "", OPEN, token.name, label)

    def _close(self, token: Event) -> None:
        self.flush()
        end = token.end
        if token.name in {"Link", "Image"} and self._collapsed(token):
            end += 2
        label = _LABELS.get(token.name, token.name.lower())
        if self.runs and self.runs[-1].name == "break" and (prefix := self._prefix()):
            self._gap(token, self.at + prefix)
        title = self.titles.pop() if token.name in {"Link", "Image"} and self.titles else ""
        holes = self._title(max(end, self.at), title) if title else ()
        self._take(max(end, self.at), "", CLOSE, token.name, label, holes)

    def _prefix(self) -> int:
        match = _PREFIX.match(self.source.masked, self.at)
        return len(match.group()) if match else 0

    def _title(self, end: int, title: str) -> tuple[Hole, ...]:
        raw = self.source.text[self.at : end]
        return titles.hole(raw, title, self.locale) if raw == self.source.masked[self.at : end] else ()

    def _collapsed(self, token: Event) -> bool:
        text = self.source.masked
        return (
            token.start - self.start in self.references
            and text.startswith("[]", token.end)
            and text[token.end - 1] == "]"
        )

    def _leaf(self, token: Event) -> None:
        raw = self.source.text[token.start : token.end]
        if token.name == "Code":
            masked = raw != self.source.masked[token.start : token.end]
            self._take(token.end, raw.strip("`") if masked else token.data, VALUE, "code", "code")
        elif token.name == "SoftBreak":
            self._take(token.end, " ", name="break")
        elif token.name == "HardBreak":
            self._take(token.end, "", LONE, "break", "line break")
        elif token.name == "FootnoteReference":
            self._take(token.end, "", LONE, "footnote", "footnote")
        elif token.name == "Template" and (known := dialects.run(raw)):
            role, shown, name, label = known
            if name == "mark":
                role, self.marked = (CLOSE if self.marked else OPEN), not self.marked
            self._take(token.end, shown, role, name, label, self._given_span(raw))
        elif token.name == "Template":
            paired = token.start in self.source.pairs
            label, word = ("code", False) if paired else templates.kind(raw)
            holes = () if paired or word else self._given(raw)
            self._take(token.end, raw if word else "", VALUE if word else LONE, "template", label, holes)
        else:
            self._html(token, raw)

    def _given(self, raw: str) -> tuple[Hole, ...]:
        marked = raw.startswith(("{{", "{%"))
        return titles.attribute_holes(raw, templates.words(raw), self.locale, marked=marked)

    def _braced(self, token: Event, raw: str) -> bool:
        """Whether a tag is what the parser saw but for names between single braces, words to MDX."""
        seen = self.source.masked[token.start : token.end] if "{" in raw else ""
        return token.data == seen and not any(sign in raw for sign in ("{{", "{%", "={"))

    def _given_span(self, raw: str) -> tuple[Hole, ...]:
        """What the attributes say that stand behind words in brackets."""
        if not raw.startswith("]{"):
            return ()
        said = ((name, quote, start + 1, end + 1) for name, quote, start, end in templates.words(raw[1:]))
        return titles.attribute_holes(raw, said, self.locale, marked=False)

    def _html(self, token: Event, raw: str) -> None:
        tag = _TAG.match(raw)
        if not tag:
            self._take(token.end, "", LONE, "comment", "comment")
            return
        name = tag[2].lower()
        label = titles.HTML_LABELS.get(name, name)
        if _RAW_TEXT.fullmatch(name) and not tag[1]:
            self.hidden = name
            self._take(token.end, "", LONE, "hidden", label)
        elif tag[1]:
            self._take(token.end, "", CLOSE, f"<{name}", label)
        else:
            alone = _VOID.fullmatch(name) or raw.endswith("/>")
            if markup.locks(raw):
                self.locked.add(self.at - self.start)
            seen = components.masked(raw)
            known = token.data in {raw, seen, programs.renamed(seen)} or self._braced(token, raw)
            holes = components.holes(raw, self.locale) if known else ()
            self._take(token.end, "", LONE if alone else OPEN, f"<{name}", label, holes)

    def _hide(self, token: Event) -> None:
        """Whatever stands in a raw-text element joins one code."""
        if token.end <= self.at:
            return
        raw = self.source.text[self.at : token.end]
        if self.runs and self.runs[-1].name == "hidden":
            last = self.runs.pop()
            self.runs.append(Run(last.raw + raw, "", LONE, "hidden", last.label))
        else:
            self.runs.append(Run(raw, "", LONE, "hidden", self.hidden))
        self.at = token.end
        if token.name == "InlineHtml":
            self.hidden = still_hidden(self.hidden, self.source.text[token.start : token.end])


def still_hidden(hidden: str, html: str) -> str:
    """The raw-text element open after a stretch of HTML, "" for none."""
    for tag in _TAG.finditer(html):
        name = tag[2].lower()
        if tag[1] and name == hidden:
            hidden = ""
        elif not tag[1] and not hidden and _RAW_TEXT.fullmatch(name):
            hidden = name
    return hidden
