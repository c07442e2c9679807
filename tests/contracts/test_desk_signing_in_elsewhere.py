"""A catalogue taken away as a PO file and brought back: looked at entry by entry, with nobody's work lost."""

from __future__ import annotations

import pytest

from tests.desk_support import LIST, MERCI, PLAGES, RAPPORT, SEULE, House, sure, take_back, tree, words


def taken_away(house: House) -> str:
    answer = house.at("tom").get(f"{LIST}/po")
    assert answer.headers["content-disposition"] == 'attachment; filename="tanger.es.po"'
    return answer.text


def brought_back(house: House, text: str | bytes, login: str = "tom") -> tuple[int, str]:
    data = text.encode() if isinstance(text, str) else text
    answer = house.at(login).post(f"{LIST}/po", files={"file": ("x.po", data)})
    return answer.status_code, answer.text


def put(text: str, source: str, target: str) -> str:
    """A PO file with the target of an entry as an editor would write it."""
    head, _, rest = text.partition(f'msgid "{source}"\nmsgstr "')
    assert rest
    return f'{head}msgid "{source}"\nmsgstr "{target}"{rest[rest.index(chr(34)) + 1 :]}'


def test_what_was_written_elsewhere_comes_in_after_a_look_and_can_be_taken_back(house: House) -> None:
    house.decide("rita", MERCI, "approve", "Gracias.")
    file = put(put(taken_away(house), SEULE, "Una sola frase."), MERCI, "Muchas gracias.")
    status, shown = brought_back(house, file)
    assert status == 200
    assert len(tree(shown).css("form[action$=bulk] li")) == 2
    assert house.standing(SEULE)[0] == ""
    onward = sure(house, "tom", shown)
    assert house.standing(SEULE) == ("Una sola frase.", False, "translated")
    assert house.standing(MERCI) == ("Muchas gracias.", False, "translated")
    assert take_back(house, "tom", house.at("tom").get(onward).text) == 303
    assert house.standing(SEULE)[0] == ""


def test_what_somebody_decided_meanwhile_is_left_alone(house: House) -> None:
    house.decide("tom", MERCI, "save", "Gracias.")
    file = put(taken_away(house), MERCI, "Muchas gracias.")
    house.decide("tina", MERCI, "save", "Mil gracias.")
    _, shown = brought_back(house, file)
    assert "Somebody decided it since the file was taken away" in words(shown)
    assert not tree(shown).css("form[action$=bulk] li")
    assert house.standing(MERCI)[0] == "Mil gracias."


def test_fuzzy_entries_and_codes_that_do_not_fit_stay_outside(house: House) -> None:
    file = put(taken_away(house), RAPPORT, "Lea el informe.")
    file = put(file, PLAGES, "La ciudad.").replace(f'msgid "{PLAGES}"', f'#, fuzzy\nmsgid "{PLAGES}"')
    _, shown = brought_back(house, file)
    said = words(shown)
    assert "codes do not fit" in said
    assert "marked as fuzzy" in said
    assert not tree(shown).css("form[action$=bulk] li")


@pytest.mark.parametrize(
    ("data", "status"),
    [(b"", 422), (b'msgid "broken\n', 422), (b"\xff\xfe\x00", 422), (b"x" * 6_000_000, 413)],
)
def test_what_is_no_catalogue_is_refused_in_words(house: House, data: bytes, status: int) -> None:
    got, shown = brought_back(house, data)
    assert got == status
    assert tree(shown).css_first("h1") is not None
    assert str(house.ledger.project.root) not in shown


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"# nothing\n", "It has no segment of this release"),
        (b'msgid "Another release."\nmsgstr "Otro comunicado."\n', "It has no segment of this release"),
        (b'msgid ""\nmsgstr "Language: ar\\n"\n', "The file says that it is in another language"),
        (b'msgid ""\nmsgstr "Language: es_MX\\n"\n', "It has no segment of this release"),
    ],
)
def test_the_file_of_another_release_or_language_is_refused_in_words(
    house: House, data: bytes, said: str
) -> None:
    status, shown = brought_back(house, data)
    assert status == 422
    assert said in words(shown)


def test_whoever_brings_a_broken_file_is_told_the_line_and_led_back(house: House) -> None:
    status, shown = brought_back(house, b'msgid "broken\n')
    assert status == 422
    assert "Line 1 of the file" in words(shown)
    assert tree(shown).css_first(f"main a[href='{LIST}']") is not None


def test_a_catalogue_is_for_people_of_its_language(house: House) -> None:
    assert house.at("tom").get("/releases/tanger/ar/po").status_code == 403
    assert house.at("ines").post(f"{LIST}/po", files={"file": ("x.po", b"x")}).status_code == 403
    data = {"action": "upload", "kept": "%%", "sure": "1"}
    assert house.at("tom").post(f"{LIST}/bulk", data=data).status_code == 400
