"""Where a quick look says that a text has nothing of a kind, the thorough one finds nothing either."""

from __future__ import annotations

# ruff: noqa: SLF001 - nobody but the check itself asks either of the two
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n.checks import calendar, digits, figures, negation, quantities, quotation, titles, words
from l10n.checks.data_files import table
from l10n.checks.words import heads

Look = Callable[[str], object]

# (the quick look, the thorough one, what texts are made of)
LOOKS: dict[str, tuple[Look, Look, str]] = {
    "a date in digits": (calendar._MARKED.search, calendar._NUMERIC.search, "0123 ./-a"),
    "an identifier": (figures._LONG_HEX.search, figures._ID.search, "0a1bF-_ "),
    "a digit of another script": (lambda text: not text.isascii(), digits._OTHER_DIGIT.search, "12٣४a "),
    "quotation marks": (quotation._MAY_QUOTE.search, quotation._MARK.search, "«»“”„\"'1a "),
    "a currency": (
        lambda text: quantities._SIGNS.search(text) or quantities._THREE_CAPITALS.search(text),
        quantities._SIGN.search,
        "USDé$€₽円12 ",
    ),
}
LANGUAGES = ("en", "fr", "es", "ar", "ru", "pt", "de", "it")
LETTERS = st.text("abcdeéinorstабвнитоالمونيس", max_size=3)


@pytest.mark.parametrize("kind", LOOKS)
@given(data=st.data())
def test_nothing_is_found_where_a_quick_look_sees_nothing(kind: str, data: st.DataObject) -> None:
    quick, thorough, signs = LOOKS[kind]
    text = data.draw(st.text(signs, max_size=40) | st.text(max_size=20))
    assert quick(text) or not thorough(text)


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data())
def test_a_verb_of_refusal_is_found_only_where_a_word_begins_like_one(
    language: str, data: st.DataObject
) -> None:
    known = negation._words(language)
    assert known is not None
    assert known.firm_words is not None
    firm = table("negation")[language]["firm"].split()
    parts = data.draw(st.lists(st.sampled_from(firm) | LETTERS | st.sampled_from([" ", "-", "’", "_", "4"])))
    text = "".join(part.replace("*", data.draw(LETTERS)) for part in parts)
    assert known.firm_words.search(text) is None or not known.firm_heads.isdisjoint(heads(text))


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data())
def test_a_title_is_what_the_expression_of_all_of_them_says(language: str, data: st.DataObject) -> None:
    listed = [one for row in table("titles").values() for one in row.get(language, "").split()]
    letters = re.compile(r"[^\w]|_")
    word = letters.sub("", data.draw(st.sampled_from(listed))) + data.draw(LETTERS)
    found = titles._every(language).fullmatch(word)
    assert titles._title(word, language) == (found.lastgroup if found else None)


@given(st.text() | st.text("aAéÉбБ-’' 1_", max_size=30))
def test_a_name_has_no_letter_before_it(text: str) -> None:
    plainly = r"(?<![^\W\d_])[^\W\d_a-zß-öø-ÿа-џα-ω][^\W\d_]*(?:[-'’][^\W\d_]+)*"
    assert words.NAME.findall(text) == re.findall(plainly, text)
