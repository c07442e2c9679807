"""Embargoes and schedules: by themselves under the desk, from cron, and looked at before their time."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event
from time import monotonic, sleep

import pytest

from l10n import project, site
from tests.once import made_once
from workflow import ledger
from workflow.cli import main
from workflow.jobs import JobState, background, work
from workflow.jobs.plan_watch import watch_plans
from workflow.ledger import Ledger

EMBARGO = "2099-03-01T09:00:00+01:00"
AFTER = dt.datetime(2099, 3, 1, 8, 0, tzinfo=dt.UTC)


@pytest.fixture
def press(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Path:
    return shutil.copytree(
        made_once(tmp_path_factory, "embargoed", _embargoed), tmp_path / "p", symlinks=True
    )


def _embargoed(folder: Path) -> None:
    """The demo with one release under embargo, which nobody has yet: its site was never published."""
    assert main(["-C", str(folder.parent), "-q", "demo", str(folder)]) == 0
    plan = folder / "releases" / "heat-alerts" / "release.toml"
    plan.write_text(plan.read_text("utf-8") + f"embargo = {EMBARGO}\n", "utf-8")
    (folder / "public").unlink()
    shutil.rmtree(folder / ".l10n" / "site")


def eventually(holds: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether something comes true while another thread works."""
    end = monotonic() + seconds
    while not (true := holds()) and monotonic() < end:
        sleep(0.02)
    return true


def run(folder: Path, *arguments: str) -> int:
    return main(["-C", str(folder), *arguments])


