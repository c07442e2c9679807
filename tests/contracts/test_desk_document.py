"""The whole release on a page: laid out as it will be read, every sentence decided in its place."""

from __future__ import annotations

from l10n.model import Kind
from tests.desk_support import MERCI, PLAGES, RAPPORT, SEULE, SOURCE, House, tree, words
from workflow.store import segment_id

TITRE = "Un bureau à Tanger"
DOCUMENT = "/releases/tanger/es/document"


def write_source(house: House, text: str) -> None:
    (house.ledger.project.root / "releases" / "tanger" / "source.md").write_text(text, "utf-8")


def test_blocks_stand_as_they_will_be_read_with_their_sentences(house: House) -> None:
    house.decide("rita", PLAGES, "approve", "La ciudad tiene 26 playas.")
    house.decide("tom", MERCI, "save", "Gracias.")
    house.decide("rita", SEULE, "send-back", "Una sola frase.")
    shown = tree(house.at("tom").get(DOCUMENT).text)
    blocks = [words(block.html or "") for block in shown.css(".sheet .line:not(.names) > div:last-child > *")]
    assert blocks == [
        TITRE,
        "La ciudad tiene 26 playas. Lisez 1› notre rapport ‹1 . Gracias.",
        "Una sola frase.",
    ]
    assert [block.tag for block in shown.css(".sheet .block")] == ["h2", "h2", "p", "p", "p", "p"]
    standing = {one.attributes["data-segment"]: one.attributes["class"] for one in shown.css("a.sentence")}
    assert standing == {
        segment_id(("", TITRE)): "sentence missing",
        segment_id(("", PLAGES)): "sentence approved",
        segment_id(("", RAPPORT)): "sentence missing",
        segment_id(("", MERCI)): "sentence translated",
        segment_id(("", SEULE)): "sentence fuzzy",
    }
    assert [one.text() for one in shown.css("[data-count]")] == ["2", "1", "1", "1"]


def test_a_sentence_without_words_shows_its_source_and_says_in_which_language(house: House) -> None:
    shown = tree(house.at("rita").get("/releases/tanger/ar/document").text)
    one = shown.css_first(f'a[data-segment="{segment_id(("", MERCI))}"]')
    assert one is not None
    assert (one.text(), one.attributes["lang"], one.attributes["dir"]) == (MERCI, "fr", "ltr")
    side = shown.css_first(".sheet .line:not(.names) > div:last-child")
    assert side is not None
    assert (side.attributes["lang"], side.attributes["dir"]) == ("ar", "rtl")


def test_every_sentence_leads_to_its_page_without_scripts(house: House) -> None:
    shown = tree(house.at("tom").get(DOCUMENT).text)
    for link in shown.css("a.sentence"):
        assert house.at("tom").get(str(link.attributes["href"])).status_code == 200


def test_tables_keep_their_rows_and_headings_their_level(house: House) -> None:
    write_source(house, SOURCE + "\n### Détail\n\n| Zone | Mer |\n|---|---|\n| Nord | 3 |\n| Sud | 4 |\n")
    desk = house.app.state.services.desk
    release = desk.cache.release("tanger")
    blocks = desk.cache.source(release, "es").blocks
    cells = [
        ("".join(key[1] for key in block.parts), block.opens) for block in blocks if block.kind is Kind.CELL
    ]
    assert cells == [
        ("Zone", True),
        ("Mer", False),
        ("Nord", True),
        ("3", False),
        ("Sud", True),
        ("4", False),
    ]
    assert [block.level for block in blocks if block.kind is Kind.HEADING] == [3]


def test_a_sentence_that_stands_twice_is_named_once(house: House) -> None:
    write_source(house, SOURCE + "\nMerci.\n")
    shown = tree(house.at("tom").get(DOCUMENT).text)
    id_ = segment_id(("", MERCI))
    assert len(shown.css(f'a[data-segment="{id_}"]')) == 2
    assert len(shown.css(f"#s-{id_}")) == 1


# In place


def test_what_helps_to_decide_comes_with_the_lease(house: House) -> None:
    house.decide("tom", RAPPORT, "save", "Lea <1>el informe</1>.")
    told = house.at("rita").get(house.address(RAPPORT) + "/help").json()
    assert (told["source"], told["target"], told["standing"]) == (
        RAPPORT,
        "Lea <1>el informe</1>.",
        "translated",
    )
    assert told["codes"] == [{"number": 1, "paired": True, "label": "link"}]
    assert told["held_by"] == ""
    assert house.at("tom").get(house.address(RAPPORT) + "/help").json()["held_by"] == "Rita"
    assert house.at("rita").post(house.address(RAPPORT) + "/release").status_code == 204
    assert house.at("tom").get(house.address(RAPPORT) + "/help").json()["held_by"] == ""


def in_place(house: House, login: str, source: str, **fields: str) -> tuple[int, dict[str, str]]:
    answer = house.at(login).post(house.address(source) + "/decision", data=fields)
    return answer.status_code, answer.json()


