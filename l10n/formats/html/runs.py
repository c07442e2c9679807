"""What the runs of a block that is being read tell so far."""

from __future__ import annotations

from collections.abc import Sequence

from l10n.inline import CLOSE, OPEN, TEXT, Run

_FEW = 40  # runs of an element of the page's own making, so that none is counted again and again


def speaks(runs: Sequence[Run]) -> bool:
    """Whether they hold words."""
    for _, text, role, _, _, _ in runs:  # noqa: SIM110  a generator takes as long as the rest
        if role is TEXT and not text.isspace():
            return True
    return False


def ends_in_break(runs: Sequence[Run]) -> bool:
    """Whether the last of them is a line break, but for white space behind it."""
    last = [run for run in runs[-2:] if run.role is not TEXT or run.text.strip()]
    return bool(last) and last[-1].name == "br"


def is_lone_element(runs: Sequence[Run], name: str) -> bool:
    """Whether they are one custom element of a name, start tag to end tag, and no words before it."""
    if len(runs) > _FEW:
        return False
    first = next((at for at, run in enumerate(runs) if run.role is OPEN or run.text.strip()), 0)
    if (runs[first].role, runs[first].name) != (OPEN, name):
        return False
    return sum({OPEN: 1, CLOSE: -1}.get(run.role, 0) for run in runs[first:] if run.name == name) == 0
