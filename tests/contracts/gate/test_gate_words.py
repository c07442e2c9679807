"""What the gate says by its own rules and in its summary, in each language of the interface."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from l10n import segment
from l10n.gate import RULES
from l10n.messages import INTERFACE_LANGUAGES
from tests import interface_texts
from tests.gate_support import DEMO
from workflow.cli import main

TOLD = DEMO / "tests" / "cases" / "gate" / "told.txt"
"""What is printed about the faults below: each line in English, French, Spanish and Arabic.

``{rules}`` is the version of the rules that cut sentences.
"""
HEAD = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: es\\n"
"X-Source-Language: en\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
SPACED = "".join(f'msgid "Sand, mud {n}"\nmsgstr "Arena , lodo {n}"\n\n' for n in range(10))
# Files beside the demo, each with a fault or several.
FILES = {
    "conflict.po": HEAD + "<<<<<<< ours\n",
    "domain.po": HEAD + 'domain "x"\n',
    "escape.po": HEAD + 'msgid "a"\nmsgstr "\\q"\n',
    "open.po": HEAD + 'msgid "a"\nmsgstr "b\n',
    "backslash.po": HEAD + "# ends in \\\n" + 'msgid "a"\nmsgstr "b"\n',
    "charset.po": HEAD.replace("UTF-8", "KLINGON"),
    "byte.po": HEAD + 'msgid "a"\nmsgstr "\udce9"\n',
    "control.po": HEAD + 'msgid "a"\nmsgstr "b\x01"\n',
    "header.po": 'msgid "The quay"\nmsgstr "El muelle"\n',
    "unsaid.po": 'msgid ""\nmsgstr "Language: es\\n"\n\nmsgid "The quay"\nmsgstr "El muelle"\n',
    "nameless.po": HEAD.replace('"Language: es\\n"\n', "") + 'msgid "The quay"\nmsgstr "El muelle"\n',
    "tag.po": HEAD.replace("Language: es", "Language: e+s") + 'msgid "The quay"\nmsgstr "El muelle"\n',
    "twice.po": HEAD
    + 'msgid "The quay"\nmsgstr "El muelle"\n\n' * 2
    + '#~ msgid "The quay"\n#~ msgstr "El muelle"\n',
    "forms.po": HEAD + 'msgid "%d quay"\nmsgid_plural "%d quays"\nmsgstr[0] "%d muelle"\n',
    "format.po": HEAD
    + '#, c-format\nmsgid "%d quays on %s"\nmsgstr "%s muelles %s %d"\n\n'
    + '#, c-format\nmsgid "%d piers\\n"\nmsgstr "Los espigones"\n\n'
    + 'msgid "The dune"\nmsgstr "\\nLa duna"\n',
    "rule.po": HEAD.replace("(n != 1)", "n%"),
    "many.po": HEAD.replace("(n != 1)", "2"),
    "norule.po": HEAD.replace("Plural-Forms", "X") + 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n',
    "half.po": HEAD + 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] ""\n',
    "counting.po": HEAD + 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[2] "c"\n',
    "mark.po": "\ufeff" + HEAD,
    "label.po": HEAD.replace("UTF-8", "KOI8-R") + "# Привет\n" + 'msgid "a"\nmsgstr "Привет"\n',
    "silence.po": HEAD
    + '# l10n-ok: numbers\nmsgid "The pier"\nmsgstr "El espigón"\n\n'
    + '# l10n-ok: sand -- why\nmsgid "The dune"\nmsgstr "La duna"\n\n'
    + '# l10n-ok: numbers -- docenas\nmsgid "12 boats"\nmsgstr "13 barcos"\n',
    "habit.po": HEAD + SPACED,
    "other.po": HEAD
    + 'msgid "The quay"\nmsgstr "El embarcadero"\n\n'
    + 'msgid "A long way across the bay"\nmsgstr "Un camino muy largo por la bahía"\n\n'
    + 'msgid "A far way across the bay"\nmsgstr "Un camino muy largo por la bahía"\n',
    "empty.po": HEAD,
}
# Of the demo's Spanish: a release, what stands in its catalogue, and what stands there instead.
EDITS = (
    ("small-ports-fund", "57 puertos", "75 puertos"),
    ("small-ports-fund", "El plazo termina el 30 de septiembre de 2026.", ""),
    ("small-ports-fund", "#. item\n", "#. item\n#, fuzzy\n"),
    ("heat-alerts", '"X-Segmentation: ', '"X-Segmentation: 1'),
    ("heat-alerts", "\n\n#", '\n\nmsgid "Once more"\nmsgstr "Otra vez"\n\n#'),
    ("bureau-tanger", "Language: es", "Language: fr"),
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo with faults, in the folder that a run begins in."""
    for name in ("releases", "locales/es", "glossary"):
        shutil.copytree(DEMO / name, tmp_path / name)
    shutil.copy(DEMO / "l10n.toml", tmp_path)
    spanish = tmp_path / "locales" / "es" / "LC_MESSAGES"
    for release, text, other in EDITS:
        path = spanish / f"{release}.po"
        before = path.read_text("utf-8")
        assert text in before
        path.write_text(before.replace(text, other, 1), "utf-8")
    for name in ("semaine-rivages", "passerelle"):
        (spanish / f"{name}.po").unlink()
    (tmp_path / "po").mkdir()
    for name, text in FILES.items():
        (tmp_path / "po" / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("CI", raising=False)
    return tmp_path


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_everything_is_said_in_the_language(
    project: Path,  # noqa: ARG001 - the folder that it runs in
    language: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANG", f"{language}_XX.UTF-8")
    command = [
        "check",
        "--min-approved",
        "*=99",
        "--min-translated",
        "*=99",
        "--required",
        "sv",
        "locales/es",
        "po",
    ]
    said = []
    main(["check", "--release", "semaine-rivages"])
    said += capsys.readouterr().out.splitlines()
    main(command)
    said += capsys.readouterr().out.splitlines()
    for more in ("--baseline=known", "-q"):
        main([*command, more])
        said += capsys.readouterr().err.splitlines()
    expected = [lines[language] for lines in told()]
    assert said == expected


def test_each_rule_speaks_and_says_it_differently_in_each_language() -> None:
    assert all(len(set(lines.values())) == len(INTERFACE_LANGUAGES) for lines in told())
    rules = {match[1] for lines in told() if (match := re.search(r" \[(\S+)\]$", lines["en"]))}
    # What hunspell and py3langid find depends on the machine.
    assert set(RULES) - rules == {"spelling", "language-model"}


@pytest.mark.parametrize("locale", INTERFACE_LANGUAGES[1:])
def test_every_text_of_the_gate_is_translated(locale: str) -> None:
    gate, unreadable = interface_texts.of_gate(), interface_texts.of_unreadable_files()
    assert len(gate) > 50
    assert len(unreadable) > 30
    assert interface_texts.untranslated(locale, gate | unreadable) == []


def told() -> list[dict[str, str]]:
    """Each line that is printed, by language."""
    text = TOLD.read_text("utf-8").replace("{rules}", str(segment.VERSION))
    blocks = text.strip("\n").split("\n\n")
    return [dict(line.split(" | ", 1) for line in block.splitlines()) for block in blocks]


# How many segments wait for a reviewer, and how that is said.
WAITING = """
  1 | fr | un attend un réviseur
  2 | fr | deux attendent un réviseur
 10 | fr | 10 attendent un réviseur
  1 | es | uno espera a un revisor
  2 | es | dos esperan a un revisor
  1 | ar | مقطع واحد ينتظر مراجعًا
  2 | ar | مقطعان ينتظران مراجعًا
  3 | ar | ثلاثة مقاطع تنتظر مراجعًا
 11 | ar | 11 مقطعًا تنتظر مراجعًا
100 | ar | 100 مقطع تنتظر مراجعًا
"""


@pytest.mark.parametrize("line", WAITING.strip().splitlines())
def test_a_number_of_segments_is_said_as_the_language_counts(
    line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    count, language, expected = (part.strip() for part in line.split("|"))
    entries = (f'msgid "Quay {n}"\nmsgstr "Muelle {n}"\n' for n in range(int(count)))
    path = tmp_path / "a.po"
    path.write_text(HEAD + "\n".join(entries), "utf-8")
    monkeypatch.setenv("LC_ALL", language)
    assert main(["check", str(path), "--min-approved", "es=100", "--checks", "none"]) == 1
    assert f" {expected} [completeness]" in capsys.readouterr().out
