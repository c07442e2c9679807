"""Names of places: those in our files are those of CLDR."""

from __future__ import annotations

import pytest

from l10n.checks import cldr


@pytest.mark.parametrize("language", cldr.LANGUAGES)
def test_a_file_holds_what_babel_says(language: str) -> None:
    assert cldr.names(language) == cldr.of_babel(language), "run python -m l10n.checks.cldr"


def test_any_other_language_is_asked_of_babel() -> None:
    assert cldr.names("nl")["DE"] == "Duitsland"
    assert cldr.names("tlh") == {}
