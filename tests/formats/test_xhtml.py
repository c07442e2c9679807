"""XHTML in and out: read by the rules of XML, written well-formed, refused with the place."""

from __future__ import annotations

import codecs
import json
from pathlib import Path
from xml.sax import ContentHandler, handler, make_parser, xmlreader

import pytest
from selectolax.lexbor import LexborHTMLParser

from l10n import formats, inline
from l10n.errors import InputError
from l10n.formats import html
from l10n.formats.html import xhtml
from l10n.inline import Role
from l10n.model import Document, Segment
from workflow.cli import main

SAMPLE = (Path(__file__).parents[1] / "cases" / "formats" / "sample.xhtml").read_bytes()
PAGE = '<html xmlns="http://www.w3.org/1999/xhtml"><body>{}</body></html>'
HOSTILE = (
    '"><script>alert(1)</script>',
    "]]> <![CDATA[ x ]]>",
    "a & b &amp; &nbsp; &quai; &#1;",
    "--> <?x ?> <!DOCTYPE x>",
    "\x01\x0b\x0c\x0e\x0f\x1c \ufffe\uffff",
    "' onload='x' {{7*7}} <% x %>",
    "</p></body></html>",
)


def taken_apart(data: bytes, name: str = "page.xhtml") -> Document:
    return formats.extract(data, path=name, locale="en")


def sources(data: bytes) -> list[str]:
    document = taken_apart(data)
    assert document.raw == data
    assert formats.merge(document, {}) == data
    return [segment.source for _, segment in document.segments()]


def page(inside: str) -> bytes:
    return PAGE.format(inside).encode()


def with_codes(words: str, segment: Segment) -> str:
    codes = [token.text for token in inline.tokens(segment.source) if token.role is not Role.TEXT]
    return "".join(codes) + inline.escape_literal(words)


class _Elements(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[object] = []

    def startElement(self, name: str, attrs: xmlreader.AttributesImpl) -> None:  # noqa: N802 — the parser's
        self.found.append((name, sorted(attrs.getNames())))

    def endElement(self, name: str) -> None:  # noqa: N802 — the parser's
        self.found.append(name)


def elements(data: bytes, folder: Path) -> list[object]:
    """The tags of a page in order, with the names of their attributes, as an XML parser reads them."""
    (folder / "read.xhtml").write_bytes(data)
    reader, seen = make_parser(), _Elements()  # noqa: S317 — our own file
    reader.setFeature(handler.feature_external_ges, False)  # noqa: FBT003 — the parser's
    reader.setContentHandler(seen)
    reader.parse(str(folder / "read.xhtml"))
    return seen.found


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ("<p>One.</p><p/><div/><p>Two.</p>", ["One.", "Two."]),
        ("<div><a id='x'/>One</div><p>Two</p>", ["One", "Two"]),
        ("<p>One <b/>two <i />three.</p>", ["One <1/>two <2/>three."]),
        ("<p>One<br></br>two</p>", ["One<1/>two"]),
        ("<p>See <img src='a' alt='it'></img> here.</p>", ["See <1/> here.", "it"]),
        ("<script src='x'/><p>One.</p>", ["One."]),
        ("<textarea>a <b>b</b></textarea><p>One.</p>", ["One."]),
        ("<plaintext>One</plaintext><p>Two</p>", ["One", "Two"]),
        ("<title>One <b>two</b></title><p>Three</p>", ["One <1>two</1>", "Three"]),
        ("<textarea/><iframe src='x'/><p>One.</p>", ["One."]),
        ("<p>1 <![CDATA[< 2 & 3]]> words.</p>", ["1 < 2 & 3 words."]),
        ("<p><![CDATA[One. Two.]]></p>", ["One.", "Two."]),
        ("<script>//<![CDATA[\nx('</script>')//]]></script><p>One.</p>", ["One."]),
        ("<script>/* <!-- </script> --> */</script><p>One.</p>", ["One."]),
        ("<!--> one --><p>Two.</p><!---> three -->", ["Two."]),
        ("<?php echo 'a > b' ?><p>One <?x a > b ?>two.</p>", ["One <1/>two."]),
        ("<p title='a &gt; b > c'>One.</p>", ["a > b > c", "One."]),
        ("<ul><li/><li>One</li></ul><table><tr><td/><td>Two</td></tr></table>", ["One", "Two"]),
        ("<p>A&#160;b &amp; c &lt; d.</p>", ["A\u00a0b & c < d."]),
        ('<script type="application/ld+json">{"headline": "A &amp; b &#60; c"}</script>', ["A & b < c"]),
        (
            '<script type="application/ld+json"> <![CDATA[{"headline": "A & b &lt; < c"}]]> </script>',
            ["A & b &lt; < c"],
        ),
        ('<script type="application/ld+json">{"headline": "A &quot;b&quot;"}</script><p>One.</p>', ["One."]),
        ('<script type="application/ld+json">{&quot;}&quot;: "A b"}</script><p>One.</p>', ["One."]),
        ('<svg><path d="M0"/><text>One</text></svg>', ["One"]),
    ],
)
def test_units(inside: str, found: list[str]) -> None:
    assert sources(page(inside)) == found


