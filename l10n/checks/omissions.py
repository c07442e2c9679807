"""Nothing of the source was left out: items of a list, sentences, half of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n import lengths
from l10n.checks.pair import Example, Pair
from l10n.checks.reading.remembered import per_text
from l10n.checks.sense import bracketed, clauses, denials, rows
from l10n.lengths import LengthRatio
from l10n.model import Finding, Kind, Severity

ID = "omissions"
SEVERITY = Severity.WARNING
EXPLANATION = (
    "A target probably leaves something out, or says more than its source, when it is far shorter or longer "
    "than is usual between the two languages, has fewer sentences, lacks an item of an enumeration such as "
    "(a) (b) (c), or lacks one of a list of three or more items separated by commas, or where it is shorter "
    "and nothing in it stands for the words of a clause."
)
BAD = Example(
    "en",
    "The road was closed in May, when the river rose, and has been open again since the end of summer.",
    "fr",
    "La route a été fermée en mai.",
)
GOOD = Example(
    "en",
    "The road was closed in May, when the river rose, and has been open again since the end of summer.",
    "fr",
    "La route, fermée en mai lors de la crue, est rouverte depuis la fin de l’été.",
)

_SHORT = "the target is much shorter than is usual: something may be missing"
_LONG = "the target is much longer than is usual: it may say more than the source"
_ITEM = "item {item} is missing"
_SENTENCES = "the source has {source} sentences, the target {target}"
_LISTED = "the source lists {source} items here, the target {target}"
_CLAUSES_APART = "the source has {source} clauses between semicolons, the target {target}"
_CLAUSE_OUT = "nothing in the target seems to stand for this clause of the source"
_BRACKETS_OUT = "nothing in the target seems to stand for these words in brackets of the source"
_TWO = 2
_SEMICOLON = re.compile("[;；؛]")
_OTHER_MARK = re.compile(r"[,:،：，、–—。！？]|[.!?…؟](?=\s|\Z)")
_SEVERAL_SEMICOLONS = 2
_ONE_CLAUSE = -0.5  # deviations that a target without one of several clauses is shorter at least
_DEVIATIONS = 2.7
_SHORT_DEVIATIONS = 4.0  # that a target may be longer than a source of a few words
_CLAUSES = -1.7  # deviations that a target without any of the source's clauses may be shorter
_ONE_OF_SEVERAL = -1.4  # for one without one of three sentences and more
_MERGED = -0.4  # for one of half the sentences, which a translator may have joined
_SEVERAL = 4  # sentences in place of which one is too few at any length
_SENTENCE = -1.1  # the same for one without the second of two sentences
_ITEMS = re.compile(r"([a-hа-зأبجدهوزح1-9])(?:(?<=[\s(（،,;；、:：和و].)|(?<=\A.))[)）]")
# The letters that count in each alphabet; a Latin and a Cyrillic a are both the first.
_ORDER = {
    letter: place
    for row in ("abcdefgh", "абвгдежз", "أبجدهوزح", "12345678")
    for place, letter in enumerate(row)
}
_CLAUSE = re.compile(r"[,;:،؛](?=\s)|[，；：、–—]")
# After a number of one or two digits the point makes an ordinal of it: 3. November.  What is asked before the
# mark stands behind it: an expression that begins with a class is found quickly.  More than nine marks or
# spaces in a row end nothing, so that a row of thousands is not followed from each of them.
_END = re.compile(
    r"[.!?…。！？؟](?:(?<=[.!?…])(?<!\s\d.)(?<!\s\d\d.)[.!?…]{0,9}[\"'”’»)\]]{0,9}\s{1,9}(?=[^\W\d_a-z]|[¿¡«“„\"(])"
    r"|(?<=[。！？])[。！？]{0,9}[”’」』）]{0,9}(?=.)|(?<=[.؟!])[.؟!]{0,9}\s{1,9}(?=[\u0600-\u06ff]))"
)
_GLOSS = re.compile(r"[ \u00a0]?[(（]([^()（）]{1,60})[)）]")
_UNSPACED = frozenset({"th", "km", "lo", "my"})


def run(pair: Pair) -> Iterator[Finding]:
    """At most one finding for each of the three."""
    source, target = pair.source_plain.text, pair.target_plain.text
    yield from _items(pair, source, target)
    yield from _listed(pair, source, target)
    if pair.kind in {Kind.CONTACT, Kind.METADATA}:
        return
    finding, off = _length(pair.context.band, source, target)
    if finding and off > 0:
        finding, off = _length(pair.context.band, source, _without_glosses(target, source))
    if finding:
        yield finding
    elif fewer := _fewer_clauses(source, target, off):
        values = (("source", str(fewer[0])), ("target", str(fewer[1])))
        yield Finding(ID, SEVERITY, _CLAUSES_APART, values=values)
    elif fewer := _fewer_sentences(pair, source, target, off):
        values = (("source", str(fewer[0])), ("target", str(fewer[1])))
        yield Finding(ID, SEVERITY, _SENTENCES, values=values)
    elif words := bracketed.left_out(pair) or bracketed.acronym_left_out(pair):
        yield Finding(ID, SEVERITY, _BRACKETS_OUT, 0, 0, None, (), *pair.source_plain.span(*words))
    elif clause := clauses.left_out(source, target, pair.languages, pair.context.band, off):
        yield Finding(ID, SEVERITY, _CLAUSE_OUT, 0, 0, None, (), *pair.source_plain.span(*clause))


def _fewer_sentences(pair: Pair, source: str, target: str, off: float) -> tuple[int, int] | None:
    """How many sentences each text has, where the target has too few for its length."""
    before = _sentences(source)
    if pair.target_convention.language in _UNSPACED or before < _TWO:
        return None
    after = _sentences(target)
    halved = before >= _TWO * after and before > _TWO and (off < _MERGED or before >= _SEVERAL * after)
    fewer = before > after and off < (_SENTENCE if before == _TWO else _ONE_OF_SEVERAL)
    return (before, after) if halved or fewer else None


def _fewer_clauses(source: str, target: str, off: float) -> tuple[int, int] | None:
    """How many clauses between semicolons each text has, where the target has fewer and nothing instead."""
    before = len(_SEMICOLON.findall(source))
    if before < _SEVERAL_SEMICOLONS or off >= _ONE_CLAUSE:
        return None
    after = len(_SEMICOLON.findall(target))
    lacks = (
        0 < after < before
        and _sentences(target) <= _sentences(source)
        and len(_OTHER_MARK.findall(target)) <= len(_OTHER_MARK.findall(source))
        and len(list(_ITEMS.finditer(source))) < _SEVERAL_SEMICOLONS
    )
    return (before + 1, after + 1) if lacks else None


def _without_glosses(target: str, source: str) -> str:
    """A target without the words of the source that it adds in brackets: 安定版 (stable)."""
    small = source.lower()
    return _GLOSS.sub(lambda match: "" if match[1].strip().lower() in small else match[0], target)


@per_text
def _sentences(text: str) -> int:
    return len(_END.findall(text.rstrip())) + 1


def _items(pair: Pair, source: str, target: str) -> Iterator[Finding]:
    """Letters and numbers of an enumeration, when the target has some of them."""
    if ")" not in source and "）" not in source:
        return
    source_items = list(_ITEMS.finditer(source))
    if len(source_items) < 2:
        return
    target_orders = {_ORDER.get(match[1], 9) for match in _ITEMS.finditer(target)}
    if target_orders:
        for item in source_items:
            if _ORDER.get(item[1], 9) not in target_orders:
                place = pair.source_plain.span(*item.span())
                yield Finding(ID, SEVERITY, _ITEM, 0, 0, None, (("item", item[1]),), *place)


def _listed(pair: Pair, source: str, target: str) -> Iterator[Finding]:
    """A row of the source that has more items for certain than any row of the target may have."""
    source_language, target_language = pair.languages
    if not (rows.known(source_language) and rows.known(target_language)):
        return
    for start, part, at, counterpart in _side_by_side(source, target):
        row = rows.surest(part, source_language)
        if row is None or part[row.start : row.end].strip() in counterpart:
            continue
        other = rows.most(counterpart, target_language)
        if other.items < row.items:
            values = (("source", str(row.items)), ("target", str(other.items)))
            place = pair.source_plain.span(start + row.start, start + row.end)
            span = pair.target_plain.span(at + other.start, at + other.end) if other.items > _TWO else (0, 0)
            yield Finding(ID, SEVERITY, _LISTED, *span, None, values, *place)
            return


def _side_by_side(source: str, target: str) -> Iterator[tuple[int, str, int, str]]:
    """What semicolons and full stops part, each beside its own; else each part beside the whole target."""
    parts, counterparts = denials.parts(source), denials.parts(target)
    if len(parts) != len(counterparts):
        counterparts = [(0, target)] * len(parts)
    for (start, part), (at, counterpart) in zip(parts, counterparts, strict=True):
        yield start, part, at, counterpart


def _length(band: LengthRatio | None, source: str, target: str) -> tuple[Finding | None, float]:
    """What is wrong with the length of a target, and by how many deviations it is off."""
    if band is None or (off := lengths.deviation(band, source, target)) is None:
        return None, 0.0
    lost = off < _CLAUSES and bool(_CLAUSE.search(source)) and not _CLAUSE.search(target)
    lost = lost and _sentences(source) == _sentences(target) == 1
    least = (
        _SHORT_DEVIATIONS
        if off > 0 and lengths.letters(source) < lengths.MIN_CHARACTERS * band.scale
        else _DEVIATIONS
    )
    if abs(off) < least and not lost:
        return None, off
    return Finding(ID, SEVERITY, _SHORT if off < 0 else _LONG), off
