"""The desk every test of it starts from."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from tests.desk_support import House, make_project, open_house
from tests.git_support import NAMES, Clone, Copy, git
from tests.git_support import make_project as make_git_project
from workflow import git as gits
from workflow.cli import main
from workflow.web import WebSettings


@pytest.fixture(scope="session")
def desk_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    make_project(folder)
    return folder


@pytest.fixture
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are hashed as ever, only for less than a fifth of a second and 64 MiB each."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr("workflow.people._hasher", lambda: cheap)


@pytest.fixture
def house(tmp_path: Path, desk_project: Path, quick_passwords: None) -> Iterator[House]:  # noqa: ARG001
    shutil.copytree(desk_project, tmp_path / "house")
    made = open_house(tmp_path / "house", WebSettings())
    yield made
    made.ledger.store.close()


@pytest.fixture
def safe_house(tmp_path: Path, desk_project: Path, quick_passwords: None) -> Iterator[House]:  # noqa: ARG001
    """The same, reached over HTTPS."""
    shutil.copytree(desk_project, tmp_path / "safe")
    made = open_house(tmp_path / "safe", WebSettings(hosts=("127.0.0.1",), secure=True))
    yield made
    made.ledger.store.close()


@pytest.fixture
def our_git(monkeypatch: pytest.MonkeyPatch) -> None:
    """Git as on a machine where nobody set anything."""
    for name, value in NAMES.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """A bare repository that holds the project."""
    make_git_project(tmp_path / "first")
    return published(tmp_path / "first", tmp_path / "remote.git")


def published(root: Path, remote: Path) -> Path:
    """The project in a bare repository, and nowhere else."""
    git(root, "init", "--quiet", "--initial-branch=main")
    assert main(["-q", "-C", str(root), "init", "--git"]) == 0
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=start")
    git(root, "clone", "--quiet", "--bare", ".", str(remote))
    shutil.rmtree(root)
    return remote


@pytest.fixture
def clone(tmp_path: Path, remote: Path) -> Iterator[Clone]:
    """Makes a clone of it, with a name."""
    made: list[Copy] = []

    def one(name: str) -> Copy:
        git(tmp_path, "clone", "--quiet", str(remote), name)
        gits.install(tmp_path / name)
        made.append(Copy(tmp_path / name))
        return made[-1]

    yield one
    for copy in made:
        copy.ledger.store.close()
