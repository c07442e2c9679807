"""The programs of an Apertium pair, kept running, with every answer matched to its question."""

from __future__ import annotations

import os
import selectors
import shlex
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import IO

from l10n.errors import EngineMissing

REMEDY = "Install the programs and the pair's data: apt-get install apertium apertium-fr-es (and the like)."
_CHUNK = 65536
_GIVES_UP = 3


class Broken(Exception):
    """A program died, hung or answered something else; ``answers`` are the good ones so far."""

    def __init__(self, reason: str, answers: Sequence[str]) -> None:
        super().__init__(reason)
        self.answers = list(answers)


def stages(mode: Path) -> list[list[str]]:
    """The programs of a mode file, each with its arguments, flushing at every NUL.

    Raises EngineMissing when Apertium is not there or its mode file cannot be read.
    """
    if shutil.which("apertium-wblank-mode") is None:
        raise EngineMissing("Apertium 3.8 or newer is not installed", remedy=REMEDY)
    try:
        completed = subprocess.run(  # noqa: S603 - a fixed program and a path from its own directory
            ["apertium-wblank-mode", "-z", str(mode)],  # noqa: S607 - found on PATH like its siblings
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
            timeout=20,
        )
        programs = _programs(completed.stdout)
    except (OSError, ValueError, subprocess.SubprocessError):
        programs = []
    if not programs or not all(programs):
        raise EngineMissing("the Apertium mode cannot be read", path=mode, remedy=REMEDY)
    return programs


def _programs(line: str) -> list[list[str]]:
    """A shell pipeline, with its two options: mark unknown words ($1), no tagger option ($2)."""
    programs: list[list[str]] = [[]]
    for word in shlex.split(line):
        if word == "|":
            programs.append([])
        elif word != "$2":
            programs[-1].append("-g" if word == "$1" else word)
    return programs


@dataclass(slots=True)
class Pipeline:
    """One pair's programs, started when first asked and again after they broke.

    ``timeout`` is the number of seconds without any output after which they count as hung.
    """

    mode: Path
    timeout: float = 20.0
    _lock: Lock = field(default_factory=Lock)
    _running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _asked: int = 0

    def ask(self, streams: Sequence[str]) -> list[str | None]:
        """Each stream's answer, None for one that broke the programs twice.

        After three such texts in a row the rest is given up.

        Raises EngineMissing when the programs cannot be started.
        """
        with self._lock:
            answers: list[str | None] = []
            tries = 0
            while len(answers) < len(streams) and answers[-_GIVES_UP:] != [None] * _GIVES_UP:
                try:
                    answers.extend(self._exchange(streams[len(answers) :]))
                except Broken as broken:
                    self._stop()
                    answers.extend(broken.answers)
                    tries = 1 if broken.answers else tries + 1
                    if tries == 2:
                        answers.append(None)
                        tries = 0
            return answers + [None] * (len(streams) - len(answers))

    def close(self) -> None:
        """End the programs."""
        with self._lock:
            self._stop()

    @property
    def pids(self) -> tuple[int, ...]:
        """The process ids of the running programs, first to last."""
        return tuple(process.pid for process in self._running)

    def _exchange(self, streams: Sequence[str]) -> list[str]:
        """Write all, read all, at the same time.  Raises Broken."""
        if not self._running or any(process.poll() is not None for process in self._running):
            self._stop()
            self._start()
        nonces = [f"q{self._asked + index}" for index in range(len(streams))]
        self._asked += len(streams)
        sent = b"".join(_framed(text, nonce) for text, nonce in zip(streams, nonces, strict=True))
        answers: list[str] = []
        talk = _Talk(self._running[0].stdin, self._running[-1].stdout, sent, self.timeout)
        try:
            for text, nonce in zip(streams, nonces, strict=True):
                answers.append(_unframed(talk.answer(), nonce, text))
        except (OSError, ValueError) as error:
            raise Broken(str(error), answers) from None
        finally:
            talk.close()
        return answers

    def _start(self) -> None:
        environment = os.environ | {"LC_ALL": "C.UTF-8"}
        source: int | IO[bytes] | None = subprocess.PIPE
        for arguments in stages(self.mode):
            try:
                process = subprocess.Popen(  # noqa: S603 - the programs of an installed mode file
                    arguments,
                    stdin=source,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env=environment,
                )
            except OSError as error:
                self._stop()
                raise EngineMissing(f"{arguments[0]} cannot be started: {error}", remedy=REMEDY) from None
            if self._running and self._running[-1].stdout:
                self._running[-1].stdout.close()
            self._running.append(process)
            source = process.stdout
        for stream in (self._running[0].stdin, self._running[-1].stdout):
            if stream:
                os.set_blocking(stream.fileno(), False)

    def _stop(self) -> None:
        for process in self._running:
            process.kill()
        for process in self._running:
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream:
                    _close_quietly(stream)
        self._running.clear()


def _close_quietly(stream: IO[bytes]) -> None:
    try:
        stream.close()
    except OSError:
        return


def _framed(text: str, nonce: str) -> bytes:
    """A question; a blank at its end is what makes the programs let go of the last full stop."""
    return f"[{nonce}]{text}[][{nonce}]\0".encode()


def _unframed(answer: str, nonce: str, question: str) -> str:
    """The answer to this question and no other.  Raises ValueError when it is not."""
    head, tail = f"[{nonce}]", f"[][{nonce}]"
    if not answer.startswith(head) or not answer.endswith(tail):
        raise ValueError("the answer belongs to another question")
    text = answer[len(head) : -len(tail)]
    if any(map(str.isalnum, question)) and not any(map(str.isalnum, text)):
        raise ValueError("the answer is empty")
    return text


class _Talk:
    """Writes what is to be sent while it reads answers, so that neither side fills up."""

    def __init__(self, into: IO[bytes] | None, out_of: IO[bytes] | None, sent: bytes, timeout: float) -> None:
        if into is None or out_of is None:
            raise ValueError("a pipeline without pipes")
        self._into, self._out_of = into.fileno(), out_of.fileno()
        self._left = memoryview(sent)
        self._timeout = timeout
        self._answers: list[bytes] = []
        self._partial: list[bytes] = []
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._out_of, selectors.EVENT_READ)
        self._selector.register(self._into, selectors.EVENT_WRITE)

    def answer(self) -> str:
        """The next answer.  Raises TimeoutError (an OSError), OSError, ValueError."""
        deadline = time.monotonic() + self._timeout
        while not self._answers:
            ready = self._selector.select(max(0.0, deadline - time.monotonic()))
            if not ready:
                raise TimeoutError(f"no answer for {self._timeout:g} s")
            for key, _ in ready:
                if key.fd == self._into:
                    self._write()
                else:
                    self._read()
                    deadline = time.monotonic() + self._timeout
        return self._answers.pop().decode("utf-8")

    def close(self) -> None:
        """Forget the pipes; they stay open."""
        self._selector.close()

    def _write(self) -> None:
        self._left = self._left[os.write(self._into, self._left[:_CHUNK]) :]
        if not self._left:
            self._selector.unregister(self._into)

    def _read(self) -> None:
        data = os.read(self._out_of, _CHUNK)
        if not data:
            raise OSError("the last program ended")
        *complete, rest = data.split(b"\0")
        if complete:
            first = b"".join([*self._partial, complete[0]])
            self._answers = [*reversed([first, *complete[1:]]), *self._answers]
            self._partial.clear()
        if rest:
            self._partial.append(rest)
