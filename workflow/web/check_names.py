"""What people call the checks, in the language of the interface; the command line has their ids."""

from __future__ import annotations

from collections.abc import Mapping

from l10n import checks
from workflow.web.interface_language import interface_messages


def _(text: str) -> str:
    """Mark a text for the interface's catalogues."""
    return text


_NAMES = {
    "codes": _("codes"),
    "numbers": _("numbers"),
    "dates": _("dates"),
    "measures": _("money and measures"),
    "names": _("names"),
    "urls": _("web addresses and e-mails"),
    "untranslated": _("left untranslated"),
    "language": _("wrong language"),
    "glossary": _("glossary"),
    "negation": _("negation"),
    "quotation": _("quotation marks"),
    "omissions": _("omissions"),
    "brackets": _("brackets"),
    "ending": _("mark at the end"),
    "doubled": _("doubled words"),
    "controls": _("invisible characters"),
    "capitals": _("capitals"),
    "leftovers": _("leftovers of machines"),
    "spacing": _("spaces"),
}


def check_name(check_id: str) -> str:
    """What to call a check; one that was added to the built-in ones is called by its id."""
    name = _NAMES.get(check_id)
    return interface_messages().gettext(name) if name else check_id


def check_names() -> Mapping[str, str]:
    """What to call every check there is, by its id."""
    return {check_id: check_name(check_id) for check_id in checks.names()}
