"""A catalogue is read as polib and msgfmt read it, and a save touches only what changed."""

from __future__ import annotations

import subprocess
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from l10n import catalogue as po
from l10n.errors import CatalogueError
from l10n.model import EMPTY_CONTEXT, Catalogue, Entry, State

GETTEXT = pytest.mark.gettext
FEW = settings(max_examples=60)
EMPTY = '""'
FEWER = settings(FEW, max_examples=25)
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'

plain = st.text(st.sampled_from("ab é,.-%$«»—ñ文字 العربية\u2028\u0085"), min_size=1, max_size=40).filter(
    str.strip
)
pieces = st.lists(plain | st.sampled_from(["\\n", "\\t", '\\"', "\\\\"]), min_size=1, max_size=4).map("".join)
comment_lines = st.sampled_from(
    [
        "# said by a translator",
        "#",
        "#. a note",
        "#: page.md:3 page.md:9",
        "#, fuzzy",
        "#, c-format",
        "#:",
        "## x",
    ]
)


@st.composite
def strings(draw: st.DrawFn, sign: str = "") -> str:
    """A text in one string or in several."""
    parts = draw(st.lists(pieces, min_size=1, max_size=3))
    first = [""] if draw(st.booleans()) else []
    between = draw(st.sampled_from(['"\n"', '"\n"', '"\n  "', *([] if sign else ['"\n\n"'])]))
    between = between.replace("\n", f"\n{sign}")
    return '"' + between.join(first + parts) + '"'


