"""Plain text, clean or taken from a web page: the release is found, the menus stay where they are."""

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
