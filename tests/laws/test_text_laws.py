"""What holds for every plain text, however odd."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from l10n import conventions
from l10n.formats import merge, text
from l10n.formats.text import hyphens, weights
from l10n.formats.text.layout import Block
from l10n.formats.text.lines import read as read_lines
from l10n.model import Document, Unit
from tests.growth import seconds, takes_less

LOCALES = st.sampled_from(["fr", "en", "es", "ar", "ru", "zh", "pt", "de", "it", "ja", "th"])
PIECES = st.sampled_from(
    [
        *(
            "\n",
            "\r\n",
            "\r",
            "\n\n",
            "\f",
            "\u2028",
            "\x85",
            "\ufeff",
            " ",
            "\t",
            "\u00a0",
            "\u3000",
            "\u00ad",
        ),
        *(
            "- ",
            "> ",
            "* ",
            "• ",
            "1. ",
            "2) ",
            "— ",
            "a) ",
            "一、",
            "(1)",
            "|",
            "-",
            "###",
            "-30-",
            ">",
            "10)",
        ),
        *(
            "Home",
            "Accueil",
            "Contact:",
            "Tél. 01 23 45 67 89",
            "+41 22 717 9111",
            "www.a.org",
            "a@b.org",
            "©",
        ),
        *('"mailto:a@b.org">a@b.org', "https://x.org/?a=1&b=2", "<1>", "<b>", "&amp;", "Facebook", "2024"),
        *(
            "The office opened.",
            "in the town",
            "Il a dit :",
            "صباح الخير",
            "今天天气很好。",
            "ครับ",
            "é" * 9,
            "😀",
        ),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=6), max_size=40).map("".join)
LAW = settings(max_examples=150)


def read(content: str, locale: str = "en") -> Document:
    return Document(text.extract(content, path="a.txt", locale=locale), "a.txt", "text", locale)


@LAW
@given(TEXTS, LOCALES)
def test_the_parts_join_to_the_text_and_merging_nothing_changes_nothing(content: str, locale: str) -> None:
    document = read(content, locale)
    assert document.text == content
    assert merge(document, {}).decode() == content
    assert all(unit.segments for unit in document.units)


@LAW
@given(TEXTS, LOCALES)
def test_lines_are_counted_from_one_and_ends_are_lf_cr_or_both(content: str, locale: str) -> None:
    lines = content.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for unit in read(content, locale).units:
        assert unit.raw.split("\r")[0].split("\n")[0] in lines[unit.line - 1]


TOWN = "the harbour of a small town was opened again by its mayor in spring and nets dry there"
WORDS = st.sampled_from(TOWN.split())
SENTENCES = st.lists(WORDS, min_size=20, max_size=30).map(lambda words: " ".join(words).capitalize() + ".")
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=4).map(" ".join)


def wrapped(paragraph: str, width: int) -> str:
    lines = [""]
    for word in paragraph.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] += (" " if lines[-1] else "") + word
    return "\n".join(lines)


CLEAN = st.builds(
    lambda paragraphs, width: (
        "\n\n".join(wrapped(each, width) if width else each for each in paragraphs) + "\n"
    ),
    st.lists(PARAGRAPHS, min_size=1, max_size=5),
    st.sampled_from([0, 50, 66, 72]),
).filter(lambda content: not any(a == b for a, b in pairwise(content.split("\n"))))


@LAW
@given(CLEAN)
def test_a_clean_text_filled_with_its_own_sources_reads_the_same(content: str) -> None:
    document = read(content)
    again = merge(document, {segment.key: segment.source for _, segment in document.segments()}).decode()
    assert [segment.source for _, segment in read(again).segments()] == [
        segment.source for _, segment in document.segments()
    ]
    assert "".join(content.split()) == "".join(again.split())


@LAW
@given(CLEAN)
def test_a_clean_text_has_no_navigation_and_one_unit_a_paragraph(content: str) -> None:
    assert {unit.raw for unit in read(content).units} == set(content.strip().split("\n\n"))


ODD = st.sampled_from(
    [
        "port",
        "Ein-",
        "und",
        "天",
        "今天天气很好",
        "ครับผม",
        "เมือง",
        "in",
        "12",
        "x-",
        "«",
    ]
)


@LAW
@given(st.lists(ODD, max_size=40), st.sampled_from([" ", ""]))
def test_a_wrapped_target_is_read_again_as_itself(odd: list[str], gap: str) -> None:
    assume(not {"เมือง", "天"} <= {*odd})  # no language writes in both
    words = [f"{one}{gap}{number} and" for number, one in enumerate(odd)]
    target = f"So it was {' '.join(words)} so it is"
    source = (
        "The harbour of the small town was opened again by\nits mayor and all of the people who live there."
    )
    other = (
        "Nobody who was there had seen anything like that\nsince the old lighthouse was lit a century ago."
    )
    document = read(f"A title\n\n{source}\n\n{other}\n")
    key = next(segment.key for unit, segment in document.segments() if unit.width)
    again = read(merge(document, {key: target}).decode()).units
    assert [unit.line for unit in again][:2] == [1, 3]
    assert len(again) == 3
    assert " ".join(segment.source for segment in again[1].segments).replace(" ", "") == target.replace(
        " ", ""
    )
    assert len(again[1].segments) > 1 or again[1].segments[0].source == target


class Tags(HTMLParser):
    """The tags of a page, with an error for one that is not closed where it should be."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.links: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.links.extend(value or "" for name, value in attrs if name == "href")
        assert {name for name, _ in attrs} <= {"href", "class", "dir", "lang"}
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def parsed(page: str) -> Tags:
    tags = Tags()
    tags.feed(page)
    tags.close()
    assert not tags.open
    return tags


