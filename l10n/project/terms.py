"""The glossary of a project: reading its files, with inflection from hunspell, and changing them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from l10n import disk, glossary
from l10n.errors import ConfigError
from l10n.project.nouns import Project

if TYPE_CHECKING:
    from l10n.glossary import Glossary, Term
    from l10n.glossary.csv_table import Table


def glossary_paths(project: Project) -> tuple[Path, ...]:
    """The project's glossary files."""
    return tuple(sorted((project.root / "glossary").glob("*.csv")))


def read_glossary(project: Project) -> Glossary | None:
    """The project's glossary, None when it has none; ``within`` a release's domains for that release.

    Raises ConfigError, with file and line, for a file that makes no sense.
    """
    paths = glossary_paths(project)
    if not paths:
        return None
    from l10n import hunspell  # noqa: PLC0415  not where there is none

    return glossary.read(paths, inflection=hunspell.stemmer())


def change_glossary(project: Project, path: Path, change: Callable[[Table], Table], *, base: str = "") -> str:
    """Write a glossary file with a change, in one step; the stamp it then has.

    With a ``base`` the file must still have that stamp; else GlossaryChanged is raised, and nothing written.
    A file that is not there yet begins as an empty table.  Raises ConfigError for one that makes no sense.
    """
    from l10n.glossary import csv_table  # noqa: PLC0415  not where it is not changed

    with disk.locked(project.state / "glossary.lock"):
        data = path.read_bytes() if path.is_file() else csv_table.written(()).encode()
        if base and base != csv_table.stamp(data):
            raise GlossaryChanged(
                "somebody changed the glossary meanwhile", path=path, remedy="Look at it again, then save."
            )
        changed = change(csv_table.decoded(data, path=str(path))).text.encode("utf-8")
        disk.write(path, changed)
    return csv_table.stamp(changed)


class GlossaryChanged(ConfigError):
    """Raised when the file was changed by somebody else in the meantime."""


def same_term_key(term: Term) -> tuple[object, ...]:
    """A key that is equal for terms with the same words in the same languages, whatever their notes."""
    return term.source_locale, term.target_locale, term.source, term.target, term.domains
