"""A glossary as a CSV table in which single rows can be changed and every other byte stays the same."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

from l10n.errors import ConfigError
from l10n.glossary import term as terms
from l10n.glossary.term import Status, Term, TermProblem

_LISTS = {"domain": "domains", "forms": "forms", "target_forms": "target_forms"}
COLUMNS = (
    *("source_locale", "target_locale", "source", "target", "status", "note"),
    *("domain", "definition", "forms", "target_forms"),
)
MARK = "suggested"
_NEEDED = COLUMNS[:5]
_STATUSES = {status.value: status for status in Status}
_HEADER = ",".join(COLUMNS[:6])
DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class Row:
    """A record of the file: the line it begins on, its text with the line's end, and what it says.

    ``term`` is None for a comment, an empty line and a record that makes no sense, which has a
    ``problem``.  A term with a ``mark`` ("suggested", "declined") is nobody's decision and not in force.
    """

    line: int
    raw: str
    cells: tuple[str, ...] = ()
    term: Term | None = None
    problem: TermProblem | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file: its header with any lines above it, the columns it names, and its rows."""

    head: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    delimiter: str = ","
    newline: str = "\n"

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms in force, in their order."""
        return tuple(row.term for row in self.rows if row.term is not None and not row.mark)

    @property
    def marked(self) -> tuple[Row, ...]:
        """The rows with terms that are not in force."""
        return tuple(row for row in self.rows if row.term is not None and row.mark)

    @property
    def problems(self) -> tuple[Row, ...]:
        """The rows that make no sense."""
        return tuple(row for row in self.rows if row.problem is not None)

    @property
    def text(self) -> str:
        """The file."""
        return self.head + "".join(row.raw for row in self.rows)


def read(path: Path) -> Table:
    """The table in a file.  Raises ConfigError for one that cannot be read or has no header."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(
            f"the glossary cannot be read: {error.strerror or error}",
            path=path,
            remedy="Check its permissions.",
        ) from None
    return decoded(data, path=str(path))


def decoded(data: bytes, *, path: str) -> Table:
    """The table in a file's bytes; raises as ``read`` does, naming ``path``."""
    try:
        return parse(data.decode("utf-8"), path=path)
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"the glossary cannot be read: {error}", path=path, remedy="Save it as a CSV file in UTF-8."
        ) from None


def stamp(data: bytes) -> str:
    """A digest of a file's bytes."""
    return blake2b(data, digest_size=12).hexdigest()


def parse(text: str, *, path: str) -> Table:
    """The table in a text, wrong rows with their problems.  ConfigError when it has no header."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    lines = list(io.StringIO(text.removeprefix(mark), newline=""))
    at = next((n for n, line in enumerate(lines) if line.strip() and not line.startswith("#")), len(lines))
    columns, delimiter = _columns(lines[at] if at < len(lines) else "", path, at + 1)
    newline = "\r\n" if at < len(lines) and lines[at].endswith("\r\n") else "\n"
    rows = tuple(_row(line, raw, cells, columns) for line, raw, cells in _records(lines, at + 1, delimiter))
    return Table(mark + "".join(lines[: at + 1]), columns, rows, delimiter, newline)


def checked(table: Table, *, path: str) -> tuple[Term, ...]:
    """The terms of a table.  Raises ConfigError, with its line, for the first row that makes no sense."""
    for row in table.problems:
        if row.problem:
            raise ConfigError(row.problem.wrong, path=path, line=row.line, remedy=row.problem.remedy)
    return table.terms


def written(items: Iterable[Term], beside: Mapping[str, Sequence[str]] | None = None) -> str:
    """A new table with terms; the columns after the notes are there when a term says something in them.

    ``beside`` are further columns, by name, with a cell for each term.
    """
    entries, other_columns = tuple(items), beside or {}
    optional = (
        name for name in COLUMNS[6:] if any(getattr(term, _LISTS.get(name, name)) for term in entries)
    )
    own_columns = (*COLUMNS[:6], *optional)
    columns = (*own_columns, *other_columns)
    table = Table(_raw(columns, ",", "\n"), columns, ())
    rows = []
    for index, term in enumerate(entries):
        cells = dict.fromkeys(own_columns, "") | {name: cells[index] for name, cells in other_columns.items()}
        rows.append(_term_row(table, term, tuple(cells.values())))
    return replace(table, rows=tuple(rows)).text


def with_terms(table: Table, items: Sequence[Term], *, mark: str = "") -> Table:
    """The table with terms added below its rows; with a ``mark`` they are not in force."""
    if not items:
        return table
    table = _wide_enough(table, items, mark)
    rows = list(table.rows)
    if rows:
        rows[-1] = replace(rows[-1], raw=_ended(rows[-1].raw, table.newline))
    table = replace(table, head=_ended(table.head, table.newline))
    cells = [mark if name == MARK else "" for name in table.columns]
    rows += (_term_row(table, term, cells) for term in items)
    return replace(table, rows=tuple(rows))


def changed(table: Table, line: int, term: Term) -> Table:
    """The table with another term in the row that began on a line when it was read.

    What stands in columns that are not ours stays.  Raises KeyError when no term stands there.
    """
    place = _place(table, line)
    table = _wide_enough(table, (term,))
    old = table.rows[place]
    row = _term_row(table, term, old.cells)
    if not old.raw.endswith(("\n", "\r")):
        row = replace(row, raw=row.raw.rstrip("\r\n"))
    return replace(table, rows=(*table.rows[:place], row, *table.rows[place + 1 :]))


def without(table: Table, line: int) -> Table:
    """The table without the row that begins on a line.  Raises KeyError when no term stands there."""
    place = _place(table, line)
    return replace(table, rows=(*table.rows[:place], *table.rows[place + 1 :]))


def _place(table: Table, line: int) -> int:
    for place, row in enumerate(table.rows):
        if row.line == line and row.term is not None:
            return place
    raise KeyError(line)


def is_ours(text: str) -> bool:
    """Whether the first line of a text, remarks aside, names the columns of our tables."""
    first = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
    return _named(first) is not None


def _columns(header: str, path: str, line: int) -> tuple[tuple[str, ...], str]:
    """The names in the first line, and what stands between them; ConfigError when they are not ours."""
    if columns := _named(header):
        return columns
    raise ConfigError(
        "the first line should name the columns", path=path, line=line, remedy=f"Write: {_HEADER}"
    )


def _named(header: str) -> tuple[tuple[str, ...], str] | None:
    for delimiter in DELIMITERS:
        try:
            cells = next(csv.reader([header], delimiter=delimiter), [])
        except csv.Error:
            cells = []
        names = tuple(cell.strip().lower() for cell in cells)
        if set(_NEEDED) <= set(names) and len(set(filter(None, names))) == len(list(filter(None, names))):
            return names, delimiter
    return None


_Record = tuple[int, str, tuple[str, ...] | str]  # line, text, and its cells or what is wrong


def _records(lines: Sequence[str], first: int, delimiter: str) -> Iterator[_Record]:
    """Every record below the header; one that begins with # is a comment, without cells."""
    at = first

    def feed() -> Iterator[str]:
        nonlocal at
        while at < len(lines):
            at += 1
            yield lines[at - 1]

    rows = csv.reader(feed(), delimiter=delimiter, strict=True)
    while at < len(lines):
        start = at
        if lines[at].startswith("#"):
            at += 1
            yield start + 1, lines[start], ()
            continue
        cells: tuple[str, ...] | str
        try:
            cells = tuple(next(rows, ()))
        except csv.Error as error:
            cells = str(error)
        yield start + 1, "".join(lines[start:at]), cells


