"""The glossary: what is decided, its exchange with other tools, and what may be missing from it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from l10n.errors import InputError, UsageError
from workflow.cli import OK
from workflow.cli.console import OUTPUT, counted, how_many, print_json, print_progress, print_result, table

if TYPE_CHECKING:
    from l10n.glossary import Term
    from l10n.glossary.mining import Suggestion
    from l10n.project import Project
    from l10n.xml_elements import SkippedElement

_TABLES = {".csv", ".tsv", ".txt", ".tab", ".utf8"}
_TOLD = 5  # entries passed over that are named one by one
_STATUSES = ("required", "preferred", "forbidden")  # that a file of terms without any may have
_FROM: Mapping[str, Any] = {
    "dest": "source",
    "metavar": "LOCALE",
    "help": "only terms of this source language",
}
_INTO: Mapping[str, Any] = {
    "default": "terms",
    "metavar": "NAME",
    "help": "the file under glossary/ (default: terms)",
}


def configure_glossary(parser: argparse.ArgumentParser) -> None:
    """Say what `glossary` takes."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    _configure_list(actions.add_parser("list", help="list the terms, by language pair"))
    _configure_export(actions.add_parser("export", help="write it as CSV or TBX"))
    _configure_import(actions.add_parser("import", help="add the terms of CSV or TBX files that are new"))
    _configure_suggest(
        actions.add_parser("suggest", help="write terms used in approved texts but missing here, as CSV")
    )
    parser.epilog = "Example: l10n glossary import terms.tbx && l10n glossary export -o terms.csv"
    parser.set_defaults(run=glossary)


def _configure_list(action: argparse.ArgumentParser) -> None:
    action.add_argument("--json", action="store_true", help="output for programs")
    _configure_selection(action)


def _configure_export(action: argparse.ArgumentParser) -> None:
    action.add_argument("-o", **OUTPUT, metavar="OUT.csv|OUT.tbx")
    action.add_argument("--format", choices=("csv", "tbx"), help="default: by the name of OUT, or csv")
    _configure_selection(action)


def _configure_selection(action: argparse.ArgumentParser) -> None:
    action.add_argument("--domain", default="", metavar="NAME", help="only terms of this domain")
    action.add_argument("--to", default="", metavar="LOCALE", help="only terms for this target language")
    action.add_argument("--from", **_FROM)


def _configure_import(action: argparse.ArgumentParser) -> None:
    action.add_argument("files", nargs="+", type=Path, metavar="FILE", help=".csv, .tsv, .txt, .tbx or .xml")
    action.add_argument(
        "--to", default="", metavar="LOCALE", help="the target language of a list that names none"
    )
    action.add_argument("--into", **_INTO)
    action.add_argument(
        "--status",
        choices=_STATUSES,
        default="preferred",
        help="for terms whose file gives no status (default: preferred)",
    )
    action.add_argument(
        "--encoding",
        default="",
        metavar="NAME",
        help="the encoding of a list that is not in UTF-8, e.g. windows-1252",
    )
    action.add_argument("--from", **_FROM)


def _configure_suggest(action: argparse.ArgumentParser) -> None:
    action.add_argument("--to", default="", metavar="LOCALE", help="only for this target language")
    action.add_argument(
        "--least",
        type=how_many,
        default=3,
        metavar="N",
        help="the fewest texts a term must be used in (default: 3)",
    )
    action.add_argument(
        "--limit",
        type=how_many,
        default=50,
        metavar="N",
        help="the most terms for each language pair (default: 50)",
    )
    action.add_argument(
        "--add", nargs="+", default=[], metavar="SOURCE", help="add these suggestions to the glossary"
    )
    action.add_argument("-o", **OUTPUT, metavar="OUT.csv")
    action.add_argument("--into", **_INTO)
    action.add_argument("--from", **_FROM)


def glossary(options: argparse.Namespace) -> int:
    """Do what was asked with the glossary of a project."""
    from l10n import project as projects

    project = projects.load(projects.find(options.folder))
    actions = {"list": _list, "export": _export, "import": _import, "suggest": _suggest}
    return actions[options.action](options, project)


