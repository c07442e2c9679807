"""The person's half: what waits for whom, one segment with all that helps to decide it, decisions."""

from __future__ import annotations

from workflow.desk.clash import Clash
from workflow.desk.main import LEASE, Desk
from workflow.desk.typed_text import LONGEST_NOTE, LONGEST_TARGET, tidy
from workflow.desk.views import Queue, Row, Task, View, waits_for

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
