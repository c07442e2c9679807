"""The demo releases through Apertium as it is installed, by the command a newsroom types."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from l10n import catalogue, inline
from tests.conftest import ROOT, skip
from workflow.cli import main

MODES = Path("/usr/share/apertium/modes")
PAIRS = [
    ("fr-es", "fr", "es", "bureau-tanger"),
    ("fra-cat", "fr", "ca", "rapport-littoral"),
    ("eng-spa", "en", "es", "heat-alerts"),
    ("spa-eng", "es", "en", "escuela-mar-valencia"),
]


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo project without its catalogues, Catalan added, pre-translated as far as Apertium goes."""
    for mode, *_ in PAIRS:
        if not (MODES / f"{mode}.mode").exists() and not list(MODES.glob(f"{mode}_*.mode")):
            skip(f"Apertium has no data for {mode} here")
    root = tmp_path_factory.mktemp("newsroom")
    for name in ("releases", "glossary"):
        shutil.copytree(ROOT / name, root / name)
    settings = (ROOT / "l10n.toml").read_text("utf-8")
    (root / "l10n.toml").write_text(settings.replace('"ar"]', '"ar", "ca"]'), "utf-8")
    for plan in root.glob("releases/*/release.toml"):
        plan.write_text(re.sub(r"(?m)^(locales = .*)\]", r'\1, "ca"]', plan.read_text("utf-8")), "utf-8")
    assert main(["-C", str(root), "-q", "update"]) == 0
    assert main(["-C", str(root), "-q", "pretranslate"]) == 0
    return root


@pytest.mark.apertium
@pytest.mark.parametrize(("mode", "source", "target", "release"), PAIRS)
def test_every_sentence_gets_a_draft_with_its_codes_in_place(
    drafted: Path, mode: str, source: str, target: str, release: str
) -> None:
    del mode
    entries = catalogue.read(drafted / "locales" / target / "LC_MESSAGES" / f"{release}.po").entries
    machines = [entry for entry in entries if entry.origin.startswith("mt:apertium")]
    assert len(machines) > len(entries) / 2, f"{source} to {target}"
    for entry in entries:
        assert entry.target, entry.source
        assert codes(entry.target) == codes(entry.source), entry
    for entry in machines:
        assert entry.fuzzy, "a machine's draft is nobody's word yet"
        assert "*" not in entry.target, entry


@pytest.mark.apertium
def test_unknown_words_are_told(drafted: Path) -> None:
    entries = catalogue.read(drafted / "locales/es/LC_MESSAGES/heat-alerts.po").entries
    (told,) = (entry for entry in entries if "shellfish farmers" in entry.source)
    assert re.fullmatch(r"mt:apertium:[1-9]\d*", told.origin)


@pytest.mark.apertium
def test_a_pair_apertium_does_not_have_is_left_for_people(drafted: Path) -> None:
    entries = catalogue.read(drafted / "locales/ar/LC_MESSAGES/bureau-tanger.po").entries
    assert any(not entry.target for entry in entries)
    assert not any(entry.origin.startswith("mt:") for entry in entries)


def codes(text: str) -> list[str]:
    """The codes of a text, in the order of their names."""
    return sorted(token.text for token in inline.tokens(text) if token.role is not inline.Role.TEXT)
