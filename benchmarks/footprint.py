"""What an installation without extras weighs, and how fast the command answers."""

from __future__ import annotations

import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from benchmarks.options import Options

ROOT = Path(__file__).parent.parent
ROUNDS = 15
PATHS = ("/", "/releases/bureau-tanger/es", "/releases/bureau-tanger/ar/next")


def run(options: Options) -> None:
    """Install the wheel in an empty environment and measure it there."""
    del options
    with tempfile.TemporaryDirectory() as folder:
        python = install(Path(folder))
        packages, megabytes = weigh(python)
        print(f"installed packages, ours included   {packages:5}        ask: at most 50")
        print(f"installed size in MB                {megabytes:5.0f}        ask: at most 120")
        bare, answer = start_times(python)
        print(
            f"l10n --help                         {answer * 1000:5.0f} ms     ask: at most 250"
            f" ({answer / bare:.1f} times a bare interpreter's {bare * 1000:.0f} ms)"
        )
        idle, used = resident(python, Path(folder) / "demo")
        print(f"serve, resident, before requests    {idle:5.0f} MB     ask: at most 120")
        print(f"serve, resident, after 200 requests {used:5.0f} MB     ask: at most 120")


def install(folder: Path) -> Path:
    """The interpreter of a new environment that holds the wheel and its dependencies."""
    shutil.rmtree(ROOT / "dist", ignore_errors=True)
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel"], cwd=ROOT, check=True)
    (wheel,) = (ROOT / "dist").glob("*.whl")
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    python = folder / "venv" / "bin" / "python"
    pip = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", ROOT / "requirements" / "base.txt"], check=True)
    subprocess.run([*pip, "--no-deps", wheel], check=True)
    subprocess.run([python, "-m", "pip", "uninstall", "-qy", "setuptools"], check=False)
    return python


def weigh(python: Path) -> tuple[int, float]:
    """(packages, megabytes) of an environment, pip left out."""
    (packages,) = (python.parent.parent / "lib").glob("python3*/site-packages")
    names = [path for path in packages.glob("*.dist-info") if not path.name.startswith("pip-")]
    size = sum(
        path.stat().st_size
        for path in packages.rglob("*")
        if path.is_file() and path.relative_to(packages).parts[0].split("-")[0] != "pip"
    )
    return len(names), size / 1e6


def start_times(python: Path) -> tuple[float, float]:
    """Median seconds of a bare interpreter and of `l10n --help`, run in turn."""
    bare, answer = [], []
    for _ in range(ROUNDS):
        bare.append(_seconds([python, "-c", "pass"]))
        answer.append(_seconds([python.parent / "l10n", "--help"]))
    return statistics.median(bare), statistics.median(answer)


def resident(python: Path, project: Path) -> tuple[float, float]:
    """Resident megabytes of `serve` on the demo project, when it is up and after requests."""
    l10n = python.parent / "l10n"
    subprocess.run([l10n, "-q", "demo", project], check=True, stdout=subprocess.DEVNULL)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [l10n, "-C", project, "serve", "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None  # noqa: S101 - Popen was asked for it
            link = re.search(r"http://\S+", server.stderr.readline())
            assert link is not None  # noqa: S101 - serve prints its link first
            opener = _signed_in(link.group())
            idle = _resident(server.pid)
            base = f"http://127.0.0.1:{port}"
            for number in range(200):
                opener.open(base + PATHS[number % len(PATHS)])
            return idle, _resident(server.pid)
        finally:
            server.terminate()


def _signed_in(link: str) -> urllib.request.OpenerDirector:
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    for _ in range(100):
        try:
            opener.open(urllib.request.Request(link, data=b"", method="POST"))  # noqa: S310 - loopback
        except OSError:
            time.sleep(0.1)
        else:
            break
    return opener


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    match = re.search(r"VmRSS:\s+(\d+)", status)
    return int(match[1]) / 1000 if match else 0.0


def _seconds(command: list[str | Path]) -> float:
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "COLUMNS": "80"})
    return time.perf_counter() - begin
