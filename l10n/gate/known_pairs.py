"""The pairs of a catalogue that were looked at before: a changed catalogue costs what changed in it."""

from __future__ import annotations

from array import array
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

from l10n.gate.remarks import RULES
from l10n.model import Finding

if TYPE_CHECKING:
    from l10n.catalogue import Survey
    from l10n.gate.remarks import Remark


@dataclass(frozen=True, slots=True)
class Past:
    """What the checks saw of a catalogue as it was before, all else being as it is now.

    ``known`` holds the digests of the pairs whose findings are known, ``found`` the findings of those
    that have any, by source and target.
    """

    known: frozenset[int] = frozenset()
    found: dict[tuple[str, str], list[Finding]] = field(default_factory=dict)

    @classmethod
    def of(cls, packed: bytes, remarks: Iterable[Remark]) -> Past:
        """From what ``packed`` gave for the catalogue, and what was said of it."""
        found: dict[tuple[str, str], list[Finding]] = {}
        for one in remarks:
            if one.source and one.check not in RULES:
                found.setdefault((one.source, one.target), []).append(_finding(one))
        return cls(frozenset(array("Q", b64decode(packed))), found)

    def findings(self, source: str, target: str, kind: str) -> Sequence[Finding] | None:
        """What the checks saw in a pair, None when they have not seen it."""
        if not self.known or _digest(source, target, kind) not in self.known:
            return None
        return self.found.get((source, target), ())


NOTHING = Past()


def packed(found: Survey) -> bytes:
    """Digests, as numbers of eight bytes in base64, of the pairs whose remarks are their findings alone.

    That is neither those that stand twice nor those that somebody silenced.
    """
    told = [
        (source, target, message.kind)
        for message in found.messages
        if message.public and "l10n-ok:" not in message.comment
        for source, target in message.pairs
    ]
    times = Counter((source, target) for source, target, _ in told)
    once = (_digest(*one) for one in told if times[one[:2]] == 1)
    return b64encode(array("Q", once).tobytes())


def _digest(*told: str) -> int:
    said = "\0".join(told).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(said, digest_size=8).digest(), "big")


def _finding(one: Remark) -> Finding:
    where = one.source_start, one.source_end
    return Finding(one.check, one.severity, one.message, one.start, one.end, None, (), *where)
