"""Commands that put pages in front of readers."""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from workflow.cli import GATE_FAILED, OK, UNUSABLE, current_project, planning
from workflow.cli.console import PROCESSES, moment_of, print_json, print_progress, print_result
from workflow.cli.verdicts import error_in_words

if TYPE_CHECKING:
    from l10n.project import Project, ReadableReleases, Release
    from l10n.site import BuiltSite, Scope, Skipped
    from l10n.site.changes import Change
    from workflow.ledger import Ledger

DEMO = "demo"
SHOWN, WIDTH = 5, 90


def configure_publish(parser: argparse.ArgumentParser) -> None:
    """Say what `publish` takes."""
    parser.add_argument(
        "release", nargs="?", default="", help="only this release (default: everything approved)"
    )
    parser.add_argument(
        "--locale",
        action="append",
        default=[],
        metavar="LOCALE",
        help="only in this language; may be repeated",
    )
    parser.add_argument("--at", metavar="TIME", help="with --locale: schedule it for this time")
    parser.add_argument(
        "--override", metavar="REASON", help="with --locale: publish although the gate holds it back"
    )
    parser.add_argument("--by", metavar="NAME", help="with --override: who decided so")
    parser.add_argument(
        "--dry-run",
        "--diff",
        action="store_true",
        help="show which pages and words would change; write nothing",
    )
    parser.add_argument(
        "--as-of", metavar="TIME", help="with --dry-run: the site as it would be at this time"
    )
    parser.add_argument("--due", action="store_true", help="publish only what is due by now; for cron")
    parser.add_argument("--rollback", action="store_true", help="put the previous version back live")
    parser.add_argument("--verify", action="store_true", help="compare the live site with its manifest")
    parser.add_argument(
        "--full", action="store_true", help="write every file again instead of linking unchanged ones"
    )
    parser.add_argument("--processes", **PROCESSES)
    parser.add_argument("--strict", action="store_true", help="exit 1 when a gate holds a page back")
    parser.add_argument("--json", action="store_true", help="output for programs")
    parser.epilog = "Example: l10n publish --dry-run"
    parser.set_defaults(run=publish)


def configure_demo(parser: argparse.ArgumentParser) -> None:
    """Say what `demo` takes."""
    parser.add_argument(
        "target", nargs="?", type=Path, default=Path(DEMO), metavar="FOLDER", help="where (default: ./demo)"
    )
    parser.epilog = "Example: l10n demo /tmp/passerelle-demo"
    parser.set_defaults(run=demo)


def publish(options: argparse.Namespace) -> int:
    """Build the site and put it live."""
    from l10n import project as projects
    from l10n import site
    from workflow.publishing import SitePublisher

    project = projects.load(projects.find(options.folder))
    if options.rollback:
        return _go_back(project, quiet=options.quiet)
    if options.verify:
        return _verify(project, as_json=options.json, quiet=options.quiet)
    ledger = current_project.ledger_of(project, options)
    if options.due:
        plans = projects.readable_releases(project)
        if not site.due(project, plans.releases, ledger.clock()):
            _tell_nothing_is_due(options, plans, ledger.clock())
            return UNUSABLE if plans.errors else OK
    ledger.settle()
    scope, plan = _scope(options, ledger)
    publisher, as_of = SitePublisher(ledger), _moment(options, ledger)
    built = publisher.build(as_of, full=options.full, scope=scope, processes=options.processes)
    changes = _changes(project, built) if options.dry_run else ()
    changed = not options.dry_run and bool(publisher.put_live(built, full=options.full).written)
    held_back = _held_back(options, built)
    fails = options.strict and bool(held_back)
    unreadable = _rows(built.unreadable) if options.due else []
    if options.json:
        report = {"pages": _pages(built), "held_back": held_back, "changed": changed}
        report |= {"changes": [asdict(change) for change in changes]} if options.dry_run else {}
        print_json(report | ({"planned": plan.row} if plan else {}))
    elif not options.quiet:
        _tell_held_back(held_back)
        _tell_of_site(project)
        _tell_plan(options, project, plan)
        for change in changes:
            _tell_change(change)
        if changed or changes or not plan:
            verb = "would publish" if options.dry_run else "published" if changed else "unchanged:"
            print_result(f"{verb} {len(_pages(built))} pages in {project.public}")
    elif fails or unreadable:
        _tell_held_back(held_back if fails else unreadable)
    return UNUSABLE if unreadable else GATE_FAILED if fails else OK


def _go_back(project: Project, *, quiet: bool) -> int:
    from l10n import site

    live = site.rollback(project).version
    if not quiet:
        print_result(f"live again: version {live}")
    return OK


def _tell_nothing_is_due(options: argparse.Namespace, plans: ReadableReleases, now: dt.datetime) -> None:
    releases = plans.releases
    for error in plans.errors:
        print_progress(f"l10n: {error_in_words(error)}")
    if not options.json:
        print_progress(planning.told_next(releases, now), quiet=options.quiet)
        return
    coming = planning.next_change(releases, now)
    row = {"releases": list(coming[0]), "at": coming[1].isoformat()} if coming else None
    print_json({"changed": False, "next": row})


