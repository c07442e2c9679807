"""The desk every test of it starts from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk_house import House, make_house
from workflow.web import WebSettings


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = make_house(tmp_path, WebSettings())
    yield made
    made.ledger.store.close()


@pytest.fixture
def safe_house(tmp_path: Path) -> Iterator[House]:
    """The same, reached over HTTPS."""
    made = make_house(tmp_path / "safe", WebSettings(hosts=("127.0.0.1",), secure=True))
    yield made
    made.ledger.store.close()
