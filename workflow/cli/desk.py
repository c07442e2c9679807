"""Commands around the desk: open it, and let people in."""

from __future__ import annotations

import argparse
import ctypes
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from workflow.cli import OK, UNUSABLE, current_project
from workflow.cli.console import comma_separated, print_progress, print_result, table
from workflow.cli.desk_address import (
    PORT,
    address_at,
    configure_url,
    desk_address,
    listening_socket,
    port_number,
    remember_address,
)

if TYPE_CHECKING:
    import socket

    from fastapi import FastAPI

    from workflow.ledger import Ledger
    from workflow.states import Role
    from workflow.store import Person
    from workflow.web import WebSettings

_ARENA_MAX = -8  # of glibc's malloc.h
GRACE = 10  # seconds for what is being answered when it stops
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def configure_serve(parser: argparse.ArgumentParser) -> None:
    """Say what `serve` takes."""
    parser.add_argument(
        "--host", default="127.0.0.1", help="the address to listen on (default: this machine only)"
    )
    parser.add_argument("--port", type=port_number, default=PORT, help=f"default: {PORT}")
    parser.add_argument(
        "--name",
        action="append",
        default=[],
        metavar="HOST",
        help="a host name under which the desk is reached",
    )
    parser.add_argument("--https", action="store_true", help="people reach it over HTTPS, through a proxy")
    parser.add_argument(
        "--url",
        default=os.environ.get("L10N_DESK_URL", ""),
        help="where people reach it, e.g. https://example.org/desk; sets host, HTTPS and path at once",
    )
    parser.add_argument(
        "--proxy",
        default="127.0.0.1,::1",
        metavar="ADDRESSES",
        help="proxies trusted to say where a request came from (default: this machine)",
    )
    parser.add_argument(
        "--no-jobs", action="store_true", help="leave background jobs to `l10n worker` processes"
    )
    parser.epilog = "Example: l10n serve --port 8750"
    parser.set_defaults(run=serve)


def configure_people(parser: argparse.ArgumentParser) -> None:
    """Say what `people` takes."""
    commands = parser.add_subparsers(dest="what", required=True, metavar="list|add|link|forget")
    commands.add_parser("list", help="list the people who may work here").set_defaults(run=people_list)
    added = commands.add_parser("add", help="add a person")
    added.add_argument("login")
    added.add_argument("--name", required=True, help="the name others see")
    added.add_argument(
        "--role",
        action="append",
        required=True,
        metavar="ROLE[=LOCALES]",
        help="translator, reviewer, editor or admin, for some locales (with commas between) or all",
    )
    configure_url(added)
    added.set_defaults(run=people_add)
    linked = commands.add_parser("link", help="make a sign-in link")
    linked.add_argument("login")
    configure_url(linked)
    linked.set_defaults(run=people_link)
    forgotten = commands.add_parser("forget", help="erase a person's data everywhere; their decisions stay")
    forgotten.add_argument("login")
    forgotten.set_defaults(run=people_forget)
    parser.epilog = 'Example: l10n people add ana --name "Ana Ruiz" --role reviewer=es,pt'


def serve(options: argparse.Namespace) -> int:
    """Open the desk."""
    from workflow.deferred_writer import DeferredWriter
    from workflow.jobs import work
    from workflow.jobs.background import run_in_background
    from workflow.web import create_app, reached_at

    reached = reached_at(options.url) if options.url else None
    secure = options.https or (reached is not None and reached.secure)
    _few_heaps()
    ledger = current_project.project_ledger(options)
    ledger.settle()
    listening = options.closing.enter_context(listening_socket(options.host, options.port))
    port: int = listening.getsockname()[1]
    begins = options.url.rstrip("/") if reached else address_at(options.host, port)
    remember_address(ledger.project, begins)
    print_progress(f"The desk: {first_link(ledger, begins)}", quiet=options.quiet)
    if options.host not in _LOOPBACK and not secure:
        print_progress(
            "Warning: passwords cross the network unprotected; put it behind HTTPS and say --https."
        )
    if not options.no_jobs:
        options.closing.callback(run_in_background(ledger, desk=begins))
    runner = work.open_runner(ledger)
    options.closing.callback(runner.close)
    projector = DeferredWriter(ledger.written)
    options.closing.callback(projector.close)
    desk_ledger = replace(work.with_settle_jobs(ledger, runner), schedule_write=projector.schedule)
    app = create_app(desk_ledger, _web_settings(options, reached, secure=secure), runner)
    return _answer(app, listening, options.proxy)


