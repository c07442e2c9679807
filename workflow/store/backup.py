"""A whole store in one file, and back; the same file fits every kind of database."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, insert, select, text

from l10n import disk
from l10n.errors import InputError
from workflow.states import Refused
from workflow.store import schema
from workflow.store.database import DatabaseStore

FORMAT = "passerelle-ledger"
_ROWS_AT_ONCE = 500
# Sessions and sign-in links are not worth keeping; claims lapse by themselves; jobs are asked for again.
_LEFT_OUT = {schema.tokens.name, schema.claims.name, schema.jobs.name, schema.versions.name}
_TABLES = tuple(table for table in schema.metadata.sorted_tables if table.name not in _LEFT_OUT)


def save(store: DatabaseStore, path: Path) -> int:
    """Write everything but sessions, claims and jobs to a file; the number of decisions in it.

    The rows are those of one moment.  The file holds password hashes: only its owner may read it.
    """
    with store.reading() as connection:
        lines = [json.dumps({"format": FORMAT, "version": schema.VERSION})]
        for table in _TABLES:
            for row in connection.execute(select(table).order_by(*table.primary_key.columns)):
                lines.append(json.dumps([table.name, dict(row._mapping)], ensure_ascii=False))  # noqa: SLF001, PERF401 - its public face
        count = connection.execute(select(func.count()).select_from(schema.decisions)).scalar_one()
    data = gzip.compress("\n".join(lines).encode("utf-8", "surrogatepass"), mtime=0)
    disk.write(path, data)
    path.chmod(0o600)
    return count


def restore(store: DatabaseStore, path: Path) -> int:
    """Put a saved file into an empty store; the number of decisions in it.

    Raises Refused when the store holds decisions, InputError when the file is no backup.
    """
    rows = list(_read(path))

    def put(connection: Connection) -> int:
        if connection.execute(select(func.count()).select_from(schema.decisions)).scalar_one():
            raise Refused("this ledger holds decisions", remedy="Restore into an empty one.")
        connection.execute(schema.people.delete())
        for table in _TABLES:
            table_rows = [row for name, row in rows if name == table.name]
            for start in range(0, len(table_rows), _ROWS_AT_ONCE):
                connection.execute(insert(table), table_rows[start : start + _ROWS_AT_ONCE])
        if connection.dialect.name == "postgresql":
            connection.execute(
                text("SELECT setval(pg_get_serial_sequence('decisions', 'id'), max(id)) FROM decisions")
            )
        return sum(name == schema.decisions.name for name, _ in rows)

    return store.writing(put)


def _read(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    problem = InputError(
        "is no backup of a ledger", path=path, remedy="Give a file made by l10n ledger backup."
    )
    try:
        lines = gzip.decompress(disk.read(path)).decode("utf-8", "surrogatepass").split("\n")
        head = json.loads(lines[0])
        if head["format"] != FORMAT:
            raise problem
        version = int(head["version"])
        records = [json.loads(line) for line in lines[1:]]
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        raise problem from None
    if version != schema.VERSION:
        raise InputError(
            f"is a backup of version {version}, this program knows {schema.VERSION}",
            path=path,
            remedy="Restore it with the version that made it, then upgrade.",
        )
    for name, row in records:
        yield str(name), dict(row)
