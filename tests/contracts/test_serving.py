"""What docs/serving.md makes of nginx and Apache, asked of the real servers."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import shlex
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest

from l10n import site
from tests import press_support
from tests.conftest import ROOT, skip

PAGE = (ROOT / "docs" / "serving.md").read_text("utf-8")
RECIPES = dict(re.findall(r"```(nginx|apache)\n(.*?)```", PAGE, re.DOTALL))
COMMANDS = dict(re.findall(r"^(awk .*?) > /srv/press/moved\.(map|txt)", PAGE, re.MULTILINE))
LONG = "الميناء-يحصي-الدلافين-ويفتح-محطة-لقياس-جودة-المياه-في-الخليج"
MODULES = Path("/usr/lib/apache2/modules")
NEEDED = ["mpm_event", "authz_core", "alias", "deflate", "dir", "filter", "headers", "mime", "rewrite"]


class Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes


@pytest.fixture(scope="module")
def press() -> Iterator[Path]:
    """A site at the root of its host, in which releases have moved; in a folder that servers may read."""
    folder = Path(tempfile.mkdtemp(prefix="serving"))
    folder.chmod(0o755)
    yield _published(folder / "press")
    shutil.rmtree(folder)


def _published(root: Path) -> Path:
    found = press_support.every_state(root)
    settings = root / "l10n.toml"
    settings.write_text(settings.read_text("utf-8").replace("example.org/news", "example.org"), "utf-8")
    plan = root / "releases" / "wait" / "release.toml"
    plan.write_text(f'{plan.read_text("utf-8")}\n[former]\nfr = ["{LONG}"]\n', "utf-8")
    found = press_support.project.load(root)
    site.publish(found, press_support.built(found))
    for command, kind in COMMANDS.items():
        with (root / f"moved.{kind}").open("wb") as out:
            subprocess.run(shlex.split(command.replace("/srv/press", str(root))), check=True, stdout=out)
    return root


@pytest.fixture(scope="module", params=["nginx", "apache"])
def port(
    request: pytest.FixtureRequest, press: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[int]:
    """Where the server listens."""
    name = request.param
    program = shutil.which(
        {"nginx": "nginx", "apache": "apache2"}[name], path="/usr/sbin:/usr/bin:/usr/local/sbin"
    )
    if program is None:
        skip(f"{name} is not installed (Debian: nginx-light apache2-bin)")
    folder = tmp_path_factory.mktemp(name)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    recipe = RECIPES[name].replace("/srv/press", str(press))
    whole = _nginx(recipe, number, folder) if name == "nginx" else _apache(recipe, number, folder)
    (folder / "server.conf").write_text(whole, "utf-8")
    arguments = ["-c", str(folder / "server.conf"), "-e", str(folder / "error.log")]
    if name == "apache":
        arguments = ["-f", str(folder / "server.conf"), "-D", "FOREGROUND"]
    server = subprocess.Popen([program, *arguments])
    try:
        _wait(number, server, folder)
        yield number
    finally:
        server.terminate()
        server.wait(timeout=20)


def _nginx(recipe: str, port: int, folder: Path) -> str:
    temporary = "\n".join(
        f"{kind}_temp_path {folder};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    here = recipe.replace("listen 80;", f"listen 127.0.0.1:{port};")
    return (
        f"daemon off;\npid {folder}/pid;\nworker_processes 1;\nevents {{}}\n"
        f"http {{\ninclude /etc/nginx/mime.types;\naccess_log off;\n{temporary}\n{here}}}\n"
    )


def _apache(recipe: str, port: int, folder: Path) -> str:
    loaded = "\n".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in NEEDED)
    worker = "User daemon\nGroup daemon\n" if os.geteuid() == 0 else ""
    here = recipe.replace("*:80", f"127.0.0.1:{port}")
    return (
        f"{loaded}\n{worker}ServerRoot {folder}\nPidFile {folder}/pid\nErrorLog {folder}/error.log\n"
        f"Listen 127.0.0.1:{port}\nTypesConfig /etc/mime.types\n"
        f"<Directory />\nRequire all denied\nAllowOverride None\n</Directory>\n{here}"
    )


def _wait(port: int, server: subprocess.Popen[bytes], folder: Path) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 0.1).close()
        except OSError:
            told = folder / "error.log"
            assert server.poll() is None, told.read_text() if told.exists() else "it ended"
            time.sleep(0.05)
        else:
            return
    pytest.fail("the server does not answer")


def _ask(port: int, path: str, **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("GET", path, headers={"Host": "press.example.org", **named})
    response = connection.getresponse()
    told = Answer(
        response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
    )
    connection.close()
    return told


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/ar/nowhere/", "ar"),
        ("/zh/nowhere", "zh"),
        ("/fr/complete/nowhere.html", "fr"),
        ("/nowhere/", "fr"),
        ("/xx/nowhere/", "fr"),
        ("/assets/nowhere.css", "fr"),
    ],
)
def test_what_is_not_there_is_told_in_the_language_of_its_address(port: int, path: str, said: str) -> None:
    answer = _ask(port, path)
    assert (answer.status, answer.headers["content-type"].lower()) == (404, "text/html; charset=utf-8")
    assert answer.body.startswith(f'<!doctype html>\n<html lang="{said}"'.encode())
    assert "immutable" not in answer.headers.get("cache-control", "")


@pytest.mark.parametrize(
    ("asked", "now"),
    [
        ("/zh/dauphins/", "/zh/%E6%B5%B7%E8%B1%9A/"),
        ("/zh/dauphins/?from=mail", "/zh/%E6%B5%B7%E8%B1%9A/"),
        (f"/fr/{quote(LONG)}/", "/fr/wait/"),
    ],
)
def test_a_former_address_leads_on_for_good(port: int, asked: str, now: str) -> None:
    answer = _ask(port, asked)
    assert answer.status == 301
    path = answer.headers["location"].removeprefix("https://press.example.org").partition("?")[0]
    assert path == now
    assert _ask(port, path).status == 200


def test_a_folder_leads_to_its_page_on_the_same_scheme(port: int) -> None:
    answer = _ask(port, "/fr/complete")
    assert (answer.status, answer.headers["location"].removeprefix("https://press.example.org")) == (
        301,
        "/fr/complete/",
    )


@pytest.mark.parametrize(
    ("path", "type_"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/ar/complete/", "text/html; charset=utf-8"),
        ("/feed/ar.xml", r"application/atom\+xml"),
        ("/feed/ar.json", r"application/feed\+json"),
        ("/sitemap.xml", "(text|application)/xml"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/search/ar-2026.js", "(text|application)/javascript; charset=utf-8"),
    ],
)
def test_files_say_what_they_are_and_are_asked_for_again(
    port: int, press: Path, path: str, type_: str
) -> None:
    answer = _ask(port, path)
    assert answer.status == 200
    assert re.fullmatch(type_, answer.headers["content-type"].lower())
    assert answer.headers["cache-control"] == "no-cache"
    assert "content-encoding" not in answer.headers
    name = f"{path}index.html" if path.endswith("/") else path
    assert answer.body == (press / "public" / name.strip("/")).read_bytes()
    packed = _ask(port, path, Accept_Encoding="gzip")
    if len(answer.body) > 1000:
        assert packed.headers["content-encoding"] == "gzip"
        assert "accept-encoding" in packed.headers["vary"].lower()
        assert gzip.decompress(packed.body) == answer.body
    for known in (answer, packed):
        again = _ask(port, path, If_None_Match=known.headers["etag"], Accept_Encoding="gzip")
        assert (again.status, again.body, again.headers["cache-control"]) == (304, b"", "no-cache")


@pytest.mark.parametrize(("kind", "type_"), [("css", "text/css; charset=utf-8"), ("svg", "image/svg+xml")])
def test_assets_are_kept_for_good(port: int, press: Path, kind: str, type_: str) -> None:
    path = next((press / "public" / "assets").rglob(f"*.{kind}")).relative_to(press / "public")
    answer = _ask(port, f"/{path}")
    assert (answer.status, answer.headers["content-type"].lower()) == (200, type_)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_a_publication_is_served_without_a_restart(port: int, press: Path) -> None:
    found = press_support.project.load(press)
    plan = press / "releases" / "complete" / "release.toml"
    before = plan.read_text("utf-8")
    try:
        plan.write_text(before.replace("[credits", 'status = "draft"\n[credits', 1), "utf-8")
        site.publish(found, press_support.built(found))
        assert _ask(port, "/fr/complete/").status == 404
    finally:
        plan.write_text(before, "utf-8")
        site.publish(found, press_support.built(found))
    assert _ask(port, "/fr/complete/").status == 200
