"""A moment to come in the plan of a live release: readers keep what they have until then."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from l10n import catalogue, project, site
from l10n.site import Scope
from tests import press_support

NOW = press_support.NOW
SOON = NOW + dt.timedelta(hours=1)
MOMENT = NOW + dt.timedelta(hours=2)
LATER = NOW + dt.timedelta(hours=3)
AUBE = "Le relevé se fait à l'aube."
COMPLETE = [f"{locale}/complete/index.html" for locale in ("fr", *press_support.LOCALES)]
# However an editor writes it: the whole release, by its embargo or by the day of its own language.
WHOLE = [f"embargo = {MOMENT.isoformat()}\n", f"[schedule]\nfr = {MOMENT.isoformat()}\n"]


@pytest.fixture
def press(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> project.Project:
    return press_support.copied_with_record(tmp_path_factory, tmp_path / "press")


def _plan(press: project.Project, text: str) -> None:
    """Write into the plan of a release, a setting before the tables and a table behind them."""
    path = press.root / "releases" / "complete" / "release.toml"
    plan = path.read_text("utf-8")
    path.write_text(f"{plan}\n{text}" if text.startswith("[") else f"{text}{plan}", "utf-8")


def _say(press: project.Project, locale: str, target: str) -> None:
    path = project.catalogue_path(press, project.release(press, "complete"), locale)
    read = catalogue.read(path)
    entries = tuple(replace(one, target=target) if one.source == AUBE else one for one in read.entries)
    catalogue.write(replace(read, entries=entries), path)


def _built(press: project.Project, as_of: dt.datetime, scope: Scope | None = None) -> Mapping[str, bytes]:
    """The site with and without the record of what is on line, which must make no difference."""
    some = dict(site.build_incremental(press, as_of=as_of, scope=scope).files)
    assert some == dict(site.build_incremental(press, as_of=as_of, scope=scope, full=True).files)
    return some


def _said(press: project.Project, as_of: dt.datetime) -> list[tuple[str, str]]:
    built = site.build_incremental(press, as_of=as_of)
    return [(held.locale, held.why) for held in built.skipped if held.release == "complete"]


@pytest.mark.parametrize("text", WHOLE)
def test_what_readers_have_stays_and_the_editor_is_told(press: project.Project, text: str) -> None:
    _plan(press, text)
    assert _built(press, SOON) == press_support.on_line(press)
    ((locale, why),) = _said(press, SOON)
    assert locale == ""
    assert MOMENT.isoformat() in why
    assert "readers have it already and keep it as it is until then" in why
    assert "withdraw it" in why


def test_the_editor_is_told_that_an_embargo_moves_the_day_unless_something_was_corrected(
    press: project.Project,
) -> None:
    day = project.release(press, "complete").date
    later = dt.datetime.combine(NOW.date() + dt.timedelta(days=1), dt.time(9), tzinfo=dt.UTC)
    _plan(press, f"embargo = {later.isoformat()}\n")
    ((_, why),) = _said(press, SOON)
    assert f"from then on it is dated {later.date()}: to keep {day}, record what was corrected" in why
    _plan(
        press,
        f'[[history]]\nwhat = "corrected"\nat = {later.isoformat()}\ntext = {{ fr = "Il est tard." }}\n',
    )
    ((_, why),) = _said(press, SOON)
    assert "is dated" not in why


@pytest.mark.parametrize("text", WHOLE)
def test_nothing_new_of_it_comes_before_its_moment(press: project.Project, text: str) -> None:
    _plan(press, f'title = "Secret"\n{text}' if not text.startswith("[") else text)
    _say(press, "en", "A secret dawn.")
    assert _built(press, SOON) == press_support.on_line(press)
    assert _built(press, SOON, Scope({"complete": ()})) == press_support.on_line(press)


@pytest.mark.parametrize("text", WHOLE)
@pytest.mark.parametrize("scope", [None, Scope()])
def test_at_its_moment_it_comes_in_every_language(
    press: project.Project, text: str, scope: Scope | None
) -> None:
    _plan(press, text)
    _say(press, "en", "A new dawn.")
    site.publish(press, site.build_incremental(press, as_of=SOON))
    assert site.due(press, project.releases(press), LATER)
    there = _built(press, LATER, scope)
    assert b"A new dawn." in there["en/complete/index.html"]
    assert set(COMPLETE) <= there.keys()


def test_one_language_waits_for_its_moment_and_the_others_do_not(press: project.Project) -> None:
    _plan(press, f"[schedule]\nen = {MOMENT.isoformat()}\n")
    for locale in ("en", "ar"):
        _say(press, locale, f"Dawn {locale}.")
    there = _built(press, SOON)
    assert there["en/complete/index.html"] == press_support.on_line(press)["en/complete/index.html"]
    assert b"Dawn ar." in there["ar/complete/index.html"]
    assert [locale for locale, _ in _said(press, SOON)] == ["en"]
    site.publish(press, site.build_incremental(press, as_of=SOON))
    assert b"Dawn en." in _built(press, LATER, Scope())["en/complete/index.html"]


def test_what_is_withdrawn_goes_whatever_its_plan_waits_for(press: project.Project) -> None:
    _plan(press, WHOLE[0])
    _say(press, "en", "A secret dawn.")
    _plan(press, f'[[history]]\nwhat = "withdrawn"\nat = {NOW.isoformat()}\nlocales = ["en"]\n')
    there = _built(press, SOON)
    assert b"Withdrawn press release" in there["en/complete/index.html"]
    assert b"dawn" not in there["en/complete/index.html"]
    assert b"1 240" in there["fr/complete/index.html"].replace("\u202f".encode(), b" ").replace(
        "\u00a0".encode(), b" "
    )


def test_a_release_that_nobody_has_waits_as_ever(press: project.Project) -> None:
    shutil.copytree(press.root / "releases" / "complete", press.root / "releases" / "new")
    path = press.root / "releases" / "new" / "release.toml"
    path.write_text(WHOLE[0] + path.read_text("utf-8"), "utf-8")
    assert [name for name in _built(press, SOON) if "/new/" in name] == []


def test_a_moment_before_the_last_publication_is_shown_without_it(press: project.Project) -> None:
    _plan(press, WHOLE[0])
    site.publish(press, site.build_incremental(press, as_of=LATER))
    assert set(COMPLETE) <= press_support.on_line(press).keys()
    assert not set(COMPLETE) & _built(press, SOON).keys()


def test_a_draft_is_off_line(press: project.Project) -> None:
    _plan(press, 'status = "draft"\n')
    assert not set(COMPLETE) & _built(press, SOON).keys()


def _happens(press: project.Project, what: str, at: dt.datetime) -> None:
    _plan(press, f'[[history]]\nwhat = "{what}"\nat = {at.isoformat()}\nlocales = ["en"]\n')


@pytest.mark.parametrize("text", [*WHOLE, f"[schedule]\nen = {MOMENT.isoformat()}\n"])
def test_what_was_withdrawn_comes_back_at_the_moment_and_not_before(
    press: project.Project, text: str
) -> None:
    _happens(press, "withdrawn", NOW)
    site.publish(press, site.build_incremental(press, as_of=NOW))
    assert b"Withdrawn press release" in press_support.on_line(press)["en/complete/index.html"]
    _happens(press, "restored", NOW + dt.timedelta(minutes=30))
    _plan(press, text)
    _say(press, "en", "A secret dawn.")
    for scope in (None, Scope(), Scope({"complete": ()})):
        there = _built(press, SOON, scope)["en/complete/index.html"]
        assert b"Withdrawn press release" in there
        assert b"dawn" not in there
    there = _built(press, LATER)["en/complete/index.html"]
    assert b"A secret dawn." in there


@pytest.mark.parametrize("text", [*WHOLE, f"[schedule]\nen = {MOMENT.isoformat()}\n"])
def test_a_withdrawal_takes_effect_by_itself_before_the_moment(press: project.Project, text: str) -> None:
    _plan(press, text)
    site.publish(press, site.build_incremental(press, as_of=NOW))
    _happens(press, "withdrawn", NOW + dt.timedelta(minutes=30))
    for scope in (Scope(), Scope({"complete": ("en",)})):
        assert b"Withdrawn press release" in _built(press, SOON, scope)["en/complete/index.html"]


def test_what_has_expired_goes_although_a_moment_is_to_come(press: project.Project) -> None:
    _plan(press, f"expires = {(SOON - dt.timedelta(days=2)).date().isoformat()}\n{WHOLE[0]}")
    assert not set(COMPLETE) & _built(press, SOON).keys()


def test_what_a_rollback_took_off_line_waits(press: project.Project) -> None:
    _plan(press, 'status = "draft"\n')
    site.publish(press, site.build_incremental(press, as_of=NOW))
    path = press.root / "releases" / "complete" / "release.toml"
    path.write_text(path.read_text("utf-8").removeprefix('status = "draft"\n'), "utf-8")
    site.publish(press, site.build_incremental(press, as_of=NOW))
    assert set(COMPLETE) <= press_support.on_line(press).keys()
    site.rollback(press)
    _plan(press, WHOLE[0])
    for scope in (None, Scope(), Scope({"complete": ()})):
        assert not set(COMPLETE) & _built(press, SOON, scope).keys()


def test_where_nothing_is_kept_of_what_was_published_all_of_it_waits(press: project.Project) -> None:
    _plan(press, WHOLE[0])
    shutil.rmtree(press.state / "site")
    assert not set(COMPLETE) & _built(press, SOON).keys()


@pytest.mark.parametrize(
    "text", [WHOLE[0], f"[schedule]\nen = {MOMENT.isoformat()}\nzh = {MOMENT.isoformat()}\n"]
)
def test_a_language_added_since_waits_while_the_others_stay(press: project.Project, text: str) -> None:
    path = press.root / "releases" / "complete" / "release.toml"
    plan = path.read_text("utf-8")
    path.write_text(f'locales = ["en", "ar"]\n{plan}', "utf-8")
    site.publish(press, site.build_incremental(press, as_of=NOW))
    path.write_text(plan, "utf-8")
    _plan(press, text)
    there = _built(press, SOON)
    assert "zh/complete/index.html" not in there
    assert not [
        name for name, page in there.items() if name.startswith("fr/complete") and b"/zh/complete/" in page
    ]
    assert set(COMPLETE) - there.keys() == {"zh/complete/index.html"}
    assert set(COMPLETE) <= _built(press, LATER).keys()
