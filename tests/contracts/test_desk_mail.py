"""Letters: a real server on this machine takes them; they say who and where, never what."""

from __future__ import annotations

import datetime as dt
import re
import socketserver
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime
from threading import Event

import pytest

from l10n.errors import ConfigError
from tests.desk_support import MERCI, House
from workflow import people
from workflow.desk_records import desk_records_of
from workflow.digest import next_hour
from workflow.jobs import JobState, work
from workflow.mail import Email, discard, mailer_from_env
from workflow.states import Role
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
    house.app = create_app(house.ledger, WebSettings(post=mailer_from_env(environment(office))))
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
    mailer_from_env(told)(Email("rita@example.org", "S", "secret words"))
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
        mailer_from_env({"L10N_SMTP_URL": url, "L10N_MAIL_FROM": "" if "pass" in url else "a@b.example"})
    assert "pass" not in str(caught.value)
    assert mailer_from_env({}) is discard


def morning(house: House) -> None:
    """The next morning's jobs are done by the machine."""
    runner = work.open_runner(house.ledger, "local")
    runner.enqueue([work.digest_job(next_hour(house.clock()))])
    house.clock.now = next_hour(house.clock()) + dt.timedelta(minutes=1)
    runner.work(
        work.job_handlers(house.ledger, runner, desk="https://desk.example.org/t"),
        stop=Event(),
        until_empty=True,
    )
    runner.close()


@pytest.fixture
def mornings(posting: House, office: Office, monkeypatch: pytest.MonkeyPatch) -> House:
    for name, value in environment(office).items():
        monkeypatch.setenv(name, value)
    return posting


def say(house: House, text: str) -> None:
    house.browsers.pop("tom", None)  # a session is over by the next day
    assert house.at("tom").post(house.address(MERCI) + "/comments", data={"text": text}).status_code == 303


def test_one_letter_a_day_says_what_kind_of_thing_happened_and_nothing_more(
    mornings: House, office: Office
) -> None:
    mornings.at("rita").post(mornings.address(MERCI) + "/comments", data={"text": "Una pregunta"})
    mornings.clock.later(minutes=1)
    say(mornings, "un secreto bajo embargo")
    say(mornings, "otro secreto")
    morning(mornings)
    (letter,) = arrived(office, 1)
    text = letter.get_payload(decode=True)
    assert isinstance(text, bytes)
    assert letter["To"] == "rita@example.org"
    assert b"2 comments where you spoke" in text
    assert b"https://desk.example.org/t/news" in text
    assert b"secreto" not in text
    morning(mornings)
    assert len(office.letters) == 1
    mornings.clock.later(minutes=1)
    say(mornings, "y otro")
    morning(mornings)
    first, second = arrived(office, 2)
    assert first["Message-ID"] != second["Message-ID"]


def test_what_somebody_saw_at_the_desk_or_does_not_want_is_in_no_letter(
    mornings: House, office: Office
) -> None:
    rita = mornings.at("rita")
    rita.post(mornings.address(MERCI) + "/comments", data={"text": "Una pregunta"})
    say(mornings, "respuesta")
    mornings.clock.later(minutes=1)
    assert rita.get("/news").status_code == 200
    morning(mornings)
    profile = {"what": "profile", "name": "Rita", "email": "rita@example.org", "letters": "never"}
    mornings.browsers.clear()
    assert mornings.at("rita").post("/me", data=profile).status_code == 303
    say(mornings, "otra respuesta")
    morning(mornings)
    assert office.letters == []


def test_a_letter_the_server_does_not_take_is_tried_again_and_sent_once(
    mornings: House, office: Office
) -> None:
    mornings.at("rita").post(mornings.address(MERCI) + "/comments", data={"text": "Una pregunta"})
    mornings.clock.later(minutes=1)
    say(mornings, "respuesta")
    office.refuses = True
    morning(mornings)
    runner = work.open_runner(mornings.ledger, "local")
    states = {job.kind: job.state for job in runner.jobs()}
    assert states[work.LETTER] is JobState.FAILED
    office.refuses = False
    for _ in range(2):
        mornings.clock.later(minutes=5)
        runner.work(work.job_handlers(mornings.ledger, runner), stop=Event(), until_empty=True)
    assert len(arrived(office, 1)) == 1


# In the reader's language

SPOKEN = {
    "fr": ("a mentionné", "commentaire après le vôtre", "vous invite"),
    "es": ("le ha mencionado", "comentario donde usted comentó", "le invita"),
    "ar": ("أشار إليك", "تعليق واحد حيث علّقت", "يدعوك"),
    "en": ("named you", "comment where you spoke", "invites you"),
}


