"""Words, charts and diagrams for Word files, and what is read of them and written into them."""

from __future__ import annotations

import re

from l10n import formats, inline
from l10n.model import Document, Unit
from tests.cases.docx.build import docx, unzipped

OFFICE = "application/vnd.openxmlformats-officedocument"
CHART = (
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:title><a:p>'
    '<a:r><a:rPr lang="en-US"/><a:t>Boats </a:t></a:r>'
    '<a:r><a:rPr lang="en-GB" dirty="0"/><a:t>by year.</a:t></a:r>'
    '<a:r><a:t> All </a:t></a:r><a:r><a:rPr b="1"/><a:t>new.</a:t></a:r></a:p></c:title>'
    "<c:strCache><c:pt><c:v>Ships</c:v></c:pt><c:pt><c:v>2024</c:v></c:pt></c:strCache>"
    "<c:numCache><c:pt><c:v>12</c:v></c:pt></c:numCache></c:chartSpace>"
)
DIAGRAM = (
    '<d:dataModel xmlns:d="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
    ' xmlns:x="http://schemas.openxmlformats.org/drawingml/2006/main"><d:t><x:p><x:r><x:t>Cast off</x:t>'
    "</x:r></x:p><x:p><x:endParaRPr/></x:p></d:t></d:dataModel>"
)


def shown(unit: Unit) -> str:
    kind = f"{unit.kind}:{unit.name}" if unit.name else str(unit.kind)
    lines = [f"{kind}  {' | '.join(segment.source for segment in unit.segments)}"]
    lines += [f"  {inline.notes(segment.codes)}" for segment in unit.segments if segment.codes]
    return "\n".join(lines)


def taken_apart(data: bytes, locale: str = "en") -> Document:
    return formats.extract(data, path="case.docx", locale=locale)


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def run(words: str, look: str = "") -> str:
    look = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{words}</w:t></w:r>'


def document_xml(data: bytes) -> str:
    inner = unzipped(data)["word/document.xml"].decode()
    return inner[inner.index("<w:body>") + 8 : inner.index("<w:sectPr/>")]


def with_parts(body: str, parts: dict[str, tuple[str, str]]) -> bytes:
    """A Word file with more parts: by name, the content type and what is in it."""
    types = unzipped(docx(body))["[Content_Types].xml"].decode()
    more = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, (kind, _) in parts.items()
    )
    return docx(
        body,
        {
            "[Content_Types].xml": re.sub("(?=<Override)", more, types, count=1),
            **{name: xml for name, (_, xml) in parts.items()},
        },
    )


def drawn() -> bytes:
    return with_parts(
        paragraph(run("The text.")),
        {
            "word/charts/chart1.xml": (f"{OFFICE}.drawingml.chart+xml", CHART),
            "word/diagrams/data1.xml": (f"{OFFICE}.drawingml.diagramData+xml", DIAGRAM),
        },
    )


def inline_text(xml: str) -> str:
    return "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", xml))
