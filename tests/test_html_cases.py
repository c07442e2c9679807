"""What a translator gets of an HTML file: the tables in tests/cases/html."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from l10n.formats import html
from l10n.model import Unit

CASES = Path(__file__).parent / "cases" / "html"


def units_cases() -> list[tuple[str, str, str, str]]:
    cases = []
    for block in re.split(r"^## ", (CASES / "units.txt").read_text("utf-8"), flags=re.MULTILINE)[1:]:
        head, _, rest = block.partition("\n")
        title, _, locale = head.rstrip("]").partition(" [")
        source, _, expected = rest.partition("\n=>\n")
        cases.append((title, locale or "en", source, expected.strip()))
    return cases


def shown(unit: Unit) -> str:
    kind = f"{unit.kind}:{unit.name}" if unit.name else str(unit.kind)
    return f"{kind}  {' | '.join(segment.source for segment in unit.segments)}"


@pytest.mark.parametrize(
    ("locale", "source", "expected"),
    [pytest.param(*case[1:], id=case[0]) for case in units_cases()],
)
def test_units(locale: str, source: str, expected: str) -> None:
    parts = html.extract(source, path="case.html", locale=locale)
    assert "".join(part if isinstance(part, str) else part.raw for part in parts) == source
    assert "\n".join(shown(part) for part in parts if isinstance(part, Unit)) == expected
