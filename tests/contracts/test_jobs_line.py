"""The line as jobs: what the commands do, in any runner, and nothing twice."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import func, select, update

from l10n import catalogue as po
from l10n import project
from l10n.engines import NO_CONTEXTS, Capabilities, Contexts, Draft, Outcome, deepl
from l10n.engines.managed import ManagedEngine
from tests.jobs_support import until
from workflow import ledger, steps
from workflow.cli import main
from workflow.engine_pool import engine_pool
from workflow.engine_records import StoredRecords
from workflow.jobs import JobState, background, work
from workflow.ledger import Ledger
from workflow.states import Action, Role
from workflow.store import Token, TokenKind, schema

ROOT = Path(__file__).parent.parent.parent
SOURCE = "# Un titre\n\nUne phrase ici. Il y a 12 ports.\n\n- Voir [le site](https://www.example.org/fr)\n"
LONG = "# Un titre\n\n" + "\n\n".join(f"La ville numéro {number} compte un port." for number in range(80))
SETTINGS = """[project]
source_locales = ["fr"]
locales = ["fr", "es", "ar"]

[routes]
"*" = [{route}]

[engines.libre]
kind = "deep"
provider = "libre"
base_url = "{url}"
key = "k-1234567890"
"""


class Listener(BaseHTTPRequestHandler):
    """A LibreTranslate on loopback that remembers what it was asked, and may hesitate."""

    heard: list[str]
    gate: Event

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.heard.append(self.path)
        if len(self.heard) > 45:
            self.gate.wait(30)
        answer = json.dumps({"translatedText": "Una ciudad."}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def handle(self) -> None:
        with suppress(ConnectionError):
            super().handle()

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def service() -> Iterator[tuple[str, list[str], Event]]:
    heard: list[str] = []
    gate = Event()
    handler = type("Heard", (Listener,), {"heard": heard, "gate": gate})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", heard, gate
        gate.set()
        server.shutdown()


def make(
    folder: Path, *, source: str = SOURCE, route: str = '"pseudo"', url: str = "", plan: str = ""
) -> Path:
    release = folder / "releases" / "nice"
    release.mkdir(parents=True)
    (folder / "l10n.toml").write_text(SETTINGS.format(route=route, url=url), "utf-8")
    (release / "source.md").write_text(source, "utf-8")
    (release / "release.toml").write_text(
        f'date = 2026-09-14\nlocale = "fr"\nstatus = "published"\nlocales = ["es"]\n{plan}', "utf-8"
    )
    return folder


def opened(folder: Path) -> Ledger:
    return ledger.open_ledger(project.load(folder), ledger.now)


def targets(folder: Path) -> list[tuple[str, str, bool]]:
    read = po.read(folder / "locales" / "es" / "LC_MESSAGES" / "nice.po")
    return [(entry.source, entry.target, entry.fuzzy) for entry in read.entries]


def jobs(folder: Path) -> dict[str, tuple[str, str]]:
    """State and reason, by the kind of job."""
    return {
        job.kind: (str(job.state), job.reason) for job in work.open_runner(opened(folder), "local").jobs()
    }


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def runner(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Which runner a project has by itself, on each database."""
    if request.param == "postgresql":
        monkeypatch.setenv("L10N_DATABASE_URL", request.getfixturevalue("postgresql_url"))
        return "procrastinate"
    return "local"


