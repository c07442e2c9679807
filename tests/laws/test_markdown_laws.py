"""What holds for every Markdown text: bytes are kept, and no target can become markup."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyromark
import pytest
import tomli
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from l10n import inline
from l10n.formats import body, extract, markdown, merge
from l10n.formats.markdown import directives, drawn, frontmatter, scalars, templates, yamlkeys
from l10n.model import Document
from tests.growth import seconds, takes_less

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
HOSTILE = [
    "*",
    "_",
    "`",
    "[x](javascript:a)",
    "![i](u)",
    "<script>",
    "</p>",
    "<b>",
    "&amp;",
    "&lt",
    "#",
    "-",
    "1.",
    ">",
    "+",
    "===",
    "---",
    "~~~",
    "```",
    "\\",
    "{{x}}",
    "{%a%}",
    "{{<y>}}",
    "{:.x}",
    "http://e.example",
    "www.e.example",
    "a@b.example",
    "$$",
    "[^1]",
    "[^1]:",
    "[ref]:",
    "**b**",
    "__b__",
    "~~s~~",
    "「日本」",
    "。",
    "«",
    "»",
    "(",
    ")",
    "!",
    "=",
    "{#id}",
    "}",
    "{",
    "<!--",
    "-->",
    "]]>",
    "|",
    "\n",
    "\t",
    "  \n",
    "    ",
    "\xa0",
    "- ",
    "1. ",
    "!!! note",
    '=== "t"',
    ":::",
    ":::note x",
    '"',
    "'",
    "{% raw %}",
    "{{< highlight >}}",
    "</div>",
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


def read(text: str) -> Document:
    return extract(text.encode(), path="page.md", locale="en")


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


def fold(text: str) -> str:
    """A text with each stretch of blanks as one."""
    return " ".join(text.split())


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


SCALARS = [
    "{}",
    "'{}'",
    '"{}"',
    "{}. And more",
    '"First. {}. Last"',
    "'First. {}'",
    "Over\n  lines. {}\n  and more",
    "'{}\n  goes on. It does'",
    ">\n  {}\n  on. On\n\n  Last",
    "|\n  {}. On\n  - last",
    "|-\n  First. {}",
    "&a {}",
    "!!str &a {}. And more",
    ">-2\n  {}\n  on. On",
    "|2\n    {}. On\n  more",
]
SIGNS = [
    *HOSTILE,
    "word",
    " ",
    "é",
    ": ",
    " #",
    '"',
    "'",
    "&a",
    "*a",
    "!t",
    "%",
    "@",
    ",",
    "true",
    "\u200c",
    "😀",
    "\x07",
]


def value(page: str) -> str:
    """What the title in a page's YAML says, blanks left out."""
    (scalar,) = yamlkeys.find(page, page.index("\n") + 1, page.rindex("---"), {"title"})
    raw = page[scalar.start + scalar.inner : scalar.end - scalar.inner]
    paragraphs = scalars.read(scalar.style, raw, scalar.indent) or []
    runs = [run for one in paragraphs if not isinstance(one, str) for run in one]
    return "".join(run.text for run in runs).replace(" ", "")


@given(st.lists(st.sampled_from(SIGNS), min_size=1, max_size=6).map("".join))
@example("[^1]:\u00a0")  # a blank to Unicode, not to YAML
@settings(max_examples=60)
@pytest.mark.parametrize("scalar", SCALARS)
def test_a_value_in_yaml_reads_back_as_the_target(scalar: str, target: str) -> None:
    target = f"a{target}"
    page = f"---\nx: 1\ntitle: {scalar.replace('{}', 'Source words')}\ntags: [a]\n---\n"
    after = with_target(page, target)
    expected = "".join(value(page).replace("Sourcewords", target, 1).split())
    assert "".join(value(after).replace("\ufffd", "\x07").split()) == expected
    assert after.startswith("---\nx: 1\ntitle:")
    assert after.endswith("\ntags: [a]\n---\n")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
@settings(max_examples=60)
@pytest.mark.parametrize(
    "value",
    ['"{}"', "'{}'", '"One. {}. \\u00e9"', '"""\nOver\n{}. \\\n  It. \\"\n"""', "'''{}\ngo on'''"],
)
def test_toml_says_the_target_and_nothing_else(value: str, target: str) -> None:
    page = (
        f"+++\ndate = 2024-01-02 # c\ntitle = {value.replace('{}', 'Source words')}\n[x]\ntitle = 'N'\n+++\n"
    )
    after = with_target(page, target)
    before, now = (tomli.loads(text.replace("+++", "")) for text in (page, after))
    assert fold(now.pop("title")) == fold(before.pop("title").replace("Source words", target))
    assert now == before


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
@settings(max_examples=60)
def test_json_says_the_target_and_nothing_else(target: str) -> None:
    page = '{\n  "title": "One. Source words. \\u00e9",\n  "x": {"title": "N"}\n}\n'
    before, now = (json.loads(text) for text in (page, with_target(page, target)))
    assert fold(now.pop("title")) == fold(before.pop("title").replace("Source words", target))
    assert now == before


