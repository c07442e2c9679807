"""The parts of a Word file that matter for its words, as one text and back again."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.parsers import expat

from l10n.errors import InputError
from l10n.formats.docx import bound, drawings
from l10n.formats.docx.markup import attribute, prefixes, tags
from l10n.formats.docx.package import MAX_WORDS, Package

_TYPES = "[Content_Types].xml"
_MAIN = "document.main+xml"
_GLOSSARY = "document.glossary+xml"
# Content types by their ending (ECMA-376 part 1, 11.3; MS-ODRAWXML 2.2.1), in the order of the text.
# The last two hold no words, but say what a paragraph is.
_WANTED = {
    _MAIN: "document",
    ".footnotes+xml": "footnotes",
    ".endnotes+xml": "endnotes",
    ".header+xml": "header",
    ".footer+xml": "footer",
    "drawingml.chart+xml": "chart",
    "drawingml.chartshapes+xml": "chart",
    ".chartex+xml": "chart",
    ".diagramData+xml": "diagram",
    ".diagramDrawing+xml": "diagram",
    ".core-properties+xml": "properties",
    ".custom-properties+xml": "custom",
    ".styles+xml": "styles",
    ".numbering+xml": "numbering",
}
_OUTSIDE = {"properties", "custom", *drawings.ROLES}  # parts that are not WordprocessingML
_MARK = "\f"  # a character no XML can hold, so no part can look like the line before one
_LINE = re.compile(r"\f([a-z]+) (.*)\n")
_PROPERTIES_OF_DATA = re.compile(r"customXml/itemProps(\d{1,6})\.xml")  # named so by Word, and by all others
_EDGED = re.compile(r"<(?P<name>(?:[\w.-]+:)?t)>(?P<words>(?:[ \t\n\r][^<]*+|[^<]*[ \t\n\r]))</(?P=name)>")
_NAMED_ENCODING = re.compile(rb"<\?xml[^>]*?\sencoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_ENCODINGS = {"utf-8", "utf-16", "utf-16-le", "utf-16-be", "ascii"}


class Part(NamedTuple):
    """A part's role ("document", "header"), its name in the zip and where its text lies in the whole."""

    role: str
    name: str
    start: int
    end: int


def joined(package: Package) -> str:
    """The text of every part wanted, each after a line that names it.

    Raises InputError when it is no Word document or a part is not well-formed XML.
    """
    out: list[str] = []
    for role, name in _wanted(package):
        data = package.read(name)
        _check(package, name, data)
        out.append(f"{_MARK}{role} {name}\n{_decoded(package, name, data)}")
    out.extend(
        f"{_MARK}{bound.ROLE} {name}\n{_decoded(package, name, package.read(name))}"
        for name in _shown_from(package, bound.stores("".join(out)))
    )
    return "".join(out)


def taken_apart(text: str) -> list[Part]:
    """The parts in a text that ``joined`` made."""
    matches = list(_LINE.finditer(text))
    ends = [match.start() for match in matches[1:]] + [len(text)]
    return [Part(match[1], match[2], match.end(), end) for match, end in zip(matches, ends, strict=True)]


def changed(package: Package, text: str) -> dict[str, bytes]:
    """The parts that say something else in a text than in the package, in their own encoding."""
    out: dict[str, bytes] = {}
    for part in taken_apart(text):
        old = package.read(part.name)
        encoding = _encoding(old)
        before, after = old.decode(encoding), text[part.start : part.end]
        if after != before:
            # DrawingML keeps spaces anyway, and its texts may not say that they shall be.
            kept = part.role in drawings.ROLES or part.role == bound.ROLE
            written = after if kept else _with_spaces(before, after)
            out[part.name] = written.encode(encoding, "xmlcharrefreplace")
    return out


def _with_spaces(before: str, after: str) -> str:
    """A part in which the spaces count at the ends of every text that a target has cut.

    Word drops them unless the tag says otherwise; a text that was there before stays as it was.
    """
    unchanged = {match.group() for match in _EDGED.finditer(before)}

    def with_space(match: re.Match[str]) -> str:
        if match.group() in unchanged:
            return match.group()
        return f'<{match["name"]} xml:space="preserve">{match["words"]}</{match["name"]}>'

    return _EDGED.sub(with_space, after)


def _wanted(package: Package) -> list[tuple[str, str]]:
    order = list(_WANTED.values())
    names = {name.lower(): name for name in package.entries}
    wanted = [(role, names[name]) for name, role in _typed(package) if name in names]
    if not any(role == "document" for role, _ in wanted):
        raise package.broken(*_no_document(package))
    if sum(package.entries[name].file_size for _, name in wanted) > MAX_WORDS:
        raise package.broken("there is more text in it than can be read", "Divide the document.")
    return sorted(dict.fromkeys(wanted), key=lambda part: order.index(part[0]))


