"""The language a text is plainly in instead of a locale's, by a table of cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n.language import instead_of


def rows() -> list[list[str]]:
    lines = Path(__file__).with_name("other-language.txt").read_text("utf-8").splitlines()
    return [line.split(" | ") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("locale", "text", "other"), rows())
def test_the_language_of_a_text_is_doubted_where_it_is_plainly_another(
    locale: str, text: str, other: str
) -> None:
    assert (instead_of(text, locale) or "-") == other
