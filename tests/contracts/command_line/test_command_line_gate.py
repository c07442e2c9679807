"""How far a project is and what is wrong with it: status, check, update, pretranslate."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from l10n import catalogue as po
from tests.command_line_support import SOURCE, Run, approve_all, catalogue
from workflow.cli import main


@pytest.mark.gettext
def test_status_agrees_with_msgfmt(started: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = catalogue(tmp_path)
    approve_all(path)
    text = (
        path.read_text("utf-8").replace("[Une phrase ici.]", "").replace("#. item\n", "#. item\n#, fuzzy\n")
    )
    path.write_text(text, "utf-8")
    capsys.readouterr()
    assert started("status", "--json") == 0
    row = next(row for row in json.loads(capsys.readouterr().out) if row["locale"] == "es")
    said = subprocess.run(
        ["msgfmt", "--statistics", "-o", "/dev/null", path], check=True, capture_output=True, text=True
    ).stderr
    assert said.strip() == "2 translated messages, 1 fuzzy translation, 1 untranslated message."
    assert (row["translated"], row["fuzzy"], row["missing"], row["approved"]) == (2, 1, 1, 2)


def test_status_writes_nothing(started: Run, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "p" / ".l10n")
    before = {path: path.read_bytes() for path in (tmp_path / "p").rglob("*") if path.is_file()}
    assert started("status") == 0
    assert {path: path.read_bytes() for path in (tmp_path / "p").rglob("*") if path.is_file()} == before


def test_check_passes_finds_and_refuses(
    started: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for locale in ("es", "ar"):
        approve_all(catalogue(tmp_path, locale), lambda source: source.replace("Un titre", "Título"))
    assert started("check", "--checks", "numbers,codes", "--min-approved", "es=100") == 0
    capsys.readouterr()
    path = catalogue(tmp_path)
    path.write_text(path.read_text("utf-8").replace('msgstr "Il y a 12', 'msgstr "Il y a 13'), "utf-8")
    assert started("check") == 1
    found = [line for line in capsys.readouterr().out.splitlines() if "[numbers]" in line]
    assert found[0].startswith("locales/es/LC_MESSAGES/nice.po:")
    assert ": error: " in found[0]
    assert started("check", "--min-approved", "es=100", "--checks", "none") == 1
    assert "3 of 4" not in capsys.readouterr().out
    path.write_text("nonsense\n", "utf-8")
    assert started("check") == 2
    told = "locales/es/LC_MESSAGES/nice.po:1: error: this is no line of a PO file"
    assert told in capsys.readouterr().out


def test_check_reads_any_folder_of_catalogues(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "any"
    folder.mkdir()
    (folder / "a.po").write_text(
        'msgid ""\nmsgstr "Language: es\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "12 ports"\nmsgstr "13 puertos"\n',
        "utf-8",
    )
    assert main(["check", str(folder)]) == 1
    assert "a.po:4: error:" in capsys.readouterr().out
    assert main(["check", str(tmp_path / "none.po")]) == 2


def test_update_check_is_a_gate(started: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert started("update", "--check") == 0
    path = tmp_path / "p" / "releases" / "nice" / "source.md"
    path.write_text(SOURCE.replace("12 ports", "13 ports"), "utf-8")
    capsys.readouterr()
    assert started("update", "--check") == 1
    assert "out of step" in capsys.readouterr().out
    assert started("update") == 0
    assert started("update", "--check") == 0


def test_pretranslate_uses_the_named_engine_and_says_so(
    started: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert started("pretranslate", "nice", "--to", "es", "--engine", "pseudo") == 0
    assert "mt:pseudo" in capsys.readouterr().err
    entries = po.read(catalogue(tmp_path)).entries
    assert all(entry.target and entry.fuzzy and entry.origin == "mt:pseudo" for entry in entries)
    assert not any(entry.target for entry in po.read(catalogue(tmp_path, "ar")).entries)


def test_a_release_without_its_catalogue_is_not_passed_over_in_silence(
    started: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalogue(tmp_path).unlink()
    shutil.rmtree(tmp_path / "p" / ".l10n")
    capsys.readouterr()
    assert started("pretranslate") == 0
    assert "nice es: there is no catalogue yet; run l10n update" in capsys.readouterr().err


def test_the_gate_says_in_a_line_what_it_looked_at_unless_it_shall_be_quiet(
    started: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    approve_all(catalogue(tmp_path), lambda source: source.replace("Un titre", "Título"))
    capsys.readouterr()
    assert started("check", "--checks", "none") == 0
    told = "2 catalogues, 4 of 8 entries approved (0 fuzzy, 4 missing): 0 errors, 0 warnings; 0 failures\n"
    assert capsys.readouterr() == ("", told)
    for words in (("-q", "check"), ("check", "-q"), ("update", "-q"), ("-q", "update")):
        assert started(*words) == 0
        assert capsys.readouterr() == ("", "")
