"""What is wrong in roles and ARIA attributes (WAI-ARIA 1.2): screen readers ignore what they do not know."""

from __future__ import annotations

from collections.abc import Iterator

from l10n.formats.html.tokens import names
from l10n.site.lint.fault import Fault
from l10n.site.lint.reader import ParsedPage, Tag

_ROLES = names(
    "alert alertdialog application article banner blockquote button caption cell checkbox code columnheader"
    " combobox complementary contentinfo definition deletion dialog directory document emphasis feed figure"
    " form generic grid gridcell group heading img insertion link list listbox listitem log main marquee math"
    " menu menubar menuitem menuitemcheckbox menuitemradio meter navigation none note option paragraph"
    " presentation progressbar radio radiogroup region row rowgroup rowheader scrollbar search searchbox"
    " separator slider spinbutton status strong subscript suggestion superscript switch tab table tablist"
    " tabpanel term textbox time timer toolbar tooltip tree treegrid treeitem mark comment image"
)
# Modules with roles of their own: digital publishing, graphics.
_MODULES = ("doc-", "graphics-")
_TRUTH, _MIXED = names("true false"), names("true false mixed")
# Attributes and the values that they take; an empty set takes any text.
_VALUES = {
    **dict.fromkeys(
        names(
            "aria-atomic aria-busy aria-disabled aria-modal aria-multiline aria-multiselectable aria-readonly"
            " aria-required"
        ),
        _TRUTH,
    ),
    **dict.fromkeys(names("aria-expanded aria-hidden aria-selected aria-grabbed"), _TRUTH | {"undefined"}),
    **dict.fromkeys(names("aria-checked aria-pressed"), _MIXED | {"undefined"}),
    "aria-autocomplete": names("inline list both none"),
    "aria-current": names("page step location date time true false"),
    "aria-haspopup": names("true false menu listbox tree grid dialog"),
    "aria-invalid": names("true false grammar spelling"),
    "aria-live": names("off polite assertive"),
    "aria-orientation": names("horizontal vertical undefined"),
    "aria-sort": names("ascending descending none other"),
}
_NUMBERS = names(
    "aria-colcount aria-colindex aria-colspan aria-level aria-posinset aria-rowcount aria-rowindex"
    " aria-rowspan aria-setsize aria-valuemax aria-valuemin aria-valuenow"
)
_TEXTS = names(
    "aria-activedescendant aria-braillelabel aria-brailleroledescription aria-colindextext aria-controls"
    " aria-describedby aria-description aria-details aria-dropeffect aria-errormessage"
    " aria-flowto aria-keyshortcuts"
    " aria-label aria-labelledby aria-owns aria-placeholder aria-relevant aria-roledescription"
    " aria-rowindextext aria-valuetext"
)
_REQUIRED = {
    "checkbox": ("aria-checked",),
    "combobox": ("aria-expanded",),
    "heading": ("aria-level",),
    "menuitemcheckbox": ("aria-checked",),
    "menuitemradio": ("aria-checked",),
    "meter": ("aria-valuenow",),
    "radio": ("aria-checked",),
    "scrollbar": ("aria-controls", "aria-valuenow"),
    "slider": ("aria-valuenow",),
    "switch": ("aria-checked",),
}
# Roles that say nothing outside of another one, and those that say nothing without one of others inside.
_WITHIN = {
    "cell": names("row"),
    "columnheader": names("row"),
    "gridcell": names("row"),
    "listitem": names("list directory group"),
    "menuitem": names("menu menubar group"),
    "menuitemcheckbox": names("menu menubar group"),
    "menuitemradio": names("menu menubar group"),
    "option": names("listbox group"),
    "row": names("table grid treegrid rowgroup"),
    "rowheader": names("row"),
    "tab": names("tablist"),
    "treeitem": names("tree group"),
}
_OWNS = {
    "list": names("listitem group"),
    "listbox": names("option group"),
    "menu": names("menuitem menuitemcheckbox menuitemradio group"),
    "menubar": names("menuitem menuitemcheckbox menuitemradio group"),
    "radiogroup": names("radio"),
    "tablist": names("tab"),
    "table": names("row rowgroup"),
    "grid": names("row rowgroup"),
    "tree": names("treeitem group"),
}
_SAID_BY = {
    "li": "listitem",
    "ul": "list",
    "ol": "list",
    "menu": "list",
    "option": "option",
    "select": "listbox",
    "datalist": "listbox",
    "tr": "row",
    "tbody": "rowgroup",
    "thead": "rowgroup",
    "tfoot": "rowgroup",
    "table": "table",
    "td": "cell",
    "th": "columnheader",
    "fieldset": "group",
    "details": "group",
    "optgroup": "group",
}
# Controls that stand alone; those in menus and lists may share one stop of the keyboard.
_OF_HANDS = names("button link checkbox switch textbox")
_PRESSED = names("button select textarea iframe summary")


