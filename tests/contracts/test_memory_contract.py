"""What every way of finding similar sources promises: in the database alone, and with an index file."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n import project
from l10n.errors import InputError
from l10n.memory import Memory, TranslationUnit, tmx
from l10n.model import Match

TAIL = 4
KNOWN = [
    f"The {what} of the {where} opens {when}."
    for what in ("office", "harbour", "school")
    for where in ("town", "coast")
    for when in ("today", "in March", "at nine")
]
WANTED = "The office of the town opens tonight."


Opener = Callable[[], Memory]


def ways() -> list[object]:
    server = pytest.mark.postgresql
    return [
        "postings",
        "index",
        *(pytest.param(f"{way} on a server", marks=server) for way in ("postings", "index")),
    ]


@pytest.fixture(params=ways())
def way(request: pytest.FixtureRequest) -> str:
    if request.param.startswith("index"):
        pytest.importorskip("numpy")
    return str(request.param)


@pytest.fixture
def memory_url(postgresql_url: str) -> Iterator[str]:
    yield postgresql_url
    name = postgresql_url.rpartition("%3D")[2]
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        for locale in ("en", "fr_ca"):
            connection.execute(f"DROP SCHEMA IF EXISTS {name}_memory_{locale} CASCADE")


@pytest.fixture
def opened(way: str, tmp_path: Path, request: pytest.FixtureRequest) -> Opener:
    """Opens the same memory again and again, as several processes would."""
    indexed = way.startswith("index")
    if not way.endswith("on a server"):
        return lambda: Memory.open(tmp_path / "en.sqlite", "en", tail=TAIL, indexed=indexed)
    url: str = request.getfixturevalue("memory_url")
    beside = tmp_path / "en.sqlite"
    return lambda: Memory.open(url, "en", tail=TAIL, indexed=indexed, beside=beside)


def unit(source: str, locale: str = "fr", **more: str) -> TranslationUnit:
    return TranslationUnit(source, f"{locale} {source}", locale, **more)  # type: ignore[arg-type]


def fill(memory: Memory, sources: list[str] = KNOWN, locale: str = "fr", **more: str) -> None:
    memory.add(unit(source, locale, **more) for source in sources)


def found(memory: Memory, wanted: str = WANTED, locale: str = "fr") -> list[tuple[int, str]]:
    return [(match.score, match.source) for match in memory.lookup(wanted, target_locale=locale)]


BEST = [(85, "The office of the town opens today.")]


def test_many_at_once_are_found(opened: Opener, way: str, tmp_path: Path) -> None:
    with opened() as memory:
        fill(memory)
        assert found(memory)[:1] == BEST
    assert (tmp_path / "en.index").exists() == way.startswith("index")
    with opened() as memory:
        assert found(memory)[:1] == BEST


def test_one_more_is_found_at_once_by_everybody(opened: Opener) -> None:
    with opened() as one, opened() as other:
        fill(one)
        for at in range(3 * TAIL):
            nearer = f"{'x' * (at + 2)} the office of the town opens tonight."
            one.add([unit(nearer)])
            assert found(other, nearer.replace("tonight", "tonight then"))[0][1] == nearer


def test_what_is_read_at_once_stays_as_it_was_opened(opened: Opener) -> None:
    with opened() as reader:
        fill(reader)
        assert found(reader)[:1] == BEST
        with opened() as writer:
            fill(writer, [f"Something else, number {at} of many, is said here." for at in range(40)])
        assert found(reader)[:1] == BEST


def test_a_language_that_a_source_comes_to_have_later_finds_it(opened: Opener) -> None:
    with opened() as memory:
        fill(memory)
        assert found(memory, locale="es") == []
        memory.add([unit(BEST[0][1], "es")])
        assert found(memory, locale="es") == BEST
        fill(memory, [f"Nothing like it {'x' * at}." for at in range(3 * TAIL)])
        assert found(memory, locale="es") == BEST


def test_an_emptied_memory_finds_nothing_of_what_it_held(opened: Opener) -> None:
    with opened() as memory:
        fill(memory)
        memory.clear()
        assert (found(memory), len(memory)) == ([], 0)
        fill(memory, ["The office of the town opens late."])
        assert found(memory) == [(81, "The office of the town opens late.")]


def test_what_one_origin_alone_has_told_can_be_forgotten(opened: Opener) -> None:
    with opened() as memory:
        fill(memory, origin="a")
        memory.add([unit(KNOWN[0], origin="b")])
        memory.forget("a")
        assert len(memory) == 1
        assert found(memory) == BEST
        memory.forget("b")
        assert found(memory) == []


def embedded(folder: Path, *, indexed: bool = True) -> Memory:
    return Memory.open(folder / "en.sqlite", "en", tail=TAIL, indexed=indexed)


def test_neighbours_states_and_origins_are_kept(opened: Opener) -> None:
    with opened() as memory:
        memory.add([unit("Close", origin="a", before="Open", after="", state="reviewed")])
        memory.add([unit("Close", origin="b", before="Far", state="translated")])
        assert len(memory) == 1
    with opened() as memory:
        (found,) = memory.lookup("Close", target_locale="fr", before="Open", after="")
        assert (found.score, found.kind, found.origin) == (102, "icm", "tm:a")
        assert memory.counts().places == {"a": 1, "b": 1}
        assert [(one.source, one.target, one.state) for one in memory.units()] == [
            ("Close", "fr Close", "reviewed")
        ]
        assert list(memory.units("es")) == []


def test_a_language_is_written_out_with_its_regions_and_a_region_alone(opened: Opener) -> None:
    with opened() as memory:
        memory.add([unit("Close", locale) for locale in ("fr", "fr-CA", "fr-BE")])
        written = {
            asked: {one.target_locale for one in memory.units(asked)}
            for asked in ("fr", "fr-CA", "fr-CH", "f")
        }
    assert written == {"fr": {"fr", "fr-CA", "fr-BE"}, "fr-CA": {"fr-CA"}, "fr-CH": set(), "f": set()}


def test_what_was_read_into_it_is_noted(opened: Opener) -> None:
    with opened() as memory:
        memory.note_file("a/fr", "", "")
        memory.note_file("a/fr", "today", "0123")
        memory.note_file("b/fr", "then", "")
        memory.forget_file("b/fr")
    with opened() as memory:
        assert memory.read_files() == {"a/fr": ("today", "0123")}


def test_what_no_database_can_hold_is_left_out(opened: Opener) -> None:
    with opened() as memory:
        assert memory.add([unit("a\0b"), unit("c")]) == 1


@pytest.mark.postgresql
def test_another_language_has_a_memory_of_its_own(memory_url: str) -> None:
    with (
        Memory.open(memory_url, "en") as english,
        Memory.open(memory_url, "fr-CA") as french,
    ):
        english.add([unit("Close")])
        assert (len(english), len(french)) == (1, 0)


@pytest.mark.postgresql
def test_a_project_on_two_machines_has_one_memory(memory_url: str, tmp_path: Path) -> None:
    unit = '<tu><tuv xml:lang="en"><seg>Close</seg></tuv><tuv xml:lang="fr"><seg>Fermer</seg></tuv></tu>'
    machines = [
        project.create(tmp_path / name, name="T", source_locale="en", locales=("fr",)) for name in ("a", "b")
    ]
    for machine in machines:
        (machine.root / "memory").mkdir()
        (machine.root / "memory" / "old.tmx").write_text(f"<tmx><body>{unit}</body></tmx>", "utf-8")
        with (machine.root / "l10n.toml").open("a", encoding="utf-8") as file:
            file.write(f'\n[memory]\ndatabase = "{memory_url}"\n')
    heard = []
    for machine in machines * 2:
        with project.open_memory(project.load(machine.root), "en") as memory:
            heard.append((len(memory), memory.lookup("Close", target_locale="fr")[0].target))
            assert memory.read_files().keys() == {"memory/old.tmx"}
    assert heard == [(1, "Fermer")] * 4
    project.forget_memory(project.load(machines[0].root), "en")
    with Memory.open(memory_url, "en") as memory:
        assert len(memory) == 0


def test_a_server_that_does_not_answer_is_told_without_its_password() -> None:
    with pytest.raises(InputError, match="cannot be reached") as raised:
        Memory.open("postgresql://who:secret@127.0.0.1:1/none", "en")
    assert "secret" not in str(raised.value)


def test_a_long_index_is_made_aside_while_everything_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexed = pytest.importorskip("l10n.memory.index_finder")
    with embedded(tmp_path) as memory:
        fill(memory)
    monkeypatch.setattr(indexed, "_LONG", 0)
    before = threading.active_count()
    with embedded(tmp_path) as memory:
        seen = 0
        for at in range(6 * TAIL):
            memory.add([unit(f"{'x' * (at + 2)} the office of the town opens tonight.")])
            seen = max(seen, threading.active_count())
            assert found(memory)[0][0] == 87
        assert seen > before
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join(10)
    with embedded(tmp_path) as memory:
        assert found(memory)[0][0] == 87


@pytest.mark.parametrize("damage", [b"", b"no index", None])
def test_an_index_that_is_gone_or_broken_is_made_again(tmp_path: Path, damage: bytes | None) -> None:
    pytest.importorskip("numpy")
    with embedded(tmp_path) as memory:
        fill(memory)
    path = tmp_path / "en.index"
    whole = path.read_bytes()
    if damage is None:
        path.write_bytes(whole[: len(whole) // 2])
    else:
        path.write_bytes(damage)
    with embedded(tmp_path) as memory:
        assert found(memory)[:1] == BEST
    assert path.read_bytes() == whole


def test_without_numpy_all_is_found_that_the_index_held(tmp_path: Path) -> None:
    pytest.importorskip("numpy")
    with embedded(tmp_path) as memory:
        fill(memory)
    with embedded(tmp_path, indexed=False) as memory:
        assert found(memory)[:1] == BEST
        fill(memory, ["The office of the town opens late."])
    with embedded(tmp_path) as memory:
        assert {source for _, source in found(memory)} >= {BEST[0][1], "The office of the town opens late."}


SAID = ("the", "office", "town", "opens", "late", "12", "港口", "今天", "<1/>")
words = st.lists(st.sampled_from(SAID), min_size=1, max_size=7)
batches = st.lists(st.lists(words.map(" ".join), min_size=1, max_size=9), min_size=1, max_size=4)


@settings(max_examples=25)
@given(batches, words.map(" ".join))
def test_how_it_is_found_does_not_change_what_is_found(
    tmp_path_factory: pytest.TempPathFactory, told: list[list[str]], wanted: str
) -> None:
    pytest.importorskip("numpy")
    folder = tmp_path_factory.mktemp("memory")
    plain, indexed = folder / "plain.sqlite", folder / "indexed.sqlite"
    with (
        Memory.open(plain, "en", indexed=False) as one,
        Memory.open(indexed, "en", tail=TAIL) as other,
    ):
        for batch in told:
            fill(one, batch)
            fill(other, batch)
            assert by_score(one, wanted) == by_score(other, wanted)


def by_score(memory: Memory, wanted: str) -> list[Match]:
    matches = memory.lookup(wanted, target_locale="fr", limit=50, threshold=0.5)
    return sorted(matches, key=lambda match: (-match.score, match.target))


PARTS = [
    # known sources | wanted | the parts found, the longest first
    ("small ports fund; The harbour opens.; ports fund", "The Small Ports Fund grows.", "small ports fund"),
    ("The harbour opens.", "Today the harbour opens, she said.", "The harbour opens."),
    ("The harbour opens.", "The harbour opens!", ""),
    ("the ports of the coast; ports of the coast", "All the ports of the coast.", "the ports of the coast"),
    ("12 ports of 30; 13 ports of 30", "They count 12 ports of 30 here.", "12 ports of 30"),
    (
        "small ports fund; a school at sea",
        "A school at sea, a small ports fund.",
        "small ports fund; a school at sea",
    ),
    ("12 ports of 30", "They count 12 ports of 30 and not 13 ports of 30.", "12 ports of 30"),
    ("国际移民组织; 移民", "国际移民组织今天在马赛。", "国际移民组织"),
    ("a <1>small ports</1> fund", "It is a small ports fund.", "a <1>small ports</1> fund"),
]


@pytest.mark.parametrize(("known", "wanted", "parts"), PARTS)
def test_what_is_said_within_is_found_by_its_words(
    opened: Opener, known: str, wanted: str, parts: str
) -> None:
    with opened() as memory:
        fill(memory, known.split("; "))
        found = memory.phrases(wanted, target_locale="fr")
        assert sorted(match.source for match in found) == sorted(filter(None, parts.split("; ")))
        assert {match.kind for match in found} <= {"part"}
        assert memory.phrases(wanted, target_locale="es") == []


@pytest.mark.postgresql
def test_a_server_knows_how_many_came_before_it_is_asked(memory_url: str) -> None:
    with Memory.open(memory_url, "en") as memory:
        fill(memory, [f"Sentence {'x' * (at % 40)} of number {at}." for at in range(1_000)])
    name = memory_url.rpartition("%3D")[2]
    with psycopg.connect(memory_url, autocommit=True) as connection:
        counted = connection.execute(
            "SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace"
            " WHERE nspname = %s AND relname = ANY (%s) AND reltuples >= 1000",
            (f"{name}_memory_en", ["source", "target", "place"]),
        ).fetchall()
    assert {relname for (relname,) in counted} == {"source", "target", "place"}


def test_what_a_batch_says_twice_is_kept_once(opened: Opener) -> None:
    with opened() as memory:
        memory.add([unit("Open", before="a"), unit("Open", before="b"), unit("Open", before="a")])
        memory.add([unit(f"Open {at}") for at in range(700)])
        assert memory.add([unit("Open", before="b"), unit("Open", "es"), unit("Close"), unit("Close")]) == 2
        assert (len(memory), memory.counts().places) == (703, {"": 704})


def test_a_file_to_import_that_is_not_there_is_refused_with_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        list(tmx.read(tmp_path / "nothing.tmx", "en"))
    assert "Check the spelling" in refused.value.remedy
