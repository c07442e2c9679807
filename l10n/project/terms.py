"""The glossary of a project: its files, read with what is known of words, and what they may lack."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import Path

from l10n import disk, glossary, hunspell
from l10n.errors import ConfigError
from l10n.glossary import Glossary, Term, mining, table
from l10n.glossary.mining import Pair, Suggestion
from l10n.glossary.table import Table
from l10n.model import State
from l10n.project.layout import Project
from l10n.project.leverage import open_memory

_PAIRS = 100_000  # that are looked at for suggestions


def glossary_paths(project: Project) -> tuple[Path, ...]:
    """The project's glossary files."""
    return tuple(sorted((project.root / "glossary").glob("*.csv")))


def read_glossary(project: Project) -> Glossary | None:
    """The project's glossary, None when it has none; ``within`` a release's domains for that release.

    Raises ConfigError, with file and line, for a file that makes no sense.
    """
    paths = glossary_paths(project)
    return glossary.read(paths, inflection=hunspell.stemmer()) if paths else None


def change_glossary(project: Project, path: Path, change: Callable[[Table], Table], *, base: str = "") -> str:
    """Write a glossary file with a change, in one step; the stamp it then has.

    With a ``base`` the file must still have that stamp: Changed is raised otherwise, and nothing is written.
    A file that is not there yet begins as an empty table.  Raises ConfigError for one that makes no sense.
    """
    with disk.locked(project.state / "glossary.lock"):
        data = path.read_bytes() if path.is_file() else table.written(()).encode()
        if base and base != table.stamp(data):
            raise Changed(
                "somebody changed the glossary meanwhile", path=path, remedy="Look at it again, then save."
            )
        made = change(table.decoded(data, path=str(path))).text.encode("utf-8")
        disk.write(path, made)
    return table.stamp(made)


class Changed(ConfigError):
    """The file is not what the change was made for."""


def suggested_terms(
    project: Project,
    source_locale: str,
    target_locale: str,
    *,
    least: int = 3,
    limit: int = 50,
    most: int = _PAIRS,
) -> list[Suggestion]:
    """Terms that approved pairs speak of and the glossary lacks; see ``l10n.glossary.mining``.

    What somebody declined is not among them.  No more than ``most`` pairs are looked at.
    """
    with open_memory(project, source_locale) as memory:
        pairs = [
            Pair(unit.source, unit.target, unit.origin)
            for unit in islice(memory.units(target_locale), most)
            if State(unit.state).approved
        ]
    known = read_glossary(project) or Glossary()
    declined = [row.term for path in glossary_paths(project) for row in table.read(path).marked if row.term]
    whole = Glossary((*known.entries, *declined))
    return mining.suggestions(pairs, source_locale, target_locale, glossary=whole, least=least, limit=limit)


def same_term_key(term: Term) -> tuple[object, ...]:
    """What two terms have in common that say the same, however they are annotated."""
    return term.source_locale, term.target_locale, term.source, term.target, term.domains
