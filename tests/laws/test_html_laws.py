"""What holds for every HTML file, however broken, and for every target, however hostile."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from l10n import formats, inline
from l10n.formats.html import control_flow, elements, words
from l10n.formats.html.blocks import Block, _Reader, blocks
from l10n.formats.html.entities import decode, writer
from l10n.formats.html.holes import Holes, Loose, bare
from l10n.formats.html.tokens import Sort, Token, attributes, tokens
from l10n.formats.html.units import of_block, units
from l10n.inline import Role
from l10n.model import Document, Segment, Unit
from tests.growth import seconds, takes_less

CONTROLS = dict.fromkeys([*range(9), 0xB, *range(0xE, 0x20), 0x7F])
BENCH = Path(__file__).parents[3] / "shared" / "bench" / "documents" / "html"
SPOKEN = {"name", "headline", "alternativeHeadline", "description", "caption", "articleBody", "text"}
PLACES = {
    "text": "<p>{}</p>",
    "rcdata": "<title>{}</title>",
    "json": '<script type="application/ld+json">{{"headline": "{}"}}</script>',
    'attribute "': '<a title="{}">x</a>',
    "attribute '": "<a title='{}'>x</a>",
    "attribute unquoted": "<a title={}>x</a>",
}
HOSTILE = (
    '"><script>alert(1)</script>',
    "' onload=x y='",
    "--><b>",
    "]]><i>",
    "</title><script>",
    "</p></div></textarea></style>",
    "{{7*7}} {% raw %} {# no #} <% x %> <?php x ?> ${x}",
    "\\\"\\'\\<\\>",
    "a\0b\x1b\x7f",
    "\u200f\u202ertl\u2066",
    "two\nlines\r\nand\ttabs",
    "<\\1> &amp; &lt;b> &#60; &",
    "x=y`z /",
    "\ud800 \udfff",
    " ",
    "<!--",
    "<",
    "&",
)
LD = (
    '<script type="application/ld+json">{"@type": ["NewsArticle"], "name": "Our \\"day\\"\\nOne. Two.",'
    ' "url": "x", "author": {"@type": "Person", "name": "Ann"}}</script>'
)
FRAGMENTS = (
    *(
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<b>",
        "</b>",
        "<i class=x>",
        "</i>",
        "<span>",
        "</b><b>",
        "</span><span>",
        "<b>One</b><b> two</b>",
        "<span class=c> a</span><span\nclass=c>. B </span>",
        "<a href='/x' title=\"A title.\">",
    ),
    *(
        "</a>",
        "<br>",
        "<br/>",
        "<img src=x alt=sun>",
        "<img alt='A &quot;cat\"'>",
        "<code>",
        "</code>",
        "<pre>",
    ),
    *(
        "</pre>",
        "<h2>",
        "</h2>",
        "<ul><li>",
        "</ul>",
        "<td>",
        "</table>",
        "<title>",
        "</title>",
        "<script>",
        LD,
    ),
    *("</script>", "<style>", "</style>", "<textarea>", "</textarea>", "<svg>", "</svg>", "<svg/>", "<math>"),
    *("<text>", "</text>", "<tspan>", "<tspan x=1>", "</tspan>"),
    *(
        "</math>",
        "<title>Icon</title>",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "<!-- note -->",
        "<!x>",
        "<?php",
        "?>",
    ),
    *("<%", "%>", "{{", "}}", "{{ name }}", "{% if %}", "<span translate=no>", "<span class=notranslate>"),
    *("</span>", "<meta name=description content='Text here.'>", "<input type=submit value=Go>", "<x-y z>"),
    *(
        "&amp;",
        "&lt;",
        "&",
        "&#38;",
        "&quot",
        "&notit;",
        "&#0;",
        "&nbsp;",
        "<",
        ">",
        '"',
        "'",
        "=",
        "/",
        "</",
    ),
    *(
        "<1>",
        "</1>",
        "<2/>",
        "<\\1>",
        "\n",
        "  ",
        "\t",
        "\r\n",
        "\ufeff",
        "\u200f",
        "</>",
        "<a b='",
        "<p ",
    ),
    *(
        "One sentence. ",
        "Another one! ",
        "word",
        "www.example.org",
        "a@example.org",
        "+33 4\n91 00 12 34",
        "学校。",
        "*|FNAME|*",
        "%%[",
        "[a b=c]",
        "[/a]",
    ),
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6)
SOUP = st.lists(st.sampled_from(FRAGMENTS) | TEXTS, max_size=25).map("".join)


def taken_apart(text: str, locale: str = "en") -> Document:
    return formats.extract(text.encode("utf-8"), path="soup.html", locale=locale)


def token_by_token(text: str) -> list[Block | Loose]:
    """The blocks of a file when no stretch of it is read at once."""
    reader, at = _Reader(text, Holes(text, "en")), 0
    while 0 <= at < len(text):
        at = reader.careful(at)
    reader.flush()
    return reader.found


def folded(text: str) -> str:
    """Text as a reader sees it: white space folded, control characters gone."""
    return " ".join(text.translate(CONTROLS).split())


def reading(text: str) -> Iterator[tuple[object, ...]]:
    """What a browser reads: tags with their attributes, texts, everything else to the letter."""
    for token in tokens(text):
        raw = text[token.start : token.end]
        if token.sort in {Sort.TEXT, Sort.RCDATA}:
            if decode(raw).translate(CONTROLS):
                yield token.sort, folded(decode(raw))
        elif token.sort is Sort.START:
            given = [
                (a.name, folded(decode(text[a.start : a.end], attribute=True)))
                for a in attributes(text, token)
            ]
            yield token.sort, token.name, given
        elif (data := json_of(token, raw)) is not None:
            yield token.sort, json_shape(data, folded)
        else:
            yield token.sort, raw


def json_of(token: Token, raw: str) -> object:
    """The JSON in a script, None for any other."""
    try:
        return json.loads(raw) if token.sort is Sort.RAW else None
    except (ValueError, RecursionError):
        return None


def json_shape(data: object, string: Callable[[str], str]) -> object:
    """JSON with each string that may be for a translator changed."""
    if isinstance(data, list):
        return [json_shape(item, string) for item in data]
    if isinstance(data, dict):
        return [
            (key, string(value) if isinstance(value, str) and key in SPOKEN else json_shape(value, string))
            for key, value in data.items()
        ]
    return data


# One that opens is one by that which closes it: a long target moves it out of sight, and keeps its bytes.
PAIRED = re.compile(r"\[/?[a-z][\w-]*\]")


def structure(text: str) -> list[tuple[object, ...]]:
    """Everything of a file but its words: tags, attribute names, comments, template expressions."""
    out: list[tuple[object, ...]] = []
    for token in tokens(text):
        raw = text[token.start : token.end]
        if token.sort in {Sort.TEXT, Sort.RCDATA}:
            expressions = (run.raw for run in words.runs(raw) if run.name == "expression")
            out.extend((each,) for each in expressions if not PAIRED.fullmatch(each))
        elif token.sort is Sort.START:
            found = attributes(text, token)
            out.append((token.name, [(a.name, a.quote) for a in found]))
        elif (data := json_of(token, raw)) is not None:
            out.append((token.sort, json_shape(data, lambda _: "")))
        elif token.sort is Sort.RAW:
            out.append((token.sort, raw))
        else:
            out.append((token.sort, token.name or raw))
    return out


def with_codes(hostile: str, segment: Segment) -> str:
    """A hostile target that keeps the codes of its source, hostile around each."""
    codes = [token.text for token in inline.tokens(segment.source) if token.role is not Role.TEXT]
    return hostile + "".join(code + hostile for code in codes)


def filled(document: Document, change: str | None) -> str:
    """The document with every segment's own source as its target, or with a hostile one."""
    targets = {
        segment.key: segment.source if change is None else with_codes(change, segment)
        for _, segment in document.segments()
    }
    return formats.fold(document, targets)


