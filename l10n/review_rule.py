"""The review rule: how many approvals a translation needs and from whom, and whether plain PO edits count."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

NOBODY = "-"
"""The id that stands for no person: a machine, or a tool that changed the catalogue."""


@dataclass(frozen=True, slots=True)
class ReviewRule:
    """What approvals a release needs in a language.

    With ``four_eyes`` nobody may approve what they wrote; ``approvals_needed`` is the number of people who
    have to approve.  With ``gettext`` an entry without a provenance line, by any tool, counts as reviewed.
    """

    four_eyes: bool = False
    approvals_needed: int = 1
    gettext: bool = False

    @property
    def strict(self) -> bool:
        """Whether it needs more than one person."""
        return self.four_eyes or self.approvals_needed > 1

    @property
    def trusts_gettext(self) -> bool:
        """Whether an entry without a named approver counts as reviewed."""
        return self.gettext and not self.strict

    def satisfied_by(self, author: str, approved: Collection[str]) -> bool:
        """Whether a text that ``author`` wrote and these people approved is reviewed.

        With ``four_eyes`` a text of an unknown author ("") never is.
        """
        if self.four_eyes and not author:
            return False
        counted = {person for person in approved if person and person != NOBODY}
        return len(counted - {author} if self.four_eyes else counted) >= self.approvals_needed


DEFAULT_RULE = ReviewRule()
