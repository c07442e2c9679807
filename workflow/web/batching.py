"""Group commit: decisions that arrive at the same moment are taken in one thread and committed together."""

from __future__ import annotations

from asyncio import AbstractEventLoop, Future, Task, get_running_loop
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from starlette.concurrency import run_in_threadpool

from workflow.decision_rules import DecisionBatch
from workflow.ledger import Ledger
from workflow.store import Decision

MOST = 64
"""Decisions in one turn; those that come meanwhile are for the next."""

_Ask = Callable[[], DecisionBatch]
_Outcome = tuple[Decision, ...] | Exception


@dataclass(slots=True)
class _Line:
    """The requests that wait on an event loop, and the task that serves them."""

    waiting: list[tuple[_Ask, Future[tuple[Decision, ...]]]] = field(default_factory=list)
    served_by: Task[None] | None = None


@dataclass(frozen=True, slots=True)
class GroupCommit:
    """Collects the decisions of concurrent requests, so that they share a thread, the locks and a commit."""

    ledger: Ledger
    _lines: WeakKeyDictionary[AbstractEventLoop, _Line] = field(default_factory=WeakKeyDictionary, repr=False)

    async def take(self, ask: _Ask) -> tuple[Decision, ...]:
        """The decisions that ``ask`` says, once they are durable.

        ``ask`` is called in a thread and in nobody's context.  Raises what it raises, and what
        ``Ledger.decide_batch`` raises.
        """
        loop = get_running_loop()
        line = self._lines.setdefault(loop, _Line())
        answer: Future[tuple[Decision, ...]] = loop.create_future()
        line.waiting.append((ask, answer))
        if line.served_by is None:
            line.served_by = loop.create_task(self._serve(line))
        return await answer

    async def _serve(self, line: _Line) -> None:
        """Decide the waiting batches until none is left."""
        while line.waiting:
            turn, line.waiting = line.waiting[:MOST], line.waiting[MOST:]
            try:
                outcomes = await run_in_threadpool(self._turn, [ask for ask, _ in turn])
            except Exception as error:  # noqa: BLE001 - whoever waits has to hear of it
                outcomes = [error] * len(turn)
            for (_, answer), outcome in zip(turn, outcomes, strict=True):
                _tell(answer, outcome)
        line.served_by = None

    def _turn(self, asks: Sequence[_Ask]) -> list[_Outcome]:
        batches = [_asked(ask) for ask in asks]
        outcomes = iter(
            self.ledger.decide_batches([batch for batch in batches if isinstance(batch, DecisionBatch)])
        )
        return [next(outcomes) if isinstance(batch, DecisionBatch) else batch for batch in batches]


def _asked(ask: _Ask) -> DecisionBatch | Exception:
    try:
        return ask()
    except Exception as error:  # noqa: BLE001 - it is the asker's to answer
        return error


def _tell(answer: Future[tuple[Decision, ...]], outcome: _Outcome) -> None:
    if answer.done():  # whoever asked has gone
        return
    if isinstance(outcome, Exception):
        answer.set_exception(outcome)
    else:
        answer.set_result(outcome)
