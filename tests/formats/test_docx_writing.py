"""What a translated Word file says and how: codes, looks, directions, languages, and the command line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from l10n import formats
from l10n.errors import CodeError
from l10n.formats import docx as word
from tests.cases.docx.build import core, docx, part, unzipped
from tests.docx_support import (
    OFFICE,
    document_xml,
    inline_text,
    paragraph,
    run,
    shown,
    taken_apart,
    with_parts,
)
from workflow.cli import main


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
            run("See ")
            + '<w:commentRangeStart w:id="0"/>'
            + run("here")
            + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
            + run(", now."),
            "Maintenant, voyez <1/>ici<2/>!",
            run("Maintenant, voyez ")
            + '<w:commentRangeStart w:id="0"/>'
            + run("ici")
            + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
            + run("!"),
            id="a comment ends where its words do",
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
        pytest.param(
            "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>For the desk and for nobody else.</w:t></w:r>"
            "<w:r><w:t>One</w:t></w:r><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
            "<w:r><w:t>Click here to say when.</w:t></w:r></w:sdtContent></w:sdt></w:p>",
            "<w:p><w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:vanish/></w:rPr>"
            "<w:t>For the desk and for nobody else.</w:t></w:r>"
            "<w:r><w:rPr><w:rtl/></w:rPr><w:t>كلمة</w:t></w:r><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
            "<w:sdtContent><w:r><w:t>Click here to say when.</w:t></w:r></w:sdtContent></w:sdt></w:p>",
            id="words that nobody sees do not count, nor those of an empty form field",
        ),
        pytest.param(
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Stray.</w:t></w:r><w:p><w:r><w:t>One</w:t></w:r></w:p>",
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Stray.</w:t></w:r><w:p><w:pPr><w:bidi/></w:pPr>"
            "<w:r><w:rPr><w:rtl/></w:rPr><w:t>كلمة</w:t></w:r></w:p>",
            id="a hidden run outside of paragraphs",
        ),
        pytest.param(
            "<w:p><w:r><w:drawing/></w:r></w:p><w:p><w:r><w:t>One</w:t></w:r></w:p>"
            "<w:p><w:r><w:t>12</w:t></w:r></w:p>",
            "<w:p><w:pPr><w:bidi/></w:pPr><w:r><w:drawing/></w:r></w:p>"
            "<w:p><w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/></w:rPr><w:t>كلمة</w:t></w:r></w:p>"
            "<w:p><w:r><w:t>12</w:t></w:r></w:p>",
            id="a picture goes with the document",
        ),
        pytest.param(
            "<w:p><w:r><w:t>Call 02 97 00 00 00 or +33 2 97 00 00 00 now</w:t></w:r>"
            "<w:r><w:tab/><w:t>02 97 00 00 00</w:t></w:r></w:p>",
            "<w:p><w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/></w:rPr>"
            "<w:t>كلمة \u200e02 97 00 00 00 كلمة \u200e+33 2 97 00 00 00 كلمة</w:t>"
            "<w:tab/><w:t>\u200e02 97 00 00 00</w:t></w:r></w:p>",
            id="a phone number keeps its order",
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
        ("ar", 'w:val="ar" w:eastAsia="en-US" w:bidi="ar"'),
        ("ja", 'w:val="ja" w:eastAsia="ja" w:bidi="ar-SA"'),
    ):
        merged = formats.merge(document, {("", "One."): "كلمة." if locale == "ar" else "Un."})
        after = unzipped(word.in_language(document, merged, locale=locale))
        assert expected in after["word/styles.xml"].decode()
        assert f"<dc:language>{locale}</dc:language>" in after["docProps/core.xml"].decode()
        assert after["word/document.xml"].decode().count("<w:bidi/>") == (locale == "ar")
        assert paragraph(run("Two.")) in after["word/document.xml"].decode()


def test_the_command_line_reads_and_writes_it(tmp_path: Path) -> None:
    source, catalogue, out = (tmp_path / name for name in ("a.docx", "a.es.po", "a.es.docx"))
    source.write_bytes(docx(paragraph(run("Le ministre a dit que les écoles sont ouvertes dans la ville."))))
    assert main(["extract", str(source), "--to", "es", "-o", str(catalogue)]) == 0
    text = catalogue.read_text("utf-8")
    assert '"X-Source-Language: fr\\n"' in text
    catalogue.write_text(text.replace('ville."\nmsgstr ""', 'ville."\nmsgstr "Abiertas."'), "utf-8")
    assert main(["merge", str(source), str(catalogue), "-o", str(out)]) == 0
    assert inline_text(document_xml(out.read_bytes())) == "Abiertas."
