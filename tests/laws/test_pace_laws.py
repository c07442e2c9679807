"""However many ask an engine, and whenever: no minute holds more requests than its limit."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n.engines.records import MINUTE, InMemoryRecords

NOW = dt.datetime(2026, 9, 14, 9, tzinfo=dt.UTC)
ASKER = """
import datetime as dt, sys
from pathlib import Path
from workflow.engine_records import StoredRecords
from workflow.store.opening import open_postgresql, open_sqlite

where, limit, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
store = open_postgresql(where) if "://" in where else open_sqlite(Path(where))
for number in range(count):
    now = dt.datetime.fromisoformat(sys.argv[4]) + dt.timedelta(seconds=7 * number)
    print(StoredRecords(store).turn("deepl", limit, now).isoformat())
store.close()
"""


def most_in_a_minute(moments: Iterable[dt.datetime]) -> int:
    """The most moments that any sixty seconds hold."""
    at = sorted(moments)
    return max(sum(start <= other < start + MINUTE for other in at) for start in at)


@given(st.integers(1, 5), st.lists(st.integers(0, 90_000), min_size=1, max_size=60))
def test_no_minute_holds_more_than_the_limit_and_nobody_is_early(limit: int, steps: list[int]) -> None:
    book, now, taken = InMemoryRecords(), NOW, []
    for step in steps:
        now += dt.timedelta(milliseconds=step)
        taken.append(book.turn("e", limit, now))
        assert taken[-1] >= now
    assert most_in_a_minute(taken) <= limit
    assert taken == sorted(taken)


@given(st.integers(1, 5), st.lists(st.integers(0, 90_000), min_size=1, max_size=60))
def test_nobody_waits_who_need_not(limit: int, steps: list[int]) -> None:
    book, now, taken = InMemoryRecords(), NOW, []
    for step in steps:
        now += dt.timedelta(milliseconds=step)
        mine = book.turn("e", limit, now)
        earlier = [*taken, mine - dt.timedelta(microseconds=1)]
        assert mine == now or mine in taken or most_in_a_minute(earlier) > limit
        taken.append(mine)


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_processes_keep_it_together(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    where = str(tmp_path / "l.sqlite") if kind == "sqlite" else request.getfixturevalue("postgresql_url")
    command = [sys.executable, "-c", ASKER, where, "5", "12", NOW.isoformat()]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    said = [process.communicate(timeout=60)[0].split() for process in running]
    assert [process.returncode for process in running] == [0, 0, 0]
    moments = [dt.datetime.fromisoformat(text) for texts in said for text in texts]
    assert len(moments) == 36
    assert most_in_a_minute(moments) == 5
