"""What a package gives to others, each name taken from its module when it is first asked for.

So a command that needs one part of a package does not pay for the start of all of it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def exported(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """The ``__getattr__`` of a package.

    ``homes`` maps each name to the module of the package that has it, "module:name" where it is called
    otherwise there.  No name may be that of a module of the package, which would take its place.
    """

    def found(name: str) -> Any:  # noqa: ANN401 - a package may give anything
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}", name=name)
        module, _, inner = homes[name].partition(":")
        given = getattr(import_module(f"{package}.{module}"), inner or name)
        setattr(sys.modules[package], name, given)
        return given

    return found
