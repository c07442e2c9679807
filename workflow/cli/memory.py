"""The translation memory: what is in it, what it finds, and its exchange with other tools."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from l10n.errors import InputError, UsageError
from workflow.cli import OK
from workflow.cli.console import OUTPUT, counted, how_many, print_json, print_progress, print_result, table

if TYPE_CHECKING:
    from l10n.align import Pair
    from l10n.memory import Memory
    from l10n.model import Document, Entry
    from l10n.project import Project
    from l10n.xml_elements import SkippedElement

_WEAKEST = 40  # of 100: what is less like a text has no more than small words in common with it
_TOLD = 5  # units passed over that are named one by one


def configure_memory(parser: argparse.ArgumentParser) -> None:
    """Say what `memory` takes."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    stats = actions.add_parser("stats", help="count its pairs, by language and by origin")
    stats.add_argument("--json", action="store_true", help="output for programs")
    search = actions.add_parser("search", help="list matches for a text, best first, with the differences")
    search.add_argument("text", metavar="TEXT", help="the source to look for")
    search.add_argument("--to", required=True, metavar="LOCALE", help="the target language")
    search.add_argument("--limit", type=how_many, default=3, metavar="N", help="how many (default: 3)")
    search.add_argument(
        "--least", type=_score, default=70, metavar="SCORE", help="from 0 to 100 (default: 70)"
    )
    search.add_argument("--json", action="store_true", help="output for programs")
    bring = actions.add_parser("import", help="add TMX files and reviewed catalogues, as memory/*.tmx")
    bring.add_argument("files", nargs="+", type=Path, metavar="FILE", help=".tmx or .po")
    bring.add_argument("--replace", action="store_true", help="replace a file of the same name")
    export = actions.add_parser("export", help="write it as TMX 1.4")
    export.add_argument("--to", default="", metavar="LOCALE", help="only this target language")
    export.add_argument("-o", **OUTPUT, metavar="OUT.tmx")
    rebuild = actions.add_parser("rebuild", help="delete it and rebuild it from catalogues and memory/*.tmx")
    for action in (stats, search, export, rebuild):
        action.add_argument(
            "--from", dest="source", metavar="LOCALE", help="the source language (default: the project's)"
        )
    parser.epilog = (
        'Example: l10n memory import old-pages.tmx && l10n memory search "Le port ouvre demain." --to es\n'
        "The memory is made from the approved catalogues and memory/*.tmx, so it can be deleted safely."
    )
    parser.set_defaults(run=memory)


def configure_align(parser: argparse.ArgumentParser) -> None:
    """Say what `align` takes."""
    parser.add_argument("source", type=Path, metavar="SRC", help="a file in the source language")
    parser.add_argument("target", type=Path, metavar="TARGET", help="its translation")
    parser.add_argument("--from", dest="locale", required=True, metavar="LOCALE", help="the language of SRC")
    parser.add_argument("--to", required=True, metavar="LOCALE", help="the language of TARGET")
    parser.add_argument("-o", **OUTPUT, metavar="OUT.po")
    parser.add_argument(
        "--sure",
        type=_score,
        default=80,
        metavar="PERCENT",
        help="mark pairs below this certainty as fuzzy (default: 80)",
    )
    parser.epilog = (
        "Example: l10n align a.html b.html --from fr --to es -o old.po && l10n memory import old.po\n"
        "Review OUT.po in any PO editor: fuzzy and empty entries are not imported into the memory."
    )
    parser.set_defaults(run=align)


def align(options: argparse.Namespace) -> int:
    """Put the sentences of two pages together, into a catalogue for a person to review."""
    from l10n import catalogue
    from l10n.align import align as aligned
    from l10n.model import Catalogue

    source, target = _page(options.source, options.locale), _page(options.target, options.to)
    pairs = aligned(source, target)
    if not pairs:
        raise InputError("has no sentence that goes with one of the other", path=options.source)
    entries = {}
    for pair in sorted(pairs, key=lambda pair: pair.sure):
        entries[pair.source] = _aligned(pair, options.sure)
    ordered = dict.fromkeys(pair.source for pair in pairs)
    headers = catalogue.headers(target.locale, source_locale=source.locale, name=options.source.stem)
    result = Catalogue(target.locale, tuple(entries[source] for source in ordered), headers)
    fuzzy = sum(entry.fuzzy for entry in result.entries)
    if options.output is None:
        sys.stdout.write(catalogue.text(result))
    else:
        catalogue.write(result, options.output)
    print_progress(f"{len(result.entries)} pairs, {fuzzy} of them to be looked at", quiet=options.quiet)
    return OK


