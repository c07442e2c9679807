"""The words of a text are its runs of letters, each where it stands."""

from __future__ import annotations

import re

from hypothesis import assume, example, given
from hypothesis import strategies as st

from l10n.checks.amounts import figures
from l10n.checks.reading import numerals, words
from l10n.patterns import WORD_MARKS

NUMBERS = st.integers(0, 99_999).map(str)
# A word goes on behind these, which are no letters to `re`.
_MARK = re.compile(rf"[{WORD_MARKS}\u064b-\u0652\u0670]")
SENTENCES = {"en": "We had {} tents and {} cups.", "fr": "Nous avions {} tentes et {} tasses."}


@given(st.text() | st.text("ab é1²_٣ßİ-’", max_size=30))
@example("G20, ½ and x²_a ٣b")
def test_words_and_their_places(text: str) -> None:
    assume(not _MARK.search(text))
    by_expression = [(one.group(), *one.span()) for one in re.finditer(r"[^\W\d_]+", text)]
    assert words.spans(text) == tuple((said.lower(), start, end) for said, start, end in by_expression)
    assert words.word_list(text) == tuple(said.lower() for said, _, _ in by_expression)


@given(st.text(alphabet="कखाि्ं अब1", max_size=20))
@example("हिन्दी में २ शब्द")
def test_a_word_of_hindi_goes_on_behind_its_vowel_signs(text: str) -> None:
    by_expression = [(one.group(), *one.span()) for one in re.finditer(r"[^\W\d_][^ 1२]*", text)]
    assert words.spans(text) == tuple(by_expression)


@given(st.tuples(NUMBERS, NUMBERS), st.tuples(NUMBERS, NUMBERS))
@example(("12", "7"), ("7", "12"))
def test_only_the_same_numbers_are_the_same_at_a_glance(
    ours: tuple[str, str], theirs: tuple[str, str]
) -> None:
    one, other = numerals.load("en"), numerals.load("fr")
    source, target = SENTENCES["en"].format(*ours), SENTENCES["fr"].format(*theirs)
    assert figures.same(source, one, target, other) == (sorted(ours) == sorted(theirs))
