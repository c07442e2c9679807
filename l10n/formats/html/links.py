"""A merged page says which language it is in and points to its own language's pages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from l10n.errors import UsageError
from l10n.formats.edits import Edit, edited
from l10n.formats.html import script_marks
from l10n.formats.html.entities import decode, writer
from l10n.formats.html.tokens import Attribute, Sort, Token, attributes, tokens

_LINKED = frozenset({"a", "area", "link"})
_IN_DATA = re.compile(
    r'"(?P<key>inLanguage|url|@id|mainEntityOfPage)"\s*:\s*(?P<said>"(?:[^"\\\n]|\\.)*")',
)
_SCRIPT = 4
_INTERNAL = frozenset({"canonical", "alternate", "next", "prev"})


class _Tag(NamedTuple):
    """A start tag with its attributes by name, and their values."""

    token: Token
    given: Mapping[str, Attribute]
    said: Mapping[str, str]

    def is_link(self) -> bool:
        """Whether its href leads a reader on (the stylesheets of a page stay its own)."""
        rels = set(self.said.get("rel", "").lower().split())
        return self.token.name in _LINKED and (self.token.name != "link" or bool(rels & _INTERNAL))


def localised(
    text: str, *, locale: str, direction: str, link: Callable[[str], str], network: str = ""
) -> str:
    """An HTML file with its root's language and direction, and its links, in another language.

    ``locale`` is a BCP 47 tag, ``direction`` "ltr" or "rtl", ``network`` the locale as Open Graph writes
    it, where the caller knows the territory that a locale without one stands for.  ``link`` gives the
    address of a page's translation, or the address itself; it is asked about links inside the site only:
    those without a host and those on the host of the page's canonical address or og:url.  A link
    that says its language (``hreflang``) follows, unless the page already has one to ``locale``:
    then these are its list of languages, which is the same on every page.  ``og:locale`` changes
    places with the alternate that has the new value, and stays where it names the language already.
    Its structured data (JSON-LD) follows where it says the page's language and addresses.  Every other
    byte stays.
    """
    tags = [tag for token in tokens(text) if (tag := _tag(text, token))]
    hosts = frozenset(filter(None, (_host(address) for address in _own_addresses(tags))))
    listed = any(tag.said.get("hreflang", "").lower() == locale.lower() for tag in tags)

    def moved(address: str) -> str:
        host = _host(address)
        return link(address) if host is not None and (not host or host in hosts) else address

    edits: list[Edit] = []
    root = next((tag for tag in tags if tag.token.name == "html"), None)
    if root:
        edits.extend(_set(text, root, "lang", locale))
        if "xml:lang" in root.given:  # has to say the same (standard, 3.2.6.2)
            edits.extend(_set(text, root, "xml:lang", locale))
        edits.extend(_set(text, root, "dir", direction))
    for tag in tags:
        if tag.token.name == "meta":
            edits.extend(_meta(text, tag, moved))
        elif not (listed and "hreflang" in tag.given):
            edits.extend(_link(text, tag, locale, moved))
    edits.extend(_og_locales(text, tags, locale, network))
    if "ld+json" in text:
        before = root.said.get("lang", "") if root else ""
        edits.extend(_structured(text, before, locale, moved))
    return edited(text, edits)


def prefixes(pairs: Sequence[str]) -> Callable[[str], str]:
    """The function that replaces the start of an address, or of its path, as in ``/fr/=/es/``.

    The first pair that fits counts.  Raises UsageError for what is not FROM=TO.
    """
    split: list[tuple[str, str]] = []
    for pair in pairs:
        before, equals, after = pair.partition("=")
        if not (before and equals):
            raise UsageError(f"{pair!r} is not FROM=TO", remedy="Write it as in --localise-links /fr/=/es/")
        split.append((before, after))

    def link(address: str) -> str:
        for before, after in split:
            for at in (0, _path_start(address)):
                if _begins(address, at, before):
                    return address[:at] + after + address[at + len(before) :]
        return address

    return link


def _begins(address: str, at: int, before: str) -> bool:
    """Whether a prefix stands at an offset and ends with a step of the path."""
    end = at + len(before)
    whole = before.endswith("/") or address[end : end + 1] in {"", "/", "?", "#"}
    return whole and address.startswith(before, at)


def _path_start(address: str) -> int:
    """Where the path of an address begins, after its scheme and host if it has them."""
    at = address.find("//")
    if at < 0 or (at > 0 and not address[:at].endswith(":")):
        return 0
    slash = address.find("/", at + 2)
    return slash if slash >= 0 else len(address)


def _host(address: str) -> str | None:
    """The host of an address, "" without one, None for what leads to no page (mail, scripts)."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    if parts.scheme not in {"", "http", "https"}:
        return None
    return parts.netloc.lower()


