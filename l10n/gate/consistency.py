"""The same source with different targets, within a release and across the site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b

from l10n.catalogue import Message
from l10n.gate.remarks import Remark, Sheet
from l10n.model import Severity

_SHORTEST = 4  # characters: below that a source says too little to have one right target


def sayings(messages: Sequence[Message]) -> Iterator[tuple[int, int, int]]:
    """Digests of the source and the target of every entry that is decided, with its line.

    An entry with a context was set apart from others of its source on purpose.
    """
    for message in messages:
        entry = message.entry
        if entry.obsolete or entry.context or entry.fuzzy or message.forms:
            continue
        if len(entry.source) >= _SHORTEST and entry.target:
            yield _digest(entry.source), _digest(entry.target), entry.line


@lru_cache(maxsize=1 << 14)
def _digest(text: str) -> int:
    """48 bits of a text, white space and capitals apart."""
    said = " ".join(text.split()).casefold().encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(said, digest_size=6).digest(), "big")


def inconsistent(sheets: Sequence[Sheet]) -> Iterator[Remark]:
    """A remark for each entry whose source stands with another target above it or in a sheet before it."""
    first: dict[tuple[str, int], tuple[int, Sheet, int]] = {}
    for sheet in sheets:
        for source, target, line in sheet.said:
            other, where, at = first.setdefault((sheet.locale, source), (target, sheet, line))
            if other == target:
                continue
            near = where.path == sheet.path or (bool(sheet.release) and where.release == sheet.release)
            yield Remark(
                sheet.path,
                line,
                Severity.WARNING if near else Severity.INFO,
                "consistency",
                f"the same source stands with another target in {where.path}:{at}",
                sheet.locale,
                sheet.release,
            )
