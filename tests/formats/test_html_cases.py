"""HTML in and out, case by case: the tables in tests/cases/html, encodings, the inside of a page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from l10n import formats, inline
from l10n.errors import CodeError, InputError
from l10n.formats import html
from l10n.model import Document, Unit

CASES = Path(__file__).parents[1] / "cases" / "html"


def units_cases() -> list[tuple[str, str, str, str]]:
    cases = []
    for block in re.split(r"^## ", (CASES / "units.txt").read_text("utf-8"), flags=re.MULTILINE)[1:]:
        head, _, rest = block.partition("\n")
        title, _, locale = head.rstrip("]").partition(" [")
        source, _, expected = rest.partition("\n=>\n")
        cases.append((title, locale or "en", source, expected.strip()))
    return cases


def shown(unit: Unit) -> str:
    kind = f"{unit.kind}:{unit.name}" if unit.name else str(unit.kind)
    return f"{kind}  {' | '.join(segment.source for segment in unit.segments)}"


@pytest.mark.parametrize(
    ("locale", "source", "expected"),
    [pytest.param(*case[1:], id=case[0]) for case in units_cases()],
)
def test_units(locale: str, source: str, expected: str) -> None:
    document = formats.extract(source.encode(), path="case.html", locale=locale)
    assert formats.merge(document, {}).decode() == html.as_html(document, document.text) == source
    assert "\n".join(map(shown, document.units)) == expected


EXPRESSIONS = (
    '<p title="{{ t("a") }} b" {% if a > "b" %}id=x{% endif %}>Read {{ x("<b>") }} <?= f("y") ?> now.</p>'
    '<script type="application/ld+json">{"headline": "Of {{ c }}", "url": "{{ u("a") }}"}</script>'
)


@pytest.mark.parametrize(
    "hostile", ['"><i>', "\x01\x02\x03\x04\x05\x06\x07\x08", "{{ 1 }}", "' %}", "<?= 2 ?>"]
)
def test_expressions_stay_whatever_a_target_says(hostile: str) -> None:
    document = taken_apart(EXPRESSIONS)
    assert formats.merge(document, {}).decode() == EXPRESSIONS
    targets = {
        segment.key: f"{inline.escape_literal(hostile)}{segment.source}" for _, segment in document.segments()
    }
    assert {key[1] for key in targets} == {"<1/> b", "Read <1/> <2/> now.", "Of <1/>"}
    written = formats.merge(document, targets).decode()
    for mark in (
        '{{ t("a") }}',
        '{% if a > "b" %}',
        '{{ x("<b>") }}',
        '<?= f("y") ?>',
        "{{ c }}",
        '{{ u("a") }}',
    ):
        assert written.count(mark) == 1
    assert written.count("{{") == EXPRESSIONS.count("{{")
    assert written.count("<") == EXPRESSIONS.count("<")
    assert not set(written) & set(map(chr, range(9)))
    moved = html.relinked(document, written.encode(), locale="fr", direction="ltr", link=str)
    assert moved.decode() == written
    assert formats.body(document, targets, ("", "")) == written


@pytest.mark.parametrize("typed", ["@if (a) {", "} @else {", "@let a = 1;", "@defer", "}", "\x06\x07"])
def test_no_target_begins_or_ends_a_block(typed: str) -> None:
    source = "@if (a < 'b') { <p title='A b'>One.</p> } @else { Two. }"
    document = taken_apart(source)
    targets = {segment.key: inline.escape_literal(typed) for _, segment in document.segments()}
    assert {key[1] for key in targets} == {"A b", "One.", "Two."}
    written = formats.merge(document, targets).decode()
    assert re.findall("@|[{}]", written) == re.findall("@|[{}]", source)
    assert not set(written) & set(map(chr, range(9)))


def test_a_page_that_holds_the_marks_itself_stays() -> None:
    source = '<p title="{{ t("a") }} b">One\x01 two.</p>'
    document = taken_apart(source)
    assert formats.merge(document, {("", "One two."): "Deux."}).decode() == source.replace(
        "One\x01 two", "Deux"
    )


def charset_cases() -> list[tuple[str, str]]:
    lines = (CASES / "charset.txt").read_text("utf-8").splitlines()
    return [
        (line.rpartition(" => ")[0], line.rpartition(" => ")[2]) for line in lines if not line.startswith("#")
    ]


@pytest.mark.parametrize(("start", "codec"), charset_cases())
def test_charset(start: str, codec: str) -> None:
    assert html.charset(start.encode("ascii")) == (None if codec == "none" else codec)


def test_a_charset_further_down_the_head_counts() -> None:
    head = b"<head>" + b"<link rel=stylesheet href=a>" * 60
    assert html.charset(head + b"<meta charset=iso-8859-2></head><body>") == "iso8859_2"
    assert html.charset(head + b"<body><meta charset=iso-8859-2>") is None


def test_latin_1_is_read_as_browsers_read_it_and_loses_nothing() -> None:
    quoted = b"<meta charset=iso-8859-1><p>\x93Bonjour\x94, dit-il.</p>"
    document = formats.extract(quoted, path="a.html", locale="fr")
    assert document.units[0].segments[0].source == "“Bonjour”, dit-il."
    assert document.raw == quoted
    undefined = b"<meta charset=iso-8859-1><p>caf\xe9 \x81</p>"
    assert formats.extract(undefined, path="a.html", locale="fr").raw == undefined


def test_bytes_that_are_not_what_the_file_says_are_refused() -> None:
    with pytest.raises(InputError, match="is not utf-8"):
        formats.extract(b"<meta charset=utf-8><p>caf\xe9", path="a.html", locale="fr")


def test_a_byte_order_mark_is_no_word() -> None:
    document = taken_apart("\ufeffHello")
    assert document.units[0].segments[0].source == "Hello"
    assert document.text == "\ufeffHello"


def test_units_know_their_line() -> None:
    document = taken_apart('<title>\nNews</title>\n<p\ntitle="Top">\n\nText <b>here</b>.\n<p>More')
    assert [(unit.line, unit.segments[0].source) for unit in document.units] == [
        (2, "News"),
        (4, "Top"),
        (6, "Text <1>here</1>."),
        (7, "More"),
    ]


def test_codes_say_what_they_are() -> None:
    document = taken_apart(
        "<p>A <a href=x>link</a>, <b>bold</b>,<br>an <img src=y alt='old map'>, a <code>ls</code>."
    )
    (segment,) = document.units[0].segments
    assert [(code.label, code.value, code.paired) for code in segment.codes] == [
        ("link", "", True),
        ("bold", "", True),
        ("line break", "", False),
        ("image", "old map", False),
        ("code", "ls", False),
    ]


def test_a_target_lands_in_its_place() -> None:
    source = "<h1>Hello</h1><p>Read <a href='/x'>the news</a> &amp; more.</p><img alt=Hello>"
    document = taken_apart(source)
    filled = formats.merge(
        document,
        {
            ("", "Hello"): 'Bonjour à "tous"',
            ("", "Read <1>the news</1> & more."): "<1>Actualités</1> & plus < tard",
        },
    )
    assert filled.decode() == (
        "<h1>Bonjour à \"tous\"</h1><p><a href='/x'>Actualités</a> &amp; plus &lt; tard</p>"
        "<img alt=Bonjour&#32;à&#32;&quot;tous&quot;>"
    )


def test_words_in_a_code_are_filled_where_they_stand() -> None:
    source = "<p>The <a title='To the &quot;sea&quot;' href=x>old <img alt=port></a> is open.</p>"
    document = taken_apart(source)
    assert [(unit.line, unit.name) for unit in document.units] == [(1, ""), (1, "title"), (1, "alt")]
    said = {("", 'To the "sea"'): "À la 'mer'", ("", "port"): "le port"}
    assert formats.merge(document, said).decode() == source.replace(
        "To the &quot;sea&quot;", "À la &#39;mer&#39;"
    ).replace("alt=port", "alt=le&#32;port")
    said["", "The <1>old <2/></1> is open."] = "<1><2/> vieux</1> est ouvert."
    assert formats.merge(document, said).decode() == (
        "<p><a title='À la &#39;mer&#39;' href=x><img alt=le&#32;port> vieux</a> est ouvert.</p>"
    )


def test_a_target_in_json_stays_json() -> None:
    document = taken_apart('<script type="application/ld+json">{"headline": "One", "x": "\\/"}</script>')
    filled = formats.merge(document, {("", "One"): 'a "b" \\ </script><!-- {{x}} \u2028\n'}).decode()
    assert filled == (
        '<script type="application/ld+json">{"headline": "a \\"b\\" \\\\ \\u003c/script\\u003e\\u003c!--'
        ' \\u007b\\u007bx\\u007d\\u007d \\u2028\\n", "x": "\\/"}</script>'
    )


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("<1>Port Ellery</1> said <2>no <3>or</3> yes</2>.", None),
        (
            "<1>Hafen Ellery</1> sagt <2>nein <3>oder</3> ja</2>.",
            "<b>Hafen Ellery</b><b></b> sagt <i>nein </i><i><u>oder</u> ja</i>.",
        ),
        (
            "<2>Ou <3>non</3></2>, dit <1>Port</1>.",
            "<i>Ou </i><i><u>non</u></i>, dit <b>Port</b><b></b>.",
        ),
        ("<3>x</3> <1>y</1><2>no z</2>", "<u>x</u> <b>y</b><b></b><i>no </i><i>z</i>"),
    ],
)
def test_a_target_keeps_the_tags_between_equal_neighbours(target: str, expected: str | None) -> None:
    source = "<p><b>Port</b><b> Ellery</b> said <i>no </i><i><u>or</u> yes</i>.</p>"
    filled = formats.merge(
        taken_apart(source), {("", "<1>Port Ellery</1> said <2>no <3>or</3> yes</2>."): target}
    )
    assert filled.decode() == (f"<p>{expected}</p>" if expected else source)


def test_a_target_keeps_the_tags_between_neighbours_that_are_its_whole_block() -> None:
    source = "<h1><span>One </span><span>line. </span><span>Two.</span></h1>"
    filled = formats.merge(taken_apart(source), {("", "One line."): "Une ligne.", ("", "Two."): "Deux."})
    assert filled.decode() == "<h1><span>Une ligne.</span><span> </span><span>Deux.</span></h1>"


def test_a_target_with_other_codes_is_refused() -> None:
    unit = taken_apart("<p>Read <b>me</b> now.").units[0]
    with pytest.raises(CodeError):
        html.encode(unit, unit.segments[0], "Lis-moi", 0)


def test_a_target_without_its_thousand_codes_is_told_the_first_of_them() -> None:
    unit = taken_apart(f"<p>Read {'<b>me</b> and ' * 1000}more.").units[0]
    with pytest.raises(CodeError) as raised:
        html.encode(unit, unit.segments[0], "Lis-moi", 0)
    assert raised.value.message.startswith("<1>…</1> is missing; <2>…</2> is missing")
    assert raised.value.message.endswith("; and 992 more")


@pytest.mark.parametrize(
    ("source", "inside"),
    [
        ("<body><main><p>Text</p></main><p>x", "<p>Texte</p>"),
        ("<article><p>Text</p></article><main id=m><p>Text</p></main>", "<p>Texte</p>"),
        ("<article>a<article><p>Text</p></article>b</article><p>c", "a<article><p>Texte</p></article>b"),
        ("<html><head><title>x</title></head><body class=y>\n<p>Text</body></html>", "\n<p>Texte"),
        ("<p>Text</p>", "<p>Texte</p>"),
        ("\ufeff<p>Text</p>", "<p>Texte</p>"),
        ("<title>Text</title></head><p>Text", "<p>Texte"),
        ("<!doctype html>\n<title>x</title><meta charset=utf-8>\n<p>Text", "<p>Texte"),
        ("<!-- x --><style>a</style><p>Text", "<!-- x --><style>a</style><p>Texte"),
    ],
)
def test_body_is_the_inside_of_the_page(source: str, inside: str) -> None:
    assert (
        html.body(taken_apart(source), {("", "Text"): "Texte"}, ("[", "]")).replace("[", "").replace("]", "")
        == inside
    )


def test_body_marks_what_is_not_whole() -> None:
    document = taken_apart("<main><p><b>One.</b> Two.</p><p>One.</p><p title='Three'>Four</p></main>")
    mark = ("<span lang=en>", "</span>")
    assert html.body(document, {("", "One."): "Un."}, mark) == (
        "<p><span lang=en><b>One.</b> Two.</span></p><p>Un.</p><p title='Three'><span lang=en>Four</span></p>"
    )


def taken_apart(text: str) -> Document:
    return formats.extract(text.encode(), path="case.html", locale="en")


def test_of_a_formula_its_signs_are_shown_and_not_how_another_program_would_write_it() -> None:
    page = (
        '<p>With <math><semantics><mi>x</mi><annotation encoding="application/x-tex">\\frac x1</annotation>'
        "<mn>2</mn></semantics></math> it holds.</p>"
    )
    document = formats.extract(page.encode(), path="a.html", locale="en")
    ((_, segment),) = document.segments()
    assert [(code.label, code.value) for code in segment.codes] == [("formula", "x2")]
    assert formats.merge(document, {segment.key: "Avec <1/>."}).decode() == page.replace(
        "With ", "Avec "
    ).replace(" it holds", "")
