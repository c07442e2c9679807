"""The glossary on the command line: what goes out comes in again, and what is wrong is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from workflow.cli import main

CASES = Path(__file__).parents[2] / "cases" / "glossary"
HEADER = "source_locale,target_locale,source,target,status,note\n"
TERMS = HEADER + "fr,es,port,puerto,required,\nfr,es,Ondine,Ondine,do-not-translate,a name\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "p").mkdir()
    assert run(tmp_path / "p", "init", "--locale", "fr", "--to", "es,en") == 0
    (tmp_path / "p" / "glossary").mkdir(exist_ok=True)
    (tmp_path / "p" / "glossary" / "terms.csv").write_text(TERMS, "utf-8")
    return tmp_path / "p"


def run(folder: Path, *arguments: str | Path) -> int:
    return main(["-C", str(folder), *map(str, arguments)])


@pytest.mark.parametrize("name", ["out.csv", "out.tbx"])
def test_what_goes_out_is_known_already_and_new_elsewhere(
    folder: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = folder.parent / name
    assert run(folder, "glossary", "export", "-o", out) == 0
    assert run(folder, "glossary", "import", out) == 0
    assert "0 terms new, 2 known already" in capsys.readouterr().err
    path = folder / "glossary" / "terms.csv"
    assert path.read_text("utf-8") == TERMS
    path.unlink()
    assert run(folder, "glossary", "import", out) == 0
    assert path.read_text("utf-8") == TERMS


def test_a_term_that_two_rows_decide_otherwise_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = folder.parent / "new.csv"
    new.write_text(
        HEADER + "fr,es,port,puerto,forbidden,\nfr,es,quai,muelle,required,\nfr,es,quai,muelle,preferred,\n",
        "utf-8",
    )
    assert run(folder, "glossary", "import", new) == 0
    said = capsys.readouterr().err
    assert f"{new}: port → puerto stays required, and is forbidden here" in said
    assert f"{new}: quai → muelle stays required, and is preferred here" in said


def test_an_import_adds_below_what_stands_there(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "glossary" / "terms.csv"
    path.write_text("# ours\n" + TERMS.rstrip(), "utf-8")
    new = folder.parent / "new.csv"
    new.write_text(
        "source_locale,target_locale,source,target,status,domain\n"
        "fr,es,quai,muelle,preferred,sea\nfr,es,môle\nfr,es,mer,mar,wished,\n",
        "utf-8",
    )
    assert run(folder, "glossary", "import", new) == 0
    said = capsys.readouterr().err
    assert f"{new}:3: passed over: 3 columns instead of 6" in said
    assert f"{new}:4: passed over: 'wished' is no status" in said
    assert "2 entries passed over" in said
    assert path.read_text("utf-8") == (
        "# ours\n"
        + TERMS.replace(HEADER, HEADER.strip() + ",domain\n")
        + "fr,es,quai,muelle,preferred,,sea\n"
    )
    for asked, count in (((), 3), (("--domain", "sea"), 3), (("--domain", "land"), 2), (("--to", "en"), 0)):
        assert run(folder, "glossary", "list", "--json", *asked) == 0
        assert len(json.loads(capsys.readouterr().out)) == count


def test_terms_for_regions_come_in_for_the_languages_of_the_project(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "glossary", "import", CASES / "prefixed.tbx", "--into", "theirs") == 0
    said = capsys.readouterr().err
    assert "en-GB is taken for en" in said
    assert "fr-FR is taken for fr" in said
    assert (folder / "glossary" / "theirs.csv").read_text("utf-8") == (
        HEADER + "fr,en,quai,quay,preferred,\nfr,en,quai,dockside,forbidden,\n"
    )


def sheets() -> dict[str, tuple[list[str], str, list[str]]]:
    """The lists by name: options, the file's text, and what comes of it."""
    found = {}
    for block in (CASES / "sheets.txt").read_text("utf-8").split("\n== ")[1:]:
        name, _, rest = block.partition("\n")
        given, _, wanted = rest.partition("\n--\n")
        options, _, text = given.partition("\n") if given.startswith("--") else ("", "", given)
        found[name] = options.split(), text.replace("→", "\t") + "\n", wanted.strip().splitlines()
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", sheets())
def test_lists_of_spreadsheets_and_other_tools_come_in(
    folder: Path, name: str, encoding: str, capsys: pytest.CaptureFixture[str]
) -> None:
    options, text, wanted = sheets()[name]
    (folder / "glossary" / "terms.csv").unlink()
    given = folder.parent / "list.csv"
    given.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    refused = any(line.startswith("refused") for line in wanted)
    assert run(folder, "glossary", "import", given, *options) == (2 if refused else 0)
    said = capsys.readouterr().err.replace(": passed over: ", ": ").splitlines()
    told = {line.partition(" :")[2] for line in wanted if line.startswith(("refused", "passed over"))}
    assert all(any(f"list.csv:{one}" in line for line in said) for one in told)
    assert run(folder, "glossary", "list", "--json") == 0
    came = [_told(one) for one in json.loads(capsys.readouterr().out)]
    assert came == [line for line in wanted if not line.startswith(("refused", "passed over"))]


def test_a_list_in_another_encoding_comes_in_when_that_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = folder.parent / "list.csv"
    given.write_bytes("fr;es\r\ncoût d’été;coste de verano\r\n".encode("cp1252"))
    assert run(folder, "glossary", "import", given) == 2
    assert "--encoding windows-1252" in capsys.readouterr().err
    assert run(folder, "glossary", "import", given, "--encoding", "windows-1252") == 0
    assert "fr,es,coût d’été,coste de verano" in (folder / "glossary" / "terms.csv").read_text("utf-8")
    assert run(folder, "glossary", "import", given, "--encoding", "nonsense") == 2


