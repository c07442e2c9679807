"""One decision in a catalogue that another tool has written changes one entry, for polib too."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polib
import pytest

from l10n import catalogue as po
from l10n.model import State

GETTEXT = pytest.mark.gettext

BASE = r"""# Traducción del puerto.
# Ana Díaz <ana@example.org>, 2026.
#
msgid ""
msgstr ""
"Project-Id-Version: harbour 1.0\n"
"PO-Revision-Date: 2026-02-03 11:00+0100\n"
"Last-Translator: Ana Díaz <ana@example.org>\n"
"Language: es\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"X-Generator: Poedit 3.4\n"

#. title: h1
#: source/zeta.html:12 source/alpha.html:3
msgid "The harbour opens on Monday"
msgstr "El puerto abre el lunes"

#. A paragraph.
#: source/alpha.html:5
msgid "The harbour, closed for eleven months after the storm of last winter, opens on Monday for all boats."
msgstr "El puerto, cerrado durante once meses tras el temporal, abre el lunes para todos los barcos."

# not sure: «once» or “11”?
#: source/beta.html:9
#, fuzzy, no-wrap
#| msgid "Eleven months of work"
msgid "Twelve months of work, without a single day off for anybody who worked there in that time"
msgstr "Once meses de trabajo"

#: source/alpha.html:7 source/beta.html:10 source/gamma/delta/epsilon-zeta-eta.html:1234 source/theta.html:77
msgctxt "button in the menu of the harbour"
msgid "Open"
msgstr ""

#: source/beta.html:2
msgid "Open"
msgstr "Abrir"

#: source/beta.html:3
msgid ""
"First line\n"
"Second \"quoted\" line\twith a tab and a back\\slash\n"
msgstr ""
"Primera línea\n"
"Segunda línea «citada»\tcon tabulador y barra\\invertida\n"

#: source/beta.html:4
#, c-format
msgid "Costs %s euros"
msgstr ""

#~ msgid "An old sentence about the quay that is long enough to be wrapped at any usual width of a page"
#~ msgstr "Una frase antigua sobre el muelle"
"""
TARGETS = (
    "Corto",
    "Una frase bastante larga, con comas, que habrá que partir en varias líneas según el archivo; ¿verdad?",
    'Dos\nlíneas "citadas" y más\n',
)


def msgcat(*options: str) -> Callable[[bytes], bytes]:
    return lambda data: (
        subprocess.run(["msgcat", *options, "-"], input=data, check=True, capture_output=True).stdout
    )


def by_polib(width: int) -> Callable[[bytes], bytes]:
    return lambda data: str(polib.pofile(data.decode(), wrapwidth=width)).encode()


def as_crowdin(data: bytes) -> bytes:
    """No comments above the header, nothing wrapped, an empty line at the end."""
    return b'msgid ""\n' + msgcat("--no-wrap")(data).split(b'msgid ""\n', 1)[1] + b"\n"


TOOLS: dict[str, Callable[[bytes], bytes]] = {
    **{
        " ".join(options): msgcat(*options)
        for options in (
            *(("--no-wrap",), ("--width=40",), ("--width=77",), ("--width=100",), ("--add-location=file",)),
            *(("--add-location=never",), ("--sort-by-file",), ("--sort-output",), ("--indent",)),
            *(("--indent", "--no-wrap"), ("--no-escape",), ("--escape",), ("--strict",)),
        )
    },
    "CRLF": lambda data: msgcat("--width=77")(data).replace(b"\n", b"\r\n"),
    "Transifex": by_polib(78),
    "polib without wrapping": by_polib(0),
    "Crowdin": as_crowdin,
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "no newline at the end": lambda data: data.rstrip(b"\n"),
    "more blank lines": lambda data: data.replace(b"\n\n", b"\n\n\n"),
}


def said(data: bytes) -> list[tuple[object, ...]]:
    return [
        (
            e.msgctxt,
            e.msgid,
            e.msgstr,
            bool(e.obsolete),
            sorted(e.flags),
            e.occurrences,
            e.comment,
            e.previous_msgid,
        )
        for e in polib.pofile(data.decode("utf-8-sig"))
    ]


@GETTEXT
@pytest.mark.parametrize("target", TARGETS, ids=["short", "long", "lines"])
@pytest.mark.parametrize("tool", TOOLS)
def test_one_decision_changes_the_bytes_of_one_entry(tmp_path: Path, tool: str, target: str) -> None:
    data = TOOLS[tool](BASE.encode())
    path = tmp_path / "one.po"
    path.write_bytes(data)
    read = po.read(path)
    assert not po.write(read, path)
    polib_before = said(data)
    for number, entry in enumerate(read.entries):
        if entry.obsolete:
            continue
        path.write_bytes(data)
        decided = replace(
            entry, target=target, fuzzy=False, previous="", state=State.REVIEWED, actor="ana", base=""
        )
        po.write(replace(read, entries=(*read.entries[:number], decided, *read.entries[number + 1 :])), path)
        written = path.read_bytes()
        start = next(i for i, (a, b) in enumerate(zip(written, data, strict=False)) if a != b)
        end = next(i for i, (a, b) in enumerate(zip(written[::-1], data[::-1], strict=False)) if a != b)
        changed = data[start : len(data) - end].replace(b"\r", b"")
        assert b"\n\n" not in changed.strip(b"\n")
        polib_after = said(written)
        differing = [i for i, (a, b) in enumerate(zip(polib_before, polib_after, strict=True)) if a != b]
        assert differing == [number]
        assert polib_after[number][2:4] == (target, False)
        assert [one.target for one in po.read(path).entries][number] == target


@GETTEXT
@pytest.mark.parametrize("tool", [name for name in TOOLS if name.startswith("--") and name != "--escape"])
def test_the_tool_finds_nothing_to_change_after_a_decision(tmp_path: Path, tool: str) -> None:
    data = TOOLS[tool](BASE.encode())
    settled = TOOLS[tool](data) == data  # one of them changes its own files when it runs again
    for number, target in enumerate(TARGETS):
        path = tmp_path / "one.po"
        path.write_bytes(data)
        read = po.read(path)
        decided = replace(read.entries[number], target=target, state=State.REVIEWED, actor="ana", base="")
        po.write(replace(read, entries=(*read.entries[:number], decided, *read.entries[number + 1 :])), path)
        again = TOOLS[tool](path.read_bytes())
        assert again == path.read_bytes() if settled else said(again) == said(path.read_bytes())
