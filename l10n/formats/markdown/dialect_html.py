"""What dialects of Markdown mark, written so that CommonMark's parser shows it to readers.

Marked words, formulas, raised and lowered signs, keys, roles of MyST, links of wikis and captions of tables
become HTML; attributes, comments and what else no reader should see are left out.  What another program has
to fill in (``{{ name }}``, ``@doe99``, ``:rocket:``) stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from l10n.formats.markdown import bbcode, dialects, pandoc, parser, templates, tex
from l10n.formats.markdown.parser import START
from l10n.formats.markdown.templates import Templates
from l10n.inline import CLOSE, OPEN

_SIGNS = re.compile(
    r"==|\$|\w[~^]|\{|\[\[|\^\[|\+\+|%%|8<|::?[a-z][\w-]*\[|\[(?:TOC|toc)|[ \t\n]\^\w|\[/\w|^(?:Table)?: ",
    re.MULTILINE,
)
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~\r\n]")
_ROLE = re.compile(r"\{(?P<name>[a-z][\w:+-]*)\}`(?P<words>[^`]*?)(?:[ \t]*<[^`<>]*>)?`")
_ABBREVIATION = re.compile(r"<abbr>([^<>]+?) \(([^<>\"]+)\)</abbr>")
_ELEMENTS = {
    "abbr": "abbr",
    "button": "kbd",
    "del": "del",
    "emphasis": "em",
    "guilabel": "kbd",
    "kbd": "kbd",
    "strike": "del",
    "strong": "strong",
    "sub": "sub",
    "sup": "sup",
    "u": "u",
    "underline": "u",
}
_BLOCKS = frozenset({"CodeBlock", "Heading"})
_CAPTION, _CAPTION_END = "<span data-caption>", "</span>"
_SAID = r"<p><span data-caption>(?P<words>(?:(?!</?p>).)*)</span></p>\n"
_TABLE = r"(?P<table><table>)(?P<rest>(?:(?!</?table>).)*</table>\n)"
_BELOW, _ABOVE = (re.compile(form, re.DOTALL) for form in (_TABLE + _SAID, _SAID + _TABLE))

_Change = tuple[int, int, str]


def tagged(text: str) -> str:
    """A text with what its dialects mark as HTML in its lines."""
    if not _SIGNS.search(text):
        return text
    source = dialects.masked(templates.find(text))
    captions = [*pandoc.captions(text)]
    if not source.starts and not captions:
        return text
    out: list[str] = []
    at = 0
    for start, end, shown in sorted([*_stretches(source), *_captions(captions)]):
        if start >= at:
            out.extend((text[at:start], shown))
            at = end
    out.append(text[at:])
    return "".join(out)


def finished(html: str) -> str:
    """The HTML of such a text, with captions in their tables and abbreviations with what they mean."""
    if _CAPTION in html:
        caption = r"\g<table><caption>\g<words></caption>\g<rest>"
        html = _ABOVE.sub(caption, _BELOW.sub(caption, html))
    return _ABBREVIATION.sub(r'<abbr title="\2">\1</abbr>', html) if "<abbr>" in html else html


def _captions(found: Sequence[tuple[int, int, int]]) -> Iterator[_Change]:
    for start, words, end in found:
        yield start, words, _CAPTION
        yield end, end, _CAPTION_END


def _stretches(source: Templates) -> Iterator[_Change]:
    """What takes the place of each stretch that stands among words: code and tags keep theirs."""
    open_: list[tuple[int, int, str]] = []
    for start, end, in_heading in _among_words(source):
        raw = source.text[start:end]
        run = dialects.run(raw)
        if raw == "==" and open_ and open_[-1][2] == "==":
            run = (CLOSE, "", "mark", "")
        if run and run[0] is OPEN:
            open_.append((start, end, raw))
        elif run and run[0] is CLOSE:
            if open_:
                *opened, opener = open_.pop()
                before, after = _pair(opener, raw)
                yield opened[0], opened[1], before
                yield start, end, after
        elif (shown := _alone(raw, in_heading=in_heading)) is not None:
            yield start, end, shown


def _among_words(source: Templates) -> Iterator[tuple[int, int, bool]]:
    """Where stretches begin among words, and whether these are a heading's."""
    block = ""
    index = 0
    for event in parser.events(source.masked):
        if event.name in _BLOCKS:
            block = event.name if event.phase is START else ""
        if event.name != "Text" or block == "CodeBlock":
            continue
        index = max(source.at(event.start), index)
        while index < len(source.starts) and source.starts[index] < event.end:
            start = source.starts[index]
            if start >= event.start and start not in source.pairs:
                yield start, source.ends[index], block == "Heading"
            index += 1


def _pair(opener: str, closer: str) -> tuple[str, str]:
    """What is written for the two ends of a pair."""
    if opener in {"==", "{=="}:
        return "<mark>", "</mark>"
    if opener == "^[":
        return " <small>(", ")</small>"
    if opener.endswith("`"):
        name = _ELEMENTS.get(opener[1:-2])
        return (f"<{name}>", f"</{name}>") if name else ("", "")
    if name := bbcode.ELEMENTS.get(opener[1:-1]):
        return f"<{name}>", f"</{name}>"
    return (opener, closer) if opener == "[" and closer == "]" else ("", "")


def _alone(raw: str, *, in_heading: bool) -> str | None:
    """What is written for a stretch that is no end of a pair; None where it stays."""
    if raw.startswith("$"):
        return _formula(raw)
    if raw.startswith("++"):
        return "+".join(f"<kbd>{_words(key)}</kbd>" for key in raw[2:-2].split("+"))
    if raw.startswith("[[") and raw.endswith("]]"):
        return _words(raw[2:-2])
    if raw[0] in "~^" and raw[-1] == raw[0]:
        return _element("sub" if raw[0] == "~" else "sup", raw[1:-1])
    if role := _ROLE.fullmatch(raw):
        name, words = role["name"], role["words"]
        return _formula(f"${words}$") if name == "math" else _element(_ELEMENTS.get(name, "span"), words)
    return _unseen(raw, in_heading=in_heading)


def _unseen(raw: str, *, in_heading: bool) -> str | None:
    """Nothing for what no reader should see; the parser reads the attributes of headings itself."""
    run = dialects.run(raw)
    if run:
        return "" if not run[1] else None
    label, _ = templates.kind(raw)
    return (
        "" if label in {"comment", "tracked change"} or (label == "attributes" and not in_heading) else None
    )


def _formula(raw: str) -> str | None:
    """A formula between one or two signs of money, from left to right whatever surrounds it."""
    width = 2 if raw.startswith("$$") else 1
    formula = raw[width : raw.rfind("$" * width)]
    if tex.is_prose(formula):
        return None
    shown = re.split(r"(<[^<>]*>|&[a-z]+;)", tex.html(formula))
    shown[::2] = [_words(words) for words in shown[::2]]
    return f'<span dir="ltr" class="math{" display" if width > 1 else ""}">{"".join(shown)}</span>'


def _element(name: str, words: str) -> str:
    return f"<{name}>{_words(words)}</{name}>"


def _words(words: str) -> str:
    """Words that mean nothing to the parser: each sign of punctuation by its number."""
    return _PUNCTUATION.sub(lambda sign: " " if sign[0] in "\r\n" else f"&#{ord(sign[0])};", words)