def _tell_plan(options: argparse.Namespace, project: Project, plan: planning.Plan | None) -> None:
    for line in planning.told_plan(project, plan, only_looked_at=options.dry_run) if plan else ():
        print_result(line)


def _pages(built: BuiltSite) -> list[str]:
    return [name for name in built.files if name.endswith(".html")]


def _held_back(options: argparse.Namespace, built: BuiltSite) -> list[tuple[str, str, str]]:
    """Which (release, locale) is not shown, and why: of what was asked for, or of everything."""
    return _rows(
        skipped
        for skipped in built.skipped
        if options.release in {"", skipped.release}
        and (not options.locale or skipped.locale in {"", *_locale_tags(options)})
    )


def _rows(skipped: Iterable[Skipped]) -> list[tuple[str, str, str]]:
    return [(one.release, one.locale, one.why) for one in skipped]


def _tell_held_back(held_back: Sequence[tuple[str, str, str]]) -> None:
    """A line for each release and reason, with the languages it holds for."""
    languages: dict[tuple[str, str], list[str]] = {}
    for release, locale, why in held_back:
        languages.setdefault((release, why), []).append(locale)
    for (release, why), locales in languages.items():
        where = f" in {', '.join(locales)}" if all(locales) else ""
        print_progress(f"held back: {release}{where}: {why}")


def _tell_of_site(project: Project) -> None:
    """What is amiss in the site itself: words of its own, templates without use, its address."""
    from l10n import site
    from l10n.project.settings import FILE, PLACEHOLDER_URL

    for locale in site.without_texts(project):
        print_progress(
            f"in {locale} the site's own words are English: locales/{locale}/LC_MESSAGES/passerelle.po"
            " would have them"
        )
    for name, near in sorted(site.without_use(project).items()):
        asked = f": did you mean {near}?" if near else ""
        print_progress(f"no page uses templates/site/{name}, which is not called like one of ours{asked}")
    if project.settings.site.url == PLACEHOLDER_URL:
        print_progress(f"the pages say they are at {PLACEHOLDER_URL}: set url under [site] in {FILE}")


def _scope(options: argparse.Namespace, ledger: Ledger) -> tuple[Scope | None, planning.Plan | None]:
    """What is published, None for everything, and what is planned for later, if anything is.

    The plan of a release is changed so that it is let out.
    """
    from l10n import project as projects
    from l10n import site
    from l10n.errors import UsageError
    from l10n.project import Override, plans
    from l10n.site.gates import to_be_planned

    if not options.release:
        return _scope_of_all(options, ledger.project), None
    release = planned = projects.release(ledger.project, options.release)
    locales = _locales(options, release)
    now = ledger.clock().replace(microsecond=0)
    if options.override is not None:
        by = (options.by or "").strip()
        if not (options.override.strip() and by):
            raise UsageError("an override needs a reason and a name", remedy='As in --by "Ana Ruiz".')
        override = Override(by, options.override.strip())
        for locale in locales:
            planned = plans.overridden(planned, locale, override)
            if not options.dry_run:
                plans.override(release, locale, override)
    at = now if options.at is None else moment_of("--at", options.at)
    if options.override is None or options.at:
        later = options.at is not None
        to_plan = locales if later else to_be_planned(ledger.project, release, locales, at)
        if to_plan or not locales:
            planned = plans.published(planned, to_plan, at=at)
            if not options.dry_run:
                _plan(ledger, release, to_plan, at, later=later)
    moment = _moment(options, ledger) if options.dry_run else now
    releases = {release.id: tuple(locales)} if at <= moment else {}
    scope = site.Scope(releases, {release.id: planned} if options.dry_run else {})
    return scope, planning.Plan(planned, locales, at) if at > now else None


def _scope_of_all(options: argparse.Namespace, project: Project) -> Scope | None:
    from l10n import site
    from l10n.errors import UsageError

    if options.locale or options.at or options.override:
        raise UsageError("no release is named", remedy="As in l10n publish bureau-tanger --locale es.")
    return site.Scope() if options.due and site.published_at(project) else None


def _plan(ledger: Ledger, release: Release, locales: Sequence[str], at: dt.datetime, *, later: bool) -> None:
    """Write a publication into the plan; a desk or a worker that runs looks again at a later moment."""
    from l10n.project import plans

    plans.publish(release, locales, at=at)
    if not later:
        return
    from workflow.jobs.work import due_check_job, open_runner

    runner = open_runner(ledger)
    try:
        runner.enqueue([due_check_job(at, once=True)])
    finally:
        runner.close()


