"""The supervisor keeps processes running, and leaves none behind."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from newsroom import supervisor
from newsroom.supervisor import Child, Supervisor
from tests.processes import until

pytestmark = pytest.mark.once

FOREVER = "import time; print('up', flush=True); time.sleep(600)"
FALLS = "import sys; print('oh', flush=True); sys.exit(3)"


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(supervisor, "FIRST_PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(supervisor, "STOP_SECONDS", 1.0)
    with translation.override("en"):
        yield


class Listener:
    """Collects what the supervisor says, and acts when it hears a word for the n-th time."""

    def __init__(self, word: str = "", times: int = 1, number: int = signal.SIGTERM) -> None:
        self.lines: list[str] = []
        self.word, self.times, self.number = word, times, number

    def __call__(self, line: str) -> None:
        self.lines.append(line)
        if self.word and self.word in line:
            self.times -= 1
            if self.times == 0:
                os.kill(os.getpid(), self.number)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def pids(children: list[Child]) -> list[int]:
    return [child.process.pid for child in children if child.process is not None]


def exists(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_every_child(tmp_path: Path, number: int) -> None:
    children = [Child("one", python(FOREVER)), Child("other", python(FOREVER))]
    listener = Listener("up", times=2, number=number)
    assert Supervisor(children, cwd=tmp_path, say=listener).run() == 0
    assert not any(exists(pid) for pid in pids(children))


def test_each_line_is_printed_once_under_its_process_name(tmp_path: Path) -> None:
    code = "import sys, time; sys.stdout.write('望潮\\nlast'); sys.stdout.flush(); time.sleep(600)"
    listener = Listener("望潮")
    Supervisor(
        [Child("web", python(code)), Child("worker", python(FOREVER))], cwd=tmp_path, say=listener
    ).run()
    assert listener.lines.count("web    | 望潮") == 1
    assert "web    | last" in listener.lines


def test_a_child_that_falls_is_started_again_and_said(tmp_path: Path) -> None:
    listener = Listener("oh", times=2)
    children = [Child("worker", python(FALLS))]
    assert Supervisor(children, cwd=tmp_path, say=listener).run() == 0
    assert "worker ended by itself (exit status 3). Starting it again" in listener.text


def test_everything_ends_when_the_web_server_falls_again_and_again(tmp_path: Path) -> None:
    listener = Listener()
    children = [Child("web", python(FALLS), essential=True), Child("beat", python(FOREVER))]
    assert Supervisor(children, cwd=tmp_path, say=listener).run() == 1
    assert listener.text.count("web  | oh") == supervisor.FALLS
    assert "Stopping everything" in listener.text
    assert not any(exists(pid) for pid in pids(children))


def test_the_rest_goes_on_when_beat_falls_again_and_again(tmp_path: Path) -> None:
    listener = Listener("Going on without it")
    children = [Child("beat", python(FALLS)), Child("web", python(FOREVER), essential=True)]
    assert Supervisor(children, cwd=tmp_path, say=listener).run() == 0
    assert listener.text.count("beat | oh") == supervisor.FALLS


def test_a_child_that_will_not_end_is_killed_with_its_own_children(tmp_path: Path) -> None:
    stubborn = (
        "import os, signal, subprocess, sys, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "print('grandchild', p.pid, flush=True)\n"
        "time.sleep(600)\n"
    )
    listener = Listener("grandchild")
    Supervisor([Child("worker", python(stubborn))], cwd=tmp_path, say=listener).run()
    grandchild = int(next(line for line in listener.lines if "grandchild" in line).split()[-1])
    until(lambda: not exists(grandchild), 5, "the end of the grandchild")
    assert "worker did not end when asked and is killed." in listener.lines


def test_a_second_signal_does_not_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "STOP_SECONDS", 600.0)
    deaf = (
        "import signal, time\n"
        "signal.signal(signal.SIGTERM, lambda *a: print('asked', flush=True))\n"
        "print('up', flush=True)\n"
        "while True: time.sleep(1)\n"
    )

    class Twice(Listener):
        def __call__(self, line: str) -> None:
            super().__call__(line)
            if "asked" in line:
                os.kill(os.getpid(), signal.SIGINT)

    assert Supervisor([Child("web", python(deaf))], cwd=tmp_path, say=Twice("up")).run() == 0


def test_it_says_when_all_is_ready_and_only_once(tmp_path: Path) -> None:
    said: list[str] = []
    answers = iter([False, False, True])
    listener = Listener("beat ended", times=2)
    children = [Child("web", python(FOREVER)), Child("beat", python("import time; time.sleep(0.5)"))]
    Supervisor(children, cwd=tmp_path, say=listener).run(
        ready=lambda: next(answers), started=lambda: said.append("ready")
    )
    assert said == ["ready"]


@pytest.mark.parametrize(
    ("code", "words"),
    [(0, "exit status 0"), (2, "exit status 2"), (-9, "killed by SIGKILL"), (-99, "killed by 99")],
)
def test_a_return_code_is_said_in_words(code: int, words: str) -> None:
    assert supervisor.describe(code) == words