def _page(path: Path, locale: str) -> Document:
    from l10n import disk, formats
    from l10n.project import locale_of

    return formats.extract(disk.read(path), path=str(path), locale=locale_of(locale))


def _aligned(pair: Pair, threshold: int) -> Entry:
    from l10n.model import Entry, State

    percent = int(100 * pair.sure)
    return Entry(
        pair.source,
        target=pair.target,
        fuzzy=percent < threshold,
        state=State.TRANSLATED,
        notes=(f"{percent} % sure",),
    )


def memory(options: argparse.Namespace) -> int:
    """Do what was asked with the memory of a project."""
    from l10n import project as projects

    project = projects.load(projects.find(options.folder))
    actions = {"stats": _stats, "search": _search, "import": _import, "export": _export, "rebuild": _rebuild}
    return actions[options.action](options, project)


def _stats(options: argparse.Namespace, project: Project) -> int:
    counts = {}
    for locale in _sources(options, project):
        with _opened(options, project, locale) as memory:
            counts[locale] = memory.counts()
    if options.json:
        print_json({locale: asdict(stats) for locale, stats in counts.items()})
        return OK
    rows = [
        (source, target, str(pairs))
        for source, stats in counts.items()
        for target, pairs in stats.pairs.items()
    ]
    print_result(
        table(("from", "to", "pairs"), rows, left=2)
        if rows
        else "the memory is empty: nothing is approved or imported yet"
    )
    origins = sum((Counter(stats.places) for stats in counts.values()), Counter[str]())
    if origins:
        print_result()
        print_result(
            table(("origin", "places"), [(name, str(count)) for name, count in origins.most_common(20)])
        )
    return OK


def _search(options: argparse.Namespace, project: Project) -> int:
    from l10n import project as projects

    locale = next(iter(_sources(options, project)))
    with _opened(options, project, locale) as memory:
        target = projects.locale_of(options.to)
        lookup = partial(memory.lookup, options.text, target_locale=target, limit=options.limit)
        matches = lookup(threshold=options.least / 100)
        wider = lookup(threshold=_WEAKEST / 100) if len(matches) < options.limit else matches
        parts = memory.phrases(options.text, target_locale=target, limit=options.limit)
    if options.json:
        print_json([asdict(match) for match in (*matches, *parts)])
        return OK
    for match in matches:
        print_result(f"{match.score:3}  {match.target}")
        print_result(f"     {_difference(match.source, options.text)}  ({match.origin})")
    for match in parts:
        print_result(f"     {match.source} = {match.target}  ({match.origin})")
    if not matches and not parts:
        print_progress("no match in the memory", quiet=options.quiet)
    if weaker := max((match.score for match in wider if match.score < options.least), default=0):
        told = f"left out below {options.least}: a match of {weaker}; --least {weaker} shows it"
        print_progress(told, quiet=options.quiet)
    return OK


def _difference(old: str, new: str) -> str:
    """A stored source with what the wanted one says instead: ``[-today-]{+now+}``."""
    from workflow.desk.hints import DiffKind, word_diff

    marks = {DiffKind.SAME: "{}", DiffKind.GONE: "[-{}-]", DiffKind.NEW: "{{+{}+}}"}
    return "".join(marks[change].format(words) for change, words in word_diff(old, new))


def _import(options: argparse.Namespace, project: Project) -> int:
    for file in options.files:
        copy = project.root / "memory" / f"{file.stem}.tmx"
        if copy.exists() and not options.replace and copy.resolve() != file.resolve():
            raise UsageError(
                f"{copy.name} is there already", path=copy, remedy="Rename it, or add --replace."
            )
        if file.suffix == ".po":
            _write(copy, _of_catalogue(file, project))
            continue
        _judge(file, project)
        _copy(file, copy)
    for locale in project.settings.source_locales:
        with _opened(options, project, locale) as memory:
            print_progress(f"{locale}: {counted(len(memory), 'pair')} in the memory", quiet=options.quiet)
    return OK


