"""Templates of the desk, and the small functions they use."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qsl

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse

from l10n import inline, resources
from l10n.conventions import load
from l10n.inline import Role as Piece
from l10n.messages import messages
from l10n.model import Code, Finding

_FIELDS = 20
_CHIP = Markup('<span class="chip" title="{}" dir="ltr">{}</span>')
_MARK = Markup('<mark class="{}" title="{}">{}</mark>')


@cache
def environment() -> Environment:
    """The desk's templates: everything is escaped, nothing may be undefined."""
    folder = resources.folder("templates") / "desk"
    made = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.add_extension("jinja2.ext.i18n")
    spoken = messages("en")
    made.install_gettext_callables(  # type: ignore[attr-defined]
        spoken.gettext, spoken.ngettext, newstyle=True
    )
    made.filters["chips"] = chips
    made.filters["marked"] = marked
    made.filters["sentence"] = sentence
    made.filters["language"] = lambda locale: load(locale).name
    made.filters["direction"] = lambda locale: load(locale).direction
    made.globals["sheet"], made.globals["icon"] = (f"/assets/{name}" for name in assets())
    return made


def page(name: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """A page from a template; nobody is signed in unless ``person`` says who."""
    values.setdefault("person", None)
    return HTMLResponse(environment().get_template(name).render(values), status_code=status)


def problem(
    status: int, text: str, remedy: str = "", *, again: Mapping[str, str] | None = None, onward: str = ""
) -> HTMLResponse:
    """A page that says what went wrong.

    ``again`` is the form that was sent to ``onward``, offered to be sent once more.
    """
    return page("message.html", status=status, text=text, remedy=remedy, again=again or {}, onward=onward)


def fields_of(body: bytes) -> Mapping[str, str]:
    """The fields of a form as a browser sends it, empty for anything else."""
    try:
        found = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=_FIELDS)
    except ValueError:
        return {}
    return dict(found)


@dataclass(frozen=True, slots=True)
class Asset:
    """A file under a name that changes with its content."""

    data: bytes
    media_type: str


@cache
def assets() -> Mapping[str, Asset]:
    """The desk's stylesheet and its icon, by name."""
    folder = resources.folder("templates") / "desk"
    found = {}
    for path, media_type in ((folder / "desk.css", "text/css"), (folder / "icon.svg", "image/svg+xml")):
        data = path.read_bytes()
        name = f"{path.stem}.{hashlib.sha256(data).hexdigest()[:10]}{path.suffix}"
        found[name] = Asset(data, media_type)
    return found


def sentence(text: str) -> str:
    """A message as a sentence: with a capital and an end."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if not text or text[-1] in ".?!…" else ".")


def chips(text: str, codes: Iterable[Code] = ()) -> Markup:
    """A source or target with its codes as chips that say what they are."""
    known = {code.number: code for code in codes}
    return Markup().join(
        escape(token.text) if token.role is Piece.TEXT else _chip(token, known.get(token.number))
        for token in inline.tokens(text)
    )


def _chip(token: inline.Token, code: Code | None) -> Markup:
    number = token.number
    mark = {Piece.OPEN: f"{number}›", Piece.CLOSE: f"‹{number}"}.get(token.role, f"{number}")
    value = code.value if code and token.role is Piece.LONE else ""
    return _CHIP.format(code.label if code else "", f"{mark} {value}".strip())


def marked(target: str, findings: Iterable[Finding], codes: Iterable[Code] = ()) -> Markup:
    """A target with its codes as chips and its findings marked; where two overlap the first is."""
    known = tuple(codes)
    out: list[Markup] = []
    at = 0
    for finding in sorted((f for f in findings if f.end > f.start), key=lambda f: f.start):
        if finding.start < at:
            continue
        out.append(chips(target[at : finding.start], known))
        found = chips(target[finding.start : finding.end], known)
        out.append(_MARK.format(finding.severity, finding.message, found))
        at = finding.end
    out.append(chips(target[at:], known))
    return Markup().join(out)