def _web_settings(options: argparse.Namespace, reached: WebSettings | None, *, secure: bool) -> WebSettings:
    """What the desk is told of its addresses, of mail and of signing in elsewhere."""
    from workflow.mail import mailer_from_env
    from workflow.openid import provider_from_env
    from workflow.web import WebSettings

    hosts = (*WebSettings().hosts, options.host, *options.name, *(reached.hosts if reached else ()))
    return WebSettings(
        hosts=tuple(dict.fromkeys(hosts)),
        secure=secure,
        root=reached.root if reached else "",
        post=mailer_from_env(),
        provider=provider_from_env(),
    )


def _answer(app: FastAPI, listening: socket.socket, proxies: str) -> int:
    """Answer requests until somebody ends it."""
    import uvicorn

    from workflow.web.slow_clients import HeaderTimeoutProtocol

    server = uvicorn.Server(
        uvicorn.Config(
            app,
            http=HeaderTimeoutProtocol,
            log_level="warning",
            server_header=False,
            access_log=False,
            forwarded_allow_ips=proxies,
            timeout_graceful_shutdown=GRACE,
        )
    )
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listening])
    return OK if server.started else UNUSABLE


def _few_heaps() -> None:
    """Let threads share two heaps where the C library would give each its own: a tenth less memory."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 2)


def people_list(options: argparse.Namespace) -> int:
    """Print who may work here."""
    rows = [
        (person.login, person.name, " ".join(f"{role}={locale}" for locale, role in person.roles.items()))
        for person in current_project.project_ledger(options).store.people()
    ]
    print_result(
        table(("login", "name", "roles"), rows, left=3)
        if rows
        else "no people yet; add one: l10n people add LOGIN …"
    )
    return OK


def people_add(options: argparse.Namespace) -> int:
    """Let somebody in and print their sign-in link."""
    from workflow import people

    ledger = current_project.project_ledger(options)
    roles: dict[str, Role] = {}
    for locale, role in chain.from_iterable(map(_roles, options.role)):
        # The higher of two for the same languages: it includes the other.
        if locale not in roles or role.covers(roles[locale]):
            roles[locale] = role
    person = people.create(ledger.store, login=options.login, name=options.name, roles=roles)
    token = people.sign_in_token(ledger.store, person, now=ledger.clock())
    print_result(f"{desk_address(options, ledger.project)}/sign-in/{token}")
    return OK


def people_link(options: argparse.Namespace) -> int:
    """Print a sign-in link that works once, for a day."""
    from workflow import people

    ledger = current_project.project_ledger(options)
    person = _somebody(ledger, options.login)
    token = people.sign_in_token(ledger.store, person, now=ledger.clock())
    print_result(f"{desk_address(options, ledger.project)}/sign-in/{token}")
    return OK


def people_forget(options: argparse.Namespace) -> int:
    """Erase a person's name, login, roles, notes and comments, also from the catalogues."""
    ledger = current_project.project_ledger(options)
    ledger.forget(_somebody(ledger, options.login).id)
    print_progress(f"{options.login} is forgotten", quiet=options.quiet)
    return OK


def _somebody(ledger: Ledger, login: str) -> Person:
    from l10n.errors import UsageError

    person = ledger.store.person_by_login(login.strip().lower())
    if person is None:
        raise UsageError(f"there is no login {login!r}", remedy="l10n people list shows them.")
    return person


def first_link(ledger: Ledger, begins: str) -> str:
    """A sign-in link for the administrator, who is made when there is nobody yet.

    ``begins`` is the address of the desk, without a slash at its end.
    """
    from workflow import people
    from workflow.states import Refused, Role

    def administrator() -> Person | None:
        return next((person for person in ledger.store.people() if person.roles.get("*") is Role.ADMIN), None)

    admin = administrator()
    if admin is None:
        try:
            admin = people.create(ledger.store, login="admin", name="Administrator", roles={"*": Role.ADMIN})
        except Refused:  # another desk on the same ledger may have been quicker
            admin = administrator()
            if admin is None:
                raise
    token = people.sign_in_token(ledger.store, admin, now=ledger.clock())
    return f"{begins}/sign-in/{token}"


def _roles(text: str) -> Iterator[tuple[str, Role]]:
    """Each locale of ``ROLE[=LOCALES]`` with the role, "*" for all."""
    from l10n.errors import UsageError
    from l10n.project import locale_of
    from workflow.states import Role

    role, _, told = text.partition("=")
    if role not in set(Role):
        raise UsageError(f"there is no role {role!r}", remedy=f"Roles: {', '.join(Role)}.")
    for locale in comma_separated(told) or ("*",):
        yield (locale if locale == "*" else locale_of(locale)), Role(role)
