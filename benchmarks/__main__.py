"""`python -m benchmarks [NAME…]` runs every benchmark, or those named."""

import argparse
import sys
from importlib import import_module
from pathlib import Path

from benchmarks.options import Options

NAMES = (
    "footprint",
    "documents",
    "segmentation",
    "history",
    "catalogues",
    "check",
    "planted",
    "quiet",
    "ledger",
    "status",
    "jobs",
    "memory",
    "pretranslate",
    "site",
    "desk",
)
ROOT = Path(__file__).parent.parent


def main(arguments: list[str]) -> int:
    """Run benchmarks one after the other."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*NAMES, []], metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--quick", action="store_true", help="less material, under a minute each")
    parser.add_argument(
        "--peers", type=Path, default=ROOT / ".l10n" / "bench-peers", metavar="FOLDER", help="where peers are"
    )
    options = parser.parse_args(arguments)
    for name in options.names or NAMES:
        print(f"== {name}", flush=True)
        import_module(f"benchmarks.{name}").run(Options(options.quick, options.peers.resolve()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
