"""The columns a text takes where all letters have one width."""

from __future__ import annotations

import unicodedata

import pytest

from l10n import formats
from l10n.display_width import display_width


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("Quai 7", 6),
        ("Kékéné", 6),
        ("e\u0301te\u0301", 3),
        ("码头", 4),
        ("ｶﾀｶﾅ", 4),
        ("Ａ７", 4),
        ("한글", 4),
        ("مِينَاءٌ", 5),
        ("a\u200bb\u200d", 2),
    ],
)
def test_the_columns_of_a_text(text: str, columns: int) -> None:
    assert display_width(text) == columns


def test_lines_end_at_the_same_words_however_accents_are_written() -> None:
    text = (
        "Die Stadt öffnet ihr Museum am Hafen und zeigt dort Schiffe.  Die neue\n"
        "Halle ist groß und hell.  Viele Kinder aus allen Vierteln der Stadt waren\n"
        "schon da, und alle wollen wieder hin.\n"
    )
    document = formats.extract(text.encode(), path="museum.txt", locale="de")
    targets = (
        "Été à l'été, où né, réélu, créé.",
        "La salle créée est géante, élevée, dorée, pavée et aérée.",
    )
    written = [
        formats.merge(
            document,
            {
                segment.key: unicodedata.normalize(form, target)
                for (_, segment), target in zip(document.segments(), targets, strict=False)
            },
        )
        for form in ("NFC", "NFD")
    ]
    assert unicodedata.normalize("NFC", written[1].decode()) == written[0].decode()
