"""The gate on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from workflow.cli import GATE_FAILED, OK, UNUSABLE
from workflow.cli.check_exemptions import exempt
from workflow.cli.check_scope import EXTRAS, catalogues, check_ids
from workflow.cli.check_scope import goals as asked_goals
from workflow.cli.console import PROCESSES, SEVERAL, print_progress, print_result
from workflow.cli.learned_lengths import learn_lengths
from workflow.cli.verdicts import (
    FOR_FORGES,
    add_reporting,
    in_words,
    keep_from_reports,
    put,
    reports,
    translation,
)

if TYPE_CHECKING:
    from l10n.gate import CatalogueFile, CatalogueReport, Goals, LocatedFinding, Verdict


def configure_check(parser: argparse.ArgumentParser) -> None:
    """Say what `check` takes."""
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="PO files or folders (default: the project's)"
    )
    _add_requirements(parser)
    _add_scope(parser)
    _add_output(parser)
    parser.epilog = (
        "Example: l10n check --min-approved es=100 --min-approved ar=80 --format sarif=l10n.sarif\n"
        "Exits 0 when all is well, 1 when something failed, 2 when something could not be read."
    )
    parser.set_defaults(run=check)


def _add_requirements(parser: argparse.ArgumentParser) -> None:
    goals = parser.add_argument_group("requirements")
    for name, what in (("approved", "approved"), ("translated", "translated and not fuzzy")):
        goals.add_argument(
            f"--min-{name}",
            action="append",
            default=[],
            metavar="LOCALE=PERCENT",
            help=f"fail when fewer segments are {what}; * is any other locale",
        )
    goals.add_argument(
        "--required", **SEVERAL, metavar="LOCALES", help="locales that must have a catalogue, fully approved"
    )
    goals.add_argument(
        "--optional", **SEVERAL, metavar="LOCALES", help="locales that are reported but never fail"
    )
    goals.add_argument("--fail-on", choices=("error", "warning"), default="error")


def _add_scope(parser: argparse.ArgumentParser) -> None:
    scope = parser.add_argument_group("scope")
    scope.add_argument("--release", default="*", metavar="GLOB", help="only these releases")
    scope.add_argument(
        "--checks",
        **SEVERAL,
        metavar="all|none|IDS",
        help="check ids, separated by commas; all,spelling adds hunspell, all,language-model adds py3langid",
    )
    scope.add_argument(
        "--no-cache", action="store_true", help="check every catalogue again, even if unchanged"
    )
    scope.add_argument("--processes", **PROCESSES)
    scope.add_argument(
        "--baseline", type=Path, metavar="FILE", help="fail only for findings that are not in this file"
    )
    scope.add_argument(
        "--changed-since", metavar="REV", help="fail only for entries changed since this git revision"
    )
    scope.add_argument(
        "--learn-lengths",
        action="store_true",
        help="write lengths.toml, the usual length of approved targets here, for the omissions check",
    )


def _add_output(parser: argparse.ArgumentParser) -> None:
    reporting = parser.add_argument_group("output")
    add_reporting(reporting)
    reporting.add_argument(
        "-q",
        "--quiet",
        action="store_true",
        default=argparse.SUPPRESS,
        help="print only the number of failures",
    )
    reporting.add_argument("--list-checks", action="store_true", help="list every check and rule")
    reporting.add_argument("--explain", metavar="ID", help="what a check looks for, with an example")


def check(options: argparse.Namespace) -> int:
    """Look at catalogues, say what is wrong, judge."""
    if options.list_checks:
        return _list_checks(options.format)
    if options.explain is not None:
        from l10n import gate

        print_result(gate.explain(options.explain, translation()))
        return OK
    if options.learn_lengths:
        return learn_lengths(options)
    return _judge(options)


def _list_checks(forms: Sequence[str]) -> int:
    from l10n import checks, gate
    from l10n.errors import UsageError

    if forms == ["markdown"]:
        print_result(gate.page().removesuffix("\n"))
    elif forms in ([], ["text"]):
        print_result("\n".join((*checks.names(), *gate.RULES)))
    else:
        raise UsageError("--list-checks is text or markdown", remedy="As in --list-checks --format markdown.")
    return OK


def _judge(options: argparse.Namespace) -> int:
    from l10n import gate
    from l10n.model import Severity

    only, goals, outputs = check_ids(options.checks), asked_goals(options), reports(options.format)
    places, where, state = catalogues(options)
    keep_from_reports(outputs, _files_read(options, places))
    sheets, findings = _inspect(options, places, goals, only, None if options.no_cache else state)
    serious = frozenset({Severity.ERROR} | ({Severity.WARNING} if options.fail_on == "warning" else set()))
    verdict = gate.judge(
        sheets,
        (*gate.missing_catalogues(goals, sheets, where), *findings),
        serious=serious,
        optional=goals.optional,
        spared=exempt(
            options,
            places,
            {sheet.path for sheet in sheets if not sheet.readable},
            partial(gate.can_fail, serious=serious, optional=goals.optional),
        ),
    )
    for name, file in outputs:
        placed = _from_repository(verdict, options, places) if name in FOR_FORGES else verdict
        put(placed, name, file, quiet=options.quiet)
    print_progress(in_words(verdict.summary), quiet=options.quiet)
    return UNUSABLE if not verdict.readable else GATE_FAILED if verdict.failing else OK


def _inspect(
    options: argparse.Namespace,
    places: Sequence[CatalogueFile],
    goals: Goals,
    only: Sequence[str],
    cached_in: Path | None,
) -> tuple[list[CatalogueReport], list[LocatedFinding]]:
    """What is to be said of each catalogue, and what only several of them together or an extra check tell."""
    from l10n import gate
    from l10n.gc_tuning import no_more_gc

    with no_more_gc():
        if cached_in is None:
            sheets = gate.inspect_catalogues(places, goals, only, options.processes)
            findings = list(gate.inconsistent(sheets))
        else:
            cache = gate.open_cache(cached_in)
            sheets = gate.inspect_all(cache, places, goals, only, options.processes)
            findings = gate.compare_all(cache, sheets)
            gate.save(cache)
    for name, function in EXTRAS.items():
        if name in options.checks:
            findings += getattr(gate, function)(places, sheets)
    return sheets, findings


def _from_repository(
    verdict: Verdict, options: argparse.Namespace, places: Sequence[CatalogueFile]
) -> Verdict:
    from l10n import project as projects
    from l10n.gate.reports.placing import from_repository

    base = Path() if options.paths else projects.find(options.folder)
    return from_repository(verdict, {place.name: Path(place.path) for place in places}, base)


def _files_read(options: argparse.Namespace, places: Sequence[CatalogueFile]) -> Iterator[Path]:
    yield from (Path(place.path) for place in places)
    if options.baseline is not None:
        yield options.baseline