@st.composite
def messages(draw: st.DrawFn) -> str:
    """One message, in any of the ways people and tools write them."""
    sign = draw(st.sampled_from(["", "", "", "#~ "]))
    lines = draw(st.lists(comment_lines, max_size=4))
    if draw(st.integers(0, 3)) == 0:
        old = "#~| " if sign else "#| "
        if draw(st.booleans()):
            lines.append(f'{old}msgctxt "before"')
        lines.append(f'{old}msgid "{draw(pieces)}"')
    space = draw(st.sampled_from([" ", " ", " ", "  ", "\t"]))
    if draw(st.integers(0, 3)) == 0:
        lines.append(f"{sign}msgctxt{space}{draw(strings(sign) | st.just(EMPTY))}")
    lines.append(f"{sign}msgid{space}{draw(strings(sign))}")
    target = draw(strings(sign) | st.just('""'))
    lines.append(f"{sign}msgstr{space}{target}")
    return "\n".join(lines) + "\n"


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A PO file with all that a file may have around its messages."""
    parts = [HEADER, *draw(st.lists(messages(), max_size=5))]
    text = draw(st.sampled_from(["\n", "\n", "\n\n\n", ""])).join(parts)
    text += draw(st.sampled_from(["", "", "\n\n", "# the end\n"]))
    text = text.removesuffix("\n") if draw(st.booleans()) else text
    charset = draw(st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "iso-8859-1", "gb18030"]))
    if charset not in {"utf-8", "utf-8-sig"}:
        text = text.replace("UTF-8", charset)
    text = text.replace("\n", "\r\n") if draw(st.booleans()) else text
    return text.encode(charset, "ignore")


def entries_of(path: Path) -> list[Entry]:
    try:
        return list(po.read(path).entries)
    except CatalogueError as error:
        assume("stands twice" not in error.message)
        raise


def by_polib(path: Path, encoding: str) -> list[tuple[object, ...]]:
    return [
        (
            e.msgid,
            e.msgstr,
            e.msgctxt or "",
            "fuzzy" in e.flags,
            bool(e.obsolete),
            e.tcomment.strip("\n"),
            e.comment,
        )
        for e in polib.pofile(str(path), encoding=encoding)
    ]


def told(entries: list[Entry]) -> list[tuple[object, ...]]:
    return [
        (
            e.source,
            e.target,
            e.context.strip(EMPTY_CONTEXT),
            e.fuzzy,
            e.obsolete,
            e.comment,
            "\n".join(e.notes),
        )
        for e in entries
    ]


@given(files())
@FEW
@example(f'{HEADER}\nmsgid "a"\nmsgstr "b"\n\nmsgctxt ""\nmsgid "a"\nmsgstr "c"\n'.encode())
def test_it_reads_what_polib_reads(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "one.po"
    path.write_bytes(data)
    charset = "iso-8859-1" if b"iso-8859-1" in data else "gb18030" if b"gb18030" in data else "utf-8"
    assert told(entries_of(path)) == by_polib(path, charset)


@given(files())
@FEW
def test_what_is_judged_is_what_is_read(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "one.po"
    path.write_bytes(data)
    found = po.read_survey(data, path)
    seen = [
        (one.key, one.target, one.fuzzy, one.obsolete, one.comment, line)
        for one, line in zip(found.messages, found.lines, strict=True)
    ]
    entries = entries_of(path)
    assert seen == [(e.key, e.target, e.fuzzy, e.obsolete, e.comment, e.line) for e in entries]
    assert found.counts == po.count(entries)


@given(files())
@FEW
def test_reading_and_writing_changes_no_byte(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "one.po"
    path.write_bytes(data)
    entries_of(path)
    assert not po.write(po.read(path), path)
    assert path.read_bytes() == data


@given(files(), st.integers(0, 9), plain)
@FEW
def test_one_decision_changes_one_entry(tmp_path: Path, data: bytes, number: int, target: str) -> None:
    path = tmp_path / "one.po"
    path.write_bytes(data)
    entries = entries_of(path)
    assume(entries)
    number %= len(entries)
    entries[number] = replace(entries[number], target=target, state=State.REVIEWED, actor="ana", fuzzy=False)
    po.write(replace(po.read(path), entries=tuple(entries)), path)
    after = po.read(path).entries
    assert told(list(after)) == told(entries)
    kept = path.read_bytes()
    assume(kept.count(b"UTF-8") == data.count(b"UTF-8"))
    start = next((i for i, (a, b) in enumerate(zip(kept, data, strict=False)) if a != b), len(data))
    end = next((i for i, (a, b) in enumerate(zip(kept[::-1], data[::-1], strict=False)) if a != b), 0)
    assert data[:start].count(b"msgstr") >= number + 1
    assert data[len(data) - end :].count(b"msgstr") >= len(entries) - number - 1


@GETTEXT
@given(files())
@FEWER
def test_msgfmt_accepts_what_was_written_into_any_file(tmp_path: Path, data: bytes) -> None:
    assume(not data.startswith(b"\xef\xbb\xbf"))  # msgfmt never reads such a file
    path = tmp_path / "one.po"
    path.write_bytes(data)
    read = entries_of(path)
    # An obsolete twin, of the header too, is read, and msgfmt would refuse it.
    assume(len({("", ""), *(e.key for e in read)}) == len(read) + 1)
    # what a text begins and ends with is for the checks to say
    made = [replace(e, target=e.source) for e in read]
    po.write(replace(po.read(path), entries=tuple(made)), path)
    subprocess.run(["msgfmt", "-o", "/dev/null", path], check=True, capture_output=True)
    assert [e.target for e in po.read(path).entries] == [e.target for e in made]


words = st.text(
    st.sampled_from("abc éèñ ,.-;:!?()'\"«»—/%&=1234567890 文字。、日ひら Дом عربي"),
    min_size=1,
    max_size=300,
)


@GETTEXT
@given(st.lists(words.filter(str.strip), min_size=1, max_size=8, unique=True))
@FEWER
def test_msgcat_would_write_a_new_file_the_same(tmp_path: Path, sources: list[str]) -> None:
    made = tuple(Entry(text, target=text[::-1], state=State.REVIEWED, actor="ana") for text in sources)
    path = tmp_path / "one.po"
    po.write(Catalogue("es", made, po.headers("es", source_locale="fr", name="laws")), path)
    assert subprocess.run(["msgcat", path], check=True, capture_output=True).stdout == path.read_bytes()


MUTATED = HEADER + (
    '\n# said\n#. note\n#, fuzzy\n#| msgid "old"\nmsgctxt "c"\nmsgid "one"\nmsgstr "uno \\"dos\\" "\n"tres"\n'
    '\nmsgid "two"\nmsgstr "\\101\\t"\n\n#~| msgid "was"\n#~ msgid "gone "\n#~ "away"\n#~ msgstr "ido"\n'
)
JUNK = (
    '"',
    "\\",
    "\n",
    "#",
    "#~ ",
    "#| ",
    "msgid ",
    "msgstr ",
    'domain "x"\n',
    " ",
    "\r",
    "\0",
    "\ufeff",
    "\\x",
)


@GETTEXT
@given(
    st.lists(st.tuples(st.integers(0, len(MUTATED)), st.integers(0, 4), st.sampled_from(JUNK)), max_size=3)
)
@settings(FEW, max_examples=150)
@example([(90, 0, "\\x")])
def test_nothing_msgfmt_refuses_is_read(tmp_path: Path, changes: list[tuple[int, int, str]]) -> None:
    text = MUTATED
    for at, cut, junk in changes:
        text = text[:at] + junk + text[at + cut :]
    path = tmp_path / "one.po"
    path.write_text(text, "utf-8")
    try:
        read = po.read(path)
    except CatalogueError:
        return
    assert not po.write(read, path)
    assume(not text.startswith("\ufeff"))  # read all the same: editors leave it behind
    ran = subprocess.run(["msgfmt", "-o", "/dev/null", path], check=False, capture_output=True, text=True)
    assert ran.returncode == 0 or "do not both" in ran.stderr, (
        "what a target ends in is for the checks to say"
    )


REFUSED = {
    "an escape unknown to gettext": ('msgid "a\\q"\nmsgstr ""\n', 1, "no escape"),
    "a domain": ('domain "x"\nmsgid "a"\nmsgstr ""\n', 1, "one domain only"),
    "no msgstr": ('msgid "a"\n\nmsgid "b"\nmsgstr ""\n', 3, "msgstr is expected here, not msgid"),
    "no msgid": ('msgid "a"\nmsgstr ""\n\nmsgstr "b"\n', 4, "msgid is expected here, not msgstr"),
    "no msgid after a context": ('msgctxt "a"\nmsgstr "b"\n', 2, "msgid is expected here, not msgstr"),
    "a context too late": ('msgid "a"\nmsgctxt "b"\nmsgstr ""\n', 2, "msgstr is expected here, not msgctxt"),
    "a form without a plural": (
        'msgid "a"\nmsgstr[0] "b"\n',
        2,
        r"msgid_plural is expected here, not msgstr\[0\]",
    ),
    "a plural without forms": (
        'msgid "a"\nmsgid_plural "b"\nmsgstr "c"\n',
        3,
        r"msgstr\[0\] is expected here, not",
    ),
    "letters in turn": ('msgid "a"\nmsgsrt "b"\n', 2, "msgsrt is no keyword of a PO file"),
    "a letter too much": ('#~ msgiid "a"\n#~ msgstr "b"\n', 1, "msgiid is no keyword of a PO file"),
    "a letter too much in an old text": ('#| msgidd "o"\nmsgid "a"\nmsgstr "b"\n', 1, "msgidd is no keyword"),
    "capitals": ('MSGID "a"\nmsgstr "b"\n', 1, "MSGID is no keyword of a PO file"),
    "quotes that curl": (
        "msgid “a”\nmsgstr “b”\n",
        1,
        "a text between double quotes is expected after msgid",
    ),
    "no quotes": ('msgid "a"\nmsgstr b\n', 2, "a text between double quotes is expected after msgstr"),
    "a sign between": (
        'msgid "a"\nmsgstr = "b"\n',
        2,
        "a text between double quotes is expected after msgstr",
    ),
    "a sign behind": ('msgid "a"\nmsgstr "b";\n', 2, "no line of a PO file"),
    "a comment of another kind": ('// a\nmsgid "a"\nmsgstr "b"\n', 1, "no line of a PO file"),
    "something else": ("hello there\n", 1, "no line of a PO file"),
    "the end": ('\nmsgid "a"\n', 2, "no msgstr"),
    "a comment inside": ('msgid "a"\n# c\nmsgstr ""\n', 2, "comment"),
    "a sign forgotten": ('#~ msgid "a"\nmsgstr ""\n', 2, "#~"),
    "a text not closed": ('msgid "a\nmsgstr ""\n', 1, "not closed"),
    "a comment that swallows": ('# C:\\\nmsgid "a"\nmsgstr ""\n', 1, "backslash"),
    "plural forms": ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] ""\n', 1, "plural"),
    "a NUL": ('msgid "a\0"\nmsgstr ""\n', 1, "NUL"),
    "a charset without letters": (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-16\\n"\n',
        0,
        "charset",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_is_refused_with_its_line(tmp_path: Path, name: str) -> None:
    text, line, words_ = REFUSED[name]
    path = tmp_path / "one.po"
    path.write_text(text, "utf-8")
    with pytest.raises(CatalogueError, match=words_) as raised:
        po.read(path)
    assert raised.value.line == line


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ('msgsrt "b"', "Write msgstr."),
        ('mgsid "b"', "Write msgid."),
        ('msgctx "b"', "Write msgctxt."),
        ('msgid_plurl "b"', "Write msgid_plural."),
        ("// said", "A comment begins with #."),
    ],
)
def test_the_word_that_was_meant_is_named(tmp_path: Path, line: str, remedy: str) -> None:
    path = tmp_path / "one.po"
    path.write_text(f'msgid "a"\nmsgstr ""\n\n{line}\n', "utf-8")
    with pytest.raises(CatalogueError) as raised:
        po.read(path)
    assert (raised.value.line, raised.value.remedy) == (4, remedy)


READ = {
    "octal and hexadecimal bytes": ('msgid "\\303\\251\\x41"\nmsgstr ""\n', Entry("éA")),
    "no space": ('msgid"a"msgstr"b""c"', Entry("a", "bc", state=State.TRANSLATED)),
    "a previous text of an obsolete one": (
        '#~| msgid ""\n#~| "old "\n#~| "text"\n#~ msgid "a"\n#~ msgstr ""\n',
        Entry("a", previous="old text", obsolete=True),
    ),
    "flags without a comma": (
        '#,fuzzy c-format\nmsgid "a"\nmsgstr ""\n',
        Entry("a", fuzzy=True, flags=("c-format",)),
    ),
    "separators of other lines": ('msgid "a\u2028b\u0085c"\nmsgstr ""\n', Entry("a\u2028b\u0085c")),
    "a comment without a header above": ('# why\nmsgid "a"\nmsgstr ""\n', Entry("a", comment="why")),
}


@pytest.mark.parametrize("name", READ)
def test_what_other_tools_write_is_read(tmp_path: Path, name: str) -> None:
    text, entry = READ[name]
    path = tmp_path / "one.po"
    path.write_text(text, "utf-8")
    assert [replace(e, line=0) for e in po.read(path).entries] == [entry]


def test_an_empty_file_is_an_empty_catalogue(tmp_path: Path) -> None:
    path = tmp_path / "one.po"
    path.write_bytes(b"")
    assert po.read(path).entries == ()


def decided(path: Path, target: str) -> str:
    """The file's text after its last entry got a target."""
    read = po.read(path)
    last = replace(read.entries[-1], target=target, state=State.REVIEWED, actor="ana")
    po.write(replace(read, entries=(*read.entries[:-1], last)), path)
    return path.read_bytes().decode("utf-8", "replace")


