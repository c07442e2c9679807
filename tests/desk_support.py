"""A desk to test: a real project and ledger in a folder, people with roles, and a clock to turn."""

from __future__ import annotations

import datetime as dt
import html
import re
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from selectolax.lexbor import LexborHTMLParser
from starlette.testclient import TestClient

from l10n import catalogue as po
from l10n import project
from workflow import ledger as ledgers
from workflow import people
from workflow.jobs import work
from workflow.ledger import Ledger
from workflow.states import Action, Role
from workflow.store import Person, segment_id
from workflow.web import WebSettings, create_app

SOURCE = """# Un bureau à Tanger

La ville compte 26 plages. Lisez [notre rapport](https://example.org/r). Merci.

Une phrase seule.
"""
LIST = "/releases/tanger/es"
PLAGES = "La ville compte 26 plages."
RAPPORT = "Lisez <1>notre rapport</1>."
MERCI = "Merci."
SEULE = "Une phrase seule."
PASSWORD = "four plain small words"  # noqa: S105 - opens nothing but a test
WHO = {
    "tom": {"es": Role.TRANSLATOR},
    "tina": {"es": Role.TRANSLATOR},
    "rita": {"es": Role.REVIEWER, "ar": Role.TRANSLATOR},
    "ed": {"*": Role.EDITOR},
    "ines": {"it": Role.ADMIN},
}


@dataclass
class Clock:
    now: dt.datetime = dt.datetime(2026, 9, 14, 12, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now

    def later(self, **by: float) -> None:
        self.now += dt.timedelta(**by)


@dataclass
class House:
    """The desk, and everybody's browser in front of it."""

    ledger: Ledger
    clock: Clock
    settings: WebSettings
    browsers: dict[str, TestClient] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.app = create_app(self.ledger, self.settings)

    @property
    def base(self) -> str:
        return "https://127.0.0.1" if self.settings.secure else "http://127.0.0.1"

    def stranger(self) -> TestClient:
        return TestClient(self.app, base_url=self.base, follow_redirects=False)

    def person(self, login: str) -> Person:
        found = self.ledger.store.person_by_login(login)
        assert found
        return found

    def link(self, login: str) -> str:
        token = people.sign_in_token(self.ledger.store, self.person(login), now=self.clock())
        return f"/sign-in/{token}"

    def at(self, login: str) -> TestClient:
        if login not in self.browsers:
            self.browsers[login] = self.stranger()
            assert self.browsers[login].post(self.link(login)).status_code == 303
        return self.browsers[login]

    def address(self, source: str, locale: str = "es") -> str:
        return f"/releases/tanger/{locale}/{segment_id(('', source))}"

    def standing(self, source: str, locale: str = "es") -> tuple[str, bool, str]:
        """(target, fuzzy, state) in the catalogue on disk."""
        release = project.release(self.ledger.project, "tanger")
        found = po.read(project.catalogue_path(self.ledger.project, release, locale))
        entry = next(one for one in found.live if one.source == source)
        return entry.target, entry.fuzzy, entry.state.value

    def work(self) -> None:
        """Do the jobs that were asked for, as the desk does beside its pages."""
        runner = work.open_runner(self.ledger, "local")
        runner.work(work.job_handlers(self.ledger, runner), stop=Event(), until_empty=True)

    def catalogue(self, locale: str = "es") -> Path:
        release = project.release(self.ledger.project, "tanger")
        return project.catalogue_path(self.ledger.project, release, locale)

    def base_of(self, login: str, source: str, locale: str = "es") -> str:
        shown = self.at(login).get(self.address(source, locale)).text
        found = re.search(r'name="base" value="(\w*)"', shown)
        assert found, shown
        return found[1]

    def decide(
        self, login: str, source: str, action: str, target: str, *, base: str | None = None, note: str = ""
    ) -> tuple[int, str]:
        """(status, page) of a decision taken at the desk."""
        told = self.base_of(login, source) if base is None else base
        data = {"action": action, "target": target, "base": told, "note": note}
        answer = self.at(login).post(self.address(source), data=data)
        return answer.status_code, answer.text


def tree(text: str) -> LexborHTMLParser:
    return LexborHTMLParser(text)


def words(text: str) -> str:
    """What a page says."""
    body = tree(text).body
    return " ".join(body.text(separator=" ").split()) if body else html.unescape(text)


def make_project(folder: Path) -> None:
    """A project with a release in two languages, a ledger, and people."""
    made = project.create(folder / "p", name="Desk", source_locale="fr", locales=("es", "ar"))
    route(made.root)
    made = project.load(made.root)
    file = folder / "source.md"
    file.write_text(SOURCE, "utf-8")
    release = project.add(
        made, file, release_id="tanger", locale="fr", locales=("es", "ar"), date=dt.date(2026, 9, 14)
    )
    ledger = ledgers.open_ledger(made, Clock())
    for locale in release.locales:
        fresh = po.template(project.document(made, release), locale=locale, name="Desk")
        ledger.record(release, locale, fresh, Action.UPDATE)
    for login, roles in WHO.items():
        people.create(ledger.store, login=login, name=login.title(), roles=roles)
    ledger.store.close()


def route(root: Path, *engines: str) -> None:
    """Have a project ask these engines and no others, whatever is installed."""
    path = root / "l10n.toml"
    settings = path.read_text("utf-8").partition("[routes]")[0]
    path.write_text(f'{settings}[routes]\n"*" = {list(engines)}\n', "utf-8")


def open_house(folder: Path, settings: WebSettings) -> House:
    """The desk over the project in a folder."""
    clock = Clock()
    return House(ledgers.open_ledger(project.load(folder / "p"), clock), clock, settings)


def undo_fields(shown: str) -> dict[str, str]:
    """What the first "Undo" of a page would send, nothing where there is none."""
    page = tree(shown)
    if button := page.css_first("[data-step] [formaction$=undo]"):
        sent = [*page.css("form.work input"), *page.css("[form=work]"), button]
        fields = {str(box.attributes["name"]): str(box.attributes["value"] or "") for box in sent}
        field = page.css_first("#target")
        return fields | {"target": field.text() if field else ""}
    form = page.css_first("form[action$=undo]")
    boxes = form.css("input") if form else []
    return {str(box.attributes["name"]): str(box.attributes["value"] or "") for box in boxes}


def take_back(house: House, login: str, shown: str) -> int:
    """Press the first "Undo" of a page; the status of the answer."""
    return house.at(login).post(f"{LIST}/undo", data=undo_fields(shown)).status_code


def sure(house: House, login: str, shown: str) -> str:
    """Press the button of the preview; where it leads."""
    form = tree(shown).css_first("form[action$=bulk]")
    assert form is not None
    fields: dict[str, list[str]] = {}
    for box in form.css("input"):
        fields.setdefault(str(box.attributes["name"]), []).append(str(box.attributes["value"] or ""))
    answer = house.at(login).post(f"{LIST}/bulk", data={**fields, "sure": "1"})
    assert answer.status_code == 303
    return answer.headers["location"]
