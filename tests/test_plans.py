"""A plan changed by a program: what people wrote around the change stays."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from l10n import project
from l10n.errors import ConfigError
from l10n.project import Event, Override, Release, plans

AT = dt.datetime(2026, 9, 15, 9, tzinfo=dt.timezone(dt.timedelta(hours=2)))
HEAD = 'date = 2026-09-14 # a Monday\nlocale = "fr"\n'


def _release(folder: Path, plan: str) -> tuple[project.Project, Release, Path]:
    made = project.create(folder / "p", name="Plans", source_locale="fr", locales=("es", "pt-BR"))
    (folder / "s.md").write_text("# Bonjour\n", "utf-8")
    release = project.add(
        made, folder / "s.md", release_id="one", locale="fr", locales=(), date=dt.date(2026, 9, 14)
    )
    path = release.folder / "release.toml"
    path.write_text(plan, "utf-8")
    return made, project.release(made, "one"), path


@pytest.mark.parametrize(
    ("plan", "after"),
    [
        (HEAD, f"{HEAD}\n[schedule]\nes = 2026-09-15 09:00:00+02:00\n"),
        (
            f"{HEAD}\n[schedule]\nes = 2026-01-01T00:00:00Z\n# a word\n\n[slugs]\nes = 'uno'\n",
            f"{HEAD}\n[schedule]\nes = 2026-09-15 09:00:00+02:00\n# a word\n\n[slugs]\nes = 'uno'\n",
        ),
    ],
)
def test_a_language_is_planned(tmp_path: Path, plan: str, after: str) -> None:
    made, release, path = _release(tmp_path, plan)
    plans.publish(release, ["es"], at=AT)
    assert path.read_text("utf-8") == after
    assert project.release(made, "one").schedule == {"es": AT}


def test_a_moment_may_be_told_by_the_clocks_of_a_place(tmp_path: Path) -> None:
    event = '[[history]]\nwhat = "archived"\nat = "2026-12-15T00:30[Europe/Paris]"\n'
    plan = f'{HEAD}embargo = "2026-09-15T09:00 Europe/Paris"\n{event}'
    _, release, _ = _release(tmp_path, plan)
    assert release.embargo == AT
    assert [(event.day, event.at.isoformat()) for event in release.history] == [
        (dt.date(2026, 12, 15), "2026-12-15T00:30:00+01:00")
    ]


def test_an_hour_that_clocks_show_twice_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        _release(tmp_path, f'{HEAD}embargo = "2026-10-25T02:30 Europe/Paris"\n')
    assert "embargo is '2026-10-25T02:30 Europe/Paris': clocks show this hour twice" in str(refused.value)
    assert refused.value.line == 3


def test_all_at_once_ends_what_was_planned_for_each(tmp_path: Path) -> None:
    made, release, _ = _release(tmp_path, f'# ours\n{HEAD}status = "draft"\n')
    plans.publish(release, ["es", "pt-BR"], at=AT)
    plans.publish(project.release(made, "one"), [], at=AT)
    found = project.release(made, "one")
    assert (found.status, dict(found.schedule)) == ("published", {})


def test_an_override_says_who_and_why_whatever_they_typed(tmp_path: Path) -> None:
    made, release, path = _release(tmp_path, f'{HEAD}\n[overrides.es]\nby = "A"\nwhy = "b"\n')
    said = Override('Ana "R" Ruiz', 'it is\nnoon\n[schedule]\nes = 1 # """')
    plans.override(release, "es", said)
    plans.override(release, "pt-BR", said)
    assert project.release(made, "one").overrides == {"es": said, "pt-BR": said}
    assert path.read_text("utf-8").startswith(HEAD)


def test_a_plan_that_cannot_be_followed_is_left_as_it_is(tmp_path: Path) -> None:
    plan = f"schedule = {{ es = 2026-01-01T00:00:00Z }}\n{HEAD}"
    _, release, path = _release(tmp_path, plan)
    with pytest.raises(ConfigError, match="cannot be set in this plan"):
        plans.publish(release, ["es"], at=AT)
    assert path.read_text("utf-8") == plan


@pytest.mark.parametrize(
    "plan",
    [
        HEAD,
        f"{HEAD}\n[slugs]\nes = 'uno' # for now\n\n\n",
        f'{HEAD}\n[[history]]\nwhat = "archived"\nat = 2026-09-14\n\n[history.text]\nfr = "Oui."\n',
    ],
)
def test_what_happens_is_written_behind_what_is_there(tmp_path: Path, plan: str) -> None:
    made, release, path = _release(tmp_path, plan)
    text = 'Le bureau compte 14 "agents" \\ [40].'
    plans.add_event(release, Event("corrected", AT, AT.date(), ("fr", "es"), {"fr": text}))
    assert path.read_text("utf-8").startswith(plan.rstrip() + "\n\n[[history]]\n")
    *before, last = project.release(made, "one").history
    assert (last.what, last.at, last.locales, dict(last.texts)) == (
        "corrected",
        AT,
        ("fr", "es"),
        {"fr": text},
    )
    assert before == list(release.history)


def test_events_that_stand_in_one_line_are_left_to_people(tmp_path: Path) -> None:
    plan = f'{HEAD}history = [{{ what = "archived", at = 2026-09-20 }}]\n'
    _, release, path = _release(tmp_path, plan)
    with pytest.raises(ConfigError, match="cannot be added to this plan by itself"):
        plans.add_event(release, Event("restored", AT, AT.date()))
    assert path.read_text("utf-8") == plan
