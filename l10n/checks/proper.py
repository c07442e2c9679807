"""Names of people and places, and acronyms, are those of the source, in the letters of the target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from l10n.checks.mismatches import ADDED, MISSING
from l10n.checks.naming import (
    deputies,
    full_names,
    halved_names,
    organisations,
    people,
    places,
    portfolios,
    respelled_names,
    respelled_people,
    small_names,
    titles,
    unlisted_offices,
    unlisted_people,
    unlisted_places,
)
from l10n.checks.pair import Example, Pair
from l10n.model import Finding, Severity

ID = "names"
SEVERITY = Severity.ERROR
EXPLANATION = (
    "A name keeps its letters between languages of one script, and its consonants between scripts: Sandoval "
    "is Сандоваль, ساندوفال and 桑多瓦尔. It is an error when one or two letters have changed in a name that "
    "stands next to a correct one, or in an acronym of five or more letters, and when a country, a city or "
    "a known organisation has become another. A changed name on its own gets a warning, and so does a "
    "missing family name, country or city, or a title (minister, mayor) that has become another. Accents, "
    "endings, other names of countries and words of the glossary may differ."
)
BAD = Example("en", "Harlan Dunmore spoke.", "fr", "Harlen Dunmore a pris la parole.")
GOOD = Example("en", "Harlan Dunmore spoke.", "fr", "Harlan Dunmore a pris la parole.")


def run(pair: Pair) -> Iterator[Finding]:
    """A finding for each name of the source that the target lacks or has with other letters only."""
    respelled = list(respelled_names.run(ID, pair))
    of_places = list(places.run(ID, pair))
    yield from respelled
    yield from of_places
    yield from organisations.run(ID, pair)
    yield from small_names.run(ID, pair)
    yield from _of_offices(pair)
    yield from _of_people(pair, respelled, of_places)


def _of_offices(pair: Pair) -> Iterator[Finding]:
    listed = [*titles.run(ID, pair), *portfolios.run(ID, pair), *deputies.run(ID, pair)]
    yield from listed
    yield from unlisted_offices.run(ID, pair, _starts(listed))


def _of_people(pair: Pair, respelled: Sequence[Finding], of_places: Sequence[Finding]) -> Iterator[Finding]:
    """Names of people, those known by lists first, then by how they stand; places no list has come last."""
    known = list(people.run(ID, pair, _starts(respelled)))
    changed = [finding for finding in known if finding.template not in {MISSING, ADDED}]
    in_full = list(full_names.run(ID, pair, _starts([*respelled, *changed])))
    yield from _but_replaced(known, in_full) if in_full else known
    yield from in_full
    reported = _starts([*respelled, *of_places, *known, *in_full])
    others = list(unlisted_people.run(ID, pair, reported))
    yield from others
    reported |= _starts(others)
    yield from respelled_people.run(ID, pair, reported)
    halved = list(halved_names.run(ID, pair, reported))
    yield from halved
    if not (of_places or halved or others):
        for finding in unlisted_places.run(ID, pair):
            if finding.source_start not in reported:
                yield finding


def _starts(findings: Sequence[Finding]) -> frozenset[int]:
    """Where in the source findings are told of."""
    return frozenset([finding.source_start for finding in findings]) if findings else frozenset()


def _but_replaced(of_people: Sequence[Finding], of_full_names: Sequence[Finding]) -> Iterator[Finding]:
    """Findings of people without those in whose place another stands.

    That says more than that a name is gone, or that the other is new.
    """
    lost = {finding.source_start for finding in of_full_names}
    new = {finding.start for finding in of_full_names}
    for finding in of_people:
        replaced = finding.template == MISSING and finding.source_start in lost
        if not replaced and not (finding.template == ADDED and finding.start in new):
            yield finding
