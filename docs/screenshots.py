"""Take the pictures of the README: the demo, made in a temporary folder and opened in Chromium.

Run it from the checkout: ``python docs/screenshots.py``.  It needs Chromium and Playwright.
"""  # noqa: INP001 - a script

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import uvicorn
from playwright.sync_api import Page, sync_playwright

from l10n import project
from workflow import ledger, people
from workflow.cli import main as l10n
from workflow.states import Role
from workflow.web import create_app

IMAGES = Path(__file__).parent / "images"
PORT = 8765
DESK = f"http://127.0.0.1:{PORT}"
SIZE = {"width": 1200, "height": 800}
PHONE = {"width": 390, "height": 800}
LARGEST = 150_000
RELEASE = "bureau-tanger"


def main() -> int:
    """Write every picture; 1 when one came out too large."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        l10n(["--quiet", "demo", folder])
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        page = chromium.new_page(viewport=SIZE)  # type: ignore[arg-type]
        with desk(Path(folder)) as link:
            page.goto(link)
            page.get_by_role("button", name="Sign in").click()
            take(page, "desk-queue")
            page.goto(f"{DESK}/releases/{RELEASE}/es/next")
            page.locator(".field").wait_for()
            take(page, "desk-segment")
            documents(page)
            page.goto(f"{DESK}/progress")
            take(page, "desk-progress")
            for scheme, locale, size in (("dark", "ar", SIZE), ("light", "fr", PHONE)):
                other = chromium.new_context(viewport=size, color_scheme=scheme, locale=locale)  # type: ignore[arg-type]
                other.add_cookies(page.context.cookies())  # type: ignore[arg-type]
                documents(other.new_page(), f"-{locale}")
                other.close()
        for locale in ("fr", "es", "ar"):
            page.goto((Path(folder) / "public" / locale / RELEASE / "index.html").as_uri())
            take(page, f"page-{locale}")
        chromium.close()
    return int(any(image.stat().st_size > LARGEST for image in IMAGES.glob("*.png")))


def documents(page: Page, name: str = "") -> None:
    """The document view with a sentence open in its place."""
    page.goto(f"{DESK}/releases/rapport-littoral/ar/document")
    page.locator("a.sentence.translated").nth(1).click()
    page.locator(".in-place .field").wait_for()
    page.get_by_text(re.compile("checks found|contrôles n|الفحوص")).first.wait_for()
    take(page, f"desk-document{name}")


@contextmanager
def desk(folder: Path) -> Iterator[str]:
    """The desk of a project, opened for as long as it is needed; a sign-in link to it."""
    opened = ledger.open_ledger(project.load(folder), ledger.now)
    opened.settle()
    words = "cinq bouées au large"  # who has a password is not asked to set one
    ana = people.create(opened.store, login="ana", name="Ana Ruiz", roles={"*": Role.EDITOR}, password=words)
    server = uvicorn.Server(uvicorn.Config(create_app(opened), port=PORT, log_level="error"))
    thread = Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.05)
    try:
        yield f"{DESK}/sign-in/{people.sign_in_token(opened.store, ana, now=opened.clock())}"
    finally:
        server.should_exit = True
        thread.join()


def take(page: Page, name: str) -> None:
    """One picture of what the window shows, without the cursor."""
    IMAGES.mkdir(exist_ok=True)
    page.screenshot(path=IMAGES / f"{name}.png", caret="hide")


if __name__ == "__main__":
    sys.exit(main())
