"""Every rule of the linter: what it looks for, why, and what to do."""

from __future__ import annotations

from l10n.errors import UsageError

RULES = {
    "encoding": "A page that is not UTF-8, or a file that begins with a byte order mark.",
    "symlink": "A link in the folder of the site, which leads out of it or is not there for all hosts.",
    "lang-missing": "A page that does not say which language it is in.",
    "lang-tag": "A language tag that is none (BCP 47), or names a language nobody knows.",
    "lang-wrong": "A page whose words are those of another language than it says.",
    "dir": "An element whose direction is not that of its language.",
    "script": "A text in another script than its language is written in, and no lang that says so.",
    "bidi-control": "A character that turns the text around it without being seen.",
    "decomposed": "Letters with their accents apart, which search and fonts handle badly.",
    "leftover": "A code, a placeholder or a piece of template that should not be on a page.",
    "garbled": "Text that was read in a wrong encoding, lost letters, or was escaped twice.",
    "head": "A page without what browsers need to read it: document type, encoding, viewport.",
    "title": "A page without a title, with several, or with an empty description.",
    "heading": "A page without exactly one first heading, or with one that is empty or leaves out a level.",
    "unclosed": "An element that is not closed, or closed where it is not open.",
    "duplicate-id": "Two elements with one id.",
    "id-missing": "A label, a description or a table cell that is for something that is not there.",
    "time": "A date for machines that is none.",
    "alt": "An image without alt text, or with the name of its file as one.",
    "name": "A link, a button, a frame or a field that says nothing to those who do not see it.",
    "aria": "A role or ARIA attribute that is none, asks for another, or hides what has the focus.",
    "form": "A form that sends what readers type unencrypted or nowhere, or a label for no field.",
    "table": "A table that does not say what its rows or columns are.",
    "nesting": "An element where it cannot stand, or that stands twice where it stands once.",
    "empty": "A page with nothing to read on it.",
    "contrast": "A text in a colour that hardly differs from what it stands on.",
    "target": "Something to press that is smaller than a finger finds.",
    "picture": "A picture that is shown in another shape than its own.",
    "control": "A page that cannot be made larger, goes on by itself, or takes over sound or keyboard.",
    "weight": "A page that weighs too much.",
    "json-ld": "Structured data that is broken, incomplete, or says something else than its page.",
    "open-graph": "What networks show of a page is missing, is not there, or is another page's.",
    "link": "A link that leads nowhere, or to a page in another language than it says.",
    "redirect": "A page that leads on to nothing, to itself, or to one that leads on.",
    "mixed": "Something unencrypted on an encrypted page.",
    "elsewhere": "A style, a font or a script that another host gives, which learns who reads.",
    "canonical": "A page without a canonical address, or with another page's.",
    "hreflang": "Alternates that are not there, do not name each other, or are in another language.",
    "sitemap": "A sitemap out of step with the pages.",
    "robots": "A robots.txt that keeps every crawler away, or does not name the sitemap.",
    "lost": "No page for addresses that lead nowhere.",
    "feed": "A feed that is broken, or out of step with the pages.",
    "agreement": "A release that has another title or day in a list, a feed or its data than on its page.",
    "search": "A search index that cannot be read, or finds what is not there or is something else.",
    "file": "A file that is empty, broken, or not what its name says.",
    "file-name": "A file name that some systems or addresses take for another one.",
    "stray": "A hidden file, a backup or a file of those who make the site, published with it.",
    "unsafe": "A script where none belongs, or a key, a password or a place on somebody's machine.",
}
"""Every rule of the linter: id and explanation."""

