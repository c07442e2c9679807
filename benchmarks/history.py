"""What is left to review when an author edits a text, and whether each change was judged right."""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import polib
import tomli

from benchmarks import texts
from benchmarks.edits import EDITS, Place
from benchmarks.options import Options
from benchmarks.peers import ROOT, machine
from l10n import catalogue, formats, inline
from l10n.catalogue import Grade, Revision
from l10n.model import Catalogue, Document, Entry, Segment, State, Unit

Keys = frozenset[tuple[str, str]]
WAYS = ("ours, sentences", "ours, paragraphs", "msgmerge, sentences", "msgmerge, paragraphs")
ONE_LOOK = (Grade.SMALL, Grade.NUMBER)
MIXED = 5


@dataclass(slots=True)
class Tally:
    """What the replays of one kind of edit came to."""

    replays: int = 0
    words: Counter[str] = field(default_factory=Counter)
    one_look: int = 0
    grades: Counter[Grade] = field(default_factory=Counter)
    disturbed: int = 0


def run(options: Options) -> None:
    """Both tables."""
    print(machine())
    version = subprocess.run(["msgmerge", "--version"], capture_output=True, text=True, check=True).stdout
    print(f"beside: {version.splitlines()[0]}")
    documents = list(_documents(2 if options.quick else 12))
    words = sum(_words(entry) for document in documents for entry in _approved(document).entries)
    print(f"{len(documents)} documents, {words} words: our demonstration releases and generated ones")
    tallies = {kind: Tally() for kind in EDITS}
    costs: dict[str, list[float]] = {"ours": [], "msgmerge": []}
    rounds = 1 if options.quick else 3
    with tempfile.TemporaryDirectory() as folder:
        for document in documents:
            for kind in EDITS:
                for seed in range(rounds):
                    _replay(document, kind, seed, tallies[kind], Path(folder), costs)
        mixed = _mixed(documents, rounds, Path(folder))
    _print_words(tallies, mixed)
    _print_grades(tallies)
    print(
        f"\nCPU of one update, medians: revise {1000 * statistics.median(costs['ours']):.1f} ms,"
        f" msgmerge with its process {1000 * statistics.median(costs['msgmerge']):.1f} ms"
    )


