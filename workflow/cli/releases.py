"""Commands that bring releases in and their catalogues on."""

from __future__ import annotations

import argparse
import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from workflow.cli import GATE_FAILED, OK
from workflow.cli.console import progress, say, tell

if TYPE_CHECKING:
    from l10n.engines import Engine
    from l10n.model import Document
    from l10n.project import Release
    from workflow.ledger import Ledger


def configure_init(parser: argparse.ArgumentParser) -> None:
    """Say what `init` takes."""
    parser.add_argument("--locale", default="en", help="the language releases are written in (default: en)")
    parser.add_argument("--to", default="", metavar="LOCALES", help="target locales, with commas between")
    parser.add_argument("--name", help="what the organisation is called (default: the folder's name)")
    parser.epilog = "Example: l10n init --locale fr --to es,en,ar"
    parser.set_defaults(run=init)


def configure_add(parser: argparse.ArgumentParser) -> None:
    """Say what `add` takes."""
    parser.add_argument("file", type=Path, metavar="FILE", help="an HTML, Markdown or text file")
    parser.add_argument("--locale", required=True, help="the language it is written in")
    parser.add_argument("--to", default="", metavar="LOCALES", help="default: the project's locales")
    parser.add_argument("--id", default="", help="default: made from the file's name")
    parser.add_argument("--date", type=_date, help="the date of the release (default: today)")
    parser.add_argument(
        "--main",
        default="",
        metavar="SELECTOR",
        help="the element of a web page that is for translators: article, #story; auto finds it",
    )
    parser.epilog = "Example: l10n add ~/ouverture-marseille.txt --locale fr --id marseille"
    parser.set_defaults(run=add)


def configure_update(parser: argparse.ArgumentParser) -> None:
    """Say what `update` takes."""
    parser.add_argument("release", nargs="*", help="only these releases")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when out of step")
    parser.epilog = "Example: l10n update marseille"
    parser.set_defaults(run=update)


def configure_pretranslate(parser: argparse.ArgumentParser) -> None:
    """Say what `pretranslate` takes."""
    parser.add_argument("release", nargs="*", help="only these releases")
    parser.add_argument("--to", default="", metavar="LOCALES", help="only these target locales")
    parser.add_argument("--engine", action="append", metavar="NAME", help="use this engine, not the route's")
    parser.epilog = "Example: l10n pretranslate marseille --to es"
    parser.set_defaults(run=pretranslate)


def init(options: argparse.Namespace) -> int:
    """Start a project."""
    from l10n import project

    root = options.folder.resolve()
    made = project.create(
        root, name=options.name or root.name, source_locale=options.locale, locales=_list(options.to)
    )
    tell(f"{made.root / 'l10n.toml'}: {', '.join(made.settings.locales)}", quiet=options.quiet)
    tell(f"Next: l10n add FILE --locale {made.settings.source_locales[0]}", quiet=options.quiet)
    return OK


def add(options: argparse.Namespace) -> int:
    """Add a release and make its catalogues."""
    from l10n import project

    opened = _open(options)
    release = project.add(
        opened.project,
        options.file,
        release_id=options.id or slug(options.file.stem),
        locale=options.locale,
        locales=_list(options.to),
        date=options.date or opened.clock().date(),
        main=options.main,
    )
    document = project.document(opened.project, release)
    kinds = Counter(str(unit.kind) for unit, _ in document.segments())
    told = ", ".join(f"{number} {kind}" for kind, number in kinds.items())
    say(f"{release.id}: {sum(kinds.values())} segments ({told})")
    _update(opened, [release], quiet=options.quiet)
    return OK


def update(options: argparse.Namespace) -> int:
    """Bring catalogues in step with their sources."""
    if options.check:
        return _check_in_step(options)
    opened = _open(options)
    _update(opened, _releases(opened, options.release), quiet=options.quiet)
    return OK


def pretranslate(options: argparse.Namespace) -> int:
    """Fill what is empty."""
    opened = _open(options)
    _pretranslate(
        opened,
        _releases(opened, options.release),
        only=_list(options.to),
        engines=options.engine,
        quiet=options.quiet,
    )
    return OK


def update_all(opened: Ledger, *, quiet: bool = False) -> None:
    """Bring every catalogue of a project in step."""
    _update(opened, _releases(opened, ()), quiet=quiet)


def pretranslate_all(opened: Ledger, *, quiet: bool = False) -> None:
    """Fill what is empty in every catalogue of a project."""
    _pretranslate(opened, _releases(opened, ()), quiet=quiet)


def slug(text: str) -> str:
    """A release id made from a file's name."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:64].strip("-") or "release"


def _update(opened: Ledger, releases: Sequence[Release], *, quiet: bool) -> None:
    from l10n import project

    for release in releases:
        source = project.document(opened.project, release)
        for locale in release.locales:
            bring_in_step(opened, release, locale, project.cut_for(source, release, locale), quiet=quiet)


def bring_in_step(opened: Ledger, release: Release, locale: str, document: Document, *, quiet: bool) -> None:
    """Bring one catalogue in step with a release's document, cut for its language."""
    from l10n import catalogue
    from workflow.states import Action

    before = opened.catalogue(release, locale)
    if before is None:
        after = catalogue.template(document, locale=locale, name=opened.project.settings.name)
        changed: Counter[str] = Counter(new=len(after.live))
    else:
        revision = catalogue.revise(before, document)
        after = revision.catalogue
        changed = Counter(str(change.grade) for change in revision.changes)
    opened.record(release, locale, after, Action.UPDATE)
    if changed:
        told = ", ".join(f"{number} {grade}" for grade, number in changed.items())
        tell(f"{release.id} {locale}: {told}", quiet=quiet)


