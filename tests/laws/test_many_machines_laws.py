"""Two desks and three workers on one PostgreSQL: one of each is killed, and nothing is lost or done twice."""

from __future__ import annotations

import datetime as dt
import http.client
import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from l10n import catalogue as po
from l10n import project
from tests.browser.support import free_port
from tests.jobs_support import until
from workflow import ledger as ledgers
from workflow import people, steps
from workflow.jobs import JobState, Policy
from workflow.jobs.work import PRETRANSLATE, open_runner, pretranslate_job
from workflow.ledger import Ledger
from workflow.states import Role

ROOT = Path(__file__).parent.parent.parent
LOCALES = ("en", "es", "ar", "ru", "zh", "pt", "de", "it", "hi", "ja")
RELEASES = 200 if int(os.environ.get("L10N_CHAOS_ROUNDS", "1")) > 1 else 12
TALK = 400
PAUSE = RELEASES / 600  # seconds of thought, so that the reviewer is not done before the machines are


@dataclass
class Reviewer:
    """Approves one segment after the other at whichever desk answers."""

    addresses: tuple[str, ...]
    token: str
    stop: threading.Event = field(default_factory=threading.Event)
    acknowledged: dict[str, str] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)

    def ask(self, number: int, path: str, body: object = None) -> object:
        """What a desk answers, None when it is not there."""
        host = self.addresses[number % len(self.addresses)]
        data = None if body is None else json.dumps(body)
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        connection = http.client.HTTPConnection(host, timeout=30)
        try:
            method = "GET" if data is None else "POST"
            connection.request(method, f"/api/releases/talk/es/{path}", data, headers)
            answer = connection.getresponse()
            told: object = json.loads(answer.read())
        except (OSError, http.client.HTTPException) as error:
            self.refused[type(error).__name__] += 1
            return None
        finally:
            connection.close()
        assert answer.status == http.client.OK, told
        return told

    def work(self) -> None:
        waiting = self.ask(0, "segments")
        assert isinstance(waiting, list)
        for number, segment in enumerate(waiting):
            target = segment["source"].replace("La phrase", "La frase").replace("du débat", "del debate")
            body = {"action": "approve", "target": target, "base": segment["base"], "note": "as it was said"}
            if self.ask(number, f"segments/{segment['id']}", body) is not None:
                self.acknowledged[segment["source"]] = target
            if self.stop.wait(PAUSE):
                return


@dataclass(frozen=True)
class Machines:
    """Two desks and their addresses, and three workers."""

    addresses: tuple[str, ...]
    desks: list[subprocess.Popen[bytes]]
    workers: list[subprocess.Popen[bytes]]


@pytest.fixture
def opened(tmp_path: Path, postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    """A project whose releases have no catalogues yet, and one whose segments wait for a person."""
    monkeypatch.setenv("L10N_DATABASE_URL", postgresql_url)
    made = project.create(tmp_path, name="Machines", source_locale="fr", locales=LOCALES)
    source = tmp_path / "source.txt"
    for number in range(RELEASES):
        source.write_text(f"Le port {number} rouvre.\n\nLa mer est calme.\n", "utf-8")
        add(made, source, f"port-{number:03}", LOCALES)
    source.write_text("\n\n".join(f"La phrase {n} du débat." for n in range(TALK)) + "\n", "utf-8")
    add(made, source, "talk", ("es",))
    ledger = ledgers.open_ledger(made, ledgers.now)
    list(steps.update_catalogues(ledger, project.release(made, "talk")))
    yield ledger
    ledger.store.close()


def add(made: project.Project, source: Path, release_id: str, locales: tuple[str, ...]) -> None:
    project.add(made, source, release_id=release_id, locale="fr", locales=locales, date=dt.date(2026, 9, 14))


@pytest.fixture
def machines(opened: Ledger) -> Iterator[Machines]:
    command = [sys.executable, "-m", "workflow.cli", "-C", str(opened.project.root)]
    ports = [free_port() for _ in range(2)]
    serving = [[*command, "serve", "--port", str(port), "--no-jobs"] for port in ports]
    made = Machines(
        tuple(f"127.0.0.1:{port}" for port in ports),
        [subprocess.Popen(serve, cwd=ROOT, stdout=subprocess.DEVNULL) for serve in serving],
        [subprocess.Popen([*command, "worker"], cwd=ROOT) for _ in range(3)],
    )
    yield made
    for one in (*made.desks, *made.workers):
        one.kill()
        one.wait()


@pytest.mark.slow
@pytest.mark.postgresql
def test_one_desk_and_one_worker_are_killed_in_the_middle(opened: Ledger, machines: Machines) -> None:
    until(lambda: all(map(answers, machines.addresses)))
    rita = people.create(opened.store, login="rita", name="Rita", roles={"es": Role.REVIEWER}, password="")
    token = people.api_token(opened.store, rita, now=opened.clock(), about="law", scopes=("read", "decide"))
    runner = open_runner(opened)
    releases = [release for release in project.releases(opened.project) if release.id != "talk"]
    runner.enqueue(
        [
            pretranslate_job(opened, release, locale, engines=["pseudo"])
            for release in releases
            for locale in release.locales
        ]
    )
    reviewer = Reviewer(machines.addresses, token)
    at_work = threading.Thread(target=reviewer.work)
    at_work.start()

    def done() -> int:
        return sum(job.state is JobState.DONE for job in runner.jobs() if job.kind == PRETRANSLATE)

    wanted = RELEASES * len(LOCALES)
    until(lambda: done() >= wanted // 3 and len(reviewer.acknowledged) > 3, 300)
    machines.desks[0].kill()
    machines.workers[0].kill()
    killed = time.monotonic()
    held = [job for job in runner.jobs() if job.state is JobState.RUNNING]
    until(
        lambda: all(one and one.state is JobState.DONE for one in map(runner.job, [h.key for h in held])), 120
    )
    assert time.monotonic() - killed < 2 * Policy().lease + 10
    until(lambda: done() == wanted, 600)
    reviewer.stop.set()
    at_work.join(120)
    runner.close()

    assert reviewer.refused, "the desk that was killed was asked nothing afterwards"
    assert set(reviewer.refused) <= {"ConnectionRefusedError", "ConnectionResetError", "RemoteDisconnected"}
    decided = {key[1]: head.target for key, head in opened.store.current("talk", "es").items()}
    assert reviewer.acknowledged.items() <= decided.items()
    for source in decided:
        assert len(opened.store.history("talk", "es", ("", source))) == 1
    for release in releases:
        for locale in release.locales:
            written = po.read(project.catalogue_path(opened.project, release, locale))
            heads = opened.store.current(release.id, locale)
            assert {entry.key: entry.target for entry in written.live} == {
                key: head.target for key, head in heads.items()
            }
            assert len(heads) == 2
            assert all(len(opened.store.history(release.id, locale, key)) == 1 for key in heads)
    assert opened.store.breaks() == ()


def answers(address: str) -> bool:
    """Whether a desk is up."""
    connection = http.client.HTTPConnection(address, timeout=5)
    with suppress(OSError), closing(connection):
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.client.OK
    return False