OURS = {"h1", "p", "ul", "ol", "li", "blockquote", "address", "br", "a", "span"}
HOSTILE = st.sampled_from(
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=y>',
        "<!--",
        "]]>",
        "&lt;i&gt;",
        "</p>",
        "javascript:x",
        "'",
    ]
)


@LAW
@given(TEXTS, LOCALES, st.lists(HOSTILE, min_size=1, max_size=3))
@example("www.a.orghttps://x.org/", "fr", ["a"])
def test_a_page_is_well_formed_and_holds_no_tag_but_ours(content: str, locale: str, typed: list[str]) -> None:
    document = read(content + "\n" + typed[0], locale)
    said = {segment.key: segment.source + " " + " ".join(typed) for _, segment in document.segments()}
    for targets in ({}, said):
        tags = parsed(text.body(document, targets, ('<span lang="fr">', "</span>")))
        assert tags.seen <= OURS
        assert all(link.startswith(("http://", "https://", "mailto:", "tel:")) for link in tags.links)


@LAW
@given(st.text(max_size=30), HOSTILE)
def test_a_page_says_a_target_as_it_was_typed(words: str, typed: str) -> None:
    document = read("The harbour is open.")
    target = f"{words} {typed}"
    page = text.body(document, {("", "The harbour is open."): target}, ("", ""))
    assert escape(target.strip()[:1]) in page
    assert parsed(page).seen == {"p"}


@LAW
@given(st.text(max_size=60), st.sampled_from(["The harbour is open.", "The harbour\nis open again."]))
def test_a_target_stays_inside_its_paragraph(target: str, source: str) -> None:
    document = read(f"{source}\n\nAnother one.\n")
    unit, segment = next(document.segments())
    assert isinstance(unit, Unit)
    out = text.encode(unit, segment, "x" + target.replace("<", ""), 0)
    assert "\n\n" not in out
    assert "\r" not in out
    assert not any(line.startswith((">", "- ", "* ")) for line in out.split("\n"))


def named(number: int) -> str:
    """A word of letters for each number."""
    return f"harbour{number:x}".translate(str.maketrans("0123456789", "ghijklmnop"))


