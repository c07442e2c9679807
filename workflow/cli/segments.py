"""Commands about where texts are cut: what people chose, and the rules for other tools."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workflow.cli import OK, current_project
from workflow.cli.console import print_json, print_progress, print_result

if TYPE_CHECKING:
    from l10n.model import Document
    from l10n.project import Release
    from l10n.segment.choices import Choices
    from l10n.segment.choosing import Spot


def configure_segments(parser: argparse.ArgumentParser) -> None:
    """Say what `segments` takes."""
    parser.add_argument("release", help="the release")
    parser.add_argument("locale", help="the target language this applies to")
    actions = parser.add_mutually_exclusive_group()
    actions.add_argument("--join", metavar="ID", help="join this segment and the next")
    actions.add_argument("--split", metavar="ID", help="split this segment in two, where --after says")
    actions.add_argument("--apart", metavar="ID", help="translate this occurrence separately")
    actions.add_argument("--undo", metavar="ID", help="undo the choice made for this segment")
    actions.add_argument("--tidy", action="store_true", help="drop choices whose sentences are gone")
    parser.add_argument("--after", metavar="TEXT", help="the last words before the split")
    parser.add_argument("--json", action="store_true", help="output for programs")
    parser.epilog = (
        "Example: l10n segments marseille es\n"
        '         l10n segments marseille es --split 3f9a2c --after "depuis 1951,"\n'
        "Choices are kept in releases/<id>/segmentation.<locale>.toml."
    )
    parser.set_defaults(run=segments)


def configure_srx(parser: argparse.ArgumentParser) -> None:
    """Say what `srx` takes."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    export = actions.add_parser("export", help="write our rules as SRX 2.0, as far as it can express them")
    export.add_argument("locale", nargs="*", help="languages (default: every language included)")
    check = actions.add_parser("check", help="check an SRX file; with a text, segment it by its rules")
    check.add_argument("file", type=Path, metavar="FILE.srx")
    check.add_argument("text", type=Path, nargs="?", metavar="TEXT", help="a text file to segment")
    check.add_argument("--locale", default="en", help="the language of the text (default: en)")
    parser.epilog = "Example: l10n srx export fr es > rules.srx && l10n srx check rules.srx"
    parser.set_defaults(run=srx)


def segments(options: argparse.Namespace) -> int:
    """List the segments of a release, or change how it is cut for one language."""
    from l10n import project
    from l10n.errors import UsageError
    from workflow.cli import releases

    ledger = current_project.project_ledger(options)
    release = project.release(ledger.project, options.release)
    if options.locale not in release.locales:
        raise UsageError(
            f"{release.id!r} is not translated into {options.locale!r}",
            remedy=f"Its languages: {', '.join(release.locales) or 'none'}.",
        )
    if (options.after is not None) != (options.split is not None):
        raise UsageError("--split and --after go together", remedy='As in --split 3f9a2c --after "words".')
    document = project.document(ledger.project, release)
    change = _change(options, document)
    if change is None:
        return _list(options, release, document)
    project.change_choices(ledger.project, release, options.locale, change)
    cut = project.segmented_for(document, release, options.locale)
    releases.bring_in_step(ledger, release, options.locale, cut, quiet=options.quiet)
    return OK


def srx(options: argparse.Namespace) -> int:
    """Write our rules as SRX, or try somebody else's."""
    from l10n import conventions
    from l10n.segment import srx as rules

    if options.action == "export":
        print_result(rules.export(options.locale or conventions.languages()).rstrip())
        return OK
    ruleset = rules.load(_text(options.file), path=str(options.file))
    if options.text is None:
        for name, language_rules in ruleset.languages.items():
            print_result(f"{name}: {len(language_rules)} rules")
        return OK
    for piece in rules.split(_text(options.text), ruleset, options.locale):
        print_result(piece.strip("\r\n"))
    return OK


def _change(options: argparse.Namespace, document: Document) -> Callable[[Choices], Choices] | None:
    """What to do with the choices; None to list the segments."""
    from l10n.segment import choices, choosing

    if options.undo:
        return lambda current: choosing.undoing(document, current, options.undo)
    if options.tidy:
        return lambda current: current - [stale.choice for stale in choices.stale(document, current)]
    if not (options.join or options.split or options.apart):
        return None

    def added(current: Choices) -> Choices:
        cut = choices.apply(document, current)
        if options.join:
            return choosing.adding(document, current, choosing.joining(cut, options.join))
        if options.split:
            return choosing.adding(document, current, choosing.splitting(cut, options.split, options.after))
        return choosing.adding(document, current, choosing.setting_apart(cut, options.apart))

    return added


def _list(options: argparse.Namespace, release: Release, document: Document) -> int:
    """Print every segment with its id; those that people cut or set apart bear a star."""
    from l10n import project
    from l10n.segment import choices, choosing

    current = project.choices(release, options.locale)
    stale = choices.stale(document, current)
    unchanged = {(unit.line, segment.raw, segment.key) for unit, segment in document.segments()}
    rows = [
        Row(spot, chosen=(spot.unit.line, spot.segment.raw, spot.segment.key) not in unchanged)
        for spot in choosing.spots(choices.apply(document, current))
    ]
    if options.json:
        print_json([row.told for row in rows])
    else:
        print_result("\n".join(_lines(rows)))
    for stale_choice in stale:
        print_progress(f"stale: {stale_choice.choice}: {stale_choice.why}")
    if stale:
        print_progress("Forget stale choices with --tidy.", quiet=options.quiet)
    return OK


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list; ``chosen``: a person made it what it is."""

    spot: Spot
    chosen: bool

    @property
    def told(self) -> Mapping[str, object]:
        """What a program reads."""
        unit, segment = self.spot.unit, self.spot.segment
        return {
            "id": self.spot.id,
            "kind": unit.kind,
            "line": unit.line,
            "source": segment.source,
            "context": segment.context,
            "chosen": self.chosen,
        }


def _lines(rows: Sequence[Row]) -> Iterator[str]:
    """The list for people, with an empty line between blocks."""
    before: object = None
    for row in rows:
        segment = row.spot.segment
        if before is not None and before is not row.spot.unit:
            yield ""
        before = row.spot.unit
        context = f"  [{segment.context}]" if segment.context else ""
        yield f"{row.spot.id} {'*' if row.chosen else ' '} {segment.source}{context}"


def _text(path: Path) -> str:
    from l10n import disk
    from l10n.formats import loading

    return loading.load(disk.read(path), path=str(path)).text.removeprefix("\ufeff")
