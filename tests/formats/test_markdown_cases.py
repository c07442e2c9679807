from __future__ import annotations

from pathlib import Path

import pytest

from l10n import inline
from l10n.errors import CodeError, InputError
from l10n.formats import body, body_of, extract, markdown, merge
from l10n.formats.markdown import templates
from l10n.inline import Role
from l10n.model import Document

CASES = Path(__file__).parents[1] / "cases" / "markdown"
SOURCE = "Source words"


def read(text: str, path: str = "page.md") -> Document:
    return extract(text.encode(), path=path, locale="en")


def blocks(table: str) -> list[tuple[str, str, list[str]]]:
    found = []
    for case in (CASES / table).read_text(encoding="utf-8").split("\n== ")[1:]:
        name, _, rest = case.partition("\n")
        text, _, expected = rest.partition("\n⇒\n")
        found.append((name, text.replace("␣", " ") + "\n", expected.strip().splitlines()))
    return found


def rows(name: str) -> list[list[str]]:
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [[field.replace("↵", "\n") for field in line.split(" ⇒ ")] for line in lines if " ⇒ " in line]


def listed(document: Document) -> list[str]:
    return [
        f"{' '.join(filter(None, (unit.kind, unit.name)))} | {segment.source}"
        for unit, segment in document.segments()
    ]


@pytest.mark.parametrize(("name", "text", "expected"), blocks("units.txt"), ids=lambda value: str(value)[:40])
def test_a_text_has_these_segments(name: str, text: str, expected: list[str]) -> None:
    document = read(text)
    assert document.text == text, name
    assert listed(document) == expected


@pytest.mark.parametrize(("name", "text", "expected"), blocks("boxes.txt"), ids=lambda value: str(value)[:40])
def test_readers_see_boxes(name: str, text: str, expected: list[str]) -> None:
    document = read(text)
    assert body(document, {}, ("", "")).strip().splitlines() == expected, name
    told = {segment.key: f"¡{segment.source}" for _, segment in document.segments()}
    again = body(document, told, ("", ""))
    assert again == body_of(document)(told, ("", ""))
    assert again.count("¡") == len([*document.segments()])


@pytest.mark.parametrize(("name", "text", "expected"), blocks("shown.txt"), ids=lambda value: str(value)[:40])
def test_readers_see_what_dialects_mark(name: str, text: str, expected: list[str]) -> None:
    document = read(text)
    assert body(document, {}, ("", "")).strip().splitlines() == expected, name
    own = {segment.key: segment.source for _, segment in document.segments()}
    assert body_of(document)(own, ("", "")).split() == body(document, {}, ("", "")).split()


@pytest.mark.parametrize("text", ["Words.", "==A== $x^2$.", "- Item\n\n| a | b |\n|---|---|\n| c | d |"])
def test_no_target_marks_anything_itself(text: str) -> None:
    typed = "==a== $x^2$ H~2~O {doc}`b <c>` [[d|e]] ++f+g++ [h]{.i} %%j%% $$k$$ {.l} ^[m] 速++o++を$p$は"
    document = read(text)
    targets = {
        segment.key: typed + "".join(token.text for token in inline.tokens(segment.source) if token.number)
        for _, segment in document.segments()
    }
    shown = body(document, targets, ("", ""))
    assert shown.count(typed.replace("<", "&lt;").replace(">", "&gt;")) == len([*document.segments()])


@pytest.mark.parametrize(
    "opening", ['<div markdown="1">', '<div markdown="1">\n', '<aside markdown="block">']
)
def test_no_target_becomes_a_tag_where_html_may_or_may_not_be_read_as_markdown(opening: str) -> None:
    document = read(f"{opening}\nWords\n\n</div>\n")
    targets = {("", "Words"): "<script>x</script> <img src=x>"}
    shown = (body(document, targets, ("", "")), merge(document, targets).decode())
    assert all("<script" not in text and "<img" not in text and "&lt;script" in text for text in shown)


