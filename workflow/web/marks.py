"""Texts with what is known about them: codes as chips, findings, differences, glossary words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from l10n import inline
from l10n.inline import Role as Piece
from l10n.model import Code, Finding
from workflow.desk.helps import Change, Hit
from workflow.desk.helps import difference as changes
from workflow.news import NAMED
from workflow.web.speech import said

_CHIP = Markup('<span class="chip" data-code="{}" title="{}" dir="ltr">{}</span>')
_MARK = Markup('<mark class="{}" title="{}">{}</mark>')
_TERM = Markup('<span class="term" title="{}">{}</span>')
_SOUGHT = Markup('<mark class="sought">{}</mark>')
_MENTIONED = Markup('<span class="mention">{}</span>')
_CHANGED = {Change.GONE: Markup("<del>{}</del>"), Change.NEW: Markup("<ins>{}</ins>")}


def chips(text: str, codes: Iterable[Code] = (), sought: str = "") -> Markup:
    """A source or target with its codes as chips that say what they are, and ``sought`` words marked."""
    known = {code.number: code for code in codes}
    return Markup().join(
        _found(token.text, sought) if token.role is Piece.TEXT else _chip(token, known.get(token.number))
        for token in inline.tokens(text)
    )


def _found(text: str, sought: str) -> Markup:
    if not sought:
        return escape(text)
    parts = re.split(f"({re.escape(sought)})", text, flags=re.IGNORECASE)
    return Markup().join(
        _SOUGHT.format(part) if number % 2 else escape(part) for number, part in enumerate(parts)
    )


def _chip(token: inline.Token, code: Code | None) -> Markup:
    number = token.number
    mark = {Piece.OPEN: f"{number}›", Piece.CLOSE: f"‹{number}"}.get(token.role, f"{number}")
    value = code.value if code and token.role is Piece.LONE else ""
    return _CHIP.format(token.text, code.label if code else "", f"{mark} {value}".strip())


def marked(target: str, findings: Iterable[Finding], codes: Iterable[Code] = ()) -> Markup:
    """A target with its codes as chips and its findings marked; where two overlap the first is."""
    known = tuple(codes)
    out: list[Markup] = []
    at = 0
    for finding in sorted((f for f in findings if f.end > f.start), key=lambda f: f.start):
        if finding.start < at:
            continue
        out.append(chips(target[at : finding.start], known))
        found = chips(target[finding.start : finding.end], known)
        out.append(_MARK.format(finding.severity, finding.said(said().gettext), found))
        at = finding.end
    out.append(chips(target[at:], known))
    return Markup().join(out)


def difference(new: str, old: str, codes: Iterable[Code] = ()) -> Markup:
    """How a text came of an older one, with what is gone struck out and what is new marked."""
    known = tuple(codes)
    out: list[Markup] = []
    for change, text in changes(old, new):
        shown = chips(text, known)
        out.append(_CHANGED[change].format(shown) if change in _CHANGED else shown)
    return Markup().join(out)


def mentions(text: str) -> Markup:
    """A comment with the logins it names made to stand out."""
    return Markup().join(
        _MENTIONED.format(piece) if number % 2 else escape(piece)
        for number, piece in enumerate(NAMED.split(text))
    )


def terms(source: str, hits: Iterable[Hit], codes: Iterable[Code] = ()) -> Markup:
    """A source with its codes as chips and the words of the glossary marked, with what to use."""
    known = tuple(codes)
    out: list[Markup] = []
    at = 0
    for hit in hits:
        if hit.start < at:
            continue
        told = " / ".join(hit.allowed) or (hit.source if hit.kept else "")
        out.append(chips(source[at : hit.start], known))
        out.append(_TERM.format(told, chips(source[hit.start : hit.end], known)))
        at = hit.end
    out.append(chips(source[at:], known))
    return Markup().join(out)
