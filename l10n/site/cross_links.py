"""Links from one release to another: each leads to the page in the reader's language."""

from __future__ import annotations

import re
from html import escape

from l10n.formats.html.entities import decode
from l10n.formats.html.tokens import Sort, Token, attributes, tokens
from l10n.site.directory import Asked

_LINKS = frozenset({"a", "area"})
# With a host, or another kind of address; and what may lead to a page of the site, told before a body is cut.
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_MAY_LEAD = re.compile(r"""\shref\s*=\s*["']?+(?!#|mailto:|tel:|https?:|\.\./\.\./assets/)""", re.IGNORECASE)


def led(body: str, locale: str, ask: Asked, *, site: str, root: str) -> str:
    """HTML whose links to other releases lead to their pages in a language.

    ``site`` is where the site stands; ``root`` is put before paths on it.  A link to a page in another
    language says so (``hreflang``); one that its writer gave a language stays as it is, and one to a source
    that has no page is none.
    """
    if " href" not in body or not (f"{site}/" in body or _MAY_LEAD.search(body)):
        return body
    out: list[str] = []
    at = 0
    for token in tokens(body):
        if token.sort is Sort.START and token.name in _LINKS:
            changed = _changed(body, token, locale, ask, site, root)
            if changed:
                start, end, text = changed
                out.extend((body[at:start], text))
                at = end
    return "".join((*out, body[at:]))


def _changed(
    body: str, token: Token, locale: str, ask: Asked, site: str, root: str
) -> tuple[int, int, str] | None:
    """Where in a tag of a link something else is to stand, and what; None where it stays."""
    given = {attribute.name: attribute for attribute in attributes(body, token)}
    href = given.get("href")
    if href is None or "hreflang" in given:
        return None
    link, mark, fragment = decode(body[href.start : href.end], attribute=True).strip().partition("#")
    is_elsewhere = _ELSEWHERE.match(link) is not None and not link.startswith(f"{site}/")
    destination = None if is_elsewhere or not link else ask(link, locale)
    if destination is None:
        return None
    quotes = len(href.quote)
    if not destination.path:
        start = token.start + body[token.start : href.start].lower().rindex("href")
        return start, href.end + quotes, ""
    language = "" if destination.locale == locale else f' hreflang="{destination.locale}"'
    address = escape(f"{root}{destination.path}{mark}{fragment}")
    return href.start - quotes, href.end + quotes, f'"{address}"{language}'
