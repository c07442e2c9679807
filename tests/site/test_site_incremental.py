"""A build that starts from what is on line: the same bytes, and nothing made that did not change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from l10n import catalogue, project, site
from l10n.site.files import Files
from tests import press_support

NOW = press_support.NOW
STRANGE = b'{"form":1,"version":2,"key":""}\n[]\n[1]'


@pytest.fixture
def press(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> project.Project:
    # Recorded here: the record tells a file that was copied from the one it saw.
    found = press_support.copied(tmp_path_factory, tmp_path / "press")
    site.publish(found, site.build_incremental(found, as_of=NOW))
    return found


def _made(built: site.BuiltSite) -> set[str]:
    """What was made, and not taken over."""
    assert isinstance(built.files, Files)
    return set(built.files.fresh)


def _target(press: project.Project, release: str, locale: str, source: str, target: str) -> None:
    path = project.catalogue_path(press, project.release(press, release), locale)
    read = catalogue.read(path)
    entries = tuple(replace(one, target=target) if one.source == source else one for one in read.entries)
    catalogue.write(replace(read, entries=entries), path)


def test_nothing_changed_makes_nothing(press: project.Project) -> None:
    built = site.build_incremental(press, as_of=NOW + dt.timedelta(hours=1))
    assert _made(built) == set()
    assert site.publish(press, built).written is False


def test_one_sentence_changes_the_page_that_shows_it_and_no_other(press: project.Project) -> None:
    _target(press, "complete", "en", "Les données sont ouvertes.", "The data are free to use.")
    built = site.build_incremental(press, as_of=NOW)
    assert {path.partition("/")[2] for path in _made(built) if path.endswith(".html")} == {
        "complete/index.html"
    }
    done = site.publish(press, built)
    assert done.changed == ("en/complete/index.html", "feed/en.json", "search/en-2026.js")


def test_a_picture_of_another_size_changes_the_pages_that_show_it(press: project.Project) -> None:
    page = "en/complete/index.html"
    assert b'width="640" height="240"' in site.build_incremental(press, as_of=NOW).files[page]
    (press.root / "releases" / "complete" / "dauphins.svg").write_text(
        press_support.PICTURE.replace('"640"', '"320"'), "utf-8"
    )
    built = site.build_incremental(press, as_of=NOW)
    assert b'width="320" height="240"' in built.files[page]
    assert {path.split("/")[1] for path in _made(built) if path.endswith("index.html")} <= {"complete"}


def test_a_headline_changes_the_lists_that_show_it_too(press: project.Project) -> None:
    _target(press, "complete", "en", "Le port de Sfax compte ses dauphins", "Sfax counts its dolphins")
    done = site.publish(press, site.build_incremental(press, as_of=NOW))
    assert set(done.changed) == {
        "en/complete/index.html",
        "en/index.html",
        "en/2026/index.html",
        "feed/en.xml",
        "feed/en.json",
        "search/en-2026.js",
    }


def test_an_empty_feed_stays_as_it_is_from_day_to_day(tmp_path: Path) -> None:
    made = project.create(tmp_path / "one", name="Port", source_locale="fr", locales=("en",))
    site.publish(made, site.build_incremental(made, as_of=NOW))
    assert site.publish(made, site.build_incremental(made, as_of=NOW + dt.timedelta(days=2))).written is False
    folder = made.root / "releases" / "port"
    folder.mkdir(parents=True)
    (folder / "source.md").write_text("# Le port\n\nIl est ouvert.\n", "utf-8")
    (folder / "release.toml").write_text('date = 2026-09-14\nlocale = "fr"\npartial = "wait"\n', "utf-8")
    site.publish(made, site.build_incremental(made, as_of=NOW))
    assert b"<updated>2026-09-14T00:00:00Z</updated>" in (made.public / "feed" / "en.xml").read_bytes()
    later = site.build_incremental(made, as_of=NOW + dt.timedelta(days=2))
    assert _made(later) == set()
    assert site.publish(made, later).written is False


def _touch_template(press: project.Project) -> None:
    own = press.root / "templates" / "site"
    own.mkdir(parents=True)
    (own / "words.html").write_text(
        "{% macro words(said, page_locale, direction) %}{{ said.text }}{% endmacro %}"
    )


def _new_title(press: project.Project) -> None:
    path = press.root / "l10n.toml"
    path.write_text(path.read_text("utf-8").replace("Port de Sfax", "Port de Sousse"), "utf-8")


def _new_language(press: project.Project) -> None:
    path = press.root / "l10n.toml"
    path.write_text(path.read_text("utf-8").replace('"zh",', '"zh",\n    "ru",'), "utf-8")


def _new_source(press: project.Project) -> None:
    path = press.root / "releases" / "complete" / "source.md"
    path.write_text(path.read_text("utf-8").replace("aube", "aurore"), "utf-8")


def _new_picture(press: project.Project) -> None:
    (press.root / "releases" / "complete" / "dauphins.ar.svg").write_text("<svg/>", "utf-8")


def _gone(press: project.Project) -> None:
    for path in (press.root / "releases" / "complete").iterdir():
        path.unlink()


def _draft(press: project.Project) -> None:
    path = press.root / "releases" / "archived" / "release.toml"
    path.write_text('status = "draft"\n' + path.read_text("utf-8"), "utf-8")


def _new_choice(press: project.Project) -> None:
    path = press.root / "releases" / "complete" / "segmentation.en.toml"
    path.write_text('[[join]]\nfirst = "Mois"\nsecond = "Dauphins"\n', "utf-8")


def _no_catalogue(press: project.Project) -> None:
    project.catalogue_path(press, project.release(press, "complete"), "zh").unlink()


CHANGES = (
    _touch_template,
    _new_title,
    _new_language,
    _new_source,
    _new_picture,
    _gone,
    _draft,
    _new_choice,
    _no_catalogue,
)


@pytest.mark.parametrize("change", CHANGES)
def test_a_build_from_what_is_on_line_is_the_same_as_one_of_everything(
    press: project.Project, change: Callable[[project.Project], None]
) -> None:
    change(press)
    found = project.load(press.root)
    some = site.build_incremental(found, as_of=NOW)
    whole = site.build_incremental(found, as_of=NOW, full=True)
    assert dict(some.files) == dict(whole.files)
    assert sorted(some.skipped, key=str) == sorted(whole.skipped, key=str)
    site.publish(found, some)
    assert site.verify(found) == ()
    assert _made(site.build_incremental(found, as_of=NOW)) == set()


def test_all_changes_one_after_the_other_end_where_one_build_would(press: project.Project) -> None:
    record = site.recorded(press)
    for change in CHANGES:
        if change is not _gone:
            change(press)
        found = project.load(press.root)
        built = site.build(found, as_of=NOW, kept=site.kept(found), before=record)
        assert dict(built.files) == dict(site.build_incremental(found, as_of=NOW, full=True).files)
        record = site.publish(found, built).record


def test_what_a_moment_changes_is_made_when_it_has_come(press: project.Project) -> None:
    plan = press.root / "releases" / "complete" / "release.toml"
    event = '\n[[history]]\nwhat = "retracted"\nat = 2026-12-01T00:00:00+00:00\n'
    plan.write_text(plan.read_text("utf-8") + event, "utf-8")
    site.publish(press, site.build_incremental(press, as_of=NOW))
    before = site.build_incremental(press, as_of=dt.datetime(2026, 11, 30, tzinfo=dt.UTC))
    after = site.build_incremental(press, as_of=dt.datetime(2026, 12, 1, tzinfo=dt.UTC))
    assert _made(before) == set()
    assert "en/complete/index.html" in _made(after)


@pytest.mark.parametrize("data", [None, b"", b"{}", b"\xff", b'{"form": 1}', STRANGE])
def test_the_record_is_safe_to_lose(press: project.Project, data: bytes | None) -> None:
    record = press.state / "site" / "record.json"
    if data is None:
        record.unlink()
    else:
        record.write_bytes(data)
    built = site.build_incremental(press, as_of=NOW)
    assert len(_made(built)) == len(built.files)
    assert site.publish(press, built).written is False


def test_after_a_rollback_everything_is_made_again(press: project.Project) -> None:
    _target(press, "complete", "en", "Les données sont ouvertes.", "The data are free to use.")
    site.publish(press, site.build_incremental(press, as_of=NOW))
    site.rollback(press)
    assert site.recorded(press) is None
    site.publish(press, site.build_incremental(press, as_of=NOW))
    assert b"free to use" in (press.public / "en" / "complete" / "index.html").read_bytes()
