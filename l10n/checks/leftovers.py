"""What a machine leaves behind: loops, masks, and words about the translation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import eq

from l10n.checks.pair import Example, Pair
from l10n.checks.reading.words import spans, word_list, word_set
from l10n.model import Finding, Severity
from l10n.patterns import lazy_pattern

ID = "leftovers"
SEVERITY = Severity.ERROR
EXPLANATION = (
    "Engines sometimes repeat themselves (“the the office the office the office”), leave in the "
    "placeholders that stood for locked values, or talk about the translation instead of translating. None "
    "of this may reach a reader."
)
BAD = Example("en", "The office opens.", "fr", "Voici la traduction : Le bureau ouvre.")
GOOD = Example("en", "The office opens.", "fr", "Le bureau ouvre.")

_LOOP = "{words} appears {times} times in a row"
_MASK = "{text} is a placeholder left by a machine"
_TALK = "{text} is a remark by the machine"
_MASKS = lazy_pattern(
    r"<unk>|<pad>|</?s>|\[MASK\]|[⟦⟧▁]|@@(?=\s)|__[A-Z0-9]{1,12}__|\{\{\d+\}\}|\bXQ\d+Z\b|<\|[a-z_]{1,20}\|>"
    r"|\[(?:TRANSLATION|TRANSLATED|UNTRANSLATED|TODO|TRADUCTION)\]",
    re.IGNORECASE,
)
_TALKS = lazy_pattern(
    r"\A\s*(?:sure[,!]|certainly[,!]|here(?:’|')?s? (?:is )?(?:the|your) translation|translation\s*:|"
    r"voici la traduction|traduction\s*:|aquí (?:está|tiene) la traducción|traducción\s*:|"
    r"hier ist die übersetzung|übersetzung\s*:|ecco la traduzione|traduzione\s*:|"
    r"aqui está a tradução|tradução\s*:|"
    r"вот перевод|перевод\s*:|إليك الترجمة|الترجمة\s*:|以下是翻译|翻译\s*[:：]|译文\s*[:：])"
    r"|as an ai (?:language )?model|en tant que modèle de langage|i cannot translate",
    re.IGNORECASE,
)
_OF_TRANSLATION = lazy_pattern(
    r"\W*(?:translat|tradu|überset|перев|перекл|الترجمة|ترجم|翻译|翻譯|译)", re.IGNORECASE
)
_MASKED = re.compile("[<\\[⟦⟧▁@_{]|XQ")
# How what _TALKS looks for begins.
_FRONTS = (
    *("sure", "certainly", "here", "translation", "voici la", "traduction", "aquí", "traducción", "hier ist"),
    *("übersetzung", "ecco la", "traduzione", "aqui", "tradução", "вот", "перевод", "إليك", "الترجمة"),
    *("以下是翻译", "翻译", "译文"),
)
_LONGEST = 6  # words of a phrase that a loop repeats
_TIMES = 3
_CALL = 2  # letters


def run(pair: Pair) -> Iterator[Finding]:
    """Nothing that the source has too."""
    target = pair.target
    likely = [(_MASKS(), _MASK)] if _MASKED.search(target) else []
    small = target.lower()
    aside = "as an ai" in small or "modèle de langage" in small or "i cannot" in small
    if aside or small.lstrip().startswith(_FRONTS):
        likely.append((_TALKS(), _TALK))
    for pattern, template in likely:
        if template == _TALK and _OF_TRANSLATION().match(pair.source):
            continue  # "Translated by {names}" may be said as "Translation: {names}"
        for match in pattern.finditer(target):
            if match.group().strip().lower() not in pair.source.lower():
                yield Finding(ID, SEVERITY, template, *match.span(), None, (("text", match.group().strip()),))
    yield from _loops(pair)


def _loops(pair: Pair) -> Iterator[Finding]:
    words = word_list(pair.target_plain.text)
    repeated = len(words) - len(word_set(pair.target_plain.text))
    if repeated < _TIMES - 1:
        return
    for size in range(1, min(_LONGEST, len(words) // _TIMES, repeated // (_TIMES - 1)) + 1):
        if sum(map(eq, words, words[size:])) < size * (_TIMES - 1):
            continue
        run_ = 0
        for at in range(size, len(words) + 1):
            if at < len(words) and words[at] == words[at - size]:
                run_ += 1
                continue
            times = run_ // size + 1
            begin = at - size - run_
            told = times >= _TIMES + (size == 1) and not (size == 1 and _is_call(words[begin]))
            if told and not _in_source(words[begin : begin + size], times, pair):
                places = spans(pair.target_plain.text)
                span = pair.target_plain.span(places[begin][1], places[begin + size * times - 1][2])
                phrase = " ".join(words[begin : begin + size])
                yield Finding(ID, SEVERITY, _LOOP, *span, None, (("words", phrase), ("times", str(times))))
                return
            run_ = 0


def _is_call(word: str) -> bool:
    """Whether a word is a laugh or a call of a letter or two: « Ha ha ha ha ! »."""
    return len(word) <= _CALL


def _in_source(phrase: Sequence[str], times: int, pair: Pair) -> bool:
    """Whether the source goes in circles too: any phrase as often in a row, or once less."""
    words = word_list(pair.source_plain.text)
    size = len(phrase)
    run_ = 0
    for at in range(size, len(words)):
        run_ = run_ + 1 if words[at] == words[at - size] else 0
        if run_ // size + 1 >= max(times - 1, 2):
            return True
    return False
