"""Checks that are asked for by name: spelling and the language model."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import skip
from tests.gate_support import entry, put
from workflow.cli import main


def test_spelling_is_asked_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if not shutil.which("hunspell"):
        skip("hunspell is not installed")
    dictionary = folder / "dictionaries"
    dictionary.mkdir()
    (dictionary / "de_DE.aff").write_text("SET UTF-8\n", "utf-8")
    (dictionary / "de_DE.dic").write_text("4\nöffnet\nwieder\nheute\nMontag\n", "utf-8")
    put(
        folder,
        "a.po",
        entry("The bureau opens again.", "Das bureau öffnet wierder bei Sandoval."),
        entry("It opens.", "Heute öffnnet es.", "# l10n-ok: spelling -- a play on words"),
        entry("See a@b.example", "Siehe wwrong@b.example"),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DICPATH", str(dictionary))
        assert main(["check", "a.po", "--checks", "none,spelling", "--fail-on", "warning"]) == 1
        out = capsys.readouterr().out
        assert out == "a.po:7: warning: “wierder” is not in the dictionary [spelling]\n"
        assert main(["check", "a.po", "--checks", "none", "--fail-on", "warning"]) == 0


def test_a_language_without_dictionary_is_told_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(
        folder, "a.po", entry("It opens again.", "avaa taas ovensa"), entry("It opens.", "avaa"), locale="smj"
    )
    assert main(["check", "a.po", "--checks", "none,spelling"]) == 0
    said = "a.po:1: info: no spelling: hunspell or its dictionary for smj is not installed [spelling]\n"
    assert capsys.readouterr().out == said


def test_a_language_model_is_asked_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Icelandic and Welsh have no small words of ours, so that nothing else tells them apart."""
    icelandic = "Höfnin verður áfram opin og bátarnir sigla út til eyjanna á hverjum morgni."
    welsh = "Mae’r porthladd yn aros ar agor ac mae’r cychod yn hwylio i’r ynysoedd bob bore."
    source = "The port stays open and the boats leave for the islands every morning."
    again = source.replace("port", "harbour")
    put(
        folder,
        "a.po",
        entry(source, icelandic),
        entry(again, welsh),
        entry("The port", "Mae’r porthladd"),
        entry(again + " So.", welsh + " Ie.", "# l10n-ok: language -- quoted whole"),
        locale="is",
    )
    assert main(["check", "a.po", "--checks", "language"]) == 0
    assert capsys.readouterr().out == ""
    options = ["check", "a.po", "--checks", "none,language-model", "--fail-on", "warning"]
    assert main(options) == 1
    said = "a.po:10: warning: the target reads as Welsh, not Icelandic [language]\n"
    assert capsys.readouterr().out == said
