"""The gate on the command line."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from workflow.cli import GATE_FAILED, OK, UNUSABLE
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
    from l10n.gate import CatalogueFile, Goals, LocatedFinding, Verdict

# Not among "all": what they find depends on the machine.
_EXTRAS = {"spelling": "misspelled", "language-model": "wrong_language"}


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
    from l10n import checks, gate
    from l10n.errors import UsageError
    from l10n.gc_tuning import no_more_gc
    from l10n.model import Severity

    if options.list_checks and options.format == ["markdown"]:
        print_result(gate.page().removesuffix("\n"))
        return OK
    if options.list_checks and options.format in ([], ["text"]):
        print_result("\n".join((*checks.names(), *gate.RULES)))
        return OK
    if options.list_checks:
        raise UsageError("--list-checks is text or markdown", remedy="As in --list-checks --format markdown.")
    if options.explain is not None:
        print_result(gate.explain(options.explain, translation()))
        return OK
    if options.learn_lengths:
        return learn_lengths(options)
    only, goals, outputs = _check_ids(options.checks), _goals(options), reports(options.format)
    places, where, state = _places(options)
    keep_from_reports(outputs, _files_read(options, places))
    with no_more_gc():
        if state is None or options.no_cache:
            sheets = gate.inspect_catalogues(places, goals, only, options.processes)
            inconsistencies = list(gate.inconsistent(sheets))
        else:
            memory = gate.open_cache(state)
            sheets = gate.inspect_all(memory, places, goals, only, options.processes)
            inconsistencies = gate.compare_all(memory, sheets)
            gate.save(memory)
    extra_checks = [function for name, function in _EXTRAS.items() if name in options.checks]
    extra = [finding for function in extra_checks for finding in getattr(gate, function)(places, sheets)]
    serious = frozenset({Severity.ERROR} | ({Severity.WARNING} if options.fail_on == "warning" else set()))
    verdict = gate.judge(
        sheets,
        (*gate.missing_catalogues(goals, sheets, where), *inconsistencies, *extra),
        serious=serious,
        optional=goals.optional,
        spared=_spared(
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


def _from_repository(
    verdict: Verdict, options: argparse.Namespace, places: Sequence[CatalogueFile]
) -> Verdict:
    from l10n import project as projects
    from l10n.gate.reports.placing import from_repository

    base = Path() if options.paths else projects.find(options.folder)
    return from_repository(verdict, {place.name: Path(place.path) for place in places}, base)


def _places(options: argparse.Namespace) -> tuple[list[CatalogueFile], str, Path | None]:
    """What to look at, where to say that something is not there, and the project's state folder."""
    from l10n import project as projects
    from l10n.errors import UsageError
    from l10n.gate import discovery

    if not options.paths:
        try:
            root = projects.find(options.folder)
        except UsageError as error:
            raise UsageError(
                error.message, path=error.path, remedy="Name PO files or folders, as in l10n check po."
            ) from None
        project = projects.load(root)
        return list(discovery.in_project(project, options.release)), projects.FILE, project.state
    try:
        project = projects.load(projects.find(options.folder))
    except UsageError:
        return list(discovery.in_folders(options.paths, options.release)), str(options.paths[0]), None
    releases = {release.id for release in projects.releases(project)}
    for path in options.paths:
        if str(path) in releases and not path.exists():
            raise UsageError(
                f"{path} is a release, and no file of that name is here",
                remedy=f"l10n check --release {path}",
            )
    return (
        list(discovery.belonging(project, options.paths, options.release)),
        str(options.paths[0]),
        project.state,
    )


def _files_read(options: argparse.Namespace, places: Sequence[CatalogueFile]) -> Iterator[Path]:
    yield from (Path(place.path) for place in places)
    if options.baseline is not None:
        yield options.baseline


