"""Post-process the body of a page: visible captions, scrollable tables, isolated phone numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from l10n import phones
from l10n.conventions import load
from l10n.patterns import lazy_pattern

# A picture that stands alone, with a title, as Markdown writes it.
_PICTURE = re.compile(r'<p>(<img src="[^"]*" alt="[^"]*") title="([^"]*)" /></p>')
# What has words in its attributes and no others, and those words.
_PICTURED = re.compile(
    r"""<(?:img|area|input|svg(?=[^<>]*\srole=["']?img\b))(?=[\s/])(?:[^<>"']|"[^"]*"|'[^']*')*>""",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"""\s(?:alt|aria-label|placeholder)\s*=\s*(?:"(?P<words>[^"]*)"|'(?P<said>[^']*)')""", re.IGNORECASE
)
_TABLE = re.compile(r"""<table(?=[\s>])(?P<says>(?:[^<>"']|"[^"]*"|'[^']*')*)>""", re.IGNORECASE)
_ROW = re.compile(r"<tr\b(.*?)(?=</tr|<tr\b|</table|<table|\Z)", re.IGNORECASE | re.DOTALL)
_CELL = re.compile(r"<t[hd]\b", re.IGNORECASE)
_NOT_SCROLLED = re.compile(r"\s(?:tabindex|role)\s*=", re.IGNORECASE)
# From this many columns on, a table may be wider than a phone; that far behind its tag its first row is read.
_WIDE, _NEAR = 3, 6000
_FIRST = re.compile(r"\A(\s*)<p>(.*?)</p>", re.DOTALL)
# What stands between the words of a page: tags, comments, and elements whose inside no reader sees as such.
_RAW = r"(?:script|style|textarea)\b"
_MARKUP = re.compile(
    rf"(<!--(?:(?!-->|<!--).)*+-->|<{_RAW}(?:[^<]|<(?!/?{_RAW}))*+</{_RAW}\s*>"
    r"|<(?:[^<>\"'=]|=\s*+(?:\"[^\"]*+\"|'[^']*+')|=)*+>|<[^<>]*+>)",
    re.DOTALL | re.IGNORECASE,
)
_PREFORMATTED = re.compile(r"(<pre\b(?:(?!</pre).)*+</pre\s*>)", re.DOTALL | re.IGNORECASE)
_CLOSE = frozenset({"zh", "ja"})
_WIDE_ENDS = frozenset("。！？；：，、")
_GAP = re.compile(
    r"(?<=[。！？；：，、])[ \t\r\n]+(?=\S)|(?<=[”’」』）】》…])[ \t\r\n]+(?=[\u3001-\u30ff\u3400-\u9fff“‘])"
)
# Elements of which everything up to their end tag is text (HTML, "Parsing elements that contain only text").
_SWALLOWING = re.compile(
    r"<(?=(?:(title|textarea|style|xmp|iframe|noembed|noframes|script)(?=[\s/>])(?!.*?</\1[\s/>])"
    r"|plaintext[\s/>]))",
    re.IGNORECASE | re.DOTALL,
)
# A link whose words are its address, with or without the scheme.
_BARE_LINK = re.compile(r'<a(?= href="(https?://)([^"]+?)/?"[^>]*>(?:\1)?\2/?</a>)')
# Where an element of HTML would not be shown.
_DRAWING = re.compile(r"</?(?:svg|math|select|title)(?=[\s/>])", re.IGNORECASE)
_BODY = re.compile(r"<body(?=[\s>])[^>]*>", re.IGNORECASE)
_PHONE = lazy_pattern(rf"\+\d(?:[\s()./-]{{0,2}}\d){{5,17}}|{phones.PATTERN}")


def figures(body: str, mark: Callable[[str], tuple[str, str]]) -> str:
    """A body in which a picture that stands alone shows its title as a caption.

    ``mark`` says what surrounds a caption, as HTML, for one that is not in the page's language.
    """
    if ' title="' not in body:
        return body

    def figure(match: re.Match[str]) -> str:
        before, after = mark(match[2])
        return f"<figure>{match[1]} /><figcaption>{before}{match[2]}{after}</figcaption></figure>"

    return _PICTURE.sub(figure, body)


def labelled(body: str, labels: tuple[str, ...], marks: str) -> str:
    """A body in which pictures say which language they are described in, where it is not the page's.

    ``labels`` are the sentences that such a description begins with, as plain text; ``marks`` the attributes.
    """
    if not labels:
        return body

    def label(match: re.Match[str]) -> str:
        tag = match[0]
        found = _LABEL.search(tag)
        if found is None or " lang=" in tag:
            return tag
        words = unescape(found["words"] or found["said"] or "").strip()
        # A drawing has no `dir` (SVG 2, "Text layout").
        says = marks.partition(" ")[0] if tag[1] in "sS" else marks
        return f"{tag[: found.end()]} {says}{tag[found.end() :]}" if words.startswith(labels) else tag

    return _PICTURED.sub(label, body)


def within_reach(body: str) -> str:
    """A body in which a table that may be wider than the page can be scrolled from the keyboard."""

    def reachable(table: re.Match[str]) -> str:
        row = (
            None
            if _NOT_SCROLLED.search(table["says"])
            else _ROW.search(body, table.end(), table.end() + _NEAR)
        )
        wide = row is not None and len(_CELL.findall(row[1])) >= _WIDE
        return f'{table[0][:6]} tabindex="0"{table["says"]}>' if wide else table[0]

    return _TABLE.sub(reachable, body) if "<table" in body else body


def closed_up(text: str, locale: str) -> str:
    """A body, or plain text, without the spaces between sentences where a language has none.

    They come from the source: Chinese and Japanese set the next sentence right behind a full-width sign.
    """
    if locale.partition("-")[0] not in _CLOSE:
        return text
    return "".join(
        part if at % 2 else _without_gaps(part) for at, part in enumerate(_PREFORMATTED.split(text))
    )


def _without_gaps(text: str) -> str:
    pieces, last = _MARKUP.split(text), ""
    for at in range(0, len(pieces), 2):
        piece = pieces[at]
        if words := piece.strip():
            if last in _WIDE_ENDS:
                piece = piece.lstrip()
            if " " in piece or "\n" in piece or "\t" in piece or "\r" in piece:
                piece = _GAP.sub("", piece)
            pieces[at] = piece
            last = words[-1]
    return "".join(pieces)


def may_swallow(text: str) -> bool:
    """Whether a source may hold a tag that ``closed`` is for."""
    return "<!--" in text or _SWALLOWING.search(text) is not None


def closed(body: str) -> str:
    """A body in which no tag of a writer's swallows the rest of the page: one that would is shown as words.

    Markdown takes over tags as they are (CommonMark, "Raw HTML"), also one that is never closed.  A comment
    that is never closed ends with the body.
    """
    shut = _SWALLOWING.sub("&lt;", body)
    return f"{shut}-->" if shut.rfind("<!--") > shut.rfind("-->") else shut


def headed(body: str) -> str:
    """A body whose first paragraph is its first heading, where it begins with one."""
    return _FIRST.sub(r"\1<h1>\2</h1>", body, count=1)


def isolated(body: str, locale: str) -> str:
    """A body in which phone numbers stay in one line, and in order where letters run from the right."""
    if "+" not in body and not phones.without_country(body):
        return body

    def isolate(match: re.Match[str]) -> str:
        return f"{marks}{match[0]}</bdi>" if phones.is_phone(match[0]) else match[0]

    from_right = load(locale).direction == "rtl"
    marks = '<bdi dir="ltr">' if from_right else "<bdi>"
    pieces = _MARKUP.split(body)
    drawn = 0
    for at in range(0, len(pieces), 2):
        tag = pieces[at - 1] if at else ""
        drawn += _DRAWING.match(tag) is not None and (-1 if tag[1] == "/" else 1)
        # A link of ours that calls the number says its direction already, and any is kept in one line.
        if not drawn and not ("tel:" in tag and (' dir="ltr"' in tag or not from_right)):
            pieces[at] = _PHONE().sub(isolate, pieces[at])
    return "".join(pieces)


def isolated_in_page(text: str, locale: str) -> str:
    """A whole page with its phone numbers in order where letters run from the right, else as it is."""
    start = _BODY.search(text)
    if start is None or load(locale).direction != "rtl":
        return text
    return text[: start.end()] + isolated(text[start.end() :], locale)


def bare_links(body: str) -> str:
    """A body in which links that show their address say so: on paper it is not written behind them again."""
    return _BARE_LINK.sub('<a class="bare"', body) if '<a href="http' in body else body
