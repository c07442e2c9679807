"""What is wrong between a page and the pictures on it: shapes that are not theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from l10n.model import Severity
from l10n.site.lint.fault import Fault
from l10n.site.lint.links import Address
from l10n.site.lint.site import SiteFiles

_OFF = 0.03
_HEAVY = 2_000_000


def faults(site: SiteFiles, found: Sequence[Address]) -> Iterator[Fault]:
    """Pictures that a page shows in another shape than their own, or that weigh too much."""
    for one in found:
        if one.tag.name != "img" or one.name != "src" or not one.path:
            continue
        weight, shape = site.picture(one.path)
        if weight > _HEAVY:
            message = f"{one.link} has {weight // 1_000_000} MB"
            yield Fault("weight", one.tag.line, message, Severity.WARNING)
        values = one.tag.attributes
        sides = [values.get(name, "").strip() for name in ("width", "height")]
        for name, side in zip(("width", "height"), sides, strict=True):
            if side and not side.removesuffix("%").isdecimal():
                yield Fault(
                    "picture", one.tag.line, f"{name}={side!r} is no number of pixels", Severity.WARNING
                )
        if shape is None or not all(side.isdecimal() and int(side) for side in sides):
            continue
        wide, high = int(sides[0]), int(sides[1])
        # A side is a whole number: a small picture may be off by one.
        if abs(wide * shape[1] - high * shape[0]) > max(_OFF * high * shape[0], *shape):
            message = f"{one.link} is {shape[0]} × {shape[1]}, and is shown as {wide} × {high}"
            yield Fault("picture", one.tag.line, message, Severity.WARNING)
