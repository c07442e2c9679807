"""What holds for all front matter, in YAML, TOML and JSON: a value says its target and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
import tomli
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from l10n import inline
from l10n.formats import merge
from l10n.formats.markdown import frontmatter, scalars, yamlkeys
from tests.markdown_support import HOSTILE, fold, read

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
