"""What holds for every Markdown text: bytes are kept, and no target can become markup."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pyromark
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n import inline
from l10n.formats import body, extract, markdown, merge
from l10n.formats.markdown import directives, drawn, frontmatter, templates
from l10n.model import Document
from tests.growth import seconds, takes_less
from tests.markdown_support import HOSTILE, fold, read

BENCH = Path(__file__).parents[3] / "shared" / "bench" / "documents" / "md"
OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    | pyromark.Options.ENABLE_GFM
    | pyromark.Options.ENABLE_DEFINITION_LIST
)
WRITTEN = re.compile(r"</?(?:span|em|strong|del)>|<br>")
SAME = {"em": "Emphasis", "strong": "Strong", "del": "Strikethrough"}

WORDS = [
    "word",
    "Foo.",
    "Bar!",
    "été",
    "日本。",
    "「語」",
    "(x)",
    "C*",
    "snake_case",
    "a|b",
    "1. ",
    "- ",
    ": ",
]
MARKUP = [
    "**b**",
    "*e*",
    "__B__",
    "_e_",
    "~~s~~",
    "`c`",
    "[l](u)",
    "[ref]",
    "[ref][]",
    "[x][ref]",
    "![a](s)",
    "<b>h</b>",
    "<br>",
    "<i>",
    "<!-- c -->",
    "http://x.example/a_b",
    "<http://z.example>",
    "+33 1 23 45 67 89",
    "&amp;",
    "\\*",
    "*",
    "_",
    "`",
    "[",
    "]",
    "<",
    "~",
    "{{ t }}",
    "[^1]",
    "  \n",
    "\\\n",
    "\n",
    "**bold *in* x**",
    "***x***",
    "**A. B.**",
    "<script>x",
    "$$m$$",
    '[l](u "t")',
    "![a](s 'T \\' u. V.')",
    "![](s (t))",
    '<img src="s" alt="A">',
    "<abbr title='T'>U</abbr>",
    '<b translate="no">k *l*</b>',
    "{{< s >}}",
    "{% raw %}x{% endraw %}",
]
BLOCKS = [
    "{}\n",
    "# {}\n",
    "{}\n===\n",
    "- {}\n",
    "- {}\n  {}\n",
    "1. {}\n",
    "> {}\n> {}\n",
    "{}\n{}\n",
    "{}  \n{}\n",
    "Term\n: {}\n",
    "- [ ] {}\n",
    "[^1]: {}\n",
    "```\n{}\n```\n",
    "<div>\n{}\n</div>\n",
    "<p title='T. U.'>A *b* &amp; <i>c</i>.\nD\n</p>\n",
    "<details><summary>S</summary>\n\n{}\n\n</details>\n",
    "- <b>x\n  y\n",
    "> <p>x\n> y\n",
    "!!! note\n    {}\n",
    '??? tip "T *e*"\n    {}\n\n    - {}\n',
    ":::note T\n{}\n:::\n",
    ":::{tip}\n:class: x\n{}\n:::\n",
    "> [!NOTE]\n> {}\n",
    "[{}]: /d \"t (u) 'v'\"\n",
    "{{% p %}}\n{}\n{{% /p %}}\n",
    "7) {}\n8) {}\n",
]


PLACES = [
    "{}",
    "# {}",
    "{}\n===",
    "- {}",
    "> It is over.\n> {}",
    "|{}|b|\n|-|-|",
    "**{}**",
    "It is over.\n**{}**",
    "[{}]",
    "[{}][]",
    '[a](/u "{}")',
    "[a](/u '{}')",
    "![a](/u ({}))",
    "|[a](/u '{}')|b|\n|-|-|",
    '<div title="{}">',
    '!!! note "{}"\n    x',
    ":::note {}",
    ":::note[{}]",
]

lines = st.lists(st.sampled_from(WORDS + MARKUP), min_size=1, max_size=6).map(" ".join)
cells = lines.map(lambda line: re.sub(r"[|\n]", "", line))


@st.composite
def pages(draw: st.DrawFn) -> str:
    """A Markdown page of a few blocks, with what its references need."""
    out = []
    for block in draw(st.lists(st.sampled_from([*BLOCKS, "table"]), min_size=1, max_size=4)):
        if block == "table":
            out.append(f"|{draw(cells)}|{draw(cells)}|\n|-|-|\n|{draw(cells)}|b|\n")
        else:
            out.append(re.sub(r"\{\}", lambda _: draw(lines), block))
    page = "\n".join(out) + "\n[ref]: /u 'q'\n\n[^1]: note\n"
    return page.replace("\n", "\r\n") if draw(st.booleans()) else page


def events(text: str, *, masked: bool = True) -> list[Any]:
    """The parser's events of a page without its front matter; boxes are masked, templates if asked."""
    rest = frontmatter.split(text.removeprefix("\ufeff"))[2]
    found = templates.find(rest) if masked else templates.Templates(rest, rest)
    return pyromark.events(directives.find(found)[0].masked, options=OPTIONS, merge_text=True)


