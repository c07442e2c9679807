"""What is wrong with a catalogue as a file: what cannot be read, and what gettext refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n.catalogue import read_survey
from l10n.gate import (
    CatalogueFile,
    Goals,
    inspect_catalogue,
    judge,
)
from l10n.model import Severity
from tests.gate_support import GOOD, HEAD, PLURALS, entry, put, rule
from workflow.cli import main

GERMAN = 'msgid "It opens again."\nmsgstr "Die Stelle öffnet am Montag wieder und bleibt für alle offen."\n'


def gone(message: str) -> str:
    return "".join(f"#~ {line}\n" for line in message.splitlines())


def headed(fields: str, *entries: str) -> str:
    return "\n".join((HEAD.format("de", fields), *entries))


def ports(*forms: str) -> str:
    told = "".join(f'msgstr[{number}] "{form}"\n' for number, form in enumerate(forms))
    return f'msgid "%d port"\nmsgid_plural "%d ports"\n{told}'


def flagged(flag: str, source: str, target: str) -> str:
    return f'#, {flag}\nmsgid "{source}"\nmsgstr "{target}"\n'


KOI8 = HEAD.format("ru", "").replace("UTF-8", "KOI8-R") + '\nmsgid "Open"\nmsgstr "Открыто сегодня"\n'


# What msgfmt --check refuses: the file, and what is said of it, "" where nothing is.
GETTEXT = [
    ("\ufeff" + headed("", GOOD), "a byte order mark stands at the beginning"),
    (KOI8, "the header names KOI8-R, but the file is in UTF-8 [header]"),
    (headed("", GOOD).replace("UTF-8", "CHARSET"), "the header names no charset [header]"),
    (headed("", GOOD, "||||||| base\n"), "a merge was left undone"),
    (headed("", GOOD, "#~ ||||||| 1a2b3c4\n"), "a merge was left undone"),
    (
        headed("", entry("The port opens", "<<<<<<< HEAD Der Hafen >>>>>>> main")),
        "7: error: a merge was left",
    ),
    (headed("", entry("The port opens", "Der Hafen\\n>>>>>>> main\\n")), "a merge was left undone here"),
    (headed("", entry("See <<<<<<< HEAD there", "Siehe <<<<<<< HEAD dort")), ""),
    (headed("", GOOD, gone(GOOD)), "stands twice, first on line 7; delete these lines of #~ [duplicate]"),
    (headed("", gone(GOOD), gone(GOOD)), "first on line 7; delete these lines of #~ [duplicate]"),
    (headed("", GOOD, gone(entry("Port", "Hafen"))), ""),
    (headed("", GOOD, f'msgctxt ""\n{GOOD}'), ""),
    (headed("", f'msgctxt ""\n{GOOD}', f'msgctxt  ""\n{GOOD}'), "stands twice, first on line 7 [duplicate]"),
    (headed("", ports("%d Hafen", "%d Häfen")), "no Plural-Forms that can be read [plural]"),
    (headed("", ports("", "")), ""),
    (
        headed(rule("nplurals=2; plural=n"), ports("%d Hafen", "%d Häfen")),
        "gives form 1000, and nplurals is 2",
    ),
    (headed(rule("nplurals=2; plural=1/n"), GOOD), "the rule in Plural-Forms cannot be read: 1/n"),
    (headed(rule("nplurals=2; plural=(n != "), GOOD), "the rule in Plural-Forms cannot be read: (n !="),
    (headed(rule("nplurals=2; plural=" + "(" * 400 + "n" + ")" * 400), GOOD), "cannot be read"),
    (
        headed(rule("nplurals=2; plural=1/n"), "#, c-format\n" + ports("Hafen", "%d Häfen")),
        "cannot be read: 1/n",
    ),
    (
        headed(rule("nplurals=" + "9" * 5000), ports("%d Hafen", "%d Häfen")),
        "the rule in Plural-Forms cannot be read: nplurals=99999",
    ),
    (headed(PLURALS, ports("%d Hafen", "")), "some of its plural forms are empty [plural]"),
    (headed(PLURALS, ports("%d Hafen", "x").replace("[1]", "[2]")), "do not count from 0 on"),
    (headed(PLURALS, "#, c-format\n" + ports("ein Hafen", "%d Häfen")), ""),
    (headed(PLURALS, "#, c-format\n" + ports("%d Hafen", "Häfen")), "the placeholder %d is missing [format]"),
    (
        headed(PLURALS, "#, c-format\n" + ports("%s Hafen", "%d Häfen")),
        "has the placeholder %d, the target %s",
    ),
    (headed("", flagged("c-format", "%d of %s", "%2$s: %1$d")), ""),
    (
        headed("", flagged("c-format", "%d of %s", "%s: %d")),
        "has the placeholder %d, the target %s in its place",
    ),
    (headed("", flagged("c-format", "%d of %.*f", "%d von %.*f")), ""),
    (headed("", flagged("c-format", "%ld", "%d")), "the source has the placeholder %ld, the target %d"),
    (headed("", flagged("c-format", "%d %%", "%d")), ""),
    (headed("", flagged("c-format", "%d", "%d %s")), "the placeholder %s is not in the source [format]"),
    (headed("", flagged("fuzzy, c-format", "%d", "%s")), ""),
    (headed("", flagged("no-c-format", "%d", "%s")), ""),
    (headed("", flagged("python-format", "%(a)s, %(b)d", "%(b)i, %(a)s")), ""),
    (headed("", flagged("python-format", "%(a)s", "a")), "the placeholder %(a)s is missing [format]"),
    (headed("", flagged("python-brace-format", "{a.b!r:>{c}} {{x}}", "{a}")), ""),
    (headed("", flagged("python-brace-format", "{} {}", "{1} {0}")), ""),
    (
        headed("", flagged("python-brace-format", "{name}", "{nom}")),
        "the placeholder {nom} is not in the source",
    ),
    (headed("", flagged("python-brace-format", "{} ports", "{{ Häfen")), "the placeholder {} is missing"),
    (headed("", flagged("qt-format", "%1 of %L2", "%2: %1")), ""),
    (headed("", flagged("java-format", "{0} of {1}", "{1}")), "the placeholder {0} is missing [format]"),
    (headed("", entry("Port\\n", "Hafen")), "only one of source and target ends with a line break [format]"),
    (headed(rule("nplurals=INTEGER; plural=EXPRESSION"), GOOD), "cannot be read: nplurals=INTEGER"),
    (headed("", flagged("c-format", "%d ports", "%d Häfen, 9 % wo")), "% w is no placeholder; a percent"),
    (headed("", flagged("python-format", "100%", "100%")), ""),
    (
        headed("", entry("Port", "\\nHafen")),
        "only one of source and target begins with a line break [format]",
    ),
]


@pytest.mark.parametrize(("text", "said"), GETTEXT)
def test_what_gettext_refuses_fails(
    folder: Path, text: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.po").write_bytes(text.encode())
    assert bool(main(["check", "--no-cache", "--checks", "none", "a.po"])) == bool(said)
    out = capsys.readouterr().out
    assert said in out
    assert bool(out) == bool(said)


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        (HEAD.format("de", "") + "\n" + GOOD, 0, ""),
        (HEAD.format("de", "") + "\n" + GOOD + "\n" + GOOD, 1, "stands twice, first on line 7 [duplicate]"),
        (GOOD, 1, "there is no header"),
        ("", 1, "there is no header"),
        ('msgid ""\nmsgstr "Language: de\\n"\n\n' + GOOD, 1, "names no charset [header]"),
        (HEAD.format("de", "") + '\nmsgid "x"\nmsgstr "y\n', 2, "not closed on its line"),
        (HEAD.format("de", "") + '\nmsgid "x"\n', 2, "no msgstr"),
        (HEAD.format("de", "") + "\n<<<<<<< ours\n" + GOOD, 2, "a merge was left undone"),
        ((HEAD.format("de", "") + "\n# Bureau\n" + GOOD).replace("\n", "\r"), 2, "its lines end in CR alone"),
        (HEAD.format("de", "").replace("UTF-8", "KLINGON") + "\n" + GOOD, 2, "unknown charset"),
        (HEAD.format("de", "") + "\n" + GOOD.replace("Büro", "B\0ro"), 2, "control character NUL"),
        (HEAD.format("de", "") + '\nmsgid "In 2024"\nmsgstr "Im Jahr 2025"\n', 1, "[numbers]"),
        (HEAD.format("zh", "") + "\n" + GERMAN, 1, "[untranslated]"),
        (
            HEAD.format("de", PLURALS)
            + '\nmsgid "%d port"\nmsgid_plural "%d ports"\nmsgstr[0] "%d Hafen"\nmsgstr[1] "%d Häfen"\n',
            0,
            "",
        ),
        (
            HEAD.format("de", PLURALS) + '\nmsgid "%d port"\nmsgid_plural "%d ports"\nmsgstr[0] "%d Hafen"\n',
            1,
            "1 plural form, but the header says that the language has 2 [plural]",
        ),
    ],
)
def test_each_fault_has_its_exit_code(
    folder: Path, text: str, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.po").write_bytes(text.encode())
    assert main(["check", "a.po"]) == code
    out = capsys.readouterr().out
    assert said in out
    assert bool(out) == bool(code)


def test_one_broken_file_hides_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, "po/a.po", entry("In 2024", "Im Jahr 2025"))
    (folder / "po" / "b.po").write_text("nonsense", "utf-8")
    put(folder, "po/c.po", entry("In 2026", "Im Jahr 2027"))
    assert main(["check", "po", "none.po"]) == 2
    out = capsys.readouterr().out
    assert [line.split(":")[0] for line in out.splitlines()] == ["po/a.po", "po/b.po", "po/c.po", "none.po"]


def test_a_compiled_catalogue_is_named_as_such(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.po").write_bytes(b"\xde\x12\x04\x95\0\0\0\0\2\0\0\0")
    assert main(["check", "a.po"]) == 2
    assert "a.po:1: error: this is a compiled catalogue (MO)" in capsys.readouterr().out


PIECES = st.sampled_from(
    [
        'msgid "a"\n',
        'msgstr "b"\n',
        'msgid_plural "c"\n',
        'msgstr[0] "d"\n',
        'msgstr[7] "e"\n',
        'msgctxt "f"\n',
        '"g"\n',
        "#, fuzzy\n",
        "#~ ",
        "#| ",
        "# l10n: reviewed human x 0123456789abcdef\n",
        "\n",
        "\\",
        '"',
        "\x04",
        "é",
        HEAD.format("de", ""),
        HEAD.format("x_", PLURALS),
        "<<<<<<< a\n",
        "\ufeff",
        "[",
        "]",
        "#. title\n",
    ]
)


@settings(max_examples=200)
@given(st.lists(PIECES | st.text(max_size=6), max_size=12).map("".join), st.binary(max_size=3))
def test_no_file_is_too_strange_to_be_told(
    tmp_path_factory: pytest.TempPathFactory, text: str, more: bytes
) -> None:
    path = tmp_path_factory.mktemp("po") / "a.po"
    path.write_bytes(text.encode("utf-8", "replace") + more)
    sheet = inspect_catalogue(
        CatalogueFile(str(path), "a.po"), Goals(approved={"*": 1}), ("numbers", "codes")
    )
    verdict = judge([sheet], (), serious=frozenset({Severity.ERROR}), optional=frozenset())
    assert verdict.failing


@pytest.mark.parametrize(
    ("language", "tag"),
    [
        ("sr@latin", "sr-Latn"),
        ("uz_UZ.UTF-8@cyrillic", "uz-Cyrl-UZ"),
        ("ca@valencia", "ca-valencia"),
        ("de_DE@euro", "de-DE"),
        ("fr_CA", "fr-CA"),
    ],
)
def test_a_header_names_its_language_as_gettext_does(folder: Path, language: str, tag: str) -> None:
    path = put(folder, "a.po", GOOD, locale=language)
    assert read_survey(path.read_bytes(), path).locale == tag
    assert main(["check", "--checks", "none", "a.po"]) == 0


def test_bytes_of_no_charset_are_told_as_such(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.po").write_bytes(b"\xfd\xfe")
    assert main(["check", "a.po"]) == 2
    assert "byte 0xfd is not utf-8, and the header names no charset" in capsys.readouterr().out


DOUBTS = [
    ("de.po", headed("", flagged("c-fromat", "%d", "%s")), "gettext knows no flag c-fromat"),
    ("de.po", headed("", flagged("no-fuzzy", "Port", "Hafen")), ""),
    ("de.po", headed("", entry("Name: ", "Name:")), "the source ends with a space, the target does not"),
    (
        "de.po",
        headed("", entry(" at port", "am Hafen")),
        "the source begins with a space, the target does not",
    ),
    ("de.po", headed("", entry("Port", "Hafen ")), ""),
    ("de.po", headed("", entry("{n} ports", "{zahl} Häfen")), "the argument {n} is missing"),
    ("de.po", headed("", flagged("no-python-brace-format", "{n} ports", "{zahl} Häfen")), ""),
    ("de.po", headed(PLURALS, ports("Hafen", "%(n)d Häfen").replace("%d", "%(n)d")), ""),
    ("de.po", headed(PLURALS, ports("%(n)d Hafen", "Häfen").replace("%d", "%(n)d")), "%(n)d is missing"),
    ("de.po", headed('"Language: fr\\n"\n', GOOD), "the header has Language twice"),
    ("de.po", headed("", GOOD).replace("Language: de", "Language: german"), "german, which is no language"),
    ("de.po", headed("", GOOD).replace("Language: de", "Language: xx"), "xx, which is no language"),
    ("gsw.po", headed("", GOOD).replace("Language: de", "Language: gsw"), ""),
    ("it.po", headed("", GOOD), "the header says Language: de, but the path names it"),
    ("api.po", headed("", GOOD), ""),
    ("it.po", headed("", GOOD).replace("Language: de", "Language: ita"), ""),
    ("de.po", headed("", flagged("modula2-format", "{n} ports", "{zahl} Häfen")), ""),
    ("de.po", headed("", flagged("read-from", "Port", "Hafen")), ""),
    ("de.po", headed("", flagged("python-brace-fromat", "{n} ports", "{zahl} Häfen")), "{n} is missing"),
    ("de.po", headed("", flagged("python-format", "{n} ports", "{zahl} Häfen")), "{n} is missing"),
    ("zh.po", headed("", entry("Name: ", "名称：")).replace("Language: de", "Language: zh"), ""),
    ("zh.po", headed("", entry("Name: ", "A")).replace("Language: de", "Language: zh"), "ends with a space"),
    ("locale/it/LC_MESSAGES/de.po", headed("", GOOD), "the header says Language: de, but the path names it"),
    ("locale/de/LC_MESSAGES/it.po", headed("", GOOD), ""),
    ("de.po", headed("", entry("Port", "Hafen")).replace("UTF-8", "CHARSET"), "the header names no charset"),
]


@pytest.mark.parametrize(("name", "text", "said"), DOUBTS)
def test_what_gettext_takes_and_is_a_slip_all_the_same_is_a_warning(
    folder: Path, name: str, text: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(text.encode())
    chosen = ["--checks", "markup", "--no-cache", name]
    assert main(["check", *chosen]) == 0
    assert main(["check", "--fail-on", "warning", *chosen]) == bool(said)
    assert said in capsys.readouterr().out


def test_a_header_that_is_fuzzy_is_only_mentioned(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "de.po").write_text(f"#, fuzzy\n{headed('', GOOD)}", "utf-8")
    assert main(["check", "--fail-on", "warning", "--no-cache", "de.po"]) == 0
    assert "info: the header is marked fuzzy" in capsys.readouterr().out


def test_a_word_that_is_no_language_is_not_taken_for_one(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "fa").mkdir()
    text = headed("", entry("The port opens for all ships.", "بندر برای همه کشتی‌ها باز می‌شود."))
    (folder / "fa/a.po").write_text(text.replace("Language: de", "Language: persian"), "utf-8")
    assert main(["check", "--no-cache", "."]) == 0
    said = capsys.readouterr().out
    assert "persian, which is no language" in said
    assert "letters" not in said


def test_plural_entries_of_two_files_are_judged_by_the_rule_of_each(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = headed(PLURALS, ports("Ein Hafen", "%(n)d Häfen").replace("%d", "%(n)d"))
    (folder / "a.po").write_text(one, "utf-8")
    often = "nplurals=2; plural=(n%10==1 ? 0 : 1);"
    (folder / "b.po").write_text(one.replace(PLURALS, rule(often)), "utf-8")
    assert main(["check", "--checks", "markup", "--no-cache", "a.po", "b.po"]) == 0
    said = capsys.readouterr().out
    assert "a.po" not in said
    assert "%(n)d is missing" in said


def test_the_language_of_a_catalogue_without_a_header_is_that_of_its_folder(folder: Path) -> None:
    text = headed("", GOOD).replace('"Language: de\\n"\n', "")
    (folder / "locale/de/LC_MESSAGES").mkdir(parents=True)
    (folder / "locale/de/LC_MESSAGES/api.po").write_text(text, "utf-8")
    assert main(["check", "--required", "de", "--min-approved", "de=0", "locale"]) == 0
