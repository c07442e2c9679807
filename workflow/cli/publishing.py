"""Commands that put pages in front of readers."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from workflow.cli import GATE_FAILED, OK, opening
from workflow.cli.console import say, say_json, tell

if TYPE_CHECKING:
    from l10n.project import Project
    from workflow.ledger import Ledger

DEMO = "demo"


def configure_publish(parser: argparse.ArgumentParser) -> None:
    """Say what `publish` takes."""
    parser.add_argument("--dry-run", action="store_true", help="say what would be published")
    parser.add_argument("--rollback", action="store_true", help="put the version before live again")
    parser.add_argument("--strict", action="store_true", help="exit 1 when a gate holds a page back")
    parser.add_argument("--json", action="store_true", help="for a program to read")
    parser.epilog = "Example: l10n publish --dry-run"
    parser.set_defaults(run=publish)


def configure_demo(parser: argparse.ArgumentParser) -> None:
    """Say what `demo` takes."""
    parser.add_argument(
        "target", nargs="?", type=Path, default=Path(DEMO), metavar="FOLDER", help="where (default: ./demo)"
    )
    parser.epilog = "Example: l10n demo /tmp/passerelle-demo"
    parser.set_defaults(run=demo)


def publish(options: argparse.Namespace) -> int:
    """Build the site and put it live."""
    from l10n import project, site

    found = project.load(project.find(options.folder))
    if options.rollback:
        say(f"live again: version {site.rollback(found).version}")
        return OK
    opened = opening.ledger_of(found, options)
    opened.settle()
    built = site.build(found, as_of=opened.clock())
    held = [(item.release, item.locale, item.why) for item in built.skipped]
    published = None if options.dry_run else site.publish(found, built)
    pages = [name for name in built.files if name.endswith(".html")]
    if options.json:
        say_json({"pages": pages, "held_back": held, "changed": bool(published and published.written)})
    else:
        for release, locale, why in held:
            tell(f"held back: {release} in {locale}: {why}", quiet=options.quiet)
        verb = (
            "would publish"
            if options.dry_run
            else "published"
            if published and published.written
            else "unchanged:"
        )
        say(f"{verb} {len(pages)} pages in {found.public}")
    return GATE_FAILED if options.strict and held else OK


def demo(options: argparse.Namespace) -> int:
    """Copy the demo project, run the whole line on it, and say where to look."""
    from l10n import project
    from workflow.cli.releases import pretranslate_all, update_all

    folder = options.target.resolve()
    _copy_demo(folder)
    found = project.load(folder)
    opened = opening.ledger_of(found, options)
    tell(f"1 of 3  extract and segment the releases in {folder / 'releases'}", quiet=options.quiet)
    update_all(opened, quiet=options.quiet)
    tell("2 of 3  pre-translate what nobody has translated yet", quiet=options.quiet)
    pretranslate_all(opened, quiet=options.quiet)
    tell("3 of 3  publish the site", quiet=options.quiet)
    _publish_demo(opened, found)
    return OK


def _publish_demo(opened: Ledger, found: Project) -> None:
    from l10n import site
    from workflow.cli.desk import first_link

    built = site.build(found, as_of=opened.clock())
    site.publish(found, built)
    languages = sorted(
        {name.split("/")[0] for name in built.files if name.count("/") == 2 and name.endswith(".html")}
    )
    pages = sum(name.endswith(".html") for name in built.files)
    say(
        f"{pages} pages in {len(languages)} languages ({', '.join(languages)}): {found.public / 'index.html'}"
    )
    here = Path("Makefile").is_file() and found.root == Path(DEMO).resolve()
    say(f"The desk: run `{'make desk' if here else f'l10n -C {_short(found.root)} serve'}`, then open")
    say(f"  {first_link(opened, '127.0.0.1', 8750)}")
    say("The link signs you in once, within a day.")


def _copy_demo(folder: Path) -> None:
    """The project that ships with the program, without what belongs to the program itself."""
    from l10n import resources
    from l10n.errors import UsageError

    if folder.exists() and any(folder.iterdir()) and not (folder / "l10n.toml").is_file():
        raise UsageError("the folder holds something else", path=folder, remedy="Name an empty folder.")
    if (folder / "l10n.toml").is_file():
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("releases", "locales", "glossary"):
        shutil.copytree(
            resources.folder(name),
            folder / name,
            dirs_exist_ok=True,
            ignore=shutil.ignore_patterns("passerelle.po", "__pycache__"),
        )
    plan = resources.folder("templates").parent / "l10n.toml"
    (folder / "l10n.toml").write_bytes(plan.read_bytes())


def _short(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