def skeleton(text: str) -> list[Any]:
    """Everything the parser sees but words; HTML that stands for an emphasis counts as one."""
    out: list[Any] = []
    code = False
    for event in events(text):
        if isinstance(event, str):
            out.extend([] if event == "SoftBreak" else [event])
            continue
        ((kind, value),) = event.items()
        if kind in {"Start", "End"}:
            code = kind == "Start" and "CodeBlock" in str(value)
            out.append((kind, detail(value)))
        elif kind == "InlineHtml" and (tag := re.fullmatch(r"<(/?)(em|strong|del)>", str(value))):
            out.append(("End" if tag[1] else "Start", SAME[tag[2]]))
        elif kind == "InlineHtml" and value == "<br>":
            out.append("HardBreak")
        elif kind in {"Html", "InlineHtml"}:
            out.extend((kind, tag) for tag in tags(str(value)) if tag not in {"<span>", "</span>"})
        elif kind != "Text" or code:
            out.append((kind, value))
    return out


def detail(value: object) -> str:
    """What a start or end says, without the words of a title and the way a link is written."""
    if isinstance(value, dict) and isinstance(inner := next(iter(value.values())), dict):
        value = {**inner, "link_type": "", "id": "", "title": bool(inner.get("title"))}
    return str(value)


def tags(html: str) -> list[str]:
    """The tags and comments of a stretch of HTML, without the words in their attributes."""
    found = re.findall(r"<!--.*?-->|<[^<>]*>", html, re.DOTALL)
    return [re.sub(r"(alt|title|placeholder)=(\"[^\"]*\"|'[^']*'|\S+)", r"\1=", tag) for tag in found]


def spoken(text: str) -> str:
    """All words of a page as a reader gets them, blanks folded."""
    out: list[str] = []
    for event in events(text, masked=False):
        if isinstance(event, dict):
            ((kind, value),) = event.items()
            if kind == "Start" and isinstance(value, dict):
                value = next(iter(value.values()))
                out.append(str(value.get("title", "")) if isinstance(value, dict) else "")
            elif kind in {"Html", "InlineHtml"}:
                out.append("" if WRITTEN.fullmatch(value) else html.unescape(value))
            elif kind in {"Text", "Code"}:
                out.append(value)
        else:
            out.append(" ")
    return fold("".join(out))


def words(document: Document) -> list[str]:
    """The words of each segment."""
    return [inline.plain(segment.source, segment.codes) for _, segment in document.segments()]


def spoilt(source: str, draw: st.DrawFn) -> str:
    """A target with its source's codes and hostile signs among its words."""

    def change(words: str) -> str:
        for sign in draw(st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=3)):
            at = draw(st.integers(0, len(words)))
            words = words[:at] + sign + words[at:]
        return words

    return inline.words_only(source, change)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0\x04"), max_size=80))
@settings(max_examples=150)
def test_any_text_is_kept(text: str) -> None:
    document = read(text)
    assert document.text == text
    assert merge(document, {}) == text.encode()


@given(pages())
@settings(max_examples=120)
def test_any_page_is_kept_and_its_own_words_written_again_say_the_same(page: str) -> None:
    document = read(page)
    assert document.text == page
    after = merge(document, {segment.key: segment.source for _, segment in document.segments()}).decode()
    assert skeleton(after) == skeleton(page)
    assert spoken(after) == spoken(page)
    assert words(read(after)) == words(document)


@given(pages())
@settings(max_examples=120)
def test_words_that_only_grow_leave_the_skeleton(page: str) -> None:
    document = read(page)
    targets = {segment.key: segment.source + "x" for _, segment in document.segments()}
    assert skeleton(merge(document, targets).decode()) == skeleton(page)


