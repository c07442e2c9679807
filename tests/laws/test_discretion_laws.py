"""What is not public or confidential never reaches an engine that may not see it, by whatever door."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from l10n.engines.pseudo import disguise
from tests.engines_support import KEY, SERVICES, Loopback, running
from workflow.cli import main

# What a release's plan says, and the flags that an engine needs to see it.
PLANS = {
    "public": ("", set()),
    "past": ("embargo = 2001-01-01T09:00:00+00:00\n", set()),
    "draft": ('status = "draft"\n', {"embargoed"}),
    "early": ("embargo = 2999-01-01T09:00:00+00:00\n", {"embargoed"}),
    "secret": ("confidential = true\n", {"confidential"}),
    "both": ('confidential = true\nstatus = "draft"\n', {"embargoed", "confidential"}),
}
FLAGS: list[tuple[str, ...]] = [(), ("embargoed",), ("confidential",), ("embargoed", "confidential")]
# How the engine gets asked: what the routes say, and the command.
DOORS = {
    "the usual route": ('"*" = ["far"]', ["pretranslate"]),
    "a pair's route": ('"*" = []\n"fr-es" = ["copy", "far"]', ["pretranslate"]),
    "a field's route": ('"*" = []\ndomain.legal."*" = ["far"]', ["pretranslate"]),
    "a route for what is secret": (
        '"*" = ["far"]\nconfidential."*" = ["far"]\nembargoed."*" = ["far"]',
        ["pretranslate"],
    ),
    "the first half of a way": ('"*" = ["far via en then copy"]', ["pretranslate"]),
    "the second half of a way": ('"*" = ["pseudo via en then far"]', ["pretranslate"]),
    "the command line": ('"*" = []', ["pretranslate", "--engine", "far"]),
    "an explanation": ('"*" = ["far"]', ["explain"]),
    "a job": ('"*" = ["far"]', ["job"]),
}


@pytest.fixture
def server() -> Iterator[Loopback]:
    with running(SERVICES["deep-libre"]) as server:
        yield server


def project_at(folder: Path, port: int, routes: str, flags: tuple[str, ...]) -> None:
    said = "".join(f"{flag} = true\n" for flag in flags)
    (folder / "l10n.toml").write_text(
        '[project]\nsource_locales = ["fr"]\nlocales = ["fr", "es"]\ndomains = ["legal"]\n'
        f'[routes]\n{routes}\n[engines.far]\nkind = "deep"\nprovider = "libre"\nkey = "{KEY}"\n'
        f'base_url = "http://127.0.0.1:{port}/"\n{said}',
        "utf-8",
    )
    for name, (plan, _) in PLANS.items():
        release = folder / "releases" / name
        release.mkdir(parents=True)
        (release / "source.md").write_text(f"Le texte {name} est prêt.\n", "utf-8")
        (release / "release.toml").write_text(f'date = 2026-09-14\nlocale = "fr"\n{plan}', "utf-8")


def go_through(folder: Path, command: list[str]) -> None:
    at = ["-q", "-C", str(folder)]
    assert main([*at, "update"]) == 0
    if command == ["job"]:
        assert main([*at, "jobs", "run"]) == 0
    elif command == ["explain"]:
        assert all(main([*at, "pretranslate", "--explain", f"{name}:1"]) == 0 for name in PLANS)
    else:
        assert main([*at, *command]) == 0


@pytest.mark.parametrize("flags", FLAGS, ids=lambda flags: "+".join(flags) or "no flags")
@pytest.mark.parametrize("door", DOORS)
def test_an_engine_sees_what_it_may_see_and_nothing_else(
    door: str,
    flags: tuple[str, ...],
    server: Loopback,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    routes, command = DOORS[door]
    project_at(tmp_path, server.server_port, routes, flags)
    with caplog.at_level(0):
        go_through(tmp_path, command)
    heard = json.dumps([[each.path, dict(each.fields)] for each in server.asked])
    assert {name for name in PLANS if name in heard or disguised(name) in heard} == {
        name for name, (_, needed) in PLANS.items() if needed <= set(flags)
    }
    said = caplog.text + "".join(capfd.readouterr())
    assert KEY not in said
    if door != "an explanation":
        assert "est prêt" not in said


def disguised(name: str) -> str:
    """A word as the pseudo engine leaves it, in JSON's ASCII."""
    return json.dumps(disguise(name).strip("[]"))[1:-1]
