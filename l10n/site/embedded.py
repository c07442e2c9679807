"""Links for paper to what a page embeds: films, sounds, maps and pages leave an empty frame there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from l10n.formats.html.tokens import Sort, Token, attribute_values, names, tokens

_EMBEDDED = names("iframe video audio object embed")
# How their tags begin in small and capital letters; with a flag for both `re` looks at every character.
_MAY_EMBED = re.compile("<(?:[iI][fF]|[vV][iI]|[aA][uU]|[oO][bB]|[eE][mM][bB])")
_ADDRESS = re.compile(r"https?://|//|[^:]+(?:[/?#]|$)", re.IGNORECASE)


def with_links(body: str) -> str:
    """A body in which a link stands behind whatever it embeds; screens do not show it."""
    if _MAY_EMBED.search(body) is None:
        return body
    out: list[str] = []
    copied_to = 0
    for end, link in _links(body, tokens(body)):
        out += (body[copied_to:end], link)
        copied_to = end
    return "".join((*out, body[copied_to:]))


def _links(body: str, body_tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """Where an embedded element ends, and the link for it; none for one in a link, or in another."""
    outer = ""
    links = 0
    values: dict[str, str] = {}
    for token in body_tokens:
        if token.name == "a":
            links = max(0, links + {Sort.START: 1, Sort.END: -1}.get(token.sort, 0))
        elif token.sort is Sort.START and token.name in _EMBEDDED and not outer:
            outer, values = token.name, _values_given(body, token)
        elif token.sort is Sort.START and token.name == "source" and outer:
            values = {**_values_given(body, token), **values}
        ends = token.sort is Sort.END or token.name == "embed"
        if outer and ends and token.name == outer:
            outer = ""
            if not links and (link := _link(values)):
                yield token.end, link


def _values_given(body: str, token: Token) -> dict[str, str]:
    return {name: value.strip() for name, value in attribute_values(body, token).items() if value}


def _link(values: dict[str, str]) -> str:
    """The link to what an element with these attributes embeds, "" where that is no page or file."""
    address = values.get("src") or values.get("data") or ""
    if not _ADDRESS.match(address) or "srcdoc" in values:
        return ""
    title = values.get("title") or values.get("aria-label")
    kind = "on-paper" if title else "on-paper bare"
    return f'<a class="{kind}" href="{escape(address)}">{escape(title or address, quote=False)}</a>'
