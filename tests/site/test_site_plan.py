"""What a release's plan says about its place: topics, addresses in each language, texts at its foot."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from l10n import project, site
from l10n.errors import ConfigError
from l10n.project import Site
from tests import press_support

NOW = press_support.NOW


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> project.Project:
    return press_support.copied(tmp_path_factory, tmp_path_factory.mktemp("every") / "press")


@pytest.fixture
def found(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> project.Project:
    """The same, which a test may change."""
    return press_support.copied(tmp_path_factory, tmp_path / "press")


@pytest.fixture(scope="module")
def files(press: project.Project) -> dict[str, bytes]:
    return dict(press_support.built(press).files)


def _page(files: dict[str, bytes], path: str) -> HTMLParser:
    return HTMLParser(files[f"{path}index.html"].decode())


def _hrefs(page: HTMLParser, selector: str) -> list[str | None]:
    return [node.attributes.get("href") or node.attributes.get("content") for node in page.css(selector)]


def test_a_topic_has_a_page_in_each_language_named_in_it(files: dict[str, bytes]) -> None:
    for locale, name in (("fr", "Mer"), ("en", "Sea"), ("zh", "海洋")):
        page = _page(files, f"{locale}/topics/sea/")
        assert [node.text() for node in page.css("h1")] == [name]
        assert len(page.css(".releases li")) == 1
        assert [node.text() for node in _page(files, f"{locale}/").css("[href='topics/sea/']")] == [name]
    assert "ar/topics/sea/index.html" not in files, "its release is withdrawn in Arabic"
    assert _hrefs(_page(files, "en/topics/sea/"), ".languages [hreflang=ar]") == ["../../../ar/"]
    assert _hrefs(_page(files, "en/one/"), ".topics a") == ["../topics/sea/"]


def test_an_address_is_called_as_its_language_says_and_written_as_addresses_are(
    files: dict[str, bytes],
) -> None:
    assert "zh/one/index.html" not in files
    escaped = f"{press_support.URL}/zh/%E6%B5%B7%E8%B1%9A/"
    page = _page(files, "zh/海豚/")
    assert _hrefs(page, "link[rel=canonical]") == [escaped]
    assert escaped.encode() in files["sitemap.xml"]
    assert escaped.encode() in files["feed/zh.xml"]
    assert _hrefs(_page(files, "fr/one/"), ".languages [hreflang=zh]") == ["../../zh/%E6%B5%B7%E8%B1%9A/"]
    assert "%E6%B5%B7%E8%B1%9A/" in _hrefs(_page(files, "zh/"), ".releases a")
    assert page.css_first(".address").text() == f"{press_support.URL}/zh/海豚/"


def test_a_former_address_leads_to_the_page(files: dict[str, bytes]) -> None:
    page = _page(files, "zh/dauphins/")
    assert _hrefs(page, "main a") == ["../%E6%B5%B7%E8%B1%9A/"]
    assert _hrefs(page, "meta[http-equiv=refresh]") == ["0; url=../%E6%B5%B7%E8%B1%9A/"]
    assert page.css_matches("meta[name=robots][content=noindex]")
    assert b"zh/dauphins" not in files["sitemap.xml"]


def test_servers_that_redirect_by_themselves_are_told_former_addresses(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    assert files["_redirects"].decode() == "/news/zh/dauphins/ /news/zh/%E6%B5%B7%E8%B1%9A/ 301\n"
    found = project.create(tmp_path / "none", name="Port", source_locale="fr", locales=("en",))
    assert "_redirects" not in site.build(found, as_of=NOW).files


@pytest.mark.parametrize(
    ("locale", "name"),
    [
        ("pt", "Mar"),
        ("pt-BR", "Mar"),
        ("zh-Hant-HK", "海"),
        ("zh-TW", "海 (TW)"),
        ("zh", "sea"),
        ("sr-Latn", "sea"),
        ("de", "sea"),
    ],
)
def test_a_region_takes_the_names_of_its_language_in_its_own_script(locale: str, name: str) -> None:
    names = {"*": "sea", "pt": "Mar", "zh-Hant": "海", "zh-TW": "海 (TW)", "sr": "Море"}
    assert Site(topics={"sea": names}).topic("sea", locale) == name
    assert Site(titles=names).title(locale) == name


def test_a_topic_that_has_no_name_in_a_language_says_whose_it_is(found: project.Project) -> None:
    settings = found.root / "l10n.toml"
    told = settings.read_text("utf-8")
    settings.write_text(told.replace('zh = "海洋"\n', ""), "utf-8")
    assert settings.read_text("utf-8") != told
    files = dict(site.build(project.load(found.root), as_of=NOW).files)
    for path, selector in (
        ("zh/", "[href='topics/sea/']"),
        ("zh/topics/sea/", "h1"),
        ("zh/topics/sea/", "title"),
        ("zh/海豚/", ".topics a"),
    ):
        node = _page(files, path).css_first(selector)
        assert node.text().partition(" ")[0] == "Mer"
        assert (node.attributes["lang"], node.attributes["dir"]) == ("fr", "ltr")


def test_a_block_stands_at_the_foot_of_every_release_in_the_readers_language(
    files: dict[str, bytes],
) -> None:
    assert _page(files, "en/complete/").css_first(".block").text(strip=True).startswith("About the port")
    arabic = _page(files, "ar/complete/").css_first(".block > [lang]")
    assert (arabic.attributes["lang"], arabic.attributes["dir"]) == ("fr", "ltr")
    assert press_support.ABOUT in arabic.text()
    assert "lang" not in _page(files, "fr/complete/").css_first(".block").attributes
    assert not [path for path in files if "about" in path]
    assert b"/about/" not in files["sitemap.xml"] + files["fr/index.html"]


def test_a_block_goes_when_its_day_is_over(press: project.Project) -> None:
    last = dt.datetime(2027, 1, 31, 23, 59, tzinfo=dt.UTC)
    for moment, there in ((last, True), (last + dt.timedelta(minutes=1), False)):
        built = site.build(press, as_of=moment)
        page = HTMLParser(built.files["fr/complete/index.html"].decode())
        assert bool(page.css(".block")) is there
        assert ("about" in [item.release for item in built.skipped]) is not there
    assert site.next_moment(project.releases(press), NOW) == dt.datetime(2027, 2, 1, tzinfo=dt.UTC)


def test_a_new_block_is_on_every_page_of_the_next_build(found: project.Project) -> None:
    site.publish(found, site.build_incremental(found, as_of=NOW))
    source = found.root / "releases" / "about" / "source.txt"
    source.write_text(source.read_text("utf-8").replace("est un port", "reste un port"), "utf-8")
    some, whole = (
        site.build_incremental(found, as_of=NOW),
        site.build_incremental(found, as_of=NOW, full=True),
    )
    assert dict(some.files) == dict(whole.files)
    assert b"reste un port" in some.files["fr/complete/index.html"]


EVENT = '[[history]]\nwhat = "archived"\nat = 2026-10-01'


@pytest.mark.parametrize(
    ("plan", "message"),
    [
        ('topics = ["sky"]', "names 'sky'"),
        ('[slugs]\nen = "Big"', "en is 'Big'"),
        ('[slugs]\nen = "a/b"', "en is 'a/b'"),
        ('[slugs]\nen = ".."', "en is '..'"),
        ('[former]\nen = ["a_b"]', "en is 'a_b'"),
        ('kind = "note"', "kind is 'note'"),
        ('locales = ["en_GB"]', "locales names 'en_GB', which is no locale"),
        (
            'locales = ["ara"]',
            "names 'ara', which is no locale\n  BCP 47 has two letters for this language: ar",
        ),
        (
            'locales = ["fr", "cn"]',
            "names 'cn', which is no locale\n  cn is no language; zh is one of the country CN.",
        ),
        ('locales = ["xx"]', "names 'xx', which is no locale\n  No language is registered as xx."),
        ("embargo = 2026-09-14T09:00:00", "embargo should be a moment with its offset"),
        ("[schedule]\nen = 2026-09-14T09:00:00", "schedule.en should be a moment with its offset"),
        ("[schedule]\nde = 2026-09-14T09:00:00Z", "schedule.de is for 'de', a language that neither"),
        ('[slugs]\nfr = "x"\n[former]\nxx = ["y"]', "former.xx is for 'xx'"),
        ('[slugs]\nen = "x"\n[former]\nen = "y"', "former.en should be a list of texts"),
        ('[overrides.zh]\nby = "A"\nwhy = "b"\n[overrides.pt]', "overrides.pt is for 'pt'"),
        (f'{EVENT}\n{EVENT}\nlocales = ["zh-CN"]', r"history\[2\].locales is for 'zh-CN'"),
        (f'{EVENT}\ntext = {{ de = "x" }}', r"history\[1\].text.de is for 'de'"),
        (f'{EVENT}\n[[history]]\nwhat = "moved"', r"history\[2\].what is 'moved'"),
    ],
)
def test_a_plan_that_says_something_else_is_told_so(found: project.Project, plan: str, message: str) -> None:
    path = found.root / "releases" / "complete" / "release.toml"
    top, table, rest = path.read_text("utf-8").partition("[credits")
    above = f"{top}{plan}\n"
    path.write_text(above + table + rest, "utf-8")
    with pytest.raises(ConfigError, match=message) as caught:
        project.release(found, "complete")
    assert (caught.value.path, caught.value.line) == (str(path), above.count("\n"))


@pytest.mark.parametrize(("slug", "other"), [("draft", "draft"), ("2026", "a list"), ("search", "a list")])
def test_two_pages_cannot_have_one_address(found: project.Project, slug: str, other: str) -> None:
    path = found.root / "releases" / "complete" / "release.toml"
    path.write_text(f'{path.read_text("utf-8")}[slugs]\nen = "{slug}"\n', "utf-8")
    with pytest.raises(ConfigError, match=f"en/{slug} is taken by") as caught:
        site.build(found, as_of=NOW)
    assert other in caught.value.message or "complete" in caught.value.message


@pytest.mark.parametrize(
    ("former", "other"), [("draft", "draft"), ("dauphins", "one"), ("2026", "a list"), ("topics", "a list")]
)
def test_a_former_address_cannot_be_another_pages(found: project.Project, former: str, other: str) -> None:
    path = found.root / "releases" / "complete" / "release.toml"
    path.write_text(f'{path.read_text("utf-8")}[slugs]\nen = "x"\n[former]\nzh = ["{former}"]\n', "utf-8")
    with pytest.raises(ConfigError, match=f"zh/{former} is taken by") as caught:
        site.build(found, as_of=NOW)
    assert other in caught.value.message or "complete" in caught.value.message
    told = Path(caught.value.path).read_text("utf-8").splitlines()
    assert told[caught.value.line - 1].startswith("zh = [")


def test_a_former_address_may_be_taken_again_by_the_same_release(found: project.Project) -> None:
    path = found.root / "releases" / "complete" / "release.toml"
    path.write_text(f'{path.read_text("utf-8")}[former]\nzh = ["complete"]\n', "utf-8")
    assert b"<article>" in site.build(found, as_of=NOW).files["zh/complete/index.html"]


@pytest.mark.parametrize(
    ("plan", "line", "remedy"),
    [
        ("date = 2026-09-31", 1, "There is no such day or time, or a text has no quotes."),
        ('date = 2026-09-30\nlocale = "fr"\ndate = 2026-10-01', 3, "It is set twice: keep one."),
        ("date = 2026-09-30\n[slugs]\n[slugs]", 3, "This part stands twice: put its lines into one."),
        ("date = 2026-09-30\nlocale = fr", 2, "A text needs quotes; a date does not."),
        ("date = 2026-09-30", 0, 'Write it as in locale = "fr".'),
        (
            'date = 2026-09-30\nlocale = "fr"\n[history]\nwhat = "archived"',
            3,
            "Each starts with [[history]].",
        ),
    ],
)
def test_what_to_do_about_a_plan_that_cannot_be_read(
    found: project.Project, plan: str, line: int, remedy: str
) -> None:
    path = found.root / "releases" / "complete" / "release.toml"
    path.write_text(plan, "utf-8")
    with pytest.raises(ConfigError) as caught:
        project.release(found, "complete")
    assert (caught.value.path, caught.value.line, caught.value.remedy) == (str(path), line, remedy)


def test_a_picture_that_is_not_there_is_told_with_its_line(found: project.Project) -> None:
    folder = found.root / "releases" / "complete"
    (folder / "dauphins.svg").unlink()
    assert [each.why for each in site.build(found, as_of=NOW).skipped if each.release == "complete"] == [
        "it shows dauphins.svg, and there is no such file in its folder (source.md, line 16)"
    ]
