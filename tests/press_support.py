"""A press site in four languages in which every state of a page occurs, for linters and validators."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from l10n import catalogue, project, site
from l10n.model import State
from l10n.site.languages import language
from l10n.site.render import frame_of
from l10n.site.site_frame import Choice
from tests.once import made_once

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
URL = "https://press.example.org/news"
LOCALES = ("en", "ar", "zh")
STATES = (
    "complete",
    "fallback",
    "draft",
    "corrected",
    "retracted",
    "withdrawn",
    "archived",
    "behind",
    "one",
    "wait",
    "noted",
)

SOURCE = """\
# Le port de Sfax compte ses dauphins

Des bénévoles ont compté **1 240 dauphins** dans le golfe en un an, selon [le rapport](https://data.example.org/fr).

> « Nous n'en attendions pas tant ! », dit la directrice du port.

## Les chiffres

| Mois | Dauphins |
|---|---|
| Mars | 310 |

- Le relevé se fait à l'aube.
- Les données sont ouvertes.

![Deux dauphins devant le port](dauphins.svg)
"""
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="240"><path d="M40 200q90-190 280-90t280 60"'
    ' fill="none" stroke="#0a4f78" stroke-width="18"/></svg>\n'
)
SOURCES = (
    "Le port de Sfax compte ses dauphins",
    "Des bénévoles ont compté <1>1 240 dauphins</1> dans le golfe en un an, selon <2>le rapport</2>.",
    "« Nous n'en attendions pas tant ! », dit la directrice du port.",
    "Les chiffres",
    "Mois",
    "Dauphins",
    "Mars",
    "310",
    "Le relevé se fait à l'aube.",
    "Les données sont ouvertes.",
    "Deux dauphins devant le port",
)
TARGETS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "The port of Sfax counts its dolphins",
        "Volunteers counted <1>1,240 dolphins</1> in the gulf within a year, says <2>the report</2>.",
        '"We did not expect that many!", said the director of the port.',
        "The figures",
        "Month",
        "Dolphins",
        "March",
        "310",
        "The survey is done at dawn.",
        "The data are open.",
        "Two dolphins in front of the port",
    ),
    "ar": (
        "ميناء صفاقس يحصي دلافينه",
        "أحصى متطوعون <1>1240 دلفينًا</1> في الخليج خلال عام، وفق <2>التقرير</2>.",
        "«لم نكن نتوقع هذا العدد!»، كما قالت مديرة الميناء.",
        "الأرقام",
        "الشهر",
        "الدلافين",
        "مارس",
        "310",
        "يجري الرصد عند الفجر.",
        "البيانات مفتوحة.",
        "دلفينان أمام الميناء",
    ),
    "zh": (
        "斯法克斯港统计海豚数量",
        "据<2>报告</2>，志愿者一年内在海湾统计到<1>1240只海豚</1>。",
        "港口负责人说：“我们没想到会有这么多！”",
        "数据",
        "月份",
        "海豚",
        "三月",
        "310",
        "调查在黎明时进行。",
        "数据是公开的。",
        "港口前的两只海豚",
    ),
}
OWN = """\
<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Le port de Sfax compte ses dauphins</title>
<link rel="canonical" href="https://press.example.org/news/old/own.html">
<meta name="description" content="Les données sont ouvertes.">
<style>body { margin: 1rem; font: 1.1rem/1.6 sans-serif } a { color: #00457a }</style>
</head>
<body>
<header><p><a href="../complete/">Le relevé se fait à l'aube.</a></p></header>
<main>
<h1>Le port de Sfax compte ses dauphins</h1>
<p>Les données sont ouvertes.</p>
<h2>Les chiffres</h2>
<p><a href="https://press.example.org/news/fr/complete/">Le relevé se fait à l'aube.</a></p>
</main>
</body>
</html>
"""
ABOUT = "Le port de Sfax est un port."
_NOTES = {"~": "partly", "?": "draft"}
_EVENTS = ("corrected", "retracted", "withdrawn", "archived")
_TOLD = (
    'text = { fr = "Le total est de 1 240 : pas 1 420.", en = "1,240, not 1,420.",'
    ' ar = "العدد 1240 لا 1420.", zh = "应为1240，而非1420。" }'
)


def on_line(press: project.Project) -> dict[str, bytes]:
    """The files that readers have, by path."""
    public = press.public.resolve()
    return {
        path.relative_to(public).as_posix(): path.read_bytes() for path in public.rglob("*") if path.is_file()
    }


def every_state(root: Path) -> project.Project:
    """The project, published once, with a release for each state."""
    found = in_states(root, STATES)
    behind = root / "releases" / "behind"
    source = behind / "source.md"
    source.write_text(source.read_text("utf-8").replace("1 240", "1 250"), "utf-8")
    _add(behind, _event("corrected"))
    for locale in LOCALES:
        release = project.release(found, "behind")
        path = project.catalogue_path(found, release, locale)
        catalogue.write(
            catalogue.update(catalogue.read(path), project.document(found, release, locale)), path
        )
    return found


def copied(factory: pytest.TempPathFactory, root: Path) -> project.Project:
    """The project of every state in a folder; it is made once for all workers of a run."""
    shutil.copytree(made_once(factory, "every-state", every_state), root, symlinks=True)
    return project.load(root)


def copied_with_record(factory: pytest.TempPathFactory, root: Path) -> project.Project:
    """The same, published once more, with the record of what is on line.

    Pictures that were copied are others to the record, so that pages showing them are made again.
    """

    def make(folder: Path) -> None:
        found = copied(factory, folder)
        site.publish(found, site.build_incremental(found, as_of=NOW))

    shutil.copytree(made_once(factory, "every-state-with-record", make), root, symlinks=True)
    return project.load(root)


def in_states(root: Path, states: Collection[str]) -> project.Project:
    """As ``every_state``, with a release for some of the states only, of the same dates."""
    project.create(root, name="Port de Sfax", source_locale="fr", locales=LOCALES)
    settings = root / "l10n.toml"
    text = settings.read_text("utf-8").replace("https://www.example.org", URL)
    named = '\n[site.topics.sea]\nfr = "Mer"\nen = "Sea"\nar = "البحر"\nzh = "海洋"\n'
    settings.write_text(text.replace("[site]", "[site]\nhistory = true\ncredits = true") + named, "utf-8")
    found = project.load(root)
    for number, state in enumerate(STATES):
        if state in states:
            _release(found, state, dt.date(2026 - number % 2, 9, 1 + number))
    _own(found)
    _block(found)
    site.publish(found, site.build(found, as_of=NOW))
    return found


def _own(found: project.Project) -> None:
    """A page that is published as it is."""
    folder = found.root / "releases" / "own"
    folder.mkdir()
    (folder / "source.html").write_text(OWN, "utf-8")
    plan = 'date = 2026-08-20\nlocale = "fr"\nlocales = ["en", "ar", "zh"]\npage = "own"\n'
    (folder / "release.toml").write_text(plan, "utf-8")
    for locale in LOCALES:
        _approved(found, project.release(found, "own"), locale)


def _approved(found: project.Project, release: project.Release, locale: str) -> None:
    said = dict(zip(SOURCES, TARGETS[locale], strict=True))
    blank = catalogue.template(project.document(found, release, locale), locale=locale, name="Sfax")
    entries = tuple(
        replace(entry, target=said[entry.source], state=State.REVIEWED, origin="human")
        for entry in blank.entries
    )
    catalogue.write(replace(blank, entries=entries), project.catalogue_path(found, release, locale))


def _block(found: project.Project) -> None:
    """A text at the foot of every release, in two of the languages."""
    folder = found.root / "releases" / "about"
    folder.mkdir()
    (folder / "source.txt").write_text(f"À propos du port\n\n{ABOUT}\n", "utf-8")
    plan = 'kind = "block"\ndate = 2026-01-01\nlocale = "fr"\nlocales = ["en"]\nexpires = 2027-01-31\n'
    (folder / "release.toml").write_text(plan, "utf-8")
    release = project.release(found, "about")
    blank = catalogue.template(project.document(found, release), locale="en", name="Sfax")
    said = ("About the port", "The port of Sfax is a port.")
    entries = tuple(
        replace(entry, target=text, state=State.REVIEWED, origin="human")
        for entry, text in zip(blank.entries, said, strict=True)
    )
    catalogue.write(replace(blank, entries=entries), project.catalogue_path(found, release, "en"))


def built(found: project.Project) -> site.BuiltSite:
    """Its site, with what was published before."""
    return site.build(found, as_of=NOW, kept=site.kept(found))


def _release(found: project.Project, state: str, date: dt.date) -> None:
    folder = found.root / "releases" / state
    folder.mkdir(parents=True)
    (folder / "source.md").write_text(SOURCE, "utf-8")
    (folder / "dauphins.svg").write_text(PICTURE, "utf-8")
    partial = state if state in {"draft", "wait"} else "fallback"
    plan = f'date = {date}\nlocale = "fr"\npartial = "{partial}"\n'
    if state == "complete":
        for locale in LOCALES:
            plan += f'[credits.{locale}]\ntranslated = ["Ana Ruiz"]\nreviewed = ["مريم", "Luis Gil"]\n'
    if state == "one":
        plan += 'topics = ["sea"]\n[slugs]\nzh = "海豚"\n[former]\nzh = ["dauphins"]\n'
    (folder / "release.toml").write_text(plan, "utf-8")
    if state in _EVENTS:
        _add(folder, _event(state))
    if state == "noted":
        _add(folder, _event("corrected", f'text = {{ fr = "{SOURCES[9]}" }}'))
    if state == "one":
        _add(folder, _event("withdrawn", 'locales = ["ar"]'))
    release = project.release(found, state)
    for locale in LOCALES:
        said = dict(zip(SOURCES, TARGETS[locale], strict=True))
        read = catalogue.template(project.document(found, release, locale), locale=locale, name="Sfax")
        entries = [
            replace(entry, target=said[entry.source], state=State.REVIEWED, origin="human")
            for entry in read.entries
        ]
        if state in {"fallback", "draft", "wait"}:
            entries[1] = replace(entries[1], state=State.TRANSLATED, origin="mt:apertium", fuzzy=True)
        path = project.catalogue_path(found, release, locale)
        catalogue.write(replace(read, entries=tuple(entries)), path)


def _event(what: str, more: str = _TOLD) -> str:
    return f'\n[[history]]\nwhat = "{what}"\nat = 2026-10-02T09:00:00+02:00\n{more}\n'


def _add(folder: Path, text: str) -> None:
    plan = folder / "release.toml"
    plan.write_text(plan.read_text("utf-8") + text, "utf-8")


def switcher_page(root: Path, choices: list[str]) -> bytes:
    """A page with a switcher: ``*`` marks its own language, ``~ ? -`` how much others have of it."""
    locales = [re.sub("[*~?-]", "", each) for each in choices]
    found = project.create(root, name="Presse", source_locale="fr", locales=tuple(locales))
    frame = frame_of(found, tuple(locales))
    return frame.render(
        "404.html",
        "fr",
        root="/",
        path="",
        home="/",
        alternates=(),
        siblings=(),
        lines=(),
        choices=[
            Choice(language(locale), "" if "-" in each else "a/", "*" in each, _NOTES.get(each[-1], ""))
            for locale, each in zip(locales, choices, strict=True)
        ],
    )
