"""Writes press releases of any length, the same ones every time."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

_SAID = {
    "en": (
        "The {body} today opened the {ordinal} call of its **{thing}**, worth €{n} million over {few} years.",
        "According to Dr. {name}, who led it, {n}% of the {people} in {place} were reached by {month}.",
        "“We counted {n} {people}. That is {few} times more than last year,” said {name} of the {body}.",
        "The [full report on {place}](https://example.org/{n}/report) compares {n} sites, e.g. in {place}.",
        "In {month} 20{two}, the {body} spent €{few}.{two} million on the {thing}; the rest went to {place}.",
        "Applications for the {thing} close on {two} {month}, and the {people} will hear in the autumn.",
        "“Nobody believed in the {thing}, *not even the {people}*”, added {name} from {place}.",
        "Work on the {thing} continues in {place}, where {n} {people} keep the harbour open at night.",
    ),
    "fr": (
        "L'{body} ouvre aujourd'hui le {ordinal} appel de son **{thing}**, doté de {n} M€ sur {few} ans.",
        "Selon M. {name}, qui a dirigé l'étude, {n} % des {people} de {place} ont été joints en {month}.",
        "« Nous avons compté {n} {people}. C'est {few} fois plus que l'an dernier », explique {name}.",
        "Le [rapport complet sur {place}](https://example.org/{n}/rapport) compare {n} sites, etc.",
        "En {month} 20{two}, l'{body} a consacré {few},{two} M€ au {thing} ; le reste est allé à {place}.",
        "Les candidatures au {thing} sont closes le {two} {month}, et les {people} le sauront à l'automne.",
        "« Personne ne croyait au {thing}, *pas même les {people}* », ajoute {name} depuis {place}.",
        "Les travaux du {thing} continuent à {place}, où {n} {people} tiennent le port ouvert la nuit.",
    ),
}
_SLOTS = {
    "en": {
        "body": ("Organisation", "Agency", "Harbour Board", "Coastal Union", "Institute"),
        "ordinal": ("first", "second", "third", "fourth"),
        "thing": ("Small Ports Fund", "Buoy Network", "Heat Programme", "Lagoon Plan", "School at Sea"),
        "people": ("fishers", "volunteers", "pilots", "teachers", "divers", "keepers"),
        "month": ("March", "April", "June", "September", "November"),
    },
    "fr": {
        "body": ("Organisation", "Agence", "Autorité portuaire", "Union côtière", "Institution"),
        "ordinal": ("premier", "deuxième", "troisième", "quatrième"),
        "thing": ("Fonds des petits ports", "Réseau de bouées", "Plan canicule", "Programme des lagunes"),
        "people": ("pêcheurs", "bénévoles", "pilotes", "enseignants", "plongeuses", "gardiens"),
        "month": ("mars", "avril", "juin", "septembre", "novembre"),
    },
}
_NAMES = ("Leïla Haddouche", "Andreas Kouvaris", "Clara Montel", "Inès Duarte", "Omar Benali", "Nadia Serra")
_PLACES = ("Toulon", "Tangier", "Valencia", "Zadar", "Sfax", "Piraeus", "Cagliari", "Marseille", "Almería")


@dataclass(frozen=True, slots=True)
class Writer:
    """Sentences and blocks of one language, from one source of chance."""

    locale: str
    chance: random.Random

    def sentence(self) -> str:
        """One sentence, two when it quotes somebody; Markdown's marks for emphasis and links."""
        pick = self.chance.choice
        slots = {slot: pick(words) for slot, words in _SLOTS[self.locale].items()}
        numbers = {
            "n": self.chance.randint(3, 9999),
            "two": self.chance.randint(10, 28),
            "few": self.chance.randint(2, 9),
        }
        return pick(_SAID[self.locale]).format(**slots, **numbers, name=pick(_NAMES), place=pick(_PLACES))

    def paragraph(self) -> str:
        """Two to five sentences."""
        return " ".join(self.sentence() for _ in range(self.chance.randint(2, 5)))

    def heading(self) -> str:
        """A few words without a full stop."""
        slots = _SLOTS[self.locale]
        where, number = self.chance.choice(_PLACES), self.chance.randint(2, 999)
        return (
            f"{self.chance.choice(slots['thing'])}: {where}, {number} {self.chance.choice(slots['people'])}"
        )


