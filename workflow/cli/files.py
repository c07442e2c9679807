"""File-level commands, for those who want a catalogue or a page and no project."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from l10n.model import Document
from workflow.cli import GATE_FAILED, OK
from workflow.cli.console import OUTPUT, print_progress, whole_percentage

_GLANCE = 20_000  # bytes


def configure_extract(parser: argparse.ArgumentParser) -> None:
    """Say what `extract` takes."""
    parser.add_argument("source", type=Path, metavar="SRC", help="an HTML, Markdown, text or Word file")
    parser.add_argument("-o", **OUTPUT, metavar="OUT.po")
    parser.add_argument("--locale", help="the language of SRC (default: guessed from its words)")
    parser.add_argument("--to", metavar="LOCALE", default="", help="the language of the catalogue")
    parser.epilog = "Example: l10n extract release.html --locale fr --to es -o release.es.po"
    parser.set_defaults(run=extract)


def configure_merge(parser: argparse.ArgumentParser) -> None:
    """Say what `merge` takes."""
    parser.add_argument("source", type=Path, metavar="SRC", help="the source file")
    parser.add_argument("catalogue", type=Path, metavar="IN.po", help="its catalogue")
    parser.add_argument("-o", **OUTPUT, metavar="OUT")
    parser.add_argument("--locale", help="the language of SRC (default: from the catalogue, or guessed)")
    parser.add_argument("--fuzzy", action="store_true", help="also use fuzzy targets")
    parser.add_argument(
        "--min-translated",
        type=whole_percentage,
        default=0,
        metavar="PERCENT",
        help="exit 1 and write nothing when fewer segments would be filled",
    )
    parser.add_argument(
        "--localise-links",
        action="append",
        default=[],
        metavar="FROM=TO",
        help="set the page's lang and dir, and rewrite links within its site, e.g. /fr/=/es/",
    )
    parser.epilog = (
        "Example: l10n merge release.html release.es.po -o release.es.html --min-translated 80\n"
        "Exits 0 when the copy is written, 1 when too few segments are translated, 2 when something\n"
        "could not be read or the catalogue is that of another file."
    )
    parser.set_defaults(run=merge)


def extract(options: argparse.Namespace) -> int:
    """Write the catalogue of one file, in step with the one that is there."""
    from l10n import catalogue
    from l10n.errors import InputError
    from l10n.project import locale_of

    document = _document(options)
    target = locale_of(options.to) if options.to else ""
    if not document.raw.strip():
        raise InputError("the file is empty", path=document.path, remedy="Check that it has text.")
    result = catalogue.template(document, locale=target, name=options.source.stem)
    if options.output is None:
        sys.stdout.write(catalogue.text(result))
        return OK
    if options.output.is_file():
        result = catalogue.update(catalogue.read(options.output), document)
    catalogue.write(result, options.output)
    print_progress(f"{options.output}: {len(result.live)} segments", quiet=options.quiet)
    return OK


def merge(options: argparse.Namespace) -> int:
    """Write one file in another language; segments without a target stay as they are.

    A Word file says which language it is now in, since it could not be read from the right otherwise.
    Raises CatalogueError for a catalogue that has none of the file's segments, which is that of another file
    or was never extracted: a file in the wrong language would come out of it, unnoticed by a script.
    """
    from l10n import catalogue, disk, formats
    from l10n.errors import CatalogueError

    translated = catalogue.read(options.catalogue)
    declared = dict(translated.headers).get("X-Source-Language", "").replace("_", "-")
    document = _document(options, declared)
    keys = {segment.key for _, segment in document.segments()}
    if keys and keys.isdisjoint(entry.key for entry in translated.live):
        raise CatalogueError(
            f"it has no segment of {options.source}",
            path=str(options.catalogue),
            remedy="Name the catalogue of this file, or bring it in step with l10n extract.",
        )
    usable = {entry.key: entry.target for entry in translated.live if options.fuzzy or not entry.fuzzy}
    filled = sum(bool(usable.get(key)) for key in keys)
    told = f"{filled} of {len(keys)} segments filled"
    if filled * 100 < options.min_translated * len(keys):
        print_progress(f"{options.catalogue}: {told}; nothing was written")
        return GATE_FAILED
    merged = formats.merge_into(document, usable, locale=translated.locale)
    if options.localise_links:
        merged = _localised(document, merged, translated.locale, options.localise_links)
    if options.output is None:
        sys.stdout.buffer.write(merged)
        return OK
    disk.write(options.output, merged)
    print_progress(f"{options.output}: {told}", quiet=options.quiet)
    return OK


def _document(options: argparse.Namespace, declared: str = "") -> Document:
    """The source, in the language that is named or declared, else in that of its own words.

    The bytes of a page mostly tell the language that its words tell then: it is taken apart once.
    """
    from l10n import disk, formats
    from l10n.language import guess
    from l10n.project import locale_of

    data = disk.read(options.source)
    path = str(options.source)
    if named := options.locale or declared:
        return formats.extract(data, path=path, locale=locale_of(named))
    glanced = guess(data[:_GLANCE].decode("utf-8", "replace"))
    document = formats.extract(data, path=path, locale=glanced)
    locale = guess("\n".join(segment.source for _, segment in document.segments()))
    return document if locale == glanced else formats.extract(data, path=path, locale=locale)


def _localised(document: Document, merged: bytes, locale: str, pairs: list[str]) -> bytes:
    """A merged page that says its language and links to its own language's pages."""
    from l10n.conventions import load
    from l10n.errors import UsageError
    from l10n.formats import html

    if document.format != "html":
        raise UsageError(
            f"{document.format} files have no links to localise",
            path=document.path,
            remedy="Leave --localise-links out.",
        )
    if not locale:
        raise UsageError("the catalogue does not say its language", remedy="Set its header Language.")
    return html.relinked(
        document, merged, locale=locale, direction=load(locale).direction, link=html.prefixes(pairs)
    )
