"""What holds for every Word file, however its runs are cut, and for every target, however hostile."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n import formats, inline
from l10n.errors import InputError
from l10n.formats import docx as word
from l10n.inline import Role
from l10n.model import Document, Segment
from tests.cases.docx.build import core, docx, part, unzipped
from tests.growth import seconds

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
XML = ("word/document.xml", "word/header1.xml", "docProps/core.xml")
FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

TEXTS = (
    *("One. Two!", "word", " and ", "  ", " ", "Mr. X", "東京。大阪。", "Fish &amp; chips", "&lt;1> &#160;x"),
    *("a@b.org", "+33 4 91 00", " 12 34", "www.ex", "ample.org", "…", "1", "<![CDATA[<b>]]>", "x<!-- y -->z"),
)
LOOKS = (
    *("", "", "", "<w:rPr><w:b/></w:rPr>", "<w:rPr><w:i/></w:rPr>", "<w:rPr><w:b/><w:i/></w:rPr>"),
    *("<w:rPr><w:u w:val='single'/></w:rPr>", "<w:rPr><w:lang w:val='fr-FR'/><w:b/></w:rPr>"),
    *("<w:rPr><w:rStyle w:val='Hyperlink'/></w:rPr>", "<w:rPr><w:vanish/></w:rPr>", "<w:rPr/>"),
)
INSIDE = (
    *("<w:br/>", "<w:tab/>", "<w:noBreakHyphen/>", "<w:lastRenderedPageBreak/>", "<w:t/>", "<w:t></w:t>"),
    *("<w:sym w:char='F0'/>", "<w:footnoteReference w:id='2'/>"),
    *("<w:drawing><wp:docPr id='1' name='n' descr='A map.'/></w:drawing>",),
)
NOISE = (
    *("<w:proofErr w:type='spellStart'/>", "\n  ", "<!-- note -->", "<w:r></w:r>", "<w:r/>"),
    *("<w:bookmarkStart w:id='1' w:name='_Hlk1'/>", "<w:bookmarkEnd w:id='1'/>"),
    *("<w:bookmarkStart w:id='2' w:name='mine'/>", "<w:bookmarkEnd w:id='2'/>"),
    *("<w:del w:id='3'><w:r><w:delText>gone</w:delText></w:r></w:del>",),
    *("<w:commentRangeStart w:id='8'/>", "<w:commentRangeEnd w:id='8'/>"),
    *("<w:r><w:commentReference w:id='8'/></w:r>", "<w:r><w:t>x</w:t><w:commentReference w:id='8'/></w:r>"),
    *("<w:fldSimple w:instr='PAGE'><w:r><w:t>7</w:t></w:r></w:fldSimple>", "<m:oMath><m:r/></m:oMath>"),
    *(f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>" for kind in ("begin", "separate", "end")),
    *('<w:r><w:instrText>HYPERLINK "https://example.org"</w:instrText></w:r>',),
    *("<w:r><w:t>In a run</w:t><w:fldChar w:fldCharType='begin'/><w:t>x</w:t></w:r>",),
    *("<w:r><w:fldChar w:fldCharType='separate'/><w:t>y</w:t><w:fldChar w:fldCharType='end'/></w:r>",),
)
AROUND = (
    ("<w:hyperlink r:id='rId1' w:tooltip='A &lt;link&gt;.'>", "</w:hyperlink>"),
    ("<w:ins w:id='4'>", "</w:ins>"),
    ("<w:moveTo w:id='5'>", "</w:moveTo>"),
    ("<w:smartTag w:element='x'><w:smartTagPr/>", "</w:smartTag>"),
    ("<w:customXml w:element='x'><w:customXmlPr/>", "</w:customXml>"),
    ("<w:fldSimple w:instr=' TITLE '>", "</w:fldSimple>"),
    ("<w:sdt><w:sdtPr/><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    (
        "<w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p>",
        "</w:p></w:txbxContent></mc:Choice></mc:AlternateContent></w:r>",
    ),
)
TEXT = st.sampled_from(TEXTS).map(lambda words: f"<w:t xml:space='preserve'>{words}</w:t>")
RUN = st.tuples(
    st.sampled_from(LOOKS), st.lists(TEXT | TEXT | st.sampled_from(INSIDE), max_size=3).map("".join)
).map(lambda pair: f"<w:r>{pair[0]}{pair[1]}</w:r>")
INLINE = st.recursive(
    RUN | RUN | RUN | st.sampled_from(NOISE),
    lambda inner: st.tuples(st.sampled_from(AROUND), st.lists(inner, max_size=3)).map(
        lambda pair: pair[0][0] + "".join(pair[1]) + pair[0][1]
    ),
    max_leaves=12,
)
DELETED = "<w:pPr><w:rPr><w:del w:id='6'/></w:rPr></w:pPr>"
PROPERTIES = st.sampled_from(("<w:pPr/>", "<w:pPr/>", "", DELETED))
PARAGRAPH = st.tuples(PROPERTIES, st.lists(INLINE, max_size=7)).map(
    lambda pair: f"<w:p>{pair[0]}{''.join(pair[1])}</w:p>"
)
BODY = st.lists(PARAGRAPH, min_size=1, max_size=3).map("".join)
CASES = Path(__file__).parents[1] / "cases" / "docx" / "paragraphs.txt"
HOSTILE = (
    *(
        "</w:t></w:r></w:p>",
        "<w:p>",
        "]]>",
        "<!--",
        "<![CDATA[",
        "&amp; &lt; &#60;",
        '"',
        "'",
        "<",
        "&",
        "--> ",
    ),
    *("1. ", "- ", "\0\x0c\x1b", "\ufffe\ud800", "two\nlines\tand", "\u202ertl", "<\\1>", "{{x}} | * _ # `"),
    *("", " ", "  deux  ", "Un. Deux!", "東京", "a@b.org"),
)


def taken_apart(data: bytes) -> Document:
    return formats.extract(data, path="law.docx", locale="en")


def file(body: str) -> bytes:
    """A Word file whose header and title say something too."""
    return docx(
        body,
        {
            "word/header1.xml": part("hdr", "<w:p><w:r><w:t>Head &amp; line.</w:t></w:r></w:p>"),
            "docProps/core.xml": core(dc_title="The 'title'", dc_creator="Jo"),
        },
    )


def read(data: bytes) -> list[ET.Element]:
    return [ET.fromstring(unzipped(data)[name]) for name in XML]  # noqa: S314 — our own file


def own(element: ET.Element) -> Iterator[ET.Element]:
    """An element's inside in order, without the paragraphs of boxes in it."""
    for child in element:
        if child.tag != W + "p":
            yield child
            yield from own(child)


