"""Word files in and out, case by case: the table in tests/cases/docx, the parts of the zip, damage."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from l10n import formats, inline
from l10n.errors import CodeError, InputError
from l10n.formats import docx as word
from l10n.model import Document, Unit
from tests.cases.docx.build import core, docx, part, unzipped, zipped
from workflow.cli import main

CASES = Path(__file__).parent / "cases" / "docx"


def units_cases() -> list[tuple[str, str, str]]:
    cases = []
    for block in re.split(r"^## ", (CASES / "units.txt").read_text("utf-8"), flags=re.MULTILINE)[1:]:
        title, _, rest = block.partition("\n")
        source, _, expected = rest.partition("\n=>\n")
        cases.append((title, source, expected.strip()))
    return cases


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


OFFICE = "application/vnd.openxmlformats-officedocument"


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


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        pytest.param(run("One."), "Un.", run("Un."), id="words"),
        pytest.param(run("One."), "A < b & c > d ]]>", run("A &lt; b &amp; c &gt; d ]]&gt;"), id="escaped"),
        pytest.param(
            run("One ") + run("two", "<w:b/>") + run(" three."),
            "<1>Deux</1> un trois.",
            run("") + run("Deux", "<w:b/>") + run(" un trois."),
            id="a code moved to the front",
        ),
        pytest.param(
            "<w:pPr><w:numPr/></w:pPr>" + run("One", "<w:b/>") + run(" two and three."),
            "Deux <1>un</1> et trois",
            "<w:pPr><w:numPr/></w:pPr>" + run("Deux ") + run("un", "<w:b/>") + run(" et trois"),
            id="words before the first code stand behind the paragraph's properties",
        ),
        pytest.param(
            run("One", "<w:b/>") + run(" two and three."),
            "Deux et trois <1>un</1>",
            run("Deux et trois ") + run("un", "<w:b/>") + run(""),
            id="a code moved to the end",
        ),
        pytest.param(
            run("Very ") + run("big", "<w:b/>") + run(" and ") + run("red", "<w:i/>") + run(" here."),
            "<1>Gros <2>rouge</2> là</1>.",
            run("") + run("Gros ", "<w:b/>") + run("rouge", "<w:i/>") + run(" là", "<w:b/>") + run("."),
            id="a code moved into another",
        ),
        pytest.param(
            '<w:r><w:t>One</w:t><w:br/><w:t xml:space="preserve">line </w:t></w:r>' + run("bold", "<w:b/>"),
            "Ligne <2>en<1/>gras</2>",
            '<w:r><w:t>Ligne </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">en</w:t><w:br/>'
            '<w:t xml:space="preserve">gras</w:t></w:r>',
            id="a line break moved into bold text",
        ),
        pytest.param(
            run("See ")
            + f'<w:hyperlink r:id="rId1">{run("our site", "<w:u/>")}</w:hyperlink>'
            + run(" and ")
            + run("this", "<w:b/>")
            + run("."),
            "<2>Ceci</2> et <1>notre site</1>.",
            run("")
            + run("Ceci", "<w:b/>")
            + run(" et ")
            + f'<w:hyperlink r:id="rId1">{run("notre site", "<w:u/>")}</w:hyperlink>'
            + run("."),
            id="a link",
        ),
        pytest.param(
            run("Pass")
            + '<w:bookmarkStart w:id="1" w:name="_Hlk12"/><w:proofErr w:type="gramStart"/>'
            + run("erelle.", '<w:lang w:val="fr-FR"/>')
            + '<w:bookmarkEnd w:id="1"/>',
            "Pasarela.",
            run("")
            + '<w:bookmarkStart w:id="1" w:name="_Hlk12"/>'
            + run("Pasarela.")
            + '<w:bookmarkEnd w:id="1"/>',
            id="a bookmark nobody has set stays, spelling marks and the language go",
        ),
        pytest.param(
            run("Note") + "<w:r><w:footnoteReference w:id='2'/></w:r>" + run(" this."),
            "Notez ceci<1/>!",
            run("Notez ceci") + "<w:r><w:footnoteReference w:id='2'/></w:r>" + run("!"),
            id="a note keeps its own run",
        ),
        pytest.param(
            run("Write to a@b") + '<w:proofErr w:type="spellEnd"/>' + run(".org now."),
            "Maintenant <1/>",
            run("Maintenant a@b.org"),
            id="an address over two runs",
        ),
    ],
)
def test_a_target_lands_in_runs_of_its_look(source: str, target: str, expected: str) -> None:
    document = taken_apart(docx(paragraph(source)))
    (unit,) = document.units
    merged = document_xml(formats.merge(document, {unit.segments[0].key: target}))
    assert _spaced(merged) == _spaced(paragraph(expected))


def test_the_readings_beside_words_go_with_the_words() -> None:
    def ruby(words: str, reading: str) -> str:
        inner = "".join(
            f"<w:{name}><w:r><w:t>{said}</w:t></w:r></w:{name}>"
            for name, said in {"rt": reading, "rubyBase": words}.items()
        )
        return f"<w:ruby>{inner}</w:ruby>"

    first = f"<w:r>{ruby('東', 'とう')}</w:r>" + run("の海。")
    last = f"<w:r><w:t>北と</w:t>{ruby('南', 'みなみ')}</w:r>"
    document = taken_apart(docx(paragraph(first, last)), "ja")
    assert shown(document.units[0]) == "paragraph  東の海。 | 北と南"
    both = {("", "東の海。"): "The sea.", ("", "北と南"): "South"}
    merged = document_xml(formats.merge(document, both))
    assert "ruby" not in merged
    assert inline_text(merged) == "The sea.South"
    only_last = document_xml(formats.merge(document, {("", "北と南"): "South"}))
    assert only_last.startswith(f"<w:p>{first}")


def _spaced(xml: str) -> str:
    return xml.replace("<w:t>", '<w:t xml:space="preserve">')


def test_spaces_at_the_edge_of_a_text_are_kept_where_a_target_makes_one() -> None:
    plain = (
        "<w:r><w:t>It opens. We said so, </w:t></w:r>" + run("today", "<w:b/>") + "<w:r><w:t>.</w:t></w:r>"
    )
    document = taken_apart(docx(paragraph(plain)))
    merged = formats.merge(document, {("", "We said so, <1>today</1>."): "<1>Ce jour</1>, nous l’avons dit."})
    assert '<w:t xml:space="preserve">It opens. </w:t>' in document_xml(merged)


def test_both_versions_of_a_text_box_get_the_target() -> None:
    box = "<w:txbxContent>" + paragraph(run("In the box.")) + "</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    data = docx(paragraph(run("Words before"), both, run(" and after.")))
    targets = {
        ("", "In the box."): "Dans la boîte.",
        ("", "Words before<1/> and after."): "Des mots<1/> autour.",
    }
    merged = document_xml(formats.merge(taken_apart(data), targets))
    assert merged.count("Dans la boîte.") == 2
    assert "In the box." not in merged
    assert inline_text(merged) == "Des motsDans la boîte.Dans la boîte. autour."


def inline_text(xml: str) -> str:
    return "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", xml))


def test_an_attribute_keeps_its_quotes() -> None:
    picture = "<w:r><w:drawing><wp:docPr id='1' name='x' descr='A map'/></w:drawing></w:r>"
    merged = formats.merge(taken_apart(docx(paragraph(picture))), {("", "A map"): 'L\'"<carte>"\n& co'})
    assert "descr='L&apos;&quot;&lt;carte&gt;&quot; &amp; co'" in document_xml(merged)


def test_a_target_with_other_codes_is_refused() -> None:
    unit = taken_apart(docx(paragraph(run("Read "), run("me", "<w:b/>"), run(" now.")))).units[0]
    with pytest.raises(CodeError):
        word.encode(unit, unit.segments[0], "Lis-moi", 0)


def test_other_prefixes_and_encodings_are_read_and_kept() -> None:
    name = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    inner = "<x:r><x:rPr><x:b/></x:rPr><x:t>Fat</x:t></x:r><x:r><x:t> and longer text.</x:t></x:r>"
    xml = (
        f'<?xml version="1.0" encoding="UTF-16"?><x:document xmlns:x="{name}">'
        f"<x:body><x:p>{inner}</x:p></x:body></x:document>"
    )
    document = taken_apart(docx("", {"word/document.xml": xml.encode("utf-16")}))
    (segment,) = document.units[0].segments
    assert segment.source == "<1>Fat</1> and longer text."
    merged = formats.merge(document, {segment.key: "Mięso <1>tłuste</1>"})
    assert unzipped(merged)["word/document.xml"].decode("utf-16").count("<x:t") == 3


def test_only_changed_parts_are_written() -> None:
    data = docx(
        paragraph(run("One.")),
        {"word/header1.xml": part("hdr", paragraph(run("Two."))), "customXml/item1.xml": "<a>One.</a>"},
    )
    merged = formats.merge(taken_apart(data), {("", "Two."): "Deux."})
    before, after = unzipped(data), unzipped(merged)
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} == {"word/header1.xml"}
    start, end = data.index(b"word/document.xml") - 30, data.index(b"word/header1.xml") - 30
    assert data[start:end] == merged[merged.index(b"word/document.xml") - 30 :][: end - start]
    assert formats.merge(taken_apart(data), {("", "Two."): "Deux."}) == merged


def turned(body: str, *, to: str, words: str, more: dict[str, str | bytes] | None = None) -> dict[str, str]:
    """The parts of a file in which every word became others, localised."""
    document = taken_apart(docx(body, more), "ar" if to == "en" else "en")
    targets = {
        segment.key: re.sub(r"[^\W\d]+(?: [^\W\d]+)*", words, segment.source)
        for _, segment in document.segments()
    }
    merged = word.in_language(document, formats.merge(document, targets), locale=to)
    return {name: data.decode("utf-8", "replace") for name, data in unzipped(merged).items()}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            "<w:p><w:r><w:t>One two.</w:t></w:r></w:p>",
            "<w:p><w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/></w:rPr><w:t>كلمة.</w:t></w:r></w:p>",
            id="a paragraph and its run",
        ),
        pytest.param(
            '<w:p><w:pPr><w:pStyle w:val="Titre"/><w:bidi w:val="0"/><w:jc w:val="left"/></w:pPr>'
            '<w:r><w:rPr><w:b/><w:sz w:val="30"/></w:rPr><w:t>One</w:t></w:r></w:p>',
            '<w:p><w:pPr><w:pStyle w:val="Titre"/><w:bidi/><w:jc w:val="left"/></w:pPr>'
            '<w:r><w:rPr><w:b/><w:bCs/><w:sz w:val="30"/><w:szCs w:val="30"/><w:rtl/></w:rPr>'
            "<w:t>كلمة</w:t></w:r></w:p>",
            id="bold and a size of its own, and another direction before",
        ),
        pytest.param(
            '<w:tbl><w:tblPr><w:tblStyle w:val="x"/><w:tblW w:w="0"/></w:tblPr><w:tr><w:tc>'
            '<w:p><w:pPr><w:jc w:val="right"/><w:rPr><w:i/></w:rPr></w:pPr>'
            "<w:r><w:t>One</w:t></w:r></w:p></w:tc>"
            "<w:tc><w:p><w:r><w:t>12</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
            '<w:tbl><w:tblPr><w:tblStyle w:val="x"/><w:bidiVisual/><w:tblW w:w="0"/></w:tblPr><w:tr><w:tc>'
            '<w:p><w:pPr><w:bidi/><w:jc w:val="right"/><w:rPr><w:i/></w:rPr></w:pPr>'
            "<w:r><w:rPr><w:rtl/></w:rPr><w:t>كلمة</w:t></w:r></w:p></w:tc>"
            "<w:tc><w:p><w:r><w:t>12</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
            id="a table and its cells, but no number",
        ),
    ],
)
def test_right_to_left_words_make_a_right_to_left_paragraph(source: str, expected: str) -> None:
    after = turned(source, to="ar", words="كلمة")["word/document.xml"]
    assert _spaced(after[after.index("<w:body>") + 8 : after.index("<w:sectPr/>")]) == _spaced(expected)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<a:p><a:r><a:t>One</a:t></a:r></a:p>", '<a:p><a:pPr rtl="1"/><a:r><a:t>كلمة</a:t></a:r></a:p>'),
        (
            '<a:p><a:pPr marL="0" algn="l"><a:buNone/></a:pPr><a:r><a:t>One</a:t></a:r></a:p>',
            '<a:p><a:pPr rtl="1" marL="0" algn="r"><a:buNone/></a:pPr><a:r><a:t>كلمة</a:t></a:r></a:p>',
        ),
        (
            '<a:p><a:pPr algn="ctr" rtl="0"/><a:r><a:t>One</a:t></a:r></a:p>',
            '<a:p><a:pPr algn="ctr" rtl="1"/><a:r><a:t>كلمة</a:t></a:r></a:p>',
        ),
        ("<a:p><a:r><a:t>12</a:t></a:r></a:p>", "<a:p><a:r><a:t>12</a:t></a:r></a:p>"),
    ],
)
def test_words_in_charts_and_diagrams_run_their_way(before: str, after: str) -> None:
    names = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    parts = {
        "word/charts/chart1.xml": (f"{OFFICE}.drawingml.chart+xml", f"<c {names}>{before}</c>"),
        "word/diagrams/data1.xml": (f"{OFFICE}.drawingml.diagramData+xml", f"<d {names}>{before}</d>"),
    }
    for name in ("word/charts/chart1.xml", "word/diagrams/data1.xml"):
        document = taken_apart(with_parts(paragraph(run("Two")), parts))
        merged = formats.merge(document, {("", "One"): "كلمة"})
        inside = unzipped(word.in_language(document, merged, locale="ar"))[name].decode()
        assert inside[3 + len(names) + 1 : -4] == after
    arabic = taken_apart(
        with_parts(
            paragraph(run("كلمة")),
            {"word/charts/chart1.xml": (f"{OFFICE}.drawingml.chart+xml", f"<c {names}>{after}</c>")},
        ),
        "ar",
    )
    merged = formats.merge(arabic, {("", "كلمة"): "One"})
    inside = unzipped(word.in_language(arabic, merged, locale="en"))["word/charts/chart1.xml"].decode()
    assert 'rtl="1"' not in inside


@pytest.mark.parametrize(
    ("look", "expected"),
    [
        ("", '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'),
        ("<w:b/>", '<w:rPr><w:rFonts w:hint="eastAsia"/><w:b/></w:rPr>'),
        (
            '<w:rStyle w:val="x"/><w:b/>',
            '<w:rPr><w:rStyle w:val="x"/><w:rFonts w:hint="eastAsia"/><w:b/></w:rPr>',
        ),
        ('<w:rFonts w:ascii="Arial"/>', '<w:rPr><w:rFonts w:hint="eastAsia" w:ascii="Arial"/></w:rPr>'),
        ('<w:rFonts w:hint="default"/>', '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'),
    ],
)
def test_quotation_marks_of_east_asian_words_are_set_in_their_font(look: str, expected: str) -> None:
    document = taken_apart(
        docx(paragraph(run("One", look)) + paragraph(run("Two")) + paragraph(run("“Three”")))
    )
    merged = formats.merge(document, {("", "One"): "他说“好”。", ("", "Two"): "他说好。"})
    after = document_xml(word.in_language(document, merged, locale="zh"))
    assert after == (
        paragraph(run("他说“好”。").replace("<w:r>", f"<w:r>{expected}"))
        + paragraph(run("他说好。"))
        + paragraph(run("“Three”"))
    )
    assert "eastAsia" not in document_xml(word.in_language(document, merged, locale="fr")).replace(look, "")


def test_left_to_right_words_make_a_left_to_right_paragraph() -> None:
    source = (
        "<w:p><w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:b/><w:rtl/></w:rPr><w:t>كلمة</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>كلمة</w:t></w:r></w:p>"
    )
    after = turned(source, to="en", words="One")["word/document.xml"]
    assert _spaced(after[after.index("<w:body>") + 8 : after.index("<w:sectPr/>")]) == _spaced(
        '<w:p><w:pPr><w:bidi w:val="0"/></w:pPr><w:r><w:rPr><w:b/><w:rtl w:val="0"/></w:rPr>'
        "<w:t>One</w:t></w:r></w:p><w:p><w:r><w:t>One</w:t></w:r></w:p>"
    )


def test_styles_and_properties_say_the_other_language_and_untranslated_paragraphs_stay() -> None:
    lang = '<w:rPr><w:lang w:val="en-GB" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr>'
    styles = part("styles", f"<w:docDefaults><w:rPrDefault>{lang}</w:rPrDefault></w:docDefaults>")
    document = taken_apart(
        docx(
            paragraph(run("One.")) + paragraph(run("Two.")),
            {"word/styles.xml": styles, "docProps/core.xml": core(dc_language="en-GB")},
        )
    )
    for locale, expected in (
        ("fr", 'w:val="fr" w:eastAsia="en-US" w:bidi="ar-SA"'),
        ("ar", 'w:val="en-GB" w:eastAsia="en-US" w:bidi="ar"'),
        ("ja", 'w:val="en-GB" w:eastAsia="ja" w:bidi="ar-SA"'),
    ):
        merged = formats.merge(document, {("", "One."): "كلمة." if locale == "ar" else "Un."})
        after = unzipped(word.in_language(document, merged, locale=locale))
        assert expected in after["word/styles.xml"].decode()
        assert f"<dc:language>{locale}</dc:language>" in after["docProps/core.xml"].decode()
        assert after["word/document.xml"].decode().count("<w:bidi/>") == (locale == "ar")
        assert paragraph(run("Two.")) in after["word/document.xml"].decode()


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


def test_the_command_line_reads_and_writes_it(tmp_path: Path) -> None:
    source, catalogue, out = (tmp_path / name for name in ("a.docx", "a.es.po", "a.es.docx"))
    source.write_bytes(docx(paragraph(run("Le ministre a dit que les écoles sont ouvertes dans la ville."))))
    assert main(["extract", str(source), "--to", "es", "-o", str(catalogue)]) == 0
    text = catalogue.read_text("utf-8")
    assert '"X-Source-Language: fr\\n"' in text
    catalogue.write_text(text.replace('ville."\nmsgstr ""', 'ville."\nmsgstr "Abiertas."'), "utf-8")
    assert main(["merge", str(source), str(catalogue), "-o", str(out)]) == 0
    assert inline_text(document_xml(out.read_bytes())) == "Abiertas."


GOOD = docx(paragraph(run("One.")))


def bomb() -> bytes:
    return docx("", {"word/document.xml": part("document", " " * 20_000_000)})


def patched(offset: int, value: int) -> bytes:
    """The good file with another number in the central record of its document."""
    at = GOOD.rindex(b"word/document.xml") - 46 + offset
    return GOOD[:at] + struct.pack("<H", value) + GOOD[at + 2 :]


TYPES = unzipped(GOOD)["[Content_Types].xml"].decode()


def test_a_part_without_a_type_of_its_own_has_that_of_its_ending() -> None:
    main = f"{OFFICE}.wordprocessingml.document.main+xml"
    types = re.sub(r'<Override PartName="/word/document.xml"[^>]*>', "", TYPES)
    data = docx(paragraph(run("Words.")), {"[Content_Types].xml": types.replace("application/xml", main)})
    document = formats.extract(data, path="a.docx", locale="en")
    assert [segment.source for _, segment in document.segments()] == ["Words."]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(lambda: b"", "no Word document", id="empty"),
        pytest.param(lambda: b"Dear all,\n", "no Word document", id="a text"),
        pytest.param(lambda: GOOD[: len(GOOD) // 2], "no Word document", id="truncated"),
        pytest.param(
            lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "old Word document", id="a .doc"
        ),
        pytest.param(lambda: zipped({"a.txt": "x"}), "no Word document", id="another zip"),
        pytest.param(
            lambda: docx("", {"word/document.xml": ""}), "holds no Word document", id="no document in it"
        ),
        pytest.param(
            lambda: docx("", {"[Content_Types].xml": TYPES.replace("document.main", "template.main")}),
            "this is a Word template",
            id="a template",
        ),
        pytest.param(bomb, "would unpack to 20,", id="a bomb"),
        pytest.param(
            lambda: docx("", {f"x/{n}": "x" for n in range(10_001)}), "files in one document", id="many files"
        ),
        pytest.param(lambda: docx("", {"../../etc/x": "x"}), "lie outside", id="a name that climbs"),
        pytest.param(lambda: docx("", {"/etc/x": "x"}), "lie outside", id="an absolute name"),
        pytest.param(lambda: docx("", {"Word/Document.xml": "x"}), "same name", id="a name twice"),
        pytest.param(lambda: docx("", {"a\nb": "x"}), "a name that cannot be", id="a name with a line end"),
        pytest.param(lambda: patched(8, 1), "has a password", id="encrypted"),
        pytest.param(lambda: patched(10, 99), "word/document.xml is damaged", id="packed in an unknown way"),
        pytest.param(lambda: patched(16, 0xBAD), "word/document.xml is damaged", id="a wrong checksum"),
        pytest.param(
            lambda: docx("<w:p><w:r></w:p>"),
            r"word/document.xml is not well-formed XML at line 2, column \d+: mismatched tag",
            id="broken XML",
        ),
        pytest.param(
            lambda: docx("", {"word/document.xml": b"<a>\xff</a>"}), "not well-formed", id="not UTF-8"
        ),
        pytest.param(
            lambda: docx(
                "",
                {
                    "word/document.xml": '<?xml version="1.0" encoding="iso-8859-1"?><a>\xe9</a>'.encode(
                        "latin-1"
                    )
                },
            ),
            "neither UTF-8 nor UTF-16",
            id="another encoding",
        ),
        pytest.param(
            lambda: docx("", {"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "declares a document type",
            id="a document type",
        ),
    ],
)
def test_what_is_no_sound_word_file_is_refused(make: Callable[[], bytes], message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        taken_apart(make())
    assert caught.value.path == "case.docx"
    assert caught.value.remedy


def test_entries_that_lie_on_each_other_are_refused() -> None:
    at = GOOD.rindex(b"word/document.xml") - 46 + 42
    first = struct.unpack_from("<L", GOOD, GOOD.rindex(b"word/media/image1.png") - 46 + 42)[0]
    with pytest.raises(InputError, match="on top of each other"):
        taken_apart(GOOD[:at] + struct.pack("<L", first + 1) + GOOD[at + 4 :])
