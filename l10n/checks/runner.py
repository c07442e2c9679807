"""Run the checks on a source and its target."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from l10n import conventions
from l10n.checks.builtin import CHECKS, names
from l10n.checks.pair import CheckContext, Pair
from l10n.lengths import LengthRatio, default_ratio
from l10n.model import Entry, Finding

if TYPE_CHECKING:
    from l10n.glossary import Glossary

_MOST_OF_A_CHECK = 50


@cache
def _in_order() -> tuple[str, ...]:
    """The names, without asking the installed distributions each time."""
    return names()


def check_context(
    source_locale: str,
    target_locale: str,
    *,
    glossary: Glossary | None = None,
    band: LengthRatio | None = None,
) -> CheckContext:
    """The context that all entries of a catalogue share.

    ``band`` is what the project's own pairs taught of lengths; without it what is shipped counts.
    """
    source, target = conventions.load(source_locale), conventions.load(target_locale)
    return CheckContext(
        source_locale,
        target_locale,
        source,
        target,
        glossary,
        band or default_ratio(source.language, target.language),
    )


def run_checks(
    source: str, target: str, context: CheckContext, *, kind: str = "paragraph", only: Sequence[str] = ()
) -> list[Finding]:
    """The findings of the checks in a target; none when it is empty.

    ``only`` names the checks to run, all when it is empty.  Of what one check finds the first fifty are kept.
    Raises UsageError for a check that does not exist.
    """
    if not source.strip() or not target.strip():
        return []
    pair = Pair.of(source, target, context, kind)
    # Nobody reads more of one check, and each may hold the whole text with its mistake mended.
    return [finding for run in _runs(tuple(only)) for finding in islice(run(pair), _MOST_OF_A_CHECK)]


@cache
def _runs(only: tuple[str, ...]) -> tuple[Callable[[Pair], Iterator[Finding]], ...]:
    """The functions of the checks named, without looking each up for every pair."""
    return tuple(CHECKS.get(name).run for name in only or _in_order())


def check_pair(
    source: str,
    target: str,
    *,
    source_locale: str,
    target_locale: str,
    kind: str = "paragraph",
    glossary: Glossary | None = None,
    band: LengthRatio | None = None,
    only: Sequence[str] = (),
) -> list[Finding]:
    """The findings in a single pair; see ``run_checks``."""
    context = check_context(source_locale, target_locale, glossary=glossary, band=band)
    return run_checks(source, target, context, kind=kind, only=only)


def check_entry(
    entry: Entry,
    *,
    source_locale: str,
    target_locale: str,
    glossary: Glossary | None = None,
    only: Sequence[str] = (),
) -> list[Finding]:
    """Everything the checks see in an entry; nothing in an obsolete one."""
    if entry.obsolete:
        return []
    return check_pair(
        entry.source,
        entry.target,
        source_locale=source_locale,
        target_locale=target_locale,
        glossary=glossary,
        only=only,
    )
