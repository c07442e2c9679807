"""What a body gains on its page: captions, a first heading, and numbers in order from right to left."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from l10n import catalogue, formats, project, site
from l10n.model import State
from l10n.site.embedded import with_links
from l10n.site.lint import check
from l10n.site.originals import original
from l10n.site.page_body import closed, closed_up, isolated, labelled, within_reach
from l10n.site.pages import page
from l10n.site.urls import readable
from tests import press_support
from tests.cases.docx.build import docx, part

NOW = press_support.NOW


def _press(
    folder: Path, source: str, suffix: str = ".md", locales: tuple[str, ...] = ("ar",)
) -> project.Project:
    made = project.create(folder / "press", name="Port", source_locale="fr", locales=locales)
    file = folder / f"quai{suffix}"
    file.write_text(source, "utf-8")
    release = project.add(
        made, file, release_id="quai", locale="fr", locales=locales, date=dt.date(2026, 11, 2)
    )
    (release.folder / "quai.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    for locale in locales:
        blank = catalogue.template(project.document(made, release, locale), locale=locale, name="Port")
        catalogue.write(blank, project.catalogue_path(made, release, locale))
    return project.load(made.root)


def _page(press: project.Project, path: str = "fr/quai/index.html") -> HTMLParser:
    return HTMLParser(site.build(press, as_of=NOW).files[path].decode())


@pytest.mark.parametrize(
    ("text", "locale", "shown"),
    [
        (
            "<p>هاتف +41 22 555 01 02.</p>",
            "ar",
            '<p>هاتف <bdi dir="ltr">+41 22 555 01 02</bdi>.</p>',
        ),
        ("<p>هاتف +41 22 555 01 02.</p>", "fr", "<p>هاتف <bdi>+41 22 555 01 02</bdi>.</p>"),
        ("<p>+٢٠ ٢ ٥٥٥ ٠١٠</p>", "ar", '<p><bdi dir="ltr">+٢٠ ٢ ٥٥٥ ٠١٠</bdi></p>'),
        ('<p title="+41 22 555 01 02">+ 5</p>', "ar", '<p title="+41 22 555 01 02">+ 5</p>'),
        (
            '<a href="tel:+41" dir="ltr">+41 22 555 01</a>',
            "ar",
            '<a href="tel:+41" dir="ltr">+41 22 555 01</a>',
        ),
        (
            '<a href="tel:0123456789">01 23 45 67 89</a>',
            "he",
            '<a href="tel:0123456789"><bdi dir="ltr">01 23 45 67 89</bdi></a>',
        ),
        ("+1", "fa", "+1"),
        *(
            (kept, "ar", kept)
            for kept in (
                '<img alt="هاتف > +41 22 555 01 02">',
                '<script type="application/ld+json">{"telephone": "+41 22 555 01 02"}</script>',
                "<style>a::after { content: '+41 22 555 01 02' }</style>",
                "<!-- > +41 22 555 01 02 -->",
                "<svg><text>+41 22 555 01 02</text></svg>",
            )
        ),
    ],
)
def test_a_phone_number_keeps_its_order_among_letters_from_the_right(
    text: str, locale: str, shown: str
) -> None:
    assert isolated(text, locale) == shown


@pytest.mark.parametrize(
    ("text", "locale", "shown"),
    [
        ("<p>保护的水源。 该项目</p>", "zh", "<p>保护的水源。该项目</p>"),
        ("<p><b>更正。</b> 项目</p>\n<p>新</p>", "zh", "<p><b>更正。</b>项目</p>\n<p>新</p>"),
        ("“是。” 他说", "zh-Hant", "“是。”他说"),
        ("はい。 そうです。", "ja", "はい。そうです。"),
        ("他说 OK and so 。", "zh", "他说 OK and so 。"),
        ("“是。” OK", "zh", "“是。” OK"),
        ("<p>是。 对</p><PRE>。 x</PRE><p>是。 对</p>", "zh", "<p>是。对</p><PRE>。 x</PRE><p>是。对</p>"),
        ("예。 예。", "ko", "예。 예。"),
    ],
)
def test_sentences_follow_each_other_without_a_space_where_a_language_has_none(
    text: str, locale: str, shown: str
) -> None:
    assert closed_up(text, locale) == shown
    assert closed_up(shown, locale) == shown


def test_a_picture_that_stands_alone_shows_its_title_as_a_caption(tmp_path: Path) -> None:
    press = _press(tmp_path, '# Le quai\n\nIl est long.\n\n![Le quai](quai.png "Vu de l\'est & du sud")\n')
    page = _page(press)
    (figure,) = page.css("article figure")
    assert [node.text() for node in figure.css("figcaption")] == ["Vu de l’est & du sud"]
    (image,) = figure.css("img")
    assert image.attributes["alt"] == "Le quai"
    assert "title" not in image.attributes
    assert not page.css("article > p > img")


@pytest.mark.parametrize("said", ["Vu de l'est", "Vu de l'est. Photo : le port"])
def test_a_caption_that_is_not_translated_says_its_language(tmp_path: Path, said: str) -> None:
    press = _press(tmp_path, f'# Le quai\n\nIl est long.\n\n![Le quai](quai.png "{said}")\n')
    settings = press.root / "l10n.toml"
    settings.write_text(f"{settings.read_text('utf-8')}\n[gates.min_approved]\nar = 0\n", "utf-8")
    page = _page(project.load(press.root), "ar/quai/index.html")
    (caption,) = page.css("figcaption .untranslated")
    assert (caption.attributes["lang"], caption.attributes["dir"]) == ("fr", "ltr")


@pytest.mark.parametrize(
    ("source", "headline", "first"),
    [
        ("Le quai ouvre\n\nIl est long.\n", "Le quai ouvre", "h1"),
        ("Le quai ouvre.\n\nIl est long.\n", "quai", "p"),
        (f"{'Le quai ' * 20}\n\nIl est long.\n", "quai", "p"),
        ("Le quai ouvre\n", "quai", "p"),
    ],
)
def test_a_release_without_a_heading_begins_with_its_title(
    tmp_path: Path, source: str, headline: str, first: str
) -> None:
    press = _press(tmp_path, source)
    page = _page(press)
    title = page.css_first("title")
    assert title is not None
    assert title.text() == f"{headline} – Port"
    assert [node.text() for node in page.css("h1")] == [headline]
    block = page.css_first(f"article > {first}")
    assert block is not None
    assert block.text().strip() == source.splitlines()[0].strip()


def test_other_structured_data_of_a_page_with_its_own_frame_is_its_own_business(tmp_path: Path) -> None:
    data = '{"@context":"https://schema.org","@type":"Organization","name":"Port"}'
    html = (
        '<!DOCTYPE html><html lang="fr" dir="ltr"><head><meta charset="utf-8"><title>Le quai</title>'
        '<meta name="viewport" content="width=device-width"></head><body>'
        f"<main><h1>Le quai</h1><p>Le quai est long.</p></main>"
        f'<script type="application/ld+json">{data}</script></body></html>'
    )
    press = _press(tmp_path, html, ".html")
    plan = press.root / "releases" / "quai" / "release.toml"
    plan.write_text(f'page = "own"\n{plan.read_text("utf-8")}', "utf-8")
    files = site.build(press, as_of=NOW).files
    remarks = check(files, press.settings.site.url)
    assert [remark for remark in remarks if remark.path == "fr/quai/index.html"] == []


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("<p>un <script> deux</p>", "<p>un &lt;script> deux</p>"),
        ("<p>un <TITLE>deux</p>", "<p>un &lt;TITLE>deux</p>"),
        ("<style>p{}</style><p>un</p>", "<style>p{}</style><p>un</p>"),
        ("<svg><title>un</title></svg><textarea>", "<svg><title>un</title></svg>&lt;textarea>"),
        ("<p>un</p><!-- deux", "<p>un</p><!-- deux-->"),
        ("<!-- un --><p>deux --></p>", "<!-- un --><p>deux --></p>"),
        ("<p>un <plaintext> <scripts></p>", "<p>un &lt;plaintext> <scripts></p>"),
    ],
)
def test_no_tag_of_a_writer_swallows_the_rest_of_the_page(body: str, shown: str) -> None:
    assert closed(body) == shown


def test_a_page_keeps_its_end_whatever_its_markdown_holds(tmp_path: Path) -> None:
    press = _press(tmp_path, "# Quai <script>\n\nUn <title> et <b>deux</b>.\n\n<!-- trois\n")
    page = _page(press)
    assert page.css_first("footer.site") is not None
    assert page.css_first("article").text().split() == ["Quai", "<script>", "Un", "<title>", "et", "deux."]


def test_a_phone_number_is_in_order_in_lists_as_well(tmp_path: Path) -> None:
    press = _press(tmp_path, "# Quai\n\nTéléphone : +212 5 39 00 00 00.\n", locales=())
    for path in ("fr/index.html", "fr/2026/index.html"):
        assert _page(press, path).css_first(".releases bdi").text() == "+212 5 39 00 00 00"


@pytest.mark.parametrize(
    ("columns", "begins"), [(1, "<table><thead>"), (2, "<table><thead>"), (3, '<table tabindex="0"><thead>')]
)
def test_a_table_of_several_columns_can_be_scrolled_from_the_keyboard(columns: int, begins: str) -> None:
    row = '<th style="text-align: right">1 <b>x</b></th>' * columns
    table = f"<table><thead><tr>{row}</tr></thead><tbody></tbody></table>"
    narrow = "<table><thead><tr><th>a</th></tr></thead></table>"
    told = within_reach(f"<p>a</p>{narrow}{table}")
    assert told.startswith(f"<p>a</p>{narrow}{begins}")
    assert told.replace(' tabindex="0"', "") == f"<p>a</p>{narrow}{table}"


@pytest.mark.parametrize(
    ("table", "reached"),
    [
        ("<table><tr><td>1<td>2<td>3<tr><td>4</table>", True),
        (
            '<table class="a>b"><caption>x</caption><tr><th>1</th><td>2</td><td>3</td></tr></table>',
            True,
        ),
        ("<table><tr><td>1</td></tr><tr><td>1</td><td>2</td><td>3</td></tr></table>", False),
        ('<table role="presentation"><tr><td>1<td>2<td>3</table>', False),
        ('<table tabindex="0"><tr><td>1<td>2<td>3</table>', False),
        ("<table><tr><td><table><tr><td>1<td>2<td>3</table></table>", True),
    ],
)
def test_tables_of_web_pages_and_word_files_are_within_reach_too(table: str, reached: bool) -> None:  # noqa: FBT001 - a table's column
    told = within_reach(table)
    assert (told != table) is reached
    assert told.replace('<table tabindex="0"', "<table") == table.replace('<table tabindex="0"', "<table")


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ("https://a.example/zh/%E6%B5%B7/", "https://a.example/zh/海/"),
        ("https://a.example/a%20b%2Fc%3F/%e2%82%ac", "https://a.example/a%20b%2Fc%3F/€"),
        ("https://a.example/%FF%E6%B5", "https://a.example/%FF%E6%B5"),
        ("https://a.example/%E2%80%AEa", "https://a.example/%E2%80%AEa"),
    ],
)
def test_an_address_on_paper_can_be_read_and_typed(address: str, read: str) -> None:
    assert readable(address) == read


CONTACTS = """\
# Le quai

