"""Web pages on the command line: their main part, their language and links."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from l10n import catalogue as po
from l10n import formats
from l10n.model import Document
from workflow.cli import main

PAGE = Path(__file__).parents[2] / "cases" / "html" / "page.html"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "p"
    folder.mkdir()
    shutil.copy(PAGE, folder / "page.html")
    assert run(folder, "init", "--locale", "en", "--to", "es") == 0
    return folder


def run(folder: Path, *arguments: str | Path) -> int:
    return main(["-C", str(folder), *map(str, arguments)])


def sources(folder: Path) -> list[str]:
    path = folder / "locales" / "es" / "LC_MESSAGES" / "page.po"
    return [entry.source for entry in po.read(path).entries]


def test_only_the_main_part_of_a_page_is_added(folder: Path) -> None:
    assert run(folder, "add", folder / "page.html", "--locale", "en", "--main", "div.story") == 0
    assert 'main = "div.story"' in (folder / "releases" / "page" / "release.toml").read_text("utf-8")
    assert len(sources(folder)) == 8
    assert "Most read" not in sources(folder)
    assert run(folder, "update", "--check") == 0


@pytest.mark.parametrize(
    ("selector", "said"),
    [("#nowhere", "nothing in the page is '#nowhere'"), ("a > b", "is no selector we read")],
)
def test_a_selector_that_finds_nothing_adds_nothing(
    folder: Path, selector: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "add", folder / "page.html", "--locale", "en", "--main", selector) == 2
    assert said in capsys.readouterr().err
    assert not (folder / "releases" / "page").exists()


def test_trafilatura_finds_the_main_part_once(folder: Path) -> None:
    pytest.importorskip("trafilatura", reason="the extra `web` is not installed")
    _add_by_itself(folder)


def test_without_trafilatura_it_is_found_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "trafilatura", None)
    _add_by_itself(folder)


def _add_by_itself(folder: Path) -> None:
    assert run(folder, "add", folder / "page.html", "--locale", "en", "--main", "auto") == 0
    assert 'main = "div.story"' in (folder / "releases" / "page" / "release.toml").read_text("utf-8")


def test_merge_sets_the_language_and_leads_links_elsewhere(folder: Path) -> None:
    page, made, out = folder / "page.html", folder / "page.po", folder / "out.html"
    assert run(folder, "extract", page, "--locale", "en", "--to", "es", "-o", made) == 0
    assert run(folder, "merge", page, made, "--localise-links", "/en/=/es/", "-o", out) == 0
    expected = (
        page.read_text("utf-8")
        .replace('<html lang="en">', '<html dir="ltr" lang="es">')
        .replace('"/en/', '"/es/')
        .replace("example.org/en/", "example.org/es/")
    )
    assert out.read_text("utf-8") == expected


def test_links_are_localised_in_pages_only(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, made, out = folder / "a.txt", folder / "a.po", folder / "out.txt"
    text.write_text("Some words in a line.\n", "utf-8")
    assert run(folder, "extract", text, "--locale", "en", "--to", "es", "-o", made) == 0
    assert run(folder, "merge", text, made, "--localise-links", "/en/=/es/", "-o", out) == 2
    assert "text files have no links" in capsys.readouterr().err
    assert not out.exists()
    page = folder / "page.html"
    assert run(folder, "extract", page, "--locale", "en", "--to", "es", "-o", folder / "b.po") == 0
    assert run(folder, "merge", page, folder / "b.po", "--localise-links", "/en/", "-o", out) == 2
    assert "is not FROM=TO" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("head", "words", "language", "read"),
    [
        ("", "Le pont est fermé et le bac passe pour les piétons.", "fr", 1),
        ("", "The bridge is closed and the ferry is there for all.", "en", 1),
        (
            "<pre>the page of the port, and this is what it is for</pre>",
            "Le pont est fermé et le bac passe.",
            "fr",
            2,
        ),
        ("", "Words 1", "und", 1),
    ],
)
def test_a_page_is_taken_apart_once_where_its_bytes_tell_its_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, head: str, words: str, language: str, read: int
) -> None:
    seen: list[str] = []
    extract = formats.extract

    def watched(data: bytes, *, path: str, locale: str) -> Document:
        seen.append(locale)
        return extract(data, path=path, locale=locale)

    monkeypatch.setattr(formats, "extract", watched)
    source, out = tmp_path / "a.html", tmp_path / "a.po"
    source.write_text(f"<html>{head}<body><p>{words}</p></body></html>", "utf-8")
    assert main(["extract", str(source), "-o", str(out)]) == 0
    assert (seen[-1], len(seen)) == (language, read)
    assert [entry.source for entry in po.read(out).entries] == [words]
