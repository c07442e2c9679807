"""Releases whose source is a full HTML page: only its holes and links change in each language.

Only holes are filled; the page says its language, direction, address and alternates, and what a reader
has to know about it stands at the start of its main part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from l10n.conventions import load
from l10n.formats.html.charset import in_utf_8
from l10n.formats.html.links import localised
from l10n.formats.html.page import places
from l10n.formats.html.tokens import Sort, Token, attribute_values, tokens
from l10n.site.languages import network_locale
from l10n.site.urls import joined

Lead = Callable[[str], str]
"""Where a link to an absolute address leads in the page's language: another of the site, or the same."""


def page_html(
    text: str, *, locale: str, address: str, links: str, notices: str, main: str, lead: Lead = str
) -> str:
    """The page of a language: ``text`` with its holes filled.

    ``address`` is its own, ``links`` are those to itself and its alternates and ``notices`` what it
    tells first, both as HTML; ``main`` is a selector for its main part.  ``lead`` is asked about its
    other links inside the site, as they stand where the page stood before.
    """
    start, _ = places(text, main)[0]
    with_notices = text[:start] + notices + text[start:]
    former = addresses(with_notices)
    base = former[0] if former else ""

    def moved_to(link: str) -> str:
        if link in former:
            return address
        url, _, fragment = joined(base, link).partition("#")
        target = lead(url)
        return link if target == url else f"{target}#{fragment}" if fragment else target

    moved = localised(
        with_notices,
        locale=locale,
        direction=load(locale).direction,
        link=moved_to,
        network=network_locale(locale),
    )
    out: list[str] = []
    at = 0
    for token in _own_links(moved):
        line = token.end + 1 if moved[token.end : token.end + 1] == "\n" else token.end
        indent = token.start - (len(moved[: token.start]) - len(moved[: token.start].rstrip(" \t")))
        out.append(moved[at:indent] if line > token.end else moved[at : token.start])
        at = line
    bare = in_utf_8("".join((*out, moved[at:])))
    head = _head_end(bare)
    return bare[:head] + links + bare[head:]


def addresses(text: str) -> tuple[str, ...]:
    """Where a page says that it stands, the canonical address first, then those of its alternates."""
    links = [
        (_attribute(text, token, "rel").lower(), _attribute(text, token, "href"))
        for token in _own_links(text)
    ]
    links.sort(key=lambda pair: "canonical" not in pair[0])
    return tuple(dict.fromkeys(href for _, href in links if href))


def _own_links(text: str) -> Iterator[Token]:
    """The link elements that say where the page stands, and in which languages."""
    for token in tokens(text):
        if token.sort is Sort.START and token.name == "link":
            rel = _attribute(text, token, "rel").lower().split()
            if "canonical" in rel or ("alternate" in rel and _attribute(text, token, "hreflang")):
                yield token


def _attribute(text: str, token: Token, name: str) -> str:
    return attribute_values(text, token).get(name, "").strip()


def _head_end(text: str) -> int:
    """Where the head of a page ends: before its end tag, else before its body, else where it begins."""
    all_tokens = tokens(text)
    for token in all_tokens:
        if token.name == "head" and token.sort is Sort.END:
            return token.start
    for token in all_tokens:
        if token.name == "body" and token.sort is Sort.START:
            return token.start
    return next(
        (token.end for token in all_tokens if token.sort is Sort.START and token.name in {"head", "html"}), 0
    )
