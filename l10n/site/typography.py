"""Typography repaired when a page is rendered: people type plain spaces and straight quotes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from l10n import inline
from l10n.conventions import load
from l10n.inline import Role

Rule = Callable[[str], str]
Signed = tuple[tuple[str, ...], Rule]
"""A rule, and the signs without one of which it changes nothing; none where that is not so simple."""

NBSP, NNBSP = "\u00a0", "\u202f"
# Noncharacters, which no text carries, stand for markup, locked values and the ends of segments
# while the words around them are repaired.
_TAG, _OBJECT, _BREAK = "\ufdd0", "\ufdd1", "\ufdd2"
_CODE = re.compile(f"([{_TAG}{_OBJECT}])")
_MARK = re.compile(f"[{_TAG}{_OBJECT}{_BREAK}]")
_SP = rf"[ \t\u2009{NBSP}{NNBSP}]"

# A sign comes first where it can: what stands before it is looked at only where there is one.
_APOSTROPHE = re.compile(rf"'(?<=[^\W\d_]')(?=[^\W\d_]|[{_TAG}{_OBJECT}]+\w|{_OBJECT})")
_DOTS = re.compile(r"\.\.\.(?<!\.\.\.\.)(?![./\\])")
_AFTER = rf"(?=[\s{_TAG}{_OBJECT}{_BREAK}»”’\"')\]…,.!?;:]|$)"
_HIGH = re.compile(
    rf"(?<=[^\s([{{«“‘!?;:&#/{_TAG}{_BREAK}])(?P<tags>{_TAG}*)(?<!{_SP}){_SP}*(?P<mark>[;!?]+)(?P<next>{_AFTER})"
)
_ENTITY = re.compile(r"&#?\w{1,31}$")
_COLON = re.compile(
    rf"(?<=[^\s([{{«“‘!?;:/{_TAG}{_BREAK}])(?P<tags>{_TAG}*)(?<!{_SP}){_SP}*:(?=[\s{_TAG}{_OBJECT}{_BREAK}«“]|$)"
)
_OPENING = re.compile(rf"«{_SP}*(?=[^\s»{_BREAK}])")
_CLOSING = re.compile(rf"(?<=[^\s«{_BREAK}])(?<!{_SP}){_SP}*»")
_UNIT = re.compile(r"(?<=\d) (?=[%€$])")
_DIGITS = re.compile(r"\d \d")
_GROUPS = re.compile(r"(?<![\d,.])\d{1,3}(?: \d{3})+(?!\d)")

_ARABIC = "\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff"
_ARABIC_MARK = re.compile(
    rf"(?<=[{_ARABIC}])(?P<tags>{_TAG}*)(?P<mark>[,;?])(?=\s*{_TAG}*\s*(?:[{_ARABIC}«»“”\"!?{_BREAK}]|$))"
)
_ARABIC_MARKS = {",": "،", ";": "؛", "?": "؟"}


def repair(text: str, locale: str) -> str:
    """A source or target as a page of ``locale`` shows it; codes, addresses and times stay.

    French: a narrow no-break space before ; ! ? and a no-break space before : and inside « »
    (Lexique des règles typographiques en usage à l'Imprimerie nationale); Canadian French sets
    no space before ; ! ? (Office québécois de la langue française).  Arabic: its own comma,
    semicolon and question mark.  Elsewhere: quotation marks, apostrophe, ellipsis.  Repairing
    twice changes nothing more.
    """
    return together((text,), locale)[0]


def together(texts: Sequence[str], locale: str) -> tuple[str, ...]:
    """The segments of one block, repaired as one text: a quotation may run over several."""
    if not any(in_need(text, locale) for text in texts):
        return tuple(texts)
    rules = _rules(locale)
    if any(_TAG in text or _OBJECT in text or _BREAK in text for text in texts):
        return tuple(inline.words_only(text, lambda words: _applied(rules, words)) for text in texts)
    if not any("<" in text or inline.may_hold_values(text) for text in texts):
        return tuple(_applied(rules, _BREAK.join(texts)).split(_BREAK))
    kept: list[str] = []
    view = _BREAK.join("".join(_view(text, kept)) for text in texts)
    stored = iter(kept)
    return tuple(_said(piece, stored) for piece in _applied(rules, view).split(_BREAK))


def in_need(text: str, locale: str) -> bool:
    """Whether there may be something to repair in a text."""
    for sign in _signs(locale):
        if sign in text:
            return True
    return load(locale).language == "fr" and _DIGITS.search(text) is not None


def _said(view: str, stored: Iterator[str]) -> str:
    pieces = _CODE.split(view)
    return "".join(
        next(stored) if index % 2 else inline.escape_literal(piece) for index, piece in enumerate(pieces)
    )


def _view(text: str, kept: list[str]) -> Iterator[str]:
    """The words, with one mark for each code and locked value, which go to ``kept``."""
    for token in inline.tokens(text):
        if token.role is not Role.TEXT:
            kept.append(token.text)
            yield _OBJECT if token.role is Role.LONE else _TAG
            continue
        if not inline.may_hold_values(token.text):
            yield token.text
            continue
        for run in inline.values(token.text):
            if run.role is Role.VALUE:
                kept.append(inline.escape_literal(run.raw))
                yield _OBJECT
            else:
                yield run.text


def _applied(rules: tuple[Signed, ...], words: str) -> str:
    for signs, rule in rules:
        if not signs or any(sign in words for sign in signs):
            words = rule(words)
    return words


@lru_cache(maxsize=64)
def _signs(locale: str) -> tuple[str, ...]:
    """The signs one of which stands in every text in which there is something to repair, but for digits."""
    told = (sign for signs, _ in _rules(locale) for sign in signs)
    return tuple(dict.fromkeys((*told, _TAG, _OBJECT, _BREAK)))


@lru_cache(maxsize=64)
def _rules(locale: str) -> tuple[Signed, ...]:
    convention = load(locale)
    language = convention.language
    rules: list[Signed] = []
    if language not in {"zh", "ja", "ko"}:
        rules.append((("...",), lambda words: _DOTS.sub("…", words)))
    if convention.quotes:
        rules.append((('"',), lambda words: _quotes(words, convention.quotes)))
    if language in {"fr", "en", "es", "it"}:
        rules.append((("'",), lambda words: _APOSTROPHE.sub("’", words)))
    if language == "fr":
        rules.extend(_french("" if locale == "fr-CA" else NNBSP))
    if convention.script == "Arab":
        rules.append((tuple(_ARABIC_MARKS), lambda words: _ARABIC_MARK.sub(_arabic, words)))
    return tuple(rules)


def _french(narrow: str) -> tuple[Signed, ...]:
    def high(found: re.Match[str]) -> str:
        if found["mark"][0] == ";" and _ENTITY.search(
            found.string, max(0, found.start() - 33), found.start()
        ):
            return found[0]
        return f"{found['tags']}{narrow}{found['mark']}"

    return (
        (("«",), lambda words: _OPENING.sub(f"«{NBSP}", words)),
        (("»",), lambda words: _CLOSING.sub(f"{NBSP}»", words)),
        ((";", "!", "?"), lambda words: _HIGH.sub(high, words)),
        ((":",), lambda words: _COLON.sub(rf"\g<tags>{NBSP}:", words)),
        (("%", "€", "$"), lambda words: _UNIT.sub(NBSP, words)),
        ((), lambda words: _GROUPS.sub(lambda found: found[0].replace(" ", NNBSP), words)),
    )


def _arabic(found: re.Match[str]) -> str:
    return found["tags"] + _ARABIC_MARKS[found["mark"]]


def _quotes(words: str, known: tuple[tuple[str, str], ...]) -> str:
    """Straight double quotes as the locale's, when each can only open or only close."""
    parts = words.split('"')
    marks = {mark for pair in known for mark in pair} - {'"', "’"}
    if len(parts) < 3 or len(parts) % 2 == 0 or not marks.isdisjoint(words):
        return words
    opening, closing = known[0]
    out = [parts[0]]
    for index in range(1, len(parts)):
        before, after = parts[index - 1], parts[index]
        opens = index % 2 == 1
        outside, inside = (before[-1:], after[:1]) if opens else (after[:1], before[-1:])
        if outside.isalnum() or not inside or inside.isspace():
            return words
        out.extend((opening if opens else closing, after))
    return "".join(out)
