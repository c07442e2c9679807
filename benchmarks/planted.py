"""Errors planted in correct pairs: what the checks find by kind and language, and what they say of the rest.

The pairs are `tests/cases/pairs.txt` and `benchmarks/pairs`: the same sentences in several languages, so that
every language is source and target of every other.  What is planted is said in `planters`; a set of sentences
may say itself what to plant into it, in lines that begin with a plus sign:

    +bound | en at least=at most | fr,it ...
    +names | en,fr Mircea Buzatu=Dragomir | ...

A kind is that of `planters.toml`; `names` is a person and another family name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.options import Options
from benchmarks.planters import PLANTERS, Words, general
from l10n import checks
from l10n.checks import CheckContext
from l10n.model import Finding, Severity

_OURS = Path(__file__).parent / "pairs"
_KNOWN = (Path(__file__).parent.parent / "tests" / "cases" / "pairs.txt", _OURS / "developed.txt")
_SETS = (
    ("developed on", _KNOWN),
    ("seen once", (_OURS / "unseen.txt",)),
    ("fresh", (_OURS / "fresh.txt",)),
    ("last", (_OURS / "last.txt",)),
    ("next", (_OURS / "next.txt",)),
    ("newest", (_OURS / "newest.txt",)),
    ("final", (_OURS / "final.txt",)),
    ("latest", (_OURS / "latest.txt",)),
    ("bulletins", (_OURS / "bulletins.txt",)),
    ("newsroom", (_OURS / "newsroom.txt",)),
    ("releases", (_OURS / "releases.txt",)),
    ("wires", (_OURS / "wires.txt",)),
    ("dispatches", (_OURS / "dispatches.txt",)),
    ("briefings", (_OURS / "briefings.txt",)),
    ("campaigns", (_OURS / "campaigns.txt",)),
    ("cables", (_OURS / "cables.txt",)),
    ("gazettes", (_OURS / "gazettes.txt",)),
    ("asia", (_OURS / "asia.txt",)),
    ("circulars", (_OURS / "circulars.txt",)),
    ("notices", (_OURS / "notices.txt",)),
)
_ANYWHERE = ("month", "weekday", "currency", "scale", "unit")


@dataclass(frozen=True, slots=True)
class Row:
    """The same sentence in several languages, and what may be planted into it where it says so itself."""

    texts: dict[str, str]
    own: dict[str, Words]

    def words(self, language: str) -> Words:
        """What may be planted into the sentence of a language."""
        own = self.own.get(language)
        if own is None:
            return general(language)
        return replace(own, changed={**_anywhere(language), **own.changed})


def _anywhere(language: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """The general words that are an error wherever they stand."""
    return {kind: general(language).changed.get(kind, ()) for kind in _ANYWHERE}


def rows(paths: Sequence[Path] = _KNOWN) -> Iterator[Row]:
    """The sets of some tables."""
    for path in paths:
        for block in path.read_text("utf-8").split("\n\n"):
            lines = [line for line in block.splitlines() if line and line[0] != "#"]
            cells = [line.partition(": ") for line in lines if line[0] != "+"]
            if cells:
                texts = {locale: text for locale, _, text in cells}
                yield Row(texts, _own([line[1:] for line in lines if line[0] == "+"]))


def sentences(paths: Sequence[Path] = _KNOWN) -> list[dict[str, str]]:
    """The sets of some tables: locale to sentence."""
    return [row.texts for row in rows(paths)]


def _own(lines: Sequence[str]) -> dict[str, Words]:
    changed: dict[str, dict[str, tuple[tuple[str, str], ...]]] = defaultdict(dict)
    families: dict[str, tuple[str, ...]] = {}
    for line in lines:
        kind, *cells = line.split(" | ")
        for cell in cells:
            languages, _, change = cell.partition(" ")
            word, _, replacement = change.partition("=")
            for language in languages.split(","):
                if kind == "names":
                    given_name, family = word[: -len(_family(word)) - 1], _family(word)
                    families[language] = (family,)
                    changed[language] |= {
                        "name_out": ((word, given_name),),
                        "other_name": ((family, replacement),),
                    }
                else:
                    changed[language][kind] = ((word, replacement),)
    return {
        language: Words(language, kinds, families.get(language, ())) for language, kinds in changed.items()
    }


def _family(name: str) -> str:
    return name.replace("·", " ").rpartition(" ")[2]


def run(options: Options) -> None:
    """Print what the checks say of the pairs they were developed on, then of those they were not, by set."""
    for set_name, paths in _SETS:
        _measured(set_name, paths, quick=options.quick)


def _measured(set_name: str, paths: Sequence[Path], *, quick: bool) -> None:
    """Print false alarms on the untouched pairs, then what was found of each kind."""
    between: dict[tuple[str, str], CheckContext] = {}
    planted: Counter[tuple[str, str]] = Counter()
    caught: Counter[tuple[str, str]] = Counter()
    alarms: Counter[Severity] = Counter()
    total = 0
    for row, source_locale, target_locale in _directions(paths):
        if quick and source_locale != "en":
            continue
        source, target = row.texts[source_locale], row.texts[target_locale]
        locales = between.setdefault(
            (source_locale, target_locale), checks.check_context(source_locale, target_locale)
        )
        before = checks.run_checks(source, target, locales)
        total += 1
        alarms.update({finding.severity for finding in before})
        before_counts = Counter(map(_shape, before))
        for kind, planter in PLANTERS.items():
            wrong = planter(source, target, row.words(target_locale))
            if wrong is None or wrong == target:
                continue
            planted[kind, target_locale] += 1
            after = Counter(map(_shape, checks.run_checks(source, wrong, locales)))
            if after - before_counts:
                caught[kind, target_locale] += 1
    errors, warnings = alarms[Severity.ERROR], alarms[Severity.WARNING]
    print(f"{set_name}: {total} correct pairs, {errors} with an error, {warnings} with a warning")
    _table(planted, caught)


def _directions(paths: Sequence[Path]) -> Iterator[tuple[Row, str, str]]:
    for row in rows(paths):
        for source_locale in row.texts:
            for target_locale in row.texts:
                if source_locale != target_locale:
                    yield row, source_locale, target_locale


def _shape(finding: Finding) -> tuple[str, str] | None:
    return (finding.check, finding.message) if finding.severity is not Severity.INFO else None


def _table(planted: Counter[tuple[str, str]], caught: Counter[tuple[str, str]]) -> None:
    languages = sorted({language for _, language in planted})
    print(f"{'found of planted, in %':29}" + "".join(f"{language:>6}" for language in languages) + "   all")
    for kind in PLANTERS:
        if not any(planted_kind == kind for planted_kind, _ in planted):
            continue
        cells = [_share(caught[kind, language], planted[kind, language]) for language in languages]
        count = sum(planted[kind, language] for language in languages)
        share = _share(sum(caught[kind, language] for language in languages), count)
        print(f"{kind:29}" + "".join(f"{cell:>6}" for cell in cells) + f"{share:>6}  of {count}")
    total_share = _share(sum(caught.values()), sum(planted.values()))
    print(f"{'all kinds':29}" + " " * 6 * len(languages) + f"{total_share:>6}  of {sum(planted.values())}")


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}" if whole else "-"
