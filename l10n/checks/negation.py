"""A sentence that says no says so in the target too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from l10n.checks import akin, antonyms, bounds, opposites
from l10n.checks.data_files import table
from l10n.checks.mismatches import MISSING
from l10n.checks.pair import Example, Pair
from l10n.checks.words import heads, lowered, spans, word_list, word_set
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
_INSIDE = frozenset({"zh"})
_WHOLE = re.compile(r"[^\W\d_]+")
# What denies one thing more in a sentence that has denied another: the other language may say "or".
_NOR = frozenset({"nor", "ni", "nem", "né", "noch", "ни", "ولا"})
# The "and" of "and do not", written on to the front of it, which before a noun says "nor".
_ARABIC_AND = "(?<!\\w)و(?=(?:لا|لم|لن)[ \u00a0][يتنأ])"
_TWICE = 2
_FEW_SENTENCES = 3  # of more, some are cut or put together by the translator
_SENTENCE_WORDS = 8  # a shorter text may have no verb: "Aucun blessé à Lyon"
# Not the point of "5:47 a.m. on Wednesday", behind which a small letter stands.
_SENTENCE_END = re.compile(r"[.!?؟][»”“\")]?\s(?=[^\sa-zа-яß-öø-ÿ»”])|[。！？](?![”」』])(?=.)")
_PART_END = re.compile(rf"{_SENTENCE_END.pattern}|[;؛；]\s?")
_SHORTEST_STEM_WORD = 5
# A word within a name: Шивон Ни Доннелл.
_IN_A_NAME = re.compile(r"[^\W\d_] [А-Я]\w+ [А-Я]")
_BEFORE_A_NAME = 2
# What joins a word to a name or a command: “why-not”, “--no-act”.
_JOINED = frozenset("-_/$?=")
_ANDS = {
    "en": "and|but|while",
    "fr": "et|mais",
    "es": "y|e|pero",
    "pt": "e|mas",
    "it": "e|ed|ma",
    "de": "und|aber",
    "ru": "и|но|а",
}
# What only lays stress on a denial before it: "never, not even for a day".
_STRESS = re.compile(
    r"\W*(?:not even|pas même|ni même|ni siquiera|nem mesmo|nem sequer|nicht einmal|nemmeno|neanche|neppure"
    r"|ولا حتى|даже не)\b",
    re.IGNORECASE,
)
_FIRST_GROUP = re.compile(r"\((\w[\w|]*)\)")  # the words that an expression around them is about
_ALREADY = frozenset({"already", "déjà", "ya", "já", "già"})


class _Words(NamedTuple):
    """The words of one language.

    ``apart`` are words in the way of "but" and "too", which account for a negation that is new and
    have no counterpart of the kind where one is lost.  ``aside`` finds what only looks like a negation,
    ``around`` one that is more than a word, ``phrases`` expressions that say enough of the kind.  ``firm``
    are verbs such as "deny", asked for where a text has no strong word.  ``lacking`` are words for
    "without"; ``half`` ones deny only beside one of the ``whole``, as ни does beside не.
    """

    language: str
    strong: frozenset[str]
    weak: frozenset[str]
    stems: tuple[str, ...]
    apart: frozenset[str] = frozenset()
    inside: bool = False
    aside: re.Pattern[str] | None = None
    around: re.Pattern[str] | None = None
    around_words: frozenset[str] = frozenset()
    phrases: re.Pattern[str] | None = None
    firm: frozenset[str] = frozenset()
    firm_words: re.Pattern[str] | None = None
    firm_heads: frozenset[str] = frozenset()
    lacking: frozenset[str] = frozenset()
    half: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    whole_stems: tuple[str, ...] = ()


def run(pair: Pair) -> Iterator[Finding]:
    """What one text denies and the other does not, or else words of opposite sense."""
    source_words, target_words = (_words(language) for language in pair.languages)
    if source_words is None or target_words is None or len({*pair.languages}) == 1:
        return

    def affirmed() -> tuple[str, str]:
        return (
            _affirmed(pair.source_plain.text, source_words),
            _affirmed(pair.target_plain.text, target_words),
        )

    denials = [*bounds.run(ID, pair), *_denials(pair, source_words, target_words, affirmed)]
    yield from denials or antonyms.run(ID, pair, affirmed)


def _denials(
    pair: Pair, source_words: _Words, target_words: _Words, affirmed: Callable[[], tuple[str, str]]
) -> Iterator[Finding]:
    """At most one finding, at the word of negation."""
    source, target = pair.source_plain, pair.target_plain
    lost = _strong(source.text, source_words)
    new = _strong(target.text, target_words)
    if lost and new and _is_half(target.text, target_words) and not _is_half(source.text, source_words):
        word, place = source.text[slice(*lost)], source.span(*lost)
        yield Finding(ID, SEVERITY, _LOST, 0, 0, None, (("word", word),), *place)
        return
    if bool(lost) == bool(new):
        yield from _as_negative(pair, source_words, target_words, affirmed if lost else None)
        return
    if bounds.denied(pair):
        return  # "may not take more than 340" may be said as "take no more than 340"
    if lost and not _weighed_up(source.text, source_words, target.text, target_words):
        word = source.text[slice(*lost)]
        if word in pair.target_convention.function_words or word not in _WHOLE.findall(target.text):
            place = source.span(*lost)
            yield Finding(ID, SEVERITY, _LOST, 0, 0, None, (("word", word),), *place)
    elif new and not _unshared(source.text, source_words, target.text, target_words):
        yield Finding(ID, SEVERITY, _NEW, *target.span(*new))
    else:
        more = list(_more(pair, source_words, target_words)) if new else []
        yield from more or opposites.run(ID, pair)


def _as_negative(
    pair: Pair, source_words: _Words, target_words: _Words, affirmed: Callable[[], tuple[str, str]] | None
) -> Iterator[Finding]:
    """What differs between two texts that both have a word of negation, or both have none.

    ``affirmed`` gives the texts without what they negate, where they negate anything.
    """
    refused = [] if affirmed else list(_firmly(pair, source_words, target_words))
    yield from refused
    yield from opposites.run(ID, pair, affirmed, plain=not affirmed and not refused)
    uneven = list(_fewer(pair, source_words, target_words)) if affirmed else []
    if affirmed and not uneven:
        uneven = list(_more(pair, source_words, target_words))
    yield from uneven
    if not refused and not uneven:
        yield from _lacking(pair, source_words, target_words)


def _affirmed(text: str, words: _Words) -> str:
    """A text without the clauses that have a word of negation, blank in their place."""
    clauses = _clauses(words.language).split(text)  # what is between two stands at every other place
    return "".join(" " * len(clause) if _strong(clause, words) else clause for clause in clauses)


@cache
def _clauses(language: str) -> re.Pattern[str]:
    """What stands between two clauses: a mark, or a word for "and" or "but"."""
    ands = _ANDS.get(language, "(?!)")
    return re.compile(rf"([;؛，；：。!?]|[,:.،](?!\d)|\b(?:{ands})\b|{_ARABIC_AND})", re.IGNORECASE)


def _fewer(pair: Pair, source_words: _Words, target_words: _Words) -> Iterator[Finding]:
    """A negation where the source denies in more clauses than the target has words of the kind."""
    source, target = pair.source_plain, pair.target_plain
    if _strongs(source.text, source_words) + (_firm(source.text, source_words) is not None) < _TWICE:
        return
    if _SENTENCE_END.search(source.text) or _SENTENCE_END.search(target.text):
        yield from _affirmed_sentences(pair, source_words, target_words)
        return
    denied = _denied(source.text, source_words)
    refused = [
        word
        for word in _unshared(source.text, source_words, target.text, target_words)
        if _is_firm(word, source_words)
    ]
    if len(denied) + len(refused) < _TWICE:
        return
    accounted = _alone(_unshared(target.text, target_words, source.text, source_words), target_words)
    # One clause may deny both: "ya no se aceptan listas no autorizadas".
    target_count = len(_denied(target.text, target_words))
    target_count = max(target_count, _strongs(target.text, target_words)) if refused else target_count
    if len(denied) + len(refused) > target_count + len(accounted):
        start, end = denied[-1]
        values, place = (("source", source.text[start:end]),), source.span(start, end)
        yield Finding(ID, SEVERITY, MISSING, 0, 0, None, values, *place)


def _affirmed_sentences(pair: Pair, source_words: _Words, target_words: _Words) -> Iterator[Finding]:
    """The first sentence that denies something, where the one in its place has nothing of the kind.

    Of texts with other numbers of sentences, or with many, one may say in other words what the next denies.
    """
    source_sentences, target_sentences = (
        _sentences(pair.source_plain.text),
        _sentences(pair.target_plain.text),
    )
    if len(source_sentences) != len(target_sentences) or len(source_sentences) > _FEW_SENTENCES:
        return
    for (at, sentence), (_, counterpart) in zip(source_sentences, target_sentences, strict=True):
        place = _strong(sentence, source_words)
        if place is None or _strong(counterpart, target_words) is not None:
            continue
        if _weak(counterpart, target_words):
            continue
        start, end = at + place[0], at + place[1]
        values = (("word", sentence[slice(*place)]),)
        yield Finding(ID, SEVERITY, _LOST, 0, 0, None, values, *pair.source_plain.span(start, end))
        return


def _more(pair: Pair, source_words: _Words, target_words: _Words) -> Iterator[Finding]:
    """A part that denies, or denies once more, where the one in its place has nothing of the kind.

    Parts end with a sentence or a semicolon. Both texts have as many, and each that denies in the source
    does in the target; a part that denies already has as many clauses.
    """
    source_parts, target_parts = _parts(pair.source_plain.text), _parts(pair.target_plain.text)
    if len(source_parts) != len(target_parts) or not _TWICE <= len(source_parts) <= _FEW_SENTENCES:
        return
    new = None
    for (_, part), (at, counterpart) in zip(source_parts, target_parts, strict=True):
        said, denied = _denied_or_nor(part, source_words), _denied_or_nor(counterpart, target_words)
        if len(said) > len(denied):
            return
        if len(denied) > len(said) and new is None and _adds(part, source_words, counterpart, target_words):
            start, end = denied[-1 if said else 0]
            new = at + start, at + end
    if new is not None:
        yield Finding(ID, SEVERITY, _NEW, *pair.target_plain.span(*new))


def _denied_or_nor(text: str, words: _Words) -> list[tuple[int, int]]:
    """The first word of negation in each clause that denies something; a "nor" where there is no other."""
    place = _strong(text, words)
    return _denied(text, words) or ([place] if place else [])


def _adds(part: str, source_words: _Words, counterpart: str, target_words: _Words) -> bool:
    """Whether nothing in a part of the source says what a new negation in its counterpart may say."""
    kindred = _unshared(part, source_words, counterpart, target_words)
    if not _strong(part, source_words):
        return not kindred
    clauses = len(_clauses(source_words.language).split(part))
    return clauses == len(_clauses(target_words.language).split(counterpart)) and not _alone(
        kindred, source_words
    )


def _parts(text: str) -> list[tuple[int, str]]:
    """The sentences of a text and what semicolons part in them, each with its place."""
    return _cut(text, _PART_END)


def _sentences(text: str) -> list[tuple[int, str]]:
    """The sentences of a text, each with its place."""
    return _cut(text, _SENTENCE_END)


def _cut(text: str, end: re.Pattern[str]) -> list[tuple[int, str]]:
    ends = [match.end() for match in end.finditer(text)]
    return [(start, text[start:end]) for start, end in zip([0, *ends], [*ends, len(text)], strict=True)]


def _is_half(text: str, words: _Words) -> bool:
    """Whether the words of negation of a sentence deny only beside another, which it lacks: ни without не."""
    if words.half.isdisjoint(word_set(text)) or len(word_list(text)) < _SENTENCE_WORDS:
        return False
    return all(
        word not in words.whole
        and not (words.whole_stems and word.startswith(words.whole_stems))
        and (word in words.half or word not in words.strong)
        for word in word_list(text)
    )


def _lacking(pair: Pair, source_words: _Words, target_words: _Words) -> Iterator[Finding]:
    """A "without" that the target lacks, where it has nothing that denies as much.

    One that is new is none: "diskless" is « sans disque ».
    """
    source, target = pair.source_plain, pair.target_plain
    if not target_words.lacking or source_words.lacking.isdisjoint(word_set(source.text)):
        return
    if not target_words.lacking.isdisjoint(word_set(target.text)):
        return
    source_only = _alone(_unshared(source.text, source_words, target.text, target_words), source_words)
    word = next((word for word in source_only if word in source_words.lacking), None)
    if word is None:
        return
    target_only = _alone(_unshared(target.text, target_words, source.text, source_words), target_words)
    denied = len(_denied(source.text, source_words)) - len(_denied(target.text, target_words))
    if denied + len(source_only) > len(target_only):
        place = source.span(*_place(word, source.text))
        yield Finding(ID, SEVERITY, _LOST, 0, 0, None, (("word", word),), *place)


def _denied(text: str, words: _Words) -> list[tuple[int, int]]:
    """The first word of negation in each clause that denies something of its own."""
    places, at = [], 0
    for index, clause in enumerate(_clauses(words.language).split(text)):
        place = None if index % 2 or _STRESS.match(clause) else _first_but_nor(clause, words)
        if place is not None:
            places.append((at + place[0], at + place[1]))
        at += len(clause)
    return places


def _first_but_nor(clause: str, words: _Words) -> tuple[int, int] | None:
    """The first word of negation in a clause that is no "nor"."""
    place = _strong(clause, words)
    while place is not None and clause[slice(*place)].lower() in _NOR:
        start, end = place
        clause = clause[:start] + " " * (end - start) + clause[end:]
        place = _strong(clause, words)
    return place


def _strongs(text: str, words: _Words) -> int:
    """How many words of negation a text has, those that only look like one among them: a quick look."""
    return sum(map(text.count, words.strong)) if words.inside else _count(text, words.strong)


def _firmly(pair: Pair, source_words: _Words, target_words: _Words) -> Iterator[Finding]:
    """A verb of refusal, or "without", on one side only, where nothing else here or there is negative."""
    source, target = pair.source_plain, pair.target_plain
    if _firm(source.text, source_words) is None and _firm(target.text, target_words) is None:
        return
    source_only = _alone(_unshared(source.text, source_words, target.text, target_words), source_words)
    target_only = _alone(_unshared(target.text, target_words, source.text, source_words), target_words)
    if len(source_only) == 1 and not target_only and _is_firm(source_only[0], source_words):
        place = source.span(*_place(source_only[0], source.text))
        yield Finding(ID, SEVERITY, _LOST, 0, 0, None, (("word", source_only[0]),), *place)
    elif target_only and not source_only and _is_firm(target_only[0], target_words):
        yield Finding(ID, SEVERITY, _NEW, *target.span(*_place(target_only[0], target.text)))


def _is_firm(word: str, words: _Words) -> bool:
    """Whether a word is a verb of refusal, or says the opposite of what it ends in."""
    if words.firm_words is None:
        return word in words.firm
    return words.firm_words.fullmatch(word) is not None


def _place(word: str, text: str) -> tuple[int, int]:
    """Where a word in small letters stands in a text that has it."""
    at = max(0, lowered(text).find(word))
    return at, at + len(word)


def _alone(listed: list[str], words: _Words) -> list[str]:
    """Words of the kind without "but", "too", "already" and the like."""
    return [word for word in listed if word not in words.apart and word not in _ALREADY]


def _unshared(text: str, words: _Words, other_text: str, other_words: _Words) -> list[str]:
    """The words of the kind in a text of which the other text says nothing akin."""
    weak = _weak(text, words)
    if not weak:
        return weak
    if other_words.inside:
        for word in other_words.strong:
            other_text = other_text.replace(word, " ")
    return akin.unshared(weak, words.language, other_text, other_words.language)


def _firm(text: str, words: _Words) -> tuple[int, int] | None:
    """Where a text has its first verb of refusal."""
    if words.inside:
        return next(
            ((at, at + len(word)) for word in sorted(words.firm) if (at := text.find(word)) >= 0), None
        )
    if words.firm_words is None or words.firm_heads.isdisjoint(heads(text)):
        return None
    match = words.firm_words.search(text)
    if match is not None:
        match = words.firm_words.search(_blanked(text, words))
    return match.span() if match else None


def _weighed_up(source: str, source_words: _Words, target: str, target_words: _Words) -> bool:
    """Whether the target has as many words of the kind as the source has negations, and others of the kind.

    An "already" is none: it is what "not yet" becomes when its negation is lost.
    """
    target_only = [
        word for word in _unshared(target, target_words, source, source_words) if word not in _ALREADY
    ]
    if not target_only:
        return False
    several = _SENTENCE_END.search(source) or _SENTENCE_END.search(target)
    denied = 1 if several else max(1, len(_denied(source, source_words)))
    # A character such as that of "only" stands in many a Chinese word that says nothing of the kind.
    source_only = (
        []
        if source_words.inside
        else _alone(_unshared(source, source_words, target, target_words), source_words)
    )
    return len(target_only) >= denied + len(source_only)


def _count(text: str, words: frozenset[str]) -> int:
    return sum(word in words for word in word_list(text)) if words else 0


def _strong(text: str, words: _Words) -> tuple[int, int] | None:
    """The first word of negation, "don't" as a whole; "no" not in "No. 5"."""
    if not _may_deny(text, words):
        return None
    text = _blanked(text, words)
    if words.inside:
        places = [(at, at + len(word)) for word in words.strong if (at := text.find(word)) >= 0]
        return min(places, default=None)
    begin = 0
    for word, start, end in spans(text):
        previous, begin = begin, start
        if word not in words.strong:
            continue
        if word == "t":
            if text[start - 2 : start] in {"n'", "n’"}:
                return previous, end
            continue
        if word == "no" and re.match(r"\.?[ \u00a0]?\d", text[end : end + 3]):
            continue
        if word in words.half and _IN_A_NAME.match(text, max(0, start - _BEFORE_A_NAME)):
            continue
        if _joined(text, start, end) and text[start : end + 4].lower() != "no-one":
            continue
        return start, end
    match = words.around.search(text) if words.around else None
    return match.span(1) if match else None


def _may_deny(text: str, words: _Words) -> bool:
    """Whether a text has a word of negation, or one that is within more than a word: a quick look."""
    if words.inside:
        return any(word in text for word in words.strong)
    said = word_set(text)
    return not (words.strong.isdisjoint(said) and words.around_words.isdisjoint(said))


def _blanked(text: str, words: _Words) -> str:
    """A text of the same length without what only looks like a word of the kind."""
    if words.aside is None:
        return text
    return words.aside.sub(lambda match: "\0" * len(match.group()), text)


def _joined(text: str, start: int, end: int) -> bool:
    """Whether a word is part of a longer one: “no-fly zone”, “nicht-öffentlich”, “?not”."""
    return text[start - 1 : start] in _JOINED or (
        text[end : end + 1] in _JOINED and text[end + 1 : end + 2].isalpha()
    )


def _weak(text: str, words: _Words) -> list[str]:
    """The words that say something of the kind of a negation."""
    text = _bared(text, words)
    if words.inside:
        return _inside(text, words.weak)
    said = [match.group().lower() for match in words.phrases.finditer(text)] if words.phrases else []
    if words.phrases and said:
        text = words.phrases.sub(" ", text)
    return said + [
        word
        for word in word_list(text)
        if word in words.weak
        or (len(word) >= _SHORTEST_STEM_WORD and bool(words.stems) and word.startswith(words.stems))
    ]


def _bared(text: str, words: _Words) -> str:
    """A text without what only looks like a word of the kind."""
    return words.aside.sub(" ", text) if words.aside is not None and words.aside.search(text) else text


def _inside(text: str, words: frozenset[str]) -> list[str]:
    """Which of the words stand in a text, none of them within another: 否认 is no 否."""
    present = []
    for word in sorted(words, key=lambda word: (-len(word), word)):
        if word in text:
            present.append(word)
            text = text.replace(word, " ")
    return present


@cache
def _words(language: str) -> _Words | None:
    row = table("negation").get(language)
    if row is None:
        return None
    firm = row.get("firm", "").split()
    weak = [*row["weak"].split(), *firm]
    apart = frozenset(row.get("apart", "").split())
    return _Words(
        language,
        frozenset(row["strong"].split()),
        frozenset(word for word in weak if "*" not in word) | apart,
        tuple(word.rstrip("*") for word in weak if word.endswith("*")),
        apart,
        language in _INSIDE,
        _either(row.get("aside", "")),
        _either(row.get("around", "")),
        frozenset(word for group in _FIRST_GROUP.findall(row.get("around", "")) for word in group.split("|")),
        _either(row.get("phrases", "")),
        frozenset(word for word in firm if word[-1] != "*"),
        _firm_words(firm),
        frozenset(head for word in firm for head in heads(word.replace("*", ""))),
        frozenset(row.get("lacking", "").split()),
        frozenset(row.get("half", "").split()),
        frozenset(word for word in row.get("whole", "").split() if word[-1] != "*"),
        tuple(word[:-1] for word in row.get("whole", "").split() if word[-1] == "*"),
    )


def _firm_words(firm: list[str]) -> re.Pattern[str] | None:
    """Any of the firm words as a whole."""
    alternatives = "|".join(word.replace("*", r"\w*") for word in firm)
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE) if firm else None


def _either(listed: str) -> re.Pattern[str] | None:
    """Any of the expressions of a list, as whole words, in which _ is a space."""
    alternatives = "|".join(listed.split()).replace("_", " ")
    if not alternatives:
        return None
    is_spaced = alternatives[0] < "\u2e80"
    return re.compile(rf"\b(?:{alternatives})\b" if is_spaced else alternatives, re.IGNORECASE)
