"""Durable decisions a second at the desk, and what the ledger's questions cost as it grows."""

from __future__ import annotations

import datetime as dt
import secrets
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Table, insert, update

from benchmarks.databases import postgresql
from benchmarks.options import Options
from benchmarks.peers import machine
from l10n import project
from workflow import ledger as ledgers
from workflow import people, steps
from workflow.deferred_writer import DeferredWriter
from workflow.desk import Desk
from workflow.jobs.work import database_of
from workflow.ledger import Ledger
from workflow.states import Action, Role
from workflow.store import Person, schema, segment_id
from workflow.store.database import DatabaseStore
from workflow.store.opening import open_postgresql, open_sqlite

CLIENTS = (1, 8, 50)
SEGMENTS = 60
SIZES = (1_000, 10_000, 100_000, 1_000_000)
_ROWS_AT_ONCE = 5_000


def run(options: Options) -> None:
    """A row for each database and number of clients, then one for each size of the ledger."""
    print(machine())
    print(
        "decisions through the desk with permissions, checks and history, each client in a release of its own"
    )
    print("commits: durable single-row changes a second from one thread, in the same run")
    for database in ("SQLite", "PostgreSQL"):
        for clients in CLIENTS:
            with _desk(database, clients) as desk:
                if desk is None:
                    print(f"{database}: no server answers at L10N_TEST_POSTGRESQL")
                    break
                print(f"{database}, {clients:2} clients: {_rate(desk, clients, 4 if options.quick else 15)}")
    print("medians in ms of questions about one catalogue of 60, in a ledger of so many segments")
    for database in ("SQLite", "PostgreSQL"):
        with _desk(database, 1) as desk:
            if desk is not None:
                for line in _growth(desk, SIZES[:3] if options.quick else SIZES):
                    print(f"{database}: {line}")


@contextmanager
def _desk(database: str, releases: int) -> Iterator[Desk | None]:
    """A desk on a project with so many releases, None when the database's server does not answer."""
    with tempfile.TemporaryDirectory() as folder:
        if database == "SQLite":
            with _served(open_sqlite(Path(folder) / "ledger.sqlite"), Path(folder), releases) as desk:
                yield desk
            return
        with postgresql() as address:
            if address is None:
                yield None
                return
            with _served(open_postgresql(address), Path(folder), releases) as desk:
                yield desk


@contextmanager
def _served(store: DatabaseStore, folder: Path, releases: int) -> Iterator[Desk]:
    """A desk as `l10n serve` opens it: its catalogues are written a moment later."""
    ledger = _project(folder / "project", store, releases)
    projector = DeferredWriter(ledger.written)
    yield Desk(replace(ledger, schedule_write=projector.schedule))
    projector.close()
    store.close()


def _project(folder: Path, store: DatabaseStore, releases: int) -> Ledger:
    folder.mkdir()
    new_project = project.create(folder, name="Bench", source_locale="fr", locales=("es",))
    opened = Ledger(new_project, store, ledgers.now)
    for number in range(releases):
        source = folder / "source.txt"
        lines = [f"La plage {n} du port {number} rouvre le {n % 28 + 1} mai 2026." for n in range(SEGMENTS)]
        source.write_text("\n\n".join(lines) + "\n", "utf-8")
        release = project.add(
            new_project,
            source,
            release_id=_id(number),
            locale="fr",
            locales=("es",),
            date=dt.date(2026, 9, 14),
        )
        list(steps.update_catalogues(opened, release))
    return opened


def _id(number: int) -> str:
    return f"release-{number:03}"


def _rate(desk: Desk, clients: int, seconds: float) -> str:
    store = database_of(desk.ledger)
    ana = _editor(store)
    commits = _commits(store)
    until, cpu = time.perf_counter() + seconds, time.process_time()
    with ThreadPoolExecutor(clients) as pool:
        times = [
            t for part in pool.map(lambda n: _decide(desk, ana, _id(n), until), range(clients)) for t in part
        ]
    spent = time.process_time() - cpu
    times.sort()
    return (
        f"{len(times) / seconds:.0f} decisions/s, p50 {1000 * statistics.median(times):.1f} ms,"
        f" p99 {1000 * times[int(len(times) * 0.99)]:.0f} ms, {1000 * spent / len(times):.1f} ms CPU each;"
        f" commits {commits:.0f}/s, decisions a commit {len(times) / seconds / commits:.2f}"
    )