def check_real(paths: list[Path]) -> None:
    for path in paths:
        document = formats.extract(path.read_bytes(), path=str(path), locale="en")
        assert formats.merge(document, {}) == path.read_bytes()
        own = filled(document, None)
        assert list(reading(own)) == list(reading(document.text)), path.name
        assert lexbor_text(own) == lexbor_text(document.text), path.name
        assert structure(filled(document, "".join(HOSTILE))) == structure(document.text), path.name


@given(SOUP)
@settings(max_examples=120)
def test_tokens_tile_the_file(text: str) -> None:
    at = 0
    for token in tokens(text):
        assert token.start == at < token.end
        at = token.end
        inside = (
            [offset for a in attributes(text, token) for offset in (a.start, a.end)] if token.name else []
        )
        assert all(token.start < offset <= token.end for offset in inside)
        assert inside == sorted(inside)
    assert at == len(text)


@given(SOUP)
@settings(max_examples=120)
def test_nothing_filled_is_the_file_itself(text: str) -> None:
    document = taken_apart(text)
    assert document.text == text
    assert formats.merge(document, {}) == text.encode("utf-8")


@given(SOUP)
@example("学校。.0")
@example("<p>It holds so far.<sup><a>&#91;9&#93;</a></sup> It is new.</p>")
@settings(max_examples=120)
def test_its_own_sources_as_targets_read_the_same(text: str) -> None:
    document = taken_apart(text)
    assert list(reading(filled(document, None))) == list(reading(text))


