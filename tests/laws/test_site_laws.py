"""Laws of the site: same bytes everywhere, nothing typed becomes markup, never a missing page."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urljoin

import pytest
import tomli_w
from hypothesis import example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from l10n import catalogue, inline, project, site
from l10n.conventions import load
from l10n.model import Entry
from l10n.project import Site
from tests import press_support

PRESS = Path(__file__).parents[1] / "golden" / "press"
REPEATED = "eau-propre"
NOVEMBER = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)

DIGEST = """
import datetime, hashlib, os, sys
os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: int(sys.argv[2])])
from pathlib import Path
from l10n import project, site
from l10n.site import lint
moment = datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC)
built = site.build(project.load(Path(sys.argv[1])), as_of=moment, processes=int(sys.argv[2]))
told = hashlib.sha256()
for path, data in built.files.items():
    told.update(f"{path}:{len(data)}:".encode() + data)
remarks = lint.check(built.files, "https://elsewhere.example", int(sys.argv[2]))
told.update(repr(remarks).encode())
print(told.hexdigest(), len(remarks), len(built.files), [item.why for item in built.skipped])
"""


@pytest.mark.parametrize("what", ["the golden press", "every state", "enough for two processes"])
def test_two_builds_in_different_surroundings_give_the_same_bytes(tmp_path: Path, what: str) -> None:
    press = PRESS
    if what == "every state":
        press = press_support.every_state(tmp_path / "press").root
    if what == "enough for two processes":
        press = _many(tmp_path / "press")
    told = set()
    for number, (seed, zone, language, processors) in enumerate(
        [
            ("0", "UTC", "C", 1),
            ("4711", "Pacific/Kiritimati", "fr_FR.UTF-8", 2),
            ("99", "America/Lima", "tr_TR", 2),
        ]
    ):
        folder = tmp_path / f"{seed}{number}"
        _copied(press, folder, backwards=number == 1)
        around = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language}
        around["PYTHONPATH"] = os.pathsep.join(
            filter(None, [str(PRESS.parents[2]), os.environ.get("PYTHONPATH")])
        )
        done = subprocess.run(
            [sys.executable, "-c", DIGEST, str(folder), str(processors)],
            env=around,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        told.add(done.stdout)
    assert len(told) == 1


def _many(press: Path) -> Path:
    """The golden press with one of its releases forty times."""
    _copied(PRESS, press, backwards=False)
    for number in range(40):
        shutil.copytree(press / "releases" / REPEATED, press / "releases" / f"again-{number}")
        for path in list(press.glob(f"locales/*/LC_MESSAGES/{REPEATED}.po")):
            shutil.copyfile(path, path.with_name(f"again-{number}.po"))
    return press


def _copied(press: Path, folder: Path, *, backwards: bool) -> None:
    """A copy whose files were made in another order, in which some file systems list them."""
    for path in sorted(press.rglob("*"), reverse=backwards):
        to = folder / path.relative_to(press)
        if path.is_file() and not path.is_relative_to(press / ".l10n"):
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, to)


def _pieces() -> list[str]:
    """One piece a line: ␠ is a space, U+… a character that shows nothing."""
    lines = (PRESS.parents[1] / "cases" / "site" / "hostile.txt").read_text("utf-8").splitlines()
    return [
        chr(int(line.removeprefix("U+"), base=16)) if line.startswith("U+") else line.replace("␠", " ")
        for line in lines
    ]


HOSTILE = st.lists(st.sampled_from(_pieces()), min_size=1, max_size=5).map("".join)


def _entry(entry: Entry, words: str) -> Entry:
    """The entry with hostile words around and between its own codes."""
    codes = [token.text for token in inline.tokens(entry.source) if token.number]
    typed = inline.escape_literal(words)
    return replace(entry, target=f"x{typed}x".join(["", *codes, ""]) if codes else f"x{typed}x")


def _press(folder: Path, words: str) -> project.Project:
    """The golden press with ``words`` in every target, title and name."""
    shutil.copytree(PRESS, folder)
    found = project.load(folder)
    for path in (folder / "locales").rglob("*.po"):
        read = catalogue.read(path)
        entries = tuple(_entry(entry, words) for entry in read.entries)
        catalogue.write(replace(read, entries=entries), path)
    plan = folder / "releases" / "harbour-fund" / "release.toml"
    plan.write_text(plan.read_text("utf-8") + tomli_w.dumps({"title": f"x{words}x"}), "utf-8")
    return replace(
        found, settings=replace(found.settings, name=words, site=Site("https://a.org", {"*": f"x{words}x"}))
    )


def _skeleton(data: bytes) -> list[tuple[str, tuple[str, ...]]]:
    """Every element of a page with what it may do: the names of its attributes, where it leads."""
    told = []
    for node in HTMLParser(data.decode()).css("*"):
        attributes = node.attributes
        kept = [
            f"{name}={attributes[name]}" if name in {"href", "src", "lang", "dir"} else name
            for name in attributes
        ]
        told.append((node.tag or "", tuple(sorted(kept))))
    return told


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    found = _press(tmp_path_factory.mktemp("harmless") / "press", "words")
    files = site.build(found, as_of=NOVEMBER).files
    return {path: _skeleton(data) for path, data in files.items() if path.endswith((".html", ".xml"))}


@settings(max_examples=10)
@given(words=HOSTILE)
@example(words="x".join(_pieces()))
@example(words="x".join(reversed(_pieces())))
def test_nothing_typed_becomes_markup(
    words: str,
    harmless: dict[str, list[tuple[str, tuple[str, ...]]]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    found = _press(tmp_path_factory.mktemp("hostile") / "press", words)
    files = site.build(found, as_of=NOVEMBER).files
    assert {path for path in files if path.endswith((".html", ".xml"))} == harmless.keys()
    for path, skeleton in harmless.items():
        assert _skeleton(files[path]) == skeleton, path


@pytest.fixture(scope="module")
def pages() -> dict[str, HTMLParser]:
    built = site.build(project.load(PRESS), as_of=NOVEMBER)
    return {
        path.removesuffix("index.html"): HTMLParser(data.decode())
        for path, data in built.files.items()
        if path.endswith(".html")
    }


def test_every_page_says_its_language_and_direction(pages: dict[str, HTMLParser]) -> None:
    for path, page in pages.items():
        first = path.partition("/")[0]
        locale = "fr" if first in {"", "404.html"} else first
        assert page.root.attributes["lang"] == locale
        assert page.root.attributes["dir"] == load(locale).direction
        for node in page.css("[lang][dir]"):
            assert node.attributes["dir"] == load(node.attributes["lang"] or "").direction


def test_alternates_name_each_other_and_themselves(pages: dict[str, HTMLParser]) -> None:
    url = project.load(PRESS).settings.site.url
    told = {
        f"{url}/{path}": {
            node.attributes["hreflang"]: node.attributes["href"] for node in page.css("link[hreflang]")
        }
        for path, page in pages.items()
    }
    for address, alternates in told.items():
        for other in alternates.values():
            assert told[other or ""] == alternates
        if alternates:
            assert address in alternates.values()
            assert "x-default" in alternates


def test_every_link_inside_the_site_leads_somewhere(pages: dict[str, HTMLParser]) -> None:
    built = site.build(project.load(PRESS), as_of=NOVEMBER)
    base = project.load(PRESS).settings.site.url + "/"
    for path, page in pages.items():
        for node in page.css("[href]"):
            target = urljoin(f"{base}{path}", node.attributes["href"] or "").partition("#")[0]
            if target.startswith(base):
                inside = target.removeprefix(base)
                assert (
                    f"{inside}index.html" if not inside or inside.endswith("/") else inside
                ) in built.files


# A long run is asked for by `make chaos`: 40 rounds are 12,000 publications and 1,700 rollbacks.
ROUNDS = int(os.environ.get("L10N_CHAOS_ROUNDS", "1"))


def _numbered(number: int) -> site.BuiltSite:
    same = f"{number:05}".encode()
    return site.BuiltSite({"a/index.html": same, "index.html": same, "same.css": b"unchanged"})


@dataclass
class Reader:
    """Somebody who reads the site again and again, and what they did not find."""

    public: Path
    missing: list[str] = field(default_factory=list)
    reads: int = 0

    def read(self, done: threading.Event) -> None:
        while not done.is_set():
            for path in ("a/index.html", "index.html", "same.css"):
                try:
                    size = len((self.public / path).read_bytes())
                except OSError as error:
                    self.missing.append(str(error))
                else:
                    self.reads += 1
                    if size not in {5, 9}:
                        self.missing.append(f"{path} has {size} bytes")


@pytest.mark.slow
def test_a_reader_never_misses_a_page_while_versions_are_swapped(tmp_path: Path) -> None:
    found = project.create(tmp_path / "press", name="Press", source_locale="fr", locales=("en",))
    site.publish(found, _numbered(0))
    reader, done = Reader(found.public), threading.Event()
    thread = threading.Thread(target=reader.read, args=[done])
    thread.start()
    try:
        for number in range(1, 300 * ROUNDS):
            site.publish(found, _numbered(number))
            if number % 7 == 0:
                site.rollback(found)
    finally:
        done.set()
        thread.join()
    assert reader.missing == []
    assert reader.reads > 300


CRASH = """
import os, sys
from pathlib import Path
from l10n import project, site