LONG = "word " * 60
FULL = (
    "# why\n#. note\n#: page.md:1 page.md:2\n#, c-format\n"
    '#| msgctxt "was"\n#| msgid "b"\nmsgid "a"\nmsgstr "x"\n'
)


@pytest.mark.parametrize("width", [40, 60, 79, 100, 0])
def test_a_changed_text_is_wrapped_as_wide_as_the_others(tmp_path: Path, width: int) -> None:
    from l10n.catalogue.wrapping import lines  # noqa: PLC0415 - the style is what is tested

    path = tmp_path / "one.po"
    wrapped = "\n".join((*lines("msgid", LONG * 3, width), *lines("msgstr", LONG, width)))
    path.write_text(f'{HEADER}\n{wrapped}\n\nmsgid "a"\nmsgstr ""\n', "utf-8")
    assert decided(path, LONG).endswith("\n".join(lines("msgstr", LONG, width)) + "\n")


def test_what_the_model_does_not_hold_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "one.po"
    path.write_text(f"{HEADER}\n{FULL}\n# the end\n", "utf-8")
    text = decided(path, "y")
    own = text[text.index("# l10n:") : text.index("#. note")]
    assert text.replace(own, "") == f"{HEADER}\n{FULL}\n# the end\n".replace('"x"', '"y"')


