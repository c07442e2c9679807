"""`python -m benchmarks [NAME…]` runs every benchmark, or those named."""

import sys
from importlib import import_module

NAMES = ("footprint",)


def main(names: list[str]) -> int:
    """Run benchmarks one after the other."""
    if unknown := set(names) - set(NAMES):
        print(f"no benchmark called {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
        return 2
    for name in names or NAMES:
        print(f"== {name}")
        import_module(f"benchmarks.{name}").run()
    return 0


sys.exit(main(sys.argv[1:]))
