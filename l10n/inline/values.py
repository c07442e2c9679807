"""Locked values: web addresses, e-mails and phone numbers in a text."""

from __future__ import annotations

import re
from functools import cache

from l10n import phones
from l10n.inline.runs import VALUE, Run, text_run

# Chinese and Japanese write on right after an address; within one, such letters follow a mark (wiki/中国).
_IDEOGRAPHS = r"(?<=[/_=-])[\u3005-\u30ff\u3400-\u9fff\uac00-\ud7a3]+"
# Python loops over every character of a range to compile it: what is below one costs less than what is above.
_URL = (
    rf"(?:https?://|www\.)(?:(?![\s<>\"«»“”„])[\x00-\u2e7f]|{_IDEOGRAPHS})+"
    r"(?<![.,;:!?…)\]}'’،؛؟])"
)
_EMAIL = r"[A-Za-z0-9](?:(?=[\x00-\u0dff])\w|[.+-]){0,63}@[A-Za-z0-9](?:[\w-]*\.)+[A-Za-z]{2,}"
_MANGLED = rf"\"?mailto:{_EMAIL}\"?>{_EMAIL}"
# Unicode's marks and isolates, set around a number in text that runs the other way.
_DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_VALUE_LABELS = {"mangled": "e-mail", "url": "address", "email": "e-mail", "phone": "phone"}


def may_hold_values(text: str) -> bool:
    """Whether a text may contain locked values: a cheap test before the pattern."""
    return "@" in text or "+" in text or _may_hold_url(text) or phones.without_country(text)


def _may_hold_url(text: str) -> bool:
    return "://" in text or "www." in text


def split_locked_values(text: str) -> list[Run]:
    """Split text into plain runs and locked values: web addresses, e-mails, phone numbers.

    Marks of direction beside a value belong to it, and are kept where it is written.
    """
    if not may_hold_values(text):
        return [text_run(text)] if text else []
    runs: list[Run] = []
    at = 0
    email = "@" in text
    pattern = _value(
        url=_may_hold_url(text),
        email=email,
        mangled=email and "mailto:" in text,
        phone=phones.may_be(text),
    )
    for match in pattern.finditer(text):
        kind = match.lastgroup or "url"
        raw = match.group()
        if kind == "phone" and not phones.is_phone(raw):
            continue
        start, end = with_directions(text, at, *match.span())
        if start > at:
            runs.append(text_run(text[at:start]))
        view = raw.rpartition(">")[2] if kind == "mangled" else raw.strip(_DIRECTIONS)
        runs.append(Run(text[start:end], view, VALUE, kind, _VALUE_LABELS[kind]))
        at = end
    if at < len(text):
        runs.append(text_run(text[at:]))
    return runs


def with_directions(text: str, least: int, start: int, end: int) -> tuple[int, int]:
    """Where a value begins, from ``least`` on, and ends with the marks of direction beside it."""
    while start > least and text[start - 1] in _DIRECTIONS:
        start -= 1
    while end < len(text) and text[end] in _DIRECTIONS:
        end += 1
    return start, end


@cache
def _value(*, url: bool, email: bool, mangled: bool, phone: bool) -> re.Pattern[str]:
    """The values that a text may hold.  One expression for all of them is slow to compile."""
    kinds = [rf"(?P<mangled>{_MANGLED})"] if mangled else []
    kinds += [f"(?P<url>{_URL})"] if url else []
    kinds += [f"(?P<email>{_EMAIL})"] if email else []
    kinds += [f"(?P<phone>{phones.PATTERN})"] if phone else []
    return re.compile("|".join(kinds))