def test_a_changed_field_of_the_header_changes_its_line_alone(tmp_path: Path) -> None:
    path = tmp_path / "one.po"
    head = f'# by hand\nmsgid ""\nmsgstr ""\n"PO-Revision-Date:2020\\n"\n"X-Odd:  {LONG}\\n"\n{{}}'
    text = head.format('"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "a"\nmsgstr ""\n')
    path.write_text(text, "utf-8")
    po.write(po.header(po.read(path), "PO-Revision-Date", "2026"), path)
    assert path.read_text("utf-8") == text.replace("Date:2020", "Date: 2026")


def test_line_ends_stay_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "one.po"
    path.write_bytes(f"{HEADER}\n{FULL}".replace("\n", "\r\n").encode())
    text = decided(path, "y")
    assert text.count("\n") == text.count("\r\n")


def test_a_text_beyond_the_charset_makes_the_file_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "one.po"
    path.write_bytes(f'{HEADER}\nmsgid "é"\nmsgstr ""\n'.replace("UTF-8", "ISO-8859-1").encode("latin-1"))
    decided(path, "ñ")
    assert b"charset=ISO-8859-1" in path.read_bytes()
    decided(path, "文")
    assert b"charset=UTF-8" in path.read_bytes()
    assert [(e.source, e.target) for e in po.read(path).entries] == [("é", "文")]


