"""Link the e-mails, phones and web addresses that a release's source has as plain words.

Only what the source has becomes a link: an address that somebody typed into a target stays words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import quote

from l10n import inline, phones
from l10n.formats import body_traits
from l10n.formats.html.tokens import Sort, names, tokens
from l10n.model import Document

# A link in these would be one within a link, or words that are shown as they are.
_LINKLESS = names("a button code kbd label math option pre samp select summary svg var")
# Those of them that Markdown and Word have, as our pages write them.
_WRITTEN = (("<a ", "</a>"), ("<code>", "</code>"), ("<pre>", "</pre>"))
_XML_TEXT = re.compile(r">([^<>]+)<")
# As texts have the number that a national one is within its country.
_WITHIN = re.compile(r'(<a href="tel:)(\d+)" dir="ltr">([^<]+)</a>')
_BEFORE = re.compile(r"[A-Za-z0-9_@./+-]")
_BEHIND = r"(?![A-Za-z0-9_@/-]|[.:?=#%+]\w|&(?!(?:[gl]t|quot|nbsp|#\w+);))"


@dataclass(frozen=True, slots=True)
class Contacts:
    """Where a release's contacts lead, by the HTML of their words, and a pattern that finds these.

    ``raw`` says that its pages may have HTML that a person wrote.
    """

    links: Mapping[str, str]
    pattern: re.Pattern[str]
    raw: bool


def contacts_of(document: Document, calling_code: str = "") -> Contacts | None:
    """The contacts that a source names in plain words, None where there are none.

    ``calling_code`` is the country of phone numbers that do not begin with theirs, "" where nobody says.
    """
    values = {*_in_segments(document), *_around_segments(document)}
    links = {
        escape(value, quote=False): link
        for label, value in values
        if (link := _link(label, value, calling_code))
    }
    if not links:
        return None
    longest_first = sorted(links, key=lambda words: (-len(words), words))
    pattern = re.compile(f"(?:{'|'.join(map(re.escape, longest_first))}){_BEHIND}")
    return Contacts(links, pattern, raw=body_traits(document).commonmark and "<" in document.text)


def linked(body: str, contacts: Contacts | None, direction: str) -> str:
    """The body of a page with its contacts as links; words in links, code and the like stay."""
    if contacts is None or not any(words in body for words in contacts.links):
        return body
    is_plain = _is_plain_among_tags(body) if contacts.raw else _is_plain
    marks = ' dir="ltr"' if direction == "rtl" else ""

    def link(match: re.Match[str]) -> str:
        at = match.start()
        if _BEFORE.match(body, at - 1) or not is_plain(body, at):
            return match[0]
        return f'<a href="{contacts.links[match[0]]}"{marks}>{match[0]}</a>'

    return contacts.pattern.sub(link, body)


def dialled(body: str, calling_code: str) -> str:
    """A body in which the links of a text's national numbers can be followed from everywhere."""
    if not calling_code or 'href="tel:' not in body:
        return body

    def abroad(link: re.Match[str]) -> str:
        number = phones.e164(unescape(link[3]), calling_code)
        return f"{link[1]}{number or link[2]}{link[0][link.end(2) - link.start() :]}"

    return _WITHIN.sub(abroad, body)


def _is_plain(body: str, at: int) -> bool:
    """Whether a place in HTML that we wrote ourselves is in plain words: all ``<`` and ``>`` are of tags."""
    if body.rfind("<", 0, at) > body.rfind(">", 0, at):
        return False
    return all(body.rfind(start, 0, at) <= body.rfind(end, 0, at) for start, end in _WRITTEN)


def _is_plain_among_tags(body: str) -> Callable[[str, int], bool]:
    """The same for HTML that may be anybody's."""
    starts: list[int] = []
    ends: list[int] = []
    depth = 0
    for token in tokens(body):
        if token.sort is Sort.TEXT and not depth:
            starts.append(token.start)
            ends.append(token.end)
        elif token.name in _LINKLESS and token.sort in {Sort.START, Sort.END}:
            depth = max(0, depth + (1 if token.sort is Sort.START else -1))

    def is_plain(_: str, at: int) -> bool:
        index = bisect_right(starts, at) - 1
        return index >= 0 and at < ends[index]

    return is_plain


def _in_segments(document: Document) -> Iterator[tuple[str, str]]:
    """The values that translators move: what each is, and its words."""
    for _, segment in document.segments():
        yield from ((code.label, code.value) for code in segment.codes if code.value)


def _around_segments(document: Document) -> Iterator[tuple[str, str]]:
    """The values that stand apart from what is translated, in a line of their own or at the end of one."""
    is_xml = body_traits(document).xml_skeleton
    for part in document.parts:
        for piece in (part,) if isinstance(part, str) else part.parts:
            if not isinstance(piece, str) or not inline.may_hold_values(piece):
                continue
            for words in _XML_TEXT.findall(piece) if is_xml else (piece,):
                yield from (
                    (run.label, run.text)
                    for run in inline.split_locked_values(unescape(words))
                    if run.role is inline.VALUE
                )


def _link(label: str, value: str, calling_code: str) -> str:
    """Where a locked value leads, as the value of an attribute, "" where that is not certain."""
    if label == "e-mail":
        return f"mailto:{quote(value, safe='@+')}" if value.count("@") == 1 else ""
    if label == "phone":
        number = phones.e164(value, calling_code)
        return f"tel:{number}" if number else ""
    if label != "address":
        return ""
    return escape(value if value.startswith(("http://", "https://")) else f"https://{value}")
