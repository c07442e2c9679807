"""Which encoding an HTML file names for itself."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from l10n.formats.edits import Edit, edited
from l10n.formats.html.tokens import UNPARSED, Sort, Token, attribute_values, attributes, names, tokens
from l10n.formats.loading import SHIFTED
from l10n.utf_8 import is_utf_8

_PRESCAN = 1024  # bytes; standard, 13.2.3.2

# The labels of the Encoding Standard, section 4.2, by the Python codec that reads them.
_LABELS: Mapping[str, str] = {
    "utf-8": """utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8
        utf-16 utf-16le utf-16be csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff unicodefffe""",
    "cp1252": """windows-1252 cp1252 x-cp1252 iso-8859-1 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987
        iso-ir-100 latin1 l1 csisolatin1 cp819 ibm819 ascii us-ascii ansi_x3.4-1968 x-user-defined""",
    "iso8859_2": "iso-8859-2 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 iso-ir-101 latin2 l2 csisolatin2",
    "iso8859_3": "iso-8859-3 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 iso-ir-109 latin3 l3 csisolatin3",
    "iso8859_4": "iso-8859-4 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 iso-ir-110 latin4 l4 csisolatin4",
    "iso8859_5": """iso-8859-5 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988 iso-ir-144 cyrillic
        csisolatincyrillic""",
    "iso8859_6": """iso-8859-6 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987 iso-ir-127 arabic asmo-708
        csisolatinarabic ecma-114 iso-8859-6-e iso-8859-6-i csiso88596e csiso88596i""",
    "iso8859_7": """iso-8859-7 iso8859-7 iso88597 iso_8859-7 iso_8859-7:1987 iso-ir-126 greek greek8
        csisolatingreek ecma-118 elot_928 sun_eu_greek""",
    "iso8859_8": """iso-8859-8 iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 iso-ir-138 hebrew visual
        csisolatinhebrew iso-8859-8-e iso-8859-8-i csiso88598e csiso88598i logical""",
    "iso8859_10": "iso-8859-10 iso8859-10 iso885910 iso-ir-157 latin6 l6 csisolatin6",
    "iso8859_13": "iso-8859-13 iso8859-13 iso885913",
    "iso8859_14": "iso-8859-14 iso8859-14 iso885914",
    "iso8859_15": "iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9 csisolatin9",
    "iso8859_16": "iso-8859-16",
    "koi8_r": "koi8-r koi8_r koi8 koi cskoi8r",
    "koi8_u": "koi8-u koi8-ru",
    "mac_roman": "macintosh mac x-mac-roman csmacintosh",
    "mac_cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "cp866": "ibm866 866 cp866 csibm866",
    "cp874": "windows-874 dos-874 tis-620 iso-8859-11 iso8859-11 iso885911",
    "cp1250": "windows-1250 cp1250 x-cp1250",
    "cp1251": "windows-1251 cp1251 x-cp1251",
    "cp1253": "windows-1253 cp1253 x-cp1253",
    "cp1254": """windows-1254 cp1254 x-cp1254 iso-8859-9 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989
        iso-ir-148 latin5 l5 csisolatin5""",
    "cp1255": "windows-1255 cp1255 x-cp1255",
    "cp1256": "windows-1256 cp1256 x-cp1256",
    "cp1257": "windows-1257 cp1257 x-cp1257",
    "cp1258": "windows-1258 cp1258 x-cp1258",
    "gb18030": """gb18030 gbk x-gbk gb2312 gb_2312 gb_2312-80 chinese csgb2312 csiso58gb231280
        iso-ir-58""",
    "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5",
    "euc_jp": "euc-jp x-euc-jp cseucpkdfmtjapanese",
    "iso2022_jp": "iso-2022-jp csiso2022jp",
    "cp932": "shift_jis shift-jis sjis x-sjis ms932 ms_kanji csshiftjis windows-31j",
    "cp949": """euc-kr cseuckr korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 csksc56011987
        iso-ir-149 windows-949""",
}
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WIDE = re.compile(rb"(?:[\t\n\r -~]\0){4}|(?:\0[\t\n\r -~]){4}")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_OF_WINDOWS = re.compile(rb"[\x80\x82-\x8c\x8e\x91-\x9c\x9e\x9f]")
_SAMPLE = 1_000_000  # bytes
# Codecs of charsets for Latin letters, of which no language writes word after word without one of ASCII.
_LATIN = names(
    "latin-1 cp1252 cp1250 cp1254 cp1257 cp1258 iso8859_2 iso8859_3 iso8859_4 iso8859_10 iso8859_13"
    " iso8859_14 iso8859_15 iso8859_16"
)
_OTHER_SCRIPT = re.compile(rb"(?<![A-Za-z\xa1-\xff])[\xa1-\xff]{4,}+(?![A-Za-z])")
_MIXED = re.compile(rb"[A-Za-z][\xa1-\xff]|[\xa1-\xff][A-Za-z]")
_DIFFERENT = 6  # words of another script that are no list of accents
_FEW = 0.25  # of such words: as many have Latin letters beside others by chance
# How the charsets for Cyrillic letters are called, by their codecs.
_CYRILLIC: Mapping[str, str] = {
    "cp1251": "windows-1251",
    "koi8_r": "koi8-r",
    "koi8_u": "koi8-u",
    "iso8859_5": "iso-8859-5",
    "cp866": "ibm866",
    "mac_cyrillic": "x-mac-cyrillic",
}
# A name or the first word of a sentence begins with a capital letter; no word has one behind a small letter.
_CAPITALISED = re.compile(r"\b[\u0400-\u042f\u0490][\u0430-\u045f\u0491]{2,}\b")
_MISCAST = re.compile(r"[\u0430-\u045f\u0491][\u0400-\u042f\u0490]\w*")
_MISCAST_WORDS = 4  # so many different ones are no names of companies
_IN_CONTENT = re.compile(
    r"""charset[ \t\n\f\r]*=[ \t\n\f\r]*(?:"([^"]*)"|'([^']*)'|([^\s;"']+))""", re.IGNORECASE
)
_BODY = re.compile(rb"<body[ \t\n\f\r/>]", re.IGNORECASE)
_IN_XML = re.compile(rb"""\A<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([^"'>]{1,40})["']""")


