"""A release's source changed at the desk: what that asks of translators is seen first."""

from __future__ import annotations

import re

import pytest

from l10n import project
from tests.desk_support import MERCI, PLAGES, SEULE, SOURCE, House, tree, words

PAGE = "/publishing/tanger/source"
CORRECTED = SOURCE.replace("26 plages", "27 plages").replace(
    "Une phrase seule.", "Une phrase seule. Et encore."
)


def ask(
    house: House, login: str = "ed", *, file: tuple[str, bytes] = ("", b""), **form: str
) -> tuple[int, str]:
    """(status, page) of the form sent as a browser sends it."""
    answer = house.at(login).post(PAGE, data=form, files={"file": file})
    return answer.status_code, answer.text


def hidden(shown: str, name: str) -> str:
    return str(tree(shown).css_first(f"form.making [name={name}]").attributes["value"])


def looked(house: House, text: str = CORRECTED) -> dict[str, str]:
    """What the form carries once a change was looked at."""
    base = hidden(house.at("ed").get(PAGE).text, "base")
    status, shown = ask(house, base=base, text=text)
    assert status == 200
    return {"base": hidden(shown, "base"), "kept": hidden(shown, "kept")}


def source(house: House) -> str:
    return project.release(house.ledger.project, "tanger").source.read_text("utf-8")


def test_what_a_change_asks_of_translators_is_shown_before_anything_changes(house: House) -> None:
    shown = house.at("ed").get(PAGE).text
    assert tree(shown).css_first("textarea").text().strip() == SOURCE.strip()
    status, shown = ask(house, base=hidden(shown, "base"), text=CORRECTED)
    assert status == 200
    rows = [[cell.text() for cell in row.css("td")] for row in tree(shown).css("tbody tr")]
    assert rows[0] == ["4", "1", "1"]
    assert "2 sentences change" in words(shown)
    assert [node.text() for node in tree(shown).css(".plain ins")] == ["27", "Et encore."]
    assert source(house) == SOURCE


def test_a_change_keeps_what_is_decided_and_asks_for_the_rest(house: House) -> None:
    house.decide("rita", MERCI, "approve", "Gracias.")
    house.decide("rita", PLAGES, "approve", "La ciudad tiene 26 playas.")
    status, _ = ask(house, **looked(house), sure="1")
    assert status == 303
    house.work()
    assert source(house) == CORRECTED
    assert house.standing(MERCI)[0] == "Gracias."
    assert house.standing(PLAGES.replace("26", "27"))[:2] == ("La ciudad tiene 27 playas.", True)
    assert house.standing("Et encore.")[0] == ""
    assert "Change of the source · Français · Ed" in words(
        house.at("ed").get("/publishing/tanger/history").text
    )


def test_of_two_who_change_it_the_later_is_told_and_keeps_the_text(house: House) -> None:
    first, second = looked(house), looked(house, SOURCE.replace("Merci", "Merci bien"))
    assert ask(house, **first, sure="1")[0] == 303
    status, shown = ask(house, **second, sure="1")
    assert status == 409
    assert "Somebody changed the source meanwhile." in words(shown)
    assert "Merci bien" in tree(shown).css_first("textarea").text()
    assert source(house) == CORRECTED


def test_the_later_of_two_sees_what_stands_now_and_may_replace_it_knowingly(house: House) -> None:
    stale = hidden(house.at("ed").get(PAGE).text, "base")
    assert ask(house, **looked(house), sure="1")[0] == 303
    house.work()
    mine = CORRECTED.replace("Merci", "Merci bien")
    status, shown = ask(house, base=stale, text=mine)
    assert status == 409, "the later one looks at changes that take the earlier back"
    assert "Somebody changed the source meanwhile." in words(shown)
    typed, stands = (one.text().strip() for one in tree(shown).css("textarea"))
    assert (typed, stands) == (mine.strip(), CORRECTED.strip())
    status, shown = ask(house, base=hidden(shown, "base"), text=mine)
    assert status == 200
    assert [one.text() for one in tree(shown).css(".plain li")] == ["Merci bien.", "Merci."]
    kept = {name: hidden(shown, name) for name in ("base", "kept")}
    assert ask(house, **kept, sure="1")[0] == 303
    assert source(house) == mine


def test_line_ends_stay_those_of_the_source(house: House) -> None:
    path = project.release(house.ledger.project, "tanger").source
    path.write_bytes(SOURCE.replace("\n", "\r\n").encode())
    assert ask(house, **looked(house, CORRECTED.replace("\n", "\r\n")), sure="1")[0] == 303
    assert path.read_bytes() == CORRECTED.replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (("a.docx", b"PK"), "a file of another kind"),
        (("a.md", b"\xff\xfe\x00broken"), "Byte 0x6e is not utf-16-le"),
        (("", b""), "There is no source."),
        (("a.md", b"---\nlang: fr\n---\n"), "There is nothing to translate in it."),
        (("a.md", b"x" * (3 * 1024 * 1024 + 1)), "larger than 3 MB"),
    ],
)
def test_what_cannot_be_the_source_is_refused_in_words(
    house: House, file: tuple[str, bytes], said: str
) -> None:
    status, shown = ask(house, file=file, base="x")
    assert status == 422
    assert said in words(shown)
    assert source(house) == SOURCE


def test_only_editors_may_change_it(house: House) -> None:
    for login in ("tom", "rita"):
        assert house.at(login).get(PAGE).status_code == 403
        assert ask(house, login, text=CORRECTED, sure="1")[0] == 403
    assert house.stranger().get(PAGE).status_code == 303
    assert source(house) == SOURCE


def test_script_in_a_source_is_text_on_the_page(house: House) -> None:
    _, shown = ask(house, base="x", text=SOURCE + "\n</textarea><script>alert(1)</script> `<b>`\n")
    assert not re.search(r"<script>alert", shown)
    assert SEULE in words(house.at("ed").get("/releases/tanger/es").text)


def test_a_file_that_comes_late_is_kept_and_what_stands_can_be_fetched(house: House) -> None:
    folder = project.release(house.ledger.project, "tanger").folder
    (folder / "source.md").rename(folder / "source.html")
    before = "<h1>Un bureau à Tanger</h1><p>Merci.</p>"
    (folder / "source.html").write_text(before, "utf-8")
    stale = hidden(house.at("ed").get(PAGE).text, "base")
    first, second = (before.replace("Merci", word).encode() for word in ("Merci bien", "Mille mercis"))
    status, shown = ask(house, base=stale, file=("a.html", first))
    assert status == 200
    assert ask(house, base=stale, kept=hidden(shown, "kept"), sure="1")[0] == 303
    status, shown = ask(house, base=stale, file=("b.html", second))
    assert status == 409
    assert "The file you chose is kept." in words(shown)
    link = tree(shown).css_first("main a[download]")
    assert link is not None
    fetched = house.at("ed").get(str(link.attributes["href"]))
    assert fetched.content == first
    assert fetched.headers["content-disposition"] == "attachment; filename*=UTF-8''tanger.html"
    assert house.at("tom").get(str(link.attributes["href"])).status_code == 403
    status, shown = ask(house, base=hidden(shown, "base"), kept=hidden(shown, "kept"))
    assert status == 200
    assert tree(shown).css(".plain li")[0].text() == "Mille mercis."
    assert ask(house, base=hidden(shown, "base"), kept=hidden(shown, "kept"), sure="1")[0] == 303
    assert (folder / "source.html").read_bytes() == second
