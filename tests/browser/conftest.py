"""A browser and a running desk for the tests of a file."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.support import L10N, QUIET, ROOT, Desk, free_port, printed_link, signed_in
from tests.conftest import BROWSERS
from tests.once import made_once


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=15_000)  # machines that test are busy
    with sync_playwright() as playwright:
        program = next(filter(None, map(shutil.which, BROWSERS)))
        made = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield made
        made.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo project as the command leaves it; copy it."""

    def make(folder: Path) -> None:
        subprocess.run([*L10N, "--quiet", "demo", str(folder)], cwd=ROOT, check=True, capture_output=True)

    return made_once(tmp_path_factory, "demo", make)


@pytest.fixture(scope="module")
def desk(browser: Browser, demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    project = tmp_path_factory.mktemp("line") / "demo"
    shutil.copytree(demo, project, symlinks=True)
    port = free_port()
    told = project.parent / "told"
    with told.open("wb") as out:
        serve = [*L10N, "-C", str(project), "serve", "--port", str(port)]
        running = subprocess.Popen(serve, cwd=ROOT, stdout=out, stderr=out)
        try:
            yield signed_in(browser, project, printed_link(running, told, port))
        finally:
            running.terminate()
            running.wait(10)
