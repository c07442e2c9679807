"""The environment in which git is called: that of nobody's hook, and in English."""

from __future__ import annotations

import os

# A caller's repository (git sets these for hooks) is not the one we are asked about.
_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY")


def git_environment() -> dict[str, str]:
    """Our own environment, without what would lead git into another repository than that of its folder."""
    environment = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    return environment | {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
