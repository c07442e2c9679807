"""The addresses, numbers and accounts in a line, which no translator touches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from l10n import inline
from l10n.conventions.copied import everywhere
from l10n.inline import TEXT, VALUE, Run
from l10n.patterns import one_of

NUMBER = (
    r"[+(]?\d(?:(?:[\s.)/\u00a0\u202f-]{0,2}|[\s.\u00a0\u202f-]?\((?=\d{1,5}\)))\d){4,14}(?!\d)"
    r"(?:(?:(?<=\(\d)|(?<=\(\d\d)|(?<=\(\d\d\d))\))?"
)
"""A number that may be a phone's, as a pattern; in Arabic its area stands last, in brackets."""
_DIRECTIONS = r"\u061c\u200e\u200f\u202a\u202d\u2066\u2068"
_BETWEEN = re.compile(r"[–—|•·,;/-]\s(?P<phone>\d{2,4}(?:[ .\u00a0\u202f-]\d{2,4}){2,4})(?=\s?[–—|•·,;/-]\s)")
_ISO_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d|\d\d[.-]\d\d[.-](?:19|20)\d\d")
# One with another sign for "@", which is told behind it: "press#port.example（#换成@）".
_TOLD_MAIL = re.compile(
    r"(?<![\w#])[A-Za-z0-9][\w.+-]{0,63}#[A-Za-z0-9][\w.-]{2,80}(?=\s?[(（][^()（）#]{0,20}#[^()（）@]{0,20}@)"
)
# Whom to follow, with a label perhaps: "X: @port".
_HANDLES = re.compile(r"(?:[^@:：]{1,24}[:：]\s*)?(?:@[A-Za-z0-9_.]{2,40}\b(?:[\s,;/|·•]+|$))+")
_HANDLE = re.compile(r"@[A-Za-z0-9_.]{2,40}\b")
_FIVE_DIGITS = re.compile(r"\d(?:\W{0,2}\d){4}")  # the shortest number that follows a label
_HINTS = re.compile(r"[\d@(\[]|://|www\.")


@lru_cache(maxsize=64)
def _phones(labels: tuple[str, ...]) -> re.Pattern[str] | None:
    if not labels:
        return None
    alternatives = "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))
    return re.compile(
        rf"(?i)(?<!\w)(?:{alternatives})(?!\w)[\s.:：{_DIRECTIONS}]{{0,8}}(?P<phone>{NUMBER})(?:\s?[/;,]\s?(?P<second>{NUMBER}))?"
    )


def values(text: str, labels: tuple[str, ...]) -> list[Run]:
    """A line cut into plain runs and locked values.

    Besides what ``inline.split_locked_values`` locks, a number after a phone label ("Tél. 01 23 45 67 89")
    is a phone, and a line may name accounts of networks ("@port").
    """
    if not _may_hold_value(text):
        return [inline.text_run(text)] if text else []
    if "@" in text and _HANDLES.fullmatch(text):
        return [*_with_handles(text)]
    pattern = _phones(labels) if _FIVE_DIGITS.search(text) else None
    out: list[Run] = []
    at = 0
    for match in pattern.finditer(text) if pattern else ():
        for start, end in (match.span("phone"), match.span("second")):
            if end > 0:
                first, last = inline.with_directions(text, at, start, end)
                number = text[start:end]
                out.extend(inline.split_locked_values(text[at:first]))
                out.append(Run(text[first:last], number, VALUE, "phone", "phone"))
                at = last
    return _beside_mail([*out, *_with_spelt_mail(text[at:])])


def _may_hold_value(text: str) -> bool:
    """A cheap test before the patterns: a digit, or a sign of an address."""
    return _HINTS.search(text) is not None


def _with_handles(text: str) -> Iterator[Run]:
    at = 0
    for match in _HANDLE.finditer(text):
        if match.start() > at:
            yield inline.text_run(text[at : match.start()])
        yield Run(match[0], match[0], VALUE, "handle", "handle")
        at = match.end()
    if at < len(text):
        yield inline.text_run(text[at:])


def _with_spelt_mail(text: str) -> Iterator[Run]:
    """Text with its values, among them addresses with "(at)" or another sign for the sign."""
    at = 0
    spelt = ("(" in text or "[" in text) and _spelt_sign().search(text)
    told = "#" in text and "@" in text
    for match in (_spelt_mail() if spelt else _TOLD_MAIL).finditer(text) if spelt or told else ():
        yield from inline.split_locked_values(text[at : match.start()])
        yield Run(match.group(), match.group(), VALUE, "email", "e-mail")
        at = match.end()
    yield from inline.split_locked_values(text[at:])


@cache
def _spelt_mail() -> re.Pattern[str]:
    """An address that is written so that no machine finds it: "press(at)port.example"."""
    return re.compile(
        rf"(?i)(?<![\w@.])[a-z0-9][\w.+-]{{0,63}} ?{_spelt_sign().pattern} ?"
        rf"[a-z0-9](?:[\w-]|\.(?=\w)| ?[(\[]{one_of(everywhere().dot)}[)\]] ?){{2,80}}"
    )


@cache
def _spelt_sign() -> re.Pattern[str]:
    return re.compile(rf"[(\[]{one_of(('@', *everywhere().at))}[)\]]", re.IGNORECASE)


def _beside_mail(runs: list[Run]) -> list[Run]:
    """Runs in which a number between dashes or bars is a phone, where an e-mail stands in the same line."""
    if not any(run.name == "email" for run in runs):
        return runs
    out: list[Run] = []
    for run in runs:
        match = _BETWEEN.search(run.text) if run.role is TEXT else None
        if match and not _ISO_DAY.fullmatch(match["phone"]):
            start, end = match.span("phone")
            out.extend((inline.text_run(run.text[:start]), _phone(match["phone"])))
            out.append(inline.text_run(run.text[end:]))
        else:
            out.append(run)
    return [run for run in out if run.raw]


def _phone(text: str) -> Run:
    return Run(text, text, VALUE, "phone", "phone")


def has_value(text: str, labels: tuple[str, ...]) -> bool:
    """Whether a line has an address or a number that is locked."""
    return any(run.role is VALUE for run in values(text, labels))
