"""Translation memories from elsewhere give what they hold, and bad ones say what is wrong."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from l10n import project
from l10n.errors import InputError
from l10n.memory import tmx

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


@pytest.mark.parametrize("data", [b"", b"nonsense", b"<tmx><body><tu>", b"<a>&unknown;</a>"])
def test_what_is_no_tmx_is_refused_with_its_line(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with pytest.raises(InputError) as raised:
        list(tmx.read(path, "fr"))
    assert raised.value.path == str(path)


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
