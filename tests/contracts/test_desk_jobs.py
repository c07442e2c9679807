"""Machines' work at the desk: an editor sees how far it is, stops it, starts it again, and asks for more."""

from __future__ import annotations

from threading import Event

import pytest

from l10n.errors import EngineFailed
from l10n.progress import ProgressCallback
from tests.desk_support import House, tree, words
from tests.jobs_support import until
from workflow.jobs import Job, JobRequest, JobState, work

PAGE = "/jobs"


def told(house: House) -> list[str]:
    """What the page says of each job, the newest first."""
    found = tree(house.at("ed").get(PAGE).text).css("ul.staff > li")
    return [" ".join(one.text(separator=" ").split()) for one in found]


def pressed(house: House, **form: str) -> int:
    return house.at("ed").post(PAGE, data=form).status_code


def board(house: House) -> dict[str, Job]:
    return {job.key: job for job in work.open_runner(house.ledger, "local").jobs()}


def failing(_job: Job, _progress: ProgressCallback) -> list[JobRequest]:
    raise EngineFailed("far: it could not be <b>reached</b>, or hung up")


def asked(house: House) -> list[Job]:
    """The jobs that pre-translate, once an editor has asked for them."""
    assert pressed(house, release="tanger") == 303
    return [job for job in board(house).values() if job.kind == "pretranslate"]


def test_only_editors_see_and_touch_jobs(house: House) -> None:
    assert house.at("rita").get(PAGE).status_code == 403
    assert house.at("rita").post(PAGE, data={"release": "tanger"}).status_code == 403
    assert house.stranger().get(PAGE).status_code == 303
    assert PAGE not in house.at("rita").get("/progress").text
    assert f'href="{PAGE}"' in house.at("ed").get("/progress").text


def test_a_release_is_pre_translated_into_each_of_its_languages(house: House) -> None:
    assert told(house) == []
    assert "Nothing has been asked" in words(house.at("ed").get(PAGE).text)
    jobs = asked(house)
    assert {job.payload["locale"] for job in jobs} == {"es", "ar"}
    assert all("Pre-translate" in one and "waits its turn" in one and "Cancel" in one for one in told(house))
    house.work()
    assert all("done" in one and "Cancel" not in one for one in told(house))


def test_the_page_looks_again_while_something_is_under_way_and_no_longer(house: House) -> None:
    asked(house)
    assert house.at("ed").get(PAGE).headers["Refresh"] == "2"
    house.work()
    assert "Refresh" not in house.at("ed").get(PAGE).headers


def test_a_job_is_cancelled_and_started_again(house: House) -> None:
    first, second = asked(house)
    assert pressed(house, cancel=first.key) == 303
    house.work()
    assert board(house)[first.key].state is JobState.CANCELLED
    assert board(house)[second.key].state is JobState.DONE
    (row,) = [one for one in told(house) if "cancelled" in one]
    assert "Try again" in row
    assert pressed(house, retry=first.key) == 303
    house.work()
    assert board(house)[first.key].state is JobState.DONE


def test_a_running_job_shows_how_far_it_is(house: House) -> None:
    first, _ = asked(house)
    shown: list[str] = []

    def half(job: Job, progress: ProgressCallback) -> list[JobRequest]:
        if job.key == first.key:
            until(lambda: progress(2, 5) or board(house)[job.key].progress == (2, 5))
            page = house.at("ed").get(PAGE).text
            shown.extend(one.attributes["value"] or "" for one in tree(page).css("progress"))
            shown.append(words(page))
        return []

    runner = work.open_runner(house.ledger, "local")
    runner.work({"pretranslate": half}, stop=Event(), until_empty=True)
    assert shown[0] == "2"
    assert "2 of 5" in shown[1]


def test_a_job_that_failed_says_why_and_its_reason_is_text(house: House) -> None:
    asked(house)
    runner = work.open_runner(house.ledger, "local")
    runner.work({"pretranslate": failing}, stop=Event(), until_empty=True)
    page = house.at("ed").get(PAGE).text
    assert "Far: it could not be &lt;b&gt;reached&lt;/b&gt;, or hung up" in page
    assert all("failed, will be tried again" in one and "Try again" in one for one in told(house))


@pytest.mark.parametrize("what", ["cancel", "retry", "release"])
def test_what_does_not_exist_is_refused(house: House, what: str) -> None:
    assert pressed(house, **{what: "nonsense"}) in {404, 422}
    assert told(house) == []