def _documents(count: int) -> Iterator[Document]:
    for folder in sorted((ROOT / "releases").iterdir()):
        for source in folder.glob("source.*"):
            settings = tomli.loads((folder / "release.toml").read_text("utf-8"))
            yield formats.extract(source.read_bytes(), path=source.name, locale=settings["locale"])
    generators = {"source.html": texts.html, "source.md": texts.markdown, "source.txt": texts.text}
    for seed in range(count):
        name, write = list(generators.items())[seed % 3]
        locale = ("en", "fr")[seed // 3 % 2]
        yield formats.extract(write(locale, seed, 6000).encode(), path=name, locale=locale)


def _approved(document: Document) -> Catalogue:
    """Its catalogue with every target approved; a copy of the source, so every grade is possible."""
    empty = catalogue.template(document, locale=document.locale)
    filled = (
        replace(entry, target=entry.source, state=State.REVIEWED, origin="human", actor="a")
        for entry in empty.entries
    )
    return replace(empty, entries=tuple(filled))


def by_paragraph(document: Document) -> Document:
    """The same document with one segment a block."""
    return replace(document, parts=tuple(map(_whole, document.units)))


def _whole(unit: Unit) -> Unit:
    pieces = []
    shift = 0
    for segment in unit.segments:
        pieces.append(inline.renumbered(segment.source, shift))
        shift += len(inline.codes_of(segment.source))
    return replace(unit, parts=(Segment(unit.raw, " ".join(pieces)),) if pieces else ())


def _replay(
    before: Document,
    kind: str,
    seed: int,
    tally: Tally,
    folder: Path,
    costs: dict[str, list[float]],
) -> None:
    """One edit of one document, followed in every way."""
    grade, change = EDITS[kind]
    chance = random.Random(f"{before.path} {kind} {seed}")  # noqa: S311 - no secret hangs on it
    data = change(Place(before, chance))
    if data is None or data == before.raw:
        return
    after = _again(before, data)
    back = grade is Grade.RETURNED
    start = time.process_time()
    revision = _revised(before, after, back=back)
    costs["ours"].append((time.process_time() - start) / (2 if back else 1))
    tally.replays += 1
    tally.words.update(_left_in_every_way(before, after, folder, costs, back=back))
    tally.one_look += sum(_words(c.entry) for c in revision.changes if c.grade in ONE_LOOK)
    _judge(before, after, grade, revision, tally)


def _again(before: Document, data: bytes) -> Document:
    return formats.extract(data, path=before.path, locale=before.locale)


def _revised(before: Document, after: Document, *, back: bool) -> Revision:
    revision = catalogue.revise(_approved(before), after)
    return catalogue.revise(revision.catalogue, before) if back else revision


def _left_in_every_way(
    before: Document, after: Document, folder: Path, costs: dict[str, list[float]], *, back: bool
) -> Mapping[str, int]:
    """Words of entries that are not approved afterwards, by way."""
    words_left = {}
    for cut, (old, new) in {
        "sentences": (before, after),
        "paragraphs": (by_paragraph(before), by_paragraph(after)),
    }.items():
        entries = _revised(old, new, back=back).catalogue.live
        words_left[f"ours, {cut}"] = sum(_words(entry) for entry in entries if not entry.approved)
        merged = _msgmerge(catalogue.text(_approved(old)), new, folder, costs)
        if back:
            merged = _msgmerge(merged, old, folder, costs)
        words_left[f"msgmerge, {cut}"] = _left_in(merged)
    return words_left


def _msgmerge(old: str, new: Document, folder: Path, costs: dict[str, list[float]]) -> str:
    """The text of a catalogue after msgmerge."""
    po, pot, out = folder / "old.po", folder / "new.pot", folder / "out.po"
    po.write_text(old, "utf-8")
    pot.write_text(catalogue.text(catalogue.template(new, locale=new.locale)), "utf-8")
    start = _children()
    subprocess.run(["msgmerge", "--quiet", "--previous", "-o", out, po, pot], check=True)
    costs["msgmerge"].append(_children() - start)
    return out.read_text("utf-8")


def _children() -> float:
    """CPU seconds of the processes started and ended so far."""
    times = os.times()
    return times.children_user + times.children_system


def _left_in(text: str) -> int:
    return sum(
        len(inline.plain(entry.msgid).split())
        for entry in polib.pofile(text)
        if not entry.obsolete and (entry.fuzzy or not entry.msgstr)
    )


def _words(entry: Entry) -> int:
    return len(inline.plain(entry.source).split())


def _judge(before: Document, after: Document, grade: Grade, revision: Revision, tally: Tally) -> None:
    """Count our grade of each entry that the edit touched, and changes it should not have made.

    Where nothing should change, the replay counts once: as same, or as each grade it was given.
    """
    old, new = _keys(before), _keys(after)
    touched = {
        Grade.OBSOLETE: old - new,
        Grade.RETURNED: old - new,
        Grade.SAME: frozenset[tuple[str, str]](),
        Grade.MOVED: old & new,
    }.get(grade, new - old)
    grades = {change.entry.key: change.grade for change in revision.changes}
    if grade in {Grade.SAME, Grade.MOVED}:
        tally.grades.update(grades.values() or [Grade.SAME])
        return
    tally.grades.update(grades.get(key, Grade.SAME) for key in touched)
    removed = {entry.key for change in revision.changes for entry in change.before} | (old - new)
    tally.disturbed += sum(
        key not in touched and not (grades[key] is Grade.OBSOLETE and key in removed) for key in grades
    )


def _keys(document: Document) -> Keys:
    return frozenset(segment.key for _, segment in document.segments())


def _mixed(documents: list[Document], rounds: int, folder: Path) -> Tally:
    """An editor's afternoon: several edits of different kinds, then one update."""
    tally = Tally()
    for document in documents:
        for seed in range(rounds):
            chance = random.Random(f"{document.path} {seed}")  # noqa: S311 - no secret hangs on it
            after = document
            for kind in chance.sample([*EDITS][:-1], MIXED):
                data = EDITS[kind][1](Place(after, chance))
                after = _again(document, data) if data else after
            tally.replays += 1
            tally.words.update(_left_in_every_way(document, after, folder, {"msgmerge": []}, back=False))
            revision = _revised(document, after, back=False)
            tally.one_look += sum(_words(c.entry) for c in revision.changes if c.grade in ONE_LOOK)
    return tally


def _print_words(tallies: Mapping[str, Tally], mixed: Tally) -> None:
    print("\nwords to review after one update ('one look' of those: a small slip, a number already put in)")
    print(f"    {'edit':22}{'replays':>8}" + "".join(f"{tool:>22}" for tool in WAYS) + f"{'one look':>10}")
    total = Tally()
    for kind, tally in {**tallies, f"{MIXED} of these at once": mixed}.items():
        _print_row(kind, tally)
        if tally is not mixed:
            total.replays += tally.replays
            total.words.update(tally.words)
            total.one_look += tally.one_look
    _print_row("all single edits", total)


def _print_row(kind: str, tally: Tally) -> None:
    cells = "".join(f"{tally.words[tool]:22}" for tool in WAYS)
    print(f"    {kind:22}{tally.replays:8}{cells}{tally.one_look:10}")


def _print_grades(tallies: Mapping[str, Tally]) -> None:
    print("\nour grades against the known ones")
    print(f"    {'edit':22}{'known':>10}{'right':>9}{'others touched':>16}   all grades given")
    right = judged = 0
    for kind, tally in tallies.items():
        expected, count = EDITS[kind][0], sum(tally.grades.values())
        if not count:
            continue
        right += tally.grades[expected]
        judged += count
        grades = ", ".join(f"{grade} {number}" for grade, number in tally.grades.most_common())
        share = f"{100 * tally.grades[expected] / count:.1f} %"
        print(f"    {kind:22}{expected:>10}{share:>9}{tally.disturbed:16}   {grades}")
    print(f"    {'all':22}{'':10}{f'{100 * right / max(1, judged):.1f} %':>9}")
