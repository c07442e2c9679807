"""Sentences of Chinese and Japanese touch; their translations are apart where a language has spaces."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest

from l10n import catalogue, project, site
from l10n.model import State

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
SETTINGS = '[project]\nname = "B"\nsource_locales = ["ja"]\nlocales = ["ja", "en", "ko", "th", "zh", "ar"]\n'
SENTENCES = ("地図を公開しました。", "避難所は十か所です。", "**毎年**更新します。")
TARGETS = {
    "en": ("The map is out.", "There are ten shelters.", "It changes <1>every year</1>."),
    "ko": ("지도를 공개했습니다.", "대피소는 열 곳입니다.", "<1>매년</1> 갱신합니다."),
    "th": ("เผยแพร่แผนที่แล้ว", "มีศูนย์พักพิงสิบแห่ง", "ปรับปรุง<1>ทุกปี</1>"),
    "zh": ("地图已公布。", "共有十处避难所。", "<1>每年</1>更新。"),
    "ar": ("نُشرت الخريطة.", "هناك عشرة ملاجئ.", "تُحدَّث <1>كل عام</1>."),
}
SOURCES = {
    "source.md": f"# 地図\n\n{''.join(SENTENCES)}\n",
    "source.html": f"<h1>地図</h1>\n<p>{''.join(SENTENCES).replace('**毎年**', '<b>毎年</b>')}</p>\n",
}


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("locale", ["ja", *TARGETS])
@pytest.mark.parametrize("missing", ["", "another"])
def test_what_touches_in_the_source_is_apart_where_a_language_has_spaces(
    name: str, locale: str, missing: str, tmp_path: Path
) -> None:
    folder = tmp_path / "releases" / "map"
    folder.mkdir(parents=True)
    (tmp_path / "l10n.toml").write_text(SETTINGS, "utf-8")
    (folder / "release.toml").write_text('date = 2026-02-01\nlocale = "ja"\npartial = "fallback"\n', "utf-8")
    rest = {"source.md": "\n以上。\n", "source.html": "<p>以上。</p>\n"}[name] if missing else ""
    (folder / name).write_text(SOURCES[name] + rest, "utf-8")
    press = project.load(tmp_path)
    release = project.release(press, "map")
    told = dict(
        zip(
            ("地図を公開しました。", "避難所は十か所です。", "<1>毎年</1>更新します。"),
            TARGETS.get(locale, ()),
            strict=False,
        )
    )
    if locale != "ja":
        blank = catalogue.template(project.document(press, release), locale=locale)
        entries = tuple(
            replace(entry, target=target, state=State.REVIEWED, origin="human")
            for entry in blank.entries
            if (target := told.get(entry.source, "M" if entry.source == "地図" else ""))
        )
        catalogue.write(replace(blank, entries=entries), project.catalogue_path(press, release, locale))
    page = site.build(press, as_of=NOW).files[f"{locale}/map/index.html"].decode()
    gap = "" if locale in {"ja", "zh"} else " "
    sentences = TARGETS.get(
        locale, ("地図を公開しました。", "避難所は十か所です。", "<1>毎年</1>更新します。")
    )
    expected = gap.join(re.sub(r"</?1>", "", sentence) for sentence in sentences)
    article = page[page.index("<article") : page.index("</article>")]
    assert expected in re.sub("<[^>]*>", "", article)
    assert f'<meta name="description" content="{expected}">' in page