def _row(line: int, raw: str, cells: tuple[str, ...] | str, columns: Sequence[str]) -> Row:
    if isinstance(cells, str):
        return Row(
            line, raw, problem=TermProblem("", f"this is not CSV: {cells}", "Close every quotation mark.")
        )
    if not any(cell.strip() for cell in cells):
        return Row(line, raw, cells)
    needed = 1 + max(columns.index(name) for name in _NEEDED)
    if len(cells) < needed or any(cell.strip() for cell in cells[len(columns) :]):
        wrong = f"{len(cells)} columns instead of {len(columns)}"
        remedy = "Put a text that holds a comma between quotation marks."
        return Row(line, raw, cells, problem=TermProblem("", wrong, remedy))
    fields = {name: cell.strip() for name, cell in zip(columns, cells, strict=False)}
    term, problem = term_of(fields)
    return Row(line, raw, cells, term, problem, fields.get(MARK, "").lower())


def term_of(fields: dict[str, str]) -> tuple[Term | None, TermProblem | None]:
    """The term in the fields of a row, by column names, or what is wrong with it."""
    status = _STATUSES.get(fields.get("status", "").lower())
    if status is None:
        statuses = ", ".join(Status)
        return None, TermProblem(
            "status", f"{fields.get('status', '')!r} is no status", f"Write one of these: {statuses}."
        )
    term = Term(
        fields.get("source_locale", ""),
        fields.get("target_locale", ""),
        fields.get("source", ""),
        fields.get("target", ""),
        status,
        fields.get("note", ""),
        terms.listed(fields.get("domain", "")),
        fields.get("definition", ""),
        terms.listed(fields.get("forms", "")),
        terms.listed(fields.get("target_forms", "")),
    )
    if problem := terms.term_problem(term):
        return None, problem
    return terms.normal(term), None


def cells_of(term: Term) -> dict[str, str]:
    """What a term has in each column; the inverse of ``term_of``."""
    return {
        "source_locale": term.source_locale,
        "target_locale": term.target_locale,
        "source": term.source,
        "target": term.target,
        "status": term.status.value,
        "note": term.note,
        "domain": "; ".join(term.domains),
        "definition": term.definition,
        "forms": "; ".join(term.forms),
        "target_forms": "; ".join(term.target_forms),
    }


def _term_row(table: Table, term: Term, before: Sequence[str]) -> Row:
    """A row for a term; cells of columns that are not ours are taken from the row it replaces."""
    fields = dict(zip(table.columns, before, strict=False)) | cells_of(term)
    cells = [fields.get(name, "") for name in table.columns]
    raw = _raw(cells, table.delimiter, table.newline)
    return Row(0, raw, tuple(cells), term, mark=fields.get(MARK, "").strip().lower())


def _raw(cells: Sequence[str], delimiter: str, newline: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=newline).writerow(cells)
    return out.getvalue()


def _wide_enough(table: Table, items: Sequence[Term], mark: str = "") -> Table:
    """The table with a column for all that terms say; rows without a cell for it stay as they are."""
    missing = [
        name
        for name in COLUMNS
        if name not in table.columns and any(getattr(term, _LISTS.get(name, name)) for term in items)
    ]
    missing += [MARK] if mark and MARK not in table.columns else []
    body = table.head.rstrip("\r\n")
    head = table.delimiter.join((body, *missing)) + table.head[len(body) :]
    return replace(table, head=head, columns=(*table.columns, *missing))


def _ended(text: str, newline: str) -> str:
    return text if text.endswith(("\n", "\r")) else text + newline