def test_a_list_of_omegat_comes_in(folder: Path) -> None:
    given = folder.parent / "glossary.utf8"
    given.write_text("source term\ttarget term\tcomment\nquai\tmuelle\tno\n", "utf-8")
    assert run(folder, "glossary", "import", given, "--to", "es") == 0
    assert "fr,es,quai,muelle,preferred,no" in (folder / "glossary" / "terms.csv").read_text("utf-8")


def _told(term: dict[str, Any]) -> str:
    names = ("source_locale", "target_locale", "source", "target", "status", "note")
    return " ".join(filter(None, (*(term[name] for name in names), "; ".join(term["domains"]))))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("import", "no.tbx"), "cannot be read"),
        (("import", "no.csv"), "cannot be read"),
        (("import", "glossary/terms.csv"), "a file of the glossary already"),
        (("import", "l10n.toml"), "no TBX"),
        (("import", "l10n.toml", "--into", "../x"), "no name of a file"),
        (("export", "-o", "nowhere.csv/x.csv"), "cannot be written"),
        (("list", "--to", "es es"), "no locale"),
    ],
)
def test_what_cannot_be_done_is_said(
    folder: Path,
    arguments: tuple[str, ...],
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(folder)
    (folder / "nowhere.csv").write_text("", "utf-8")
    assert run(folder, "glossary", *arguments) == 2
    assert said in capsys.readouterr().err
    assert (folder / "glossary" / "terms.csv").read_text("utf-8") == TERMS


def test_terms_of_a_domain_hold_in_releases_that_name_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "glossary" / "terms.csv").write_text(
        "source_locale,target_locale,source,target,status,domain\nfr,es,port,puerto,required,sea\n", "utf-8"
    )
    source = folder.parent / "a.txt"
    source.write_text("Le port\n\nLe port est ouvert à tous les bateaux.\n", "utf-8")
    assert run(folder, "add", source, "--locale", "fr") == 0
    catalogue = next((folder / "locales" / "es").rglob("a.po"))
    text = catalogue.read_text("utf-8")
    catalogue.write_text(
        text.replace('bateaux."\nmsgstr ""', 'bateaux."\nmsgstr "La radio está abierta a todos."'), "utf-8"
    )
    capsys.readouterr()
    run(folder, "check", "--format", "json")
    assert "puerto" not in capsys.readouterr().out
    plan = folder / "releases" / "a" / "release.toml"
    plan.write_text('domains = ["Sea"]\n' + plan.read_text("utf-8"), "utf-8")
    run(folder, "check", "--format", "json")
    assert "puerto" in capsys.readouterr().out


APPROVED = [
    ("Le conseil de rive se réunit.", "El consejo de ribera se reúne."),
    ("Elle a écrit au conseil de rive.", "Ella escribió al consejo de ribera."),
    ("Deux conseils de rive ont répondu.", "Dos consejos de ribera respondieron."),
    ("Le vent tombe.", "El viento cae."),
    ("La pluie dure.", "La lluvia dura."),
    ("Il neige peu.", "Nieva poco."),
    ("Nous partons.", "Nos vamos."),
    ("Le chat dort.", "El gato duerme."),
    ("La mer monte.", "El mar sube."),
]


def test_what_is_suggested_is_taken_only_by_a_person(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    units = "".join(
        f'<tu><tuv xml:lang="fr"><seg>{source}</seg></tuv><tuv xml:lang="es"><seg>{target}</seg></tuv></tu>\n'
        for source, target in APPROVED
    )
    (folder / "memory").mkdir(exist_ok=True)
    (folder / "memory" / "old.tmx").write_text(
        f'<tmx version="1.4"><header/><body>{units}</body></tmx>', "utf-8"
    )
    path, out = folder / "glossary" / "terms.csv", folder.parent / "new.csv"
    assert run(folder, "glossary", "suggest", "--to", "es", "-o", out) == 0
    text = out.read_text("utf-8")
    assert "fr,es,conseil de rive,consejo de ribera,preferred,,suggested,3/3," in text
    assert f"{APPROVED[0][0]} = {APPROVED[0][1]}" in text
    assert path.read_text("utf-8") == TERMS

    assert run(folder, "glossary", "import", out) == 2
    assert "still marked as suggested" in capsys.readouterr().err
    (folder / "glossary" / "new.csv").write_text(text, "utf-8")
    assert run(folder, "glossary", "list", "--json") == 0
    assert len(json.loads(capsys.readouterr().out)) == 2
    (folder / "glossary" / "new.csv").unlink()

    out.write_text(text.replace(",suggested,3/3", ",,3/3"), "utf-8")
    assert run(folder, "glossary", "import", out) == 0
    assert path.read_text("utf-8") == TERMS + "fr,es,conseil de rive,consejo de ribera,preferred,\n"
    assert run(folder, "glossary", "suggest", "--to", "es") == 0
    assert "conseil" not in capsys.readouterr().out

    path.write_text(TERMS, "utf-8")
    assert run(folder, "glossary", "suggest", "--to", "es", "--add", "le vent") == 2
    assert "le vent: not suggested" in capsys.readouterr().err
    assert run(folder, "glossary", "suggest", "--to", "es", "--add", "conseil de rive") == 0
    assert path.read_text("utf-8") == TERMS + "fr,es,conseil de rive,consejo de ribera,preferred,\n"
    declined = text.replace(",suggested,3/3", ",declined,3/3")
    path.write_text(declined, "utf-8")
    capsys.readouterr()
    assert run(folder, "glossary", "suggest", "--to", "es") == 0
    assert "conseil" not in capsys.readouterr().out
