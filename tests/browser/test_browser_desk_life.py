"""What happens to people's work when programs die, and what no click may do."""

from __future__ import annotations

import shutil
import signal
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.support import L10N, PHONE, ROOT, Desk, free_port, printed_link, signed_in

pytestmark = pytest.mark.browser
FIELD = "form.work .field"
SLOW = 20_000


def started(project: Path, port: int) -> subprocess.Popen[bytes]:
    told = project.parent / "told"
    with told.open("wb") as out:
        serve = [*L10N, "-C", str(project), "serve", "--port", str(port)]
        return subprocess.Popen(serve, cwd=ROOT, stdout=out, stderr=out)


@pytest.fixture
def project(tmp_path: Path, demo: Path) -> Path:
    return shutil.copytree(demo, tmp_path / "demo", symlinks=True)


def test_what_was_typed_is_there_after_the_server_was_killed_and_started_again(
    browser: Browser, project: Path
) -> None:
    port = free_port()
    server = started(project, port)
    try:
        desk = signed_in(browser, project, printed_link(server, project.parent / "told", port))
        page = desk.scripted()
        page.goto(f"{desk.address}/releases/acuerdo-posidonia/fr/next")
        page.locator(FIELD).wait_for()
        where = page.url
        page.keyboard.press("Alt+x")
        with page.expect_response("**/draft"):
            page.keyboard.type("Half a sentence")
        page.keyboard.type(" and more")
        server.send_signal(signal.SIGKILL)
        server.wait(10)
        page.keyboard.type(" words")
        expect(page.get_by_text("The desk does not answer")).to_be_visible()
        server = started(project, port)
        printed_link(server, project.parent / "told", port)
        page.reload()
        page.locator(FIELD).wait_for()
        assert page.locator("#target").input_value() == "Half a sentence and more words"
        other = desk.scripted()
        other.goto(where)
        expect(other.locator(FIELD)).to_contain_text("Half a sentence")
        page.keyboard.press("Control+s")
        page.wait_for_url(lambda url: url != where)
        other.reload()
        expect(other.locator(FIELD)).to_contain_text("Half a sentence and more words")
        expect(other.get_by_text("what you had typed here")).to_be_hidden()
    finally:
        server.terminate()
        server.wait(10)


def test_many_are_approved_at_once_and_taken_back_without_scripts(desk: Desk) -> None:
    page = desk.context().new_page()
    page.goto(f"{desk.address}/releases/rapport-littoral/ar?show=translated")
    before = page.locator(".tabs [aria-current] .count").inner_text()
    page.get_by_label(f"all {before} of this list").check()
    page.get_by_role("button", name="Approve the chosen ones").click()
    button = page.get_by_role("button", name="Do it to")
    number = int(button.inner_text().split()[3])
    assert number > 3
    button.click()
    expect(page.get_by_text(f"{number} segments were decided.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".tabs [aria-current] .count")).to_have_text(before)


def test_words_are_replaced_in_a_whole_list_by_enter_alone(desk: Desk) -> None:
    page = desk.context().new_page()
    page.goto(f"{desk.address}/releases/bureau-tanger/es")
    page.get_by_label("Replace").fill("sede")
    page.get_by_label("with", exact=True).fill("casa")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Replace at once")
    expect(page.locator("main form ins")).to_have_text(["casa"])
    page.get_by_role("link", name="Leave it").click()
    page.get_by_label("Replace").fill("no such words")
    page.keyboard.press("Enter")
    expect(page.get_by_text("There is nothing to change.")).to_be_visible()


def test_nobody_approves_their_own_words_where_four_eyes_are_asked_for(desk: Desk) -> None:
    plan = desk.project / "releases" / "bureau-tanger" / "release.toml"
    plan.write_text('review = "four-eyes"\n' + plan.read_text("utf-8"), "utf-8")
    mine, theirs = desk.scripted("ana"), desk.scripted("tim")
    mine.goto(f"{desk.address}/releases/bureau-tanger/en/document")
    sentence = mine.locator("a.sentence.translated").first
    id_ = sentence.get_attribute("data-segment")
    sentence.click()
    mine.locator(".in-place .field").wait_for()
    mine.keyboard.press("End")
    mine.keyboard.type(" Indeed.")
    mine.keyboard.press("Control+Enter")
    expect(mine.get_by_text("You wrote this yourself.")).to_be_visible(timeout=SLOW)
    mine.keyboard.press("Control+s")
    expect(mine.locator(f"#s-{id_}")).to_have_class("sentence translated", timeout=SLOW)
    expect(mine.locator(".in-place")).to_have_count(0, timeout=SLOW)
    expect(mine.locator(f"#s-{id_}")).to_contain_text("Indeed.")
    mine.goto(f"{desk.address}/releases/bureau-tanger/en/{id_}")
    mine.locator(FIELD).wait_for()
    mine.keyboard.press("Control+Enter")
    expect(mine.get_by_text("You wrote this yourself.")).to_be_visible(timeout=SLOW)
    theirs.goto(f"{desk.address}/releases/bureau-tanger/en/document#s-{id_}")
    theirs.locator(".in-place .field").wait_for()
    theirs.keyboard.press("Control+Enter")
    expect(theirs.locator(f"#s-{id_}")).to_have_class("sentence approved", timeout=SLOW)


def test_what_one_did_today_is_counted_on_the_page_of_the_account(desk: Desk) -> None:
    page = desk.scripted("counting", viewport=PHONE)
    page.goto(f"{desk.address}/me")
    today = page.locator("#work dd").first
    expect(today).to_have_text("0 segments · 0 words")
    page.goto(f"{desk.address}/next")
    page.locator(".field").wait_for()
    page.locator(".field").fill("Texto de prueba.")
    page.keyboard.press("Control+s")
    page.locator("[data-step]").wait_for()
    page.goto(f"{desk.address}/me")
    expect(today).to_contain_text("1 segment ·")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
