"""Nothing that is near enough is left out before it is read."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from l10n.memory.normalising import max_missing_tokens, traits_of

pytest.importorskip("numpy")

import numpy as np

from l10n.memory.prefilter import TraitFilter, pack_traits

SAID = ("the", "office", "of", "a", "town", "opens", "late", "0", "港", "口", "今", "天")
texts = st.lists(st.sampled_from(SAID), min_size=1, max_size=24).map(" ".join)
thresholds = st.sampled_from((0.34, 0.5, 0.6, 0.7, 0.75, 0.9, 1.0))


def likeness(one: str, other: str) -> float:
    letters = Levenshtein.normalized_similarity(one, other)
    return min(letters, Levenshtein.normalized_similarity(one.split(), other.split()))


@given(texts, texts, thresholds)
@example("the office of", "the office of a", 0.7)
@example("the town opens late a", "the town opens late a 0 of", 0.7)
def test_what_is_near_lacks_few_enough_tokens_and_passes_the_sieve(
    wanted: str, stored: str, threshold: float
) -> None:
    if likeness(wanted, stored) < threshold:
        return
    looked_for, kept = traits_of(wanted), traits_of(stored, stored=True)
    assert len(looked_for.tokens - kept.tokens) <= max_missing_tokens(wanted, looked_for.words, threshold)
    sieve = TraitFilter.of(pack_traits(kept))
    assert sieve.near(looked_for, np.array([0, 0]), threshold=threshold, most=9).tolist() == [0]


@given(texts, st.lists(texts, min_size=1, max_size=30))
def test_of_too_many_the_likeliest_are_left(wanted: str, stored: list[str]) -> None:
    sieve = TraitFilter.of(b"".join(pack_traits(traits_of(one)) for one in (*stored, wanted)))
    near = sieve.near(traits_of(wanted), np.arange(len(stored) + 1), threshold=0.5, most=1)
    assert [{*[*stored, wanted][at].split()} for at in near.tolist()] == [{*wanted.split()}]


def test_most_of_what_is_not_near_is_left_out() -> None:
    stored = [
        f"{one} {other} opens in {when}" for one in "abcdefgh" for other in "ijklmnop" for when in "qrst"
    ]
    sieve = TraitFilter.of(b"".join(pack_traits(traits_of(one)) for one in stored))
    near = sieve.near(traits_of("a i opens in q"), np.arange(len(stored)), threshold=0.7, most=99)
    assert len(near) <= 30