def seen(data: bytes) -> list[list[tuple[str, str]]]:
    """What a reader sees of each paragraph: characters with their look, white space left out.

    A paragraph whose mark is deleted goes on in the next.
    """
    out: list[list[tuple[str, str]]] = []
    for root in read(data):
        for holder in root.iter():
            goes_on = False
            for paragraph in holder.iterfind(W + "p"):
                if not goes_on:
                    out.append([])
                out[-1].extend(letters(paragraph))
                goes_on = paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None
    return out


def letters(paragraph: ET.Element) -> Iterator[tuple[str, str]]:
    for run in (each for each in own(paragraph) if each.tag == W + "r"):
        properties = run.find(W + "rPr")
        names = [] if properties is None else [each.tag.removeprefix(W) for each in properties]
        look = " ".join(sorted({"b", "i", "u", "rStyle", "vanish"}.intersection(names)))
        for each in run:
            words = (each.text or "") if each.tag == W + "t" else ""
            words = "\u2011" if each.tag == W + "noBreakHyphen" else words
            yield from ((letter, look) for letter in words if not letter.isspace())


def words_seen(data: bytes) -> str:
    return "\n".join(
        "".join(letter for letter, look in paragraph if "vanish" not in look) for paragraph in seen(data)
    )


def said(target: str, segment: Segment) -> re.Pattern[str]:
    """A target as its words stand in ``words_seen``, where the instructions of fields hold text as well.

    What a field holds in a text box stands in a paragraph of its own there, and what it hides nowhere.
    """
    codes = {code.number: code for code in segment.codes}
    out = []
    for token in inline.tokens(target):
        code = codes.get(token.number)
        apart = code is not None and any(mark in code.opening for mark in ("<w:p>", "vanish"))
        if code and token.role is not Role.CLOSE and (apart or "fldChar" in code.opening):
            out.append(".*?")
        words = token.text if code is None else "" if code.paired or apart else code.value
        out.append(re.escape("".join(FORBIDDEN.sub("", words).split())))
    return re.compile("".join(out))


