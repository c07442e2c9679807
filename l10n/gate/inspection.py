"""One catalogue looked at: whether it is readable, in step and far enough, and its targets right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from l10n import disk
from l10n.catalogue import Survey, survey
from l10n.errors import CatalogueError, ConfigError, InputError
from l10n.gate.consistency import sayings
from l10n.gate.goals import Goals, reached
from l10n.gate.known_pairs import NOTHING, Past, packed
from l10n.gate.remarks import Remark, Sayings, Sheet
from l10n.model import Severity
from l10n.review import PLAIN, Rule

if TYPE_CHECKING:
    from l10n.glossary import Glossary
    from l10n.lengths import LengthRatio


@dataclass(frozen=True, slots=True)
class Place:
    """A catalogue to look at.

    ``path`` is a string, since there may be thousands, and ``name`` is how it is shown.  ``locale`` and
    ``source_locale`` are what its place in a project says, "" where only its header can tell.  ``wanted``
    gives the keys of the segments its source has, None when there is no source to compare with; ``band`` is
    what the project learned of lengths; ``stamp`` is a digest of what these are made from.
    """

    path: str
    name: str
    locale: str = ""
    source_locale: str = ""
    release: str = ""
    wanted: Callable[[], frozenset[tuple[str, str]]] | None = None
    glossary: Callable[[], Glossary | None] | None = None
    rule: Rule = PLAIN
    stamp: str = ""
    band: LengthRatio | None = None


def look(place: Place, goals: Goals, only: Sequence[str]) -> Sheet:
    """What is to be said of a catalogue; ``only`` names the checks to run."""
    sheet = Sheet(place.name, place.locale, place.release)
    try:
        if place.wanted is not None and not disk.file_stamp(place.path):
            said = "there is no catalogue; run l10n update"
            return replace(sheet, remarks=(_remark(sheet, 1, Severity.ERROR, "stale", said),))
        data = disk.read(place.path)
    except InputError as error:
        return _unreadable(sheet, error)
    return look_at(data, place, goals, only)


def look_at(data: bytes, place: Place, goals: Goals, only: Sequence[str], past: Past | None = None) -> Sheet:
    """As ``look``, for the bytes of the catalogue; with a ``past``, the sheet has its pairs for the next."""
    path = Path(place.path)
    try:
        found = survey(data, path, rule=place.rule)
    except (CatalogueError, InputError) as error:
        return _unreadable(Sheet(place.name, place.locale, place.release), error)
    sheet = Sheet(
        place.name,
        place.locale or found.locale or _from_path(path),
        place.release,
        found.counts,
        source_locale=place.source_locale or _said_source(found) or "en",
    )
    remarks = [*_header(sheet, place, found), *_form(sheet, place, found)]
    said = Sayings()
    if only:
        from l10n.gate import checking  # noqa: PLC0415  not where only completeness is asked for

        remarks += checking.checked(sheet, place, found, only, past or NOTHING)
        said = sayings(found)
    faulty: dict[int, str] = {}
    for one in remarks:
        if one.severity is Severity.ERROR and one.source:
            faulty.setdefault(one.line, one.check)
    remarks += reached(sheet, goals, found, faulty)
    remarks.sort(key=lambda one: one.line)
    pairs = b"" if past is None or not only else packed(found)
    return replace(sheet, remarks=tuple(remarks), said=said, pairs=pairs)


def _unreadable(sheet: Sheet, error: CatalogueError | InputError) -> Sheet:
    said = f"{error.message}. {error.remedy}".rstrip(" .") + "."
    remark = _remark(sheet, error.line or 1, Severity.ERROR, "syntax", said)
    return replace(sheet, remarks=(remark,), readable=False)


def _remark(sheet: Sheet, line: int, severity: Severity, check: str, said: str) -> Remark:
    return Remark(sheet.path, line, severity, check, said, sheet.locale, sheet.release)


def _from_path(path: Path) -> str:
    """The locale that a path names: `locale/fr/LC_MESSAGES/x.po`, `fr/x.po`, `x/pt_BR.po`."""
    from l10n import conventions  # noqa: PLC0415  where no header tells

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


def _cut_otherwise(found: Survey) -> list[str]:
    """That the sentences were cut by other rules than now, since then no source needs to have changed."""
    from l10n.catalogue.templates import SEGMENTATION  # noqa: PLC0415  most catalogues are in step
    from l10n.segment import VERSION  # noqa: PLC0415  the same

    version = found.headers.get(SEGMENTATION, VERSION)
    return [] if version == VERSION else [f"cut by rules {version}, which are {VERSION} now"]


def _form(sheet: Sheet, place: Place, found: Survey) -> Iterator[Remark]:
    """What gettext would read and then refuse, and whether the catalogue is that of its source.

    And entries that no longer fit their provenance line.
    """
    if place.wanted is not None:
        keys = {message.key for message in found.messages if not message.obsolete}
        wanted = place.wanted()
        new, gone = len(wanted - keys), len(keys - wanted)
        if new or gone:
            told = [f"{new} of the source are missing here"] if new else []
            told += [f"{gone} are no longer in the source"] if gone else []
            told += _cut_otherwise(found)
            said = f"out of step with its source ({', '.join(told)}); run l10n update"
            yield _remark(sheet, 1, Severity.ERROR, "stale", said)
    for at, first in found.repeated.items():
        said = f"{found.messages[at].source[:60]!r} stands twice, first on line {first}"
        yield _remark(sheet, found.lines[at], Severity.ERROR, "duplicate", said)
    for message, line in zip(found.messages, found.lines, strict=True):
        if not (message.forms or message.edited) or message.obsolete:
            continue
        if message.forms and found.forms and message.forms != found.forms:
            said = f"{message.forms} plural forms, but the header says that the language has {found.forms}"
            yield _remark(sheet, line, Severity.ERROR, "plural", said)
        if message.edited:
            said = "edited outside: the text is not the one its line was written for"
            remark = _remark(sheet, line, Severity.WARNING, "provenance", said)
            yield remark._replace(context=message.context, source=message.source, target=message.target)


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
