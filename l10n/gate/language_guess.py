"""An optional check: targets that py3langid takes for another language, where it is installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from l10n import conventions, disk
from l10n.catalogue import read_survey, silenced
from l10n.checks.pair import plain
from l10n.checks.reading.words import word_list
from l10n.errors import CatalogueError, InputError
from l10n.gate.catalogue_file import CatalogueFile
from l10n.gate.findings import CatalogueReport, LocatedFinding
from l10n.gate.wording import worded
from l10n.model import Severity

ID = "language"
_SHORTEST = 60  # characters; guesses for shorter texts are unreliable
_SHORTEST_DENSE = 25
_DENSE = frozenset({"zh", "ja", "ko"})
_SURE, _UNLIKELY = 0.999, 1e-6
_DOUBT = 8  # where fewer than one word in so many is a small word of the language
# Languages that letter statistics cannot tell apart.
_KIN = (
    frozenset({"no", "nb", "nn", "da"}),
    frozenset({"hr", "sr", "bs"}),
    frozenset({"id", "ms"}),
    frozenset({"zu", "xh"}),
)

Ranked = Callable[[str], Sequence[tuple[str, float]]]


def wrong_language(
    files: Sequence[CatalogueFile], reports: Sequence[CatalogueReport]
) -> list[LocatedFinding]:
    """A warning for each target that is long enough and surely in another language than its own.

    Only targets with few function words of their language are tested, and languages without a list of them.
    Reported once, as an info, when py3langid is not installed.
    """
    readable = [pair for pair in zip(files, reports, strict=True) if pair[1].readable and pair[1].locale]
    if not readable:
        return []
    if find_spec("py3langid") is None:
        text = worded("no language model: py3langid is not installed (pip install 'passerelle[languages]')")
        return [LocatedFinding(readable[0][1].path, 1, Severity.INFO, ID, text)]
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  an extra, two seconds to load

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return [finding for file, report in readable for finding in _of_report(file, report, model.rank)]


def _of_report(file: CatalogueFile, report: CatalogueReport, ranked: Ranked) -> Iterator[LocatedFinding]:
    try:
        survey = read_survey(disk.read(file.path), Path(file.path), rule=file.rule)
    except (InputError, CatalogueError):
        return
    own = report.locale.split("-")[0]
    for message, line in zip(survey.messages, survey.lines, strict=True):
        if message.obsolete or message.fuzzy or ID in silenced(message.comment):
            continue
        for source, target in message.pairs:
            text = plain(target).text
            if not _doubtful(text, own) or not (guess := _other(ranked(text), own)):
                continue
            other, language = (conventions.load(tag).english for tag in (guess, own))
            warning = worded("the target reads as {other}, not {language}", other=other, language=language)
            finding = LocatedFinding(
                report.path, line, Severity.WARNING, ID, warning, report.locale, report.release
            )
            yield finding._replace(context=message.context, source=source, target=target)


def _doubtful(text: str, language: str) -> bool:
    """Whether a text is long enough and has few function words of its language."""
    if len(text) < (_SHORTEST_DENSE if language in _DENSE else _SHORTEST):
        return False
    small = conventions.load(language).function_words
    words = word_list(text)
    return not small or sum(word in small for word in words) * _DOUBT < len(words)


def _other(ranked: Sequence[tuple[str, float]], own: str) -> str:
    """The other language that a text surely is in, "" when that is not sure."""
    likely = dict(ranked)
    best, sure = ranked[0]
    if own not in likely or best == own or any({best, own} <= kin for kin in _KIN):
        return ""
    return best if sure > _SURE and likely[own] < _UNLIKELY else ""
