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

    said = words_of(normalised.shape)
    found: list[tuple[float, int]] = []
    worst = 0.0
    by_letters = process.extract(
        normalised.shape,
        shapes,
        scorer=Levenshtein.normalized_similarity,
        processor=None,
        score_cutoff=max(threshold, _LEAST),
        limit=None,
    )
    for shape, letters, row in by_letters:
        if letters < worst - slack / 100:
            break
        words = Levenshtein.normalized_similarity(said, words_of(shape), score_cutoff=threshold)
        if words:
            found.append((min(letters, words), row))
            if len(found) >= limit:
                worst = sorted(found, reverse=True)[limit - 1][0]
    found.sort(key=lambda one: (-one[0], -one[1]))
    return found


def fuzzy(
    normalised: NormalisedSource, found: NormalisedSource, *, alike: float, locale: str, penalties: Penalties
) -> int:
    """The score of a source that is not the same, from 0 to 95.

    That is its likeness in percent less a penalty for codes, numbers and negations that differ.
    """
    return max(0, min(CAP, int(100 * alike)) - _penalty(normalised, found, locale, penalties))


def _penalty(normalised: NormalisedSource, found: NormalisedSource, locale: str, penalties: Penalties) -> int:
    lost = 0
    if sorted(normalised.codes) != sorted(found.codes):
        lost += penalties.codes
    if sorted(normalised.numbers) != sorted(found.numbers):
        lost += penalties.numbers
    if _negations(normalised, locale) != _negations(found, locale):
        lost += penalties.negation
    return lost


def _negations(normalised: NormalisedSource, locale: str) -> int:
    words = conventions.load(locale).negation
    return sum(word in words for word in words_of(normalised.shape)) if words else 0
