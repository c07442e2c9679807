"""Fifty reviewers at one desk: how long pages and decisions take, what they cost, and that none is lost.

Every reviewer does what a person does, with time to think: asks for the next segment, reads its page, has the
checks look three times while typing, approves.  A second run asks for decisions alone, as fast as it goes.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import random
import re
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.databases import postgresql
from benchmarks.options import Options
from benchmarks.peers import ROOT, machine
from l10n import project
from workflow import ledger as ledgers
from workflow import people, steps
from workflow.states import Role
from workflow.store import segment_id

REVIEWERS = 50
THINK = (1.0, 5.0)
_WORDS = ("plage", "port", "mer", "côte", "bouée", "dune", "rivage", "phare", "digue", "lagune", "récif")


@dataclass
class Told:
    """What the reviewers measured: seconds by kind of request, and which decisions were acknowledged."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    status: Counter[tuple[str, int]] = field(default_factory=Counter)
    decided: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """A running desk with everybody's cookie and what there is to decide: segments by release."""

    port: int
    pid: int
    cookies: tuple[str, ...]
    segments: Mapping[str, tuple[str, ...]]

    @property
    def releases(self) -> tuple[str, ...]:
        """The releases that the reviewers share."""
        return tuple(name for name in self.segments if name.startswith("work"))


def run(options: Options) -> None:
    """A row for each database and kind of work."""
    print(machine())
    seconds = 15 if options.quick else 60
    print(f"{REVIEWERS} reviewers, one server process, permissions, checks and history on")
    for database in ("SQLite", "PostgreSQL"):
        with _database(database) as url:
            if url is None:
                print(f"{database}: no server answers at L10N_TEST_POSTGRESQL")
                continue
            with tempfile.TemporaryDirectory() as folder:
                _measured(Path(folder), database, url, seconds)


def _measured(folder: Path, database: str, url: str, seconds: float) -> None:
    with _desk(folder, url) as place:
        for name, work in (("working", _reviewer), ("decisions alone", _clicker)):
            measurements = Told()
            before, start = _cpu(place.pid), time.monotonic()
            asyncio.run(_all(place, measurements, work, seconds))
            elapsed, spent = time.monotonic() - start, _cpu(place.pid) - before
            total = sum(len(times) for times in measurements.times.values())
            print(
                f"{database}, {name}: {total} requests in {elapsed:.0f} s,"
                f" {1000 * spent / max(total, 1):.1f} ms CPU each, {_resident(place.pid)} MB resident"
            )
            for kind, times in sorted(measurements.times.items()):
                print(f"  {kind:9} {len(times):6}  {_spread(times)}  {len(times) / elapsed:.0f}/s")
            odd = {key: count for key, count in measurements.status.items() if key[1] not in {200, 303}}
            audit = _audit(folder, url, measurements)
            print(f"  answers that are neither 200 nor 303: {odd or 'none'}; {audit}")
        for kind, spent in _alone(place).items():
            print(f"  one {kind} by itself: {spent:.1f} ms CPU")


async def _all(place: Place, measurements: Told, work: object, seconds: float) -> None:
    until = time.monotonic() + seconds
    reviewers = [work(place, measurements, number, until) for number in range(REVIEWERS)]  # type: ignore[operator]
    await asyncio.gather(*reviewers)


async def _reviewer(place: Place, measurements: Told, number: int, until: float) -> None:
    chance = random.Random(number)  # noqa: S311 - repeatable, not secret
    browser = Browser(place, measurements, place.cookies[number])
    await asyncio.sleep(chance.uniform(0, THINK[1]))
    release = chance.choice(place.releases)
    while time.monotonic() < until:
        status, head, _ = await browser.ask("next", "GET", f"/releases/{release}/es/next")
        where = _location(head)
        if status != 303 or "?" in where:
            release = chance.choice(place.releases)
            continue
        _, _, page = await browser.ask("page", "GET", where)
        base = _field(page, "base")
        source = _source(page)
        await asyncio.sleep(chance.uniform(*THINK))
        for part in (0.3, 0.6, 1.0):
            typed = source[: int(len(source) * part)]
            await browser.ask("findings", "POST", f"{where}/findings", target=typed)
            await asyncio.sleep(chance.uniform(0.2, 0.6))
        status, head, _ = await browser.ask(
            "decision", "POST", where, action="approve", target=source, base=base, note="as it is"
        )
        if status == 303:
            measurements.decided.append((release, where.rpartition("/")[2]))
        await browser.ask("changes", "GET", f"/releases/{release}/es/changes?since=1")
    browser.close()


