"""Lazy package exports (PEP 562): a name is imported from its submodule on first access.

So a command loads only the parts of a package that it uses.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def lazy_exports(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """A ``__getattr__`` for a package, which imports each exported name on first use.

    ``homes`` maps each exported name to its submodule, or to "module:name" where its name differs
    there.  No exported name may be that of a submodule: importing the submodule would replace it.
    """

    def export(name: str) -> Any:  # noqa: ANN401 - a package may export anything
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}", name=name)
        module, _, inner = homes[name].partition(":")
        value = getattr(import_module(f"{package}.{module}"), inner or name)
        setattr(sys.modules[package], name, value)
        return value

    return export
