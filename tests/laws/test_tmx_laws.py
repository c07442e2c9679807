"""Translation memories from elsewhere give what they hold, and bad ones say what is wrong."""

from __future__ import annotations

import datetime as dt
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n import inline, project
from l10n.errors import InputError
from l10n.memory import TranslationUnit, tmx
from l10n.xml_elements import SkippedElement

TMX = (Path(__file__).parent.parent / "cases" / "tmx" / "sample.tmx").read_text("utf-8")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "old pages.tmx"
    made.write_text(TMX, "utf-8")
    return made


def test_pairs_are_read_without_markup(path: Path) -> None:
    read = [(unit.source, unit.target, unit.target_locale, unit.origin) for unit in tmx.read(path, "fr")]
    assert read == [
        ("Le port ouvre demain.", "El puerto abre mañana.", "es", "old-pages"),
        ("Le port ouvre demain.", "O porto abre amanhã.", "pt-BR", "old-pages"),
        ("Écrire <\\1> ici", "Escribir <\\1> aquí", "es", "old-pages"),
    ]


def test_in_utf_16_as_well(path: Path) -> None:
    path.write_bytes(TMX.replace("UTF-8", "UTF-16").encode("utf-16"))
    assert len(list(tmx.read(path, "fr"))) == 3


@pytest.mark.parametrize(
    "data", [b"", b"nonsense", b"<tmx><body><tu>", b"<a>&unknown;</a>", b"<tmx><body></body>"]
)
def test_what_is_no_tmx_is_refused_with_its_line(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with pytest.raises(InputError) as raised:
        list(tmx.read(path, "fr"))
    assert raised.value.path == str(path)


words = st.text("aé <>&\"'/12\\中", min_size=1, max_size=12).filter(str.strip).map(inline.escape_literal)
texts = st.lists(words, min_size=1, max_size=3).map(
    lambda said: said[0] + "".join(f"<{at}/>{more}" for at, more in enumerate(said[1:], 1))
)


@given(st.lists(texts, min_size=1, max_size=5), st.sampled_from(["es", "pt-BR", "zh-Hans"]))
@settings(max_examples=60)
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, sources: list[str], locale: str
) -> None:
    said = [" ".join(source.split()) for source in sources]
    path = tmp_path_factory.mktemp("tmx") / "a.tmx"
    told = [TranslationUnit(one, one, locale, origin="a", own=False, day=739_000) for one in said]
    path.write_text("".join(tmx.write(told, "fr")), "utf-8")
    heard: list[SkippedElement] = []
    assert list(tmx.read(path, "fr", on_skipped=heard.append)) == told
    assert heard == []


def test_codes_come_in_where_both_sides_have_them(path: Path) -> None:
    marked = '<bpt i="{0}" x="1">a</bpt>{1}<ept i="{0}">b</ept><ph x="9"><sub>c</sub></ph> <hi>{2}</hi>'
    unit = (
        f'<tu><tuv xml:lang="fr"><seg>{marked.format(1, "un", "deux")}</seg></tuv>'
        f'<tuv xml:lang="es"><seg>{marked.format(7, "uno", "dos")}</seg></tuv>'
        '<tuv xml:lang="it"><seg>uno due<ph x="9"/></seg></tuv></tu></body>'
    )
    path.write_text(TMX.replace("</body>", unit), "utf-8")
    read = [(unit.source, unit.target) for unit in tmx.read(path, "fr")][-2:]
    assert read == [("<1>un</1><2/> deux", "<1>uno</1><2/> dos"), ("un deux", "uno due")]


def test_dates_and_undecided_pairs_are_told(path: Path) -> None:
    said = TMX.replace(
        '<tu><tuv xml:lang="fr-FR">', '<tu changedate="20240102T030405Z"><tuv xml:lang="fr-FR">'
    )
    path.write_text(
        said.replace("<seg>El puerto", '<prop type="x-state">translated</prop><seg>El puerto'), "utf-8"
    )
    first, second, *_ = tmx.read(path, "fr")
    assert (first.day, first.state) == (dt.date(2024, 1, 2).toordinal(), "translated")
    assert (second.day, second.state) == (first.day, "reviewed")


def test_a_bad_unit_costs_no_other(path: Path) -> None:
    bad = '<tu><tuv xml:lang="fr"><seg>&</seg></tuv></tu>\n<!-- <tu> -->\n<tu><tuv lang="fr"/></tu>\n'
    path.write_text(TMX.replace("<body>\n", f"<body>\n{bad}"), "utf-8")
    heard: list[SkippedElement] = []
    assert len(list(tmx.read(path, "fr", on_skipped=heard.append))) == 3
    assert [(one.line, one.reason) for one in heard] == [
        (6, "it is no XML"),
        (8, "it lacks a side or a language"),
        (13, "it lacks words"),
    ]


def unit(source: str, target: str, extra: str = "") -> str:
    """A unit from French to Spanish."""
    sides = "".join(
        f'<tuv xml:lang="{locale}"><seg>{said}</seg></tuv>'
        for locale, said in (("fr", source), ("es", target))
    )
    return f"<tu{extra}{'' if '>' in extra else '>'}{sides}</tu>"


def read_units(path: Path, *units: str, tool: str = "") -> list[TranslationUnit]:
    """What is read of a file of these units alone."""
    header = f'<header creationtool="{tool}" srclang="fr"/>'
    path.write_text(f"<tmx>{header}<body>{''.join(units)}</body></tmx>", "utf-8")
    return list(tmx.read(path, "fr"))


