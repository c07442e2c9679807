"""What Word writes itself (dates, numbers in words) is in the language of the translation."""

from __future__ import annotations

import re

import pytest

from l10n import formats
from l10n.formats import docx as word
from tests.cases.docx.build import docx, part, unzipped
from tests.docx_support import OFFICE, paragraph, run, taken_apart, with_parts

FRENCH = '<w:lang w:val="fr-FR"/>'
DATE = 'DATE \\@ "d MMMM yyyy"'


def code(inner: str, look: str = FRENCH) -> str:
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{inner}</w:r>"


def field(instruction: str, result: str, look: str = FRENCH) -> str:
    begin, separate, end = (
        code(f'<w:fldChar w:fldCharType="{kind}"/>', look) for kind in ("begin", "separate", "end")
    )
    said = code(f"<w:instrText>{instruction}</w:instrText>", look)
    return f"{begin}{said}{separate}{run(result, look)}{end}"


def translated(body: str, targets: dict[str, str], *, to: str = "es", before: str = "fr") -> str:
    document = taken_apart(docx(body), before)
    merged = formats.merge(document, {("", source): target for source, target in targets.items()})
    after = unzipped(word.in_language(document, merged, locale=to))["word/document.xml"].decode()
    assert formats.extract(word.in_language(document, merged, locale=to), path="b.docx", locale=to)
    return after[after.index("<w:body>") + 8 : after.index("<w:sectPr")]


def languages(xml: str) -> list[str]:
    return re.findall(r"<w:lang ([^>]*)/>", xml)


@pytest.mark.parametrize(
    ("to", "words", "expected"),
    [
        ("es", "Hecho el", 'w:val="es"'),
        ("ar", "حرر في", 'w:val="ar" w:bidi="ar"'),
        ("ja", "作成日", 'w:val="ja" w:eastAsia="ja"'),
        ("zh", "签署于", 'w:val="zh" w:eastAsia="zh"'),
        ("pt-BR", "Feito em", 'w:val="pt-BR"'),
    ],
)
@pytest.mark.parametrize(
    "look", [FRENCH, "", '<w:b/><w:lang w:val="fr-CA"/>', '<w:b/><w:eastAsianLayout w:id="1"/>']
)
def test_a_date_is_written_in_the_language_of_the_translation(
    to: str, words: str, expected: str, look: str
) -> None:
    body = paragraph(run("Fait le ", look), field(DATE, "3 mai 2024", look), run(".", look))
    (source,) = [segment.source for unit in taken_apart(docx(body), "fr").units for segment in unit.segments]
    after = translated(body, {source: source.replace("Fait le", words)}, to=to)
    marks = re.findall(r"<w:r>(?:(?!</w:r>).)*(?:fldChar|instrText)(?:(?!</w:r>).)*</w:r>", after)
    assert len(marks) == 4
    assert [languages(mark) for mark in marks] == [[expected]] * 4
    assert "fr-" not in after


@pytest.mark.parametrize(
    ("instruction", "computed"),
    [
        ("DATE", True),
        ('SAVEDATE \\@ "dddd"', True),
        ("PAGE \\* CardText", True),
        ("= 3 \\* ORDTEXT", True),
        ("PAGE", False),
        ("REF here", False),
    ],
)
def test_a_field_without_a_language_gets_one_where_it_says_words(instruction: str, *, computed: bool) -> None:
    body = paragraph(run("Voir "), field(instruction, "12", ""), run(" ici."))
    after = translated(body, {"Voir <1/> ici.": "Véase <1/> aquí."})
    assert languages(after) == (['w:val="es"'] * 5 if computed else [])


def test_a_field_in_one_element_too() -> None:
    body = paragraph(run("Le "), f"<w:fldSimple w:instr='{DATE}'>{run('3 mai')}</w:fldSimple>", run(" ici."))
    assert languages(translated(body, {"Le <1>3 mai</1> ici.": "El <1>3 de mayo</1> aquí."})) == [
        'w:val="es"'
    ]


def test_a_paragraph_that_stays_in_its_language_keeps_it() -> None:
    stays = paragraph(run("Le port ouvre le ", FRENCH), field(DATE, "3 mai 2024"), run(".", FRENCH))
    after = translated(stays + paragraph(run("La mer.", FRENCH)), {"La mer.": "El mar."})
    assert stays in after


def test_a_paragraph_without_words_goes_with_the_document() -> None:
    body = paragraph(field('DATE \\@ "dd/MM"', "03/05")) + paragraph(run("La mer."))
    assert languages(translated(body, {"La mer.": "El mar."})) == ['w:val="es"'] * 5
    assert languages(translated(body, {})) == ['w:val="fr-FR"'] * 5


