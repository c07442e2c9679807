"""How far a language has to be, and whether a catalogue is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from l10n.catalogue import Counts, Survey
from l10n.catalogue.counts import Progress
from l10n.gate.remarks import Remark, Sheet
from l10n.model import Severity

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class Goals:
    """What is asked of catalogues.

    ``approved`` and ``translated`` are percentages of the segments per locale, "*" for any
    other.  A catalogue of every ``required`` locale has to be there, approved in full unless
    ``approved`` asks for less; what is wrong in an ``optional`` one fails nothing.
    """

    approved: Mapping[str, int] = field(default_factory=dict)
    translated: Mapping[str, int] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()

    def least_approved(self, locale: str) -> int:
        """The percentage of segments to be approved, 0 when nothing is asked."""
        said = self.approved.get(locale)
        if said is not None:
            return said
        return 100 if locale in self.required else self.approved.get("*", 0)

    def least_translated(self, locale: str) -> int:
        """The percentage of segments to have a target that is not fuzzy, 0 when nothing is asked."""
        return self.translated.get(locale, self.translated.get("*", 0))

    def named(self) -> set[str]:
        """The locales of which something is asked by name."""
        named = {
            locale for told in (self.approved, self.translated) for locale, least in told.items() if least
        }
        return (named | self.required) - {"*"} - self.optional


def reached(sheet: Sheet, goals: Goals, found: Survey, faulty: Mapping[int, str]) -> Iterator[Remark]:
    """Remarks about a catalogue that is not far enough, and why it is not.

    ``faulty`` maps the lines of entries with errors to the check that found the first.
    """
    counts = sheet.counts
    approved, translated = goals.least_approved(sheet.locale), goals.least_translated(sheet.locale)
    if not counts.total:
        if approved or translated:
            yield _remark(sheet, f"{sheet.locale or 'it'}: the catalogue holds no segments")
        return
    what = f" of `{sheet.release}`" if sheet.release else ""
    if counts.approved * 100 < approved * counts.total:
        left = counts.total - counts.approved
        said = f"{sheet.locale}: {left} of {counts.total} segments{what} not approved"
        yield _remark(sheet, f"{said}{_percent(approved)}; {_why(counts, found, faulty)}")
    if counts.translated * 100 < translated * counts.total:
        left = counts.total - counts.translated
        said = f"{sheet.locale}: {left} of {counts.total} segments{what} not translated"
        yield _remark(sheet, f"{said}{_percent(translated)}; {_lacking(counts)}")


def absent(goals: Goals, sheets: Iterable[Sheet], where: str) -> Iterator[Remark]:
    """Remarks about locales that something is asked of and that have no catalogue."""
    there = {sheet.locale for sheet in sheets}
    for locale in sorted(goals.named() - there):
        said = f"{locale}: there is no catalogue in this language"
        yield Remark(where, 1, Severity.ERROR, "completeness", said, locale)


def _remark(sheet: Sheet, said: str) -> Remark:
    return Remark(sheet.path, 1, Severity.ERROR, "completeness", said, sheet.locale, sheet.release)


def _percent(least: int) -> str:
    return f" ({least} % are asked for)" if least < 100 else ""


def _lacking(counts: Counts) -> str:
    told = [f"{_number(counts.missing)} without a target"] if counts.missing else []
    told += [f"{_number(counts.fuzzy)} fuzzy"] if counts.fuzzy else []
    return ", ".join(told)


def _why(counts: Counts, found: Survey, faulty: Mapping[int, str]) -> str:
    """What the segments that are not approved wait for."""
    waiting = 0
    blocked: list[str] = []
    for message, line in zip(found.messages, found.lines, strict=True):
        if message.progress is not Progress.TRANSLATED:
            continue
        if check := faulty.get(line):
            blocked.append(f"{check} (line {line})")
        else:
            waiting += 1
    told = [_lacking(counts)] if counts.missing or counts.fuzzy else []
    if waiting:
        told.append(f"{_number(waiting)} {'waits' if waiting == 1 else 'wait'} for a reviewer")
    if blocked:
        more = f" and {len(blocked) - 3} more" if len(blocked) > 3 else ""
        verb = "is" if len(blocked) == 1 else "are"
        told.append(f"{_number(len(blocked))} {verb} blocked by {', '.join(blocked[:3])}{more}")
    return ", ".join(told)


def _number(count: int) -> str:
    return _WORDS[count] if count < len(_WORDS) else str(count)
