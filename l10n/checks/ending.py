"""A question stays a question, and a sentence ends like its source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.checks.pair import Example, Pair
from l10n.checks.reading.foreign_markup import LONE
from l10n.model import Finding, Severity
from l10n.patterns import lazy_pattern

ID = "ending"
SEVERITY = Severity.WARNING
EXPLANATION = (
    "A target must end with the same kind of mark as its source, in its own script: “?”, « ? », “？” and “؟” "
    "are one kind. A question mark that was added or lost gets a warning, and so does a full stop or colon "
    "that was lost. Spanish also opens questions and exclamations: ¿…? and ¡…!."
)
BAD = Example("en", "Is the water safe?", "fr", "L’eau est potable.")
GOOD = Example("en", "Is the water safe?", "ar", "هل المياه صالحة؟")

_LOST = "the source ends with “{mark}”, the target does not"
_NEW = "the target ends with “{mark}”, the source does not"
_OTHER = "the source ends with “{source}”, the target with “{target}”"
_OPEN = "{mark} has no opening mark; Spanish writes {opening} before it"
_KINDS = {
    **dict.fromkeys("?？؟⁇՞", "?"),
    **dict.fromkeys("!！՜¡", "!"),
    **dict.fromkeys(".。．।۔።։｡", "."),
    **dict.fromkeys(":：", ":"),
    **dict.fromkeys(";；؛,،、", ";"),
    "…": "…",
}
_ASKED = "the source asks with {mark}, the target does not ask"
_ASKS = "the target asks with {mark}, the source does not ask"
_MARKS = re.compile("[?？؟⁇՞]")
_GREEK_MARKS = re.compile("[?;\u037e]")
WITHOUT_STOP = frozenset(_LOST.format(mark=mark) for mark, kind in _KINDS.items() if kind == ".")
"""The messages that tell of a lost full stop."""
_CLOSING = "\"'’”»›“‘)]）］」』】 \t\u00a0\u202f\u200f\u200e" + LONE
_GREEK_QUESTION = ";"
_WITHOUT_COLON = frozenset({"ja", "zh"})
_WITHOUT_STOP = frozenset({"th", "lo"})  # a blank parts sentences
_CODE = lazy_pattern(r"[_/\\=<>(){}$#@~*|]|--|\w\.[a-z]|\A-\w")
_SENTENCE = 12  # characters: what is shorter may be a label
_NEAR_END = 4  # characters: marks that close
_WARNED = frozenset(
    {
        ("?", ";"),
        ("?", "."),
        (".", "?"),
        ("?", ""),
        ("", "?"),
        (":", "."),
        (":", ""),
        (".", ""),
        ("!", ""),
        ("?", "!"),
    }
)


def run(pair: Pair) -> Iterator[Finding]:
    """At most one finding about the end, and one for each Spanish mark that nothing opens."""
    source, target = pair.source_plain.text, pair.target_plain.text
    source_kind, source_mark, source_at = _ending(source, pair.source_convention.language)
    target_kind, target_mark, target_at = _ending(target, pair.target_convention.language)
    if source_kind != target_kind and not _without_mark(pair, source_kind, target_kind):
        warned = (source_kind, target_kind) in _WARNED and len(source) > _SENTENCE
        warned = warned and not (source_kind == "." and not target_kind and _ends_in_code(pair, target))
        severity = SEVERITY if warned else Severity.INFO
        place = pair.source_plain.span(source_at, source_at + 1) if source_kind else (0, 0)
        if not target_kind:
            yield Finding(ID, severity, _LOST, 0, 0, None, (("mark", source_mark),), *place)
        elif not source_kind:
            yield Finding(
                ID,
                severity,
                _NEW,
                *pair.target_plain.span(target_at, target_at + 1),
                None,
                (("mark", target_mark),),
            )
        else:
            values = (("source", source_mark), ("target", target_mark))
            yield Finding(
                ID, severity, _OTHER, *pair.target_plain.span(target_at, target_at + 1), None, values, *place
            )
    if source_kind == target_kind:
        yield from _asked(pair, source, target)
    if pair.target_convention.language == "es":
        yield from _unopened(pair, target)


def may_take_stop(text: str) -> bool:
    """Whether a target could end with a full stop: it does, or has no other mark there."""
    return len(text) > _SENTENCE and _ending(text, "")[0] in {"", "."}


def _without_mark(pair: Pair, source_kind: str, target_kind: str) -> bool:
    """Whether the target's language ends a sentence without a stop, or leads to a list without a colon.

    Japanese and Chinese may end with a full stop, and Japanese in the middle of a clause: 実行するには.
    """
    language = pair.target_convention.language
    if source_kind == ".":
        return language in _WITHOUT_STOP and not target_kind
    return (
        source_kind == ":"
        and language in _WITHOUT_COLON
        and (target_kind == "." or (language == "ja" and not target_kind))
    )


def _ends_in_code(pair: Pair, target: str) -> bool:
    """Whether a target ends in a command or a file's name, as its source does: no stop follows it."""
    last = "".join(target.rsplit(maxsplit=1)[-1:]).strip(_CLOSING)
    near = pair.source_plain.text[-len(last) - _NEAR_END :]
    return _CODE().search(last) is not None and last in near


