"""Letters: a real server on this machine takes them; they say who and where, never what."""

from __future__ import annotations

import socketserver
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message

import pytest

from l10n.errors import ConfigError
from tests.desk_house import MERCI, House
from workflow.mail import Letter, nobody, post_of
from workflow.web import create_app
from workflow.web.app import WebSettings


@dataclass
class Office:
    """A post office: what came in, and how it behaves."""

    port: int = 0
    letters: list[Message] = field(default_factory=list)
    refuses: bool = False


class Counter(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        office: Office = self.server.office  # type: ignore[attr-defined]
        self.say("220 here")
        while line := self.rfile.readline().strip().upper():
            if line.startswith(b"DATA"):
                self.say("354 go on")
                data = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    data += part
                office.letters.append(message_from_bytes(data))
                self.say("250 taken")
            elif line.startswith(b"QUIT"):
                self.say("221 bye")
                return
            elif line.startswith(b"RCPT") and office.refuses:
                self.say("550 nobody here")
            else:
                self.say("250 yes")

    def say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


@pytest.fixture
def office() -> Iterator[Office]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Counter) as server:
        server.office = Office(server.server_address[1])  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.office  # type: ignore[attr-defined]
        server.shutdown()


def arrived(office: Office, number: int) -> list[Message]:
    for _ in range(100):
        if len(office.letters) >= number:
            break
        time.sleep(0.05)
    return office.letters


def environment(office: Office) -> dict[str, str]:
    return {"L10N_SMTP_URL": f"smtp://127.0.0.1:{office.port}", "L10N_MAIL_FROM": "desk@example.org"}


@pytest.fixture
def posting(house: House, office: Office) -> House:
    house.app = create_app(house.ledger, WebSettings(post=post_of(environment(office))))
    house.browsers.clear()
    house.at("rita").post("/me", data={"what": "profile", "name": "Rita", "email": "rita@example.org"})
    return house


def test_whoever_is_named_gets_a_letter_without_a_word_of_what_was_said(
    posting: House, office: Office
) -> None:
    data = {"text": "@rita, @tina y @nobody: un secreto bajo embargo"}
    assert posting.at("tom").post(posting.address(MERCI) + "/comments", data=data).status_code == 303
    (letter,) = arrived(office, 1)
    assert (letter["To"], letter["From"]) == ("rita@example.org", "desk@example.org")
    assert letter["Subject"] == "Tom named you (Desk)"
    text = letter.get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert f"http://127.0.0.1{posting.address(MERCI)}#comments" in text
    assert "secreto" not in str(letter)
    assert "Merci" not in str(letter)


def test_nobody_hears_of_themselves_or_of_a_language_that_is_not_theirs(
    posting: House, office: Office
) -> None:
    posting.at("tom").post("/me", data={"what": "profile", "name": "Tom", "email": "tom@example.org"})
    for login, locale in (("tom", "es"), ("rita", "ar")):
        address = posting.address(MERCI, locale) + "/comments"
        posting.at(login).post(address, data={"text": f"@{login} @tom"})
    time.sleep(0.3)
    assert office.letters == []


def test_a_name_with_line_breaks_adds_no_header(posting: House, office: Office) -> None:
    posting.at("tom").post("/me", data={"what": "profile", "name": "Tom\r\nBcc: x@evil.example", "email": ""})
    posting.at("tom").post(posting.address(MERCI) + "/comments", data={"text": "@rita"})
    (letter,) = arrived(office, 1)
    assert letter["Bcc"] is None


@pytest.mark.parametrize("closed", [True, False])
def test_a_letter_that_cannot_be_sent_is_a_line_in_the_log_and_no_more(
    house: House, office: Office, caplog: pytest.LogCaptureFixture, *, closed: bool
) -> None:
    office.refuses = True
    told = environment(office) | ({"L10N_SMTP_URL": "smtp://127.0.0.1:9"} if closed else {})
    post_of(told)(Letter("rita@example.org", "S", "secret words"))
    for _ in range(100):
        if caplog.records:
            break
        time.sleep(0.05)
    assert "could not be sent" in caplog.text
    assert "rita" not in caplog.text
    assert "secret" not in caplog.text
    assert house.at("tom").get("/").status_code == 200


@pytest.mark.parametrize("url", ["http://x", "smtp://", "smtp://x:notaport", "nonsense", "smtp://u:pass@h"])
def test_an_address_nobody_can_read_is_refused_without_being_repeated(url: str) -> None:
    with pytest.raises(ConfigError) as caught:
        post_of({"L10N_SMTP_URL": url, "L10N_MAIL_FROM": "" if "pass" in url else "a@b.example"})
    assert "pass" not in str(caught.value)
    assert post_of({}) is nobody
