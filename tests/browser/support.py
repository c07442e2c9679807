"""A running desk and a real browser in front of it."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
L10N = [sys.executable, "-m", "workflow.cli"]
ROOT = Path(__file__).parents[2]
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


@dataclass
class Desk:
    """A running desk, the project behind it, and a browser that is signed in."""

    project: Path
    address: str
    browser: Browser
    cookies: list[dict[str, object]]
    others: dict[str, list[dict[str, object]]] = field(default_factory=dict)

    def context(self, viewport: dict[str, int] = WIDE, **options: object) -> BrowserContext:
        made = self.browser.new_context(viewport=viewport, java_script_enabled=False, **options)  # type: ignore[arg-type]
        made.add_cookies(self.cookies)  # type: ignore[arg-type]
        return made

    def scripted(self, login: str = "admin", viewport: dict[str, int] = WIDE, **options: object) -> Page:
        """A page in a browser with JavaScript; nothing may fail in it unheard."""
        made = self.browser.new_context(viewport=viewport, **options)  # type: ignore[arg-type]
        made.add_cookies(self.cookies if login == "admin" else self.cookies_of(login))  # type: ignore[arg-type]
        page = made.new_page()
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        return page

    def cookies_of(self, login: str) -> list[dict[str, object]]:
        """Another person's cookies; a reviewer of everything, who is let in when nobody has the login."""
        if login not in self.others:
            ask = [*L10N, "-C", str(self.project), "people", "add", login, "--name", login.title()]
            told = subprocess.run([*ask, "--role", "reviewer"], cwd=ROOT, check=True, capture_output=True)
            link = f"{self.address}/sign-in/" + told.stdout.decode().strip().rpartition("/")[2]
            self.others[login] = signed_in(self.browser, self.project, link).cookies
        return self.others[login]

    def published(self, path: str) -> str:
        return (self.project / "public" / path / "index.html").as_uri()


def free_port() -> int:
    """A port nobody listens on at the moment."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def printed_link(running: subprocess.Popen[bytes], told: Path, port: int) -> str:
    """The sign-in link the desk prints, once it answers."""
    for _ in range(900):
        assert running.poll() is None, told.read_text()
        if found := re.search(r"http://\S+/sign-in/\S+", told.read_text()):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return found.group()
        try:
            running.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError(told.read_text())


def signed_in(browser: Browser, project: Path, link: str) -> Desk:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(link)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What waits for you")
    return Desk(project, link.partition("/sign-in")[0], browser, context.cookies())  # type: ignore[arg-type]
