"""The pairs of `tests/cases/checks`, and the glossary they are looked at with."""

from __future__ import annotations

from pathlib import Path

from l10n.glossary import Glossary, Status, Term

TABLES = Path(__file__).parent / "cases" / "checks"
GLOSSARY = Glossary(
    (
        Term("en", "fr", "shelter", "hébergement", Status.REQUIRED),
        Term("en", "fr", "office", "bureau", Status.PREFERRED),
        Term("en", "fr", "office", "agence", Status.PREFERRED),
        Term("en", "fr", "refugee", "clandestin", Status.FORBIDDEN, "law of 2015"),
        Term("en", "fr", "migrant", "migrant", Status.REQUIRED),
        Term("en", "ar", "migrant", "مهاجر", Status.REQUIRED),
        Term("en", "zh", "migrant", "移民", Status.REQUIRED),
        Term("en", "", "UNHCR", "", Status.DO_NOT_TRANSLATE),
    )
)


def table_rows() -> list[tuple[str, str, str, str, str]]:
    """(check, locales, source, target, what is found) of every line."""
    rows = []
    for path in sorted(TABLES.glob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                locales, source, target, found = (cell.strip() for cell in line.split("|"))
                rows.append((path.stem, locales, spaced(source), spaced(target), spaced(found)))
    return rows


def spaced(text: str) -> str:
    """A cell with the spaces that it writes as ␣."""
    return text.replace("␣", " ")
