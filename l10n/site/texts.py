"""The site's own texts as HTML; one that is missing in a language is English, with `lang`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup, escape

from l10n.messages import SOURCE, Messages, catalogue_paths, is_native, messages, messages_with
from l10n.project import Project
from l10n.site.languages import date_text, language, names_text, number_text


@dataclass(frozen=True, slots=True)
class SiteTexts:
    """The site's texts for readers of a locale; ``messages`` is its catalogue."""

    locale: str
    messages: Messages

    def say(self, text: str, **values: object) -> Markup:
        """A text with its values, in the page's language, else in English with ``lang`` and ``dir``.

        Dates, whole numbers and names of people are told as the language of the words tells them.
        """
        return self._filled(text, self.messages.gettext(text), values)

    def say_count(self, singular: str, plural: str, count: int) -> Markup:
        """The form of a text that fits a number, likewise."""
        return self._filled(singular, self.messages.ngettext(singular, plural, count), {"count": count})

    def label(self, text: str) -> Markup:
        """The attributes of an element that has a text for its label or title: "" in the page's language."""
        return Markup("") if self.messages.has_translation(text) else Markup(" ") + language(SOURCE).marks

    def back(self, text: str) -> Markup:
        """The attributes of what is inside an element with such a label, and in the page's language."""
        return (
            Markup("") if self.messages.has_translation(text) else Markup(" ") + language(self.locale).marks
        )

    def _filled(self, text: str, message: str, values: dict[str, object]) -> Markup:
        is_translated = self.messages.has_translation(text)
        spoken = self.locale if is_translated else SOURCE
        shown = {name: _value(value, spoken) for name, value in values.items()}
        for name, value in shown.items():
            # A date that ends in a full stop ("14 сентября 2026 г.") ends a sentence with it.
            if isinstance(value, str) and value.endswith("."):
                message = message.replace(f"{{{name}}}.", f"{{{name}}}")
        html = Markup(escape(message)).format(**shown) if shown else Markup(escape(message))  # noqa: S704
        return html if is_translated else Markup("<span {}>{}</span>").format(language(SOURCE).marks, html)


def site_texts(locale: str, folder: Path | None = None) -> SiteTexts:
    """What the site says to readers of a locale; the catalogues of a project, in ``folder``, go before ours.

    Raises CatalogueError when its texts cannot be read.
    """
    has_own = folder is not None and any(
        path.is_relative_to(folder) for path in catalogue_paths(locale, (folder,))
    )
    return SiteTexts(locale, messages_with(locale, (folder,)) if folder and has_own else messages(locale))


def without_texts(project: Project) -> tuple[str, ...]:
    """The locales of a project to whose readers the site speaks English for want of a catalogue."""
    return tuple(
        locale
        for locale in project.settings.locales
        if not is_native(locale) and not catalogue_paths(locale, (project.root / "locales",))
    )


def _value(value: object, locale: str) -> object:
    if isinstance(value, dt.date):
        return date_text(value, locale)
    if isinstance(value, int):
        return number_text(value, locale)
    return names_text(value, locale) if isinstance(value, tuple) else value
