"""How much of a language has to be translated or approved, and why it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gate_support import GOOD, entry, put
from workflow.cli import main


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--min-translated", "de=50"], 0),
        (["--min-translated", "de=51"], 1),
        (["--min-translated", "*=51"], 1),
        (["--min-translated", "*=51", "--optional", "de"], 0),
        (["--min-approved", "de=1"], 1),
        (["--required", "de"], 1),
        (["--min-translated", "fr=1"], 1),
        (["--required", "fr"], 1),
        (["--required", "fr", "--optional", "fr"], 2),
        (["--required", "fr,de", "--optional", "ar,de"], 2),
        (["--min-approved", "de=101"], 2),
        (["--min-approved", "de"], 2),
        (["--min-translated", "de=51", "--min-translated", "DE=10"], 2),
        (["--min-translated", "de=10", "--min-translated", "de=10"], 0),
        (["--checks", "nonsense"], 2),
        (["--checks", "all,numbers"], 0),
        (["--checks", "none,numbers"], 2),
        (["--format", "nonsense"], 2),
        (["--format", "json", "--format", "text"], 2),
        (["--changed-since", "HEAD"], 2),
    ],
)
def test_what_is_asked_of_a_language(folder: Path, options: list[str], code: int) -> None:
    put(folder, "de.po", GOOD, entry("Yes.", ""))
    assert main(["check", *options, "--", "de.po"]) == code


def test_an_empty_catalogue_reaches_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, "de.po")
    assert main(["check", "de.po"]) == 0
    assert main(["check", "--min-translated", "de=1", "de.po"]) == 1
    assert "the catalogue holds no segments [completeness]" in capsys.readouterr().out


def test_it_says_why(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(
        folder,
        "de.po",
        GOOD,
        entry("Yes.", ""),
        entry("No, never.", "Nein, niemals.", "#, fuzzy"),
        entry("In 2024", "Im Jahr 2025"),
    )
    assert main(["check", "--min-approved", "de=80", "de.po"]) == 1
    assert (
        "de.po:1: error: de: 4 of 4 segments not approved (80 % are asked for); one without a target, one"
        " fuzzy, one waits for a reviewer, one is blocked by numbers (line 17) [completeness]"
    ) in capsys.readouterr().out
