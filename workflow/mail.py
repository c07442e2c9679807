"""E-mail to people who asked for it: at once when a comment names them, once a day for everything else.

The server is named by ``L10N_SMTP_URL``: ``smtp://host:25``, ``smtp://user:password@host:587`` (with
STARTTLS) or ``smtps://…:465``; ``L10N_MAIL_FROM`` is the sender.  Without it nothing is sent.  No
letter carries a text of a release or what somebody said, only who, where, and the way there.
"""

from __future__ import annotations

import logging
import os
import smtplib
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from threading import Thread
from urllib.parse import unquote, urlsplit

from l10n.errors import ConfigError

_SECONDS = 15
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Email:
    """A letter: to whom, its subject and its words; ``id`` is the same when it is sent once more."""

    to: str
    subject: str
    text: str
    id: str = ""


Mailer = Callable[[Email], None]


def discard(_letter: Email) -> None:
    """Send nothing."""


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """A mail server as it is reached; ``secure`` is TLS from the start, a login needs STARTTLS otherwise."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    secure: bool = False

    def send(self, letter: Email) -> None:
        """Hand a letter over.  Raises OSError or SMTPException when the server does not take it."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, letter.to, letter.subject
        domain = self.sender.rpartition("@")[2].rstrip(">")
        message["Date"] = formatdate()
        message["Message-ID"] = f"<{letter.id}@{domain}>" if letter.id else make_msgid(domain=domain)
        message.set_content(letter.text)
        context = ssl.create_default_context()
        with (
            smtplib.SMTP_SSL(self.host, self.port, timeout=_SECONDS, context=context)
            if self.secure
            else smtplib.SMTP(self.host, self.port, timeout=_SECONDS)
        ) as server:
            if self.user and not self.secure:
                server.starttls(context=context)
            if self.user:
                server.login(self.user, self.password)
            server.send_message(message)


def smtp_from_env(environment: Mapping[str, str] = os.environ) -> SmtpServer | None:
    """The server that letters go out by, None when none is named.

    Raises ConfigError for an address nobody can read; it may hold a password, so it is not repeated.
    """
    url = environment.get("L10N_SMTP_URL", "")
    if not url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port or (465 if parts.scheme == "smtps" else 25)
    except ValueError:
        parts, port = urlsplit(""), 0
    sender = environment.get("L10N_MAIL_FROM", "")
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or "@" not in sender:
        raise ConfigError(
            "L10N_SMTP_URL or L10N_MAIL_FROM is not what it should be",
            remedy="As in smtp://localhost:25 and desk@example.org.",
        )
    return SmtpServer(
        parts.hostname,
        port,
        sender,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        secure=parts.scheme == "smtps",
    )


def mailer_from_env(environment: Mapping[str, str] = os.environ) -> Mailer:
    """How letters go out, in the background; a letter that cannot be sent is a line in the log.

    Raises what ``smtp_from_env`` raises.
    """
    server = smtp_from_env(environment)
    if server is None:
        return discard

    def post(letter: Email) -> None:
        Thread(target=_sent, args=(server, letter), name="mail", daemon=True).start()

    return post


def _sent(server: SmtpServer, letter: Email) -> None:
    try:
        server.send(letter)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        _LOG.warning("a letter could not be sent: %s", type(error).__name__)
