"""What somebody is asked for first: what is due soonest, then what matters most, then what may go wrong."""

from __future__ import annotations

import datetime as dt

from workflow.desk.views import Task

_WEIGHT = {"high": 0, "normal": 1, "low": 2}
_DAY = dt.timedelta(days=1)


def urgency(task: Task, due: dt.date | None, *, begun: bool = False) -> tuple[object, ...]:
    """Sorts tasks, the most urgent first; ``due`` is the day somebody has to be done by.

    Of what is due alike and matters alike, what somebody is at (``begun``) comes before what may go more
    wrong, which gets less with every decision: nobody is sent to and fro.  Of two that are alike in all
    of it the newer release is first.
    """
    end = deadline(task, due)
    return (
        end.timestamp() if end else float("inf"),
        _WEIGHT[task.release.priority],
        not begun,
        -task.risk,
        -task.release.date.toordinal(),
        task.title,
        task.release.id,
        task.locale,
    )


def deadline(task: Task, due: dt.date | None) -> dt.datetime | None:
    """When a task has to be done: before an embargo ends, before it goes on line, by the end of a day."""
    ends = [task.release.embargo, task.release.schedule.get(task.locale)]
    if due:
        ends.append(dt.datetime.combine(due + _DAY, dt.time(), dt.UTC))
    return min((end for end in ends if end), default=None)
