"""Where a quick look says that a text has nothing of a kind, the thorough one finds nothing either."""

from __future__ import annotations

# ruff: noqa: SLF001 - nobody but the check itself asks either of the two
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n.checks import (
    calendar,
    digits,
    durations,
    figures,
    fractions,
    magnitudes,
    negation,
    noon,
    quantities,
    quotation,
    titles,
    words,
)
from l10n.checks.data_files import table
from l10n.checks.listed import may_say
from l10n.checks.words import heads, lowered

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
Listed = Callable[[str], tuple[frozenset[str], list[re.Pattern[str]]]]

# What the words of a table begin with in a language, and the expressions that a text is then searched for.
LISTED: dict[str, Listed] = {
    "noon": lambda language: (
        noon._fronts(language),
        [noon._expression(listed, language) for listed in table("noon")[language].values()],
    ),
    "fractions": lambda language: (fractions._fronts(language), [fractions._pattern(language)]),
    "magnitudes": lambda language: (
        magnitudes._fronts(language),
        [pattern for _, pattern in magnitudes._by_power(language)]
        if language == "zh"
        else [magnitudes._pattern(language)],
    ),
    "durations": lambda language: (
        durations._fronts(language),
        [
            durations._expression(listed, language)
            for kind in ("minutes", "months")
            for listed in table("durations")[language].get(kind, {}).values()
        ],
    ),
}
WHAT_WORDS_HAVE = re.compile(r"[^\W_]+|_")
LETTERS = st.text("abcdeéinorstабвнитоالمونيس", max_size=3)


@pytest.mark.parametrize("kind", LOOKS)
@given(data=st.data())
def test_nothing_is_found_where_a_quick_look_sees_nothing(kind: str, data: st.DataObject) -> None:
    quick, thorough, signs = LOOKS[kind]
    text = data.draw(st.text(signs, max_size=40) | st.text(max_size=20))
    assert quick(text) or not thorough(text)


@pytest.mark.parametrize("language", [*LANGUAGES, "zh"])
@pytest.mark.parametrize("name", LISTED)
@given(data=st.data())
def test_what_a_table_lists_is_found_only_where_a_text_has_what_it_begins_with(
    name: str, language: str, data: st.DataObject
) -> None:
    fronts, expressions = LISTED[name](language)
    listed = " ".join(_listed(table(name)[language])).split()
    words_of = data.draw(st.lists(st.sampled_from(listed) | LETTERS | st.sampled_from(["_", "4", "-"])))
    text = " ".join(part for word in words_of for part in _pieces(word, data)).replace("_", " ")
    found = any(expression.search(lowered(text)) for expression in expressions)
    assert may_say(text, language, fronts) or not found


def _listed(row: object) -> list[str]:
    """The lists of a row of a table, whatever it has them under."""
    if isinstance(row, dict):
        return [listed for value in row.values() for listed in _listed(value)]
    return [row] if isinstance(row, str) else []


def _pieces(word: str, data: st.DataObject) -> list[str]:
    """A word as it is listed, or the letters of its expression, joined or apart."""
    letters = WHAT_WORDS_HAVE.findall(word)
    return data.draw(st.sampled_from([[word], ["".join(letters)], letters]))


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
