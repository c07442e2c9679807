"""What others say of our pages and feeds: the Nu HTML checker, and the feeds' specifications."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import feedparser
import pytest
import xmlschema

from l10n import project, site
from l10n.site import lint, machine_readable
from tests import press_support
from tests.conftest import ROOT, tool

SCHEMAS = ROOT / "tests" / "cases" / "site"
XHTML = "http://www.w3.org/1999/xhtml"
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
        found = press_support.every_state(tmp_path_factory.mktemp("every") / "press")
        files = press_support.built(found).files
    else:
        files = site.build(project.load(ROOT), as_of=press_support.NOW).files
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


def test_a_feed_reader_reads_every_feed_without_complaint(folder: Path) -> None:
    feeds = sorted((folder / "feed").glob("*.xml"))
    assert feeds
    for path in feeds:
        read = feedparser.parse(path.read_bytes())
        assert (read.bozo, read.version, read.encoding) == (False, "atom10", "utf-8"), path
        assert read.feed.language == path.stem
        assert read.feed.title
        assert read.feed.updated_parsed
        json_feed = json.loads(path.with_suffix(".json").read_bytes())
        told = [(one.id, one.link, one.title, one.published, one.updated) for one in read.entries]
        assert told == [
            (one["id"], one["url"], one["title"], one["date_published"], _changed(one))
            for one in json_feed["items"]
        ]
        topics = [[tag.label for tag in one.get("tags", ())] for one in read.entries]
        assert topics == [one.get("tags", []) for one in json_feed["items"]]


def _changed(item: dict[str, str]) -> str:
    return item.get("date_modified", item["date_published"])


def test_our_linter_finds_nothing(folder: Path) -> None:
    assert lint.check(lint.files_of(folder), _address(folder)) == ()


def _address(folder: Path) -> str:
    told = json.loads((folder / "feed" / "fr.json").read_bytes())
    return str(told["feed_url"]).removesuffix("/feed/fr.json")


@pytest.mark.parametrize("in_one", [True, False])
def test_the_sitemap_is_valid_by_its_published_schema(
    folder: Path,
    in_one: bool,  # noqa: FBT001 - a table's column
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = {path.name: path.read_bytes() for path in folder.glob("sitemap*.xml")}
    if not in_one:
        monkeypatch.setattr(machine_readable, "SITEMAP", 10)
        found = press_support.every_state(tmp_path / "press")
        files = dict(press_support.built(found).files)
    files = {path: data for path, data in files.items() if path.startswith("sitemap")}
    assert (len(files) == 1) is in_one
    for data in files.values():
        assert _schema().is_valid(data.decode())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<loc>https://press.example.org/news/fr/complete/</loc>", ""),
        ("<lastmod>2026", "<lastmod>in 2026"),
        ('hreflang="ar"', 'lang="ar"'),
        ("<xhtml:link", "<xhtml:a"),
        ("</lastmod>", "</lastmod><priority>2</priority>"),
    ],
)
def test_a_sitemap_that_is_not_valid_is_told_so(old: str, new: str, tmp_path: Path) -> None:
    found = press_support.every_state(tmp_path / "press")
    text = press_support.built(found).files["sitemap.xml"].decode()
    assert _schema().is_valid(text)
    planted = text.replace(old, new)
    assert planted != text
    assert not _schema().is_valid(planted)


def _schema() -> xmlschema.XMLSchema:
    """The published schema, with what it leaves to others: its index, and the alternates in XHTML's space."""
    published = tool("sitemap/schema/sitemap.xsd")
    xhtml = SCHEMAS / "alternates.xsd"
    index = (SCHEMAS / "index.xsd").read_text("utf-8").replace("sitemap.xsd", published.as_uri())
    return xmlschema.XMLSchema(index, locations=[(XHTML, xhtml.as_uri())], base_url=str(SCHEMAS))
