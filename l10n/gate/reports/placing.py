"""Paths as a forge shows them: from the root of the repository, wherever in it the gate runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from l10n.gate.verdict import Verdict


def from_repository(verdict: Verdict, files: Mapping[str, Path], base: Path) -> Verdict:
    """A verdict whose paths begin at the root of the repository around ``base``; the same outside of one.

    ``files`` maps the paths of a verdict to files; any other path is one from ``base``.
    """
    folder = base.resolve()
    root = next((parent for parent in (folder, *folder.parents) if (parent / ".git").exists()), None)
    if root is None:
        return verdict
    placed: dict[str, str] = {}
    for finding in verdict.findings:
        if finding.path not in placed:
            file = files.get(finding.path, folder / finding.path)
            # A link is shown where it is, and not where it leads.
            full = file.parent.resolve() / file.name
            placed[finding.path] = (
                full.relative_to(root).as_posix() if full.is_relative_to(root) else finding.path
            )
    findings = tuple(finding._replace(path=placed[finding.path]) for finding in verdict.findings)
    return replace(verdict, findings=findings)
