"""What others say of our pages and feeds: the Nu HTML checker, and the feeds' specifications."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from l10n import project, site
from tests import press_house
from tests.conftest import ROOT, tool

ATOM = "{http://www.w3.org/2005/Atom}"
# The checker takes a data block for a script, of which a policy is not asked (HTML, "prepare the script"),
# and does not know what 'self' is for a file.
ALLOWED = (
    "Inline script violates Content Security Policy",
    "Resource violates Content Security Policy",
    "Trailing slash on void elements",
)


@pytest.fixture(scope="module", params=["every state", "the demonstration"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if request.param == "every state":
        found = press_house.every_state(tmp_path_factory.mktemp("every") / "press")
        files = press_house.built(found).files
    else:
        files = site.build(project.load(ROOT), as_of=press_house.NOW).files
    out = tmp_path_factory.mktemp("site")
    for path, data in files.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(data)
    return out


@pytest.mark.slow
def test_the_nu_html_checker_finds_nothing(folder: Path) -> None:
    checker = tool("vnu-jar/build/dist/vnu.jar")
    asked = ["java", "-Xss8m", "-jar", str(checker), "--format", "json", "--skip-non-html", str(folder)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    messages = json.loads(done.stderr)["messages"]
    told = [f"{one['url']}: {one['message']}" for one in messages if not one["message"].startswith(ALLOWED)]
    assert told == []


def test_feeds_have_what_their_specification_asks_for(folder: Path) -> None:
    feeds = sorted((folder / "feed").glob("*.xml"))
    assert feeds
    for path in feeds:
        root = ET.fromstring(path.read_bytes())  # noqa: S314 - our own
        for needed in ("id", "title", "updated"):
            assert root.findtext(f"{ATOM}{needed}"), (path, needed)
        own = [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
        assert [address for address in own if address and address.endswith(f"/feed/{path.name}")]
        ids = [entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")]
        assert len(set(ids)) == len(ids)
        json_feed = json.loads(path.with_suffix(".json").read_bytes())
        assert [item["id"] for item in json_feed["items"]] == ids
        for entry in root.iter(f"{ATOM}entry"):
            assert entry.findtext(f"{ATOM}updated", "") >= entry.findtext(f"{ATOM}published", "")


def test_the_sitemap_declares_the_alternates_after_lastmod(folder: Path) -> None:
    root = ET.fromstring((folder / "sitemap.xml").read_bytes())  # noqa: S314 - our own
    place = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert root.tag == f"{place}urlset"
    for url in root:
        names = [child.tag.rpartition("}")[2] for child in url]
        assert names in (
            ["loc", *["link"] * (len(names) - 1)],
            ["loc", "lastmod", *["link"] * (len(names) - 2)],
        )
