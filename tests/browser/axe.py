"""What axe says about a page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]


def violations(page: Page, axe: Path) -> list[str]:
    """The rules a page breaks, each with the first place; the page's context has to bypass its policy."""
    page.evaluate(axe.read_text("utf-8"))
    return _told(page, {"runOnly": LEVELS, "rules": {"target-size": {"enabled": True}}})


def violations_by_day_and_night(page: Page, axe: Path) -> list[str]:
    """As `violations`, and what the dark colours of the same page break: nothing else differs in it."""
    by_day = violations(page, axe)
    page.emulate_media(color_scheme="dark")
    by_night = _told(page, {"runOnly": {"type": "rule", "values": OF_COLOURS}})
    page.emulate_media(color_scheme="light")
    return by_day + [f"dark: {one}" for one in by_night]


def _told(page: Page, rules: dict[str, Any]) -> list[str]:
    run = f"axe.run(document, {json.dumps(rules)}).then(told => told.violations)"
    found: list[dict[str, Any]] = page.evaluate(run)
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]
