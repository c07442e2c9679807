"""How fast, how faithfully and with how much memory documents are taken apart and put together."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

import pyromark
from selectolax.lexbor import LexborHTMLParser, LexborNode

from benchmarks import texts
from benchmarks.options import Options
from benchmarks.peers import ROOT, Failed, Peers, Worker, machine, prepare

CORPUS = ROOT.parent / "shared" / "bench" / "documents"
PEERS = {
    "html": ("translate-toolkit", "po4a"),
    "markdown": ("mdpo", "translate-toolkit", "po4a"),
    "text": ("translate-toolkit", "po4a"),
}
ASKS = {
    ("html", "translate-toolkit"): 6,
    ("html", "po4a"): 30,
    ("markdown", "mdpo"): 3,
}
SUFFIXES = {"html": ("html", ".html"), "markdown": ("md", ".md"), "text": ("txt", ".txt")}
WRITERS: Mapping[str, Callable[[str, int, int], str]] = {
    "html": texts.html,
    "markdown": texts.markdown,
    "text": texts.text,
}
CLASSES = ("byte-identical", "same text", "damaged", "refused")
SIZES = (1.0, 5.0, 50.0)


@dataclass(frozen=True, slots=True)
class Source:
    """One file to take apart."""

    path: Path
    format: str
    locale: str
    charset: str

    def job(self, task: str, folder: Path) -> dict[str, str]:
        """What a worker needs to know."""
        return {
            "task": task,
            "format": self.format,
            "locale": self.locale,
            "charset": self.charset,
            "source": str(self.path),
            "po": str(folder / f"{self.path.name}.po"),
            "out": str(folder / f"out{self.path.suffix}"),
        }


@dataclass(slots=True)
class Times:
    """Seconds by (task, file), one for each round."""

    cpu: dict[tuple[str, Path], list[float]] = field(default_factory=dict)
    wall: dict[tuple[str, Path], list[float]] = field(default_factory=dict)

    def add(self, task: str, path: Path, answer: Mapping[str, float]) -> None:
        """Note an answer's seconds."""
        self.cpu.setdefault((task, path), []).append(answer["cpu"])
        self.wall.setdefault((task, path), []).append(answer["wall"])

    def total(self, tasks: Sequence[str], paths: Sequence[Path], *, wall: bool = False) -> float:
        """The median over rounds of the seconds that these files took together."""
        seconds = [(self.wall if wall else self.cpu)[task, path] for task, path in product(tasks, paths)]
        return statistics.median(map(sum, zip(*seconds, strict=True)))


def run(options: Options) -> None:
    """Every table, for each format."""
    peers = prepare(options.peers)
    print(machine())
    peers.tell("passerelle", "translate-toolkit", "po4a", "mdpo")
    with tempfile.TemporaryDirectory() as folder:
        for format_ in SUFFIXES:
            compare(format_, peers, Path(folder), options)
        for format_ in SUFFIXES:
            grow(format_, peers, Path(folder), options)


def compare(format_: str, peers: Peers, folder: Path, options: Options) -> None:
    """Fidelity of every tool on the same files, then their speed in interleaved rounds."""
    sources = list(_sources(format_, folder, quick=options.quick))
    size = sum(source.path.stat().st_size for source in sources) / 1e6
    own = sum(source.path.is_relative_to(folder) for source in sources)
    print(f"\n{format_}: {len(sources)} files, {size:.2f} MB ({own} of them written by our generator)")
    tools = peers.having(*PEERS[format_])
    limit = 5.0 if options.quick else 15.0
    workers = {tool: Worker(peers, tool) for tool in tools}
    try:
        results = {tool: _fidelity(workers[tool], sources, folder, limit) for tool in tools}
        _print_fidelity(results, len(sources))
        times = _rounds(workers, results, folder, rounds=2 if options.quick else 3)
    finally:
        for worker in workers.values():
            worker.stop()
    _print_speed(format_, times, {tool: tuple(results[tool].accepted) for tool in tools})
    _print_started(peers, tools, results, folder)


def _sources(format_: str, folder: Path, *, quick: bool) -> Iterator[Source]:
    name, suffix = SUFFIXES[format_]
    paths = sorted((CORPUS / name).glob(f"*{suffix}"))
    for path in paths[:: 16 if quick else 1]:
        locale = path.name.split("-")[1]
        yield Source(path, format_, "en" if len(locale) != 2 or locale == "xx" else locale, _charset(path))
    for locale, seed in product(("en", "fr"), range(2 if quick else 8)):
        path = folder / f"written-{locale}-{seed}{suffix}"
        path.write_text(WRITERS[format_](locale, seed, 12_000), "utf-8")
        yield Source(path, format_, locale, "UTF-8")


def _charset(path: Path) -> str:
    try:
        path.read_bytes().decode()
    except UnicodeDecodeError:
        return "CP1252"
    return "UTF-8"


