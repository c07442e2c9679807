"""Countries and cities of the source are those of the target."""

from __future__ import annotations

from collections.abc import Iterator

from l10n.checks import sounds
from l10n.checks.exchanged import exchanged
from l10n.checks.gazetteer import Named, hinted, named
from l10n.checks.pair import Pair
from l10n.checks.persons import family_names
from l10n.model import Finding, Severity

MISSING = "{source} is missing"


def run(check: str, pair: Pair) -> Iterator[Finding]:
    """A finding for each place that became another, a warning for one that is gone."""
    ours, theirs = pair.source_convention.language, pair.target_convention.language
    source, target = pair.source_plain, pair.target_plain
    if ours == theirs:
        return
    wanted = _no_people(named(source.text, ours), source.text, pair.source_convention.script)
    if not wanted:
        return
    lost = _without(wanted, target.text, theirs)
    if not lost:
        return
    given = _no_people(named(target.text, theirs), target.text, pair.target_convention.script)
    new = _without(given, source.text, ours)
    yield from exchanged(
        check, pair, [(one.start, one.end) for one in lost], [(one.start, one.end) for one in new]
    )
    for one in lost[len(new) :]:
        if _sounds(source.text[one.start : one.end], pair):
            continue
        values = (("source", source.text[one.start : one.end]),)
        place = source.span(one.start, one.end)
        yield Finding(check, Severity.WARNING, MISSING, 0, 0, None, values, *place)


def _no_people(seen: tuple[Named, ...], text: str, script: str) -> tuple[Named, ...]:
    """The places that are not the family name of somebody: Carlos Mendoza is no city."""
    if not seen or script not in sounds.SCRIPTS:
        return seen
    people = {start for _, start, _ in family_names(text, script)}
    return tuple(one for one in seen if one.start not in people) if people else seen


def _sounds(name: str, pair: Pair) -> bool:
    """Whether the target has a word that is written like a name: Bishkek is Biskek in Spanish."""
    heard = sounds.consonants(name, pair.source_convention.script)
    script = pair.target_convention.script
    known = script in sounds.SCRIPTS and pair.source_convention.script in sounds.SCRIPTS
    return known and sounds.telling(heard) > 2 and sounds.stands(heard, pair.target_plain.text, script)


def _without(seen: tuple[Named, ...], text: str, language: str) -> list[Named]:
    """The first of each place that nothing in another text hints at."""
    there = {place for one in named(text, language) for place in one.places}
    first = {one.places: one for one in reversed(seen)}
    return [
        one
        for one in reversed(first.values())
        if not (one.places & there or hinted(one.places, text, language))
    ]
