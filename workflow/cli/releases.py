"""Commands that bring releases in and their catalogues on."""

from __future__ import annotations

import argparse
import datetime as dt
import shlex
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from workflow.cli import GATE_FAILED, OK, UNUSABLE, current_project
from workflow.cli.console import PROCESSES, SEVERAL, print_progress, print_result, progress
from workflow.cli.verdicts import error_in_words

if TYPE_CHECKING:
    from l10n.model import Document
    from l10n.pretranslate import Report
    from l10n.project import Release
    from workflow.ledger import Ledger


_TOLD = 5  # missing files that are named


def configure_init(parser: argparse.ArgumentParser) -> None:
    """Say what `init` takes."""
    parser.add_argument(
        "into",
        nargs="?",
        type=Path,
        default=Path(),
        metavar="FOLDER",
        help="where to start it; made if it is not there (default: this folder)",
    )
    parser.add_argument(
        "--locale",
        **SEVERAL,
        metavar="LOCALES",
        help="the languages releases are written in (default: en)",
    )
    parser.add_argument("--to", **SEVERAL, metavar="LOCALES", help="target locales, separated by commas")
    parser.add_argument("--name", help="the name of the organisation (default: the folder's name)")
    parser.add_argument(
        "--git",
        action="store_true",
        help="have git merge catalogues entry by entry; run it once in each clone",
    )
    parser.epilog = "Example: l10n init press --locale fr --to es,en,ar"
    parser.set_defaults(run=init)


def configure_add(parser: argparse.ArgumentParser) -> None:
    """Say what `add` takes."""
    parser.add_argument(
        "file", nargs="+", type=Path, metavar="FILE", help="one or more HTML, Markdown, Word or text files"
    )
    parser.add_argument(
        "--locale",
        help="the language it is written in (default: the one of the project's that it reads as)",
    )
    parser.add_argument("--to", **SEVERAL, metavar="LOCALES", help="target locales (default: the project's)")
    parser.add_argument("--id", default="", help="the id of the release (default: made from the file's name)")
    parser.add_argument(
        "--date", type=_date, help="the date of the release (default: the one in the file, or today)"
    )
    parser.add_argument(
        "--main",
        default="",
        metavar="SELECTOR",
        help="the part of a web page to translate, e.g. article or h1,#story; auto finds it",
    )
    parser.add_argument(
        "--encoding",
        default="",
        metavar="NAME",
        help="the encoding of a text or Markdown file, e.g. windows-1252; it is kept as UTF-8",
    )
    parser.epilog = "Example: l10n add ~/ouverture-marseille.txt --locale fr --id marseille"
    parser.set_defaults(run=add)


def configure_update(parser: argparse.ArgumentParser) -> None:
    """Say what `update` takes."""
    parser.add_argument("release", nargs="*", help="only these releases")
    parser.add_argument(
        "--check", action="store_true", help="change nothing; exit 1 if a catalogue is out of date"
    )
    parser.add_argument("--processes", **PROCESSES)
    parser.epilog = "Example: l10n update marseille"
    parser.set_defaults(run=update)


def configure_pretranslate(parser: argparse.ArgumentParser) -> None:
    """Say what `pretranslate` takes."""
    parser.add_argument("release", nargs="*", help="only these releases")
    parser.add_argument("--to", **SEVERAL, metavar="LOCALES", help="only these target locales")
    parser.add_argument(
        "--engine", action="append", metavar="NAME", help="use this engine instead of the route's"
    )
    parser.add_argument(
        "--explain",
        metavar="RELEASE:SEGMENT",
        help="explain one segment, by number or by its id in `l10n segments`: what was tried, in what order",
    )
    parser.epilog = "Example: l10n pretranslate marseille --to es"
    parser.set_defaults(run=pretranslate)


def init(options: argparse.Namespace) -> int:
    """Start a project."""
    from l10n import project as projects
    from workflow import git

    root = (options.folder / options.into).resolve()
    if options.git:
        root.mkdir(parents=True, exist_ok=True)
        git.repository(root)
        if (root / "l10n.toml").exists():
            return _merge_by_entry(root, quiet=options.quiet)
    source, *others = options.locale or ["en"]
    project = projects.create(
        root,
        name=options.name or root.name,
        source_locale=source,
        locales=tuple(options.to),
        also_from=tuple(others),
    )
    print_progress(
        f"{project.root / 'l10n.toml'}: {', '.join(project.settings.locales)}", quiet=options.quiet
    )
    if options.git:
        _merge_by_entry(root, quiet=options.quiet)
    there = "" if options.into == Path() else f"cd {shlex.quote(str(options.into))}; "
    print_progress(
        f"Next: {there}set url under [site] in l10n.toml to the site's address; l10n add FILE",
        quiet=options.quiet,
    )
    return OK


