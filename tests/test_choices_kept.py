"""An update writes what people joined and set apart in the words their sentences have now."""

from __future__ import annotations

from pathlib import Path

import pytest

from workflow.cli import main

FIRST = "The lamp of the old lighthouse is lit again."
SECOND = "It had been dark since the storm of 2019."
HEAD = "# The port\n\nShips sail by at every hour of the day.\n\n"


def choices_after(tmp_path: Path, choice: str, *texts: str) -> str:
    """The file of choices after a source was changed several times, each followed by an update."""
    (tmp_path / "a.md").write_text(f"{HEAD}{FIRST} {SECOND}\n", "utf-8")
    root = str(tmp_path / "p")
    assert main(["init", root, "--locale", "en", "--to", "fr"]) == 0
    assert main(["-C", root, "add", str(tmp_path / "a.md"), "--id", "a"]) == 0
    release = tmp_path / "p" / "releases" / "a"
    kept = release / "segmentation.fr.toml"
    kept.write_text(choice, "utf-8")
    for text in texts:
        (release / "source.md").write_text(f"{HEAD}{text}\n", "utf-8")
        before = kept.read_bytes()
        main(["-C", root, "update", "--check"])
        assert kept.read_bytes() == before
        assert main(["-C", root, "update"]) == 0
    return kept.read_text("utf-8")


def test_a_join(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = (
        f"The lamp of the old lighthouse was lit again. {SECOND}",
        f"The bright lamp of the old lighthouse was lit again. {SECOND}",
        f"The bright lamp of the new lighthouse was lit again. {SECOND}",
        "The bright lamp of the new lighthouse was lit today. It has been dark since the storm of 2018.",
    )
    join = f'[[join]]\nfirst = "{FIRST}"\nsecond = "{SECOND}"\n'
    after = choices_after(tmp_path, join, *texts)
    first, second = texts[-1].split(". ")
    assert f'first = "{first}."\nsecond = "{second}"\n' in after
    capsys.readouterr()
    assert main(["-C", str(tmp_path / "p"), "segments", "a", "fr"]) == 0
    assert texts[-1] in capsys.readouterr().out


def test_one_set_apart_whose_neighbours_change(tmp_path: Path) -> None:
    apart = f'[[apart]]\nsource = "{SECOND}"\ncontext = "lamp 1a2b"\nbefore = "{FIRST}"\n'
    after = choices_after(
        tmp_path,
        apart,
        f"{FIRST} {SECOND} Everybody is glad.",
        f"The lamp shines. {SECOND} Everybody is glad.",
        f"Light at last. {SECOND} Everybody is glad.",
    )
    assert 'before = "Light at last."\nafter = "Everybody is glad."\n' in after


def test_what_no_longer_stands_is_kept_as_it_is(tmp_path: Path) -> None:
    join = f'[[join]]\nfirst = "{FIRST}"\nsecond = "{SECOND}"\n'
    assert choices_after(tmp_path, join, "Nothing of the kind is said here.") == join
