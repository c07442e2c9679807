"""The wheel works outside the checkout, in an environment that holds nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.once import made_once

ROOT = Path(__file__).parent.parent.parent


def run(*command: str | Path, folder: Path = ROOT) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, cwd=folder, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def l10n(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "wheel", install) / "venv" / "bin" / "l10n"


def install(folder: Path) -> None:
    """Put the wheel and what it needs into an environment of its own in a new folder."""
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder)
    (wheel,) = folder.glob("*.whl")
    run(sys.executable, "-m", "venv", folder / "venv")
    pip = (
        *(folder / "venv" / "bin" / "python", "-m", "pip", "install", "-q"),
        *("--disable-pip-version-check", "--no-compile"),
    )
    run(*pip, "--require-hashes", "-r", ROOT / "requirements" / "base.txt")
    run(*pip, "--no-deps", wheel)


@pytest.mark.slow
def test_init_add_publish_in_an_empty_folder(l10n: Path, tmp_path: Path) -> None:
    source = tmp_path / "ouverture.txt"
    source.write_text("Une ouverture\n\nLe port ouvre demain. Il accueillera 12 bateaux.\n", "utf-8")
    folder = tmp_path / "empty"
    folder.mkdir()
    run(l10n, "init", "--locale", "fr", "--to", "ar", folder=folder)
    run(l10n, "add", source, "--locale", "fr", folder=folder)
    run(l10n, "publish", folder=folder)
    page = (folder / "public" / "fr" / "ouverture" / "index.html").read_text("utf-8")
    assert "Il accueillera 12 bateaux." in page
    (sheet,) = (folder / "public" / "assets").glob("site.*.css")
    assert sheet.stat().st_size > 1000


@pytest.mark.slow
def test_the_demo_needs_no_checkout(l10n: Path, tmp_path: Path) -> None:
    said = run(l10n, "-q", "demo", folder=tmp_path)
    assert "4 languages" in said
    assert (tmp_path / "demo" / "public" / "ar" / "bureau-tanger" / "index.html").is_file()
    assert not list((tmp_path / "demo").rglob("passerelle.po"))
