"""Where people reach the desk, for the links that commands print."""

from __future__ import annotations

import argparse
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

from workflow.cli.console import print_progress

if TYPE_CHECKING:
    from l10n.project import Project

PORT = 8750


def configure_url(parser: argparse.ArgumentParser) -> None:
    """Say what a command takes whose links lead to the desk."""
    parser.add_argument(
        "--url", help="where the desk is (default: L10N_DESK_URL, or where it was served last)"
    )


def desk_address(options: argparse.Namespace, project: Project) -> str:
    """The address of the desk, without a slash at its end: as asked for, or where it was served last.

    Where neither is known it is the one that ``serve`` takes, which only this machine reaches; that is said.
    """
    asked_for = options.url or os.environ.get("L10N_DESK_URL", "")
    if not asked_for and _served_at(project).is_file():
        asked_for = _served_at(project).read_text("utf-8").strip()
    if not asked_for:
        asked_for = address_at("127.0.0.1", PORT)
        print_progress(
            "no desk was served from this folder yet: the link works on this machine only, once l10n serve"
            " runs; --url says where others reach the desk",
            quiet=options.quiet,
        )
    return asked_for.rstrip("/")


def remember_address(project: Project, address: str) -> None:
    """Keep where the desk is served, for ``desk_address``."""
    from l10n import disk

    disk.write(_served_at(project), f"{address}\n".encode())


def _served_at(project: Project) -> Path:
    return project.state / "desk.url"


def address_at(host: str, port: int) -> str:
    """Where a desk without a proxy in front is, on this port of this machine."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def port_number(text: str) -> int:
    """A port as it was typed after an option; 0 is any that is free."""
    if not text.isascii() or not text.isdigit() or int(text[:6]) > 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(text)


def listening_socket(host: str, port: int) -> socket.socket:
    """A socket that listens.  Raises UsageError when the address is no address here, or taken."""
    from l10n.errors import UsageError

    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise UsageError(
            f"cannot listen at {address_at(host, port)}: {os.strerror(error.errno or 0)}",
            remedy="Name another --port or --host, or end the program that listens there.",
        ) from None
