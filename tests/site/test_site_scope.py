"""A publication of one release, or one language of it: the rest stays as it was published last."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from l10n import catalogue, project, site
from l10n.project import Event
from l10n.site import Scope
from tests import press_support

NOW = press_support.NOW
LATER = NOW + dt.timedelta(days=1)
AUBE = "Le relevé se fait à l'aube."


@pytest.fixture
def press(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> project.Project:
    return press_support.copied_with_record(tmp_path_factory, tmp_path / "press")


def _say(press: project.Project, release: str, locale: str, target: str) -> None:
    """Approve another target of one sentence."""
    path = project.catalogue_path(press, project.release(press, release), locale)
    read = catalogue.read(path)
    entries = tuple(replace(one, target=target) if one.source == AUBE else one for one in read.entries)
    catalogue.write(replace(read, entries=entries), path)


def _plan(press: project.Project, release: str, first: str = "", more: str = "") -> None:
    path = press.root / "releases" / release / "release.toml"
    path.write_text(f"{first}\n{path.read_text('utf-8')}\n{more}\n", "utf-8")


def _reword(press: project.Project, release: str) -> None:
    path = press.root / "releases" / release / "source.md"
    path.write_text(path.read_text("utf-8").replace("aube", "aurore"), "utf-8")


def _vandalised(press: project.Project) -> None:
    """Everything is another, or gone, but what is kept of what was published."""
    for path in (press.root / "releases").glob("*/source.*"):
        path.write_text("Il ne reste rien.\n", "utf-8")
    for path in (press.root / "releases").glob("*/*.svg"):
        path.unlink()
    for number, path in enumerate(sorted((press.root / "releases").glob("*/release.toml"))):
        if number % 2:
            shutil.rmtree(path.parent)
        else:
            path.write_text("date = 1999-01-01\n" if number % 4 else "not a plan", "utf-8")
    shutil.rmtree(press.root / "locales")


def _built(press: project.Project, scope: Scope, *, as_of: dt.datetime = NOW) -> Mapping[str, bytes]:
    """The site with and without the record of what is on line, which must make no difference."""
    some = dict(site.build_incremental(press, as_of=as_of, scope=scope).files)
    whole = dict(site.build_incremental(press, as_of=as_of, scope=scope, full=True).files)
    assert some.keys() == whole.keys()
    assert [path for path in some if some[path] != whole[path]] == []
    return some


def _changed(press: project.Project, scope: Scope, *, as_of: dt.datetime = NOW) -> set[str]:
    before, after = press_support.on_line(press), _built(press, scope, as_of=as_of)
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def _pages(paths: set[str]) -> set[str]:
    """The releases' pages among some paths."""
    return {
        path for path in paths if path.count("/") == 2 and path.endswith(".html") and "/20" not in path
    } - {f"{locale}/search/index.html" for locale in ("fr", *press_support.LOCALES)}


def test_every_page_can_be_made_again_from_what_is_kept(press: project.Project) -> None:
    before = press_support.on_line(press)
    _vandalised(press)
    made = site.build_incremental(press, as_of=NOW, full=True, scope=Scope())
    assert dict(made.files) == before


def test_what_is_kept_is_enough_under_another_template(press: project.Project) -> None:
    own = press.root / "templates" / "site"
    own.mkdir(parents=True)
    (own / "words.html").write_text(
        "{% macro words(said, page_locale, direction) %}<b>{{ said.text }}</b>{% endmacro %}"
    )
    expected = dict(site.build_incremental(press, as_of=NOW).files)
    _vandalised(press)
    assert dict(site.build_incremental(press, as_of=NOW, scope=Scope()).files) == expected


def test_one_release_goes_on_line_and_nothing_else(press: project.Project) -> None:
    for release in ("complete", "corrected", "one"):
        for locale in ("en", "ar"):
            _say(press, release, locale, f"Dawn {release}.")
    _reword(press, "corrected")
    changed = _changed(press, Scope({"complete": ()}))
    assert _pages(changed) == {"en/complete/index.html", "ar/complete/index.html"}
    told = {"search/en-2026.js", "search/ar-2026.js", "feed/en.json", "feed/ar.json"}
    assert changed - _pages(changed) == told


