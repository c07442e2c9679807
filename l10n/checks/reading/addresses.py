"""Find web and e-mail addresses in a text, cached for all checks."""

from __future__ import annotations

from l10n import inline
from l10n.checks.reading.remembered import per_text
from l10n.inline import Role, Run


def may_stand(text: str) -> bool:
    """Whether a text may have a web or e-mail address: a quick look."""
    return "@" in text or "://" in text or "www." in text


@per_text
def runs(text: str) -> tuple[Run, ...]:
    """A text in runs, its locked values apart."""
    return tuple(inline.split_locked_values(text))


def is_address(run: Run) -> bool:
    """Whether a run is an address and no phone number."""
    return run.role is Role.VALUE and run.name != "phone"