@given(SOUP)
@settings(max_examples=120)
def test_every_target_lands_once(text: str) -> None:
    document = taken_apart(text)
    keys = [segment.key for _, segment in document.segments()]
    targets = {
        segment.key: with_codes(f"⟦{keys.index(segment.key)}⟧", segment) for _, segment in document.segments()
    }
    merged = formats.fold(document, targets)
    for key, target in targets.items():
        once = 1 + sum(token.role is not Role.TEXT for token in inline.tokens(key[1]))
        assert merged.count(f"⟦{keys.index(key)}⟧") == keys.count(key) * once, target


@given(SOUP, st.sampled_from(HOSTILE) | st.text(min_size=1, max_size=12).map(inline.escape_literal))
@example("<math><![CDATA[<p><img src=x alt=sun>", HOSTILE[0])
@example("0<span translate=no></", HOSTILE[0])
@settings(max_examples=150)
def test_a_hostile_target_stays_text(text: str, hostile: str) -> None:
    document = taken_apart(text)
    assert structure(filled(document, hostile)) == structure(text)


@given(st.sampled_from(sorted(PLACES)), st.sampled_from(HOSTILE) | st.text(st.characters(), min_size=1))
@settings(max_examples=150)
def test_a_target_reads_as_it_was_typed(place: str, target: str) -> None:
    text = PLACES[place].format(writer(place)(target))
    kept = re.sub(r"[\0-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]", "\ufffd", target)
    found = tokens(text)
    assert [token.name for token in found if token.name] == [
        token.name for token in tokens(PLACES[place].format("x")) if token.name
    ]
    if place.startswith("attribute"):
        (only,) = attributes(text, found[0])
        assert decode(text[only.start : only.end], attribute=True) == kept
    elif place == "json":
        assert json.loads(text[found[1].start : found[1].end]) == {
            "headline": re.sub(r"[\ud800-\udfff]", "\ufffd", target)
        }
    else:
        assert decode(text[found[1].start : found[1].end]) == kept


@given(
    st.sampled_from(['data-caption="{}"', "data-caption='{}'", "data-image-caption={}"]),
    st.sampled_from(HOSTILE) | st.text(st.sampled_from("<>&;#x6ltampb/ '\"="), min_size=1),
)
@example('data-caption="{}"', "&#6")
@example("data-image-caption={}", "&ltb AT&T &amp")
@settings(max_examples=150)
def test_what_is_typed_in_a_caption_is_no_markup_for_a_program_either(attribute: str, target: str) -> None:
    document = taken_apart(f"<img {attribute.format('Words')}>")
    ((_, segment),) = document.segments()
    written = formats.merge(document, {segment.key: inline.escape_literal(target)}).decode()
    (token,) = tokens(written)
    (only,) = attributes(written, token)
    said = decode(written[only.start : only.end], attribute=True)
    assert not set(said) & set("<>")
    assert decode(said) == re.sub(r"[\0-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]", "\ufffd", target)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("hostile", HOSTILE)
