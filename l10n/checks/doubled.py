"""A word that stands twice in a row was typed twice, and a sentence that stands twice was put in twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from operator import eq
from typing import NamedTuple

from l10n.checks.pair import Example, Pair
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.words import spans, word_list
from l10n.checks.sense import denials
from l10n.model import Finding, Severity
from l10n.patterns import lazy_pattern

ID = "doubled"
SEVERITY = Severity.WARNING
EXPLANATION = (
    "The same word twice in a row is a typing mistake, unless the source doubles one too or the language "
    "allows the repetition (« nous nous », “had had”, „die die“). So is a sentence that stands in the target "
    "more often than any sentence does in the source."
)
BAD = Example("en", "The office opens in May.", "fr", "Le bureau bureau ouvre en mai.")
GOOD = Example("en", "We meet on Monday.", "fr", "Nous nous réunissons lundi.")

_SAID = "{word} appears twice in a row"
_AGAIN = "this sentence stands here once more than in the source"
_LETTERS = 20  # of a sentence: two short ones may be translated alike
_DENSE_LETTERS = 8
_LETTER = re.compile(r"[^\W\d_]")
# Words that a language may write twice: pronouns before their own verb, relative after demonstrative.
_ALLOWED = {
    "en": frozenset({"had", "that", "is", "very", "so", "bye", "no"}),
    "fr": frozenset({"nous", "vous", "très", "elle", "non", "quelque"}),
    "de": frozenset({"die", "der", "das", "den", "dem", "sie", "sehr", "nein"}),
    "es": frozenset({"no", "muy"}),
    "pt": frozenset({"se", "não", "muito"}),
    "it": frozenset({"via", "man", "no", "mano", "ben", "così", "piano", "poco"}),
    "nl": frozenset({"die", "dat", "zij", "haar", "zich"}),
    "ru": frozenset({"чуть", "еле", "очень"}),
}
_JOINED = re.compile("[0-9_/-]")
_IN_ADDRESS = re.compile(r"\.\w")  # behind a word: irc.example.org
_TWICE = lazy_pattern("((?!一)[\u4e00-\u9fff]{2,12})\\1")
_DOUBLED_NAME = lazy_pattern(r"(?i)([^\W\d_]{3,8})[ -]?\1")
_CALL = lazy_pattern(
    r"(?i)\b(?:[aeiou]?(?:h[aeiou]){2,}h?|([^\W\d_]{2,8})[,!-]\s?\1|uh[- ,]+(?:oh|huh))(?!\w)"
)
_UNSPACED = frozenset({"Hans", "Hant", "Hani", "Jpan", "Thai", "Khmr", "Laoo", "Mymr"})
# Languages that double words to say a plural, an intensity or a distribution.
_DOUBLING = frozenset(
    {"id", "ms", "hi", "bn", "ta", "te", "mr", "ne", "ur", "tr", "sw", "af", "vi", "tl", "km", "fa"}
)


def run(pair: Pair) -> Iterator[Finding]:
    """The second of two; the fix takes it out."""
    convention = pair.target_convention
    yield from _sentence_again(pair)
    if convention.language == "zh":
        yield from _stuttered(pair)
    if convention.script in _UNSPACED or convention.language in _DOUBLING:
        return
    target = pair.target_plain
    words = word_list(target.text)
    if not any(map(eq, words, words[1:])):
        return
    doubled = list(_doubled(target.text))
    if not doubled or any(True for _ in _doubled(pair.source_plain.text)) or _calls(pair.source_plain.text):
        return
    allowed = _ALLOWED.get(convention.language, frozenset())
    for word, end_before, start, end in doubled:
        if word not in allowed:
            # A space may have moved into a code: the fix is only certain where the words stand together.
            begin, stop = target.span(end_before - 1, end)[0] + 1, target.span(start, end)[1]
            stored = pair.target[begin:stop] == target.text[end_before:end]
            fix = pair.target[:begin] + pair.target[stop:] if stored else None
            yield Finding(
                ID, SEVERITY, _SAID, *target.span(start, end), fix, (("word", target.text[start:end]),)
            )


def _sentence_again(pair: Pair) -> Iterator[Finding]:
    """The first sentence that the target has more often than the source has any."""
    target = pair.target_plain
    again = _repeated(target.text)
    if again is None or again.times <= _most_often(pair.source_plain.text):
        return
    letters = len(_LETTER.findall(target.text, *again.place))
    if letters < (_DENSE_LETTERS if pair.target_convention.script in _UNSPACED else _LETTERS):
        return
    more = len(denials.sentences(target.text)) > len(denials.sentences(pair.source_plain.text))
    if more or again.follows:
        yield Finding(ID, SEVERITY, _AGAIN, *target.span(*again.place))


class _Again(NamedTuple):
    """The first sentence that a text repeats: how often, where again, and whether right behind itself."""

    times: int
    place: tuple[int, int]
    follows: bool


@per_text
def _repeated(text: str) -> _Again | None:
    sentences = denials.sentences(text)
    if len(sentences) == 1:
        return None
    seen: Counter[str] = Counter()
    first: tuple[str, tuple[int, int], bool] | None = None
    before = ""
    for at, sentence in sentences:
        key = sentence.strip().rstrip(".!?؟。！？।").casefold()
        seen[key] += 1
        if first is None and key and seen[key] > 1:
            start = at + len(sentence) - len(sentence.lstrip())
            first = key, (start, start + len(sentence.strip())), key == before
        before = key
    return _Again(seen[first[0]], *first[1:]) if first else None


def _most_often(text: str) -> int:
    again = _repeated(text)
    return again.times if again else 1


def _calls(text: str) -> bool:
    """Whether a text laughs or calls, which other languages write as a row of words: “Haha!”, “Hey, hey!”."""
    return _CALL().search(text) is not None


def _stuttered(pair: Pair) -> Iterator[Finding]:
    """Two and more characters of Chinese that are written twice, as 研究研究 is said but not written.

    Where a word of the source says something twice (Iloilo, Bora-Bora), Chinese does as well.
    """
    target = pair.target_plain
    if _TWICE().search(target.text) is None or _DOUBLED_NAME().search(pair.source_plain.text):
        return
    for match in _TWICE().finditer(target.text):
        if len(set(match[1])) == len(match[1]):  # a doubled character is a way of saying it
            values = (("word", match[1]),)
            span = target.span(match.start() + len(match[1]), match.end())
            yield Finding(ID, SEVERITY, _SAID, *span, None, values)


def _doubled(text: str) -> Iterator[tuple[str, int, int, int]]:
    """(word, end of the first, place of the second) for words of two letters and more, a space between."""
    before, last = "", 0
    for word, start, end in spans(text):
        if word == before and len(word) > 1 and text[last:start].isspace():
            beside = text[max(0, last - len(word) - 1) : last - len(word)] + text[end : end + 1]
            part = _JOINED.search(beside) or _IN_ADDRESS.match(text, end)
            if not part:  # "the file file-2"
                yield word, last, start, end
        before, last = word, end