def test_the_title_of_a_box_that_is_not_translated_says_its_language() -> None:
    document = read('!!! note "Our title"\n    Inside.\n')
    mark = ('<span lang="en" dir="ltr" class="untranslated">', "</span>")
    shown = body(document, {}, mark)
    assert f"<strong>{mark[0]}Our title{mark[1]}</strong>" in shown
    assert f"<p>{mark[0]}Inside.{mark[1]}</p>" in shown


@pytest.mark.parametrize(("name", "text", "expected"), blocks("mdx.txt"), ids=lambda value: str(value)[:40])
def test_a_page_of_mdx_has_these_segments(name: str, text: str, expected: list[str]) -> None:
    document = read(text, "page.mdx")
    assert document.text == text, name
    assert listed(document) == expected
    again = merge(document, {segment.key: segment.source for _, segment in document.segments()})
    assert listed(read(again.decode(), "page.mdx")) == expected


@pytest.mark.parametrize(("name", "text", "expected"), blocks("mdx.txt"), ids=lambda value: str(value)[:40])
def test_no_target_opens_a_tag_or_an_expression_in_mdx(name: str, text: str, expected: list[str]) -> None:
    document = read(text, "page.mdx")
    hostile = 'import a from "b"; } </Tab> {y} 1 < 2 <b a="{1}"> <> {/* - `'
    targets = {}
    for _, segment in document.segments():
        codes = [token.text for token in inline.tokens(segment.source) if token.role is not Role.TEXT]
        targets[segment.key] = inline.escape_literal(hostile).join(["", *codes, ""])
    came = read(merge(document, targets).decode(), "page.mdx")
    assert [(unit.kind, unit.name) for unit in came.units] == [(one.kind, one.name) for one in document.units]
    assert len(list(came.segments())) == len(expected), name
    assert all(hostile in inline.plain(segment.source) for _, segment in came.segments())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "---\ntitle: One: two\n---\n",
            "page.md:2:11: the YAML at its head does not parse: a colon in a value",
        ),
        (
            '---\na: b\nsummary: "never\n---\n',
            "page.md:3:10: the YAML at its head does not parse: this quotation",
        ),
        ("---\ntags: [a, b\n---\n", "page.md:2:7: the YAML at its head does not parse: this bracket"),
        (
            '---\ntitle: "One" two\n---\n',
            "page.md:2:13: the YAML at its head does not parse: nothing may follow",
        ),
        (
            "---\ntitle: One\n\tlayout: two\n---\n",
            "page.md:3:1: the YAML at its head does not parse: a tab may",
        ),
        ("---\ntitle: @one\n---\n", "page.md:2:8: the YAML at its head does not parse: a value that begins"),
        (
            '+++\ntitle = "One"\nsummary = \n+++\n',
            "page.md:3:11: the TOML at its head does not parse: Invalid value",
        ),
        (
            f'+++\ntitle = "One"\nweight = {"9" * 5000}\n+++\n',
            "page.md:3:10: the TOML at its head does not parse: the number is too long",
        ),
        (
            '{\n  "title": "One"\n  "tags": []\n}\nBody\n',
            "page.md:3:3: the JSON at its head does not parse: ",
        ),
        (
            f'{{\n  "title": "One",\n  "weight": {"9" * 5000}\n}}\nBody\n',
            "page.md:3:13: the JSON at its head does not parse: the number is too long",
        ),
        ("# One\0two\n", "page.md:1:6: there is a NUL byte"),
        ("# A\r\n<<<<<<< HEAD\r\nB\r\n=======\r\n>>>>>>> b\r\n", "page.md:2:1: a merge was left undone"),
        ("# One\n\nTwo\4\n", "page.md:3:4: there is the control character U+0004"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text: str, said: str) -> None:
    with pytest.raises(InputError) as raised:
        read(text)
    assert str(raised.value).startswith(said)
    assert raised.value.remedy


def test_front_matter_that_a_template_fills_in_is_left_alone() -> None:
    assert read('+++\ntitle = "{{ replace .Name "-" " " }}"\n+++\nBody\n').units[0].raw == "Body"
    assert read("---\ntitle: {{ a }}: b\n---\nBody\n").units[-1].raw == "Body"


