"""To gettext an empty context is one; here it is one where the same text stands without any, too."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n import catalogue as po
from l10n.errors import CatalogueError
from l10n.model import EMPTY_CONTEXT, Entry, State

GETTEXT = pytest.mark.gettext
HEADER = 'msgid ""\nmsgstr "Language: es\\nContent-Type: text/plain; charset=UTF-8\\n"\n'
PLAIN = 'msgid "Open"\nmsgstr "Abrir"\n'
EMPTY = 'msgctxt ""\nmsgid "Open"\nmsgstr "Abierto"\n'
BOTH = f"{HEADER}\n{PLAIN}\n{EMPTY}"


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "one.po"
    path.write_text(text, "utf-8")
    return path


def decided(path: Path, number: int, target: str) -> None:
    read = po.read(path)
    entries = [*read.entries]
    entries[number] = replace(entries[number], target=target, state=State.REVIEWED, actor="ana")
    po.write(replace(read, entries=tuple(entries)), path)


def test_both_are_read_and_told_apart(tmp_path: Path) -> None:
    path = written(tmp_path, BOTH)
    read = po.read(path)
    assert [entry.key for entry in read.entries] == [("", "Open"), (EMPTY_CONTEXT, "Open")]
    assert not po.write(read, path)


def test_alone_it_is_the_entry_without_one(tmp_path: Path) -> None:
    path = written(tmp_path, f"{HEADER}\n{EMPTY}")
    assert [entry.key for entry in po.read(path).entries] == [("", "Open")]
    decided(path, 0, "Abierto hoy")
    assert 'msgctxt ""\nmsgid "Open"\nmsgstr "Abierto hoy"\n' in path.read_text("utf-8")


@pytest.mark.parametrize("form", ["{}", '#| msgctxt "was"\n#| msgid "old"\n{}', "{}\n", "\n\n{}"])
def test_alone_it_stays_in_any_form_of_the_entry(tmp_path: Path, form: str) -> None:
    odd = form.format('msgctxt   ""\nmsgid  "Open"\nmsgstr ""\n')
    path = written(tmp_path, f"{HEADER}\n{odd}")
    decided(path, 0, "Abierto")
    assert 'msgctxt ""\n' in path.read_text("utf-8").replace("   ", " ")


@pytest.mark.parametrize("number", [0, 1])
def test_a_decision_about_one_leaves_the_other(tmp_path: Path, number: int) -> None:
    path = written(tmp_path, BOTH)
    decided(path, number, "Nuevo")
    text = path.read_text("utf-8")
    assert (EMPTY, PLAIN)[number] in text
    assert [entry.target for entry in po.read(path).entries] == [
        "Nuevo" if i == number else old for i, old in enumerate(("Abrir", "Abierto"))
    ]
    assert all(entry.state is State.REVIEWED for entry in po.read(path).entries[number : number + 1])


def test_a_line_about_its_state_fits_with_and_without_the_other(tmp_path: Path) -> None:
    path = written(tmp_path, f"{HEADER}\n{EMPTY}")
    decided(path, 0, "Abierto hoy")
    path.write_text(path.read_text("utf-8") + "\n" + PLAIN, "utf-8")
    first, second = po.read(path).entries
    assert first.key == (EMPTY_CONTEXT, "Open")
    assert (first.state, second.state) == (State.REVIEWED, State.TRANSLATED)


@pytest.mark.parametrize("twice", [PLAIN, EMPTY])
def test_what_does_stand_twice_is_refused(tmp_path: Path, twice: str) -> None:
    with pytest.raises(CatalogueError, match="'Open' stands twice"):
        po.read(written(tmp_path, f"{BOTH}\n{twice}"))


def test_of_a_text_that_is_gone_both_are_kept(tmp_path: Path) -> None:
    gone = "".join(f"#~ {line}\n" for line in EMPTY.splitlines())
    path = written(tmp_path, f"{HEADER}\n{PLAIN}\n{gone}")
    read = po.read(path)
    assert [(entry.key, entry.obsolete) for entry in read.entries] == [
        (("", "Open"), False),
        ((EMPTY_CONTEXT, "Open"), True),
    ]
    assert not po.write(read, path)


def test_an_empty_text_in_an_empty_context_is_not_the_header(tmp_path: Path) -> None:
    path = written(tmp_path, f'{HEADER}\nmsgctxt ""\nmsgid ""\nmsgstr "x"\n')
    assert [entry.target for entry in po.read(path).entries] == ["x"]
    found = po.read_survey(path.read_bytes(), path)
    assert (found.locale, len(found.messages), dict(found.repeated)) == ("es", 1, {})


def test_the_gate_finds_no_duplicate_and_counts_both(tmp_path: Path) -> None:
    found = po.read_survey(written(tmp_path, BOTH).read_bytes(), tmp_path / "one.po")
    assert [one.key for one in found.messages] == [("", "Open"), (EMPTY_CONTEXT, "Open")]
    assert not found.repeated
    assert found.counts.total == 2
    assert po.read_page_targets(tmp_path / "one.po") is None


def test_plural_forms_are_told_apart_too(tmp_path: Path) -> None:
    forms = 'msgid "%d day"\nmsgid_plural "%d days"\nmsgstr[0] "%d día"\nmsgstr[1] "%d días"\n'
    text = f'{HEADER}\n{forms}\nmsgctxt ""\n{forms}'
    read, originals = po.parse_folded(text.encode(), "one.po")
    assert [entry.context for entry in read.entries] == ["", EMPTY_CONTEXT]
    assert po.encoded_folded(read, text.encode(), "one.po", originals) == text.encode()
    assert not po.read_survey(text.encode(), tmp_path / "one.po").repeated


contexts = st.sampled_from(["", 'msgctxt ""\n', 'msgctxt "menu"\n'])
entries = st.tuples(contexts, st.sampled_from(["Open", "Close", "Ship"]), st.sampled_from(["", "x", "y"]))


@GETTEXT
@given(st.lists(entries, max_size=9, unique_by=lambda entry: entry[:2]), st.data())
@settings(max_examples=40)
def test_msgfmt_compiles_after_a_decision_what_it_compiled_before(
    tmp_path: Path, drawn: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    blocks = [f'{context}msgid "{source}"\nmsgstr "{target}"\n' for context, source, target in drawn]
    path = written(tmp_path, "\n".join((HEADER, *blocks)))
    before = path.read_bytes()
    assert not po.write(po.read(path), path)
    if drawn:
        number = data.draw(st.integers(0, len(drawn) - 1))
        decided(path, number, "decided")
        blocks[number] = blocks[number].rpartition("msgstr")[0] + 'msgstr "decided"\n'
    own = [line for line in path.read_text("utf-8").splitlines(keepends=True) if "# l10n:" not in line]
    assert "".join(own) == "\n".join((HEADER, *blocks)), before
    subprocess.run(["msgfmt", "-o", "/dev/null", path], check=True, capture_output=True)
    found = po.read_survey(path.read_bytes(), path)
    assert [one.key for one in found.messages] == [one.key for one in po.read(path).entries]
    assert not found.repeated


def test_a_new_file_says_so(tmp_path: Path) -> None:
    read = po.read(written(tmp_path, BOTH))
    (tmp_path / "two.po").write_text(po.text(replace(read, entries=tuple(map(_bare, read.entries)))), "utf-8")
    assert po.read(tmp_path / "two.po").entries[1].key == (EMPTY_CONTEXT, "Open")


def _bare(entry: Entry) -> Entry:
    return replace(entry, target="")