@dataclass(frozen=True, slots=True)
class Done:
    """How many files came back in which class: with an empty catalogue, with each source as its target."""

    empty: Counter[str] = field(default_factory=Counter)
    filled: Counter[str] = field(default_factory=Counter)
    accepted: list[Source] = field(default_factory=list)


def _fidelity(worker: Worker, sources: Sequence[Source], folder: Path, limit: float) -> Done:
    """What one tool makes of every file."""
    results = Done()
    place = folder / worker.tool
    place.mkdir(exist_ok=True)
    for source in sources:
        outcome = _extracted(worker, source, place, limit) or _merged(worker, source, place, limit)
        results.empty[outcome] += 1
        filled_outcome = outcome if outcome == "refused" else _with_own_words(worker, source, place, limit)
        results.filled[filled_outcome] += 1
        if outcome != "refused":
            results.accepted.append(source)
    return results


def _extracted(worker: Worker, source: Source, place: Path, limit: float) -> str:
    """Nothing, or "refused" when there is no template afterwards."""
    job = source.job("extract", place)
    Path(job["po"]).unlink(missing_ok=True)
    try:
        answer = worker.ask(job, limit)
    except Failed:
        return "refused"
    template = Path(job["po"])
    return "refused" if "error" in answer or not template.exists() or not template.stat().st_size else ""


def _merged(worker: Worker, source: Source, place: Path, limit: float) -> str:
    """The class of the file a tool gives back."""
    job = source.job("merge", place)
    out = Path(job["out"])
    out.unlink(missing_ok=True)
    try:
        answer = worker.ask(job, limit)
    except Failed:
        return "refused"
    if "error" in answer or not out.exists() or not out.stat().st_size:
        return "refused"
    return verdict(source.path.read_bytes(), out.read_bytes(), source)


def _with_own_words(worker: Worker, source: Source, place: Path, limit: float) -> str:
    """The class when every entry's target is its own source, as msgen fills it."""
    job = source.job("merge", place)
    empty = Path(job["po"])
    backup = empty.with_suffix(".empty")
    shutil.copy(empty, backup)
    try:
        command = ["msgen", "--force-po", "-o", str(empty), str(backup)]
        if subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode:
            return "refused"
        return _merged(worker, source, place, limit)
    finally:
        backup.replace(empty)


def verdict(before: bytes, after: bytes, source: Source) -> str:
    """How a file came back: to the byte, with the text a reader and a browser get, or damaged."""
    if before == after:
        return "byte-identical"
    old_text, new_text = (data.decode(source.charset, "replace") for data in (before, after))
    return "same text" if shown(old_text, source.format) == shown(new_text, source.format) else "damaged"


def shown(text: str, format_: str) -> str:
    """Every text in the tree, scripts included; white space counts in scripts and listings only."""
    if format_ == "markdown":
        text = _without_front_matter(text)
        text = pyromark.html(text, options=pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_FOOTNOTES)
    if format_ == "text":
        return "".join(text.split())
    root = LexborHTMLParser(text).root
    nodes = root.traverse(include_text=True) if root else ()
    return "".join(_text_of(node) for node in nodes if node.tag == "-text")


def _text_of(node: LexborNode) -> str:
    """A text node without white space; lines of a script and a listing stay, JSON is parsed."""
    words, parent = node.text_content or "", node.parent
    tag = parent.tag if parent is not None else ""
    if parent is not None and tag == "script" and "json" in (parent.attributes.get("type") or ""):
        with suppress(ValueError):
            return json.dumps(json.loads(words, strict=False), ensure_ascii=False)
    if tag in {"script", "pre", "textarea"}:
        return "\n".join(" ".join(line.split()) for line in words.splitlines() if line.strip())
    return "".join(words.split())


def _without_front_matter(text: str) -> str:
    if not text.startswith("---"):
        return text
    end = text.find("\n---", 3)
    return text[:3] + text[end:] if end > 0 else text


def _print_fidelity(results: Mapping[str, Done], count: int) -> None:
    for column, title in (("empty", "empty catalogue"), ("filled", "every source as its own target")):
        print(f"  {title:32}" + "".join(f"{name:>16}" for name in CLASSES))
        for tool, result in results.items():
            counts: Counter[str] = getattr(result, column)
            cells = (f"{counts[name]} ({100 * counts[name] / count:.1f} %)" for name in CLASSES)
            print(f"    {tool:30}" + "".join(f"{cell:>16}" for cell in cells))