@pytest.mark.parametrize(("template", "target", "written"), rows("targets.txt"))
def test_a_target_is_escaped_for_its_place(template: str, target: str, written: str) -> None:
    text = template.replace("{}", SOURCE) + "\n" + (f"\n[{SOURCE}]: /u\n" if "[{}]" in template else "")
    document = read(text)
    (key,) = [segment.key for _, segment in document.segments() if segment.source == SOURCE]
    scalar = written.startswith('"') and "'{}'" in template
    expected = text.replace(f"'{SOURCE}'" if scalar else SOURCE, written, 1)
    assert merge(document, {key: target}).decode() == expected


@pytest.mark.parametrize(
    ("source", "target", "written"),
    [
        ("Under 3 < 4 m.", "1 < 2 <3 <b> <-", "1 < 2 <3 &lt;b> &lt;-"),
        ("#harbour is open.", "#port et > x", "#port et > x"),  # a tag, or a heading to some readers
        ("Under 3 &lt; 4 m.", "1 < 2", "1 &lt; 2"),  # perhaps a page of MDX, which would refuse it
    ],
)
def test_a_sign_is_written_bare_where_the_source_has_it_bare(source: str, target: str, written: str) -> None:
    document = read(source)
    (segment,) = [segment for _, segment in document.segments()]
    assert merge(document, {segment.key: target}).decode() == written
    assert merge(document, {segment.key: segment.source}).decode() == source


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        # What looks like a role begins in code, and its backquote ends that.
        ("用 `data-{width}`属性和`a`标签。", ["用 <1/>属性和<2/>标签。"]),
        ("See {term}`the quay` now.", ["See <1/> now."]),
        # A link that is set higher is no note in its line.
        ("It flies^[a](#b)^ off.", ["It flies^<1>a</1>^ off."]),
        ("It flies^[A bird] off.", ["It flies<1>A bird</1> off."]),
        # Under a word it is what that means, and above a table alone what that is called.
        ("Quay\n: It opens.\n\nA \\|\n: B \\|\n", ["Quay", "It opens.", "A |", "B |"]),
        ("Quay\n: It opens.\n\nA  b\nC  d\n", ["Quay", "It opens.", "A  b C  d"]),
        ("Boats.\n\n: The quay.\n\nA | B\n--|--\nC | D\n", ["Boats.", "The quay.", "A", "B", "C", "D"]),
    ],
)
def test_what_looks_like_another_readers_sign_is_read_as_everybody_reads_it(
    page: str, expected: list[str]
) -> None:
    assert [segment.source for _, segment in read(page).segments()] == expected


def test_a_name_between_braces_in_code_is_read_alike_whatever_stands_behind_the_code() -> None:
    code = "See `a_${name}`"
    plain, quoted = (templates.find(f"{code}{after}") for after in (" and `b`", "\"' and `b`"))
    assert plain.masked[: len(code)] == quoted.masked[: len(code)]
    assert plain.starts == quoted.starts


@pytest.mark.parametrize(
    ("text", "target", "written"),
    [
        ("See $\\pi$ here.", "Voir2<1/>3 ici.", "Voir&#50;$\\pi$&#51; ici."),
        ("See $\\pi$ here.", "点<1/>の", "点$\\pi$の"),
    ],
)
def test_no_letter_or_digit_touches_a_formula(text: str, target: str, written: str) -> None:
    document = read(text)
    ((_, segment),) = document.segments()
    assert merge(document, {segment.key: target}).decode() == written
    assert [len(one.codes) for _, one in read(written).segments()] == [1]


def test_no_sign_strikes_out_together_with_a_subscript_of_another_sentence() -> None:
    document = read("The lamp burns H~2~. It is bright.")
    merged = merge(document, {("", "It is bright."): "Elle ~brille~."}).decode()
    assert merged == "The lamp burns H~2~. Elle \\~brille\\~."


