"""Templates of the desk, and the small functions they use."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from urllib.parse import parse_qsl

from jinja2 import BaseLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse

from l10n import resources
from l10n.conventions import load
from l10n.messages import INTERFACE_LANGUAGES, messages
from workflow.store import Person
from workflow.web import markup
from workflow.web.assets import address
from workflow.web.base_path import desk_path
from workflow.web.browsers import browser_of
from workflow.web.check_names import check_name, check_names
from workflow.web.interface_language import (
    current_language,
    day_text,
    interface_messages,
    moment_text,
    month_text,
)
from workflow.web.keys import KEYS
from workflow.web.reasons import explained, hindrance, sentence
from workflow.web.theme import theme

_FIELDS = 200
_SAID = re.compile(r'\{\{ _\("([^"\\{}%]*)"\) \}\}')


class Spoken(BaseLoader):
    """The desk's templates with the texts that hold no value already in a language.

    Looked up anew they were a fifth of what a page costs.
    """

    def __init__(self, language: str) -> None:
        self._files = FileSystemLoader(resources.folder("templates") / "desk")
        self._language = language

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """See BaseLoader."""
        source, path, current = self._files.get_source(environment, template)
        return _SAID.sub(self._said, source), path, current

    def list_templates(self) -> list[str]:
        """See BaseLoader."""
        return self._files.list_templates()

    def _said(self, match: re.Match[str]) -> str:
        text = messages(self._language).gettext(match[1])
        return match[0] if any(sign in text for sign in "{}%\n") else str(escape(text))


def environment() -> Environment:
    """The desk's templates, in the language of the interface for the request at hand."""
    return _environment(current_language())


@cache
def _environment(language: str) -> Environment:
    """The desk's templates in a language: everything is escaped, nothing may be undefined."""
    env = Environment(
        loader=Spoken(language),
        auto_reload=False,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: interface_messages().gettext(text),
        lambda singular, plural, n: interface_messages().ngettext(singular, plural, n),
        newstyle=True,
    )
    env.filters |= {
        "chips": markup.chips,
        "sought": markup.sought,
        "marked": markup.marked,
        "lacks_codes": markup.lacks_codes,
        "difference": markup.difference,
        "terms": markup.terms,
        "mentions": markup.mentions,
        "said": markup.said,
        "sentence": sentence,
        "explained": explained,
        "hindrance": hindrance,
        "label": markup.label,
        "reason": markup.reason,
        "check_name": check_name,
        "language": lambda locale: load(locale).name,
        "direction": lambda locale: load(locale).direction,
        "moment": moment_text,
        "day": day_text,
        "month": month_text,
        "browser": browser_of,
    }
    env.globals |= {
        "asset": address,
        "ui": current_language,
        "languages": INTERFACE_LANGUAGES,
        "desk_path": desk_path,
        "theme": theme,
        "check_names": check_names,
        "fixed": _fixed,
    }
    return env


@cache
def _in(language: str, name: str) -> Markup:
    return Markup(_environment(language).get_template(name).render(keys=KEYS))  # noqa: S704 - it is escaped there


def _fixed(name: str) -> Markup:
    """A part of pages that is the same for everybody who reads a language."""
    return _in(current_language(), name)


def _(text: str) -> str:
    """Mark a text for the interface's catalogues."""
    return text


_SOMEBODY = _("somebody")


def known(name: str) -> str:
    """What to call somebody whose name only another copy of the project knows."""
    return name or interface_messages().gettext(_SOMEBODY)


def page(
    name: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **values: object
) -> HTMLResponse:
    """A page from a template; nobody is signed in unless ``person`` says who."""
    values.setdefault("person", None)
    return HTMLResponse(environment().get_template(name).render(values), status_code=status, headers=headers)


def error_page(
    status: int,
    text: str,
    remedy: str = "",
    *,
    line: int = 0,
    place: str = "",
    back: str | None = "",
    again: Sequence[tuple[str, str]] = (),
    onward: str = "",
    person: Person | None = None,
    typed: Sequence[str] = (),
    before: str = "",
    onward_here: str = "",
) -> HTMLResponse:
    """A page that says what went wrong; ``text`` and ``remedy`` are in English.

    ``line`` is where in a file that was sent, ``place`` which file of the project it is about, and where.
    ``back`` is the page to go back to: the queue when it is "", none for people who do not work here.
    ``again`` is the form that was sent to ``onward``, offered to be sent once more; ``typed`` what somebody
    wrote that is not.  ``person`` is who gets the menu, ``before`` the page they came from, ``onward_here``
    where they are when they choose another language.
    """
    return page(
        "message.html",
        status=status,
        person=person,
        typed=typed,
        before=before,
        onward_here=onward_here or desk_path("/"),
        text=text,
        remedy=remedy,
        line=line,
        place=place,
        back=back,
        again=again,
        onward=onward,
    )


def fields_of(body: bytes) -> Mapping[str, str]:
    """The fields of a form as a browser sends it, empty for anything else."""
    return dict(pairs_of(body))


def pairs_of(body: bytes) -> Sequence[tuple[str, str]]:
    """The fields of a form in their order, also those that it has several times; none for anything else."""
    try:
        return parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=_FIELDS)
    except ValueError:
        return ()
