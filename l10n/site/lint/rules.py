"""Every rule of the linter: what it looks for, why, and what to do."""

from __future__ import annotations

from collections.abc import Callable

from l10n.errors import UsageError

RULES = {
    "encoding": "A page that is not UTF-8, or a file that begins with a byte order mark.",
    "symlink": "A symbolic link in the folder of the site, which may lead out of it or fail on some hosts.",
    "lang-missing": "A page that does not declare its language.",
    "lang-tag": "A language tag that is malformed (BCP 47), or names an unknown language.",
    "lang-wrong": "A page whose words are in another language than the one it declares.",
    "dir": "An element whose text direction does not match its language.",
    "script": "A text in a script its language is not written in, without a lang that says so.",
    "bidi-control": "An invisible character that changes the direction of the text around it.",
    "decomposed": "Letters stored separately from their accents, which search and fonts handle badly.",
    "leftover": "A code, a placeholder or a piece of template that should not be on a page.",
    "garbled": "Text that was decoded wrongly, lost characters, or was escaped twice.",
    "head": "A page without what browsers need to read it: document type, encoding, viewport.",
    "title": "A page without a title, with several, or with an empty description.",
    "heading": "A page without exactly one h1, or with a heading that is empty or skips a level.",
    "unclosed": "An element that is never closed, or closed without being open.",
    "duplicate-id": "Two elements with the same id.",
    "id-missing": "A label, a description or a table cell that refers to an id that does not exist.",
    "time": "A machine-readable date that is invalid.",
    "alt": "An image without alt text, or with its file name as alt text.",
    "captions": "A film without captions in the language of its page.",
    "name": "A link, a button, a frame or a field without a name for screen readers.",
    "aria": "A role or ARIA attribute that is unknown, needs another, or hides something focusable.",
    "form": "A form that sends its data unencrypted or nowhere, or a label without a field.",
    "table": "A table without row or column headers.",
    "nesting": "An element where it is not allowed, or repeated where only one is allowed.",
    "empty": "A page with nothing to read on it.",
    "contrast": "A text with too little contrast with its background.",
    "target": "A control that is too small for a finger.",
    "picture": "A picture that is stretched or squeezed.",
    "control": "A page that blocks zooming, moves on by itself, plays sound, or takes over the keyboard.",
    "weight": "A page that takes too much data to load.",
    "json-ld": "Structured data that is broken, incomplete, or contradicts its page.",
    "open-graph": "What social networks show of a page is missing, broken, or another page's.",
    "link": "A link that is broken, or leads to a page in another language than it says.",
    "redirect": "A redirect to nothing, to itself, or to another redirect.",
    "mixed": "Unencrypted content on an encrypted page.",
    "elsewhere": "A style, a font or a script from another host, which learns who the readers are.",
    "canonical": "A page without a canonical address, or with another page's.",
    "hreflang": "Alternates that are missing, do not link to each other, or are in another language.",
    "sitemap": "A sitemap that does not match the pages.",
    "robots": "A robots.txt that keeps every crawler away, or does not name the sitemap.",
    "lost": "No page for addresses that do not exist (404).",
    "feed": "A feed that is broken, or does not match the pages.",
    "agreement": "A release whose title or date in a list, a feed or its data differs from its page.",
    "search": "A search index that cannot be read, or whose results are missing or wrong.",
    "file": "A file that is empty, broken, or not what its name says.",
    "file-name": "A file name that some systems or web addresses confuse with another.",
    "stray": "A hidden file, a backup or a working file that was published with the site.",
    "unsafe": "A script where none belongs, or a published key, password or path of somebody's machine.",
}
"""Every rule of the linter: id and explanation."""

