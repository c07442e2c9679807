"""Texts with what is known about them: codes as chips, findings, differences, glossary words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from markupsafe import Markup, escape

from l10n import inline, searching
from l10n.conventions import load
from l10n.inline import Role as Piece
from l10n.model import Code, Finding
from l10n.review_routing import Reason
from workflow.desk.hints import DiffKind, GlossaryHit
from workflow.desk.hints import word_diff as changes
from workflow.notifications import NAMED
from workflow.web.interface_language import interface_messages

_CHIP = Markup('<span class="chip" data-code="{}" title="{}" dir="ltr">{}</span>')
_MARK = Markup('<mark class="{}" title="{}">{}</mark>')
_TERM = Markup('<span class="term" title="{}">{}</span>')
_SOUGHT = Markup('<mark class="sought">{}</mark>')
_MENTIONED = Markup('<bdi class="mention" dir="ltr">{}</bdi>')
_CHANGED = {DiffKind.GONE: Markup("<del>{}</del>"), DiffKind.NEW: Markup("<ins>{}</ins>")}


def chips(text: str, codes: Iterable[Code] = (), words: str = "") -> Markup:
    """A source or target with its codes as chips that say what they are, and ``words`` looked for marked."""
    by_number = {code.number: code for code in codes}
    return Markup().join(
        _highlighted(token.text, words)
        if token.role is Piece.TEXT
        else _chip(token, by_number.get(token.number))
        for token in inline.tokens(text)
    )


def _highlighted(text: str, words: str) -> Markup:
    return sought(text, searching.places(text, words))


def sought(text: str, stretches: Iterable[tuple[int, int]]) -> Markup:
    """A text without codes with some stretches of it, in their order, marked as what was looked for."""
    parts, at = [], 0
    for start, end in stretches:
        parts += [escape(text[at:start]), _SOUGHT.format(text[start:end])]
        at = end
    return Markup().join((*parts, escape(text[at:])))


def _chip(token: inline.Token, code: Code | None) -> Markup:
    number = token.number
    mark = {Piece.OPEN: f"{number}›", Piece.CLOSE: f"‹{number}"}.get(token.role, f"{number}")
    value = code.value if code and token.role is Piece.LONE else ""
    return _CHIP.format(token.text, label(code) if code else "", f"{mark} {value}".strip())


def lacks_codes(target: str, codes: Iterable[Code]) -> bool:
    """Whether somebody has to put codes into a target before it fits its source."""
    return bool(inline.code_problems(target, codes))


def label(code: Code) -> str:
    """What a code is, in the language of the interface."""
    return interface_messages().gettext(code.label)


def said(finding: Finding) -> str:
    """What a finding says, in the language of the interface."""
    return finding.localised_message(interface_messages().gettext, _isolation())


def reason(one: Reason) -> str:
    """A reason for a review, in the language of the interface."""
    return one.localised_message(interface_messages().gettext, _isolation())


def _isolation() -> Callable[[str], str] | None:
    """How values stand in a message: by themselves where it runs from right to left (UAX 9, FSI)."""
    mirrored = load(interface_messages().locale).direction == "rtl"
    return "\u2068{}\u2069".format if mirrored else None


def marked(target: str, findings: Iterable[Finding], codes: Iterable[Code] = ()) -> Markup:
    """A target with its codes as chips and its findings marked; where two overlap the first is."""
    ordered = sorted(
        (finding for finding in findings if finding.end > finding.start), key=lambda finding: finding.start
    )
    stretches = (
        (
            finding.start,
            finding.end,
            partial(_MARK.format, finding.severity, said(finding)),
        )
        for finding in ordered
    )
    return _laid_over(target, stretches, codes)


def difference(new: str, old: str, codes: Iterable[Code] = ()) -> Markup:
    """How a text came of an older one, with what is gone struck out and what is new marked."""
    all_codes = tuple(codes)
    parts: list[Markup] = []
    for change, text in changes(old, new):
        shown = chips(text, all_codes)
        parts.append(_CHANGED[change].format(shown) if change in _CHANGED else shown)
    return Markup().join(parts)


def mentions(text: str) -> Markup:
    """A comment with the logins it names made to stand out."""
    return Markup().join(
        _MENTIONED.format(piece) if number % 2 else escape(piece)
        for number, piece in enumerate(NAMED.split(text))
    )


def terms(source: str, hits: Iterable[GlossaryHit], codes: Iterable[Code] = ()) -> Markup:
    """A source with its codes as chips and the words of the glossary marked, with what to use."""
    return _laid_over(source, ((hit.start, hit.end, partial(_TERM.format, _use(hit))) for hit in hits), codes)


def _use(hit: GlossaryHit) -> str:
    return " / ".join(hit.allowed) or (hit.source if hit.kept else "")


def _laid_over(
    text: str, stretches: Iterable[tuple[int, int, Callable[[Markup], Markup]]], codes: Iterable[Code]
) -> Markup:
    """A text with its codes as chips, and some stretches of it, in their order, wrapped in something."""
    all_codes = tuple(codes)
    parts: list[Markup] = []
    position = 0
    for start, end, wrap in stretches:
        if start >= position:
            parts += chips(text[position:start], all_codes), wrap(chips(text[start:end], all_codes))
            position = end
    return Markup().join((*parts, chips(text[position:], all_codes)))
