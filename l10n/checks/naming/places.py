"""Countries and cities of the source are those of the target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from l10n.checks.mismatches import added_finding, mismatch_findings, missing_finding
from l10n.checks.naming import people, transliteration
from l10n.checks.naming.gazetteer import Named, hinted, named
from l10n.checks.naming.nationalities import nationalities
from l10n.checks.naming.persons import family_names
from l10n.checks.pair import Pair
from l10n.checks.reading.scripts import CASED
from l10n.checks.reading.words import folded
from l10n.model import Finding, Severity

_SURELY_HEARD = 2  # consonants that are found in many words
_ROW = 3  # peoples that a sentence names one beside the other


def run(check: str, pair: Pair) -> Iterator[Finding]:
    """A finding for each place that became another, a warning for one that is gone or new.

    What is of a country (Canadian) may stand for it and the other way round; it is not missed.
    """
    source_language, target_language = pair.languages
    source, target = pair.source_plain, pair.target_plain
    if source_language == target_language:
        return
    source_places, target_places = named(source.text, source_language), named(target.text, target_language)
    source_peoples = nationalities(source.text, source_language)
    target_peoples = nationalities(target.text, target_language)
    if not (source_places or source_peoples or target_places or target_peoples):
        return
    source_places, target_places = (
        _without_short_forms(source_places, source.text),
        _without_short_forms(target_places, target.text),
    )
    source_places = _without_people(source_places, source.text, pair.source_convention.script)
    target_places = _without_people(target_places, target.text, pair.target_convention.script)
    lost, lost_peoples = _missing(
        source_places, source_peoples, (*target_places, *target_peoples), target.text, target_language
    )
    new, new_peoples = _missing(
        target_places, target_peoples, (*source_places, *source_peoples), source.text, source_language
    )
    if not (lost or new or lost_peoples or new_peoples):
        return
    alike = {_written(mention, source.text) for mention in lost} & {
        _written(mention, target.text) for mention in new
    }  # Congo, of which CLDR has another country in each language
    lost = [mention for mention in lost if _written(mention, source.text) not in alike]
    new = [mention for mention in new if _written(mention, target.text) not in alike]
    yield from mismatch_findings(check, pair, _spans(lost), _spans(new))
    yield from mismatch_findings(
        check,
        pair,
        _spans((*lost[len(new) :], *lost_peoples)),
        _spans((*new[len(lost) :], *new_peoples)),
        severity=Severity.WARNING,
    )
    yield from _added(check, pair, new[len(lost) + len(lost_peoples) :])
    missing = lost[len(new) + len(new_peoples) :]
    if (
        len({mention.places for mention in source_peoples}) >= _ROW
        and len(target_peoples) >= _ROW - 1
        and not new_peoples
    ):
        missing += lost_peoples  # one of a row of peoples
    yield from _gone(check, pair, missing)


def _added(check: str, pair: Pair, mentions: Iterable[Named]) -> Iterator[Finding]:
    """A warning for each place of the target of which the source has nothing."""
    source, target = pair.source_plain, pair.target_plain
    for mention in mentions:
        name = target.text[mention.start : mention.end]
        if not people.stands(name, pair.target_convention.script, source.text, pair.source_convention.script):
            yield added_finding(check, pair, mention.start, mention.end)


def _gone(check: str, pair: Pair, mentions: Iterable[Named]) -> Iterator[Finding]:
    """A warning for each place of the source of which nothing is heard in the target."""
    source = pair.source_plain
    for mention in mentions:
        name = source.text[mention.start : mention.end]
        if not _is_heard(name, pair):
            yield missing_finding(check, pair, mention.start, mention.end)


def _written(mention: Named, text: str) -> str:
    return folded(text[mention.start : mention.end])


def _spans(mentions: Iterable[Named]) -> list[tuple[int, int]]:
    return [(mention.start, mention.end) for mention in mentions]


def _without_short_forms(mentions: tuple[Named, ...], text: str) -> tuple[Named, ...]:
    """The places without those that begin the longer name of one before: Monaco di Baviera, then Monaco."""
    written = [text[mention.start : mention.end] for mention in mentions]
    return tuple(
        mention
        for at, mention in enumerate(mentions)
        if not any(longer.startswith(f"{written[at]} ") for longer in written[:at])
    )


def _without_people(mentions: tuple[Named, ...], text: str, script: str) -> tuple[Named, ...]:
    """The places that are not the family name of somebody: Carlos Mendoza is no city."""
    if not mentions or script not in transliteration.SCRIPTS:
        return mentions
    people = {at for _, start, end in family_names(text, script) for at in range(start, end)}
    return tuple(mention for mention in mentions if mention.start not in people) if people else mentions


def _is_heard(name: str, pair: Pair) -> bool:
    """Whether the target has a word that is written like a name: Bishkek is Biskek in Spanish."""
    source_script, target_script = pair.scripts
    if name in pair.target_plain.text and source_script in CASED:
        return True  # letter for letter: Cape Town in Italian, Tokyo Cabinet in Chinese
    if not transliteration.SCRIPTS.issuperset({source_script, target_script}):
        return False
    heard = transliteration.consonants(name, source_script)
    if transliteration.least_heard(heard) <= _SURELY_HEARD:
        return False
    target = pair.target_plain.text
    if source_script != target_script:
        return transliteration.may_transcribe(heard, target, target_script)
    return any(
        transliteration.may_transcribe(heard, word, target_script)
        for word, _, _ in people.written_names(target, target_script)
    )


def _missing(
    places: tuple[Named, ...],
    peoples: tuple[Named, ...],
    other_mentions: tuple[Named, ...],
    text: str,
    language: str,
) -> tuple[list[Named], list[Named]]:
    """The first of each place, and of each people, that another text lacks.

    ``other_mentions`` are what the other text names; its words hint at no other place (Austria, Australia).
    """
    if not places and not peoples:
        return [], []
    other_places = frozenset[str]().union(*[mention.places for mention in other_mentions])
    lost: dict[frozenset[str], tuple[Named, bool]] = {}
    for mention, is_place in (
        *((mention, True) for mention in places),
        *((mention, False) for mention in peoples),
    ):
        if not mention.places.isdisjoint(other_places) or mention.places in lost:
            continue
        if not hinted(mention.places, _without_names(text, other_mentions), language):
            lost[mention.places] = mention, is_place
    missing_places = [mention for mention, is_place in lost.values() if is_place]
    missing_peoples = [mention for mention, is_place in lost.values() if not is_place]
    return missing_places, missing_peoples


def _without_names(text: str, mentions: tuple[Named, ...]) -> str:
    """A text without the words that name places."""
    for mention in sorted(mentions, key=lambda mention: mention.start, reverse=True):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    return text
