"""How a run of text looks: what matters of its properties, and what a translator is told of them."""

from __future__ import annotations

import re
from typing import NamedTuple

from l10n.formats.docx.markup import Sort, attribute, partners, tags

# Language, proofing and tracked history of a run say nothing of its look; on a target they are wrong.
_DROPPED = frozenset({"lang", "noProof", "rPrChange"})
# Twins for complex scripts and the way they run, which the words say; spacing from converters, and what Word
# online names "normal text run".
_NO_MATTER = frozenset({"bCs", "iCs", "szCs", "spacing", "kern", "snapToGrid", "rtl", "cs"})
_NO_STYLES = frozenset(
    {
        "normaltextrun",
        "eop",
        "findhit",
        "spellingerror",
        "contextualspellingandgrammarerror",
        "apple-converted-space",
        "DefaultParagraphFont",
    }
)
# The colour that a run has anyway.
_AUTOMATIC = re.compile(r"<[\w.-]+:color\s[\w.-]+:val=[\"']auto[\"']\s*/>")
# Fonts for scripts that the words of a run are not in.
_OTHER_FONTS = re.compile(
    r"\s[\w.-]+:(?:eastAsia|cs)(?:Theme)?\s*=\s*(?:\"[^\"]*\"|'[^']*')|\s[\w.-]+:cstheme\s*=\s*(?:\"[^\"]*\"|'[^']*')"
)
_HINT = re.compile(r"\s[\w.-]+:hint\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_BARE_FONTS = re.compile(r"<[\w.-]+:rFonts\s*/>")
_OFF = {"0", "false", "off", "none"}
_LABELS = {
    "b": "bold",
    "i": "italic",
    "u": "underline",
    "strike": "struck out",
    "dstrike": "struck out",
    "superscript": "superscript",
    "subscript": "subscript",
    "smallCaps": "small capitals",
    "caps": "capitals",
    "highlight": "highlight",
    "color": "colour",
    "sz": "size",
    "rFonts": "font",
    "rStyle": "style",
}
_STYLES = {
    "strong": "b",
    "strongemphasis": "b",
    "emphasis": "i",
    "intenseemphasis": "i",
    "subtleemphasis": "i",
}
_SHOWN_WHEN_BLANK = frozenset({"u", "highlight", "shd", "bdr", "strike", "dstrike"})


class Look(NamedTuple):
    """A run's properties: ``raw`` as they are written, ``key`` what two runs share that look alike.

    ``traits`` are the names of what is switched on; ``hidden`` text is seen by nobody.
    """

    raw: str = ""
    key: str = ""
    traits: tuple[str, ...] = ()
    hidden: bool = False

    @property
    def on_blanks(self) -> bool:
        """Whether it shows on white space, as underlining does."""
        return not _SHOWN_WHEN_BLANK.isdisjoint(self.traits)


PLAIN = Look()


def look(raw: str, prefix: str, *, western: bool = False) -> Look:
    """The look that ``<w:rPr>…</w:rPr>`` gives; ``prefix`` is the file's for WordprocessingML.

    ``western`` says that no words of the run are in a script whose fonts are named apart.
    """
    look_tags = tags(raw, {prefix: "w"})
    partner = partners(look_tags)
    properties: list[str] = []
    keys: list[str] = []
    traits: list[str] = []
    hidden = False
    index = 1
    while index < len(look_tags) - 1:
        tag = look_tags[index]
        local = tag.name.rpartition(":")[2]
        last = max(partner[index], index)
        piece = raw[tag.start : look_tags[last].end]
        index = last + 1
        if local in _DROPPED or tag.sort is Sort.OTHER:
            continue
        value = attribute(raw, tag, "val") or ""
        if local == "rFonts":
            piece = _HINT.sub("", piece)
            if _BARE_FONTS.fullmatch(piece):
                continue
        properties.append(piece)
        if western and local == "rFonts":
            piece = _OTHER_FONTS.sub("", piece)
        same = _BARE_FONTS.fullmatch(piece) or _AUTOMATIC.fullmatch(piece)
        if local not in _NO_MATTER and not same and not (local == "rStyle" and value in _NO_STYLES):
            keys.append(piece)
            if value not in _OFF:
                traits.append(_trait(local, value))
                hidden = hidden or local in {"vanish", "specVanish"}
    if not properties:
        return PLAIN
    name = raw[1 : look_tags[0].end - 1].split(maxsplit=1)[0]
    return Look(f"<{name}>{''.join(properties)}</{name}>", "".join(sorted(keys)), tuple(traits), hidden)


def _trait(local: str, value: str) -> str:
    if local == "vertAlign":
        return value
    if local == "rStyle":
        return _STYLES.get(value.lower(), local)
    return local


def label(stretch: Look, around: Look) -> str:
    """What sets a stretch apart from the text around it, in English."""
    new = [_LABELS[trait] for trait in _LABELS if trait in stretch.traits and trait not in around.traits]
    if new:
        return " ".join(dict.fromkeys(new[:2]))
    gone = [_LABELS[trait] for trait in _LABELS if trait in around.traits and trait not in stretch.traits]
    return f"not {gone[0]}" if gone else "other look"