def skeleton(data: bytes) -> Counter[tuple[str, ...]]:
    """Every element but runs, their texts, looks, noise, guesses and tracked changes, and where it stands."""
    passed = {W + name for name in ("r", "t", "noBreakHyphen", "lastRenderedPageBreak", "proofErr")}
    passed |= {W + "ins", W + "moveTo", W + "smartTag"}
    out: Counter[tuple[str, ...]] = Counter()

    def walk(element: ET.Element, place: str) -> None:
        for child in element:
            if child.tag in {W + "rPr", W + "del", W + "smartTagPr"}:
                continue
            if child.tag in passed:
                walk(child, place)
                continue
            if child.tag == W + "p":
                out.update({("children", child.tag): 1})
            said = {
                name: value
                for name, value in child.attrib.items()
                if name not in {"descr", "title", W + "tooltip"}
            }
            out.update({(child.tag, *map(str, sorted(said.items()))): 1})
            walk(child, child.tag)

    for root in read(data):
        walk(root, root.tag)
    return out


def with_properties(data: bytes) -> list[ET.Element]:
    """The paragraphs that have properties of their own, which must come first."""
    paragraphs = [one for root in read(data) for one in root.iter(W + "p")]
    return [one for one in paragraphs if one.find(W + "pPr") is not None]


@st.composite
def target_for(draw: st.DrawFn, segment: Segment) -> str:
    """Hostile words around the codes of a segment, in any order and nesting."""
    words = st.sampled_from(HOSTILE).map(inline.escape_literal)
    out = [draw(words)]
    for code in draw(st.permutations(segment.codes)):
        at = draw(st.integers(0, len(out)))
        if code.paired:
            out[at:at] = [f"<{code.number}>", draw(words), f"</{code.number}>"]
        else:
            out[at:at] = [f"<{code.number}/>", draw(words)]
    return "".join(out) if "".join(out).strip() else "x"


@settings(max_examples=80)
@given(BODY)
def test_with_no_targets_the_file_is_the_file(body: str) -> None:
    data = file(body)
    document = taken_apart(data)
    assert document.text == word.load(data, path="law.docx").text
    assert formats.merge(document, {}) == data


@pytest.mark.parametrize("inner", CASES.read_text("utf-8").splitlines()[1:])
def test_a_paragraph_that_once_went_wrong(inner: str) -> None:
    says_and_looks_the_same(f"<w:p>{inner}</w:p>")


@settings(max_examples=100)
@given(BODY)
def test_written_again_from_its_own_source_every_paragraph_says_and_looks_the_same(body: str) -> None:
    says_and_looks_the_same(body)


def says_and_looks_the_same(body: str) -> None:
    data = file(body)
    document = taken_apart(data)
    merged = formats.merge(document, {segment.key: segment.source for _, segment in document.segments()})
    assert seen(merged) == seen(data)
    assert skeleton(merged) == skeleton(data)


@settings(max_examples=60)
@given(st.data(), BODY)
def test_a_hostile_target_changes_words_and_nothing_else(data: st.DataObject, body: str) -> None:
    before = file(body)
    document = taken_apart(before)
    targets = {segment.key: data.draw(target_for(segment)) for _, segment in document.segments()}
    after = formats.merge(document, targets)
    assert skeleton(after) == skeleton(before)
    assert all(paragraph[0].tag == W + "pPr" for paragraph in with_properties(after))
    text = words_seen(after)
    for unit, segment in document.segments():
        if unit.kind not in {"attribute", "metadata"} and segment.place.startswith("<"):
            assert said(targets[segment.key], segment).search(text), segment.source
    untouched = set(unzipped(before)) - set(XML)
    assert all(unzipped(before)[name] == unzipped(after)[name] for name in untouched)
    assert formats.merge(taken_apart(after), {}) == after


