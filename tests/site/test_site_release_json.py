"""A release told in JSON's values is the same release when it is read."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import fields
from pathlib import Path

import pytest

from l10n import project
from l10n.project import Credits, Event, Override, Release
from l10n.site import release_json

ROOT = Path("/srv/press")
AT = dt.datetime(2026, 9, 14, 9, tzinfo=dt.timezone(dt.timedelta(hours=2)))
BARE = Release("tanger", ROOT / "releases/tanger/source.md", "fr", ("es",), dt.date(2026, 9, 14))
FULL = Release(
    "tanger",
    ROOT / "releases/tanger/source.html",
    "fr",
    ("es", "ar"),
    dt.date(2026, 9, 14),
    title="Tanger",
    status="draft",
    embargo=AT,
    partial="wait",
    review="four-eyes",
    two_passes=("ar",),
    main="#main",
    confidential=True,
    history=(Event("corrected", AT, AT.date(), ("fr",), {"fr": "Quatorze, et non 40."}),),
    topics=("fisheries",),
    slugs={"es": "oficina"},
    former={"es": ("tanger", "tánger")},
    kind="block",
    expires=dt.date(2027, 1, 1),
    overrides={"ar": Override("Ana Ruiz", "the minister speaks")},
    page="own",
    schedule={"ar": AT.astimezone(dt.UTC)},
    credits={"es": Credits(("Ana Ruiz",), ())},
    domains=("law",),
    priority="high",
    calling_code="+33",
)


@pytest.mark.parametrize("release", [BARE, FULL], ids=["bare", "full"])
def test_it_comes_back_as_it_was(release: Release) -> None:
    told = json.loads(json.dumps(release_json.to_json(release, ROOT)))
    assert release_json.from_json(told, ROOT) == release
    assert release_json.from_json(told, Path("/elsewhere")).source == Path(
        "/elsewhere"
    ) / release.source.relative_to(ROOT)


def test_every_field_of_a_plan_is_in_this_table() -> None:
    same = {field.name for field in fields(Release) if getattr(BARE, field.name) == getattr(FULL, field.name)}
    assert same == {"id", "locale", "date"}


def test_the_releases_of_the_golden_press_come_back() -> None:
    press = project.load(Path(__file__).parents[1] / "golden" / "press")
    for release in project.releases(press):
        assert release_json.from_json(release_json.to_json(release, press.root), press.root) == release


@pytest.mark.parametrize("told", [{"Path": {}}, {"Release": {"id": "a", "nonsense": 1}}, {"at": "noon"}])
def test_anything_else_is_refused(told: object) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        release_json.from_json(told, ROOT)
