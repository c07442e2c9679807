"""A target in a third language was put into the wrong catalogue."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import chain

from l10n import conventions
from l10n.checks.pair import Example, Pair
from l10n.checks.reading.words import spans, word_list
from l10n.model import Finding, Severity
from l10n.patterns import lazy_pattern

ID = "language"
SEVERITY = Severity.ERROR
EXPLANATION = (
    "A target whose common small words belong to a language other than the catalogue's is in the wrong "
    "place. This check tells apart only languages that share a script; words of the source language are "
    "left to the `untranslated` check."
)
BAD = Example(
    "en",
    "The office opens on Monday and stays open for all.",
    "fr",
    "Die Stelle öffnet am Montag und bleibt für alle offen.",
)
GOOD = Example(
    "en",
    "The office opens on Monday and stays open for all.",
    "fr",
    "Le bureau ouvre lundi et reste ouvert à tous.",
)

_OTHER = "the target reads as {other}, not {language}"
_FEWEST = 3  # telling words: a quotation or a name brings one or two
_FEWEST_DIFFERENT = 2  # of them: who laughs says one word again and again
# A letter that is no word: what follows the percent sign of a placeholder, and the first of "e-mail".
_NO_WORD = re.compile(r"%[\d$.-]{0,8}[A-Za-z]|(?<![\w-])[^\W\d_]-(?=\w)")
_SHARE = 6  # at least one word in so many is a small word of the other language
_LATIN_WORD = "a-zß-öø-ÿāăąćčďđēėęěģīįķĺļľłńņňőŕřśşšťţūůűųźżž"
_CYRILLIC_WORD = "а-џґ"


def _letters(own: str, letters: str) -> tuple[Callable[[], re.Pattern[str]], Callable[[], re.Pattern[str]]]:
    """What finds one of some letters, and a word in small letters with one of them: others may be names."""
    return lazy_pattern(f"[{letters}]"), lazy_pattern(rf"\b[{own}]*[{letters}][{own}]*\b")


# Words in letters, or small words, of other languages of the same script, how many of them tell, and what is
# quickly looked for before them; those with capitals may be names.
_STRANGE = {
    "ru": (("Ukrainian", 1, *_letters(_CYRILLIC_WORD, "іїєґ")),),
    "uk": (("Russian", 1, *_letters(_CYRILLIC_WORD, "ыэъё")),),
    "bg": (
        ("Russian", 1, *_letters(_CYRILLIC_WORD, "ыэё")),
        ("Ukrainian", 1, *_letters(_CYRILLIC_WORD, "іїєґ")),
        ("Macedonian", 1, *_letters(_CYRILLIC_WORD, "ѓќѕ")),
        ("Serbian", 1, *_letters(_CYRILLIC_WORD, "ђћ")),
    ),
    "sr": (
        ("Russian", 1, *_letters(_CYRILLIC_WORD, "ыэё")),
        ("Ukrainian", 1, *_letters(_CYRILLIC_WORD, "іїєґ")),
        ("Macedonian", 1, *_letters(_CYRILLIC_WORD, "ѓќѕ")),
        ("Bulgarian", 2, *_letters(_CYRILLIC_WORD, "йщъьюя")),
    ),
    "cs": (("Slovak", 2, *_letters(_LATIN_WORD, "ľĺŕô")),),
    "sk": (("Czech", 2, *_letters(_LATIN_WORD, "ěřů")),),
    "sl": (("Croatian", 2, *_letters(_LATIN_WORD, "ćđ")),),
    "lt": (("Latvian", 2, *_letters(_LATIN_WORD, "āēģīķļņ")),),
    "lv": (("Lithuanian", 2, *_letters(_LATIN_WORD, "ąęėįųů")),),
    "ar": (("Persian", 3, lazy_pattern("[\u06a9\u06cc]"), lazy_pattern("[پچژگ\u06a9\u06cc]")),),
    "zh": (
        (
            "Japanese",
            2,
            lazy_pattern("[\u3041-\u3096]"),
            lazy_pattern("[\u3041-\u3096]{2}|[\u4e00-\u9fff][\u3041-\u3096]"),
        ),
    ),
    "pt": (
        (
            "Spanish",
            2,
            lazy_pattern(r"\b(?:el|los|las|del|y|una|estuvo|fue|muy)\b"),
            lazy_pattern(
                r"(?<![\w-])(?:[a-záéíóúü]*(?:ñ|ción|iento)[a-z]*|el|la|los|las|del|y|una|estuvo|fue|muy)(?![\w-])"
            ),
        ),
    ),
    "es": (("Portuguese", 2, lazy_pattern("[ãõç]"), lazy_pattern(r"\b[a-záéíóúâêôàç]*(?:ã|õ|ç)[a-z]*\b")),),
}


def run(pair: Pair) -> Iterator[Finding]:
    """At most one finding, from the first of the telling words to the last."""
    target, source = pair.target_convention, pair.source_convention
    if not target.function_words or target.language == source.language:
        return
    if finding := _strange(pair):
        yield finding
        return
    words = word_list(pair.target_plain.text)
    if len(words) <= _FEWEST:
        return
    others = _others(target.function_words, target.script)
    telling = [word for word in words if word in others]
    if len(telling) < _FEWEST:
        return
    text = pair.target_plain.text
    if ("-" in text or "%" in text) and (bare := _NO_WORD.sub(_blanks, text)) != text:
        text, words = bare, word_list(bare)
        telling = [word for word in words if word in others]
    hits = Counter(chain.from_iterable(map(others.__getitem__, telling)))
    del hits[source.language]
    name, best = min(hits.items(), key=lambda hit: (-hit[1], hit[0]), default=("", 0))
    if best < _FEWEST:
        return
    theirs = conventions.function_words(target.script)[name]
    letters_only = all(len(word) == 1 or word not in theirs for word in telling)  # (Y)es, (N)o
    few = len(theirs.intersection(telling)) < _FEWEST_DIFFERENT
    if letters_only or few or _SHARE * sum(map(theirs.__contains__, words)) < len(words):
        return
    # What both languages say tells nothing: sisters share most of their small words.
    if best > 2 * sum(map((target.function_words - theirs).__contains__, words)):
        values = (("other", conventions.load(name).english), ("language", target.english))
        said = [
            (start, end)
            for word, start, end in spans(text)
            if word in theirs and word not in target.function_words
        ]
        span = pair.target_plain.span(said[0][0], said[-1][1])
        yield Finding(ID, SEVERITY, _OTHER, *span, None, values)


def _blanks(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _strange(pair: Pair) -> Finding | None:
    """A finding for what the language does not write and another of its script does."""
    text = pair.target_plain.text
    for other, fewest, quick, pattern in _STRANGE.get(pair.target_convention.language, ()):
        if quick().search(text) is None:
            continue
        found = list(pattern().finditer(text))
        if len(found) < fewest or pattern().search(pair.source_plain.text):
            continue
        values = (("other", other), ("language", pair.target_convention.english))
        place = pair.target_plain.span(found[0].start(), found[-1].end())
        return Finding(ID, SEVERITY, _OTHER, *place, None, values)
    return None


@lru_cache(maxsize=32)
def _others(own_words: frozenset[str], script: str) -> dict[str, tuple[str, ...]]:
    """The languages of a script that have a function word, for each that is none of the language's own."""
    by_word: dict[str, tuple[str, ...]] = {}
    for name, words in conventions.function_words(script).items():
        for word in words - own_words:
            by_word[word] = (*by_word.get(word, ()), name)
    return by_word
