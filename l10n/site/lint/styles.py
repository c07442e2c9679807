"""What can be wrong in style: what it takes from elsewhere, colours nobody reads, targets nobody hits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.formats.html.tokens import names
from l10n.model import Severity
from l10n.site.lint import focus
from l10n.site.lint.fault import Fault
from l10n.site.lint.reader import ParsedPage, Tag
from l10n.site.lint.site import SiteFiles, joined

_TAKEN = re.compile(
    r"url\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"')]+))\s*\)|@import\s+(?:\"([^\"]*)\"|'([^']*)')",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_STRING = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|url\([^)\"']*\)", re.DOTALL)
_HEX = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_RGB = re.compile(
    r"rgba?\(\s*(\d{1,3})\s*[,\s]\s*(\d{1,3})\s*[,\s]\s*(\d{1,3})\s*(?:[,/]\s*([\d.]+%?)\s*)?\)"
)
_PIXELS = re.compile(r"(\d+(?:\.\d+)?)px")
_NAMED = {
    "black": "000000",
    "white": "ffffff",
    "silver": "c0c0c0",
    "gray": "808080",
    "grey": "808080",
    "lightgray": "d3d3d3",
    "lightgrey": "d3d3d3",
    "darkgray": "a9a9a9",
    "darkgrey": "a9a9a9",
    "gainsboro": "dcdcdc",
    "whitesmoke": "f5f5f5",
    "red": "ff0000",
    "maroon": "800000",
    "yellow": "ffff00",
    "lightyellow": "ffffe0",
    "olive": "808000",
    "lime": "00ff00",
    "green": "008000",
    "aqua": "00ffff",
    "cyan": "00ffff",
    "teal": "008080",
    "blue": "0000ff",
    "navy": "000080",
    "fuchsia": "ff00ff",
    "magenta": "ff00ff",
    "purple": "800080",
    "orange": "ffa500",
    "pink": "ffc0cb",
    "gold": "ffd700",
}
# WCAG 2.2, 1.4.3 and 2.5.8: the least contrast of a text and of a large one, the least side of a target.
_LEAST, _LEAST_LARGE, _SIDE = 4.5, 3.0, 24
# A text without a background of its own stands on white for most, and on that it cannot be read at all.
_UNREADABLE = 2.5
_LARGE = names("h1 h2 h3")
_TARGETS = names("button input select a area summary")
_NO_TARGETS = names("hidden checkbox radio")

Colour = tuple[int, int, int]


def faults(site: SiteFiles, sheet: ParsedPage) -> Iterator[Fault]:
    """What is wrong in the styles that stand on a page."""
    base = site.address(sheet.path)
    for line, text in sheet.styles:
        yield from of_sheet(site, base, text, line)
        yield from _unmarked(site, text, line)
    for tag in sheet.tags:
        if "style" in tag.attributes:
            yield from _taken(site, base, tag.attributes["style"], tag.line)
            yield from _target(tag)
    yield from _contrasts(sheet)


def of_files(site: SiteFiles) -> Iterator[tuple[str, Fault]]:
    """What is wrong in the style sheets of a site, each with its path."""
    for path, data in site.files.items():
        if path.endswith(".css"):
            text = data.decode("utf-8", "replace")
            yield from ((path, fault) for fault in of_sheet(site, site.address(path), text))
            yield from ((path, fault) for fault in _unmarked(site, text))


def _unmarked(site: SiteFiles, text: str, line: int = 1) -> Iterator[Fault]:
    """A mark for the keyboard that is taken away, where no style sheet of the site gives another."""
    bare = _bare(text)
    found = list(focus.faults(bare, line))
    if found and not focus.marked(bare):
        sheets = (data for path, data in site.files.items() if path.endswith(".css"))
        if not any(focus.marked(_bare(data.decode("utf-8", "replace"))) for data in sheets):
            yield from found


def _bare(text: str) -> str:
    """A style sheet without comments, which become as many lines of nothing, so that lines can be told."""
    return _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)


def of_sheet(site: SiteFiles, base: str, text: str, line: int = 1) -> Iterator[Fault]:
    """What is wrong in a style sheet at an address, whose first line is that one."""
    text = _bare(text)
    yield from _taken(site, base, text, line)
    bare = _STRING.sub("", text)
    if bare.count("{") != bare.count("}"):
        yield Fault(
            "file", line, "a rule of the style sheet is not closed, or closed twice", Severity.WARNING
        )


def _taken(site: SiteFiles, base: str, text: str, first: int) -> Iterator[Fault]:
    """What a style takes from elsewhere: it is there, encrypted, and the site's own."""
    if "url(" not in text.lower() and "@import" not in text.lower():
        return
    for match in _TAKEN.finditer(text):
        link = next((group for group in match.groups() if group), "")
        line = first + text.count("\n", 0, match.start())
        if not link or link.startswith(("data:", "#")):
            continue
        address = joined(base, link)
        path = site.path(address)
        if site.url.startswith("https:") and address.startswith("http:"):
            yield Fault("mixed", line, f"{link} is not encrypted, the site is")
        elif path == "":
            yield Fault("link", line, f"{link} leads nowhere")
        elif path is None:
            message = f"{link} is taken from another host, which learns who reads the page"
            yield Fault("elsewhere", line, message, Severity.WARNING)