def _merge_by_entry(root: Path, *, quiet: bool) -> int:
    from workflow import git

    path, changed = git.install(root)
    if changed:
        print_progress(f"{path}: catalogues are merged entry by entry; commit it", quiet=quiet)
    print_progress("This clone's git knows how; every other clone needs l10n init --git once.", quiet=quiet)
    return OK


def add(options: argparse.Namespace) -> int:
    """Add releases and make their catalogues; a file that cannot be one does not keep the others out."""
    from l10n.errors import L10nError, UsageError

    if len(options.file) == 1:
        _add(options, options.file[0])
        return OK
    if options.id:
        raise UsageError("several files cannot share one id", remedy="Leave --id out.")
    code = OK
    for file in options.file:
        try:
            _add(options, file)
        except L10nError as error:
            print_progress(f"l10n: {error_in_words(error)}")
            code = UNUSABLE
    return code


def _add(options: argparse.Namespace, file: Path) -> None:
    from l10n import formats
    from l10n import project as projects
    from l10n.errors import EncodingError
    from l10n.project import dating

    ledger = current_project.project_ledger(options)
    today = ledger.clock().date()
    ours = ledger.project.settings.source_locales
    try:
        locale = options.locale or projects.language_of(file, ours, encoding=options.encoding)
        release = projects.add(
            ledger.project,
            file,
            release_id=options.id or projects.suggested_id(file.stem) or "release",
            locale=locale,
            locales=tuple(options.to),
            date=options.date or today,
            main=options.main,
            encoding=options.encoding,
            stated=not options.date,
        )
    except EncodingError as error:
        if not options.encoding and formats.bare(str(file)):
            error.remedy = f"{error.remedy} Or say what it is in: --encoding windows-1252, or another."
        raise
    document = projects.document(ledger.project, release)
    kinds = Counter(str(unit.kind) for unit, _ in document.segments())
    breakdown = ", ".join(f"{number} {kind}" for kind, number in kinds.items())
    print_result(f"{release.id}: {sum(kinds.values())} segments ({breakdown})")
    if other := projects.reads_as(document, release.locale):
        print_progress(f"it reads as {other}, not {release.locale}; locale in release.toml changes it")
    elif not options.locale and len(ours) > 1:
        print_progress(f"in {locale}, as it reads; --locale changes it", quiet=options.quiet)
    if not options.date:
        says = dating.stated_date(document, latest=today) is not None
        why = "as the file says" if says else "today, as the file names no day"
        print_progress(f"dated {release.date.isoformat()}, {why}; --date changes it", quiet=options.quiet)
    _tell_leftovers(document, quiet=options.quiet)
    _tell_attachments(release, document, quiet=options.quiet)
    _update(ledger, [release], quiet=options.quiet)


def _tell_leftovers(document: Document, *, quiet: bool) -> None:
    """Where words are still as the source of an e-mail spells them."""
    from l10n.formats import quoted_printable

    found = list(quoted_printable.leftovers(document))
    for line, word in found[:_TOLD]:
        told = f"it says {word!r} as the source of an e-mail does, in quoted-printable (source, line {line})"
        print_progress(f"{told}: correct it there, then run l10n update", quiet=quiet)
    if len(found) > _TOLD:
        print_progress(f"and {len(found) - _TOLD} more such words", quiet=quiet)


def _tell_attachments(release: Release, document: Document, *, quiet: bool) -> None:
    """Which files came along with a release, and which it shows that were not there."""
    from l10n import formats
    from l10n.site import assets

    beside = assets.of(release)
    if beside.files:
        print_progress(f"with the files it shows: {', '.join(sorted(beside.files))}", quiet=quiet)
    missing = list(assets.missing(beside, formats.body(document, {}, ("", ""), main=release.main)))
    for why in missing[:_TOLD]:
        print_progress(why, quiet=quiet)
    if len(missing) > _TOLD:
        print_progress(f"and {len(missing) - _TOLD} more such files", quiet=quiet)


def update(options: argparse.Namespace) -> int:
    """Bring catalogues in step with their sources."""
    if options.check:
        return _check_in_step(options)
    ledger = current_project.project_ledger(options)
    releases = _releases(ledger, options.release)
    _update(ledger, releases, quiet=options.quiet, processes=options.processes)
    return OK


def pretranslate(options: argparse.Namespace) -> int:
    """Fill what is empty."""
    ledger = current_project.project_ledger(options)
    if options.explain:
        from workflow.cli import explanation

        return explanation.explain(ledger, options)
    _pretranslate(
        ledger,
        _releases(ledger, options.release),
        only=tuple(options.to),
        engines=options.engine,
        quiet=options.quiet,
    )
    return OK


def update_all(ledger: Ledger, *, quiet: bool = False) -> None:
    """Bring every catalogue of a project in step."""
    _update(ledger, _releases(ledger, ()), quiet=quiet)


