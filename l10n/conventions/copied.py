"""What pages, newsrooms and mail programs write around a text, in every language at once.

Whoever copies a text takes along what stands beside it, and that may be in any other language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path

import tomli

from l10n.conventions.toml_values import text_of, values_of

_NAME = re.compile(r'^name = "([^"]+)"$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Copied:
    """The words of one language, or of all, by which lines are known that are no part of a copied text.

    They are written in small letters unless said otherwise.  ``names`` are what a page may call the language
    besides its name, where readers choose one.  ``cookies`` begin the words for cookies, with ``*`` in front
    where these stand inside other words or have particles written on.  ``rights`` are the parts of a notice
    that say that rights are reserved.  ``sizes`` are the letters, small and capital, that show in which sizes
    a page may be read, ``bytes`` the units of the size of a file, and ``images`` what text browsers write in
    the place of a picture.

    ``ends``, written as they are, end a text on a line of their own, ``ends_between`` only with signs or
    brackets around, as does all of ``goes_on`` where a sheet ends and the text does not.  ``lengths`` stand
    before or behind the number of words or signs of a text.  ``pages`` number a page on a line of its own
    ("Page 2"), ``sheets`` only on one that heads the next sheet ("p. 2").  The number follows each of these
    words, but for ``#`` in one.

    ``by`` stands before who wrote a text, ``at`` and ``dot`` in addresses for "@" and ".", ``replies`` and a
    colon before the subject of a mail that is answered or passed on, ``towns`` small before the name of one.
    """

    names: tuple[str, ...] = ()
    cookies: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    bytes: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    ends_between: tuple[str, ...] = ()
    goes_on: tuple[str, ...] = ()
    lengths: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    dot: tuple[str, ...] = ()
    replies: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()


@cache
def everywhere() -> Copied:
    """The words of all languages that have a file, each once, and what these languages call themselves."""
    tables = [_table(path.name) for path in sorted(Path(__file__).parent.glob("[a-z]*.toml"))]
    return Copied(
        **{
            attribute.name: tuple(
                dict.fromkeys(word for table in tables for word in getattr(table, attribute.name))
            )
            for attribute in fields(Copied)
        }
    )


def _table(name: str) -> Copied:
    """The table of one file, its last one, which is cut out much faster than the whole is parsed."""
    text = text_of(name)
    table = Copied(**values_of(Copied, tomli.loads(text.partition("\n[copied]\n")[2]), "copied.", name))
    own_name = _NAME.search(text)
    return replace(table, names=(own_name[1].casefold(), *table.names)) if own_name else table