def _said(tag: Tag) -> dict[str, str]:
    """The declarations of a style attribute."""
    pairs = (declaration.partition(":") for declaration in tag.attributes.get("style", "").split(";"))
    return {name.strip().lower(): value.lower().replace("!important", "").strip() for name, _, value in pairs}


def _colour(value: str) -> Colour | None:
    """An opaque colour, None where it is none, or none that can be told."""
    value = value.strip()
    digits = _NAMED.get(value, "") or (value[1:] if _HEX.fullmatch(value) else "")
    if len(digits) in {3, 4}:
        digits = "".join(2 * digit for digit in digits)
    if len(digits) == 6 or digits[6:] == "ff":
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
    rgb = _RGB.fullmatch(value)
    if rgb and rgb[4] in {None, "1", "1.0", "100%"}:
        return int(rgb[1]), int(rgb[2]), int(rgb[3])
    return None


def _contrast(one: Colour, other: Colour) -> float:
    """The contrast of two colours (WCAG 2.2, "contrast ratio"), from 1 to 21."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    shares = (part / 255 for part in colour)
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrasts(sheet: ParsedPage) -> Iterator[Fault]:
    """Texts in colours of style attributes: both told, or one that no white page shows."""
    told: set[int] = set()
    for words in sheet.words:
        tag = words.inside
        if tag is None or tag.hidden or tag.line in told:
            continue
        around = (tag, *tag.around())
        if not any("style" in one.attributes for one in around):
            continue
        colour, ground, owner = _colours(around)
        if colour is None or owner is None:
            continue
        least = _UNREADABLE if ground is None else _LEAST_LARGE if _is_large(around) else _LEAST
        if (contrast := _contrast(colour, ground or (255, 255, 255))) < least and not _is_light(
            colour, ground
        ):
            told.add(tag.line)
            message = f"a text has a contrast of {contrast:.1f} to what it stands on, and needs {least:.1f}"
            yield Fault("contrast", owner.line, message, Severity.ERROR if ground else Severity.WARNING)


def _colours(around: tuple[Tag, ...]) -> tuple[Colour | None, Colour | None, Tag | None]:
    """The colour of a text, the one below it, and the element that gives it the first."""
    colour = ground = owner = None
    for tag in around:
        said = _said(tag) if "style" in tag.attributes else {}
        if colour is None and "color" in said:
            colour, owner = _colour(said["color"]), tag
            if colour is None:
                break
        below = said.get("background-color") or said.get("background")
        if below is not None:
            ground = _colour(below)
            return (colour, ground, owner) if ground else (None, None, None)
    return colour, ground, owner


def _is_large(around: tuple[Tag, ...]) -> bool:
    return any(tag.name in _LARGE or "font-size" in tag.attributes.get("style", "") for tag in around)


def _is_light(colour: Colour, ground: Colour | None) -> bool:
    """Whether it is nearly white, on something dark that a style sheet puts below it."""
    return ground is None and min(colour) > 0xE8


def _target(tag: Tag) -> Iterator[Fault]:
    """Something to press that its own style makes smaller than a finger finds."""
    if tag.name not in _TARGETS or tag.hidden or tag.attributes.get("type", "").lower() in _NO_TARGETS:
        return
    said = _said(tag)
    sides = [
        float(pixels[1])
        for name in ("width", "height")
        if (pixels := _PIXELS.fullmatch(said.get(name, ""))) is not None
    ]
    # What is in a line of text is as high as the line (2.5.8, "Inline").
    if tag.name == "a" and said.get("display", "inline") == "inline":
        return
    if sides and min(sides) < _SIDE and "padding" not in tag.attributes["style"]:
        message = f"something to press is {min(sides):g} pixels wide or high, and needs {_SIDE}"
        yield Fault("target", tag.line, message, Severity.WARNING)