def _no_document(package: Package) -> tuple[str, str]:
    """What a package is that holds no document, and what to do."""
    kinds = " ".join(
        kind for _, kind in _named_types(package, _decoded(package, _TYPES, package.read(_TYPES)))
    )
    if "macroEnabled" in kinds or "template.main+xml" in kinds:
        sort = "a Word document with macros" if "macroEnabled" in kinds else "a Word template"
        return f"this is {sort}, whatever its name says", "Open it in Word and save it as .docx."
    return "it holds no Word document", "Only .docx files of Word are read here."


def _shown_from(package: Package, stores: frozenset[str]) -> Iterator[str]:
    """The parts of data that have one of these identifiers and are such text as the document itself is."""
    for name in package.entries if stores else ():
        if not (match := _PROPERTIES_OF_DATA.fullmatch(name)):
            continue
        data = f"customXml/item{match[1]}.xml"
        if data in package.entries:
            try:
                said = bound.identifier(_decoded(package, name, package.read(name)))
                _check(package, data, package.read(data))
                _decoded(package, data, package.read(data))
            except InputError:
                continue  # the document can be read without
            if said in stores:
                yield data


def _typed(package: Package) -> Iterator[tuple[str, str]]:
    """The parts whose content type is one we want: name in small letters, role."""
    if _TYPES not in package.entries:
        raise package.broken("it is a zip, but no Word document", "Only .docx files of Word are read here.")
    data = package.read(_TYPES)
    _check(package, _TYPES, data)
    text = _decoded(package, _TYPES, data)
    typed = _named_types(package, text)
    # Building blocks are a document of their own, with its own styles and notes beside it.
    glossaries = tuple(f"{name.rpartition('/')[0]}/" for name, kind in typed if kind.endswith(_GLOSSARY))
    for name, kind in typed:
        for ending, role in _WANTED.items():
            if (
                kind.endswith(ending)
                and not name.startswith(glossaries)
                and ("word" in kind or role in _OUTSIDE)
            ):
                yield name, role


def _named_types(package: Package, text: str) -> list[tuple[str, str]]:
    """Each part, in small letters, with its content type: its own, else that of its ending (OPC, 7.2.3.4)."""
    own: dict[str, str] = {}
    usual: dict[str, str] = {}
    for tag in tags(text, prefixes(text)):
        kind = attribute(text, tag, "ContentType") or ""
        sort = tag.name.rpartition(":")[2]
        if sort == "Override":
            own[(attribute(text, tag, "PartName") or "").lstrip("/").lower()] = kind
        elif sort == "Default":
            usual[(attribute(text, tag, "Extension") or "").lower()] = kind
    names = (name.lower() for name in package.entries)
    by_ending = {name: usual.get(name.rpartition(".")[2], "") for name in names if name not in own}
    return [*own.items(), *by_ending.items()]


def _check(package: Package, name: str, data: bytes) -> None:
    """Raise InputError unless a part is well-formed XML without a document type, as Word wants it."""

    def refuse(*_: object) -> None:
        raise package.broken(f"{name} declares a document type, which no Word document may")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)  # noqa: FBT003 — expat's own signature
    except expat.ExpatError as error:
        raise InputError(
            f"{name} is not well-formed XML at line {error.lineno}, column {error.offset + 1}:"
            f" {expat.ErrorString(error.code)}",
            path=package.path,
            remedy="Open the file in Word or LibreOffice and save it again as .docx.",
        ) from None
    except (ValueError, LookupError):
        raise package.broken(f"{name} is in an encoding no Word document may have") from None


def _decoded(package: Package, name: str, data: bytes) -> str:
    encoding = ""
    try:
        encoding = _encoding(data)
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        text = ""
    if encoding not in _ENCODINGS or text.encode(encoding) != data:
        raise package.broken(f"{name} is neither UTF-8 nor UTF-16")
    return text


def _encoding(data: bytes) -> str:
    """The Python codec of a part, which keeps a byte order mark as a character."""
    if data.startswith((codecs.BOM_UTF16_LE, b"<\0")):
        return "utf-16-le"
    if data.startswith((codecs.BOM_UTF16_BE, b"\0<")):
        return "utf-16-be"
    named = _NAMED_ENCODING.match(data)
    return codecs.lookup(named[1].decode("ascii")).name if named else "utf-8"


def relations(package: Package, name: str) -> dict[str, str]:
    """What the relations of a part point to outside the document, by their id."""
    folder, _, last = name.rpartition("/")
    path = f"{folder}/_rels/{last}.rels" if folder else f"_rels/{last}.rels"
    if path not in package.entries:
        return {}
    data = package.read(path)
    _check(package, path, data)
    text = _decoded(package, path, data)
    return {
        attribute(text, tag, "Id") or "": attribute(text, tag, "Target") or ""
        for tag in tags(text, prefixes(text))
        if attribute(text, tag, "TargetMode") == "External"
    }
