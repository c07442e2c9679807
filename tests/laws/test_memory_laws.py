"""What the memory promises: the truth at once, the best first, and little missed."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from l10n.errors import InputError, UsageError
from l10n.memory import Memory, Penalties, TranslationUnit
from l10n.model import Match

TEXT = st.text(alphabet="abc dé12.,<>/\\中文 A", min_size=1, max_size=30).filter(str.strip)


def unit(source: str, target: str = "cible", locale: str = "fr", **more: str | None) -> TranslationUnit:
    return TranslationUnit(source, target, locale, **more)  # type: ignore[arg-type]


def scores(matches: list[Match]) -> list[int]:
    return [match.score for match in matches]


@given(st.lists(TEXT, min_size=1, max_size=8))
@settings(max_examples=60)
def test_the_exact_is_found_first_and_scores_fall(sources: list[str]) -> None:
    with Memory.open(":memory:", "en") as memory:
        memory.add(unit(source, f"target of {source}") for source in sources)
        for source in sources:
            found = memory.lookup(source, target_locale="fr", limit=9, threshold=0.5)
            assert (found[0].score, found[0].target) == (100, f"target of {source}")
            assert scores(found) == sorted(scores(found), reverse=True)
            assert all(50 <= score <= 99 for score in scores(found[1:]))


@given(TEXT, st.sampled_from([None, "", "a", "b"]), st.sampled_from([None, "", "a", "b"]))
@settings(max_examples=60)
def test_neighbours_count_only_when_they_are_known_and_the_same(
    source: str, before: str | None, after: str | None
) -> None:
    with Memory.open(":memory:", "en") as memory:
        memory.add([unit(source, before="a", after="")])
        (found,) = memory.lookup(source, target_locale="fr", before=before, after=after)
        assert found.score == 100 + (before == "a") + (after == "")
        assert found.kind == ("icm" if found.score > 100 else "tm")


def test_what_nobody_knows_is_never_the_same() -> None:
    with Memory.open(":memory:", "en") as memory:
        memory.add([unit("Hello.")])
        assert scores(memory.lookup("Hello.", target_locale="fr")) == [100]
        assert scores(memory.lookup("Hello.", target_locale="fr", before="", after="")) == [100]


def test_the_same_unit_again_says_nothing_new(tmp_path: Path) -> None:
    with Memory.open(tmp_path / "en.tm", "en") as memory:
        assert memory.add([unit("Hello.", "Bonjour."), unit("Hello.", "Bonjour.")]) == 1
        assert memory.add([unit("Hello.", "Bonjour.", origin="b")]) == 0
        assert memory.add([unit("Hello.", "Bonjour.", before="x", origin="b")]) == 1
        assert memory.add([unit("Hello.", " "), unit(" ", "Bonjour.")]) == 0
        assert len(memory) == 1
        assert memory.lookup("Hello.", target_locale="fr")[0].origin == "tm:b"


def test_it_lasts_and_can_be_emptied(tmp_path: Path) -> None:
    path = tmp_path / "en.tm"
    with Memory.open(path, "en") as memory:
        memory.add([unit("The office opens today.", "Le bureau ouvre aujourd’hui.")])
    with Memory.open(path, "en") as memory:
        assert scores(memory.lookup("The office opens today.", target_locale="fr")) == [100]
        memory.clear()
        assert len(memory) == 0
        assert memory.lookup("The office opens today.", target_locale="fr") == []
        memory.add([unit("The office opens today.", "Le bureau ouvre.")])
        assert scores(memory.lookup("The office opens now.", target_locale="fr")) == [75]


def test_a_wrong_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "en.tm"
    path.write_text("this is no database, nor was it ever one", "utf-8")
    with pytest.raises(InputError, match="cannot be used"):
        Memory.open(path, "en")
    with pytest.raises(InputError, match="cannot be used"):
        Memory.open(tmp_path, "en")


def test_a_file_that_breaks_while_it_is_open_is_told(tmp_path: Path) -> None:
    path = tmp_path / "en.tm"
    with Memory.open(path, "en") as memory, sqlite3.connect(path) as other:
        other.execute("DROP TABLE posting")
        with pytest.raises(InputError, match="cannot be used"):
            memory.add([unit("The office opens.")])


def test_a_memory_of_a_later_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "en.tm"
    Memory.open(path, "en").close()
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA user_version = 99")
    with pytest.raises(InputError, match="format 99") as caught:
        Memory.open(path, "en")
    assert "made again" in caught.value.remedy


def test_what_one_adds_another_finds_at_once(tmp_path: Path) -> None:
    path = tmp_path / "en.tm"
    with Memory.open(path, "en") as one, Memory.open(path, "en") as other:
        one.add([unit("The office opens today in the town.", "Le bureau ouvre.")])
        assert scores(other.lookup("The office opens now in the town.", target_locale="fr")) == [85]


def test_a_memory_of_another_language_is_refused(tmp_path: Path) -> None:
    Memory.open(tmp_path / "m", "en").close()
    with pytest.raises(UsageError, match="is for en, not for fr"):
        Memory.open(tmp_path / "m", "fr")


CASES = Path(__file__).parent.parent / "cases" / "memory.txt"


def rows() -> list[tuple[str, str, str, str, str]]:
    lines = CASES.read_text("utf-8").splitlines()
    return [
        tuple(cell.strip() for cell in line.split("|"))  # type: ignore[misc]
        for line in lines
        if line and not line.startswith("#")
    ]


@pytest.mark.parametrize(("locales", "known", "target", "wanted", "expected"), rows())
def test_a_match_scores_as_the_table_says(
    locales: str, known: str, target: str, wanted: str, expected: str
) -> None:
    source_locale, stored_locale, target_locale = locales.split()
    with Memory.open(":memory:", source_locale) as memory:
        memory.add([unit(known, target, stored_locale)])
        found = memory.lookup(wanted, target_locale=target_locale)
        assert ", ".join(f"{match.score} {match.target}" for match in found) == expected


def test_differing_targets_lower_each_other_except_in_their_place() -> None:
    with Memory.open(":memory:", "en") as memory:
        memory.add([unit("Close", "Fermer", before="Open"), unit("Close", "Proche", before="Far")])
        found = memory.lookup("Close", target_locale="fr", before="Open")
        assert [(match.score, match.target) for match in found] == [(101, "Fermer"), (99, "Proche")]
        assert scores(memory.lookup("Close", target_locale="fr")) == [99, 99]


def test_an_unapproved_target_counts_one_less() -> None:
    with Memory.open(":memory:", "en") as memory:
        memory.add([unit("Close", "Fermer", before="", state="translated")])
        assert scores(memory.lookup("Close", target_locale="fr", before="")) == [99]


PLACES = {
    "as it is": (unit("Close", "Fermer"), 100),
    "in a variant": (unit("Close", "Fermer", "fr-CA"), 93),
    "unreviewed": (unit("Close", "Fermer", state="translated"), 95),
    "from elsewhere": (TranslationUnit("Close", "Fermer", "fr", own=False), 96),
    "two years old": (TranslationUnit("Close", "Fermer", "fr", day=1000), 96),
    "very old": (TranslationUnit("Close", "Fermer", "fr", day=1), 80),
    "both old and elsewhere": (TranslationUnit("Close", "Fermer", "fr", own=False, day=1000), 92),
}


@pytest.mark.parametrize("name", PLACES)
def test_what_a_target_loses_for_where_it_comes_from_can_be_set(name: str) -> None:
    known, score = PLACES[name]
    today = 1000 + 2 * 365 if known.day != 1 else 100_000
    lost = Penalties(variant=7, unreviewed=5, elsewhere=4, year=2)
    with Memory.open(":memory:", "en", penalties=lost, today=today) as memory:
        memory.add([known])
        assert scores(memory.lookup("Close", target_locale="fr")) == [score]


@pytest.mark.parametrize(
    ("wanted", "lost", "score"),
    [
        ("The office <1>opens</1> in the town now.", Penalties(codes=9), 76),
        ("The office opens in the town in 2024.", Penalties(numbers=9), 66),
        ("The office does not open in the town today.", Penalties(negation=0), 66),
    ],
)
def test_what_a_source_loses_for_what_differs_can_be_set(wanted: str, lost: Penalties, score: int) -> None:
    with Memory.open(":memory:", "en", penalties=lost) as memory:
        memory.add([unit("The office opens in the town today.")])
        assert scores(memory.lookup(wanted, target_locale="fr", threshold=0.5)) == [score]


WORDS = [f"{one}{two}{three}n" for one in "bcdfglmprs" for two in "aeiou" for three in "aeioubcdfglmprstvz"]


def corpus(size: int) -> tuple[list[str], list[str]]:
    """Sentences over a vocabulary as uneven as a language's, and queries made by changing some."""
    chance = random.Random(7)  # noqa: S311  no secret
    weights = [1 / (rank + 1) for rank in range(len(WORDS))]
    sentences = [" ".join(chance.choices(WORDS, weights, k=chance.randint(4, 24))) for _ in range(size)]
    queries = []
    for sentence in chance.sample(sentences, 120):
        words = sentence.split()
        for _ in range(max(1, len(words) // 6)):
            at = chance.randrange(len(words))
            words[at : at + 1] = chance.choice(
                [[], [chance.choice(WORDS)], [words[at], chance.choice(WORDS)]]
            )
        queries.append(" ".join(words))
    return sentences, queries


def likeness(query: str, words: list[str], sentence: str) -> float:
    letters = Levenshtein.normalized_similarity(query, sentence, score_cutoff=0.7)
    return min(letters, Levenshtein.normalized_similarity(words, sentence.split())) if letters else 0.0


def test_hardly_anything_similar_is_missed() -> None:
    sentences, queries = corpus(3000)
    with Memory.open(":memory:", "en") as memory:
        memory.add(unit(sentence, sentence) for sentence in sentences)
        there = missed = 0
        for query in queries:
            words = query.split()
            best = max(likeness(query, words, sentence) for sentence in sentences)
            if best >= 0.7:
                there += 1
                found = memory.lookup(query, target_locale="fr")
                missed += not found or found[0].score < min(95, int(best * 100))
    assert there > 60
    assert missed <= 0.03 * there


def test_words_that_hardly_any_source_shares_stop_no_look(tmp_path: Path) -> None:
    sentences, _ = corpus(3000)
    chance = random.Random(1)  # noqa: S311  no secret
    strangers = [" ".join(chance.choices(WORDS, k=chance.randint(3, 20))) for _ in range(400)]
    with Memory.open(tmp_path / "memory.db", "en") as memory:
        memory.add(unit(sentence, sentence) for sentence in sentences)
        found = [memory.lookup(one, target_locale="fr") for one in strangers]
    assert len(found) == len(strangers)


def test_very_long_texts_cost_little() -> None:
    texts = [f"{letter} " + "long text " * 10_000 for letter in "abcdefgh"]
    with Memory.open(":memory:", "en") as memory:
        started = process_time()
        memory.add(unit(text) for text in texts)
        assert scores(memory.lookup(texts[3], target_locale="fr")) == [100]
        assert memory.lookup("z " + texts[3], target_locale="fr") == []
        assert process_time() - started < 3
