"""A template is filled in once for pages of one kind, unless it does more with a text than show it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import jinja2
import pytest

from l10n import project, site
from l10n.site import release_frame
from l10n.site.precompile import Known, Making, PrecompiledTemplate, precompile, written


def _press(template: str) -> PrecompiledTemplate | None:
    env = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, finalize=written)

    def render(hole: Making) -> str:
        page = Known(title=hole("title"), note=hole("note", there=False), locale="ar")
        return env.from_string(template).render(page=page, up="../")

    return precompile(render, frozenset({"title"}), str.encode)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("<h1>{{ page.title }}</h1>", "<h1>A &amp; B</h1>"),
        ("{% set said %}({{ page.title }}){% endset %}{{ said }}", "(A &amp; B)"),
        ("{% macro m(t) %}<i>{{ t }}</i>{% endmacro %}{{ m(page.title) }}", "<i>A &amp; B</i>"),
        ("{% if page.note %}<p>{{ page.note }}</p>{% endif %}{{ up }}", "../"),
        ("{% if page.locale == 'ar' %}{{ page.title }}{% endif %}", "A &amp; B"),
        ("{% set said = page.title %}{% for each in [1, 2] %}{{ said }}{% endfor %}", "A &amp; BA &amp; B"),
        ("<p>{{ page.note }}</p>", "<p></p>"),
    ],
)
def test_what_is_only_shown_is_a_hole(template: str, said: str) -> None:
    found = _press(template)
    assert found is not None
    assert found.filled({"title": b"A &amp; B"}).decode() == said


@pytest.mark.parametrize(
    "template",
    [
        "{{ page.title|upper }}",
        "{{ page.title|length }}",
        "{{ page.title|replace('a', 'b') }}",
        "{{ page.title[:3] }}",
        "{{ page.title.strip() }}",
        "{{ page.title|truncate(9) }}",
        "{{ 'x%s' % page.title }}",
        "{{ '{}'.format(page.title) }}",
        "{% if 'a' in page.title %}x{% endif %}",
        "{% if page.title == 'a' %}x{% endif %}",
        "{% if page.title != page.title %}x{% endif %}",
        "{% if page.title > 'a' %}x{% endif %}",
        "{% if page.title is string %}x{% endif %}",
        "{% if page.title is iterable %}x{% endif %}",
        "{% if page.title in ['a'] %}x{% endif %}",
        "{% for sign in page.title %}x{% endfor %}",
        "{{ page.title|tojson }}",
        "{{ page.title|striptags }}",
        "{{ page.title|first }}",
        "{{ {page.title: 1} }}",
        "{{ page.title|default('x')|lower }}",
        "{{ page.body }}",
        "{{ page }}",
        "{{ page.title|e }}",
        '{{ "«" ~ page.title }}',
        "{% filter upper %}{{ page.title }}{% endfilter %}",
        "{% set said %}{{ page.title }}{% endset %}{{ said|length }}",
        "{% set said %}{{ page.title }}{% endset %}{{ said|trim }}",
        "{% set said %}{{ page.title }}{% endset %}{{ said|striptags }}",
        "{% set said %}{{ page.title }}{% endset %}{{ said|truncate(20) }}",
        "{% set said %}{{ page.title }}{% endset %}{{ said|wordcount }}",
        "{% set said %}{{ page.title }}{% endset %}{% if 'x' in said %}x{% endif %}",
        "{% macro m(t) %}<i>{{ t }}</i>{% endmacro %}{{ m(page.title)|replace('i', 'b') }}",
    ],
)
def test_whatever_else_a_template_does_it_is_not_pressed(template: str) -> None:
    assert _press(template) is None


def test_our_own_page_of_a_release_is_pressed(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []
    pressed = release_frame.precompile

    def noted(*told: object) -> object:
        made.append(pressed(*told))  # type: ignore[arg-type]
        return made[-1]

    monkeypatch.setattr(release_frame, "precompile", noted)
    ours = project.load(Path(__file__).parents[2])
    assert site.build(ours, as_of=dt.datetime(2026, 12, 1, tzinfo=dt.UTC)).files
    assert made
    assert None not in made, "each page of its kind is rendered by itself, several times as slowly"
