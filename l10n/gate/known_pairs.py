"""The pairs of a catalogue checked in an earlier run, so that only what changed is checked again."""

from __future__ import annotations

from array import array
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

from l10n.gate.findings import RULES
from l10n.model import Finding

if TYPE_CHECKING:
    from l10n.catalogue import Survey
    from l10n.gate.findings import LocatedFinding


@dataclass(frozen=True, slots=True)
class KnownPairs:
    """The findings of an earlier version of a catalogue, checked with the same settings.

    ``known`` holds the digests of the pairs that were checked, ``found`` the findings of those
    that have any, by source and target.
    """

    known: frozenset[int] = frozenset()
    found: dict[tuple[str, str], list[Finding]] = field(default_factory=dict)

    @classmethod
    def of(cls, packed: bytes, findings: Iterable[LocatedFinding]) -> KnownPairs:
        """Restore from the result of ``packed_pairs`` and the findings of that run."""
        by_pair: dict[tuple[str, str], list[Finding]] = {}
        for finding in findings:
            if finding.source and finding.check not in RULES:
                by_pair.setdefault((finding.source, finding.target), []).append(_finding(finding))
        return cls(frozenset(array("Q", b64decode(packed))), by_pair)

    def findings(self, source: str, target: str, kind: str) -> Sequence[Finding] | None:
        """The findings in a pair, None when it was not checked."""
        if not self.known or _digest(source, target, kind) not in self.known:
            return None
        return self.found.get((source, target), ())


NO_KNOWN_PAIRS = KnownPairs()


def packed_pairs(survey: Survey, folded: Iterable[LocatedFinding] = ()) -> bytes:
    """Digests, as 64-bit numbers in base64, of the pairs whose findings can be taken over as they are.

    Pairs that occur twice and entries with silenced findings are left out, and so are the pairs of
    ``folded``, findings that one of the whole file stands for.
    """
    untold = {(finding.source, finding.target) for finding in folded}
    pairs = [
        (source, target, message.kind)
        for message in survey.messages
        if message.public and "l10n-ok:" not in message.comment
        for source, target in message.pairs
    ]
    times = Counter((source, target) for source, target, _ in pairs)
    digests = (_digest(*pair) for pair in pairs if times[pair[:2]] == 1 and pair[:2] not in untold)
    return b64encode(array("Q", digests).tobytes())


def _digest(*texts: str) -> int:
    joined = "\0".join(texts).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(joined, digest_size=8).digest(), "big")


def _finding(located: LocatedFinding) -> Finding:
    return Finding(
        located.check,
        located.severity,
        located.message,
        located.start,
        located.end,
        None,
        (),
        located.source_start,
        located.source_end,
    )
