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
    parser.add_argument("--review", choices=("light", "full"), help="only segments for such a review")
    parser.add_argument("--json", action="store_true", help="a list for programs")
    parser.epilog = "Example: l10n route marseille --to es --review full"
    parser.set_defaults(run=route)


def configure_insights(parser: argparse.ArgumentParser) -> None:
    """Say what `insights` takes."""
    parser.add_argument("--days", type=int, default=90, metavar="N", help="how far back (default: 90)")
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.epilog = "Example: l10n insights --days 30"
    parser.set_defaults(run=insights)


def insights(options: argparse.Namespace) -> int:
    """What became of drafts by origin and language, and what `[review]` might say."""
    from datetime import timedelta

    from l10n.errors import UsageError
    from workflow import insights as told
    from workflow import throughput
    from workflow.cli import current_project
    from workflow.store.database import DatabaseStore

    if options.days < 1:
        raise UsageError(f"--days {options.days} is no number of days", remedy="As in --days 30.")
    ledger = current_project.project_ledger(options)
    assert isinstance(ledger.store, DatabaseStore)  # noqa: S101 - the only kind that is opened
    seen = told.insights(
        throughput.recent_decisions(ledger.store, ledger.clock() - timedelta(days=options.days))
    )
    proposed = told.proposals(seen, ledger.project.settings.trust)
    if options.json:
        both = {"insights": [asdict(one) for one in seen], "proposals": [asdict(one) for one in proposed]}
        print_result(json.dumps(both, ensure_ascii=False, indent=1))
        return OK
    for one in seen:
        low, high = (round(100 * end) for end in one.likely)
        share = f"{one.untouched} of {one.number} untouched ({low} to {high} %)"
        took = f", {one.seconds:.0f} s each" if one.timed else ""
        print_result(
            f"{one.origin} {one.locale}: {share}, {100 * one.kept:.0f} % kept{took}  {told.plot(one.spread)}"
        )
    for proposal in proposed:
        print_result(f"[review] {proposal.setting}: {proposal.why}")
    if not seen:
        print_result("nobody has decided on a draft in that time")
    return OK


def route(options: argparse.Namespace) -> int:
    """Every segment that is not approved, those that need a person most first."""
    from l10n import project as projects

    project = projects.load(projects.find(options.folder))
    rows = sorted(_rows(project, options), key=lambda row: (row[0], row[1], -row[3].points))
    if options.json:
        print_result(json.dumps([_told(*row) for row in rows], ensure_ascii=False, indent=1))
        return OK
    for release, locale, entry, way in rows:
        why = "; ".join(map(str, way.reasons))
        print_result(f"{release} {locale}: {way.review.value}: {_short(entry.source)}: {why}")
    full = sum(row[3].review.value == "full" for row in rows)
    print_result(f"{len(rows)} segments: {full} for a full review, {len(rows) - full} for a light one")
    return OK


def _rows(project: Project, options: argparse.Namespace) -> Iterator[tuple[str, str, Entry, Route]]:
    from l10n import checks, review_routing
    from l10n import project as projects

    wanted = {projects.locale_of(locale) for locale in options.to}
    terms = projects.read_glossary(project)
    asked = [projects.release(project, name) for name in options.release] or projects.releases(project)
    for item in asked:
        for locale in item.locales:
            catalogue = projects.read_catalogue(project, item, locale)
            if catalogue is None or (wanted and locale not in wanted):
                continue
            band = project.lengths.get(f"{item.locale}-{locale}")
            fitting = terms and terms.within(item.domains)
            between = checks.check_context(item.locale, locale, glossary=fitting, band=band)
            for entry in catalogue.live:
                if entry.approved:
                    continue
                findings = checks.run_checks(entry.source, entry.target, between)
                way = review_routing.route(entry, findings, project.settings.trust)
                if options.review in {None, way.review.value}:
                    yield item.id, locale, entry, way


def _told(release: str, locale: str, entry: Entry, way: Route) -> dict[str, object]:
    return {
        "release": release,
        "locale": locale,
        "source": entry.source,
        "target": entry.target,
        "origin": entry.origin,
        "review": way.review.value,
        "points": way.points,
        "reasons": [str(reason) for reason in way.reasons],
    }


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59].rstrip() + "…"
