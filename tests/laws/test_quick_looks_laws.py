"""Where a quick look says that a text has nothing of a kind, the thorough one finds nothing either."""

from __future__ import annotations

# ruff: noqa: SLF001 - nobody but the check itself asks either of the two
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n.checks import quotation, runner
from l10n.checks.amounts import bounds, durations, figures, fractions, magnitudes, quantities
from l10n.checks.naming import titles, unlisted_people
from l10n.checks.pair import Pair
from l10n.checks.reading import digits, words
from l10n.checks.reading.data_files import table
from l10n.checks.reading.listed import may_say
from l10n.checks.reading.words import heads, lowered, word_set
from l10n.checks.sense import antonyms, negation_words, opposites
from l10n.checks.times import calendar, clock, noon

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
    "clock": lambda language: (clock._marks(language), list(clock._expressions(language).values())),
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
    known = negation_words.load(language)
    assert known is not None
    assert known.firm_words is not None
    firm = table("negation")[language]["firm"].split()
    parts = data.draw(st.lists(st.sampled_from(firm) | LETTERS | st.sampled_from([" ", "-", "’", "_", "4"])))
    text = "".join(part.replace("*", data.draw(LETTERS)) for part in parts)
    assert known.firm_words().search(text) is None or not known.firm_heads.isdisjoint(heads(text))


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data())
def test_a_title_is_what_the_expression_of_all_of_them_says(language: str, data: st.DataObject) -> None:
    listed = [one for row in table("titles").values() for one in row.get(language, "").split()]
    letters = re.compile(r"[^\w]|_")
    word = letters.sub("", data.draw(st.sampled_from(listed))) + data.draw(LETTERS)
    held = titles._DEPUTY.sub("", word)
    found = titles._every(language).fullmatch(held)
    if found is None and language == "de":
        found = titles._every(language).fullmatch(titles._CHIEF.sub("", held))
    assert titles._title(word, language) == (found.lastgroup if found else None)


@given(st.text() | st.text("aAéÉбБ-’' 1_", max_size=30))
def test_a_name_has_no_letter_before_it(text: str) -> None:
    plainly = r"(?<![^\W\d_])[^\W\d_a-zß-öø-ÿа-џα-ω][^\W\d_]*(?:[-'’][^\W\d_]+)*"
    assert words.NAME.findall(text) == re.findall(plainly, text)


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data())
def test_a_row_of_opposite_words_is_looked_for_where_its_first_words_stand(
    language: str, data: st.DataObject
) -> None:
    listed = {
        row: entries
        for *row_, entries in antonyms._listed(language)
        if (row := tuple(row_)) and any(not entry.rstrip("*").isalpha() for entry in entries)
    }
    row = data.draw(st.sampled_from(sorted(listed)))
    pieces = re.findall(r"[^\W\d_]+|\W", " ".join(listed[row]).replace("_", " "))
    text = "".join(data.draw(st.lists(st.sampled_from(pieces) | LETTERS | st.just(" "), max_size=12)))
    first_words = {word for entry in listed[row] for word in re.findall(r"\A[^\W\d_]+(?=.*[^\w*])", entry)}
    found = [one for one in antonyms._rows(language).rows if (one.contrast, one.side) == row]
    if not first_words.isdisjoint(word_set(text)) and found[0].pattern().search(words.lowered(text)):
        assert found[0] in antonyms._begun(text, language)


@pytest.mark.parametrize("language", [*LANGUAGES, "zh"])
@given(data=st.data())
def test_a_text_that_speaks_of_no_contrast_has_a_word_of_neither_side(
    language: str, data: st.DataObject
) -> None:
    contrasts = (*opposites._WHATEVER, opposites._PLAIN, opposites._DIRECTION)
    sides = [
        side for contrast in contrasts for side in table("opposites")[contrast].get(language, {}).values()
    ]
    pieces = [piece for side in sides for piece in re.findall(r"[^\W\d_]+|\W", side.replace("_", " "))]
    text = "".join(data.draw(st.lists(st.sampled_from(pieces) | LETTERS | st.just(" "), max_size=8)))
    if not opposites._speaks_of_any(text, language):
        assert not any(opposites._only_side(text, contrast, language) for contrast in contrasts)


NUMBERS = ["12", "340", "5.7", "two", "trois", "cinco", "пять", "خمسة", "五", "十二", "zwölf"]
BESIDE_NUMBERS = ["mil", "US$", "$", "(", ",", ".", "to", " "]


@pytest.mark.parametrize("language", [*LANGUAGES, "zh"])
@given(st.lists(st.sampled_from(NUMBERS) | st.sampled_from(BESIDE_NUMBERS)))
def test_the_number_behind_a_bound_is_the_first_in_digits_or_words(language: str, parts: list[str]) -> None:
    text = "".join(parts)
    for at in range(len(text)):
        assert bounds._following(text, at, language) == bounds._next(bounds._numbers(text, language), at)


WORDS_BESIDE_NAMES = ["Amadou", "Thandiwe", "Dlamini", "Okoro's", "de", "El-Sayed", "said", "we", "Mr", "X,"]


@given(*2 * [st.lists(st.sampled_from(WORDS_BESIDE_NAMES))])
def test_every_strange_name_of_a_target_may_be_new(source: list[str], target: list[str]) -> None:
    pair = Pair.of(" ".join(source), " ".join(target), runner.check_context("en", "es"))
    names = unlisted_people.full_names_of(pair.target_plain.text, "es", "Latn")
    strange = {name for name in names if unlisted_people._is_strange(name, pair, of_source=False)}
    assert strange <= {*unlisted_people._may_be_new(pair)}
