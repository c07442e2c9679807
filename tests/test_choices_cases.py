"""Every table under tests/cases/segment-choices: what a person joins and cuts, and what becomes of it."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from l10n import formats
from l10n.errors import ConfigError, UsageError
from l10n.model import Document
from l10n.project import segmentation
from l10n.segment import choices, choosing
from l10n.segment.choices import Apart, Choices, Join, Split

CASES = Path(__file__).parent / "cases" / "segment-choices"
ENDINGS = {"html": "html", "markdown": "md", "text": "txt"}
CHOICE = re.compile(r"(.+) ([+/]) (.+)")


def blocks() -> list[object]:
    found = []
    for name, ending in ENDINGS.items():
        for case in (CASES / f"{name}.txt").read_text("utf-8").split("\n== ")[1:]:
            title, _, rest = case.partition("\n")
            found.append(pytest.param(ending, rest.rstrip("\n").split("\n"), id=f"{name}: {title}"))
    return found


def told(lines: list[str]) -> tuple[str, Choices, list[str], str]:
    """(text, choices, segments, why one is refused)."""
    end = next(index for index, line in enumerate(lines) if line.startswith(("⇒", "⊘")))
    start = end
    while (found := CHOICE.fullmatch(lines[start - 1])) and not lines[start - 1].startswith("<"):
        start -= 1
    chosen = [found for line in lines[start:end] if (found := CHOICE.fullmatch(line))]
    made = [(Join if one[2] == "+" else Split)(one[1], one[3]) for one in chosen]
    text = "\n".join(lines[:start]) + "\n"
    return text, choices.of(made), lines[end + 1 :], lines[end].removeprefix("⊘ ").removeprefix("⇒")


@pytest.mark.parametrize(("ending", "lines"), blocks())
def test_a_text_is_cut_as_chosen(ending: str, lines: list[str]) -> None:
    text, made, expected, refused = told(lines)
    document = formats.extract(text.encode(), path=f"page.{ending}", locale="en")
    cut = choices.apply(document, made)
    assert cut.text == text
    assert choices.apply(cut, made) == cut
    if refused:
        assert cut == document
        assert any(refused in one.why for one in choices.stale(document, made))
    else:
        assert [segment.source for _, segment in cut.segments()] == expected
        assert not choices.stale(document, made)


def word_file(paragraph: str) -> bytes:
    names = "http://schemas.openxmlformats.org"
    kinds = f"{names}/package/2006/content-types"
    links = f"{names}/package/2006/relationships"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{kinds}"><Override PartName="/word/document.xml"'
        f' ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{links}"><Relationship Id="r1" Target="word/document.xml"'
        f' Type="{names}/officeDocument/2006/relationships/officeDocument"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{names}/wordprocessingml/2006/main">'
        f"<w:body><w:p>{paragraph}</w:p></w:body></w:document>",
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return made.getvalue()


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Join("One, and bold here.", "Two & last."), ["One, and <1>bold</1> here. Two & last."]),
        (Split("One,", "and bold here."), ["One,", "and <1>bold</1> here.", "Two & last."]),
        (Split("One, and", "bold here."), ["One, and", "<1>bold</1> here.", "Two & last."]),
    ],
)
def test_a_word_file_is_cut_through_the_seams_of_its_runs(choice: Join | Split, expected: list[str]) -> None:
    data = word_file(
        '<w:r><w:t>On</w:t></w:r><w:r><w:t xml:space="preserve">e, and </w:t></w:r>'
        '<w:r><w:rPr><w:b/></w:rPr><w:t>bold</w:t></w:r><w:r><w:t xml:space="preserve"> here. </w:t></w:r>'
        "<w:r><w:t>Two &amp; last.</w:t></w:r>"
    )
    document = formats.extract(data, path="page.docx", locale="en")
    cut = choices.apply(document, choices.of([choice]))
    assert [segment.source for _, segment in cut.segments()] == expected
    assert formats.merge(cut, {}) == data
    shouted = formats.merge(cut, {segment.key: segment.source.upper() for _, segment in cut.segments()})
    again = formats.extract(shouted, path="page.docx", locale="en")
    assert "".join(one.source for _, one in again.segments()) == "ONE, AND <1>BOLD</1> HERE.TWO & LAST."


def page(text: str, ending: str = "html") -> Document:
    return formats.extract(text.encode(), path=f"page.{ending}", locale="en")


PAGE = page("<h1>Les élections</h1><p>One here. Two here. Read more.</p><h2>B</h2><p>Read more. Four.</p>")

VALUES = page("+33 4 91 00 00 00 http://a.example/c\n", "txt")


def sources(document: Document) -> list[str]:
    return [segment.source for _, segment in document.segments()]


def id_of(document: Document, source: str, nth: int = 0) -> str:
    return [one.id for one in choosing.spots(document) if one.segment.source == source][nth]


def test_joining_and_undoing() -> None:
    join = choosing.joining(PAGE, id_of(PAGE, "One here."))
    made = choosing.adding(PAGE, Choices(), join)
    cut = choices.apply(PAGE, made)
    assert sources(cut)[1] == "One here. Two here."
    assert choosing.undoing(PAGE, made, id_of(cut, "One here. Two here.")) == Choices()


def test_cutting_again_where_it_was_joined_is_undoing() -> None:
    made = choices.of([Join("One here.", "Two here.")])
    cut = choices.apply(PAGE, made)
    split = choosing.splitting(cut, id_of(cut, "One here. Two here."), "One here.")
    assert choosing.adding(PAGE, made, split) == Choices()


def test_joining_again_where_it_was_cut_is_undoing() -> None:
    made = choosing.adding(PAGE, Choices(), choosing.splitting(PAGE, id_of(PAGE, "Two here."), "Two"))
    cut = choices.apply(PAGE, made)
    assert sources(cut)[2:4] == ["Two", "here."]
    assert choosing.adding(PAGE, made, choosing.joining(cut, id_of(cut, "Two"))) == Choices()


def test_a_block_that_is_joined_again_in_another_order_is_as_nobody_chose() -> None:
    source = page("<p>The port.</p><p>Two here. Three here.</p>")
    elsewhere = Join("Two here.", "Three here.")
    made = choices.of([Split("The", "port."), Split("p", "ort."), Join("The", "p"), elsewhere])
    assert sources(choices.apply(source, made))[:2] == ["The p", "ort."]
    assert choosing.adding(source, made, Join("The p", "ort.")) == choices.of([elsewhere])


def test_undoing_takes_the_last_of_several_choices_back_first() -> None:
    made = choices.of([Join("One here.", "Two here."), Join("One here. Two here.", "Read more.")])
    cut = choices.apply(PAGE, made)
    left = choosing.undoing(PAGE, made, id_of(cut, "One here. Two here. Read more."))
    assert left == choices.of([Join("One here.", "Two here.")])


def test_undoing_a_moved_boundary_leaves_nothing_hanging() -> None:
    made = choices.of([Split("One", "here."), Join("here.", "Two here.")])
    cut = choices.apply(PAGE, made)
    assert sources(cut)[1:3] == ["One", "here. Two here."]
    assert choosing.undoing(PAGE, made, id_of(cut, "One")) == Choices()


def test_an_occurrence_gets_a_readable_context_that_stays() -> None:
    apart = choosing.setting_apart(PAGE, id_of(PAGE, "Read more.", 0))
    assert apart == Apart("Read more.", apart.context, "Two here.", "B", "Les élections")
    assert re.fullmatch(r"les-elections [0-9a-f]{6}", apart.context)
    made = choosing.adding(PAGE, Choices(), apart)
    keys = [segment.key for _, segment in choices.apply(PAGE, made).segments()]
    assert (apart.context, "Read more.") in keys
    assert ("", "Read more.") in keys
    above = page("<p>New. Read more. Old.</p>" + PAGE.text)
    keys = [segment.key for _, segment in choices.apply(above, made).segments()]
    assert [key for key in keys if key[1] == "Read more."][1] == (apart.context, "Read more.")


def test_an_occurrence_keeps_its_entry_while_one_neighbour_is_left() -> None:
    made = choices.of([choosing.setting_apart(PAGE, id_of(PAGE, "Read more.", 1))])
    changed = page(PAGE.text.replace("Four", "Five"))
    assert not choices.stale(changed, made)
    changed = page(changed.text.replace("<h2>B</h2>", "<h2>C</h2>"))
    assert choices.stale(changed, made)
    assert choices.apply(changed, made) == changed


def test_of_equal_occurrences_the_nth_is_meant() -> None:
    document = page("<p>A one. Read more. B two.</p>" * 3)
    apart = choosing.setting_apart(document, id_of(document, "Read more.", 1))
    assert apart.nth == 2
    cut = choices.apply(document, choices.of([apart]))
    assert [bool(one.context) for _, one in cut.segments() if one.source == "Read more."] == [0, 1, 0]


def test_ids_stay_when_something_is_added_elsewhere() -> None:
    before = {one.id for one in choosing.spots(PAGE)}
    after = {one.id for one in choosing.spots(page("<p>New here.</p>" + PAGE.text))}
    assert len(before - after) == 1


@pytest.mark.parametrize(
    ("verb", "why"),
    [
        (lambda: choosing.joining(PAGE, "zzz"), "names no segment"),
        (lambda: choosing.joining(PAGE, ""), "names no segment"),
        (lambda: choosing.joining(PAGE, id_of(PAGE, "Four.")), "last segment of its block"),
        (lambda: choosing.splitting(PAGE, id_of(PAGE, "One here."), "Five"), "does not stand in it"),
        (lambda: choosing.splitting(PAGE, id_of(PAGE, "One here."), "e"), "more than once"),
        (lambda: choosing.splitting(PAGE, id_of(PAGE, "One here."), "here."), "no words"),
        (lambda: choosing.cutting(VALUES, choosing.spots(VALUES)[0].id, "<1/>"), "would have no words"),
        (lambda: choosing.undoing(PAGE, Choices(), id_of(PAGE, "One here.")), "nothing to undo"),
    ],
)
def test_what_cannot_be_is_refused_in_words(verb: object, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        verb()  # type: ignore[operator]


FILE = """\
[[join]]
first = "One \\"here\\"."
second = "Two\\\\"