def test_the_jobs_do_what_the_commands_do(
    tmp_path: Path, runner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = make(tmp_path / "one" / "p"), make(tmp_path / "other" / "p")
    assert main(["-C", str(one), "jobs", "run"]) == 0
    assert {kind: state for kind, (state, _) in jobs(one).items()} == {
        "update": "done",
        "pretranslate": "done",
        "publish": "done",
    }
    assert type(work.open_runner(opened(one))).__name__.lower() == f"{runner}runner"
    monkeypatch.delenv("L10N_DATABASE_URL", raising=False)
    for command in ("update", "pretranslate", "publish"):
        assert main(["-C", str(other), command]) == 0
    assert targets(one) == targets(other)
    assert all(target for _, target, _ in targets(one))
    built = [
        {path.relative_to(folder): path.read_bytes() for path in (folder / "public" / "fr").rglob("*.html")}
        for folder in (one, other)
    ]
    assert built[0] == built[1] != {}


@pytest.mark.slow
@pytest.mark.usefixtures("runner")
def test_a_killed_worker_asks_the_engine_nothing_twice_but_the_last_batch(
    tmp_path: Path, service: tuple[str, list[str], Event]
) -> None:
    url, heard, gate = service
    folder = make(tmp_path / "p", source=LONG, route='"libre"', url=url)
    command = [sys.executable, "-m", "workflow.cli", "-C", str(folder)]
    assert subprocess.run([*command, "jobs", "run", "--enqueue"], cwd=ROOT, check=True).returncode == 0
    worker = subprocess.Popen([*command, "worker"], cwd=ROOT)
    until(lambda: len(heard) > 45)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    kept = sum(bool(target) for _, target, _ in targets(folder))
    assert kept == 40
    assert jobs(folder)["pretranslate"] == ("running", "")
    lapse(folder)
    gate.set()
    second = subprocess.Popen([*command, "worker", "--runner", "local"], cwd=ROOT)
    watched = opened(folder)
    board = work.open_runner(watched, "local")
    line = {work.PRETRANSLATE, work.PUBLISH}
    until(lambda: {job.state for job in board.jobs() if job.kind in line} == {JobState.DONE}, 90)
    second.terminate()
    assert second.wait(30) == 0
    assert all(target for _, target, _ in targets(folder))
    asked = Counter(heard)
    assert len(asked) == len(targets(folder))
    assert all(number == 1 for number in list(asked.values())[:kept])
    assert max(asked.values()) <= 2
    assert watched.store.breaks() == ()
    watched.store.close()


def test_a_release_under_embargo_is_not_sent_by_a_job_either(
    tmp_path: Path, service: tuple[str, list[str], Event]
) -> None:
    url, heard, _ = service
    folder = make(tmp_path / "p", route='"libre"', url=url, plan="embargo = 2999-01-01T09:00:00+01:00\n")
    assert main(["-C", str(folder), "jobs", "run"]) == 0
    assert heard == []


def test_an_engine_that_cannot_be_asked_is_the_jobs_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make(tmp_path / "p", route='"libre"', url="http://127.0.0.1:9/")
    assert main(["-C", str(folder), "jobs", "run"]) == 1
    state, reason = jobs(folder)["pretranslate"]
    said = capsys.readouterr()
    assert "k-1234567890" not in said.out + said.err + reason
    assert (state, reason) == ("failed", "4 segments are left: libre: it could not be reached, or hung up")


def test_a_release_that_cannot_be_read_fails_with_its_reason_and_can_be_retried(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make(tmp_path / "p")
    command = ["-C", str(folder), "jobs"]
    good = (folder / "releases" / "nice" / "source.md").read_bytes()
    (folder / "releases" / "nice" / "source.md").write_bytes(b"abc\n\xff\xfe\xfa")
    assert main([*command, "run"]) == 1
    assert "source.md" in capsys.readouterr().err
    assert main([*command, "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["state"], row["kind"], row["attempts"]) == ("failed", "update", 1)
    assert "source.md" in row["reason"]
    (folder / "releases" / "nice" / "source.md").write_bytes(good)
    assert main([*command, "retry", row["key"]]) == 0
    assert main([*command, "run", "--skip", "publish", "--skip", "pretranslate"]) == 0
    assert jobs(folder)["publish"][0] == "done"


def test_a_waiting_job_is_cancelled_by_its_key(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = make(tmp_path / "p")
    command = ["-C", str(folder), "jobs"]
    assert main([*command]) == 0
    assert "no jobs" in capsys.readouterr().out
    assert main([*command, "run", "--enqueue"]) == 0
    main([*command, "--json"])
    (row,) = json.loads(capsys.readouterr().out)
    assert main([*command, "cancel", row["key"]]) == 0
    assert main([*command]) == 0
    assert "cancelled" in capsys.readouterr().out
    assert main([*command, "cancel", "nonsense"]) == 2
    assert "no job 'nonsense'" in capsys.readouterr().err


@pytest.mark.usefixtures("runner")
def test_a_run_that_somebody_cancels_says_so_and_is_no_success(
    tmp_path: Path, service: tuple[str, list[str], Event]
) -> None:
    url, heard, gate = service
    folder = make(tmp_path / "p", source=LONG, route='"libre"', url=url)
    command = [sys.executable, "-m", "workflow.cli", "-C", str(folder), "jobs", "run"]
    run = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    until(lambda: len(heard) > 45)
    watched = opened(folder)
    (job,) = (one for one in work.open_runner(watched).jobs() if one.kind == "pretranslate")
    watched.store.close()
    assert main(["-C", str(folder), "jobs", "cancel", job.key]) == 0
    gate.set()
    said, _ = run.communicate(timeout=60)
    assert run.returncode == 1
    assert "cancelled" in said
    assert jobs(folder)["pretranslate"][0] == "cancelled"
    assert "publish" not in jobs(folder)


def test_a_job_is_the_same_until_what_it_works_on_changes(tmp_path: Path) -> None:
    ours = opened(make(tmp_path / "p"))
    release = project.release(ours.project, "nice")
    first = work.update_job(release).key
    assert work.update_job(project.release(ours.project, "nice")).key == first
    assert work.update_job(release, then=["publish"]).key != first
    before = work.pretranslate_job(ours, release, "es").key, work.publish_job(ours).key
    release.source.write_text(SOURCE + "\nEncore.\n", "utf-8")
    assert work.update_job(release).key != first
    list(steps.update_catalogues(ours, release))
    after = work.pretranslate_job(ours, release, "es").key, work.publish_job(ours).key
    assert before[0] != after[0]
    assert before[1] != after[1]


def test_what_is_kept_no_longer_is_dropped_and_asked_for_again_tomorrow(tmp_path: Path) -> None:
    folder = make(tmp_path / "p")
    now = dt.datetime(2026, 9, 14, 12, tzinfo=dt.UTC)
    ours = Ledger(project.load(folder), opened(folder).store, lambda: now)
    store = work.database_of(ours)
    hour = dt.timedelta(hours=1)
    store.save_token(Token(TokenKind.SESSION, "old", "abc", now - hour))
    store.save_token(Token(TokenKind.SESSION, "new", "abc", now + hour))
    store.claim("nice", "es", "s1", "abc", now=now - hour * 2, until=now - hour)
    store.claim("nice", "es", "s2", "abc", now=now, until=now + hour)
    records = StoredRecords(store)
    records.remember({"old": Draft("Hola")}, now - dt.timedelta(days=181))
    records.remember({"new": Draft("Hola")}, now - dt.timedelta(days=179))
    runner = work.open_runner(ours, "local")
    runner.enqueue([work.cleanup_job(now.date())])
    runner.work(work.job_handlers(ours, runner), stop=Event(), until_empty=True)
    with store.reading() as connection:
        left = [
            connection.execute(select(func.count()).select_from(table)).scalar()
            for table in (schema.tokens, schema.claims)
        ]
    assert left == [1, 1]
    assert records.answers(["old", "new"]).keys() == {"new"}
    assert [(job.key, job.state, job.ready) for job in runner.jobs()] == [
        ("retain/2026-09-14", JobState.DONE, None),
        ("retain/2026-09-15", JobState.WAITING, dt.datetime(2026, 9, 15, 3, tzinfo=dt.UTC)),
    ]


def test_a_background_worker_does_jobs_beside_something_else(tmp_path: Path) -> None:
    ours = opened(make(tmp_path / "p"))
    finish = background.run_in_background(ours)
    work.open_runner(ours, "local").enqueue([work.update_job(project.release(ours.project, "nice"))])
    until(lambda: jobs(tmp_path / "p")["update"][0] == "done")
    finish()


def test_settling_a_catalogue_takes_in_what_was_edited(tmp_path: Path) -> None:
    folder = make(tmp_path / "p")
    assert main(["-C", str(folder), "update"]) == 0
    path = folder / "locales" / "es" / "LC_MESSAGES" / "nice.po"
    path.write_text(
        path.read_text("utf-8").replace('msgid "Un titre"\nmsgstr ""', 'msgid "Un titre"\nmsgstr "Título"'),
        "utf-8",
    )
    ours = opened(folder)
    runner = work.open_runner(ours, "local")
    a_minute_ago = ours.clock() - dt.timedelta(minutes=1)
    runner.enqueue([work.settle_job(a_minute_ago, project.release(ours.project, "nice"), "es")])
    runner.work(work.job_handlers(ours, runner), stop=Event(), until_empty=True)
    assert "Título" in {one.target for one in ours.store.current("nice", "es").values()}


@pytest.mark.parametrize(("setting", "said"), [("nonsense", "no runner"), ("procrastinate", "PostgreSQL")])
def test_a_runner_that_cannot_run_is_named(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    setting: str,
    said: str,
) -> None:
    monkeypatch.setenv("L10N_RUNNER", setting)
    assert main(["-C", str(make(tmp_path / "p")), "jobs"]) == 2
    assert said in capsys.readouterr().err


class Counting:
    """An engine that says what it was asked, and fails as a whole after so many batches."""

    name = "counting"

    def __init__(self, max_batch: int = 0) -> None:
        self.capabilities = Capabilities("xml", max_batch)
        self.asked: list[list[str]] = []

    def supports(self, source_locale: str, target_locale: str) -> bool:
        return source_locale != target_locale

    def translate(
        self, batch: Sequence[str], source_locale: str, target_locale: str, contexts: Contexts = NO_CONTEXTS
    ) -> list[Outcome]:
        del source_locale, target_locale, contexts
        self.asked.append(list(batch))
        return [Draft(f"[{source}]") for source in batch]

    def close(self) -> None:
        """Nothing is open."""


def filled(folder: Path, engine: Counting, stop_after: int = 10**9) -> Ledger:
    ours = opened(folder)
    release = project.release(ours.project, "nice")
    list(steps.update_catalogues(ours, release))

    def progress(done: int, _all: int) -> None:
        if done >= stop_after:
            raise KeyboardInterrupt

    steps.pretranslate_catalogue(ours, release, "es", route=[engine], progress=progress)
    return ours


def lapse(folder: Path) -> None:
    """Let the leases end, as they would by themselves half a minute later."""
    ours = opened(folder)
    long_ago = (
        update(schema.jobs).where(schema.jobs.c.state == "running").values(ready="2000-01-01T00:00:00+00:00")
    )
    work.database_of(ours).writing(lambda connection: connection.execute(long_ago).rowcount)
    ours.store.close()


@pytest.mark.parametrize("max_batch", [0, 1, 7, 64])
def test_each_source_is_asked_once_in_whole_batches(tmp_path: Path, max_batch: int) -> None:
    engine = Counting(max_batch)
    filled(make(tmp_path / "p", source=LONG), engine)
    asked = [source for batch in engine.asked for source in batch]
    assert len(asked) == len(set(asked)) == len(targets(tmp_path / "p"))
    if max_batch:
        assert {len(batch) for batch in engine.asked[:-1]} == {max_batch}


def test_what_was_answered_before_a_stop_is_kept(tmp_path: Path) -> None:
    folder = make(tmp_path / "p", source=LONG)
    engine = Counting()
    with pytest.raises(KeyboardInterrupt):
        filled(folder, engine, stop_after=80)
    assert sum(bool(target) for _, target, _ in targets(folder)) == 80
    again = Counting()
    filled(folder, again)
    first, second = ({source for batch in one.asked for source in batch} for one in (engine, again))
    assert first & second == set()
    assert len(first | second) == len(targets(folder))


def test_a_long_catalogue_is_recorded_few_times(tmp_path: Path) -> None:
    lines = "\n\n".join(f"La ville numéro {number} compte un port." for number in range(1000))
    engine = Counting()
    filled(make(tmp_path / "p", source=f"# Un titre\n\n{lines}"), engine)
    assert len(engine.asked) < 25
    shutil.rmtree(tmp_path / "p")


def test_an_engine_that_a_route_names_without_a_table_is_asked_with_care_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(deepl.KEY, "k-1234567890:fx")
    desk = opened(make(tmp_path / "p"))
    with engine_pool(desk, print) as pool:
        (engine,) = pool.route(["deepl"], project.release(desk.project, "nice"))
    assert isinstance(engine, ManagedEngine)


@pytest.mark.usefixtures("runner")
def test_a_decision_whose_taker_dies_reaches_its_catalogue_by_a_job(tmp_path: Path) -> None:
    folder = make(tmp_path / "p")
    assert main(["-C", str(folder), "update"]) == 0
    turned = dt.timedelta()
    desk = replace(opened(folder), clock=lambda: ledger.now() + turned, failpoint=dies)
    board = work.open_runner(desk)
    entry = po.read(folder / "locales" / "es" / "LC_MESSAGES" / "nice.po").live[0]
    with pytest.raises(KeyboardInterrupt):
        work.with_settle_jobs(desk, board).decide(
            project.release(desk.project, "nice"),
            "es",
            entry.key,
            Action.APPROVE,
            target="Dicho.",
            base="",
            actor="ana",
            role=Role.REVIEWER,
        )
    assert "Dicho." not in {target for _, target, _ in targets(folder)}
    (job,) = [one for one in board.jobs() if one.kind == work.SETTLE]
    assert job.state is JobState.WAITING
    turned = dt.timedelta(minutes=1)
    board.work(work.job_handlers(opened(folder), board), stop=Event(), until_empty=True)
    assert board.job(job.key).state is JobState.DONE
    assert (entry.source, "Dicho.", False) in targets(folder)
    board.close()


def dies(point: str) -> None:
    if point == "appended":
        raise KeyboardInterrupt
