"""Write the example of the ledger's present version, from the one before: run it before a table changes.

`tests/contracts/test_store_upkeep.py` brings every example up to date.
"""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from workflow.store import schema
from workflow.store.opening import open_sqlite

EXAMPLES = Path(__file__).parent / "cases" / "ledger"


def brought_up_to_date(example: str, file: Path) -> str:
    """An example of an earlier version as the statements of this one."""
    with sqlite3.connect(file) as connection:
        connection.executescript(example)
    connection.close()
    open_sqlite(file).close()
    with sqlite3.connect(file) as connection:
        statements = "\n".join(connection.iterdump())
    connection.close()
    return f"{statements}\n"


if __name__ == "__main__":
    before = (EXAMPLES / f"v{schema.VERSION - 1}.sql").read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        made = brought_up_to_date(before, Path(folder) / "ledger.sqlite")
    (EXAMPLES / f"v{schema.VERSION}.sql").write_text(made, "utf-8")
