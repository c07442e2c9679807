"""One catalogue looked at: whether it is readable, in step and far enough, and its targets right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from l10n import checks, conventions, disk
from l10n.catalogue import Message, Survey, count, edited_outside, silences, survey
from l10n.checks import Between
from l10n.errors import CatalogueError, ConfigError, InputError
from l10n.gate.consistency import sayings
from l10n.gate.goals import Goals, reached
from l10n.gate.remarks import Remark, Sheet
from l10n.glossary import Glossary
from l10n.lengths import Band
from l10n.model import Finding, Kind, Severity
from l10n.review import PLAIN, Rule

_KINDS = frozenset(kind.value for kind in Kind)


@dataclass(frozen=True, slots=True)
class Place:
    """A catalogue to look at.

    ``name`` is how its path is shown.  ``locale`` and ``source_locale`` are what its place in a
    project says, "" where only its header can tell.  ``wanted`` gives the keys of the segments its
    source has, None when there is no source to compare with; ``band`` is what the project learned of
    lengths; ``stamp`` is a digest of what these are made from.
    """

    path: Path
    name: str
    locale: str = ""
    source_locale: str = ""
    release: str = ""
    wanted: Callable[[], frozenset[tuple[str, str]]] | None = None
    glossary: Callable[[], Glossary | None] | None = None
    rule: Rule = PLAIN
    stamp: str = ""
    band: Band | None = None


def look(place: Place, goals: Goals, only: Sequence[str]) -> Sheet:
    """What is to be said of a catalogue; ``only`` names the checks to run."""
    sheet = Sheet(place.name, place.locale, place.release)
    if place.wanted is not None and not place.path.is_file():
        said = "there is no catalogue; run l10n update"
        return replace(sheet, remarks=(_remark(sheet, 1, Severity.ERROR, "stale", said),))
    try:
        data = disk.read(place.path)
    except InputError as error:
        return _unreadable(sheet, error)
    return look_at(data, place, goals, only)


def look_at(data: bytes, place: Place, goals: Goals, only: Sequence[str]) -> Sheet:
    """As ``look``, for the bytes of the catalogue."""
    sheet = Sheet(place.name, place.locale, place.release)
    try:
        found = survey(data, place.path, rule=place.rule)
    except (CatalogueError, InputError) as error:
        return _unreadable(sheet, error)
    sheet = replace(
        sheet,
        locale=place.locale or found.locale or _from_path(place.path),
        source_locale=place.source_locale or _said_source(found) or "en",
        counts=count(message.entry for message in found.messages),
    )
    remarks = [
        *_form(sheet, place, found),
        *_told(sheet, found.messages),
        *_checked(sheet, place, found, only),
    ]
    if only:
        sheet = replace(sheet, said=sayings(found.messages))
    faulty: dict[int, str] = {}
    for one in remarks:
        if one.severity is Severity.ERROR and one.source:
            faulty.setdefault(one.line, one.check)
    remarks += reached(sheet, goals, found.messages, faulty)
    return replace(sheet, remarks=tuple(sorted(remarks, key=lambda one: one.line)))


def _unreadable(sheet: Sheet, error: CatalogueError | InputError) -> Sheet:
    said = f"{error.message}. {error.remedy}".rstrip(" .") + "."
    remark = _remark(sheet, error.line or 1, Severity.ERROR, "syntax", said)
    return replace(sheet, remarks=(remark,), readable=False)


def _remark(sheet: Sheet, line: int, severity: Severity, check: str, said: str) -> Remark:
    return Remark(sheet.path, line, severity, check, said, sheet.locale, sheet.release)


def _from_path(path: Path) -> str:
    """The locale that a path names: `locale/fr/LC_MESSAGES/x.po`, `fr/x.po`, `x/pt_BR.po`."""
    for part in (path.stem, *(parent.name for parent in path.parents)):
        tag = part.replace("_", "-")
        if len(tag.split("-")[0]) in {2, 3} and tag.split("-")[0].islower() and tag != "po":
            try:
                conventions.load(tag)
            except ConfigError:
                continue
            return tag
    return ""


def _said_source(found: Survey) -> str:
    return found.headers.get("X-Source-Language", "").replace("_", "-")


def _form(sheet: Sheet, place: Place, found: Survey) -> Iterator[Remark]:
    """What gettext would read and then refuse, and whether the catalogue is that of its source."""
    yield from _header(sheet, place, found)
    if place.wanted is not None:
        keys = {message.entry.key for message in found.messages if not message.entry.obsolete}
        wanted = place.wanted()
        new, gone = len(wanted - keys), len(keys - wanted)
        if new or gone:
            told = [f"{new} of the source are missing here"] if new else []
            told += [f"{gone} are no longer in the source"] if gone else []
            said = f"out of step with its source ({', '.join(told)}); run l10n update"
            yield _remark(sheet, 1, Severity.ERROR, "stale", said)
    for message in found.messages:
        entry = message.entry
        if message.first:
            said = f"{entry.source[:60]!r} stands twice, first on line {message.first}"
            yield _remark(sheet, entry.line, Severity.ERROR, "duplicate", said)
        if message.forms and found.forms and message.forms != found.forms and not entry.obsolete:
            said = f"{message.forms} plural forms, but the header says that the language has {found.forms}"
            yield _remark(sheet, entry.line, Severity.ERROR, "plural", said)


def _header(sheet: Sheet, place: Place, found: Survey) -> Iterator[Remark]:
    if not found.header:
        said = "there is no header; run l10n update, or msginit for another tool's file"
        yield _remark(sheet, 1, Severity.ERROR, "header", said)
    elif "charset=" not in found.headers.get("Content-Type", ""):
        yield _remark(sheet, found.header, Severity.ERROR, "header", "the header names no charset")
    if place.locale and found.locale and place.locale.lower() != found.locale.lower():
        said = (
            f"the header says Language: {found.locale}, but the file lies among the {place.locale} catalogues"
        )
        yield _remark(sheet, found.header, Severity.ERROR, "header", said)
    elif not sheet.locale:
        said = "neither the header nor the path names a language"
        yield _remark(sheet, 1, Severity.WARNING, "header", said)


def _told(sheet: Sheet, messages: Sequence[Message]) -> Iterator[Remark]:
    """Entries that no longer fit their provenance line."""
    for message in messages:
        entry = message.entry
        if not entry.obsolete and entry.base and entry.target and edited_outside(entry):
            said = "edited outside: the text is not the one its line was written for"
            remark = _remark(sheet, entry.line, Severity.WARNING, "provenance", said)
            yield replace(remark, context=entry.context, source=entry.source, target=entry.target)


def _checked(sheet: Sheet, place: Place, found: Survey, only: Sequence[str]) -> Iterator[Remark]:
    """What the checks see in the targets that people may be shown; a fuzzy draft is nobody's word yet."""
    if not only:
        return
    try:
        conventions.load(sheet.locale or "und")
        conventions.load(sheet.source_locale)
    except ConfigError as error:
        yield _remark(sheet, found.header or 1, Severity.ERROR, "header", error.message)
        return
    locales = _between(sheet.source_locale, sheet.locale or "und", place.glossary, place.band)
    names = tuple(only)
    for message in found.messages:
        entry = message.entry
        if not entry.obsolete and (entry.shown or not entry.fuzzy):
            yield from _entry_checked(sheet, message, locales, names)


