"""Puts the peers in an environment of their own and speaks with them, one process each."""

from __future__ import annotations

import json
import os
import re
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).parent.parent
HERE = Path(__file__).parent
PINNED = HERE / "peers.txt"
MODULES = {
    "translate-toolkit": "translate",
    "mdpo": "mdpo",
    "sentencex": "sentencex",
    "pysbd": "pysbd",
    "icu4py": "icu4py",
}
# po4a and what its modules for HTML and text need, by their Debian names; unpacked, not installed.
DEBIAN = (
    "libmime-charset-perl",
    "libpod-parser-perl",
    "libsgmls-perl",
    "libsombok3",
    "libsyntax-keyword-try-perl",
    "libtext-charwidth-perl",
    "libtext-wrapi18n-perl",
    "libunicode-linebreak-perl",
    "libxs-parse-keyword-perl",
    "libyaml-tiny-perl",
    "po4a",
)


class Failed(Exception):
    """A tool took longer than it was given, or ended."""


@dataclass(frozen=True, slots=True)
class Peers:
    """How each tool is started, its version, and why others are missing.

    ``commands`` maps a tool to the command of its worker, ``environments`` to what that needs
    besides this process's environment.
    """

    commands: Mapping[str, tuple[str, ...]]
    environments: Mapping[str, Mapping[str, str]]
    versions: Mapping[str, str]
    missing: Mapping[str, str]

    def tell(self, *tools: str) -> None:
        """Print which versions run and what is left out."""
        print(
            "beside: " + ", ".join(f"{tool} {self.versions[tool]}" for tool in tools if tool in self.versions)
        )
        for tool in tools:
            if tool in self.missing:
                print(f"left out: {tool} ({self.missing[tool]})")

    def having(self, *tools: str) -> list[str]:
        """Those of the tools that can run, ours first."""
        return [tool for tool in ("passerelle", *tools) if tool in self.commands]


def prepare(folder: Path) -> Peers:
    """Every peer that can be had, installed in a folder on the first call."""
    folder.mkdir(parents=True, exist_ok=True)
    ours = {"PYTHONPATH": str(ROOT)}
    commands: dict[str, tuple[str, ...]] = {
        "passerelle": (sys.executable, str(HERE / "worker.py"), "passerelle")
    }
    environments: dict[str, Mapping[str, str]] = {"passerelle": ours}
    versions, missing = {"passerelle": _own_version()}, {}
    python = folder / "venv" / "bin" / "python"
    problems = _install(folder, python)
    for tool, module in MODULES.items():
        name = "icu" if tool == "icu4py" else tool
        if version := _version(python, tool, module):
            commands[name] = (str(python), str(HERE / "worker.py"), name)
            environments[name], versions[name] = {}, version
        else:
            missing[name] = problems.get(tool, "cannot be imported")
    _add_po4a(folder / "po4a", commands, environments, versions, missing)
    return Peers(commands, environments, versions, missing)


def _own_version() -> str:
    run = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return run.stdout.strip() or "here"


def _install(folder: Path, python: Path) -> dict[str, str]:
    """Why a pinned package could not be installed; each is tried by itself, once per pin list."""
    marker = folder / "installed.txt"
    if python.exists() and marker.exists() and marker.read_bytes() == PINNED.read_bytes():
        return {}
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder / "venv")], check=True)
    problems = {}
    pip = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--only-binary", ":all:"]
    for line in PINNED.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            run = subprocess.run([*pip, line], capture_output=True, text=True, check=False)
            if run.returncode:
                problems[line.partition("==")[0]] = (run.stderr.strip() or "pip failed").splitlines()[-1][:90]
    if not problems:
        shutil.copy(PINNED, marker)
    return problems


def _version(python: Path, package: str, module: str) -> str:
    code = f"import {module}, importlib.metadata as m; print(m.version({package!r}))"
    run = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    return run.stdout.strip()


def _add_po4a(
    folder: Path,
    commands: dict[str, tuple[str, ...]],
    environments: dict[str, Mapping[str, str]],
    versions: dict[str, str],
    missing: dict[str, str],
) -> None:
    if not shutil.which("perl") or not (folder.exists() or _unpack(folder)):
        missing["po4a"] = "needs perl and Debian's packages"
        return
    libraries = [str(path) for path in (folder / "usr/lib").glob("*-linux-gnu")]
    perl = [str(folder / "usr/share/perl5"), *map(str, (folder / "usr/lib").glob("*/perl5/*"))]
    environment = {"PERL5LIB": ":".join(perl), "LD_LIBRARY_PATH": ":".join(libraries)}
    ask = ["perl", "-MLocale::Po4a::TransTractor", "-e", "print $Locale::Po4a::TransTractor::VERSION"]
    run = subprocess.run(ask, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    if run.returncode:
        missing["po4a"] = "its Perl modules do not load"
        return
    commands["po4a"] = ("perl", str(HERE / "worker.pl"))
    environments["po4a"], versions["po4a"] = environment, run.stdout.strip()


def _unpack(folder: Path) -> bool:
    """Whether Debian's packages could be downloaded and unpacked, without installing any."""
    if not shutil.which("apt-get"):
        return False
    packed = folder.with_name("debian")
    packed.mkdir(exist_ok=True)
    run = subprocess.run(["apt-get", "download", "-q", *DEBIAN], cwd=packed, capture_output=True, check=False)
    if run.returncode:
        return False
    for package in packed.glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", package, folder], check=True)
    return True


class Worker:
    """One tool in a process of its own; jobs go in and answers come out."""

    def __init__(self, peers: Peers, tool: str) -> None:
        self.tool = tool
        self._command = peers.commands[tool]
        self._environment = {**os.environ, **peers.environments[tool], "PYTHONDONTWRITEBYTECODE": ""}
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def ask(self, job: Mapping[str, Any], limit: float) -> dict[str, Any]:
        """The answer to a job.

        Raises Failed after ``limit`` seconds of CPU, or ten times as many of waiting, and starts
        afresh next time.
        """
        process = self._running()
        if process.stdin is None or process.stdout is None:
            raise Failed("no pipes")
        try:
            process.stdin.write(json.dumps(job).encode() + b"\n")
            process.stdin.flush()
        except BrokenPipeError:
            self.stop()
            raise Failed("ended") from None
        begun, spent = time.monotonic(), _cpu(process.pid)
        while not select.select([process.stdout], [], [], 0.2)[0]:
            if _cpu(process.pid) - spent > limit or time.monotonic() - begun > 10 * limit:
                self.stop()
                raise Failed(f"over {limit:.0f} s")
        line = process.stdout.readline()
        if not line:
            self.stop()
            raise Failed("ended")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def stop(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                self._command,
                env=self._environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process


def _cpu(pid: int) -> float:
    """The CPU seconds a process has used."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def machine() -> str:
    """The date, the processor, its cores and Python, in one line."""
    match = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text("utf-8"))
    name = match[1] if match else "unknown"
    day = time.strftime("%Y-%m-%d")
    return f"{day}, {name}, {os.cpu_count()} cores, Python {sys.version.split()[0]}"
