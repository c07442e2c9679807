"""The language the interface speaks: as somebody chose in this browser, else as the browser asks.

The choice is that of a request, from the guard that receives it to the template that answers it, and
passes through functions that have nothing to do with it; a context variable carries it there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime

from l10n.messages import INTERFACE_LANGUAGES, Messages, messages

COOKIE = "language"
_DAY, _MONTH = "d MMM y", "LLLL y"
_now: ContextVar[str] = ContextVar("language of the interface", default="en")


def _(text: str) -> str:
    """Mark a text for the interface's catalogues."""
    return text


def current_language() -> str:
    """The language of the interface for the request at hand."""
    return _now.get()


def interface_messages() -> Messages:
    """The gettext messages of the interface in the language of the request."""
    return messages(_now.get())


@contextmanager
def use_language(locale: str) -> Iterator[None]:
    """Answer in a language inside the block."""
    token = _now.set(locale)
    try:
        yield
    finally:
        _now.reset(token)


def negotiate_language(cookies: Mapping[str, str], accepted: str) -> str:
    """The language a request is answered in: as chosen in its cookies, or as Accept-Language has it."""
    chosen = cookies.get(COOKIE, "")
    return chosen if chosen in INTERFACE_LANGUAGES else _best(_accepted(accepted))


def _accepted(header: str) -> Iterator[tuple[float, str]]:
    """(weight, language) of each part of an Accept-Language header."""
    for part in header[:400].split(","):
        tag, _, weight = part.strip().partition(";q=")
        try:
            yield float(weight or 1), tag.partition("-")[0].lower()
        except ValueError:
            continue


def _best(accepted: Iterable[tuple[float, str]]) -> str:
    candidates = [(weight, tag) for weight, tag in accepted if tag in INTERFACE_LANGUAGES and weight > 0]
    return max(candidates, key=lambda candidate: candidate[0])[1] if candidates else "en"


def moment_text(at: dt.datetime) -> str:
    """A moment for a reader, by the clocks it was told by, with their distance to UTC."""
    between = interface_messages().gettext(_(", "))
    said = format_datetime(at.replace(tzinfo=None), f"{_DAY}{between}HH:mm", locale=_babel(_now.get()))
    return f"{said} {_distance(at.utcoffset() or dt.timedelta())}"


def _distance(offset: dt.timedelta) -> str:
    hours, minutes = divmod(abs(offset) // dt.timedelta(minutes=1), 60)
    sign = "\N{MINUS SIGN}" if offset < dt.timedelta() else "+"
    return f"UTC{sign}{hours}{f':{minutes:02}' if minutes else ''}" if offset else "UTC"


def day_text(day: dt.date) -> str:
    """A day for a reader."""
    return _date(day, _DAY, _now.get())


def month_text(day: dt.date) -> str:
    """The month of a day with its year, for a reader."""
    return _date(day, _MONTH, _now.get())


@lru_cache(maxsize=512)
def _date(day: dt.date, pattern: str, locale: str) -> str:
    return format_date(day, pattern, locale=_babel(locale))


@lru_cache(maxsize=16)
def _babel(locale: str) -> Locale:
    try:
        return Locale.parse(locale)
    except (ValueError, UnknownLocaleError):
        return Locale.parse("en")
