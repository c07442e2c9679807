"""Shortcodes, template tags and attribute lists: what another program will read before or after Markdown."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from l10n.formats.markdown.masking import written_over

# Each begins with a plain sign, which `re` looks for quickly.
_OPENERS = re.compile(
    r"\{\{[<%]?|\{%|\{:|\$\$|\{/\*|\{(?:\+\+|--|~~|>>|==)|\{\#(?![\w-])"
    r"|\{(?<![\\0-9A-Za-z_\u00aa\u00b5-\u024f`^_}/]\{)(?=[ \t]?[#.\w$])"
    r"|\{(?<=`\{)(?==[a-z])|\{(?<=\w\{)(?=su[bp]\}`)|<%(?<!\\<%)(?!%)"
)
_ANY_OPENERS = re.compile(r"\{\{[<%]|\{%|\{:|\{\#(?![\w-])|\$\$|\{/\*|(?<!\\)\{")
# What only a program writes: no prose has it between braces.
_OPERATOR = r"(?:=>|&&|\|\||[=!]==?|\s[<>]=?\s|\s\?\s|\s[+*/%]\s)"
_NAMED = r"\{[A-Za-z_$][\w$]*+(?:\.[A-Za-z_$][\w$]*+|\([^(){}\r\n`]*+\)|\[\w+\])*+\}"
_NAME = re.compile(_NAMED)
# Attributes (Pandoc, MyST); a role of MyST; a name or an expression that MDX or a program puts a value for.
_SINGLE = re.compile(
    r"\{(?P<given>[ \t]?(?:[#.][\w-]|[\w-]+=)[^{}\r\n`]*+|=[a-z][\w+-]*+)\}"
    r"|\{[a-z][\w:+-]*+\}`[^`\s,.;)][^`\r\n]*+`(?!`)"
    rf"|{_NAMED}"
    rf"|\{{(?=[A-Za-z_$][^{{}}\r\n`]{{0,200}}?{_OPERATOR})[^{{}}\r\n`]{{1,400}}+\}}"
)
# Roles of MyST whose words readers see: all of them before an address, some by themselves.
_ROLE = re.compile(
    r"\{(?P<name>[a-z][\w:+-]*+)\}`(?P<words>(?=(?:\\[^`\r\n]|[^`<\\\r\n])*?[^\W\d_]{2})(?:\\[^`\r\n]|[^`<\\\r\n])+?)"
    r"(?P<end>[ \t]*<[^`<>\r\n]+>`|`)(?!`)"
)
_SHOWN = frozenset(
    {"abbr", "button", "del", "emphasis", "guilabel", "smallcaps", "span", "strike", "strong", "sub", "sup"}
    | {"title-reference", "u", "underline"}
)
_EQUATION = re.compile(r"[ \t]*\([\w:.-]+\)(?=[ \t]*(?:\r?\n|\Z))")
_FENCE = re.compile(r"[ \t>]*(?:`{3,}|~{3,}|:{3,})[ \t]*")
_CLOSERS = {
    "{{<": ">}}",
    "{{%": "%}}",
    "{{": "}}",
    "{%": "%}",
    "{:": "}",
    "$$": "$$",
    "{/*": "*/}",
    "{#": "#}",
    "<%": "%>",
    "{++": "++}",
    "{--": "--}",
    "{~~": "~~}",
    "{>>": "<<}",
    "{==": "==}",
}
# CriticMarkup: what was put in, struck out, replaced, remarked on and marked.
_CHANGES = ("{++", "{--", "{~~", "{>>", "{==")
_CHANGED = 3
_FARTHEST = 2000  # characters that are looked back over for the beginning of code
_BACKQUOTES = {"{{<", "{{%", "{/*"}
_BLANK_LINE = re.compile(r"\n[ \t]*\r?\n|\r[ \t]*\r(?!\n)")
# Between such a pair stands what is no Markdown to the program that reads it.
_RAW = re.compile(
    r"\{(?:%-?|\{[<%]|::)\s*+"
    r"(?P<name>highlight|raw|rawhtml|comment|nomarkdown|verbatim|code|mermaid|math|katex|plantuml|graphviz)\b"
    r"[^\r\n]*+(?<!/[%>]\}\})\Z"
)


# ``{{< figure src="a.png" caption="The harbour" >}}``, ``{% include figure.html alt='The harbour' %}``
_GIVEN = re.compile(
    r"(?<=[\s{])(?P<name>alt|attr|caption|fig-alt|fig-cap|tbl-cap|description|heading|label|placeholder|quote|subtitle|summary|text|title|tooltip)"
    r"=(?:(?P<quote>\")(?P<words>(?:[^\"\\]|\\[^\r\n])++)\"|(?P<single>')(?P<said>(?:[^'\\]|\\[^\r\n])++)')"
)


# ``{{< tab "The harbour" >}}``, ``{{% notice note "The harbour" %}}``: shown without a name for it.
_FIRST = re.compile(
    r"\{\{[<%]\s*(?:accordion|badge|button|caption|card|collapse|details|expand|hint|notice|tab|tab-item|tabitem)"
    r"(?:\s+[a-z][\w-]*)?\s+\"(?P<words>(?:[^\"\\]|\\[^\r\n])++)\""
)
_MACHINE_LIKE = re.compile(r"[a-z0-9_./:#=%-]*+")


@dataclass(frozen=True, slots=True)
class Templates:
    """A text and the stretches of it that are not Markdown.

    ``masked`` is as long as ``text`` and has letters in those stretches, so that a parser sees
    a word with braces around it.  ``starts`` and ``ends`` are offsets, in order; ``pairs`` the
    starts of those that enclose code.
    """

    text: str
    masked: str
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    pairs: frozenset[int] = frozenset()

    def code_in(self, start: int, end: int) -> bool:
        """Whether code that templates enclose begins between two offsets."""
        if not self.pairs:
            return False
        within = self.starts[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        return not self.pairs.isdisjoint(within)

    def at(self, offset: int) -> int:
        """The index of the first stretch that ends after ``offset``."""
        return bisect_right(self.ends, offset)


def find(text: str, closed: Mapping[int, int] | None = None) -> Templates:
    """The templates of a text: none crosses a blank line, unless it is a pair around code.

    ``{{ }}``, ``{{< >}}``, ``{{% %}}`` (Hugo, Jinja), ``{% %}`` (Liquid, Jinja), ``{# #}`` (comments of
    Jinja), ``{: }`` (kramdown), ``$$ $$`` (formulas), ``{++ ++}`` and its like (CriticMarkup), and in single
    braces attributes, MyST's roles, MDX's comments and names.  ``closed`` says of each brace where the pair
    it opens ends, in a file in which all are expressions.
    """
    starts: list[int] = []
    ends: list[int] = []
    pairs: set[int] = set()
    finder = _Finder(text, closed)
    openers = _OPENERS if closed is None else _ANY_OPENERS
    at = 0
    while match := openers.search(text, at):
        opener = match.group()
        end = finder.single(match.start()) if opener == "{" else finder.close(opener, match.end())
        if end < 0:
            at = match.end()
            continue
        after, end = end, finder.close_raw(text[match.start() : end], end)
        if end > after:
            pairs.add(match.start())
        if opener == "$$" and (label := _EQUATION.match(text, end)):
            end = label.end()
        for start, stop in _apart(text, match.start(), end):
            starts.append(start)
            ends.append(stop)
        at = end
    return Templates(text, _mask(text, starts, ends), tuple(starts), tuple(ends), frozenset(pairs))


def _apart(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A template in one piece, or the two ends of a role, or of what was put in, around its words."""
    if text.startswith(_CHANGES, start):
        words = {"{++": start + _CHANGED, "{==": start + _CHANGED}.get(text[start : start + _CHANGED], end)
        if text.startswith("{~~", start) and (became := text.find("~>", start, end)) >= 0:
            words = became + len("~>")
        yield from ((start, end),) if words >= end - _CHANGED else ((start, words), (end - _CHANGED, end))
        return
    role = _ROLE.match(text, start, end) if text.startswith("`", end - 1) else None
    if role and role.end() == end and (role["name"] in _SHOWN or role["end"] != "`"):
        yield start, role.start("words")
        yield role.start("end"), end
    else:
        yield start, end


