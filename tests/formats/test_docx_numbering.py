"""The words in front of numbers in lists are for translators, the numbers are for Word."""

from __future__ import annotations

import pytest

from l10n import formats
from l10n.formats import docx as word
from l10n.model import Document
from tests.cases.docx.build import docx, part, unzipped
from tests.docx_support import run, shown, taken_apart

STYLES = (
    '<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Etape"><w:name w:val="Step"/>'
    '<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Etape2"><w:name w:val="Step 2"/><w:basedOn w:val="Etape"/>'
    "</w:style>"
)


def level(depth: int, text: str, kind: str = "decimal", style: str = "") -> str:
    link = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f'<w:lvl w:ilvl="{depth}"><w:numFmt w:val="{kind}"/>{link}<w:lvlText w:val="{text}"/></w:lvl>'


def lists(*levels: str, more: str = "") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>{more}'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    )


def item(words: str, list_: str = "1", depth: int = 0) -> str:
    place = f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_}"/></w:numPr></w:pPr>'
    return f"<w:p>{place}{run(words)}</w:p>"


def document(numbering: str, body: str = item("Le port ouvre.")) -> Document:
    data = docx(
        body, {"word/numbering.xml": part("numbering", numbering), "word/styles.xml": part("styles", STYLES)}
    )
    made = taken_apart(data, "fr")
    assert formats.merge(made, {}) == data
    return made


def offered(made: Document) -> list[str]:
    return [shown(unit) for unit in made.units if unit.name == "numbering"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Article %1.", "Article <1/>.\n  <1/> number 1"),
        ("Étape %1&#160;: ", "Étape <1/>\u00a0:\n  <1/> number 1"),
        ("§ %1.%2", ""),
        ("%1)", ""),
        ("%1°", ""),
        ("N° %1/%2 bis", "N° <1/>/<2/> bis\n  <1/> number 1; <2/> number 2"),
        ("%1. Question", "<1/>. Question\n  <1/> number 1"),
        ("Q%1", "Q<1/>\n  <1/> number 1"),
        ("A &amp; B %1", "A & B <1/>\n  <1/> number 1"),
    ],
)
def test_words_in_front_of_a_number_are_a_unit(text: str, expected: str) -> None:
    found = offered(document(lists(level(0, text))))
    assert found == ([f"metadata:numbering  {expected}"] if expected else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [("o", []), ("l", []), ("\uf0b7", []), ("NB&#160;:", ["metadata:numbering  NB\u00a0:"])],
)
def test_a_bullet_is_no_word_unless_it_is_one(text: str, expected: list[str]) -> None:
    assert offered(document(lists(level(0, text, "bullet")))) == expected


def test_only_the_levels_that_a_paragraph_is_in() -> None:
    numbering = lists(level(0, "Titre %1"), level(1, "Article %2"), level(2, "Section %3"))
    assert offered(document(numbering, item("Le port.", depth=1))) == [
        "metadata:numbering  Article <1/>\n  <1/> number 2"
    ]
    assert offered(document(numbering, item("Le port.", "0") + item("La mer.", "9"))) == []
    heading = '<w:p><w:pPr><w:pStyle w:val="Titre1"/></w:pPr><w:r><w:t>Le port</w:t></w:r></w:p>'
    assert offered(document(numbering, heading)) == ["metadata:numbering  Titre <1/>\n  <1/> number 1"]


def test_a_level_that_names_a_style_is_that_of_its_paragraphs() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="8">'
        + level(0, "Phase %1")
        + level(1, "Étape %2", style="Etape2")
        + "</w:abstractNum>"
        '<w:num w:numId="3"><w:abstractNumId w:val="8"/></w:num>'
    )
    body = '<w:p><w:pPr><w:pStyle w:val="Etape2"/></w:pPr><w:r><w:t>Partir.</w:t></w:r></w:p>'
    assert "metadata:numbering  Étape <1/>\n  <1/> number 2" in offered(document(numbering, body))


def test_a_list_may_have_a_text_of_its_own_and_be_defined_by_a_style() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="Annexes"/>'
        + level(0, "Annexe %1")
        + "</w:abstractNum>"
        '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="Annexes"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
        '<w:num w:numId="4"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        + level(0, "Pièce %1")
        + "</w:lvlOverride></w:num>"
    )
    annexe = "metadata:numbering  Annexe <1/>\n  <1/> number 1"
    piece = "metadata:numbering  Pièce <1/>\n  <1/> number 1"
    assert offered(document(numbering, item("Le port.", "2"))) == [annexe]
    assert piece in offered(document(numbering, item("Le port.", "4")))
    assert offered(document(numbering, item("Le port.", "1"))) == [annexe]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("Artículo <1/>.", "Artículo %1."),
        ("<1/>.º artículo", "%1.º artículo"),
        ('a"b<2>&%3 5 % <1/>', None),
        ("a\"b&'%3 5 % <1/>9", "a&quot;b&amp;&apos;%\u20603 5 % %19"),
        ("100%2<1/>%<<>", "100%\u20602%1%&lt;&lt;&gt;"),
        ("x\ny\t<1/>", "x y %1"),
    ],
)
def test_a_target_lands_as_words_with_the_number_of_word(target: str, expected: str | None) -> None:
    made = document(lists(level(0, "Article %1.")))
    segment = next(unit.segments[0] for unit in made.units if unit.name == "numbering")
    if expected is None:
        with pytest.raises(Exception, match="<2>"):
            formats.merge(made, {segment.key: target})
        return
    after = unzipped(word.in_language(made, formats.merge(made, {segment.key: target}), locale="es"))
    assert f'<w:lvlText w:val="{expected}"/>' in after["word/numbering.xml"].decode()
    assert after["word/document.xml"] == unzipped(made.container)["word/document.xml"]


def test_equal_words_of_several_levels_are_one_entry_and_all_filled() -> None:
    numbering = lists(level(0, "Article %1"), level(1, "Article %2"))
    made = document(numbering, item("Le port.") + item("La mer.", depth=1))
    keys = {unit.segments[0].key for unit in made.units if unit.name == "numbering"}
    after = unzipped(formats.merge(made, dict.fromkeys(keys, "Artículo <1/>")))["word/numbering.xml"].decode()
    assert 'w:val="Artículo %1"' in after
    assert 'w:val="Artículo %2"' in after
