"""What every way of finding similar sources promises: in the database alone, and with an index file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n.memory import Memory, TranslationUnit
from l10n.model import Match

TAIL = 4
KNOWN = [
    f"The {what} of the {where} opens {when}."
    for what in ("office", "harbour", "school")
    for where in ("town", "coast")
    for when in ("today", "in March", "at nine")
]
WANTED = "The office of the town opens tonight."


@pytest.fixture(params=["postings", "index"])
def way(request: pytest.FixtureRequest) -> str:
    if request.param == "index":
        pytest.importorskip("numpy")
    return str(request.param)


@contextmanager
def opened(folder: Path, way: str) -> Iterator[Memory]:
    with Memory.open(folder / "en.sqlite", "en", tail=TAIL, indexed=way == "index") as memory:
        yield memory


def unit(source: str, locale: str = "fr", **more: str) -> TranslationUnit:
    return TranslationUnit(source, f"{locale} {source}", locale, **more)  # type: ignore[arg-type]


def fill(memory: Memory, sources: list[str] = KNOWN, locale: str = "fr", **more: str) -> None:
    memory.add(unit(source, locale, **more) for source in sources)


def found(memory: Memory, wanted: str = WANTED, locale: str = "fr") -> list[tuple[int, str]]:
    return [(match.score, match.source) for match in memory.lookup(wanted, target_locale=locale)]


BEST = [(85, "The office of the town opens today.")]


def test_many_at_once_are_found(tmp_path: Path, way: str) -> None:
    with opened(tmp_path, way) as memory:
        fill(memory)
        assert found(memory)[:1] == BEST
    assert (tmp_path / "en.index").exists() == (way == "index")
    with opened(tmp_path, way) as memory:
        assert found(memory)[:1] == BEST


def test_one_more_is_found_at_once_by_everybody(tmp_path: Path, way: str) -> None:
    with opened(tmp_path, way) as one, opened(tmp_path, way) as other:
        fill(one)
        for at in range(3 * TAIL):
            nearer = f"{'x' * (at + 2)} the office of the town opens tonight."
            one.add([unit(nearer)])
            assert found(other, nearer.replace("tonight", "tonight then"))[0][1] == nearer


def test_what_is_read_at_once_stays_as_it_was_opened(tmp_path: Path, way: str) -> None:
    with opened(tmp_path, way) as reader:
        fill(reader)
        assert found(reader)[:1] == BEST
        with opened(tmp_path, way) as writer:
            fill(writer, [f"Something else, number {at} of many, is said here." for at in range(40)])
        assert found(reader)[:1] == BEST


def test_a_language_that_a_source_comes_to_have_later_finds_it(tmp_path: Path, way: str) -> None:
    with opened(tmp_path, way) as memory:
        fill(memory)
        assert found(memory, locale="es") == []
        memory.add([unit(BEST[0][1], "es")])
        assert found(memory, locale="es") == BEST
        fill(memory, [f"Nothing like it {'x' * at}." for at in range(3 * TAIL)])
        assert found(memory, locale="es") == BEST


def test_an_emptied_memory_finds_nothing_of_what_it_held(tmp_path: Path, way: str) -> None:
    with opened(tmp_path, way) as memory:
        fill(memory)
        memory.clear()
        assert (found(memory), len(memory)) == ([], 0)
        fill(memory, ["The office of the town opens late."])
        assert found(memory) == [(81, "The office of the town opens late.")]


def test_what_one_origin_alone_has_told_can_be_forgotten(tmp_path: Path, way: str) -> None:
    with opened(tmp_path, way) as memory:
        fill(memory, origin="a")
        memory.add([unit(KNOWN[0], origin="b")])
        memory.forget("a")
        assert len(memory) == 1
        assert found(memory) == BEST
        memory.forget("b")
        assert found(memory) == []


@pytest.mark.parametrize("damage", [b"", b"no index", None])
def test_an_index_that_is_gone_or_broken_is_made_again(tmp_path: Path, damage: bytes | None) -> None:
    pytest.importorskip("numpy")
    with opened(tmp_path, "index") as memory:
        fill(memory)
    path = tmp_path / "en.index"
    whole = path.read_bytes()
    if damage is None:
        path.write_bytes(whole[: len(whole) // 2])
    else:
        path.write_bytes(damage)
    with opened(tmp_path, "index") as memory:
        assert found(memory)[:1] == BEST
    assert path.read_bytes() == whole


def test_without_numpy_all_is_found_that_the_index_held(tmp_path: Path) -> None:
    pytest.importorskip("numpy")
    with opened(tmp_path, "index") as memory:
        fill(memory)
    with opened(tmp_path, "postings") as memory:
        assert found(memory)[:1] == BEST
        fill(memory, ["The office of the town opens late."])
    with opened(tmp_path, "index") as memory:
        assert {source for _, source in found(memory)} >= {BEST[0][1], "The office of the town opens late."}


SAID = ("the", "office", "town", "opens", "late", "12", "港口", "今天", "<1/>")
words = st.lists(st.sampled_from(SAID), min_size=1, max_size=7)
batches = st.lists(st.lists(words.map(" ".join), min_size=1, max_size=9), min_size=1, max_size=4)


@settings(max_examples=25, deadline=None)
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