async def _clicker(place: Place, measurements: Told, number: int, until: float) -> None:
    """Decides the segments of a release that nobody else decides, again and again."""
    browser = Browser(place, measurements, place.cookies[number])
    release = f"alone-{number:02}"
    bases: dict[str, str] = {}
    turn = 0
    while time.monotonic() < until:
        for id_ in place.segments[release]:
            if time.monotonic() >= until:
                break
            where = f"/releases/{release}/es/{id_}"
            target = f"Texto {turn}."
            status, _, answer = await browser.ask(
                "decide", "POST", f"{where}/decision", action="save", target=target, base=bases.get(id_, "")
            )
            if status == 200:
                measurements.decided.append((release, id_))
                match = re.search(r'"base":"(\w+)"', answer)
                bases[id_] = match[1] if match else ""
        turn += 1
    browser.close()


class Browser:
    """One connection that stays open, as a browser's does."""

    def __init__(self, place: Place, measurements: Told, cookie: str) -> None:
        self.place, self.told, self.cookie = place, measurements, cookie
        self.pair: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, kind: str, method: str, path: str, **fields: str) -> tuple[int, str, str]:
        """(status, headers, text) of an answer."""
        if self.pair is None:
            self.pair = await asyncio.open_connection("127.0.0.1", self.place.port)
        reader, writer = self.pair
        body = urlencode(fields).encode()
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.place.port}\r\nCookie: desk={self.cookie}\r\n"
            f"Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        start = time.monotonic()
        writer.write(head.encode() + body)
        try:
            headers = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        except (asyncio.IncompleteReadError, ConnectionError):
            # The server closes a connection that was quiet; a browser opens another and asks again.
            self.pair = None
            return await self.ask(kind, method, path, **fields)
        size = re.search(r"(?i)^content-length: (\d+)", headers, re.MULTILINE)
        text = (await reader.readexactly(int(size[1]))).decode() if size else ""
        self.told.times[kind].append(time.monotonic() - start)
        status = int(headers.split(" ", 2)[1])
        self.told.status[kind, status] += 1
        return status, headers, text

    def close(self) -> None:
        """Hang up."""
        if self.pair:
            self.pair[1].close()


def _location(headers: str) -> str:
    match = re.search(r"(?i)^location: (\S+)", headers, re.MULTILINE)
    return match[1] if match else ""


def _field(page: str, name: str) -> str:
    match = re.search(rf'name="{name}" value="(\w*)"', page)
    return match[1] if match else ""


def _source(page: str) -> str:
    match = re.search(r'data-source="([^"]*)"', page)
    return match[1] if match else ""


def _audit(folder: Path, url: str, measurements: Told) -> str:
    """Whether what was acknowledged is in the ledger, each once."""
    with _environment(url):
        opened = ledgers.open_ledger(project.load(folder / "p"), ledgers.now)
    acknowledged = Counter(measurements.decided)
    lost = doubled = 0
    for release in project.releases(opened.project):
        heads = opened.store.current(release.id, "es")
        for key in heads:
            expected = acknowledged.get((release.id, segment_id(key)), 0)
            stored = [decision for decision in opened.store.history(release.id, "es", key) if decision.actor]
            lost += max(expected - len(stored), 0)
            doubled += max(len(stored) - expected, 0) if release.id.startswith("alone") else 0
    broken = len(opened.store.breaks())
    opened.store.close()
    count = len(measurements.decided)
    return f"{count} decisions acknowledged, {lost} lost, {doubled} doubled, {broken} chains broken"


def _alone(place: Place) -> dict[str, float]:
    """Server CPU of one page at a time, in milliseconds."""
    return {
        kind: asyncio.run(_repeated(place, path)) * 1000
        for kind, path in (
            ("queue", "/"),
            ("list", f"/releases/{place.releases[0]}/es"),
            ("document", f"/releases/{place.releases[0]}/es/document"),
            ("segment", f"/releases/{place.releases[0]}/es/next"),
        )
    }


