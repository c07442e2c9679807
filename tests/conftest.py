"""What is missing on this machine is skipped and named; in CI nothing may be skipped."""

from __future__ import annotations

import gc
import os
import secrets
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import NoReturn

import psycopg
import pytest
from hypothesis import HealthCheck, settings

from tests.order import ordered

ROOT = Path(__file__).parent.parent
# The shell is the same engine without a desktop around it: a page opens in a quarter of the time.
BROWSERS = ("chromium-headless-shell", "chromium")
# For each marker the programs of which one has to be there.
NEEDS = {
    "apertium": (
        ("apertium",),
        "Apertium is not installed (Debian: apertium apertium-{fr-es,fra-cat,eng-spa})",
    ),
    "browser": (BROWSERS, "Chromium is not installed (Debian: chromium-headless-shell or chromium)"),
    "gettext": (("msgfmt",), "gettext's tools are not installed (Debian: gettext)"),
}

# A busy machine is no reason to fail, since no test measures time; a folder may serve all examples.
settings.register_profile(
    "passerelle",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("passerelle")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What was collected stays till the end: a garbage collection that looks at it takes most of a second."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "0"))
    items[:] = ordered(items, lambda item: item.get_closest_marker("slow") is not None, workers)


def pytest_runtest_setup(item: pytest.Item) -> None:
    for name, (programs, reason) in NEEDS.items():
        if item.get_closest_marker(name) and not any(map(shutil.which, programs)):
            skip(reason)


def skip(reason: str) -> NoReturn:
    """Leave a test out, saying why; in CI that is a failure."""
    if os.environ.get("L10N_SKIP_NOTHING"):
        pytest.fail(f"nothing may be skipped here: {reason}")
    pytest.skip(reason)


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    """A schema of its own on the server that L10N_TEST_POSTGRESQL names."""
    server = os.environ.get("L10N_TEST_POSTGRESQL") or "postgresql://postgres@127.0.0.1:5432/postgres"
    try:
        connection = psycopg.connect(server, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        skip("no PostgreSQL server answers at L10N_TEST_POSTGRESQL")
    name = f"passerelle_{secrets.token_hex(6)}"
    with connection:
        connection.execute(f"CREATE SCHEMA {name}")
        yield f"{server}{'&' if '?' in server else '?'}options=-csearch_path%3D{name}"
        connection.execute(f"DROP SCHEMA {name} CASCADE")


def tool(name: str) -> Path:
    """A file that `make tools` installs."""
    found = ROOT / ".l10n" / "tools" / "node_modules" / name
    if not found.is_file():
        skip(f"{name} is not there (make tools)")
    return found


@pytest.fixture(scope="session")
def bench() -> Path:
    """The folder of material that is not ours, beside the project on development machines."""
    found = ROOT.parent / "shared" / "bench"
    if not found.is_dir():
        pytest.skip("the development corpora are not beside this checkout")
    return found
