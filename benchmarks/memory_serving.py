"""Our memory in a process of its own: `build`, `index` or `serve` a database, and say what it took."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from l10n.memory import Memory, TranslationUnit

Task = dict[str, Any]


def main() -> None:
    """One task from standard input, its answer to standard output."""
    task = json.load(sys.stdin)
    print(json.dumps({"build": build, "index": index, "serve": serve}[task["do"]](task)))


def build(task: Task) -> Task:
    """Make the database from a file of sources."""
    spent = time.process_time()
    with opened(task) as memory:
        memory.add(units(Path(task["sources"]), task["size"]))
    return {"cpu": time.process_time() - spent}


def index(task: Task) -> Task:
    """Make the index file anew."""
    path = Path(task["database"]).with_suffix(".index")
    path.unlink(missing_ok=True)
    spent = time.process_time()
    with opened(task) as memory:
        memory.lookup("rien de tel", target_locale="es")
    return {"cpu": time.process_time() - spent, "peak": peak()}


def serve(task: Task) -> Task:
    """Look things up, one thread, warm."""
    answer: Task = {}
    with opened(task) as memory:
        queries = task["queries"]
        for query in queries[:200]:
            memory.lookup(query, target_locale="es")
        answer["fuzzy"], answer["best"] = timed(
            queries, lambda query: [match.score for match in memory.lookup(query, target_locale="es")][:1]
        )
        answer["exact"], _ = timed(
            task["known"], lambda source: memory.lookup(source, target_locale="es", limit=1)
        )
        answer["in context"], _ = timed(
            task["placed"],
            lambda row: memory.lookup(row[1], target_locale="es", limit=1, before=row[0], after=row[2]),
        )
        for name in ("release", "batch"):
            began, spent = time.perf_counter(), time.process_time()
            for source in task[name]:
                memory.lookup(source, target_locale="es")
            answer[name] = [time.process_time() - spent, time.perf_counter() - began]
        answer["resident"] = resident()
        answer["insert"], _ = timed(
            task["new"], lambda source: memory.add([TranslationUnit(source, source, "es", origin="new")])
        )
        answer["found"] = sum(
            memory.lookup(source, target_locale="es", limit=1)[0].score >= 99 for source in task["new"]
        )
    return answer


def opened(task: Task) -> Memory:
    """The memory of a task."""
    return Memory.open(Path(task["database"]), task["locale"], indexed=task["indexed"])


def units(path: Path, size: int) -> Iterator[TranslationUnit]:
    """The sources of a file as approved units, in releases of sixty."""
    with path.open(encoding="utf-8") as file:
        before = ""
        source = file.readline().rstrip("\n")
        for at in range(size):
            after = file.readline().rstrip("\n")
            yield TranslationUnit(source, source[::-1], "es", before, after, f"release-{at // 60}")
            before, source = source, after


def timed(questions: Sequence[Any], ask: Callable[[Any], Any]) -> tuple[list[list[float]], list[Any]]:
    """The CPU and wall milliseconds of each question, and the answers."""
    times, answers = [], []
    for question in questions:
        began, spent = time.perf_counter(), time.thread_time()
        answers.append(ask(question))
        times.append([1000 * (time.thread_time() - spent), 1000 * (time.perf_counter() - began)])
    return times, answers


def resident() -> float:
    """The megabytes of this process in memory, those of mapped files included."""
    pages = int(Path("/proc/self/statm").read_text("utf-8").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def peak() -> float:
    """The most megabytes this process had in memory."""
    status = Path("/proc/self/status").read_text("utf-8").partition("VmHWM:")[2]
    return int(status.split()[0]) / 1e3


if __name__ == "__main__":
    main()