async def _repeated(place: Place, path: str, rounds: int = 40) -> float:
    browser = Browser(place, Told(), place.cookies[0])
    _, head, _ = await browser.ask("one", "GET", path)
    path = _location(head) or path
    await browser.ask("one", "GET", path)
    before = _cpu(place.pid)
    for _ in range(rounds):
        await browser.ask("one", "GET", path)
    browser.close()
    return (_cpu(place.pid) - before) / rounds


@contextmanager
def _desk(folder: Path, url: str) -> Iterator[Place]:
    cookies, segments = _set_up(folder, url)
    port = 20_000 + secrets.randbelow(20_000)
    command = [sys.executable, "-m", "workflow.cli", "-C", str(folder / "p"), "serve", "--port", str(port)]
    environment = {**os.environ, "L10N_DATABASE_URL": url}
    nowhere = subprocess.DEVNULL
    with subprocess.Popen(
        [*command, "--no-jobs"], cwd=ROOT, env=environment, stdout=nowhere, stderr=nowhere
    ) as server:
        try:
            asyncio.run(_answering(port))
            yield Place(port, server.pid, cookies, segments)
        finally:
            server.terminate()


async def _answering(port: int) -> None:
    for _ in range(600):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    raise TimeoutError("the desk does not answer")


def _set_up(folder: Path, url: str) -> tuple[tuple[str, ...], Mapping[str, tuple[str, ...]]]:
    """The cookies of signed-in reviewers of a new project, and the segments of its releases."""
    new_project = project.create(folder / "p", name="Load", source_locale="fr", locales=("es",))
    chance = random.Random(7)  # noqa: S311 - repeatable, not secret
    with _environment(url):
        opened = ledgers.open_ledger(new_project, ledgers.now)
    day = dt.date(2026, 9, 1)
    names = [f"work-{number:02}" for number in range(12)] + [f"alone-{n:02}" for n in range(REVIEWERS)]
    segments: dict[str, tuple[str, ...]] = {}
    for name in names:
        file = folder / "source.md"
        lines = [_sentence(chance) for _ in range(60 if name.startswith("work") else 20)]
        file.write_text(f"# {_sentence(chance)}\n\n" + "\n\n".join(lines) + "\n", "utf-8")
        release = project.add(new_project, file, release_id=name, locale="fr", locales=("es",), date=day)
        list(steps.update_catalogues(opened, release))
        release_catalogue = opened.catalogue(release, "es")
        segments[name] = (
            tuple(segment_id(entry.key) for entry in release_catalogue.live) if release_catalogue else ()
        )
    cookies = []
    for number in range(REVIEWERS):
        person = people.create(
            opened.store, login=f"r{number}", name=f"Reviewer {number}", roles={"*": Role.REVIEWER}
        )
        cookies.append(people.start_session(opened.store, person, now=opened.clock()))
    opened.store.close()
    return tuple(cookies), segments


def _sentence(chance: random.Random) -> str:
    words = [chance.choice(_WORDS) for _ in range(chance.randint(6, 18))]
    return f"La {' '.join(words)} compte {chance.randint(2, 9000)} {chance.choice(_WORDS)}s."


@contextmanager
def _database(name: str) -> Iterator[str | None]:
    """The address of an empty database, "" for the embedded one, None when there is no server."""
    if name == "SQLite":
        yield ""
        return
    with postgresql() as address:
        yield address


@contextmanager
def _environment(url: str) -> Iterator[None]:
    before = os.environ.get("L10N_DATABASE_URL")
    os.environ["L10N_DATABASE_URL"] = url
    try:
        yield
    finally:
        if before is None:
            del os.environ["L10N_DATABASE_URL"]
        else:
            os.environ["L10N_DATABASE_URL"] = before


def _cpu(pid: int) -> float:
    """Seconds of CPU a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident(pid: int) -> int:
    match = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(match[1]) // 1024 if match else 0


def _spread(times: list[float]) -> str:
    ordered = sorted(times)
    high = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    return f"p50 {1000 * statistics.median(ordered):5.0f} ms, p99 {1000 * high:5.0f} ms"
