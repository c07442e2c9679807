"""Who has to look at what, on the command line."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from workflow.cli import OK
from workflow.cli.console import SEVERAL, print_result

if TYPE_CHECKING:
    from collections.abc import Iterator

    from l10n.model import Entry
    from l10n.project import Project
    from l10n.review_routing import Route


def configure_route(parser: argparse.ArgumentParser) -> None:
    """Say what `route` takes."""
    parser.add_argument("release", nargs="*", help="only these releases")
    parser.add_argument("--to", **SEVERAL, metavar="LOCALES", help="only these target locales")
    parser.add_argument("--review", choices=("light", "full"), help="only segments that need this review")
    parser.add_argument("--json", action="store_true", help="output for programs")
    parser.epilog = "Example: l10n route marseille --to es --review full"
    parser.set_defaults(run=route)


def configure_insights(parser: argparse.ArgumentParser) -> None:
    """Say what `insights` takes."""
    parser.add_argument(
        "--days", type=int, default=90, metavar="N", help="how many days back to look (default: 90)"
    )
    parser.add_argument("--json", action="store_true", help="output for programs")
    parser.epilog = "Example: l10n insights --days 30"
    parser.set_defaults(run=insights)


def insights(options: argparse.Namespace) -> int:
    """What became of drafts by origin and language, and what `[review]` might say."""
    from datetime import timedelta

    from l10n.errors import UsageError
    from workflow import insights as analysis
    from workflow import throughput
    from workflow.cli import current_project
    from workflow.store.database import DatabaseStore

    if options.days < 1:
        raise UsageError(f"--days {options.days} is not a number of days", remedy="As in --days 30.")
    ledger = current_project.project_ledger(options)
    assert isinstance(ledger.store, DatabaseStore)  # noqa: S101 - the only kind that is opened
    measured = analysis.insights(
        throughput.recent_decisions(ledger.store, ledger.clock() - timedelta(days=options.days))
    )
    proposed = analysis.proposals(measured, ledger.project.settings.trust)
    if options.json:
        report = {
            "insights": [asdict(insight) for insight in measured],
            "proposals": [asdict(proposal) for proposal in proposed],
        }
        print_result(json.dumps(report, ensure_ascii=False, indent=1))
        return OK
    for insight in measured:
        low, high = (round(100 * end) for end in insight.likely)
        share = f"{insight.untouched} of {insight.number} untouched ({low} to {high} %)"
        duration = f", {insight.seconds:.0f} s each" if insight.timed else ""
        print_result(
            f"{insight.origin} {insight.locale}: {share}, {100 * insight.kept:.0f} % kept{duration}"
            f"  {analysis.plot(insight.spread)}"
        )
    for proposal in proposed:
        print_result(f"[review] {proposal.setting}: {proposal.why}")
    if not measured:
        print_result("nobody decided on a draft in that time")
    return OK


def route(options: argparse.Namespace) -> int:
    """Every segment that is not approved, those that need a person most first."""
    from l10n import project as projects

    project = projects.load(projects.find(options.folder))
    rows = sorted(_rows(project, options), key=lambda row: (row[0], row[1], -row[3].points))
    if options.json:
        print_result(json.dumps([_as_json(*row) for row in rows], ensure_ascii=False, indent=1))
        return OK
    for release, locale, entry, routing in rows:
        why = "; ".join(map(str, routing.reasons))
        print_result(f"{release} {locale}: {routing.review.value}: {_short(entry.source)}: {why}")
    full = sum(row[3].review.value == "full" for row in rows)
    print_result(f"{len(rows)} segments: {full} for a full review, {len(rows) - full} for a light one")
    return OK


def _rows(project: Project, options: argparse.Namespace) -> Iterator[tuple[str, str, Entry, Route]]:
    from l10n import checks, review_routing
    from l10n import project as projects

    locales = {projects.locale_of(locale) for locale in options.to}
    terms = projects.read_glossary(project)
    releases = [projects.release(project, name) for name in options.release] or projects.releases(project)
    for release in releases:
        for locale in release.locales:
            catalogue = projects.read_catalogue(project, release, locale)
            if catalogue is None or (locales and locale not in locales):
                continue
            band = project.lengths.get(f"{release.locale}-{locale}")
            applicable = terms and terms.within(release.domains)
            context = checks.check_context(release.locale, locale, glossary=applicable, band=band)
            for entry in catalogue.live:
                if entry.approved:
                    continue
                findings = checks.run_checks(entry.source, entry.target, context)
                routing = review_routing.route(entry, findings, project.settings.trust)
                if options.review in {None, routing.review.value}:
                    yield release.id, locale, entry, routing


def _as_json(release: str, locale: str, entry: Entry, routing: Route) -> dict[str, object]:
    return {
        "release": release,
        "locale": locale,
        "source": entry.source,
        "target": entry.target,
        "origin": entry.origin,
        "review": routing.review.value,
        "points": routing.points,
        "reasons": [str(reason) for reason in routing.reasons],
    }


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59].rstrip() + "…"
