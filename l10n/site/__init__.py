"""The published site: static pages in every language, and the swap that puts them on line."""

from __future__ import annotations

from l10n.site.build import Built, Skipped, build
from l10n.site.publish import Published, publish, rollback
from l10n.site.typography import repair

__all__ = ["Built", "Published", "Skipped", "build", "publish", "repair", "rollback"]