def _rounds(
    workers: Mapping[str, Worker], results: Mapping[str, Done], folder: Path, *, rounds: int
) -> dict[str, Times]:
    """Seconds of every tool on the files it accepts, tools in turn in each round."""
    times = {tool: Times() for tool in workers}
    for _ in range(rounds):
        for tool, worker in workers.items():
            tasks = ("parse", "extract", "merge") if tool == "passerelle" else ("extract", "merge")
            for source, task in product(results[tool].accepted, tasks):
                try:
                    answer = worker.ask(source.job(task, folder / tool), 120)
                except Failed:
                    answer = {"cpu": 120.0, "wall": 120.0}
                times[tool].add(task, source.path, answer)
    return times


def _print_speed(format_: str, times: Mapping[str, Times], accepted: Mapping[str, Sequence[Source]]) -> None:
    print(
        f"  {'speed, CPU seconds, warm':32}{'files':>6}{'extract/s':>11}{'MB/s':>7}{'both/s':>9}{'MB/s':>7}"
        f"{'ours, same files: extract':>28}{'both':>8}{'wall':>8}{'ask':>6}"
    )
    ours = times["passerelle"]
    for tool, tool_times in times.items():
        sources = [source for source in accepted[tool] if source in accepted["passerelle"]]
        if not sources:
            print(f"    {tool:30}{0:6}")
            continue
        paths = [source.path for source in sources]
        size = sum(path.stat().st_size for path in paths) / 1e6
        extract, both = tool_times.total(("extract",), paths), tool_times.total(("extract", "merge"), paths)
        row = (
            f"    {tool:30}{len(paths):6}{len(paths) / extract:11.1f}{size / extract:7.2f}"
            f"{len(paths) / both:9.1f}{size / both:7.2f}"
        )
        if tool != "passerelle":
            tasks = ("extract", "merge")
            wall = tool_times.total(tasks, paths, wall=True) / ours.total(tasks, paths, wall=True)
            ask = ASKS.get((format_, tool))
            row += (
                f"{extract / ours.total(('extract',), paths):27.1f}×{both / ours.total(tasks, paths):7.1f}×"
                f"{wall:7.1f}×{f'{ask}×' if ask else '-':>6}"
            )
        print(row)
    paths = [source.path for source in accepted["passerelle"]]
    parse = ours.total(("parse",), paths)
    size = sum(path.stat().st_size for path in paths) / 1e6
    print(f"    passerelle, no template written{len(paths):5}{len(paths) / parse:11.1f}{size / parse:7.2f}")


def _print_started(peers: Peers, tools: Sequence[str], results: Mapping[str, Done], folder: Path) -> None:
    """The same with a process for each document."""
    common = [
        s for s in results["passerelle"].accepted if all(s in results[tool].accepted for tool in tools)
    ][:5]
    cells = []
    for tool in tools:
        seconds = [_one_process(peers, tool, source, folder / tool) for source in common]
        cells.append(f"{tool} {statistics.median(seconds):.2f} s" if seconds else f"{tool} -")
    print(f"  CPU of one process for one document, start-up and both ways: {', '.join(cells)}")


def _one_process(peers: Peers, tool: str, source: Source, folder: Path) -> float:
    with Worker(peers, tool) as worker:
        worker.ask(source.job("extract", folder), 120)
        return float(worker.ask(source.job("merge", folder), 120)["total_cpu"])


def grow(format_: str, peers: Peers, folder: Path, options: Options) -> None:
    """Time and peak memory over growing documents, each in a process of its own."""
    sizes = (0.2,) if options.quick else SIZES
    limit = 5.0 if options.quick else 90.0
    print(
        f"\n{format_}, growth: CPU seconds and peak MB, extract and then merge (limit {limit:.0f} s a step)"
    )
    print(f"    {'':30}" + "".join(f"{f'{size:g} MB extract':>22}{'merge':>22}" for size in sizes))
    suffix = SUFFIXES[format_][1]
    for size in sizes:
        (folder / f"grown-{size}{suffix}").write_text(
            WRITERS[format_]("en", 1, int(size * 1_000_000)), "utf-8"
        )
    for tool in peers.having(*PEERS[format_]):
        sources = (Source(folder / f"grown-{size}{suffix}", format_, "en", "UTF-8") for size in sizes)
        print(f"    {tool:30}" + "".join(_grown(peers, tool, sources, folder, limit)))


def _grown(peers: Peers, tool: str, sources: Iterator[Source], folder: Path, limit: float) -> Iterator[str]:
    """Cells of one tool; after a failure the bigger sizes are not tried."""
    failed = False
    for source in sources:
        with Worker(peers, tool) as worker:
            for task in ("extract", "merge"):
                if failed:
                    yield f"{'-':>22}"
                    continue
                try:
                    answer = worker.ask(source.job(task, folder / tool), limit)
                except Failed as reason:
                    failed = True
                    yield f"{reason!s:>22}"
                    continue
                failed = "error" in answer
                cell = answer["error"][:20] if failed else f"{answer['cpu']:.1f} s, {answer['peak']:.0f} MB"
                yield f"{cell:>22}"
