"""What of a Word file has words, case by case: the table in tests/cases/docx, and the parts of the zip."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from l10n import formats
from tests.cases.docx.build import core, docx, part, unzipped
from tests.docx_support import CHART, OFFICE, drawn, paragraph, run, shown, taken_apart, with_parts

CASES = Path(__file__).parent / "cases" / "docx"


def units_cases() -> list[tuple[str, str, str]]:
    cases = []
    for block in re.split(r"^## ", (CASES / "units.txt").read_text("utf-8"), flags=re.MULTILINE)[1:]:
        title, _, rest = block.partition("\n")
        source, _, expected = rest.partition("\n=>\n")
        cases.append((title, source, expected.strip()))
    return cases


@pytest.mark.parametrize(
    ("source", "expected"), [pytest.param(*case[1:], id=case[0]) for case in units_cases()]
)
def test_units(source: str, expected: str) -> None:
    document = taken_apart(docx(source))
    assert "\n".join(map(shown, document.units)) == expected
    assert formats.merge(document, {}) == document.container


def test_notes_headers_and_properties_have_words_too() -> None:
    separator = (
        f'<w:footnote w:type="separator" w:id="-1">{paragraph("<w:r><w:separator/></w:r>")}</w:footnote>'
    )
    note = f'<w:footnote w:id="2">{paragraph("<w:r><w:footnoteRef/></w:r>", run(" As of May."))}</w:footnote>'
    data = docx(
        paragraph(run("The text.")),
        {
            "docProps/core.xml": core(
                dc_title="A school", dc_creator="Jo Doe", cp_keywords="school; opening", dc_language="en"
            ),
            "word/footnotes.xml": part("footnotes", separator + note),
            "word/header1.xml": part("hdr", paragraph(run("Press release"))),
            "word/footer1.xml": part("ftr", paragraph(run("Contact us"))),
        },
    )
    assert [shown(unit) for unit in taken_apart(data).units] == [
        "paragraph  The text.",
        "paragraph:footnote  As of May.",
        "paragraph:header  Press release",
        "paragraph:footer  Contact us",
        "metadata:title  A school",
        "metadata:keywords  school; opening",
    ]


def test_what_a_diagram_asks_for_text_with_is_no_text() -> None:
    names = (
        'xmlns:d="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    )
    said = "<d:t><a:p><a:r><a:t>{}</a:t></a:r></a:p></d:t>"
    points = (
        f'<d:pt><d:prSet phldrT="[Texte]" phldr="1"/><d:spPr/>{said.format("[Texte]")}</d:pt>'
        f'<d:pt><d:prSet phldr="true" phldrT="[Suite]"></d:prSet>{said.format("[Suite]")}</d:pt>'
        f'<d:pt><d:prSet phldrT="[Texte]"/><d:spPr/>{said.format("Cast off")}</d:pt>'
        f'<d:pt><d:prSet phldrT="[Titre]" phldr="0"/>{said.format("[Titre]")}</d:pt>'
    )
    shapes = "".join(said.format(words) for words in ("[Texte]", "[Suite]", "Cast off", "[Titre]"))
    parts = {
        "word/diagrams/data1.xml": (f"{OFFICE}.drawingml.diagramData+xml", f"<d {names}>{points}</d>"),
        "word/diagrams/drawing1.xml": (
            "application/vnd.ms-office.drawingml.diagramDrawing+xml",
            f"<d {names}>{shapes}</d>",
        ),
    }
    document = taken_apart(with_parts(paragraph(run("Two")), parts))
    told = [segment.source for unit in document.units for segment in unit.segments]
    assert told == ["Two", *["Cast off", "[Titre]"] * 2]


def test_charts_and_diagrams_have_words_too() -> None:
    document = taken_apart(drawn())
    assert [shown(unit) for unit in document.units] == [
        "paragraph  The text.",
        "caption:chart  Boats by year. | All <1/>new.\n  <1/> other look",
        "caption:chart  Ships",
        "caption:diagram  Cast off",
    ]
    assert formats.merge(document, {}) == document.container
    targets = {segment.key: f" ¡& {segment.source}" for _, segment in document.segments()}
    merged = unzipped(formats.merge(document, targets))
    assert "<x:t> ¡&amp; Cast off</x:t>" in merged["word/diagrams/data1.xml"].decode()
    chart = merged["word/charts/chart1.xml"].decode()
    assert "xml:space" not in chart
    assert chart.count("<a:r>") == chart.count("</a:r>")
    assert len(taken_apart(formats.merge(document, targets)).units) == 4


def test_shapes_in_a_chart_and_charts_of_the_new_sort_have_words_too() -> None:
    shapes = (
        '<c:userShapes xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        "<a:p><a:r><a:t>A record</a:t></a:r></a:p></c:userShapes>"
    )
    new = (
        '<cx:chartSpace xmlns:cx="http://schemas.microsoft.com/office/drawing/2014/chartex"><cx:chartData>'
        '<cx:strDim type="cat"><cx:f>Sheet1!$A$2</cx:f><cx:lvl><cx:pt idx="0">Ferries</cx:pt></cx:lvl>'
        '</cx:strDim><cx:numDim><cx:lvl><cx:pt idx="0">x12</cx:pt></cx:lvl></cx:numDim></cx:chartData>'
        "<cx:title><cx:tx><cx:txData><cx:v>Boats by sort</cx:v></cx:txData></cx:tx></cx:title>"
        "</cx:chartSpace>"
    )
    levels = CHART.replace("strCache", "multiLvlStrCache")
    data = with_parts(
        "",
        {
            "word/charts/chart1.xml": (f"{OFFICE}.drawingml.chart+xml", levels),
            "word/drawings/drawing1.xml": (f"{OFFICE}.drawingml.chartshapes+xml", shapes),
            "word/charts/chartEx1.xml": ("application/vnd.ms-office.chartex+xml", new),
        },
    )
    document = taken_apart(data)
    assert [unit.segments[0].source for unit in document.units] == [
        "Boats by year.",
        "Ships",
        "A record",
        "Ferries",
        "Boats by sort",
    ]
    assert formats.merge(document, {}) == data


def test_properties_that_a_field_shows_have_words_and_those_for_programs_have_none() -> None:
    properties = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="{name}">'
        f"<vt:{sort}>{said}</vt:{sort}></property>"
        for number, (name, sort, said) in enumerate(
            [
                ("Client", "lpwstr", "The harbour &amp; its school"),
                ("Our line", "lpwstr", "By sea"),
                ("TemplateId", "lpwstr", "No words for people"),
                ("Version", "i4", "3"),
            ],
            start=2,
        )
    )
    custom = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f"{properties}</Properties>"
    )
    data = with_parts(
        paragraph(
            run("For "),
            '<w:fldSimple w:instr=" DOCPROPERTY &quot;Our line&quot; \\* MERGEFORMAT ">',
            run("By sea"),
            "</w:fldSimple>",
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            "<w:r><w:instrText> DOCPROPERTY client </w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        ),
        {"docProps/custom.xml": (f"{OFFICE}.custom-properties+xml", custom)},
    )
    document = taken_apart(data)
    assert [shown(unit) for unit in document.units][1:] == [
        "metadata:property  The harbour & its school",
        "metadata:property  By sea",
    ]
    assert formats.merge(document, {}) == data
    merged = unzipped(formats.merge(document, {("", "By sea"): 'Par <mer> & "vent"'}))
    assert merged["docProps/custom.xml"].decode() == custom.replace(
        "By sea", "Par &lt;mer&gt; &amp; &quot;vent&quot;"
    )


def test_building_blocks_are_for_nobody_and_their_styles_say_nothing_of_the_text() -> None:
    styles = part(
        "styles", '<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="Quote"/></w:style>'
    )
    blocks = {
        "word/glossary/styles.xml": (f"{OFFICE}.wordprocessingml.styles+xml", styles),
        "word/glossary/document.xml": (
            f"{OFFICE}.wordprocessingml.document.glossary+xml",
            part("glossaryDocument", paragraph(run("Click here."))),
        ),
        "word/glossary/footnotes.xml": (
            f"{OFFICE}.wordprocessingml.footnotes+xml",
            part("footnotes", paragraph(run("A note nobody sees."))),
        ),
        "word/endnotes.xml": (
            f"{OFFICE}.wordprocessingml.endnotes+xml",
            part("endnotes", f'<w:endnote w:id="1">{paragraph(run("As of May."))}</w:endnote>'),
        ),
        "word/comments.xml": (
            f"{OFFICE}.wordprocessingml.comments+xml",
            part("comments", f'<w:comment w:id="1">{paragraph(run("Is this so?"))}</w:comment>'),
        ),
    }
    styled = '<w:pPr><w:pStyle w:val="Titre1"/></w:pPr>'
    document = taken_apart(with_parts(paragraph(styled, run("One.")), blocks))
    assert list(map(shown, document.units)) == ["title:h1  One.", "paragraph:endnote  As of May."]
    merged = formats.merge_into(document, {s.key: "كلمة" for _, s in document.segments()}, locale="ar")
    before, after = unzipped(document.container), unzipped(merged)
    assert {name for name in before if before[name] != after[name]} == {
        "word/document.xml",
        "word/endnotes.xml",
    }


def test_a_unit_knows_the_number_of_its_paragraph() -> None:
    document = taken_apart(docx("<w:p/>" + paragraph(run("One.")) + paragraph() + paragraph(run("Two."))))
    assert [unit.line for unit in document.units] == [1, 3]
