"""Headers of catalogues that other tools made: what gettext needs is filled in, what they say is kept."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from l10n.conventions.likely import same_language
from workflow.cli import main

FIELDS = {
    "Project-Id-Version": "p",
    "PO-Revision-Date": "",
    "Last-Translator": "Jo",
    "Language-Team": "French",
    "Language": "fr",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=3; plural=(n > 1);",
    "X-Generator": "Poedit 3.4",
}
ENTRY = 'msgid "One stands here."\nmsgstr "Un est là."\n'


def po(**changed: str | None) -> str:
    """A catalogue of another tool, with fields changed or, where they are None, left out."""
    fields = FIELDS | {name.replace("_", "-"): value for name, value in changed.items()}
    lines = "".join(f'"{name}: {value}\\n"\n' for name, value in fields.items() if value is not None)
    return f'msgid ""\nmsgstr ""\n{lines}\n{ENTRY}'


def brought_up_to_date(text: str, folder: Path) -> str:
    """What an update makes of a catalogue, to whose document a sentence was added."""
    source, root = folder / "a.md", folder / "p"
    source.write_text("# One stands here.\n", "utf-8")
    assert main(["init", str(root), "--locale", "en", "--to", "fr"]) == 0
    assert main(["-C", str(root), "add", str(source), "--id", "a"]) == 0
    path = root / "locales" / "fr" / "LC_MESSAGES" / "a.po"
    path.write_text(text, "utf-8")
    (root / "releases" / "a" / "source.md").write_text("# One stands here.\n\nAnother too.\n", "utf-8")
    assert main(["-C", str(root), "update"]) == 0
    msgfmt = shutil.which("msgfmt")
    assert (
        not msgfmt
        or subprocess.run([msgfmt, "-c", "-o", "/dev/null", str(path)], check=False).returncode == 0
    )
    return path.read_text("utf-8")


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"Language": None}, "Language: fr"),
        ({"Language": ""}, "Language: fr"),
        ({"Plural_Forms": None}, "Plural-Forms: nplurals=2; plural=(n > 1);"),
        (
            {"Plural_Forms": "nplurals=INTEGER; plural=EXPRESSION;"},
            "Plural-Forms: nplurals=2; plural=(n > 1);",
        ),
        ({"Content_Type": None}, "Content-Type: text/plain; charset=UTF-8"),
        ({"Content_Type": "text/plain; charset=CHARSET"}, "Content-Type: text/plain; charset=UTF-8"),
        ({"Plural_Forms": "nplurals=2; plural=(n >= 2);"}, "Plural-Forms: nplurals=2; plural=(n >= 2);"),
        ({"Language": "fr_FR"}, "Language: fr_FR"),
        ({}, "X-Generator: Poedit 3.4"),
    ],
)
def test_what_is_missing_is_filled_in(changed: dict[str, str | None], line: str, tmp_path: Path) -> None:
    after = brought_up_to_date(po(**changed), tmp_path)
    assert after.count(f'"{line}\\n"\n') == 1
    assert after.count(f'"{line.partition(":")[0]}:') == 1
    assert ENTRY in after


def test_a_catalogue_without_a_header_has_a_whole_one(tmp_path: Path) -> None:
    after = brought_up_to_date(ENTRY, tmp_path)
    assert after.startswith('msgid ""\nmsgstr ""\n')
    assert all(f'"{name}: ' in after for name in FIELDS)


def test_babel_reads_a_new_catalogue_and_one_that_had_an_empty_date(tmp_path: Path) -> None:
    brought_up_to_date(po(POT_Creation_Date=""), tmp_path)
    path = tmp_path / "p" / "locales" / "fr" / "LC_MESSAGES" / "a.po"
    assert [message.id for message in read_po(path.open("rb"))][1:] == ["One stands here.", "Another too."]
    path.unlink()
    assert main(["-C", str(tmp_path / "p"), "update"]) == 0
    assert len(read_po(path.open("rb"))) == 2


def test_a_catalogue_in_another_language_is_refused(tmp_path: Path) -> None:
    brought_up_to_date(po(), tmp_path)
    path = tmp_path / "p" / "locales" / "fr" / "LC_MESSAGES" / "a.po"
    path.write_text(po(Language="fr_CA"), "utf-8")
    assert main(["-C", str(tmp_path / "p"), "update"]) == 2
    assert path.read_text("utf-8") == po(Language="fr_CA")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("fr", "fr-FR", True),
        ("pt", "pt-BR", True),
        ("zh-Hans", "zh-CN", True),
        ("sr-Latn", "sr-Latn-RS", True),
        ("PT-br", "pt-BR", True),
        ("pt", "pt-PT", False),
        ("zh-TW", "zh-CN", False),
        ("sr", "sr-Latn", False),
        ("fr", "fro", False),
        ("ca", "ca-valencia", False),
        ("xx", "xx-YY", False),
    ],
)
def test_a_tag_may_leave_out_what_is_usual(one: str, other: str, same: bool) -> None:  # noqa: FBT001 — a case
    assert same_language(one, other) is same_language(other, one) is same