def _of_catalogue(file: Path, project: Project) -> Iterator[str]:
    """A catalogue as TMX: what has a target and is not fuzzy, since a person has looked at it."""
    from l10n import catalogue
    from l10n import project as projects
    from l10n.memory import TranslationUnit, tmx

    po_file = catalogue.read(file)
    declared = dict(po_file.headers).get("X-Source-Language", "").replace("_", "-")
    source = projects.locale_of(declared) if declared else project.settings.source_locales[0]
    units = [
        TranslationUnit(entry.source, entry.target, po_file.locale, own=False)
        for entry in po_file.live
        if entry.target and not entry.fuzzy
    ]
    if source not in project.settings.source_locales or not units or not po_file.locale:
        raise InputError(
            "holds nothing for this project that is not fuzzy",
            path=file,
            remedy="Take the fuzzy flag off what is right; its header says both languages.",
        )
    return tmx.write(units, source)


def _judge(file: Path, project: Project) -> None:
    """Refuse a file that breaks off or holds nothing for this project, before it is copied."""
    from l10n.memory import tmx

    tmx.check_complete(file)
    sources = project.settings.source_locales
    unreadable: list[SkippedElement] = []
    for locale in sources:
        unreadable.clear()
        if any(True for _ in tmx.read(file, locale, on_skipped=unreadable.append)):
            return
    if unreadable:
        raise InputError(
            f"{counted(len(unreadable), 'unit')} cannot be read, and no other is from {' or '.join(sources)};"
            f" the first: {unreadable[0].reason}",
            path=file,
            line=unreadable[0].line,
            remedy="Export it again as TMX 1.4 in UTF-8.",
        )
    raise InputError(
        f"holds no pair from {' or '.join(sources)}",
        path=file,
        remedy="Its units have to be in one of the project's source languages; see l10n.toml.",
    )


def _copy(file: Path, copy: Path) -> None:
    """A file beside, then in its place."""
    import shutil

    if copy.exists() and copy.samefile(file):
        return
    beside = copy.with_name(f".{copy.name}.new")
    try:
        copy.parent.mkdir(exist_ok=True)
        shutil.copyfile(file, beside)
        beside.replace(copy)
    except OSError as error:
        raise InputError(f"cannot be copied: {error.strerror or error}", path=file) from None


def _export(options: argparse.Namespace, project: Project) -> int:
    from l10n import project as projects
    from l10n.memory import tmx

    locale = next(iter(_sources(options, project)))
    target = projects.locale_of(options.to) if options.to else ""
    with _opened(options, project, locale) as memory:
        pieces = tmx.write(memory.units(target), locale)
        if options.output is None:
            sys.stdout.writelines(pieces)
            return OK
        _write(options.output, pieces)
    return OK


def _write(path: Path, pieces: Iterable[str]) -> None:
    """A file that is whole or not there."""
    beside = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(exist_ok=True)
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(pieces)
        beside.replace(path)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror or error}", path=path) from None


def _rebuild(options: argparse.Namespace, project: Project) -> int:
    from l10n import project as projects

    for locale in _sources(options, project):
        projects.forget_memory(project, locale)
        with _opened(options, project, locale) as memory:
            print_progress(f"{locale}: {counted(len(memory), 'pair')} in the memory", quiet=options.quiet)
    return OK


def _sources(options: argparse.Namespace, project: Project) -> tuple[str, ...]:
    """The source languages that are meant: the one that was named, or the project's."""
    from l10n import project as projects

    return (projects.locale_of(options.source),) if options.source else project.settings.source_locales


@contextmanager
def _opened(options: argparse.Namespace, project: Project, locale: str) -> Iterator[Memory]:
    """The memory, in step; units that were passed over are counted and the first of them named."""
    from l10n import project as projects

    skipped: Counter[str] = Counter()

    def passed_over(path: Path, element: SkippedElement) -> None:
        skipped[path.name] += 1
        if skipped[path.name] <= _TOLD:
            print_progress(f"{path}:{element.line}: passed over: {element.reason}", quiet=options.quiet)

    with projects.open_memory(project, locale, on_skipped=passed_over) as memory:
        for name, count in skipped.items():
            print_progress(f"{name}: {counted(count, 'unit')} passed over", quiet=options.quiet)
        yield memory


def _score(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 100:
        raise argparse.ArgumentTypeError(f"{text!r} is not a score from 0 to 100")
    return int(text)
