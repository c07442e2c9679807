"""What people did lately and together is read alike from every database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from l10n.model import State
from workflow.states import Action
from workflow.store import Decision
from workflow.store.database import DatabaseStore
from workflow.store.opening import open_postgresql, open_sqlite
from workflow.store.together import decided_together
from workflow.throughput import PersonDecision, recent_decisions
from workflow.web import recent_work

NOON = dt.datetime(2026, 9, 14, 12, tzinfo=dt.UTC)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[DatabaseStore]:
    url = request.getfixturevalue("postgresql_url") if request.param == "postgresql" else ""
    opened = open_postgresql(url) if url else open_sqlite(tmp_path / "ledger.sqlite")
    assert isinstance(opened, DatabaseStore)
    yield opened
    opened.close()


# release/locale/segment who action target : when. A target's text is its digest; the one before on
# the segment is what it started from.
DEEDS = """
bureau/es/Bonjour._Merci. - pretranslate Hola._Gracias. : 2026-08-01T12:00
bureau/es/Bonjour._Merci. tom save Buenas. : 2026-09-12T12:00
bureau/es/Bonjour._Merci. tom save Hola._Gracias. : 2026-09-13T12:00
bureau/es/Bonjour._Merci. tom save Buenas. : 2026-09-13T23:59
bureau/ar/Bonjour._Merci. ana approve Salam. : 2026-09-14T12:00
bureau/es/Non. rita approve No. : 2026-09-14T12:00
bureau/es/Oui. rita approve Sí. : 2026-09-14T12:00
bureau/es/Bonjour._Merci. rita approve Buenas._! : 2026-09-14T12:00
rapport/es/Oui. rita approve Sí. : 2026-09-14T12:00
bureau/es/Peut-être. rita approve Quizá. : 2026-09-14T12:01
"""


def deeds() -> Iterator[tuple[str, Decision]]:
    """The decisions, each with its place."""
    digests: dict[str, str] = {}
    for line in DEEDS.strip().splitlines():
        place, who, action, target, _, when = line.split()
        release, locale, source = place.split("/")
        text = target.replace("_", " ")
        yield (
            place,
            Decision(
                release=release,
                locale=locale,
                context="",
                source=source.replace("_", " "),
                target=text,
                state=State.REVIEWED if action == "approve" else State.TRANSLATED,
                fuzzy=False,
                action=Action(action),
                actor=who.strip("-"),
                at=dt.datetime.fromisoformat(when).replace(tzinfo=dt.UTC),
                digest=text,
                base=digests.get(place, ""),
                origin="human" if who.strip("-") else "mt:apertium",
            ),
        )
        digests[place] = text


def appended(store: DatabaseStore) -> dict[str, int]:
    """Have all of it decided; the number of the last decision on each place."""
    return {place: store.append([decision])[0].id for place, decision in deeds()}


def test_recent_decisions_are_told_with_what_they_started_from(store: DatabaseStore) -> None:
    appended(store)
    told = [
        (one.actor, one.locale, one.words, one.was, one.target, one.origin)
        for one in recent_decisions(store, NOON - dt.timedelta(days=2))
    ]
    assert told == [
        ("rita", "es", 1, "", "Quizá.", ""),
        ("rita", "es", 1, "", "Sí.", ""),
        ("rita", "es", 2, "Buenas.", "Buenas. !", "human"),
        ("rita", "es", 1, "", "Sí.", ""),
        ("rita", "es", 1, "", "No.", ""),
        ("ana", "ar", 2, "", "Salam.", ""),
        ("tom", "es", 2, "Hola. Gracias.", "Buenas.", "human"),
        ("tom", "es", 2, "Buenas.", "Hola. Gracias.", "human"),
    ]
    assert len(recent_decisions(store, NOON - dt.timedelta(days=2, seconds=1))) == len(told) + 1
    assert recent_decisions(store, NOON + dt.timedelta(minutes=1)) == ()


def test_a_look_at_recent_work_reads_only_what_came_since_the_last(
    store: DatabaseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def read(store: DatabaseStore, since: dt.datetime, *, after: int) -> tuple[PersonDecision, ...]:
        asked.append(after)
        return recent_decisions(store, since, after=after)

    monkeypatch.setattr(recent_work, "recent_decisions", read)
    monkeypatch.setattr(recent_work, "_AGAIN", 0)
    work = recent_work.RecentWork(store)
    for minute, (_, decision) in enumerate(deeds()):
        store.append([decision])
        since = NOON - dt.timedelta(days=3, minutes=-minute)
        assert work.since(since) == work.since(since) == recent_decisions(store, since)
    assert work.since(NOON - dt.timedelta(days=30)) == recent_decisions(store, NOON - dt.timedelta(days=30))
    assert asked[0] == asked[-1] == 0
    assert asked[1:-1] == sorted(asked[1:-1])
    assert asked[-2] > 0


def test_a_step_is_what_one_person_decided_at_one_moment_in_one_catalogue(store: DatabaseStore) -> None:
    numbers = appended(store)
    first = numbers["bureau/es/Non."]

    def together(release: str, locale: str, actor: str, number: int) -> list[str]:
        with store.reading() as connection:
            found = decided_together(connection, release, locale, actor, number)
        return [one.source for one in found]

    assert together("bureau", "es", "rita", first) == ["Non.", "Oui.", "Bonjour. Merci."]
    assert together("bureau", "es", "rita", numbers["bureau/es/Oui."]) == ["Oui.", "Bonjour. Merci."]
    assert together("bureau", "es", "rita", numbers["bureau/es/Peut-être."]) == ["Peut-être."]
    for release, locale, actor in (
        ("bureau", "es", "tom"),
        ("bureau", "ar", "rita"),
        ("rapport", "es", "rita"),
    ):
        assert together(release, locale, actor, first) == []
    assert together("bureau", "es", "rita", 2**31 - 1) == []
