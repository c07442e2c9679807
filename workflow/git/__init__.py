"""What we ask of git: its program, where HEAD stands, and the merge driver for catalogues."""

from __future__ import annotations

from workflow.git.driver import install, merge_as_text, missing
from workflow.git.head import HeadMoved, Watch, watch
from workflow.git.program import GitFailed
from workflow.git.repository import Repository, repository

__all__ = [
    "GitFailed",
    "HeadMoved",
    "Repository",
    "Watch",
    "install",
    "merge_as_text",
    "missing",
    "repository",
    "watch",
]