def _tag(text: str, token: Token) -> _Tag | None:
    if token.sort is not Sort.START or token.name not in {"html", "meta", *_LINKED}:
        return None
    by_name = {item.name: item for item in attributes(text, token)}
    values = {
        name: decode(text[item.start : item.end], attribute=True).strip() for name, item in by_name.items()
    }
    return _Tag(token, by_name, values)


def _own_addresses(tags: Sequence[_Tag]) -> Iterator[str]:
    for tag in tags:
        if tag.said.get("property", "").lower() == "og:url":
            yield tag.said.get("content", "")
        elif "canonical" in tag.said.get("rel", "").lower().split():
            yield tag.said.get("href", "")


def _link(text: str, tag: _Tag, locale: str, moved: Callable[[str], str]) -> Iterator[Edit]:
    address, language = tag.said.get("href", ""), tag.said.get("hreflang", "").lower()
    if not address or not tag.is_link() or language == "x-default" or (new := moved(address)) == address:
        return
    yield from _set(text, tag, "href", new)
    if language:
        yield from _set(text, tag, "hreflang", locale)


def _meta(text: str, tag: _Tag, moved: Callable[[str], str]) -> Iterator[Edit]:
    address = tag.said.get("content", "")
    if tag.said.get("property", "").lower() == "og:url" and (new := moved(address)) != address:
        yield from _set(text, tag, "content", new)


def _og_locales(text: str, tags: Sequence[_Tag], locale: str, network: str) -> Iterator[Edit]:
    """Set og:locale, and put what it was where an alternate already had the new value."""
    named = {"og:locale", "og:locale:alternate"}
    locale_tags = [
        tag for tag in tags if tag.said.get("property", "").lower() in named and "content" in tag.given
    ]
    own = next((tag for tag in locale_tags if tag.said["property"].lower() == "og:locale"), None)
    if own is None:
        return
    others = [tag for tag in locale_tags if tag.said["property"].lower() != "og:locale"]
    # The author knows best which country a language without one of its own is told with.
    plain, wanted = "-" not in locale, network or _without_script(locale)
    fitting = (
        tag
        for tag in (own, *others)
        if (said := tag.said["content"]) == wanted or (plain and _language(said) == _language(locale))
    )
    same = next(fitting, None)
    if same is own:
        return
    yield from _set(text, own, "content", same.said["content"] if same else wanted)
    if same:
        yield from _set(text, same, "content", own.said["content"])


def _without_script(locale: str) -> str:
    """A locale as networks write it, who know languages and countries."""
    language, *rest = locale.split("-")
    return "_".join((language, *(part for part in rest if len(part) < _SCRIPT)))


def _structured(text: str, before: str, locale: str, moved: Callable[[str], str]) -> Iterator[Edit]:
    """The language of the page (``before``) and its addresses in structured data, in the new language."""
    inside = False
    for token in tokens(text):
        if token.sort is Sort.START:
            kinds = [text[item.start : item.end] for item in attributes(text, token) if item.name == "type"]
            inside = token.name == "script" and kinds == ["application/ld+json"]
        elif inside and token.sort is Sort.RAW:
            for match in _IN_DATA.finditer(text, token.start, token.end):
                value = _json_text(script_marks.read(match["said"]))
                if match["key"] == "inLanguage":
                    new = locale if _language(value) == _language(before) else value
                else:
                    new = moved(value)
                if new != value:
                    yield match.start("said"), match.end("said"), _in_script(new, match["said"])


def _language(tag: str) -> str:
    return tag.replace("_", "-").partition("-")[0].lower()


def _json_text(raw: str) -> str:
    try:
        return str(json.loads(raw))
    except ValueError:
        return ""


def _in_script(value: str, before: str) -> str:
    """A text as JSON that cannot close its script, with the slashes escaped where they were."""
    escaped = json.dumps(value).replace("<", "\\u003c")
    return escaped.replace("/", "\\/") if "\\/" in before else escaped


def _set(text: str, tag: _Tag, name: str, value: str) -> Iterator[Edit]:
    """The edit that gives a tag's attribute a value, in the quotes it has."""
    attribute = tag.given.get(name)
    if attribute is None:
        at = tag.token.start + 1 + len(tag.token.name)
        yield at, at, f' {name}="{writer(_DOUBLE)(value)}"'
    elif tag.said[name] == value:
        return
    elif attribute.end > attribute.start or attribute.quote:
        yield attribute.start, attribute.end, writer(f"attribute {attribute.quote or 'unquoted'}")(value)
    else:
        equals = "" if text[tag.token.start : attribute.start].rstrip(" \t\n\f\r").endswith("=") else "="
        yield attribute.start, attribute.end, f'{equals}"{writer(_DOUBLE)(value)}"'


_DOUBLE = 'attribute "'
