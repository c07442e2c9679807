"""What is wrong with the header of a catalogue, and with the language that it or the path names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from l10n import conventions
from l10n.catalogue import Survey
from l10n.conventions.likely import same_language
from l10n.conventions.two_letters import names_language
from l10n.errors import ConfigError
from l10n.gate.catalogue_file import CatalogueFile
from l10n.gate.findings import CatalogueReport, LocatedFinding
from l10n.gate.wording import Wording, worded
from l10n.model import Severity

_ONCE = ("Language", "Content-Type", "Plural-Forms")
"""The fields that tell a program how to read a catalogue: of two, each program takes another one."""

_ALSO_CALLED = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "fil": "tl", "sh": "sr"}
"""Codes of languages under which projects file them as well, or did (IANA Language Subtag Registry)."""


def header_faults(report: CatalogueReport, file: CatalogueFile, survey: Survey) -> Iterator[LocatedFinding]:
    """Yield what a header lacks, has twice, or says of a language that cannot be."""

    def found(severity: Severity, text: Wording, line: int = survey.header or 1) -> LocatedFinding:
        return LocatedFinding(report.path, line, severity, "header", text, report.locale, report.release)

    if not survey.header:
        text = worded("there is no header; run l10n update, or msginit for another tool's file")
        yield found(Severity.ERROR, text)
    elif "charset=" not in survey.headers.get("Content-Type", ""):
        yield found(Severity.ERROR, worded("the header names no charset"))
    if file.locale and survey.locale and not same_language(file.locale, survey.locale):
        text = worded(
            "the header says Language: {locale}, but the file lies among the {other} catalogues",
            locale=survey.locale,
            other=file.locale,
        )
        yield found(Severity.ERROR, text)
    elif not report.locale:
        yield found(Severity.WARNING, worded("neither the header nor the path names a language"), 1)
    for text in _doubts(file, survey):
        yield found(Severity.WARNING, text)
    if survey.header_fuzzy:
        text = worded("the header is marked fuzzy, and Babel compiles no such catalogue")
        yield found(Severity.INFO, text)


def _doubts(file: CatalogueFile, survey: Survey) -> Iterator[Wording]:
    for name in _twice(survey.header_text):
        yield worded("the header has {field} twice", field=name)
    language = survey.locale.partition("-")[0]
    if language and not _is_language(language):
        yield worded("the header says Language: {locale}, which is no language", locale=survey.locale)
    elif language and not file.locale:
        named = locale_in_path(Path(file.path), surely=True)
        if named and _common_code(named) != _common_code(language):
            yield worded(
                "the header says Language: {locale}, but the path names {other}",
                locale=survey.locale,
                other=named,
            )


def _twice(header: str) -> Iterator[str]:
    text = header.lower()
    for name in _ONCE:
        field = f"{name.lower()}:"
        if text.count(field) > 1 and f"\n{text}".count(f"\n{field}") > 1:
            yield name


def _common_code(tag: str) -> str:
    language = conventions.registered(tag.partition("-")[0].lower())
    return _ALSO_CALLED.get(language, language)


def _is_language(code: str) -> bool:
    """Whether a code may be that of a language; three letters may, of which there are thousands."""
    return names_language(code.lower()) if len(code) == 2 else len(code) == 3


def told_locale(survey: Survey, path: Path) -> str:
    """The locale that a header names, or else the path; what the header says where neither is a language."""
    if _is_language(survey.locale.partition("-")[0]):
        return survey.locale
    return locale_in_path(path) or survey.locale


def locale_in_path(path: Path, *, surely: bool = False) -> str:
    """The locale that a path names, "" for none: `locale/fr/LC_MESSAGES/x.po`, `x/pt_BR.po`, `x.fr.po`.

    ``surely``: only where gettext itself looks for it, or the whole name says so in two letters.
    """
    folder = path.parent
    if folder.name == "LC_MESSAGES":
        parts = [folder.parent.name]
    else:
        parts = [path.stem]
        if not surely:
            parts += [path.stem.rpartition(".")[2], *(parent.name for parent in path.parents)]
    for part in parts:
        tag = part.replace("_", "-")
        language = tag.split("-")[0]
        if len(language) not in {2, 3} or not language.islower() or tag == "po":
            continue
        if surely and not (len(language) == 2 and names_language(language)):
            continue
        try:
            conventions.load(tag)
        except ConfigError:
            continue
        return tag
    return ""
