"""Links from one release to another: each leads to the page in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from l10n.formats.html.entities import decode
from l10n.formats.html.tokens import Sort, Token, attributes, tokens
from l10n.site.directory import Asked

_LINKS = frozenset({"a", "area"})
# Attributes that only a link may have (HTML, "The a element").
_OF_LINKS = frozenset({"href", "target", "download", "ping", "rel", "type", "referrerpolicy"})
# With a host, or another kind of address; and what may lead to a page of the site, told before a body is cut.
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
# It begins with plain letters, which `re` looks for quickly.
_MAY_LEAD = re.compile(r"""href(?<=\shref)\s*=\s*["']?+(?!#|(?i:mailto:|tel:|https?:)|\.\./\.\./assets/)""")


def led(body: str, locale: str, ask: Asked, *, site: str, root: str) -> str:
    """HTML whose links to other releases lead to their pages in a language.

    ``site`` is where the site stands; ``root`` is put before paths on it.  A link to a page in another
    language says so (``hreflang``); one that its writer gave a language stays as it is, and one to a source
    that has no page is none.
    """
    if not (f"{site}/" in body or " HREF" in body or _MAY_LEAD.search(body)):
        return body
    out: list[str] = []
    at = 0
    for token in tokens(body):
        if token.sort is Sort.START and token.name in _LINKS:
            for start, end, text in _changes(body, token, locale, ask, site, root):
                out.extend((body[at:start], text))
                at = end
    return "".join((*out, body[at:]))


def _changes(
    body: str, token: Token, locale: str, ask: Asked, site: str, root: str
) -> Iterator[tuple[int, int, str]]:
    """Where in a tag of a link something else is to stand, in order, and what."""
    given = {attribute.name: attribute for attribute in attributes(body, token)}
    href = given.get("href")
    if href is None or "hreflang" in given:
        return
    link, mark, fragment = decode(body[href.start : href.end], attribute=True).strip().partition("#")
    is_elsewhere = _ELSEWHERE.match(link) is not None and not link.startswith(f"{site}/")
    destination = None if is_elsewhere or not link else ask(link, locale)
    if destination is None:
        return
    if not destination.path:
        end = token.start + 1 + len(token.name)
        for attribute in given.values():
            after = attribute.end + len(attribute.quote)
            if attribute.name in _OF_LINKS:
                yield end, after, ""
            end = after
        return
    quotes = len(href.quote)
    language = "" if destination.locale == locale else f' hreflang="{destination.locale}"'
    address = escape(f"{root}{destination.path}{mark}{fragment}")
    yield href.start - quotes, href.end + quotes, f'"{address}"{language}'