BIG = 100_000
HUGE = {
    "one number": "1" * BIG,
    "dashes": "-" * BIG,
    "dash lines": "-\n" * (BIG // 2),
    "one line": "word " * (BIG // 5),
    "equal lines": "The same line.\n" * (BIG // 15),
    "equal labels": "Home\n" * (BIG // 5),
    "glued": "".join(f"Label {'x' * (n % 50)}\n" for n in range(BIG // 30)),
    "wrapped without end": "some words that never end and go on\n" * (BIG // 36),
    "cues": "Contact:\n" * (BIG // 9),
    "cues and blanks": ("Contact:\n" + "\n" * 500) * (BIG // 500),
    "cues and phones": "Tel:\n+41 22 717 9111\n" * (BIG // 20),
    "numbers": "1. x\n" * (BIG // 5),
    "colons": ":" * BIG,
    "quotes": "> " * (BIG // 2),
    "quote lines": "> a\n" * (BIG // 4),
    "ideographs": "天" * (BIG // 3),
    "ideograph lines": ("天" * 30 + "\n") * (BIG // 93),
    "bars": "a | " * (BIG // 4),
    "spaces": " " * BIG + "x",
    "digits": "Tel 1" + " 1" * (BIG // 2),
    "controls": "a\x00" * (BIG // 2),
    "ats": "a@" * (BIG // 2),
    "pages without words": '"' * BIG + "Contact\n-- \n\f",
    "heads of signs": "\f" + "- " * BIG + "\n" + "\f- 2\n" * 9,
    "a letter that never ends": "a" * BIG + "-\nb\n",
    "leaders to nowhere": "…" * BIG + "A",
    "amounts alone": "".join(f"€ {n}.50\n" for n in range(BIG // 10)),
    "cookies without end": "".join(f"cookies of {'x' * (n % 9)} and\n" for n in range(BIG // 19)),
    "a sentence over pages": "".join(
        f"the {named(n)} of that\n\f\nand the {named(7 * n)} of it\n\f\n" for n in range(BIG // 50)
    ),
}


def laid_out(content: str) -> None:
    document = read(content)
    text.body(document, {}, ("", ""))
    assert document.text == content


@pytest.mark.parametrize("name", HUGE)
def test_time_grows_with_the_text_and_not_with_its_square(name: str) -> None:
    content = HUGE[name]
    small = seconds(lambda: laid_out(content[: BIG // 4]))
    assert takes_less(lambda: laid_out(content), 8 * small + 0.3)


STEPS = 10_000


def hyphened(count: int) -> None:
    lines = read_lines("".join(f"the {named(number)}-\nabcd of the town\n" for number in range(count)))
    hyphens.observed(lines, conventions.load("en"))


def headed(count: int) -> None:
    lines = read_lines("The whole town is open.\nA town\n" * count)
    blocks = [Block(index, index + 1, line.shape) for index, line in enumerate(lines)]
    weights.weigh(lines, blocks, {}, ())


@pytest.mark.parametrize("step", [hyphened, headed])
def test_time_of_a_step_grows_with_the_lines(step: Callable[[int], None]) -> None:
    small = seconds(lambda: step(STEPS))
    assert takes_less(lambda: step(4 * STEPS), 6 * small)


REPEATED = {
    "sentences on one line": ("a: b\n(a@b.c", "No. 1"),
    "sentences without a line end": ("=====\n", "ANo. 1"),
    "sentences after a long one": ('"' * 5_000 + "a: b\n", "a. A"),
    "blanks": ("—1", "  \t"),
}


@pytest.mark.parametrize("name", REPEATED)
def test_time_to_write_grows_with_the_text_and_not_with_its_square(name: str) -> None:
    head, piece = REPEATED[name]

    def written(count: int) -> None:
        document = read(head + piece * count + "\nA b\n")
        targets = {segment.key: segment.source for _, segment in document.segments()}
        merge(document, targets)

    assert takes_less(lambda: written(4_000), 8 * seconds(lambda: written(1_000)) + 0.3)