site.versions.GRACE = 0.0
found = project.load(Path(sys.argv[1]))
old = site.BuiltSite({"gone.html": b"old", "index.html": b"old", "same.css": b"same"})
new = site.BuiltSite({"a/new.html": b"new", "index.html": b"new", "same.css": b"same"})
EVENTS = {"open", "os.rename", "os.link", "os.mkdir", "os.symlink", "os.remove", "os.rmdir", "os.chmod"}
step = limit = 0

def watch(event, arguments):
    global step
    if limit and event in EVENTS:
        step += 1
        if step == limit:
            os._exit(9)

def seen():
    return {path.relative_to(found.public).as_posix(): path.read_bytes()
            for path in found.public.rglob("*") if path.is_file()}

sys.addaudithook(watch)
for number in range(7):
    site.publish(found, site.BuiltSite({"index.html": b"%d" % number}))
for limit in range(1, 400):
    before = limit
    limit = 0
    site.publish(found, old)
    child = os.fork()
    if not child:
        limit = before
        site.publish(found, new)
        os._exit(0)
    died = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert seen() in (old.files, new.files), (before, seen())
    site.publish(found, new)
    assert seen() == new.files
    left = [path.name for path in found.root.iterdir() if path.name.startswith(".public")]
    left += [path.name for path in (found.state / "site").iterdir() if path.name[:4] in {".new", ".old"}]
    assert not left, left
    if not died:
        break
    limit = before
print(before)
"""


def test_a_crash_at_any_step_leaves_the_old_site_or_the_new_one(tmp_path: Path) -> None:
    project.create(tmp_path / "press", name="Press", source_locale="fr", locales=("en",))
    done = subprocess.run(
        [sys.executable, "-c", CRASH, str(tmp_path / "press")],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(
                filter(None, [str(PRESS.parents[2]), os.environ.get("PYTHONPATH")])
            ),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 15
