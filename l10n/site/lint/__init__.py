"""A linter of the built site: every page by itself, and all of them against each other."""

from __future__ import annotations

from l10n.site.lint.folder import files_of
from l10n.site.lint.rules import RULES, describe, explain
from l10n.site.lint.runner import check

__all__ = ["RULES", "check", "describe", "explain", "files_of"]
