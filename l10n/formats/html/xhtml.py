"""XHTML: a page by the rules of XML, which is read as HTML in which every difference is marked.

What XML writes in another way is written as HTML reads it, with a control character that no XML can
hold, so that each is found again when the page is written (XML 1.0, 2.2; HTML standard, 13 and 14):

=====================  ================================  =======================================
XHTML                  the same in HTML                  what is meant
=====================  ================================  =======================================
``<p/>``               ``<p`` FF ``></p`` FF ``>``       any element may end in its start tag
``<br></br>``          ``<br><!--`` VT ``/br-->``        any element may have an end tag
``<![CDATA[a & b]]>``  SO ``a &amp; b`` SI               words in which no markup is read
``>`` in ``<? … ?>``   FS                                only ``?>`` ends one, or a ``]>`` a document type
``<`` ``&`` in script  ``<`` VT, ``&`` VT                only its own end tag ends one
``&amp;`` in script    ``&`` DLE ``amp;``                references are read there, but in sections
``&name;``             ``&`` DLE ``name;``               the page defines names of its own
``<`` in textarea      GS                                it may hold tags, which are not its words
``<title>`` with tags  ``<title`` VT ``>``               it may, too, and they are
``<!-->`` …            ``<!--`` VT ``>`` …               only ``-->`` ends a comment
=====================  ================================  =======================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.entities import html5
from xml.parsers import expat

from l10n.errors import InputError
from l10n.formats import loading
from l10n.formats.html import script_marks
from l10n.formats.html.entities import in_json
from l10n.formats.html.tokens import UNPARSED, VOID, Sort, tokens
from l10n.formats.loading import Loaded

SUFFIXES = (".xhtml", ".xht")
_SCRIPTS = frozenset({"script", "style"})
_DRAWN = frozenset({"svg", "math"})
_BY_ANOTHER_NAME = frozenset({"title", "plaintext"})
_UNPARSED = UNPARSED - _BY_ANOTHER_NAME
_WORDS_ALONE = re.compile(r"(?:[^<]++|<!\[CDATA\[[\s\S]*?\]\]>)*+</")
_SUBSET = r"\[(?:\"[^\"]*+\"|'[^']*+'|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|[^\]\"'])*?\]"
_MARKUP = re.compile(
    r"(?P<comment><!--[\s\S]*?-->)"
    r"|<!\[CDATA\[(?P<data>[\s\S]*?)\]\]>"
    r"|(?P<instruction><\?[\s\S]*?\?>)"
    rf"|(?P<doctype><!DOCTYPE(?:\"[^\"]*+\"|'[^']*+'|[^\[\]>\"'])*+(?:{_SUBSET}[^>]*+)?>)"
    r"|<(?P<tag>/?[^\s/>!?]++)(?P<rest>(?:\"[^\"]*+\"|'[^']*+'|[^\"'>])*+)>"
)
_ALONE = re.compile(r"\f></[^\s<>]++\f>")
_DATA = re.compile(r"\x0e([^\x0e\x0f<>]*+)\x0f")
_END_TAG = re.compile(r"<!--\x0b(/[^<>]*?)-->")
_MARKS = re.compile(r"[\x0b\x0e-\x10]")
_FORM_FEED = re.compile(r"(<!--[\s\S]*?-->|<[!?][^>]*+>)|&#12;")
_ENCODING = re.compile(r"""\A\ufeff?<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([^"'>]{1,40})["']""")
# In what ``opened`` gives: comments that HTML would end elsewhere, instructions, a document type with names.
_FOR_XML = re.compile(r"<!--\x0b[\s\S]*?-->|<\?(?!php)[^>]*+>[ \t\r\n]*+")
_SUBSET_OF_NAMES = re.compile(r"<!DOCTYPE[^>\[]*+\[[^>]*+>")
_SECTION_OF_SCRIPT = re.compile(r"<\x0b!\[CDATA\[([\s\S]*?)\]\]>")
_ENTITY = re.compile(r"<!ENTITY\s++([^\s%\"']++)\s++([\"'])((?:(?!\2).)*+)\2[ \t\r\n]*+\x1c", re.DOTALL)
_REFERENCE = re.compile(r"&([^\s&;#]++);")
_OWN = re.compile(r"&\x10([^\s&;]++);")
_PLAIN = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def is_xhtml(path: str) -> bool:
    """Whether a file is XHTML by its name."""
    return path.lower().endswith(SUFFIXES)


def label(data: bytes) -> str:
    """The encoding that a file's XML declaration names, "" where it names none."""
    named = _ENCODING.match(data[:400].decode("latin-1"))
    return named[1] if named else ""


def check(loaded: Loaded, data: bytes, path: str) -> None:
    """Raise InputError with the place where a page is no well-formed XML; an empty one is let through."""
    if not loaded.text.strip("\ufeff \t\r\n"):
        return
    said = loaded.text.encode()
    parser = expat.ParserCreate("utf-8")  # whatever the page names: these are the bytes of its text
    # The names of characters are in a document type that is elsewhere (XHTML 1.0, A.2).
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_ALWAYS)
    parser.ExternalEntityRefHandler = lambda *_: 1
    try:
        parser.Parse(said, True)  # noqa: FBT003 — expat's own signature
    except expat.ExpatError as error:
        at = len(said[: max(parser.ErrorByteIndex, 0)].decode(errors="ignore"))
        line, column = loading.position(data, len(loaded.text[:at].encode(loaded.encoding)))
        raise InputError(
            f"the page is not well-formed XML: {expat.ErrorString(error.code)}",
            path=path,
            line=line,
            column=column,
            remedy="Correct it there, or save the page as .html, which forgives more.",
        ) from None


def opened(text: str) -> str:
    """A page's text as HTML reads it, with marks; ``closed`` gives the page back."""
    return "".join(_Opener(text).pieces())


@dataclass(slots=True)
class _Opener:
    """Goes through a page once.

    ``inside`` is the element that is open in which HTML reads no tags, ``depth`` how many of its name are,
    ``drawn`` how many images and formulas are, in which HTML reads tags everywhere; ``apart`` says of each
    open element that HTML must not know by its name whether it is called otherwise.
    """

    text: str
    inside: str = ""
    depth: int = 0
    drawn: int = 0
    apart: list[bool] = field(default_factory=list)

    def pieces(self) -> Iterator[str]:
        at = 0
        for match in _MARKUP.finditer(self.text):
            between, raw, name = self.text[at : match.start()], match[0], match["tag"] or ""
            at = match.end()
            if not self.inside:
                yield _with_names(between)
                yield self.tag(_with_names(raw), name, at) if name else _other(match, raw)
            elif self.goes_on(name, alone=raw.endswith("/>")):
                yield _hidden(between, self.inside)
                yield _hidden(raw, self.inside, section=match["data"] is not None)
            else:
                yield _hidden(between, self.inside)
                self.inside = ""
                yield raw
        yield self.text[at:]

    def goes_on(self, name: str, *, alone: bool) -> bool:
        """Whether the element without tags goes on after a piece of markup in it."""
        if name == self.inside and not alone:
            self.depth += 1
        elif name == f"/{self.inside}":
            self.depth -= 1
        return self.depth > 0

    def tag(self, raw: str, name: str, after: int) -> str:
        plain = name.lstrip("/").lower()
        if raw.endswith("/>"):
            return raw if plain in VOID else f"{raw[:-2]}\f></{name}\f>"
        if plain in VOID:
            return f"<!--\x0b{raw[1:-1]}-->" if name[0] == "/" else raw
        if plain in _BY_ANOTHER_NAME:
            if name[0] != "/":
                self.apart.append(plain != "title" or not _WORDS_ALONE.match(self.text, after))
            apart = self.apart[-1] if name[0] != "/" else self.apart.pop()
            return f"<{name}\x0b{raw[len(name) + 1 :]}" if apart else raw
        if plain in _DRAWN:
            self.drawn += -1 if name[0] == "/" else 1
        if plain in (_SCRIPTS if self.drawn else _UNPARSED) and name[0] != "/":
            self.inside, self.depth = name, 1
        return raw


def _with_names(text: str) -> str:
    """Text in which the names are marked that say nothing in HTML."""
    return _REFERENCE.sub(_marked, text) if "&" in text else text


def _marked(match: re.Match[str]) -> str:
    return match[0] if f"{match[1]};" in html5 else f"&\x10{match[1]};"


def _hidden(words: str, name: str, *, section: bool = False) -> str:
    """Words in which HTML finds no end tag; in a section of them an ampersand begins no reference."""
    if name.lower() in _SCRIPTS:
        return words.replace("<", "<\x0b").replace("&", "&\x0b" if section else "&\x10")
    return words.replace("<", "\x1d")


def _other(match: re.Match[str], raw: str) -> str:
    if match["comment"]:
        return f"<!--\x0b{raw[4:]}" if raw.startswith((">", "->"), 4) else raw
    if (data := match["data"]) is not None:
        return f"\x0e{_escaped(data)}\x0f"
    return raw if raw.startswith("<?php") else raw[:-1].replace(">", "\x1c") + ">"


def legal(text: str) -> str:
    """Text without the three characters that a target may have, HTML writes and XML has no place for.

    The form feed is white space in HTML; in a comment or an instruction its number is words of the page.
    """
    if "&#12;" in text:
        text = _FORM_FEED.sub(lambda match: match[1] or "&#32;", text)
    return text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


def closed(text: str) -> str:
    """What ``opened`` gave, with other words in it, as XHTML again."""
    if "ld+json" in text:
        text = _without_ampersands(text)
    text = _END_TAG.sub(r"<\1>", text)
    return (
        _MARKS.sub("", _DATA.sub(_section, _ALONE.sub("/>", text))).replace("\x1c", ">").replace("\x1d", "<")
    )


def _section(match: re.Match[str]) -> str:
    """A section of words as the page had it; with a target in it they are words like all others."""
    words = match[1]
    for reference, char in _PLAIN:
        words = words.replace(reference, char)
    return f"<![CDATA[{words}]]>" if _escaped(words) == match[1] and "]]>" not in words else match[1]


def _escaped(words: str) -> str:
    for reference, char in reversed(_PLAIN):
        words = words.replace(char, reference)
    return words


def _without_ampersands(text: str) -> str:
    """A page in whose scripts no target has left an ampersand, which begins a reference there."""
    return "".join(
        re.sub(r"&(?![\x0b\x10])", lambda _: in_json("&"), text[token.start : token.end])
        if token.sort is Sort.RAW and token.name == "script"
        else text[token.start : token.end]
        for token in tokens(text)
    )


def as_html(text: str, whole: str) -> str:
    """A part of what ``opened`` gave for a ``whole`` page, or all of it, as HTML.

    Marks and what only XML heeds are left out.  Names that the page defines in itself are written out, since
    HTML knows no such names; an end tag in the words of a script is written as scripts write it.
    """
    own = {name: words for name, _, words in _ENTITY.findall(whole)} if "<!ENTITY" in whole else {}
    if own:
        text = _OWN.sub(lambda match: own.get(match[1], match[0]), text)
    text = _SUBSET_OF_NAMES.sub("<!DOCTYPE html>", _FOR_XML.sub("", text))
    text = script_marks.REFERENCE.sub(lambda match: script_marks.said(match[0]).replace("<", "<\x0b"), text)
    text = _SECTION_OF_SCRIPT.sub(r"\1", text).replace("<\x0b/", "<\\/").replace("\x1d", "&lt;")
    return _MARKS.sub("", text).replace("\f", "")
