"""Words of a segment looked up in the memory, beside its suggestions."""

from __future__ import annotations

from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from l10n.memory import TranslationUnit, tmx
from tests.desk_support import MERCI, PLAGES, RAPPORT, House, tree, words


def imported(house: House, *pairs: tuple[str, str], locale: str = "es", name: str = "old") -> None:
    folder = Path(house.ledger.project.root) / "memory"
    folder.mkdir(exist_ok=True)
    units = [TranslationUnit(source, target, locale, own=False) for source, target in pairs]
    (folder / f"{name}.tmx").write_text("".join(tmx.write(units, "fr")), "utf-8")


def looked_up(house: House, login: str, text: str, side: str = "", locale: str = "es") -> LexborHTMLParser:
    address = f"{house.address(RAPPORT, locale)}/words"
    answer = house.at(login).get(address, params={"text": text, "side": side})
    assert answer.status_code == 200
    return tree(answer.text)


def marked(shown: LexborHTMLParser) -> list[str]:
    return [mark.text() for mark in shown.css(".pairs mark")]


def test_words_are_found_in_imported_pairs_and_marked(house: House) -> None:
    imported(house, ("Le vieux phare.", "El viejo faro."), ("Autre chose.", "Otra cosa."))
    shown = looked_up(house, "tom", "faro", "target")
    (item,) = shown.css(".pairs li")
    assert "Le vieux phare." in words(item.html or "")
    assert "old" in words(item.html or "")
    assert marked(shown) == ["faro"]
    assert marked(looked_up(house, "tom", "vieux phare", "source")) == ["vieux phare"]
    assert looked_up(house, "tom", "faro", "source").css(".pairs li") == []


def test_a_pair_that_was_decided_here_leads_to_where_it_stands(house: House) -> None:
    house.decide("rita", PLAGES, "approve", "La ciudad tiene 26 playas.")
    house.work()
    shown = looked_up(house, "tom", "playas")
    link = shown.css_first(".pairs a")
    assert link is not None
    assert str(link.attributes["href"]).endswith(f"/document#s-{house.address(PLAGES).rpartition('/')[2]}")
    assert house.at("tom").get(str(link.attributes["href"])).status_code == 200


def test_only_the_language_of_the_segment_is_looked_up_and_only_by_those_with_a_role(house: House) -> None:
    imported(house, ("Le vieux phare.", "المنارة القديمة"), locale="ar", name="arabic")
    assert looked_up(house, "tom", "phare").css(".pairs li") == []
    assert house.at("tom").get(f"{house.address(RAPPORT, 'ar')}/words?text=phare").status_code == 403
    assert len(looked_up(house, "rita", "phare", locale="ar").css(".pairs li")) == 1
    assert house.stranger().get(f"{house.address(RAPPORT)}/words?text=phare").status_code in {302, 303}


def test_markup_in_a_pair_and_in_the_words_stays_text(house: House) -> None:
    imported(house, ("Un <script>alert(1)</script> phare", "Un <img src=x onerror=alert(1)> faro"))
    shown = looked_up(house, "tom", '"><script>faro</script>')
    assert shown.css("main script, main img") == []
    shown = looked_up(house, "tom", "faro")
    assert shown.css("main script, main img") == []
    assert marked(shown) == ["faro"]


def test_the_page_says_when_there_is_nothing(house: House) -> None:
    assert "does not have these words" in words(looked_up(house, "tom", "zeppelin").html or "")
    shown = looked_up(house, "tom", " ")
    assert shown.css(".pairs li") == []
    assert "does not have these words" not in words(shown.html or "")


def test_the_segment_has_the_form_outside_the_one_that_decides(house: House) -> None:
    shown = tree(house.at("tom").get(house.address(MERCI)).text)
    form = shown.css_first("form#words")
    assert form is not None
    assert form.attributes["action"] == f"{house.address(MERCI)}/words"
    assert {str(one.attributes.get("name")) for one in shown.css("[form=words]")} >= {"text", "side"}
    assert all(one.attributes.get("aria-label") for one in shown.css("input[form=words], select[form=words]"))
