"""Where a target comes from is written and read in one word that a provenance line has room for."""

from __future__ import annotations

import pytest

from l10n import origins


@pytest.mark.parametrize(
    ("engine", "unknown", "origin"),
    [
        ("apertium", 0, "mt:apertium"),
        ("apertium", 2, "mt:apertium:2"),
        ("via-es+apertium", 12, "mt:via-es+apertium:12"),
        ("apertium", 5000, "mt:apertium:999"),
        ("via-zh-Hant+apertium", 2, "mt:via-zh-Hant+apertium"),
    ],
)
def test_a_draft_says_what_its_engine_did_not_know(engine: str, unknown: int, origin: str) -> None:
    assert origins.machine(engine, unknown) == origin
    assert len(origin) <= 24
    assert origins.engine(origin) == engine


@pytest.mark.parametrize(
    ("origin", "engine", "unknown", "score"),
    [
        ("mt:apertium:2", "apertium", 2, 0),
        ("mt:deep:google", "deep:google", 0, 0),
        ("tm:marseille:97", "", 0, 97),
        ("tm:100", "", 0, 100),
        ("human", "", 0, 100),
        ("copy", "", 0, 100),
        ("catalogue", "", 0, 0),
        ("", "", 0, 0),
    ],
)
def test_an_origin_is_read(origin: str, engine: str, unknown: int, score: int) -> None:
    assert (origins.engine(origin), origins.unknown(origin), origins.score(origin)) == (
        engine,
        unknown,
        score,
    )


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("tm:escuela-mar-valenc:97", "tm:escuela-mar-valencia:97"),
        ("tm:escuela-mar-valen:100", "tm:escuela-mar-valencia:100"),
        ("tm:escuela-mar-valen", "tm:escuela-mar-valencia"),
        ("tm:escuela-mar-valencia", "tm:escuela-mar-valencia"),
        ("tm:rapport-annuel-20:100", "tm:rapport-annuel-20…:100"),
        ("tm:memoire-des-anne:100", "tm:memoire-des-anne:100"),
        ("tm:memoire-des-annee:100", "tm:memoire-des-annee…:100"),
        ("tm:escuela:97", "tm:escuela:97"),
        ("tm:100", "tm:100"),
        ("mt:via-zh-Hant+apertium", "mt:via-zh-Hant+apertium"),
        ("human", "human"),
    ],
)
def test_a_name_that_was_cut_is_shown_whole_or_with_an_ellipsis(kept: str, shown: str) -> None:
    names = ("escuela-mar-valencia", "rapport-annuel-2024", "rapport-annuel-2025")
    assert origins.whole(kept, lambda: names) == shown
