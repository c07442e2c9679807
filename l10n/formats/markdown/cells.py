"""What Quarto's cells of code say to readers: options in comments at their heads, which are YAML.

Source: the Quarto guide, "Code Cells" and "Figures"; a comment begins as the cell's language has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from l10n.formats.markdown import yamlkeys
from l10n.formats.markdown.scalars import CELL, Scalar

_SIGN = re.compile(rf"^[ \t]*+{CELL}", re.MULTILINE)
_OPTIONS = re.compile(rf"(?:{_SIGN.pattern}[^\r\n]*+(?:\r?\n|\Z))++", re.MULTILINE)
_NAMES = ("code-summary", "fig-alt", "fig-cap", "fig-subcap", "lst-cap", "tbl-cap", "tbl-subcap")
_KEYS = frozenset({*_NAMES, *(f"{name}.-" for name in _NAMES)})


def options(text: str) -> Iterator[Scalar]:
    """The captions and descriptions of figures and tables in a text; none of options that are in doubt."""
    for found in _OPTIONS.finditer(text) if "| " in text else ():
        laid = _SIGN.sub(lambda sign: " " * len(sign[0]), found[0])
        for scalar in yamlkeys.find(laid, 0, len(laid), _KEYS):
            start, end = scalar.start + found.start(), scalar.end + found.start()
            yield replace(scalar, key=scalar.key.removesuffix(".-"), start=start, end=end)
