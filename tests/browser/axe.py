"""What axe says about a page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page, axe: Path) -> list[str]:
    """The rules a page breaks, each with the first place; the page's context has to bypass its policy."""
    page.evaluate(axe.read_text("utf-8"))
    rules = json.dumps({"runOnly": LEVELS, "rules": {"target-size": {"enabled": True}}})
    found: list[dict[str, Any]] = page.evaluate(f"axe.run(document, {rules}).then(told => told.violations)")
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]