def _locales(options: argparse.Namespace, release: Release) -> list[str]:
    from l10n.errors import UsageError

    locales = _locale_tags(options)
    for locale in locales:
        if locale not in release.languages:
            raise UsageError(f"{release.id} is not translated into {locale}")
    if (options.at or options.override) and not locales:
        raise UsageError("no language is named", remedy="Add --locale.")
    return locales


def _locale_tags(options: argparse.Namespace) -> list[str]:
    from l10n.project import locale_of

    return [locale_of(text) for text in options.locale]


def _moment(options: argparse.Namespace, ledger: Ledger) -> dt.datetime:
    """The moment the site is to stand as it does at: now, or one that is only looked at."""
    from l10n.errors import UsageError

    if options.as_of is None:
        return ledger.clock()
    moment = moment_of("--as-of", options.as_of)
    if not options.dry_run:
        raise UsageError(
            "only the present state can be published", remedy="Add --dry-run to look at another moment."
        )
    return moment


def _verify(project: Project, *, as_json: bool, quiet: bool) -> int:
    from l10n import site

    damages = site.verify(project)
    if as_json:
        print_json([asdict(damage) for damage in damages])
    else:
        for damage in damages:
            print_result(f"{damage.what}: {damage.path}")
        if damages:
            print_result("l10n publish --full writes every file anew")
        elif not quiet:
            print_result("as it was published")
    return GATE_FAILED if damages else OK


def _changes(project: Project, built: BuiltSite) -> tuple[Change, ...]:
    """What a publication would change; read only where somebody asks for it."""
    from l10n.site.changes import changes

    return changes(project, built)


def _tell_change(change: Change) -> None:
    """A file with its first edits; the rest is counted, so that a new page stays a few lines."""
    removed, added = (
        sum(len(text.split()) for text in texts)
        for texts in ([edit.gone for edit in change.edits], [edit.come for edit in change.edits])
    )
    print_result(f"{change.what}: {change.path}" + (f" (words: -{removed} +{added})" if change.edits else ""))
    if change.what != "changed":
        return
    for edit in change.edits[:SHOWN]:
        lines = ((sign, text) for sign, text in (("-", edit.gone), ("+", edit.come)) if text)
        for sign, text in lines:
            print_result(f"    {sign} {text if len(text) <= WIDTH else text[: WIDTH - 1] + '…'}")
    if len(change.edits) > SHOWN:
        print_result(f"    and {len(change.edits) - SHOWN} more (--json has them all)")


def demo(options: argparse.Namespace) -> int:
    """Copy the demo project, run the whole line on it, and say where to look."""
    from l10n import project as projects
    from workflow.cli.releases import pretranslate_all, update_all

    folder = options.target.resolve()
    _copy_demo(folder)
    project = projects.load(folder)
    ledger = current_project.ledger_of(project, options)
    print_progress(f"1 of 3  extract and segment the releases in {folder / 'releases'}", quiet=options.quiet)
    update_all(ledger, quiet=options.quiet)
    print_progress("2 of 3  pre-translate what nobody has translated yet", quiet=options.quiet)
    pretranslate_all(ledger, quiet=options.quiet)
    print_progress("3 of 3  publish the site", quiet=options.quiet)
    _publish_demo(ledger, project)
    return OK


def _publish_demo(ledger: Ledger, project: Project) -> None:
    from workflow.cli.desk import first_link
    from workflow.cli.desk_address import PORT, address_at
    from workflow.publishing import SitePublisher

    publisher = SitePublisher(ledger)
    built = publisher.build()
    publisher.put_live(built)
    languages = sorted(
        {name.split("/")[0] for name in built.files if name.count("/") == 2 and name.endswith(".html")}
    )
    pages = sum(name.endswith(".html") for name in built.files)
    first_page = project.public / "index.html"
    print_result(f"{pages} pages in {len(languages)} languages ({', '.join(languages)}): {first_page}")
    here = Path("Makefile").is_file() and project.root == Path(DEMO).resolve()
    print_result(
        f"The desk: run `{'make desk' if here else f'l10n -C {_short(project.root)} serve'}`, then open"
    )
    print_result(f"  {first_link(ledger, address_at('127.0.0.1', PORT))}")
    print_result("The link signs you in once, within a day.")


def _copy_demo(folder: Path) -> None:
    """The project that ships with the program, without what belongs to the program itself."""
    from l10n import resources
    from l10n.errors import UsageError

    if folder.exists() and any(folder.iterdir()) and not (folder / "l10n.toml").is_file():
        raise UsageError("the folder holds something else", path=folder, remedy="Name an empty folder.")
    if (folder / "l10n.toml").is_file():
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("releases", "locales", "glossary"):
        shutil.copytree(
            resources.folder(name),
            folder / name,
            dirs_exist_ok=True,
            ignore=shutil.ignore_patterns("passerelle.po", "__pycache__"),
        )
    plan = resources.folder("templates").parent / "l10n.toml"
    (folder / "l10n.toml").write_bytes(plan.read_bytes())


def _short(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
