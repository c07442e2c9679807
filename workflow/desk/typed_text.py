"""Cleans and validates a target and note as a person typed them."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import category

from l10n import inline
from l10n.model import Entry
from workflow.states import Action, Refused

LONGEST_TARGET = 20_000
LONGEST_NOTE = 500


def clean_typed_text(target: str) -> str:
    """A target as typed into a form: one line, without the control characters a page cannot show."""
    return "".join(_visible(target.replace("\r\n", "\n"))).strip(" ")


def _visible(text: str) -> Iterator[str]:
    for letter in text:
        kind = category(letter)
        if kind in {"Zl", "Zp"} or (kind == "Cc" and letter.isspace()):
            yield " "
        elif kind not in {"Cc", "Cs"}:
            yield letter


def check_typed_text(target: str, note: str, entry: Entry, action: Action) -> None:
    """Raises Refused for a text that is too long, empty, or whose codes do not fit the source."""
    if len(target) > LONGEST_TARGET or len(note) > LONGEST_NOTE:
        raise Refused(
            f"a translation has at most {LONGEST_TARGET} characters, a note {LONGEST_NOTE}",
            remedy="Shorten it.",
        )
    if action is Action.SAVE and not target and not entry.target:
        raise Refused("there is nothing to save", remedy="Write a translation, or skip the segment.")
    if problems := inline.code_problems(target, inline.codes_of(entry.source)) if target else []:
        raise Refused(
            "the codes do not fit: " + "; ".join(problem.message for problem in problems),
            remedy="Every code of the source has to be there once.",
            seen=problems,
        )
