"""The page that a Word file becomes."""

from __future__ import annotations

import re

import pytest

from l10n import formats
from l10n.formats import docx as word
from tests.cases.docx.build import docx, part
from tests.docx_support import document_xml, paragraph, run, taken_apart


def test_body_is_html() -> None:
    cells = "".join(f"<w:tc>{paragraph(run(word))}</w:tc>" for word in ("A", "B"))
    note = f'<w:footnote w:id="2">{paragraph("<w:r><w:footnoteRef/></w:r>", run("As of May."))}</w:footnote>'
    styled = "<w:pPr><w:pStyle w:val='{}'/></w:pPr>".format
    body = (
        paragraph(styled("Titre1"), run("Title &amp; more"))
        + paragraph(styled("berschrift2"), run("Part"))
        + paragraph(
            run("Text "),
            run("bold", "<w:b/>"),
            run(" as", "<w:b/><w:i/>"),
            f'<w:hyperlink r:id="rId1">{run("a link")}</w:hyperlink>',
            f'<w:hyperlink r:id="rId2">{run("a trap")}</w:hyperlink>',
            '<w:r><w:footnoteReference w:id="2"/></w:r>',
            "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>",
        )
        + "".join(paragraph(styled("Puce"), run(words)) for words in ("one", "two"))
        + paragraph(styled("Citation"), run("Said &lt;b&gt;."))
        + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    )
    document = taken_apart(docx(body, {"word/footnotes.xml": part("footnotes", note)}))
    targets = {("", "one"): "un", ("", "As of May."): "Mai."}
    assert word.body(document, targets, ("[", "]")) == (
        "<h1>[Title &amp; more]</h1>\n<h2>[Part]</h2>\n"
        '<p>[Text <strong>bold<em> as</em></strong><a href="https://example.org/?a=1&amp;b=2">a link</a>'
        'a trap<sup><a href="#footnote-2">1</a></sup>]</p>\n'
        "<ul>\n<li>un</li>\n<li>[two]</li>\n</ul>\n"
        "<blockquote>\n<p>[Said &lt;b&gt;.]</p>\n</blockquote>\n"
        "<table>\n<tr><td>[A]</td><td>[B]</td></tr>\n</table>\n"
        '<ol>\n<li id="footnote-2">Mai.</li>\n</ol>\n'
    )


@pytest.mark.parametrize(
    ("look", "row", "shown"),
    [
        ('<w:tblPr><w:tblLook w:val="04A0"/></w:tblPr>', "", "head"),
        ('<w:tblPr><w:tblLook w:firstRow="1"/></w:tblPr>', "", "head"),
        ('<w:tblPr><w:tblLook w:val="0480" w:firstRow="0"/></w:tblPr>', "", "cells"),
        ("", "<w:trPr><w:tblHeader/></w:trPr>", "head"),
        ("", '<w:trPr><w:tblHeader w:val="0"/></w:trPr>', "cells"),
        ("", "", "cells"),
    ],
)
def test_the_head_of_a_table_is_one_for_readers(look: str, row: str, shown: str) -> None:
    def cell(words: str, properties: str = "") -> str:
        return f"<w:tc>{properties}{paragraph(run(words))}</w:tc>"

    wide = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'
    rows = f"<w:tr>{row}{cell('A')}{cell('B')}</w:tr><w:tr>{cell('C', wide)}</w:tr>"
    html = word.body(taken_apart(docx(f"<w:tbl>{look}{rows}</w:tbl>")), {}, ("", ""))
    heads = {
        "head": '<th scope="col">A</th><th scope="col">B</th>',
        "cells": '<th scope="row">A</th><td>B</td>',
    }
    assert html == f'<table>\n<tr>{heads[shown]}</tr>\n<tr><td colspan="2">C</td></tr>\n</table>\n'


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        ("Month Number, March 310, April 8", "*Month *Number, March 310, April 8"),
        ("March 310, April 8", "-March 310, -April 8"),
        ("Port Sfax, Day Monday", "-Port Sfax, -Day Monday"),
        ("Port, Day", "Port, Day"),
        ("Port Sfax", "Port Sfax"),
        ("1 2, 3 4", "1 2, 3 4"),
        ("Year 2026, March 310", "-Year 2026, -March 310"),
    ],
)
def test_a_table_without_heads_has_those_that_its_words_are(rows: str, shown: str) -> None:
    """* is the head of a column, - that of a row."""

    def row(said: str) -> str:
        return "".join(f"<w:tc>{paragraph(run(words))}</w:tc>" for words in said.split())

    made = "".join(f"<w:tr>{row(said)}</w:tr>" for said in rows.split(", "))
    html = word.body(taken_apart(docx(f"{paragraph(run('T'))}<w:tbl>{made}</w:tbl>")), {}, ("", ""))
    told = re.sub('<th scope="(col|row)">', lambda found: "*" if found[1] == "col" else "-", html)
    found = re.findall(r"<tr>(.*)</tr>", re.sub(r"</t[hd]>", " ", told).replace("<td>", ""))
    assert ", ".join(line.strip() for line in found) == shown


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        (("A¦ B", "| C"), '<tr><th rowspan="2">A</th><td>B</td></tr>\n<tr><td>C</td></tr>'),
        (
            ("A¦ B¦", "| C¦", "D |"),
            '<tr><th rowspan="2">A</th><td>B</td></tr>\n<tr><td rowspan="2">C</td></tr>\n<tr><td>D</td></tr>',
        ),
        (("AA¦ B", "|| C"), '<tr><th colspan="2" rowspan="2">AA</th><td>B</td></tr>\n<tr><td>C</td></tr>'),
        # Cells that are not one: with words of their own, with nothing above, or of another width.
        (("A¦ B", "|E C"), "<tr><th>A</th><td>B</td></tr>\n<tr><th>E</th><td>C</td></tr>"),
        (("| B",), "<tr><td></td><td>B</td></tr>"),
        (("A¦ B", "|| "), '<tr><th>A</th><td>B</td></tr>\n<tr><td colspan="2"></td></tr>'),
        # All of a row goes on: there is no row.
        (("A¦ B¦", "| |", "C D"), "<tr><th>A</th><td>B</td></tr>\n<tr><th>C</th><td>D</td></tr>"),
    ],
)
def test_cells_over_several_rows_are_one(rows: tuple[str, ...], shown: str) -> None:
    """A cell begins with ¦ behind its words and goes on with |; two signs are two columns."""

    def cell(said: str) -> str:
        words = said.strip("¦|")
        merge = '<w:vMerge w:val="restart"/>' if said.endswith("¦") else "<w:vMerge/>" * said.startswith("|")
        wide = '<w:gridSpan w:val="2"/>' * (said in {"AA¦", "||"})
        return f"<w:tc><w:tcPr>{wide}{merge}</w:tcPr>{paragraph(run(words) if words else '')}</w:tc>"

    made = "".join(f"<w:tr>{''.join(map(cell, row.split()))}</w:tr>" for row in rows)
    html = word.body(taken_apart(docx(f"{paragraph(run('T'))}<w:tbl>{made}</w:tbl>")), {}, ("", ""))
    html = html.replace(' scope="row"', "")
    assert html == f"<p>T</p>\n<table>\n{shown}\n</table>\n"