@lru_cache(maxsize=64)
def _between(
    source_locale: str,
    target_locale: str,
    glossary: Callable[[], Glossary | None] | None,
    band: Band | None,
) -> Between:
    """What the catalogues of one language share: the same object for all of them."""
    terms = glossary() if glossary else None
    return checks.between(source_locale, target_locale, glossary=terms, band=band)


@lru_cache(maxsize=1 << 15)
def _found(
    source: str, target: str, locales: Between, kind: str, only: tuple[str, ...]
) -> tuple[Finding, ...]:
    """The findings of a pair; what every release repeats (contacts, the words about us) is checked once."""
    return tuple(checks.look(source, target, locales, kind=kind, only=only))


def _entry_checked(
    sheet: Sheet, message: Message, locales: Between, only: tuple[str, ...]
) -> Iterator[Remark]:
    entry = message.entry
    kind = entry.notes[0].split(":")[0] if entry.notes else ""
    kind = kind if kind in _KINDS else Kind.PARAGRAPH.value
    quiet = silences(entry.comment) if entry.comment else ()
    silenced = {one.check: one.reason for one in quiet if one.reason}
    for source, target in message.pairs:
        for finding in _found(source, target, locales, kind, only):
            reason = silenced.get(finding.check, "")
            yield Remark(
                sheet.path,
                entry.line,
                Severity.INFO if reason else finding.severity,
                finding.check,
                f"{finding.message} (silenced: {reason})" if reason else finding.message,
                sheet.locale,
                sheet.release,
                entry.context,
                source,
                target,
                finding.start,
                finding.end,
                finding.source_start,
                finding.source_end,
                reason,
            )
    for one in quiet:
        if one.check not in _silenceable() or not one.reason:
            lacks = "gives no reason" if one.check in _silenceable() else f"names no check ({one.check!r})"
            said = f"a line “l10n-ok:” {lacks}; write “# l10n-ok: numbers -- why it is right”"
            remark = _remark(sheet, entry.line, Severity.WARNING, "silence", said)
            yield replace(remark, context=entry.context, source=entry.source, target=entry.target)


@cache
def _silenceable() -> frozenset[str]:
    return frozenset((*checks.names(), "spelling"))
