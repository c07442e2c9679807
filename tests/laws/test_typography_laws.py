"""Laws of typography at render: done once is done, codes stay, and no input is slow."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n import inline
from l10n.site.typography import repair

LOCALES = ("fr", "fr-CA", "en", "es", "it", "ar", "de", "zh-Hans", "sw")
MARKS = [*"aeé1 9!?;:,.'\"«»“”()&#/<>", "\u00a0", "\u202f", "...", "م", "، ", "\n", "\ufdd0", "\ufdd1"]
CODES = ["<1>", "</1>", "<2/>", "<\\1>"]
WORDS = ["https://a.org/?b;c", "a@b.org", "+33 4 65 71 00 14", "mot", " % "]
PIECES = st.sampled_from([*MARKS, *CODES, *WORDS])
TEXTS = st.one_of(st.lists(PIECES, max_size=24).map("".join), st.text(max_size=40))
LETTERS = str.maketrans("", "", " \t\n\u2009\u00a0\u202f.…'’\"“”„«»「」,;?،؛؟")


@settings(max_examples=600)
@given(TEXTS, st.sampled_from(LOCALES))
def test_a_second_repair_changes_nothing(text: str, locale: str) -> None:
    once = repair(text, locale)
    assert repair(once, locale) == once


@settings(max_examples=400)
@given(TEXTS, st.sampled_from(LOCALES))
def test_codes_stay_as_they_are_and_in_order(text: str, locale: str) -> None:
    def codes(of: str) -> list[str]:
        return [token.text for token in inline.tokens(of) if token.number]

    assert codes(repair(text, locale)) == codes(text)


@settings(max_examples=400)
@given(TEXTS, st.sampled_from(LOCALES))
def test_only_marks_and_spaces_change(text: str, locale: str) -> None:
    def letters(of: str) -> str:
        return inline.plain(of).translate(LETTERS)

    assert letters(repair(text, locale)) == letters(text)


@pytest.mark.parametrize(
    "piece", [" ", "\u00a0", "!", " !", ";", "&a;", ":", "« ", " »", '"', '" ', "'", ".", "1 ", "111 ", "<1>"]
)
def test_a_hundred_thousand_hostile_characters_take_no_time_to_speak_of(piece: str) -> None:
    text = "é" + piece * (100_000 // len(piece)) + "é ?"
    start = time.process_time()
    repair(text, "fr")
    repair(text, "ar")
    assert time.process_time() - start < 3
