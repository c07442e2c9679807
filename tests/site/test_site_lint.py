"""The linter of the built site: nothing on a site of ours, and every planted fault by its name."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from l10n import gate, site
from l10n.gate.localised import localised
from l10n.messages import INTERFACE_LANGUAGES, messages
from l10n.site import lint
from tests import press_support
from workflow.cli import main

CASES = Path(__file__).parents[1] / "cases" / "site" / "faults.txt"
SOUND = CASES.with_name("sound.txt")
GOLDEN = Path(__file__).parents[1] / "golden" / "press"


PLANTED_IN = ("complete", "one", "noted")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A site with as little beside the pages that faults are planted in as they are told by."""
    found = press_support.in_states(tmp_path_factory.mktemp("some") / "press", PLANTED_IN)
    return dict(press_support.built(found).files)


def _lines(path: Path) -> list[list[str]]:
    lines = path.read_text("utf-8").splitlines()
    return [line.split(" | ") for line in lines if line and not line.startswith("#")]


def _planted() -> list[tuple[str, str, bytes, bytes]]:
    return [(rule, path, _bytes(old), _bytes(new)) for rule, path, old, new in _lines(CASES)]


def _bytes(text: str) -> bytes:
    seen = text.replace("␠", " ").replace("¶", "\n").replace("PADDING", "x" * 200_001)
    said = re.sub(r"U\+([0-9A-F]{4})", lambda found: chr(int(found[1], 16)), seen)
    return said.encode().replace(b"BYTE", b"\xff")