def test_a_code_that_moves_keeps_its_look() -> None:
    runs = "".join(
        f"<w:r>{look}<w:t xml:space='preserve'>{words}</w:t></w:r>"
        for look, words in (
            ("", "plain one "),
            (LOOKS[3], "bold"),
            ("", " two "),
            (LOOKS[4], "slant"),
            ("", "."),
        )
    )
    document = taken_apart(docx(f"<w:p>{runs}</w:p>", {"word/header1.xml": part("hdr", "")}))
    (segment,) = document.units[0].segments
    merged = formats.merge(document, {segment.key: "<2>S</2>p<1>B</1>q"})
    (root,) = [ET.fromstring(unzipped(merged)["word/document.xml"])]  # noqa: S314 — our own file
    looks = [
        (
            "".join(text.text or "" for text in run.iter(W + "t")),
            [each.tag[-1] for each in run.iter() if each.tag in {W + "b", W + "i"}],
        )
        for run in root.iter(W + "r")
    ]
    assert [each for each in looks if each[0]] == [("S", ["i"]), ("p", []), ("B", ["b"]), ("q", [])]


@settings(max_examples=100)
@given(st.binary(max_size=40), st.integers(0, 3000), st.booleans())
def test_a_damaged_file_is_refused_or_read_never_a_traceback(noise: bytes, at: int, cut: bool) -> None:  # noqa: FBT001 — drawn
    good = file("<w:p><w:r><w:t>One.</w:t></w:r></w:p>")
    at %= len(good)
    data = good[:at] + noise + (b"" if cut else good[at + len(noise) :])
    refused: InputError | None = None
    try:
        document = taken_apart(data)
        merged = formats.merge(document, {segment.key: "Un." for _, segment in document.segments()})
        ZipFile(BytesIO(merged)).read("word/document.xml")
    except InputError as error:
        refused = error
    assert refused is None or (refused.path == "law.docx" and refused.remedy)


def _paragraphs(number: int) -> str:
    run = (
        "<w:r w:rsidR='00{0:06}'><w:rPr>{1}</w:rPr><w:t xml:space='preserve'>Sentence {0} of it. </w:t></w:r>"
    )
    return "".join(
        f"<w:p>{run.format(each, '')}{run.format(each + 1, '<w:b/>')}</w:p>" for each in range(number)
    )


SHAPES = {
    "paragraphs": _paragraphs,
    "runs in one paragraph": lambda number: (
        f"<w:p>{_paragraphs(number).replace('<w:p>', '').replace('</w:p>', '')}</w:p>"
    ),
    "lone codes": lambda number: (
        "<w:p><w:r><w:t>One</w:t>" + "<w:br/><w:t>more</w:t>" * number + "</w:r></w:p>"
    ),
    "nested links": lambda number: (
        "<w:p>" + "<w:ins>" * number + "<w:r><w:t>x y</w:t></w:r>" + "</w:ins>" * number + "</w:p>"
    ),
    "fields in fields": lambda number: (
        "<w:p>"
        + "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>HYPERLINK</w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>x</w:t></w:r>"
        * number
        + "<w:r><w:fldChar w:fldCharType='end'/></w:r>" * number
        + "</w:p>"
    ),
    "boxes in boxes": lambda number: (
        "<w:p><w:r><w:txbxContent>" * number + "</w:txbxContent></w:r></w:p>" * number
    ),
    "bookmarks": lambda number: (
        "<w:p>"
        + "<w:r><w:t>a b</w:t></w:r><w:bookmarkStart w:id='1' w:name='_Hlk'/><w:bookmarkEnd w:id='1'/>"
        * number
        + "</w:p>"
    ),
    "spaces without width": lambda number: (
        f"<w:p><w:r><w:t>One{chr(0x200B) * 20 * number}a</w:t></w:r></w:p>"
    ),
    "one long text": lambda number: (
        f"<w:p><w:r><w:t>{'One sentence &amp; more. ' * number}</w:t></w:r></w:p>"
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_the_file(shape: str) -> None:
    def taken(number: int) -> float:
        data = docx(SHAPES[shape](number))

        def work() -> None:
            document = taken_apart(data)
            formats.merge(document, {segment.key: segment.source for _, segment in document.segments()})

        return seconds(work)

    taken(10)
    assert taken(1200) < 12 * taken(300) + 0.1
