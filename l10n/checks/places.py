"""Countries and cities of the source are those of the target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from l10n.checks import transliteration
from l10n.checks.gazetteer import Named, hinted, named
from l10n.checks.mismatches import MISSING, mismatch_findings
from l10n.checks.nationalities import nationalities
from l10n.checks.pair import Pair
from l10n.checks.persons import family_names
from l10n.model import Finding, Severity

_ROW = 3  # peoples that a sentence names one beside the other


def run(check: str, pair: Pair) -> Iterator[Finding]:
    """A finding for each place that became another, a warning for one that is gone.

    What is of a country (Canadian) may stand for it and the other way round; it is not missed.
    """
    ours, theirs = pair.source_convention.language, pair.target_convention.language
    source, target = pair.source_plain, pair.target_plain
    if ours == theirs:
        return
    wanted = _no_people(named(source.text, ours), source.text, pair.source_convention.script)
    peoples = nationalities(source.text, ours)
    if not wanted and not peoples:
        return
    given = _no_people(named(target.text, theirs), target.text, pair.target_convention.script)
    others = nationalities(target.text, theirs)
    lost, lost_peoples = _without(wanted, peoples, (*given, *others), target.text, theirs)
    if not lost and not lost_peoples:
        return
    new, new_peoples = _without(given, others, (*wanted, *peoples), source.text, ours)
    yield from mismatch_findings(check, pair, _where(lost), _where(new))
    yield from mismatch_findings(
        check,
        pair,
        _where((*lost[len(new) :], *lost_peoples)),
        _where((*new[len(lost) :], *new_peoples)),
        severity=Severity.WARNING,
    )
    gone = lost[len(new) + len(new_peoples) :]
    if len({one.places for one in peoples}) >= _ROW and len(others) >= _ROW - 1 and not new_peoples:
        gone += lost_peoples  # one of a row of peoples
    for one in gone:
        if _sounds(source.text[one.start : one.end], pair):
            continue
        values = (("source", source.text[one.start : one.end]),)
        place = source.span(one.start, one.end)
        yield Finding(check, Severity.WARNING, MISSING, 0, 0, None, values, *place)


def _where(seen: Iterable[Named]) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in seen]


def _no_people(seen: tuple[Named, ...], text: str, script: str) -> tuple[Named, ...]:
    """The places that are not the family name of somebody: Carlos Mendoza is no city."""
    if not seen or script not in transliteration.SCRIPTS:
        return seen
    people = {start for _, start, _ in family_names(text, script)}
    return tuple(one for one in seen if one.start not in people) if people else seen


def _sounds(name: str, pair: Pair) -> bool:
    """Whether the target has a word that is written like a name: Bishkek is Biskek in Spanish."""
    ours, theirs = pair.source_convention.script, pair.target_convention.script
    if not transliteration.SCRIPTS.issuperset({ours, theirs}):
        return False
    heard = transliteration.consonants(name, ours)
    return transliteration.least_heard(heard) > 2 and transliteration.may_transcribe(
        heard, pair.target_plain.text, theirs
    )


def _without(
    places: tuple[Named, ...],
    peoples: tuple[Named, ...],
    there: tuple[Named, ...],
    text: str,
    language: str,
) -> tuple[list[Named], list[Named]]:
    """The first of each place, and of each people, that another text lacks.

    ``there`` is what the other text names; its words hint at no other place (Austria, Australia).
    """
    known = {place for one in there for place in one.places}
    lost: dict[frozenset[str], tuple[Named, bool]] = {}
    for one, is_place in (*((one, True) for one in places), *((one, False) for one in peoples)):
        if one.places & known or one.places in lost:
            continue
        if not hinted(one.places, _rest(text, there), language):
            lost[one.places] = one, is_place
    found = lost.values()
    return [one for one, is_place in found if is_place], [one for one, is_place in found if not is_place]


def _rest(text: str, named: tuple[Named, ...]) -> str:
    """A text without the words that name places."""
    for one in sorted(named, key=lambda one: one.start, reverse=True):
        text = f"{text[: one.start]} {text[one.end :]}"
    return text
