"""Suggests terms that the glossary of a project may lack."""

from __future__ import annotations

from itertools import islice

from l10n.glossary import Glossary, csv_table, mining
from l10n.glossary.mining import Pair, Suggestion
from l10n.model import State
from l10n.project.leverage import open_memory
from l10n.project.nouns import Project
from l10n.project.terms import glossary_paths, read_glossary

_PAIRS = 100_000  # that are looked at for suggestions


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
    glossary = read_glossary(project) or Glossary()
    declined = [
        row.term for path in glossary_paths(project) for row in csv_table.read(path).marked if row.term
    ]
    extended = Glossary((*glossary.entries, *declined))
    return mining.suggestions(
        pairs, source_locale, target_locale, glossary=extended, least=least, limit=limit
    )
