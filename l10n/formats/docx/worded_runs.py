"""The runs of a part that have words, by the paragraph they stand in."""

from __future__ import annotations

from typing import NamedTuple

from l10n.formats.docx.atoms import is_placeholder
from l10n.formats.docx.markup import OFF, Sort, Source, attribute


class WordedRun(NamedTuple):
    """A run's tag, its words and where its texts begin."""

    at: int
    words: str
    starts: tuple[int, ...]


def worded_runs(part: Source) -> dict[int, list[WordedRun]]:
    """The runs with words of every paragraph, by its index; those of a box in it are the box's.

    Hidden words and those of an empty form field are no words.
    """
    out: dict[int, list[WordedRun]] = {}
    paragraphs: list[int] = []
    runs: list[int] = []
    unseen = -1
    for index, tag in enumerate(part.tags):
        if tag.name in {"w:p", "w:r"} and tag.sort is not Sort.EMPTY:
            open_ = paragraphs if tag.name == "w:p" else runs
            if tag.sort is Sort.END:
                open_.pop()
                continue
            open_.append(index)
            if tag.name == "w:p":
                out[index] = []
        elif is_placeholder(part, index):
            unseen = max(unseen, part.partner[index])
        elif (
            tag.name == "w:vanish"
            and paragraphs
            and runs
            and runs[-1] > paragraphs[-1]
            and attribute(part.text, tag, "val") not in OFF
        ):
            unseen = max(unseen, part.partner[runs[-1]])
        elif tag.name != "w:t" or tag.sort is not Sort.START or index < unseen:
            continue
        elif paragraphs and runs and runs[-1] > paragraphs[-1]:
            _add(out[paragraphs[-1]], part, runs[-1], index)
    return out


def _add(paragraph_runs: list[WordedRun], part: Source, run: int, index: int) -> None:
    """Add the text at an index to the run it stands in."""
    start = part.tags[index].end
    words = part.text[start : part.tags[part.partner[index]].start]
    before = (
        paragraph_runs.pop() if paragraph_runs and paragraph_runs[-1].at == run else WordedRun(run, "", ())
    )
    paragraph_runs.append(WordedRun(run, before.words + words, (*before.starts, start)))