def _check_in_step(options: argparse.Namespace) -> int:
    from l10n import catalogue, project

    found = project.load(project.find(options.folder))
    wanted = options.release or [release.id for release in project.releases(found)]
    behind = False
    for release in (project.release(found, name) for name in wanted):
        source = project.document(found, release)
        for locale in release.locales:
            document = project.cut_for(source, release, locale)
            before = project.read_catalogue(found, release, locale)
            path = project.catalogue_path(found, release, locale).relative_to(found.root)
            if before is None:
                changed = "there is no catalogue"
            else:
                changes = catalogue.revise(before, document).changes
                counted = Counter(str(change.grade) for change in changes)
                changed = ", ".join(f"{number} {grade}" for grade, number in counted.items())
            if changed:
                behind = True
                say(f"{path}: out of step with its source: {changed}")
    return GATE_FAILED if behind else OK


def _pretranslate(
    opened: Ledger,
    releases: Sequence[Release],
    *,
    only: Sequence[str] = (),
    engines: Sequence[str] | None = None,
    quiet: bool,
) -> None:
    from l10n import glossary, pretranslate, project
    from workflow.states import Action

    terms = project.glossary_paths(opened.project)
    known = glossary.read(terms) if terms else None
    with _engines(opened, quiet=quiet) as workshop:
        for release in releases:
            for locale in release.locales:
                before = opened.catalogue(release, locale)
                if before is None or (only and locale not in only):
                    continue
                names = engines or opened.project.settings.route(release.locale, locale)
                with (
                    project.open_memory(opened.project, release.locale) as memory,
                    progress(f"{release.id} {locale}", quiet=quiet) as moved,
                ):
                    after, report = pretranslate.pretranslate(
                        before,
                        source_locale=release.locale,
                        memory=memory,
                        glossary=known,
                        route=workshop.route(names, release),
                        progress=moved,
                    )
                opened.record(release, locale, after, Action.PRETRANSLATE)
                _tell_filled(release.id, locale, report, quiet=quiet)


def _tell_filled(release: str, locale: str, report: object, *, quiet: bool) -> None:
    from l10n.pretranslate import Report

    if not isinstance(report, Report) or not (report.filled or report.left):
        return
    filled = ", ".join(f"{number} from {origin}" for origin, number in report.filled.items()) or "nothing"
    fuzzy = f" ({report.fuzzy} fuzzy)" if report.fuzzy else ""
    left = f"; {report.left} left for people" if report.left else ""
    tell(f"{release} {locale}: {filled}{fuzzy}{left}", quiet=quiet)
    for reason, number in Counter(f"{one.engine}: {one.reason}" for one in report.failures).items():
        tell(f"{release} {locale}: {reason}{f' ({number} times)' if number > 1 else ''}")


class _Workshop:
    """Engines by name, each made once; one that cannot run is named once and left out."""

    def __init__(self, opened: Ledger, *, quiet: bool) -> None:
        self.settings = opened.project.settings
        self.clock = opened.clock
        self.quiet = quiet
        self.made: dict[str, Engine | None] = {}

    def route(self, names: Sequence[str], release: Release) -> list[Engine]:
        """The engines of a route that can run and may see a release."""
        for name in names:
            if name not in self.made:
                self.made[name] = self._make(name)
        return [
            engine
            for name in names
            if (engine := self.made[name]) is not None and self._may_see(name, engine, release)
        ]

    def _may_see(self, name: str, engine: Engine, release: Release) -> bool:
        """Text under embargo leaves the machine only by an engine that is allowed to see it."""
        public = release.status != "draft" and (release.embargo is None or release.embargo <= self.clock())
        known = self.settings.engines.get(name)
        allowed = public or not engine.capabilities.leaves_machine or (known is not None and known.embargoed)
        if not allowed:
            tell(f"{release.id}: not shown to {name}, which is not allowed to see it yet", quiet=self.quiet)
        return allowed

    def close(self) -> None:
        """Let go of all of them."""
        for engine in self.made.values():
            if engine is not None:
                engine.close()

    def _make(self, name: str) -> Engine | None:
        from l10n.engines import ENGINES
        from l10n.errors import EngineMissing

        known = self.settings.engines.get(name)
        try:
            return ENGINES.get(known.kind if known else name)(known.options if known else {})
        except EngineMissing as error:
            tell(f"{name}: {error}", quiet=self.quiet)
            return None


@contextmanager
def _engines(opened: Ledger, *, quiet: bool) -> Iterator[_Workshop]:
    workshop = _Workshop(opened, quiet=quiet)
    try:
        yield workshop
    finally:
        workshop.close()


def _open(options: argparse.Namespace) -> Ledger:
    from l10n import project
    from workflow import ledger

    return ledger.open_ledger(project.load(project.find(options.folder)), ledger.now)


def _releases(opened: Ledger, names: Sequence[str]) -> list[Release]:
    from l10n import project

    if names:
        return [project.release(opened.project, name) for name in names]
    return list(project.releases(opened.project))


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it as in 2026-09-14") from None
