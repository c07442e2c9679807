"""Findings on the command line in the language of whoever reads them, and in English for programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n.gate import LocatedFinding, judge
from l10n.gate.localised import localised
from l10n.messages import Messages
from l10n.model import Severity
from workflow.cli import main
from workflow.cli.console import user_language

# What somebody's environment says, and the language that findings are in.
ENVIRONMENTS = """
                                               en
LANG=fr_CA.UTF-8                               fr
LANG=es                                        es
LANG=ar_EG.UTF-8@latin                         ar
LANG=sv_SE.UTF-8                               en
LANG=fr_FR LC_MESSAGES=es_ES                   es
LANG=fr_FR LC_ALL=en_GB.UTF-8                  en
LANG=en_GB.UTF-8 LANGUAGE=fr:en                fr
LANG=en_GB.UTF-8 LANGUAGE=sv:es:fr             es
LANGUAGE=fr                                    fr
LANG=C.UTF-8 LANGUAGE=fr                       en
LC_ALL=C LANG=fr_FR.UTF-8 LANGUAGE=fr          en
LC_ALL=POSIX LANGUAGE=ar                       en
"""
# A message, and what becomes of it by the texts below.
TEXTS = {
    "{0} leads nowhere": "{0} ne mène nulle part",
    "{0} leads nowhere without a script": "{0} ne mène nulle part sans script",
    "{0} has no {1}": "pas de {1} dans {0}",
    "an entry": "une entrée",
    "a heading says nothing": "un titre est vide",
    "{0} ({1})": "<{0}> <{1}>",
    "{0} is better called {1}{2}": "mieux vaut dire {1} pour {0}{2}",
}
MESSAGES = """
a heading says nothing             | un titre est vide
/a leads nowhere                   | /a ne mène nulle part
/a leads nowhere without a script  | /a ne mène nulle part sans script
an entry has no title              | pas de title dans une entrée
{x} has no {0}                     | pas de {0} dans {x}
nobody knows this (one)            | nobody knows this (one)
hut is better called shed          | mieux vaut dire shed pour hut
hut is better called shed (a rule) | mieux vaut dire shed pour hut (a rule)
"""


@pytest.mark.parametrize("line", ENVIRONMENTS.strip("\n").splitlines())
def test_the_environment_says_which_language_findings_are_in(line: str) -> None:
    *settings, language = line.split()
    assert user_language(dict(setting.split("=") for setting in settings)) == language


@pytest.mark.parametrize("line", MESSAGES.strip().splitlines())
def test_a_message_is_put_into_another_language_with_its_values(line: str) -> None:
    english, expected = (part.strip() for part in line.split("|"))
    found = (LocatedFinding("a.html", 1, Severity.ERROR, "link", english),)
    verdict = judge((), found, serious=frozenset({Severity.ERROR}), optional=frozenset())
    told = localised(verdict, Messages("fr", TEXTS))
    assert [finding.message for finding in told.findings] == [expected]
    assert told.failing == verdict.failing


CATALOGUE = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: es\\nX-Source-Language: fr\\n"

msgid "Le port compte 1 240 dauphins."
msgstr "El puerto cuenta 1420 delfines."
"""


def test_only_a_person_reads_findings_in_their_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "es.po"
    path.write_text(CATALOGUE, "utf-8")
    baseline = tmp_path / "known"
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("CI", raising=False)
    told: dict[str, dict[str, str]] = {}
    for language in ("en", "fr"):
        monkeypatch.setenv("LANG", f"{language}_FR.UTF-8")
        told[language] = {}
        for form in ("text", "json", "sarif", "junit", "gitlab", "github"):
            main(["check", str(path), "--format", form])
            told[language][form] = capsys.readouterr().out
        main(["check", str(path), "--format", f"text={tmp_path / 'report'}", "--baseline", str(baseline)])
        told[language] |= {"file": (tmp_path / "report").read_text(), "baseline": baseline.read_text()}
    differing = [form for form, text in told["en"].items() if text != told["fr"][form]]
    assert differing == ["text"]
    assert "la source dit 1 240, la cible 1420 [numbers]" in told["fr"]["text"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ["--checks", "nombres", "."],
            "l10n: il n’y a pas de contrôle 'nombres'\n  Contrôles\u00a0: codes, ",
        ),
        (
            ["--min-approved", "es", "."],
            "l10n: --min-approved 'es' n’est pas LANGUE=POURCENTAGE\n  Par exemple",
        ),
        (
            ["--format", "json", "--format", "sarif", "."],
            "l10n: deux formats pour une seule sortie\n  Donnez ",
        ),
        (["vide"], "l10n: vide: il n’y a pas de fichier PO dans ce dossier\n"),
    ],
)
def test_what_is_wrong_with_a_call_is_said_in_the_language(
    options: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "vide").mkdir()
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert main(["check", *options]) == 2
    assert capsys.readouterr().err.startswith(said)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert main(["check", *options]) == 2
    assert "l’" not in capsys.readouterr().err


# What is wrong with a call of any command, and how it is told in French.
REFUSED = [
    (["status", "nothing"], "il n’y a pas de l10n.toml ici ni dans un dossier parent"),
    (["add", "a.xyz"], "il n’y a pas de l10n.toml ici ni dans un dossier parent"),
    (
        ["extract", "a.xyz"],
        "aucun format pour l’extension '.xyz'\n  Extensions connues\N{NO-BREAK SPACE}:",
    ),
    (["extract", "a.md"], "illisible\N{NO-BREAK SPACE}:"),
    (
        ["init", "--locale", "xx"],
        "'xx' n’est pas un code de langue\n  Aucune langue n’est enregistrée sous xx.",
    ),
    (["memory", "serch", "x"], "vouliez-vous dire 'search'\N{NO-BREAK SPACE}?"),
    (["check", "--min-aproved", "es=3"], "vouliez-vous dire --min-approved\N{NO-BREAK SPACE}?"),
    (["merge"], "ces arguments sont nécessaires\N{NO-BREAK SPACE}: SRC, IN.po\n  l10n merge -h l’explique"),
    (["serve", "--port", "x"], "argument --port\N{NO-BREAK SPACE}: un port est un nombre de 0 à 65535"),
]


@pytest.mark.parametrize(("call", "said"), REFUSED)
def test_every_command_refuses_in_the_language_of_who_reads_it(
    call: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.xyz").write_text("A port.", "utf-8")
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    try:
        code = main(call)
    except SystemExit as left:
        code = int(str(left.code))
    assert code == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("x = " + "[" * 5000 + "]" * 5000, "is not TOML: it is nested too deep"),
        ("[project]\nname = 'x'\nx = " + "9" * 5000, "l10n.toml:3:5: is not TOML: the number is too long"),
        (
            "[project]\nnmae = 'x'\n",
            "project.nmae is not a setting here\n  Did you mean name?  Known settings:",
        ),
        ("[project]\nname = 2026-13-01\n", "There is no such day or time"),
        ("\ufeff[project]\nname = 'x'\n", "source_locales names no locale"),
    ],
)
def test_settings_that_cannot_be_read_are_refused_with_a_way_out(
    settings: str,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "l10n.toml").write_text(settings, "utf-8")
    monkeypatch.setenv("LC_ALL", "C")
    assert main(["-C", str(tmp_path), "status"]) == 2
    assert said in capsys.readouterr().err