Écrire à ana@quai.example, +216 (0)74 123 456, 01 23 45 67 89, www.quai.example/presse?a=1&b=2.

Déjà lus, <https://www.quai.example>, [ana@quai.example](https://a.example) et `ana@quai.example`.

<p title="ana@quai.example > ana@quai.example">Voir <button>ana@quai.example</button></p>
"""


@pytest.mark.parametrize(
    ("locale", "direction", "number"),
    [("fr", "", "<bdi>01 23 45 67 89</bdi>"), ("ar", ' dir="ltr"', '<bdi dir="ltr">01 23 45 67 89</bdi>')],
)
def test_contacts_in_plain_words_are_links(locale: str, direction: str, number: str) -> None:
    body = _approved(CONTACTS.encode(), {}, locale)
    paragraphs = [line for line in body.splitlines() if line.startswith("<p")]
    assert paragraphs == [
        (
            f'<p>Écrire à <a href="mailto:ana@quai.example"{direction}>ana@quai.example</a>, '
            f'<a href="tel:+21674123456"{direction}>+216 (0)74 123 456</a>, {number}, '
            f'<a class="bare" href="https://www.quai.example/presse?a=1&amp;b=2"{direction}>'
            "www.quai.example/presse?a=1&amp;b=2</a>.</p>"
        ),
        (
            '<p>Déjà lus, <a class="bare" href="https://www.quai.example">https://www.quai.example</a>, '
            '<a href="https://a.example">ana@quai.example</a> et <code>ana@quai.example</code>.</p>'
        ),
        '<p title="ana@quai.example > ana@quai.example">Voir <button>ana@quai.example</button></p>',
    ]


@pytest.mark.parametrize(
    ("source", "links"),
    [
        ("ana@quai.example", ["mailto:ana@quai.example"]),
        ("- www.quai.example/a", ["https://www.quai.example/a"]),
        ("Tél. +41 22 555 01 02, ana@quai.example\nhttps://quai.example/b", None),
        ("**Ana Ruiz**\\\n+41 22 555 01 02\\\nana@quai.example\\\nhttps://quai.example/b", None),
    ],
)
def test_contacts_that_nobody_translates_are_links_too(source: str, links: list[str] | None) -> None:
    page = HTMLParser(_approved(f"# Le quai\n\nUn mot.\n\n{source}\n".encode(), {}, "en"))
    every = ["tel:+41225550102", "mailto:ana@quai.example", "https://quai.example/b"]
    assert [node.attributes["href"] for node in page.css("a")] == (links or every)


@pytest.mark.parametrize(
    "typed",
    [
        "Press: https://evil.example or ana@evil.example",
        "Press: ana@quai.example.evil or bana@quai.example",
        "Press: https://www.quai.example/presse?a=1&b=2 or www.quai.example/presse?a=1&b=2/x",
        '<a href="https://evil.example">ana@evil.example</a>',
    ],
)
def test_nothing_that_is_typed_into_a_target_becomes_a_link(typed: str) -> None:
    source = "# Le quai\n\nPresse: ana@quai.example, www.quai.example/presse?a=1&b=2.\n\nUn mot.\n"
    assert "<a" not in _approved(source.encode(), {"Un mot.": typed}, "en").rpartition("<p>")[2]


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".md", "# Le quai\n\nUn mot, 01 23 45 67 89.\n"),
        (".txt", "Le quai\n\nUn mot.\n\nContact :\nTél. : 01 23 45 67 89\n"),
    ],
)
@pytest.mark.parametrize("place", ["project", "plan"])
def test_a_national_phone_number_is_a_link_where_its_country_is_stated(
    tmp_path: Path, suffix: str, text: str, place: str
) -> None:
    press = _press(tmp_path, text, suffix)
    path = press.root / ("l10n.toml" if place == "project" else "releases/quai/release.toml")
    said = path.read_text("utf-8")
    line = 'calling_code = "+33"\n'
    path.write_text(
        said.replace("[site]\n", f"[site]\n{line}") if place == "project" else line + said, "utf-8"
    )
    links = _page(project.load(press.root)).css("article a")
    assert [node.attributes["href"] for node in links] == ["tel:+33123456789"]


def test_a_page_of_its_own_has_its_phone_numbers_in_order_from_the_right(tmp_path: Path) -> None:
    text = "<title>Le quai</title><body><h1>Le quai</h1><p>Un mot, 01 23 45 67 89.</p>"
    press = _press(tmp_path, f"<!DOCTYPE html><html lang=fr>{text}", ".html")
    plan = press.root / "releases" / "quai" / "release.toml"
    plan.write_text(f'page = "own"\n{plan.read_text("utf-8")}', "utf-8")
    settings = press.root / "l10n.toml"
    settings.write_text(f"{settings.read_text('utf-8')}\n[gates.min_approved]\nar = 0\n", "utf-8")
    site_of = site.build(project.load(press.root), as_of=NOW).files
    assert '<bdi dir="ltr">01 23 45 67 89</bdi>' in site_of["ar/quai/index.html"].decode()
    assert "<bdi" not in site_of["fr/quai/index.html"].decode()


def test_contacts_of_a_word_document_are_links() -> None:
    data = docx(
        "<w:p><w:r><w:t>Écrire à ana@quai.example, +216 74 123 456, www.quai.example.</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>https://quai.example/?a=1&amp;b=2</w:t></w:r></w:p>"
    )
    body = _approved(data, {}, "en", path="a.docx")
    assert '<p><a class="bare" href="https://quai.example/?a=1&amp;b=2">' in body
    assert body.splitlines()[0] == (
        '<p>Écrire à <a href="mailto:ana@quai.example">ana@quai.example</a>, '
        '<a href="tel:+21674123456">+216 74 123 456</a>, '
        '<a class="bare" href="https://www.quai.example">www.quai.example</a>.</p>'
    )


def _approved(source: bytes, said: dict[str, str], locale: str, path: str = "a.md") -> str:
    """The body of a page with these targets; every other segment has its source as its target."""
    document = formats.extract(source, path=path, locale="fr")
    plan = project.Release("a", Path(path), "fr", (locale,), dt.date(2026, 1, 1))
    found = original(plan, document)
    return page(found, locale, {key: said.get(key[1], key[1]) for key in found.keys.values()}).body


NOTED = """\
# Le quai

