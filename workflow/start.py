"""What `l10n` runs first, so that Ctrl+C ends it quietly also while the rest is imported."""

from __future__ import annotations

import signal


def main() -> int:
    """Import the command line and run one command; the exit code is its own."""
    # Somebody who started us with Ctrl+C ignored, as nohup does, wants it so.
    interruptible = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if interruptible:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from workflow import cli  # noqa: PLC0415 - takes the time in which somebody changes their mind

    if interruptible:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    return cli.main()
