"""Captions in attributes that programs show beside a picture, some as HTML: words with tags in references.

``data-caption`` is that of Drupal's pictures and of Fancybox, ``data-image-caption`` that of WordPress's
galleries.  Whether a program reads HTML in it nobody can tell from the page, so what a translator types is
written in such a way that it is no markup for either.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from l10n import inline
from l10n.formats.html import elements, words
from l10n.formats.html.entities import REFERENCE, decode, writer
from l10n.formats.html.tokens import VOID
from l10n.inline import CLOSE, LONE, OPEN, Run

_SPECIAL = re.compile(
    r"(?:&lt;|&#0?60;|<)(?P<end>/?)(?P<name>[A-Za-z][\w-]*+)(?:[^&<>]|&(?!lt;|gt;|#0?6[02];))*+(?:&gt;|&#0?62;|>)"
    r"|&amp;(?P<twice>#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)"
)
_MARKUP = re.compile(rf"[<>]|{REFERENCE.pattern}")
_NAMED = {"<": "&lt;", ">": "&gt;"}


def runs(raw: str) -> tuple[tuple[Run, ...], tuple[Run, ...], tuple[Run, ...]]:
    """A caption as (before, core, after), of which the core is the unit."""
    return inline.trim(inline.join_empty(list(_runs(raw))))


def _runs(raw: str) -> Iterator[Run]:
    at = 0
    for match in _SPECIAL.finditer(raw):
        yield from words.runs(raw[at : match.start()], attribute=True)
        at = match.end()
        if match["twice"]:
            said = decode(f"&{match['twice']}")
            yield inline.read_run(match[0], " " if said.isspace() and said.isascii() else said)
        else:
            name = match["name"].lower()
            role = LONE if name in VOID else CLOSE if match["end"] else OPEN
            shown = "\n" if name == "br" else ""
            yield Run(match[0], shown, role, name, elements.LABELS.get(name, name))
    yield from words.runs(raw[at:], attribute=True)


def caption_writer(place: str) -> Callable[[str], str]:
    """What writes words for such a place: as HTML in an attribute."""
    in_attribute = writer(f"attribute {place.removeprefix(elements.CAPTION_PLACE).strip()}")
    return lambda said: in_attribute(_MARKUP.sub(_as_words, said))


def _as_words(match: re.Match[str]) -> str:
    """The sign of a tag, or what HTML would read as another character, as the words that were typed."""
    written = match[0]
    return _NAMED.get(written) or (written if decode(written) == written else f"&amp;{written[1:]}")
