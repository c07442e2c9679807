"""Pages get their frame, and the files that lead to them are written beside them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from l10n.messages import messages
from l10n.project import Project
from l10n.site import lists, machines, templates
from l10n.site.frame import Choice, Frame, Shelf, address, alternates, fronts
from l10n.site.languages import language
from l10n.site.pages import Page
from l10n.site.typography import repair


def files(project: Project, shelf: Shelf, as_of: dt.datetime) -> dict[str, bytes]:
    """Every file of a site; ``shelf`` has the pages of each release, the original first."""
    env = templates.environment(project)
    style = templates.source(env, "site.css")
    css = f"assets/site.{hashlib.sha256(style).hexdigest()[:12]}.css"
    named = (*project.settings.locales, *(page.locale for pages in shelf for page in pages))
    frame = Frame(project, env, tuple(dict.fromkeys(named)), css)
    out = {css: style, "index.html": _chooser(frame)}
    for pages in shelf:
        out.update((f"{address(page)}index.html", _release(frame, page, pages)) for page in pages)
    listed = lists.lists(frame, shelf)
    out.update(lists.files(frame, shelf, listed))
    out.update(machines.files(frame, shelf, tuple(lists.addresses(frame, listed)), as_of))
    out.update(_lost(frame))
    return out


def _release(frame: Frame, page: Page, pages: Sequence[Page]) -> bytes:
    stands = [item for item in pages if item.status != "withdrawn"]
    return frame.render(
        "withdrawn.html" if page.status == "withdrawn" else "release.html",
        page.locale,
        root="../../",
        home="../",
        page=page,
        body=Markup(page.body),  # noqa: S704 - the format has escaped every target in it
        path=address(page),
        alternates=alternates(frame, pages) if page.alternate else (),
        siblings=[item.locale for item in pages if item.alternate and item is not page and page.alternate],
        choices=tuple(_choices(frame, page, stands)),
        origin="" if page.original or pages[0] not in stands else f"../../{address(pages[0])}",
        said=lambda event: repair(event.text(page.locale), page.locale),
        history=frame.project.settings.site.history,
        json_ld=machines.json_ld(frame, page, pages),
    )


def _choices(frame: Frame, page: Page, pages: Sequence[Page]) -> Iterator[Choice]:
    there = {item.locale: item for item in (*pages, page)}
    for locale in frame.locales:
        item = there.get(locale)
        note = "" if item is None or item.complete else "draft" if item.draft else "partly"
        yield Choice(
            language(locale), f"../../{address(item)}" if item else "", current=item is page, note=note
        )


def _chooser(frame: Frame) -> bytes:
    return frame.render(
        "chooser.html",
        frame.locales[0],
        root="",
        path="",
        home="",
        alternates=fronts(frame),
        siblings=list(frame.locales[1:]),
        choices=(),
        lines=[
            (language(locale), frame.title(locale), messages(locale).gettext("Press releases"))
            for locale in frame.locales
        ],
    )


def _lost(frame: Frame) -> Iterator[tuple[str, bytes]]:
    """The page for an address that leads nowhere: one in each language, one in all of them.

    Servers show it at any depth, so its links start at the site's own path.
    """
    base = frame.base
    for locale in ("", *frame.locales):
        shown = (locale,) if locale else frame.locales
        yield (
            f"{locale}/404.html" if locale else "404.html",
            frame.render(
                "404.html",
                locale or frame.locales[0],
                root=base,
                path="",
                home=f"{base}{locale}/" if locale else base,
                alternates=(),
                siblings=(),
                choices=[Choice(language(item), f"{base}{item}/") for item in frame.locales],
                lines=[(language(item), messages(item).gettext) for item in shown],
            ),
        )