def _list(options: argparse.Namespace, project: Project) -> int:
    terms = list(_selected(options, project))
    if options.json:
        print_json([asdict(term) for term in terms])
        return OK
    rows = [
        (
            f"{term.source_locale} → {term.target_locale or '*'}",
            term.source,
            term.target,
            term.status.value,
            "; ".join(term.domains),
        )
        for term in terms
    ]
    print_result(table(("pair", "source", "target", "status", "domain"), rows, left=5) if rows else "no term")
    return OK


def _export(options: argparse.Namespace, project: Project) -> int:
    from l10n import disk
    from l10n.glossary import csv_table as csv
    from l10n.glossary import tbx_export

    terms = list(_selected(options, project))
    form = options.format or ("tbx" if options.output and options.output.suffix == ".tbx" else "csv")
    text = "".join(tbx_export.write(terms)) if form == "tbx" else csv.written(terms)
    if options.output is None:
        sys.stdout.write(text)
        return OK
    disk.write(options.output, text.encode("utf-8"))
    print_progress(f"{counted(len(terms), 'term')} written to {options.output}", quiet=options.quiet)
    return OK


def _selected(options: argparse.Namespace, project: Project) -> Iterator[Term]:
    """The terms that the options leave."""
    from l10n import project as projects

    glossary = projects.read_glossary(project)
    if glossary is None:
        return
    within_domain = glossary.within([options.domain]) if options.domain else glossary
    source = projects.locale_of(options.source) if options.source else ""
    target = projects.locale_of(options.to) if options.to else ""
    for term in within_domain.entries:
        leads = not source or term.source_locale in {source, "*"}
        if leads and (not target or term.target_locale in {target, "", "*"}):
            yield term


def _import(options: argparse.Namespace, project: Project) -> int:
    path = _into(project, options.into)
    existing = list(_existing_terms(project))
    new: list[Term] = []
    for file in options.files:
        if file.resolve().parent == path.parent:
            raise UsageError("is a file of the glossary already", path=file)
        terms = list(_terms(file, options, project))
        fresh = _fresh(terms, (*existing, *new))
        new += fresh
        summary = f"{file}: {counted(len(fresh), 'term')} new, {len(terms) - len(fresh)} known already"
        print_progress(summary, quiet=options.quiet)
        for contradiction in _contradictions(terms, (*existing, *new)):
            print_progress(f"{file}: {contradiction}", quiet=options.quiet)
    _add(project, path, new)
    return OK


def _existing_terms(project: Project) -> tuple[Term, ...]:
    from l10n import project as projects

    glossary = projects.read_glossary(project)
    return glossary.entries if glossary else ()


def _fresh(terms: Iterable[Term], existing: Iterable[Term]) -> list[Term]:
    """The terms that say something new, each once; two are the same however they are annotated."""
    from l10n import project as projects

    existing_keys = {projects.same_term_key(term) for term in existing}
    fresh = {projects.same_term_key(term): term for term in reversed(list(terms))}
    return [term for key, term in reversed(fresh.items()) if key not in existing_keys]


def _contradictions(terms: Iterable[Term], kept: Iterable[Term]) -> Iterator[str]:
    """What is said of each term that is kept with another status than it has here."""
    from l10n import project as projects

    statuses = {projects.same_term_key(term): term.status for term in reversed(list(kept))}
    for term in dict.fromkeys(terms):
        status = statuses[projects.same_term_key(term)]
        if term.status != status:
            yield f"{term.source} → {term.target or term.source} stays {status}, and is {term.status} here"


def _add(project: Project, path: Path, new: Sequence[Term]) -> None:
    from l10n import project as projects
    from l10n.glossary import csv_table as csv

    if new:
        projects.change_glossary(project, path, lambda table: csv.with_terms(table, new))


