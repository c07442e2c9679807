"""Where a text denies something, and what else in it may account for a denial."""

from __future__ import annotations

import re
from functools import cache

from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.words import heads, lowered, spans, word_list, word_set
from l10n.checks.sense.negation_words import Words, load

# What denies one thing more in a sentence that has denied another: the other language may say "or".
_NOR = frozenset({"nor", "ni", "nem", "né", "noch", "ни", "ولا"})
# The "and" of "and do not", written on to the front of it, which before a noun says "nor".
_ARABIC_AND = "(?<!\\w)و(?=(?:لا|لم|لن)[ \u00a0][يتنأ])"
_AND_DOES_NOT = re.compile("(?<!\\w)ولا[ \u00a0][يتنأ]")
_SENTENCE_WORDS = 8  # a shorter text may have no verb: "Aucun blessé à Lyon"
# Not the point of "5:47 a.m. on Wednesday", behind which a small letter stands, nor that of "21. November".
SENTENCE_END = re.compile(
    r"[.!?؟।](?<!\b\d\.)(?<!\b\d\d\.)[»”“\")]?\s(?=[^\sa-zа-яß-öø-ÿ»”])|[。！？](?![”」』])(?=.)"
)
_PART_END = re.compile(rf"{SENTENCE_END.pattern}|[;؛；]\s?")
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
    "hi": "और|लेकिन|मगर",
}
# What only lays stress on a denial before it: "never, not even for a day".
_STRESS = re.compile(
    r"\W*(?:not even|pas même|ni même|ni siquiera|nem mesmo|nem sequer|nicht einmal|nemmeno|neanche|neppure"
    r"|ولا حتى|даже не)\b",
    re.IGNORECASE,
)


def affirmed(text: str, words: Words) -> str:
    """A text without the clauses that have a word of negation, blank in their place."""
    parts_of_text = clauses(words.language).split(text)  # what is between two stands at every other place
    return "".join(" " * len(part) if strong(part, words) else part for part in parts_of_text)


@cache
def clauses(language: str) -> re.Pattern[str]:
    """What stands between two clauses: a mark, or a word for "and" or "but"."""
    ands = _ANDS.get(language, "(?!)")
    comma = "、" if language == "ja" else ""
    return re.compile(rf"([;؛，；：。।{comma}!?]|[,:.،](?!\d)|\b(?:{ands})\b|{_ARABIC_AND})", re.IGNORECASE)


def denied(text: str, words: Words) -> list[tuple[int, int]]:
    """The first word of negation in each clause that denies something of its own."""
    places, at = [], 0
    for index, clause in enumerate(clauses(words.language).split(text)):
        place = None if index % 2 or _STRESS.match(clause) else _first_but_nor(clause, words)
        if place is not None:
            places.append((at + place[0], at + place[1]))
        at += len(clause)
    return places


def _first_but_nor(clause: str, words: Words) -> tuple[int, int] | None:
    """The first word of negation in a clause that is no "nor"."""
    place = strong(clause, words)
    while place is not None and clause[slice(*place)].lower() in _NOR:
        start, end = place
        clause = clause[:start] + " " * (end - start) + clause[end:]
        place = strong(clause, words)
    return place


def strongs(text: str, words: Words) -> int:
    """How many words of negation a text has, those that only look like one among them: a quick look."""
    return sum(map(text.count, words.strong)) if words.inside else _count(text, words.strong)


def nors(text: str) -> int:
    """How many words for "nor" a text has: each may stand for one "and no".

    The German one is a "yet" or "still" without its "neither"; before a verb the Arabic one says "and not".
    """
    words = _NOR if "weder" in word_set(text) else _NOR - {"noch"}
    return _count(text, words) - len(_AND_DOES_NOT.findall(text))


def denied_or_nor(text: str, words: Words) -> list[tuple[int, int]]:
    """The first word of negation in each clause that denies something; a "nor" where there is no other."""
    place = strong(text, words)
    return denied(text, words) or ([place] if place else [])


def parts(text: str) -> list[tuple[int, str]]:
    """The sentences of a text and what semicolons part in them, each with its place."""
    return _cut(text, _PART_END)


@per_text
def sentences(text: str) -> list[tuple[int, str]]:
    """The sentences of a text, each with its place."""
    return _cut(text, SENTENCE_END)


