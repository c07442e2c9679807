"""A process that decides segments until it is killed, and says on its output what was acknowledged.

    chaos_worker.py PROJECT SEED POINT COUNT [mutant | behind]

It kills itself when it reaches the named point for the COUNT-th time.  The mutant acknowledges a
decision before it is durable.  With "behind" a thread writes the catalogue, as at the desk.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from dataclasses import replace
from pathlib import Path

from l10n import project
from workflow import ledger
from workflow.projector import Projector
from workflow.states import Action, Role


def acknowledge(source: str, target: str) -> None:
    """Say it in one write, which a kill leaves whole or out."""
    sys.stdout.write(f"{source}\t{target}\n")
    sys.stdout.flush()


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
        opened = replace(opened, later=Projector(opened.written, wait=0.02).later)
    release = project.release(opened.project, "bureau")
    number = 0
    while True:
        found = opened.catalogue(release, "es")
        assert found is not None
        entry = chance.choice(found.live)
        head = opened.store.current("bureau", "es").get(entry.key)
        target = f"decided {seed}.{number}"
        number += 1
        if "mutant" in rest:
            acknowledge(entry.source, target)
        try:
            opened.decide(
                release,
                "es",
                entry.key,
                Action.APPROVE,
                target=target,
                base=head.digest if head else "",
                actor="ana",
                role=Role.REVIEWER,
            )
        except ledger.Stale:
            continue
        if "mutant" not in rest:
            acknowledge(entry.source, target)


main(*sys.argv[1:])
