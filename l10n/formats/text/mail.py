"""The head of an e-mail that was saved as text: who wrote when to whom is no text, the subject is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from l10n.formats.text.lines import BLANK, RULE, WORDS, Line

# RFC 5322, and what mail programs write in French, Spanish, German, Italian, Portuguese and Russian.
_FIELD = re.compile(r"(?P<name>[^\W\d_][^\W_]*(?:[ -][^\W_]+){0,3}) ?: ")
# fmt: off
_NAMES = frozenset({
    "from", "to", "cc", "bcc", "date", "sent", "subject", "reply-to", "message-id", "mime-version",
    "content-type", "content-transfer-encoding", "return-path", "received", "importance", "de", "à",
    "cci", "objet", "envoyé", "von", "an", "gesendet", "betreff", "datum", "para", "asunto",
    "enviado", "fecha", "assunto", "enviada", "data", "da", "a", "oggetto", "inviato", "от", "кому",
    "тема", "дата", "отправлено",
})
# fmt: on
_SUBJECTS = frozenset({"subject", "objet", "betreff", "asunto", "assunto", "oggetto", "тема"})
_FEWEST = 3


def marked(lines: Sequence[Line]) -> list[Line]:
    """The lines, with the fields of a mail at their start as rules, and what its subject says as words."""
    out = list(lines)
    head = _head(lines)
    if len({name for _, name in head if name}) < _FEWEST or not any(name in _SUBJECTS for _, name in head):
        return out
    for index, name in head:
        line = lines[index]
        found = _FIELD.match(line.content)
        if name in _SUBJECTS and found:
            begun = line.content[: found.end()]
            out[index] = line._replace(before=line.before + begun, content=line.content[found.end() :])
        else:
            out[index] = line._replace(shape=RULE, marker="")
    return out


def _head(lines: Sequence[Line]) -> list[tuple[int, str]]:
    """The lines of fields at the start, each with its field's name; "" for one that goes on."""
    out: list[tuple[int, str]] = []
    for index, line in enumerate(lines):
        if line.shape is BLANK:
            if out:
                break
            continue
        found = _FIELD.match(line.content) if line.shape is WORDS else None
        name = found["name"].casefold() if found else ""
        if name.startswith("x-") or name in _NAMES:
            out.append((index, name))
        elif out and line.indent:
            out.append((index, ""))
        else:
            return []
    return out
