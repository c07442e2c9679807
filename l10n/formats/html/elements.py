"""What each HTML element is to a translator."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from l10n.formats.html.tokens import names
from l10n.model import Kind

# A block ends the sentence before it (standard, section 15.3, and the controls with words of their own).
BLOCKS = names(
    "address article aside audio blockquote body button canvas caption center col colgroup dd details"
    " dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head"
    " header hgroup hr html label legend li listing main menu nav object ol optgroup option p plaintext"
    " pre search section select summary table tbody td template tfoot th thead title tr ul video xmp"
)

# The kind of a block is that of the nearest of these around it; PARAGRAPH where a part of a page starts anew.
KINDS: Mapping[str, Kind] = MappingProxyType(
    {"h1": Kind.TITLE, "blockquote": Kind.QUOTE}
    | dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), Kind.HEADING)
    | dict.fromkeys(("li", "dt", "dd"), Kind.ITEM)
    | dict.fromkeys(("td", "th"), Kind.CELL)
    | dict.fromkeys(("figcaption", "caption"), Kind.CAPTION)
    | dict.fromkeys(("article", "section", "main", "aside", "nav", "form", "body"), Kind.PARAGRAPH)
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

# Nothing inside is for a translator; inline, they are values in their sentence.
LOCKED: Mapping[str, str] = MappingProxyType(
    {
        "code": "code",
        "kbd": "keys",
        "samp": "program output",
        "var": "variable",
        "math": "formula",
        "m:math": "formula",
        "mml:math": "formula",
        "pre": "code",
        "listing": "code",
        "xmp": "code",
        "plaintext": "code",
    }
)

# A reader sees nothing of them where they stand.
UNSEEN = names("base basefont bgsound link meta noembed noframes param script source style track")

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "a": "link",
        "abbr": "abbreviation",
        "acronym": "abbreviation",
        "area": "image area",
        "b": "bold",
        "bdi": "text direction",
        "bdo": "text direction",
        "big": "large print",
        "br": "line break",
        "cite": "title of a work",
        "data": "data",
        "del": "struck out",
        "dfn": "defined term",
        "em": "emphasis",
        "embed": "embedded content",
        "font": "font",
        "i": "italic",
        "iframe": "embedded page",
        "image": "image",
        "img": "image",
        "input": "form field",
        "ins": "inserted text",
        "mark": "highlight",
        "picture": "image",
        "q": "quotation",
        "rp": "ruby parenthesis",
        "rt": "ruby text",
        "ruby": "ruby",
        "s": "struck out",
        "small": "small print",
        "strike": "struck out",
        "strong": "bold",
        "sub": "subscript",
        "sup": "superscript",
        "svg": "image",
        "textarea": "form field",
        "time": "date or time",
        "u": "underline",
        "wbr": "possible line break",
    }
)

ANYWHERE = names(
    "alt title placeholder aria-label aria-description aria-placeholder aria-roledescription aria-valuetext"
)
# The last two are components of MDX that show their label as the name of a tab.
LABELLED = frozenset({"optgroup", "option", "track", "tab", "tabitem"})
# Elements in which an attribute of this name is words.
WORDS_OF: Mapping[str, frozenset[str]] = MappingProxyType(
    {"abbr": frozenset({"td", "th"}), "summary": frozenset({"table"})}
)
# Attributes that programs show beside a picture, and how their place begins; the quotation mark follows.
CAPTIONS = frozenset({"data-caption", "data-image-caption"})
CAPTION_PLACE = "caption"
BUTTONS = frozenset({"submit", "button", "reset"})
META = names(
    "title description abstract headline alternativeHeadline caption og:title og:description og:site_name"
    " og:image:alt twitter:title twitter:description twitter:image:alt twitter:label1 twitter:data1"
    " twitter:label2 twitter:data2 dc.title dc.description dcterms.title dcterms.description dcterms.abstract"
    " citation_title citation_abstract application-name apple-mobile-web-app-title msapplication-tooltip"
)
# What microdata and RDFa say in an attribute of its own; of names only those that RDFa gives pages.
SAID = names(
    "headline alternativeHeadline description caption abstract dc:title dc:description dcterms:title"
    " dcterms:description dcterms:abstract og:title og:description schema:name"
)
# Attributes in which components of one's own show words.
COMPONENT = names(
    "heading headline subheading subtitle label caption description summary tagline tooltip text message"
    " quote button-text buttontext link-text linktext cta-label ctalabel cta-text ctatext helper-text"
    " helpertext help-text supporting-text error-message errormessage"
)
# What begins with a capital letter and is no component; what Docusaurus tells translators, not readers.
NO_COMPONENTS = names("body font translate")