def faults(sheet: ParsedPage) -> Iterator[Fault]:
    """What is wrong in the roles and ARIA attributes of a page."""
    for tag in sheet.tags:
        for name, value in tag.attributes.items():
            if name == "role":
                yield from _role(tag, value.strip().lower())
            elif name[:5] == "aria-" and (message := _attribute(name, value.strip())):
                yield Fault("aria", tag.line, message)
        if tag.hidden and _focusable(tag) and _silenced(tag):
            message = f"the keyboard comes to a <{tag.name}> that screen readers do not know of (aria-hidden)"
            yield Fault("aria", tag.line, message)
        if not tag.hidden and tag.attributes.get("role", "") in _OF_HANDS and not _pressable(tag):
            message = f"the keyboard does not come to something with the role {tag.attributes['role']}"
            yield Fault("aria", tag.line, message)
    for owner in _without_their_own(sheet):
        role = owner.attributes["role"]
        wanted = ", ".join(sorted(_OWNS[role]))
        yield Fault("aria", owner.line, f"something with the role {role} has none of these inside: {wanted}")


def _role(tag: Tag, value: str) -> Iterator[Fault]:
    roles = value.split()
    unknown = [role for role in roles if role not in _ROLES and not role.startswith(_MODULES)]
    if unknown or not roles:
        yield Fault("aria", tag.line, f"{(unknown or [value])[0]!r} is no role")
        return
    role = roles[0]
    # A heading, a field or a row says by itself what its role asks for.
    if tag.name in {"input", "progress", "meter", "h1", "h2", "h3", "h4", "h5", "h6", "hr"}:
        return
    for name in _REQUIRED.get(role, ()):
        if name not in tag.attributes:
            yield Fault("aria", tag.line, f"something with the role {role} does not say {name}")
    if role in _WITHIN and not any(_role_of(other) in _WITHIN[role] for other in tag.around()):
        wanted = ", ".join(sorted(_WITHIN[role]))
        yield Fault("aria", tag.line, f"something with the role {role} stands in none of: {wanted}")


def _role_of(tag: Tag) -> str:
    said = tag.attributes.get("role", "").lower().split()
    return said[0] if said else _SAID_BY.get(tag.name, "")


def _attribute(name: str, value: str) -> str:
    """What is wrong with an ARIA attribute, "" where nothing is."""
    if name in _VALUES:
        return "" if value.lower() in _VALUES[name] else f'{name}="{value}" is none of its values'
    if name in _NUMBERS:
        digits = value.removeprefix("-").replace(".", "", 1)
        return "" if digits.isdecimal() else f'{name}="{value}" is no number'
    return "" if name in _TEXTS else f"{name} is no attribute that is known"


def _focusable(tag: Tag) -> bool:
    values = tag.attributes
    if values.get("tabindex", "").strip().startswith("-") or "disabled" in values:
        return False
    return (
        tag.name in _PRESSED
        or "tabindex" in values
        or (tag.name in {"a", "area"} and "href" in values)
        or (tag.name == "input" and values.get("type", "").lower() != "hidden")
    )


def _pressable(tag: Tag) -> bool:
    """Whether the keyboard comes to it, will when it is of use, or comes to what it is part of."""
    values = tag.attributes
    if {"tabindex", "disabled", "contenteditable"} & values.keys() or values.get("aria-disabled") == "true":
        return True
    return _focusable(tag) or any(_focusable(other) or _role_of(other) in _OWNS for other in tag.around())


def _silenced(tag: Tag) -> bool:
    """Whether it is hidden from screen readers only, and not from everybody."""
    around = (tag, *tag.around())
    if any("hidden" in one.attributes or "inert" in one.attributes for one in around):
        return False
    return any(one.attributes.get("aria-hidden") == "true" for one in around)


def _without_their_own(sheet: ParsedPage) -> Iterator[Tag]:
    """The elements whose role asks for others inside, such as a list for its items, and that hold none."""
    waiting = {id(tag): tag for tag in sheet.tags if _must_hold(tag)}
    for tag in sheet.tags if waiting else ():
        for owner in tag.around():
            if id(owner) in waiting and _belongs_in(tag, owner.attributes["role"]):
                del waiting[id(owner)]
    yield from waiting.values()


def _must_hold(tag: Tag) -> bool:
    values = tag.attributes
    return values.get("role", "") in _OWNS and "aria-owns" not in values and values.get("aria-busy") != "true"


def _belongs_in(tag: Tag, role: str) -> bool:
    return _role_of(tag) in _OWNS[role] or (role == "radiogroup" and tag.name == "input")