def _spared(
    options: argparse.Namespace,
    places: Sequence[CatalogueFile],
    unreadable: Collection[str],
    fails: Callable[[LocatedFinding], bool],
) -> Callable[[Sequence[LocatedFinding]], list[bool]] | None:
    from l10n import gate
    from l10n.gate.wording import worded

    conditions: list[Callable[[Sequence[LocatedFinding]], list[bool]]] = []
    if options.changed_since is not None:
        conditions.append(
            partial(
                gate.unchanged,
                {place.name: Path(place.path) for place in places},
                options.changed_since,
                made_from={place.name: place.made_from for place in places},
            )
        )
    if options.baseline is not None:
        if not options.baseline.exists():
            _refuse_in_ci(options.baseline)
            text = worded("{path} is written; the findings in it no longer fail", path=options.baseline)
            print_progress(f"l10n: {in_words(text)}", quiet=options.quiet)
        conditions.append(
            partial(
                gate.in_baseline,
                options.baseline,
                covers=_covered(options, places, unreadable),
                fails=fails,
                gone=_gone(options, places),
            )
        )
    if not conditions:
        return None
    return lambda remarks: [
        any(results) for results in zip(*(condition(remarks) for condition in conditions), strict=True)
    ]


def _refuse_in_ci(baseline: Path) -> None:
    """CI keeps no file for its next run: a baseline it wrote anew each time would let everything pass.

    Raises UsageError where CI is set, as GitHub, GitLab and most others do.
    """
    from l10n.errors import UsageError

    if os.environ.get("CI", "").lower() not in {"", "0", "false"}:
        raise UsageError(
            "there is no such baseline, and one that CI writes is gone with its run",
            path=baseline,
            remedy="Check its name, or write it with the same command on your machine and commit it.",
        )


def _gone(options: argparse.Namespace, places: Sequence[CatalogueFile]) -> Callable[[str], bool]:
    """Whether a catalogue would have been looked at if it were still there."""
    names = {place.name for place in places}
    covered = _covered(options, places, frozenset())
    return lambda path: path.endswith(".po") and path not in names and covered(path)


def _covered(
    options: argparse.Namespace, places: Sequence[CatalogueFile], unreadable: Collection[str]
) -> Callable[[str], bool]:
    """Whether a run looks at all that is to be said of a path."""
    names = {place.name for place in places}
    anything = options.release == "*"
    folders = tuple(f"{path}/" for path in options.paths if anything)
    everywhere = anything and (not options.paths or Path() in options.paths)
    whole = "all" in (options.checks or ("all",))
    return lambda path: (
        whole and path not in unreadable and (everywhere or path in names or path.startswith(folders))
    )


def _check_ids(asked_for: Sequence[str]) -> tuple[str, ...]:
    from l10n import checks
    from l10n.errors import UsageError

    names = checks.names()
    chosen = tuple(part for part in asked_for or ("all",) if part not in _EXTRAS)
    if chosen == ("none",):
        return ()
    if "none" in chosen:
        raise UsageError("--checks none stands alone", remedy="Name only the checks to run.")
    for name in chosen:
        if name not in {*names, "all"}:
            raise UsageError(f"there is no check {name!r}", remedy=f"Checks: {', '.join(names)}.")
    return names if "all" in chosen else chosen


def _goals(options: argparse.Namespace) -> Goals:
    from l10n.errors import UsageError
    from l10n.gate import Goals

    required, optional = _locales(options.required), _locales(options.optional)
    if both := ", ".join(sorted(required & optional)):
        raise UsageError(
            f"{both} cannot be required and optional at once", remedy="Name a language in one of the two."
        )
    return Goals(
        dict(_percentage("--min-approved", text) for text in options.min_approved),
        dict(_percentage("--min-translated", text) for text in options.min_translated),
        required,
        optional,
    )


def _locales(asked_for: Sequence[str]) -> frozenset[str]:
    from l10n.project import locale_of

    return frozenset(map(locale_of, asked_for))


def _percentage(option: str, text: str) -> tuple[str, int]:
    from l10n.errors import UsageError
    from l10n.project import locale_of

    locale, _, number = text.partition("=")
    if not locale or not number.isascii() or not number.isdecimal() or int(number) > 100:
        raise UsageError(f"{option} {text!r} is not LOCALE=PERCENT", remedy="As in es=100.")
    return (locale if locale == "*" else locale_of(locale)), int(number)
