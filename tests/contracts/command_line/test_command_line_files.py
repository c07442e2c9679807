"""One file without a project: extract and merge."""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n import catalogue as po
from tests.command_line_support import SOURCE, approve_all
from workflow.cli import main


def test_extract_and_merge_need_no_project(tmp_path: Path, source: Path) -> None:
    out, merged = tmp_path / "out.po", tmp_path / "out.md"
    assert main(["-q", "extract", str(source), "-o", str(out), "--to", "es"]) == 0
    assert main(["-q", "merge", str(source), str(out), "-o", str(merged)]) == 0
    assert merged.read_bytes() == source.read_bytes()
    approve_all(out, lambda text: text.replace("Une phrase", "Una frase"))
    assert main(["-q", "merge", str(source), str(out), "-o", str(merged)]) == 0
    assert merged.read_text("utf-8") == SOURCE.replace("Une phrase", "Una frase")


def test_a_dash_is_the_output(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["extract", str(source), "--to", "es"]) == 0
    said = capsys.readouterr()
    assert main(["extract", str(source), "--to", "es", "-o", "-"]) == 0
    assert capsys.readouterr() == said
    assert not Path("-").exists()


def test_extract_again_keeps_what_was_translated(tmp_path: Path, source: Path) -> None:
    out = tmp_path / "out.po"
    main(["-q", "extract", str(source), "-o", str(out), "--to", "es"])
    approve_all(out)
    source.write_text(SOURCE + "\nUne phrase de plus.\n", "utf-8")
    assert main(["-q", "extract", str(source), "-o", str(out)]) == 0
    assert [bool(entry.target) for entry in po.read(out).entries] == [True, True, True, True, False]


BAD = [
    ("bytes.md", b"abc\n\xff\xfe\xfa", "byte 0x"),
    ("ending.xyz", b"text", "no format for the ending"),
    ("template.dotx", b"PK", "Save it as .docx."),
    ("page.xhtml", b"<p>", "save the page as .html"),
]


@pytest.mark.parametrize(("name", "data", "said"), BAD)
def test_bad_input_is_refused_and_no_output_touched(
    tmp_path: Path, name: str, data: bytes, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / name, tmp_path / "out.po"
    path.write_bytes(data)
    out.write_text("untouched", "utf-8")
    assert main(["extract", str(path), "-o", str(out)]) == 2
    assert said in capsys.readouterr().err
    assert out.read_text("utf-8") == "untouched"


@pytest.mark.parametrize(
    "catalogue", ["", 'msgid ""\nmsgstr "Language: es\\n"\n', 'msgid "Autre texte."\nmsgstr "Otro texto."\n']
)
def test_the_catalogue_of_another_file_is_refused(
    tmp_path: Path, source: Path, catalogue: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out, merged = tmp_path / "out.po", tmp_path / "merged.md"
    out.write_text(catalogue, "utf-8")
    assert main(["merge", str(source), str(out), "-o", str(merged)]) == 2
    assert f"{out}: it has no segment of {source}\n  Name the catalogue" in capsys.readouterr().err
    assert not merged.exists()


def test_too_few_translations_fail_for_ci_where_it_says_how_many(
    tmp_path: Path, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, merged = tmp_path / "out.po", tmp_path / "merged.md"
    main(["-q", "extract", str(source), "-o", str(out), "--to", "es"])
    asked = ["-q", "merge", str(source), str(out), "-o", str(merged), "--min-translated"]
    assert main([*asked, "0"]) == 0
    merged.unlink()
    assert main([*asked, "1"]) == 1
    assert "0 of 4 segments filled; nothing was written" in capsys.readouterr().err
    assert not merged.exists()
    approve_all(out)
    assert main([*asked, "100"]) == 0


def test_a_target_with_broken_codes_is_refused_by_name(
    tmp_path: Path, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.po"
    main(["-q", "extract", str(source), "-o", str(out), "--to", "es"])
    approve_all(out, lambda text: text.replace("<1>", ""))
    assert main(["merge", str(source), str(out), "-o", str(tmp_path / "merged.md")]) == 2
    assert "Voir <1>le site</1>" in capsys.readouterr().err
    assert not (tmp_path / "merged.md").exists()