def test_one_language_goes_on_line_and_the_others_stay(press: project.Project) -> None:
    for locale in press_support.LOCALES:
        _say(press, "complete", locale, f"Dawn {locale}.")
    assert _pages(_changed(press, Scope({"complete": ("en",)}))) == {"en/complete/index.html"}


def test_a_new_release_waits_until_it_is_published_itself(press: project.Project) -> None:
    shutil.copytree(press.root / "releases" / "complete", press.root / "releases" / "new")
    for locale in press_support.LOCALES:
        path = press.root / f"locales/{locale}/LC_MESSAGES/new.po"
        shutil.copy(path.with_name("complete.po"), path)
    assert _changed(press, Scope({"corrected": ()})) == set()
    built = site.build_incremental(press, as_of=NOW, scope=Scope({"corrected": ()}))
    assert ("new", "", "nobody has published it yet") in [
        (held.release, held.locale, held.why) for held in built.skipped
    ]
    plan = press.root / "releases" / "new" / "release.toml"
    published = plan.read_text("utf-8")
    plan.write_text(f"{published}\n[schedule]\nfr = 2027-01-11T09:00:00+01:00\n", "utf-8")
    built = site.build_incremental(press, as_of=NOW, scope=Scope({"corrected": ()}))
    assert ("new", "", "it is planned for 2027-01-11T09:00:00+01:00") in [
        (held.release, held.locale, held.why) for held in built.skipped
    ]
    plan.write_text(published, "utf-8")
    assert _pages(_changed(press, Scope({"new": ("en",)}))) == {"fr/new/index.html", "en/new/index.html"}


def test_publications_one_by_one_end_where_one_of_everything_does(press: project.Project) -> None:
    for release in ("complete", "corrected", "one"):
        _say(press, release, "en", f"Dawn {release}.")
        _say(press, release, "ar", f"Dawn {release}.")
        _plan(press, release, more=f'[former]\nen = ["formerly-{release}"]' if release != "one" else "")
    at_once = dict(site.build_incremental(press, as_of=NOW, full=True).files)
    record = site.recorded(press)
    for scope in (Scope({"complete": ("en",)}), Scope({"corrected": ()}), Scope({"one": ()})):
        built = site.build_incremental(press, as_of=NOW, scope=scope, last=record)
        record = site.publish(press, built).record
        assert site.verify(press) == ()
    assert press_support.on_line(press) != at_once
    built = site.build_incremental(press, as_of=NOW, last=record)
    assert dict(built.files) == at_once


def test_a_plan_that_changed_waits_as_the_text_does(press: project.Project) -> None:
    _plan(press, "complete", 'status = "draft"')
    _plan(press, "corrected", 'title = "Another"', '[slugs]\nen = "elsewhere"')
    assert _changed(press, Scope({"one": ()})) == set()
    there = _built(press, Scope({"corrected": ()}))
    assert "en/elsewhere/index.html" in there
    assert "en/complete/index.html" in there


def test_what_is_due_happens_in_its_languages_whatever_is_published(press: project.Project) -> None:
    at = (NOW + dt.timedelta(hours=1)).isoformat()
    _plan(press, "complete", more=f'[[history]]\nwhat = "withdrawn"\nat = {at}\nlocales = ["en"]\n')
    for locale in ("en", "ar"):
        _say(press, "complete", locale, f"Dawn {locale}.")
    assert _changed(press, Scope()) == set()
    there = _built(press, Scope(), as_of=LATER)
    assert b"Withdrawn press release" in there["en/complete/index.html"]
    assert b"Dawn ar." not in there["ar/complete/index.html"]
    assert b"Dawn" not in b"".join(there.values())


