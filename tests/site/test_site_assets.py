"""Pictures and files of a release: published when shown, by their content, in the reader's language."""

from __future__ import annotations

import datetime as dt
from hashlib import sha256
from pathlib import Path

import pytest

from l10n.project import Release
from l10n.site import assets

FILES = ("map.png", "map.ar.png", "images/Côte d'azur.jpg", "source.txt", "secret.toml", "annexe.pdf")


@pytest.fixture
def release(tmp_path: Path) -> Release:
    folder = tmp_path / "p" / "releases" / "a"
    (folder / "images").mkdir(parents=True)
    for name in (
        "map.png",
        "map.ar.png",
        "images/Côte d'azur.jpg",
        "source.txt",
        "secret.toml",
        "annexe.pdf",
    ):
        (folder / name).write_bytes(name.encode())
    (tmp_path / "p" / "outside.png").write_bytes(b"outside")
    (folder / "link.png").symlink_to(tmp_path / "p" / "outside.png")
    return Release("a", folder / "source.txt", "fr", ("ar",), dt.date(2026, 1, 1))


def _path(name: str, stem: str = "") -> str:
    suffix = name.rpartition(".")[2]
    return (
        f"../../assets/a/{stem or name.partition('.')[0]}.{sha256(name.encode()).hexdigest()[:12]}.{suffix}"
    )


@pytest.mark.parametrize(
    ("body", "locale", "shown"),
    [
        ('<img src="map.png" alt="">', "fr", f'<img src="{_path("map.png")}" alt="">'),
        ('<img src="./map.png">', "fr", f'<img src="{_path("map.png")}">'),
        ('<img src="map.png">', "ar-EG", f'<img src="{_path("map.ar.png", "map.ar")}">'),
        ("<img src=map.png>", "fr", f'<img src="{_path("map.png")}">'),
        (
            '<img srcset="map.png 1x, nowhere.png 2x">',
            "fr",
            f'<img srcset="{_path("map.png")} 1x, nowhere.png 2x">',
        ),
        ('<a href="annexe.pdf#page=2">x</a>', "fr", f'<a href="{_path("annexe.pdf")}#page=2">x</a>'),
        (
            '<img src="images/C%C3%B4te%20d&#39;azur.jpg">',
            "fr",
            f'<img src="{_path("images/Côte d" + chr(39) + "azur.jpg", "C-te-d-azur")}">',
        ),
    ],
)
def test_a_file_of_the_release_is_led_to_by_its_content(
    release: Release, body: str, locale: str, shown: str
) -> None:
    assert assets.of(release).shown(body, locale) == shown


@pytest.mark.parametrize(
    "body",
    [
        '<img src="https://cdn.example.org/map.png">',
        '<img src="//cdn.example.org/map.png">',
        '<img src="../b/map.png">',
        '<img src="/map.png">',
        '<img src="data:image/png;base64,AAAA">',
        '<a href="secret.toml">x</a>',
        '<a href="source.txt">x</a>',
        '<img src="link.png">',
        '<img src="">',
        '<p title="map.png">map.png</p>',
        "<!-- <img src='map.png'> -->",
    ],
)
def test_what_is_elsewhere_or_not_for_readers_stays_as_it_is(release: Release, body: str) -> None:
    beside = assets.of(release)
    assert beside.shown(body, "fr") == body
    assert beside.used == {}


def test_only_what_a_page_shows_is_published_and_once(release: Release) -> None:
    beside = assets.of(release)
    beside.shown('<img src="map.png"><img src="map.png">', "fr")
    assert list(beside.used.values()) == [b"map.png"]


@pytest.mark.parametrize(
    ("body", "gone"),
    [
        ('<img src="gone.png"> <img src="gone.png">', ["gone.png"]),
        ('<img src="./map.png"> <img src="images/C%C3%B4te%20d&#39;azur.jpg">', []),
        ('<img srcset="map.png 1x, big.png 2x">', ["big.png"]),
        ('<video poster="p.jpg" src="https://v.example.org/a.mp4"></video>', ["p.jpg"]),
        ('<a href="annexe.pdf#page=2">x</a> <a href="annex.pdf">y</a>', ["annex.pdf"]),
        ('<a href="../other/">x</a> <a href="mailto:a@b.org">y</a> <a href="#p">z</a>', []),
        ('<img src="/logo.png"> <img src="//c.example.org/a.png"> <img src="data:,">', []),
        ("<p>src = map.gif is no picture</p>", []),
    ],
)
def test_a_picture_or_file_that_is_not_in_the_folder_is_named(
    release: Release, body: str, gone: list[str]
) -> None:
    told = list(assets.missing(assets.of(release), body))
    assert told == [f"it shows {name}, and there is no such file in its folder (source.txt)" for name in gone]


PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0"
SIZE, LATER = ' width="640" height="480"', ' loading="lazy" decoding="async"'


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ('<img src="{}" alt="">', f'<img src="{{}}"{SIZE} alt="">'),
        ('<img src="{}" alt="" />', f'<img src="{{}}"{SIZE} alt="" />'),
        ("<img src={}>", f'<img src="{{}}"{SIZE}>'),
        ("<IMG SRC='{}'>", f"<IMG SRC='{{}}'{SIZE}>"),
        ('<img src="{0}"><img src="{0}">', f'<img src="{{0}}"{SIZE}><img src="{{0}}"{SIZE}{LATER}>'),
        (
            '<img src="https://c.example.org/a.png"><img src="{}">',
            f'<img src="https://c.example.org/a.png"><img src="{{}}"{SIZE}{LATER}>',
        ),
        (
            '<img src="{0}"><img src="{0}" loading="eager">',
            f'<img src="{{0}}"{SIZE}><img src="{{0}}"{SIZE} loading="eager">',
        ),
        ('<img src="{}" width="64">', '<img src="{}" width="64">'),
        ('<img src="{}" style="width: 4em">', '<img src="{}" style="width: 4em">'),
        ('<video poster="{}"></video>', '<video poster="{}"></video>'),
    ],
)
def test_a_picture_says_how_large_it_is_unless_its_author_did(
    release: Release, given: str, shown: str
) -> None:
    (release.folder / "map.png").write_bytes(PNG)
    published = f"../../assets/a/map.{sha256(PNG).hexdigest()[:12]}.png"
    found = assets.of(release)
    assert found.shown(given.format("map.png"), "fr", measured=True) == shown.format(published)
    assert found.shown(given.format("map.png"), "fr") == assets.of(release).shown(
        given.format("map.png"), "fr"
    )
    assert SIZE not in found.shown(given.format("map.png"), "fr")


def test_a_picture_that_cannot_be_read_is_shown_as_it_is(release: Release) -> None:
    assert assets.of(release).shown('<img src="map.png">', "fr", measured=True) == (
        f'<img src="{_path("map.png")}">'
    )
