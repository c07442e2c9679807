"""The gate: what fails, what is said about it, and what no file may do to it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n import catalogue as po
from l10n import checks, formats, gate, lengths, project
from l10n.catalogue import read_survey, update
from l10n.checks import check_pair
from l10n.gate import (
    REPORTS,
    CatalogueFile,
    CatalogueReport,
    Goals,
    LocatedFinding,
    fingerprints,
    inspect_catalogue,
    judge,
)
from l10n.model import Catalogue, Entry, Severity, State
from l10n.review_rule import ReviewRule
from l10n.segment import VERSION
from tests.conftest import skip
from workflow.cli import main

DEMO = Path(__file__).parents[2]
HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: {}\\n"\n{}\n'
PLURALS = '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
GOOD = 'msgid "The office opens on 3 May."\nmsgstr "Das Büro öffnet am 3. Mai."\n'

GERMAN = 'msgid "It opens again."\nmsgstr "Die Stelle öffnet am Montag wieder und bleibt für alle offen."\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CI", raising=False)
    return tmp_path


def put(folder: Path, name: str, *entries: str, locale: str = "de", more: str = "") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join((HEAD.format(locale, more), *entries)), "utf-8")
    return path


def entry(source: str, target: str, *lead: str) -> str:
    return "".join(f"{line}\n" for line in lead) + f'msgid "{source}"\nmsgstr "{target}"\n'


def gone(message: str) -> str:
    return "".join(f"#~ {line}\n" for line in message.splitlines())


def headed(fields: str, *entries: str) -> str:
    return "\n".join((HEAD.format("de", fields), *entries))


def rule(plural_forms: str) -> str:
    return f'"Plural-Forms: {plural_forms};\\n"\n'


def ports(*forms: str) -> str:
    told = "".join(f'msgstr[{number}] "{form}"\n' for number, form in enumerate(forms))
    return f'msgid "%d port"\nmsgid_plural "%d ports"\n{told}'


def flagged(flag: str, source: str, target: str) -> str:
    return f'#, {flag}\nmsgid "{source}"\nmsgstr "{target}"\n'


KOI8 = HEAD.format("ru", "").replace("UTF-8", "KOI8-R") + '\nmsgid "Open"\nmsgstr "Открыто сегодня"\n'
# What msgfmt --check refuses: the file, and what is said of it, "" where nothing is.
GETTEXT = [
    ("\ufeff" + headed("", GOOD), "a byte order mark stands at the beginning"),
    (KOI8, "the header names KOI8-R, but the file is in UTF-8 [header]"),
    (headed("", GOOD).replace("UTF-8", "CHARSET"), "the header names no charset [header]"),
    (headed("", GOOD, "||||||| base\n"), "a merge was left undone"),
    (headed("", GOOD, "#~ ||||||| 1a2b3c4\n"), "a merge was left undone"),
    (
        headed("", entry("The port opens", "<<<<<<< HEAD Der Hafen >>>>>>> main")),
        "7: error: a merge was left",
    ),
    (headed("", entry("The port opens", "Der Hafen\\n>>>>>>> main\\n")), "a merge was left undone here"),
    (headed("", entry("See <<<<<<< HEAD there", "Siehe <<<<<<< HEAD dort")), ""),
    (headed("", GOOD, gone(GOOD)), "stands twice, first on line 7; delete these lines of #~ [duplicate]"),
    (headed("", gone(GOOD), gone(GOOD)), "first on line 7; delete these lines of #~ [duplicate]"),
    (headed("", GOOD, gone(entry("Port", "Hafen"))), ""),
    (headed("", ports("%d Hafen", "%d Häfen")), "no Plural-Forms that can be read [plural]"),
    (headed("", ports("", "")), ""),
    (
        headed(rule("nplurals=2; plural=n"), ports("%d Hafen", "%d Häfen")),
        "gives form 1000, and nplurals is 2",
    ),
    (headed(rule("nplurals=2; plural=1/n"), GOOD), "the rule in Plural-Forms cannot be read: 1/n"),
    (headed(rule("nplurals=2; plural=(n != "), GOOD), "the rule in Plural-Forms cannot be read: (n !="),
    (headed(rule("nplurals=2; plural=" + "(" * 400 + "n" + ")" * 400), GOOD), "cannot be read"),
    (
        headed(rule("nplurals=2; plural=1/n"), "#, c-format\n" + ports("Hafen", "%d Häfen")),
        "cannot be read: 1/n",
    ),
    (
        headed(rule("nplurals=" + "9" * 5000), ports("%d Hafen", "%d Häfen")),
        "no Plural-Forms that can be read",
    ),
    (headed(PLURALS, ports("%d Hafen", "")), "some of its plural forms are empty [plural]"),
    (headed(PLURALS, ports("%d Hafen", "x").replace("[1]", "[2]")), "do not count from 0 on"),
    (headed(PLURALS, "#, c-format\n" + ports("ein Hafen", "%d Häfen")), ""),
    (headed(PLURALS, "#, c-format\n" + ports("%d Hafen", "Häfen")), "the placeholder %d is missing [format]"),
    (
        headed(PLURALS, "#, c-format\n" + ports("%s Hafen", "%d Häfen")),
        "has the placeholder %d, the target %s",
    ),
    (headed("", flagged("c-format", "%d of %s", "%2$s: %1$d")), ""),
    (
        headed("", flagged("c-format", "%d of %s", "%s: %d")),
        "has the placeholder %d, the target %s in its place",
    ),
    (headed("", flagged("c-format", "%d of %.*f", "%d von %.*f")), ""),
    (headed("", flagged("c-format", "%ld", "%d")), "the source has the placeholder %ld, the target %d"),
    (headed("", flagged("c-format", "%d %%", "%d")), ""),
    (headed("", flagged("c-format", "%d", "%d %s")), "the placeholder %s is not in the source [format]"),
    (headed("", flagged("fuzzy, c-format", "%d", "%s")), ""),
    (headed("", flagged("no-c-format", "%d", "%s")), ""),
    (headed("", flagged("python-format", "%(a)s, %(b)d", "%(b)i, %(a)s")), ""),
    (headed("", flagged("python-format", "%(a)s", "a")), "the placeholder %(a)s is missing [format]"),
    (headed("", flagged("python-brace-format", "{a.b!r:>{c}} {{x}}", "{a}")), ""),
    (headed("", flagged("python-brace-format", "{} {}", "{1} {0}")), ""),
    (
        headed("", flagged("python-brace-format", "{name}", "{nom}")),
        "the placeholder {nom} is not in the source",
    ),
    (headed("", flagged("python-brace-format", "{} ports", "{{ Häfen")), "the placeholder {} is missing"),
    (headed("", flagged("qt-format", "%1 of %L2", "%2: %1")), ""),
    (headed("", flagged("java-format", "{0} of {1}", "{1}")), "the placeholder {0} is missing [format]"),
    (headed("", entry("Port\\n", "Hafen")), "only one of source and target ends with a line break [format]"),
    (
        headed("", entry("Port", "\\nHafen")),
        "only one of source and target begins with a line break [format]",
    ),
]


@pytest.mark.parametrize(("text", "said"), GETTEXT)
def test_what_gettext_refuses_fails(
    folder: Path, text: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.po").write_bytes(text.encode())
    assert bool(main(["check", "--no-cache", "--checks", "none", "a.po"])) == bool(said)
    out = capsys.readouterr().out
    assert said in out
    assert bool(out) == bool(said)


def test_every_file_of_a_folder_is_looked_at_and_none_of_git(folder: Path) -> None:
    put(folder, "po/de.po", GOOD)
    (folder / ".git" / "refs" / "heads").mkdir(parents=True)
    (folder / ".git" / "refs" / "heads" / "update.po").write_text("0" * 40, "ascii")
    assert main(["check", "--no-cache", "."]) == 0
    put(folder, "po/FR.PO", entry("In 2024", "En 2025"), locale="fr")
    assert main(["check", "--no-cache", "."]) == 1


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        (HEAD.format("de", "") + "\n" + GOOD, 0, ""),
        (HEAD.format("de", "") + "\n" + GOOD + "\n" + GOOD, 1, "stands twice, first on line 7 [duplicate]"),
        (GOOD, 1, "there is no header"),
        ("", 1, "there is no header"),
        ('msgid ""\nmsgstr "Language: de\\n"\n\n' + GOOD, 1, "names no charset [header]"),
        (HEAD.format("de", "") + '\nmsgid "x"\nmsgstr "y\n', 2, "not closed on its line"),
        (HEAD.format("de", "") + '\nmsgid "x"\n', 2, "no msgstr"),
        (HEAD.format("de", "") + "\n<<<<<<< ours\n" + GOOD, 2, "a merge was left undone"),
        ((HEAD.format("de", "") + "\n# Bureau\n" + GOOD).replace("\n", "\r"), 2, "its lines end in CR alone"),
        (HEAD.format("de", "").replace("UTF-8", "KLINGON") + "\n" + GOOD, 2, "unknown charset"),
        (HEAD.format("de", "") + "\n" + GOOD.replace("Büro", "B\0ro"), 2, "control character NUL"),
        (HEAD.format("de", "") + '\nmsgid "In 2024"\nmsgstr "Im Jahr 2025"\n', 1, "[numbers]"),
        (HEAD.format("zh", "") + "\n" + GERMAN, 1, "[untranslated]"),
        (
            HEAD.format("de", PLURALS)
            + '\nmsgid "%d port"\nmsgid_plural "%d ports"\nmsgstr[0] "%d Hafen"\nmsgstr[1] "%d Häfen"\n',
            0,
            "",
        ),
        (
            HEAD.format("de", PLURALS) + '\nmsgid "%d port"\nmsgid_plural "%d ports"\nmsgstr[0] "%d Hafen"\n',
            1,
            "1 plural form, but the header says that the language has 2 [plural]",
        ),
    ],
)
def test_each_fault_has_its_exit_code(
    folder: Path, text: str, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.po").write_bytes(text.encode())
    assert main(["check", "a.po"]) == code
    out = capsys.readouterr().out
    assert said in out
    assert bool(out) == bool(code)


def test_one_broken_file_hides_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, "po/a.po", entry("In 2024", "Im Jahr 2025"))
    (folder / "po" / "b.po").write_text("nonsense", "utf-8")
    put(folder, "po/c.po", entry("In 2026", "Im Jahr 2027"))
    assert main(["check", "po", "none.po"]) == 2
    out = capsys.readouterr().out
    assert [line.split(":")[0] for line in out.splitlines()] == ["po/a.po", "po/b.po", "po/c.po", "none.po"]


def test_a_file_is_looked_at_once_however_many_paths_lead_to_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(folder, "po/a.po", entry("In 2024", "Im Jahr 2025"))
    assert main(["check", "po", "po/a.po", "./po", str(folder / "po" / "a.po")]) == 1
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 1
    assert said.err.startswith("1 catalogue,")


def test_what_its_reader_would_wait_for_is_no_catalogue(folder: Path) -> None:
    put(folder, "po/a.po", GOOD)
    os.mkfifo(folder / "po" / "pipe.po")
    (folder / "po" / "link.po").symlink_to("pipe.po")
    command = [sys.executable, "-m", "workflow.cli", "check", "po"]
    assert subprocess.run(command, timeout=30, check=False).returncode == 0


def test_a_compiled_catalogue_is_named_as_such(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.po").write_bytes(b"\xde\x12\x04\x95\0\0\0\0\2\0\0\0")
    assert main(["check", "a.po"]) == 2
    assert "a.po:1: error: this is a compiled catalogue (MO)" in capsys.readouterr().out


def test_without_a_project_it_asks_for_paths(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, "po/a.po", GOOD)
    assert main(["check"]) == 2
    assert "Name PO files or folders" in capsys.readouterr().err


def test_a_dash_is_the_output(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, "a.po", GOOD)
    assert main(["check", "a.po", "--format", "json=-"]) == 0
    assert json.loads(capsys.readouterr().out)["failed"] is False
    assert main(["check", "a.po", "--format", "json=-", "--format", "text"]) == 2
    assert not (folder / "-").exists()


@pytest.mark.parametrize(
    "options",
    [
        ["--format", "text=a", "--format", "json=a"],
        ["--format", "text=a", "--format", "json=./sub/../a"],
        ["--format", "sarif=po/de.po"],
        ["--format", "sarif=known.txt", "--baseline", "known.txt"],
        ["--format", "sarif=po"],
        ["--required", ""],
        ["--checks", ","],
        ["--explain", ""],
        ["--list-checks", "--format", "sarif"],
    ],
)
def test_what_makes_no_sense_or_takes_the_place_of_a_file_is_refused(
    folder: Path, options: list[str]
) -> None:
    put(folder, "po/de.po", GOOD)
    (folder / "sub").mkdir()
    (folder / "known.txt").touch()
    before = sorted((path, path.is_file() and path.read_bytes()) for path in folder.rglob("*"))
    command = [sys.executable, "-m", "workflow.cli", "check", "--no-cache", *options, "po"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert run.stderr
    assert "Traceback" not in run.stderr
    assert sorted((path, path.is_file() and path.read_bytes()) for path in folder.rglob("*")) == before


@pytest.mark.parametrize("name", REPORTS.names())
def test_a_name_of_any_bytes_is_told_in_every_form(folder: Path, name: str) -> None:
    path = put(folder, "po/de.po", entry("In 2024", "Im Jahr 2025"))
    path.rename(os.fsdecode(b"po/\x1b[31m\xff\n.po"))
    command = [sys.executable, "-m", "workflow.cli", "check", "--no-cache", "--format", name, "po"]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8:strict"}
    run = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert run.returncode == 1, run.stderr
    told = run.stdout.decode("utf-8")
    if name in {"text", "github"}:
        assert told.count("\n") == 1
        assert "\x1b" not in told
    if name == "text":
        assert told.startswith("po/\\x1b[31m\\xff\\x0a.po:7: error: ")
    if name == "sarif":
        assert '"uri": "po/%1B%5B31m%FF%0A.po"' in told


def test_a_release_that_is_named_as_a_file_is_shown_how(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "digues.md").write_text("# Un titre\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["init", "--locale", "fr", "--to", "es"]) == 0
    assert main(["add", "digues.md"]) == 0
    assert main(["check", "digues"]) == 2
    assert "l10n check --release digues" in capsys.readouterr().err
    assert main(["check", "digues.po"]) == 2
    assert "digues.po" in capsys.readouterr().out


@pytest.mark.parametrize(("pattern", "code"), [("b*", 0), ("b.po", 0), ("a", 1), ("*", 1), ("c", 2)])
@pytest.mark.parametrize("project", [False, True])
def test_a_pattern_chooses_among_the_files_of_a_folder(
    folder: Path, pattern: str, code: int, *, project: bool
) -> None:
    put(folder, "po/a.po", entry("In 2024", "Im Jahr 2025"))
    put(folder, "po/b.po", entry("In 2024", "Im Jahr 2024"))
    if project:
        assert main(["init", "--locale", "en", "--to", "de"]) == 0
    assert main(["check", "po", "--release", pattern]) == code


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


def test_a_baseline_lets_the_known_stand_and_shrinks(folder: Path) -> None:
    bad, worse = entry("In 2024", "Im Jahr 2025"), entry("In 2030", "Im Jahr 2031")
    put(folder, "de.po", bad)
    ask = ["check", "--baseline", "known.txt", "de.po"]
    assert main(ask) == 0
    assert "de.po: error: the source has 2024" in (folder / "known.txt").read_text("utf-8")
    put(folder, "de.po", GOOD, bad)
    assert main(ask) == 0
    put(folder, "de.po", GOOD, bad, worse)
    assert main(ask) == 1
    put(folder, "de.po", GOOD)
    assert main(ask) == 0
    assert "2024" not in (folder / "known.txt").read_text("utf-8")
    put(folder, "de.po", bad)
    assert main(ask) == 1
    (folder / "known.txt").write_text("nonsense\n", "utf-8")
    assert main(ask) == 2


@pytest.mark.parametrize(("ci", "code"), [("true", 2), ("1", 2), ("false", 0), ("", 0)])
def test_ci_writes_no_baseline_that_would_let_each_run_pass(
    folder: Path, monkeypatch: pytest.MonkeyPatch, ci: str, code: int
) -> None:
    put(folder, "de.po", entry("In 2024", "Im Jahr 2025"))
    monkeypatch.setenv("CI", ci)
    assert main(["check", "--baseline", "known", "de.po"]) == code
    assert (folder / "known").exists() == (code == 0)
    (folder / "known").write_text("# nothing\n", "utf-8")
    assert main(["check", "--baseline", "known", "de.po"]) == 1


@pytest.mark.parametrize(
    ("options", "written"),
    [
        ([], {"numbers"}),
        (["--fail-on", "warning"], {"numbers", "negation"}),
        (["--optional", "de"], set()),
    ],
)
def test_a_baseline_holds_what_can_fail_and_nothing_else(
    folder: Path, options: list[str], written: set[str]
) -> None:
    put(
        folder,
        "de.po",
        entry("In 2024", "Im Jahr 2025"),
        entry("In 2030", "Im Jahr 2031", "# l10n-ok: numbers -- counted again"),
        entry("Prices rose by 4 percent.", "Die Preise sanken um 4 Prozent."),
    )
    assert main(["check", "--baseline", "known", *options, "de.po"]) == 0
    lines = folder.joinpath("known").read_text("utf-8").splitlines()[1:]
    assert sorted(line.rpartition("[")[2].partition("]")[0] for line in lines) == sorted(written)


def test_an_older_baseline_loses_the_lines_that_cannot_fail(folder: Path) -> None:
    put(
        folder,
        "de.po",
        entry("In 2030", "Im Jahr 2031", "# l10n-ok: numbers -- counted again"),
        entry("Prices rose by 4 percent.", "Die Preise sanken um 4 Prozent."),
    )
    known = folder / "known"
    sheet = inspect_catalogue(CatalogueFile("de.po", "de.po", "de"), Goals(), checks.names())
    gate.in_baseline(known, sheet.findings, fails=lambda _remark: True)
    assert "info: " in known.read_text("utf-8")
    assert main(["check", "--baseline", "known", "de.po"]) == 0
    said = known.read_text("utf-8")
    assert "info: " not in said
    assert "warning: " in said
    assert main(["check", "--baseline", "known", "--fail-on", "warning", "de.po"]) == 0


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
@pytest.mark.parametrize("part", [["po/a.po"], ["po", "--checks", "dates"], ["po", "--release", "a"]])
def test_a_look_at_a_part_takes_nothing_of_the_rest_out_of_a_baseline(folder: Path, part: list[str]) -> None:
    for name in ("po/a.po", "po/b.po"):
        put(folder, name, entry("In 2024", "Im Jahr 2025"))
    assert main(["check", "po", "--baseline", "known"]) == 0
    before = folder.joinpath("known").read_text("utf-8")
    assert main(["check", *part, "--baseline", "known"]) == 0
    assert folder.joinpath("known").read_text("utf-8") == before
    put(folder, "po/b.po", entry("In 2024", "Im Jahr 2024"))
    assert main(["check", "po", "--baseline", "known"]) == 0
    assert "po/b.po" not in folder.joinpath("known").read_text("utf-8")
    folder.joinpath("po", "a.po").unlink()
    assert main(["check", "po", "--baseline", "known"]) == 0
    assert "po/a.po" not in folder.joinpath("known").read_text("utf-8")


def test_only_what_changed_since_a_revision_fails(folder: Path) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments], check=True)

    bad, worse = entry("In 2024", "Im Jahr 2025"), entry("In 2030", "Im Jahr 2031")
    put(folder, "po/de.po", bad)
    git("init", "-q")
    git("add", "po")
    git("commit", "-qm", "x")
    ask = ["check", "--changed-since", "HEAD", "po"]
    assert main(ask) == 0
    put(folder, "po/de.po", GOOD, bad)
    assert main(ask) == 0
    put(folder, "po/de.po", worse, GOOD, bad)
    assert main(ask) == 1
    put(folder, "po/de.po", GOOD, bad)
    put(folder, "po/at.po", bad)
    assert main(ask) == 1
    assert main(["check", "--changed-since=--output=x", "po"]) == 2
    assert main(["check", "--changed-since", "none", "po"]) == 2


def test_a_baseline_outlives_a_file_that_is_broken_for_a_while(folder: Path) -> None:
    path = put(folder, "po/de.po", entry("In 2024", "Im Jahr 2025"))
    command = ["check", "--no-cache", "--baseline", "known.txt", "po"]
    assert main(command) == 0
    before, text = (folder / "known.txt").read_text("utf-8"), path.read_text("utf-8")
    path.write_text(f"{text}<<<<<<< ours\n", "utf-8")
    assert main(command) == 2
    assert (folder / "known.txt").read_text("utf-8") == before
    path.write_text(text, "utf-8")
    assert main(command) == 0


def test_a_baseline_follows_a_file_that_moved_and_holds_for_one_finding_only(folder: Path) -> None:
    path = put(folder, "po/de.po", entry("In 2024", "Im Jahr 2025"))
    command = ["check", "--no-cache", "--baseline", "known.txt", "po"]
    assert main(command) == 0
    moved = path.rename(folder / "po" / "at.po")
    assert main(command) == 0
    assert "  po/at.po: error: " in (folder / "known.txt").read_text("utf-8")
    assert "po/de.po" not in (folder / "known.txt").read_text("utf-8")
    shutil.copy(moved, path)
    assert main(command) == 1


def test_a_baseline_lets_no_more_be_missing_than_it_says(folder: Path) -> None:
    path = put(folder, "po/de.po", GOOD, entry("One port", ""), entry("Two piers", ""))
    command = ["check", "--no-cache", "--baseline", "known.txt", "--min-translated", "*=100", "po"]
    assert main(command) == 0
    text = path.read_text("utf-8")
    path.write_text(text + "\n" + entry("A quay", ""), "utf-8")
    assert main(command) == 1
    assert "2 of 3 segments" in (folder / "known.txt").read_text("utf-8")
    path.write_text(text.replace('"Two piers"\nmsgstr ""', '"Two piers"\nmsgstr "Zwei Piere"'), "utf-8")
    assert main(command) == 0
    assert "1 of 3 segments" in (folder / "known.txt").read_text("utf-8")
    path.write_text(text, "utf-8")
    assert main(command) == 1


def git(*arguments: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


def test_what_did_not_change_is_spared_also_in_a_file_that_was_renamed_and_where_the_revision_went_on(
    folder: Path,
) -> None:
    bad = entry("In 2024", "Im Jahr 2025")
    path = put(folder, "sub/po/de.po", GOOD, bad)
    git("init", "--quiet", "--initial-branch=main")
    git("add", "--all")
    git("commit", "--quiet", "--message=start")
    git("switch", "--quiet", "--create", "topic")
    git("mv", "sub/po", "sub/other")
    assert main(["check", "--no-cache", "--changed-since", "main", "sub"]) == 0
    git("commit", "--quiet", "--message=moved")
    git("switch", "--quiet", "main")
    path.write_text(path.read_text("utf-8").replace("2025", "2024"), "utf-8")
    git("commit", "--quiet", "--all", "--message=mended")
    git("switch", "--quiet", "topic")
    assert main(["check", "--no-cache", "--changed-since", "main", "sub"]) == 0
    moved = folder / "sub" / "other" / "de.po"
    moved.write_text(moved.read_text("utf-8").replace("2025", "2026"), "utf-8")
    assert main(["check", "--no-cache", "--changed-since", "main", "sub"]) == 1


def test_a_source_that_changed_without_its_catalogue_is_not_spared(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "news.md").write_text("# The office opens\n\nIt opens in May.\n", "utf-8")
    assert main(["-q", "init", "--locale", "en", "--to", "de"]) == 0
    assert main(["-q", "add", "news.md"]) == 0
    git("init", "--quiet", "--initial-branch=main")
    git("add", "--all")
    git("commit", "--quiet", "--message=start")
    command = ["check", "--no-cache", "--changed-since", "HEAD"]
    assert main(command) == 0
    source = next((folder / "releases" / "news").glob("*.md"))
    source.write_text(source.read_text("utf-8") + "\nIt closes in June.\n", "utf-8")
    assert main(command) == 1
    assert "[stale]" in capsys.readouterr().out
    git("commit", "--quiet", "--all", "--message=later")
    assert main(command) == 0


HOSTILE = LocatedFinding(
    "a b/%,:\n.po",
    3,
    Severity.ERROR,
    "numbers",
    "a\r\nb\x0b]]> <x> & ::error::%0A \ud800",
    "de",
    "r",
    "",
    "s",
    "t",
)


@pytest.mark.parametrize("name", REPORTS.names())
def test_every_report_holds_anything_and_says_the_same_twice(name: str) -> None:
    more = (
        LocatedFinding("c.po", 1, Severity.WARNING, "stale", "x"),
        LocatedFinding("c.po", 9, Severity.INFO, "spacing", "y"),
    )
    verdict = judge(
        [CatalogueReport("c.po", "de")],
        (HOSTILE, HOSTILE, *more),
        serious=frozenset({Severity.ERROR}),
        optional=frozenset(),
    )
    told = REPORTS.get(name).text(verdict)
    assert told == REPORTS.get(name).text(verdict)
    assert told.endswith("\n")
    if name in {"text", "github"}:
        assert len(told.splitlines()) >= 4
    if name == "github":
        lines = told.split("\n")[:-1]
        assert len(lines) == 4
        assert all(line.startswith(("::error file=", "::warning file=", "::notice file=")) for line in lines)
    if name in {"json", "sarif", "gitlab"}:
        json.loads(told)
    if name == "junit":
        root = ET.fromstring(told.encode("utf-8", "replace"))  # noqa: S314 - our own
        assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("3", "1", "0")


def test_names_stay_when_lines_move_and_are_never_the_same() -> None:
    one = LocatedFinding("a.po", 3, Severity.ERROR, "numbers", "x", source="In 2024")
    moved = LocatedFinding("a.po", 99, Severity.ERROR, "numbers", "x", source="In 2024")
    assert fingerprints([one]) == fingerprints([moved])
    assert len(set(fingerprints([one, moved, one]))) == 3


PIECES = st.sampled_from(
    [
        'msgid "a"\n',
        'msgstr "b"\n',
        'msgid_plural "c"\n',
        'msgstr[0] "d"\n',
        'msgstr[7] "e"\n',
        'msgctxt "f"\n',
        '"g"\n',
        "#, fuzzy\n",
        "#~ ",
        "#| ",
        "# l10n: reviewed human x 0123456789abcdef\n",
        "\n",
        "\\",
        '"',
        "\x04",
        "é",
        HEAD.format("de", ""),
        HEAD.format("x_", PLURALS),
        "<<<<<<< a\n",
        "\ufeff",
        "[",
        "]",
        "#. title\n",
    ]
)


@settings(max_examples=200)
@given(st.lists(PIECES | st.text(max_size=6), max_size=12).map("".join), st.binary(max_size=3))
def test_no_file_is_too_strange_to_be_told(
    tmp_path_factory: pytest.TempPathFactory, text: str, more: bytes
) -> None:
    path = tmp_path_factory.mktemp("po") / "a.po"
    path.write_bytes(text.encode("utf-8", "replace") + more)
    sheet = inspect_catalogue(
        CatalogueFile(str(path), "a.po"), Goals(approved={"*": 1}), ("numbers", "codes")
    )
    verdict = judge([sheet], (), serious=frozenset({Severity.ERROR}), optional=frozenset())
    assert verdict.failing


def test_a_silenced_finding_is_told_with_its_reason_and_fails_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(
        folder,
        "a.po",
        entry("12 000 eggs", "tausend Dutzend Eier", "# l10n-ok: numbers -- they count in dozens"),
    )
    assert main(["check", "a.po"]) == 0
    assert "info: 12 000 is missing (silenced: they count in dozens) [numbers]" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("# l10n-ok: numbers", "gives no reason"),
        ("# l10n-ok: numbers --", "gives no reason"),
        ("# l10n-ok: sums -- why not", "names no check ('sums')"),
        ("# l10n-ok: -- why not", "names no check ('')"),
    ],
)
def test_a_silence_without_reason_silences_nothing(
    folder: Path, line: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    put(folder, "a.po", entry("12 000 eggs", "tausend Dutzend Eier", line))
    assert main(["check", "a.po"]) == 1
    out = capsys.readouterr().out
    assert "error: 12 000 is missing [numbers]" in out
    assert said in out


def test_a_silence_ends_when_the_source_changes() -> None:
    comment = "A word on eggs.\nl10n-ok: numbers -- they count in dozens"

    def comment_after(source: str) -> str:
        before = Entry("12 000 eggs were laid.", "mille douzaines", comment=comment, state=State.REVIEWED)
        document = formats.extract(f"{source}\n".encode(), path="eggs.txt", locale="en")
        return update(Catalogue("fr", (before,)), document).entries[0].comment

    assert comment_after("13 000 eggs were laid.") == "A word on eggs."
    assert comment_after("12 000 eggs were laid.") == comment


def test_one_source_has_one_target(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, "po/a.po", entry("The office", "Das Büro"), entry("The port", "Der Hafen"))
    put(folder, "po/b.po", entry("The  office", "Das Amt"), entry("The port", "Der Hafen"))
    put(folder, "po/c.po", entry("The office", "Het bureau"), locale="nl")
    assert main(["check", "po"]) == 0
    said = "po/b.po:7: info: the same source has another target in po/a.po:7 [consistency]\n"
    assert capsys.readouterr().out == said


def test_a_short_label_may_differ_from_the_same_word_in_small_letters(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(folder, "a.po", entry("Saved", "Gespeicherte"), entry("saved", "hat gespeichert"))
    assert main(["check", "--fail-on", "warning", "a.po"]) == 0
    assert "consistency" not in capsys.readouterr().out


def test_the_form_for_nothing_may_deny_and_no_other(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    six = rule("nplurals=3; plural=n==0 ? 0 : n==1 ? 1 : 2")
    denied = 'msgid "one port opens"\nmsgid_plural "%d ports open"\n'
    forms = 'msgstr[0] "لا يفتح أي ميناء"\nmsgstr[1] "يفتح ميناء واحد"\nmsgstr[2] "{}"\n'
    put(folder, "a.po", denied + forms.format("تفتح %d موانئ"), locale="ar", more=six)
    assert main(["check", "--no-cache", "--checks", "negation", "--fail-on", "warning", "a.po"]) == 0
    put(folder, "a.po", denied + forms.format("لا تفتح %d موانئ"), locale="ar", more=six)
    assert main(["check", "--no-cache", "--checks", "negation", "--fail-on", "warning", "a.po"]) == 1
    assert "nothing in the source is negative" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("language", "tag"),
    [
        ("sr@latin", "sr-Latn"),
        ("uz_UZ.UTF-8@cyrillic", "uz-Cyrl-UZ"),
        ("ca@valencia", "ca-valencia"),
        ("de_DE@euro", "de-DE"),
        ("fr_CA", "fr-CA"),
    ],
)
def test_a_header_names_its_language_as_gettext_does(folder: Path, language: str, tag: str) -> None:
    path = put(folder, "a.po", GOOD, locale=language)
    assert read_survey(path.read_bytes(), path).locale == tag
    assert main(["check", "--checks", "none", "a.po"]) == 0


def test_our_own_interface_passes_the_gate(capsys: pytest.CaptureFixture[str]) -> None:
    catalogues = sorted(map(str, DEMO.glob("locales/*/LC_MESSAGES/passerelle.po")))
    assert main(["check", "--no-cache", "--fail-on", "warning", *catalogues]) == 0
    assert " 0 errors, 0 warnings" in capsys.readouterr().err


def test_two_sources_of_one_target_are_told_where_it_says_much(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(
        folder,
        "po/a.po",
        entry("The office opens on Monday.", "Das Büro öffnet am Montag und bleibt offen."),
        entry("The office opens on Tuesday.", "Das Büro öffnet am Montag und bleibt offen."),
        entry("Read more", "Mehr lesen"),
        entry("Learn more", "Mehr lesen"),
    )
    put(folder, "po/b.po", entry("Bureaus open on Mondays.", "Das Büro öffnet am Montag und bleibt offen."))
    put(folder, "po/c.po", entry("The office", "Das Büro öffnet am Montag und bleibt offen."), locale="nl")
    main(["check", "po", "--checks", "spacing"])
    assert capsys.readouterr().out == (
        "po/a.po:10: warning: another source has the same target in po/a.po:7 [consistency]\n"
        "po/b.po:7: info: another source has the same target in po/a.po:7 [consistency]\n"
    )


def test_a_project_learns_how_long_its_targets_are(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def pair(number: int, times: float) -> tuple[str, str]:
        source = (
            "The committee spoke about ports and boats " + "again " * (number % 9) + "and" * number + "so"
        )
        return source, "m" * int(len(source) * times)

    (folder / "l10n.toml").write_text(
        '[project]\nname = "x"\nsource_locales = ["en"]\nlocales = ["en", "fr"]\n'
    )
    release = folder / "releases" / "ports"
    release.mkdir(parents=True)
    said = [pair(number, 0.8 + number % 5 / 100) for number in range(70)]
    (release / "source.txt").write_text("\n\n".join(source for source, _ in said))
    (release / "release.toml").write_text('locale = "en"\nlocales = ["fr"]\ndate = 2026-05-04\n')
    assert main(["update"]) == 0
    path = folder / "locales" / "fr" / "LC_MESSAGES" / "ports.po"
    found = po.read(path)
    targets = dict(said)
    entries = (replace(entry, target=targets[entry.source], state=State.REVIEWED) for entry in found.entries)
    po.write(replace(found, entries=tuple(entries)), path)
    capsys.readouterr()
    assert main(["check", "--learn-lengths"]) == 0
    assert "en-fr: 82 % from 70 approved pairs" in capsys.readouterr().out
    learned = project.load(folder).lengths["en-fr"]
    assert learned.spread < lengths.default_ratio("en", "fr").spread
    source, _ = pair(20, 1)
    for target, reported in ((source * 2, True), ("m" * int(len(source) * 0.82), False)):
        told = check_pair(
            source, target, source_locale="en", target_locale="fr", band=learned, only=["omissions"]
        )
        assert bool(told) is reported
    (folder / "lengths.toml").write_text("[en-fr]\npercent = 0\nspread = 5\n")
    assert main(["check"]) == 2
    assert "lengths.toml" in capsys.readouterr().err


def test_what_was_seen_is_remembered_and_never_wrong(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(DEMO / "releases", folder / "releases")
    shutil.copytree(DEMO / "locales", folder / "locales")
    shutil.copytree(DEMO / "glossary", folder / "glossary")
    shutil.copy(DEMO / "l10n.toml", folder)
    memory = folder / ".l10n" / "cache" / "check.lines"

    def told(*options: str) -> str:
        main(["check", *options])
        return capsys.readouterr().out

    first = told()
    assert memory.is_file()
    assert (folder / ".l10n" / ".gitignore").read_text("utf-8") == "*\n"
    assert told() == first == told("--no-cache")
    path = folder / "locales" / "fr" / "LC_MESSAGES" / "heat-alerts.po"
    path.write_text(path.read_text("utf-8").replace("412 utilisateurs", "421 utilisateurs"), "utf-8")
    second = told()
    assert "the source has 412, the target 421 [numbers]" in second
    assert second == told("--no-cache")
    source = next((folder / "releases" / "heat-alerts").glob("source.*"))
    source.write_text(source.read_text("utf-8").replace("412 users", "413 users"), "utf-8")
    third = told()
    assert "out of step with its source" in third
    assert "cut by rules" not in third
    assert third == told("--no-cache")
    path.write_text(
        path.read_text("utf-8").replace(f"X-Segmentation: {VERSION}", "X-Segmentation: 0"), "utf-8"
    )
    assert f"no longer in the source, cut by rules 0, which are {VERSION} now); run l10n update" in told()
    path.write_text(
        path.read_text("utf-8").replace("X-Segmentation: 0", f"X-Segmentation: {VERSION}"), "utf-8"
    )
    whole = memory.read_bytes()
    torn = (whole[:-9], whole[:-9] + whole[-9:].replace(b'"', b""), whole[:200], whole.replace(b"[", b"", 3))
    for broken in (b"", b"{}", b"\xff", *torn):
        memory.write_bytes(broken)
        assert told() == third == told()


def test_a_file_that_changed_is_read_again_though_its_size_and_time_say_nothing(folder: Path) -> None:
    path = put(folder, "a.po", entry("In 2024", "Im Jahr 2024"))

    def told() -> list[str]:
        memory = gate.open_cache(folder / ".l10n", clock=lambda: 1 << 62)  # when every time is long ago
        (sheet,) = gate.inspect_all(memory, [CatalogueFile(str(path), "a.po")], Goals(), ("numbers",))
        gate.save(memory)
        return [one.message for one in sheet.findings]

    assert told() == told() == []
    assert "\n=a.po\t" in (folder / ".l10n" / "cache" / "check.lines").read_text("utf-8")
    before = path.stat()
    path.write_text(path.read_text("utf-8").replace("Jahr 2024", "Jahr 2025"), "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert told() == ["the source has 2024, the target 2025"]


def test_what_was_seen_is_remembered_also_after_the_settings_changed(folder: Path) -> None:
    path = put(folder, "a.po", entry("In 2024", "Im Jahr 2025"))
    looks = []

    def asked() -> frozenset[tuple[str, str]]:
        looks.append("source")
        return frozenset({("", "In 2024")})

    def told(stamp: str) -> list[str]:
        memory = gate.open_cache(folder / ".l10n", clock=lambda: 1 << 62)  # when every time is long ago
        place = CatalogueFile(str(path), "a.po", source_keys=asked, stamp=stamp)
        (sheet,) = gate.inspect_all(memory, [place], Goals(), ("numbers",))
        gate.save(memory)
        return [one.message for one in sheet.findings]

    for stamp, looked in (("first", 1), ("second", 2), ("second", 2), ("first", 2)):
        assert told(stamp) == ["the source has 2024, the target 2025"]
        assert len(looks) == looked


@pytest.mark.parametrize("command", [["check"], ["check", "--no-cache"], ["check", "locales"], ["status"]])
def test_a_link_that_leads_nowhere_but_to_itself_is_told(
    folder: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("releases", "locales", "glossary"):
        shutil.copytree(DEMO / name, folder / name)
    shutil.copy(DEMO / "l10n.toml", folder)
    path = folder / "locales" / "fr" / "LC_MESSAGES" / "heat-alerts.po"
    path.unlink()
    path.symlink_to(path)
    assert main(command) == 2
    told = capsys.readouterr()
    assert "heat-alerts.po" in told.out + told.err
    assert "cannot be read: Too many levels of symbolic links" in told.out + told.err


def test_a_folder_that_may_not_be_read_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.po", "closed/b.po"):
        put(folder, name, GOOD)
    main(["check", "."])  # which reads all that it needs of itself
    capsys.readouterr()
    folder.chmod(0o755)
    folder.joinpath("closed").chmod(0)
    user = os.geteuid()
    try:
        os.seteuid(user or 65534)
        codes = [main(["check", *paths]) for paths in (["."], ["closed"], ["closed/b.po"])]
    finally:
        os.seteuid(user)
        folder.joinpath("closed").chmod(0o755)
    assert codes == [2, 2, 2]
    told = capsys.readouterr().out
    assert told.count("closed:1: error: cannot be read: Permission denied") == 2
    assert "closed/b.po:1: error: cannot be read: Permission denied" in told


def test_bytes_of_no_charset_are_told_as_such(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.po").write_bytes(b"\xfd\xfe")
    assert main(["check", "a.po"]) == 2
    assert "byte 0xfd is not utf-8, and the header names no charset" in capsys.readouterr().out


def test_the_page_about_the_checks_is_current(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--list-checks", "--format", "markdown"]) == 0
    assert capsys.readouterr().out == (DEMO / "docs" / "checks.md").read_text("utf-8")


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


def test_a_gate_whose_verdict_nobody_heard_has_not_passed(folder: Path) -> None:
    put(folder, "a.po", *(entry(f"In {year}", f"Im Jahr {year}") for year in range(1000, 1900)))
    command = [sys.executable, "-m", "workflow.cli", "check", "a.po", "--format", "json"]
    environment = {**os.environ, "PYTHONPATH": str(DEMO), "PYTHONUNBUFFERED": ""}
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        command, cwd=folder, env=environment, check=False, stdout=writing, stderr=subprocess.PIPE
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


def test_several_processes_say_what_one_says(folder: Path) -> None:
    """Of forty catalogues in two languages, one of which cannot be read, with a cache and without."""
    for number in range(20):
        put(folder, f"{number}.de.po", entry(f"In 20{number:02}", f"Im Jahr 20{number // 2:02}"))
        put(folder, f"{number}.fr.po", entry("On 4 May", f"Le {4 + number % 3} mai"), locale="fr")
    (folder / "7.fr.po").write_text('msgid "torn\n', "utf-8")
    (folder / "l10n.toml").write_text(
        '[project]\nname = "x"\nsource_locales = ["en"]\nlocales = ["de", "fr"]\n', "utf-8"
    )

    def said(*options: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "workflow.cli", "check", ".", *options]
        environment = {**os.environ, "PYTHONPATH": str(DEMO)}
        done = subprocess.run(command, cwd=folder, env=environment, check=False, capture_output=True)
        return done.returncode, done.stdout.decode()

    code, alone = said("--no-cache", "--processes", "1")
    assert code == 2
    assert alone.count("[dates]") > 10
    assert alone.count("[numbers]") > 10
    for options in (["--no-cache"], [], [], ["--processes", "2"]):
        assert said(*options) == (code, alone)


def test_what_is_remembered_is_found_again_by_another_process(folder: Path) -> None:
    """The order of a set differs from process to process; a run that sees nothing new adds nothing."""
    for name in ("releases", "locales", "glossary"):
        shutil.copytree(DEMO / name, folder / name)
    shutil.copy(DEMO / "l10n.toml", folder)
    command = [sys.executable, "-m", "workflow.cli", "check", "-q", "--required", "ar,en,es,fr,ru,zh"]
    seen = set()
    for seed in ("1", "2", "3"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(DEMO)}
        subprocess.run(command, cwd=folder, env=environment, check=False, capture_output=True)
        lines = (folder / ".l10n" / "cache" / "check.lines").read_text("utf-8").split("\n")
        # What is told of a file comes when it is old.
        seen.add(tuple(line for line in lines if line[:1] != "="))
    assert len(seen) == 1


@pytest.mark.parametrize(
    ("edited", "trusting", "expected"),
    [
        (9, False, [(Severity.WARNING, True)] * 9),
        (10, False, [(Severity.WARNING, False)]),
        (3, True, [(Severity.INFO, False)]),
        (0, True, []),
    ],
)
def test_what_another_tool_edited_buries_nothing(
    folder: Path, edited: int, *, trusting: bool, expected: list[tuple[Severity, bool]]
) -> None:
    lead = "# l10n: reviewed human a1b2c3 0000000000000000"
    entries = [entry(f"Quay {number} is open", f"Kai {number} ist offen", lead) for number in range(edited)]
    path = put(folder, "quays.po", *entries)
    file = CatalogueFile(str(path), "quays.po", "de", "en", rule=ReviewRule(gettext=trusting))
    found = [one for one in inspect_catalogue(file, Goals(), ()).findings if one.check == "provenance"]
    assert [(one.severity, bool(one.source)) for one in found] == expected
    assert all(one.message.startswith(f"{edited} entries") for one in found if not one.source)
