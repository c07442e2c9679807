"""How quiet the checks are on published human translations: findings by language and check.

The catalogues are PO files under `.l10n/bench-prose/LANGUAGE/`, prose and not menus, for example the
installation guide of Debian (`apt-get source installation-guide`, its folder `po`). They are no part of this
repository.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polib

from benchmarks.options import Options
from l10n import checks, conventions
from l10n.checks import controls
from l10n.errors import ConfigError
from l10n.gate.habits import is_composable, is_habit
from l10n.model import Finding, Severity

_SHORTEST = 30  # characters: what is shorter is a heading or a label
_VERBATIM = re.compile(r"<(?:screen|programlisting|informalexample|literallayout)\b")
_LONE = re.compile(r"<[^<>]*/>")
_TAG = re.compile(r"<[^<>]*>")
_ENTITY = re.compile(r"&([A-Za-z][\w.-]*);")
_ENTITIES = {
    "ndash": "–", "mdash": "—", "lt": "<", "gt": ">", "amp": "&", "quot": '"', "nbsp": " ", "hellip": "…",
}  # fmt: skip


def run(options: Options) -> None:
    """Print the shares of segments with an error and with a warning, and which checks gave them."""
    root = options.peers.parent / "bench-prose"
    folders = sorted(path for path in root.glob("*") if path.is_dir())
    if not folders:
        print(f"no catalogues under {root}: see the head of benchmarks/quiet.py")
    for folder in folders:
        language = folder.name.replace("_", "-").split("-")[0]
        try:
            conventions.load(language)
        except ConfigError:
            continue
        files = [pairs for path in sorted(folder.glob("*.po")) if (pairs := list(_pairs(path)))]
        _measure(folder.name, language, [pairs[:300] for pairs in files[:1]] if options.quick else files)


def _measure(name: str, language: str, files: list[list[tuple[str, str]]]) -> None:
    """What the gate tells once of a file is counted once."""
    locales = checks.check_context("en", language)
    seen: set[tuple[str, str]] = set()
    touched: Counter[Severity] = Counter()
    by_check: Counter[tuple[str, Severity]] = Counter()
    for pairs in files:
        unseen = [pair for pair in pairs if pair not in seen]
        seen.update(unseen)
        found = [checks.run_checks(*pair, locales) for pair in unseen]
        pieces = sum(_is_in_pieces(finding) for findings in found for finding in findings)
        habit = is_habit(pieces, sum(is_composable(target) for _, target in unseen))
        told = [[one for one in findings if not (habit and _is_in_pieces(one))] for findings in found]
        kinds = [{(finding.check, finding.severity) for finding in findings} for findings in told]
        kinds += [{(controls.ID, Severity.WARNING)}] * habit
        for of_segment in kinds:
            touched.update({severity for _, severity in of_segment})
            by_check.update(of_segment)
    frequent = sorted((key, count) for key, count in by_check.items() if key[1] is not Severity.INFO)
    shares = [100 * touched[severity] / max(len(seen), 1) for severity in (Severity.ERROR, Severity.WARNING)]
    counts = ", ".join(f"{check} {severity.value[0]} {count}" for (check, severity), count in frequent)
    print(f"{name:6} {len(seen):5} segments, errors {shares[0]:.2f} %, warnings {shares[1]:.2f} %: {counts}")


def _is_in_pieces(finding: Finding) -> bool:
    return (finding.check, finding.template) == (controls.ID, controls.PIECES)


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    """Each pair of sentences of a file once, without their markup."""
    seen = set()
    for entry in polib.pofile(str(path)):
        if entry.obsolete or entry.fuzzy or not entry.msgstr or _VERBATIM.search(entry.msgid):
            continue
        pair = _bare(entry.msgid), _bare(entry.msgstr)
        if len(pair[0]) >= _SHORTEST and pair[0] != pair[1] and pair not in seen:
            seen.add(pair)
            yield pair


def _bare(text: str) -> str:
    text = text.replace("<quote>", "“").replace("</quote>", "”")
    text = _TAG.sub("", _LONE.sub("X", text))
    return " ".join(_ENTITY.sub(_entity_text, text).split())


def _entity_text(match: re.Match[str]) -> str:
    """What an entity stands for; a word of its own letters where that is the document's secret."""
    return _ENTITIES.get(match[1], re.sub(r"[\W\d]", "", match[1]).title())
