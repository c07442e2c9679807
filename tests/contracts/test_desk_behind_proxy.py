"""The desk under a path of a host it shares: a real proxy on this machine in front of a real server."""

from __future__ import annotations

import http.client
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urldefrag, urljoin, urlsplit

import httpx2 as httpx
import pytest
import uvicorn

from l10n.errors import UsageError
from tests.desk_support import MERCI, House, tree
from workflow.store import segment_id
from workflow.web import create_app, reached_at

HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "host"}


@dataclass
class Front:
    """A proxy: what is not below its path is another program's, and it takes the path away if it strips."""

    port: int = 0
    behind: int = 0
    strips: bool = False
    root: str = "/translate"

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"


class Passing(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def handle_one_request(self) -> None:
        self.do_GET = self.do_POST = self.passed_on
        super().handle_one_request()

    def passed_on(self) -> None:
        front: Front = self.server.front  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if not self.path.startswith(front.root + "/"):
            self.answered(404, [("Content-Type", "text/plain")], b"another program")
            return
        path = self.path.removeprefix(front.root) if front.strips else self.path
        kept = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
        onward = http.client.HTTPConnection("127.0.0.1", front.behind, timeout=20)
        headers = {**kept, "Host": self.headers["host"], "X-Forwarded-For": "203.0.113.7"}
        onward.request(self.command, path, body, headers | {"X-Forwarded-Proto": "http"})
        answer = onward.getresponse()
        self.answered(answer.status, answer.getheaders(), answer.read())
        onward.close()

    def answered(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(params=[False, True], ids=["keeps the path", "takes it away"])
def front(request: pytest.FixtureRequest, house: House) -> Iterator[Front]:
    found = Front(strips=request.param)
    app = create_app(house.ledger, reached_at(f"http://localhost{found.root}"))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", forwarded_allow_ips="127.0.0.1"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        threading.Event().wait(0.02)
    found.behind = server.servers[0].sockets[0].getsockname()[1]
    with ThreadingHTTPServer(("127.0.0.1", 0), Passing) as proxy:
        proxy.front = found  # type: ignore[attr-defined]
        found.port = proxy.server_address[1]
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        yield found
        proxy.shutdown()
    server.should_exit = True


@pytest.fixture
def browser(front: Front, house: House) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=front.address) as client:
        answer = client.post(front.root + house.link("ed"))
        assert (answer.status_code, answer.headers["location"]) == (303, f"{front.root}/")
        yield client


def test_every_address_of_every_page_stays_below_the_path(front: Front, browser: httpx.Client) -> None:
    waiting, seen = [f"{front.root}/", f"{front.root}/new", f"{front.root}/search?text=plages"], set()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = browser.get(path, follow_redirects=True)
        assert answer.status_code == 200, path
        assert answer.url.path.startswith(f"{front.root}/"), path
        if "html" not in answer.headers["content-type"] or "/preview/" in path:
            continue
        for node in tree(answer.text).css("[href], [src], [action], [data-address], [data-changes]"):
            for name in ("href", "src", "action", "data-address", "data-changes"):
                where = node.attributes.get(name)
                if not where or where.startswith(("#", "https:")):
                    continue
                absolute = urldefrag(urljoin(str(answer.url), where))[0]
                assert urlsplit(absolute).path.startswith(f"{front.root}/"), (path, name, where)
                if name in {"href", "src"} and len(seen) < 60:
                    waiting.append(absolute.removeprefix(front.address))
    assert len(seen) > 20


def test_a_decision_a_search_and_a_sign_out_work_through_it(
    front: Front, browser: httpx.Client, house: House
) -> None:
    where = f"{front.root}/releases/tanger/es/{segment_id(('', MERCI))}"
    base = re.search(r'name="base" value="(\w*)"', browser.get(where).text)
    assert base
    answer = browser.post(where, data={"action": "approve", "target": "Gracias.", "base": base[1]})
    assert answer.headers["location"].startswith(f"{front.root}/releases/tanger/es/next")
    assert house.standing(MERCI)[0] == "Gracias."
    assert browser.post(f"{front.root}/sign-out").headers["location"] == f"{front.root}/sign-in"
    asked = browser.get(where)
    assert asked.headers["location"].startswith(f"{front.root}/sign-in?next=%2Ftranslate%2Freleases")


def test_the_cookies_are_for_that_path_alone_and_wrong_passwords_are_counted_by_real_address(
    front: Front, house: House
) -> None:
    with httpx.Client(base_url=front.address) as client:
        answer = client.post(front.root + house.link("rita"))
        assert f"Path={front.root}" in answer.headers["set-cookie"]
        assert "203.0.113.7" in client.get(f"{front.root}/me").text
        chosen = client.post(f"{front.root}/language", data={"language": "fr"})
        assert f"Path={front.root}/" in chosen.headers["set-cookie"]
        assert client.get(f"{front.root}/").text.count('lang="fr" dir="ltr"') >= 1


def test_over_https_the_cookie_of_a_shared_host_is_secure_and_of_its_path() -> None:
    settings = reached_at("https://example.org/translate/")
    assert (settings.hosts, settings.secure, settings.root) == (("example.org",), True, "/translate")


@pytest.mark.parametrize(
    "onward", ["/other", "//evil.example", "https://evil.example", "/translate/../other", "/translatex/"]
)
def test_signing_in_leads_to_no_other_program_of_the_host(front: Front, house: House, onward: str) -> None:
    with httpx.Client(base_url=front.address) as client:
        client.post(front.root + house.link("rita"))
        answer = client.post(f"{front.root}/language", data={"language": "fr", "onward": onward})
        assert answer.headers["location"] == f"{front.root}/"


@pytest.mark.parametrize(
    "url", ["example.org", "ftp://example.org", "https:///desk", "https://x/a b", "https://x/../a"]
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(UsageError):
        reached_at(url)
