"""Small Word files made in the test: the XML a case names, in a zip as Word writes one."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

NAMES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    }.items()
)
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "application/vnd.openxmlformats-package"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
_STYLES = (
    ("Titre", "Title", ""),
    ("Titre1", "heading 1", ""),
    ("berschrift2", "heading 2", ""),
    ("Chapeau", "Standfirst", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>'),
    ("Lgende", "caption", ""),
    ("TM1", "toc 1", ""),
    ("Citation", "Quote", ""),
    ("Puce", "My bullets", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'),
)
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/>{more}</w:style>'
    for id_, name, more in _STYLES
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
_RELATION = f'<Relationship Id="{{}}" Type="{_OFFICE}/{{}}" Target="{{}}"{{}}/>'
_OUTSIDE = ' TargetMode="External"'
PACKAGE = _RELATIONS.format(_RELATION.format("rId1", "officeDocument", "word/document.xml", ""))
LINKS = _RELATIONS.format(
    _RELATION.format("rId1", "hyperlink", "https://example.org/?a=1&amp;b=2", _OUTSIDE)
    + _RELATION.format("rId2", "hyperlink", "javascript:alert(1)", _OUTSIDE)
    + _RELATION.format("rId3", "styles", "styles.xml", "")
    + _RELATION.format("rId4", "numbering", "numbering.xml", "")
)
PIXEL = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def part(root: str, inner: str) -> str:
    """A part of a Word file."""
    return f"{_DECLARATION}<w:{root} {NAMES}>{inner}</w:{root}>"


def core(**said: str) -> str:
    """The document's properties."""
    inner = "".join(
        f"<{name.replace('_', ':')}>{words}</{name.replace('_', ':')}>" for name, words in said.items()
    )
    return (
        f"{_DECLARATION}<cp:coreProperties"
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/">{inner}</cp:coreProperties>'
    )


def docx(body: str = "", more: Mapping[str, str | bytes] | None = None) -> bytes:
    """A Word file with a body and other parts; ``more`` may replace any, an empty one leaves it out."""
    kinds = {
        "word/document.xml": "document.main",
        "word/styles.xml": "styles",
        "word/numbering.xml": "numbering",
        "word/footnotes.xml": "footnotes",
        "word/header1.xml": "header",
        "word/footer1.xml": "footer",
    }
    types = "".join(
        f'<Override PartName="/{name}" ContentType="{_MAIN}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    core_type = f"{_PACKAGE}.core-properties+xml"
    contents: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Default Extension="rels" ContentType="{_PACKAGE}.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="png" ContentType="image/png"/>'
            f'{types}<Override PartName="/docProps/core.xml" ContentType="{core_type}"/></Types>'
        ),
        "_rels/.rels": PACKAGE,
        "word/media/image1.png": PIXEL,
        "word/document.xml": part("document", f"<w:body>{body}<w:sectPr/></w:body>"),
        "word/_rels/document.xml.rels": LINKS,
        "word/styles.xml": part("styles", STYLES),
        "word/numbering.xml": part("numbering", NUMBERING),
        **(more or {}),
    }
    return zipped({name: data for name, data in contents.items() if data})


def zipped(contents: Mapping[str, str | bytes]) -> bytes:
    """A zip with a fixed date."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, data in contents.items():
            archive.writestr(ZipInfo(name, (2024, 5, 3, 10, 20, 30)), data, ZIP_DEFLATED)
    return out.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The parts of a Word file."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
