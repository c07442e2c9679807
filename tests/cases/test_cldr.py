"""Names of places: those in our files are those of CLDR."""

from __future__ import annotations

import pytest

from l10n.checks.naming import cldr

_STALE = "run python -m l10n.checks.naming.cldr"


@pytest.mark.parametrize("language", cldr.LANGUAGES)
def test_a_file_holds_what_babel_says(language: str) -> None:
    assert cldr.names(language) == cldr.of_babel(language), _STALE


def test_any_other_language_is_asked_of_babel() -> None:
    assert cldr.names("nl")["DE"] == "Duitsland"
    assert cldr.names("tlh") == {}


@pytest.mark.parametrize("language", cldr.LANGUAGES)
def test_the_words_in_a_file_are_those_of_babel(language: str) -> None:
    said = cldr.words_of_babel(language)
    assert cldr.words_of_countries(language) == set(said["countries"].split()), _STALE
    assert cldr.words_of_names(language) == set(said["names"].split()), _STALE


def test_the_words_of_any_other_language_are_asked_of_babel() -> None:
    assert "duitsland" in cldr.words_of_countries("nl")
    assert "nederlands" in cldr.words_of_names("nl")
    assert cldr.words_of_names("tlh") == frozenset()