def test_entries_come_and_go_in_the_order_of_the_catalogue(tmp_path: Path) -> None:
    path = tmp_path / "one.po"
    path.write_text(
        f'{HEADER}\nmsgid "a"\nmsgstr ""\n\nmsgid "b"\nmsgstr ""\n\nmsgid "c"\nmsgstr ""\n', "utf-8"
    )
    read = po.read(path)
    a, b, c = read.entries
    po.write(replace(read, entries=(c, Entry("new"), a, replace(b, obsolete=True))), path)
    assert path.read_text("utf-8") == (
        f'{HEADER}\nmsgid "c"\nmsgstr ""\n\nmsgid "new"\nmsgstr ""\n\nmsgid "a"\nmsgstr ""\n'
        '\n#~ msgid "b"\n#~ msgstr ""\n'
    )


@pytest.mark.parametrize("sign", ["\0", "\4", "\ud800"])
def test_a_text_no_catalogue_can_hold_is_refused(tmp_path: Path, sign: str) -> None:
    path = tmp_path / "one.po"
    with pytest.raises(CatalogueError, match="no catalogue can hold"):
        po.write(Catalogue("es", (Entry("a", target=f"b{sign}"),)), path)
    assert not path.exists()


HOSTILE = [
    '"',
    "#",
    "\\",
    "\n",
    'msgid "a"\n',
    '"a"\n',
    "#~ ",
    "#| ",
    "# \\\n",
    'msgid ""\n"a"\n',
    "Content-Type:",
    " ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_reading_takes_time_in_proportion(tmp_path: Path, piece: str) -> None:
    path = tmp_path / "one.po"
    path.write_text(HEADER + piece * (200_000 // len(piece)), "utf-8")
    start = time.process_time()
    with suppress(CatalogueError):
        po.read(path)
    assert time.process_time() - start < 2
