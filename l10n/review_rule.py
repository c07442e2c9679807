"""Whose approval a translation needs, and how far a catalogue's own word about it goes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

NOBODY = "-"
"""Stands for whoever is no person: a machine, or a tool that changed the catalogue."""


@dataclass(frozen=True, slots=True)
class ReviewRule:
    """What a release asks of an approval in a language.

    ``four_eyes`` says that nobody may approve what they wrote, ``approvals_needed`` how many people have to
    approve.  ``gettext`` says that the project takes a plain entry, changed by any tool, for reviewed.
    """

    four_eyes: bool = False
    approvals_needed: int = 1
    gettext: bool = False

    @property
    def strict(self) -> bool:
        """Whether it asks for more than one pair of eyes."""
        return self.four_eyes or self.approvals_needed > 1

    @property
    def trusts_gettext(self) -> bool:
        """Whether a plain entry is reviewed though nobody's name stands for it."""
        return self.gettext and not self.strict

    def satisfied_by(self, author: str, approved: Collection[str]) -> bool:
        """Whether a text that ``author`` wrote is reviewed once these people have approved it.

        Where author and approver have to be two, an author who is not known ("") meets nothing.
        """
        if self.four_eyes and not author:
            return False
        counted = {one for one in approved if one and one != NOBODY}
        return len(counted - {author} if self.four_eyes else counted) >= self.approvals_needed


DEFAULT_RULE = ReviewRule()
