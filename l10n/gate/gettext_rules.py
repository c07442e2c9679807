"""Finds what a file can be read with and gettext refuses all the same, as `msgfmt --check` does."""

from __future__ import annotations

import codecs
import gettext
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from l10n.catalogue import Message, Survey
from l10n.gate.findings import CatalogueReport, LocatedFinding
from l10n.gate.format_strings import is_known, mismatches
from l10n.gate.wording import Wording, worded, worded_count
from l10n.model import Severity
from l10n.utf_8 import is_utf_8

_PLURAL = re.compile(r"nplurals\s*=\s*(\d{1,9})\s*;\s*plural\s*=\s*([^;]+)")
_TRIED = 1000
"""The numbers that a plural rule is tried with, as many as msgfmt tries."""
_OFTEN = 5
"""A form for no more numbers than these may leave the number out, as in "one file" (msgfmt's rule)."""
_SEQUENCES = 8
"""So many characters of UTF-8 are no chance: two bytes of another charset look like one now and then."""
_SHOWN = 100  # characters of a rule
# Thai to Lao, Burmese, Khmer; Chinese and Japanese with their punctuation.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_UTF8 = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")


def charset_faults(report: CatalogueReport, data: bytes, survey: Survey) -> Iterator[LocatedFinding]:
    """Yield what is wrong with a charset although the bytes can be read in it."""
    if data.startswith(codecs.BOM_UTF8):
        text = worded("a byte order mark stands at the beginning, which gettext refuses; save it without")
        yield _finding(report, 1, "syntax", text)
    charset = survey.headers.get("Content-Type", "").partition("charset=")[2]
    if charset == "CHARSET":
        severity = Severity.WARNING if data.isascii() else Severity.ERROR
        text = worded("the header names no charset")
        yield _finding(report, survey.header, "header", text)._replace(severity=severity)
    elif data.isascii() or not charset or charset.upper().replace("-", "") == "UTF8":
        return
    elif _surely_utf_8(data):
        text = worded("the header names {charset}, but the file is in UTF-8", charset=charset)
        yield _finding(report, survey.header, "header", text)


def _surely_utf_8(data: bytes) -> bool:
    return is_utf_8(data) and sum(1 for _ in _UTF8.finditer(data)) >= _SEQUENCES


def plural_faults(report: CatalogueReport, survey: Survey) -> Iterator[LocatedFinding]:
    """Yield the faults of a plural rule, and entries that have other forms than it says."""
    rule = survey.headers.get("Plural-Forms", "")
    live = [
        (message, line)
        for message, line in zip(survey.messages, survey.lines, strict=True)
        if message.forms and not message.obsolete
    ]
    translated = any(message.pairs for message, _ in live)
    if (translated or rule) and (problem := _fault_of(rule)):
        yield _finding(report, survey.header or 1, "plural", problem)
        return
    for message, line in live:
        if survey.forms and message.forms != survey.forms:
            text = worded_count(
                "{count} plural form, but the header says that the language has {declared}",
                "{count} plural forms, but the header says that the language has {declared}",
                message.forms,
                declared=survey.forms,
            )
            yield _finding(report, line, "plural", text)
        elif 0 < len(message.pairs) < message.forms:
            yield _finding(report, line, "plural", worded("some of its plural forms are empty"))


def format_faults(report: CatalogueReport, survey: Survey) -> Iterator[LocatedFinding]:
    """Yield placeholders and line breaks at the edges that a program relies on and that do not fit."""
    rule = survey.headers.get("Plural-Forms", "")
    numbers = {} if _fault_of(rule) else _numbers_by_form(rule)
    for message, line in zip(survey.messages, survey.lines, strict=True):
        source = message.key[1]
        if (
            not message.format
            and "\n" not in source
            and "\n" not in message.target
            and source[:1] != " " != source[-1:]
        ):
            continue
        if not message.public:
            continue
        for source, target, text, severity in _mismatched(message, numbers):
            yield _finding(report, line, "format", text)._replace(
                context=message.context, source=source, target=target, severity=severity
            )


