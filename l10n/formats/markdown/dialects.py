"""What only some writers of Markdown know: wikis' links, Pandoc's spans, MkDocs' includes, directives, emoji.

CommonMark sees words there.  Each such stretch is masked as a template is, so that no parser sees anything in
it and no translator has to keep it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from l10n.formats.markdown import bbcode
from l10n.formats.markdown.masking import written_over
from l10n.formats.markdown.templates import Templates
from l10n.inline import CLOSE, LONE, OPEN, VALUE, Role

Span: TypeAlias = tuple[int, int]

_NAME = r"[^\[\]|`\r\n]{1,200}"
_NO_LINK = r"(?![(\[:])"
_INSIDE = r"(?:\\[^\r\n]|[^\[\]`\\\r\n])"
_LINK = rf"(?<!\^)\[{_INSIDE}{{1,200}}\](?:\([^()\s]{{0,300}}\))?"
_STRETCH = re.compile(
    # What none begins with is passed over at a glance.
    r"(?=[!\[^:%~ \t-])(?<![\\\]])(?:"
    # [[Page|words]] and [[Page]], with a backslash before the bar in a table; ![[picture.png]]
    rf"!\[\[[^\[\]`\r\n]{{1,300}}\]\]"
    rf"|(?P<wiki>\[\[{_NAME}\|)(?=[^\s\[\]|`])(?:\\[^\r\n]|[^\[\]|`\\\r\n]){{1,300}}(?P<wiki_end>\]\]){_NO_LINK}"
    rf"|\[\[(?P<page>{_NAME})\]\]{_NO_LINK}"
    # [words]{.class}, as Pandoc has it
    rf"|(?P<span>\[){_INSIDE}{{1,400}}"
    r"(?P<span_end>\]\{[ \t]?(?:[#.]|[\w-]{1,40}=)[^{}`\r\n]{1,200}\})"
    # ^[A note in its line.]
    rf"|(?P<note>\^\[)(?:{_INSIDE}|{_LINK}|`[^`\r\n]{{1,200}}`){{1,1000}}(?P<note_end>\])(?!\()"
    # :abbr[words]{title="…"} and ::video[words], the directives of remark and MDC
    r"|(?P<directive>(?<![0-9A-Za-z_:]):{1,2}[a-z][\w-]{0,60}\[)[^\[\]`\r\n]{1,400}"
    r"(?P<directive_end>\](?:\{[^{}`\r\n]{0,400}\})?)(?![(\[])"
    # :rocket:
    r"|(?P<emoji>(?<![\w:/]):(?:[a-z][a-z0-9_-]{1,40}|[+-]1|100):(?![\w:`]|//))"
    # [see @doe99, p. 3]
    rf"|(?P<cite>\[)(?!(?:{bbcode.BOXES})[= ])"
    r"(?=[^\[\]`\r\n]{0,200}?(?<![\w\\])@\w)[^\[\]`\r\n]{1,400}(?P<cite_end>\])(?![(\[{:])"
    # %%a comment of Obsidian%%
    r"|%%(?:[^%`\r\n]|\r?\n(?![ \t]*\r?\n)){1,2000}%%"
    # H~2~O, m^2^
    r"|(?<=\w)~(?:[0-9+−-]{1,4}|[A-Za-z])~(?!~)|(?<=\w)\^(?:[0-9+−-]{1,4}|[A-Za-z])\^"
    # A list of contents, a file to put in, what another paragraph is called
    r"|^[ \t]{0,3}\[(?:TOC|toc|\[_?(?:TOC|toc)_?\])\](?=[ \t]*\r?$)"
    r"|^[ \t]*-{1,3}8<-{1,3}[^\r\n]*"
    r"|(?<=[ \t\n])\^[A-Za-z0-9][A-Za-z0-9-]{2,40}(?=[ \t]*\r?$))"
    r"|(?<=^[*+-] )[^\r\n]{1,100}(?=\r?\n[ \t]*\{:[ \t]*toc)",
    re.MULTILINE,
)
# Beside a letter of these a sign belongs to a word; other scripts write words on without a space.
LATIN = r"0-9A-Za-z_\u00aa\u00b5-\u024f"
# What stands between signs of money is no formula: it has a sign of TeX or is letters one by one.
_FORMULA = (
    rf"\$(?<![{LATIN}$\\]\$)"
    r"(?=[^\s$])(?:(?=[^$\r\n]{0,400}?[\\^_={}])"
    r"|(?=[A-Za-z(|-](?:[A-Za-z](?![A-Za-z])|[\d\s().,+*/<>|!':-]){0,60}\$))"
    rf"(?:\\[^\r\n]|[^$\\`\r\n]){{1,400}}(?<!\s)\$(?![{LATIN}$])"
)
_MONEY = re.compile(_FORMULA)
# What the names of figures, tables and the like begin with in Quarto.
FIGURE = r"(?:cau|cor|def|eq|exm|exr|fig|imp|lem|lst|nte|prp|sec|tbl|thm|tip|wrn)-"
# Each begins with a plain sign, which `re` looks for quickly.
_SIGNED = re.compile(
    # ==marked words==
    r"==(?<![=A-Za-z0-9_)\\\]]==)(?=[^\s=])(?:\\[^\r\n]|[^=`\\\r\n]){1,400}(?<!\s)==(?!=)"
    # ++ctrl+c++
    rf"|\+\+(?<![{LATIN}+{{\\]\+\+)[\w\"-]{{1,20}}(?:\+[\w\"-]{{1,20}}){{0,4}}\+\+(?![{LATIN}+])"
    # @fig-map of Quarto, (@good) of Pandoc
    rf"|@(?<![\w@\\]@)(?:{FIGURE}[\w-]{{1,80}}"
    r"|(?<=[^\n\\]\(@)[\w-]{1,40}(?=\)))"
    rf"|{_FORMULA}"
    # \@ref(fig:rain) of bookdown, \textcite{doe} and \newpage, which Pandoc leaves to TeX
    r"|\\(?<![\w\\:./]\\)(?:@ref\([\w:.-]{1,80}\)"
    r"|(?!(?:begin|end)\b)[A-Za-z]{2,20}(?![\w\\/.:-])(?:\{[^{}`\r\n]{0,200}\}){0,3})"
    # \\(x^2\\) and \\[x^2\\] of mdBook; \(x^2\) where nothing but a formula could stand so
    r"|\\(?<!\\\\)\\(?:\((?:[^`\r\n\\]|\\(?!\\\))){1,400}?\\\\\)|\[(?:[^`\r\n\\]|\\(?!\\\])){1,400}?\\\\\])"
    r"|\\(?<!\\\\)\((?=[^`\r\n]{0,200}?[\^_={])(?:[^`\r\n\\]|\\(?!\))){1,400}?\\\)"
)
# How large a picture is shown, in Obsidian ("![Map|300]") and Discourse ("![Map|690x388, 50%]").
_SIZE = re.compile(r"!\[[^\[\]|\r\n]{0,400}(?P<size>\|\d{1,5}(?:x\d{1,5})?(?:,[ ]?\d{1,3}%)?)(?=\]\()")
# The signs that close a heading with attributes behind them, which are no attributes to CommonMark.
_CLOSING = re.compile(
    r"^[ \t>]{0,12}(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)?\#{1,6}[ \t][^\r\n]*?[ \t](?P<signs>\#++)"
    r"(?=[ \t]++\{[ \t]*[:#.][^{}\r\n]*\}[ \t]*\r?$)",
    re.MULTILINE,
)
_KEY = re.compile(r"(?<![\w\\])-?@\w[\w:.#$%&+?<>~/-]{0,80}(?<=[\w/])")
_ENDS: Mapping[str, tuple[Role, str, str, str]] = {
    "[": (OPEN, "", "bracket", "text in brackets"),
    "`": (CLOSE, "", "role", ""),
    "^[": (OPEN, "", "bracket", "footnote"),
    "]]": (CLOSE, "", "wiki", "link"),
    "{++": (OPEN, "", "change", "tracked change"),
    "++}": (CLOSE, "", "change", "tracked change"),
    "~~}": (CLOSE, "", "change", "tracked change"),
    "{==": (OPEN, "", "change", "highlight"),
    "==}": (CLOSE, "", "change", "highlight"),
}
_ROLES = {
    "abbr": "abbreviation",
    "button": "button",
    "del": "struck out",
    "emphasis": "emphasis",
    "guilabel": "button",
    "strike": "struck out",
    "strong": "bold",
    "sub": "subscript",
    "sup": "superscript",
    "u": "underline",
    "underline": "underline",
}
_ALONE = {"$": "formula", "+": "keys", "\\": "command"}
_DEFINED = re.compile(r"^[ \t>]{0,12}\[([^\[\]\r\n]{1,400})\]:", re.MULTILINE)
_MAY_HOLD = re.compile(
    r"\w[~^][0-9A-Za-z+−-]{1,4}[~^]|\[\[|\^\[|\]\{|%%|8<|@|\[(?:TOC|toc)|[ \t\n]\^\w|\{:[ \t]*toc"
    r"|:[a-z][\w-]{0,60}[:\[]|:(?:[+-]1|100):"
)
_PAIRS = ("wiki", "span", "note", "directive", "cite")


def masked(source: Templates) -> Templates:
    """A text with these stretches masked as well, unless they name a definition or cut a template."""
    found = _with_signed(source, _stretches(source) if _MAY_HOLD.search(source.text) else [])
    if not found:
        return source
    out: list[str] = []
    at = 0
    for start, end in found:
        if source.masked.endswith(":", start, end):  # no sign to a parser, and perhaps the name of an option
            continue
        out.extend((source.masked[at:start], written_over(source.masked[start:end])))
        at = end
    out.append(source.masked[at:])
    kept = (span for span in zip(source.starts, source.ends, strict=True) if not _within(span, found))
    starts, ends = zip(*sorted((*kept, *found)), strict=True)
    return replace(source, masked="".join(out), starts=starts, ends=ends)


def _stretches(source: Templates) -> list[Span]:
    defined = frozenset(_DEFINED.findall(source.text)) if "]:" in source.text else frozenset()
    return [
        stretch
        for match in _STRETCH.finditer(source.text)
        if _named(match) not in defined
        for stretch in _apart(source, match)
    ]


def _with_signed(source: Templates, found: list[Span]) -> list[Span]:
    """Stretches, in order, with those that begin with a sign and touch none of them."""
    more: list[Span] = []
    for match in _SIGNED.finditer(source.text):
        start, end = match.span()
        spans = [(start, start + 2), (end - 2, end)] if source.text[start] == "=" else [(start, end)]
        if all(_free(span, found) and _whole(source, span) for span in spans):
            more += spans
    if "# {" in source.text:
        closing = (match.span("signs") for match in _CLOSING.finditer(source.text))
        more += (span for span in closing if _free(span, found))
    if bbcode.may_be_in(source.text):
        tags = [span for span in bbcode.stretches(source.text) if _free(span, found)]
        more += (span for span in tags if _whole(source, span))
    if "](" in source.text and "|" in source.text:
        sizes = (match.span("size") for match in _SIZE.finditer(source.text))
        more += (span for span in sizes if _free(span, found))
    return sorted([*found, *more]) if more else found


def _free(span: Span, found: Sequence[Span]) -> bool:
    """Whether a stretch touches none of others, which are in order."""
    index = bisect_left(found, span)
    before = index == 0 or found[index - 1][1] <= span[0]
    return before and (index == len(found) or span[1] <= found[index][0])


def formulas(words: str) -> Iterator[Span]:
    """Where formulas between single signs of money stand in words."""
    return (match.span() for match in _MONEY.finditer(words))


def run(raw: str) -> tuple[Role, str, str, str] | None:
    """The (role, shown words, name, label) of such a stretch; None for a template."""
    if raw in _ENDS:
        return _ENDS[raw]
    if raw.endswith("`"):
        return _role(raw)
    if raw.startswith("[["):
        return (OPEN, "", "wiki", "link") if raw.endswith("|") else (VALUE, raw[2:-2], "page", "link")
    if raw == "==":  # the reader of a block knows which end of the pair it is
        return OPEN, "", "mark", "highlight"
    if raw.startswith(("{", "$$", "<%")):
        return (OPEN, "", "change", "tracked change") if raw.endswith("~>") else None
    return bbcode.run(raw) or _alone(raw)


def _role(raw: str) -> tuple[Role, str, str, str] | None:
    """What a role of MyST is: one end of a pair, or a value, which the templates know."""
    if not raw.startswith("{"):
        return CLOSE, "", "role", ""
    if raw.count("`") > 1:
        return None
    return OPEN, "", "role", _ROLES.get(raw[1:-2], "link")


def _alone(raw: str) -> tuple[Role, str, str, str]:
    """What a stretch is that begins with none of these."""
    if raw.startswith("]"):
        return CLOSE, "", "bracket", ""
    if kind := _ALONE.get(raw[0]):
        return VALUE, raw, kind, kind
    if raw.startswith(":"):
        return _ENDS["["] if raw.endswith("[") else (VALUE, raw, "emoji", "emoji")
    if _KEY.fullmatch(raw):
        return VALUE, raw, "key", "citation"
    if raw[-1] in "~^":
        return VALUE, raw[1:-1], "script", "formula"
    return LONE, "", "unseen", "comment" if raw.startswith("%%") else "markup"


def _named(match: re.Match[str]) -> str:
    """What a stretch in brackets would be called, were it a link by reference."""
    page: str = match["page"] or ""
    return page or (match[0][1 : match[0].find("]")] if match["cite"] or match["span"] else "")


def _apart(source: Templates, match: re.Match[str]) -> list[Span]:
    """What is masked of a match: the two ends of a pair and the keys between them, or all of it."""
    name = next((name for name in _PAIRS if match[name]), "")
    spans = [match.span()]
    if name:
        start, end = match.end(name), match.start(f"{name}_end")
        keys = _KEY.finditer(source.text, start, end) if name == "cite" else ()
        spans = [match.span(name), *(key.span() for key in keys), match.span(f"{name}_end")]
    return spans if all(_whole(source, span) for span in spans) else []


def _whole(source: Templates, span: Span) -> bool:
    """Whether a stretch cuts no template in two."""
    start, end = span
    index = bisect_right(source.ends, start)
    while index < len(source.starts) and source.starts[index] < end:
        if source.starts[index] < start or source.ends[index] > end:
            return False
        index += 1
    return True


def _within(span: Span, found: Sequence[Span]) -> bool:
    """Whether one of the stretches, which are in order, holds another."""
    index = bisect_left(found, (span[0], span[1]))
    return any(start <= span[0] and span[1] <= end for start, end in found[max(index - 1, 0) : index + 1])
