"""Commands that only look: how far things are, and what is wrong."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workflow.cli import GATE_FAILED, OK, UNUSABLE
from workflow.cli.console import say, say_json, table, tell

if TYPE_CHECKING:
    from l10n.model import Catalogue
    from l10n.project import Project


def configure_status(parser: argparse.ArgumentParser) -> None:
    """Say what `status` takes."""
    parser.add_argument("release", nargs="*", help="only these releases")
    parser.add_argument("--json", action="store_true", help="for a program to read")
    parser.epilog = "Example: l10n status --json\nColumns translated, fuzzy and missing are msgfmt's."
    parser.set_defaults(run=status)


def configure_check(parser: argparse.ArgumentParser) -> None:
    """Say what `check` takes."""
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="PO files or folders (default: the project's)"
    )
    parser.add_argument("--json", action="store_true", help="for a program to read")
    parser.add_argument(
        "--min-approved",
        action="append",
        default=[],
        metavar="LOCALE=PERCENT",
        help="fail when fewer segments are approved",
    )
    parser.add_argument("--checks", default="all", help="all, none, or ids with commas between")
    parser.add_argument("--fail-on", choices=("error", "warning"), default="error")
    parser.add_argument("--list-checks", action="store_true", help="name every check")
    parser.add_argument("--explain", metavar="ID", help="what a check looks for, with an example")
    parser.epilog = (
        "Example: l10n check --min-approved es=100 --min-approved ar=80\n"
        "Exits 0 when all is well, 1 when a gate failed, 2 when something could not be read."
    )
    parser.set_defaults(run=check)


def status(options: argparse.Namespace) -> int:
    """Print how far each release is; reads catalogues alone, so it works from a bare checkout."""
    from l10n import catalogue, project

    found = project.load(project.find(options.folder))
    rows = []
    for release in project.releases(found):
        if options.release and release.id not in options.release:
            continue
        for locale in release.locales:
            stored = project.read_catalogue(found, release, locale)
            if stored is None:
                counts = catalogue.count(catalogue.template(project.document(found, release, locale)).entries)
            else:
                counts = catalogue.count(stored.entries)
            rows.append((release.id, locale, counts))
    if missing := set(options.release) - {row[0] for row in rows}:
        project.release(found, missing.pop())
    if options.json:
        say_json(
            [{"release": id_, "locale": locale, **asdict(c), "total": c.total} for id_, locale, c in rows]
        )
        return OK
    heads = ("release", "locale", "approved", "translated", "fuzzy", "missing", "words left")
    cells = [
        (id_, locale, f"{c.approved}/{c.total}", *map(str, (c.translated, c.fuzzy, c.missing, c.words_left)))
        for id_, locale, c in rows
    ]
    say(table(heads, cells, left=2) if cells else "no releases yet: l10n add FILE --locale fr")
    return OK


def check(options: argparse.Namespace) -> int:
    """Print findings as `file:line: severity: message [id]`."""
    from l10n import checks
    from l10n.errors import L10nError, UsageError

    if options.list_checks:
        say("\n".join(checks.names()))
        return OK
    if options.explain:
        say(checks.explain(options.explain))
        return OK
    wanted = _wanted(options.checks, checks.names())
    gates = dict(_percentage(text) for text in options.min_approved)
    said: list[Line] = []
    unreadable = False
    for source in _sources(options):
        try:
            said.extend(_look(source, wanted, gates))
        except UsageError:
            raise
        except L10nError as error:
            unreadable = True
            tell(f"l10n: {error}")
    serious = {"error"} if options.fail_on == "error" else {"error", "warning"}
    failed = any(line.severity in serious for line in said)
    if options.json:
        say_json([asdict(line) for line in said])
    else:
        for line in said:
            say(f"{line.path}:{line.line}: {line.severity}: {line.message} [{line.check}]")
    return UNUSABLE if unreadable else GATE_FAILED if failed else OK


@dataclass(frozen=True, slots=True)
class Line:
    """A finding with the place of its entry."""

    path: str
    line: int
    severity: str
    message: str
    check: str


@dataclass(frozen=True, slots=True)
class Source:
    """A catalogue to look at, with the project it belongs to when it does."""

    path: Path
    project: Project | None = None
    release: str = ""
    locale: str = ""
    source_locale: str = ""


def _sources(options: argparse.Namespace) -> Iterator[Source]:
    from l10n import project
    from l10n.errors import InputError, UsageError

    if not options.paths:
        found = project.load(project.find(options.folder))
        for release in project.releases(found):
            for locale in release.locales:
                path = project.catalogue_path(found, release, locale)
                yield Source(path, found, release.id, locale, release.locale)
        return
    for path in options.paths:
        files = sorted(path.rglob("*.po")) if path.is_dir() else [path]
        if not files:
            raise UsageError("there is no PO file in this folder", path=path)
        for file in files:
            if not file.exists():
                raise InputError("there is no such file", path=file)
            yield Source(file)


def _look(source: Source, wanted: Sequence[str], gates: dict[str, int]) -> Iterator[Line]:
    from l10n import catalogue, checks, glossary, project
    from l10n.conventions import load

    terms = None
    path = str(source.path)
    if source.project is not None:
        path = source.path.relative_to(source.project.root).as_posix()
        release = project.release(source.project, source.release)
        stored = project.read_catalogue(source.project, release, source.locale)
        fresh = catalogue.template(project.document(source.project, release, source.locale))
        if stored is None:
            yield Line(path, 1, "error", "there is no catalogue: run l10n update", "stale")
            return
        if {entry.key for entry in fresh.entries} != {entry.key for entry in stored.live}:
            yield Line(path, 1, "error", "out of step with its source: run l10n update", "stale")
        paths = project.glossary_paths(source.project)
        terms = glossary.read(paths) if paths else None
    else:
        stored = catalogue.read(source.path)
    locale = source.locale or stored.locale
    source_locale = source.source_locale or dict(stored.headers).get("X-Source-Language", "").replace(
        "_", "-"
    )
    yield from _gate(path, stored, locale, gates)
    if not wanted:
        return
    load(locale or "und")
    for entry in stored.live:
        if not entry.target or entry.fuzzy:
            continue
        found = checks.check_entry(
            entry, source_locale=source_locale or "und", target_locale=locale or "und", glossary=terms
        )
        for finding in found:
            if finding.check in wanted and finding.severity != "info":
                yield Line(path, entry.line, str(finding.severity), finding.message, finding.check)


def _gate(path: str, stored: Catalogue, locale: str, gates: dict[str, int]) -> Iterator[Line]:
    from l10n.catalogue import count

    counts = count(stored.entries)
    needed = gates.get(locale, gates.get("*", 0))
    if counts.approved * 100 < needed * counts.total:
        left = counts.total - counts.approved
        message = (
            f"{locale}: {left} of {counts.total} segments not approved"
            f" ({counts.missing} missing, {counts.fuzzy} fuzzy)"
        )
        yield Line(path, 1, "error", message, "completeness")


def _wanted(text: str, names: Sequence[str]) -> tuple[str, ...]:
    from l10n.errors import UsageError

    if text in {"all", "none"}:
        return tuple(names) if text == "all" else ()
    asked = tuple(part.strip() for part in text.split(","))
    for name in asked:
        if name not in names:
            raise UsageError(f"there is no check {name!r}", remedy=f"Checks: {', '.join(names)}.")
    return asked


def _percentage(text: str) -> tuple[str, int]:
    from l10n.errors import UsageError

    locale, _, number = text.partition("=")
    if not locale or not number.isdecimal() or int(number) > 100:
        raise UsageError(f"--min-approved {text!r} is not LOCALE=PERCENT", remedy="As in es=100.")
    return locale, int(number)
