"""What stands for the organisation on its site: icon, logo and picture, as the settings name them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from l10n import project, site
from l10n.errors import ConfigError
from l10n.site import lint
from tests import press_support

NOW, URL = press_support.NOW, press_support.URL
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\xb4\0\0\0\xb4"
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="50"/>'
ALL = """
icon = ["brand/mark.svg", "brand/mark.png"]
picture = "brand/share.png"
logo = { "*" = "brand/logo.svg", ar = "brand/logo ar.svg" }
"""


def _press(factory: pytest.TempPathFactory, folder: Path, settings: str) -> project.Project:
    """A press site with these lines in its settings, and the files that they name."""
    made = press_support.copied(factory, folder / "press")
    brand = made.root / "brand"
    brand.mkdir()
    for name in ("mark.svg", "logo.svg", "logo ar.svg"):
        (brand / name).write_text(LOGO.replace("/>", f"><!-- {name} --></svg>"), "utf-8")
    for name in ("mark.png", "share.png"):
        (brand / name).write_bytes(PNG + name.encode() + b"\0\0\0\0IEND\xaeB`\x82")
    (folder / "secret.svg").write_text(LOGO, "utf-8")
    (brand / "elsewhere.svg").symlink_to(folder / "secret.svg")
    path = made.root / "l10n.toml"
    path.write_text(path.read_text("utf-8").replace("[site]\n", f"[site]\n{settings.strip()}\n"), "utf-8")
    return project.load(made.root)


def _page(built: site.BuiltSite, path: str) -> HTMLParser:
    return HTMLParser(built.files[path].decode())


def _at(page: HTMLParser, selector: str, name: str) -> list[str]:
    values = [node.attributes[name] or "" for node in page.css(selector)]
    return [re.sub(r"\.[0-9a-f]{12}\.", ".", value) for value in values]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> site.BuiltSite:
    return site.build(_press(tmp_path_factory, tmp_path_factory.mktemp("brand"), ALL), as_of=NOW)


@pytest.mark.parametrize(
    ("path", "root", "logo"),
    [
        ("fr/index.html", "../", "logo"),
        ("ar/complete/index.html", "../../", "logo-ar"),
        ("404.html", "/news/", "logo"),
    ],
)
def test_pages_show_the_icon_and_the_logo(built: site.BuiltSite, path: str, root: str, logo: str) -> None:
    page = _page(built, path)
    assert _at(page, "link[rel=icon]", "href") == [f"{root}assets/mark.svg", f"{root}assets/mark.png"]
    assert _at(page, "link[rel=icon]", "sizes") == ["any", "180x180"]
    assert _at(page, "link[rel=icon]", "type") == ["image/svg+xml", "image/png"]
    assert _at(page, "link[rel=apple-touch-icon]", "href") == [f"{root}assets/mark.png"]
    assert _at(page, "header img", "src") == [f"{root}assets/{logo}.svg"]
    (image,) = page.css("header .name img")
    assert [image.attributes[key] for key in ("alt", "width", "height")] == ["Port de Sfax", "200", "50"]


def test_search_engines_are_told_the_logo(built: site.BuiltSite) -> None:
    for path, logo in (("fr/complete/index.html", "logo"), ("ar/complete/index.html", "logo-ar")):
        data = json.loads(_page(built, path).css_first('script[type="application/ld+json"]').text())
        told = data["publisher"]["logo"]
        assert re.fullmatch(rf"{URL}/assets/{logo}\.[0-9a-f]{{12}}\.svg", told["url"])
        assert told["url"].removeprefix(f"{URL}/") in built.files
        assert (told["@type"], told["width"], told["height"]) == ("ImageObject", 200, 50)


def test_networks_show_the_picture_of_the_organisation_where_a_page_has_none(built: site.BuiltSite) -> None:
    for path in ("fr/index.html", "fr/2026/index.html", "en/complete/index.html"):
        page = _page(built, path)
        assert _at(page, 'meta[property="og:image"]', "content") == [f"{URL}/assets/share.png"]
        assert _at(page, "meta[name='twitter:card']", "content") == ["summary_large_image"]


def test_a_site_with_a_brand_has_no_fault(built: site.BuiltSite) -> None:
    assert lint.check(dict(built.files), URL) == ()


def test_without_settings_a_page_names_itself_in_words(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    page = _page(site.build(_press(tmp_path_factory, tmp_path, ""), as_of=NOW), "fr/index.html")
    assert _at(page, "link[rel=icon]", "href") == ["data:,"]
    assert page.css_first("header .name").text() == "Port de Sfax"
    assert not page.css("header img, link[rel=apple-touch-icon], meta[property='og:image']")


def test_another_logo_changes_every_page(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> None:
    press = _press(tmp_path_factory, tmp_path, 'logo = "brand/logo.svg"')
    site.publish(press, site.build_incremental(press, as_of=NOW))
    assert not site.publish(press, site.build_incremental(press, as_of=NOW)).written
    (press.root / "brand" / "logo.svg").write_text(LOGO.replace("200", "300"), "utf-8")
    fresh = site.build_incremental(press, as_of=NOW)
    assert 'width="300"' in fresh.files["fr/complete/index.html"].decode()
    assert dict(fresh.files) == dict(site.build_incremental(press, as_of=NOW, full=True).files)


@pytest.mark.parametrize(
    ("settings", "line", "message"),
    [
        ('icon = "brand/gone.png"', 1, "site.icon names 'brand/gone.png', and there is no such file"),
        ('calling_code = "+33"\nlogo = "brand"', 2, "site.logo names 'brand', which is not shown there"),
        ('logo = "../secret.svg"', 1, "site.logo names '../secret.svg', which leads out of the project"),
        ('logo = "brand/elsewhere.svg"', 1, "which leads out of the project"),
        ('logo = "/etc/logo.svg"', 1, "which leads out of the project"),
        ('picture = "brand/logo.svg"', 1, "site.picture names 'brand/logo.svg', which is not shown there"),
        (f'logo = "{"x" * 300}.svg"', 1, "and there is no such file"),
        ('icon = ["brand/mark.svg", "brand/gone.ico"]', 1, "site.icon names 'brand/gone.ico'"),
        ('logo = { fr = "brand/logo.svg", ar = "brand/gone.svg" }', 1, "site.logo.ar names"),
    ],
)
def test_a_file_that_cannot_be_shown_is_named_with_its_line(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, settings: str, line: int, message: str
) -> None:
    press = _press(tmp_path_factory, tmp_path, settings)
    above = press.root.joinpath("l10n.toml").read_text("utf-8").split("[site]\n")[0].count("\n") + 1
    with pytest.raises(ConfigError, match=re.escape(message)) as told:
        site.build(press, as_of=NOW)
    assert told.value.line == above + line


@pytest.mark.parametrize(
    "settings", ['icon = ""', "icon = 3", 'logo = "a\\u0000.svg"', "picture = ['a.png']"]
)
def test_what_names_no_file_is_told_at_once(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, settings: str
) -> None:
    with pytest.raises(ConfigError, match=r"site\.(icon|logo|picture)"):
        _press(tmp_path_factory, tmp_path, settings)
