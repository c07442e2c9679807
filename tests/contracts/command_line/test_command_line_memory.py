"""The memory on the command line: what comes in, what is found, and what goes out."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from l10n import catalogue as po
from workflow.cli import main

UNITS = [
    ("Le port ouvre demain.", "El puerto abre mañana."),
    ("L’école ferme à midi.", "La escuela cierra a mediodía."),
]


def tmx(units: list[tuple[str, str]], extra: str = "") -> str:
    told = "".join(
        f'<tu><tuv xml:lang="fr"><seg>{source}</seg></tuv><tuv xml:lang="es"><seg>{target}</seg></tuv></tu>\n'
        for source, target in units
    )
    return f'<?xml version="1.0"?>\n<tmx version="1.4"><header/><body>\n{told}{extra}</body></tmx>\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "p").mkdir()
    (tmp_path / "old.tmx").write_text(tmx(UNITS), "utf-8")
    assert run(tmp_path / "p", "init", "--locale", "fr", "--to", "es") == 0
    return tmp_path / "p"


def run(folder: Path, *arguments: str | Path) -> int:
    return main(["-C", str(folder), *map(str, arguments)])


def test_what_is_imported_is_found_with_its_differences(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "memory", "import", folder.parent / "old.tmx") == 0
    assert (folder / "memory" / "old.tmx").read_text("utf-8") == tmx(UNITS)
    assert "fr: 2 pairs" in capsys.readouterr().err
    assert run(folder, "memory", "search", "Le port ouvre lundi.", "--to", "es") == 0
    assert capsys.readouterr().out.splitlines() == [
        " 75  El puerto abre mañana.",
        "     Le port ouvre [-demain-]{+lundi+}.  (tm:old)",
    ]
    said = "Nous savons que le port ouvre demain."
    assert run(folder, "memory", "search", said, "--to", "es", "--least", "90") == 0
    assert capsys.readouterr().out == "     Le port ouvre demain. = El puerto abre mañana.  (tm:old)\n"
    assert run(folder, "memory", "search", "Le port ouvre lundi.", "--to", "es", "--least", "80") == 0
    assert capsys.readouterr().err == (
        "no match in the memory\nleft out below 80: a match of 75; --least 75 shows it\n"
    )
    assert run(folder, "memory", "search", "Rien.", "--to", "es") == 0
    assert capsys.readouterr() == ("", "no match in the memory\n")
    assert run(folder, "memory", "search", "Le port ouvre demain.", "--to", "es", "--json") == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["score"], found["target"]) == (100, "El puerto abre mañana.")


def test_what_goes_out_comes_in_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(folder, "memory", "import", folder.parent / "old.tmx")
    assert run(folder, "memory", "export", "-o", folder / "out.tmx") == 0
    (folder / "memory" / "old.tmx").unlink()
    assert run(folder, "memory", "import", folder / "out.tmx") == 0
    capsys.readouterr()
    assert run(folder, "memory", "stats", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"fr": {"sources": 2, "pairs": {"es": 2}, "places": {"out": 2}}}
    assert run(folder, "memory", "export", "--to", "pt-BR") == 0
    assert "<tu>" not in capsys.readouterr().out


def test_a_memory_can_be_made_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(folder, "memory", "import", folder.parent / "old.tmx")
    (folder / ".l10n" / "memory" / "fr.sqlite").write_bytes(b"broken, as files are now and then")
    assert run(folder, "memory", "stats") == 2
    assert run(folder, "memory", "rebuild") == 0
    capsys.readouterr()
    assert run(folder, "memory", "stats") == 0
    assert capsys.readouterr().out.splitlines() == [
        "from  to  pairs",
        "fr    es      2",
        "",
        "origin  places",
        "old          2",
    ]


def test_units_that_are_passed_over_are_counted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = '<tu><tuv xml:lang="fr"><seg>Sans cible</seg></tuv></tu>\n<tu><tuv><seg>&broken</tuv></tu>\n' * 4
    (folder.parent / "old.tmx").write_text(tmx(UNITS, bad), "utf-8")
    assert run(folder, "memory", "import", folder.parent / "old.tmx") == 0
    told = capsys.readouterr().err.splitlines()
    assert sum("passed over: " in line for line in told) == 5
    assert told[0].endswith("old.tmx:5: passed over: it lacks a side or a language")
    assert told[1].endswith("old.tmx:6: passed over: it is no XML")
    assert "old.tmx: 8 units passed over" in told


def test_what_holds_nothing_for_the_project_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder.parent / "old.tmx"
    path.write_text(tmx(UNITS).replace('"fr"', '"de"'), "utf-8")
    assert run(folder, "memory", "import", path) == 2
    assert "holds no pair from fr" in capsys.readouterr().err
    path.write_text("<html></html>", "utf-8")
    assert run(folder, "memory", "import", path) == 2
    assert "this is no TMX" in capsys.readouterr().err
    assert run(folder, "memory", "import", folder / "missing.tmx") == 2
    assert not (folder / "memory").exists()


def test_what_cannot_be_read_whole_does_not_come_into_the_folder(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder.parent / "old.tmx"
    path.write_text(tmx(UNITS).removesuffix("</body></tmx>\n"), "utf-8")
    assert run(folder, "memory", "import", path) == 2
    assert "breaks off before its end" in capsys.readouterr().err
    path.write_bytes(tmx([("L'été", "El verano")]).encode("latin-1"))
    assert run(folder, "memory", "import", path) == 2
    told = capsys.readouterr().err
    assert "old.tmx:3: 1 unit cannot be read" in told
    assert "it is not in the file's encoding" in told
    assert not (folder / "memory").exists()
    assert run(folder, "memory", "stats") == 0


def test_a_file_of_the_same_name_is_replaced_when_asked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder.parent / "old.tmx"
    run(folder, "memory", "import", path)
    path.write_text(tmx(UNITS[:1]), "utf-8")
    assert run(folder, "memory", "import", path) == 2
    assert "--replace" in capsys.readouterr().err
    assert run(folder, "memory", "import", path, "--replace") == 0
    assert "fr: 1 pair in the memory" in capsys.readouterr().err


FRENCH = "# Le port de Sfax\n\nLe port ouvre le 3 mars. Il y a 12 bureaux.\n\nSeulement en français.\n"
SPANISH = "# El puerto de Sfax\n\nEl puerto abre el 3 de marzo. Hay 12 oficinas.\n"


def test_a_page_and_its_translation_become_memory_after_a_review(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in (("a.fr.md", FRENCH), ("a.es.md", SPANISH)):
        (folder / name).write_text(text, "utf-8")
    made = folder / "a.po"
    assert (
        run(folder, "align", folder / "a.fr.md", folder / "a.es.md", "--from", "fr", "--to", "es", "-o", made)
        == 0
    )
    read = po.read(made)
    assert [(one.source, one.target) for one in read.entries] == [
        ("Le port de Sfax", "El puerto de Sfax"),
        ("Le port ouvre le 3 mars.", "El puerto abre el 3 de marzo."),
        ("Il y a 12 bureaux.", "Hay 12 oficinas."),
    ]
    doubted = replace(read, entries=(replace(read.entries[0], fuzzy=True), *read.entries[1:]))
    po.write(doubted, made)
    assert run(folder, "memory", "import", made) == 0
    assert "fr: 2 pairs" in capsys.readouterr().err
    assert run(folder, "memory", "search", "Le port ouvre le 5 mars.", "--to", "es") == 0
    assert capsys.readouterr().out.startswith(" 98  El puerto abre el 5 de marzo.")
    po.write(replace(read, entries=(replace(read.entries[0], fuzzy=True),)), made)
    assert run(folder, "memory", "import", made, "--replace") == 2
    assert "fuzzy" in capsys.readouterr().err


def test_a_segment_is_explained_by_its_number_or_its_id(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = folder.parent / "quai.md"
    source.write_text("# Le port ouvre demain.\n\nL’école ferme à midi.\n", "utf-8")
    assert run(folder, "add", source, "--id", "quai") == 0
    assert run(folder, "memory", "import", folder.parent / "old.tmx") == 0
    capsys.readouterr()
    assert run(folder, "segments", "quai", "es", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    school = next(one["id"] for one in told if one["source"] == UNITS[1][0])
    said = []
    for segment in ("2", school, school[:4].upper()):
        assert run(folder, "pretranslate", "--explain", f"quai:{segment}") == 0
        said.append(capsys.readouterr().out)
    assert said[0].startswith("quai es: L’école ferme à midi.\n  tm:old:100 fills it as translated")
    assert said == said[:1] * 3


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ("quai", "is not RELEASE:SEGMENT"),
        ("quai:", "is not RELEASE:SEGMENT"),
        ("quai:9", "quai has no segment 9 in es"),
        ("quai:zz", "quai has no segment zz in es"),
    ],
)
def test_a_segment_that_is_not_there_is_not_explained(
    folder: Path, asked: str, problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    source = folder.parent / "quai.md"
    source.write_text("# Le port ouvre demain.\n", "utf-8")
    assert run(folder, "add", source, "--id", "quai") == 0
    assert run(folder, "pretranslate", "--explain", asked) == 2
    assert problem in capsys.readouterr().err


def test_a_memory_that_is_not_there_is_told_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "memory", "import", folder.parent / "absent.tmx") == 2
    said = capsys.readouterr().err
    assert "absent.tmx: cannot be read: No such file or directory" in said
    assert "Export it again" not in said


@pytest.mark.parametrize(
    ("route", "asked", "code", "told"),
    [
        ("deepl", [], 0, "deepl: deepl needs a key\n  Set the environment variable DEEPL_API_KEY."),
        ("copy", ["--to", "pt"], 2, "no release here is to be in pt\n  Languages: es."),
        ("copy", ["--to", "es"], 0, "quai es: nothing; 1 left for people"),
    ],
)
def test_what_a_draft_is_not_made_for_is_said_as_it_is(
    folder: Path,
    route: str,
    asked: list[str],
    code: int,
    told: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("DEEPL_API_KEY", raising=False)
    settings = folder / "l10n.toml"
    settings.write_text(settings.read_text("utf-8").replace('"apertium"', f'"{route}"'), "utf-8")
    source = folder.parent / "quai.md"
    source.write_text("# Le port ouvre demain.\n", "utf-8")
    assert run(folder, "add", source, "--id", "quai") == 0
    capsys.readouterr()
    assert run(folder, "pretranslate", *asked) == code
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("command", ["status", "check", "pretranslate", "update"])
def test_an_engine_nobody_knows_is_told_by_every_command(
    folder: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = folder / "l10n.toml"
    settings.write_text(settings.read_text("utf-8").replace('"apertium"', '"apertum"'), "utf-8")
    assert run(folder, command) == 2
    problem, remedy = capsys.readouterr().err.splitlines()[-2:]
    assert problem.endswith("l10n.toml:16: routes.* names 'apertum', which is no engine")
    assert remedy.startswith("  Did you mean apertium?  Known here: pseudo, copy, ")


def test_a_pair_that_an_engine_does_not_know_is_said_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder.parent / "apertium" / "modes").mkdir(parents=True)
    (folder.parent / "apertium" / "modes" / "en-ca.mode").touch()
    with (folder / "l10n.toml").open("a", encoding="utf-8") as file:
        file.write("\n" + MISSING.format(folder.parent / "apertium"))
    for name in ("quai", "port"):
        source = folder.parent / f"{name}.md"
        source.write_text("# Le port ouvre demain.\n", "utf-8")
        assert run(folder, "add", source, "--id", name, "--to", "es,pt") == 0
    capsys.readouterr()
    assert run(folder, "pretranslate") == 0
    said = capsys.readouterr().err.splitlines()
    assert [line for line in said if "does not know" in line] == [
        "apertium does not know fr to es, fr to pt here; l10n doctor says more"
    ]


MISSING = "[engines.apertium]\ndata = '{}'\n"


@pytest.mark.parametrize(
    ("modes", "told", "seen"),
    [
        ([], "apertium: Apertium has no installed pair in", "apertium: cannot run: Apertium has no"),
        (["en-ca"], "apertium does not know fr to es here; l10n doctor says more\n", "apertium: ready"),
    ],
)
def test_without_an_engine_memory_goes_on_and_what_is_missing_is_said(
    folder: Path, modes: list[str], told: str, seen: str, capsys: pytest.CaptureFixture[str]
) -> None:
    data = folder.parent / "apertium"
    (data / "modes").mkdir(parents=True)
    for mode in modes:
        (data / "modes" / f"{mode}.mode").touch()
    with (folder / "l10n.toml").open("a", encoding="utf-8") as file:
        file.write("\n" + MISSING.format(data))
    source = folder.parent / "quai.md"
    source.write_text("# Le port ouvre demain.\n\nRien de tel ici.\n", "utf-8")
    assert run(folder, "add", source, "--id", "quai") == 0
    assert run(folder, "memory", "import", folder.parent / "old.tmx") == 0
    capsys.readouterr()
    assert run(folder, "pretranslate") == 0
    said = capsys.readouterr().err
    assert "quai es: 1 from tm; 1 left for people" in said
    assert told in said
    assert run(folder, "doctor") == 0
    assert seen in capsys.readouterr().out
