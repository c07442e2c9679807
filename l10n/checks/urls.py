"""Web addresses and e-mail addresses written out in the source stand in the target too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.checks.mismatches import mismatch_findings
from l10n.checks.pair import Example, Pair, Plain
from l10n.checks.reading.address_likeness import Likeness, alike
from l10n.checks.reading.addresses import is_address, may_stand, runs
from l10n.checks.reading.foreign_markup import has_tags
from l10n.model import Finding, Severity

ID = "urls"
SEVERITY = Severity.ERROR
_SCHEME_ALONE = re.compile(r"https?://[^\w\[%]").match  # “https://-Adressen”
# A web address without http or www. that ends as those of the web do: news.example.org/all.
_HOST = re.compile(
    r"(?<![\w@./:-])(?!www\.)(?:[a-z0-9][a-z0-9-]+\.)+"
    r"(?:com|org|net|int|edu|gov|info|news|press|example|[a-z]{2})(?![\w@-]|\.\w)(?:/[\w./-]*\w)?",
    re.ASCII | re.IGNORECASE,
)
_POINTED = re.compile(r"\.[A-Za-z]{2}").search  # what stands in every such address: a quick look
EXPLANATION = (
    "An address that readers are meant to use must reach them unchanged: every web or e-mail address "
    "written out in the source must be in the target, and no others. The same page in the language of the "
    "target is accepted (en.example.org, example.org/en/, example.org/about.en.html); an address that "
    "differs only in http or https, or in a final slash, gets a warning."
)
BAD = Example("en", "Write to press@example.org.", "fr", "Écrivez à presse@example.org.")
GOOD = Example("en", "Write to press@example.org.", "fr", "Écrivez à press@example.org.")


def run(pair: Pair) -> Iterator[Finding]:
    """A missing address has its place in the source, a foreign one in the target."""
    yield from _changed_hosts(pair)
    source, target = _with_links(pair.source, pair.source_plain), _with_links(pair.target, pair.target_plain)
    if not (may_stand(source.text) or may_stand(target.text)):
        return
    source_addresses, target_addresses = addresses(source.text), addresses(target.text)
    if source_addresses.keys() == target_addresses.keys():
        return
    languages = pair.languages
    missing = sorted(source_addresses.keys() - target_addresses.keys())
    foreign = [address for address in target_addresses if address not in source_addresses]
    for address in missing:
        likeness = max((alike(address, other, *languages) for other in foreign), default=Likeness.NONE)
        if likeness < Likeness.SAME_PAGE:
            severity = Severity.WARNING if likeness is Likeness.SAME_BUT_SCHEME else SEVERITY
            values, place = (("address", address),), source.span(*source_addresses[address])
            yield Finding(ID, severity, "{address} is missing", 0, 0, None, values, *place)
    for address in foreign:
        likeness = max((alike(other, address, *languages) for other in missing), default=Likeness.NONE)
        if likeness < Likeness.SAME_PAGE:
            severity = Severity.WARNING if likeness is Likeness.SAME_BUT_SCHEME else SEVERITY
            values, span = (("address", address),), target.span(*target_addresses[address])
            yield Finding(ID, severity, "{address} is not in the source", *span, values=values)


def _changed_hosts(pair: Pair) -> Iterator[Finding]:
    """A bare address of the source that the target lacks, where it has another that the source lacks."""
    source, target = pair.source_plain.text, pair.target_plain.text
    if not (_POINTED(source) and _POINTED(target)):
        return
    hosts = {match.group(): match.span() for match in _HOST.finditer(source)}
    if not hosts:
        return
    others = {match.group(): match.span() for match in _HOST.finditer(target)}
    lost = [
        host
        for host in hosts.keys() - others.keys()
        if not any(alike(host, other, *pair.languages) for other in others)
    ]
    new = [
        other
        for other in others.keys() - hosts.keys()
        if not any(alike(host, other, *pair.languages) for host in hosts)
    ]
    yield from mismatch_findings(
        ID, pair, [hosts[host] for host in sorted(lost)], [others[other] for other in sorted(new)]
    )


def _with_links(stored: str, words: Plain) -> Plain:
    """The words of a text, or all that is stored where tags with attributes stand: links are among them."""
    return Plain(stored) if has_tags(stored) else words


def addresses(text: str) -> dict[str, tuple[int, int]]:
    """Each address in a text with the place where it first stands; phone numbers are left out."""
    first_places: dict[str, tuple[int, int]] = {}
    if not may_stand(text):
        return first_places
    at = 0
    for run_ in runs(text):
        if is_address(run_) and not _SCHEME_ALONE(run_.text):
            first_places.setdefault(run_.text, (at, at + len(run_.raw)))
        at += len(run_.raw)
    return first_places
