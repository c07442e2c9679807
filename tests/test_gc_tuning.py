"""Garbage is collected seldom or not while a document is read, a site built or catalogues checked."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from l10n import catalogue, checks, formats, gate
from l10n.gc_tuning import no_more_gc, paused_gc, relaxed_gc

SAMPLES = Path(__file__).parent / "cases" / "formats"
FEW = 100  # objects, of lxml and of reading a zip
HEADER = 'msgid ""\nmsgstr "Language: fr\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
ENTRY = 'msgid "On {day} May 2031 Asa Varga did not sign."\nmsgstr "Le {other} juin, Asa Varka a signé."\n\n'


@pytest.fixture(autouse=True)
def before() -> Iterator[tuple[int, int, int]]:
    thresholds = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield gc.get_threshold()
    gc.set_threshold(*thresholds)


def test_inside_the_block_it_is_seldom_and_after_it_as_before(before: tuple[int, int, int]) -> None:
    with relaxed_gc():
        assert gc.get_threshold() > before
    assert gc.get_threshold() == before


def test_blocks_of_two_threads_that_overlap_leave_no_trace(before: tuple[int, int, int]) -> None:
    first, second = relaxed_gc(), relaxed_gc()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    second.__exit__(None, None, None)
    assert gc.get_threshold() == before


@pytest.mark.parametrize("chosen", [(0, 10, 10), (90_000, 50, 500)])
def test_what_the_program_chose_itself_stays(chosen: tuple[int, int, int]) -> None:
    gc.set_threshold(*chosen)
    with relaxed_gc():
        assert gc.get_threshold() == chosen


def test_an_error_inside_leaves_no_trace_either(before: tuple[int, int, int]) -> None:
    with pytest.raises(KeyError), relaxed_gc():
        raise KeyError
    assert gc.get_threshold() == before


def test_a_pause_ends_with_the_first_of_blocks_that_overlap_and_by_an_error() -> None:
    first, second = paused_gc(), paused_gc()
    first.__enter__()
    second.__enter__()
    assert not gc.isenabled()
    first.__exit__(None, None, None)
    second.__exit__(None, None, None)
    assert gc.isenabled()
    with pytest.raises(KeyError), paused_gc():
        raise KeyError
    assert gc.isenabled()


def test_what_the_last_work_of_a_process_leaves_is_never_looked_at() -> None:
    with no_more_gc():
        kept = [[Path()]]
    assert gc.isenabled()
    assert not any(looked_at is kept for looked_at in gc.get_objects())


def test_a_collector_that_is_switched_off_stays_off() -> None:
    gc.disable()
    try:
        with paused_gc():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("sample.*")), ids=lambda path: path.suffix)
def test_a_document_leaves_nothing_to_collect(path: Path, tmp_path: Path) -> None:
    def read() -> None:
        document = formats.extract(path.read_bytes(), path=path.name, locale="en")
        catalogue.write(catalogue.template(document, locale="fr"), tmp_path / "fr.po")
        catalogue.read(tmp_path / "fr.po")

    read()  # what is made once and kept
    gc.collect()
    with paused_gc():
        read()
        assert gc.collect() < FEW


def test_the_gate_leaves_nothing_to_collect_whatever_a_catalogue_is(tmp_path: Path) -> None:
    entries = [ENTRY.format(day=day, other=day + 1) for day in range(1, 25)]
    texts = {
        "wrong": HEADER + "".join(entries),
        "same": HEADER + "".join(entries[:5] + [entry.replace("juin", "mars") for entry in entries]),
        "headless": "".join(entries),
        "cut": HEADER + "".join(entries)[:-30],
        "escaped": HEADER + "".join(entries).replace("Asa", "\\qAsa"),
        "repeated": HEADER + "".join(entries * 2),
    }
    files = [gate.CatalogueFile(str(tmp_path / f"{name}.fr.po"), name) for name in texts]
    for file, text in zip(files, texts.values(), strict=True):
        Path(file.path).write_text(text, "utf-8")

    def inspect() -> int:
        reports = gate.inspect_catalogues(files, gate.Goals(), checks.names())
        return sum(len(report.findings) for report in reports) + len(list(gate.inconsistent(reports)))

    assert inspect() > FEW  # and what is made once and kept
    gc.collect()
    with paused_gc():
        inspect()
        assert gc.collect() == 0
