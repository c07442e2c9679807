"""The usual length of approved targets in a project, for the check of omissions."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from workflow.cli import OK
from workflow.cli.console import print_result

if TYPE_CHECKING:
    from l10n.project import Project


def learn_lengths(options: argparse.Namespace) -> int:
    """Write what the approved pairs of the project say of lengths, by pair of locales."""
    from l10n import lengths
    from l10n import project as projects

    project = projects.load(projects.find(options.folder))
    bands = {}
    for (source, target), approved_pairs in sorted(_approved_pairs(project).items()):
        if band := lengths.ratio_of_pairs(approved_pairs, source.split("-")[0]):
            bands[f"{source}-{target}"] = band
            print_result(
                f"{source}-{target}: {round(band.ratio * 100)} % from {len(approved_pairs)} approved pairs"
            )
        else:
            print_result(
                f"{source}-{target}: {len(approved_pairs)} approved pairs are too few; what is shipped counts"
            )
    projects.write_lengths(project.root, bands)
    return OK


def _approved_pairs(project: Project) -> dict[tuple[str, str], set[tuple[str, str]]]:
    """Every source with its approved target, by the locales of the two."""
    from collections import defaultdict

    from l10n import project as projects

    pairs: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for release in projects.releases(project):
        for locale in release.locales:
            catalogue = projects.read_catalogue(project, release, locale)
            approved = (entry for entry in catalogue.live if entry.approved) if catalogue else ()
            pairs[release.locale, locale].update((entry.source, entry.target) for entry in approved)
    return pairs