def test_a_decision_in_place_says_how_the_segment_stands_then(house: House) -> None:
    status, told = in_place(house, "tom", MERCI, action="save", target=" Gracias.\n", base="")
    assert (status, told["standing"], told["target"]) == (200, "translated", "Gracias.")
    status, told = in_place(house, "rita", MERCI, action="approve", target="Gracias.", base=told["base"])
    assert (status, told["standing"]) == (200, "approved")
    assert house.standing(MERCI) == ("Gracias.", False, "reviewed")


def test_a_decision_in_place_that_is_refused_says_why(house: House) -> None:
    assert in_place(house, "tom", MERCI, action="delete", target="x")[0] == 400
    status, told = in_place(house, "tom", MERCI, action="approve", target="Gracias.")
    assert (status, told["message"]) == (422, "Approve needs the role reviewer.")
    status, told = in_place(house, "rita", PLAGES, action="approve", target="La ciudad tiene 27 playas.")
    assert status == 422
    assert "27" in told["message"]
    assert house.standing(MERCI)[0] == house.standing(PLAGES)[0] == ""


def test_a_late_decision_in_place_gets_all_texts(house: House) -> None:
    base = in_place(house, "tom", PLAGES, action="save", target="La ciudad tiene 26 playas.", base="")[1][
        "base"
    ]
    in_place(house, "tina", PLAGES, action="save", target="Una ciudad tiene 26 playas.", base=base)
    status, told = in_place(
        house, "tom", PLAGES, action="save", target="La ciudad tiene 26 playas bellas.", base=base
    )
    assert status == 409
    assert (told["by"], told["theirs"]) == ("Tina", "Una ciudad tiene 26 playas.")
    assert told["mine"] == "La ciudad tiene 26 playas bellas."
    assert told["merged"] == "Una ciudad tiene 26 playas bellas."
    assert ["new", "Una"] in told["theirs_changed"]
    assert in_place(house, "tom", PLAGES, action="save", target=told["merged"], base=told["base"])[0] == 200


def test_what_others_do_is_told_to_whoever_asks_since_then(house: House) -> None:
    tom = house.at("tom")
    first = tom.get("/releases/tanger/es/changes").json()
    assert len(first["rows"]) == 5
    assert tom.get(f"/releases/tanger/es/changes?since={first['newest']}").json()["rows"] == []
    house.decide("tina", MERCI, "save", "Gracias.")
    house.at("tina").get(house.address(SEULE))
    told = tom.get(f"/releases/tanger/es/changes?since={first['newest']}").json()
    assert {"id": segment_id(("", MERCI)), "target": "Gracias.", "standing": "translated"} in told["rows"]
    assert told["held"] == {segment_id(("", SEULE)): "Tina"}


def test_an_edit_of_the_file_is_told_too(house: House) -> None:
    house.decide("tom", MERCI, "save", "Gracias.")
    newest = house.at("rita").get("/releases/tanger/es/changes").json()["newest"]
    path = house.catalogue()
    path.write_text(path.read_text("utf-8").replace("Gracias.", "Mil gracias."), "utf-8")
    told = house.at("rita").get(f"/releases/tanger/es/changes?since={newest}").json()
    assert "Mil gracias." in {row["target"] for row in told["rows"]}


# As it will look


def test_the_page_shows_what_is_written_in_a_frame_that_runs_nothing(house: House) -> None:
    write_source(house, SOURCE + "\n<script>alert(1)</script>\n\n<b onclick='alert(2)'>Gras</b>\n")
    house.decide("tom", SEULE, "save", "Una sola frase.")
    shown = house.at("tom").get("/preview/es/tanger/")
    assert "Una sola frase." in words(shown.text)
    assert "La ville compte" in words(shown.text)
    policy = shown.headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "allow-scripts" not in policy
    assert "frame-ancestors 'self'" in policy
    assert shown.headers["x-frame-options"] == "SAMEORIGIN"
    sheet = tree(shown.text).css_first("link[rel=stylesheet]")
    assert sheet is not None
    style = house.at("tom").get(f"/preview/es/tanger/{sheet.attributes['href']}")
    assert style.headers["content-type"].startswith("text/css")
    frames = tree(house.at("tom").get("/releases/tanger/es/page").text).css("iframe")
    assert [frame.attributes["src"] for frame in frames] == ["/preview/fr/tanger/", "/preview/es/tanger/"]
    assert all(frame.attributes["sandbox"] in {"", None} for frame in frames)


def test_a_link_on_the_page_in_its_frame_leads_nowhere(house: House) -> None:
    shown = tree(house.at("tom").get("/preview/es/tanger/").text)
    base = shown.css_first("base")
    assert base is not None
    # The frame may open no window.
    assert base.attributes == {"target": "_blank"}
    assert [link.text() for link in shown.css("nav a")] == ["Français", "Español"]


def test_a_preview_is_for_people_of_the_language(house: House) -> None:
    asked = {
        "/preview/ar/tanger/": 403,
        "/preview/it/tanger/": 404,
        "/preview/es/nowhere/": 404,
        "/preview/assets/..%2fl10n.toml": 404,
        "/preview/fr/tanger/": 200,
    }
    assert {path: house.at("tom").get(path).status_code for path in asked} == asked
    assert house.at("ines").get("/preview/fr/tanger/").status_code == 403
    assert house.stranger().get("/preview/es/tanger/").status_code == 303
