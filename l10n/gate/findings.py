"""The results of the gate: findings with their places, and the report of one catalogue."""

from __future__ import annotations

from array import array
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from l10n.catalogue import Counts
from l10n.gate.wording import Wording
from l10n.model import Severity


class LocatedFinding(NamedTuple):
    """A finding with its place, a tuple since a run may recall tens of thousands.

    ``path`` is the one to show, ``line`` counts from 1.  ``check`` is the id of a check or of one of the
    gate's own rules (``RULES``), ``text`` what it says.  ``context``, ``source`` and ``target`` are those of
    the entry, empty for a finding about the whole file; ``start`` and ``end`` are offsets in the target,
    ``source_start`` and ``source_end`` in the source.  ``reason`` is the one it was silenced with.
    """

    path: str
    line: int
    severity: Severity
    check: str
    text: str | Wording
    locale: str = ""
    release: str = ""
    context: str = ""
    source: str = ""
    target: str = ""
    start: int = 0
    end: int = 0
    source_start: int = 0
    source_end: int = 0
    reason: str = ""

    @property
    def message(self) -> str:
        """What it says, in English unless somebody asked for another language."""
        return self.text if isinstance(self.text, str) else self.text.english


@dataclass(frozen=True, slots=True)
class PairDigests:
    """Digests of a catalogue's sources and targets, for comparing catalogues.

    ``packed`` holds 64-bit numbers in base64, which most runs need not unpack: the digests of the
    sources, as many of the targets, and their lines.
    """

    packed: bytes = b""

    @classmethod
    def of(cls, sources: Iterable[int], targets: Iterable[int], lines: Iterable[int]) -> PairDigests:
        """Pack digests of sources and targets with their lines."""
        return cls(b64encode(array("Q", (*sources, *targets, *lines)).tobytes()))

    def unpacked(self) -> tuple[list[int], list[int], list[int]]:
        """Digests of the sources and the targets, and their lines."""
        numbers = array("Q", b64decode(self.packed)).tolist()
        count = len(numbers) // 3
        return numbers[:count], numbers[count : 2 * count], numbers[2 * count :]


@dataclass(frozen=True, slots=True)
class CatalogueReport:
    """The result of inspecting one catalogue; ``readable`` is False when it could not be parsed at all.

    ``known_pairs`` are digests of the pairs that need not be checked again; see ``l10n.gate.known_pairs``.
    """

    path: str
    locale: str = ""
    release: str = ""
    counts: Counts = field(default_factory=Counts)
    findings: tuple[LocatedFinding, ...] = ()
    readable: bool = True
    source_locale: str = ""
    pair_digests: PairDigests = field(default_factory=PairDigests)
    known_pairs: bytes = b""


RULES = {
    "syntax": "A catalogue that gettext cannot read: a syntax error, a charset that is not the file's, a "
    "byte order mark, or conflict markers left by an unfinished merge.",
    "header": "A header that is missing, names no charset or another than the file's, or names another "
    "language than the file's place, or none there is. Also a field that stands twice and tells programs two "
    "things, and, as a remark, a header marked fuzzy.",
    "duplicate": "An entry that appears twice; gettext would use only one of them.",
    "plural": "An entry with more or fewer plural forms than the header declares, or of which some are "
    "empty, or a plural rule in the header that cannot be read or gives a form that is not there.",
    "format": "A placeholder in an entry that a flag marks as formatted by a program (`c-format`, "
    "`python-format`, `python-brace-format` and others) which is missing, not in the source, or for another "
    "kind of value, or a percent sign that begins none. Also a line break at the beginning or end of only "
    "one of the two texts, a space there that only the source has, and a misspelt flag, which nothing obeys.",
    "stale": "A catalogue that is out of date with its source, or missing.",
    "consistency": "A source that has a different target elsewhere in the same language, or a target "
    "of some length that is used for a different source: a warning within a release, only mentioned "
    "across releases.",
    "spelling": "A word that hunspell does not know: only with `--checks all,spelling`, where hunspell and a "
    "dictionary of the language are installed; names and words of source or glossary are ignored.",
    "language-model": "A target of 60 characters or more that py3langid takes for another language, "
    "where its common small words leave doubt: only with `--checks all,language-model`, where the "
    "extra `languages` is installed; reported as `language`.",
    "silence": "A line `# l10n-ok:` that names an unknown check, or gives no reason.",
    "completeness": "Fewer segments are approved or translated than required.",
    "provenance": "An entry whose text is not the one its provenance line was written for: it was edited "
    "outside Passerelle, and counts as translated at most.",
}
"""The gate's own rules, beside the checks: id and explanation."""

_WARNING_RULES = frozenset(
    {"consistency", "spelling", "language-model", "silence", "provenance"},
)


def rule_severity(name: str) -> Severity:
    """The worst that a rule of the gate reports."""
    return Severity.WARNING if name in _WARNING_RULES else Severity.ERROR


def fingerprints(findings: Iterable[LocatedFinding]) -> list[str]:
    """A unique fingerprint (32 hexadecimal digits) for each finding, unchanged when its line moves."""
    occurrences: Counter[tuple[str, ...]] = Counter()
    digests = []
    for finding in findings:
        source = finding.source
        key = (finding.path, finding.check, finding.context, source, finding.message if source else "")
        occurrences[key] += 1
        text = "\0".join((*key, str(occurrences[key])))
        digests.append(sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32])
    return digests