def test_other_languages_stay() -> None:
    mark = '<w:pPr><w:rPr><w:lang w:val="fr-FR"/></w:rPr></w:pPr>'
    tab = '<w:r><w:rPr><w:lang w:val="en-GB" w:eastAsia="fr-FR"/></w:rPr><w:tab/></w:r>'
    latin = '<w:r><w:rPr><w:lang w:val="la"/></w:rPr><w:tab/></w:r>'
    after = translated(paragraph(mark, tab, latin, run("La mer.")), {"La mer.": "El mar."})
    assert languages(after) == ['w:val="es"', 'w:val="en-GB" w:eastAsia="fr-FR"', 'w:val="la"']


def test_from_a_script_of_its_own() -> None:
    look = '<w:lang w:val="en-US" w:eastAsia="ja-JP"/>'
    after = translated(paragraph(field(DATE, "5月3日", look), run("港が開く。")), {}, before="ja", to="fr")
    assert after.count("ja-JP") == 5
    body = paragraph(field('DATE \\@ "d"', "3", look)) + paragraph(run("港が開く。"))
    after = translated(body, {"港が開く。": "Le port ouvre."}, before="ja", to="fr")
    assert languages(after) == ['w:val="fr" w:eastAsia="ja-JP"'] * 5


def test_a_date_that_is_chosen_is_written_in_it_too() -> None:
    body = (
        '<w:p><w:r><w:t xml:space="preserve">Le </w:t></w:r><w:sdt><w:sdtPr><w:date>'
        '<w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="fr-FR"/></w:date></w:sdtPr>'
        "<w:sdtContent><w:r><w:t>3 mai</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )
    after = translated(body, {"Le <1>3 mai</1>": "El <1>3 de mayo</1>"})
    assert '<w:lid w:val="es"/>' in after
    assert '<w:lid w:val="fr-FR"/>' in translated(body + paragraph(run("La mer.")), {"La mer.": "El mar."})


def test_charts_speak_it() -> None:
    chart = (
        '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:lang val="fr-FR"/><c:title>'
        '<a:p><a:pPr><a:defRPr lang="fr-FR"/></a:pPr><a:r><a:rPr lang="fr-CA" altLang="en-US"/>'
        '<a:t>Bateaux</a:t></a:r><a:endParaRPr lang="en-US"/></a:p><a:p><a:r><a:rPr lang="fr-FR"/>'
        "<a:t>Navires</a:t></a:r></a:p></c:title></c:chartSpace>"
    )
    data = with_parts(
        paragraph(run("La mer.")), {"word/charts/chart1.xml": (f"{OFFICE}.drawingml.chart+xml", chart)}
    )
    document = taken_apart(data, "fr")
    merged = formats.merge(document, {("", "Bateaux"): "Barcos"})
    after = unzipped(word.in_language(document, merged, locale="es"))["word/charts/chart1.xml"].decode()
    assert re.findall(r'\b(?:lang|val)="([\w-]+)"', after) == ["es", "es", "es", "en-US", "fr-FR"]


@pytest.mark.parametrize(
    ("to", "code"),
    [("es", "C0A"), ("ar", "C01"), ("pt-BR", "416"), ("zh", "804"), ("zh-TW", "404"), ("tlh", "40C")],
)
def test_a_chart_names_months_in_it(to: str, code: str) -> None:
    chart = (
        '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:title><a:p><a:r><a:t>Bateaux</a:t>'
        '</a:r></a:p></c:title><c:numFmt formatCode="[$-40C]mmm\\ yy;@" sourceLinked="0"/><c:numCache>'
        "<c:formatCode>[$-040C]d mmmm</c:formatCode></c:numCache><c:numFmt formatCode='[$-409]d mmm'/>"
        '<c:numFmt formatCode="#,##0.00 [$€-40C]"/><c:numFmt formatCode="General"/></c:chartSpace>'
    )
    data = with_parts(
        paragraph(run("La mer.")), {"word/charts/chart1.xml": (f"{OFFICE}.drawingml.chart+xml", chart)}
    )
    document = taken_apart(data, "fr")
    merged = formats.merge(document, {("", "Bateaux"): "B"})
    after = unzipped(word.in_language(document, merged, locale=to))["word/charts/chart1.xml"].decode()
    second = "040C" if code == "40C" else code
    expected = chart.replace("$-40C]m", f"$-{code}]m").replace("$-040C", f"$-{second}")
    assert after == expected.replace("Bateaux", "B")


def test_words_for_numbers_in_lists_too() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="ordinalText"/>'
        '<w:lvlText w:val="%1"/><w:rPr><w:lang w:val="fr-FR"/></w:rPr></w:lvl></w:abstractNum>'
    )
    data = docx(paragraph(run("La mer.")), {"word/numbering.xml": part("numbering", numbering)})
    document = taken_apart(data, "fr")
    merged = formats.merge(document, {("", "La mer."): "El mar."})
    after = unzipped(word.in_language(document, merged, locale="es"))["word/numbering.xml"].decode()
    assert languages(after) == ['w:val="es"']