class Named(NamedTuple):
    """The charset that a file names: the Python codec that reads it, and the file's own word for it."""

    codec: str
    label: str


def charset(data: bytes) -> str | None:
    """The Python codec a file asks for, None when it asks for none we know; see ``named``."""
    found = named(data)
    return found and found.codec


def named(data: bytes) -> Named | None:
    """The charset that a file asks for, None when it asks for none we know.

    Browsers look at the first 1024 bytes, and start again when a ``<meta>`` further down says
    otherwise; so we look at the rest of the head too.  What calls itself ISO-8859-1 is read as
    windows-1252, as browsers do; where it holds one of the five bytes that Python leaves
    undefined there, as ISO-8859-1 itself, which loses nothing.  With others beside it that only
    windows-1252 has as characters it stays that, in which nobody can read it: it is in neither.
    """
    found = _declared(data[:_PRESCAN], unparsed=frozenset())
    if found is None and (xml := _IN_XML.match(data)):
        found = of_label(xml[1].decode("latin-1"))
    if found is None and data.find(b"harset", _PRESCAN) > 0:
        body = _BODY.search(data)
        found = _declared(data[: body.start()] if body else data, unparsed=UNPARSED)
    if found and found.codec == "cp1252" and _UNDEFINED.search(data) and not _OF_WINDOWS.search(data):
        return found._replace(codec="latin-1")
    return found


def in_utf_8(text: str) -> str:
    """The text of a page that is written as UTF-8: where it names a charset, that; every other byte stays."""
    edits: list[Edit] = []
    for token in tokens(text):
        is_meta = token.sort is Sort.START and token.name == "meta"
        if is_meta and (found := _of_meta(text, token)) and found.codec != "utf-8":
            by_name = {attribute.name: attribute for attribute in attributes(text, token)}
            place = by_name.get("charset") or by_name["content"]
            value = text[place.start : place.end]
            match = None if "charset" in by_name else _IN_CONTENT.search(value)
            group = next((n for n in (1, 2, 3) if match and match[n]), 0)
            start, end = match.span(group) if match else (0, len(value))
            edits.append((place.start + start, place.start + end, "utf-8"))
        elif token.name == "body":
            break
    return edited(text, edits)


class Lie(NamedTuple):
    """Why a file cannot be in the charset it names, and the offset of the byte that shows it."""

    message: str
    offset: int
    remedy: str


