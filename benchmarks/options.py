"""What a run of the benchmarks is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """``quick`` means less material and fewer rounds; ``peers`` is where peers are installed."""

    quick: bool
    peers: Path
