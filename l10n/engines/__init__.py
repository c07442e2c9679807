"""Machine translation engines.

The protocol is in ``protocol``, the table of built-in engines in ``builtin``; a new engine is one module
with a function ``make(settings)``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from l10n.lazy_exports import lazy_exports

if TYPE_CHECKING:
    from l10n.engines.builtin import ENGINES, Make, make
    from l10n.engines.protocol import (
        NO_CONTEXTS,
        Capabilities,
        Context,
        Contexts,
        Draft,
        Engine,
        Outcome,
        Tags,
        TermHint,
        TraceStep,
    )
else:
    __getattr__ = lazy_exports(
        __name__,
        {
            "Capabilities": "protocol",
            "Context": "protocol",
            "Contexts": "protocol",
            "Draft": "protocol",
            "ENGINES": "builtin",
            "Engine": "protocol",
            "Make": "builtin",
            "NO_CONTEXTS": "protocol",
            "Outcome": "protocol",
            "TraceStep": "protocol",
            "Tags": "protocol",
            "TermHint": "protocol",
            "make": "builtin",
        },
    )

__all__ = [
    "ENGINES",
    "NO_CONTEXTS",
    "Capabilities",
    "Context",
    "Contexts",
    "Draft",
    "Engine",
    "Make",
    "Outcome",
    "Tags",
    "TermHint",
    "TraceStep",
    "make",
]