def _ending(text: str, language: str) -> tuple[str, str, int]:
    """The kind of the last mark, the mark as it stands, and its place; all empty for none."""
    bare = text.rstrip(_CLOSING)
    if not bare:
        return "", "", 0
    last = bare[-1]
    if last == _GREEK_QUESTION and language == "el":
        return "?", last, len(bare) - 1
    if bare.endswith("...") or (last == "…"):
        return "…", "…", len(bare) - 1
    kind = _KINDS.get(last, "")
    if kind == ";" and LONE in text[len(bare) :]:
        return "", "", 0  # a comma before a last value parts it from what stands before it, and ends nothing
    # A mark may stand inside the quotation: “Will you come?”, she asked.
    return kind, last if kind else "", len(bare) - 1 if kind else 0


def _asked(pair: Pair, source: str, target: str) -> Iterator[Finding]:
    """Questions that end within the text: there are some on both sides or on neither."""
    source_marks = _question_marks(source, pair.source_convention.language)
    target_marks = _question_marks(target, pair.target_convention.language)
    if source_marks and not target_marks:
        place = pair.source_plain.span(*source_marks[0].span())
        yield Finding(ID, SEVERITY, _ASKED, 0, 0, None, (("mark", source_marks[0].group()),), *place)
    elif target_marks and not source_marks:
        span = pair.target_plain.span(*target_marks[0].span())
        yield Finding(ID, SEVERITY, _ASKS, *span, None, (("mark", target_marks[0].group()),))


def _question_marks(text: str, language: str) -> list[re.Match[str]]:
    pattern = _GREEK_MARKS if language == "el" else _MARKS
    return list(pattern.finditer(text)) if pattern.search(text) and "//" not in text else []


def _unopened(pair: Pair, target: str) -> Iterator[Finding]:
    for mark, opening in (("?", "¿"), ("!", "¡")):
        if mark in target and opening not in target:
            at = target.index(mark)
            if target[:at].strip() and not target[at + 1 : at + 2].isalnum() and not _mentioned(target, at):
                values = (("mark", mark), ("opening", opening))
                yield Finding(ID, SEVERITY, _OPEN, *pair.target_plain.span(at, at + 1), None, values)


def _mentioned(text: str, at: int) -> bool:
    """Whether a mark ends nothing but is spoken of: “press ? for help”, “the mark «?» stands”."""
    after = text[at + 1 :].lstrip()[:1]
    return not text[at - 1].isalnum() and bool(after) and not after.isupper() and after not in "¿¡"