@pytest.mark.parametrize("how", ["embargo = {}", "[schedule]\nfr = {}"])
def test_what_opens_by_itself_brings_every_language(press: project.Project, how: str) -> None:
    at = (NOW + dt.timedelta(hours=1)).isoformat()
    _plan(press, "complete", 'status = "draft"')
    site.publish(press, site.build_incremental(press, as_of=NOW))
    plan = press.root / "releases" / "complete" / "release.toml"
    plan.write_text(plan.read_text("utf-8").replace('status = "draft"', ""), "utf-8")
    _plan(press, "complete", **({"first" if "[" not in how else "more": how.format(at)}))
    site.publish(press, site.build_incremental(press, as_of=NOW))
    assert not (press.public / "fr" / "complete" / "index.html").exists()
    _say(press, "corrected", "en", "Dawn.")
    changed = _changed(press, Scope(), as_of=LATER)
    came = {path for path in _pages(changed) if path not in press_support.on_line(press)}
    assert came == {f"{locale}/complete/index.html" for locale in ("fr", *press_support.LOCALES)}
    # The pages that name the release lead to it from now on.
    assert _pages(changed) - came == {f"{locale}/own/index.html" for locale in ("fr", *press_support.LOCALES)}


def test_the_block_at_the_foot_is_published_by_itself_too(press: project.Project) -> None:
    source = press.root / "releases" / "about" / "source.txt"
    source.write_text("À propos du port\n\nLe port est neuf.\n", "utf-8")
    _say(press, "complete", "en", "Dawn.")
    assert _changed(press, Scope({"one": ()})) == set()
    there = _built(press, Scope({"about": ()}))
    assert b"Le port est neuf." in there["fr/corrected/index.html"]
    assert b"Dawn." not in there["en/complete/index.html"]


def test_what_would_come_of_a_plan_is_seen_before_it_is_written(press: project.Project) -> None:
    release = project.release(press, "complete")
    event = Event("retracted", NOW, NOW.date(), ("fr",), {"fr": "Les chiffres sont faux."})
    planned = replace(release, history=(*release.history, event))
    site.publish(press, site.build_incremental(press, as_of=NOW))
    scope = Scope({"complete": ("fr",)}, {"complete": planned})
    there = _built(press, scope)
    assert b"Les chiffres sont faux." in there["fr/complete/index.html"]
    assert _pages(_changed(press, scope)) == {
        f"{locale}/complete/index.html" for locale in ("fr", *press_support.LOCALES)
    }
    assert _changed(press, Scope()) == set()


def test_a_site_whose_memory_is_lost_is_published_whole(press: project.Project) -> None:
    _say(press, "complete", "en", "Dawn.")
    for path in (press.state / "site").glob("*.made"):
        path.unlink()
    there = site.build_incremental(press, as_of=NOW, scope=Scope({"corrected": ()})).files
    assert b"Dawn." in there["en/complete/index.html"]


def test_one_release_of_a_site_on_which_none_was_is_published_alone(tmp_path: Path) -> None:
    press = project.create(tmp_path / "press", name="Presse", source_locale="fr", locales=("en",))
    site.publish(press, site.build_incremental(press, as_of=NOW))
    for name in ("first", "second"):
        folder = press.root / "releases" / name
        folder.mkdir(parents=True)
        (folder / "source.md").write_text("# Une annonce\n", "utf-8")
        (folder / "release.toml").write_text('date = 2026-09-01\nlocale = "fr"\n', "utf-8")
    there = site.build_incremental(press, as_of=NOW, scope=Scope({"first": ()})).files
    assert "fr/first/index.html" in there
    assert not [path for path in there if "second" in path]


def test_an_earlier_version_is_what_stays_after_going_back_to_it(press: project.Project) -> None:
    before = press_support.on_line(press)
    _say(press, "complete", "en", "Dawn.")
    site.publish(press, site.build_incremental(press, as_of=NOW))
    site.rollback(press)
    assert dict(site.build_incremental(press, as_of=NOW, scope=Scope({"one": ()})).files) == before
