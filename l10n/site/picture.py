"""The picture that stands for a page where others show it: the first of its own that networks can show."""

from __future__ import annotations

import re
from dataclasses import dataclass

from l10n.formats.html.tokens import attribute_values, tokens

# Of what networks show; none of them takes SVG.
_OURS = re.compile(r"\.\./\.\./(assets/.+\.(?:jpe?g|png|webp|gif))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a page: its path on the site, as an address has it, and its alternative text."""

    path: str
    alt: str


def first(body: str) -> Picture | None:
    """The first picture in the body of a release's page that was published with it."""
    at = body.find("<img")
    while at >= 0:
        after = body.find("<img", at + 1)
        piece = body[at:after] if after >= 0 else body[at:]
        token = next(iter(tokens(piece)))
        values = attribute_values(piece, token)
        if match := _OURS.fullmatch(values.get("src", "")):
            return Picture(match[1], values.get("alt", "").strip())
        at = after
    return None
