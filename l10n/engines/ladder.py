"""Getting the codes of a batch through an engine: XML, then marks, then their words, then without."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from l10n import inline
from l10n.engines import Draft, Outcome, Passage, protect, xml_codes
from l10n.errors import EngineFailed
from l10n.inline import Role

Answer = str | EngineFailed
Ask = Callable[[Sequence[str], bool, Sequence[int]], list[Answer]]
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

    def shown(run: inline.Run) -> str:
        if run.role is not Role.VALUE:
            return inline.escape_literal(run.raw)
        hidden[number := last + len(hidden) + 1] = inline.escape_literal(run.raw)
        return f"<{number}/>"

    text = "".join(
        "".join(map(shown, inline.split_locked_values(token.text))) if token.role is Role.TEXT else token.text
        for token in inline.tokens(source)
    )
    return Masked(text, hidden)


def reveal(target: str, masked: Masked) -> str:
    """The addresses again in their places."""
    for number, value in masked.hidden.items():
        target = target.replace(f"<{number}/>", value)
    return target


def climb(name: str, batch: Sequence[str], ask: Ask) -> list[Outcome]:
    """A draft for each source, by the best way that kept its codes whole.

    ``name`` is the engine's, for its failures.  Texts without letters are their own translation.
    What ``ask`` raises before anything was answered is the outcome of every source; a later way
    that fails leaves what an earlier one gave.
    """
    outcomes: list[Outcome] = [Draft(source) for source in batch]
    masked = {at: mask(source) for at, source in enumerate(batch) if any(map(str.isalpha, _words(source)))}

    passages: dict[int, list[Passage]] = {at: [] for at in masked}

    def heard(texts: Sequence[str], xml: bool, places: Sequence[int]) -> list[Answer]:  # noqa: FBT001 - the ladder's call
        answers = _heard(name, texts, ask(texts, xml, places))
        for at, text, answer in zip(places, texts, answers, strict=True):
            passages[at].append(Passage("sent", text))
            failed = isinstance(answer, EngineFailed)
            passages[at].append(Passage("failed" if failed else "answered", str(answer)))
        return answers

    try:
        left = _tagged(masked, outcomes, heard)
    except EngineFailed as error:
        return [error] * len(batch)
    left = _again(_marked, {at: masked[at] for at in left}, outcomes, heard)
    _again(_by_words, {at: masked[at] for at in left}, outcomes, heard)
    return [
        replace(outcome, trace=tuple(passages.get(at, ()))) if isinstance(outcome, Draft) else outcome
        for at, outcome in enumerate(outcomes)
    ]


def _words(source: str) -> str:
    return "".join(token.text for token in inline.tokens(mask(source).source) if token.role is Role.TEXT)


def _again(
    way: Callable[[dict[int, Masked], list[Outcome], Ask], list[int]],
    masked: dict[int, Masked],
    outcomes: list[Outcome],
    ask: Ask,
) -> list[int]:
    try:
        return way(masked, outcomes, ask)
    except EngineFailed:
        return []


def _tagged(masked: dict[int, Masked], outcomes: list[Outcome], ask: Ask) -> list[int]:
    """Ask in XML; the places whose codes were damaged."""
    left = []
    answers = _asked(ask, [xml_codes.to_xml(each.source) for each in masked.values()], list(masked), xml=True)
    for (at, each), answer in zip(masked.items(), answers, strict=True):
        if isinstance(answer, EngineFailed):
            outcomes[at] = answer
        elif (target := xml_codes.from_xml(answer, each.source)) is not None:
            outcomes[at] = _draft(target, each, "xml")
        else:
            outcomes[at] = Draft(_without_tags(answer), codes_missing=True, way="bare")
            left.append(at)
    return left


def _without_tags(answer: str) -> str:
    return inline.escape_literal(re.sub(r" {2,}", " ", re.sub(r"</?[gx](?:\s[^<>]*)?>", "", answer)).strip())


def _marked(masked: dict[int, Masked], outcomes: list[Outcome], ask: Ask) -> list[int]:
    """Ask with marks; the places whose codes were damaged."""
    left = []
    marked = {at: protect.mark(each.source) for at, each in masked.items()}
    answers = _asked(ask, [each.text for each in marked.values()], list(marked), xml=False)
    for (at, each), answer in zip(marked.items(), answers, strict=True):
        if isinstance(answer, EngineFailed):
            outcomes[at] = answer
        elif (target := protect.unmark(answer.strip(), each)) is not None:
            outcomes[at] = _draft(target, masked[at], "marks")
        else:
            outcomes[at] = Draft(protect.bare(answer, each), codes_missing=True, way="bare")
            left.append(at)
    return left


def _by_words(masked: dict[int, Masked], outcomes: list[Outcome], ask: Ask) -> list[int]:
    """Translate the words of pairs alone and find them in the untagged translation."""
    words = {at: protect.inner_words(each.source) for at, each in masked.items()}
    able = [at for at in masked if 0 < len(words[at]) <= protect.MAX_PAIRS and not _lone(masked[at].source)]
    parts = [(at, part) for at in able for part in (inline.plain(masked[at].source), *words[at].values())]
    answers = iter(_asked(ask, [part for _, part in parts], [at for at, _ in parts], xml=False))
    for at in able:
        whole = next(answers)
        heard = {number: next(answers) for number in words[at]}
        target = _woven(masked[at].source, whole, heard)
        if target is not None:
            outcomes[at] = Draft(target, way="words")
    return []


def _lone(source: str) -> bool:
    return any(token.role is Role.LONE for token in inline.tokens(source))


def _woven(source: str, whole: Answer, heard: dict[int, Answer]) -> str | None:
    if isinstance(whole, EngineFailed):
        return None
    texts = {number: answer.strip() for number, answer in heard.items() if isinstance(answer, str)}
    if len(texts) < len(heard):
        return None
    spans = protect.find_words(source, whole.strip(), texts)
    target = None if spans is None else protect.weave(whole.strip(), spans, source)
    return None if target is None or protect.damage(source, target) else target


def _asked(ask: Ask, texts: Sequence[str], places: Sequence[int], *, xml: bool) -> list[Answer]:
    return ask(texts, xml, places) if texts else []


def _heard(name: str, texts: Sequence[str], answers: Sequence[Answer]) -> list[Answer]:
    """The answers, where there are as many as texts and something is said in them."""
    if len(answers) != len(texts):
        raise EngineFailed(f"{name}: it gave {len(answers)} texts for {len(texts)}")
    empty = EngineFailed(f"{name}: its answer is empty")
    return [
        empty if isinstance(answer, str) and not any(map(str.isalnum, answer)) else answer
        for answer in answers
    ]


def _draft(target: str, masked: Masked, way: str) -> Draft:
    shown = reveal(target, masked)
    start = masked.source[: len(masked.source) - len(masked.source.lstrip())]
    end = masked.source[len(masked.source.rstrip()) :]
    return Draft(f"{start}{shown.strip()}{end}", way=way)