def test_a_page_with_all_of_it() -> None:
    assert sources(SAMPLE) == [
        "Le quai ouvre",
        "Un quai pour tous.",
        "Le quai ouvre",
        "Le quai ouvre",
        "La ville rouvre le <1/>\u00a0aux piétons.",
        "Les navires y <1>reviennent</1> aussi.",
        "Voir le <1/> au <2>bureau</2>.",
        "Et deux < trois & plus.",
        'plan du "quai"',
        "Ouvert <1/>à midi",
        "Nord",
    ]


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_a_target_says_the_page_stays_well_formed_with_the_same_elements(
    words: str, tmp_path: Path
) -> None:
    document = taken_apart(SAMPLE)
    before = elements(SAMPLE, tmp_path)
    for chosen in [*document.segments(), None]:
        targets = {
            segment.key: with_codes(words, segment)
            for _, segment in ([chosen] if chosen else document.segments())
        }
        merged = formats.merge(document, targets)
        assert sorted(map(str, elements(merged, tmp_path))) == sorted(map(str, before))


def test_a_target_lands_as_xml_writes_it() -> None:
    data = page(
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "One"}</script>'
        "<p>One</p><p>Two <![CDATA[& <three>]]></p>"
    )
    merged = formats.merge(taken_apart(data), {("", "One"): "a & b", ("", "Two & <three>"): 'c & <d> "e"'})
    assert merged == page(
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "a \\u0026 b"}</script>'
        '<p>a &amp; b</p><p>c &amp; &lt;d&gt; "e"</p>'
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('{"headline": "A &amp; b"}', '{"headline": "c \\u0026 \\u003cd\\u003e ]]\\u003e"}'),
        (
            '<![CDATA[{"headline": "A & b"}]]>',
            '<![CDATA[{"headline": "c \\u0026 \\u003cd\\u003e ]]\\u003e"}]]>',
        ),
    ],
)
def test_structured_data_with_an_ampersand_is_translated(before: str, after: str) -> None:
    around = '<script type="application/ld+json">{}</script><script>a &amp;&amp; b</script>'
    data, wanted = (page(around.replace("{}", inside)) for inside in (before, after))
    assert formats.merge(taken_apart(data), {("", "A & b"): "c & <d> ]]>"}) == wanted


def test_a_form_feed_in_a_target_is_a_space_and_its_number_elsewhere_stays() -> None:
    data = page(
        "<!-- &#12; --><?x &#12;?><p title='a'>One <![CDATA[&#12;]]></p><script><![CDATA[&#12;]]></script>"
    )
    merged = formats.merge(taken_apart(data), {("", "One &#12;"): "b\f&#12;", ("", "a"): "\f"})
    assert merged == data.replace(b"'a'", b"'&#32;'").replace(
        b"One <![CDATA[&#12;]]></p>", b"b&#32;&amp;#12;</p>"
    )


def test_a_script_says_the_same_as_html() -> None:
    document = taken_apart(page("<script>a &lt; b &amp;&amp; '&lt;/script>'</script><p>One.</p>"))
    assert html.as_html(document, document.text).endswith(
        "<script>a < b && '<\\/script>'</script><p>One.</p></body></html>"
    )


def test_a_name_that_the_page_defines_itself_stays_one() -> None:
    data = (
        b'<!DOCTYPE html [<!ENTITY firm "Harbour">]><html><p>At &firm;, since 1.</p><p>See &amp;firm;</p>'
        b"</html>"
    )
    assert sources(data) == ["At <1/>, since 1.", "See &firm;"]
    targets = {("", "At <1/>, since 1."): "Chez <1/> & co.", ("", "See &firm;"): "Voir &firm;"}
    assert formats.merge(taken_apart(data), targets) == data.replace(
        b"At &firm;, since 1.", b"Chez &firm; &amp; co."
    ).replace(b"See", b"Voir")


