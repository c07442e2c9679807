"""The published pages in a real browser: axe finds nothing, and nothing runs out of a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect

from l10n.site.embedded import with_links
from l10n.site.notes import BACK, tied
from tests import press_support
from tests.browser.axe import violations, violations_by_day_and_night
from tests.conftest import tool

pytestmark = pytest.mark.browser
BASE = "/news/"
PAGES = (
    "",
    "404.html",
    "fr/",
    "fr/2026/",
    "ar/",
    "zh/404.html",
    "fr/complete/",
    "ar/complete/",
    "zh/complete/",
    "ar/fallback/",
    "en/draft/",
    "zh/corrected/",
    "ar/retracted/",
    "fr/withdrawn/",
    "ar/one/",
    "zh/archived/",
    "en/behind/",
    "zh/behind/",
    "ar/behind/",
    "zh/noted/",
    "fr/wait/",
    "zh/own/",
    "ar/own/",
    "zh/fallback/",
    "en/fallback/",
    "ar/draft/",
    "zh/draft/",
    "ar/corrected/",
    "en/corrected/",
    "zh/retracted/",
    "en/retracted/",
    "fr/search/",
    "ar/search/?q=%D9%85%D9%8A%D9%86%D8%A7%D8%A1",
    "zh/topics/sea/",
)
TINY = (
    ".languages ul { gap: 0 } .languages a { display: block; overflow: hidden; width: 6px; height: 3px;"
    " padding: 0; font-size: 3px; line-height: 3px }"
)
PHONE, SCREEN = {"width": 320, "height": 640}, {"width": 1200, "height": 900}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("served")
    found = press_support.every_state(root / "press")
    for path, data in press_support.built(found).files.items():
        file = root / BASE.strip("/") / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return root / BASE.strip("/")


@pytest.fixture(scope="module")
def address(served: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(served.parent))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{BASE}"
        server.shutdown()


@pytest.mark.slow
@pytest.mark.parametrize("size", ["phone", "screen"])
def test_axe_finds_nothing(address: str, browser: Browser, size: str) -> None:
    axe = tool("axe-core/axe.min.js")
    viewport: Any = PHONE if size == "phone" else SCREEN
    context = browser.new_context(viewport=viewport, color_scheme="light", bypass_csp=True)
    page = context.new_page()
    told = {}
    for path in PAGES:
        page.goto(address + path)
        told[path] = violations_by_day_and_night(page, axe)
    context.close()
    assert {path: found for path, found in told.items() if found} == {}


def test_nothing_runs_out_of_a_phone(address: str, browser: Browser) -> None:
    viewport: Any = PHONE
    context = browser.new_context(viewport=viewport)
    page = context.new_page()
    for path in PAGES:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
    context.close()


@pytest.mark.parametrize(
    "wide",
    [
        "<iframe width=900 height=300 title=x></iframe>",
        "<object width=900 type=image/png></object>",
        "<img width=900 alt>",
    ],
)
def test_what_writers_embed_stays_on_a_phone(address: str, browser: Browser, wide: str) -> None:
    viewport: Any = PHONE
    page = browser.new_page(viewport=viewport)
    page.goto(f"{address}ar/complete/")
    page.evaluate("told => document.querySelector('article').insertAdjacentHTML('beforeend', told)", wide)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.close()


def test_an_item_in_another_language_stands_beside_its_bullet(address: str, browser: Browser) -> None:
    viewport: Any = PHONE
    page = browser.new_page(viewport=viewport)
    page.goto(f"{address}ar/fallback/")
    item = '<ul><li><span lang="fr" dir="ltr" class="untranslated">Courriel : {}</span></li></ul>'.format
    page.evaluate(
        "item => document.querySelector('article').insertAdjacentHTML('beforeend', item)",
        item("presse-internationale@ports-de-la-mer.example"),
    )
    gaps = page.evaluate(
        """() => {
            const item = [...document.querySelectorAll("article li")].at(-1);
            const lines = document.createRange();
            lines.selectNodeContents(item.firstChild);
            const edge = item.getBoundingClientRect().right;
            return [...lines.getClientRects()].map((line) => Math.round(edge - line.right));
        }"""
    )
    page.close()
    assert len(gaps) > 1
    assert set(gaps) == {0}


@pytest.mark.parametrize(
    ("locale", "sign"), [("en", ":"), ("fr", "\u00a0:"), ("ar", ":"), ("zh", "："), ("ja", "：")]
)
def test_what_is_said_of_other_languages_is_told_from_their_names(
    browser: Browser, served: Path, tmp_path: Path, locale: str, sign: str
) -> None:
    page = browser.new_page()
    page.set_content(press_support.switcher_page(tmp_path, ["*fr", "es~", "it-"]).decode())
    page.evaluate("locale => { document.documentElement.lang = locale; }", locale)
    page.add_style_tag(content=next((served / "assets").glob("site.*.css")).read_text("utf-8"))
    signs = (
        "[...document.querySelectorAll('.languages small')].map(s => getComputedStyle(s, '::after').content)"
    )
    assert page.evaluate(signs) == [f'"{sign}"'] * 2
    page.close()


def test_what_was_found_in_another_language_says_so(address: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{address}ar/search/?q=dauphins")
    found = page.locator("#results [lang]")
    expect(found).not_to_have_count(0)
    assert {found.nth(at).get_attribute("lang") for at in range(found.count())} == {"fr"}
    assert found.first.get_attribute("dir") == "auto"
    page.close()


@pytest.mark.parametrize(
    ("planted", "rule"),
    [
        ("h1 { color: #ccc }", "color-contrast"),
        ("@media (prefers-color-scheme: dark) { h1 { color: #333 } }", "dark: color-contrast"),
        (TINY, "target-size"),
    ],
)
def test_what_only_a_browser_sees_is_caught_there(
    address: str, browser: Browser, planted: str, rule: str
) -> None:
    axe = tool("axe-core/axe.min.js")
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(f"{address}en/complete/")
    page.add_style_tag(content=planted)
    assert [one for one in violations_by_day_and_night(page, axe) if one.startswith(rule)]
    context.close()


@pytest.mark.parametrize(
    ("locale", "typed", "found"),
    [
        ("en", "DOLPHINS dawn", 8),
        ("en", "dolphins dusk", 0),
        ("fr", "DAUPHINS releve", 10),
        ("fr", "nen attendions", 0),
        ("fr", "n'en attendions", 9),
        ("zh", "统计到1240只海豚", 6),
        ("ar", "১২৪٠", 5),
        ("ar", "مِينَاء صفاقس", 7),
        ("ar", "١٢٤٠", 5),
        ("zh", "志愿者", 6),
        ("zh", "<img src=x onerror=alert(1)>", 0),
        ("en", "", None),
    ],
)
@pytest.mark.parametrize("way", ["served", "opened from a folder"])
def test_a_release_is_found_by_parts_of_its_words(
    address: str, browser: Browser, locale: str, typed: str, found: int | None, way: str, served: Path
) -> None:
    context = browser.new_context()
    page = context.new_page()
    spoken: list[str] = []
    page.on("console", lambda message: spoken.append(message.text))
    if way == "served":
        page.goto(f"{address}{locale}/search/")
    else:
        page.goto((served / locale / "search" / "index.html").as_uri())
    page.get_by_role("searchbox").fill(typed)
    if found is None:
        assert page.locator("#results li").count() == 0
        assert page.locator("#status").inner_text() == ""
    else:
        expect(page.locator("#status")).not_to_be_empty()
        expect(page.locator("#results li")).to_have_count(found)
    assert page.locator("main img").count() == 0
    assert spoken == []
    context.close()


def test_nothing_is_said_to_be_found_before_everything_was_looked_through(
    address: str, browser: Browser
) -> None:
    page = browser.new_page()
    held: list[Route] = []
    going = Event()
    page.route(
        re.compile(r"/fr-\d{4}\.js$"),
        lambda route: route.continue_() if going.is_set() else held.append(route),
    )
    page.goto(f"{address}fr/search/")
    page.get_by_role("searchbox").fill("dauphins")
    while not held:
        page.wait_for_timeout(20)
    assert page.locator("#status").inner_text() == ""
    going.set()
    for one in held:
        one.continue_()
    expect(page.locator("#results li")).not_to_have_count(0)
    page.close()


def test_what_was_found_leads_to_its_page_and_a_search_can_be_linked_to(
    address: str, browser: Browser
) -> None:
    page = browser.new_page()
    page.goto(f"{address}zh/search/?q=%E6%B5%B7%E8%B1%9A")
    page.locator("#results a").first.click()
    expect(page.locator("h1")).to_have_text("斯法克斯港统计海豚数量")
    page.close()


def test_forty_languages_leave_a_phone_to_the_release(browser: Browser, served: Path, tmp_path: Path) -> None:
    others = "en es ar he zh sr uk pl tr nl id vi ro el sv cs da hu bg de it pt ca ja ko hi fa sw fi eu ur"
    choices = ["*fr", *(f"{locale}~" for locale in others.split()), "ru-", "hy-", "sq-", "mk-"]
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.set_content(press_support.switcher_page(tmp_path, choices).decode())
    page.add_style_tag(content=next((served / "assets").glob("site.*.css")).read_text("utf-8"))
    header = page.locator("header").bounding_box()
    assert header
    assert header["height"] < 160
    page.locator("summary").first.click()
    assert page.get_by_text("Italiano").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.close()


@pytest.mark.parametrize(
    ("locale", "serif", "room"),
    [("fr", True, 1.2), ("bn", False, 1.4), ("km", False, 1.4), ("my", False, 1.6), ("ka", False, 1.2)],
)
def test_a_heading_has_room_for_its_letters_and_figures_of_their_face(
    browser: Browser, served: Path, locale: str, room: float, *, serif: bool
) -> None:
    page = browser.new_page()
    page.set_content(f"<html lang={locale}><h1>A 14</h1>")
    page.add_style_tag(content=next((served / "assets").glob("site.*.css")).read_text("utf-8"))
    style = page.evaluate(
        """() => {
            const { fontFamily, lineHeight, fontSize } = getComputedStyle(document.querySelector("h1"));
            return [fontFamily, parseFloat(lineHeight) / parseFloat(fontSize)];
        }"""
    )
    page.close()
    assert ("Georgia" in style[0]) is serif
    assert style[1] > room


def test_a_chooser_of_forty_languages_has_two_columns_on_a_phone(browser: Browser, served: Path) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    item = "<li><a href=a><strong>Bahasa Indonesia</strong><small>Communiqués de presse</small></a></li>"
    page.set_content(f"<html lang=fr><main><ul class=chooser>{item * 40}</ul></main>")
    page.add_style_tag(content=next((served / "assets").glob("site.*.css")).read_text("utf-8"))
    tops = page.evaluate("[...document.querySelectorAll('li')].map(li => li.getBoundingClientRect().top)")
    assert len({*tops}) == 20
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.close()


@pytest.mark.parametrize("locale", ["fr", "ar", "zh"])
def test_on_paper_a_page_has_margins_and_says_where_it_comes_from(
    browser: Browser, address: str, served: Path, locale: str
) -> None:
    page = browser.new_page()
    page.goto(f"{address}{locale}/complete/")
    said = page.get_by_text(f"{press_support.URL}/{locale}/complete/", exact=True)
    assert not said.is_visible()
    page.emulate_media(media="print")
    assert said.is_visible()
    assert not page.locator(".languages").is_visible()
    page.add_style_tag(content=next((served / "assets").glob("site.*.css")).read_text("utf-8"))
    margins = page.evaluate(
        "[...[...document.styleSheets].at(-1).cssRules].flatMap(rule => [...(rule.cssRules ?? [])])"
        ".filter(rule => rule instanceof CSSPageRule).map(rule => rule.style.marginLeft)"
    )
    assert margins == ["16mm"]
    page.close()


NOTED = """\
<p>Un mot.<sup class="footnote-reference"><a href="#a">1</a></sup>
Un autre.<sup class="footnote-reference"><a href="#a">1</a></sup></p>
<pre><code>curl https://data.example.org/a/very/long/address/that/has/no/place/to/break/at/all/and/goes/on.json</code></pre>
<div class="footnote-definition" id="a"><sup class="footnote-definition-label">1</sup>
<p><span lang="en" dir="ltr" class="untranslated">The note.</span></p>
</div>
"""


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_links_back_from_notes_are_told_from_words_and_large_enough(
    browser: Browser, served: Path, direction: str
) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    body = f'<main><article>{tied(NOTED)}</article><p id="{BACK}" hidden>Retour au texte</p></main>'
    start = f'<!doctype html><html lang="fr" dir="{direction}"><title>Le quai</title>'
    page.set_content(f'{start}<meta name="viewport" content="width=device-width"><h1>Le quai</h1>{body}')
    page.add_style_tag(content=next((served / "assets").glob("site.*.css")).read_text("utf-8"))
    told = violations(page, tool("axe-core/axe.min.js"))
    assert [each for each in told if not each.startswith("region")] == []
    for link in page.locator("[role=doc-backlink]").all():
        expect(link).to_have_accessible_name("Retour au texte")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.close()


def test_on_paper_what_is_embedded_is_a_link(browser: Browser, served: Path) -> None:
    page = browser.new_page()
    shown = '<iframe src="https://v.example/1" title="Film"></iframe><audio src="1.ogg" controls></audio>'
    page.set_content(f"<main><article>{with_links(shown)}</article></main>")
    page.add_style_tag(content=next((served / "assets").glob("site.*.css")).read_text("utf-8"))
    film = page.get_by_text("Film")
    assert (film.is_visible(), page.locator("iframe").is_visible()) == (False, True)
    page.emulate_media(media="print")
    assert (film.is_visible(), page.locator("iframe").is_visible()) == (True, False)
    assert not page.locator("audio").is_visible()
    assert page.get_by_text("1.ogg").is_visible()
    address = film.evaluate("link => getComputedStyle(link, '::after').content")
    assert "https://v.example/1" in address
    page.close()
