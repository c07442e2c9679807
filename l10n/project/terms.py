"""The glossary of a project: its files, read with what is known of the forms of words."""

from __future__ import annotations

from pathlib import Path

from l10n import glossary, hunspell
from l10n.glossary import Glossary
from l10n.project.layout import Project


def glossary_paths(project: Project) -> tuple[Path, ...]:
    """The project's glossary files."""
    return tuple(sorted((project.root / "glossary").glob("*.csv")))


def read_glossary(project: Project) -> Glossary | None:
    """The project's glossary, None when it has none; ``within`` a release's domains for that release.

    Raises ConfigError, with file and line, for a file that makes no sense.
    """
    paths = glossary_paths(project)
    return glossary.read(paths, inflection=hunspell.stemmer()) if paths else None


def glossary_lock(project: Project) -> Path:
    """The file whose lock whoever changes the glossary holds."""
    return project.state / "glossary.lock"
