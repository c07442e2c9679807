"""The keys of the desk, for the sheet that lists them."""

from __future__ import annotations

from dataclasses import dataclass


def _(text: str) -> str:
    """Mark a text for the interface's catalogues."""
    return text


@dataclass(frozen=True, slots=True)
class Keystroke:
    """Keys pressed together, and what they do."""

    keys: tuple[str, ...]
    does: str


KEYS = (
    Keystroke(("Ctrl", "Enter"), _("Approve (or save, without that right) and go on")),
    Keystroke(("Ctrl", "S"), _("Save and go on")),
    Keystroke(("Alt", "Z"), _("Take back what was just decided")),
    Keystroke(("Alt", "→"), _("Skip: go on without a decision")),
    Keystroke(("Alt", "↓"), _("The segment after this one")),
    Keystroke(("Alt", "↑"), _("The segment before this one")),
    Keystroke(("Ctrl", "1–9"), _("Take over a suggestion")),
    Keystroke(
        ("Ctrl", "K"),
        _("Look up the selected words in the memory; in a document with no sentence open, in all texts"),
    ),
    Keystroke(("Alt", "1–9"), _("Put in a code, around the selected words")),
    Keystroke(("Alt", "F"), _("Make the first certain correction")),
    Keystroke(("Alt", "I"), _("Start from the source text")),
    Keystroke(("Alt", "X"), _("Clear the field")),
    Keystroke(("Alt", "L"), _("Go to the special characters")),
    Keystroke(("Ctrl", "Shift", "Space"), _("Put in a no-break space")),
    Keystroke(("Ctrl", "Z"), _("Undo what was typed")),
    Keystroke(("Ctrl", "/"), _("Show these keys")),
)
