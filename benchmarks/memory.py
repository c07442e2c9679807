"""How fast, how completely and in how much space the memory finds similar sentences, beside others."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import psycopg
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from benchmarks import sentences
from benchmarks.options import Options
from benchmarks.peers import ROOT, machine
from l10n.memory.bounds import length_bounds
from l10n.memory.normalising import NormalisedSource, normalise, words_of
from l10n.memory.penalties import Penalties
from l10n.memory.scoring import fuzzy

SERVER = os.environ.get("L10N_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres")
LEAST = 0.7
_AS_WEBLATE = """
    SELECT source, target FROM bench_memory WHERE source %% %(query)s
    ORDER BY similarity(source, %(query)s) DESC LIMIT 3
"""


@dataclass(frozen=True, slots=True)
class Case:
    """What is measured: sources of a kind of script, and what is asked."""

    name: str
    locale: str
    spaced: bool
    size: int
    sources: Path
    queries: tuple[str, ...]
    known: tuple[str, ...]
    placed: tuple[tuple[str, str, str], ...]
    release: tuple[str, ...]
    batch: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def database(self) -> Path:
        """Where the memory is."""
        return self.sources.with_name(f"{self.name}.sqlite")


def run(options: Options) -> None:
    """A table for each size and script."""
    folder = options.peers.with_name("bench-memory")
    folder.mkdir(parents=True, exist_ok=True)
    print(machine())
    print("milliseconds of CPU, p50 / p95 (wall p95); recall at 1 against brute force, of two words or more")
    sizes = (10_000, 50_000) if options.quick else (10_000, 100_000, 1_000_000)
    medians: dict[int, float] = {}
    for size in sizes:
        case = made(folder, size, spaced=True, asked=150 if options.quick else 600)
        medians[size] = measured(case, options, peers=size == sizes[-1])
    print(
        f"growth of the median from {sizes[0]} to {sizes[-1]}: {medians[sizes[-1]] / medians[sizes[0]]:.1f}×"
    )
    size = 20_000 if options.quick else 1_000_000
    measured(made(folder, size, spaced=False, asked=150 if options.quick else 600), options, peers=False)


def made(folder: Path, size: int, *, spaced: bool, asked: int) -> Case:
    """The sources, written once, and what is asked about them."""
    name = f"{'words' if spaced else 'characters'}-{size}"
    path = folder / f"{name}.txt"
    if not path.exists():
        distinct: dict[str, None] = {}
        for sentence in sentences.writer(7, spaced=spaced).sentences(2 * size + 1000):
            distinct.setdefault(sentence)
            if len(distinct) == size:
                break
        path.write_text("".join(f"{sentence}\n" for sentence in distinct), "utf-8")
    sources = path.read_text("utf-8").splitlines()
    by = sentences.writer(99, spaced=spaced)
    chance = random.Random(3)  # noqa: S311 - no secret hangs on it
    queries = tuple(_asked(by, chance, sources, asked))
    positions = [chance.randrange(1, size - 1) for _ in range(1000)]
    return Case(
        name,
        "fr" if spaced else "zh",
        spaced,
        size,
        path,
        queries,
        tuple(sources[index] for index in positions),
        tuple((sources[index - 1], sources[index], sources[index + 1]) for index in positions),
        tuple(_mixed(by, chance, sources, 60)),
        tuple(_mixed(by, chance, sources, 10_000)),
        tuple(f"{sentence} {number}" for number, sentence in enumerate(by.sentences(2000))),
    )


def _asked(by: sentences.Writer, chance: random.Random, sources: Sequence[str], count: int) -> Iterator[str]:
    """Sentences to look for: four of five are changed ones that are there."""
    for fresh in by.sentences(count):
        yield fresh if chance.random() < 0.2 else _changed(by, chance, chance.choice(sources))


def _mixed(by: sentences.Writer, chance: random.Random, sources: Sequence[str], count: int) -> Iterator[str]:
    """Segments as announcements have them: of ten, two known, one changed in its numbers, one otherwise."""
    for fresh in by.sentences(count):
        kind = chance.randrange(10)
        source = chance.choice(sources)
        if kind < 2:
            yield source
        elif kind == 2:
            yield "".join(str(chance.randrange(10)) if char.isdecimal() else char for char in source)
        else:
            yield _changed(by, chance, source) if kind == 3 else fresh


def _changed(by: sentences.Writer, chance: random.Random, source: str) -> str:
    """A sentence with up to three words of ten changed, misspelt, left out or put in."""
    body = source.rstrip(".。")
    words = body.split() if by.spaced else list(body)
    for _ in range(chance.randint(1, max(1, int(0.3 * len(words))))):
        at = chance.randrange(len(words))
        new = by.words[int(by.draw(1)[0])]
        kind = chance.randrange(5)
        if kind == 0 and len(words[at]) > 3:
            letter = chance.randrange(len(words[at]))
            words[at] = words[at][:letter] + chance.choice("aeiourst") + words[at][letter + 1 :]
        elif kind == 1 and len(words) > 1:
            del words[at]
        elif kind == 2:
            words.insert(at, new)
        else:
            words[at] = new
    changed = (" " if by.spaced else "").join(words)
    return changed + source[len(body) :]


def measured(case: Case, options: Options, *, peers: bool) -> float:
    """Everything about one memory; the median of a fuzzy look-up."""
    print(f"\n{case.name}: {case.size} distinct sources")
    for old in case.sources.parent.glob(f"{case.name}.sqlite*"):
        old.unlink()
    build = _child(case, "build")
    index = _child(case, "index")
    disk = sum(path.stat().st_size for path in case.sources.parent.glob(f"{case.name}.sqlite*"))
    file = case.database.with_suffix(".index")
    indexed = file.stat().st_size if file.exists() else 0
    print(
        f"  made in {build['cpu']:.1f} s of CPU; the index alone in {index['cpu']:.1f} s, "
        f"peak {index['peak']:.0f} MB; rows {disk / 1e6:.0f} MB, index {indexed / 1e6:.0f} MB"
    )
    served = _child(
        case,
        "serve",
        queries=case.queries,
        known=case.known,
        placed=case.placed,
        release=case.release,
        batch=case.batch,
        new=case.new,
    )
    for name in ("fuzzy", "exact", "in context", "insert"):
        print(f"  {name:<12} {_said(served[name])}")
    for name in ("release", "batch"):
        cpu, wall = served[name]
        print(f"  {len(getattr(case, name))} segments: {cpu:.2f} s of CPU, {wall:.2f} s")
    print(
        f"  resident {served['resident']:.0f} MB; {served['found']} of {len(case.new)} new ones found at once"
    )
    _compared(case, served, options, peers=peers)
    return median(cpu for cpu, _ in served["fuzzy"])


def _child(case: Case, task_name: str, **more: object) -> dict[str, Any]:
    task = {
        "do": task_name,
        "database": str(case.database),
        "locale": case.locale,
        "indexed": True,
        "sources": str(case.sources),
        "size": case.size,
        **more,
    }
    output = subprocess.run(
        [sys.executable, "-m", "benchmarks.memory_serving"],
        input=json.dumps(task),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    ).stdout
    answer: dict[str, Any] = json.loads(output)
    return answer


def _said(times: Sequence[Sequence[float]]) -> str:
    cpu, wall = np.percentile(np.array(times), [50, 95], axis=0).T
    return f"{cpu[0]:.3f} / {cpu[1]:.3f} ({wall[1]:.3f})"


def _compared(case: Case, served: Mapping[str, Any], options: Options, *, peers: bool) -> None:
    """Recall against brute force, and the speed of others on the same questions."""
    sources = case.sources.read_text("utf-8").splitlines()
    times, best = _brute(case, sources)
    findable = [at for at, score in enumerate(best) if score >= 100 * LEAST]
    missed = {at for at in findable if (served["best"][at] or [0])[0] < best[at]}
    long = {at for at in findable if len(words_of(normalise(case.queries[at]).shape)) > 1}
    print(
        f"  recall {1 - len(missed) / len(findable):.4f} of {len(findable)};"
        f" {1 - len(missed & long) / len(long):.4f} of {len(long)}"
    )
    ours = median(cpu for cpu, _ in served["fuzzy"])
    _beside("rapidfuzz over the window", times, ours)
    if peers:
        few = case.queries[:: max(1, len(case.queries) // (10 if options.quick else 30))]
        _beside("SQLite by length", _plainly(sources, few), ours)
        _beside("pg_trgm, GIN (wall)", _trigrams(sources, few), ours)


def _beside(name: str, times: Sequence[Sequence[float]], ours: float) -> None:
    if times:
        print(f"  {name:<26} {_said(times)}: {median(cpu for cpu, _ in times) / ours:.0f}× ours")


def _brute(case: Case, sources: Sequence[str]) -> tuple[list[list[float]], list[int]]:
    """The true best score below 100 of each query, and how long it took rapidfuzz over the length window."""
    shapes = [normalise(source).shape for source in sources]
    order = np.argsort([len(shape) for shape in shapes], kind="stable")
    lengths = np.array([len(shapes[at]) for at in order])
    by_length = [shapes[at] for at in order]
    times, best = [], []
    for query in case.queries:
        query_source = normalise(query)
        began, spent = time.perf_counter(), time.process_time()
        first, last = length_bounds(len(query_source.shape), LEAST)
        low, high = np.searchsorted(lengths, (first, last + 1)).tolist()
        near = process.extract(
            query_source.shape,
            by_length[low:high],
            scorer=Levenshtein.normalized_similarity,
            processor=None,
            score_cutoff=LEAST,
            limit=None,
        )
        times.append([1000 * (time.process_time() - spent), 1000 * (time.perf_counter() - began)])
        best.append(
            _best(query_source, [(shape, like, sources[order[low + at]]) for shape, like, at in near], case)
        )
    return times, best


def _best(query_source: NormalisedSource, near: Sequence[tuple[str, float, str]], case: Case) -> int:
    best = 0
    query_words = words_of(query_source.shape)
    for shape, letter_similarity, source in near:
        if shape == query_source.shape:
            return 0  # found by its shape, not by likeness
        if min(95, int(100 * letter_similarity)) < best:
            break
        word_similarity = Levenshtein.normalized_similarity(query_words, words_of(shape))
        if (alike := min(letter_similarity, word_similarity)) >= LEAST:
            best = max(
                best,
                fuzzy(
                    query_source, normalise(source), alike=alike, locale=case.locale, penalties=Penalties()
                ),
            )
    return best


def _plainly(sources: Sequence[str], queries: Sequence[str]) -> list[list[float]]:
    """A table with an index on the length, every row of the window compared, as tmdb did it."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE sources (text TEXT, length INTEGER)")
    database.executemany("INSERT INTO sources VALUES (?, ?)", ((source, len(source)) for source in sources))
    database.execute("CREATE INDEX by_length ON sources (length)")
    database.execute("ANALYZE")
    times = []
    for query in queries:
        began, spent = time.perf_counter(), time.process_time()
        rows = database.execute(
            "SELECT text FROM sources WHERE length BETWEEN ? AND ?", length_bounds(len(query), LEAST)
        )
        best: list[tuple[float, str]] = []
        for (source,) in rows:
            alike = Levenshtein.normalized_similarity(query, source, score_cutoff=LEAST)
            if alike:
                best = sorted([*best, (alike, source)], reverse=True)[:3]
        times.append([1000 * (time.process_time() - spent), 1000 * (time.perf_counter() - began)])
    database.close()
    return times


def _trigrams(sources: Sequence[str], queries: Sequence[str]) -> list[list[float]]:
    """PostgreSQL with an index of trigrams, asked as Weblate does."""
    try:
        server = psycopg.connect(SERVER, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        print("  left out: pg_trgm (no server answers at L10N_TEST_POSTGRESQL)")
        return []
    with server:
        server.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        server.execute("DROP TABLE IF EXISTS bench_memory")
        server.execute("CREATE TABLE bench_memory (source text, target text)")
        with server.cursor() as cursor, cursor.copy("COPY bench_memory FROM STDIN") as copy:
            for source in sources:
                copy.write_row((source, source[::-1]))
        server.execute("CREATE INDEX ON bench_memory USING gin (source gin_trgm_ops)")
        server.execute("ANALYZE bench_memory")
        server.execute(f"SET pg_trgm.similarity_threshold = {LEAST}")
        times = []
        for query in queries:
            began = time.perf_counter()
            server.execute(_AS_WEBLATE, {"query": query}).fetchall()
            times.append([1000 * (time.perf_counter() - began)] * 2)
        server.execute("DROP TABLE bench_memory")
        return times
