"""Scores how similar two sources are, in percent."""

from __future__ import annotations

from collections.abc import Mapping

from l10n import conventions
from l10n.memory.normalising import NormalisedSource, words_of
from l10n.memory.penalties import Penalties

EXACT = 100
FORM = 99  # only case, space or codes differ
NUMBERS = 98  # only numbers differ, and they were replaced in the target
CAP = 95  # nothing that differs in a word is nearer than this

_LEAST = 0.01


def nearest(
    normalised: NormalisedSource, shapes: Mapping[int, str], *, threshold: float, limit: int, slack: int
) -> list[tuple[float, int]]:
    """(likeness, row) of the shapes that are as near as a threshold, best first.

    The likeness is the lower of the similarity of letters and of words, 0.0 to 1.0.  Of the ones that
    penalties of ``slack`` points could not bring among the first ``limit``, some are left out.
    """
    from rapidfuzz import process  # noqa: PLC0415 - only where texts are compared
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415

    words = words_of(normalised.shape)
    near: list[tuple[float, int]] = []
    worst = 0.0
    by_letters = process.extract(
        normalised.shape,
        shapes,
        scorer=Levenshtein.normalized_similarity,
        processor=None,
        score_cutoff=max(threshold, _LEAST),
        limit=None,
    )
    for shape, letter_similarity, row in by_letters:
        if letter_similarity < worst - slack / 100:
            break
        word_similarity = Levenshtein.normalized_similarity(words, words_of(shape), score_cutoff=threshold)
        if word_similarity:
            near.append((min(letter_similarity, word_similarity), row))
            if len(near) >= limit:
                worst = sorted(near, reverse=True)[limit - 1][0]
    near.sort(key=lambda entry: (-entry[0], -entry[1]))
    return near


def fuzzy(
    normalised: NormalisedSource,
    candidate: NormalisedSource,
    *,
    alike: float,
    locale: str,
    penalties: Penalties,
) -> int:
    """The score of a source that is not the same, from 0 to 95.

    That is its likeness in percent less a penalty for codes, numbers and negations that differ.
    """
    return max(0, min(CAP, int(100 * alike)) - _penalty(normalised, candidate, locale, penalties))


def _penalty(
    normalised: NormalisedSource, candidate: NormalisedSource, locale: str, penalties: Penalties
) -> int:
    points = 0
    if sorted(normalised.codes) != sorted(candidate.codes):
        points += penalties.codes
    if sorted(normalised.numbers) != sorted(candidate.numbers):
        points += penalties.numbers
    if _negations(normalised, locale) != _negations(candidate, locale):
        points += penalties.negation
    return points


def _negations(normalised: NormalisedSource, locale: str) -> int:
    words = conventions.load(locale).negation
    return sum(word in words for word in words_of(normalised.shape)) if words else 0
