"""Start a few processes, keep them running, print what they say, and leave none behind.

Knows nothing of the product (of Django it takes only the translations): `manage.py runall` names the processes, the
tests name their own.

Each child leads a session of its own, so that Ctrl-C in the terminal reaches only the supervisor, which then ends
the children in order. Should the supervisor itself be killed, the kernel ends them (Linux: PR_SET_PDEATHSIG).
"""

import ctypes
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO

from django.utils.translation import gettext as _

PR_SET_PDEATHSIG = 1
STOP_SECONDS = 12.0
# A child that fell this often within this time will not get better by itself.
FALLS = 5
FALLS_WITHIN_SECONDS = 60.0
FIRST_PAUSE_SECONDS = 0.5

Say = Callable[[str], None]


@dataclass
class Child:
    """One process: what to run, and whether all ends when it falls again and again (`essential`)."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str] | None = None
    essential: bool = False
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    streams: list[IO[bytes]] = field(default_factory=list, init=False)
    falls: list[float] = field(default_factory=list, init=False)
    start_at: float | None = field(default=None, init=False)
    given_up: bool = field(default=False, init=False)


def die_with_parent(parent: int, libc: ctypes.CDLL | None, number: int = signal.SIGTERM) -> None:
    """In the child, before exec: be sent `number` when `parent` dies. Nothing happens where the kernel cannot."""
    if libc is None:
        return
    libc.prctl(PR_SET_PDEATHSIG, number)
    # The parent may have died between fork and prctl: then nobody would ever send it.
    if os.getppid() != parent:
        os._exit(1)


def load_libc() -> ctypes.CDLL | None:
    """The C library where it has prctl (Linux), loaded before any fork."""
    return ctypes.CDLL(None) if sys.platform.startswith("linux") else None


class Supervisor:
    """Runs `children` until a signal, or until an essential one falls FALLS times in FALLS_WITHIN_SECONDS.

    `cwd` is the children's folder. `say` gets one line at a time. `run()` returns the exit status: 0 when it was asked
    to end, 1 when a child made it end.
    """

    def __init__(self, children: Sequence[Child], *, cwd: Path, say: Say) -> None:
        self.children = list(children)
        self.cwd = cwd
        self.say = say
        self.width = max((len(child.name) for child in self.children), default=0)
        self.stopping = False
        self.hurry = False
        self.status = 0
        self._libc = load_libc()
        self._selector = selectors.DefaultSelector()
        self._pending: dict[int, bytes] = {}

    def run(
        self, *, ready: Callable[[], bool] = lambda: True, started: Callable[[], None] | None = None
    ) -> int:
        """Start all, call `started` once `ready` says so, and stay until the end. Wants the main thread."""
        previous = {
            number: signal.signal(number, self._on_signal)
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        }
        try:
            for child in self.children:
                self._start(child)
            while not self.stopping:
                self._relay(0.2)
                self._look_after()
                if started is not None and ready():
                    started()
                    started = None
            self._stop_all()
        finally:
            self._kill_all()
            for number, handler in previous.items():
                signal.signal(number, handler)
        return self.status

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        if self.stopping:
            self.hurry = True
        self.stopping = True

    def _start(self, child: Child) -> None:
        parent, libc = os.getpid(), self._libc
        child.start_at = None
        child.process = subprocess.Popen(  # noqa: S603 - our own commands
            list(child.argv),
            cwd=self.cwd,
            env=None if child.env is None else dict(child.env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            # Safe here: this process has no threads.
            preexec_fn=lambda: die_with_parent(parent, libc),  # noqa: PLW1509
        )
        assert child.process.stdout is not None  # noqa: S101 - PIPE above
        os.set_blocking(child.process.stdout.fileno(), False)
        child.streams.append(child.process.stdout)
        self._selector.register(child.process.stdout, selectors.EVENT_READ, child)

    def _relay(self, seconds: float) -> None:
        for key, _mask in self._selector.select(seconds):
            data = os.read(key.fd, 65536)
            text = self._pending.pop(key.fd, b"") + data
            *lines, rest = text.split(b"\n")
            if not data:
                stream = next(stream for stream in key.data.streams if stream.fileno() == key.fd)
                self._selector.unregister(stream)
                key.data.streams.remove(stream)
                stream.close()
                lines, rest = ([rest] if rest else []), b""
            if rest:
                self._pending[key.fd] = rest
            for line in lines:
                self.say(f"{key.data.name:<{self.width}} | {line.decode(errors='replace').rstrip()}")

    def _look_after(self) -> None:
        now = time.monotonic()
        for child in self.children:
            if child.given_up:
                continue
            if child.start_at is not None:
                if now >= child.start_at:
                    self._start(child)
                continue
            if child.process is None or child.process.poll() is None:
                continue
            self._fell(child, now)

    def _fell(self, child: Child, now: float) -> None:
        assert child.process is not None  # noqa: S101 - only called for one that ran
        _kill_group(child.process.pid)
        how = describe(child.process.returncode)
        # Its number may soon be another process's: forget it.
        child.process = None
        child.falls = [at for at in child.falls if now - at < FALLS_WITHIN_SECONDS] + [now]
        words = {"name": child.name, "how": how, "falls": FALLS}
        if len(child.falls) < FALLS:
            pause = FIRST_PAUSE_SECONDS * 2 ** (len(child.falls) - 1)
            self.say(
                _("%(name)s ended by itself (%(how)s). Starting it again in %(pause)s seconds.")
                % {**words, "pause": f"{pause:g}"}
            )
            child.start_at = now + pause
        elif child.essential:
            self.say(
                _(
                    "%(name)s ended %(falls)s times within a minute (%(how)s). Stopping everything: "
                    "its lines above say why."
                )
                % words
            )
            self.status = 1
            self.stopping = True
        else:
            self.say(
                _(
                    "%(name)s ended %(falls)s times within a minute (%(how)s). Going on without it: "
                    "its lines above say why."
                )
                % words
            )
            child.given_up = True

    def _running(self) -> list[Child]:
        return [
            child for child in self.children if child.process is not None and child.process.poll() is None
        ]

    def _stop_all(self) -> None:
        """Ask each process, wait, and print its last words; a second signal ends the waiting.

        Only the process itself is asked, not its group: a Celery worker lets its own children finish.
        """
        self.say(_("Stopping …"))
        for child in self._running():
            assert child.process is not None  # noqa: S101 - running
            child.process.send_signal(signal.SIGTERM)
        until = time.monotonic() + STOP_SECONDS
        while self._running() and time.monotonic() < until and not self.hurry:
            self._relay(0.1)
        for child in self._running():
            self.say(_("%(name)s did not end when asked and is killed.") % {"name": child.name})

    def _kill_all(self) -> None:
        for child in self.children:
            if child.process is not None:
                _kill_group(child.process.pid)
                child.process.wait()
        self._relay(0)
        self._selector.close()
        for child in self.children:
            for stream in child.streams:
                stream.close()


def _kill_group(pid: int) -> None:
    """End whatever is left of a child's process group; the child led it, so the group has its number."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def describe(returncode: int) -> str:
    """A return code in words: "exit status 2", "killed by SIGKILL"."""
    if returncode >= 0:
        return _("exit status %(number)s") % {"number": returncode}
    try:
        name = signal.Signals(-returncode).name
    except ValueError:
        name = str(-returncode)
    return _("killed by %(signal)s") % {"signal": name}
