"""A segment decided twice keeps both texts: the other one stands in comment lines until a person chooses.

    # l10n-other: reviewed human 7k2mq9xa
    # l10n-other: "Una oración aquí, que es bastante larga y por "
    # l10n-other: "eso sigue en otra línea."

The first line says how far the other text had come, as the provenance line does ("fuzzy" at its
end when it was); the text follows in JSON strings.  No line is wider than 70 columns, so that no
gettext tool wraps it, and to all of them it is a translator's comment like any other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from l10n.display_width import is_wide
from l10n.model import Entry

PREFIX = "l10n-other:"
_HEAD = re.compile(
    r"(?P<state>initial|translated|reviewed|final) (?P<origin>\S{1,24}) (?P<actor>\S{1,12})(?P<fuzzy> fuzzy)?"
)
_WORD = re.compile(r"[^ ]{1,24} *+| ++")
_WIDE = re.compile("[\u0080-\u009f\u2028\u2029\ud800-\udfff]")
_NOBODY = "-"
_WIDTH = 70 - len(f'# {PREFIX} ""')


@dataclass(frozen=True, slots=True, order=True)
class ConflictingText:
    """A text that was decided for a segment on another branch; the words of its provenance line."""

    target: str
    state: str
    origin: str
    actor: str
    fuzzy: bool = False


def conflicting_text_of(entry: Entry) -> ConflictingText:
    """What an entry says, as the other text of a question."""
    return ConflictingText(
        entry.target, str(entry.state), _word(entry.origin, 24), _word(entry.actor, 12), fuzzy=entry.fuzzy
    )


def split_comment(comment: str) -> tuple[str, frozenset[ConflictingText]]:
    """(what people wrote, the other texts) of a translator's comment."""
    if PREFIX not in comment:
        return comment, frozenset()
    kept_lines: list[str] = []
    blocks: list[tuple[re.Match[str], list[str]]] = []
    for line in comment.split("\n"):
        line_text = line.strip().removeprefix(PREFIX).strip() if line.strip().startswith(PREFIX) else ""
        if head := _HEAD.fullmatch(line_text):
            blocks.append((head, []))
        elif blocks and (text := _text(line_text)) is not None:
            blocks[-1][1].append(text)
        else:
            kept_lines.append(line)
    return "\n".join(kept_lines), frozenset(_conflicting_text(head, texts) for head, texts in blocks)


def join_comment(comment: str, others: Iterable[ConflictingText]) -> str:
    """A translator's comment with other texts below it."""
    lines = [comment] if comment else []
    for other in sorted(others):
        fuzzy = " fuzzy" if other.fuzzy else ""
        lines.append(f"{PREFIX} {other.state} {other.origin or _NOBODY} {other.actor or _NOBODY}{fuzzy}")
        lines += [f'{PREFIX} "{part}"' for part in _parts(other.target)]
    return "\n".join(lines)


def conflicting_texts(comment: str) -> frozenset[ConflictingText]:
    """The other texts that a translator's comment holds."""
    return split_comment(comment)[1]


def without_conflicts(comment: str) -> str:
    """A translator's comment once a person has chosen."""
    return split_comment(comment)[0]


def _conflicting_text(head: re.Match[str], texts: Iterable[str]) -> ConflictingText:
    origin, actor = ("" if head[name] == _NOBODY else head[name] for name in ("origin", "actor"))
    return ConflictingText("".join(texts), head["state"], origin, actor, fuzzy=bool(head["fuzzy"]))


def _word(text: str, most: int) -> str:
    return re.sub(r"\s", "", text)[:most]


def _text(line: str) -> str | None:
    if not line.startswith('"'):
        return None
    try:
        text = json.loads(line)
    except ValueError:
        return None
    return text if isinstance(text, str) else None


def _parts(text: str) -> Iterator[str]:
    """A text in pieces that fit into a line, escaped, cut after spaces where there are any."""
    line, width = "", 0
    for word in _WORD.findall(text):
        for piece in _pieces(word):
            wide = _width(piece)
            if line and width + wide > _WIDTH:
                yield line
                line, width = "", 0
            line, width = line + piece, width + wide
    if line:
        yield line


def _pieces(word: str) -> Iterator[str]:
    """A word, escaped, in one piece when it fits into a line and letter by letter when it does not."""
    escaped = _escaped(word)
    if _width(escaped) <= _WIDTH:
        yield escaped
    else:
        yield from map(_escaped, word)


def _escaped(text: str) -> str:
    return _WIDE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False)[1:-1])


def _width(text: str) -> int:
    """The most columns that a tool counts for a text: some take characters, some see that they are wide."""
    return len(text) + sum(map(is_wide, text))
