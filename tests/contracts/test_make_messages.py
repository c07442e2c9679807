"""`make messages` adds what is missing to a catalogue of the interface, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import polib
import pytest

from tests.interface_texts import asked_for, catalogue_path, untranslated, with_new

NEW = [("A tide", ""), ("{count} tide", "{count} tides"), ("A tide at %(where)s", "")]


@pytest.mark.parametrize(("locale", "forms"), [("ar", 6), ("fr", 2), ("ja", 1)])
def test_a_new_text_is_added_at_the_end_and_the_rest_stays(locale: str, forms: int) -> None:
    before = catalogue_path(locale).read_text("utf-8")
    after = with_new(before, NEW)
    assert after.startswith(before.rstrip())
    entries = list(polib.pofile(after))[-len(NEW) :]
    assert [(entry.msgid, entry.msgid_plural) for entry in entries] == NEW
    assert [entry.flags for entry in entries] == [[], ["python-brace-format"], ["python-format"]]
    assert [len(entry.msgstr_plural) for entry in entries] == [0, forms, 0]
    assert not any(entry.translated() for entry in entries)


def test_what_is_there_is_not_added_again() -> None:
    once = with_new(catalogue_path("fr").read_text("utf-8"), NEW)
    assert with_new(once, NEW) == once


@pytest.mark.gettext
def test_gettext_accepts_what_was_added(tmp_path: Path) -> None:
    made = tmp_path / "passerelle.po"
    made.write_text(with_new(catalogue_path("ar").read_text("utf-8"), NEW), "utf-8")
    msgfmt = shutil.which("msgfmt") or ""
    done = subprocess.run(
        [msgfmt, "-c", "-o", "/dev/null", made], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_text_without_a_translation_is_named() -> None:
    assert untranslated("fr", [("Languages", ""), ("A tide", "")]) == ["A tide"]


def test_only_languages_of_the_desk_need_its_texts() -> None:
    assert set(asked_for("de")) < set(asked_for("fr"))
