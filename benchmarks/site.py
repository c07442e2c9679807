"""How fast the site is built from catalogues, beside Hugo on the same content in the same run."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from benchmarks import texts
from benchmarks.options import Options
from benchmarks.peers import ROOT, machine
from benchmarks.publishing import NOW, publish
from l10n import catalogue, formats, inline, project
from l10n.model import Document, State

LOCALES = ("fr", "en", "es", "ar", "pt", "de", "it", "ru", "zh", "hi")
SIZE = 1500
ROUNDS = 3


def run(options: Options) -> None:
    """Print pages per CPU second for both, then what a change costs us, then the growth."""
    print(machine())
    counts = [50] if options.quick else [500]
    with tempfile.TemporaryDirectory() as folder:
        for number in counts:
            _compare(Path(folder) / str(number), number)
        if not options.quick:
            _grow(Path(folder) / "growth", 5000)


def _compare(folder: Path, number: int) -> None:
    ours, hugo = folder / "ours", folder / "hugo"
    material(ours, hugo, number)
    print(f"{number} releases in {len(LOCALES)} languages")
    jobs: dict[str, Callable[[], tuple[float, float, int]]] = {"ours": partial(_ours, ours, "full")}
    if shutil.which("hugo"):
        jobs["Hugo"] = partial(_hugo, hugo)
    else:
        print("Hugo is not installed")
    measurements: dict[str, list[tuple[float, float, int]]] = {name: [] for name in jobs}
    for _ in range(ROUNDS):
        for name, job in jobs.items():
            measurements[name].append(job())
    rates = {}
    for name, rows in measurements.items():
        seconds = statistics.median(row[0] for row in rows)
        wall = statistics.median(row[1] for row in rows)
        pages = rows[0][2]
        peak = max(_PEAKS[name])
        rates[name] = pages / seconds
        print(
            f"{name:6} {pages} pages, {seconds:.2f} CPU s ({wall:.2f} s wall): "
            f"{rates[name]:.0f} pages/CPU s, {peak:.0f} MB at most"
        )
    if len(rates) == 2:
        print(f"ours is {rates['ours'] / rates['Hugo']:.2f} times Hugo")
    _settle(ours)
    for kind in ("none", "one"):
        seconds, wall, _ = _median([_ours(ours, kind) for _ in range(ROUNDS)])
        print(f"{kind} changed, from the command line: {seconds:.2f} CPU s ({wall:.2f} s wall)")
    print(f"one changed, in a running process: {_inside(ours):.3f} CPU s")


def _grow(folder: Path, number: int) -> None:
    ours = folder / "ours"
    material(ours, None, number)
    seconds, wall, pages = _ours(ours, "full")
    print(
        f"{number} releases: {pages} pages, {seconds:.1f} CPU s ({wall:.1f} s wall): "
        f"{pages / seconds:.0f} pages/CPU s, {max(_PEAKS['ours']):.0f} MB at most"
    )
    for kind in ("none", "one"):
        seconds, wall, _ = _ours(ours, kind)
        print(f"{kind} changed, from the command line: {seconds:.2f} CPU s ({wall:.2f} s wall)")


def _median(rows: list[tuple[float, float, int]]) -> tuple[float, float, int]:
    return sorted(rows)[len(rows) // 2]


# What each process that was measured had resident at most, in MB.
_PEAKS: dict[str, list[float]] = {"ours": [], "Hugo": []}


def _ours(folder: Path, kind: str) -> tuple[float, float, int]:
    """(CPU seconds, wall seconds, pages) of a process that publishes: all anew, or after a change."""
    if kind == "full":
        _set_aside(folder / ".l10n")
        (folder / "public").unlink(missing_ok=True)
    else:
        _age(folder)
    if kind == "one":
        change(folder)
    command = [sys.executable, "-m", "benchmarks.publishing", str(folder)]
    seconds, wall, output = _timed("ours", command, ROOT)
    return seconds, wall, int(output)


def _set_aside(path: Path) -> None:
    """Move a folder away until the end, so that the next build does not follow a deletion.

    Before it makes a file ext4 passes over every inode that was deleted in the last minutes, which costs
    several times what the kernel does otherwise for a site.
    """
    if path.exists():
        path.rename(Path(tempfile.mkdtemp(dir=path.parent.parent)) / path.name)


def _age(folder: Path) -> None:
    """Let the versions be a minute older: those that are off line for long give their folders away."""
    for path in (folder / ".l10n" / "site").glob("*.sha256"):
        stamp = path.stat().st_mtime - 60
        os.utime(path, (stamp, stamp))


def _settle(folder: Path) -> None:
    """Publish as often as versions are kept: from then on the oldest gives its folder away."""
    for _ in range(6):
        _age(folder)
        change(folder)
        publish(folder)


def _hugo(folder: Path) -> tuple[float, float, int]:
    _set_aside(folder / "public")
    seconds, wall, _ = _timed("Hugo", ["hugo", "--quiet", "--noBuildLock"], folder)
    return seconds, wall, sum(1 for _ in (folder / "public").rglob("*.html"))


def _timed(name: str, command: list[str], where: Path) -> tuple[float, float, str]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = os.times().elapsed
    # As it is once installed: with the bytecode that an installer leaves beside its modules.
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "bench-bytecode")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with subprocess.Popen(command, cwd=where, stdout=subprocess.PIPE, text=True, env=environment) as process:
        output = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    wall = os.times().elapsed - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    _PEAKS[name].append(usage.ru_maxrss / 1024)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, wall, output.strip()


def _inside(folder: Path) -> float:
    """CPU seconds of a publication of one changed sentence in a process that has published before."""
    from l10n import site  # noqa: PLC0415 - the same

    loaded = project.load(folder)
    record = site.publish(loaded, site.build(loaded, as_of=NOW)).record
    seconds = []
    for _ in range(ROUNDS + 4):
        _age(folder)
        change(folder)
        before = os.times()
        built = site.build(loaded, as_of=NOW, kept=site.kept(loaded), before=record)
        record = site.publish(loaded, built).record
        after = os.times()
        seconds.append(after.user + after.system - before.user - before.system)
    return statistics.median(seconds)


def change(folder: Path) -> None:
    """Change one approved sentence of the middle release in Spanish."""
    paths = sorted((folder / "locales" / "es" / "LC_MESSAGES").glob("*.po"))
    path = paths[len(paths) // 2]
    stored = catalogue.read(path)
    at = len(stored.entries) // 2
    changed = replace(stored.entries[at], target=f"{stored.entries[at].target} (bis)")
    catalogue.write(replace(stored, entries=(*stored.entries[:at], changed, *stored.entries[at + 1 :])), path)


def material(ours: Path, hugo: Path | None, number: int) -> None:
    """The same releases for both: a source and approved catalogues, and a Markdown file a language."""
    new_project = project.create(ours, name="Archive", source_locale="fr", locales=LOCALES[1:])
    settings = ours / "l10n.toml"
    settings.write_text(settings.read_text("utf-8").replace("[site]", "[site]\nsearch = false"), "utf-8")
    new_project = project.load(ours)
    if hugo is not None:
        _theme(hugo)
    for index in range(number):
        name, date = f"release-{index:05}", NOW.date() - dt.timedelta(days=index % 3600)
        source = texts.markdown("fr", index, SIZE)
        folder = ours / "releases" / name
        folder.mkdir(parents=True)
        (folder / "source.md").write_text(source, "utf-8")
        (folder / "release.toml").write_text(f'date = {date}\nlocale = "fr"\n', "utf-8")
        document = project.document(new_project, project.release(new_project, name))
        for locale in LOCALES:
            targets = _targets(document, locale, index)
            if locale != "fr":
                _catalogue(new_project, document, locale, name, targets)
            if hugo is not None:
                page = hugo / "content" / locale / f"{name}.md"
                page.parent.mkdir(parents=True, exist_ok=True)
                page.write_bytes(_with_date(formats.merge(document, targets), date))


def _targets(document: Document, locale: str, seed: int) -> formats.Targets:
    """Made-up targets of the length of their sources, with their codes."""
    chance = random.Random(f"{locale}-{seed}")  # noqa: S311 - no secret hangs on it
    words = _WORDS.get(locale, "").split()
    if not words:
        return {}
    targets = {}
    for _, segment in document.segments():
        pieces = []
        for token in inline.tokens(segment.source):
            token_words = token.text.split() if token.role is inline.Role.TEXT else [token.text]
            if token.role is inline.Role.TEXT:
                token_words = [chance.choice(words) if word.isalpha() else word for word in token_words]
            pieces.append(_JOINT.get(locale, " ").join(token_words) if token_words else "")
        targets[segment.key] = " ".join(filter(None, pieces)) or segment.source
    return targets


_JOINT = {"zh": ""}
_WORDS = {
    "en": "the harbour of fund that was with its for water opened coast keepers report",
    "es": "el puerto de los fondos que para con sus agua abrió costa guardianes informe",
    "ar": "الميناء من في على التي الصندوق المياه الساحل التقرير مع إلى هذا افتتح",
    "pt": "o porto de os fundos que para com suas água abriu costa guardas relatório",
    "de": "der Hafen von die Mittel das mit ihren für Wasser öffnete Küste Wächter Bericht",
    "it": "il porto di i fondi che per con sue acqua aprì costa guardiani rapporto",
    "ru": "порт из в на который фонд вода берег отчёт с для этот открыл",
    "zh": "港口 基金 水质 海岸 报告 开放 志愿者 今年 的 在 和 组织 宣布",
    "hi": "बंदरगाह का में कोष पानी तट रिपोर्ट के लिए यह ने खोला और",
}


def _catalogue(
    site_project: project.Project, document: Document, locale: str, name: str, targets: formats.Targets
) -> None:
    blank = catalogue.template(document, locale=locale, name="Archive")
    entries = tuple(
        replace(entry, target=targets[entry.key], state=State.REVIEWED, origin="human", actor="t8pn2mzc")
        for entry in blank.entries
    )
    path = project.catalogue_path(site_project, project.release(site_project, name), locale)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.write(replace(blank, entries=entries), path)


def _with_date(page: bytes, date: dt.date) -> bytes:
    """A page whose front matter has the release's date, and its year to be listed under."""
    head, _, rest = page.decode().removeprefix("---\n").partition("\n---\n")
    lines = [line for line in head.split("\n") if not line.startswith("date:")]
    return "\n".join(["---", *lines, f"date: {date}", f'years: ["{date.year}"]', "---", rest]).encode()


def _theme(folder: Path) -> None:
    """Layouts that do what our theme does: alternates, structured data, lists by year, feeds, sitemaps."""
    layouts = folder / "layouts" / "_default"
    layouts.mkdir(parents=True)
    for name, layout in (("baseof", "baseof"), ("single", "single"), ("list", "list"), ("terms", "list")):
        shutil.copyfile(ROOT / "benchmarks" / "hugo" / f"{layout}.html", layouts / f"{name}.html")
    settings = {
        "baseURL": "https://www.example.org/",
        "title": "Archive",
        "defaultContentLanguage": "fr",
        "defaultContentLanguageInSubdir": True,
        "taxonomies": {"year": "years"},
        "rssLimit": 30,
        "markup": {"goldmark": {"renderer": {"unsafe": True}}},
        "languages": {
            locale: {
                "contentDir": f"content/{locale}",
                "languageName": locale,
                "weight": number,
                "languageDirection": "rtl" if locale == "ar" else "ltr",
            }
            for number, locale in enumerate(LOCALES, 1)
        },
    }
    (folder / "config.json").write_text(json.dumps(settings), "utf-8")
