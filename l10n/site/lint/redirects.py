"""What is wrong in `_redirects`, where hosts of static sites are told which addresses lead on to others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from l10n.model import Severity
from l10n.site.lint.fault import Fault
from l10n.site.lint.site import SiteFiles, joined
from l10n.site.urls import taken_apart

_FILE = "_redirects"
_STATUSES = frozenset({"200", "301", "302", "303", "307", "308", "404", "410"})


class Rule(NamedTuple):
    """A line of the file: from where to where, both as whole addresses; "200" shows instead of leading on."""

    line: int
    source: str
    target: str
    status: str


def faults(site: SiteFiles) -> Iterator[tuple[str, Fault]]:
    """What is wrong in `_redirects`."""
    if _FILE not in site.files:
        return
    rules: dict[str, Rule] = {}
    for number, line in enumerate(site.files[_FILE].decode("utf-8", "replace").splitlines(), 1):
        words = line.partition(" #")[0].split()
        if not words or words[0].startswith("#"):
            continue
        if message := _malformed(words):
            yield _FILE, Fault("redirect", number, message)
            continue
        status = words[2].rstrip("!") if len(words) > 2 else "301"
        rule = Rule(number, _whole(site, words[0]), _whole(site, words[1]), status)
        if rule.source in rules:
            message = f"{words[0]} leads on in line {rules[rule.source].line} already"
            yield _FILE, Fault("redirect", number, message)
        rules.setdefault(rule.source, rule)
    for rule in rules.values():
        yield from ((_FILE, fault) for fault in _leads(site, rules, rule))


def _malformed(words: list[str]) -> str:
    """What is wrong with the words of a line, "" where nothing is."""
    if len(words) < 2:
        return f"{words[0]} leads nowhere: a line has an address, where it leads, and a status"
    if not words[0].startswith(("/", "http://", "https://")):
        return f"{words[0]!r} is no address of the site"
    if len(words) > 2 and words[2].rstrip("!") not in _STATUSES and "=" not in words[2]:
        return f"{words[2]!r} is no status of a redirect"
    return ""


def _whole(site: SiteFiles, address: str) -> str:
    return joined(f"{site.url}/", address)


def _leads(site: SiteFiles, rules: dict[str, Rule], rule: Rule) -> Iterator[Fault]:
    target = taken_apart(rule.target).path
    if "*" in rule.source or ":" in target or "*" in target:
        return
    seen = [rule.source]
    while (after := rules.get(rule.target)) is not None and after.status != "200":
        if after.source in seen:
            yield Fault("redirect", rule.line, f"{rule.target} leads back to where it came from")
            return
        if len(seen) == 1:
            message = f"{rule.target} only leads on to {after.target}"
            yield Fault("redirect", rule.line, message, Severity.WARNING)
        seen.append(after.source)
        rule = Rule(rule.line, rule.source, after.target, after.status)
    path = site.path(rule.target)
    if path == "" and rule.target not in rules:
        yield Fault("redirect", rule.line, f"{rule.target} leads nowhere")
    elif path and path in site.pages and (onward := site.pages[path].onward) and len(seen) == 1:
        message = f"{rule.target} only leads on to {onward[1]}"
        yield Fault("redirect", rule.line, message, Severity.WARNING)
