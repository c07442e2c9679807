"""A linter of the built site: every page by itself, and all of them against each other."""

from __future__ import annotations

from l10n.site.lint.runner import RULES, check, files_of

__all__ = ["RULES", "check", "files_of"]