HOSTILE = [
    *(
        "1. one",
        "- two",
        "# h",
        "> q",
        "| a",
        "a | b",
        "::: x",
        "::x",
        ":x[y]{z}",
        ":tada:",
        "[^1]: n",
        "[x]: y",
    ),
    *(
        "% c",
        "%% c %%",
        "+++",
        "!!! note",
        "=== x",
        "/// x",
        "--8<-- x",
        "[!note]",
        "[TOC]",
        "*[W]: x",
        ": d",
    ),
    *(
        "{#id}",
        "{{ x",
        "{ref}`x`",
        "^[n]",
        "w ^abc",
        "H~2~O m^2^",
        "@me",
        "$$a$$",
        "$a^2$",
        "==m==",
        "++k++",
        "(@x)",
        "{{ y }}",
        "<% y %>",
        "<b>",
        "1 < 2",
        "a\nb",
        "ب *c*",
    ),
]


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, text, _ in blocks("units.txt")])
def test_no_target_changes_the_blocks_of_a_dialect(name: str, text: str) -> None:
    document = read(text)
    units = [(unit.kind, unit.name) for unit in document.units if unit.kind.value != "metadata"]
    for segment in {segment.key: segment for _, segment in document.segments()}.values():
        if segment.place.startswith("yaml") or segment.place.startswith("toml"):
            continue
        for sign in HOSTILE:
            for target in (f"{sign} {segment.source}", f"{segment.source} {sign}"):
                again = read(merge(document, {segment.key: target}).decode())
                found = [(unit.kind, unit.name) for unit in again.units if unit.kind.value != "metadata"]
                assert found == units, (name, target)


@pytest.mark.parametrize(("text", "target", "written"), rows("emphasis.txt"))
def test_codes_are_written_so_that_they_stay_codes(text: str, target: str, written: str) -> None:
    document = read(text)
    ((_, segment),) = document.segments()
    assert merge(document, {segment.key: target}).decode() == written


def test_a_target_without_the_codes_of_its_source_is_refused() -> None:
    document = read("a **b** c\n")
    ((unit, segment),) = document.segments()
    with pytest.raises(CodeError, match="missing"):
        markdown.encode(unit, segment, "a b c", 0)


def test_the_body_is_html_without_front_matter_and_marks_what_is_not_translated() -> None:
    document = read("---\ntitle: Source words\n---\n\n# One\n\nTwo. Three.\n")
    targets = {("", "One"): "Un <b>", ("", "Two."): "Deux."}
    html = markdown.body(document, targets, ('<span lang="en">', "</span>"))
    assert html == '<h1>Un &lt;b&gt;</h1>\n<p><span lang="en">Two. Three.</span></p>\n'


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_line_ends_and_a_byte_order_mark_are_kept(bom: str, end: str) -> None:
    break_ = end or "\n"
    text = bom + break_.join(["---", "title: T", "---", "# Été", "> a", "> b"]) + end
    document = read(text)
    assert [segment.source for _, segment in document.segments()] == ["T", "Été", "a b"]
    assert merge(document, {("", "Été"): "Summer"}).decode() == text.replace("Été", "Summer")


def test_lines_are_counted_from_the_top_of_the_file() -> None:
    document = read("---\ntitle: T\n---\n\n# H\n\ntwo\nlines\n\n- item\n")
    assert [unit.line for unit in document.units] == [2, 5, 7, 10]


def test_the_page_of_mdx_shows_no_program() -> None:
    text = """---
title: Boats
---
import Hero from '@site/Hero'
export const boats = 3

# Boats

<Tabs>
  <TabItem value="a">
    Some **words**.
  </TabItem>
</Tabs>

{boats.map((boat) => <li>{boat}</li>)}

```jsx
<Tabs>

import Tabs from "tabs"
```
"""
    document = read(text, "page.mdx")
    (words,) = (segment.key for _, segment in document.segments() if "words" in segment.source)
    shown = body(document, {words: "Des <1>mots</1>."}, ("<i>", "</i>"))
    assert shown == (
        "<h1><i>Boats</i></h1>\n<p>Des <strong>mots</strong>.</p>\n"
        '<pre><code class="language-jsx">&lt;Tabs&gt;\n\nimport Tabs from "tabs"\n</code></pre>\n'
    )
    assert body_of(document)({}, ("", "")) == body(document, {}, ("", ""))
