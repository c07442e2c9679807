"""What is wrong with the forms of a page: where they send what readers type, and what they ask for."""

from __future__ import annotations

from collections.abc import Iterator

from l10n.model import Severity
from l10n.site.lint.fault import Fault
from l10n.site.lint.reader import ParsedPage, Tag
from l10n.site.lint.site import SiteFiles, joined

_FIELDS = frozenset({"input", "select", "textarea", "button", "meter", "output", "progress"})
_METHODS = frozenset({"get", "post", "dialog"})


def faults(site: SiteFiles, sheet: ParsedPage) -> Iterator[Fault]:
    """What is wrong with the forms of a page."""
    for tag in sheet.named("form"):
        yield from _sends(site, sheet, tag, tag.attributes.get("action", ""))
        if (method := tag.attributes.get("method", "get").lower()) not in _METHODS:
            yield Fault("form", tag.line, f"{method!r} is no way to send a form")
        if any(other.name == "form" for other in tag.around()):
            yield Fault("form", tag.line, "a form stands in another one")
    for tag in sheet.named("button", "input"):
        if "formaction" in tag.attributes:
            yield from _sends(site, sheet, tag, tag.attributes["formaction"])
    for tag in sheet.named("input"):
        if tag.attributes.get("type", "").lower() == "password":
            yield from _password(tag)
    yield from _labels(sheet)


def _sends(site: SiteFiles, sheet: ParsedPage, tag: Tag, action: str) -> Iterator[Fault]:
    if not action.strip():
        return
    address = joined(site.address(sheet.path), action.strip())
    if address.startswith("http:") and not site.url.startswith("http:"):
        yield Fault("form", tag.line, f"what readers type is sent to {action} unencrypted")
    elif address.lower().startswith("mailto:"):
        yield Fault("form", tag.line, "a form that is sent by mail is sent by few browsers", Severity.WARNING)
    elif site.path(address) == "":
        yield Fault(
            "form", tag.line, f"the form is sent to {action}, where there is nothing", Severity.WARNING
        )


def _password(tag: Tag) -> Iterator[Fault]:
    form = next((other for other in tag.around() if other.name == "form"), None)
    method = form.attributes.get("method", "get").lower() if form is not None else "get"
    if form is not None and method == "get":
        yield Fault("form", tag.line, "a password is sent in the address of a page")
    else:
        yield Fault("form", tag.line, "the page asks for a password", Severity.WARNING)


def _labels(sheet: ParsedPage) -> Iterator[Fault]:
    """A label is for a field: one that it names, or one in it."""
    inside = {
        id(other)
        for tag in sheet.named(*_FIELDS)
        for other in tag.around()
        if tag.labelled and other.name == "label"
    }
    fields = {tag.attributes.get("id") for tag in sheet.tags if tag.name in _FIELDS or "-" in tag.name}
    ids = {name for name, _ in sheet.ids}
    for tag in sheet.named("label"):
        wanted = tag.attributes.get("for")
        if wanted is None and id(tag) not in inside:
            yield Fault("form", tag.line, "a label is for no field", Severity.WARNING)
        elif wanted in ids and wanted not in fields:
            yield Fault("form", tag.line, f"a label is for {wanted}, which is no field", Severity.WARNING)
