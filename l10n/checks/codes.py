"""Every code of the source stands in the target once, closed where it was opened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from l10n import inline
from l10n.checks.pair import Example, Pair
from l10n.model import Code, Finding, Severity

ID = "codes"
SEVERITY = Severity.ERROR
EXPLANATION = (
    "A code such as <1>…</1> or <2/> stands for a link, bold text, a line break or a locked value. A target "
    "may move codes but must contain each exactly once, of the same kind and properly nested; otherwise the "
    "page cannot be built."
)
BAD = Example("en", "Read <1>the report</1>.", "fr", "Lisez <1>le rapport.")
GOOD = Example("en", "Read <1>the report</1>.", "fr", "Lisez <1>le rapport</1>.")


def run(pair: Pair) -> Iterator[Finding]:
    """One finding for each missing, foreign, doubled or badly nested code."""
    if "<" not in pair.source and "<" not in pair.target:
        return
    codes = inline.codes_of(pair.source)
    if _is_foreign(pair, codes):
        return
    for problem in inline.code_problems(pair.target, codes):
        yield Finding(ID, SEVERITY, problem.template, problem.start, problem.end, values=problem.values)


def _is_foreign(pair: Pair, codes: Sequence[Code]) -> bool:
    """Whether what looks like codes is another notation, such as the ``B<5>`` of manuals, kept as it is."""
    kept = sorted(inline.code_tokens(pair.target)) == sorted(inline.code_tokens(pair.source))
    return kept and bool(inline.code_problems(pair.source, codes))
