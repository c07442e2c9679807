"""What takes long is read before it is asked for, and nobody waits for what is not read yet."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from l10n import project
from l10n.memory import Memory
from tests.desk_support import MERCI, Clock, House, make_project, tree
from workflow import ledger as ledgers
from workflow.web import WebSettings
from workflow.web.warmup import warm_up

_OPEN = project.open_memory


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A desk whose catalogues are written later, as `l10n serve` has it."""
    make_project(tmp_path)
    opened = ledgers.open_ledger(project.load(tmp_path / "p"), clock := Clock())
    return House(replace(opened, schedule_write=lambda _release, _locale: None), clock, WebSettings())


@pytest.fixture
def openings(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """How the memory was opened, each time: as it was, or brought in step."""
    found: list[bool] = []

    def opened(*told: object, as_it_is: bool = False, **more: object) -> Memory:
        found.append(as_it_is)
        return _OPEN(*told, as_it_is=as_it_is, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(project, "open_memory", opened)
    return found


def test_the_memory_is_open_before_the_first_page_asks(house: House, openings: list[bool]) -> None:
    warm_up(house.app.state.services.desk).join()
    assert openings == [False]
    assert house.at("rita").get(house.address(MERCI)).status_code == 200
    assert len(openings) == 2


def test_a_page_does_not_wait_for_a_memory_that_somebody_opens(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = Event(), Event()

    def slowly(*told: object, **more: object) -> Memory:
        begun.set()
        assert go_on.wait(30)
        return _OPEN(*told, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(project, "open_memory", slowly)
    desk = house.app.state.services.desk

    def open_() -> bool:
        found = desk.cache.memory("fr", desk.releases())
        if found is not None:
            found.close()
        return found is not None

    with ThreadPoolExecutor(1) as pool:
        opening = pool.submit(open_)
        assert begun.wait(30)
        assert tree(house.at("rita").get(house.address(MERCI)).text).css_first(".offers [data-opening]")
        assert not _help(house)["looked_up"]
        assert not open_()
        go_on.set()
        assert opening.result()
    assert open_()
    assert not tree(house.at("rita").get(house.address(MERCI)).text).css_first(".offers [data-opening]")
    assert _help(house)["looked_up"]


def _help(house: House) -> dict[str, object]:
    """What an editor in place is told of a segment."""
    return dict(house.at("rita").get(f"{house.address(MERCI)}/help").json())
