"""Styles that take away the mark of what the keyboard is on, and put none in its place (WCAG 2.2, 2.4.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.model import Severity
from l10n.site.lint.fault import Fault

_BRACE = re.compile(r"([{}])")
_TAKEN = re.compile(
    r"(?<![\w-])outline(?:-width|-style)?\s*:\s*(?:0(?:px|rem|em)?|none)\s*(?:!important\s*)?(?=;|\Z)",
    re.IGNORECASE,
)
# Another mark: a line, a ground, a shadow.
_GIVEN = re.compile(
    r"(?<![\w-])(?:outline(?:-\w+)?|box-shadow|border(?:-[\w-]+)?|background(?:-\w+)?|text-decoration(?:-[\w-]+)?)"
    r"\s*:(?!\s*(?:0(?:px|rem|em)?|none|transparent|inherit)\s*(?:!important\s*)?(?:;|\Z))",
    re.IGNORECASE,
)
_FOCUS = re.compile(r":focus(?:-visible)?(?![\w-])")
# All that is pressed or filled in, or anything at all; not one thing, which a script may have put in focus.
_ANYTHING = re.compile(r"(?=.)(?:\*|a|button|input|select|textarea|summary)?(?::focus|:focus-visible)*")


def marked(text: str) -> bool:
    """Whether a style sheet has a mark of its own for what is in focus."""
    return ":focus" in text and any(
        _GIVEN.search(body) and any(_FOCUS.search(one) for one in _wide(selectors))
        for selectors, body, _ in _rules(text)
    )


def faults(text: str, line: int = 1) -> Iterator[Fault]:
    """What a style sheet without comments takes from links and fields, told once."""
    if "outline" not in text:
        return
    for selectors, body, lines in _rules(text):
        wide = next(_wide(selectors), "")
        if wide and _TAKEN.search(body):
            message = f"{wide} has no outline: nobody sees what the keyboard is on"
            yield Fault("control", line + lines, message, Severity.WARNING)
            return


def _rules(text: str) -> Iterator[tuple[str, str, int]]:
    """The rules without others in them: selectors, declarations, and the line breaks before these."""
    pieces = _BRACE.split(text)
    lines = 0
    for at in range(0, len(pieces) - 4, 2):
        lines += pieces[at].count("\n")
        if pieces[at + 1] == "{" and pieces[at + 3] == "}":
            yield pieces[at], pieces[at + 2], lines


def _wide(selectors: str) -> Iterator[str]:
    """Those of the selectors of a rule that are for anything of a kind."""
    selectors = selectors.rpartition(";")[2]
    return (one for selector in selectors.split(",") if _ANYTHING.fullmatch(one := selector.strip()))