def _cut(text: str, end: re.Pattern[str]) -> list[tuple[int, str]]:
    ends = [match.end() for match in end.finditer(text)]
    if not ends:
        return [(0, text)]
    return [(start, text[start:end]) for start, end in zip([0, *ends], [*ends, len(text)], strict=True)]


def is_half(text: str, words: Words) -> bool:
    """Whether the words of negation of a sentence deny only beside another, which it lacks: ни without не."""
    if words.half.isdisjoint(word_set(text)) or len(word_list(text)) < _SENTENCE_WORDS:
        return False
    return all(
        word not in words.whole
        and not (words.whole_stems and word.startswith(words.whole_stems))
        and (word in words.half or word not in words.strong)
        for word in word_list(text)
    )


def firm(text: str, words: Words) -> tuple[int, int] | None:
    """Where a text has its first verb of refusal."""
    if words.inside:
        return next(
            ((at, at + len(word)) for word in sorted(words.firm) if (at := text.find(word)) >= 0), None
        )
    if words.firm_words is None or words.firm_heads.isdisjoint(heads(text)):
        return None
    match = words.firm_words().search(text)
    if match is not None:
        match = words.firm_words().search(_blanked(text, words))
    return match.span() if match else None


def is_firm(word: str, words: Words) -> bool:
    """Whether a word is a verb of refusal, or says the opposite of what it ends in."""
    if words.firm_words is None:
        return word in words.firm
    return words.firm_words().fullmatch(word) is not None


def place(word: str, text: str) -> tuple[int, int]:
    """Where a word in small letters stands in a text that has it."""
    at = max(0, lowered(text).find(word))
    return at, at + len(word)


def _count(text: str, words: frozenset[str]) -> int:
    return sum(word in words for word in word_list(text)) if words else 0


def strong(text: str, words: Words) -> tuple[int, int] | None:
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
    match = words.around().search(text) if words.around else None
    return match.span(1) if match else None


@per_text
def first(text: str, language: str) -> tuple[int, int] | None:
    """The first word of negation of a text that stands beside several others."""
    words = load(language)
    return strong(text, words) if words is not None else None


def _may_deny(text: str, words: Words) -> bool:
    """Whether a text has a word of negation, or one that is within more than a word: a quick look."""
    if words.inside:
        return any(word in text for word in words.strong)
    said = word_set(text)
    return not (words.strong.isdisjoint(said) and words.around_words.isdisjoint(said))


def _blanked(text: str, words: Words) -> str:
    """A text of the same length without what only looks like a word of the kind."""
    if words.aside is None:
        return text
    return words.aside().sub(lambda match: "\0" * len(match.group()), text)


def _joined(text: str, start: int, end: int) -> bool:
    """Whether a word is part of a longer one: “no-fly zone”, “nicht-öffentlich”, “?not”."""
    return text[start - 1 : start] in _JOINED or (
        text[end : end + 1] in _JOINED and text[end + 1 : end + 2].isalpha()
    )


def weak(text: str, words: Words) -> list[str]:
    """The words that say something of the kind of a negation."""
    if words.inside:
        # A phrase may have a word that only looks like one: 前所未有 (unheard of).
        said = [match.group() for match in words.phrases().finditer(text)] if words.phrases else []
        return said + _inside(_bared(text, words), words.weak)
    text = _bared(text, words)
    said = [match.group().lower() for match in words.phrases().finditer(text)] if words.phrases else []
    if words.phrases and said:
        text = words.phrases().sub(" ", text)
    return said + [
        word
        for word in word_list(text)
        if word in words.weak
        or (len(word) >= _SHORTEST_STEM_WORD and bool(words.stems) and word.startswith(words.stems))
    ]


def _bared(text: str, words: Words) -> str:
    """A text without what only looks like a word of the kind."""
    return words.aside().sub(" ", text) if words.aside is not None else text


def _inside(text: str, words: frozenset[str]) -> list[str]:
    """Which of the words stand in a text, none of them within another: 否认 is no 否."""
    present = []
    for word in sorted(words, key=lambda word: (-len(word), word)):
        if word in text:
            present.append(word)
            text = text.replace(word, " ")
    return present
