"""How far things are."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from workflow.cli import OK
from workflow.cli.console import say, say_json, table


def configure_status(parser: argparse.ArgumentParser) -> None:
    """Say what `status` takes."""
    parser.add_argument("release", nargs="*", help="only these releases")
    parser.add_argument("--json", action="store_true", help="for a program to read")
    parser.epilog = "Example: l10n status --json\nColumns translated, fuzzy and missing are msgfmt's."
    parser.set_defaults(run=status)


def status(options: argparse.Namespace) -> int:
    """Print how far each release is; reads catalogues alone, so it works from a bare checkout."""
    from l10n import catalogue, project

    found = project.load(project.find(options.folder))
    rows = []
    for release in project.releases(found):
        if options.release and release.id not in options.release:
            continue
        for locale in release.locales:
            stored = project.read_catalogue(found, release, locale)
            if stored is None:
                counts = catalogue.count(catalogue.template(project.document(found, release, locale)).entries)
            else:
                counts = catalogue.count(stored.entries)
            rows.append((release.id, locale, counts))
    if missing := set(options.release) - {row[0] for row in rows}:
        project.release(found, missing.pop())
    if options.json:
        say_json(
            [{"release": id_, "locale": locale, **asdict(c), "total": c.total} for id_, locale, c in rows]
        )
        return OK
    heads = ("release", "locale", "approved", "translated", "fuzzy", "missing", "words left")
    cells = [
        (id_, locale, f"{c.approved}/{c.total}", *map(str, (c.translated, c.fuzzy, c.missing, c.words_left)))
        for id_, locale, c in rows
    ]
    say(table(heads, cells, left=2) if cells else "no releases yet: l10n add FILE --locale fr")
    return OK
