"""Plain text, clean or taken from a web page: the release is found, the menus stay where they are.

A file is read in this order:

1. its columns and boxes are put one below the other: ``abreast`` with ``columns`` and ``prose``, ``boxes``;
2. ``lines`` says what each line is by itself, with ``numerals`` and ``embedded``;
3. what print, newsrooms, mail and text browsers add becomes rules: ``newsroom``, ``folios``, ``outlines``,
   ``mail``, ``prompts``, ``links``;
4. ``signs`` finds the lines that only a page writes, by ``buttons``, ``networks`` with ``sharing``,
   ``choices``, ``consent``, ``rights``, ``related`` and ``repeats``; how short such ones are, say ``labels``;
5. ``contacts`` finds whom to ask, by the values that ``locked`` keeps from translators; ``rows``,
   ``justified`` and ``verse`` find lines that may not be joined;
6. ``blocks`` joins lines to the blocks of a ``layout``, by ``wraps``, ``titles``, ``bylines``, ``kickers``;
7. ``navigation`` says which blocks are the release, by their ``weights``;
8. ``kinds`` says what each is to a reader;
9. ``units`` makes units of them, with ``hyphens`` mended and the rest as skeleton.

``writing`` and ``tables`` put targets back into the file, ``page`` into the HTML of an article.  Words of
human languages stand in ``l10n/conventions/``, those that belong to none in ``networks.toml``.
"""

from __future__ import annotations

from dataclasses import replace

from l10n.formats import loading
from l10n.formats.loading import Loaded
from l10n.formats.text import abreast, boxes, mail
from l10n.formats.text.lines import read
from l10n.formats.text.page import body
from l10n.formats.text.tables import aligned
from l10n.formats.text.units import extract
from l10n.formats.text.writing import encode, gap
from l10n.model import Document

__all__ = [
    "aligned",
    "body",
    "encode",
    "extract",
    "gap",
    "load",
    "names_encoding",
    "save",
    "stated_date",
    "suffixes",
]

suffixes = (".txt", ".text")
names_encoding = False


def load(data: bytes, *, path: str) -> Loaded:
    """The file's text, its columns of prose one below the other and its boxes without their sides."""
    loaded = loading.load_words(data, path=path)
    text = loaded.text if boxes.MARK in loaded.text else abreast.apart(boxes.apart(loaded.text))
    return loaded if text == loaded.text else replace(loaded, text=text, container=data)


def stated_date(text: str) -> str:
    """The day on which the mail was sent that a text begins with, "" where it begins with none."""
    return mail.sent(read(text))


def save(document: Document, text: str) -> bytes:
    """The file's bytes."""
    return (boxes.together(abreast.together(text)) if document.container else text).encode(document.encoding)