def test_a_site_in_which_every_state_occurs_has_no_fault(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    every = dict(press_support.built(press_support.copied(tmp_path_factory, tmp_path / "press")).files)
    assert lint.check(every, press_support.URL, now=press_support.NOW) == ()


@pytest.mark.parametrize(("rule", "path", "old", "new"), _planted())
def test_a_planted_fault_is_told_by_its_rule_and_its_place(
    rule: str, path: str, old: bytes, new: bytes, files: dict[str, bytes]
) -> None:
    if "DIGEST" in path:  # the style sheet, called by its content
        path = next(
            name for name in files if re.fullmatch(re.escape(path).replace("DIGEST", "[0-9a-f]+"), name)
        )
    if old == "<main>…</main>".encode():
        old = files[path][files[path].index(b"<main") : files[path].index(b"</main>") + len("</main>")]
    assert old in files[path], "nothing was planted"
    planted = {**files, path: files[path].replace(old, new, 1)}
    found = [
        one for one in lint.check(planted, press_support.URL, now=press_support.NOW) if one.check == rule
    ]
    assert found, "the fault was not seen"
    assert path in {one.path for one in found} or rule in {"hreflang", "sitemap"}
    assert all(one.line > 0 and one.message for one in found)
    verdict = gate.judge((), found, serious=frozenset(), optional=frozenset())
    for language in INTERFACE_LANGUAGES[1:]:
        told = localised(verdict, messages(language)).findings
        assert [one.message for one in told if one in found] == [], "it has no translation"


@pytest.mark.parametrize(("path", "old", "new"), _lines(SOUND))
def test_what_looks_like_a_fault_and_is_none_is_passed_over(
    path: str, old: str, new: str, files: dict[str, bytes]
) -> None:
    assert _bytes(old) in files[path], "nothing was put there"
    changed = {**files, path: files[path].replace(_bytes(old), _bytes(new), 1)}
    assert lint.check(changed, press_support.URL) == ()


def test_the_name_of_a_site_is_a_name_in_whatever_script(files: dict[str, bytes]) -> None:
    named = {
        path: data.replace(b"Port de Sfax", b"Port autonome et touristique de Sfax")
        for path, data in files.items()
    }
    assert "الصحفية – Port autonome" in named["ar/index.html"].decode()
    assert lint.check(named, press_support.URL) == ()


STORED = {
    "en/complete/index.html~": "stray",
    "assets/site.css.map": "stray",
    "en/.DS_Store": "stray",
    ".git/config": "stray",
    "ledger.sqlite": "stray",
    "assets/Search.DIGEST.js": "file-name",
    "en/Complete/notes.txt": "",
    "assets/re\u0301sume\u0301.txt": "file-name",
    "assets/a?b.txt": "file-name",
    "assets/annual report.txt": "file-name",
    "assets/site.webmanifest": "file",
    "assets/notes.xml": "file",
    "assets/chart.png": "file",
    "assets/site.8a4233ab3187.css.gz": "file",
    ".well-known/security.txt": "",
}


@pytest.mark.parametrize(("path", "rule"), STORED.items())
def test_a_file_that_is_not_the_sites_is_told_by_its_rule(
    path: str, rule: str, files: dict[str, bytes]
) -> None:
    script = next(name for name in files if name.startswith("assets/search."))
    path = path.replace("DIGEST", script.split(".")[1])
    found = lint.check({**files, path: b"notes"}, press_support.URL)
    assert {(one.path, one.check) for one in found} == ({(path, rule)} if rule else set())


def test_an_empty_file_and_one_packed_from_another_are_told(files: dict[str, bytes]) -> None:
    packed = {path + ".gz": gzip.compress(data) for path, data in files.items() if path.endswith(".html")}
    assert lint.check({**files, **packed}, press_support.URL) == ()
    cut = {path: data[:-9] for path, data in packed.items()}
    told = lint.check({**files, **cut, "assets/empty.txt": b""}, press_support.URL)
    assert {one.path for one in told if one.check == "file"} == {*cut, "assets/empty.txt"}


PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x08\x00\x00\x00\x04\x08\x02\x00\x00\x00"
BROKEN = {
    "assets/cut.png": PNG,
    "assets/cut.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
    "assets/cut.gif": b"GIF89a\x08\x00\x04\x00",
    "assets/sound.webp": b"RIFF\x04\x00\x00\x00WAVE",
    "assets/cut.webp": b"RIFF\xff\x00\x00\x00WEBPVP8 ",
    "assets/cut.pdf": b"%PDF-1.7",
    "assets/list.json": b"{",
    "assets/a.css": b"p{",
}


@pytest.mark.parametrize("path", BROKEN)
def test_a_file_that_ends_before_its_time_is_told(path: str, files: dict[str, bytes]) -> None:
    found = lint.check({**files, path: BROKEN[path]}, press_support.URL)
    assert [(one.path, one.check) for one in found] == [(path, "file")]


def test_a_picture_in_its_own_shape_is_passed_over_and_in_another_told(files: dict[str, bytes]) -> None:
    page = "en/complete/index.html"
    for shape, told in (('width="16" height="8"', []), ('width="16" height="16"', ["picture"])):
        shown = files[page].replace(b"</article>", f'<img src="p.png" alt="x" {shape}></article>'.encode())
        planted = {**files, page: shown, "en/complete/p.png": PNG + b"IEND\xaeB`\x82"}
        assert [one.check for one in lint.check(planted, press_support.URL)] == told


def _rss(**said: str) -> bytes:
    told = {"title": "The port of Sfax counts its dolphins", "link": f"{press_support.URL}/en/complete/"}
    told |= {"pubDate": "Tue, 01 Sep 2026 00:00:00 GMT", **said}
    item = "".join(f"<{name}>{text}</{name}>" for name, text in told.items())
    head = f"<title>Port</title><link>{press_support.URL}/</link><description>News</description>"
    body = f"<channel>{head}<language>en</language><item>{item}</item></channel>"
    return f'<rss version="2.0">{body}</rss>'.encode()


@pytest.mark.parametrize("name", ["feed/", "search/"])
def test_a_file_nested_without_end_is_a_fault_and_no_failure(name: str, files: dict[str, bytes]) -> None:
    path = next(path for path in sorted(files) if path.startswith(name) and not path.endswith(".xml"))
    deep = b"passerelle.add(" * (name == "search/") + b"[" * 100_000 + b")" * (name == "search/")
    assert {one.path for one in lint.check({**files, path: deep}, press_support.URL)} >= {path}


def test_a_feed_in_rss_is_read_wherever_it_stands(files: dict[str, bytes]) -> None:
    def told(feed: bytes) -> list[str]:
        found = lint.check({**files, "en/index.xml": feed}, press_support.URL)
        return [one.message for one in found if one.check == "feed"]

    assert told(_rss()) == []
    assert len(told(_rss(link="/en/complete/"))) == 1
    assert len(told(_rss(link=f"{press_support.URL}/en/gone/"))) == 1
    assert len(told(_rss(title="The port of Gabes"))) == 1
    assert len(told(_rss(pubDate="yesterday"))) == 1
    assert "two entries have one id" in told(_rss().replace(b"</item>", b"</item>" + _item(_rss()), 1))


def _item(feed: bytes) -> bytes:
    return feed[feed.index(b"<item>") : feed.index(b"</item>") + len(b"</item>")]


MISSING = {"sitemap.xml": ["robots", "sitemap"], "404.html": ["lost"]}


def test_every_rule_has_a_planted_fault() -> None:
    assert {rule for rule, *_ in _planted()} | {*STORED.values()} - {""} | {"lost", "symlink"} == set(
        lint.RULES
    )


@pytest.mark.parametrize("missing", MISSING)
def test_a_site_without_a_file_that_is_asked_for_is_told_so(missing: str, files: dict[str, bytes]) -> None:
    less = {path: data for path, data in files.items() if path != missing}
    assert [one.check for one in lint.check(less, press_support.URL)] == MISSING[missing]


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        (
            "af",
            "Drie gesinne is by die brug gesien, sê die direkteur van die reservaat en van die meer. ",
        ),
        ("mg", "Fianakaviana telo no hita teo akaikin’ny tetezana, hoy ny talen’ny valan-javaboary. "),
        ("gl", "Tres familias foron vistas preto da ponte, di a directora da reserva do lago. "),
    ],
)
def test_a_language_of_which_no_words_are_known_is_not_taken_for_a_sister_of_it(
    locale: str, words: str, files: dict[str, bytes]
) -> None:
    page = files["en/404.html"].decode().replace('lang="en"', f'lang="{locale}"', 1)
    page = re.sub('<a class="skip".*?</a>', "", page)
    shown = {
        **files,
        "en/404.html": re.sub("<main.*</main>", f"<main>{words * 9}</main>", page, flags=re.DOTALL).encode(),
    }
    assert not [one for one in lint.check(shown, press_support.URL) if one.check == "lang-wrong"]


