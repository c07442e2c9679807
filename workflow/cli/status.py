"""How far things are."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from workflow.cli import OK
from workflow.cli.console import output_path, print_json, print_result, table


def configure_status(parser: argparse.ArgumentParser) -> None:
    """Say what `status` takes."""
    parser.add_argument("release", nargs="*", help="only these releases")
    parser.add_argument("--json", action="store_const", dest="format", const="json", help="--format json")
    parser.add_argument(
        "--format",
        choices=("text", "json", "markdown"),
        default="text",
        help="markdown is meant for comments in CI",
    )
    parser.add_argument("--badge", metavar="FILE", help="write an SVG badge with the share approved")
    parser.epilog = (
        "Example: l10n status --json\nThe columns translated, fuzzy and missing count as msgfmt does."
    )
    parser.set_defaults(run=status)


def status(options: argparse.Namespace) -> int:
    """Print how far each release is; reads catalogues alone, so it works from a bare checkout."""
    from l10n import disk
    from l10n import project as projects

    project = projects.load(projects.find(options.folder))
    counts = projects.load_counts(project)
    rows = []
    for release in projects.releases(project):
        if options.release and release.id not in options.release:
            continue
        rows += [(release.id, locale, counts.of(release, locale)) for locale in release.locales]
    counts.keep()
    if missing := set(options.release) - {row[0] for row in rows}:
        projects.release(project, missing.pop())
    if options.badge:
        drawn = badge(sum(c.approved for *_, c in rows), sum(c.total for *_, c in rows))
        if output_path(options.badge) is None:
            print_result(drawn.removesuffix("\n"))
            return OK
        disk.write(Path(options.badge), drawn.encode())
    if options.format == "json":
        print_json(
            [{"release": id_, "locale": locale, **asdict(c), "total": c.total} for id_, locale, c in rows]
        )
        return OK
    heads = ("release", "locale", "approved", "translated", "fuzzy", "missing", "words left")
    cells = [
        (id_, locale, f"{c.approved}/{c.total}", *map(str, (c.translated, c.fuzzy, c.missing, c.words_left)))
        for id_, locale, c in rows
    ]
    text = markdown(heads, cells) if options.format == "markdown" else table(heads, cells, left=2)
    print_result(text if cells else "no releases yet; add one: l10n add FILE --locale fr")
    return OK


def markdown(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table for a comment on a change."""
    rule = ["---", "---", *["---:"] * (len(heads) - 2)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (heads, rule, *rows))


def badge(done: int, total: int) -> str:
    """An SVG of how much is approved, in whole percent, never rounded up."""
    percent = done * 100 // total if total else 0
    label = f"{percent} %"
    colour = "#2d7a3e" if percent == 100 else "#a15c00" if percent >= 50 else "#b3261e"
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="122" height="20" role="img"'
        f' aria-label="approved: {label}"><title>approved: {label}</title>'
        '<rect width="74" height="20" fill="#3d3d3d"/>'
        f'<rect x="74" width="48" height="20" fill="{colour}"/>'
        '<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">'
        f'<text x="37" y="14">approved</text><text x="98" y="14">{label}</text></g></svg>\n'
    )
