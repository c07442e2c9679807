"""What people do at the desk, without the web: queues, segments, decisions, glossary, bulk changes."""

from __future__ import annotations

from workflow.desk.edit_conflict import EditConflict
from workflow.desk.main import LEASE, Desk
from workflow.desk.typed_text import LONGEST_NOTE, LONGEST_TARGET, clean_typed_text
from workflow.desk.views import Queue, SegmentRow, SegmentView, Task, waits_for

__all__ = [
    "LEASE",
    "LONGEST_NOTE",
    "LONGEST_TARGET",
    "Desk",
    "EditConflict",
    "Queue",
    "SegmentRow",
    "SegmentView",
    "Task",
    "clean_typed_text",
    "waits_for",
]