@given(pages(), st.data())
@settings(max_examples=120)
def test_no_target_can_become_markup(page: str, data: st.DataObject) -> None:
    document = read(page)
    targets = {
        segment.key: spoilt(segment.source, data.draw)
        for _, segment in document.segments()
        if data.draw(st.booleans())
    }
    assert skeleton(merge(document, targets).decode()) == skeleton(page)


@given(st.lists(st.sampled_from([*HOSTILE, "word", " ", "é"]), min_size=1, max_size=8).map("".join))
@settings(max_examples=50)
@pytest.mark.parametrize("place", PLACES)
def test_a_target_reads_as_exactly_itself(place: str, target: str) -> None:
    page = place.replace("{}", "Source words") + "\n\n[Source words]: /u\n\n[^1]: note\n"
    document = read(page)
    after = merge(document, {("", "Source words"): target}).decode()
    assert skeleton(after) == skeleton(page)
    expected = spoken(page).replace("Source words", target, 1)
    assert spoken(after) == fold(expected)


@given(pages(), st.data())
@settings(max_examples=80)
def test_codes_may_move_anywhere_and_stay_what_they_are(page: str, data: st.DataObject) -> None:
    document = read(page)
    targets = {segment.key: moved(segment.source, data.draw) for _, segment in document.segments()}
    after = merge(document, targets).decode()
    assert sorted(map(str, skeleton(after))) == sorted(map(str, skeleton(page)))


def moved(source: str, draw: st.DrawFn) -> str:
    """A target in which a code of its source, with what it holds, stands elsewhere."""
    pieces = [token.text for token in inline.tokens(source) if token.role is not inline.Role.TEXT]
    if not pieces:
        return source + "x"
    first = draw(st.sampled_from(pieces)).replace("</", "<")
    if first.endswith("/>"):
        rest = source.replace(first, "", 1)
        return draw(
            st.sampled_from([f"{first}{rest}", f"{rest}{first}", f"{first} {rest}", f"x{rest}{first}"])
        )
    start, end = source.index(first), source.index(first.replace("<", "</")) + len(first) + 1
    if inline.code_problems(source[start:end], inline.codes_of(source[start:end])):
        return source + "x"
    rest = source[:start] + source[end:]
    return draw(
        st.sampled_from([source[start:end] + rest, rest + source[start:end], f"{source[start:end]}: {rest}"])
    )


@pytest.mark.parametrize(
    "unit", ["[", "*", "`", "<", ">", "> ", "- ", "![", "a**b", "{{ ", "[a](", "|", "*_", "\\"]
)
def test_hostile_runs_of_signs_are_read(unit: str) -> None:
    text = unit * (40_000 // len(unit)) + "x"
    assert read(text).text == text


def test_tables_that_no_line_closes_are_not_each_sought_through_what_follows() -> None:
    table = "Name    Number\n------- -------\nwords    12\n\nWords.\n\n"
    ended = seconds(lambda: list(drawn.tables(table * 4000)))
    assert takes_less(lambda: list(drawn.tables(f"---------------\n{table}" * 4000)), 6 * ended + 0.05)


@pytest.mark.skipif(not BENCH.is_dir(), reason="the bench documents are not here")
def test_real_pages_are_kept() -> None:
    changed = []
    for path in sorted(BENCH.glob("*.md")):
        data = path.read_bytes()
        document = extract(data, path=path.name, locale="en")
        targets = {segment.key: segment.source + "x" for _, segment in document.segments()}
        after = merge(document, targets).decode()
        if merge(document, {}) != data or skeleton(after) != skeleton(document.text):
            changed.append(path.name)
    assert changed == []


def test_the_format_is_found_by_its_ending() -> None:
    assert markdown.suffixes == (".md", ".markdown", ".mdx", ".qmd", ".rmd")
    assert markdown.load(b"x", path="x.md").encoding == "utf-8"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("<p><span data-caption>", "{abbr}`a (b)`"),
        ("<table>", "<p><span data-caption>"),
        ("::: a\n", "a b\n"),
        ("```{note} A\n", "a b\n"),
        ("", "$$\\alpha + \\beta$$"),
    ],
)
def test_time_to_lay_out_a_page_grows_with_the_text_and_not_with_its_square(first: str, second: str) -> None:
    def laid_out(count: int) -> None:
        text = first * count + second * count
        body(
            Document(markdown.extract(text, path="a.md", locale="en"), "a.md", "markdown", "en"), {}, ("", "")
        )

    assert takes_less(lambda: laid_out(2_000), 8 * seconds(lambda: laid_out(500)) + 0.2)
