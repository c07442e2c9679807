"""HTML that is broken, empty or not what it says: read as a browser would, or refused with the place."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from l10n import formats
from l10n.errors import InputError
from workflow.cli import main

HEAD = b"<!doctype html>\n<meta charset=%s>\n"


def sources(data: bytes) -> list[str]:
    document = formats.extract(data, path="page.html", locale="en")
    assert document.raw == data
    assert formats.merge(document, {}) == data
    return [segment.source for _, segment in document.segments()]


@pytest.mark.parametrize(
    "data",
    [
        *(b"<p>One. <!-- never closed", b"<p>One. <a href='never closed>x", b"<p>One. <a href", b"<p>One. <"),
        *(b"<p>One. </", b"<p>One. </p", b"<p>One. <![CDATA[x", b"<p>One. <!doctype", b"<p>One. <?php x"),
        *(b"<p>One. <script>x", b"<p>One. <style>x", b"<p>One. <title>x", b"<p>One. <svg>"),
        *(b"<p>One. <textarea>x", b"<p>One. <plaintext>x", b"<p>One. <script>x</scrip", b"<p>One. <math><"),
        *(b"<p>One. <pre>x", b"<p>One. <b><i>", b"<div><b>One. <table><tr>", b"<p>One. <script><!--<script>"),
        b'<p>One. <script type=application/ld+json>{"headline": "x"}',
    ],
)
def test_what_never_ends_is_kept(data: bytes) -> None:
    assert sources(data) == ["One."]
    document = formats.extract(data, path="page.html", locale="en")
    assert formats.merge(document, {("", "One."): "Un."}) == data.replace(b"One.", b"Un.")


@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, b"", codecs.BOM_UTF8 * 2])
def test_a_byte_order_mark_is_no_word(mark: bytes) -> None:
    assert sources(mark + b"<p>One.</p>") == ["One."]


@pytest.mark.parametrize(
    ("codec", "mark"),
    [
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("utf-32-be", codecs.BOM_UTF32_BE),
    ],
)
def test_a_page_in_wide_letters_is_read_by_its_mark(codec: str, mark: bytes) -> None:
    data = mark + "<meta charset=utf-8><p>Où est l’été, 学校</p>".encode(codec)
    assert sources(data) == ["Où est l’été, 学校"]
    document = formats.extract(data, path="page.html", locale="fr")
    merged = formats.merge(document, {("", "Où est l’été, 学校"): "نعم"})
    assert merged == mark + "<meta charset=utf-8><p>نعم</p>".encode(codec)


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        (b"shift_jis", "cp932", "学校が開きました。"),
        (b"euc-jp", "euc_jp", "学校が開きました。"),
        (b"iso-2022-jp", "iso2022_jp", "学校が開きました。"),
        (b"gb2312", "gb18030", "学校开学了。"),
        (b"big5", "big5hkscs", "學校開學了。"),
        (b"euc-kr", "cp949", "학교가 열렸습니다."),
        (b"windows-1250", "cp1250", "Škola začíná."),
        (b"windows-1251", "cp1251", "Школа открыта."),
        (b"windows-1252", "cp1252", "L’école – « ouverte »."),
        (b"windows-1253", "cp1253", "Το σχολείο."),
        (b"windows-1254", "cp1254", "Okul açıldı."),
        (b"windows-1255", "cp1255", "בית הספר."),
        (b"windows-1256", "cp1256", "المدرسة."),
        (b"windows-1257", "cp1257", "Mokykla atidaryta, ačiū."),
        (b"windows-1258", "cp1258", "Trường."),
        (b"koi8-r", "koi8_r", "Школа открыта."),
    ],
)
def test_a_page_is_written_in_the_charset_it_was_read_in(label: bytes, codec: str, text: str) -> None:
    said = text.encode(codec, "ignore").decode(codec)
    data = HEAD % label + f"<p>{said}</p>".encode(codec)
    assert sources(data) == [said]
    document = formats.extract(data, path="page.html", locale="en")
    merged = formats.merge(document, {("", said): "\U0001f3eb “x”"})
    assert b"&#127979;" in merged or "\U0001f3eb".encode(codec) in merged
    assert merged.startswith(HEAD % label)


def test_what_a_charset_does_not_have_is_written_as_its_place_reads_it() -> None:
    data = HEAD % b"windows-1252" + b'<script type=application/ld+json>{"headline":"One"}</script><p>One</p>'
    document = formats.extract(data, path="page.html", locale="en")
    merged = formats.merge(document, {("", "One"): "é Ж \U0001f3eb"})
    assert b'{"headline":"\xe9 \\u0416 \\ud83c\\udfeb"}' in merged
    assert b"<p>\xe9 &#1046; &#127979;</p>" in merged


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (HEAD % b"utf-8" + b"<p>\n caf\xe9", "page.html:4:5: byte 0xe9 is not utf-8"),
        (b"<p>caf\xe9", "page.html:1:7: byte 0xe9 is not utf-8"),
        (HEAD % b"shift_jis" + b"<p>\x81", "page.html:3:4: byte 0x81 is not shift_jis"),
        (HEAD % b"windows-1253" + b"<p>\xd2", "page.html:3:4: byte 0xd2 is not windows-1253"),
        (
            HEAD % b"iso-8859-1" + "<p>né à l’été".encode(),
            "page.html:3:5: the file says it is in iso-8859-1, but it is in UTF-8",
        ),
        (
            HEAD % b"shift_jis" + "<p>学校学校".encode(),
            "page.html:3:4: byte 0xa1 is not shift_jis|page.html:3:4: the file says it is in shift_jis",
        ),
        ("<p>No mark".encode("utf-16-le"), "page.html:1:1: the file is in UTF-16"),
        ("<p>No mark".encode("utf-16-be"), "page.html:1:1: the file is in UTF-16"),
        (codecs.BOM_UTF8 + b"<p>\xff", "page.html:1:7: byte 0xff is not utf-8"),
        (codecs.BOM_UTF16_LE + b"<\0p\0>", "page.html:1:7: byte 0x3e is not utf-16-le"),
        (HEAD % b"iso-2022-jp" + b"<p>\x1b$B\x1b(B", "page.html:3:4: the file does not survive"),
        (b"<p>One</p>\n<p>T\0wo", "page.html:2:5: there is a NUL byte"),
        (codecs.BOM_UTF16_LE + "<p>\0".encode("utf-16-le"), "page.html:1:9: there is a NUL byte"),
        (
            b"<p>One</p>\n<<<<<<< HEAD\n<p>A</p>\n=======\n<p>B</p>\n>>>>>>> b\n",
            "page.html:2:1: a merge was left",
        ),
    ],
)
def test_bytes_that_are_something_else_are_refused_with_their_place(data: bytes, said: str) -> None:
    with pytest.raises(InputError) as raised:
        formats.extract(data, path="page.html", locale="en")
    assert any(str(raised.value).startswith(choice) for choice in said.split("|"))
    assert raised.value.remedy


def test_the_source_of_an_e_mail_is_no_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, out = tmp_path / "page.html", tmp_path / "out.po"
    page.write_text('<html>\n<p lang=3D"fr" class=3D"a=\nb">L=E2=80=99=C3=A9cole ouvre.</p>', "utf-8")
    assert main(["extract", str(page), "-o", str(out)]) == 2
    said = capsys.readouterr().err
    assert "page.html:2:9: the page is written as in the source of an e-mail, in quoted-printable" in said
    assert "python3 -m quopri -d page.html" in said
    assert not out.exists()


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("<p>L'entr=E9e est libre, d=C3=A9j=C3=A0 !</p>", ["entr=E9e", "d=C3=A9j=C3=A0"]),
        ("<p>Un prix de =E2=82=AC 5</p>\n<p>x=A y=F5 =AB 2=C3 a=Ab</p>", ["=E2=82=AC"]),
        ("<p>Voir <a href='/?a=E9b'>https://a.example/?q=C3=A9</a> <code>a=E9b</code></p>", []),
    ],
)
def test_what_is_left_of_such_a_source_in_the_words_of_a_page_is_told(
    source: str, told: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "page.html").write_text(source, "utf-8")
    assert main(["-C", str(tmp_path), "init", "--locale", "fr", "--to", "en"]) == 0
    assert main(["-C", str(tmp_path), "add", str(tmp_path / "page.html"), "--locale", "fr"]) == 0
    said = [line for line in capsys.readouterr().err.splitlines() if "quoted-printable" in line]
    assert [line.split("'")[1] for line in said] == told
    assert all("(source, line 1)" in line for line in said)


@pytest.mark.parametrize("data", [b"", b" \n", b"<p></p>", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_an_empty_page_has_nothing_and_is_no_release(
    data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sources(data) == []
    (tmp_path / "page.html").write_bytes(data)
    assert main(["-C", str(tmp_path), "init", "--locale", "en", "--to", "fr"]) == 0
    assert main(["-C", str(tmp_path), "add", str(tmp_path / "page.html"), "--locale", "en"]) == 2
    assert "page.html: there is nothing to translate in it" in capsys.readouterr().err
    assert not (tmp_path / "releases").exists()


@pytest.mark.parametrize("data", [b"", b" \n"])
@pytest.mark.parametrize("ending", ["html", "xhtml", "md", "txt"])
def test_an_empty_file_has_no_catalogue(
    data: bytes, ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / f"a.{ending}").write_bytes(data)
    assert main(["extract", str(tmp_path / f"a.{ending}"), "-o", str(tmp_path / "a.po")]) == 2
    assert f"a.{ending}: the file is empty" in capsys.readouterr().err
    assert not (tmp_path / "a.po").exists()


def test_a_folder_is_no_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "page.html").mkdir()
    out = tmp_path / "out.po"
    assert main(["extract", str(tmp_path / "page.html"), "-o", str(out)]) == 2
    assert "page.html: this is a folder, not a file" in capsys.readouterr().err
    assert not out.exists()
