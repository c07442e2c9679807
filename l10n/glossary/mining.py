"""Terms that approved pairs speak of and the glossary does not have yet, with what they were called."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from l10n import conventions, inline
from l10n.glossary.collection import Glossary
from l10n.glossary.matching import bare, is_unspaced
from l10n.glossary.term import Status, Term

_LONGEST = 5  # words of a term
_LONGEST_UNSPACED = 8  # characters of one where no spaces are written
_STEM = 4  # letters of a word whose ending is not left out
_ENDING = re.compile("(?:e?s|x|e)$")
_SURE = 10.83  # of the log-likelihood ratio: chance gives it once in a thousand (chi square, one degree)
_ALIKE = 0.5  # Dice's coefficient below which two phrases are not taken for each other
_ROOM = 4  # words or characters a target may have beyond twice its source
_SHOWN = 3  # pairs that are shown as evidence
_WITNESSES = 200  # pairs in which the word for a term is looked for
_KANA = re.compile("[\u30a1-\u30fa\u30fc]+")
_HIRAGANA = re.compile("[\u3041-\u309f]")
_TOKEN = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*|[^\w\s]|\n")
_ELISION = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)[’']", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pair:
    """A source and its approved target, and where they stand."""

    source: str
    target: str
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A term that may be missing.

    ``count`` pairs have its source, ``together`` of them its target too; ``alike`` is how much the two
    stand in the same ones (Dice, 0 to 1), and ``evidence`` some of these.
    """

    term: Term
    count: int
    together: int
    alike: float
    evidence: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class _Token:
    """A word, or a character where no spaces are written.

    ``key`` is the same for its forms, and "" for what no term goes across.
    """

    key: str
    start: int
    end: int
    inner: bool = False
    name: bool = False
    acronym: bool = False
    unspaced: bool = False


_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    """A text cut into tokens."""

    text: str
    tokens: tuple[_Token, ...]

    def phrases(self) -> Iterator[tuple[_Key, int, int]]:
        """(key, first token, one past the last) of whatever may be a term."""
        tokens = self.tokens
        for start, first in enumerate(tokens):
            if not first.key or first.inner:
                continue
            longest = _LONGEST_UNSPACED if first.unspaced else _LONGEST
            key: list[str] = []
            for end in range(start, min(start + longest, len(tokens))):
                token = tokens[end]
                if not token.key or token.unspaced != first.unspaced:
                    break
                key.append(token.key)
                if not token.inner and (end > start or token.name or token.acronym):
                    yield tuple(key), start, end + 1

    def said(self, start: int, end: int) -> str:
        """A stretch of tokens as it is written."""
        return self.text[self.tokens[start].start : self.tokens[end - 1].end]


def suggestions(
    pairs: Iterable[Pair],
    source_locale: str,
    target_locale: str,
    *,
    glossary: Glossary | None = None,
    least: int = 3,
    limit: int = 50,
) -> list[Suggestion]:
    """What the glossary may lack for two languages, the surest first.

    A term is a phrase of several words, a name or an acronym that stands in at least ``least`` different
    sources; its target is the phrase whose places go with it best.  What the glossary has already, and
    what stands only inside such a term, is not suggested.
    """
    known = glossary or Glossary()
    listed = list({(pair.source, pair.target): pair for pair in pairs}.values())
    places = [_hidden(pair, known, source_locale, target_locale) for pair in listed]
    sources = [_text(source, source_locale) for source, _ in places]
    targets = [_text(target, target_locale) for _, target in places]
    wanted = _lasting(_spread(sources, least), sources, least)
    found = _with_targets(wanted, targets)
    counts = _counts({key for one in found.values() for key in one}, targets)
    made: list[tuple[float, Suggestion]] = []
    for key, together in found.items():
        at = wanted[key]
        often = {one: both for one, both in together.items() if both >= least}
        best = _best(key, often, counts, len(at), len(listed))
        if best is None:
            continue
        target_key, weight, alike = best
        source, target = _usual(key, at, sources), _usual(target_key, at, targets)
        term = Term(source_locale, target_locale, source, target, _status(source, target))
        holding = [place for place in at if target_key in _keys(targets[place])]
        evidence = tuple(listed[place] for place in holding[:_SHOWN])
        made.append((weight, Suggestion(term, len(at), len(holding), round(alike, 2), evidence)))
    made.sort(key=lambda one: (-one[0], one[1].term.source))
    return list(_told_once(one for _, one in made))[:limit]


