"""Web addresses and e-mail addresses written out in the source stand in the target too."""

from __future__ import annotations

from collections.abc import Iterator

from l10n.checks.addresses import is_address, may_stand, runs
from l10n.checks.pair import Example, Pair
from l10n.model import Finding, Severity

ID = "urls"
SEVERITY = Severity.ERROR
EXPLANATION = (
    "An address that a reader is meant to use must reach the reader unchanged: each web or e-mail "
    "address written out in the source must be in the target, and no other."
)
BAD = Example("en", "Write to press@example.org.", "fr", "Écrivez à presse@example.org.")
GOOD = Example("en", "Write to press@example.org.", "fr", "Écrivez à press@example.org.")


def run(pair: Pair) -> Iterator[Finding]:
    """A missing address has its place in the source, a foreign one in the target."""
    if not (may_stand(pair.source_plain.text) or may_stand(pair.target_plain.text)):
        return
    source_addresses, target_addresses = addresses(pair.source_plain.text), addresses(pair.target_plain.text)
    if source_addresses.keys() == target_addresses.keys():
        return
    for address in sorted(source_addresses.keys() - target_addresses.keys()):
        place = pair.source_plain.span(*source_addresses[address])
        yield Finding(ID, SEVERITY, "{address} is missing", 0, 0, None, (("address", address),), *place)
    for address, (start, end) in target_addresses.items():
        if address not in source_addresses:
            yield Finding(
                ID,
                SEVERITY,
                "{address} is not in the source",
                *pair.target_plain.span(start, end),
                values=(("address", address),),
            )


def addresses(text: str) -> dict[str, tuple[int, int]]:
    """Each address in a text with the place where it first stands; phone numbers are left out."""
    first_places: dict[str, tuple[int, int]] = {}
    if not may_stand(text):
        return first_places
    at = 0
    for run_ in runs(text):
        if is_address(run_):
            first_places.setdefault(run_.text, (at, at + len(run_.raw)))
        at += len(run_.raw)
    return first_places
