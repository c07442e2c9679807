"""XML taken apart into tags with their spans: no tree, nothing lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from l10n.xml_elements import NOT_IN_XML

# XML allows no "<" in an attribute, so each attempt ends at the next one: linear on any input.
_TAG = re.compile(
    r"<(?:!--(?s:.*?)--|!\[CDATA\[(?s:.*?)\]\]|\?(?s:.*?)\?"
    r"|(?P<close>/?)(?P<name>[^\s<>/\"'!?]+)(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>"
)
_ATTRIBUTE = re.compile(r"([^\s=<>\"'/]++)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)')")
_DECLARED = re.compile(r"\sxmlns(?::([^\s=]+))?\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
REFERENCE = re.compile(r"&(?:amp|lt|gt|quot|apos|#\d{1,8}|#x[0-9a-fA-F]{1,6});")
OFF = frozenset({"0", "false", "off"})
"""What switches off what an attribute would switch on (ST_OnOff; ECMA-376 part 1, 22.9.2.7)."""
ON = frozenset({"1", "true"})
"""The same of an attribute that has to be given (XML Schema, boolean)."""
_NAMED = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'"}
_MEANINGS = {  # ECMA-376 parts 1 and 4: transitional and strict namespaces, by their usual prefix
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://purl.oclc.org/ooxml/drawingml/chart": "c",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm",
    "http://purl.oclc.org/ooxml/drawingml/diagram": "dgm",
    "http://schemas.microsoft.com/office/drawing/2014/chartex": "cx",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup": "wpg",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://purl.oclc.org/ooxml/drawingml/picture": "pic",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "urn:schemas-microsoft-com:vml": "v",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties": "cp",
}


def names(listed: str) -> frozenset[str]:
    """A set of names, written with spaces between."""
    return frozenset(listed.split())


class Sort(Enum):
    """What a tag is; OTHER is a comment, an instruction or a CDATA section."""

    START = "start"
    END = "end"
    EMPTY = "empty"
    OTHER = "other"


class Tag(NamedTuple):
    """A tag from ``start`` to ``end``, with its name under the usual prefix ("w:p")."""

    start: int
    end: int
    name: str
    sort: Sort


def prefixes(text: str) -> dict[str, str]:
    """The file's prefixes that are not the usual ones, each with the usual one."""
    renamed: dict[str, str] = {}
    for prefix, double, single in _DECLARED.findall(text):
        usual = _MEANINGS.get(double or single)
        if usual and usual != prefix:
            renamed.setdefault(prefix, usual)
    return renamed


def tags(text: str, renamed: Mapping[str, str]) -> list[Tag]:
    """Every tag, in order; ``renamed`` is what ``prefixes`` says of the file."""
    usual: dict[str, str] = {}
    out: list[Tag] = []
    for match in _TAG.finditer(text):
        raw = match["name"]
        if raw is None:
            out.append(Tag(match.start(), match.end(), "", Sort.OTHER))
            continue
        name = usual.get(raw) or usual.setdefault(raw, _usual(raw, renamed))
        begins = Sort.EMPTY if text[match.end() - 2] == "/" else Sort.START
        out.append(Tag(match.start(), match.end(), name, Sort.END if match["close"] else begins))
    return out


def _usual(raw: str, renamed: Mapping[str, str]) -> str:
    prefix, colon, local = raw.rpartition(":")
    usual = renamed.get(prefix)
    return f"{usual}:{local}" if usual else f"{prefix}{colon}{local}"


def partners(found: Sequence[Tag]) -> list[int]:
    """For each start tag the index of its end tag, and the other way; itself for all else.

    In a piece of a file a tag whose partner lies outside has -1.
    """
    out = list(range(len(found)))
    open_: list[int] = []
    for index, tag in enumerate(found):
        if tag.sort is Sort.START:
            open_.append(index)
            out[index] = -1
        elif tag.sort is Sort.END:
            if open_:
                begin = open_.pop()
                out[begin], out[index] = index, begin
            else:
                out[index] = -1
    return out


def attributes(text: str, tag: Tag) -> dict[str, tuple[int, int]]:
    """The span of each attribute's value, by the name without its prefix."""
    matches = _ATTRIBUTE.finditer(text, tag.start, tag.end)
    return {match[1].rpartition(":")[2]: match.span(2 if match[2] is not None else 3) for match in matches}


def attribute(text: str, tag: Tag, name: str) -> str | None:
    """An attribute's value, decoded; None when the tag has none of that name."""
    span = attributes(text, tag).get(name)
    return None if span is None else decode(text[span[0] : span[1]])


def decode(text: str) -> str:
    """Text with its references replaced by what they say."""
    return REFERENCE.sub(lambda match: referred(match.group()), text) if "&" in text else text


def referred(raw: str) -> str:
    """What one reference says."""
    if raw in _NAMED:
        return _NAMED[raw]
    number = int(raw[3:-1], 16) if raw[2] == "x" else int(raw[2:-1])
    return chr(number) if number <= 0x10FFFF and not 0xD800 <= number < 0xE000 else "\ufffd"


_LINE_ENDS = re.compile(r"[\t\n\r]")
_SPECIAL = re.compile("[&<>\"']")
_WRITTEN = {said: raw for raw, said in _NAMED.items()}


def escape(words: str) -> str:
    """Words as an element's text or an attribute's value; a line end or tab becomes a space."""
    clean = _LINE_ENDS.sub(" ", NOT_IN_XML.sub("", words))
    return _SPECIAL.sub(lambda found: _WRITTEN[found.group()], clean)


class Source(NamedTuple):
    """A part's text with its tags, their partners and its own prefixes."""

    text: str
    tags: list[Tag]
    partner: list[int]
    renamed: dict[str, str]

    def children(self, index: int) -> Iterator[int]:
        """The indices of the tags directly inside an element."""
        at, end = index + 1, self.partner[index]
        while at < end:
            yield at
            at = max(self.partner[at], at) + 1

    def raw(self, index: int) -> str:
        """An element, whole."""
        return self.text[self.tags[index].start : self.tags[self.partner[index]].end]

    def prefix(self) -> str:
        """The file's own prefix for WordprocessingML."""
        return next((own for own, usual in self.renamed.items() if usual == "w"), "w")


def source(text: str) -> Source:
    """A well-formed part, taken apart."""
    renamed = prefixes(text)
    file_tags = tags(text, renamed)
    return Source(text, file_tags, partners(file_tags), renamed)
