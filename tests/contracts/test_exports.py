"""A package gives what it says it gives, whatever was imported before."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

PACKAGES = ("catalogue", "checks", "gate", "glossary", "memory", "project")


@pytest.mark.parametrize("name", PACKAGES)
def test_every_name_is_there_and_no_module_stands_in_its_way(name: str) -> None:
    package = import_module(f"l10n.{name}")
    modules = {module.name for module in iter_modules(package.__path__)}
    assert modules.isdisjoint(package.__all__)
    assert all(getattr(package, given) is not None for given in package.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = package.nothing


def test_looking_how_far_catalogues_are_loads_no_check_and_no_memory(tmp_path: Path) -> None:
    looked = (
        "import sys; from workflow.cli import main; main(['-q', 'check', '--checks', 'none', sys.argv[1]]);"
        "print(*sorted(sys.modules))"
    )
    path = tmp_path / "one.fr.po"
    path.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "a"\nmsgstr "b"\n'
    )
    run = subprocess.run([sys.executable, "-c", looked, path], capture_output=True, check=True, text=True)
    loaded = run.stdout.split()
    assert "l10n.catalogue.survey" in loaded
    unwanted = ("l10n.checks.numbers", "l10n.memory.store", "l10n.glossary.collection", "importlib.metadata")
    assert not [name for name in unwanted if name in loaded]
