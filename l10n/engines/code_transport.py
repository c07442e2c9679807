"""Sends codes through an engine: as XML, then as marks, then by the words they enclose, then not at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from l10n import inline
from l10n.engines import Draft, Outcome, TraceStep, protect, xml_codes
from l10n.engines.protocol import count_mismatch
from l10n.errors import EngineFailed
from l10n.inline import Role

Answer = str | EngineFailed
AskEngine = Callable[[Sequence[str], bool, Sequence[int]], list[Answer]]
"""Asks the engine: as many answers as texts; the flag says whether they are XML, the numbers from which
places of the batch they come.

What holds for the whole call is raised as EngineFailed.
"""


@dataclass(frozen=True, slots=True)
class Masked:
    """A source whose addresses became lone codes, by the number of each."""

    source: str
    hidden: dict[int, str]


def mask(source: str) -> Masked:
    """Hide web addresses, e-mails and phone numbers, numbered after the codes there are."""
    last = max((code.number for code in inline.codes_of(source)), default=0)
    hidden: dict[int, str] = {}

    def hide(run: inline.Run) -> str:
        if run.role is not Role.VALUE:
            return inline.escape_literal(run.raw)
        hidden[number := last + len(hidden) + 1] = inline.escape_literal(run.raw)
        return f"<{number}/>"

    text = "".join(
        "".join(map(hide, inline.split_locked_values(token.text))) if token.role is Role.TEXT else token.text
        for token in inline.tokens(source)
    )
    return Masked(text, hidden)


def reveal(target: str, masked: Masked) -> str:
    """The addresses again in their places."""
    for number, value in masked.hidden.items():
        target = target.replace(f"<{number}/>", value)
    return target


def translate_with_codes(name: str, batch: Sequence[str], ask: AskEngine) -> list[Outcome]:
    """Translate a batch and keep its codes: as XML, as marks, by the words they enclose, or not at all.

    Each later way is tried only for the sources whose codes the one before damaged.

    ``name`` is the engine's, for its failures.  Texts without letters are their own translation.
    What ``ask`` raises before anything was answered is the outcome of every source; a later way
    that fails leaves what an earlier one gave.
    """
    outcomes: list[Outcome] = [Draft(source) for source in batch]
    masked = {at: mask(source) for at, source in enumerate(batch) if any(map(str.isalpha, _words(source)))}

    traces: dict[int, list[TraceStep]] = {at: [] for at in masked}

    def ask_and_trace(texts: Sequence[str], xml: bool, places: Sequence[int]) -> list[Answer]:  # noqa: FBT001 - the signature of AskEngine
        answers = _checked_answers(name, texts, ask(texts, xml, places))
        for at, text, answer in zip(places, texts, answers, strict=True):
            traces[at].append(TraceStep("sent", text))
            failed = isinstance(answer, EngineFailed)
            traces[at].append(TraceStep("failed" if failed else "answered", str(answer)))
        return answers

    try:
        damaged = _tagged(masked, outcomes, ask_and_trace)
    except EngineFailed as error:
        return [error] * len(batch)
    damaged = _again(_marked, {at: masked[at] for at in damaged}, outcomes, ask_and_trace)
    _again(_by_words, {at: masked[at] for at in damaged}, outcomes, ask_and_trace)
    return [
        replace(outcome, trace=tuple(traces.get(at, ()))) if isinstance(outcome, Draft) else outcome
        for at, outcome in enumerate(outcomes)
    ]


def _words(source: str) -> str:
    return "".join(token.text for token in inline.tokens(mask(source).source) if token.role is Role.TEXT)


def _again(
    way: Callable[[dict[int, Masked], list[Outcome], AskEngine], list[int]],
    masked: dict[int, Masked],
    outcomes: list[Outcome],
    ask: AskEngine,
) -> list[int]:
    try:
        return way(masked, outcomes, ask)
    except EngineFailed:
        return []


def _tagged(masked: dict[int, Masked], outcomes: list[Outcome], ask: AskEngine) -> list[int]:
    """Ask in XML; the places whose codes were damaged."""
    damaged = []
    answers = _ask_if_any(
        ask,
        [xml_codes.to_xml(masked_source.source) for masked_source in masked.values()],
        list(masked),
        xml=True,
    )
    for (at, masked_source), answer in zip(masked.items(), answers, strict=True):
        if isinstance(answer, EngineFailed):
            outcomes[at] = answer
        elif (target := xml_codes.from_xml(answer, masked_source.source)) is not None:
            outcomes[at] = _draft(target, masked_source, "xml")
        else:
            outcomes[at] = Draft(_without_tags(answer), codes_missing=True, way="bare")
            damaged.append(at)
    return damaged


def _without_tags(answer: str) -> str:
    return inline.escape_literal(re.sub(r" {2,}", " ", re.sub(r"</?[gx](?:\s[^<>]*)?>", "", answer)).strip())


def _marked(masked: dict[int, Masked], outcomes: list[Outcome], ask: AskEngine) -> list[int]:
    """Ask with marks; the places whose codes were damaged."""
    damaged = []
    marked = {at: protect.mark(marked_source.source) for at, marked_source in masked.items()}
    answers = _ask_if_any(
        ask, [marked_source.text for marked_source in marked.values()], list(marked), xml=False
    )
    for (at, marked_source), answer in zip(marked.items(), answers, strict=True):
        if isinstance(answer, EngineFailed):
            outcomes[at] = answer
        elif (target := protect.unmark(answer.strip(), marked_source)) is not None:
            outcomes[at] = _draft(target, masked[at], "marks")
        else:
            outcomes[at] = Draft(protect.bare(answer, marked_source), codes_missing=True, way="bare")
            damaged.append(at)
    return damaged


def _by_words(masked: dict[int, Masked], outcomes: list[Outcome], ask: AskEngine) -> list[int]:
    """Translate the words of pairs alone and find them in the untagged translation."""
    words = {at: protect.inner_words(masked_source.source) for at, masked_source in masked.items()}
    places = [
        at
        for at in masked
        if 0 < len(words[at]) <= protect.MAX_PAIRS and not _has_lone_code(masked[at].source)
    ]
    parts = [(at, part) for at in places for part in (inline.plain(masked[at].source), *words[at].values())]
    answers = iter(_ask_if_any(ask, [part for _, part in parts], [at for at, _ in parts], xml=False))
    for at in places:
        whole = next(answers)
        inner_answers = {number: next(answers) for number in words[at]}
        target = _woven(masked[at].source, whole, inner_answers)
        if target is not None:
            outcomes[at] = Draft(target, way="words")
    return []


def _has_lone_code(source: str) -> bool:
    return any(token.role is Role.LONE for token in inline.tokens(source))


def _woven(source: str, whole: Answer, inner_answers: dict[int, Answer]) -> str | None:
    if isinstance(whole, EngineFailed) or _has_marks(whole, source):
        return None
    texts = {number: answer.strip() for number, answer in inner_answers.items() if isinstance(answer, str)}
    if len(texts) < len(inner_answers):
        return None
    spans = protect.find_words(source, whole.strip(), texts)
    target = None if spans is None else protect.weave(whole.strip(), spans, source)
    return None if target is None or protect.damage(source, target) else target


def _has_marks(answer: str, source: str) -> bool:
    """Whether an answer to words alone has tags or marks that those words have not."""
    return any(
        find(answer) and not find(inline.plain(source)) for find in (xml_codes.has_tags, protect.has_marks)
    )


def _ask_if_any(ask: AskEngine, texts: Sequence[str], places: Sequence[int], *, xml: bool) -> list[Answer]:
    return ask(texts, xml, places) if texts else []


def _checked_answers(name: str, texts: Sequence[str], answers: Sequence[Answer]) -> list[Answer]:
    """The answers, where there are as many as texts and something is said in them."""
    if len(answers) != len(texts):
        raise count_mismatch(name, len(answers), len(texts))
    empty = EngineFailed(f"{name}: its answer is empty")
    return [
        empty if isinstance(answer, str) and not any(map(str.isalnum, answer)) else answer
        for answer in answers
    ]


def _draft(target: str, masked: Masked, way: str) -> Draft:
    revealed = reveal(target, masked)
    start = masked.source[: len(masked.source) - len(masked.source.lstrip())]
    end = masked.source[len(masked.source.rstrip()) :]
    return Draft(f"{start}{revealed.strip()}{end}", way=way)