Un mot.[^a] Un autre.[^b]

Encore un mot.[^a] Et <sup><a href="#c">3</a></sup>.

[^a]: La note.

    Sa suite.
[^b]: L'autre.
"""


def test_a_note_leads_back_to_each_place_that_refers_to_it() -> None:
    page = HTMLParser(_approved(NOTED.encode(), {}, "es"))
    refer = [(node.attributes["id"], node.attributes["href"]) for node in page.css("a[role=doc-noteref]")]
    assert refer == [("ref1-a", "#note-a"), ("ref1-b", "#note-b"), ("ref2-a", "#note-a")]
    back = {
        node.id: [each.attributes["href"] for each in node.css("[role=doc-backlink]")]
        for node in page.css("div")
    }
    assert back == {"note-a": ["#ref1-a", "#ref2-a"], "note-b": ["#ref1-b"]}
    assert page.css_first("#note-a").text(strip=True).endswith("Sa suite.↑↑")
    assert page.css_first("a[href='#c']").attributes == {"href": "#c"}


def test_notes_of_a_word_document_lead_back_too() -> None:
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>La note.</w:t></w:r></w:p></w:footnote>'
    data = docx(
        '<w:p><w:r><w:t>Un mot.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>',
        {"word/footnotes.xml": part("footnotes", note)},
    )
    body = _approved(data, {}, "es", path="a.docx")
    assert '<sup><a id="ref1-footnote-2" href="#note-footnote-2" role="doc-noteref">1</a></sup>' in body
    assert '<li id="note-footnote-2">La note. <a href="#ref1-footnote-2" role="doc-backlink"' in body


@pytest.mark.parametrize(
    ("locale", "label"),
    [("fr", "Retour au texte"), ("ar", "العودة إلى النص"), ("eu", "Back to the text")],
)
def test_links_back_have_a_name_in_the_language_of_the_page(tmp_path: Path, locale: str, label: str) -> None:
    press = _press(tmp_path, NOTED, locales=("ar", "eu"))
    for other in ("ar", "eu"):
        path = project.catalogue_path(press, project.release(press, "quai"), other)
        blank = catalogue.read(path)
        said = tuple(replace(entry, target=entry.source, state=State.REVIEWED) for entry in blank.entries)
        catalogue.write(replace(blank, entries=said), path)
    page = _page(press, f"{locale}/quai/index.html")
    (name,) = {node.attributes["aria-labelledby"] for node in page.css("[role=doc-backlink]")}
    assert page.css_first(f"#{name}").text() == label
    assert page.css_first(f"#{name} [lang=en]") is not None or locale != "eu"


def test_notes_of_a_text_at_the_foot_lead_back_and_are_told_from_those_of_the_page(tmp_path: Path) -> None:
    press = _press(tmp_path, NOTED)
    foot = press.root / "releases" / "foot"
    foot.mkdir()
    (foot / "source.md").write_text("# Presse\n\nUn mot.[^a]\n\n[^a]: La note.\n", "utf-8")
    (foot / "release.toml").write_text('kind = "block"\ndate = 2026-01-01\nlocale = "fr"\n', "utf-8")
    for text in (NOTED, "# Le quai\n\nUn mot.\n"):
        (press.root / "releases" / "quai" / "source.md").write_text(text, "utf-8")
        page = _page(project.load(press.root))
        named = [node.id for node in page.css("[id]")]
        assert len(named) == len(set(named))
        assert page.css_first("aside [role=doc-backlink]").attributes["href"] == "#foot-ref1-a"
        for node in page.css("[role=doc-backlink], [role=doc-noteref]"):
            assert node.attributes["href"].removeprefix("#") in named
            assert node.attributes.get("aria-labelledby", "back-to-text") in named


def test_a_page_without_notes_has_no_name_for_links_back(tmp_path: Path) -> None:
    assert _page(_press(tmp_path, "# Le quai\n\nUn mot.\n")).css("#back-to-text") == []


@pytest.mark.parametrize(
    ("body", "link"),
    [
        (
            '<iframe src="https://v.example/e?a=1&amp;b=2" title="Le quai &lt;vu&gt;"></iframe>',
            '<a class="on-paper" href="https://v.example/e?a=1&amp;b=2">Le quai &lt;vu&gt;</a>',
        ),
        (
            '<iframe src="https://v.example/e?a=1&copy=2" title="Le quai"></iframe>',
            '<a class="on-paper" href="https://v.example/e?a=1&amp;copy=2">Le quai</a>',
        ),
        (
            "<video controls><source src=a.webm><source src=a.mp4></video>",
            '<a class="on-paper bare" href="a.webm">a.webm</a>',
        ),
        (
            "<audio src='//a.example/1.ogg' aria-label=\"L'avis\"></audio>",
            '<a class="on-paper" href="//a.example/1.ogg">L\'avis</a>',
        ),
        (
            '<object data="plan.pdf"><embed src="plan.pdf"></object>',
            '<a class="on-paper bare" href="plan.pdf">plan.pdf</a>',
        ),
        ("<IFRAME SRC=a></IFRAME>", '<a class="on-paper bare" href="a">a</a>'),
        ("<embed src=plan.pdf>", '<a class="on-paper bare" href="plan.pdf">plan.pdf</a>'),
        ('<a href="b"><video src="a.mp4"></video></a>', ""),
        ('<iframe src="javascript:alert(1)"></iframe>', ""),
        ('<iframe srcdoc="&lt;p&gt;" src="https://v.example"></iframe>', ""),
        ('<iframe src="about:blank"></iframe><video src="data:video/mp4,"></video>', ""),
        ('<p title="<iframe src=a>">un</p>', ""),
        ("<video src=a.mp4>", ""),
    ],
)
def test_paper_has_a_link_to_what_a_page_embeds(body: str, link: str) -> None:
    assert with_links(f"<p>{body} fin.</p>") == f"<p>{body}{link} fin.</p>"


@pytest.mark.parametrize(
    ("tag", "says"),
    [
        ('<img src="a.png" alt="Un m&acirc;t. Et plus">', True),
        ("<IMG alt='Un mât' src=\"a.png\" />", True),
        ('<svg role="img" aria-label="Un mât">', True),
        ('<img src="a.png" alt="A mast">', False),
        ('<img src="a.png" alt="Un mât" lang="es">', False),
        ('<svg aria-label="Un mât">', False),
        ('<section aria-label="Un mât">', False),
        ('<img src="a.png" alt="">', False),
    ],
)
def test_a_picture_whose_description_is_not_translated_says_its_language(tag: str, says: bool) -> None:  # noqa: FBT001
    shown = labelled(f"<p>{tag}</p>", ("Un mât",), 'lang="fr" dir="ltr"')
    assert (' lang="fr"' in shown) is says
    assert (' dir="ltr"' in shown) is (says and not tag.startswith("<svg"))
    assert shown.replace(' lang="fr"', "").replace(' dir="ltr"', "") == f"<p>{tag}</p>"