def read(letter: Message) -> str:
    """The subject and the words of a letter, as a mail program shows them."""
    data = letter.get_payload(decode=True)
    assert isinstance(data, bytes)
    return f"{make_header(decode_header(letter['Subject']))}\n{data.decode()}"


@pytest.mark.parametrize("language", SPOKEN)
def test_who_is_named_reads_it_in_the_language_they_read_the_desk_in(
    posting: House, office: Office, language: str
) -> None:
    posting.at("rita").post("/language", data={"language": language, "onward": "/"})
    posting.at("tom").post("/language", data={"language": "en", "onward": "/"})
    posting.at("tom").post(posting.address(MERCI) + "/comments", data={"text": "@rita"})
    told = read(arrived(office, 1)[0])
    assert told.count(SPOKEN[language][0]) == 2
    assert ("named you" in told) == (language == "en")


def test_the_language_somebody_chose_goes_along_to_another_browser(house: House) -> None:
    house.at("rita").post("/language", data={"language": "es", "onward": "/"})
    elsewhere = house.stranger()
    elsewhere.post(house.link("rita"), headers={"accept-language": "fr"})
    assert 'lang="es"' in elsewhere.get("/", headers={"accept-language": "fr"}).text
    assert desk_records_of(house.ledger.store).account(house.person("rita").id).language == "es"


def test_a_letter_says_when_it_was_written_and_has_a_number(posting: House, office: Office) -> None:
    posting.at("tom").post(posting.address(MERCI) + "/comments", data={"text": "@rita"})
    (letter,) = arrived(office, 1)
    assert parsedate_to_datetime(letter["Date"])
    assert letter["Message-ID"].endswith("@example.org>")


@pytest.mark.parametrize("language", SPOKEN)
def test_the_letter_of_a_day_is_in_the_readers_language(
    mornings: House, office: Office, language: str
) -> None:
    rita = mornings.at("rita")
    rita.post("/language", data={"language": language, "onward": "/"})
    rita.post(mornings.address(MERCI) + "/comments", data={"text": "Una pregunta"})
    mornings.clock.later(minutes=1)
    say(mornings, "respuesta")
    morning(mornings)
    told = read(arrived(office, 1)[0])
    assert SPOKEN[language][1] in told
    assert "https://desk.example.org/t/news" in told
    if language != "en":
        assert not re.search(r"\b(new|for you|comment|See|often)\b", told.replace("/news", ""))


@pytest.mark.parametrize("language", SPOKEN)
def test_an_invitation_goes_out_in_the_language_somebody_chose(
    posting: House, office: Office, language: str
) -> None:
    people.create(
        posting.ledger.store, login="ada", name="Ada\r\nBcc: x@evil.example", roles={"*": Role.ADMIN}
    )
    form = {
        "login": "noor",
        "name": "Noor",
        "role-es": "translator",
        "email": "noor@example.org",
        "language": language,
    }
    shown = posting.at("ada").post("/people", data=form).text
    assert "on its way to noor@example.org" in shown
    (letter,) = arrived(office, 1)
    assert (letter["To"], letter["Bcc"]) == ("noor@example.org", None)
    told = read(letter)
    assert SPOKEN[language][2] in told
    link = re.search(r"http://127\.0\.0\.1(/sign-in/\S+)", told)
    assert link
    assert link[1] in shown
    assert posting.stranger().post(link[1]).status_code == 303
    account = desk_records_of(posting.ledger.store).account(posting.person("noor").id)
    assert account.email == "noor@example.org"


@pytest.mark.parametrize(
    "email", ["noor", "a@b@c", "a b@example.org", "a@example.org,b@example.org", "x@y\r\nBcc: z@w"]
)
def test_an_invitation_to_no_address_is_refused(posting: House, office: Office, email: str) -> None:
    people.create(posting.ledger.store, login="ada", name="Ada", roles={"*": Role.ADMIN})
    form = {"login": "noor", "name": "Noor", "role-es": "translator", "email": email}
    assert posting.at("ada").post("/people", data=form).status_code == 422
    assert posting.ledger.store.person_by_login("noor") is None
    assert office.letters == []


def test_without_a_mail_server_the_link_is_shown_and_no_letter_promised(house: House) -> None:
    people.create(house.ledger.store, login="ada", name="Ada", roles={"*": Role.ADMIN})
    form = {"login": "noor", "name": "Noor", "role-es": "translator", "email": "noor@example.org"}
    shown = house.at("ada").post("/people", data=form).text
    assert "/sign-in/" in shown
    assert "on its way" not in shown
