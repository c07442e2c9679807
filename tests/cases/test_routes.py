"""Which engines a project asks for what."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from l10n import project
from l10n.errors import ConfigError
from l10n.project import Confidentiality

PROJECT = '[project]\nsource_locales = ["fr"]\nlocales = ["fr", "es"]\n'
ROUTES = """
[routes]
"*" = ["deepl", "apertium"]
"fr-en" = ["apertium via es"]
"*-ar" = ["own"]

[routes.confidential]
"*" = []
"fr-es" = ["apertium"]

[routes.embargoed]
"fr-es" = ["own"]

[routes.domain.legal]
"fr-*" = ["deepl via en then own"]

[engines.own]
kind = "openai"
"""
OPEN, SECRET, EARLY = Confidentiality(), Confidentiality(confidential=True), Confidentiality(embargoed=True)


def loaded(folder: Path, told: str) -> project.Project:
    (folder / "l10n.toml").write_text(PROJECT + told, "utf-8")
    return project.load(folder)


@pytest.mark.parametrize(
    ("pair", "discretion", "domains", "asked"),
    [
        (("fr", "es"), OPEN, (), ("deepl", "apertium")),
        (("fr", "en"), OPEN, (), ("apertium via es",)),
        (("fr-CA", "en-GB"), OPEN, (), ("apertium via es",)),
        (("es", "ar"), OPEN, (), ("own",)),
        (("fr", "es"), SECRET, (), ("apertium",)),
        (("fr", "en"), SECRET, (), ()),
        (("fr", "es"), EARLY, (), ("own",)),
        (("fr", "en"), EARLY, (), ("apertium via es",)),
        (("fr", "es"), Confidentiality(confidential=True, embargoed=True), (), ("apertium",)),
        (("fr", "es"), OPEN, ("health", "legal"), ("deepl via en then own",)),
        (("es", "fr"), OPEN, ("legal",), ("deepl", "apertium")),
        (("fr", "es"), EARLY, ("legal",), ("own",)),
        (("fr", "en"), EARLY, ("legal",), ("deepl via en then own",)),
    ],
)
def test_the_most_careful_rule_for_the_narrowest_pair_counts(
    tmp_path: Path,
    pair: tuple[str, str],
    discretion: Confidentiality,
    domains: tuple[str, ...],
    asked: tuple[str, ...],
) -> None:
    assert loaded(tmp_path, ROUTES).settings.routes.of(*pair, discretion, domains) == asked


@pytest.mark.parametrize("told", ["", "[routes]\n", '[routes.confidential]\n"*" = []\n'])
def test_without_a_word_the_engine_that_keeps_texts_here_is_asked(tmp_path: Path, told: str) -> None:
    assert loaded(tmp_path, told).settings.routes.of("fr", "es", OPEN) == ("apertium",)


@pytest.mark.parametrize(
    ("told", "problem", "line"),
    [
        ("[routes]\nfr_es = []\n", "routes.fr_es is no pair of languages", 5),
        ('[routes]\nfr-es = ["deepl through en"]\n', "routes.fr-es says 'deepl through en'", 5),
        ('[routes]\nfr-es = [""]\n', "routes.fr-es says ''", 5),
        ('[routes]\nfr-es = "deepl"\n', "routes.fr-es should be a list", 5),
        (
            '[routes.confidential]\nfrench = ["copy"]\n',
            "routes.confidential.french is no pair of languages",
            5,
        ),
        ('[routes]\n"*" = ["copy", "depl"]\n', "names 'depl', which is no engine", 5),
        ('[routes]\nfr-es = ["copy via en then apertum"]\n', "names 'apertum', which is no engine", 5),
        ('[routes.embargoed]\n"*" = ["ours"]\n', "names 'ours', which is no engine", 5),
        ('[engines.ours]\nkind = "depl"\n', "engines.ours.kind names 'depl', which is no engine", 5),
        (
            "[engines.deepl]\ncharacters_per_mouth = 5\n",
            "engines.deepl.characters_per_mouth is no setting of an engine of the kind 'deepl'",
            5,
        ),
        (
            '[engines.ours]\nkind = "openai"\ntimeout = 5\n',
            "engines.ours.timeout is no setting of an engine of the kind 'openai'",
            6,
        ),
        ("[engines.ours]\nembargoed = true\n", "engines.ours names 'ours', which is no engine", 4),
    ],
)
def test_a_wrong_route_is_named(tmp_path: Path, told: str, problem: str, line: int) -> None:
    with pytest.raises(ConfigError, match=problem) as raised:
        loaded(tmp_path, told)
    assert raised.value.line == line


def test_a_misspelt_engine_is_told_with_a_near_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as raised:
        loaded(tmp_path, '[routes]\n"*" = ["depl"]\n')
    assert raised.value.remedy.startswith("Did you mean deepl?  Known here: ")


def test_a_release_says_its_fields_and_becomes_public_with_time(tmp_path: Path) -> None:
    found = loaded(tmp_path, ROUTES)
    folder = tmp_path / "releases" / "law"
    folder.mkdir(parents=True)
    (folder / "source.md").write_text("Un texte.\n", "utf-8")
    plan = 'date = 2026-09-14\nlocale = "fr"\ndomains = ["legal"]\nembargo = 2026-09-14T10:00:00+00:00\n'
    (folder / "release.toml").write_text(plan, "utf-8")
    release = project.release(found, "law")
    before = dt.datetime(2026, 9, 14, 9, tzinfo=dt.UTC)
    assert project.route(found, release, "es", before) == ("own",)
    assert project.route(found, release, "es", before + dt.timedelta(hours=2)) == ("deepl via en then own",)