def _suggest(options: argparse.Namespace, project: Project) -> int:
    """Write what may be missing as CSV for a person to look through, or add what was chosen."""
    from l10n import disk
    from l10n.glossary import csv_table as csv

    suggestions = [
        suggestion for pair in _pairs(options, project) for suggestion in _suggested(options, project, pair)
    ]
    if options.add:
        chosen = [suggestion.term for suggestion in suggestions if suggestion.term.source in options.add]
        if lost := set(options.add) - {term.source for term in chosen}:
            raise UsageError(
                f"{', '.join(sorted(lost))}: not suggested", remedy="See l10n glossary suggest for what is."
            )
        _add(project, _into(project, options.into), chosen)
        print_progress(f"{counted(len(chosen), 'term')} added", quiet=options.quiet)
        return OK
    extra_columns = {
        csv.MARK: ["suggested"] * len(suggestions),
        "count": [f"{suggestion.together}/{suggestion.count}" for suggestion in suggestions],
        "evidence": [
            "\n".join(f"{pair.source} = {pair.target}" for pair in suggestion.evidence)
            for suggestion in suggestions
        ],
    }
    text = csv.written((suggestion.term for suggestion in suggestions), extra_columns)
    if options.output is None:
        sys.stdout.write(text)
    else:
        disk.write(options.output, text.encode("utf-8"))
    print_progress(
        f"{counted(len(suggestions), 'term')} suggested"
        + ("; empty the column 'suggested' of those you want, then import the file" if suggestions else ""),
        quiet=options.quiet,
    )
    return OK


def _pairs(options: argparse.Namespace, project: Project) -> Iterator[tuple[str, str]]:
    """The language pairs that are meant: those that were named, or the project's."""
    from l10n import project as projects

    settings = project.settings
    sources = (projects.locale_of(options.source),) if options.source else settings.source_locales
    targets = (projects.locale_of(options.to),) if options.to else settings.locales
    yield from ((source, target) for source in sources for target in targets if source != target)


def _suggested(options: argparse.Namespace, project: Project, pair: tuple[str, str]) -> list[Suggestion]:
    from l10n import project as projects

    return projects.suggested_terms(project, *pair, least=options.least, limit=options.limit)


def _into(project: Project, name: str) -> Path:
    stem = name.removesuffix(".csv")
    if not stem or not all(char.isalnum() or char in "-_" for char in stem):
        raise UsageError(
            f"--into {name!r} is no name of a file", remedy="Use letters, digits and hyphens, as in terms."
        )
    return project.root / "glossary" / f"{stem}.csv"


def _terms(file: Path, options: argparse.Namespace, project: Project) -> Iterator[Term]:
    """The terms of a file; what makes no sense in it is named, counted and passed over."""
    from l10n import project as projects
    from l10n.glossary import Status, tbx, word_lists

    sources = (projects.locale_of(options.source),) if options.source else project.settings.source_locales
    skipped: list[SkippedElement] = []

    def tell_bad(element: SkippedElement) -> None:
        skipped.append(element)
        if len(skipped) <= _TOLD:
            print_progress(f"{file}:{element.line}: passed over: {element.reason}", quiet=options.quiet)

    renamed: dict[str, str] = {}
    count = 0
    usual = Status(options.status)
    if file.suffix.lower() in _TABLES:
        locales = tuple(dict.fromkeys((*project.settings.source_locales, *project.settings.locales)))
        target = projects.locale_of(options.to) if options.to else ""
        terms: Iterable[Term] = word_lists.read(
            file,
            word_lists.ListOptions(locales, sources, target, usual, options.encoding),
            on_skipped=tell_bad,
        )
    else:
        called = _caller(project, renamed)
        terms = tbx.read(file, sources, usual=usual, on_skipped=tell_bad, called=called)
    for term in terms:
        if not options.source or term.source_locale.partition("-")[0] == sources[0].partition("-")[0]:
            count += 1
            yield term
    if renamed:
        renamings = ", ".join(f"{theirs} is taken for {here}" for theirs, here in sorted(renamed.items()))
        print_progress(f"{file}: {renamings}", quiet=options.quiet)
    if skipped:
        print_progress(
            f"{file}: {counted(len(skipped), 'entry', 'entries')} passed over", quiet=options.quiet
        )
    if not count:
        raise InputError(
            f"holds no term from {' or '.join(sources)} to take in",
            path=file,
            remedy="Name its source language with --from, or look at what was passed over.",
        )


def _caller(project: Project, renamed: dict[str, str]) -> Callable[[str], str]:
    """What says how a locale is called in a project, and notes what is called otherwise here."""
    from l10n.glossary import term

    ours = (*project.settings.source_locales, *project.settings.locales)

    @cache
    def called(locale: str) -> str:
        here = term.project_locale(locale, ours)
        if here != locale:
            renamed[locale] = here
        return here

    return called
