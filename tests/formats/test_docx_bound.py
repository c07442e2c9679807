"""Form fields of Word files that show data kept beside the document, which Word puts in their place."""

from __future__ import annotations

import pytest

from l10n import formats
from l10n.model import Document
from tests.cases.docx.build import docx, part, unzipped

STORE = "{55AF091B-3C7A-41E3-B477-F2FDAA23CFDA}"
DATA = "customXml/item1.xml"
COVER = (
    '<c:Cover xmlns:c="urn:example:cover"><c:Day>2024-05-03</c:Day><c:Line>Ships &amp; ports</c:Line>'
    "<c:Line>Second line</c:Line><c:Address>1 Quay Street\nPort Town</c:Address><c:Mail/></c:Cover>"
)


def field(path: str, inside: str, store: str = STORE) -> str:
    """A form field bound to an element."""
    return (
        f'<w:sdt><w:sdtPr><w:dataBinding w:xpath="{path}" w:storeItemID="{store}"/><w:text/></w:sdtPr>'
        f"<w:sdtContent><w:r><w:t>{inside}</w:t></w:r></w:sdtContent></w:sdt>"
    )


def file(body: str, *, where: str = "word/document.xml", data: str | bytes = COVER) -> bytes:
    """A Word file with data beside it."""
    properties = f'<ds:datastoreItem ds:itemID="{STORE.lower()}" xmlns:ds="urn:ds"/>'
    more: dict[str, str | bytes] = {"customXml/itemProps1.xml": properties, DATA: data}
    if where != "word/document.xml":
        more[where] = part("hdr", f"<w:p>{body}</w:p>")
        return docx("", more)
    return docx(f"<w:p>{body}</w:p>", more)


def read(data: bytes) -> Document:
    return formats.extract(data, path="case.docx", locale="en")


def of_data(document: Document) -> list[str]:
    """The segments of what stands beside the document."""
    return [
        segment.source
        for unit, segment in document.segments()
        if (unit.kind, unit.name) == ("metadata", "field")
    ]


@pytest.mark.parametrize("where", ["word/document.xml", "word/header1.xml"])
def test_what_a_field_shows_is_translated_where_word_reads_it(where: str) -> None:
    data = file(field("/c:Cover[1]/c:Line[2]", "Second line"), where=where)
    merged = formats.merge(read(data), {("", "Second line"): "Ligne <\\1> & suite"})
    before, after = unzipped(data), unzipped(merged)
    assert {name for name in before if before[name] != after[name]} == {where, DATA}
    assert after[DATA].decode() == COVER.replace("Second line", "Ligne &lt;1&gt; &amp; suite")
    assert formats.merge(read(data), {}) == data


@pytest.mark.parametrize(
    ("path", "inside", "expected"),
    [
        ("/ns0:Cover[1]/ns0:Line", "Ships &amp; ports", ["Ships & ports"]),
        ("/Cover/Address[1]", "1 Quay Street</w:t><w:br/><w:t>Port Town", ["1 Quay Street", "Port Town"]),
        ("/Cover/Day", "3 May 2024", []),  # not the words that are kept, which a program writes and reads
        ("/Cover/Line[3]", "Second line", []),
        ("//Line", "Ships &amp; ports", []),
        ("/Cover/Line[last()]", "Second line", []),
        ("/Cover/Mail", "", []),
    ],
)
def test_only_the_words_that_a_field_shows(path: str, inside: str, expected: list[str]) -> None:
    assert of_data(read(file(field(path, inside)))) == expected


def test_data_of_another_identifier_are_for_programs() -> None:
    assert of_data(read(file(field("/Cover/Line", "Ships &amp; ports", store="{0}")))) == []


@pytest.mark.parametrize("data", ["<a", "<!DOCTYPE a><a/>", b"\xff\xfe\xff", "<a>\xe9</a>".encode("latin-1")])
def test_data_that_cannot_be_read_leave_the_document_readable(data: str | bytes) -> None:
    assert [segment.source for _, segment in read(file(field("/a", "x y"), data=data)).segments()] == ["x y"]