def _status(source: str, target: str) -> Status:
    return Status.DO_NOT_TRANSLATE if source == target else Status.PREFERRED


def _told_once(made: Iterable[Suggestion]) -> Iterator[Suggestion]:
    """Each target once, for the surest of its sources."""
    seen: set[str] = set()
    for one in made:
        if one.term.target.lower() not in seen:
            seen.add(one.term.target.lower())
            yield one


def _hidden(pair: Pair, known: Glossary, source_locale: str, target_locale: str) -> tuple[str, str]:
    """Both texts without their codes, a line break in the place of each term that is known already."""
    source, target = _plain(pair.source), _plain(pair.target)
    hits = known.find(source, source_locale, target_locale)
    terms = {hit.term for hit in hits}
    others = [hit for hit in known.targets(target, source_locale, target_locale) if hit.term in terms]
    return (
        _without(source, [(hit.start, hit.end) for hit in hits]),
        _without(target, [(hit.start, hit.end) for hit in others]),
    )


def _plain(text: str) -> str:
    return "".join(
        token.text if token.role is inline.Role.TEXT else "\n" if token.role is inline.Role.LONE else ""
        for token in inline.tokens(text)
    )


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]}\n{text[end:]}"
    return text


def _text(text: str, locale: str) -> _Text:
    convention = conventions.load(locale)
    inner = convention.function_words | convention.segmentation.starters | convention.negation
    tokens: list[_Token] = []
    first = True
    for found in _TOKEN.finditer(text):
        word = found.group()
        if not any(map(str.isalpha, word)):
            tokens.append(_Token("", *found.span()))
            first = first or word in ".!?…:\n"
            continue
        for start, end in _pieces(word):
            tokens.append(_token(word[start:end], found.start() + start, inner, first=first))
            first = False
    return _Text(text, tuple(tokens))


def _pieces(word: str) -> Iterator[tuple[int, int]]:
    """The parts of a run that can be words: single characters, runs of katakana, what follows an elision."""
    at = 0
    if found := _ELISION.match(word):
        yield 0, found.end()
        at = found.end()
    while at < len(word):
        end = at + 1
        if kana := _KANA.match(word, at):
            end = kana.end()
        elif not is_unspaced(word[at]):
            while end < len(word) and not is_unspaced(word[end]):
                end += 1
        yield at, end
        at = end


def _token(word: str, start: int, inner: frozenset[str], *, first: bool) -> _Token:
    low = word.lower()
    unspaced = is_unspaced(word[0])
    letters = sum(map(str.isalpha, word))
    return _Token(
        "" if not letters else bare(low) if unspaced else _stem(bare(low)),
        start,
        start + len(word),
        inner=low in inner
        or low.rstrip("’'") in inner
        or bool(_HIRAGANA.match(word))
        or (letters < len(word) and not word[0].isalpha())
        or (letters == 1 and not unspaced),
        name=word[0].isupper() and not first and letters > 2,
        acronym=letters > 1 and word.isupper(),
        unspaced=unspaced,
    )


def _stem(word: str) -> str:
    """A word without the commonest endings, so that singular and plural count together."""
    return _ENDING.sub("", word) if len(word) > _STEM else word


def _keys(text: _Text) -> set[_Key]:
    return {key for key, _, _ in text.phrases()}


