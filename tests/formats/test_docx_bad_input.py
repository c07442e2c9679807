"""What is no sound Word file is refused with a reason, and one that is only unusual is read."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable

import pytest

from l10n import formats
from l10n.errors import InputError
from tests.cases.docx.build import docx, part, unzipped, zipped
from tests.docx_support import OFFICE, paragraph, run, taken_apart

GOOD = docx(paragraph(run("One.")))


def bomb() -> bytes:
    return docx("", {"word/document.xml": part("document", " " * 20_000_000)})


def patched(offset: int, value: int) -> bytes:
    """The good file with another number in the central record of its document."""
    at = GOOD.rindex(b"word/document.xml") - 46 + offset
    return GOOD[:at] + struct.pack("<H", value) + GOOD[at + 2 :]


TYPES = unzipped(GOOD)["[Content_Types].xml"].decode()


def test_a_part_without_a_type_of_its_own_has_that_of_its_ending() -> None:
    main = f"{OFFICE}.wordprocessingml.document.main+xml"
    types = re.sub(r'<Override PartName="/word/document.xml"[^>]*>', "", TYPES)
    data = docx(paragraph(run("Words.")), {"[Content_Types].xml": types.replace("application/xml", main)})
    document = formats.extract(data, path="a.docx", locale="en")
    assert [segment.source for _, segment in document.segments()] == ["Words."]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(lambda: b"", "no Word document", id="empty"),
        pytest.param(lambda: b"Dear all,\n", "no Word document", id="a text"),
        pytest.param(lambda: GOOD[: len(GOOD) // 2], "no Word document", id="truncated"),
        pytest.param(
            lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "old Word document", id="a .doc"
        ),
        pytest.param(lambda: zipped({"a.txt": "x"}), "no Word document", id="another zip"),
        pytest.param(
            lambda: docx("", {"word/document.xml": ""}), "holds no Word document", id="no document in it"
        ),
        pytest.param(
            lambda: docx("", {"[Content_Types].xml": TYPES.replace("document.main", "template.main")}),
            "this is a Word template",
            id="a template",
        ),
        pytest.param(bomb, "would unpack to 20,", id="a bomb"),
        pytest.param(
            lambda: docx("", {f"x/{n}": "x" for n in range(10_001)}), "files in one document", id="many files"
        ),
        pytest.param(lambda: docx("", {"../../etc/x": "x"}), "lie outside", id="a name that climbs"),
        pytest.param(lambda: docx("", {"/etc/x": "x"}), "lie outside", id="an absolute name"),
        pytest.param(lambda: docx("", {"Word/Document.xml": "x"}), "same name", id="a name twice"),
        pytest.param(lambda: docx("", {"a\nb": "x"}), "a name that cannot be", id="a name with a line end"),
        pytest.param(lambda: patched(8, 1), "has a password", id="encrypted"),
        pytest.param(lambda: patched(10, 99), "word/document.xml is damaged", id="packed in an unknown way"),
        pytest.param(lambda: patched(16, 0xBAD), "word/document.xml is damaged", id="a wrong checksum"),
        pytest.param(
            lambda: docx("<w:p><w:r></w:p>"),
            r"word/document.xml is not well-formed XML at line 2, column \d+: mismatched tag",
            id="broken XML",
        ),
        pytest.param(
            lambda: docx("", {"word/document.xml": b"<a>\xff</a>"}), "not well-formed", id="not UTF-8"
        ),
        pytest.param(
            lambda: docx(
                "",
                {
                    "word/document.xml": '<?xml version="1.0" encoding="iso-8859-1"?><a>\xe9</a>'.encode(
                        "latin-1"
                    )
                },
            ),
            "neither UTF-8 nor UTF-16",
            id="another encoding",
        ),
        pytest.param(
            lambda: docx("", {"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "declares a document type",
            id="a document type",
        ),
    ],
)
def test_what_is_no_sound_word_file_is_refused(make: Callable[[], bytes], message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        taken_apart(make())
    assert caught.value.path == "case.docx"
    assert caught.value.remedy


def test_entries_that_lie_on_each_other_are_refused() -> None:
    at = GOOD.rindex(b"word/document.xml") - 46 + 42
    first = struct.unpack_from("<L", GOOD, GOOD.rindex(b"word/media/image1.png") - 46 + 42)[0]
    with pytest.raises(InputError, match="on top of each other"):
        taken_apart(GOOD[:at] + struct.pack("<L", first + 1) + GOOD[at + 4 :])