NAMES = st.sampled_from(["title", "seo", "hero", "image", "alt", "features", "x", "it's", 'a "b"', "ünd"])
LEAVES = st.sampled_from(
    ["The quay", "It opens. At noon.", "Boats: all, [of] {them}", "Ten #1", 'It\'s "open"', "a\\b words"]
) | st.sampled_from([1, True, "2024-01-02", ""])
NESTED = st.recursive(
    LEAVES,
    lambda inner: st.dictionaries(NAMES, inner, max_size=4) | st.lists(inner, max_size=3),
    max_leaves=6,
)
DATA = st.fixed_dictionaries(
    {"seo": st.fixed_dictionaries({"title": LEAVES, "x": NESTED}), "it's": NESTED},
    optional={
        "title": LEAVES,
        "hero": st.fixed_dictionaries({"image": st.fixed_dictionaries({"alt": LEAVES})}),
        "features": st.lists(st.fixed_dictionaries({"x": NESTED, "title": LEAVES}), max_size=2),
    },
)


def in_toml(value: object) -> str:
    """A value as TOML writes it in one line; JSON's strings are TOML's."""
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key)} = {in_toml(inner)}" for key, inner in value.items())
        return "{ " + ", ".join(pairs) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(in_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


FRONTS: dict[str, tuple[Callable[[dict[str, Any]], str], Callable[[str], Any]]] = {
    "yaml": (
        lambda data: f"---\n{yaml.safe_dump({**data, 'y': 1}, allow_unicode=True, width=30)}---\n",
        lambda page: yaml.safe_load(page.split("---\n")[1]),
    ),
    "yaml between brackets": (
        lambda data: (
            f"---\n{yaml.safe_dump(data, default_flow_style=True, width=1000)}---\n"
            if data.get("title")
            else f"---\nhero: {{seo: {json.dumps(data)}}}\n"
            + "".join(
                f"{json.dumps(key)}: {json.dumps(value, indent=2)}\n"
                for key, value in data.items()
                if key != "hero"
            )
            + "---\n"
        ),
        lambda page: yaml.safe_load(page.split("---\n")[1]),
    ),
    "toml": (
        lambda data: "".join(
            ["+++\n", *(f"{json.dumps(k)} = {in_toml(v)}\n" for k, v in data.items()), "+++\n"]
        ),
        lambda page: tomli.loads(page.split("+++\n")[1]),
    ),
    "json": (lambda data: json.dumps(data, indent=1) + "\n", json.loads),
}


def translated(value: object, path: str = "") -> object:
    """What is loaded from front matter with each text of a chosen key as its target says it."""
    if isinstance(value, dict):
        return {key: translated(inner, f"{path}.{key}".lstrip(".")) for key, inner in value.items()}
    if isinstance(value, list):
        return [translated(inner, f"{path}.-") for inner in value]
    if path not in frontmatter.KEYS or not isinstance(value, str) or not value or value[0].isdigit():
        return value
    return squeezed(hostile(value))


def hostile(words: str) -> str:
    return re.sub(r"(?<=[^\W\d_])(?![^\W\d_])", "é\"' } ], #", words)


def squeezed(value: object) -> object:
    """Everything that was loaded, its texts without blanks."""
    if isinstance(value, dict):
        return {key: squeezed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return list(map(squeezed, value))
    return "".join(value.replace("\xa0", " ").split()) if isinstance(value, str) else value


@given(DATA)
@settings(max_examples=60)
@pytest.mark.parametrize("language", FRONTS)
def test_the_chosen_values_of_nested_front_matter_say_their_targets_and_the_others_what_they_said(
    language: str, data: dict[str, Any]
) -> None:
    dumped, loaded = FRONTS[language]
    page = dumped(data)
    document = read(page)
    targets = {segment.key: inline.words_only(segment.source, hostile) for _, segment in document.segments()}
    assert squeezed(loaded(merge(document, targets).decode())) == squeezed(translated(loaded(page)))


def with_target(page: str, target: str) -> str:
    """A page in which "Source words" say the target."""
    document = read(page)
    source = next(segment.source for _, segment in document.segments() if "Source words" in segment.source)
    words = source.replace("Source words", inline.escape_literal(target))
    return merge(document, {("", source): words}).decode()


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


@given(st.text(alphabet=st.sampled_from("a'’\\\" \t#=\n\x07{é"), min_size=1, max_size=12))
@settings(max_examples=200)
def test_literal_lines_in_toml_hold_the_target_but_for_what_would_end_them(target: str) -> None:
    page = "+++\ntitle = '''\nIt's 'old'. Source words\n\nLast.'''\n[x]\ntitle = 'N'\n+++\n"
    before, now = (tomli.loads(text.replace("+++", "")) for text in (page, with_target(page, target)))
    expected = before.pop("title").replace("Source words", target)
    assert fold(now.pop("title")).replace("’", "'") == fold(
        expected.replace("’", "'").replace("\x07", "\ufffd")
    )
    assert now == before
