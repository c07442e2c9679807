"""Of a catalogue that changed the gate looks at what changed, and says what it would say without a memory."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from l10n import checks
from l10n.catalogue import read_survey
from l10n.gate.findings import CatalogueReport
from l10n.gate.goals import Goals
from l10n.gate.inspection import CatalogueFile, inspect_bytes
from l10n.gate.known_pairs import NO_KNOWN_PAIRS, KnownPairs
from tests import gate_support
from tests.gate_support import entry

HEAD = gate_support.HEAD.format("de", gate_support.PLURALS)
PLACE = CatalogueFile("a.po", "a.po")

GOOD = entry("The office opens on 3 May.", "Das Büro öffnet am 3. Mai.")
WRONG = entry("In 2024", "Im Jahr 2025")
QUIET = entry("In 2024", "Im Jahr 2025", "# l10n-ok: numbers -- the year of the fair")
DRAFT = entry("In 2024", "Im Jahr 2025", "#, fuzzy")
GONE = "".join(f"#~ {line}\n" for line in WRONG.splitlines())
TITLE = entry("In 2024", "Im Jahr 2025", "#. title: h1")
AGAIN = entry("In 2024", "Im Jahr 2025", 'msgctxt "again"')
FORMS = 'msgid "{0} port"\nmsgid_plural "{0} ports"\nmsgstr[0] "{0} Hafen"\nmsgstr[1] "{0}  Häfen"\n'
ODD = entry("The {0} \u202eopens", "Das {0}\\topens  \u202e.")
PIECES = [entry(f"Ward {number}", f"Geba\u0308ude {number}") for number in range(10)]
TEXTS = [f"Geba\u0308ude {number}" for number in range(10)]
WHOLE = [entry(f"Hall {number}", f"Säle {number}") for number in range(9)]

CASES = {
    "nothing changed": ([GOOD, WRONG], [GOOD, WRONG], []),
    "lines moved": ([GOOD, WRONG], ["# A remark.\n" + GOOD, WRONG], []),
    "turned round": ([GOOD, WRONG], [WRONG, GOOD], []),
    "one less": ([GOOD, WRONG], [WRONG], []),
    "a target changed": ([GOOD, WRONG], [GOOD, entry("In 2024", "Im Jahr 2026")], ["Im Jahr 2026"]),
    "a source changed": ([GOOD, WRONG], [GOOD, entry("In 2023", "Im Jahr 2025")], ["Im Jahr 2025"]),
    "a space more": ([GOOD, WRONG], [GOOD, entry("In 2024", "Im  Jahr 2025")], ["Im  Jahr 2025"]),
    "silenced": ([GOOD, WRONG], [GOOD, QUIET], []),
    "no longer silenced": ([GOOD, QUIET], [GOOD, WRONG], ["Im Jahr 2025"]),
    "a second time": ([WRONG], [WRONG, AGAIN], []),
    "no second time": ([WRONG, AGAIN], [WRONG], ["Im Jahr 2025"]),
    "a title now": ([WRONG], [TITLE], ["Im Jahr 2025"]),
    "a draft now": ([WRONG], [DRAFT], []),
    "no draft now": ([DRAFT], [WRONG], ["Im Jahr 2025"]),
    "gone": ([GOOD, WRONG], [GOOD, GONE], []),
    "back again": ([GOOD, GONE], [GOOD, WRONG], ["Im Jahr 2025"]),
    "plural forms": ([FORMS], [FORMS, GOOD], ["Das Büro öffnet am 3. Mai."]),
    "braces and controls": ([ODD], [WRONG, ODD], ["Im Jahr 2025"]),
    "a habit of the file kept": (PIECES, [*PIECES, GOOD], [*TEXTS, "Das Büro öffnet am 3. Mai."]),
    "a habit of the file left": (PIECES, PIECES[:9], TEXTS[:9]),
    "a habit now": (PIECES[:9], PIECES, TEXTS[9:]),
}


def looked(entries: list[str], past: KnownPairs | None) -> CatalogueReport:
    data = "\n".join((HEAD, *entries)).encode()
    return inspect_bytes(data, PLACE, Goals(), checks.names(), past)


@pytest.mark.parametrize(("before", "after", "anew"), CASES.values(), ids=CASES)
def test_what_changed_is_looked_at_and_all_is_told(
    before: list[str], after: list[str], anew: list[str]
) -> None:
    sheet = looked(before, NO_KNOWN_PAIRS)
    past = KnownPairs.of(sheet.known_pairs, sheet.findings)
    assert replace(looked(after, past), known_pairs=b"") == looked(after, None)
    found = read_survey("\n".join((HEAD, *after)).encode(), Path(PLACE.path))
    told = [(*pair, one) for one in found.messages for pair in one.pairs if one.public]
    assert [target for source, target, one in told if past.findings(source, target, one.kind) is None] == anew


def test_without_a_past_nothing_is_kept_for_the_next_time() -> None:
    assert looked([GOOD, WRONG], None).known_pairs == b""
    assert looked([GOOD, WRONG], NO_KNOWN_PAIRS).known_pairs


@pytest.mark.parametrize(
    ("entries", "lines"),
    [
        pytest.param([*PIECES, *WHOLE], ["10 of the 19 targets"], id="most of the file"),
        pytest.param([PIECES[0], *WHOLE], ["letters separated from their accents; the fix"], id="a slip"),
        pytest.param(PIECES[:9], ["letters separated from their accents; the fix"] * 9, id="few"),
        pytest.param(
            [*PIECES, *(entry(f"Hall {number}", f"Säle {number}") for number in range(31))],
            ["letters separated from their accents; the fix"] * 10,
            id="less than a quarter",
        ),
    ],
)
def test_letters_in_pieces_are_told_once_where_they_are_a_habit(entries: list[str], lines: list[str]) -> None:
    told = [one.message for one in looked(entries, None).findings if "their accents" in one.message]
    assert len(told) == len(lines)
    assert all(part in message for part, message in zip(lines, told, strict=True))


@pytest.mark.parametrize(
    ("spaced", "tight", "lines"),
    [
        pytest.param(10, 9, ["10 of the 19 targets with a comma"], id="most of the file"),
        pytest.param(9, 0, ["a space before a comma"] * 9, id="few"),
        pytest.param(10, 30, ["10 of the 40 targets with a comma"], id="one translator of several"),
        pytest.param(10, 31, ["a space before a comma"] * 10, id="less than a quarter"),
    ],
)
def test_spaces_before_commas_are_told_once_where_they_are_a_habit(
    spaced: int, tight: int, lines: list[str]
) -> None:
    entries = [entry(f"Today, ward {number}", f"Heute , Haus {number}") for number in range(spaced)]
    entries += [entry(f"Today, hall {number}", f"Heute, Saal {number}") for number in range(tight)]
    told = [one.message for one in looked(entries, None).findings if one.check == "spacing"]
    assert len(told) == len(lines)
    assert all(part in message for part, message in zip(lines, told, strict=True))


@pytest.mark.parametrize(
    ("bare", "stopped", "lines"),
    [
        pytest.param(10, 9, ["in 10 of the 19 targets that could end with one"], id="most of the file"),
        pytest.param(9, 0, ["the target does not"] * 9, id="few"),
        pytest.param(10, 31, ["the target does not"] * 10, id="less than a quarter"),
    ],
)
def test_lost_full_stops_are_told_once_where_they_are_a_habit(
    bare: int, stopped: int, lines: list[str]
) -> None:
    entries = [entry(f"The ward {number} is open.", f"Das Haus {number} ist offen") for number in range(bare)]
    entries += [
        entry(f"The hall {number} is open.", f"Der Saal {number} ist offen.") for number in range(stopped)
    ]
    entries.append(entry("Is the old hall open?", "Ist der alte Saal offen?"))
    told = [one.message for one in looked(entries, None).findings if one.check == "ending"]
    assert len(told) == len(lines)
    assert all(part in message for part, message in zip(lines, told, strict=True))
