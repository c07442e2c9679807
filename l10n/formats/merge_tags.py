"""What mailing systems and WordPress put their own words for: merge tags and shortcodes in a text.

The tags are those of Mailchimp (``*|FNAME|*``), Marketing Cloud (``%%name%%``, ``%%=…=%%``, ``%%[…]%%``),
Mailjet and GetResponse (``[[var:name]]``, ``[[firstname]]``), SendGrid (``[%name%]``), Campaign Monitor
(``[firstname,fallback=friend]``), ActiveCampaign (``%FIRSTNAME%``), Mailgun (``%recipient.name%``),
MailerLite (``{$name}``), Salesforce (``{!Contact.Name}``) and of templates of FreeMarker, JSP and AEM
(``${user.name @ context='html'}``), Blade (``{!! $name !!}``) and Template Toolkit (``[% name %]``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.inline import LONE, VALUE, Run, text_run
from l10n.patterns import lazy_pattern

# With a given value, closed further on, or of two words: no prose has such a thing between brackets.
_GIVEN = r"(?:\s{1,4}+[\w-]{1,40}+=(?:\"[^\"\[\]]{0,400}+\"|'[^'\[\]]{0,400}+'|[^\s\"'\[\]]{1,200}+)){1,20}+"
SHORTCODE = (
    rf"\[[a-z][\w-]{{0,40}}+{_GIVEN}\s{{0,4}}/?\]|\[/[a-z][\w-]{{0,40}}\]|\[[a-z]+_[a-z_]{{1,40}}\]"
    r"|\[(?P<shortcode>[a-z][\w-]{0,40}+)\](?=[^\[\]]{0,400}+\[/(?P=shortcode)\])"
)
SHOWN = (
    r"\*\|[^|*\r\n]{1,200}\|\*"
    r"|%%=[^\r\n%]{1,400}=%%|%%[A-Za-z_][\w .-]{0,60}%%"
    r"|\[\[(?:(?:var|data):[^\[\]\r\n]{1,200}|[A-Z][A-Z0-9_]{2,40}|[a-z_]{4,30})\]\]|\[%[\w.-]{1,60}%\]"
    r"|\[[A-Za-z][\w ]{0,40},\s?fallback=[^\[\]\r\n]{0,200}\]"
    r"|(?<![\w%])%(?:[A-Z][A-Z0-9_-]{2,40}|recipient\.[\w.-]{1,60}|(?:unsubscribe|mailing_list)\w{0,30})%(?!\w)"
    r"|\{[$!][A-Za-z][\w.$|:-]{0,80}\}|\{!![^{}\r\n]{1,200}!!\}|\$\{[A-Za-z][^{}<>\r\n]{0,200}\}"
    r"|\[%[+-]?\s[^\[\]%\r\n]{1,200}\s[+-]?%\]"
)
PATTERN = rf"{SHOWN}|%%\[[^\[\]]{{0,2000}}\]%%|{SHORTCODE}"
BEGINS = r"*%\[$"
"""What tags begin with that no template expression does, as a class of characters has it."""
MAY_BEGIN = (
    r"(?<=\*)\||(?<=%)(?:[%=]|[A-Z]{3}|recipient|unsubscribe|mailing)|(?<=\$)\{"
    r"|(?<=\[)(?:[a-z][\w-]*+[\]\s,]|[A-Z][\w ]*+,\s?fallback|/[a-z]|[%\[])"
)
"""What stands behind it then."""

_BEGINNING = re.compile(rf"[{BEGINS}](?:{MAY_BEGIN})|\{{[$!]")
_TAG = lazy_pattern(PATTERN)
_CHOOSES = re.compile(r"\*\|(?:IF|ELSE|END|INTERESTED|REPEAT|HIDE)|%%\[|\[/?[a-z][\w-]*+(?!\]\]|,)")


def run(raw: str) -> Run:
    """A tag as a run: a value where it shows something, otherwise lone markup."""
    if _CHOOSES.match(raw):
        return Run(raw, "", LONE, "expression", "merge tag")
    return Run(raw, raw, VALUE, "expression", "merge tag")


def may_be_in(text: str) -> bool:
    """Whether a text may hold tags: a quick look."""
    rare = "[" in text or "%" in text or "{" in text or "*|" in text
    return rare and _BEGINNING.search(text) is not None


def runs(text: str) -> Iterator[Run]:
    """Text with its tags as codes."""
    at = 0
    for found in _TAG().finditer(text) if may_be_in(text) else ():
        if found.start() > at:
            yield text_run(text[at : found.start()])
        yield run(found.group())
        at = found.end()
    if at < len(text):
        yield text_run(text[at:])
