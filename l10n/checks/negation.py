"""A sentence that says no says so in the target too."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Iterator

from l10n.checks.amounts import bounds
from l10n.checks.mismatches import CHANGED, MISSING
from l10n.checks.pair import Example, Pair
from l10n.checks.reading.words import word_set
from l10n.checks.sense import akin, antonyms, denials, negation_words, opposites
from l10n.checks.sense.negation_words import Words
from l10n.model import Finding, Severity

ID = "negation"
SEVERITY = Severity.WARNING
EXPLANATION = (
    "A “not” that is lost turns a sentence into its opposite. A negation in the source with none in the "
    "target, or the other way round, gets a warning; “without”, “refuse”, “only” or a word such as “unsafe” "
    "count as negations, and the “no” of “no-fly zone” does not. A warning also goes to what rises in the "
    "source and falls in the target, “before” that has become “after”, “at least” that has become “at most” "
    "beside a number, women who have become men, and “denies” that has become “confirms”."
)
BAD = Example("en", "The water is not safe to drink.", "fr", "L’eau du puits est bonne à boire.")
GOOD = Example("en", "The water is not safe to drink.", "fr", "L’eau n’est pas potable.")

_LOST = "the source says {word}, and nothing here is negative"
_NEW = "nothing in the source is negative"
_ONLY_THEN = (("only", "until"), ("until", "only"), ("only", "unless"), ("unless", "only"))
_WHOLE = re.compile(r"[^\W\d_]+")
_TWICE = 2
_FEW_SENTENCES = 3  # of more, some are cut or put together by the translator
_ALREADY = frozenset({"already", "déjà", "ya", "já", "già"})


def run(pair: Pair) -> Iterator[Finding]:
    """What one text denies and the other does not, or else words of opposite sense."""
    source_language, target_language = pair.languages
    source_words, target_words = negation_words.load(source_language), negation_words.load(target_language)
    if source_words is None or target_words is None or source_language == target_language:
        return

    def affirmed() -> tuple[str, str]:
        return (
            denials.affirmed(pair.source_plain.text, source_words),
            denials.affirmed(pair.target_plain.text, target_words),
        )

    denied = [*bounds.run(ID, pair), *_denials(pair, source_words, target_words, affirmed)]
    found = denied or [
        finding for finding in antonyms.run(ID, pair, affirmed) if not _until_then(pair, finding)
    ]
    yield from [finding for finding in found if _in_step(pair, finding)]


def _until_then(pair: Pair, finding: Finding) -> bool:
    """Whether one part says "only then" and its own "until then" of opposites: it opens only in May."""
    source = _part_at(pair.source, finding.source_start)
    target = _part_at(pair.target, finding.start)
    source_language, target_language = pair.languages
    return finding.template == CHANGED and any(
        akin.says(one, source, source_language)
        and akin.says(other, target, target_language)
        and not akin.says(other, source, source_language)
        and not akin.says(one, target, target_language)
        for one, other in _ONLY_THEN
    )


def _part_at(text: str, place: int) -> str:
    """What semicolons and full stops part of a text, at a place of it."""
    return next(part for at, part in reversed(denials.parts(text)) if at <= place)


def _in_step(pair: Pair, finding: Finding) -> bool:
    """Whether two words of opposite sense stand in sentences that are each other's.

    In texts of several sentences each may speak of its own matter: "fill in these, leave those blank".
    """
    if finding.template != CHANGED:
        return True
    source_starts = [at for at, _ in denials.sentences(pair.source)]
    target_starts = [at for at, _ in denials.sentences(pair.target)]
    if len(source_starts) != len(target_starts):
        return min(len(source_starts), len(target_starts)) == 1
    return bisect(source_starts, finding.source_start) == bisect(target_starts, finding.start)


def _denials(
    pair: Pair, source_words: Words, target_words: Words, affirmed: Callable[[], tuple[str, str]]
) -> Iterator[Finding]:
    """At most one finding, at the word of negation."""
    source, target = pair.source_plain, pair.target_plain
    lost = denials.first(source.text, source_words.language)
    new = denials.strong(target.text, target_words)
    if lost and new and _only_half(source.text, source_words, target.text, target_words):
        word, place = source.text[slice(*lost)], source.span(*lost)
        yield Finding(ID, SEVERITY, _LOST, 0, 0, None, (("word", word),), *place)
        return
    if bool(lost) == bool(new):
        yield from _as_negative(pair, source_words, target_words, affirmed if lost else None)
        return
    texts = (source.text, source_words, target.text, target_words)
    if bounds.denied(pair) or _twice(*texts) or _twice(*texts[2:], *texts[:2]):
        return  # "may not take more than 340" may be said as "take no more than 340"
    if lost and (lost := _unweighed(pair, source_words, target_words, lost)):
        word = source.text[slice(*lost)]
        if word in pair.target_convention.function_words or word not in _WHOLE.findall(target.text):
            place = source.span(*lost)
            yield Finding(ID, SEVERITY, _LOST, 0, 0, None, (("word", word),), *place)
    elif new and not _unshared(source.text, source_words, target.text, target_words):
        yield Finding(ID, SEVERITY, _NEW, *target.span(*new))
    else:
        more = list(_more(pair, source_words, target_words)) if new else []
        yield from more or opposites.run(ID, pair)


def _twice(text: str, words: Words, other_text: str, other_words: Words) -> bool:
    """Whether a text denies in one clause what lacks something, and the other only says "every" or "all"."""
    return (
        other_words.lacking.isdisjoint(word_set(other_text))
        and any(
            denials.strong(clause, words) is not None and not words.lacking.isdisjoint(word_set(clause))
            for clause in denials.clauses(words.language).split(text)
        )
        and akin.says("always", other_text, other_words.language)
    )


def _unweighed(
    pair: Pair, source_words: Words, target_words: Words, lost: tuple[int, int]
) -> tuple[int, int] | None:
    """The first negation for which no word of the kind accounts, in its part where both have as many."""
    source, target = pair.source_plain.text, pair.target_plain.text
    source_parts, target_parts = denials.parts(source), denials.parts(target)
    if len(source_parts) != len(target_parts) or not _TWICE <= len(source_parts) <= _FEW_SENTENCES:
        return None if _weighed_up(source, source_words, target, target_words) else lost
    for (at, part), (_, counterpart) in zip(source_parts, target_parts, strict=True):
        place = denials.strong(part, source_words)
        if place is not None and not _weighed_up(part, source_words, counterpart, target_words):
            return at + place[0], at + place[1]
    return None


def _only_half(source: str, source_words: Words, target: str, target_words: Words) -> bool:
    """Whether the target only has words that deny beside another, and the source more than such words."""
    return denials.is_half(target, target_words) and not denials.is_half(source, source_words)


def _as_negative(
    pair: Pair, source_words: Words, target_words: Words, affirmed: Callable[[], tuple[str, str]] | None
) -> Iterator[Finding]:
    """What differs between two texts that both have a word of negation, or both have none.

    ``affirmed`` gives the texts without what they negate, where they negate anything.
    """
    refused = [] if affirmed else list(_firmly(pair, source_words, target_words))
    yield from refused
    yield from opposites.run(ID, pair, affirmed, plain=not affirmed and not refused)
    uneven = list(_fewer(pair, source_words, target_words)) if affirmed else []
    if affirmed and not uneven:
        uneven = [*_more(pair, source_words, target_words)] or [*_one_more(pair, source_words, target_words)]
    yield from uneven
    if not refused and not uneven:
        yield from _lacking(pair, source_words, target_words)


def _fewer(pair: Pair, source_words: Words, target_words: Words) -> Iterator[Finding]:
    """A negation where the source denies in more clauses than the target has words of the kind."""
    source, target = pair.source_plain, pair.target_plain
    affirmed = list(_affirmed_parts(pair, source_words, target_words))
    yield from affirmed
    if affirmed or denials.SENTENCE_END.search(source.text) or denials.SENTENCE_END.search(target.text):
        return
    if (
        denials.strongs(source.text, source_words) + (denials.firm(source.text, source_words) is not None)
        < _TWICE
    ):
        return
    denied = denials.denied(source.text, source_words)
    refused = [
        word
        for word in _unshared(source.text, source_words, target.text, target_words)
        if denials.is_firm(word, source_words)
    ]
    if len(denied) + len(refused) < _TWICE:
        return
    accounted = _alone(_unshared(target.text, target_words, source.text, source_words), target_words)
    # One clause may deny both: "ya no se aceptan listas no autorizadas".
    target_count = len(denials.denied(target.text, target_words)) + denials.nors(target.text)
    target_count = max(target_count, denials.strongs(target.text, target_words)) if refused else target_count
    if len(denied) + len(refused) > target_count + len(accounted):
        start, end = denied[-1]
        values, place = (("source", source.text[start:end]),), source.span(start, end)
        yield Finding(ID, SEVERITY, MISSING, 0, 0, None, values, *place)


def _affirmed_parts(pair: Pair, source_words: Words, target_words: Words) -> Iterator[Finding]:
    """The first part that denies something, where the one in its place has nothing of the kind.

    Of texts with other numbers of parts, or with many, one may say in other words what the next denies.
    """
    for (at, part), (_, counterpart) in _counterparts(pair):
        place = denials.strong(part, source_words)
        if place is None or denials.strong(counterpart, target_words) is not None:
            continue
        if denials.weak(counterpart, target_words):
            continue
        start, end = at + place[0], at + place[1]
        values = (("word", part[slice(*place)]),)
        yield Finding(ID, SEVERITY, _LOST, 0, 0, None, values, *pair.source_plain.span(start, end))
        return


def _more(pair: Pair, source_words: Words, target_words: Words) -> Iterator[Finding]:
    """A part that denies, or denies once more, where the one in its place has nothing of the kind.

    Parts end with a sentence or a semicolon. Both texts have as many, and each that denies in the source
    does in the target; a part that denies already has as many clauses.
    """
    new = None
    for (_, part), (at, counterpart) in _counterparts(pair, (denials.parts,)):
        said, denied = (
            denials.denied_or_nor(part, source_words),
            denials.denied_or_nor(counterpart, target_words),
        )
        if len(said) > len(denied):
            return
        if len(denied) > len(said) and new is None and _adds(part, source_words, counterpart, target_words):
            start, end = denied[-1 if said else 0]
            new = at + start, at + end
    if new is not None:
        yield Finding(ID, SEVERITY, _NEW, *pair.target_plain.span(*new))


def _counterparts(
    pair: Pair, cuts: tuple[Callable[[str], list[tuple[int, str]]], ...] = (denials.parts, denials.sentences)
) -> list[tuple[tuple[int, str], tuple[int, str]]]:
    """The parts of two texts that have as few of them, each with its place, by the first cut that gives such.

    None where each text has one part only.
    """
    source, target = pair.source_plain.text, pair.target_plain.text
    for cut in cuts:
        source_parts, target_parts = cut(source), cut(target)
        if len(source_parts) == len(target_parts) and _TWICE <= len(source_parts) <= _FEW_SENTENCES:
            return list(zip(source_parts, target_parts, strict=True))
    return []


def _one_more(pair: Pair, source_words: Words, target_words: Words) -> Iterator[Finding]:
    """The last negation of a sentence that denies in more clauses than its source has words of the kind.

    What lasts "until" something is, is so while that is not.
    """
    source, target = pair.source_plain, pair.target_plain
    if akin.says("until", source.text, source_words.language):
        return
    if denials.SENTENCE_END.search(source.text) or denials.SENTENCE_END.search(target.text):
        return
    denied = denials.denied(target.text, target_words)
    if len(denied) < _TWICE:
        return
    said = len(denials.denied(source.text, source_words)) + denials.nors(source.text)
    if len(denied) > said + len(denials.weak(source.text, source_words)):
        yield Finding(ID, SEVERITY, _NEW, *target.span(*denied[-1]))


def _adds(part: str, source_words: Words, counterpart: str, target_words: Words) -> bool:
    """Whether nothing in a part of the source says what a new negation in its counterpart may say."""
    kindred = _unshared(part, source_words, counterpart, target_words)
    if not denials.strong(part, source_words):
        return not kindred
    clauses = len(denials.clauses(source_words.language).split(part))
    return clauses == len(denials.clauses(target_words.language).split(counterpart)) and not _alone(
        kindred, source_words
    )


def _lacking(pair: Pair, source_words: Words, target_words: Words) -> Iterator[Finding]:
    """A "without" that the target lacks, where it has nothing that denies as much.

    One that is new is none: "diskless" is « sans disque ».
    """
    source, target = pair.source_plain, pair.target_plain
    if source_words.lacking.isdisjoint(word_set(source.text)):
        return
    if target_words.inside and denials.strong(target.text, target_words):
        return  # its words for "not" say "without" too: 没有
    if not target_words.lacking.isdisjoint(word_set(target.text)):
        return
    source_only = _alone(_unshared(source.text, source_words, target.text, target_words), source_words)
    word = next((word for word in source_only if word in source_words.lacking), None)
    if word is None:
        return
    target_only = _alone(_unshared(target.text, target_words, source.text, source_words), target_words)
    denied = len(denials.denied(source.text, source_words)) - len(denials.denied(target.text, target_words))
    if denied + len(source_only) > len(target_only):
        place = source.span(*denials.place(word, source.text))
        yield Finding(ID, SEVERITY, _LOST, 0, 0, None, (("word", word),), *place)


def _firmly(pair: Pair, source_words: Words, target_words: Words) -> Iterator[Finding]:
    """A verb of refusal, or "without", on one side only, where nothing else here or there is negative."""
    source, target = pair.source_plain, pair.target_plain
    if denials.firm(source.text, source_words) is None and denials.firm(target.text, target_words) is None:
        return
    source_only = _alone(_unshared(source.text, source_words, target.text, target_words), source_words)
    target_only = _alone(_unshared(target.text, target_words, source.text, source_words), target_words)
    if len(source_only) == 1 and not target_only and denials.is_firm(source_only[0], source_words):
        place = source.span(*denials.place(source_only[0], source.text))
        yield Finding(ID, SEVERITY, _LOST, 0, 0, None, (("word", source_only[0]),), *place)
    elif target_only and not source_only and denials.is_firm(target_only[0], target_words):
        yield Finding(ID, SEVERITY, _NEW, *target.span(*denials.place(target_only[0], target.text)))


def _alone(listed: list[str], words: Words) -> list[str]:
    """Words of the kind without "but", "too", "already" and the like."""
    return [word for word in listed if word not in words.apart and word not in _ALREADY]


def _unshared(text: str, words: Words, other_text: str, other_words: Words) -> list[str]:
    """The words of the kind in a text of which the other text says nothing akin."""
    weak = denials.weak(text, words)
    if not weak:
        return weak
    if other_words.inside:
        for word in other_words.strong:
            other_text = other_text.replace(word, " ")
    return akin.unshared(weak, words.language, other_text, other_words.language)


def _weighed_up(source: str, source_words: Words, target: str, target_words: Words) -> bool:
    """Whether the target has as many words of the kind as the source has negations, and others of the kind.

    An "already" is none: it is what "not yet" becomes when its negation is lost.
    """
    target_only = [
        word for word in _unshared(target, target_words, source, source_words) if word not in _ALREADY
    ]
    if not target_only:
        return False
    several = denials.SENTENCE_END.search(source) or denials.SENTENCE_END.search(target)
    denied = 1 if several else max(1, len(denials.denied(source, source_words)))
    # A character such as that of "only" stands in many a Chinese word that says nothing of the kind.
    source_only = (
        []
        if source_words.inside
        else _alone(_unshared(source, source_words, target, target_words), source_words)
    )
    return len(target_only) >= denied + len(source_only)
