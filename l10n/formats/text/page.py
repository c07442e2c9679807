"""The release as the HTML of a page's article; the menus around it stay behind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from l10n import inline, phones
from l10n.formats import Targets, whole
from l10n.formats.text.columns import spaceless
from l10n.formats.text.lines import BLANK_LINE
from l10n.formats.text.links import LINK_NUMBER
from l10n.inline import Role
from l10n.model import Code, Document, Kind, Segment, Unit


@dataclass(frozen=True, slots=True)
class _Shown:
    """A block ready for a page: what it is, what surrounds it, its inner HTML."""

    kind: Kind
    group: tuple[str, int]
    inner: str


def body(document: Document, targets: Targets, mark: tuple[str, str]) -> str:
    """The document as the HTML inside a page's article; contract in ``l10n.formats``.

    ``h1``, ``p``, lists, ``blockquote`` and one ``address`` for each contact; e-mails, web
    addresses and phones are links.  Navigation is left out.
    """
    out: list[str] = []
    for (wrapper, _), blocks in groupby(_shown(document, targets, mark), key=lambda block: block.group):
        out.append(_group(wrapper, list(blocks)))
    return "".join(f"{html}\n" for html in out)


def _shown(document: Document, targets: Targets, mark: tuple[str, str]) -> Iterator[_Shown]:
    """Every unit, with neighbours that share a wrapper in the same group."""
    number = 0
    last = ""
    skipped = ""
    for part in document.parts:
        if isinstance(part, str):
            skipped = part
            continue
        wrapper = _wrapper(part)
        new_contact = part.kind is Kind.CONTACT and BLANK_LINE.search(skipped) is not None
        if wrapper != last or not wrapper or new_contact:
            number += 1
        last, skipped = wrapper, ""
        yield _Shown(part.kind, (wrapper, number), _inner(part, targets, mark))


def _wrapper(unit: Unit) -> str:
    if unit.kind is Kind.ITEM:
        return "ol" if unit.name == "ordered" else "ul"
    return {Kind.QUOTE: "blockquote", Kind.CONTACT: "address"}.get(unit.kind, "")


def _group(wrapper: str, blocks: Sequence[_Shown]) -> str:
    inners = [block.inner for block in blocks]
    if wrapper == "address":
        return "<address>" + "<br>\n".join(inners) + "</address>"
    if wrapper == "blockquote":
        return _element("blockquote", inners, "p")
    if wrapper:
        return _element(wrapper, inners, "li")
    kind, inner = blocks[0].kind, inners[0]
    if kind is Kind.TITLE:
        return f"<h1>{inner}</h1>"
    return f'<p class="cue">{inner}</p>' if kind is Kind.CUE else f"<p>{inner}</p>"


def _element(name: str, inners: Iterable[str], inside: str) -> str:
    lines = "".join(f"<{inside}>{inner}</{inside}>\n" for inner in inners)
    return f"<{name}>\n{lines}</{name}>"


def _inner(unit: Unit, targets: Targets, mark: tuple[str, str]) -> str:
    """A unit's words and links: its targets when it has them all, else its own text, marked."""
    filled = whole(unit, targets)
    out: list[str] = []
    text = ""
    gap = ""
    for part in unit.parts:
        if isinstance(part, str):
            gap += part
            continue
        words = targets[part.key] if filled else part.source
        plain = inline.plain(words, part.codes).strip()
        out.append(_between(text, gap, plain))
        out.append(_linked(words, part))
        text, gap = plain, ""
    out.append(escape(gap.rstrip()))
    inner = "".join(out)
    return inner if filled else f"{mark[0]}{inner}{mark[1]}"


def _between(left: str, gap: str, right: str) -> str:
    """What parts two segments on a page: the space their scripts want, whatever the file had."""
    if gap.strip():
        return escape(re.sub(r"\s+", " ", gap) if left else gap.lstrip())
    if not left or not right or (spaceless(left[-1]) and spaceless(right[0])):
        return ""
    return " "


def _linked(words: str, segment: Segment) -> str:
    """A source or target as HTML, its locked values as links."""
    by_number = {code.number: code for code in segment.codes}
    return "".join(
        escape(token.text)
        if token.role is Role.TEXT
        else _link(by_number[token.number])
        if token.number in by_number
        else ""
        for token in inline.tokens(words.strip())
    )


def _link(code: Code) -> str:
    if code.label == LINK_NUMBER:
        return ""
    words = escape(code.value)
    if code.label == "e-mail" and "@" in code.value:
        return f'<a href="mailto:{words}">{words}</a>'
    if code.label == "phone":
        number = phones.e164(code.value) or _within_the_country(code.value)
        return f'<a href="tel:{number}" dir="ltr">{words}</a>' if number else words
    if code.label == "address":
        address = words if words.startswith(("http://", "https://")) else f"https://{words}"
        return f'<a href="{address}">{words}</a>'
    return words


def _within_the_country(number: str) -> str:
    return "" if "+" in number else phones.digits_of(number)
