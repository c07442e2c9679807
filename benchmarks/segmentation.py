"""Where sentences end: how often each segmenter is right, how fast it is, and what makes it hang."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks import texts
from benchmarks.options import Options
from benchmarks.peers import ROOT, Failed, Peers, Worker, machine, prepare

CORPUS = ROOT.parent / "shared" / "bench" / "segment"
PEERS = ("sentencex", "icu", "pysbd")
LOCALES = ("en", "fr", "es", "ar", "ru", "zh", "pt", "de", "it", "hi", "ja")
LENGTH = 100_000
HOSTILE: Mapping[str, str] = {
    "open straight quotes": 'He said "a. ',
    "open guillemets": "« Il a dit. ",
    "open brackets": "(A. ",
    "a run of dots": ".",
    "a run of quotes": '"',
    "dotted letters": "a.",
    "abbreviations": "Mr. ",
    "question marks": "? ! ",
    "numbers": "1. ",
    "white space": " ",
    "one word": "a",
}


def run(options: Options) -> None:
    """Both tables."""
    peers = prepare(options.peers)
    print(machine())
    peers.tell("passerelle", *PEERS)
    evaluate(peers, options)
    speed(peers, options)
    hostile(peers, options)


def evaluate(peers: Peers, options: Options) -> None:
    """The scorer of the corpus, for everyone."""
    scorer = CORPUS / "score.py"
    if not scorer.exists():
        print("left out: boundaries (the development corpus is not beside this checkout)")
        return
    limit = 15.0 if options.quick else 300.0
    locales = LOCALES[:2] if options.quick else LOCALES
    print(
        f"\ndevelopment corpus of {len(locales)} languages;"
        " ask: F1p ≥ 98.5 and over ≤ 5, at most 0.3 less wrapped"
    )
    print(
        f"    {'':14}{'F1p':>8}{'F1':>8}{'over/1000':>11}{'worst F1p':>13}{'lossless %':>12}"
        f"{'wrapped F1p':>13}{'over':>7}{'CPU s':>8}{'MB/s':>8}"
    )
    for tool in peers.having(*PEERS):
        with Worker(peers, tool) as worker:
            job = {"task": "score", "scorer": str(scorer), "locales": locales}
            try:
                plain = worker.ask(job, limit)
                wrapped = worker.ask({**job, "wrap": 66}, limit)
            except Failed as reason:
                print(f"    {tool:14}{reason}")
                continue
        _print_scores(tool, plain, wrapped, locales)


def _print_scores(
    tool: str, plain: Mapping[str, Any], wrapped: Mapping[str, Any], locales: tuple[str, ...]
) -> None:
    if error := plain.get("error") or wrapped.get("error"):
        print(f"    {tool:14}{error}")
        return
    rows, folded = plain["locales"], wrapped["locales"]
    worst = min(locales, key=lambda locale: float(rows[locale]["F1p"]))

    def mean(figures: Mapping[str, Any], name: str) -> float:
        return statistics.mean(float(figures[locale][name]) for locale in locales)

    lossless = min(rows[locale]["join"] for locale in locales)
    print(
        f"    {tool:14}{mean(rows, 'F1p'):8.2f}{mean(rows, 'F1'):8.2f}{mean(rows, 'over'):11.1f}"
        f"{worst:>7}{rows[worst]['F1p']:6.1f}{lossless:12.1f}{mean(folded, 'F1p'):13.2f}"
        f"{mean(folded, 'over'):7.1f}{plain['split_cpu']:8.2f}"
        f"{plain['bytes'] / 1e6 / plain['split_cpu']:8.2f}"
    )


def speed(peers: Peers, options: Options) -> None:
    """The same generated paragraphs for everyone, one call a paragraph, in interleaved rounds."""
    tools = peers.having(*PEERS)
    limit = 15.0 if options.quick else 120.0
    count = 200 if options.quick else 1000
    seconds_of_tools: dict[str, list[tuple[float, float]]] = {tool: [] for tool in tools}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "paragraphs.txt"
        by = texts.writer("en", 1)
        source.write_text("\n".join(by.paragraph() for _ in range(count)), "utf-8")
        workers = {tool: Worker(peers, tool) for tool in tools}
        job = {"task": "cut", "source": str(source), "locale": "en", "lines": True}
        for number in range(4):
            for tool, worker in workers.items():
                try:
                    answer = worker.ask(job, limit)
                except Failed:
                    continue
                if number:
                    seconds_of_tools[tool].append((answer["cpu"], answer["wall"]))
        for worker in workers.values():
            worker.stop()
        size = source.stat().st_size / 1e6
    print(f"\ngenerated paragraphs, {size:.2f} MB, medians of 3 rounds in turn")
    print(f"    {'':14}{'CPU MB/s':>10}{'wall MB/s':>11}{'CPU of ours ÷':>15}")
    ours = statistics.median(cpu for cpu, _ in seconds_of_tools["passerelle"])
    for tool, seconds in seconds_of_tools.items():
        if seconds:
            cpu, wall = (statistics.median(column) for column in zip(*seconds, strict=True))
            print(f"    {tool:14}{size / cpu:10.2f}{size / wall:11.2f}{cpu / ours:14.2f}×")


def hostile(peers: Peers, options: Options) -> None:
    """Seconds on 100 kB of what no author writes."""
    tools = peers.having(*PEERS)
    limit = 1.5 if options.quick else 10.0
    print(f"\n100 kB of hostile input, CPU seconds (limit {limit:g} s; ask: ours ≤ 0.5)")
    print(f"    {'':24}" + "".join(f"{tool:>13}" for tool in tools))
    with tempfile.TemporaryDirectory() as folder:
        for name, unit in HOSTILE.items():
            source = Path(folder) / "hostile.txt"
            source.write_text((unit * LENGTH)[:LENGTH], "utf-8")
            cells = (f"{_hostile(peers, tool, source, limit):>13}" for tool in tools)
            print(f"    {name:24}" + "".join(cells))


def _hostile(peers: Peers, tool: str, source: Path, limit: float) -> str:
    locale = "fr" if source.read_text("utf-8").startswith("«") else "en"
    with Worker(peers, tool) as worker:
        try:
            answer = worker.ask({"task": "cut", "source": str(source), "locale": locale}, limit + 1)
        except Failed as reason:
            return f"> {limit:g}" if "over" in str(reason) else str(reason)
    if "error" in answer:
        return str(answer["error"]).partition(":")[0][:12]
    return f"{answer['cpu']:.3f}" + ("" if answer["lossless"] else " lossy")
