"""Whether two tags name the same language, one with a script or a region that the other leaves out.

Source: CLDR's likely subtags (UTS 35, part 1, 4.3).
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product


def same_language(one: str, other: str) -> bool:
    """Whether two BCP 47 tags mean the same: "fr" and "fr-FR" do, "pt" and "pt-PT" do not."""
    if one.lower() == other.lower():
        return True
    if one.partition("-")[0].lower() != other.partition("-")[0].lower():
        return False
    from babel.core import get_global  # noqa: PLC0415 — tags that differ are rare, and Babel starts slowly

    subtags: Mapping[str, str] = get_global("likely_subtags")
    return _maximal(one, subtags) == _maximal(other, subtags)


def _maximal(tag: str, likely: Mapping[str, str]) -> tuple[str, ...]:
    """A tag with the script and region it most likely has."""
    language, *rest = tag.split("-")
    script = next((part.title() for part in rest if len(part) == 4 and part.isalpha()), "")
    region = next((part.upper() for part in rest if len(part) == 2 or part.isdecimal()), "")
    others = sorted(part.lower() for part in rest if part.title() != script and part.upper() != region)
    known = (
        "_".join(filter(None, (language.lower(), *said))) for said in product((script, ""), (region, ""))
    )
    found = next((likely[key] for key in known if key in likely), language).split("_")
    usual_script = next((part for part in found[1:] if len(part) == 4), "")
    usual_region = next((part for part in found[1:] if len(part) != 4), "")
    return (language.lower(), script or usual_script, region or usual_region, *others)