def pretranslate_all(ledger: Ledger, *, quiet: bool = False) -> None:
    """Fill what is empty in every catalogue of a project."""
    _pretranslate(ledger, _releases(ledger, ()), quiet=quiet)


def _update(ledger: Ledger, releases: Sequence[Release], *, quiet: bool, processes: int = 1) -> None:
    from workflow import updating

    for release_id, locale, changed in updating.update_releases(ledger, releases, processes):
        _tell_changed(release_id, locale, changed, quiet=quiet)


def bring_in_step(ledger: Ledger, release: Release, locale: str, document: Document, *, quiet: bool) -> None:
    """Bring one catalogue in step with a release's document, cut for its language."""
    from workflow import steps

    _tell_changed(release.id, locale, steps.update_catalogue(ledger, release, locale, document), quiet=quiet)


def _tell_changed(release: str, locale: str, changed: Counter[str], *, quiet: bool) -> None:
    if changed:
        print_progress(f"{release} {locale}: {_told(changed)}", quiet=quiet)


def _told(changed: Counter[str]) -> str:
    return ", ".join(f"{number} {grade}" for grade, number in changed.items())


def _check_in_step(options: argparse.Namespace) -> int:
    from l10n import project as projects
    from workflow import updating

    project = projects.load(projects.find(options.folder))
    releases = (
        [projects.release(project, name) for name in options.release]
        if options.release
        else projects.releases(project)
    )
    behind = False
    count = updating.useful_processes(len(releases), options.processes)
    for release, compared in updating.compare_releases(project, releases, count):
        for revised in updating.compare(project, release) if compared is None else compared:
            path = projects.catalogue_path(project, release, revised.locale).relative_to(project.root)
            changed = _told(revised.changed) if revised.digest else "there is no catalogue"
            if changed:
                behind = True
                print_result(f"{path}: out of step with its source: {changed}")
    return GATE_FAILED if behind else OK


def _pretranslate(
    ledger: Ledger,
    releases: Sequence[Release],
    *,
    only: Sequence[str] = (),
    engines: Sequence[str] | None = None,
    quiet: bool,
) -> None:
    from l10n import project as projects
    from workflow import steps
    from workflow.engine_pool import engine_pool

    steps.drop_expired_answers(ledger)
    terms = projects.read_glossary(ledger.project)
    unknown: dict[str, dict[str, None]] = {}
    with engine_pool(ledger, lambda text: print_progress(text, quiet=quiet)) as pool:
        for release, locale in _targets(releases, only):
            if ledger.catalogue(release, locale) is None:
                print_progress(
                    f"{release.id} {locale}: there is no catalogue yet; run l10n update", quiet=quiet
                )
                continue
            names = engines or projects.route(ledger.project, release, locale, ledger.clock())
            route = pool.route(names, release)
            with progress(f"{release.id} {locale}", quiet=quiet) as report_progress:
                report = steps.pretranslate_catalogue(
                    ledger, release, locale, route=route, terms=terms, progress=report_progress
                )
            _tell_filled(release.id, locale, report, quiet=quiet)
            for engine in route:
                if report.left and not engine.supports(release.locale, locale):
                    unknown.setdefault(engine.name, {})[f"{release.locale} to {locale}"] = None
    for name, pairs in unknown.items():
        print_progress(f"{name} does not know {', '.join(pairs)} here; l10n doctor says more", quiet=quiet)


def _targets(releases: Sequence[Release], only: Sequence[str]) -> list[tuple[Release, str]]:
    """Each release with its languages, or those of ``only``.  UsageError for one that no release has."""
    from l10n.errors import UsageError

    targets = [(release, locale) for release in releases for locale in release.locales]
    languages = dict.fromkeys(locale for _, locale in targets)
    if absent := [locale for locale in only if locale not in languages]:
        raise UsageError(
            f"no release here is to be in {', '.join(absent)}", remedy=f"Languages: {', '.join(languages)}."
        )
    return [(release, locale) for release, locale in targets if not only or locale in only]


def _tell_filled(release: str, locale: str, report: Report, *, quiet: bool) -> None:
    if not (report.filled or report.left):
        return
    filled = ", ".join(f"{number} from {origin}" for origin, number in report.filled.items()) or "nothing"
    fuzzy = f" ({report.fuzzy} fuzzy)" if report.fuzzy else ""
    left = f"; {report.left} left for people" if report.left else ""
    print_progress(f"{release} {locale}: {filled}{fuzzy}{left}", quiet=quiet)
    for reason, number in Counter(
        f"{failure.engine}: {failure.reason}" for failure in report.failures
    ).items():
        print_progress(f"{release} {locale}: {reason}{f' ({number} times)' if number > 1 else ''}")


def _releases(ledger: Ledger, names: Sequence[str]) -> list[Release]:
    from l10n import project as projects

    if names:
        return [projects.release(ledger.project, name) for name in names]
    return list(projects.releases(ledger.project))


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write it like 2026-09-14") from None
