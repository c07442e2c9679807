"""What every format promises; a new one adds ``tests/cases/formats/sample.<ending>`` and is held to it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n import formats, inline
from l10n.errors import CodeError, L10nError, UsageError
from l10n.formats import FORMATS
from l10n.inline import Role
from l10n.model import Document, Kind, Segment, Unit

SAMPLES = Path(__file__).parent.parent / "cases" / "formats"
SAMPLE_OF = {
    suffix: suffix if (SAMPLES / f"sample{suffix}").is_file() else format_.suffixes[0]
    for _, format_ in FORMATS
    for suffix in format_.suffixes
} | {".xht": ".xhtml"}
SUFFIXES = list(SAMPLE_OF)
# Plain text has no escapes: what looks like a list item is one.
WITH_MARKUP = [suffix for suffix in SUFFIXES if suffix not in {".txt", ".text"}]
HOSTILE = [
    '"><script>alert(1)</script>',
    "' onload=x x='",
    "--><b>]]>",
    "</title></p></w:t>",
    "{{7*7}} {% raw %} <?php ?>",
    "a\\ b` c* d_ e[f](g) #h | i ~j~ !k",
    "1. - # > + = x",
    "\u202eabc\u2066",
    "line\nbreak\r\tand\0nul",
    "&amp; &lt; &#60;",
    "<\\1> <\\/2>",
]


def read(suffix: str) -> bytes:
    path = SAMPLES / f"sample{SAMPLE_OF[suffix]}"
    assert path.is_file(), f"write {path.name}, so that the contract holds for {suffix}"
    return path.read_bytes()


def document(suffix: str, data: bytes | None = None) -> Document:
    return formats.extract(read(suffix) if data is None else data, path=f"sample{suffix}", locale="fr")


def segments(found: Document) -> list[Segment]:
    return [segment for _, segment in found.segments()]


def carrying(segment: Segment, words: str) -> str:
    """A target that says something else and keeps the codes of its source."""
    return "".join(
        token.text for token in inline.tokens(segment.source) if token.role is not Role.TEXT
    ) + inline.escape_literal(words)


def keys(unit: Unit) -> list[tuple[str, str]]:
    return [segment.key for segment in unit.segments]


def text(unit: Unit) -> str:
    return " ".join(inline.plain(segment.source) for segment in unit.segments)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_ending_chooses_the_format(suffix: str) -> None:
    assert document(suffix).format == formats.for_path(f"x{suffix.upper()}")[0]


def test_an_unknown_ending_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(UsageError, match="no format") as raised:
        formats.for_path("a.xyz")
    assert all(suffix in raised.value.remedy for suffix in SUFFIXES)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_that_cannot_name_its_encoding_is_brought_in_from_any(suffix: str) -> None:
    if formats.for_path(f"a{suffix}")[1].names_encoding:
        with pytest.raises(UsageError, match="names its encoding itself"):
            formats.in_utf_8(b"", "latin-1", path=f"a{suffix}")
    else:
        assert formats.in_utf_8(b"\xe9", "latin-1", path=f"a{suffix}") == "é".encode()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_with_nothing_filled_the_file_comes_back(suffix: str) -> None:
    found = document(suffix)
    assert found.raw == read(suffix)
    assert formats.merge(found, {}) == read(suffix)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_sources_have_the_codes_they_show(suffix: str) -> None:
    for segment in segments(document(suffix)):
        assert segment.source.strip()
        assert inline.code_problems(segment.source, segment.codes) == []


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_lines_are_those_of_the_file(suffix: str) -> None:
    lines = [unit.line for unit in document(suffix).units]
    assert all(line >= 1 for line in lines)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_written_from_its_own_sources_it_says_the_same(suffix: str) -> None:
    found = document(suffix)
    again = document(suffix, formats.merge(found, {s.key: s.source for s in segments(found)}))
    assert [s.source for s in segments(again)] == [s.source for s in segments(found)]


@pytest.mark.parametrize(
    ("text", "targets", "expected"),
    [
        ("Le bureau ouvre.Elle reste.", ["The office opens.", "She stays."], "The office opens. She stays."),
        ("Le bureau ouvre.Elle reste.", ["Le bureau ouvre.", "Elle reste."], "Le bureau ouvre.Elle reste."),
        ("Le bureau ouvre.Elle reste.", ["事務所が開く。", "彼女は残る。"], "事務所が開く。彼女は残る。"),
    ],
)
def test_a_forgotten_space_stands_between_two_targets(text: str, targets: list[str], expected: str) -> None:
    found = document(".html", f"<p>{text}</p>".encode())
    filled = dict(zip((one.key for one in segments(found)), targets, strict=True))
    assert formats.merge(found, filled).decode() == f"<p>{expected}</p>"


@pytest.mark.parametrize("suffix", WITH_MARKUP)
@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_a_target_says_only_its_hole_changes(suffix: str, words: str) -> None:
    found = document(suffix)
    for chosen in segments(found):
        again = document(suffix, formats.merge(found, {chosen.key: carrying(chosen, f"Mot {words} mot.")}))
        untouched = [text(unit) for unit in found.units if chosen.key not in keys(unit)]
        came = [text(unit) for unit in again.units]
        assert [one for one in came if one in untouched] == untouched
        assert len(came) - len(untouched) <= sum(chosen.key in keys(unit) for unit in found.units)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("wrong", ["<1>", "</1>", "<9/>", "x <1/> <1/>", "</9><9>"])
def test_codes_that_are_not_the_sources_are_refused(suffix: str, wrong: str) -> None:
    found = document(suffix)
    for segment in segments(found):
        if inline.code_problems(wrong, segment.codes):
            with pytest.raises(L10nError) as raised:
                formats.merge(found, {segment.key: wrong})
            assert isinstance(raised.value, CodeError) or raised.value.path == f"sample{suffix}"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_page_fills_whole_units_and_marks_the_others(suffix: str) -> None:
    found = document(suffix)
    mark = ('<span class="untranslated">', "</span>")
    body = FORMATS.get(found.format).body
    whole = next(u for u in found.units if u.kind is Kind.PARAGRAPH and len(u.segments) > 1)
    partly = {whole.segments[0].key: carrying(whole.segments[0], "Uno.")}
    assert "Uno." not in body(found, partly, mark)
    assert mark[0] in body(found, partly, mark)
    everything = {s.key: carrying(s, "Uno.") for s in segments(found)}
    assert mark[0] not in body(found, everything, mark)
    assert "Uno." in body(found, everything, mark)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("words", HOSTILE[:5])
def test_a_page_holds_no_tag_that_a_target_typed(suffix: str, words: str) -> None:
    found = document(suffix)
    body = FORMATS.get(found.format).body(
        found, {s.key: carrying(s, words) for s in segments(found)}, ("", "")
    )
    assert "<script" not in body
    assert "<?php" not in body
    assert "onload=x" not in [part.split(">")[0] for part in body.split("<")][1:]


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(data=st.binary(max_size=200))
@settings(max_examples=40)
def test_any_bytes_come_back_or_are_refused(suffix: str, data: bytes) -> None:
    try:
        found = document(suffix, data)
    except L10nError as error:
        assert error.path == f"sample{suffix}"  # noqa: PT017 - either outcome is right
    else:
        assert formats.merge(found, {}) == data


def test_a_format_is_found_by_its_endings_without_being_loaded() -> None:
    for name, format_ in FORMATS:
        for suffix in format_.suffixes:
            assert formats.known(suffix)
            assert formats.for_path(f"a{suffix.upper()}")[0] == name
    loaded = "'l10n.formats.docx' in sys.modules"
    told = f"import sys; from l10n import formats; print(formats.known('.docx'), {loaded})"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]
