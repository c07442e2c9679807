"""Templates of the desk, and the small functions they use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from urllib.parse import parse_qsl

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from l10n import resources
from l10n.conventions import load
from l10n.routing import Reason
from workflow.web import marks
from workflow.web.assets import address
from workflow.web.browsers import browser_of
from workflow.web.root import to
from workflow.web.speech import SPOKEN, day_text, moment_text, said, spoken
from workflow.web.theme import theme

_FIELDS = 200


@cache
def environment() -> Environment:
    """The desk's templates: everything is escaped, nothing may be undefined."""
    folder = resources.folder("templates") / "desk"
    made = Environment(
        loader=FileSystemLoader(folder),
        auto_reload=False,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.add_extension("jinja2.ext.i18n")
    made.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: said().gettext(text), lambda one, many, n: said().ngettext(one, many, n), newstyle=True
    )
    made.filters["chips"] = marks.chips
    made.filters["marked"] = marks.marked
    made.filters["difference"] = marks.difference
    made.filters["terms"] = marks.terms
    made.filters["sentence"] = sentence
    made.filters["reason"] = _reason
    made.filters["language"] = lambda locale: load(locale).name
    made.filters["direction"] = lambda locale: load(locale).direction
    made.filters["moment"] = moment_text
    made.filters["day"] = day_text
    made.filters["browser"] = browser_of
    made.globals |= {
        "asset": address,
        "ui": spoken,
        "languages": SPOKEN,
        "to": to,
        "theme": theme,
        "plainly": _plainly,
    }
    return made


def _reason(reason: Reason) -> str:
    return reason.said(said().gettext)


def _plainly(text: str) -> str:
    """A text in the language of the interface, as text: what a template puts in it is escaped there."""
    return said().gettext(text)


def page(
    name: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **values: object
) -> HTMLResponse:
    """A page from a template; nobody is signed in unless ``person`` says who."""
    values.setdefault("person", None)
    return HTMLResponse(environment().get_template(name).render(values), status_code=status, headers=headers)


def problem(
    status: int, text: str, remedy: str = "", *, again: Mapping[str, str] | None = None, onward: str = ""
) -> HTMLResponse:
    """A page that says what went wrong; ``text`` and ``remedy`` are in English.

    ``again`` is the form that was sent to ``onward``, offered to be sent once more.
    """
    return page("message.html", status=status, text=text, remedy=remedy, again=again or {}, onward=onward)


def fields_of(body: bytes) -> Mapping[str, str]:
    """The fields of a form as a browser sends it, empty for anything else."""
    return dict(pairs_of(body))


def pairs_of(body: bytes) -> Sequence[tuple[str, str]]:
    """The same in the order of the form, with the fields that it has several times."""
    try:
        return parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=_FIELDS)
    except ValueError:
        return ()


def sentence(text: str) -> str:
    """A message in the language of the interface where it is known, with a capital and an end."""
    text = said().gettext(text.strip()).strip()
    return text[:1].upper() + text[1:] + ("" if not text or text[-1] in ".?!…؟" else ".")
