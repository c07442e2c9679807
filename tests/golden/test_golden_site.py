"""A small press site, built whole: what a reader, a search engine and a feed reader find on it."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode as Node

from l10n import catalogue, project, site
from l10n.errors import ConfigError
from l10n.model import State
from l10n.site import lists, machine_readable

HERE = Path(__file__).parent
PRESS = HERE / "press"
NOVEMBER = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
URL = "https://rivages.example.org/presse"
WAITS = "approved, and the release waits for all of them; waiting for a"
NBSP, NNBSP = "\u00a0", "\u202f"


@cache
def _built() -> site.BuiltSite:
    return site.build(project.load(PRESS), as_of=NOVEMBER)


def _page(path: str) -> HTMLParser:
    return HTMLParser(_built().files[f"{path}index.html"].decode())


def _one(page: HTMLParser | Node, selector: str) -> Node:
    found = page.css_first(selector)
    assert found is not None, f"nothing on the page is {selector}"
    return found


def _attributes(page: HTMLParser, selector: str, *names: str) -> list[tuple[str | None, ...]]:
    return [tuple(node.attributes.get(name) for name in names) for node in page.css(selector)]


def test_a_page_for_each_release_in_each_language_that_may_show_it() -> None:
    pages = [path.removesuffix("index.html") for path in _built().files if path.endswith("index.html")]
    assert pages == [
        "ar/2026/",
        "ar/eau-propre/",
        "ar/",
        "ar/search/",
        "en/2026/",
        "en/eau-propre/",
        "en/harbour-fund/",
        "en/",
        "en/search/",
        "es/2026/",
        "es/eau-propre/",
        "es/",
        "es/search/",
        "es/semana-costas/",
        "fr/2026/",
        "fr/eau-propre/",
        "fr/harbour-fund/",
        "fr/",
        "fr/search/",
        "fr/semana-costas/",
        "",
    ]


def test_what_is_held_back_is_told_with_its_reason() -> None:
    assert [(item.release, item.locale, item.why) for item in _built().skipped] == [
        ("rapport-secret", "", "under embargo until 2027-01-15T09:00:00+01:00"),
        ("harbour-fund", "es", "it has no catalogue yet"),
        ("harbour-fund", "ar", "it has no catalogue yet"),
        ("semana-costas", "en", f"1 of 6 segments are {WAITS} translator: 5"),
        ("semana-costas", "ar", "it has no catalogue yet"),
    ]


@pytest.mark.parametrize(
    ("moment", "there"),
    [("2027-01-15T07:59:59+00:00", False), ("2027-01-15T08:00:00+00:00", True)],
)
def test_an_embargo_ends_on_its_second(moment: str, there: bool) -> None:  # noqa: FBT001 - a table's column
    built = site.build(project.load(PRESS), as_of=dt.datetime.fromisoformat(moment))
    assert ("fr/rapport-secret/index.html" in built.files) is there


def test_an_embargoed_release_is_nowhere_on_the_site() -> None:
    assert not [path for path, data in _built().files.items() if b"rapport-secret" in data]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("fr/eau-propre/", "L’eau est plus propre, mais la côte recule"),
        ("en/eau-propre/", "The water is cleaner, but the coast is retreating"),
        ("es/eau-propre/", "El agua está más limpia, pero la costa retrocede"),
        ("ar/eau-propre/", "المياه أنظف، لكن الساحل يتراجع"),
        ("en/harbour-fund/", "Harbour Fund opens a second call"),
        ("fr/harbour-fund/", "Le Fonds des ports lance un deuxième appel"),
        ("fr/semana-costas/", "La Semaine des côtes réunira 240 communes"),
    ],
)
def test_a_page_has_one_first_heading_and_it_is_its_title(path: str, words: str) -> None:
    page = _page(path)
    assert [node.text(strip=True) for node in page.css("h1")] == [words]
    assert _one(page, "title").text().startswith(f"{words} – ")
    assert _attributes(page, 'meta[property="og:title"]', "content") == [(words,)]


def test_the_typography_of_a_page_is_that_of_its_language() -> None:
    assert _one(_page("fr/eau-propre/"), "blockquote").text(strip=True) == (
        f"«{NBSP}C’est une bonne nouvelle{NBSP}: continuons{NNBSP}!{NBSP}», dit la secrétaire générale."
    )
    assert _one(_page("en/eau-propre/"), "blockquote").text(strip=True) == (
        "“It’s good news: let’s go on!”, said the Secretary-General."
    )
    assert "“A small port is a public building”" in _one(_page("en/harbour-fund/"), "article").text()
    assert f"Tél.{NBSP}:" in _one(_page("fr/semana-costas/"), "article").text()


def test_the_description_is_the_first_paragraph_in_plain_words() -> None:
    assert _attributes(_page("en/eau-propre/"), 'meta[name="description"]', "content") == [
        ("Of 2,840 beaches, 91% meet the threshold. The data are open to all.",)
    ]


def test_paragraphs_that_are_not_wholly_approved_stay_in_the_source_language_and_say_so() -> None:
    page = _page("ar/eau-propre/")
    kept = page.css("article .untranslated")
    assert [(node.attributes["lang"], node.attributes["dir"]) for node in kept] == [("fr", "ltr")] * len(kept)
    assert _one(page, "article p .untranslated").text().startswith(f"Sur 2{NNBSP}840 plages, 91")
    assert _one(page, ".notice").text() == "لم تُترجم بعض أجزاء هذه الصفحة بعد."
    assert page.css('meta[name="description"]') == []


def test_a_wholly_approved_page_has_no_notice() -> None:
    page = _page("es/eau-propre/")
    assert page.css(".notice, .untranslated") == []


def test_only_complete_pages_are_alternates_of_each_other() -> None:
    expected = [
        ("fr", f"{URL}/fr/eau-propre/"),
        ("en", f"{URL}/en/eau-propre/"),
        ("es", f"{URL}/es/eau-propre/"),
        ("x-default", f"{URL}/fr/eau-propre/"),
    ]
    for path in ("fr", "en", "es"):
        page = _page(f"{path}/eau-propre/")
        assert _attributes(page, "link[hreflang]", "hreflang", "href") == expected
        assert _attributes(page, "link[rel=canonical]", "href") == [(f"{URL}/{path}/eau-propre/",)]
    assert _page("ar/eau-propre/").css("link[hreflang]") == []


def test_the_switcher_leads_to_the_same_release_and_names_what_is_missing() -> None:
    page = _page("fr/harbour-fund/")
    told = [
        (node.css_first("[lang]").text(), (node.css_first("a") or node).attributes.get("href"))
        for node in page.css(".languages li")
    ]
    assert told == [
        ("Français", "../../fr/harbour-fund/"),
        ("English", "../../en/harbour-fund/"),
        ("Español", None),
        ("العربية", None),
    ]
    missing = [node.text(strip=True) for node in page.css(".languages .missing small")]
    assert missing == ["non disponible"]
    assert _attributes(page, ".languages [aria-current=page]", "hreflang", "dir") == [("fr", "ltr")]
    partial = _page("fr/eau-propre/").css(".languages small")
    assert [node.text() for node in partial] == ["traduction partielle"]


def test_the_structured_data_ties_the_translations_to_their_original() -> None:
    told = json.loads(_one(_page("es/eau-propre/"), "script").text())
    assert told["@type"] == "NewsArticle"
    assert told["inLanguage"] == "es"
    assert told["datePublished"] == "2026-10-08"
    assert told["translationOfWork"] == {"@id": f"{URL}/fr/eau-propre/"}
    source = json.loads(_one(_page("fr/eau-propre/"), "script").text())
    assert source["workTranslation"] == [{"@id": f"{URL}/{code}/eau-propre/"} for code in ("en", "es")]
    assert source["headline"] == "L’eau est plus propre, mais la côte recule"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("fr/eau-propre/", "8 octobre 2026"),
        ("es/eau-propre/", "8 de octubre de 2026"),
        ("ar/eau-propre/", "8 أكتوبر 2026"),
        ("en/eau-propre/", "8 October 2026"),
    ],
)
def test_dates_are_written_out_in_the_language_of_the_page(path: str, words: str) -> None:
    assert _one(_page(path), "main time").text() == words
    assert _one(_page(path), "main time").attributes["datetime"] == "2026-10-08"


def test_the_list_of_a_language_is_newest_first_and_names_what_it_lacks() -> None:
    page = _page("es/")
    assert [node.text(strip=True) for node in page.css(".releases h2")] == [
        "El agua está más limpia, pero la costa retrocede",
        "La Semana de las Costas reunirá a 240 municipios",
    ]
    assert _attributes(page, ".elsewhere a", "href", "lang", "hreflang", "dir") == [
        ("../en/harbour-fund/", "en", "en", "ltr")
    ]
    assert "2 comunicados de prensa en este idioma" in _one(page, "main").text()


def test_the_list_of_a_language_shows_a_summary_in_the_language_it_is_in() -> None:
    assert _attributes(_page("ar/"), ".releases p span", "lang", "dir") == [("fr", "ltr")]
    assert _page("fr/").css(".releases span") == []


def test_the_front_page_names_each_language_in_itself() -> None:
    page = _page("")
    assert [
        (
            node.attributes["lang"],
            node.attributes["dir"],
            _one(node, "strong").text(),
            _one(node, "span").text(),
        )
        for node in page.css(".chooser li")
    ] == [
        ("fr", "ltr", "Français", "Organisation des rivages"),
        ("en", "ltr", "English", "Shores Organisation"),
        ("es", "ltr", "Español", "Organización de las Riberas"),
        ("ar", "rtl", "العربية", "منظمة الشواطئ"),
    ]
    assert ("x-default", f"{URL}/") in _attributes(page, "link[hreflang]", "hreflang", "href")


def test_the_front_page_says_a_name_once_that_all_languages_share(tmp_path: Path) -> None:
    found = project.create(tmp_path, name="L'eau", source_locale="fr", locales=("en", "ar"))
    page = HTMLParser(site.build(found, as_of=NOVEMBER).files["index.html"].decode())
    assert _one(page, "h1").text() == "L’eau"
    assert [" ".join(node.text().split()) for node in page.css(".chooser li")] == [
        "Français Communiqués de presse",
        "English Press releases",
        "العربية البيانات الصحفية",
    ]


def test_a_year_lists_its_releases_and_leads_to_the_same_year_in_other_languages() -> None:
    page = _page("fr/2026/")
    assert _one(page, "h1").text() == "Communiqués de presse de 2026"
    assert _attributes(page, ".releases h2 a", "href") == [
        ("../harbour-fund/",),
        ("../eau-propre/",),
        ("../semana-costas/",),
    ]
    assert _attributes(page, ".languages a", "href")[1:] == [
        ("../../en/2026/",),
        ("../../es/2026/",),
        ("../../ar/2026/",),
    ]
    assert [node.text(strip=True) for node in _page("fr/").css(".years li")] == ["20263"]


@pytest.mark.parametrize(("locale", "rest"), [("fr", 3), ("en", 1)])
def test_a_long_year_has_several_pages_that_lead_to_each_other(
    locale: str, rest: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = _copy(tmp_path)
    monkeypatch.setattr(lists, "PER_PAGE", 1)
    files = site.build(found, as_of=NOVEMBER).files
    assert f"{locale}/2026/{rest}/index.html" in files or rest == 1
    page = HTMLParser(files["fr/2026/2/index.html"].decode())
    assert _attributes(page, ".pages a", "href", "rel") == [
        ("../../2026/", "prev"),
        ("../../2026/3/", "next"),
    ]
    assert _attributes(page, ".languages [hreflang=ar]", "href") == [("../../../ar/",)]


def test_an_address_that_leads_nowhere_is_explained_in_each_language() -> None:
    page = HTMLParser(_built().files["404.html"].decode())
    told = [(node.attributes["lang"], node.css_first("h1, h2").text()) for node in page.css(".lost")]
    assert told == [
        ("fr", "Page introuvable"),
        ("en", "Page not found"),
        ("es", "Página no encontrada"),
        ("ar", "الصفحة غير موجودة"),
    ]
    arabic = HTMLParser(_built().files["ar/404.html"].decode())
    assert [node.attributes["dir"] for node in arabic.css("html, .lost")] == ["rtl", "rtl"]
    assert _attributes(arabic, ".lost a", "href") == [("/presse/ar/",)]
    assert _attributes(arabic, "meta[name=robots]", "content") == [("noindex",)]
    assert not [url for url in (f"{URL}/404.html", f"{URL}/ar/404.html") if url in str(_built().files)]


def test_a_feed_in_json_says_what_the_feed_in_atom_says() -> None:
    told = json.loads(_built().files["feed/es.json"])
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert (told["language"], told["feed_url"]) == ("es", f"{URL}/feed/es.json")
    items = [(item["url"], item["date_published"], bool(item["content_text"])) for item in told["items"]]
    assert items == [
        (f"{URL}/es/eau-propre/", "2026-10-08T00:00:00Z", True),
        (f"{URL}/es/semana-costas/", "2026-04-21T00:00:00Z", True),
    ]


def test_robots_are_led_to_the_sitemap() -> None:
    assert f"Sitemap: {URL}/sitemap.xml" in _built().files["robots.txt"].decode().splitlines()


def test_a_large_sitemap_is_an_index_of_several_filled_from_the_oldest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine_readable, "SITEMAP", 8)
    files = site.build(_copy(tmp_path), as_of=NOVEMBER).files
    names = re.findall(r"<loc>(.*?)</loc>", files["sitemap.xml"].decode())
    assert names == [f"{URL}/sitemap-1.xml", f"{URL}/sitemap-2.xml", f"{URL}/sitemap-3.xml"]
    listed = [re.findall(r"<loc>(.*?)</loc>", files[f"sitemap-{n}.xml"].decode()) for n in (1, 2, 3)]
    assert [len(addresses) for addresses in listed] == [8, 8, 5]
    assert set(listed[0][:2]) == {f"{URL}/es/semana-costas/", f"{URL}/fr/semana-costas/"}


def _with_draft(tmp_path: Path, origin: str) -> site.BuiltSite:
    """The press with one release that shows drafts, one of whose Spanish targets is such."""
    found = _copy(tmp_path)
    plan = found.root / "releases" / "eau-propre" / "release.toml"
    plan.write_text(plan.read_text("utf-8") + 'partial = "draft"\n', "utf-8")
    path = found.root / "locales" / "es" / "LC_MESSAGES" / "eau-propre.po"
    read = catalogue.read(path)
    first = replace(read.entries[1], state=State.TRANSLATED, origin=origin, fuzzy=True)
    catalogue.write(replace(read, entries=(read.entries[0], first, *read.entries[2:])), path)
    return site.build(project.load(found.root), as_of=NOVEMBER)


@pytest.mark.parametrize(
    ("origin", "notice"),
    [
        ("mt:apertium", "Esta página se ha traducido automáticamente y todavía nadie la ha revisado."),
        ("human", "Esta traducción todavía no se ha revisado."),
    ],
)
def test_a_draft_is_shown_with_a_notice_and_told_to_nobody_else(
    origin: str, notice: str, tmp_path: Path
) -> None:
    files = _with_draft(tmp_path, origin).files
    page = HTMLParser(files["es/eau-propre/index.html"].decode())
    assert [node.text() for node in page.css(".notice")] == [notice]
    assert page.css(".untranslated") == []
    assert _attributes(page, "meta[name=robots]", "content") == [("noindex",)]
    assert page.css("link[hreflang]") == []
    address = f"{URL}/es/eau-propre/"
    for name in ("sitemap.xml", "feed/es.xml", "feed/es.json", "fr/eau-propre/index.html"):
        assert address not in files[name].decode(), name
    listed = HTMLParser(files["es/index.html"].decode())
    assert [node.text() for node in listed.css(".releases small")] == ["borrador"]


def test_a_draft_gives_way_to_the_approved_text_at_the_same_address(tmp_path: Path) -> None:
    found = _copy(tmp_path)
    plan = found.root / "releases" / "eau-propre" / "release.toml"
    plan.write_text(plan.read_text("utf-8") + 'partial = "draft"\n', "utf-8")
    files = site.build(found, as_of=NOVEMBER).files
    assert files["es/eau-propre/index.html"] == _built().files["es/eau-propre/index.html"]


@pytest.mark.parametrize("name", ["sitemap.xml", "feed/fr.xml", "feed/ar.xml"])
def test_machines_are_told_exactly_this(name: str) -> None:
    expected = PRESS / "expected" / name.replace("/", ".")
    assert _built().files[name].decode() == expected.read_text("utf-8")


def test_the_pages_are_light_and_run_no_script() -> None:
    files = _built().files
    (style,) = [path for path in files if path.startswith("assets/") and path.endswith(".css")]
    assert len(files[style]) <= 14_336
    for path, data in files.items():
        if path.endswith(".html"):
            page = HTMLParser(data.decode())
            kinds = [node.attributes.get("type") for node in page.css("script")]
            assert kinds in ([None] if "/search/" in path else [], ["application/ld+json"])
            assert len(page.css("link[rel=stylesheet]")) == 1
            assert len(data) < 12_000


def test_every_page_has_its_landmarks_and_a_way_past_the_header() -> None:
    for path, data in _built().files.items():
        if path.endswith(".html"):
            page = HTMLParser(data.decode())
            assert len(page.css("main#main")) == len(page.css("header.site")) == 1
            assert _attributes(page, "body > a:first-child", "href") == [("#main",)]


def test_the_style_knows_no_left_and_no_right() -> None:
    style = next(data for path, data in _built().files.items() if path.startswith("assets/")).decode()
    for word in ("left", "right", "margin-top", "margin-bottom", "padding-top", "min-width"):
        assert word not in style


def _copy(tmp_path: Path) -> project.Project:
    shutil.copytree(PRESS, tmp_path / "press")
    return project.load(tmp_path / "press")


def test_a_project_replaces_one_template_and_keeps_the_others(tmp_path: Path) -> None:
    found = _copy(tmp_path)
    own = found.root / "templates" / "site"
    own.mkdir(parents=True)
    (own / "chooser.html").write_text("<p>{{ site_title }} & {{ lines|length }}", "utf-8")
    built = site.build(found, as_of=NOVEMBER)
    assert built.files["index.html"] == b"<p>Organisation des rivages & 4"
    assert built.files["fr/index.html"] == _built().files["fr/index.html"]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (b"a\n{{ nothing.here }}", 2, "'nothing' is undefined"),
        (b"a\nb\n{% if %}", 3, "Expected an expression"),
        (b"\n{{ 1 + 'a' }}", 2, "unsupported operand"),
        (b"{{ 1 / 0 }}", 1, "division by zero"),
        (b"\n{{ say('Hello {name}', who=1) }}", 2, "nothing gives a value for 'name'"),
        (b"\xff", 0, "it is not UTF-8"),
        (b"{% include 'nowhere.html' %}", 1, "there is no template 'nowhere.html'"),
    ],
)
def test_a_mistake_in_a_projects_template_is_told_with_its_place(
    tmp_path: Path, text: bytes, line: int, said: str
) -> None:
    found = _copy(tmp_path)
    own = found.root / "templates" / "site"
    own.mkdir(parents=True)
    (own / "index.html").write_bytes(text)
    with pytest.raises(ConfigError, match=re.escape(said)) as caught:
        site.build(found, as_of=NOVEMBER)
    assert caught.value.path == str(own / "index.html")
    assert caught.value.line == line


def test_where_ours_cannot_use_a_projects_template_that_is_named(tmp_path: Path) -> None:
    found = _copy(tmp_path)
    own = found.root / "templates" / "site"
    own.mkdir(parents=True)
    (own / "list.html").write_text("{% macro releases() %}{% endmacro %}", "utf-8")
    with pytest.raises(ConfigError, match="macro 'releases'") as caught:
        site.build(found, as_of=NOVEMBER)
    assert "compare list.html" in (caught.value.remedy or "")


def test_a_target_with_damaged_codes_is_held_back_and_the_site_is_built(tmp_path: Path) -> None:
    found = _copy(tmp_path)
    path = found.root / "locales" / "es" / "LC_MESSAGES" / "eau-propre.po"
    read = catalogue.read(path)
    entries = [replace(entry, target=entry.target.replace("</1>", "")) for entry in read.entries[3:4]]
    catalogue.write(replace(read, entries=(*read.entries[:3], *entries, *read.entries[4:])), path)
    built = site.build(found, as_of=NOVEMBER)
    page = HTMLParser(built.files["es/eau-propre/index.html"].decode())
    assert "Les données sont" in _one(page, "article p .untranslated").text()
    assert [item.why for item in built.skipped if item.locale == "es" and item.release == "eau-propre"] == [
        "the codes of a target are damaged, so it is not shown: 'Les données sont <1>en accès libre</1>.'"
    ]


def test_a_draft_is_not_published(tmp_path: Path) -> None:
    found = _copy(tmp_path)
    plan = found.root / "releases" / "eau-propre" / "release.toml"
    plan.write_text(plan.read_text("utf-8") + 'status = "draft"\n', "utf-8")
    built = site.build(found, as_of=NOVEMBER)
    assert not [path for path in built.files if "eau-propre" in path]
    assert ("eau-propre", "", "its status is draft") in [
        (item.release, item.locale, item.why) for item in built.skipped
    ]


def test_a_language_below_its_threshold_waits(tmp_path: Path) -> None:
    found = _copy(tmp_path)
    with (found.root / "l10n.toml").open("a") as file:
        file.write("\n[gates.min_approved]\nar = 50\n")
    built = site.build(project.load(found.root), as_of=NOVEMBER)
    assert "ar/eau-propre/index.html" not in built.files
    (why,) = [i.why for i in built.skipped if (i.release, i.locale) == ("eau-propre", "ar")]
    assert why == "2 of 8 segments are approved, and at least 50 % have to be; waiting for a translator: 6"


def test_a_language_of_which_nothing_is_approved_waits_whatever_its_threshold(tmp_path: Path) -> None:
    found = _copy(tmp_path)
    path = found.root / "locales" / "ar" / "LC_MESSAGES" / "eau-propre.po"
    path.write_text(
        re.sub(r'(?m)^msgstr "(?!Project-Id|.*\\n).+"$', 'msgstr ""', path.read_text("utf-8")), "utf-8"
    )
    built = site.build(found, as_of=NOVEMBER)
    (why,) = [i.why for i in built.skipped if (i.release, i.locale) == ("eau-propre", "ar")]
    assert why == "none of 8 segments is approved yet; waiting for a translator: 8"


def test_a_language_that_is_held_back_is_published_when_somebody_says_so_and_why(tmp_path: Path) -> None:
    found = _copy(tmp_path)
    path = found.root / "locales" / "fr" / "LC_MESSAGES" / "semana-costas.po"
    read = catalogue.read(path)
    drafted = [replace(entry, state=State.TRANSLATED) for entry in read.entries[1:2]]
    catalogue.write(replace(read, entries=(read.entries[0], *drafted, *read.entries[2:])), path)

    def told() -> tuple[bool, str]:
        built = site.build(project.load(found.root), as_of=NOVEMBER)
        (why,) = [one.why for one in built.skipped if (one.release, one.locale) == ("semana-costas", "fr")]
        return "fr/semana-costas/index.html" in built.files, why

    there, why = told()
    assert not there
    assert why.endswith("and the release waits for all of them; waiting for a reviewer: 1")
    plan = found.root / "releases" / "semana-costas" / "release.toml"
    override = '\n[overrides.fr]\nby = "Ana Ruiz"\nwhy = "the minister speaks at noon"\n'
    plan.write_text(plan.read_text("utf-8") + override, "utf-8")
    there, why = told()
    assert there
    assert why.startswith("published all the same, since Ana Ruiz says so (the minister speaks at noon): ")
    plan.write_text(plan.read_text("utf-8").replace('why = "the', 'why = "" # "the'), "utf-8")
    with pytest.raises(ConfigError, match="why is missing"):
        told()


def test_the_title_of_the_plan_stands_in_the_language_of_the_release(tmp_path: Path) -> None:
    found = _copy(tmp_path)
    plan = found.root / "releases" / "harbour-fund" / "release.toml"
    plan.write_text(plan.read_text("utf-8") + 'title = "The Fund\'s second call"\n', "utf-8")
    files = site.build(found, as_of=NOVEMBER).files
    assert (
        _one(HTMLParser(files["en/harbour-fund/index.html"].decode()), "h1").text()
        == "The Fund’s second call"
    )
    assert _one(HTMLParser(files["fr/harbour-fund/index.html"].decode()), "h1").text().startswith("Le Fonds")
