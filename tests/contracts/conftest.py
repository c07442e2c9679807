"""The desk every test of it starts from."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk_house import House, make_project, open_house
from workflow.web import WebSettings


@pytest.fixture(scope="session")
def desk_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    make_project(folder)
    return folder


@pytest.fixture
def house(tmp_path: Path, desk_project: Path) -> Iterator[House]:
    shutil.copytree(desk_project, tmp_path / "house")
    made = open_house(tmp_path / "house", WebSettings())
    yield made
    made.ledger.store.close()


@pytest.fixture
def safe_house(tmp_path: Path, desk_project: Path) -> Iterator[House]:
    """The same, reached over HTTPS."""
    shutil.copytree(desk_project, tmp_path / "safe")
    made = open_house(tmp_path / "safe", WebSettings(hosts=("127.0.0.1",), secure=True))
    yield made
    made.ledger.store.close()
