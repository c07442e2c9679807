"""Thirteen kinds of damage to codes: each is seen or repaired, and nothing sound is accused."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from l10n import inline
from l10n.engines import Draft, protect, xml_codes
from tests.engines_support import SERVICES, client, running

TEXT = "Le rapport annuel du bureau de Marseille est publié par la direction des ports"


def sources() -> list[str]:
    """Segments with pairs, nested pairs and lone codes in many places."""
    made = []
    for start in range(1, 9):
        for length in range(1, 5):
            words = TEXT.split()
            words[start] = f"<1>{words[start]}"
            words[start + length - 1] += "</1>"
            made.append(" ".join(words) + ".")
            words[start] = words[start].replace("<1>", "<1><2>")
            words[start] = f"{words[start].removesuffix('</1>')}</2>" + "</1>" * (length == 1)
            made.append(" ".join(words) + ", <3/>.")
    return made


SOURCES = sources()
Damage = Callable[[str], str]
LOSSLESS: dict[str, Damage] = {
    "white space inside a mark": lambda text: re.sub(r"⟦(.*?)⟧", r"⟦ \1 ⟧", text),
    "other brackets": lambda text: text.replace("⟦", "[").replace("⟧", "]"),
    "full-width brackets": lambda text: text.replace("⟦", "【").replace("⟧", "】"),
    "other digits": lambda text: text.translate(str.maketrans("123", "١٢٣")),
    "the slash behind": lambda text: re.sub(r"⟦/(\d)⟧", r"⟦\1/⟧", text),
    "white space across a mark": lambda text: re.sub(r" ⟦1⟧", "⟦1⟧ ", text),
}
LOSSY: dict[str, Damage] = {
    "an opening mark lost": lambda text: text.replace("⟦1⟧", "", 1),
    "a closing mark lost": lambda text: text.replace("⟦/1⟧", "", 1),
    "all marks lost": lambda text: re.sub(r"⟦.*?⟧", "", text),
    "a mark doubled": lambda text: text.replace("⟦1⟧", "⟦1⟧⟦1⟧", 1),
    "another number": lambda text: text.replace("⟦1⟧", "⟦7⟧").replace("⟦/1⟧", "⟦/7⟧"),
    "ends exchanged": lambda text: text.replace("⟦1⟧", "\0").replace("⟦/1⟧", "⟦1⟧").replace("\0", "⟦/1⟧"),
    "half a mark": lambda text: text.replace("⟦/1⟧", "⟦/1", 1),
}


def test_there_are_thirteen_kinds() -> None:
    assert len(LOSSLESS) + len(LOSSY) == 13
    assert len(SOURCES) == 64


@pytest.mark.parametrize("source", SOURCES)
def test_what_is_sound_is_not_accused(source: str) -> None:
    marked = protect.mark(source)
    assert protect.unmark(marked.text, marked) == source


@pytest.mark.parametrize("kind", LOSSLESS)
def test_what_says_the_same_is_repaired_exactly(kind: str) -> None:
    for source in SOURCES:
        marked = protect.mark(source)
        damaged = LOSSLESS[kind](marked.text)
        assert damaged != marked.text
        assert protect.unmark(damaged, marked) == source, damaged


@pytest.mark.parametrize("kind", LOSSY)
def test_what_is_lost_is_seen_and_not_guessed(kind: str) -> None:
    for source in SOURCES:
        marked = protect.mark(source)
        damaged = LOSSY[kind](marked.text)
        assert damaged != marked.text
        assert protect.unmark(damaged, marked) is None, damaged


XML_LOSSLESS: dict[str, Damage] = {
    "white space inside a tag": lambda text: (
        text.replace('">', '" >').replace('"/>', '" />').replace("</g", "</g ")
    ),
    "other quotes": lambda text: text.replace('"', "'"),
    "no quotes": lambda text: text.replace('"', ""),
    "capital letters": lambda text: re.sub(r"<[^>]*>", lambda found: found[0].upper(), text),
    "leading zeros": lambda text: text.replace('id="', 'id="0'),
    "white space across a tag": lambda text: re.sub(r" (<g[^>]*>)", r"\1 ", text),
}
XML_LOSSY: dict[str, Damage] = {
    "an opening tag lost": lambda text: text.replace('<g id="1">', "", 1),
    "a closing tag lost": lambda text: text.replace("</g>", "", 1),
    "all tags lost": lambda text: re.sub(r"<[^>]*>", "", text),
    "a tag doubled": lambda text: text.replace('<g id="1">', '<g id="1"><g id="1">', 1),
    "another number": lambda text: text.replace('id="1"', 'id="7"'),
    "tags as text": lambda text: text.replace("<", "&lt;").replace(">", "&gt;"),
    "half a tag": lambda text: text.replace('<g id="1">', '<g id="1"', 1),
}


def test_there_are_thirteen_kinds_for_xml() -> None:
    assert len(XML_LOSSLESS) + len(XML_LOSSY) == 13


def test_sound_xml_is_not_accused() -> None:
    for source in SOURCES:
        assert xml_codes.from_xml(xml_codes.to_xml(source), source) == source


@pytest.mark.parametrize("kind", XML_LOSSLESS)
def test_xml_that_says_the_same_is_repaired_exactly(kind: str) -> None:
    for source in SOURCES:
        damaged = XML_LOSSLESS[kind](xml_codes.to_xml(source))
        assert damaged != xml_codes.to_xml(source)
        assert xml_codes.from_xml(damaged, source) == source, damaged


@pytest.mark.parametrize("kind", XML_LOSSY)
def test_xml_that_lost_something_is_seen_and_not_guessed(kind: str) -> None:
    for source in SOURCES:
        damaged = XML_LOSSY[kind](xml_codes.to_xml(source))
        assert damaged != xml_codes.to_xml(source)
        assert xml_codes.from_xml(damaged, source) is None, damaged


@pytest.mark.parametrize("service", ["deepl", "libretranslate", "openai"])
@pytest.mark.parametrize("kind", [*XML_LOSSLESS, *XML_LOSSY])
def test_an_engine_that_damages_xml_alone_still_brings_every_code(service: str, kind: str) -> None:
    damage = (XML_LOSSLESS | XML_LOSSY)[kind]
    with running(SERVICES[service]) as server:
        server.translate = lambda text: damage(text) if "<g" in text else text
        outcomes = client(server).translate(SOURCES, "fr", "es")
    assert outcomes == [Draft(source) for source in SOURCES]


@pytest.mark.parametrize("service", ["deepl", "libretranslate", "openai"])
@pytest.mark.parametrize(("xml", "marks"), list(zip(XML_LOSSY, LOSSY, strict=True)))
def test_an_engine_that_damages_whatever_it_gets_never_brings_half_a_code(
    service: str, xml: str, marks: str
) -> None:
    with running(SERVICES[service]) as server:
        server.translate = lambda text: LOSSY[marks](text) if "⟦" in text else XML_LOSSY[xml](text)
        outcomes = client(server).translate(SOURCES, "fr", "es")
    for source, outcome in zip(SOURCES, outcomes, strict=True):
        assert isinstance(outcome, Draft)
        if outcome.codes_missing:
            assert not inline.codes_of(outcome.text)
        else:
            assert protect.damage(source, outcome.text) == []
        assert "id=" not in outcome.text
        assert "⟦" not in outcome.text
