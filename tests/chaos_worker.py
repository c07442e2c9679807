"""A process that decides segments until it is killed, and says on its output what was acknowledged.

    chaos_worker.py PROJECT SEED POINT COUNT [mutant] [behind] [together]

It kills itself when it reaches the named point for the COUNT-th time.  The mutant acknowledges a
decision before it is durable.  With "behind" a thread writes the catalogue, as at the desk; with
"together" up to four people decide at the same moment, as there.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from l10n import project
from l10n.model import Entry
from workflow import ledger
from workflow.decision_rules import DecisionBatch, DecisionRequest
from workflow.deferred_writer import DeferredWriter
from workflow.states import Action, Role


def acknowledge(source: str, target: str) -> None:
    """Say it in one write, which a kill leaves whole or out."""
    sys.stdout.write(f"{source}\t{target}\n")
    sys.stdout.flush()


def decided(
    opened: ledger.Ledger, release: project.Release, told: Sequence[Entry], name: str
) -> Iterator[tuple[Entry, str]]:
    """Which of the entries were decided, and how, of several asked for at once; one twice is decided once."""
    heads = opened.store.current("bureau", "es")
    pairs = [(entry, f"{name}.{number}") for number, entry in enumerate(told)]
    asked = [
        DecisionBatch(
            release,
            "es",
            (
                DecisionRequest(
                    one.key, Action.APPROVE, target, heads[one.key].digest if one.key in heads else ""
                ),
            ),
            "ana",
            Role.REVIEWER,
        )
        for one, target in pairs
    ]
    for pair, outcome in zip(pairs, opened.decide_batches(asked), strict=True):
        if isinstance(outcome, tuple):
            yield pair
        elif not isinstance(outcome, ledger.StaleDecision):
            raise outcome


def main(folder: str, seed: str, point: str, count: str, *rest: str) -> None:
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    left = int(count)

    def reach(name: str) -> None:
        nonlocal left
        if name == point:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    opened = ledger.open_ledger(project.load(Path(folder)), ledger.now)
    opened = ledger.Ledger(opened.project, opened.store, opened.clock, reach)
    if "behind" in rest:
        opened = replace(opened, schedule_write=DeferredWriter(opened.written, wait=0.02).schedule)
    release = project.release(opened.project, "bureau")
    number = 0
    while True:
        found = opened.catalogue(release, "es")
        assert found is not None
        number += 1
        told = chance.choices(found.live, k=4 if "together" in rest else 1)
        if "mutant" in rest:
            acknowledge(told[0].source, f"decided {seed}.{number}.0")
        for entry, target in decided(opened, release, told, f"decided {seed}.{number}"):
            if "mutant" not in rest:
                acknowledge(entry.source, target)


main(*sys.argv[1:])