def kind(raw: str) -> tuple[str, bool]:
    """(what a template is in words, whether it reads as a word of the sentence)."""
    if raw.startswith("$$"):
        return "formula", True
    if raw.startswith(_CHANGES):
        return "tracked change", False
    if raw.startswith(("{/*", "{#")) and raw.endswith(("*/}", "#}")):
        return "comment", False
    if raw.startswith("{:") or ((single := _SINGLE.fullmatch(raw)) and single["given"]):
        return "attributes", False
    return "template", not raw.startswith(("{{<", "{{%", "{%"))


def words(raw: str) -> Iterator[tuple[str, str, int, int]]:
    """What a shortcode, a tag or a list of attributes says to readers, as (name, quote, start, end)."""
    single = _SINGLE.fullmatch(raw)
    if not raw.startswith(("{{<", "{{%", "{%", "{:")) and not (single and single["given"]):
        return
    if (shown := _FIRST.match(raw)) and not _MACHINE_LIKE.fullmatch(shown["words"]):
        yield "title", '"', *shown.span("words")
    for match in _GIVEN.finditer(raw):
        quote = match["quote"] or match["single"]
        yield match["name"], quote, *match.span("words" if match["quote"] else "said")


class _Finder:
    """Looks for each kind of closer only once over the whole text."""

    def __init__(self, text: str, closed: Mapping[int, int] | None) -> None:
        self._text = text
        self._closed = closed
        self._next: dict[str, int] = {}
        self._alone: set[str] = set()

    def single(self, at: int) -> int:
        """Where what stands in single braces ends, -1 where it is text or names a box."""
        if self._closed is not None:
            end = self._closed.get(at, -1)
            beyond = 0 <= self._find("", at) < end or 0 <= self._find("```", at) < end
            return -1 if beyond else end
        match = _SINGLE.match(self._text, at)
        line = self._text.rfind("\n", 0, at) + 1
        if match is None or _FENCE.fullmatch(self._text, line, at):
            return -1
        # What ends with a backquote is a role, unless that closes the code in which the brace stands.
        is_role = match.group().endswith("`")
        if is_role and self._text.count("`", max(line, at - _FARTHEST), at) % 2:
            match = _NAME.match(self._text, at)
        return match.end() if match else -1

    def close(self, opener: str, at: int) -> int:
        """Where the template that opened before ``at`` ends, -1 when it does not."""
        closer = _CLOSERS[opener]
        end = self._find(closer, at)
        if end < 0 or 0 <= self._find("", at) < end:
            return -1
        if opener not in _BACKQUOTES and 0 <= self._find("`", at) < end:
            return -1
        return end + len(closer)

    def close_raw(self, template: str, at: int) -> int:
        """Where what the template before ``at`` begins ends: there, or after the one that pairs with it."""
        raw = _RAW.match(template)
        if not raw or raw["name"] in self._alone:
            return at
        name = raw["name"]
        closer = rf"\{{%-?\s*+end{name}\s*+-?%\}}|\{{\{{[<%]\s*+/\s*+{name}\s*+[%>]\}}\}}|\{{:/(?:{name})?\}}"
        if match := re.compile(closer).search(self._text, at):
            return match.end()
        self._alone.add(name)
        return at

    def _find(self, sought: str, at: int) -> int:
        next_at = self._next.get(sought, 0)
        if 0 <= next_at < at or sought not in self._next:
            next_at = self._next[sought] = self._search(sought, at)
        return next_at

    def _search(self, sought: str, at: int) -> int:
        if sought:
            return self._text.find(sought, at)
        blank = _BLANK_LINE.search(self._text, at)
        return blank.start() if blank else -1


def _mask(text: str, starts: list[int], ends: list[int]) -> str:
    out: list[str] = []
    at = 0
    for start, end in zip(starts, ends, strict=True):
        if text[start] not in "{$<":
            out.extend((text[at:start], "x" * (end - start)))
            at = end
            continue
        single = text.startswith("{", start) and not text.startswith(("{{", "{%"), start)
        tail = end - (1 if single else 2)
        # Blanks are masked too, since a link's address may hold none; line ends are structure.
        # A single brace at the end could close the attributes of a heading.
        closing = text[tail:end] if text.endswith(("}}", "$$"), start, end) else text[tail : end - 1] + "%"
        out.extend((text[at : min(start + 2, tail)], written_over(text[start + 2 : tail]), closing))
        at = end
    out.append(text[at:])
    return "".join(out)