[[split]]
first = "A"
second = "B"

[[apart]]
source = "Read more."
context = "b 123456"
before = "x"
nth = 2
"""


def test_a_file_says_the_same_after_it_was_read(tmp_path: Path) -> None:
    path = tmp_path / "segmentation.es.toml"
    path.write_text(FILE, "utf-8")
    assert segmentation.text(segmentation.read(path)).lstrip() == FILE


@pytest.mark.parametrize(
    ("old", "new", "line", "why"),
    [
        ("[[join]]", "[[joint]]", 1, "joint is not a setting here"),
        ("[[join]]", "[join]", 1, "join should be tables"),
        ('second = "B"', 'secnd = "B"', 5, "split[1].second is missing"),
        ('before = "x"', 'befor = "x"', 12, "apart[1].befor is not a setting here"),
        ('before = "x"', "before = 3", 12, "apart[1].before should be a text"),
        ("nth = 2", "nth = 0", 13, "apart[1].nth should be a whole number from 1"),
        ('"b 123456"', '"b\\n1"', 11, "apart[1].context should be a few words in one line"),
        ('first = "A"', 'first = " "', 6, "split[1].first has no words"),
        ('first = "A"', "first = A", 6, "is not TOML"),
    ],
)
def test_what_a_file_should_not_say_is_named(tmp_path: Path, old: str, new: str, line: int, why: str) -> None:
    path = tmp_path / "segmentation.es.toml"
    path.write_text(FILE.replace(old, new), "utf-8")
    with pytest.raises(ConfigError) as raised:
        segmentation.read(path)
    assert (raised.value.line, why in raised.value.message) == (line, True), raised.value
