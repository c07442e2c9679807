"""The language switcher says once of all languages it is true of how much of a release they have."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from tests.press_support import switcher_page


@pytest.mark.parametrize(
    ("choices", "shown"),
    [
        ("*fr en", ["Français, English"]),
        ("*fr en~ es ar~", ["Français, Español", "traduction partielle: English, العربية"]),
        (
            "fr en~ *es~ zh?",
            ["Français, Español", "traduction partielle: English", "version provisoire: 中文"],
        ),
        ("*fr en- es-", ["Français", "non disponible: English, Español"]),
        ("*fr en- es- de- it-", ["Français", "non disponible (4): English, Español, Deutsch, Italiano"]),
        (
            "*fr en~ es? de-",
            [
                "Français",
                "traduction partielle: English",
                "version provisoire: Español",
                "non disponible: Deutsch",
            ],
        ),
        (
            "*fr en~ es~ de~ it~ pt- nl sv",
            [
                "Autres langues (6): Français, Nederlands, Svenska",
                "traduction partielle: English, Español, Deutsch, Italiano",
                "non disponible: Português",
            ],
        ),
    ],
)
def test_languages_with_one_remark_stand_together_behind_it(
    tmp_path: Path, choices: str, shown: list[str]
) -> None:
    page = HTMLParser(switcher_page(tmp_path, choices.split()))
    found = []
    for names in page.css("nav.languages ul"):
        before = names.parent.css_first("small, summary") if names.parent else None
        remark = f"{before.text(strip=True)}: " if before and before.parent == names.parent else ""
        found.append(remark + ", ".join(name.text(strip=True) for name in names.css("[lang]")))
    assert found == shown