_REMEDIES = {
    "encoding": "Save the file as UTF-8 without a byte order mark.",
    "symlink": (
        "Hosts copy a link, follow it or ignore it, and one that leads out of the folder may publish what "
        "nobody meant to. Copy the file."
    ),
    "lang-missing": 'Screen readers, fonts and search engines rely on lang. Write <html lang="fr">.',
    "lang-tag": (
        "An unknown tag is as good as none. Write BCP 47: pt-BR, zh-Hant, en-GB (not en_GB, not en-UK)."
    ),
    "lang-wrong": (
        "Screen readers and search engines go by the language declared. Translate the text, or mark the part "
        "with lang."
    ),
    "dir": (
        "Arabic that runs from the left is unreadable. Write dir beside lang; it can be ltr, rtl or auto."
    ),
    "script": (
        "A text in another script has usually not been translated. Translate it, or mark the part with lang."
    ),
    "bidi-control": "These characters can make a text look like another one. Use dir and <bdi> instead.",
    "decomposed": "é can be one character or two; search and fonts expect one. Save the text in NFC.",
    "leftover": ("It was meant for a program, or for whoever makes the page. Fill it in or remove it."),
    "garbled": "Ã© was é. Read the source in the encoding in which it was written, and escape it once.",
    "head": (
        "Without them browsers fall back to quirks mode, another encoding, and the width of a desktop. "
        "Put all three at the top."
    ),
    "title": (
        "Search engines, tabs and screen readers begin with it. Give each page one title, and one "
        "description."
    ),
    "heading": "People who use screen readers jump from heading to heading. Write one h1, and skip no level.",
    "unclosed": (
        "Browsers guess where it ends, and may each guess differently. Close it inside the element where "
        "it was opened."
    ),
    "duplicate-id": ("Links and labels find only the first of them. Give each its own id, without spaces."),
    "id-missing": "A reference to a missing id does nothing. Write the id of an element on the page.",
    "time": 'Write datetime="2026-09-01", or with a time 2026-09-01T09:00+02:00.',
    "alt": 'Describe what the picture shows, or write alt="" for a decorative one.',
    "captions": (
        "WCAG 2.2, 1.2.2: readers who do not hear a film read what is said. Add a track of captions in "
        "their language, or mute a film without sound."
    ),
    "name": "Give it words, an alt text, or an aria-label.",
    "aria": (
        "Screen readers ignore what they do not know, and trust what they do. Most roles are best "
        "left to elements: <button>, <nav>."
    ),
    "form": (
        "Send forms to https: addresses that exist, ask for no password on a news page, and "
        "tie labels to fields."
    ),
    "table": (
        'Write <th> for row or column headers, or role="presentation" for a table used only for layout.'
    ),
    "nesting": (
        "Browsers move or drop elements that are not allowed there. Put it into the element it belongs in."
    ),
    "empty": ("A page without text usually lacks its translation. Translate it, or do not publish it."),
    "contrast": "WCAG 2.2, 1.4.3: 4.5 to 1, and 3 to 1 for large text. Use a darker or a lighter colour.",
    "target": "WCAG 2.2, 2.5.8: at least 24 by 24 pixels, except within a line of text.",
    "picture": (
        "A distorted picture looks wrong. Write the width and height of its file, or others in the same "
        "proportion."
    ),
    "control": "WCAG 2.2, 1.4.2, 1.4.4, 2.2.1, 2.2.2, 2.4.3: let readers control size, time, sound, order.",
    "weight": "A heavy page costs readers time and money. Split it, or make its pictures smaller.",
    "json-ld": (
        "Search engines drop data that is broken or contradicts its page. Make it say what the page says."
    ),
    "open-graph": (
        "Social networks show what they are told. Say each thing once, as the page does, with full URLs."
    ),
    "link": "Link to an address that exists, spelled exactly as it is.",
    "redirect": "Redirect to the final page in one step.",
    "mixed": "Browsers block it, or warn readers. Use https:.",
    "elsewhere": "Keep a copy on the site, or add integrity to scripts and styles that must stay elsewhere.",
    "canonical": "Search engines skip a page whose canonical address is another's. Write its own full URL.",
    "hreflang": (
        "Search engines ignore alternates that disagree. Make each page list every one, itself and "
        "x-default, by full URL."
    ),
    "sitemap": "List every page meant for search engines once, by its own address, and nothing else.",
    "robots": (
        "Crawlers ignore lines they do not know, and stay away where they are told to. Name the crawlers "
        "you mean, and the sitemap."
    ),
    "lost": "Add a page 404.html, which hosts show for addresses that do not exist.",
    "feed": (
        "Feed readers drop broken entries, and repeat those without a permanent id. Follow RFC "
        "4287, JSON Feed or RSS 2.0."
    ),
    "agreement": (
        "A title or date that differs somewhere makes readers doubt both. Make them all from one source."
    ),
    "search": "Build the index together with the pages.",
    "file": "Browsers cannot show it. Create the file again.",
    "file-name": "Use lower-case letters, digits and hyphens, and each name once.",
    "stray": "Remove it from the folder; keep working files elsewhere.",
    "unsafe": "Remove it, and replace any key or password that was published: it is no longer secret.",
}


def explain(rule: str, translated: Callable[[str], str] = str) -> str:
    """What a rule looks for, why, and what to do; ``translated`` is a catalogue's ``gettext``.

    Raises UsageError for a rule that is not there.
    """
    if rule not in RULES:
        raise UsageError(f"there is no rule {rule!r}", remedy=f"Rules: {', '.join(RULES)}.")
    return f"{describe(rule, translated)}\n\n{translated(_REMEDIES[rule])}"


def describe(rule: str, translated: Callable[[str], str] = str) -> str:
    """What a rule looks for, behind its id."""
    return translated("{rule}: {explanation}").format(rule=rule, explanation=translated(RULES[rule]))
