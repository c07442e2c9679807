"""Repair typography when a page is rendered: quotes, no-break spaces, digit grouping, by locale."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from l10n import inline
from l10n.conventions import load
from l10n.formats import Targets
from l10n.inline import Role

Rule = Callable[[str], str]
Signed = tuple[tuple[str, ...], Rule]
"""A rule, and the signs without one of which it changes nothing; none where that is not so simple."""

NBSP, NNBSP = "\u00a0", "\u202f"
# Noncharacters, which no text carries, stand for markup, locked values, the ends of segments and the
# ends of blocks while the words around them are repaired.
TAG, OBJECT, BREAK, BLOCK = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
_TAG, _OBJECT = TAG, OBJECT
# Where a text ends, for every rule.
_BREAK = f"{BREAK}{BLOCK}"
_CODE = re.compile(f"([{_TAG}{_OBJECT}])")
_MARK = re.compile(f"[{_TAG}{_OBJECT}{_BREAK}]")
_SP = rf"[ \t\u2009{NBSP}{NNBSP}]"

# A sign comes first where it can: what stands before it is looked at only where there is one.
_APOSTROPHE = re.compile(rf"'(?<=[^\W\d_]')(?=[^\W\d_]|[{_TAG}{_OBJECT}]+\w|{_OBJECT})")
_DOTS = re.compile(r"\.\.\.(?<!\.\.\.\.)(?![./\\])")
_AFTER = rf"(?=[\s{_TAG}{_OBJECT}{_BREAK}»”’\"')\]…,.!?;:]|$)"
_SPACES = frozenset(f" \t\u2009{NBSP}{NNBSP}")
_HIGH = re.compile(rf"[;!?]+(?P<next>{_AFTER})")
_ENTITY = re.compile(r"&#?\w{1,31}$")
_COLON = re.compile(rf":(?=[\s{_TAG}{_OBJECT}{_BREAK}«“]|$)")
# What a sign does not lean on.
_UNQUOTED = frozenset(f"«{_BREAK}")
_NOT_HIGH = frozenset(f"([{{«“‘!?;:&#/{_BREAK}")
_NOT_COLON = _NOT_HIGH - {"&", "#"}
_OPENING = re.compile(rf"«{_SP}*(?=[^\s»{_BREAK}])")
_UNIT = re.compile(r" (?=[%€$])(?<=\d )")
_DIGITS = re.compile(r" (?<=\d )\d")
_GROUP = re.compile(r" (?<=\d )\d{3}(?!\d)")
_GROUPS = re.compile(r"\d(?<![\d,.]\d)\d{0,2}(?: \d{3})+(?!\d)")

_ARABIC = "\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff"
_ARABIC_LETTER = re.compile(f"[{_ARABIC}]")
_ARABIC_MARK = re.compile(rf"[,;?](?=\s*{_TAG}*\s*(?:[{_ARABIC}«»“”\"!?{_BREAK}]|$))")
_ARABIC_MARKS = {",": "،", ";": "؛", "?": "؟"}


def repair(text: str, locale: str) -> str:
    """A source or target as a page of ``locale`` shows it; codes, addresses and times stay.

    French: a narrow no-break space before ; ! ? and a no-break space before : and inside « »
    (Lexique des règles typographiques en usage à l'Imprimerie nationale); Canadian French sets
    no space before ; ! ? (Office québécois de la langue française).  Arabic: its own comma,
    semicolon and question mark.  Elsewhere: quotation marks, apostrophe, ellipsis, and spaces within
    numbers and before what they count that no line may end at.  Repairing
    twice changes nothing more.
    """
    return repair_block((text,), locale)[0]


def repair_block(texts: Sequence[str], locale: str) -> tuple[str, ...]:
    """The segments of one block, repaired as one text: a quotation may run over several."""
    if not any(may_need_repair(text, locale) for text in texts):
        return tuple(texts)
    rules = _rules(locale)
    if any(_MARK.search(text) for text in texts):
        return tuple(inline.words_only(text, lambda words: _applied(rules, words)) for text in texts)
    if not any("<" in text or inline.may_hold_values(text) for text in texts):
        return tuple(_applied(rules, BREAK.join(texts)).split(BREAK))
    stored: list[str] = []
    view = BREAK.join("".join(_view(text, stored)) for text in texts)
    remaining = iter(stored)
    return tuple(_restored(piece, remaining) for piece in _applied(rules, view).split(BREAK))


def repair_segments(rows: Iterable[Sequence[tuple[str, str]]], texts: Targets, locale: str) -> Targets:
    """Texts by segment with their typography repaired, block by block: ``rows`` are the keys of each.

    A segment that stands in two blocks which would write it differently is repaired by itself.
    """
    needy = frozenset(key for key, text in texts.items() if may_need_repair(text, locale))
    if not needy:
        return texts
    out: dict[tuple[str, str], str] = {}
    for row in rows:
        if needy.isdisjoint(row):
            continue
        keys = [key for key in row if key in texts]
        for key, text in zip(keys, repair_block([texts[key] for key in keys], locale), strict=True):
            out[key] = text if out.get(key, text) == text else repair(texts[key], locale)
    return {**texts, **out}


def repair_blocks(words: Sequence[str], marks: Sequence[str], locale: str) -> list[str]:
    """The runs of words of many blocks, repaired as ``repair_block`` repairs each block.

    ``marks`` say what stands between two runs: TAG or OBJECT for a code, BREAK for the end of a segment,
    BLOCK for the end of a block, too.  There are no locked values in the words, and none of these marks.
    """
    view = [""] * (len(words) + len(marks))
    view[::2], view[1::2] = words, marks
    repaired = _applied(_rules(locale), "".join(view))
    for mark in (TAG, OBJECT, BLOCK):
        repaired = repaired.replace(mark, BREAK)
    return repaired.split(BREAK)


def may_need_repair(text: str, locale: str) -> bool:
    """Whether there may be something to repair in a text."""
    for sign in _signs(locale):
        if sign in text:
            return True
    return _groups_by_space(locale) and _DIGITS.search(text) is not None


@lru_cache(maxsize=64)
def _groups_by_space(locale: str) -> bool:
    """Whether a space between the groups of a number is made a narrow no-break one.

    It is where a language sets one there, and from right to left: there the groups on both sides of a plain
    space change places (UAX #9, W4: only a common separator leaves a number whole).
    """
    convention = load(locale)
    return convention.direction == "rtl" or not {NBSP, NNBSP}.isdisjoint(convention.group)


def _restored(view: str, stored: Iterator[str]) -> str:
    pieces = _CODE.split(view)
    return "".join(
        next(stored) if index % 2 else inline.escape_literal(piece) for index, piece in enumerate(pieces)
    )


def _view(text: str, stored: list[str]) -> Iterator[str]:
    """The words, with one mark for each code and locked value, which go to ``stored``."""
    for token in inline.tokens(text):
        if token.role is not Role.TEXT:
            stored.append(token.text)
            yield _OBJECT if token.role is Role.LONE else _TAG
            continue
        if not inline.may_hold_values(token.text):
            yield token.text
            continue
        for run in inline.split_locked_values(token.text):
            if run.role is Role.VALUE:
                stored.append(inline.escape_literal(run.raw))
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
    signs = (sign for signs, _ in _rules(locale) for sign in signs)
    return tuple(dict.fromkeys((*signs, TAG, OBJECT, BREAK, BLOCK)))


@lru_cache(maxsize=64)
def _rules(locale: str) -> tuple[Signed, ...]:
    convention = load(locale)
    language = convention.language
    rules: list[Signed] = []
    if language not in {"zh", "ja", "ko"}:
        rules.append((("...",), lambda words: _DOTS.sub("…", words)))
    if convention.quotes:
        rules.append((('"',), lambda words: _quoted(words, convention.quotes)))
    if language in {"fr", "en", "es", "it"}:
        rules.append((("'",), lambda words: _APOSTROPHE.sub("’", words)))
    if language == "fr":
        rules.extend(_french("" if locale == "fr-CA" else NNBSP))
    if language not in {"zh", "ja", "ko"}:
        rules.append(((" %", " €", " $"), lambda words: _UNIT.sub(NBSP, words)))
    if _groups_by_space(locale):
        rules.append(((), _grouped))
    if convention.script == "Arab":
        rules.append((tuple(_ARABIC_MARKS), lambda words: _ARABIC_MARK.sub(_arabic, words)))
    return tuple(rules)


def _french(narrow: str) -> tuple[Signed, ...]:
    def ends_entity(words: str, at: int, mark: str) -> bool:
        return mark[0] == ";" and _ENTITY.search(words, max(0, at - 33), at) is not None

    return (
        (("«",), lambda words: _OPENING.sub(f"«{NBSP}", words)),
        (("»",), _closed),
        ((";", "!", "?"), lambda words: _spaced(words, _HIGH, _NOT_HIGH, narrow, ends_entity)),
        ((":",), lambda words: _spaced(words, _COLON, _NOT_COLON, NBSP)),
    )


def _spaced(
    words: str,
    sign: re.Pattern[str],
    alone: frozenset[str],
    space: str,
    spared: Callable[[str, int, str], bool] = lambda *_: False,
) -> str:
    """Words with one space before a sign, whatever stood there; not where it follows one of ``alone``.

    ``spared`` says of a sign, by the words, where what it leans on ends, and itself, whether it stays.
    """
    out: list[str] = []
    copied_to = 0
    for match in sign.finditer(words):
        start = _before_spaces(words, match.start())
        leans = start
        while leans and words[leans - 1] == TAG:
            leans -= 1
        before = words[leans - 1 : leans]
        if not before or before in alone or before.isspace() or spared(words, leans, match[0]):
            continue
        out.extend((words[copied_to:start], space, match[0]))
        copied_to = match.end()
    return "".join((*out, words[copied_to:]))


def _grouped(words: str) -> str:
    """Words with a narrow no-break space between the groups of a number."""
    if not _GROUP.search(words):
        return words
    return _GROUPS.sub(lambda match: match[0].replace(" ", NNBSP), words)


def _closed(words: str) -> str:
    """Words with a no-break space before each closing mark."""
    first, *rest = words.split("»")
    out = [first]
    for piece in rest:
        start = _before_spaces(out[-1], len(out[-1]))
        before = out[-1][start - 1 : start] if start else "".join(out[-2:-1])
        if before and not before.isspace() and before not in _UNQUOTED:
            out[-1] = f"{out[-1][:start]}{NBSP}"
        out.extend(("»", piece))
    return "".join(out)


def _before_spaces(words: str, at: int) -> int:
    while at and words[at - 1] in _SPACES:
        at -= 1
    return at


def _arabic(match: re.Match[str]) -> str:
    words, at = match.string, match.start()
    while at and words[at - 1] == TAG:
        at -= 1
    leans = at and _ARABIC_LETTER.match(words, at - 1)
    return _ARABIC_MARKS[match[0]] if leans else match[0]


def _quoted(words: str, pairs: tuple[tuple[str, str], ...]) -> str:
    return BLOCK.join(_quotes(block, pairs) for block in words.split(BLOCK))


def _quotes(words: str, pairs: tuple[tuple[str, str], ...]) -> str:
    """Straight double quotes as the locale's, when each can only open or only close."""
    parts = words.split('"')
    marks = {mark for pair in pairs for mark in pair} - {'"', "’"}
    if len(parts) < 3 or len(parts) % 2 == 0 or not marks.isdisjoint(words):
        return words
    opening, closing = pairs[0]
    out = [parts[0]]
    for index in range(1, len(parts)):
        before, after = parts[index - 1], parts[index]
        opens = index % 2 == 1
        outside, inside = (before[-1:], after[:1]) if opens else (after[:1], before[-1:])
        if outside.isalnum() or not inside or inside.isspace():
            return words
        out.extend((opening if opens else closing, after))
    return "".join(out)
