"""What the gate says: a text in English with named holes, and what stands in them.

Whoever shows it may put it into another language; see ``l10n.gate.localised``.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import Any, NamedTuple


class Wording(NamedTuple):
    """A text with its values: a string stands in its hole as it is, a wording is put into words first.

    With ``many``, ``template`` is what is said of one thing and ``many`` of any other number of them,
    here ``number``.  A wording without values may also be an English message that a caller was given.
    """

    template: str
    values: tuple[tuple[str, str | Wording], ...] = ()
    many: str = ""
    number: int = 1

    @property
    def english(self) -> str:
        """The text in English."""
        template = self.many if self.many and self.number != 1 else self.template
        values = {name: value if isinstance(value, str) else value.english for name, value in self.values}
        return template.format_map(values) if values else template

    @classmethod
    def of(cls, row: Iterable[Any]) -> Wording:
        """Restore from a row of JSON."""
        template, values, many, number = row
        restored = ((name, value if isinstance(value, str) else cls.of(value)) for name, value in values)
        return cls(template, tuple(restored), many, number)


def worded(template: str, **values: object) -> Wording:
    """A text with its values; those that are no wordings stand there as ``str`` writes them."""
    return Wording(template, _in_holes(values))


def worded_count(one: str, many: str, count: int, **values: object) -> Wording:
    """A text about a number of things, which also stands in the hole ``count`` unless that has a value."""
    return Wording(one, _in_holes({"count": count} | values), many, count)


def worded_list(wordings: Iterable[Wording]) -> Wording:
    """Several wordings in a row; there has to be one."""
    return reduce(lambda first, second: worded("{first}, {second}", first=first, second=second), wordings)


def _in_holes(values: dict[str, object]) -> tuple[tuple[str, str | Wording], ...]:
    return tuple(
        (name, value if isinstance(value, Wording) else str(value)) for name, value in values.items()
    )
