"""What `l10n.toml` may say about the memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n import project
from l10n.errors import ConfigError
from l10n.memory import Penalties, TranslationUnit

PROJECT = '[project]\nsource_locales = ["en"]\nlocales = ["fr"]\n'


def loaded(folder: Path, told: str) -> project.Project:
    (folder / "l10n.toml").write_text(PROJECT + told, "utf-8")
    return project.load(folder)


def test_penalties_are_the_usual_ones_until_they_are_set(tmp_path: Path) -> None:
    assert loaded(tmp_path, "").settings.penalties == Penalties()
    told = "[memory.penalties]\nelsewhere = 6\nyear = 1\n"
    found = loaded(tmp_path, told)
    assert found.settings.penalties == Penalties(elsewhere=6, year=1)
    with project.open_memory(found, "en") as memory:
        memory.add([TranslationUnit("Close", "Fermer", "fr", own=False)])
        assert [match.score for match in memory.lookup("Close", target_locale="fr")] == [94]


@pytest.mark.parametrize(
    ("told", "problem", "line"),
    [
        ("[memory]\npenalty = 1\n", "memory.penalty is not a setting here", 5),
        ("[memory.penalties]\ncodes = 101\n", "memory.penalties.codes is 101", 5),
        ("[memory.penalties]\ncodes = -1\n", "memory.penalties.codes is -1", 5),
        ('[memory.penalties]\ncodes = "2"\n', "memory.penalties.codes should be a whole number", 5),
        ("[memory.penalties]\nage = 2\n", "memory.penalties.age is not a setting here", 5),
    ],
)
def test_what_is_no_penalty_is_refused_with_its_line(
    tmp_path: Path, told: str, problem: str, line: int
) -> None:
    with pytest.raises(ConfigError, match=problem) as raised:
        loaded(tmp_path, told)
    assert raised.value.line == line
