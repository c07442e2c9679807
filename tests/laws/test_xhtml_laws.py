"""What holds for every page of XHTML and for every target in it."""

from __future__ import annotations

from xml.parsers import expat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n import formats, inline
from l10n.formats.html import xhtml
from l10n.inline import Role
from l10n.model import Document
from tests.growth import seconds

CHARACTERS = st.characters(
    exclude_categories=["Cs", "Cc"], exclude_characters="<>&\"'\ufffe\uffff", include_characters="\n\t"
)
WORDS = st.text(CHARACTERS, max_size=8) | st.sampled_from(
    ["One. Two!", " ", "&amp;", "&lt;b&gt;", "&#160;", "{{ x }}", ">", "'", '"', "--", "]]", "/"]
)
PIECES = WORDS | st.sampled_from(
    [
        *("<![CDATA[a < b && c]]>", "<![CDATA[One. Two.]]>", "<![CDATA[]]>", "<![CDATA[</p>]] >]]>"),
        *("<!-- a > b -->", "<!-->-->", "<!---> x -->", "<?x a > b ?>", "<br/>", "<br></br>", "<hr />"),
        *("<p/>", "<div class='x'/>", "<a id='x'/>", "<span />", "<title/>", "<td/>", "<textarea/>"),
        *("<script src='x'/>", "<script>a &lt; b <!-- </script> --></script>", "<style/>", "<iframe/>"),
        *("<script><![CDATA[</script> & <b>]]></script>", "<img src='a' alt='Some &quot;words>'/>"),
        *("<svg><path/><text>Up</text></svg>", "<svg><style><![CDATA[a>b]]></style></svg>", "<math/>"),
        '<script type="application/ld+json">{"@type": "Article", "headline": "Said &amp; done"}</script>',
        '<script type="application/ld+json">{"@type": "Article", "headline": "Said"}</script>',
    ]
)
NAMES = st.sampled_from(
    [
        "p",
        "div",
        "b",
        "i",
        "li",
        "td",
        "h2",
        "span",
        "pre",
        "code",
        "x-y",
        "P",
        "title",
        "textarea",
        "plaintext",
        "xmp",
        "script",
        "SCRIPT",
        "iframe",
        "svg",
    ]
)
INSIDE = st.recursive(
    PIECES,
    lambda inner: st.builds(
        lambda name, parts: f"<{name}>{''.join(parts)}</{name}>", NAMES, st.lists(inner, max_size=5)
    ),
    max_leaves=25,
)
PAGES = (
    st.lists(INSIDE, max_size=6)
    .map(lambda parts: f"<html><body>{''.join(parts)}</body></html>")
    .filter(lambda page: is_well_formed(page.encode()))
)
HOSTILE = st.text(max_size=12) | st.sampled_from(
    ["]]>", "<b>", "&x;", "--> <?x", "\x0b\x0c\x0e\x0f\x1c", "\ufffe", "</script>", "1 < 2 & 3 > 2"]
)


def is_well_formed(data: bytes) -> bool:
    parser = expat.ParserCreate()
    try:
        parser.Parse(data, True)  # noqa: FBT003 — expat's own signature
    except expat.ExpatError:
        return False
    return True


@settings(max_examples=300)
@given(PAGES)
def test_with_nothing_filled_every_byte_comes_back(page: str) -> None:
    assert xhtml.closed(xhtml.opened(page)) == page
    document = formats.extract(page.encode(), path="law.xhtml", locale="en")
    assert formats.merge(document, {}) == page.encode()


@settings(max_examples=300)
@given(PAGES, HOSTILE, st.sets(st.integers(0, 12)))
def test_whatever_is_filled_in_it_stays_well_formed(page: str, words: str, chosen: set[int]) -> None:
    document = formats.extract(page.encode(), path="law.xhtml", locale="en")
    targets = {}
    for index, (_, segment) in enumerate(document.segments()):
        if index in chosen:
            codes = [token.text for token in inline.tokens(segment.source) if token.role is not Role.TEXT]
            targets[segment.key] = "".join(codes) + inline.escape_literal(words)
    assert is_well_formed(formats.merge(document, targets))


@settings(max_examples=200)
@given(PAGES)
def test_written_from_its_own_words_it_says_the_same(page: str) -> None:
    document = formats.extract(page.encode(), path="law.xhtml", locale="en")
    own = {segment.key: segment.source for _, segment in document.segments()}
    again = formats.extract(formats.merge(document, own), path="law.xhtml", locale="en")
    assert [segment.source for _, segment in again.segments()] == list(own_sources(document))


def own_sources(document: Document) -> list[str]:
    return [segment.source for _, segment in document.segments()]


@pytest.mark.parametrize(
    "piece", ["<p/>", "<![CDATA[a < b]]>", "<script>a</script>", "<p>One &amp; two.</p>", "<?x?>"]
)
def test_time_grows_with_the_page(piece: str) -> None:
    def taken(number: int) -> float:
        data = f"<html>{piece * number}</html>".encode()

        def work() -> None:
            document = formats.extract(data, path="law.xhtml", locale="en")
            formats.merge(document, {segment.key: "x" for _, segment in document.segments()})

        return seconds(work)

    taken(10)
    assert taken(8000) < 12 * taken(2000) + 0.1