def form_of_nothing(survey: Survey) -> int | None:
    """The plural form that is for the number 0 alone, as in Arabic; None where the language has none."""
    rule = survey.headers.get("Plural-Forms", "")
    if survey.forms <= 1 or _fault_of(rule):
        return None
    return _own_form_of_nothing(rule)


@lru_cache(maxsize=64)
def _own_form_of_nothing(rule: str) -> int | None:
    match = _PLURAL.search(rule)
    form = gettext.c2py(match[2].strip())(0) if match else 0
    return form if _numbers_by_form(rule).get(form) == 1 else None


def forms_of_few(survey: Survey) -> frozenset[int]:
    """The plural forms for so few numbers that a text need not say which, as in "one file"."""
    rule = survey.headers.get("Plural-Forms", "")
    if survey.forms <= 1 or _fault_of(rule):
        return frozenset()
    return frozenset(form for form, count in _numbers_by_form(rule).items() if count <= _OFTEN)


def _mismatched(message: Message, numbers: Mapping[int, int]) -> Iterator[tuple[str, str, Wording, Severity]]:
    many = message.forms > 1
    if message.format and not message.format.endswith("-format"):
        text = worded("gettext knows no flag {flag}: the placeholders are not compared", flag=message.format)
        yield message.source, message.target, text, Severity.WARNING
    for form, (source, target) in enumerate(message.pairs):
        for text, severity in _at_the_edges(source, target):
            yield source, target, text, severity
        if is_known(message.format) and len(message.pairs) >= message.forms:
            may_lack = many and numbers.get(form, _OFTEN + 1) <= _OFTEN
            whole = message.pairs[-1][0]
            for mismatch in mismatches(message.format, whole, target, may_lack=may_lack):
                yield source, target, mismatch, Severity.ERROR


def _at_the_edges(source: str, target: str) -> Iterator[tuple[Wording, Severity]]:
    """Line breaks that only one text has, and blanks that a program relies on where it joins texts."""
    if source.startswith("\n") != target.startswith("\n"):
        yield worded("only one of source and target begins with a line break"), Severity.ERROR
    if source.endswith("\n") != target.endswith("\n"):
        yield worded("only one of source and target ends with a line break"), Severity.ERROR
    if source[:1] == " " and not _stands_apart(target[:1]):
        yield worded("the source begins with a space, the target does not"), Severity.WARNING
    if source[-1:] == " " and not _stands_apart(target[-1:]):
        yield worded("the source ends with a space, the target does not"), Severity.WARNING


def _stands_apart(letter: str) -> bool:
    """Whether a text may join another at this character: at a space, or in a script without spaces."""
    return letter.isspace() or _UNSPACED.fullmatch(letter) is not None


@lru_cache(maxsize=64)
def _fault_of(rule: str) -> Wording | None:
    """What is wrong with a plural rule."""
    match = _PLURAL.search(rule)
    if match is None:
        if rule:
            return worded("the rule in Plural-Forms cannot be read: {rule}", rule=rule[:_SHOWN])
        return worded("there are plural forms, but the header has no Plural-Forms that can be read")
    try:
        forms = _numbers_by_form(rule)
    except (ValueError, ZeroDivisionError, RecursionError, OverflowError):
        return worded("the rule in Plural-Forms cannot be read: {rule}", rule=match[2].strip())
    if (last := max(forms)) >= int(match[1]):
        return worded(
            "the rule in Plural-Forms gives form {last}, and nplurals is {declared}",
            last=last,
            declared=match[1],
        )
    return None


@lru_cache(maxsize=64)
def _numbers_by_form(rule: str) -> Mapping[int, int]:
    """For how many numbers there is each form.  Raises what a rule raises that makes no sense."""
    match = _PLURAL.search(rule)
    if match is None:
        return {}
    form_of = gettext.c2py(match[2].strip())
    return Counter(form_of(number) for number in range(_TRIED + 1))


def _finding(report: CatalogueReport, line: int, check: str, text: Wording) -> LocatedFinding:
    return LocatedFinding(report.path, line, Severity.ERROR, check, text, report.locale, report.release)