def test_every_place_holds_every_hostile_target(place: str, hostile: str) -> None:
    document = taken_apart(PLACES[place].format("Words"))
    ((unit, segment),) = (
        (unit, segment) for unit, segment in document.segments() if segment.source == "Words"
    )
    assert isinstance(unit, Unit)
    assert segment.place == place
    assert structure(filled(document, hostile)) == structure(document.text)


@pytest.mark.parametrize(
    "text",
    [
        "<" * 100_000,
        "</" * 50_000,
        "<!--" * 25_000,
        "<a b='" * 15_000,
        "<div>" * 5_000 + "deep" + "</div>" * 5_000,
        "<p>" + "<b>word</b> <i>" * 10_000,
        "{{" * 50_000 + "<p>{%" * 20_000,
        "<svg><g>" * 10_000 + "</x>" * 10_000,
        "<code>x" * 15_000,
        "<span translate=no><div>" * 5_000,
        "&" * 50_000 + "&#" * 25_000,
        "a" * 100_000 + "@",
        "<% < <? " * 12_000,
        "@if (((" * 12_000 + "@let a = " * 8_000 + "@if (a) {" * 8_000,
        "@if (a) {<script>" * 6_000 + "}<!--" * 6_000,
    ],
    ids=lambda text: text[:12],
)
def test_hostile_files_take_no_longer_than_others(text: str) -> None:
    document = taken_apart(text)
    assert document.text == text


@pytest.mark.parametrize("piece", ["@if (((", "@let a = ", '@let a = "', "@if (a) {", '@if (("', "}<!--"])
def test_blocks_of_templates_are_found_in_time_in_proportion(piece: str) -> None:
    def look(number: int) -> None:
        control_flow.hidden(piece * number, {ord("<"): 1, ord("{"): 6, ord("}"): 7})

    assert takes_less(lambda: look(4_000), 10 * max(seconds(lambda: look(1_000)), 0.02))


def bench() -> list[Path]:
    return sorted(BENCH.glob("*.html"))


FILES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".pdf", ".doc", ".docx", ".zip", ".mp3", ".mp4")
needs_bench = pytest.mark.skipif(not bench(), reason="the bench documents are not here")


@needs_bench
def test_some_real_pages() -> None:
    check_real(bench()[::16])


@needs_bench
@pytest.mark.slow
def test_every_real_page() -> None:
    check_real(bench())


@needs_bench
def test_some_real_pages_have_the_text_that_lexbor_finds() -> None:
    check_text(bench()[::8])


@needs_bench
@pytest.mark.slow
def test_every_real_page_has_the_text_that_lexbor_finds() -> None:
    check_text(bench())


def check_text(paths: list[Path]) -> None:
    for path in paths:
        document = formats.extract(path.read_bytes(), path=str(path), locale="en")
        assert own_text(document.text) == lexbor_text(document.text), path.name


@needs_bench
def test_some_real_pages_lose_no_attribute() -> None:
    check_attributes(bench()[::8])


@needs_bench
@pytest.mark.slow
def test_every_real_page_loses_no_attribute() -> None:
    check_attributes(bench())


def check_attributes(paths: list[Path]) -> None:
    """Every attribute that lexbor finds for a translator is filled, and no other."""
    for path in paths:
        document = formats.extract(path.read_bytes(), path=str(path), locale="en")
        merged = formats.fold(document, {s.key: with_codes("⟦⟧", s) for _, s in document.segments()})
        before, after = lexbor_attributes(document.text), lexbor_attributes(merged)
        assert len(before) == len(after), path.name
        for (told, old), (_, new) in zip(before, after, strict=True):
            spoken = [run for run in words.runs(old) if run.role is Role.TEXT]
            wanted = told and any(map(str.isalnum, "".join(run.text for run in spoken)))
            wanted = wanted and not (" " not in old and old.lower().endswith(FILES))
            assert ("⟦⟧" in new) == wanted, (path.name, old)


