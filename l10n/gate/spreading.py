"""Inspect many catalogues in several processes, those of a language in as few as can be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from l10n.gate.catalogue_file import CatalogueFile
from l10n.gate.findings import CatalogueReport
from l10n.gate.goals import Goals
from l10n.gate.header_rules import locale_in_path
from l10n.gate.inspection import inspect_catalogue
from l10n.processes import spread, usable

Item = TypeVar("Item")

WORTH_A_PROCESS = 16
"""Catalogues.  For fewer a process of its own, with the words of its languages, costs more than it saves."""


def inspect_catalogues(
    files: Sequence[CatalogueFile], goals: Goals, only: Sequence[str], processes: int = 1
) -> list[CatalogueReport]:
    """The reports of catalogues, in their order; see ``inspect_catalogue``.

    Where there is enough to do for several processes, up to ``processes`` do it.
    """
    inspect = partial(inspect_catalogue, goals=goals, only=only)
    return inspect_each(inspect, files, locale_of_file, processes if only else 1)


def locale_of_file(file: CatalogueFile) -> str:
    """The locale of a catalogue, as far as it can be told without reading it."""
    return file.locale or locale_in_path(Path(file.path))


def inspect_each(
    inspect: Callable[[Item], CatalogueReport],
    items: Sequence[Item],
    locale: Callable[[Item], str],
    processes: int,
) -> list[CatalogueReport]:
    """The reports of catalogues, in their order, given how to inspect one and the locale of one.

    Up to ``processes`` processes do it.  What the releases of a language repeat is checked once in each, and
    its words are read once.
    """
    count = usable(min(processes, len(items) // WORTH_A_PROCESS))
    if count < 2:
        return [inspect(item) for item in items]
    batches = _batches([locale(item) for item in items], count)
    reports = spread(lambda batch: [inspect(items[at]) for at in batch], batches, count)
    by_number = {
        at: report
        for batch, of_batch in zip(batches, reports, strict=True)
        for at, report in zip(batch, of_batch, strict=True)
    }
    return [by_number[at] for at in range(len(items))]


def _batches(locales: Sequence[str], count: int) -> list[Sequence[int]]:
    """The numbers of the catalogues of each language, cut where a language alone would keep all waiting.

    The longest come first.
    """
    by_locale: dict[str, list[int]] = {}
    for at, locale in enumerate(locales):
        by_locale.setdefault(locale, []).append(at)
    longest = max(WORTH_A_PROCESS, len(locales) // (2 * count))
    batches = [
        numbers[at : at + longest] for numbers in by_locale.values() for at in range(0, len(numbers), longest)
    ]
    return sorted(batches, key=len, reverse=True)