def test_a_name_of_its_own_is_locked_wherever_it_stands_and_whatever_it_is_called() -> None:
    data = (
        '<!DOCTYPE html SYSTEM "x" [<!ENTITY copyholder "Harbour"><!ENTITY the-é "Ferry">]>'
        "<html><title>Of &copyholder;</title>"
        '<p title="By &the-é;">Now &the-é;: &copy; &copyholder;</p></html>'
    ).encode()
    assert sources(data) == ["Of <1/>", "By <1/>", "Now <1/>: © <2/>"]
    document = taken_apart(data)
    merged = formats.merge(document, {("", "Now <1/>: © <2/>"): "<2/> et <1/>", ("", "Of <1/>"): "De <1/>"})
    assert merged == data.replace(b"Of", b"De").replace(
        "Now &the-é;: &copy; &copyholder;".encode(), "&copyholder; et &the-é;".encode()
    )
    written = html.as_html(document, document.text)
    assert '<p title="By Ferry">Now Ferry: &copy; Harbour</p>' in written


@pytest.mark.parametrize(
    ("start", "codec", "read"),
    [
        ("", "utf-8", "utf-8"),
        ('<?xml version="1.0" encoding="windows-1251"?>', "cp1251", "cp1251"),
        ("<?xml version='1.0' encoding='koi8-r'?>", "koi8-r", "koi8-r"),
        ('<?xml version="1.0" encoding="Shift_JIS"?>', "cp932", "cp932"),
        ('<?xml version="1.0" encoding="UTF-16"?>', "utf-16", "utf-16-le"),
        ("\ufeff", "utf-8", "utf-8"),
    ],
)
def test_the_declaration_names_the_encoding(start: str, codec: str, read: str) -> None:
    words = "学校" if codec == "cp932" else "Школа"
    data = (start + PAGE.format(f"<p>{words}</p>")).encode(codec)
    assert sources(data) == [words]
    document = taken_apart(data)
    assert document.encoding == read
    merged = formats.merge(document, {("", words): "é & 🏫 \ufffe"})
    assert sources(merged) == ["é & 🏫 \ufffd"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (page("<p>One<br></p>"), "page.xhtml:1:62: the page is not well-formed XML: mismatched tag"),
        (page("\n <p>a & b</p>"), "page.xhtml:2:8: the page is not well-formed XML"),
        (page("\n<p>é &nbsp; b</p>"), "page.xhtml:2:7: the page is not well-formed XML: undefined entity"),
        (page("<p a=b>x</p>"), "page.xhtml:1:55: the page is not well-formed XML"),
        (page("<p>x</p>") + b"<p/>", "page.xhtml:1:72: the page is not well-formed XML: junk after"),
        (page("<p>x")[:60], "page.xhtml:1:5"),
        (b"<!-- x -->\n", "page.xhtml:2:1: the page is not well-formed XML: no element found"),
        (page("<p>caf\u00e9</p>").decode().encode("latin-1"), "page.xhtml:1:56: byte 0xe9 is not utf-8"),
        (
            b"<!DOCTYPE l [<!ENTITY a '%s'>" % (b"a" * 60)
            + b"".join(b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 60) for n in range(6))
            + b"]><l>&g;</l>",
            "page.xhtml:1:",
        ),
        (page("<p>\0</p>"), "page.xhtml:1:53: there is a NUL byte"),
    ],
)
def test_what_is_no_xml_is_refused_with_its_place(
    data: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(InputError) as raised:
        taken_apart(data)
    assert str(raised.value).startswith(said)
    assert raised.value.remedy
    (tmp_path / "page.xhtml").write_bytes(data)
    out = tmp_path / "out.po"
    out.write_text("as it was")
    assert main(["extract", str(tmp_path / "page.xhtml"), "--locale", "en", "-o", str(out)]) == 2
    assert "page.xhtml" in capsys.readouterr().err
    assert out.read_text() == "as it was"


def test_what_a_name_of_its_own_leads_to_is_never_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    data = f'<!DOCTYPE p [<!ENTITY a SYSTEM "file://{tmp_path}/secret.txt">]><p>See &a; now.</p>'.encode()
    assert sources(data) == ["See <1/> now."]


def test_a_page_in_utf_16_is_one_whatever_its_declaration_says_in_which_letters() -> None:
    data = codecs.BOM_UTF16_BE + PAGE.format("<p>Один</p>").encode("utf-16-be")
    assert sources(data) == ["Один"]


def test_as_a_part_of_a_page_it_is_html() -> None:
    document = taken_apart(page("<p>One <b/>two<br></br></p><div/><p><![CDATA[<3]]></p>"))
    assert formats.body(document, {}, ("", "")) == ("<p>One <b></b>two<br></p><div></div><p>&lt;3</p>")


def test_a_browser_shows_the_same_of_it_as_html() -> None:
    document = taken_apart(SAMPLE)
    written = html.as_html(document, document.text)
    assert not set(written) & set("\x0b\x0c\x0e\x0f\x1c\x1d")
    seen = LexborHTMLParser(written)
    body = seen.body
    assert body is not None
    assert len(seen.css("head > *")) == 6
    assert " ".join(body.text().split()) == (
        "Le quai ouvre La ville rouvre le Quai <Nord> aux piétons. Les navires y reviennent aussi."
        " Voir le au bureau.Et deux < trois & plus. Ouvert à midi Nord"
    )
    assert [node.text() for node in seen.css("em, a[href], li")] == [
        "reviennent",
        "bureau",
        "",
        "Ouvert à midi",
    ]
    assert len(seen.css("br")) == 1
    scripts = [node.text().strip() for node in seen.css("style, script:not([src])")]
    assert scripts[0] == '/**/ p > a::before { content: "<\\/style>" } /**/'
    assert scripts[1] == '//\nif (a && b < 3) document.write("<script><\\/script>");\n//'


def test_its_language_and_links_are_set_behind_a_script_without_end_tag(tmp_path: Path) -> None:
    data = (
        '<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en"><head><script src="x"/></head>'
        '<body><p><a href="/en/x">One</a> <a id="a"/>two.</p></body></html>'
    )
    source, catalogue, out = (tmp_path / name for name in ("page.xhtml", "page.po", "page.ar.xhtml"))
    source.write_text(data)
    assert main(["extract", str(source), "--locale", "en", "--to", "ar", "-o", str(catalogue)]) == 0
    options = ["--localise-links", "/en/=/ar/", "-o", str(out)]
    assert main(["merge", str(source), str(catalogue), *options]) == 0
    assert out.read_text() == data.replace('"en"', '"ar"').replace("<html", '<html dir="rtl"', 1).replace(
        "/en/x", "/ar/x"
    )


@pytest.mark.parametrize(
    "data",
    [
        '{"url": "https://a.org/en/x?a=1&amp;b=2", "name": "A &amp; B"}',
        '<![CDATA[{"url": "https://a.org/en/x?a=1&b=2", "name": "A & B"}]]>',
    ],
)
def test_an_address_with_an_ampersand_is_localised_in_data(data: str) -> None:
    source = page(
        f'<link rel="canonical" href="https://a.org/en/x"/><script type="application/ld+json">{data}</script>'
    )
    document = taken_apart(source)
    written = html.relinked(
        document, source, locale="fr", direction="ltr", link=html.prefixes(["/en/=/fr/"])
    ).decode()
    inside = (
        written.split("ld+json")[1][2:].split("</script>")[0].removeprefix("<![CDATA[").removesuffix("]]>")
    )
    assert json.loads(inside)["url"] == "https://a.org/fr/x?a=1&b=2"
    assert data[data.index('"name"') :] in written
    taken_apart(written.encode())


@pytest.mark.parametrize(
    "text",
    [
        *("<p/>", "<p />", "<br/>", "<br></br>", "<BR></BR>", "<a b='/'/>", "<p>a</p >", "<x:y z='>'/>"),
        *("<![CDATA[]]>", "<![CDATA[&amp;]]>", "<![CDATA[]] >]]>", "<?a?>", "<?a > ?>", "<!-->-->"),
        *("<script>a<b&&c</script>", "<script><![CDATA[</script>]]></script>", "<style/>", "<!-- /br-->"),
        *(
            "<title>a<b>c</b></title>",
            "<title><title>a</title></title>",
            "<TITLE/>",
            "<iframe><p>a</p></iframe>",
        ),
        *(
            "<script><script>a</script>b</script>",
            "<xmp>a<xmp/>&amp;<xmp>b</xmp></xmp>",
            "<SCRIPT>&lt;</SCRIPT>",
        ),
    ],
)
def test_what_is_marked_comes_back(text: str) -> None:
    assert xhtml.closed(xhtml.opened(text)) == text
    assert not set(xhtml.as_html(xhtml.opened(text), "")) & set("\x0b\x0c\x0e\x0f\x1c\x1d")
