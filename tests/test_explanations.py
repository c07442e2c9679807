"""What `--explain` says, in each language of the interface."""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n import checks, gate
from l10n.messages import INTERFACE_LANGUAGES
from l10n.site import lint
from tests import interface_texts
from workflow.cli import main

CASES = Path(__file__).parent / "cases" / "gate" / "explained.txt"
"""Commands behind a dollar sign and a language, each with what it prints."""


def cases() -> list[tuple[str, str]]:
    """Each command with its lines."""
    found = (case.split("\n", 1) for case in CASES.read_text("utf-8").split("$ ")[1:])
    return [(command, printed.strip("\n")) for command, printed in found]


def told(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What a command prints."""
    assert main(command.split()) == 0
    return capsys.readouterr().out.removesuffix("\n")


@pytest.mark.parametrize(("command", "expected"), cases())
def test_it_is_told_as_the_table_says(
    command: str, expected: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    language, _, command = command.partition(" ")
    monkeypatch.setenv("LC_ALL", language)
    assert told(command, capsys) == expected


@pytest.mark.parametrize("locale", INTERFACE_LANGUAGES[1:])
def test_every_check_and_rule_is_explained_in_the_language_with_its_examples_as_they_are(
    locale: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = [f"check --explain {name}" for name in (*checks.names(), *gate.RULES)]
    commands += [f"site check --explain {rule}" for rule in lint.RULES]
    for command in (*commands, "site check --list-rules"):
        monkeypatch.setenv("LC_ALL", "C")
        english = told(command, capsys).splitlines()
        monkeypatch.setenv("LC_ALL", locale)
        here = told(command, capsys).splitlines()
        for one, other in zip(english, here, strict=True):
            assert (one == other) is (one == "" or one.startswith("  ")), command


@pytest.mark.parametrize("locale", INTERFACE_LANGUAGES[1:])
def test_no_explanation_lacks_a_translation(locale: str) -> None:
    asked = interface_texts.of_explanations()
    assert len(asked) > 120
    assert interface_texts.untranslated(locale, asked) == []


def test_one_that_is_not_there_is_refused_with_those_that_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--explain", "sums"]) == 2
    assert "codes, numbers" in capsys.readouterr().err