@pytest.fixture
def published(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Path:
    found = press_support.copied(tmp_path_factory, tmp_path / "press")
    site.publish(found, press_support.built(found))
    return found.root


def test_the_command_says_what_is_wrong_in_every_form_and_fails(
    published: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["-C", str(published), "site", "check"]) == 0
    page = published / "public" / "en" / "complete" / "index.html"
    page.chmod(0o644)
    page.write_text(page.read_text("utf-8").replace('alt="', 'title="'), "utf-8")
    sarif = tmp_path / "site.sarif"
    asked = ["-C", str(published), "site", "check", "--format", "text", "--format", f"sarif={sarif}"]
    capsys.readouterr()
    assert main(asked) == 1
    told = capsys.readouterr().out
    assert re.fullmatch(r"en/complete/index.html:\d+: error: an image has no alt text \[alt\]\n", told)
    (run,) = json.loads(sarif.read_text("utf-8"))["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["alt"]
    assert main(["-C", str(published), "site", "check", "--fail-on", "warning", "--json"]) == 1


def test_the_command_asks_for_a_site_that_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["site", "check", str(tmp_path / "nowhere"), "--url", "https://a.org"]) == 2
    assert "Publish the project first." in capsys.readouterr().err


def test_any_folder_can_be_looked_at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><p>hello", "utf-8")
    assert main(["site", "check", str(tmp_path), "--url", "https://a.org"]) == 1
    told = capsys.readouterr().out
    for rule in ("lang-missing", "title", "canonical", "sitemap"):
        assert f"[{rule}]" in told


def test_a_site_made_by_hand_is_looked_at_by_the_same_rules_without_alarm() -> None:
    made = Path(__file__).parents[1] / "cases" / "site" / "by-hand"
    assert [str(one) for one in lint.check(lint.files_of(made), "https://club.example.net")] == []


def test_a_link_among_the_files_is_told(published: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site_folder = (published / "public").resolve()
    (site_folder / "notes.txt").symlink_to(published / "l10n.toml")
    assert main(["-C", str(published), "site", "check"]) == 1
    told = capsys.readouterr().out
    assert told.startswith("notes.txt:1: error: a link")
    assert told.endswith("[symlink]\n")


def test_every_rule_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    for rule, description in lint.RULES.items():
        assert main(["site", "check", "--explain", rule]) == 0
        told = capsys.readouterr().out
        assert told.startswith(f"{rule}: {description}\n\n")
        assert len(told.splitlines()) == 3
    assert main(["site", "check", "--explain", "nothing"]) == 2
    assert "lang-missing" in capsys.readouterr().err
