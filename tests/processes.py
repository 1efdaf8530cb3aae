"""Real processes for tests: started with a log of their own, awaited by what they do, killed as the test says."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from newsroom.supervisor import die_with_parent, load_libc
from tests.requires import ROOT


def until(happened: Callable[[], object], seconds: float = 15.0, what: str = "it") -> None:
    """Return as soon as `happened()` is true; fail the test when it is not within `seconds`."""
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not happen within {seconds:g} s")
        time.sleep(0.03)


class Processes:
    """Named processes, each leading a process group; all are ended by `stop_all()` and with the test run itself."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def launch(self, name: str, argv: Sequence[str], env: Mapping[str, str], cwd: Path = ROOT) -> None:
        parent, libc = os.getpid(), load_libc()
        with self.log_path(name).open("ab") as log:
            self.running[name] = subprocess.Popen(
                list(argv),
                cwd=cwd,
                env=dict(env),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=lambda: die_with_parent(parent, libc),
            )

    def log_path(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def log(self, name: str) -> str:
        """What the process has said so far."""
        path = self.log_path(name)
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def alive(self, name: str) -> bool:
        return name in self.running and self.running[name].poll() is None

    def await_that(self, name: str, happened: Callable[[], object], seconds: float = 90.0) -> None:
        """Wait for `happened`, and show the process's log when it ends or dawdles instead."""
        try:
            until(lambda: happened() or not self.alive(name), seconds, f"the start of {name}")
        except AssertionError as error:
            raise AssertionError(f"{error}:\n{self.log(name)[-4000:]}") from None
        if not self.alive(name):
            raise AssertionError(f"{name} ended by itself:\n{self.log(name)[-4000:]}")

    def await_word(self, name: str, word: str, before: int = 0) -> None:
        """Wait until the process has said `word` after the first `before` characters of its log."""
        self.await_that(name, lambda: word in self.log(name)[before:])

    def kill(self, name: str) -> None:
        """kill -9, children and all: no chance to tidy up."""
        process = self.running.pop(name)
        _kill_group(process.pid)
        process.wait()

    def freeze(self, name: str) -> None:
        os.killpg(self.running[name].pid, signal.SIGSTOP)

    def thaw(self, name: str) -> None:
        os.killpg(self.running[name].pid, signal.SIGCONT)

    def stop(self, name: str, seconds: float = 15.0) -> int:
        """Ask it to end, as an operator would; its exit status."""
        process = self.running.pop(name)
        process.send_signal(signal.SIGTERM)
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"{name} did not end when asked:\n{self.log(name)[-2000:]}") from None
        finally:
            _kill_group(process.pid)

    def stop_all(self) -> None:
        for name in list(self.running):
            if self.alive(name):
                self.running[name].send_signal(signal.SIGCONT)
                self.running[name].send_signal(signal.SIGTERM)
        for name in list(self.running):
            process = self.running.pop(name)
            # The test is over: whoever finishes its rounds first (Celery's takes 6 s) has had its chance.
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(1)
            _kill_group(process.pid)
            process.wait()


def _kill_group(pid: int) -> None:
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
