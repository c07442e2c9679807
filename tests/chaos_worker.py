"""A process that decides segments until it is killed, and says in a pipe what was acknowledged.

It is forked off a server that imported what it needs: the imports would take most of its time.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from l10n import project
from l10n.model import Entry
from workflow import ledger
from workflow.decision_rules import DecisionBatch, DecisionRequest
from workflow.deferred_writer import DeferredWriter
from workflow.states import Action, Role


@dataclass(frozen=True, slots=True)
class Orders:
    """What a worker does where, until it kills itself: when it reaches a point for the count-th time.

    The mutant acknowledges a decision before it is durable.  With "behind" a thread writes the
    catalogue, as at the desk; with "together" up to four people decide at the same moment, as there.
    """

    folder: Path
    seed: str
    point: str
    count: int
    ways: tuple[str, ...]
    environment: Mapping[str, str]


def start(orders: Orders) -> tuple[ForkServerProcess, Connection]:
    """The process at work, and the end of the pipe from which to read pairs of a source and its target."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    heard, told = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(orders, told), daemon=True)
    process.start()
    told.close()
    return process, heard


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


def work(orders: Orders, told: Connection) -> None:
    """Decide for ever; each acknowledgement is one write, which a kill leaves whole or out."""
    with (orders.folder / f"{orders.seed}.log").open("w") as log:
        os.dup2(log.fileno(), 2)
    os.environ.clear()  # the server has the environment of the test that was first
    os.environ.update(orders.environment)
    chance = random.Random(orders.seed)  # noqa: S311 - nothing secret
    opened = _opened(orders)
    release = project.release(opened.project, "bureau")
    number = 0
    while True:
        found = opened.catalogue(release, "es")
        assert found is not None
        number += 1
        chosen = chance.choices(found.live, k=4 if "together" in orders.ways else 1)
        if "mutant" in orders.ways:
            told.send((chosen[0].source, f"decided {orders.seed}.{number}.0"))
        for entry, target in decided(opened, release, chosen, f"decided {orders.seed}.{number}"):
            if "mutant" not in orders.ways:
                told.send((entry.source, target))


def _opened(orders: Orders) -> ledger.Ledger:
    """The ledger of the project, deadly at one point."""
    left = orders.count

    def reach(name: str) -> None:
        nonlocal left
        if name == orders.point:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    opened = ledger.open_ledger(project.load(orders.folder), ledger.now)
    opened = ledger.Ledger(opened.project, opened.store, opened.clock, reach)
    if "behind" in orders.ways:
        opened = replace(opened, schedule_write=DeferredWriter(opened.written, wait=0.02).schedule)
    return opened