def _spread(texts: Sequence[_Text], least: int) -> dict[_Key, list[int]]:
    """The texts in which each phrase stands, for phrases of enough of them.

    A phrase is looked at only where its beginning stands often enough, so that few are held at a time.
    """
    heads = Counter(key[:1] for text in texts for key in {key[:2] for key in _keys(text)})
    often: set[_Key] = {key for key, count in heads.items() if count >= least}
    spread: dict[_Key, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        for key in _keys(text):
            if key[:1] in often:
                spread[key].append(place)
    return {key: at for key, at in spread.items() if len(at) >= least}


def _lasting(spread: Mapping[_Key, list[int]], texts: Sequence[_Text], least: int) -> dict[_Key, list[int]]:
    """Phrases that stand often enough outside the longer ones that are kept, the longest first."""
    kept: dict[_Key, list[int]] = {}
    inside: dict[_Key, set[int]] = defaultdict(set)
    for key in sorted(spread, key=lambda key: (-len(key), key)):
        own = [place for place in spread[key] if place not in inside[key]]
        if len(own) < least or not _whole(key, own, texts):
            continue
        kept[key] = spread[key]
        for start in range(len(key)):
            for end in range(start + 1, len(key) + 1):
                if end - start < len(key):
                    inside[key[start:end]].update(spread[key])
    return kept


def _whole(key: _Key, places: Sequence[int], texts: Sequence[_Text]) -> bool:
    """Whether a phrase without spaces is no piece of a word: different characters stand around it."""
    before: set[str] = set()
    after: set[str] = set()
    for place in places:
        tokens = texts[place].tokens
        for found, start, end in texts[place].phrases():
            if found == key:
                if not tokens[start].unspaced:
                    return True
                before.add(tokens[start - 1].key if start else str(place))
                after.add(tokens[end].key if end < len(tokens) else str(place))
    return len(before) > 1 and len(after) > 1


def _with_targets(wanted: Mapping[_Key, list[int]], targets: Sequence[_Text]) -> dict[_Key, Counter[_Key]]:
    """For each source phrase, in how many of its pairs each target phrase stands."""
    return {
        key: Counter(found for place in at[:_WITNESSES] for found in _keys(targets[place]))
        for key, at in wanted.items()
    }


def _counts(wanted: set[_Key], texts: Sequence[_Text]) -> Counter[_Key]:
    return Counter(key for text in texts for key in _keys(text) & wanted)


def _best(
    source: _Key, together: Mapping[_Key, int], counts: Mapping[_Key, int], count: int, total: int
) -> tuple[_Key, float, float] | None:
    """The target phrase that goes with a source best, how surely and how exclusively; None when none does."""
    weighed = []
    for key, both in together.items():
        alike = 2 * both / (count + counts[key])
        if alike >= _ALIKE and len(key) <= 2 * len(source) + _ROOM:
            weight = _likelihood(both, count, counts[key], total)
            if weight >= _SURE:
                weighed.append((alike, len(key), weight, key))
    if not weighed:
        return None
    alike, _, weight, key = max(weighed)
    return key, weight, alike


def _likelihood(both: int, one: int, other: int, total: int) -> float:
    """The log-likelihood ratio of two phrases being in the same pairs (Dunning 1993)."""
    cells = (both, one - both, other - both, max(total - one - other + both, 0))
    expected = (
        one * other / total,
        one * (total - other) / total,
        (total - one) * other / total,
        (total - one) * (total - other) / total,
    )
    return 2 * sum(
        seen * math.log(seen / usual) for seen, usual in zip(cells, expected, strict=True) if seen and usual
    )


def _usual(key: _Key, places: Sequence[int], texts: Sequence[_Text]) -> str:
    """How a phrase is written most often."""
    said: Counter[str] = Counter()
    for place in places:
        for found, start, end in texts[place].phrases():
            if found == key:
                said[texts[place].said(start, end)] += 1
    return max(said, key=lambda one: (said[one], one))
