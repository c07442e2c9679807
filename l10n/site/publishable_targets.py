"""Which targets of a catalogue a page may show, with their typography repaired."""

from __future__ import annotations

from l10n import inline
from l10n.catalogue import Counts
from l10n.formats import Targets
from l10n.model import Catalogue
from l10n.site.filling import Filling
from l10n.site.originals import Key, Original
from l10n.site.typography import repair_segments


def approved(source: Original, catalogue: Catalogue, locale: str) -> tuple[Targets, tuple[str, ...]]:
    """The targets of a catalogue that a page may show; see ``fit``."""
    return fit(source, {entry.key: entry.target for entry in catalogue.live if entry.publishable}, locale)


def fit(source: Original, approved: Targets, locale: str) -> tuple[Targets, tuple[str, ...]]:
    """The approved targets that a page may show, repaired, and the sources of those whose codes are damaged.

    A target that could not be written counts as not approved, so that one of them cannot keep a
    whole site from being built.
    """
    targets: dict[Key, str] = {}
    damaged: list[str] = []
    for file_key, target in approved.items():
        key = source.keys.get(file_key)
        if key is None:
            continue
        # The codes of a source, in its own order, are right.
        if inline.code_tokens(target) != inline.code_tokens(key[1]) and inline.code_problems(
            target, source.codes[key]
        ):
            damaged.append(file_key[1])
        else:
            targets[key] = target
    return repair_segments(source.rows, targets, locale), tuple(damaged)


def drafted(source: Original, catalogue: Catalogue, locale: str) -> tuple[Targets, str]:
    """Every target that can be written, approved or not, repaired; who made those that are not.

    "machine" when one of them is a machine's, "person" when all are people's, "" when there is none.
    """
    targets: dict[Key, str] = {}
    who = ""
    for entry in catalogue.live:
        key = source.keys.get(entry.key)
        if key is None or not entry.target or inline.code_problems(entry.target, source.codes[key]):
            continue
        targets[key] = entry.target
        if not entry.publishable:
            by_people = entry.origin in {"", "human"} or entry.origin.startswith("tm")
            who = who if by_people and who else "person" if by_people else "machine"
    return repair_segments(source.rows, targets, locale), who


def counts(source: Original, targets: Targets) -> Counts:
    """How many of the distinct segments on the page have a target that may be shown.

    On the page are the units inside its body, with its headline and its summary.
    """
    approved = sum(1 for key in source.on_page() if targets.get(key))
    return Counts(approved=approved, translated=approved, missing=len(source.on_page()) - approved)


def filled(source: Original, approved: Targets, locale: str) -> Filling | None:
    """The approved targets of a page on which all of them may be shown, repaired; None for any other."""
    return None if source.form is None else source.form.filled(approved, locale)
