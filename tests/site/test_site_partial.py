"""Every policy for partial translation, on one generated site: its lang, notice, alternates and feed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from tests import press_support

CASES = Path(__file__).parents[1] / "cases" / "site" / "partial.txt"
LINES = [line for line in CASES.read_text("utf-8").splitlines() if not line.startswith("#")]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    found = press_support.copied(tmp_path_factory, tmp_path_factory.mktemp("every") / "press")
    return dict(press_support.built(found).files)


@pytest.mark.parametrize("line", LINES)
def test_each_policy_shows_what_it_promises(line: str, files: dict[str, bytes]) -> None:
    state, locale, there, lang, notice, alternates, index, feed = (each.strip() for each in line.split("|"))
    path = f"{locale}/{state}/index.html"
    address = f"{press_support.URL}/{locale}/{state}/"
    told = [item["url"] for item in json.loads(files[f"feed/{locale}.json"])["items"]]
    assert (address in told) is (feed == "feed")
    assert (address in files[f"feed/{locale}.xml"].decode()) is (feed == "feed")
    assert (path in files) is (there == "page")
    assert (f"<loc>{address}</loc>" in files["sitemap.xml"].decode()) is (index == "index")
    if there == "none":
        return
    page = HTMLParser(files[path].decode())
    assert page.root is not None
    assert page.root.attributes["lang"] == locale
    (paragraph, *_) = page.css("article > p")
    marked = paragraph.css_first(".untranslated")
    assert (locale if marked is None else marked.attributes["lang"]) == lang
    if marked is not None:
        assert marked.attributes["dir"] == "ltr"
    assert [node.text().strip() for node in page.css(".notice")] == ([] if notice == "-" else [notice])
    hreflang = [node.attributes["hreflang"] for node in page.css("link[hreflang]")]
    assert hreflang == ([] if alternates == "-" else [*alternates.split(), "x-default"])
    hidden = [node.attributes["content"] for node in page.css("meta[name=robots]")]
    assert hidden == (["noindex"] if index == "hide" else [])
