"""Does one tool's work in that tool's own interpreter, one JSON line in and one out.

It stands alone: peers' environments hold nothing of ours, so what a tool needs is imported where it
is used.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import json
import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Job = dict[str, Any]
Split = Callable[[str, str], list[str]]


# Documents: a source to a PO template, and a source and a catalogue to a localised file.


def ours_parse(job: Job) -> None:
    """The segments alone."""
    formats = importlib.import_module("l10n.formats")
    source = Path(job["source"])
    formats.extract(source.read_bytes(), path=source.name, locale=job["locale"])


def ours_extract(job: Job) -> None:
    """Segments, written as a template."""
    formats, catalogue = map(importlib.import_module, ("l10n.formats", "l10n.catalogue"))
    source = Path(job["source"])
    document = formats.extract(source.read_bytes(), path=source.name, locale=job["locale"])
    template = catalogue.template(document, locale="")
    Path(job["po"]).write_text(catalogue.text(template), encoding="utf-8")


def ours_merge(job: Job) -> None:
    """The source again, with a catalogue's targets in it."""
    formats, catalogue = map(importlib.import_module, ("l10n.formats", "l10n.catalogue"))
    source = Path(job["source"])
    targets = {entry.key: entry.target for entry in catalogue.read(job["po"]).live}
    document = formats.extract(source.read_bytes(), path=source.name, locale=job["locale"])
    Path(job["out"]).write_bytes(formats.merge(document, targets))


def toolkit_extract(job: Job) -> None:
    """html2po by its function, md2po and txt2po by their commands, without a process of their own."""
    if job["format"] == "html":
        html2po = importlib.import_module("translate.convert.html2po")
        with Path(job["source"]).open("rb") as source, Path(job["po"]).open("wb") as out:
            html2po.converthtml(source, out, None)
        return
    command = {"markdown": "md2po", "text": "txt2po"}[job["format"]]
    _main(f"translate.convert.{command}", ["-i", job["source"], "-o", job["po"]])


def toolkit_merge(job: Job) -> None:
    """po2html, po2md or po2txt."""
    if job["format"] == "html":
        po2html = importlib.import_module("translate.convert.po2html")
        with (
            Path(job["po"]).open("rb") as po,
            Path(job["source"]).open("rb") as source,
            Path(job["out"]).open("wb") as out,
        ):
            po2html.converthtml(po, out, source)
        return
    command = {"markdown": "po2md", "text": "po2txt"}[job["format"]]
    _main(f"translate.convert.{command}", ["-i", job["po"], "-t", job["source"], "-o", job["out"]])


def _main(module: str, arguments: list[str]) -> None:
    importlib.import_module(module).main(["--progress=none", "--errorlevel=none", *arguments])


def mdpo_extract(job: Job) -> None:
    """md2po."""
    md2po = importlib.import_module("mdpo.md2po")
    md2po.markdown_to_pofile(job["source"], po_filepath=job["po"], save=True, location=False)


def mdpo_merge(job: Job) -> None:
    """po2md."""
    po2md = importlib.import_module("mdpo.po2md")
    po2md.pofile_to_markdown(job["source"], [job["po"]], save=job["out"])


# Sentences.


def ours_split() -> Split:
    """The segmenter of this project."""
    split = importlib.import_module("l10n.segment").split
    return lambda text, locale: list(split(text, locale))


def sentencex_split() -> Split:
    """sentencex.segment."""
    segment = importlib.import_module("sentencex").segment
    return lambda text, locale: list(segment(locale, text))


def pysbd_split() -> Split:
    """The segmenter of pysbd with its language, with its English rules where it has none."""
    pysbd = importlib.import_module("pysbd")
    languages = importlib.import_module("pysbd.languages").LANGUAGE_CODES
    segmenters: dict[str, Any] = {}

    def split(text: str, locale: str) -> list[str]:
        if locale not in segmenters:
            segmenters[locale] = pysbd.Segmenter(
                language=locale if locale in languages else "en", clean=False
            )
        return list(segmenters[locale].segment(text))

    return split


def icu_split() -> Split:
    """The sentence breaker of ICU, through icu4py, whose offsets count UTF-16 units."""
    breaker = importlib.import_module("icu4py.breakers").SentenceBreaker

    def split(text: str, locale: str) -> list[str]:
        boundaries = breaker(text, locale).segments()
        if text.isascii() or max(text) <= "\uffff":
            return [text[start:end] for start, end in boundaries]
        units = text.encode("utf-16-le")
        return [units[2 * start : 2 * end].decode("utf-16-le") for start, end in boundaries]

    return split


def score(job: Job, split: Split) -> Job:
    """The figures of the scorer beside the corpus, by language, with the seconds taken."""
    spec = importlib.util.spec_from_file_location("score", job["scorer"])
    if spec is None or spec.loader is None:
        raise ImportError(job["scorer"])
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    vars(scorer)["WRAP"] = job.get("wrap", 0)
    cpu = 0.0

    def timed(text: str, locale: str) -> list[str]:
        nonlocal cpu
        begin = time.process_time()
        pieces = split(text, locale)
        cpu += time.process_time() - begin
        return pieces

    rows = scorer.evaluate(timed, langs=job["locales"] and set(job["locales"]))
    return {
        "split_cpu": cpu,
        "split_wall": sum(row["sec"] for row in rows.values()),
        "bytes": sum(row["bytes"] for row in rows.values()),
        "locales": {locale: scorer.summary(row) for locale, row in rows.items() if row["sents"]},
    }


def cut(job: Job, split: Split) -> Job:
    """How a text is cut, or with "lines" each of its lines."""
    text = Path(job["source"]).read_text("utf-8")
    pieces = [
        piece
        for part in (text.splitlines(keepends=True) if job.get("lines") else [text])
        for piece in split(part, job["locale"])
    ]
    return {"pieces": len(pieces), "lossless": "".join(pieces) == text}


DOCUMENTS = {
    "passerelle": {"parse": ours_parse, "extract": ours_extract, "merge": ours_merge},
    "translate-toolkit": {"extract": toolkit_extract, "merge": toolkit_merge},
    "mdpo": {"extract": mdpo_extract, "merge": mdpo_merge},
}
SENTENCES = {
    "passerelle": ours_split,
    "sentencex": sentencex_split,
    "pysbd": pysbd_split,
    "icu": icu_split,
}


def work(tool: str, job: Job, splitters: dict[str, Split]) -> Job:
    """One job done: its own answer, the seconds it took, and what went wrong."""
    task = job["task"]
    answer: Job = {}
    if task in {"score", "cut"} and tool not in splitters:
        splitters[tool] = SENTENCES[tool]()
    wall, cpu = time.perf_counter(), time.process_time()
    try:
        if task in {"score", "cut"}:
            answer = {"score": score, "cut": cut}[task](job, splitters[tool])
        else:
            DOCUMENTS[tool][task](job)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a peer raises is a result
        answer = {"error": f"{type(error).__name__}: {error}"[:200]}
    answer |= {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    return answer | {"peak": peak(), "total_cpu": time.process_time()}


def peak() -> float:
    """The most megabytes this process has held."""
    match = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text("utf-8"))
    return int(match[1]) / 1000 if match else 0.0


def main(tool: str) -> None:
    """Answer jobs until there are no more; what a tool prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    splitters: dict[str, Split] = {}
    for line in sys.stdin:
        answers.write(json.dumps(work(tool, json.loads(line), splitters)) + "\n")
        answers.flush()


if __name__ == "__main__":
    main(sys.argv[1])
