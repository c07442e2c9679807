"""Decides whether a segment gets a light or a full review, and gives the reasons.

An error of a check leads to a full review whatever the target's origin.  Without one, a target from a good
memory match or from an engine that the project trusts gets a light review; a sample of those is reviewed in
full all the same, so that the trust can be measured.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import blake2b

from l10n import origins
from l10n.engines.route_steps import pivot_language
from l10n.model import Entry, Finding, Severity, in_words


class Review(StrEnum):
    """How thoroughly a segment is to be reviewed."""

    NONE = "none"
    LIGHT = "light"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class TrustSettings:
    """What a project trusts enough for a light review; the fields are keys of `l10n.toml`.

    ``light_from`` is the least score of a memory match, ``trusted`` the names of engines; ``audit`` is
    the percentage of such segments that get a full review all the same.
    """

    light_from: int = 95
    trusted: tuple[str, ...] = ()
    audit: int = 5


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason for a review: an English ``template`` with names in braces for ``values``."""

    template: str
    values: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return self.localised_message(str)

    def localised_message(
        self, translated: Callable[[str], str], shown: Callable[[str], str] | None = None
    ) -> str:
        """The reason in the language of a catalogue's ``gettext``, each of its values as ``shown``."""
        return in_words(translated(self.template), self.values, shown)


@dataclass(frozen=True, slots=True)
class Route:
    """The review of a segment; ``reasons`` in order of weight, ``points`` to sort the most urgent first."""

    review: Review
    reasons: tuple[Reason, ...]
    points: int


EMPTY = 100
HARD = 50
_FLAGS = {
    "codes": "codes are damaged",
    "numbers": "a number differs",
    "dates": "a date differs",
    "measures": "a currency or a unit differs",
    "urls": "an address differs",
    "names": "a name is spelled differently",
    "glossary": "a glossary term is missing",
    "untranslated": "it is not translated, or not completely",
    "language": "it reads as another language",
    "quotation": "a quotation is not closed",
    "brackets": "a bracket is not closed",
    "controls": "characters are broken",
    "leftovers": "a machine left something behind",
}
_HINTS = {
    "negation": "a negation may be lost",
    "omissions": "something may be missing",
    "numbers": "a number appears less often",
    "dates": "a date may be missing",
    "measures": "a currency or per cent may be missing",
    "names": "a name may be spelled differently",
    "markup": "a tag or an argument differs",
    "quotation": "a quotation is missing",
    "untranslated": "it contains words of the source",
    "glossary": "another word is preferred",
}
_CHANGED = Reason("its source changed since it was approved")
_RECUT = Reason("it was cut differently since it was approved")
_SLIP = "the text has a minor mistake"
_HINT, _MACHINE, _PIVOT, _LONG = 8, 20, 10, 200
_MOST_UNKNOWN = 5
_EXACT = 100


def route(entry: Entry, findings: Sequence[Finding], trust: TrustSettings | None = None) -> Route:
    """How an entry that is not approved is to be looked at; ``findings`` are those of its target."""
    trust = trust or TrustSettings()
    if entry.approved:
        return Route(Review.NONE, (Reason("it is approved"),), 0)
    if not entry.target:
        return Route(Review.FULL, (Reason("there is no translation yet"),), EMPTY)
    hard = _reasons(findings, Severity.ERROR, _FLAGS)
    soft = _reasons(findings, Severity.WARNING, _HINTS)
    points = HARD * len(hard) + _HINT * len(soft) + doubt_points(entry)
    review, origin_reasons = (
        (Review.FULL, hard) if hard else _by_origin(entry, origins.score(entry.origin), trust)
    )
    return Route(review, (*origin_reasons, *_unknown(entry.origin), *soft), points)


def of_recut(route: Route) -> Route:
    """The route of an entry whose source is another than before only since the text was cut otherwise."""
    reasons = (_RECUT if reason == _CHANGED else reason for reason in route.reasons)
    return replace(route, reasons=tuple(reasons))


def doubt_points(entry: Entry) -> int:
    """The points of an entry by itself, whatever the checks see in it: 0 once it is approved."""
    if entry.approved or not entry.target:
        return 0 if entry.approved else EMPTY
    engine = origins.engine(entry.origin)
    points = _MACHINE if engine else max(0, 100 - origins.score(entry.origin))
    points += _PIVOT if pivot_language(engine) else 0
    points += _HINT * min(origins.unknown(entry.origin), _MOST_UNKNOWN)
    return points + min(len(entry.source) // _LONG, 5)


def _by_origin(entry: Entry, score: int, trust: TrustSettings) -> tuple[Review, tuple[Reason, ...]]:
    """The review of a target without errors, by its origin."""
    if entry.previous and not _drafted(entry, score):
        return Review.FULL, (_CHANGED,)
    reason = _trust(entry.origin, score, trust)
    if reason is None:
        return Review.FULL, (_origin_reason(entry, score),)
    if _audited(entry, trust.audit):
        share = (("percent", str(trust.audit)),)
        return Review.FULL, (
            Reason("one of {percent} in a hundred that are looked at in full", share),
            reason,
        )
    return Review.LIGHT, (reason,)


def _drafted(entry: Entry, score: int) -> bool:
    """Whether the target is an unchanged fuzzy match of the memory."""
    return entry.origin.startswith("tm") and 0 < score < _EXACT and not entry.actor


def _reasons(findings: Sequence[Finding], severity: Severity, words: dict[str, str]) -> tuple[Reason, ...]:
    check_ids = dict.fromkeys(finding.check for finding in findings if finding.severity is severity)
    # Checks without a reason of their own (doubled words, spaces) share one.
    return tuple(map(Reason, dict.fromkeys(words.get(check, _SLIP) for check in check_ids)))


def _trust(origin: str, score: int, trust: TrustSettings) -> Reason | None:
    """Why a light review is enough; None where it is not."""
    if origin == "copy":
        return Reason("it is its own translation")
    if origin == "tb":
        return Reason("the glossary has it")
    if origin.startswith("tm") and score >= trust.light_from:
        return Reason("a match of {score} % in the memory", (("score", str(score)),))
    # Engines leave unknown words untranslated: such drafts are never trusted.
    if (engine := origins.engine(origin)) in trust.trusted and not origins.unknown(origin):
        return Reason("{engine} is trusted here", (("engine", engine),))
    return None


def _origin_reason(entry: Entry, score: int) -> Reason:
    if engine := origins.engine(entry.origin):
        if language := pivot_language(engine):
            name = engine.partition("+")[2] or engine
            values = (("engine", name), ("language", language))
            return Reason("a draft by {engine}, by way of {language}", values)
        return Reason("a draft by {engine}", (("engine", engine),))
    if entry.origin.startswith("tm"):
        return Reason("a similar text in the memory ({score} %)", (("score", str(score)),))
    return Reason("a person wrote it, and nobody has approved it")


def _unknown(origin: str) -> tuple[Reason, ...]:
    """The reason that an engine left unknown words untranslated."""
    number = origins.unknown(origin)
    if not number:
        return ()
    if number == 1:
        return (Reason("one word that the machine did not know"),)
    return (Reason("words that the machine did not know: {number}", (("number", str(number)),)),)


def _audited(entry: Entry, percent: int) -> bool:
    """Whether a segment is in the audit sample, by a digest: always the same ones, spread evenly."""
    text = "\0".join((*entry.key, entry.target)).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(text, digest_size=4).digest(), "big") % 100 < percent
