"""Which attributes of a tag hold words, and whether the tag says "do not translate"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from l10n.formats.file_names import FILE_NAME
from l10n.formats.html import elements, tokens
from l10n.formats.html.entities import decode
from l10n.formats.html.tokens import Attribute, Sort, Token
from l10n.model import Kind

_WORTH_READING = re.compile(
    rf"[ \t\n\f\r/\"'=}}{tokens.CODE_END}](?=[acdlnpstv])"
    r"(?:notranslate|(?:alt|title|placeholder|label|value|content|translate"
    r"|abbr|summary|data-(?:image-)?caption"
    r"|aria-(?:label|description|placeholder|roledescription|valuetext))[ \t\n\f\r]*=)",
    re.IGNORECASE,
)


# In small letters: `re` looks for them quickly where it need not mind the case.
_MAY_DESCRIBE = re.compile("&|" + "|".join(map(re.escape, sorted(elements.META))))


# How Word writes the bullet or number of an item into the text.
_BULLET = "mso-list:Ignore"


class Stretch(NamedTuple):
    """A stretch of the file, ``text[start:end]``, that holds words outside of the running text."""

    start: int
    end: int
    place: str
    kind: Kind
    name: str

    def moved(self, by: int) -> Stretch:
        """The same so many characters further on."""
        return self._replace(start=self.start + by, end=self.end + by)


class Reading(NamedTuple):
    """What a start tag says: the words in it, whether it is locked, what an image shows.

    ``unseen`` says that its element is nothing but the bullet that a list gives its items anyway.
    """

    stretches: tuple[Stretch, ...] = ()
    locked: bool = False
    shown: str = ""
    unseen: bool = False

    def moved(self, start: int) -> Reading:
        """The reading of the same tag at an offset."""
        if not self.stretches:
            return self
        return self._replace(stretches=tuple([stretch.moved(start) for stretch in self.stretches]))


NOTHING = Reading()


def worth_reading(tags: str) -> bool:
    """Whether a tag in a row of them may hold words or ask not to be translated."""
    return _WORTH_READING.search(tags) is not None


def read(text: str, token: Token) -> Reading:
    """The reading of a start tag."""
    start, end = token.start, token.end
    if start + len(token.name) + 2 >= end:
        return NOTHING
    tag = text[start:end]
    reading = read_tag(tag, token.name) if len(tag) > _OFTEN else _remembered(tag, token.name)
    return reading.moved(start)


_OFTEN = 200  # longer tags hardly ever come again


def read_tag(tag: str, name: str) -> Reading:
    """The reading of a start tag by itself."""
    if name == "span" and _BULLET in tag:
        return Reading(unseen=True)
    component = _is_component(tag, name)
    if not (component or worth_reading(tag)) or (name == "meta" and not _MAY_DESCRIBE.search(tag.lower())):
        return NOTHING
    whole = Token(Sort.START, 0, len(tag), name)
    found = tokens.attributes(tag, whole)
    by_name = {attribute.name: attribute for attribute in reversed(found)}

    def value(key: str) -> str:
        attribute = by_name.get(key)
        return decode(tag[attribute.start : attribute.end], attribute=True) if attribute else ""

    if value("translate").lower() == "no" or "notranslate" in value("class").split():
        return Reading(locked=True)
    if name == "meta":
        meta = _meta_name(value("name"), value("property"), value("itemprop"))
    else:
        meta = _said(value("property"), value("itemprop")) if "content" in by_name else ""
    kind = value("type").lower() if name == "input" else value("rel").lower()
    stretches = tuple(
        Stretch(attribute.start, attribute.end, _place(attribute), *what)
        for attribute in found
        if attribute.end > attribute.start
        and (what := _what(name, attribute, meta, kind, component=component))
        and (attribute.quote or tag[attribute.start] != "{")
        and not FILE_NAME.fullmatch(tag, attribute.start, attribute.end)
    )
    return Reading(stretches, shown=" ".join(value("alt").split()))


_remembered = lru_cache(4096)(read_tag)


def _is_component(tag: str, name: str) -> bool:
    """Whether a tag is that of a custom element, or of a component as MDX and Vue write them."""
    capital = tag[1:2].isupper() and tag[2:3].islower()
    return name not in elements.NO_COMPONENTS if capital else "-" in name


def _place(attribute: Attribute) -> str:
    kind = elements.CAPTION_PLACE if attribute.name in elements.CAPTIONS else "attribute"
    return f"{kind} {attribute.quote or 'unquoted'}"


def _what(
    tag: str, attribute: Attribute, meta: str, kind: str, *, component: bool
) -> tuple[Kind, str] | None:
    """The kind and name of an attribute's unit, None when it is not for a translator."""
    name = attribute.name
    if name == "content" and meta:
        return Kind.METADATA, meta
    if tag == "meta":
        return None
    style_set = name == "title" and (tag == "style" or "stylesheet" in kind)
    translatable = (
        (name in elements.ANYWHERE and not style_set)
        or (name == "label" and tag in elements.LABELLED)
        or (name == "value" and tag == "input" and kind in elements.BUTTONS)
        or tag in elements.WORDS_OF.get(name, ())
        or (component and name in elements.COMPONENT)
        or name in elements.CAPTIONS
    )
    return (Kind.ATTRIBUTE, name) if translatable else None


def _meta_name(*names: str) -> str:
    return next((name.lower() for name in names if name.lower() in elements.META), "")


def _said(*names: str) -> str:
    """What an attribute ``content`` says of a thing, without the vocabulary of its name; "" for no words."""
    said = (name.lower() for name in " ".join(names).split())
    return next((name.partition("schema:")[2] or name for name in said if _is_said(name)), "")


def _is_said(name: str) -> bool:
    return name in elements.SAID or name.removeprefix("schema:") in elements.SAID
