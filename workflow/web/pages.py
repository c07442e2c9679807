"""Templates of the desk, and the small functions they use."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse

from l10n import inline, resources
from l10n.conventions import load
from l10n.inline import Role as Piece
from l10n.messages import messages
from l10n.model import Code, Finding


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
    made.filters["language"] = lambda locale: load(locale).name
    made.filters["direction"] = lambda locale: load(locale).direction
    made.globals["stylesheet"] = f"/assets/{stylesheet().name}"
    return made


def page(name: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """A page from a template; nobody is signed in unless ``person`` says who."""
    values.setdefault("person", None)
    return HTMLResponse(environment().get_template(name).render(values), status_code=status)


@dataclass(frozen=True, slots=True)
class Asset:
    """A file under a name that changes with its content."""

    name: str
    data: bytes


@cache
def stylesheet() -> Asset:
    """The desk's stylesheet."""
    data = (resources.folder("templates") / "desk" / "desk.css").read_bytes()
    return Asset(f"desk.{hashlib.sha256(data).hexdigest()[:10]}.css", data)


def chips(text: str, codes: Iterable[Code] = ()) -> Markup:
    """A source or target with its codes as chips that say what they are."""
    known = {code.number: code for code in codes}
    out: list[str] = []
    for token in inline.tokens(text):
        if token.role is Piece.TEXT:
            out.append(str(escape(token.text)))
            continue
        code = known.get(token.number)
        label = code.label if code else ""
        value = code.value if code else ""
        mark = {Piece.OPEN: f"{token.number}›", Piece.CLOSE: f"‹{token.number}"}.get(
            token.role, f"{token.number}"
        )
        shown = f"{mark} {value}" if value and token.role is Piece.LONE else mark
        out.append(f'<span class="chip" title="{escape(label)}" dir="ltr">{escape(shown)}</span>')
    return Markup("".join(out))  # noqa: S704 - every piece was escaped above


def marked(target: str, findings: Iterable[Finding]) -> Markup:
    """A target with the places of its findings marked; where two overlap the first is."""
    out: list[str] = []
    at = 0
    for finding in sorted((f for f in findings if f.end > f.start), key=lambda f: f.start):
        if finding.start < at:
            continue
        out.append(str(escape(target[at : finding.start])))
        found = escape(target[finding.start : finding.end])
        out.append(
            f'<mark class="{escape(finding.severity)}" title="{escape(finding.message)}">{found}</mark>'
        )
        at = finding.end
    out.append(str(escape(target[at:])))
    return Markup("".join(out))  # noqa: S704 - every piece was escaped above
