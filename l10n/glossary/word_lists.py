"""Reads word lists of spreadsheets and other tools: a column per language, or a source and a target."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel import Locale

from l10n import disk
from l10n.errors import InputError
from l10n.formats import loading
from l10n.glossary import csv_table
from l10n.glossary import term as terms
from l10n.glossary.term import Status, Term
from l10n.xml_elements import SkippedElement

_BESIDE = {
    "note": ("note", "notes", "comment", "comments", "remark", "remarks"),
    "definition": ("definition", "description"),
    "domain": ("domain", "subject", "field"),
    "status": ("status",),
}
# What parts several words for one thing in a cell.
_SEVERAL = re.compile(r"\s*[;|]\s*")
# The line in which a spreadsheet says what stands between columns.
_SEPARATOR = re.compile(r"sep=(?P<mark>[,;\t])?\r?\n", re.IGNORECASE)
_SOURCE = ("source", "term", "source term")
_TARGET = ("target", "translation", "target term")


_REMEDY = f"{loading.SAVE} Or say what it is in: --encoding windows-1252, or another."


@dataclass(frozen=True, slots=True)
class ListOptions:
    """What a list itself does not specify.

    ``locales`` are the project's, ``sources`` those that terms lead from.  A list with a source and a target
    leads from the only one of ``sources`` to ``target``.  A term whose row has no status is ``usual``.
    ``encoding`` is that of a file that is neither in UTF-8 nor says in what it is.
    """

    locales: Sequence[str]
    sources: Sequence[str]
    target: str = ""
    usual: Status = Status.PREFERRED
    encoding: str = ""


def read(path: Path, options: ListOptions, *, on_skipped: Callable[[SkippedElement], None]) -> Iterator[Term]:
    """Yield the terms of a list, or of our own table; skip invalid rows and report them to ``on_skipped``.

    The list is in UTF-8, or in what its byte order mark says, with commas, semicolons or tabs between.
    Raises InputError for a file that cannot be read, and for one whose first line names no columns.
    """
    text = _text(path, options.encoding)
    if csv_table.is_ours(text):
        yield from _ours(csv_table.parse(text, path=str(path)), on_skipped)
        return
    records = _records(text, path)
    line, header = next(records, (1, []))
    names = [cell.lower() for cell in header]
    columns = _languages(header, options.locales) or _pair(names, options, path, line)
    field_columns = {
        field: names.index(heading)
        for field, headings in _BESIDE.items()
        for heading in headings
        if heading in names
    }
    for line, cells in records:
        row = cells + [""] * (len(names) - len(cells))
        fields = {field: row[at] for field, at in field_columns.items()}
        fields["status"] = fields.get("status", "").lower() or options.usual
        yield from _terms(line, {at: row[at] for at in columns}, columns, options.sources, fields, on_skipped)


def _text(path: Path, encoding: str) -> str:
    data = disk.read(path)
    if encoding:
        data = loading.in_utf_8(data, encoding, path=str(path))
    return loading.load(data, path=str(path), remedy=_REMEDY).text.removeprefix("\ufeff")


def _ours(table: csv_table.Table, on_skipped: Callable[[SkippedElement], None]) -> Iterator[Term]:
    for row in table.problems:
        if row.problem:
            on_skipped(SkippedElement(row.line, f"{row.problem.wrong}. {row.problem.remedy}"))
    for row in table.marked:
        on_skipped(SkippedElement(row.line, f"it is still marked as {row.mark}"))
    yield from table.terms


def _records(text: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows that say something, with the line each ends on."""
    told = _SEPARATOR.match(text)
    lines = text.splitlines()[1 if told else 0 :]
    header = next((line for line in lines if line.strip()), "")
    delimiter = (told and told["mark"]) or max(csv_table.DELIMITERS, key=header.count)
    stream = io.StringIO(text, newline="")
    skipped = 1 if told and stream.readline() else 0
    rows = csv.reader(stream, delimiter=delimiter)
    try:
        for row in rows:
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield rows.line_num + skipped, cells
    except csv.Error as error:
        raise InputError(
            f"this is not CSV: {error}",
            path=path,
            line=rows.line_num + skipped,
            remedy="Close every quotation mark.",
        ) from None


def _languages(header: Sequence[str], locales: Sequence[str]) -> dict[int, str]:
    """The locales of the columns that are headed by a language, when there are several."""
    columns = {at: locale for at, name in enumerate(header) if (locale := _locale(name, locales))}
    return columns if len(set(columns.values())) > 1 else {}


def _locale(name: str, locales: Sequence[str]) -> str:
    """The project's locale that a column is headed by, by its tag or its name; "" for anything else."""
    tag = terms.project_locale(terms.tag(name), locales)
    if tag in locales:
        return tag
    return next((locale for locale in locales if name.casefold() in _names(locale)), "")


def _names(locale: str) -> set[str]:
    """What a language is called in English and in itself, in small letters."""
    language = Locale.parse(locale, sep="-")
    return {name.casefold() for name in (language.english_name, language.display_name) if name}


def _pair(names: Sequence[str], options: ListOptions, path: Path, line: int) -> dict[int, str]:
    """The locales of a source and a target column.  Raises InputError where there are none."""
    source, target = (
        next((names.index(heading) for heading in headings if heading in names), -1)
        for headings in (_SOURCE, _TARGET)
    )
    if source < 0 or target < 0:
        remedy = (
            f"Head them with the project's languages ({', '.join(options.locales[:3])}), or source,target."
        )
        raise InputError("the first line should name the columns", path=path, line=line, remedy=remedy)
    if len(options.sources) != 1 or not options.target:
        raise InputError(
            "does not say which languages these are",
            path=path,
            line=line,
            remedy="Name them with --from and --to.",
        )
    return {source: options.sources[0], target: options.target}


def _terms(
    line: int,
    words: Mapping[int, str],
    columns: Mapping[int, str],
    sources: Sequence[str],
    fields: Mapping[str, str],
    on_skipped: Callable[[SkippedElement], None],
) -> Iterator[Term]:
    """The terms of a row: from each word of a source language to each in another language.

    A cell may name several words for the same thing, with semicolons or bars between.
    """
    untranslated = fields["status"] == Status.DO_NOT_TRANSLATE
    pairs = [
        (source_at, source, target_at, target)
        for source_at, locale in columns.items()
        for target_at in columns
        if locale in sources and columns[target_at] != locale
        for source in filter(None, _SEVERAL.split(words[source_at]))
        for target in _SEVERAL.split(words[target_at])
        if target or (untranslated and not words[target_at])
    ]
    if not pairs:
        on_skipped(SkippedElement(line, "there is no word in a source language and another for it"))
    for source_at, source, target_at, target in pairs:
        term, problem = csv_table.term_of(
            {
                **fields,
                "source_locale": columns[source_at],
                "source": source,
                "target_locale": columns[target_at],
                "target": target,
            }
        )
        if term is not None:
            yield term
        elif problem is not None:
            on_skipped(SkippedElement(line, f"{problem.wrong}. {problem.remedy}"))
