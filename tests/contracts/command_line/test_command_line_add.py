"""Starting a project and adding releases to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n import catalogue as po
from l10n import project
from tests.command_line_support import SOURCE, Run, catalogue
from tests.git_support import git
from workflow.cli import main


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
        ("a.html", b"<p>Un caf\xe9.", ("--encoding", "cp1252"), "such a file names its encoding itself"),
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
