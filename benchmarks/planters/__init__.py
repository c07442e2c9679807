"""What is planted: errors of one kind each, made of a right target.

The words are those that stand under the sentences, or those of `planters.toml` for sets without any; nothing
here asks the tables that the checks read.
"""

from __future__ import annotations

from benchmarks.planters.facts import FACTS
from benchmarks.planters.names import NAMES
from benchmarks.planters.texts import TEXTS
from benchmarks.planters.words import Planter, Words, general

__all__ = ["PLANTERS", "Words", "general"]

PLANTERS: dict[str, Planter] = {**FACTS, **NAMES, **TEXTS}