def _editor(store: DatabaseStore) -> Person:
    return people.create(
        store, login="ana", name="Ana", roles={"*": Role.EDITOR}, password=secrets.token_hex()
    )


def _decide(desk: Desk, person: Person, release_id: str, until: float) -> list[float]:
    """Approve the segments of a release, one after the other and again; seconds of each."""
    release, times, turn = desk.cache.release(release_id), list[float](), 0
    bases: dict[str, str] = {row.id: "" for row in desk.rows(release, "es")}
    sources = {row.id: row.entry.source for row in desk.rows(release, "es")}
    while time.perf_counter() < until:
        turn += 1
        for segment, source in sources.items():
            if time.perf_counter() >= until:
                break
            target = (
                source.replace("La plage", "La playa")
                .replace("rouvre le", "reabre el")
                .replace(" mai ", " de mayo de ")
            )
            start = time.perf_counter()
            batch = desk.typed_batch(
                person,
                release,
                "es",
                segment,
                Action.APPROVE,
                target=f"{target[:-1]}{' ' * (turn % 2)}.",
                base=bases[segment],
                note="measured",
            )
            (decision,) = desk.ledger.decide_batch(batch)
            times.append(time.perf_counter() - start)
            bases[segment] = decision.digest
    return times


def _commits(store: DatabaseStore) -> float:
    change = update(schema.projections).values(upto=schema.projections.c.upto)
    change = change.where(schema.projections.c.release == _id(0))
    end, count = time.perf_counter() + 1, 0
    while time.perf_counter() < end:
        store.writing(lambda connection: connection.execute(change).rowcount)
        count += 1
    return float(count)


def _growth(desk: Desk, sizes: tuple[int, ...]) -> Iterator[str]:
    store, release = database_of(desk.ledger), desk.cache.release(_id(0))
    ana = _editor(store)
    stored = 0
    for size in sizes:
        _filled(store, stored, size)
        stored = size
        questions = {
            "next": lambda: desk.next(ana, release, "es"),
            "queue": lambda: desk.queue(ana),
            "standing": lambda: store.catalogue_status(release.id, "es"),
            "heads": lambda: store.current(release.id, "es"),
            "history": lambda: store.history("other-00000", "es", _key(0)),
            "all standings": store.catalogue_statuses,
        }
        spent = ", ".join(f"{name} {_median(ask):.2f}" for name, ask in questions.items())
        yield f"{size:9,} segments: {spent}"


def _median(ask: Callable[[], object]) -> float:
    ask()
    times = []
    for _ in range(31):
        start = time.perf_counter()
        ask()
        times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times)


def _key(number: int) -> tuple[str, str]:
    return "", f"La plage {number} rouvre."


def _filled(store: DatabaseStore, stored: int, size: int) -> None:
    """Make the ledger as large as it would be after so many first decisions, 60 in a catalogue."""
    first = 1_000_000
    for start in range(stored, size, _ROWS_AT_ONCE):
        numbers = range(start, min(start + _ROWS_AT_ONCE, size))
        decided, heads = [], []
        for number in numbers:
            context, source = _key(number)
            place = {
                "release": f"other-{number // SEGMENTS:05}",
                "locale": "es",
                "segment": segment_id(_key(number)),
            }
            decided.append(
                place
                | dict.fromkeys(("base", "comment", "previous", "note"), "")
                | {"id": first + number, "context": context, "source": source, "target": "La playa reabre."}
                | {
                    "state": "reviewed",
                    "fuzzy": False,
                    "action": "approve",
                    "actor": "ana",
                    "origin": "human",
                }
                | {"at": "2026-09-14T12:00:00.000000+00:00", "digest": "d", "place": number % SEGMENTS + 1}
            )
            heads.append(place | {"decision": first + number, "digest": "d"})
        projections = [
            {"release": f"other-{catalogue:05}", "locale": "es", "digest": "", "upto": 0, "newest": first}
            for catalogue in range(-(-numbers.start // SEGMENTS), -(-numbers.stop // SEGMENTS))
        ]

        store.writing(
            partial(_put, {schema.decisions: decided, schema.heads: heads, schema.projections: projections})
        )


def _put(rows: Mapping[Table, list[dict[str, object]]], connection: Connection) -> None:
    for table, values in rows.items():
        if values:
            connection.execute(insert(table), values)
