"""The glossary at the desk: who may change which terms, and every change written into its file at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from l10n import project as projects
from l10n.errors import UsageError
from l10n.glossary import Term, TermProblem, csv_table
from l10n.glossary.csv_table import Table
from l10n.glossary.mining import Suggestion
from l10n.glossary.term import ANY
from l10n.project import Project
from workflow.states import Refused
from workflow.store import Person

MAIN, DECLINED = "terms.csv", "declined.csv"
FIELDS = csv_table.COLUMNS
_LONGEST = dict.fromkeys(("source", "target", "domain", "forms", "target_forms"), 300) | dict.fromkeys(
    ("note", "definition"), 2000
)
_LOOKED_AT = 5_000  # pairs in which the desk looks for suggestions


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term with the file it stands in, the line it begins on, and the stamp that the file had then."""

    term: Term
    file: str
    line: int
    base: str

    @property
    def known_by(self) -> str:
        """What the row is found by when the file changed around it."""
        return csv_table.stamp(repr((self.file, self.term)).encode("utf-8", "replace"))


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that makes no sense, for whoever may mend it in its file."""

    file: str
    line: int
    why: str


@dataclass(frozen=True, slots=True)
class GlossaryTable:
    """What the files of the glossary say, in their order."""

    terms: tuple[TermRow, ...]
    wrong: tuple[BadRow, ...]

    def at(self, file: str, line: int) -> TermRow:
        """The term in a row.  Raises UsageError when no term begins there."""
        for row in self.terms:
            if (row.file, row.line) == (file, line):
                return row
        raise UsageError("there is no such term", remedy="Somebody may have changed or removed it.")

    def again(self, known_by: str) -> TermRow | None:
        """A row wherever it stands now, None when it is not there as it was."""
        return next((row for row in self.terms if row.known_by == known_by), None)

    def alike(self, typed: Mapping[str, str]) -> TermRow | None:
        """The row that says the same of the same words as what somebody typed, whatever else it says."""
        term, _ = csv_table.term_of({name: typed.get(name, "").strip() for name in FIELDS})
        key = projects.same_term_key(term) if term else None
        return next((row for row in self.terms if projects.same_term_key(row.term) == key), None)


def read_glossary_table(project: Project) -> GlossaryTable:
    """The glossary of a project.  Raises ConfigError for a file that is no table."""
    terms: list[TermRow] = []
    wrong: list[BadRow] = []
    for path in projects.glossary_paths(project):
        data = path.read_bytes()
        base = csv_table.stamp(data)
        for row in csv_table.decoded(data, path=str(path)).rows:
            if row.problem:
                wrong.append(BadRow(path.name, row.line, row.problem.wrong))
            elif row.term and not row.mark:
                terms.append(TermRow(row.term, path.name, row.line, base))
    return GlossaryTable(tuple(terms), tuple(wrong))


def filter_terms(listed: tuple[TermRow, ...], text: str, source: str, target: str) -> tuple[TermRow, ...]:
    """The terms that say something, for a pair of locales, each "" for any, whatever case and accents."""
    searched = _bare(text)
    return tuple(
        row
        for row in listed
        if (not source or row.term.source_locale in {source, ANY})
        and (not target or row.term.target_locale in {target, "", ANY})
        and searched in _bare(f"{row.term.source}\n{row.term.target}\n{row.term.note}\n{row.term.definition}")
    )


def may_change(person: Person, target_locale: str) -> bool:
    """Whether somebody may decide on the terms for a language; "" and "*" are all of them."""
    return person.edits(target_locale or ANY)


def save(
    project: Project,
    person: Person,
    typed: Mapping[str, str],
    *,
    file: str = "",
    line: int = 0,
    base: str = "",
) -> TermProblem | None:
    """Add a term or, with a line, change the one that stands there; what is wrong with it, if anything.

    Raises Refused for somebody who may not, GlossaryChanged when the file is not the one of ``base`` any
    more, UsageError when no term stands there.
    """
    term, problem = csv_table.term_of({name: typed.get(name, "").strip() for name in FIELDS})
    problem = problem or _too_long(typed)
    if term is None or problem:
        return problem
    _must(person, term)
    old = _unchanged(project, file, line, base) if line else None
    if old is not None:
        _must(person, old.term)
    key = projects.same_term_key(term)
    if any(
        projects.same_term_key(row.term) == key for row in read_glossary_table(project).terms if row != old
    ):
        return TermProblem("source", "the glossary has this term already", "")
    path = _path(project, file)
    if line:
        projects.change_glossary(project, path, lambda table: csv_table.changed(table, line, term), base=base)
    else:
        projects.change_glossary(project, path, lambda table: csv_table.with_terms(table, (term,)))
    return None


def remove(project: Project, person: Person, *, file: str, line: int, base: str) -> None:
    """Take a term out of its file; raises as ``save`` does."""
    _must(person, _unchanged(project, file, line, base).term)
    path = _path(project, file)
    projects.change_glossary(project, path, lambda table: csv_table.without(table, line), base=base)


def suggested_terms(project: Project, source_locale: str, target_locale: str) -> list[Suggestion]:
    """Terms that approved texts speak of and the glossary lacks."""
    return projects.suggested_terms(project, source_locale, target_locale, most=_LOOKED_AT)


def decline(project: Project, person: Person, typed: Mapping[str, str]) -> None:
    """Keep a suggestion from being made again."""
    term, problem = csv_table.term_of({name: typed.get(name, "").strip() for name in FIELDS})
    if term is None or problem or _too_long(typed):
        raise UsageError("there is no such term")
    _must(person, term)
    key = projects.same_term_key(term)

    def declined(table: Table) -> Table:
        already = any(row.term and projects.same_term_key(row.term) == key for row in table.marked)
        return table if already else csv_table.with_terms(table, (term,), mark="declined")

    projects.change_glossary(project, project.root / "glossary" / DECLINED, declined)


def _unchanged(project: Project, file: str, line: int, base: str) -> TermRow:
    """The term in a row of a file that still has its stamp; raises GlossaryChanged for another one."""
    path = _path(project, file)
    if not base or not path.is_file() or csv_table.stamp(path.read_bytes()) != base:
        raise projects.GlossaryChanged(
            "somebody changed the glossary meanwhile", path=path, remedy="Look at it again, then save."
        )
    return read_glossary_table(project).at(file, line)


def _must(person: Person, term: Term) -> None:
    if not may_change(person, term.target_locale):
        raise Refused("this needs the role editor", remedy="Ask an administrator for it.")


def _too_long(typed: Mapping[str, str]) -> TermProblem | None:
    for name, longest in _LONGEST.items():
        if len(typed.get(name, "")) > longest:
            return TermProblem(name, "this is too long", "")
    return None


def _path(project: Project, file: str) -> Path:
    """A file of the glossary by its name, the main one for one that is none."""
    by_name = {path.name: path for path in projects.glossary_paths(project)}
    return by_name.get(file, project.root / "glossary" / MAIN)


def _bare(text: str) -> str:
    return "".join(
        char for char in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(char)
    )
