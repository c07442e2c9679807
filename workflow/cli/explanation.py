"""Everything that pre-translation looks at for one segment, for `l10n pretranslate --explain`."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from workflow.cli import OK
from workflow.cli.console import print_progress, print_result

if TYPE_CHECKING:
    from l10n.model import Entry
    from l10n.pretranslate import Candidate
    from l10n.project import Release
    from l10n.review_routing import TrustSettings
    from workflow.ledger import Ledger


def explain(ledger: Ledger, options: argparse.Namespace) -> int:
    """Say of one segment what pre-translation looks at, and what becomes of it."""
    from l10n import pretranslate, project
    from l10n.model import Catalogue
    from workflow.engine_pool import engine_pool

    name, segment = _named(options.explain)
    release = project.release(ledger.project, name)
    terms = project.read_glossary(ledger.project)
    with (
        engine_pool(ledger, print_progress) as pool,
        project.open_memory(ledger.project, release.locale, today=ledger.clock().date()) as memory,
    ):
        for locale in options.to or release.locales:
            catalogue = ledger.catalogue(release, locale) or Catalogue(locale)
            entry = _entry(ledger, release, locale, catalogue.live, segment)
            names = options.engine or project.route(ledger.project, release, locale, ledger.clock())
            print_result(f"{name} {locale}: {entry.source}")
            _say_steps(
                pretranslate.explain(
                    entry,
                    source_locale=release.locale,
                    target_locale=locale,
                    memory=memory,
                    glossary=terms and terms.within(release.domains),
                    route=pool.route(names, release),
                    around=pretranslate.neighbours_of(catalogue)[entry.key],
                ),
                ledger.project.settings.trust,
            )
    return OK


def _named(asked: str) -> tuple[str, str]:
    """The release and the segment that are asked for."""
    from l10n.errors import UsageError

    name, _, segment = asked.rpartition(":")
    if not name or not segment:
        raise UsageError(
            f"--explain {asked!r} is not RELEASE:SEGMENT",
            remedy="As in marseille:3, or with an id that l10n segments shows.",
        )
    return name, segment


def _entry(ledger: Ledger, release: Release, locale: str, live: Sequence[Entry], segment: str) -> Entry:
    """The entry that is asked for by its number, from 1, or by its segment's id."""
    from l10n import project
    from l10n.errors import UsageError
    from l10n.segment import choosing

    if segment.isdecimal() and 0 < int(segment) <= len(live):
        return live[int(segment) - 1]
    document = project.segmented_for(project.document(ledger.project, release), release, locale)
    try:
        key = choosing.spot(document, segment).segment.key
    except UsageError as error:
        raise UsageError(
            f"{release.id} has no segment {segment} in {locale}: {error.message}",
            remedy=f"It has {len(live)}, from 1; `l10n segments {release.id} {locale}` shows their ids.",
        ) from None
    found = next((entry for entry in live if entry.key == key), None)
    if found is None:
        raise UsageError(
            f"the catalogue of {release.id} in {locale} has no entry for segment {segment} yet",
            remedy=f"l10n update {release.id}",
        )
    return found


def _say_steps(steps: Iterable[Candidate], trust: TrustSettings) -> None:
    said = False
    for step in steps:
        _say_step(step, trust)
        said = True
    if not said:
        print_result("  nothing: the memory has nothing like it, and no engine of the route can be asked")


def _say_step(step: Candidate, trust: TrustSettings) -> None:
    """Say what was sent and answered, what came of it, what was put right, and who looks at it."""
    from l10n import review_routing

    way = f" (codes came as {step.way})" if step.way else ""
    print_result(f"  {step.origin} {step.verdict}{way}")
    for passage in step.trace:
        print_result(
            f"    {passage.what}: {passage.text}" if passage.text else "    answered before, and kept"
        )
    if step.text:
        print_result(f"    {'gives: ' if step.trace or step.mends else ''}{step.text}")
    for mend in step.mends:
        print_result(f"    put right: {mend.text} [{mend.check}]")
    for finding in step.findings:
        print_result(f"    {finding.severity.value}: {finding.message} [{finding.check}]")
    if step.filled is not None:
        route = review_routing.route(step.filled, step.findings, trust)
        print_result(f"    for a {route.review.value} review: {'; '.join(map(str, route.reasons))}")