def contradiction(data: bytes, declared: Named | None) -> Lie | None:
    """What speaks against a file's charset although it can be read in it, None when nothing does."""
    if data.startswith(_MARKS):
        return None
    if _WIDE.match(data):
        return Lie(
            "the file is in UTF-16, which a byte order mark should say",
            0,
            "Save it as UTF-8, or with a byte order mark.",
        )
    codec, label = declared or Named("utf-8", "")
    if codec != "iso2022_jp" and (shift := SHIFTED.search(data)):
        remedy = "Save it as UTF-8, or name its charset in a <meta> of its head."
        return Lie("the file is in ISO-2022, which it does not say", shift.start(), remedy)
    return None if codec == "utf-8" else _misnamed(data, codec, label)


def _misnamed(data: bytes, codec: str, label: str) -> Lie | None:
    """The same for a charset that is named wrongly, and gives another reading."""
    if len(_MULTIBYTE.findall(data[:_SAMPLE])) > 1 and is_utf_8(data):
        found = _MULTIBYTE.search(data)
        return Lie(
            f"the file says it is in {label}, but it is in UTF-8",
            found.start() if found else 0,
            "Correct the charset it names to utf-8.",
        )
    if codec in _LATIN and (word := _of_another_script(data[:_SAMPLE])):
        return Lie(
            f"the file says it is in {label}, but its words are in no Latin letters",
            word.start(),
            "Correct the charset it names (Russian may be in windows-1251 or koi8-r, Greek in windows-1253,"
            " Arabic in windows-1256, Chinese in gb18030), or save it as UTF-8.",
        )
    return _miscast(data[:_SAMPLE], codec, label) if codec in _CYRILLIC else None


def _miscast(data: bytes, codec: str, label: str) -> Lie | None:
    """A page in one charset for Cyrillic letters that names another, told by where its capital letters stand.

    KOI8 has small letters where windows-1251 has capital ones: read as the other, a name begins small and
    goes on in capitals.
    """
    text = data.decode(codec, "replace")
    first = _MISCAST.search(text)
    miscast = {word[0] for word in _MISCAST.finditer(text)}
    if first is None or len(miscast) < max(_MISCAST_WORDS, 3 * len(set(_CAPITALISED.findall(text)))):
        return None
    right = max(
        set(_CYRILLIC) - {codec}, key=lambda other: (_well_cast(data, other), other != "koi8_u", other)
    )
    if 2 * _well_cast(data, right) < len(miscast):
        return None
    return Lie(
        f"the file says it is in {label}, but it reads as {_CYRILLIC[right]}",
        len(text[: first.start()].encode(codec, "replace")),
        f"Correct the charset it names to {_CYRILLIC[right]}.",
    )


def _well_cast(data: bytes, codec: str) -> int:
    """How many different words begin with a capital letter as they should, less those that should not."""
    text = data.decode(codec, "replace")
    return len(set(_CAPITALISED.findall(text))) - len({word[0] for word in _MISCAST.finditer(text)})


def _of_another_script(data: bytes) -> re.Match[bytes] | None:
    """The first word of another script in a file in which Latin letters stand beside none of it."""
    found = list(_OTHER_SCRIPT.finditer(data))
    if len({match[0] for match in found}) < _DIFFERENT:
        return None
    return found[0] if len(_MIXED.findall(data)) <= _FEW * len(found) else None


def _declared(data: bytes, *, unparsed: frozenset[str]) -> Named | None:
    head = data.decode("latin-1")
    for token in tokens(head, unparsed=unparsed):
        if token.sort is Sort.START and token.name == "meta" and (found := _of_meta(head, token)):
            return found
    return None


def _of_meta(text: str, token: Token) -> Named | None:
    values = attribute_values(text, token)
    if "charset" in values:
        return of_label(values["charset"])
    if values.get("http-equiv", "").lower() != "content-type":
        return None
    match = _IN_CONTENT.search(values.get("content", ""))
    return of_label(match[1] or match[2] or match[3] or "") if match else None


def of_label(label: str) -> Named | None:
    """The charset of a label of the Encoding Standard, None for any other word."""
    label = label.strip(" \t\n\f\r")
    codec = _codecs().get(label.lower())
    return Named(codec, label) if codec else None


@cache
def _codecs() -> Mapping[str, str]:
    return {label: codec for codec, labels in _LABELS.items() for label in labels.split()}
