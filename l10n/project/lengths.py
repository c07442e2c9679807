"""`lengths.toml`: how long targets are in this project, learned from what was approved."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import tomli_w

from l10n import disk
from l10n.lengths import LengthRatio
from l10n.project import toml_table

FILE = "lengths.toml"
_HEAD = """\
# How long a target is beside its source here: what approved pairs taught `l10n check --learn-lengths`.
# percent: characters of the target for a hundred of the source; spread: how far one in twenty is off.

"""


def read(root: Path) -> dict[str, LengthRatio]:
    """The bands of a project by pair of locales ("en-fr"); none where there is no file.

    Raises ConfigError for a file that is none of these.
    """
    path = root / FILE
    if not path.is_file():
        return {}
    table = toml_table.read(path)
    bands = {}
    for pair in table.values:
        row = table.table(pair)
        row.only(("percent", "spread", "scale"))
        percent, spread, scale = row.number("percent", 0), row.number("spread", 0), row.number("scale", 100)
        if not (1 <= percent <= 1000 and 1 <= spread <= 100 and 10 <= scale <= 400):
            raise table.wrong(pair, "is no band of lengths", "Run l10n check --learn-lengths again.")
        bands[pair] = LengthRatio(percent / 100, spread / 100, scale / 100)
    return bands


def write(root: Path, bands: Mapping[str, LengthRatio]) -> Path:
    """Write the bands of a project; the file."""
    rows = {
        pair: {
            "percent": round(band.ratio * 100),
            "spread": max(1, round(band.spread * 100)),
            "scale": round(band.scale * 100),
        }
        for pair, band in sorted(bands.items())
    }
    path = root / FILE
    disk.write(path, (_HEAD + tomli_w.dumps(rows)).encode())
    return path
