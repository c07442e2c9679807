"""Words looked up in the memory: what every kind of it promises, in a file and on a server."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from l10n.memory import Memory, TranslationUnit, concordance

Opener = Callable[[], Memory]


@pytest.fixture
def memory_url(postgresql_url: str) -> Iterator[str]:
    yield postgresql_url
    name = postgresql_url.rpartition("%3D")[2]
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA IF EXISTS {name}_memory_fr CASCADE")


@pytest.fixture(params=["nowhere", "file", pytest.param("server", marks=pytest.mark.postgresql)])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Opener:
    """Opens the same memory again and again; held in no file, it is one that stays open."""
    path = tmp_path / "fr.sqlite"
    if request.param == "server":
        url: str = request.getfixturevalue("memory_url")
        return lambda: Memory.open(url, "fr", beside=path)
    return lambda: Memory.open(":memory:" if request.param == "nowhere" else path, "fr")


def pair(source: str, target: str, locale: str = "es", **more: object) -> TranslationUnit:
    return TranslationUnit(source, target, locale, **more)  # type: ignore[arg-type]


PORT = pair("Le port de pêche rouvre lundi.", "El puerto pesquero reabre el lunes.", origin="port", day=9)
DOORS = pair("Les portes restent fermées.", "Las puertas siguen cerradas.", origin="old", own=False)
MONDAY = pair("Lundi, le bureau du port sera fermé.", "El lunes, la oficina del puerto estará cerrada.")
ENGLISH = pair("Le port est ouvert.", "The port is open.", "en")
ALL = [PORT, DOORS, MONDAY, ENGLISH]


def sources(memory: Memory, text: str, locale: str = "es", side: str = "") -> list[str]:
    return [unit.source for unit in memory.concordance(text, target_locale=locale, side=side).units]


def test_words_are_found_in_the_source_and_in_the_target(opened: Opener) -> None:
    with opened() as memory:
        memory.add(ALL)
        assert sources(memory, "pêche", side="source") == [PORT.source]
        assert sources(memory, "pesquero", side="target") == [PORT.source]
        assert sources(memory, "pesquero", side="source") == []
        assert sources(memory, "pesquero") == [PORT.source]


def test_whole_words_come_before_those_that_begin_so(opened: Opener) -> None:
    with opened() as memory:
        memory.add(ALL)
        assert sources(memory, "port", side="source") == [MONDAY.source, PORT.source, DOORS.source]


def test_words_one_after_the_other_come_before_those_apart(opened: Opener) -> None:
    with opened() as memory:
        memory.add(ALL)
        assert sources(memory, "rouvre lundi") == [PORT.source]
        assert sources(memory, "lundi port") == [MONDAY.source, PORT.source]


def test_a_pair_says_where_it_comes_from(opened: Opener) -> None:
    with opened() as memory:
        memory.add([*ALL, pair(PORT.source, PORT.target, origin="later", day=20)])
        (found,) = memory.concordance("pesquero", target_locale="es").units
        assert (found.origin, found.own, found.target_locale) == ("later", True, "es")
        (found,) = memory.concordance("fermées", target_locale="es").units
        assert (found.origin, found.own) == ("old", False)


def test_only_pairs_into_the_language_are_found(opened: Opener) -> None:
    with opened() as memory:
        memory.add([*ALL, pair("Un port franc.", "Un puerto franco.", "es-MX")])
        assert sources(memory, "port", "en") == [ENGLISH.source]
        assert "Un port franc." in sources(memory, "franc", "es")


@pytest.mark.parametrize(
    ("typed", "source", "target", "locale"),
    [
        ("peche", "Le port de pêche.", "El puerto pesquero.", "es"),
        ("PÊCHE", "Le port de pêche.", "El puerto pesquero.", "es"),
        ("l'eau", "De l’eau claire.", "Agua clara.", "es"),
        ("eau", "De l’eau claire.", "Agua clara.", "es"),
        ("notre rapport", "Lisez <1>notre</1> rapport.", "Lea <1>nuestro</1> informe.", "es"),
        ("港口", "Le port ouvre.", "新港口今天开放。", "zh"),
        ("港", "Le port ouvre.", "新港口今天开放。", "zh"),
        ("ท่าเรือ", "Le port ouvre.", "วันนี้ท่าเรือเปิด", "th"),
        ("الوزارة", "Le ministère le dit.", "قالت وزارة النقل", "ar"),
        ("وزارة", "Et le ministère le dit.", "وبالوزارة قالوا", "ar"),
        ("بندرگاه", "Le port ouvre.", "بندرگاه باز شد", "fa"),
        ("हिन्दी", "Le hindi.", "यह हिन्दी है", "hi"),
        ("٢٠٢٦", "En 2026.", "في 2026", "ar"),
        ("ouvre", "Le port ouvre\u00a0: enfin.", "Abre.", "es"),
    ],
)
def test_words_are_found_as_people_type_them(
    opened: Opener, typed: str, source: str, target: str, locale: str
) -> None:
    with opened() as memory:
        memory.add([pair(source, target, locale), pair("Tout autre chose.", "—", locale)])
        assert sources(memory, typed, locale) == [source]


@pytest.mark.parametrize("typed", ["", " ", "…", "_", "«»", '"', "*", "OR", "source:", "a" * 5000, "(" * 300])
def test_what_is_no_word_finds_nothing_and_breaks_nothing(opened: Opener, typed: str) -> None:
    with opened() as memory:
        memory.add(ALL)
        assert sources(memory, typed) == []


def test_operators_of_the_search_are_words(opened: Opener) -> None:
    with opened() as memory:
        memory.add([*ALL, pair("L’or ou NOT.", "El oro.")])
        assert sources(memory, "OU NOT") == ["L’or ou NOT."]
        assert sources(memory, '"ou" -NOT*') == ["L’or ou NOT."]


def test_what_is_added_is_found_at_once_and_what_is_forgotten_no_more(opened: Opener) -> None:
    with opened() as memory:
        memory.add(ALL)
        assert sources(memory, "fermées") == [DOORS.source]
        memory.add([pair("Un quai neuf.", "Un muelle nuevo.")])
        assert sources(memory, "quai") == ["Un quai neuf."]
        memory.forget("old", own=False)
        assert sources(memory, "fermées") == []
        memory.add([DOORS])
        assert sources(memory, "fermées") == [DOORS.source]


def test_a_memory_made_again_has_nothing_of_the_old_one(opened: Opener) -> None:
    with opened() as memory:
        memory.add(ALL)
        assert sources(memory, "fermées")
        memory.clear()
        assert sources(memory, "fermées") == []
        memory.add([MONDAY])
        assert sources(memory, "bureau") == [MONDAY.source]


def test_no_more_are_found_than_asked_for_the_newest_of_them(opened: Opener) -> None:
    with opened() as memory:
        memory.add([pair(f"Le quai {at} est neuf.", f"Muelle {at}.") for at in range(30)])
        found = memory.concordance("quai", target_locale="es", limit=3).units
        assert [unit.target for unit in found] == ["Muelle 29.", "Muelle 28.", "Muelle 27."]


def test_who_does_not_wait_finds_what_is_read_while_another_thread_reads_on(tmp_path: Path) -> None:
    with Memory.open(tmp_path / "fr.sqlite", "fr") as memory:
        memory.add([pair(f"Le quai numéro {at} est neuf.", f"Muelle {at}.") for at in range(3000)])
        found = memory.concordance("quai", target_locale="es", wait=False)
        ends = time.monotonic() + 60
        while not found.complete:
            assert time.monotonic() < ends
            time.sleep(0.02)
            found = memory.concordance("quai", target_locale="es", wait=False)
        assert len(found.units) == 20


@pytest.mark.parametrize(
    ("text", "sought", "marked"),
    [
        ("Le port de pêche, le Port.", "port", ["port", "Port"]),
        ("Les portes du port.", "port", ["portes", "port"]),
        ("Le port de pêche.", "de peche", ["de pêche"]),
        ("Lundi, le port.", "port lundi", ["Lundi", "port"]),
        ("新港口今天开放。", "港口", ["港口"]),
        ("قالت والوزارة", "وزارة", ["والوزارة"]),
        ("De l’eau.", "l'eau", ["l’eau"]),
        ("Rien.", "port", []),
        ("na na na na", "na na", ["na na", "na na"]),
    ],
)
def test_words_are_marked_where_they_stand(text: str, sought: str, marked: list[str]) -> None:
    places = concordance.places(text, concordance.sought_words(sought))
    assert [text[start:end] for start, end in places] == marked