def test_how_the_site_will_stand_is_shown_and_not_published(
    press: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(press, "publish") == 0
    assert not (press / "public" / "en" / "heat-alerts").exists()
    capsys.readouterr()
    for moment, there in (
        ("2099-03-01T07:59:59+00:00", False),
        (EMBARGO, True),
        ("2099-03-01T08:59 Europe/Paris", False),
        ("2099-03-01T05:00 America/Sao_Paulo", True),
    ):
        assert run(press, "publish", "--dry-run", "--as-of", moment, "--json") == 0
        told = json.loads(capsys.readouterr().out)
        added = [change["path"] for change in told["changes"] if change["what"] == "added"]
        assert ("en/heat-alerts/index.html" in added) is there
    assert not (press / "public" / "en" / "heat-alerts").exists()


def test_an_embargo_on_what_readers_have_is_told_and_takes_nothing_off(
    press: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = press / "releases" / "heat-alerts" / "release.toml"
    held = plan.read_text("utf-8")
    plan.write_text(held.replace(f"embargo = {EMBARGO}\n", ""), "utf-8")
    assert run(press, "publish") == 0
    plan.write_text(held, "utf-8")
    capsys.readouterr()
    assert run(press, "publish") == 0
    said = capsys.readouterr()
    assert "unchanged: " in said.out
    assert f"held back: heat-alerts: under embargo until {EMBARGO}; readers have it already" in said.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--as-of", "2099-03-01T09:00:00+01:00"], "only the present state can be published"),
        (["--dry-run", "--as-of", "2099-03-01T09:00:00"], "this is no moment with its offset or place"),
        (["--dry-run", "--as-of", "2026-10-25T02:30 Europe/Paris"], "clocks show this hour twice"),
    ],
)
def test_another_moment_is_written_with_its_offset_and_only_looked_at(
    press: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(press, "publish", *arguments) == 2
    assert said in capsys.readouterr().err


def test_cron_publishes_only_what_is_due(press: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(press, "publish") == 0
    capsys.readouterr()
    source = press / "releases" / "reseau-bouees" / "source.md"
    source.write_text(source.read_text("utf-8") + "\nUne phrase nouvelle.\n", "utf-8")
    assert run(press, "publish", "--due") == 0
    assert "nothing is due" in capsys.readouterr().err
    page = press / "public" / "fr" / "reseau-bouees" / "index.html"
    assert "Une phrase nouvelle" not in page.read_text("utf-8")
    (press / ".l10n" / "site" / "as-of").write_text("2020-01-01T00:00:00+00:00")
    plan = press / "releases" / "heat-alerts" / "release.toml"
    plan.write_text(plan.read_text("utf-8").replace("2099", "2021"), "utf-8")
    assert run(press, "publish", "--due") == 0
    assert "published" in capsys.readouterr().out
    assert (press / "public" / "en" / "heat-alerts").exists()


def test_an_embargo_ends_by_itself_and_the_next_moment_is_waited_for(press: Path) -> None:
    assert run(press, "publish") == 0
    now = [AFTER - dt.timedelta(minutes=3)]
    found = project.load(press)
    ours = Ledger(found, ledger.open_ledger(found, ledger.now).store, lambda: now[0])
    runner = work.open_runner(ours, "local")
    page = press / "public" / "en" / "heat-alerts" / "index.html"

    def at(moment: dt.datetime) -> list[dt.datetime | None]:
        """What waits after everything that is due at a moment is done."""
        now[0] = moment
        runner.work(work.job_handlers(ours, runner), stop=Event(), until_empty=True)
        return [job.ready for job in runner.jobs() if job.state is JobState.WAITING]

    runner.enqueue([work.due_check_job(now[0])])
    assert at(now[0]) == [AFTER]
    assert not page.exists()
    assert at(AFTER) == [AFTER + work.LOOK]
    assert page.exists()
    published = page.stat().st_mtime_ns
    assert at(AFTER + work.LOOK) == [AFTER + 2 * work.LOOK]
    assert page.stat().st_mtime_ns == published
    runner.close()


def test_a_running_desk_looks_at_the_minute_that_was_planned_from_the_command_line(press: Path) -> None:
    def waiting() -> list[dt.datetime | None]:
        store = ledger.open_ledger(project.load(press), ledger.now).store
        ours = Ledger(project.load(press), store, ledger.now)
        runner = work.open_runner(ours, "local")
        found = [job.ready for job in runner.jobs() if job.kind == work.LOOK_DUE]
        runner.close()
        store.close()
        return found

    assert run(press, "publish") == 0
    planned = ("reseau-bouees", "--locale", "en", "--at", EMBARGO)
    assert run(press, "publish", *planned, "--dry-run") == 0
    assert waiting() == []
    assert run(press, "publish", *planned) == 0
    assert waiting() == [AFTER]


PLANNED = ("reseau-bouees", "--locale", "en", "--locale", "ar", "--at", EMBARGO)


@pytest.mark.parametrize(("dry", "verb"), [((), "planned"), (("--dry-run",), "would plan")])
def test_what_is_planned_is_told_with_when_and_by_whom(
    press: Path, dry: tuple[str, ...], verb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(press, "publish") == 0
    capsys.readouterr()
    assert run(press, "publish", *PLANNED, *dry) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[:2] == [
        f"{verb}: reseau-bouees in en, ar for {EMBARGO}",
        "in en, ar readers have it already, and keep that page until then",
    ]
    by_itself = "l10n serve or l10n worker does it when it runs then; else l10n publish --due, as from cron"
    assert told[2:] == ([] if dry else [by_itself])


def test_what_would_keep_a_planned_publication_back_is_told_while_there_is_time(
    press: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(press, "publish") == 0
    capsys.readouterr()
    before = "2099-02-01T09:00:00+01:00"
    assert run(press, "publish", "heat-alerts", "--locale", "en", "--at", before) == 0
    assert f"it stays under embargo until {EMBARGO}" in capsys.readouterr().out
    plan = press / "releases" / "reseau-bouees" / "release.toml"
    plan.write_text(
        plan.read_text("utf-8").replace("published", "draft").replace("fallback", "wait"), "utf-8"
    )
    source = plan.with_name("source.md")
    source.write_text(source.read_text("utf-8") + "\nUne phrase nouvelle.\n", "utf-8")
    assert run(press, "publish", *PLANNED) == 0
    told = capsys.readouterr().out
    assert "it waits for fr, its own language, which is not planned by then" in told
    assert re.search(
        r"in en the gate would hold it back as it is now: \d+ of \d+ segments are approved", told
    )
    assert "unchanged" not in told


def test_cron_says_what_comes_next_when_nothing_is_due(
    press: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(press, "publish") == 0
    capsys.readouterr()
    assert run(press, "publish", "--due") == 0
    assert capsys.readouterr().err == f"nothing is due; the next is heat-alerts at {EMBARGO}\n"
    assert run(press, "publish", "--due", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {
        "changed": False,
        "next": {"releases": ["heat-alerts"], "at": EMBARGO},
    }
    plan = press / "releases" / "heat-alerts" / "release.toml"
    plan.write_text(plan.read_text("utf-8").replace(f"embargo = {EMBARGO}\n", ""), "utf-8")
    assert run(press, "publish", "--due") == 0
    assert capsys.readouterr().err == "nothing is due, and nothing is planned\n"


def test_programs_read_what_is_planned(press: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(press, "publish") == 0
    capsys.readouterr()
    assert run(press, "publish", *PLANNED, "--json") == 0
    planned = {"release": "reseau-bouees", "locales": ["en", "ar"], "at": EMBARGO}
    assert json.loads(capsys.readouterr().out)["planned"] == planned


def _by_hand(press: Path, moment: str) -> None:
    plan = press / "releases" / "heat-alerts" / "release.toml"
    plan.write_text(plan.read_text("utf-8").replace(EMBARGO, moment), "utf-8")


def _by_a_command(press: Path, moment: str) -> None:
    assert run(press, "history", "heat-alerts", "corrected", "The sixth line is new.", "--at", moment) == 0


def _as_a_new_release(press: Path, moment: str) -> None:
    folder = press / "releases" / "a-new-one"
    shutil.copytree(press / "releases" / "heat-alerts", folder)
    plan = folder / "release.toml"
    plan.write_text(plan.read_text("utf-8").replace(EMBARGO, moment), "utf-8")


@pytest.mark.parametrize("written", [_by_hand, _by_a_command, _as_a_new_release])
def test_a_moment_that_is_written_into_a_plan_under_a_running_desk_is_not_slept_through(
    press: Path, written: Callable[[Path, str], None]
) -> None:
    assert run(press, "publish") == 0
    now = [AFTER - dt.timedelta(minutes=3)]
    found = project.load(press)
    ours = Ledger(found, ledger.open_ledger(found, ledger.now).store, lambda: now[0])
    runner = work.open_runner(ours, "local")

    def looks_at(moment: dt.datetime) -> bool:
        return any(job.ready == moment for job in runner.jobs() if job.kind == work.LOOK_DUE)

    finish = background.run_in_background(ours, poll=0.05)
    try:
        assert eventually(lambda: looks_at(AFTER))
        moment = AFTER - dt.timedelta(minutes=2)
        written(press, moment.isoformat())
        soon = now[0] + background.PUBLISHES_ITSELF
        assert eventually(lambda: looks_at(soon)), "the next look is at the next round"
        now[0] = soon
        assert eventually(lambda: looks_at(moment))
        now[0] = moment
        assert eventually(lambda: site.published_at(found) == moment)
    finally:
        finish()
        runner.close()


def test_a_desk_nobody_writes_beside_asks_for_no_further_looks(press: Path) -> None:
    calls: list[str] = []
    finish = watch_plans(project.load(press), lambda: calls.append("changed"), poll=0.02)
    sleep(0.2)
    assert calls == []
    plan = press / "releases" / "heat-alerts" / "release.toml"
    plan.write_bytes(plan.read_bytes() + b"\n")
    assert eventually(lambda: calls == ["changed"])
    shutil.rmtree(plan.parent)
    assert eventually(lambda: calls == ["changed", "changed"])
    finish()
    plan.parent.mkdir()
    plan.write_bytes(b"")
    sleep(0.1)
    assert len(calls) == 2


def test_desks_that_were_started_one_after_the_other_look_together(press: Path) -> None:
    assert run(press, "publish") == 0
    start = dt.datetime(2026, 3, 1, 9, 2, 11, tzinfo=dt.UTC)
    now = [start]
    found = project.load(press)
    ours = Ledger(found, ledger.open_ledger(found, ledger.now).store, lambda: now[0])
    runner = work.open_runner(ours, "local")
    for minutes in (0, 1, 3, 14):
        now[0] = start + dt.timedelta(minutes=minutes)
        runner.enqueue([work.due_check_job(now[0])])
        runner.work(work.job_handlers(ours, runner), stop=Event(), until_empty=True)
    waiting = [job.ready for job in runner.jobs() if job.state is JobState.WAITING]
    assert waiting == [start.replace(minute=20, second=0)]
    runner.close()


def test_a_release_or_what_is_due_goes_on_line_alone(press: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(press, "publish") == 0
    for release in ("reseau-bouees", "heat-alerts"):
        source = next((press / "releases" / release).glob("source.*"))
        source.write_text(f"{source.read_text('utf-8')}\nUne phrase {release}.\n", "utf-8")
    page = press / "public" / "fr" / "reseau-bouees" / "index.html"
    plan = press / "releases" / "heat-alerts" / "release.toml"
    plan.write_text(plan.read_text("utf-8").replace("2099", "2021"), "utf-8")
    (press / ".l10n" / "site" / "as-of").write_text("2020-01-01T00:00:00+00:00")
    assert run(press, "publish", "--due") == 0
    assert (press / "public" / "en" / "heat-alerts" / "index.html").exists()
    assert "Une phrase" not in page.read_text("utf-8")
    capsys.readouterr()
    assert run(press, "publish", "reseau-bouees", "--dry-run", "--json") == 0
    told = [change["path"] for change in json.loads(capsys.readouterr().out)["changes"]]
    assert "fr/reseau-bouees/index.html" in told
    assert "Une phrase" not in page.read_text("utf-8")
    source = press / "releases" / "heat-alerts"
    before = (press / "public" / "en" / "heat-alerts" / "index.html").read_bytes()
    file = next(source.glob("source.*"))
    file.write_text(file.read_text("utf-8").replace("Une phrase", "Une autre phrase"), "utf-8")
    assert run(press, "publish", "reseau-bouees") == 0
    assert "Une phrase reseau-bouees." in page.read_text("utf-8")
    assert (press / "public" / "en" / "heat-alerts" / "index.html").read_bytes() == before


def test_looking_at_one_release_changes_no_plan(press: Path) -> None:
    plan = press / "releases" / "reseau-bouees" / "release.toml"
    before = plan.read_bytes()
    for more in ((), ("--locale", "es"), ("--locale", "es", "--override", "now", "--by", "Ana")):
        assert run(press, "publish", "reseau-bouees", "--dry-run", *more) == 0
    assert plan.read_bytes() == before


def _broken_plan(release: Path) -> None:
    (release / "release.toml").write_text('date = "soon\n', "utf-8")


def _broken_source(release: Path) -> None:
    next(release.glob("source.*")).write_bytes(b"\xff\xfe\xff")


def _no_source(release: Path) -> None:
    next(release.glob("source.*")).unlink()


BREAKS = (_broken_plan, _broken_source, _no_source)


@pytest.fixture
def two_embargoed(press: Path) -> Path:
    """Two releases become due at the same moment, and the site has been published before it."""
    plan = press / "releases" / "reseau-bouees" / "release.toml"
    assert run(press, "-q", "publish") == 0
    plan.write_text(plan.read_text("utf-8") + f'[[history]]\nwhat = "withdrawn"\nat = {EMBARGO}\n', "utf-8")
    return press


@pytest.mark.parametrize("breaks", BREAKS)
def test_a_release_that_cannot_be_read_keeps_no_other_waiting_and_loses_no_moment_of_its_own(
    two_embargoed: Path, breaks: Callable[[Path], None]
) -> None:
    now = [AFTER - dt.timedelta(minutes=3)]
    found = project.load(two_embargoed)
    ours = Ledger(found, ledger.open_ledger(found, ledger.now).store, lambda: now[0])
    runner = work.open_runner(ours, "local")

    def at(moment: dt.datetime) -> dict[str, JobState]:
        """How the jobs stand after everything that is due at a moment is done."""
        now[0] = moment
        runner.work(work.job_handlers(ours, runner), stop=Event(), until_empty=True)
        return {job.kind: job.state for job in runner.jobs()}

    withdrawn, embargoed = (
        found.public / locale / release / "index.html"
        for locale, release in (("fr", "reseau-bouees"), ("en", "heat-alerts"))
    )
    before = withdrawn.read_bytes()
    whole = shutil.copytree(two_embargoed / "releases" / "reseau-bouees", two_embargoed / "whole")
    site.publish(found, site.build_incremental(found, as_of=now[0], scope=site.Scope()))
    breaks(two_embargoed / "releases" / "reseau-bouees")
    runner.enqueue([work.due_check_job(now[0])])
    at(now[0])
    states = at(AFTER)
    assert states[work.PUBLISH] is JobState.DONE
    assert states[work.LOOK_DUE] is JobState.WAITING
    assert embargoed.exists(), "the other one is on line in time"
    assert withdrawn.read_bytes() == before
    at(AFTER + work.LOOK)
    assert withdrawn.read_bytes() == before
    shutil.rmtree(two_embargoed / "releases" / "reseau-bouees")
    whole.rename(two_embargoed / "releases" / "reseau-bouees")
    at(AFTER + 2 * work.LOOK)
    assert "Ce communiqué de presse a été retiré" in withdrawn.read_text("utf-8")
    runner.close()


@pytest.mark.parametrize("breaks", BREAKS)
@pytest.mark.parametrize("quiet", [(), ("-q",)])
def test_cron_is_told_of_a_release_that_cannot_be_read(
    press: Path,
    breaks: Callable[[Path], None],
    quiet: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(press, "publish") == 0
    _by_hand(press, "2021-03-01T09:00:00+01:00")
    plan = press / "releases" / "reseau-bouees" / "release.toml"
    event = '[[history]]\nwhat = "withdrawn"\nat = 2021-03-01T09:00:00+01:00\n'
    plan.write_text(f"{plan.read_text('utf-8')}{event}", "utf-8")
    (press / ".l10n" / "site" / "as-of").write_text("2020-01-01T00:00:00+00:00")
    breaks(plan.parent)
    capsys.readouterr()
    assert run(press, *quiet, "publish", "--due") == 2
    assert "reseau-bouees" in capsys.readouterr().err
    assert (press / "public" / "en" / "heat-alerts").exists()


def test_a_folder_with_another_name_than_a_release_makes_nothing_due(press: Path) -> None:
    assert run(press, "publish") == 0
    _by_hand(press, "2021-03-01T09:00:00+01:00")
    (press / ".l10n" / "site" / "as-of").write_text("2020-01-01T00:00:00+00:00")
    for name in ("my draft", "a\u2028b"):
        (press / "releases" / name).mkdir()
        (press / "releases" / name / "release.toml").write_text("")
    assert run(press, "publish", "--due") == 2
    plans = project.load(press)
    assert site.published_at(plans) is not None
    assert not site.due(plans, project.readable_releases(plans).releases, dt.datetime.now(dt.UTC))


def test_cron_is_told_of_a_broken_plan_when_nothing_is_due(
    press: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(press, "publish") == 0
    capsys.readouterr()
    _broken_plan(press / "releases" / "reseau-bouees")
    assert run(press, "publish", "--due") == 2
    told = capsys.readouterr().err
    assert "release.toml:1" in told
    assert f"the next is heat-alerts at {EMBARGO}" in told


def test_workers_publish_what_is_due_without_a_desk(press: Path) -> None:
    assert run(press, "publish") == 0
    _by_hand(press, "2021-03-01T09:00:00+01:00")
    (press / ".l10n" / "site" / "as-of").write_text("2020-01-01T00:00:00+00:00")
    command = [sys.executable, "-m", "workflow.cli", "-C", str(press), "worker"]
    worker = subprocess.Popen(command, stderr=subprocess.PIPE)
    try:
        assert eventually((press / "public" / "en" / "heat-alerts").exists)
    finally:
        worker.terminate()
        worker.communicate(timeout=30)
