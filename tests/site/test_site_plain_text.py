"""A JSON feed holds the whole text of its items, as plain text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from l10n.site.plain_text import plain_text
from tests import press_support


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h1>Head</h1>\n<p>One <em>t</em>wo\nthree.</p>\n<p>Four.</p>", "One two three.\n\nFour."),
        ("<h2>Part</h2>\n<ul>\n<li>a</li>\n<li><p>b</p></li>\n</ul>\n<p>c</p>", "Part\n\n- a\n- b\n\nc"),
        ("<p>One<br />\ntwo</p>", "One\ntwo"),
        (
            (
                "<table><thead><tr><th>Tree</th><th>Number</th></tr></thead>\n<tbody>\n<tr><td>oak</td><td>4</td>"
                "</tr>\n</tbody></table>"
            ),
            "Tree\tNumber\noak\t4",
        ),
        ('<p>a &lt;b&gt; &amp;amp; c</p><script>d</script><p title="&gt;">e</p>', "a <b> &amp; c\n\ne"),
        (
            (
                '<li><label><input disabled="" type="checkbox" checked=""> Done</label></li>\n'
                '<li><label><input disabled="" type="checkbox"> Open</label></li>'
            ),
            "- [x] Done\n- [ ] Open",
        ),
        (
            (
                '<p>Cost<sup class="footnote-reference"><a id="ref1-1" href="#note-1">1</a></sup>.</p>\n'
                '<div class="footnote-definition"><sup class="footnote-definition-label">1</sup>\n'
                '<p>With tax. <a href="#ref1-1" role="doc-backlink" aria-labelledby="b">↑</a></p></div>'
            ),
            "Cost[1].\n\n[1] With tax.",
        ),
        ("<figure><img src='a.png' alt='b'><figcaption>Seen.</figcaption></figure>", "Seen."),
    ],
)
def test_a_page_says_this_in_plain_text(html: str, expected: str) -> None:
    assert plain_text(f"<header><p>x</p></header><main><article>{html}</article></main>") == expected
    assert plain_text(f"<body>\n{html}</body>") == expected


def test_items_have_the_whole_text_and_a_summary_beside_it(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    files = press_support.built(press_support.copied(tmp_path_factory, tmp_path / "press")).files
    items = {item["url"].split("/")[-2]: item for item in json.loads(files["feed/en.json"])["items"]}
    told = items["complete"]["content_text"]
    assert told.startswith(items["complete"]["summary"].rstrip("…"))
    assert "Month\tDolphins\nMarch\t310" in told
    assert "- The data are open." in told
    assert "port of Sfax counts" not in told
    # What does not hold any more is not spread anew.
    assert "Month" not in items["retracted"]["content_text"]
    assert "summary" not in items["retracted"]
    # An item says one language, its title's, and this one's first paragraph is in another.
    assert (items["fallback"]["language"], "summary" in items["fallback"]) == ("en", False)
    assert items["fallback"]["content_text"].startswith("Parts of this page are not translated yet.\n\n")
    assert "not translated yet" not in told