def writer(locale: str, seed: int) -> Writer:
    """A writer that writes the same for the same seed."""
    return Writer(locale, random.Random(f"{locale}-{seed}"))  # noqa: S311 - no secret hangs on it


def html(locale: str, seed: int, size: int) -> str:
    """A page of about ``size`` characters: head, navigation, sections, figures, tables."""
    by = writer(locale, seed)
    title = escape(by.heading())
    head = (
        f'<!DOCTYPE html>\n<html lang="{locale}">\n<head>\n  <meta charset="utf-8">\n'
        f"  <title>{title}</title>\n"
        f'  <meta name="description" content="{escape(by.heading())}">\n'
        f"  <script>var page = {{size: {size}, kind: 'press'}};</script>\n</head>\n<body>\n"
        '<nav><ul><li><a href="/">Home</a></li><li><a href="/press">Press</a></li></ul></nav>\n'
        f"<main>\n<h1>{title}</h1>\n"
    )
    return "".join((head, *_until(size, lambda: _html_section(by)), "</main>\n</body>\n</html>\n"))


def markdown(locale: str, seed: int, size: int) -> str:
    """A page of about ``size`` characters with front matter, hard wrapped."""
    by = writer(locale, seed)
    head = f'---\ntitle: "{by.heading()}"\ndate: 2026-06-11\n---\n\n'
    return "".join((head, *_until(size, lambda: _markdown_section(by))))


def text(locale: str, seed: int, size: int) -> str:
    """A hard-wrapped text of about ``size`` characters."""
    by = writer(locale, seed)
    sections = _until(size, lambda: "".join(_wrapped(_plain(by.paragraph())) + "\n" for _ in range(4)))
    return "".join((by.heading() + "\n\n", *sections))


def _until(size: int, section: Callable[[], str]) -> Iterator[str]:
    length = 0
    while length < size:
        piece = section()
        length += len(piece)
        yield piece


def _html_section(by: Writer) -> str:
    rows = "".join(
        f"<tr><td>{by.chance.choice(_PLACES)}</td><td>{by.chance.randint(2, 999)}</td></tr>\n"
        for _ in range(3)
    )
    items = "".join(f"  <li>{_marked(by.sentence())}</li>\n" for _ in range(3))
    return (
        f'<section class="release">\n<h2>{escape(by.heading())}</h2>\n'
        + "".join(f"<p>{_marked(by.paragraph())}</p>\n" for _ in range(3))
        + f"<ul>\n{items}</ul>\n"
        + f'<figure><img src="/{by.chance.randint(1, 9999)}.jpg" alt="{escape(by.heading())}">'
        + f"<figcaption>{_marked(by.sentence())}</figcaption></figure>\n<table>\n{rows}</table>\n</section>\n"
    )


def _markdown_section(by: Writer) -> str:
    items = "".join(f"- {by.sentence()}\n" for _ in range(3))
    paragraphs = "".join(_wrapped(by.paragraph()) + "\n" for _ in range(3))
    return f"## {by.heading()}\n\n{paragraphs}{items}\n> {by.sentence()}\n\n"


def _marked(sentence: str) -> str:
    """A sentence's Markdown marks as HTML."""
    marked = escape(sentence, quote=False)
    for mark, tag in (("**", "strong"), ("*", "em")):
        while mark in marked:
            marked = marked.replace(mark, f"<{tag}>", 1).replace(mark, f"</{tag}>", 1)
    while "](" in marked:
        before, _, rest = marked.partition("[")
        words, _, rest = rest.partition("](")
        address, _, after = rest.partition(")")
        marked = f'{before}<a href="{address}">{words}</a>{after}'
    return marked


def _plain(sentence: str) -> str:
    plain = sentence.replace("*", "")
    while "](" in plain:
        before, _, rest = plain.partition("[")
        words, _, rest = rest.partition("](")
        plain = f"{before}{words}{rest.partition(')')[2]}"
    return plain


def _wrapped(paragraph: str, width: int = 78) -> str:
    """Broken at spaces, but not inside a link's address."""
    lines, line = [], ""
    for word in paragraph.split(" "):
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return "\n".join([*lines, line]) + "\n"