def test_a_page_shows_paragraphs_as_one_where_the_mark_between_them_was_deleted() -> None:
    mark = '<w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>'
    data = docx(paragraph(mark, run("The line "), run("opens", "<w:b/>")) + paragraph(run(" in June.")))
    document = taken_apart(data)
    assert word.body(document, {}, ("", "")) == "<p>The line <strong>opens</strong> in June.</p>\n"
    (segment,) = document.units[0].segments
    targets = {segment.key: "En juin <1>ouvre</1> la ligne."}
    assert word.body(document, targets, ("", "")) == "<p>En juin <strong>ouvre</strong> la ligne.</p>\n"
    empty, full = re.findall("<w:p>.*?</w:p>", document_xml(formats.merge(document, targets)))
    assert (mark in empty, "En juin" in empty, "En juin" in full) == (True, False, True)


@pytest.mark.parametrize(
    ("depths", "shown"),
    [
        ("0 0", "<ol>\n<li>0</li>\n<li>1</li>\n</ol>"),
        ("0 1 1 0", "<ol>\n<li>0\n<ol>\n<li>1</li>\n<li>2</li>\n</ol>\n</li>\n<li>3</li>\n</ol>"),
        (
            "0 2 1 0",
            "<ol>\n<li>0\n<ol>\n<li>1</li>\n</ol>\n<ol>\n<li>2</li>\n</ol>\n</li>\n<li>3</li>\n</ol>",
        ),
        ("1 0", "<ol>\n<li>0</li>\n<li>1</li>\n</ol>"),
        ("0 u1 0", "<ol>\n<li>0\n<ul>\n<li>1</li>\n</ul>\n</li>\n<li>2</li>\n</ol>"),
        ("0 u0", "<ol>\n<li>0</li>\n</ol>\n<ul>\n<li>1</li>\n</ul>"),
    ],
)
def test_a_list_in_an_item_stands_in_it(depths: str, shown: str) -> None:
    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{id_}">'
        + "".join(f'<w:lvl w:ilvl="{at}"><w:numFmt w:val="{kind}"/></w:lvl>' for at in range(3))
        + "</w:abstractNum>"
        for id_, kind in (("1", "decimal"), ("2", "bullet"))
    )
    lists = "".join(f'<w:num w:numId="{id_}"><w:abstractNumId w:val="{id_}"/></w:num>' for id_ in "12")
    body = "".join(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{depth.strip("u")}"/>'
        f'<w:numId w:val="{2 if "u" in depth else 1}"/></w:numPr></w:pPr>{run(str(at))}</w:p>'
        for at, depth in enumerate(depths.split())
    )
    document = taken_apart(docx(body, {"word/numbering.xml": part("numbering", kinds + lists)}))
    assert word.body(document, {}, ("", "")).strip() == shown
