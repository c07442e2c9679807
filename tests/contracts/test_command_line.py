"""The command line, as a person and as CI use it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import tomli

from l10n import catalogue as po
from l10n import project
from l10n.model import State
from tests.git_support import git
from workflow import cli
from workflow.cli import main

SOURCE = "# Un titre\n\nUne phrase ici. Il y a 12 ports.\n\n- Voir [le site](https://www.example.org/fr)\n"
Run = Callable[..., int]
COMMANDS = tuple(cli._COMMANDS)  # noqa: SLF001 - the table itself


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def command(*arguments: str | Path, folder: Path = tmp_path / "p") -> int:
        folder.mkdir(exist_ok=True)
        return main(["-C", str(folder), *map(str, arguments)])

    return command


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "Ouverture à Nice.md"
    path.write_text(SOURCE, "utf-8")
    return path


@pytest.fixture
def started(run: Run, source: Path) -> Run:
    assert run("init", "--locale", "fr", "--to", "es,ar", "--name", "Ports") == 0
    assert run("add", source, "--locale", "fr", "--id", "nice", "--date", "2026-09-14") == 0
    return run


def catalogue(tmp_path: Path, locale: str = "es") -> Path:
    return tmp_path / "p" / "locales" / locale / "LC_MESSAGES" / "nice.po"


def approve_all(path: Path, translate: Callable[[str], str] = lambda source: f"[{source}]") -> None:
    read = po.read(path)
    entries = tuple(
        replace(e, target=translate(e.source), state=State.REVIEWED, actor="k2zs6gfa") for e in read.entries
    )
    po.write(replace(read, entries=entries), path)


def test_a_release_has_the_day_it_states_unless_one_is_given(
    started: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "port.txt"
    source.write_text("Un port ouvre\n\nGenève, le 14 septembre 2025 – Le port de Sète ouvre.\n", "utf-8")
    assert started("add", source, "--locale", "fr", "--id", "stated") == 0
    assert "dated 2025-09-14, as the file says" in capsys.readouterr().err
    assert started("add", source, "--locale", "fr", "--id", "given", "--date", "2025-09-15") == 0
    assert "dated" not in capsys.readouterr().err
    source.write_text("Un port ouvre\n\nLe port de Sète ouvre.\n", "utf-8")
    assert started("add", source, "--locale", "fr", "--id", "unsaid") == 0
    assert ", today, as the file names no day; --date changes it" in capsys.readouterr().err
    loaded = project.load(tmp_path / "p")
    assert project.release(loaded, "stated").date.isoformat() == "2025-09-14"
    assert project.release(loaded, "given").date.isoformat() == "2025-09-15"


def test_what_a_source_shows_from_its_folder_comes_along_and_nothing_else(
    started: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    for name in ("img/harbour.jpg", "img/harbour.es.jpg", "img/harbour.de.jpg", "plan.pdf", "unused.png"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode())
    (tmp_path / "outside.pdf").write_bytes(b"secret")
    (folder / "link.pdf").symlink_to(tmp_path / "outside.pdf")
    (folder / "latest.png").symlink_to(folder / "unused.png")
    source = folder / "port.md"
    source.write_text(
        "# Port\n\n![Harbour](img/harbour.jpg)\n\n[plan](plan.pdf#page=2) [up](../outside.pdf)"
        f" ![]({'x' * 300}.png) ![](latest.png) ![](../in/unused.png)"
        " [link](link.pdf) ![gone](gone.png) [web](https://www.example.org/unused.png)\n",
        "utf-8",
    )
    assert started("add", source, "--locale", "fr", "--id", "port") == 0
    release = tmp_path / "p" / "releases" / "port"
    there = {path.relative_to(release).as_posix() for path in release.rglob("*") if path.is_file()}
    pictures = {"img/harbour.jpg", "img/harbour.es.jpg", "latest.png"}
    assert there == {"release.toml", "source.md", "plan.pdf", *pictures}
    assert (release / "latest.png").read_bytes() == b"unused.png"
    told = capsys.readouterr().err
    assert "with the files it shows: img/harbour.es.jpg, img/harbour.jpg, latest.png, plan.pdf" in told
    assert "it shows gone.png, and there is no such file in its folder (source.md, line 5)" in told


def test_of_many_missing_files_the_first_are_named(
    started: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "saved.html"
    source.write_text("<h1>Port</h1>" + "".join(f'<img src="p/{n}.jpg" alt="">' for n in range(9)), "utf-8")
    assert started("add", source, "--locale", "fr", "--id", "saved") == 0
    told = capsys.readouterr().err
    assert told.count("there is no such file in its folder") == 5
    assert "and 4 more such files" in told


def test_several_files_are_added_at_once_and_a_bad_one_keeps_no_other_out(
    started: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [tmp_path / name for name in ("one.txt", "bad.txt", "two.txt")]
    for path in paths:
        path.write_bytes(b"\xff\xfe\0" if path.stem == "bad" else b"Un titre\n\nUne phrase.\n")
    assert started("add", *paths, "--locale", "fr") == 2
    assert "bad.txt" in capsys.readouterr().err
    releases = tmp_path / "p" / "releases"
    assert {path.name for path in releases.iterdir()} == {"nice", "one", "two"}
    assert started("add", *paths, "--locale", "fr", "--id", "three") == 2
    assert "one id" in capsys.readouterr().err


def test_help_shows_every_command_and_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        main(["--help"])
    assert raised.value.code == 0
    said = capsys.readouterr().out
    for command in COMMANDS:
        assert re.search(rf"^ +{command}\s+[a-z]", said, re.MULTILINE)
    assert "Example: l10n init" in said


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        main([command, "--help"])
    assert raised.value.code == 0
    assert f"Example: l10n {command}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["add"], ["status", "--nonsense"], ["check", "--fail-on", "x"]]
)
def test_wrong_usage_exits_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        main(arguments)
    assert raised.value.code == 2


def test_an_unknown_option_is_told_with_the_usage_of_its_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["people", "link", "ana", "--port", "3"])
    said = capsys.readouterr().err
    assert said.startswith("usage: l10n people ")
    assert "unrecognized arguments: --port 3" in said
    assert said.endswith("\n  l10n people -h explains it\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["ad", "one.md"], "argument COMMAND: there is no 'ad'; did you mean 'add'?"),
        (["history", "nice", "retract"], "error: there is no 'retract'; did you mean 'retracted'?"),
        (["check", "--fail-on", "x"], "argument --fail-on: there is no 'x'; choose from error, warning"),
        (["people", "lnk"], "there is no 'lnk'; did you mean 'link'?"),
    ],
)
def test_a_misspelt_choice_is_told_with_the_likely_one(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(arguments)
    assert told in capsys.readouterr().err


def test_a_project_may_be_written_in_several_languages(run: Run, tmp_path: Path) -> None:
    assert run("init", "--locale", "fr,ar", "--to", "es,fr") == 0
    settings = project.load(tmp_path / "p").settings
    assert (settings.source_locales, settings.locales) == (("fr", "ar"), ("fr", "ar", "es"))


def test_pages_that_say_they_are_at_nobodys_address_are_told(
    started: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for options in ([], ["--dry-run"]):
        assert started("publish", *options) == 0
        assert "the pages say they are at https://www.example.org: set url" in capsys.readouterr().err
    settings = tmp_path / "p" / "l10n.toml"
    settings.write_text(settings.read_text("utf-8").replace("www.example.org", "press.example"), "utf-8")
    assert started("publish") == 0
    assert "the pages say" not in capsys.readouterr().err


def test_words_may_stand_behind_options(
    started: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.md").write_text(f"# {name}\n", "utf-8")
    assert started("add", tmp_path / "one.md", "--locale", "fr", tmp_path / "two.md") == 0
    assert (tmp_path / "p" / "releases" / "two" / "release.toml").exists()
    assert started("history", "nice", "withdrawn", "--locale", "es", "Une erreur.") == 0
    capsys.readouterr()
    assert started("history", "nice", "--json") == 0
    (event,) = json.loads(capsys.readouterr().out)
    assert (event["what"], event["note"]) == ("withdrawn", "Une erreur.")
    with pytest.raises(SystemExit):
        started("history", "nice", "withdrawn", "--locale", "es", "One.", "Two.")


def test_of_two_roles_for_the_same_languages_the_higher_counts(
    started: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    roles = ["--role", "admin", "--role", "editor", "--role", "reviewer=es", "--role", "translator=es"]
    assert started("people", "add", "lea", "--name", "Lea", *roles) == 0
    capsys.readouterr()
    assert started("people", "list") == 0
    assert "admin=* reviewer=es" in capsys.readouterr().out


def test_a_role_is_given_for_several_languages_at_once(
    started: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    roles = ["--role", "reviewer=zh,pt-br", "--role", "translator"]
    assert started("people", "add", "lea", "--name", "Lea", *roles) == 0
    capsys.readouterr()
    assert started("people", "list") == 0
    assert "translator=* reviewer=pt-BR reviewer=zh" in capsys.readouterr().out


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_without_anywhere_to_tell_it_the_work_is_done(tmp_path: Path, closed: str) -> None:
    command = f'exec {sys.executable} -m workflow.cli -C "$0" update {closed}'
    before = project.load(tmp_path / "p").settings
    done = subprocess.run(["sh", "-c", command, tmp_path / "p"], capture_output=True, check=False)
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    assert project.load(tmp_path / "p").settings == before


@pytest.mark.parametrize("columns", ["1", "20", "9" * 5000, "-3"])
def test_help_is_told_in_a_terminal_of_any_width(columns: str) -> None:
    command = [sys.executable, "-m", "workflow.cli", "update", "--help"]
    done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "COLUMNS": columns})
    assert (done.returncode, done.stderr) == (0, b"")


def test_outside_a_project_it_says_how_to_start_one(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("status") == 2
    assert "l10n init" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("encoding", "name", "text"),
    [
        ("windows-1252", "a.txt", "Le port a été rénové – « 12 € »."),
        ("windows-1256", "a.md", "افتتح الميناء صباح اليوم."),
        ("windows-1251", "a.txt", "Порт открылся сегодня утром."),
        ("gb18030", "a.md", "港口今天早上开放。"),
        ("shift_jis", "a.txt", "港は今朝開きました。"),
        ("euc-kr", "a.txt", "항구가 오늘 아침에 문을 열었다."),
        ("utf-16", "a.txt", "Le port a été rénové."),
    ],
)
def test_a_text_in_another_encoding_is_added_in_utf_8(
    started: Run, tmp_path: Path, encoding: str, name: str, text: str
) -> None:
    file = tmp_path / name
    file.write_bytes(text.encode(encoding))
    assert started("add", str(file), "--id", "old", "--locale", "fr", "--encoding", encoding) == 0
    (source,) = (tmp_path / "p/releases/old").glob("source.*")
    assert source.read_bytes() == text.encode()
    assert f'msgid "{text}"' in (tmp_path / "p/locales/es/LC_MESSAGES/old.po").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "data", "encoding", "said"),
    [
        ("a.txt", b"Un caf\xe9.", (), "a.txt:1:7: byte 0xe9 is not utf-8"),
        ("a.txt", b"Un caf\xe9.", (), "--encoding windows-1252"),
        ("a.txt", b"Un caf\xe9.", ("--encoding", "shift_jis"), "a.txt:1:7: byte 0xe9 is not shift_jis"),
        ("a.txt", b"Un caf\xe9.", ("--encoding", "klingon"), "there is no encoding 'klingon'"),
        ("a.txt", b"Un caf\xe9.", ("--encoding", "rot13"), "there is no encoding 'rot13'"),
        ("a.html", b"<p>Un caf\xe9.", ("--encoding", "cp1252"), "such a file says itself what it is in"),
        (
            "a.html",
            b"<p>Un caf\xe9.",
            (),
            "Save the file as UTF-8, or name its charset in a <meta> of its head.",
        ),
    ],
)
def test_what_is_in_no_such_encoding_is_refused_with_a_way_out(
    started: Run,
    tmp_path: Path,
    name: str,
    data: bytes,
    encoding: tuple[str, ...],
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / name).write_bytes(data)
    assert started("add", str(tmp_path / name), *encoding) == 2
    told = capsys.readouterr().err
    assert said in told
    assert ("--encoding" in told) is ((name == "a.txt" and not encoding) or "Leave --encoding out" in told)
    assert not (tmp_path / "p/releases/a").exists()


def test_add_makes_a_release_and_its_catalogues(
    started: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for locale in ("es", "ar"):
        sources = [entry.source for entry in po.read(catalogue(tmp_path, locale)).entries]
        assert sources == ["Un titre", "Une phrase ici.", "Il y a 12 ports.", "Voir <1>le site</1>"]
    assert started("add", tmp_path / "none.md", "--locale", "fr") == 2
    assert "none.md: cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize("asked", [["--to", "es,ar"], ["--to", "es", "--to", "ar"], ["--to", " es, ar,"]])
def test_values_stand_with_commas_between_or_are_given_again(
    run: Run, tmp_path: Path, asked: list[str]
) -> None:
    assert run("init", "--locale", "fr", *asked) == 0
    assert tomli.loads((tmp_path / "p" / "l10n.toml").read_text("utf-8"))["project"]["locales"] == [
        "fr",
        "es",
        "ar",
    ]


@pytest.mark.parametrize(
    ("words", "where", "there"),
    [
        (["."], "p", ""),
        (["new press/2027"], "p/new press/2027", "cd 'new press/2027'; "),
        (["--git", "press"], "p/press", "cd press; "),
    ],
)
def test_a_project_starts_in_the_folder_that_is_named(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], where: str, there: str
) -> None:
    (tmp_path / "p").mkdir()
    git(tmp_path, "init", "--quiet", "p")
    assert run("init", *words, "--locale", "fr", "--to", "es") == 0
    assert (tmp_path / where / "l10n.toml").is_file()
    assert f"Next: {there}set url under [site]" in capsys.readouterr().err
    assert run("init", *words) == (0 if "--git" in words else 2)


def test_the_id_is_made_from_the_files_name(
    run: Run, source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("init", "--locale", "fr", "--to", "es")
    assert run("add", source, "--locale", "fr") == 0
    assert "ouverture-a-nice: 4 segments" in capsys.readouterr().out
    assert (tmp_path / "p" / "releases" / "ouverture-a-nice" / "source.md").is_file()


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


def test_publish_dry_run_rollback_and_strict(
    started: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    public = tmp_path / "p" / "public"
    assert started("publish", "--dry-run") == 0
    assert not public.exists()
    assert started("publish") == 0
    first = (public / "fr" / "nice" / "index.html").read_text("utf-8")
    assert '<html lang="fr"' in first
    assert not (public / "es" / "nice").exists()
    assert started("publish", "--strict") == 1
    approve_all(catalogue(tmp_path))
    capsys.readouterr()
    assert started("publish", "--dry-run") == 0
    told = capsys.readouterr().out
    assert "added: es/nice/index.html (words: -0 +" in told
    assert "changed: sitemap.xml" in told
    assert not (public / "es" / "nice").exists()
    assert started("publish") == 0
    assert started("publish", "--verify") == 0
    assert "[Une phrase ici.]" in (public / "es" / "nice" / "index.html").read_text("utf-8")
    assert started("publish", "--rollback") == 0
    assert not (public / "es" / "nice").exists()
    assert "live again" in capsys.readouterr().out


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


def test_a_target_with_broken_codes_is_refused_by_name(
    tmp_path: Path, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.po"
    main(["-q", "extract", str(source), "-o", str(out), "--to", "es"])
    approve_all(out, lambda text: text.replace("<1>", ""))
    assert main(["merge", str(source), str(out), "-o", str(tmp_path / "merged.md")]) == 2
    assert "Voir <1>le site</1>" in capsys.readouterr().err
    assert not (tmp_path / "merged.md").exists()


def test_a_mistyped_setting_is_named_with_its_line(
    started: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "p" / "releases" / "nice" / "release.toml"
    plan.write_text(plan.read_text("utf-8") + 'statsu = "draft"\n', "utf-8")
    assert started("status") == 2
    said = capsys.readouterr().err
    assert "release.toml:" in said
    assert "statsu" in said


def test_people_are_added_and_get_links(started: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert started("people", "add", "ana", "--name", "Ana Ruiz", "--role", "reviewer=es") == 0
    assert "/sign-in/" in capsys.readouterr().out
    assert started("people", "list") == 0
    assert "Ana Ruiz" in capsys.readouterr().out
    assert started("people", "link", "ana") == 0
    assert started("people", "link", "nobody") == 2
    assert started("people", "add", "ben", "--name", "Ben", "--role", "king") == 2


def test_a_release_is_in_the_one_language_of_its_project(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "note.md"
    file.write_text("# Une note\n", "utf-8")
    folder = tmp_path / "several"
    assert main(["-C", str(folder), "init", "--locale", "fr", "--to", "es"]) == 0
    assert main(["-C", str(folder), "add", str(file)]) == 0
    assert 'locale = "fr"' in (folder / "releases" / "note" / "release.toml").read_text("utf-8")
    settings = folder / "l10n.toml"
    settings.write_text(settings.read_text("utf-8").replace('"fr",', '"fr", "es",', 1), "utf-8")
    capsys.readouterr()
    assert main(["-C", str(folder), "add", str(file), "--id", "other"]) == 2
    assert "several source languages: fr, es" in capsys.readouterr().err


ARABIC = "افتتحت الوكالة اليوم مركزا جديدا للزوار، وقالت المديرة إن المركز لن يغلق في الليل."


@pytest.mark.parametrize(
    ("sources", "file", "options", "code", "told", "locale"),
    [
        ('"fr"', "absent.md", [], 2, "absent.md: cannot be read", ""),
        ('"fr"', "ar.md", [], 2, "reads as Arabic, which is not a source language of the project: fr", ""),
        ('"fr"', "ar.md", ["--locale", "ar"], 0, "ar: 1 segments", "ar"),
        ('"fr"', "ar.md", ["--locale", "fr"], 0, "it reads as Arabic, not fr", "fr"),
        ('"fr", "ar", "en"', "ar.md", [], 0, "in ar, as it reads; --locale changes it", "ar"),
        ('"fr", "en"', "ar.md", [], 2, "which is not a source language of the project: fr, en", ""),
        ('"fr", "es", "en"', "short.md", [], 2, "several source languages: fr, es, en", ""),
    ],
)
def test_a_release_is_in_the_source_language_that_it_reads_as(
    sources: str,
    file: str,
    options: list[str],
    code: int,
    told: str,
    locale: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "ar.md").write_text(ARABIC, "utf-8")
    (tmp_path / "short.md").write_text("Contact", "utf-8")
    folder = tmp_path / "p"
    folder.mkdir()
    (folder / "l10n.toml").write_text(
        f'[project]\nname = "p"\nsource_locales = [{sources}]\nlocales = ["zh"]\n', "utf-8"
    )
    assert main(["-C", str(folder), "add", str(tmp_path / file), *options]) == code
    said = capsys.readouterr()
    assert told in said.out + said.err
    plan = folder / "releases" / file.removesuffix(".md") / "release.toml"
    assert (f'locale = "{locale}"' in plan.read_text("utf-8")) if locale else not plan.exists()


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


def test_what_is_held_back_is_told_of_what_was_asked_for_by_release_and_reason(
    started: Run, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert started("add", source, "--locale", "fr", "--id", "sete", "--date", "2026-09-14") == 0

    def held_back(*asked: str) -> list[str]:
        capsys.readouterr()
        assert started("publish", "--dry-run", *asked) == 0
        lines = capsys.readouterr().err.splitlines()
        return [line.split(":")[1].strip() for line in lines if line.startswith("held back:")]

    assert held_back() == ["nice in es, ar", "sete in es, ar"]
    assert held_back("sete") == ["sete in es, ar"]
    assert held_back("sete", "--locale", "ar") == ["sete in ar"]
    assert held_back("sete", "--locale", "fr") == []
    assert started("publish", "sete", "--locale", "fr", "--strict") == 0


def test_a_publication_that_shall_be_quiet_says_only_what_went_wrong(
    started: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert started("publish") == 0
    capsys.readouterr()
    for words in (("publish",), ("publish", "--full"), ("publish", "--dry-run"), ("publish", "--due")):
        assert started("-q", *words) == 0
        assert capsys.readouterr() == ("", "")
    for words in (("publish", "-q", "--verify"), ("publish", "--rollback", "-q")):
        assert started(*words) == 0
        assert capsys.readouterr() == ("", "")
    assert started("-q", "publish", "--strict") == 1
    out, err = capsys.readouterr()
    assert (out, [line[:10] for line in err.splitlines()]) == ("", ["held back:"] * err.count("\n"))
    assert err
    front = (tmp_path / "p" / "public" / "index.html").resolve()
    front.chmod(0o644)
    front.write_text("changed", "utf-8")
    assert started("-q", "publish", "--verify") == 1
    assert "index.html" in capsys.readouterr().out


def test_a_correction_is_written_down_told_on_the_page_and_asked_of_translators(
    started: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert started("history", "nice", "corrected") == 2
    assert "readers are to know why" in capsys.readouterr().err
    assert started("history", "nice", "corrected", "Il y a 13 ports.", "--locale", "fr,es") == 0
    assert started("history", "nice", "restored") == 2
    assert "there is nothing to take back" in capsys.readouterr().err
    assert started("history", "nice", "archived", "--locale", "de") == 2
    assert "nice is not translated into de" in capsys.readouterr().err
    assert started("history", "nice", "--json") == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["what"], row["languages"], row["note"]) == ("corrected", "fr, es", "Il y a 13 ports.")
    assert started("update", "nice") == 0
    assert "Il y a 13 ports." in catalogue(tmp_path).read_text("utf-8")
    assert "Il y a 13 ports." not in catalogue(tmp_path, "ar").read_text("utf-8")
    assert started("publish") == 0
    assert "Il y a 13 ports." in (tmp_path / "p/public/fr/nice/index.html").read_text("utf-8")


def test_what_is_next_for_an_event_depends_on_when_it_takes_effect(
    started: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert started("history", "nice", "archived") == 0
    assert capsys.readouterr().err == "Next: l10n publish nice\n"
    assert started("history", "nice", "withdrawn", "Une erreur.", "--at", "2999-01-01T09:00Z") == 0
    told = capsys.readouterr().err
    assert told.startswith(
        "Next: l10n update, so that the note is translated; then nothing until 2999-01-01T09:00"
    )
    assert "l10n publish --due" in told
    assert "l10n publish nice" not in told


def test_a_link_that_leads_out_of_the_project_is_not_added(
    run: Run, source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("init", "--locale", "fr", "--to", "es") == 0
    outward, inward = tmp_path / "p" / "outward.md", tmp_path / "p" / "inward.md"
    outward.symlink_to(source)
    assert run("add", outward) == 2
    said = capsys.readouterr().err
    assert "outward.md: this link leads out of the project" in said
    assert f"Name the file itself: {source}" in said
    assert not (tmp_path / "p" / "releases").exists()
    (tmp_path / "p" / "kept.md").write_text(SOURCE, "utf-8")
    inward.symlink_to("kept.md")
    assert run("add", inward) == 0


def test_an_interrupted_addition_is_finished_by_the_next_one_and_overwrites_nothing(
    started: Run, source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    half, other = (tmp_path / "p" / "releases" / name for name in ("half", "other"))
    for folder, data in ((half, source.read_bytes()), (other, b"Something else.")):
        folder.mkdir()
        (folder / "source.md").write_bytes(data)
    assert started("add", source, "--locale", "fr", "--id", "half") == 0
    assert started("add", source, "--locale", "fr", "--id", "other") == 2
    assert "other/source.md: another file is in the way" in capsys.readouterr().err
    assert [path.name for path in other.iterdir()] == ["source.md"]
    assert (other / "source.md").read_bytes() == b"Something else."
    assert started("add", source, "--locale", "fr", "--id", "half") == 2
    assert "l10n update finishes it" in capsys.readouterr().err
