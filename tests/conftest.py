"""What is missing on this machine is skipped and named; in CI nothing may be skipped."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NEEDS = {
    "apertium": ("apertium", "Apertium is not installed (Debian: apertium apertium-fr-es apertium-eng-spa)"),
    "browser": ("chromium", "Chromium is not installed (Debian: chromium)"),
    "gettext": ("msgfmt", "gettext's tools are not installed (Debian: gettext)"),
}


def pytest_runtest_setup(item: pytest.Item) -> None:
    for name, (program, reason) in NEEDS.items():
        if item.get_closest_marker(name) and shutil.which(program) is None:
            if os.environ.get("L10N_SKIP_NOTHING"):
                pytest.fail(f"nothing may be skipped here: {reason}")
            pytest.skip(reason)


@pytest.fixture(scope="session")
def bench() -> Path:
    """The folder of material that is not ours, beside the project on development machines."""
    found = ROOT.parent / "shared" / "bench"
    if not found.is_dir():
        pytest.skip("the development corpora are not beside this checkout")
    return found
