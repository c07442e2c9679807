r"""Inline codes: turns the markup inside a block into numbered codes for translators, and back again.

A format gives the inside of a block as runs.  Here runs become a source with codes
(``Visit <1>our site</1>.``), and a target with codes becomes the file's text again.  The
notation is the same for every format, so memory is shared between formats::

    <1>…</1>   a pair: a link, bold text
    <2/>       a lone code: a line break, an image, a locked value such as a phone number
    <\1>      the literal text <1>, one more backslash for each it already had
"""

from __future__ import annotations

from l10n.inline.composing import UNSEEN, compose, join_empty, orphaned, pairs, trim
from l10n.inline.notation import (
    Token,
    code_tokens,
    codes_of,
    escape_literal,
    plain,
    renumbered,
    tokens,
    words_only,
)
from l10n.inline.runs import (
    CLOSE,
    LONE,
    OPEN,
    TEXT,
    VALUE,
    Role,
    Run,
    Runs,
    plain_words,
    read_run,
    take_words,
    text_run,
)
from l10n.inline.targets import CodeProblem, code_problems, notes, render_target
from l10n.inline.values import may_hold_values, split_locked_values, with_directions

__all__ = [
    "CLOSE",
    "LONE",
    "OPEN",
    "TEXT",
    "UNSEEN",
    "VALUE",
    "CodeProblem",
    "Role",
    "Run",
    "Runs",
    "Token",
    "code_problems",
    "code_tokens",
    "codes_of",
    "compose",
    "escape_literal",
    "join_empty",
    "may_hold_values",
    "notes",
    "orphaned",
    "pairs",
    "plain",
    "plain_words",
    "read_run",
    "render_target",
    "renumbered",
    "split_locked_values",
    "take_words",
    "text_run",
    "tokens",
    "trim",
    "with_directions",
    "words_only",
]
