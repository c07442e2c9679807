"""Findings in the language of whoever reads them on a screen.

They are English everywhere else, so that fingerprints, baselines and caches are the same in whatever language
somebody works.  What the gate itself says comes as a text with its values.  A message of a check, of the
linter or of what reads a file is taken apart again by the texts that a catalogue of the interface translates,
and what stood in their holes is put into the translation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from l10n.errors import L10nError
from l10n.gate.verdict import Verdict
from l10n.gate.wording import Wording
from l10n.messages import Messages

_HOLE = re.compile(r"\{(\w+)\}")
_DEEPEST = 2
"""So many messages may stand within another: the reason in a refusal of a value of an option."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A text with holes; ``longest`` is the longest piece between them, which a message has to have."""

    expression: str
    longest: str
    holes: tuple[str, ...]
    translation: str


def localised(verdict: Verdict, messages: Messages) -> Verdict:
    """A verdict whose findings speak the language of a catalogue; what it does not know stays English."""
    patterns = tuple(_patterns(messages.singles))
    findings = (
        finding._replace(text=_in_words(finding.text, messages, patterns)) for finding in verdict.findings
    )
    return replace(verdict, findings=tuple(findings))


def in_words(wording: Wording, messages: Messages) -> str:
    """A wording, none of whose parts was given in English, in the language of a catalogue."""
    return _in_words(wording, messages, ())


def error_in_words(error: L10nError, messages: Messages) -> L10nError:
    """The same error in the language of a catalogue, as far as that knows its message and its remedy."""
    patterns = tuple(_patterns(messages.singles))
    message, remedy = (
        _translated(text, messages.singles, patterns, within=_DEEPEST)
        for text in (error.message, error.remedy)
    )
    return L10nError(message, path=error.path, line=error.line, column=error.column, remedy=remedy)


def _in_words(text: str | Wording, messages: Messages, patterns: Sequence[_Pattern]) -> str:
    if isinstance(text, str):
        return _translated(text, messages.singles, patterns)
    if not text.values:
        return _translated(text.template, messages.singles, patterns)
    template = messages.gettext(text.template)
    if text.many:
        template = messages.ngettext(text.template, text.many, text.number)
    return template.format_map(
        {
            name: value if isinstance(value, str) else _in_words(value, messages, patterns)
            for name, value in text.values
        }
    )


def _patterns(singles: Mapping[str, str]) -> Iterator[_Pattern]:
    """The texts with holes, those first that leave the least to them."""
    with_holes = ((_HOLE.split(text), translation) for text, translation in singles.items() if "{" in text)
    for pieces, translation in sorted(
        with_holes, key=lambda pair: (-sum(map(len, pair[0][::2])), len(pair[0]))
    ):
        literals, holes = pieces[::2], pieces[1::2]
        if holes and any(character.isalpha() for literal in literals for character in literal):
            yield _Pattern(_expression(literals), max(literals, key=len), tuple(holes), translation)


def _expression(literals: Sequence[str]) -> str:
    """A text with its holes; one right behind another holds nothing, or a remark in brackets."""
    first, second, *others = map(re.escape, literals)
    holes = ("(.*?)" if before else r"((?: \(.*\))?)" for before in (second, *others))
    return first + "(.*?)" + second + "".join(map("".join, zip(holes, others, strict=False)))


def _translated(
    message: str, singles: Mapping[str, str], patterns: Sequence[_Pattern], within: int = 0
) -> str:
    """A message in another language; its values too, where they are texts of ours, ``within`` so many."""
    if (whole := singles.get(message)) is not None:
        return whole
    for pattern in patterns:
        if pattern.longest in message and (match := _compiled(pattern.expression).fullmatch(message)):
            # Words of ours stand in holes, too, such as "a link"; a value is no phrase.
            values = {
                hole: _value(text, singles, patterns, within) if " " in text else text
                for hole, text in zip(pattern.holes, match.groups(), strict=True)
            }
            pieces = _HOLE.split(pattern.translation)
            return "".join(values.get(piece, piece) if at % 2 else piece for at, piece in enumerate(pieces))
    return message


def _value(text: str, singles: Mapping[str, str], patterns: Sequence[_Pattern], within: int) -> str:
    return _translated(text, singles, patterns, within - 1) if within else singles.get(text, text)


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.DOTALL)