def lexbor_attributes(text: str) -> list[tuple[bool, str]]:
    """The attributes that may hold words, with whether they are for a translator."""
    tree = LexborHTMLParser(text)
    return [
        (is_told(node, name), value)
        for node in tree.css("*")
        for name, value in node.attributes.items()
        if value and name in {*elements.ANYWHERE, "label", "value", "content"}
    ]


def is_told(node: LexborNode, name: str) -> bool:
    given = {key: (value or "").lower() for key, value in node.attributes.items()}
    above: LexborNode | None = node
    while above is not None:
        said = above.attributes if above.tag and above.tag[0] not in "-_" else {}
        locked = (said.get("translate") or "").lower() == "no"
        if locked or "notranslate" in (said.get("class") or "").split() or above.tag in elements.LOCKED:
            return False
        above = above.parent
    if node.tag == "meta":
        called = {given.get(key) for key in ("name", "property", "itemprop")}
        return name == "content" and bool(elements.META & called)
    if name == "label":
        return node.tag in elements.LABELLED
    if name == "value":
        return node.tag == "input" and given.get("type") in elements.BUTTONS
    return name in elements.ANYWHERE and not (
        name == "title" and (node.tag == "style" or "stylesheet" in given.get("rel", ""))
    )


def own_text(text: str) -> str:
    out: list[str] = []
    inert = 0
    for token in tokens(text):
        if token.name == "template":
            inert += {Sort.START: 1, Sort.END: -1}.get(token.sort, 0)
        elif not inert and (token.sort is Sort.TEXT or (token.sort is Sort.RCDATA and token.name == "title")):
            out.append(decode(text[token.start : token.end]))
    return re.sub(r"[\s\0\ufeff]+", "", "".join(out))


def lexbor_text(text: str) -> str:
    tree = LexborHTMLParser(text)
    for node in tree.css("script, style, iframe, noembed, noframes, xmp, plaintext, textarea, template"):
        node.decompose()
    return re.sub(r"[\s\0\ufeff]+", "", tree.root.text() if tree.root else "")


@given(SOUP)
def test_stretches_read_at_once_say_what_their_tokens_say(text: str) -> None:
    holes = Holes(text, "en")
    read = ([found] if isinstance(found, Loose) else of_block(found, holes) for found in token_by_token(text))
    assert [trimmed(one) for one in units(text, "en")] == [trimmed(one) for one in chain.from_iterable(read)]


def trimmed(found: Loose) -> tuple[int, Unit]:
    """A unit without the white space at its edges, which may stand in it or outside."""
    start, parts = bare(found.start, found.unit.parts)
    return start, replace(found.unit, parts=parts, line=0)


def test_a_break_that_closes_is_a_break_as_in_browsers() -> None:
    for row in ("<p>One.</br></br>Two.</p>", "<p>One.<i>x</i></br></br>Two.</p>"):
        assert len(list(blocks(row, Holes(row, "en")))) == len(token_by_token(row)) == 2


@pytest.mark.parametrize(
    ("start", "again", "end"),
    [
        ("", '<div class="a">', '<div title="A title.">x</div>'),
        ("", '<div title="A title.">', "x"),
        ("<p>", '<span translate="no">x</span> word ', "</p>"),
        ("<p>", "<b translate=no>x", ""),
        ("<p>", "<svg><b>x</b>", ""),
        ("<p>", "word<!-- note -->", "</p>"),
    ],
)
def test_time_grows_with_the_page_and_not_with_its_square(start: str, again: str, end: str) -> None:
    small = seconds(lambda: taken_apart(start + again * 500 + end))
    assert takes_less(lambda: taken_apart(start + again * 5000 + end), 30 * small + 0.2)
