"""An optional check: words of targets that hunspell does not know, where it is installed."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import which

from l10n import disk, hunspell
from l10n.catalogue import read_survey, silenced
from l10n.checks.pair import plain
from l10n.errors import CatalogueError, InputError
from l10n.gate.catalogue_file import CatalogueFile
from l10n.gate.findings import CatalogueReport, LocatedFinding
from l10n.gate.wording import worded
from l10n.model import Severity

ID = "spelling"
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ADDRESS = re.compile(r"\S*(?:@|://|www\.)\S*")
_SHORTEST = 4
_LIMIT = 120  # seconds for the words of one language

Words = dict[str, list[LocatedFinding]]


def misspelled(files: Sequence[CatalogueFile], reports: Sequence[CatalogueReport]) -> list[LocatedFinding]:
    """A warning for each word that the dictionary of its language does not have, once per entry.

    Capitalised words (names), words of the source or the glossary, addresses and short words are skipped.
    A language without a dictionary is reported once.
    """
    by_locale: dict[str, Words] = {}
    for file, report in zip(files, reports, strict=True):
        if report.readable and report.locale:
            for word, finding in _words(file, report):
                by_locale.setdefault(report.locale, {}).setdefault(word, []).append(finding)
    warnings: list[LocatedFinding] = []
    for locale, words in sorted(by_locale.items()):
        dictionary = _dictionary(locale)
        if dictionary is None:
            first = next(iter(words.values()))[0]
            text = worded(
                "no spelling: hunspell or its dictionary for {locale} is not installed", locale=locale
            )
            warnings.append(LocatedFinding(first.path, 1, Severity.INFO, ID, text, locale))
            continue
        unknown = _unknown(dictionary, sorted(words))
        warnings += [finding for word in sorted(unknown) for finding in words.get(word, ())]
    return sorted(warnings, key=lambda finding: (finding.path, finding.line, finding.start))


def _words(file: CatalogueFile, report: CatalogueReport) -> Iterator[tuple[str, LocatedFinding]]:
    """The words to look up, each with its finding in case it is unknown."""
    try:
        survey = read_survey(disk.read(file.path), Path(file.path), rule=file.rule)
    except (InputError, CatalogueError):
        return
    glossary = file.glossary() if file.glossary else None
    terms = {
        word.lower() for term in (glossary.entries if glossary else ()) for word in _WORD.findall(term.target)
    }
    for message, line in zip(survey.messages, survey.lines, strict=True):
        if message.obsolete or message.fuzzy or ID in silenced(message.comment):
            continue
        for source, target in message.pairs:
            known_words = {word.lower() for word in _WORD.findall(source)} | terms
            words = plain(target)
            text = _ADDRESS.sub(lambda address: " " * len(address.group()), words.text)
            seen: set[str] = set()
            for match in _WORD.finditer(text):
                word = match.group()
                if len(word) < _SHORTEST or word in seen or word[0].isupper() or word.lower() in known_words:
                    continue
                seen.add(word)
                warning = worded("“{word}” is not in the dictionary", word=word)
                span = words.span(*match.span())
                yield word, LocatedFinding(
                    report.path, line, Severity.WARNING, ID, warning, report.locale, report.release,
                    message.context, source, target, *span,
                )  # fmt: skip


def _dictionary(locale: str) -> Path | None:
    return None if which("hunspell") is None else hunspell.dictionary(locale)


def _unknown(dictionary: Path, words: Sequence[str]) -> set[str]:
    """Those of the words that hunspell lists; none when it fails."""
    command = ["hunspell", "-l", "-i", "UTF-8", "-d", str(dictionary)]
    text = "\n".join(word.replace("’", "'") for word in words) + "\n"
    try:
        run = subprocess.run(  # noqa: S603 - a list of arguments, no shell
            command, input=text.encode("utf-8", "replace"), capture_output=True, check=False, timeout=_LIMIT
        )
    except (OSError, subprocess.TimeoutExpired):
        return set()
    listed = set(run.stdout.decode("utf-8", "replace").split("\n"))
    return {word for word in words if word.replace("’", "'") in listed}
