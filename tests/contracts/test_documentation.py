"""What the documentation names is there: files, links, names in the code; and its examples work."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from l10n import inline
from l10n.checks import check_pair
from l10n.checks.builtin import CHECKS
from l10n.engines import Draft, protect
from tests.conftest import ROOT

PAGES = sorted([ROOT / "README.md", ROOT / "tests" / "README.md", *(ROOT / "docs").glob("**/*.md")])
CODE = sorted(path for name in ("l10n", "workflow") for path in (ROOT / name).rglob("*.py"))
FILE = re.compile(r"`+((?:l10n|workflow|tests|templates|docs|ci|benchmarks|locales)/[\w./-]+\.\w+)`+")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[\w-]*)?\)")


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", [*PAGES, *CODE], ids=relative)
def test_the_files_it_names_exist(path: Path) -> None:
    named = FILE.findall(path.read_text("utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("path", PAGES, ids=relative)
def test_its_links_lead_somewhere(path: Path) -> None:
    links = LINK.findall(path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_every_decision_is_in_the_list() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = re.findall(
        r"^- \[(\d+)\]\(([^)]+)\) (.+)$", (folder / "README.md").read_text("utf-8"), re.MULTILINE
    )
    for number, name, title in listed:
        assert (folder / name).read_text("utf-8").startswith(f"# {number}. {title}\n")
    assert sorted(name for _, name, _ in listed) == sorted(path.name for path in folder.glob("0*.md"))


def names_in_the_code() -> Iterator[str]:
    """Modules, and names of modules; the others are a file and a group of entry points."""
    for page in ("words", "design", "extending"):
        text = (ROOT / "docs" / f"{page}.md").read_text("utf-8")
        yield from re.findall(r"`((?:l10n|workflow)\.(?!toml`|reports`)[\w.]+)`", text)


@pytest.mark.parametrize("name", sorted(set(names_in_the_code())))
def test_what_it_names_in_the_code_is_there(name: str) -> None:
    try:
        import_module(name)
    except ModuleNotFoundError:
        module, _, attribute = name.rpartition(".")
        assert hasattr(import_module(module), attribute)


def names_in_files() -> Iterator[tuple[str, str]]:
    text = " ".join((ROOT / "docs" / "extending.md").read_text("utf-8").split())
    yield from re.findall(r"`(\w+)`(?: and `\w+`)? (?:in|of) `([\w/.]+\.py)`", text)


@pytest.mark.parametrize(("name", "path"), sorted(set(names_in_files())))
def test_a_name_is_in_the_file_that_it_is_said_to_be_in(name: str, path: str) -> None:
    assert re.search(rf"\b{name}\b", (ROOT / path).read_text("utf-8"))


Example = Callable[[str], ModuleType]


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> Example:
    """A module of `docs/extending.md`, by the comment in front of it."""

    def made(name: str) -> ModuleType:
        text = (ROOT / "docs" / "extending.md").read_text("utf-8")
        found = re.search(rf"<!-- {name} -->\n```python\n(.*?)```", text, re.DOTALL)
        assert found is not None
        module = ModuleType(f"example_{name}")
        monkeypatch.setitem(sys.modules, module.__name__, module)
        exec(compile(found[1], f"{name}.py", "exec", dont_inherit=True), module.__dict__)  # noqa: S102 - ours
        return module

    return made


@pytest.fixture
def check(example: Example, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    module = example("check")
    monkeypatch.setitem(CHECKS._loaded, module.ID, module)  # noqa: SLF001 - as if the table had it
    return module


def test_the_check_of_the_page_works(check: ModuleType) -> None:
    for case, reported in ((check.BAD, True), (check.GOOD, False)):
        found = check_pair(
            case.source,
            case.target,
            source_locale=case.source_locale,
            target_locale=case.target_locale,
            only=[check.ID],
        )
        assert bool(found) is reported


def test_the_pairs_of_the_page_are_what_the_check_finds(check: ModuleType) -> None:
    text = (ROOT / "docs" / "extending.md").read_text("utf-8")
    pairs = re.findall(r"^ {7}(en \w\w) \| (.+?) \| (.+?) \|(?: (.+))?$", text, re.MULTILINE)
    assert len(pairs) == 2
    for locales, source, target, expected in pairs:
        one, other = locales.split()
        found = check_pair(source, target, source_locale=one, target_locale=other, only=[check.ID])
        told = [f"{finding.message} [{target[finding.start : finding.end]}]" for finding in found]
        assert " & ".join(told) == expected


def test_the_engine_of_the_page_works(example: Example) -> None:
    engine = example("engine").make({})
    sources = ["", "Le <1>port</1> ouvre, <2/>.", "12 000"]
    for source, outcome in zip(sources, engine.translate(sources, "fr", "es"), strict=True):
        assert isinstance(outcome, Draft)
        assert protect.damage(source, outcome.text) == []
        assert inline.plain(outcome.text) == inline.plain(source).upper()
    engine.close()
    engine.close()


def test_the_targets_of_make_that_it_names_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {name for path in PAGES for name in re.findall(r"`make ([a-z]+)", path.read_text("utf-8"))}
    assert named - targets == set()
