"""Whole web pages: the part that is for translators, what a page shows, its language and links."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from time import process_time

import pytest

from l10n import formats, project
from l10n.errors import InputError, UsageError
from l10n.formats import html
from l10n.formats.html.charset import in_utf_8
from l10n.formats.html.main import find
from l10n.model import Document, Kind
from l10n.site.originals import original
from l10n.site.pages import page
from l10n.site.publishable_targets import counts

CASES = Path(__file__).parents[1] / "cases" / "html"
PAGE = (CASES / "page.html").read_bytes()


def taken_apart(text: str, main: str = "") -> Document:
    return formats.extract(text.encode(), path="page.html", locale="en", main=main)


def sources(document: Document) -> list[str]:
    return [segment.source for _, segment in document.segments()]


@pytest.mark.parametrize(
    ("text", "selector", "inside"),
    [
        ("<main>a</main>", "main", "a"),
        ("<main>a</main><div>b</div>", "div,main", "a|b"),
        ("<h1 id=x>a</h1><div class=y>b</div>", "  #x ,\n.y ", "<h1 id=x>a</h1>|b"),
        ("<h1>a</h1><div><p>b<p>c</div>", "h1, div p:nth-of-type(2)", "<h1>a</h1>|<p>c"),
        ("<div id=x><p class=y>a</p>b</div>", "p.y, #x, div", "<p class=y>a</p>b"),
        ("<div></div><img alt=a><hr>", "img, div", "|<img alt=a>"),
        ("<p>a</p><p title='x, y'>b</p>", "p[title='x, y']", "<p title='x, y'>b</p>"),
        ("<h1>a<table><tr><td>b</table>c", "table", "<table><tr><td>b</table>"),
        ("<div>a</div><div id=x>b</div>", "#x", "b"),
        ("<div>a</div><p class='y x'>b</p>", "p.x", "<p class='y x'>b</p>"),
        ("<p class=x>a</p><div class='y x'>b</div>", "div.x.y", "b"),
        ("<p>a</p><p data-role=x>b</p>", "[data-role=x]", "<p data-role=x>b</p>"),
        ("<p>a</p><p title='x y'>b</p>", 'p[title="x y"]', "<p title='x y'>b</p>"),
        ("<p>a</p><p hidden>b</p>", "[hidden]", "<p hidden>b</p>"),
        ("<p>a</p><div class=x><i><p>b</p></i></div>", "div.x p", "<p>b</p>"),
        ("<div class=a><div class=b>x</div></div><div class=b><div class=a>y</div></div>", ".b .a", "y"),
        ("<DIV ID=x>b</DIV>", "div#x", "b"),
        ("<div id=x><div>a</div>b</div>c", "#x", "<div>a</div>b"),
        ("<p id=x>a<p>b", "#x", "<p id=x>a"),
        ("<ul><li id=x>a<li>b</ul>", "#x", "a"),
        ("<div><div id=x>a</div></div>", "#x", "a"),
        ("<div><b><div id=x>a</b>b</div>c</div>", "#x", "a</b>b"),
        ("<div id=x>a</span>b", "#x", "a</span>b"),
        ("<!-- <div id=x>a</div> --><script>'<div id=x>'</script><div id=x>b</div>", "#x", "b"),
        ("<p>a</p><div>b</div><p>c</p>", "p:nth-of-type(2)", "<p>c</p>"),
        ("<tr><td>a<td>b</tr><tr><td>c<td class=x>d</tr>", "tr:nth-of-type(2) td:nth-of-type(2)", "d"),
        ("<p class=x>a</p><p class=x>b</p>", ".x:nth-of-type(2)", "<p class=x>b</p>"),
    ],
)
def test_a_selector_finds_its_first_element(text: str, selector: str, inside: str) -> None:
    assert "|".join(text[start:end] for start, end in find(text, selector)) == inside


@pytest.mark.parametrize(
    ("text", "selector", "missing"),
    [
        ("<p>a</p>", "p:nth-of-type(2)", "p:nth-of-type(2)"),
        ("<div>a</div>", "#x", "#x"),
        ("<div>a</div>", "section div", "section div"),
        ("<div>a</div>", "div, #x , section", "#x"),
    ],
)
def test_a_selector_of_a_list_that_finds_nothing_is_named(text: str, selector: str, missing: str) -> None:
    with pytest.raises(InputError, match=re.escape(f"nothing in the page is {missing!r}")):
        find(text, selector)


@pytest.mark.parametrize(
    "selector",
    [
        "",
        " ",
        "a > b",
        "a,",
        ",a",
        "a,,b",
        "a, > b",
        "a:first-child",
        "a:nth-of-type(0)",
        "a:nth-of-type(odd)",
        ".",
        "#",
        "[x",
        "a.b..c",
        "*|*",
    ],
)
def test_what_is_no_selector_is_refused(selector: str) -> None:
    with pytest.raises(UsageError, match="is no selector we read"):
        find("<p>a</p>", selector)


def test_only_the_main_part_is_for_translators() -> None:
    document = formats.extract(PAGE, path="page.html", locale="en", main="div.story")
    assert sources(document)[:4] == [
        "School opens in Marseille",
        "A new school for forty pupils.",
        "School opens in Marseille",
        sources(document)[3],
    ]
    assert sources(document)[3].startswith("The new school on the hill")
    assert not {"Home", "Most read"} & set(sources(document))
    assert document.raw == PAGE
    lines = PAGE.decode().splitlines()
    assert all(segment.raw[:20] in lines[unit.line - 1] for unit, segment in document.segments())
    filled = formats.merge(document, {segment.key: "⟦⟧" for _, segment in document.segments()}).decode()
    before, after = PAGE.decode().split('<div class="story"')
    assert filled.count("⟦⟧") == len(sources(document))
    assert filled.startswith(
        before.replace("School opens in Marseille", "⟦⟧").replace(sources(document)[1], "⟦⟧")
    )
    assert filled.endswith(after[after.index("</div></div>") :])


def test_a_main_part_inside_a_sentence_ends_with_its_element() -> None:
    document = taken_apart("<p>Before <span id=x>the words</span> after.</p>", "#x")
    assert sources(document) == ["the words"]


def test_of_several_parts_each_is_for_translators_and_on_the_page() -> None:
    text = (
        "<title>Weir open</title><body><header><h1>Weir\nopen</h1><p>Menu of the site.</p></header>\n\n"
        "<meta property='og:title' content='Weir'><div class=b><p>It opened.</p></div><p>Imprint."
    )
    main = ".b, h1"
    document = taken_apart(text, main)
    assert [(unit.kind, unit.line, segment.source) for unit, segment in document.segments()] == [
        (Kind.METADATA, 1, "Weir open"),
        (Kind.TITLE, 1, "Weir open"),
        (Kind.METADATA, 4, "Weir"),
        (Kind.PARAGRAPH, 4, "It opened."),
    ]
    assert document.raw == text.encode()
    targets = {("", "Weir open"): "Déversoir ouvert", ("", "It opened."): "Il est ouvert."}
    body = formats.body(document, targets, ("", ""), main=main)
    assert body == "<h1>Déversoir ouvert</h1>\n<p>Il est ouvert.</p>"
    shown = [segment.source for unit in formats.shown(document, main=main) for segment in unit.segments]
    assert shown == ["Weir open", "It opened."]


def test_a_selector_that_finds_nothing_says_so() -> None:
    with pytest.raises(InputError, match="nothing in the page is '#x'"):
        taken_apart("<p>a</p>", "#x")


def test_only_pages_have_a_main_part() -> None:
    with pytest.raises(UsageError, match="text files have no element"):
        formats.extract(b"Words.", path="a.txt", locale="en", main="p")
    with pytest.raises(UsageError, match="only an HTML page"):
        formats.located(b"Words.", path="a.txt")


def test_trafilatura_finds_the_main_part() -> None:
    pytest.importorskip("trafilatura", reason="the extra `web` is not installed")
    assert formats.located(PAGE, path="page.html") == "div.story"


AROUND = (
    "<p>We store things on your device to measure how pages are read. You may change your mind later.</p>" * 3
)
TOLD = "<h1>A ward opens</h1><p>A ward with twelve beds opened on Monday.</p><p>Donors have paid for it.</p>"


AROUND_ARTICLES = [
    "<div role=dialog>%s</div>",
    "<div hidden>%s</div>",
    "<dialog open>%s</dialog>",
    "<aside>%s</aside>",
]


@pytest.mark.parametrize("around", AROUND_ARTICLES)
def test_what_is_no_article_by_its_own_account_does_not_count(around: str) -> None:
    pytest.importorskip("trafilatura", reason="the extra `web` is not installed")
    page = f"<html><body>{around % AROUND}<div class=page><div class=content>{TOLD}</div></div></body></html>"
    assert formats.located(page.encode(), path="page.html") == "div.content"


def main_parts() -> list[tuple[str, ...]]:
    lines = (CASES / "main.txt").read_text("utf-8").splitlines()
    return [tuple(line.split(" | ")) for line in lines if line and not line.startswith("#")]


@pytest.fixture
def without_trafilatura(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "trafilatura", None)


@pytest.mark.usefixtures("without_trafilatura")
@pytest.mark.parametrize(("name", "selector", "first", "last"), main_parts())
def test_words_and_links_tell_the_main_part(name: str, selector: str, first: str, last: str) -> None:
    data = (CASES / "main" / name).read_bytes()
    assert formats.located(data, path=name) == selector
    document = formats.extract(data, path=name, locale="en", main=selector)
    shown = [segment.source for unit in formats.shown(document, main=selector) for segment in unit.segments]
    assert (shown[0], shown[-1]) == (first, last)


@pytest.mark.usefixtures("without_trafilatura")
@pytest.mark.parametrize("around", ["<ul>%s</ul>", "<table><tr><td>%s</td></tr></table>"])
def test_a_page_of_links_alone_has_no_main_part(around: str) -> None:
    links = "".join(f"<li><a href=/{number}>What we said, number {number}</a></li>" for number in range(20))
    page = f"<html><title>Pages</title><body>{around % links}</body></html>"
    with pytest.raises(InputError, match="no article was found") as raised:
        formats.located(page.encode(), path="page.html")
    assert "--main SELECTOR" in raised.value.remedy


@pytest.mark.usefixtures("without_trafilatura")
@pytest.mark.parametrize("around", AROUND_ARTICLES)
def test_what_is_no_article_by_its_own_account_does_not_count_by_its_words(around: str) -> None:
    told = f"<div class=page><div class=content>{TOLD * 2}</div></div>"
    page = f"<html><body>{around % AROUND}{told}</body></html>"
    assert formats.located(page.encode(), path="page.html") == "div.content"


@pytest.mark.usefixtures("without_trafilatura")
@pytest.mark.parametrize(
    ("before", "inside"),
    [("", "<div>" * 20_000), ("<div class='%s'></div>", "<div><div class='%s'>")],
)
def test_a_main_part_without_a_name_of_its_own_is_found_in_time(before: str, inside: str) -> None:
    classes = " ".join(f"c{number}" for number in range(20_000))
    page = f"<html><body>{before.replace('%s', classes)}{inside.replace('%s', classes)}{TOLD * 5}"
    start = process_time()
    assert formats.located(page.encode(), path="page.html")
    assert process_time() - start < 20


@pytest.mark.usefixtures("without_trafilatura")
def test_the_main_part_of_our_own_page_is_found() -> None:
    assert formats.located(PAGE, path="page.html") == "div.story"


WHOLE = (
    "<title>The day</title><meta name=description content='About it.'><meta property='og:title' content=Og>"
    "<body><nav>Menu</nav><main><h1>The day</h1><p>One. <img alt=Sun> Two <img alt=Sea> three.</p></main>"
    "<footer>Imprint</footer>"
)


def test_what_a_page_shows_is_in_its_body() -> None:
    shown = formats.shown(taken_apart(WHOLE))
    assert [segment.source for unit in shown for segment in unit.segments] == [
        "The day",
        "One.",
        "Sun",
        "Two <1/> three.",
        "Sea",
    ]
    assert formats.shown(taken_apart(WHOLE), main="nav")[0].segments[0].source == "Menu"
    text = formats.extract(b"A title\n\nA line of words.\n", path="a.txt", locale="en")
    assert formats.shown(text) == text.units


def test_what_does_not_show_does_not_keep_a_page_partial() -> None:
    plan = project.Release("a", Path("a.html"), "en", ("fr",), dt.date(2026, 1, 1))
    source = original(plan, taken_apart(WHOLE))
    targets = {("", said): f"[{said}]" for said in ("The day", "One.", "Sun", "Two <1/> three.", "Sea")}
    assert counts(source, targets).missing == 1
    targets["", "About it."] = "À propos."
    assert counts(source, targets).complete
    shown = page(source, "fr", targets)
    assert shown.complete
    assert shown.summary.text == "À propos."
    assert shown.body == ("<h1>[The day]</h1><p>[One.] <img alt=[Sun]> [Two <img alt=[Sea]> three.]</p>")
    assert not page(source, "fr", {key: said for key, said in targets.items() if key[1] != "Sea"}).complete


def test_a_page_of_a_main_part_is_that_part() -> None:
    plan = project.Release("a", Path("a.html"), "en", ("fr",), dt.date(2026, 1, 1), main="nav")
    source = original(plan, taken_apart(WHOLE, "nav"))
    assert page(source, "en", source.own).body == "Menu"


def test_words_in_a_code_keep_their_typography_and_their_target() -> None:
    text = '<p>See the <img alt="&quot;old&quot; map"> here.</p>'
    plan = project.Release("a", Path("a.html"), "en", ("fr",), dt.date(2026, 1, 1))
    source = original(plan, taken_apart(text))
    key = source.keys["", '"old" map']
    assert (
        'alt="carte"'
        in page(source, "fr", {key: "carte", source.keys["", "See the <1/> here."]: "<1/>"}).body
    )
    assert page(source, "en", source.own).body == text


def link(address: str) -> str:
    return html.prefixes(["/fr/=/es/"])(address)


def _with_data(lang: str, *told: str) -> str:
    return f'<html lang="{lang}" dir="ltr">{DATA % told}'


DATA = (
    '<meta property=og:url content=https://a.org/><script type="application/ld+json">'
    '{"@type": "NewsArticle", "inLanguage": "%s", "url":"%s", "publisher": {"@id" : "%s"}}</script>'
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<html>", '<html lang="es" dir="ltr">'),
        ("<html class=x>", '<html lang="es" dir="ltr" class=x>'),
        ("<html lang=fr dir='rtl'>", "<html lang=es dir='ltr'>"),
        ("<html lang>", '<html dir="ltr" lang="es">'),
        ("<html lang=>", '<html dir="ltr" lang="es">'),
        ('<HTML LANG="es" dir="ltr">', '<HTML LANG="es" dir="ltr">'),
        ("<p lang=fr>x</p>", "<p lang=fr>x</p>"),
        ("<a href=/fr/x>x</a>", "<a href=/es/x>x</a>"),
        ("<a href='/fr/?a=1&amp;b=2#c' >x</a>", "<a href='/es/?a=1&amp;b=2#c' >x</a>"),
        ("<a href=/fr>x</a><a href=/frais/>x</a>", "<a href=/fr>x</a><a href=/frais/>x</a>"),
        ("<a href=mailto:fr/fr/@x>x</a><img src=/fr/x>", "<a href=mailto:fr/fr/@x>x</a><img src=/fr/x>"),
        ("<a href=https://other.org/fr/x>x</a>", "<a href=https://other.org/fr/x>x</a>"),
        (
            "<link rel=canonical href=https://a.org/fr/><a href=https://a.org/fr/x>x</a><a href=//b.org/fr/>",
            "<link rel=canonical href=https://a.org/es/><a href=https://a.org/es/x>x</a><a href=//b.org/fr/>",
        ),
        (
            '<meta property="og:url" content="https://a.org/fr/x">',
            '<meta property="og:url" content="https://a.org/es/x">',
        ),
        (
            "<link rel=alternate hreflang=fr href=/fr/x><link rel=alternate hreflang=x-default href=/fr/x>",
            "<link rel=alternate hreflang=es href=/es/x><link rel=alternate hreflang=x-default href=/fr/x>",
        ),
        (
            "<link rel=alternate hreflang=fr href=/fr/x><link rel=alternate hreflang=es href=/es/x>",
            "<link rel=alternate hreflang=fr href=/fr/x><link rel=alternate hreflang=es href=/es/x>",
        ),
        ("<link rel=stylesheet href=/fr/x.css>", "<link rel=stylesheet href=/fr/x.css>"),
        ("<link rel=alternate type=x href=/fr/feed>", "<link rel=alternate type=x href=/es/feed>"),
        ('<meta property="og:locale" content="fr_FR">', '<meta property="og:locale" content="es">'),
        (
            "<meta property=og:locale content=fr_FR><meta property=og:locale:alternate content=es_ES>",
            "<meta property=og:locale content=es_ES><meta property=og:locale:alternate content=fr_FR>",
        ),
        ("<meta property=og:locale content=es_MX>",) * 2,
        ("<!-- <a href=/fr/x> --><script>'<a href=/fr/x>'</script>",) * 2,
        (
            _with_data("fr", "fr-FR", "https://a.org/fr/x", "https://b.org/fr/"),
            _with_data("es", "es", "https://a.org/es/x", "https://b.org/fr/"),
        ),
        (
            _with_data("fr", "en", r"https://a.org/fr/x", "/fr/y"),
            _with_data("es", "en", r"https://a.org/es/x", "/es/y"),
        ),
        (
            _with_data("fr", "fr", "https:\\/\\/a.org\\/fr\\/x", "#article"),
            _with_data("es", "es", "https:\\/\\/a.org\\/es\\/x", "#article"),
        ),
        ('<script>{"url": "https://a.org/fr/x", "inLanguage": "fr"}</script>',) * 2,
    ],
)
def test_a_page_says_its_language_and_links_to_its_own(before: str, after: str) -> None:
    assert html.localised(before, locale="es", direction="ltr", link=link) == after


def test_an_address_cannot_end_its_attribute() -> None:
    text = f'<a href="/fr/x">x</a><a href=/fr/x>x</a>{DATA % ("fr", "/fr/x", "/fr/y")}'
    written = html.localised(text, locale="es", direction="ltr", link=lambda _: '"><script>')
    assert "<script>" not in written


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<meta charset=windows-1252>x", "<meta charset=utf-8>x"),
        ('<meta charset="ISO-8859-1">x', '<meta charset="utf-8">x'),
        (
            "<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>x",
            "<meta http-equiv=Content-Type content='text/html; charset=utf-8'>x",
        ),
        ('<meta charset="UTF-8"><meta name="description" content="charset=koi8-r">x',) * 2,
        ("<head></head><body><meta charset=koi8-r>x",) * 2,
        ("x",) * 2,
    ],
)
def test_a_page_that_is_written_as_utf_8_says_so(before: str, after: str) -> None:
    assert in_utf_8(before) == after


@pytest.mark.parametrize("pair", ["", "/fr/", "=/es/"])
def test_what_is_no_pair_of_prefixes_is_refused(pair: str) -> None:
    with pytest.raises(UsageError, match="is not FROM=TO"):
        html.prefixes([pair])