def test_characters_that_xml_cannot_hold_are_left_out(path: Path) -> None:
    (read,) = read_units(path, unit("Le&#x1F; port&#2; d&#xE9;m\x1fé", "El puerto&#xFFFF;&#x110000;"))
    assert (read.source, read.target) == ("Le port démé", "El puerto")


def test_marks_without_a_number_are_the_same_by_what_lies_in_them(path: Path) -> None:
    line, tab = "<ph>&lt;br/&gt;</ph>", "<ph>\\tab</ph>"
    (read,) = read_units(path, unit(f"un{line}deux{tab}trois{line}", f"uno{tab}dos{line}tres{line}"))
    assert (read.source, read.target) == ("un<1/>deux<2/>trois<3/>", "uno<2/>dos<1/>tres<3/>")
    (read,) = read_units(path, unit(f"un{line}deux{line}", f"uno{line}dos"))
    assert (read.source, read.target) == ("undeux", "unodos")


def test_omegat_keeps_its_marks_as_words(path: Path) -> None:
    said = "La &lt;f0&gt;directrice&lt;/f0&gt;&lt;br1/&gt; parle"
    heard = "&lt;br1/&gt;Habla la &lt;f0&gt;directora&lt;/f0&gt;"
    (read,) = read_units(path, unit(said, heard), tool="OmegaT")
    assert (read.source, read.target) == ("La <1>directrice</1><2/> parle", "<2/>Habla la <1>directora</1>")
    (read,) = read_units(path, unit(said, "Habla la directora"), tool="OmegaT")
    assert read.source == "La directrice parle"
    (read,) = read_units(path, unit(said, heard), tool="memoQ")
    assert read.source == "La <f0>directrice</f0><br1/> parle"


def test_what_no_person_confirmed_is_undecided(path: Path) -> None:
    def level(name: str) -> str:
        return unit("Un", "Uno", f'><prop type="x-ConfirmationLevel">{name}</prop>')

    states = [read.state for read in read_units(path, level("Draft"), level("ApprovedTranslation"))]
    assert states == ["translated", "reviewed"]
    assert read_units(path, level("RejectedTranslation"), level("RejectedSignOff")) == []
    users = [' creationid="MT!"', ' creationid="MT!" changeid="LEA"', ' changeid="MT!"']
    states = [read.state for read in read_units(path, *(unit("Un", "Uno", user) for user in users))]
    assert states == ["translated", "reviewed", "translated"]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("UTF-16", "utf-16-le"), ("utf-16", "utf-16-be"), ("utf-16", "utf-8"), ("UTF-16", "utf-8-sig")],
)
def test_the_bytes_tell_a_wide_encoding_whatever_is_declared(
    path: Path, declared: str, encoding: str
) -> None:
    path.write_bytes(TMX.replace("UTF-8", declared).encode(encoding))
    assert len(list(tmx.read(path, "fr"))) == 3


def test_a_byte_of_another_encoding_costs_its_unit_alone(path: Path) -> None:
    path.write_bytes(TMX.encode().replace("É".encode(), b"\xc9"))
    heard: list[SkippedElement] = []
    assert len(list(tmx.read(path, "fr", on_skipped=heard.append))) == 2
    assert heard[0] == SkippedElement(8, "it is not in the file's encoding")


def test_what_comes_before_the_end_of_a_file_that_breaks_off_is_read(path: Path) -> None:
    path.write_text(TMX[: TMX.index("<tu><tuv lang=")], "utf-8")
    units = tmx.read(path, "fr")
    assert [next(units).target_locale for _ in range(2)] == ["es", "pt-BR"]
    with pytest.raises(InputError, match="breaks off") as raised:
        next(units)
    assert raised.value.line == 8


@pytest.mark.slow
def test_a_file_of_any_size_takes_little_memory(path: Path) -> None:
    said = (f"{'Une phrase sans fin ' * 20}{at}" for at in range(20_000))
    with path.open("w", encoding="utf-8") as file:
        file.writelines(tmx.write((TranslationUnit(one, one, "es") for one in said), "fr"))
    assert path.stat().st_size > 15e6
    tracemalloc.start()
    try:
        assert sum(1 for _ in tmx.read(path, "fr")) == 20_000
        assert tracemalloc.get_traced_memory()[1] < 5e6
    finally:
        tracemalloc.stop()


def test_a_project_remembers_what_lies_in_its_memory_folder(tmp_path: Path) -> None:
    made = project.create(tmp_path / "p", name="T", source_locale="fr", locales=("es",))
    source = tmp_path / "s.md"
    source.write_text("Le port ouvre demain.\n", "utf-8")
    project.add(made, source, release_id="a", locale="fr", locales=(), date=dt.date(2026, 9, 14))

    def known() -> list[str]:
        with project.open_memory(made, "fr") as memory:
            return [match.target for match in memory.lookup("Le port ouvre demain.", target_locale="es")]

    assert known() == []
    folder = tmp_path / "p" / "memory"
    folder.mkdir()
    (folder / "old.tmx").write_text(TMX, "utf-8")
    assert known() == ["El puerto abre mañana."]
    (folder / "old.tmx").write_text(TMX.replace("mañana", "pronto"), "utf-8")
    assert known() == ["El puerto abre pronto."]
    (folder / "old.tmx").unlink()
    assert known() == []
