"""The person's half: what waits for whom, one segment with all that helps to decide it, decisions."""

from __future__ import annotations

from workflow.desk.clash import Clash
from workflow.desk.main import LEASE, Desk
from workflow.desk.nouns import Queue, Row, Task, View, waits_for
from workflow.desk.typed import LONGEST_NOTE, LONGEST_TARGET, tidy

__all__ = [
    "LEASE",
    "LONGEST_NOTE",
    "LONGEST_TARGET",
    "Clash",
    "Desk",
    "Queue",
    "Row",
    "Task",
    "View",
    "tidy",
    "waits_for",
]
