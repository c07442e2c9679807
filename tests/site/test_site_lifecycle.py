"""The life of a release after it was published, as readers, feeds and search engines see it."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from l10n import catalogue, project, site
from l10n.errors import ConfigError
from l10n.model import Catalogue, Entry, State
from l10n.site.lifecycle import moments, publication_status

PRESS = Path(__file__).parents[1] / "golden" / "press"
NOVEMBER = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
ADDRESS = "https://rivages.example.org/presse/{}/eau-propre/"


def _event(what: str, at: str = "2026-10-10", more: str = "") -> str:
    return f'\n[[history]]\nwhat = "{what}"\nat = {at}\n{more}\n'


TEXTS = 'text = { fr = "Le seuil est de 91 % : pas 19 !", en = "It is 91%, not 19%." }'


@pytest.fixture
def press(tmp_path: Path) -> project.Project:
    shutil.copytree(PRESS, tmp_path / "press")
    return project.load(tmp_path / "press")


def _plan(press: project.Project, more: str) -> Path:
    plan = press.root / "releases" / "eau-propre" / "release.toml"
    plan.write_text(plan.read_text("utf-8") + more, "utf-8")
    return plan


def _files(press: project.Project, *, as_of: dt.datetime = NOVEMBER) -> dict[str, str]:
    built = site.build(press, as_of=as_of, kept=site.kept(press))
    return {path: data.decode() for path, data in built.files.items()}


def _page(files: dict[str, str], locale: str) -> HTMLParser:
    return HTMLParser(files[f"{locale}/eau-propre/index.html"])


def _texts(page: HTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in page.css(selector)]


def _linked(page: HTMLParser) -> dict[str, object]:
    found = page.css_first("script")
    assert found is not None
    told: dict[str, object] = json.loads(found.text())
    return told


@pytest.mark.parametrize(
    ("events", "status", "held"),
    [
        ([], "published", []),
        ([("corrected", "2026-10-10")], "published", ["corrected"]),
        ([("retracted", "2026-10-10")], "retracted", ["retracted"]),
        ([("retracted", "2027-10-10")], "published", []),
        ([("retracted", "2026-10-10"), ("restored", "2026-10-11")], "published", ["restored"]),
        ([("archived", "2026-10-10"), ("withdrawn", "2026-10-11")], "withdrawn", ["archived", "withdrawn"]),
        ([("withdrawn", "2026-10-10"), ("archived", "2026-10-11")], "withdrawn", ["withdrawn", "archived"]),
        ([("retracted", "2026-10-10"), ("archived", "2026-10-11")], "retracted", ["retracted", "archived"]),
        ([("withdrawn", "2026-10-10"), ("retracted", "2026-10-11")], "withdrawn", ["withdrawn", "retracted"]),
        ([("withdrawn", "2026-11-23T13:00:00+01:00")], "withdrawn", ["withdrawn"]),
        ([("withdrawn", "2026-11-23T13:00:01+01:00")], "published", []),
    ],
)
def test_a_release_stands_as_the_gravest_of_its_events_says(
    press: project.Project, events: list[tuple[str, str]], status: str, held: list[str]
) -> None:
    _plan(press, "".join(_event(what, at) for what, at in events))
    found = publication_status(project.release(press, "eau-propre"), "fr", NOVEMBER)
    assert (found.status, [event.what for event in found.events]) == (status, held)


def test_a_correction_is_told_in_the_readers_language_and_dated(press: project.Project) -> None:
    _plan(press, _event("corrected", more=TEXTS))
    files = _files(press)
    assert _texts(_page(files, "fr"), ".notice") == [
        "Rectifié le 10 octobre 2026. Le seuil est de 91 % : pas 19 !"
    ]
    assert _texts(_page(files, "en"), ".notice") == ["Corrected on 10 October 2026. It is 91%, not 19%."]
    assert _texts(_page(files, "es"), ".notice") == [
        "El original se ha corregido desde entonces. La traducción de la corrección llegará después."
    ]
    told = _linked(_page(files, "en"))
    assert told["dateModified"] == "2026-10-10"
    assert told["correction"] == [
        {"@type": "CorrectionComment", "text": "It is 91%, not 19%.", "datePublished": "2026-10-10"}
    ]
    assert "<updated>2026-10-10T00:00:00Z</updated>" in files["feed/en.xml"]
    assert json.loads(files["feed/en.json"])["items"][1]["date_modified"] == "2026-10-10T00:00:00Z"


@pytest.mark.parametrize(
    ("events", "day", "told"),
    [
        ("", "15 October 2026", "2026-10-15T07:00:00Z"),
        (_event("corrected", "2026-10-15T09:00:00+02:00"), "8 October 2026", "2026-10-08T00:00:00Z"),
        (_event("corrected", "2026-10-09"), "8 October 2026", "2026-10-08T00:00:00Z"),
        (_event("corrected", "2026-10-09", 'locales = ["fr"]'), "8 October 2026", "2026-10-08T00:00:00Z"),
        (_event("corrected", "2026-10-20"), "15 October 2026", "2026-10-15T07:00:00Z"),
        (_event("corrected", "2026-09-01"), "15 October 2026", "2026-10-15T07:00:00Z"),
    ],
)
def test_what_was_corrected_had_come_out_before_its_embargo(
    press: project.Project, events: str, day: str, told: str
) -> None:
    plan = _plan(press, events)
    text = plan.read_text("utf-8")
    plan.write_text(f'embargo = "2026-10-15T09:00 Europe/Paris"\n{text}', "utf-8")
    files = _files(press)
    assert _texts(_page(files, "en"), "main > .meta time") == [day]
    items = json.loads(files["feed/en.json"])["items"]
    assert [one["date_published"] for one in items if "eau-propre" in one["id"]] == [told]


def test_a_retracted_release_stands_with_its_notice_and_is_told_so_everywhere(press: project.Project) -> None:
    _plan(press, _event("retracted", more=TEXTS))
    files = _files(press)
    page = _page(files, "en")
    assert _texts(page, ".notice.grave") == [
        "This press release was retracted on 10 October 2026. It is 91%, not 19%."
    ]
    assert _texts(page, "title")[0].startswith("Retracted: The water is cleaner")
    assert page.css_first("article") is not None
    assert page.css_matches('meta[name=robots][content="noindex"]')
    assert _linked(page)["creativeWorkStatus"] == "Retracted"
    assert "<title>Retracted: The water is cleaner" in files["feed/en.xml"]
    assert ADDRESS.format("en") not in files["sitemap.xml"]
    assert _texts(HTMLParser(files["en/index.html"]), ".releases small") == ["retracted"]


def test_a_withdrawn_release_leaves_a_page_that_says_so_and_nothing_else(press: project.Project) -> None:
    _plan(press, _event("withdrawn", more=TEXTS))
    files = _files(press)
    page = _page(files, "fr")
    assert _texts(page, "h1, .notice") == [
        "Communiqué de presse retiré",
        "Ce communiqué de presse a été retiré le 10 octobre 2026. Le seuil est de 91 % : pas 19 !",
    ]
    assert page.css("article, script, link[hreflang]") == []
    assert not [
        path
        for path, text in files.items()
        if "eau-propre" in text and not path.endswith("eau-propre/index.html")
    ]
    assert not [path for path, text in files.items() if "L’eau est plus propre" in text]


def test_one_language_can_be_withdrawn_and_leads_to_the_others(press: project.Project) -> None:
    _plan(press, _event("withdrawn", more='locales = ["es"]'))
    files = _files(press)
    gone = _page(files, "es")
    assert _texts(gone, "h1") == ["Comunicado de prensa retirado"]
    assert "../../fr/eau-propre/" in [node.attributes["href"] for node in gone.css(".languages a")]
    french = _page(files, "fr")
    assert [node.attributes["hreflang"] for node in french.css("link[hreflang]")] == ["fr", "en", "x-default"]
    assert _texts(french, ".languages .missing") == ["non disponible Español"]
    assert ADDRESS.format("es") not in files["sitemap.xml"] + files["feed/es.xml"]


def test_an_archived_release_is_in_its_year_and_no_longer_among_the_news(press: project.Project) -> None:
    _plan(press, _event("archived"))
    files = _files(press)
    assert _texts(_page(files, "fr"), ".notice") == [
        "Ce communiqué de presse est conservé pour mémoire. Il n’est peut-être plus à jour."
    ]
    assert "eau-propre" in files["fr/2026/index.html"]
    assert "eau-propre" not in files["fr/index.html"] + files["feed/fr.xml"]
    assert ADDRESS.format("fr") in files["sitemap.xml"]


def test_the_lines_of_its_history_stand_on_the_page_if_the_site_says_so(press: project.Project) -> None:
    _plan(press, _event("retracted", more=TEXTS) + _event("restored", "2026-10-12"))
    settings = press.root / "l10n.toml"
    settings.write_text(settings.read_text("utf-8").replace("[site]", "[site]\nhistory = true"), "utf-8")
    files = _files(project.load(press.root))
    assert _texts(_page(files, "en"), ".history li") == [
        "8 October 2026 Published",
        "12 October 2026 Restored",
    ]
    assert _texts(HTMLParser(files["en/harbour-fund/index.html"]), ".history li") == [
        "4 November 2026 Published"
    ]


def _reworded(press: project.Project) -> None:
    """The source is corrected, and the Spanish catalogue brought in step with it."""
    source = press.root / "releases" / "eau-propre" / "source.html"
    source.write_text(source.read_text("utf-8").replace("91", "93"), "utf-8")
    release = project.release(press, "eau-propre")
    path = project.catalogue_path(press, release, "es")
    read = catalogue.read(path)
    catalogue.write(catalogue.update(read, project.document(press, release)), path)


def _approved(press: project.Project) -> None:
    release = project.release(press, "eau-propre")
    path = project.catalogue_path(press, release, "es")
    read = catalogue.update(catalogue.read(path), project.document(press, release, "es"))

    def decided(entry: Entry) -> Entry:
        return (
            entry
            if entry.approved
            else Entry(
                entry.source,
                target=entry.target.replace("91", "93") or entry.source,
                context=entry.context,
                state=State.REVIEWED,
                origin="human",
            )
        )

    catalogue.write(replace(read, entries=tuple(map(decided, read.live))), path)


def test_a_translation_goes_on_saying_what_was_approved_until_the_correction_is(
    press: project.Project,
) -> None:
    first = site.build(press, as_of=NOVEMBER)
    site.publish(press, first)
    before = _texts(HTMLParser(first.files["es/eau-propre/index.html"].decode()), "article")
    _reworded(press)
    _plan(press, _event("corrected", more=TEXTS))
    files = _files(press)
    spanish = _page(files, "es")
    assert _texts(spanish, "article") == before
    assert _texts(spanish, ".notice") == [
        "El original se ha corregido desde entonces. La traducción de la corrección llegará después."
    ]
    assert "correction" not in _linked(spanish)
    assert "dateModified" not in _linked(spanish)
    assert "93" in _texts(_page(files, "fr"), "article")[0]
    assert "Rectifié" in _texts(_page(files, "fr"), ".notice")[0]
    # A publication in between is made from the same.
    site.publish(press, site.build(press, as_of=NOVEMBER, kept=site.kept(press)))
    assert _files(press) == files
    _approved(press)
    after = _page(_files(press), "es")
    assert _texts(after, ".notice") == ["Corregido el 10 de octubre de 2026. Le seuil est de 91 % : pas 19 !"]
    assert "93" in _texts(after, "article")[0]


def test_the_note_of_a_correction_is_translated_at_the_desk_and_told_when_it_is_approved(
    press: project.Project,
) -> None:
    site.publish(press, site.build(press, as_of=NOVEMBER))
    _reworded(press)
    _plan(press, _event("corrected", more='text = { fr = "Le taux est de 93 %, et non de 91." }'))
    release = project.release(press, "eau-propre")
    path = project.catalogue_path(press, release, "es")
    updated = catalogue.update(catalogue.read(path), project.document(press, release, "es"))
    note = next(entry for entry in updated.live if entry.source.startswith("Le taux"))
    assert note.notes == ("metadata: corrected 2026-10-10T00:00+00:00",)
    catalogue.write(updated, path)
    _approved(press)
    catalogue.write(_deciding(catalogue.read(path), note, ""), path)
    waiting = _page(_files(press), "es")
    assert "91" in _texts(waiting, "article")[0]
    assert _texts(waiting, ".notice") == [
        "El original se ha corregido desde entonces. La traducción de la corrección llegará después."
    ]
    catalogue.write(_deciding(catalogue.read(path), note, "La cifra es 93 %, no 91."), path)
    told = _page(_files(press), "es")
    assert _texts(told, ".notice") == ["Corregido el 10 de octubre de 2026. La cifra es 93 %, no 91."]
    assert _linked(told)["correction"][0]["text"] == "La cifra es 93\u00a0%, no 91."
    assert "93" in _texts(told, "article")[0]


@pytest.mark.parametrize("partial", ["fallback", "wait", "draft"])
def test_what_was_told_of_one_correction_stays_told_when_another_leaves_the_page_behind(
    press: project.Project, partial: str
) -> None:
    plan = press.root / "releases" / "eau-propre" / "release.toml"
    plan.write_text(f'partial = "{partial}"\n{plan.read_text("utf-8")}', "utf-8")
    _plan(press, _event("corrected", more='text = { fr = "Le taux est de 91 %." }'))
    _approved(press)
    site.publish(press, site.build(press, as_of=NOVEMBER))
    _reworded(press)
    spanish = _texts(_page(_files(press), "es"), ".notice")
    assert spanish[0] == "Corregido el 10 de octubre de 2026. Le taux est de 91 %."


def _deciding(read: Catalogue, wanted: Entry, target: str) -> Catalogue:
    def decided(entry: Entry) -> Entry:
        if entry.key != wanted.key:
            return entry
        return replace(entry, target=target, state=State.REVIEWED if target else State.INITIAL)

    return replace(read, entries=tuple(map(decided, read.live)))


@pytest.mark.parametrize(
    ("more", "asked"),
    [
        ('text = { fr = "Une erreur." }', True),
        ('text = { fr = "Une erreur.", es = "Un error." }', False),
        ('text = { en = "An error." }', False),
        ('locales = ["en"]\ntext = { fr = "Une erreur." }', False),
        ('locales = ["es"]\ntext = { fr = "Une erreur." }', True),
    ],
)
def test_a_note_is_for_the_languages_that_have_none_of_their_own(
    press: project.Project, more: str, *, asked: bool
) -> None:
    _plan(press, _event("corrected", more=more))
    release = project.release(press, "eau-propre")
    document = project.document(press, release, "es")
    assert bool(document.extra_units) is asked
    assert document.raw == release.source.read_bytes()


def test_without_what_was_published_before_the_policy_for_partial_pages_holds(press: project.Project) -> None:
    site.publish(press, site.build(press, as_of=NOVEMBER))
    _reworded(press)
    built = site.build(press, as_of=NOVEMBER)
    page = HTMLParser(built.files["es/eau-propre/index.html"].decode())
    assert page.css(".untranslated")


def test_a_target_somebody_no_longer_approves_is_not_kept(press: project.Project) -> None:
    site.publish(press, site.build(press, as_of=NOVEMBER))
    path = project.catalogue_path(press, project.release(press, "eau-propre"), "es")
    read = catalogue.read(path)
    entries = tuple(replace(entry, state=State.TRANSLATED) for entry in read.entries)
    catalogue.write(replace(read, entries=entries), path)
    assert "es/eau-propre/index.html" not in _files(press)


@pytest.mark.parametrize(
    ("plan", "message"),
    [
        ('[[history]]\nwhat = "burnt"\nat = 2026-10-10\n', "'burnt'"),
        ('[[history]]\nwhat = "corrected"\n', "at is missing"),
        ('[[history]]\nwhat = "corrected"\nat = 2026-10-10T09:00:00\n', "moment with its offset"),
        ('[[history]]\nwhat = "corrected"\nat = 2026-10-10\nwhy = "x"\n', "why is not a setting"),
        ('history = "corrected"\n', "should be a list"),
        ("history = [1]\n", "should be a list of tables"),
    ],
)
def test_a_plan_that_says_something_else_is_told_so(press: project.Project, plan: str, message: str) -> None:
    path = _plan(press, plan)
    with pytest.raises(ConfigError, match=message) as caught:
        project.release(press, "eau-propre")
    assert (caught.value.path, caught.value.line > 0) == (str(path), True)


def test_the_site_is_due_when_a_moment_has_come_since_it_was_published(press: project.Project) -> None:
    releases = project.releases(press)
    embargo = dt.datetime(2027, 1, 15, 8, tzinfo=dt.UTC)
    assert site.next_moment(releases, NOVEMBER) == embargo
    assert site.due(press, releases, NOVEMBER), "it was never published"
    site.publish(press, site.build(press, as_of=NOVEMBER))
    assert not site.due(press, releases, embargo - dt.timedelta(seconds=1))
    assert site.due(press, releases, embargo)
    site.publish(press, site.build(press, as_of=embargo))
    assert not site.due(press, releases, embargo)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_what_expires_on_the_first_or_last_day_there_is_has_its_moment(
    press: project.Project, day: str
) -> None:
    _plan(press, f"expires = {day}\n")
    expired = day < "2026"
    assert site.due(press, project.releases(press), NOVEMBER)
    assert any(at < NOVEMBER for at in moments(project.release(press, "eau-propre"))) is expired


def test_nothing_becomes_of_a_draft_by_itself(press: project.Project) -> None:
    _plan(press, 'status = "draft"\n' + _event("archived", "2028-01-01"))
    assert list(moments(project.release(press, "eau-propre"))) == []


CREDITS = """
[credits.en]
translated = ["Ana <b>Ruiz</b>"]
reviewed = ["Luis Gil", "مريم", "Marta Soler"]
"""


@pytest.mark.parametrize("disclosed", [True, False])
def test_who_translated_and_reviewed_is_told_where_the_site_says_so(
    press: project.Project, *, disclosed: bool
) -> None:
    _plan(press, CREDITS)
    settings = press.root / "l10n.toml"
    asked = "[site]\ncredits = true" if disclosed else "[site]"
    settings.write_text(settings.read_text("utf-8").replace("[site]", asked, 1), "utf-8")
    files = _files(project.load(press.root))
    page = _page(files, "en")
    said = ["Translated by Ana <b>Ruiz</b>. Reviewed by Luis Gil, مريم and Marta Soler."]
    assert _texts(page, ".credits") == (said if disclosed else [])
    assert page.css_first(".credits b") is None
    assert _texts(page, ".credits bdi")[1:2] == (["Luis Gil"] if disclosed else [])
    linked = _linked(page)
    assert linked.get("translator") == (
        [{"@type": "Person", "name": "Ana <b>Ruiz</b>"}] if disclosed else None
    )
    assert ("editor" in linked) is disclosed
    assert _texts(_page(files, "es"), ".credits") == []