_REMEDIES = {
    "encoding": "Save the file as UTF-8 without a mark.",
    "symlink": (
        "Hosts copy a link, follow it or leave it out, and one out of the folder shows what nobody "
        "meant to publish. Copy the file."
    ),
    "lang-missing": 'Screen readers, fonts and search engines go by lang. Write <html lang="fr">.',
    "lang-tag": (
        "A tag that nobody knows is as good as none. Write BCP 47: pt-BR, zh-Hant, en-GB (not en_GB, "
        "not en-UK)."
    ),
    "lang-wrong": (
        "A text is read aloud and found in the language that it says. Translate it, or mark the part "
        "with lang."
    ),
    "dir": (
        "Arabic that runs from the left is unreadable. Write dir beside lang; ltr, rtl and auto are "
        "all there is."
    ),
    "script": (
        "A text in another script is mostly one that was not translated. Translate it, or mark the "
        "part with lang."
    ),
    "bidi-control": "These characters can show a text that is another one. Use dir and <bdi> instead.",
    "decomposed": "é can be one character or two; search and fonts expect one. Save the text in NFC.",
    "leftover": (
        "What stands there was meant for a program, or for whoever makes the page. Fill it in or take it out."
    ),
    "garbled": "Ã© was é. Read the source in the encoding in which it was written, and escape it once.",
    "head": (
        "Without them browsers guess: an old mode, another encoding, a page as wide as a desk. Write "
        "all three first."
    ),
    "title": (
        "Search engines, tabs and screen readers begin with it. Give each page one title, and one "
        "description."
    ),
    "heading": "Readers who hear a page jump from heading to heading. Write one h1, and leave out no level.",
    "unclosed": (
        "Browsers guess where it ends, and each page after that guess looks otherwise. Close it where "
        "it was opened."
    ),
    "duplicate-id": (
        "A link, a label or a style finds the first of them only. Give each its own id, without blanks."
    ),
    "id-missing": "What is described by nothing is not described. Write the id that there is.",
    "time": 'Write datetime="2026-09-01", or with a time 2026-09-01T09:00+02:00.',
    "alt": 'Write what the picture says, or alt="" for one that says nothing.',
    "name": "Write words in it, an alt text, or aria-label.",
    "aria": (
        "Screen readers ignore what they do not know, and trust what they do. Most roles are best "
        "left to elements: <button>, <nav>."
    ),
    "form": (
        "Send forms to https: addresses that are there, ask for no password on a page of news, and "
        "tie labels to fields."
    ),
    "table": (
        'Write <th> for the heads of rows or columns, or role="presentation" for a table that is no table.'
    ),
    "nesting": (
        "Browsers move or drop what stands where it cannot. Put it into the element that it belongs to."
    ),
    "empty": (
        "A page without text is mostly one whose translation is missing. Translate it, or do not publish it."
    ),
    "contrast": "WCAG 2.2, 1.4.3: 4.5 to 1, and 3 to 1 for large texts. Take a darker or a lighter colour.",
    "target": "WCAG 2.2, 2.5.8: 24 by 24 pixels, but in a line of text.",
    "picture": (
        "A picture pulled into another shape looks wrong. Write the width and height of its file, or "
        "of its shape."
    ),
    "control": "WCAG 2.2, 1.4.2, 1.4.4, 2.2.1, 2.2.2, 2.4.3: readers decide on size, time, sound and order.",
    "weight": "A heavy page costs readers time and money. Divide it, or make its pictures smaller.",
    "json-ld": (
        "Search engines drop data that is broken, or contradicts its page. Let it say what the page says."
    ),
    "open-graph": (
        "Networks show what they are told. Say each thing once, in whole addresses, as the page says it."
    ),
    "link": "Write the address of something that is there, as it is written.",
    "redirect": "Lead to the page itself, in one step.",
    "mixed": "Browsers block it, or warn of the page. Write https:.",
    "elsewhere": "Keep a copy on the site, or write integrity for a script or style that has to stay there.",
    "canonical": "Search engines leave out a page whose address is another's. Write its own, whole.",
    "hreflang": (
        "Search engines ignore alternates that do not agree. Let all of them name all, themselves and "
        "x-default, by whole addresses."
    ),
    "sitemap": "List every page for search engines, once, by its own address, and no other.",
    "robots": (
        "Crawlers ignore what they do not know, and keep away where they are told. Say which, and "
        "where the sitemap is."
    ),
    "lost": "Write a page 404.html, which hosts show for what is not there.",
    "feed": (
        "Readers of feeds drop what is broken, and show twice what has no lasting id. Follow RFC "
        "4287, JSON Feed or RSS 2.0."
    ),
    "agreement": (
        "A title or a date that is another one somewhere makes readers doubt both. Make all from one source."
    ),
    "search": "Build the index together with the pages.",
    "file": "Browsers do not show it. Make it again.",
    "file-name": "Use small letters, digits and hyphens, each name once.",
    "stray": "Take it out of the folder; keep what is for makers elsewhere.",
    "unsafe": "Take it out, and change a key or password that was published: it is known.",
}


def explain(rule: str) -> str:
    """What a rule looks for, why, and what to do.  UsageError for one that is not there."""
    if rule not in RULES:
        raise UsageError(f"there is no rule {rule!r}", remedy=f"Rules: {', '.join(RULES)}.")
    return f"{rule}: {RULES[rule]}\n\n{_REMEDIES[rule]}"
