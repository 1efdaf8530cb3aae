"""`manage.py runall`: three real processes, one address, one way to end them all."""

import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsroom import tryout
from tests.processes import Processes, until
from tests.requires import ROOT
from tests.services import free_port
from tests.stack import ask, clean_environment

pytestmark = pytest.mark.once


class TryOut(Processes):
    """`runall` on a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.var = folder / "var"
        self.port = free_port()

    def environment(self, **more: str) -> dict[str, str]:
        return clean_environment(
            DJANGO_SETTINGS_MODULE="newsroom.settings.dev",
            NEWSROOM_VAR=str(self.var),
            LC_ALL="C.UTF-8",
            NEWSROOM_LANGUAGE="en",
            **more,
        )

    def argv(self, *more: str) -> list[str]:
        return [sys.executable, "manage.py", "runall", "--empty", "--port", str(self.port), *more]

    def start(self) -> None:
        before = len(self.log("runall"))
        self.launch("runall", self.argv(), self.environment())
        self.await_word("runall", "Ctrl-C ends it.", before)

    def refused(self, *more: str, **environment: str) -> str:
        """What it says when it will not start; it must say it in a line, not in a traceback."""
        done = subprocess.run(
            self.argv(*more),
            cwd=ROOT,
            env=self.environment(**environment),
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode != 0
        assert "Traceback" not in done.stderr
        return done.stderr

    def living(self) -> list[str]:
        """Every process of the machine that works on this data folder."""
        mark = f"NEWSROOM_VAR={self.var}".encode()
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (process / "environ").read_bytes().split(b"\0"):
                    found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
            except OSError:
                continue
        return [line for line in found if line]


@pytest.fixture
def tried(tmp_path: Path) -> Iterator[TryOut]:
    whole = TryOut(tmp_path)
    yield whole
    whole.stop_all()


def test_one_interrupt_ends_web_worker_and_beat(tried: TryOut) -> None:
    tried.start()
    assert ask(tried.port, "/healthz").status == 200
    running = " ".join(tried.living())
    assert all(word in running for word in ("granian", " worker ", " beat "))
    os.kill(tried.running["runall"].pid, signal.SIGINT)
    assert tried.running.pop("runall").wait(30) == 0
    assert tried.living() == []
    assert "The data stays in" in tried.log("runall")


def test_nothing_is_left_when_it_is_itself_killed(tried: TryOut) -> None:
    tried.start()
    process = tried.running.pop("runall")
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    until(lambda: not tried.living(), 30, "the end of the children")


def test_a_killed_worker_is_started_again(tried: TryOut) -> None:
    tried.start()
    until(lambda: any(" worker " in line for line in tried.living()), 10, "the worker")
    subprocess.run(["pkill", "-9", "-s", str(leader(tried, " worker "))], check=True)
    tried.await_word("runall", "worker ended by itself (killed by SIGKILL). Starting it again")
    until(lambda: any(" worker " in line for line in tried.living()), 10, "the new worker")


def leader(tried: TryOut, word: str) -> int:
    """The process that leads the session of the one with `word` on its command line."""
    mark = f"NEWSROOM_VAR={tried.var}".encode()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            line = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            ours = mark in (process / "environ").read_bytes()
        except OSError:
            continue
        if ours and word in line:
            return os.getsid(int(process.name))
    raise AssertionError(f"no process with {word!r}")


def test_a_second_start_keeps_data_key_and_logins(tried: TryOut) -> None:
    tried.start()
    tried.stop("runall", 30)
    key = tried.var / "secret.key"
    first = key.read_text()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(tried.var.stat().st_mode) == 0o700
    (tried.var / "logins.txt").write_text("editor  a-password-made-at-first-run\n")
    tried.start()
    assert "a-password-made-at-first-run" in tried.log("runall")
    assert key.read_text() == first


def test_a_taken_port_is_said_with_another_to_choose(tried: TryOut) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", tried.port))
        other.listen()
        said = tried.refused()
    assert f"Port {tried.port} is taken" in said
    assert f"make run PORT={tried.port + 1}" in said
    assert not (tried.var / "newsroom.sqlite3").exists()


def test_a_folder_that_cannot_be_written_is_said_with_the_mend(tried: TryOut) -> None:
    # A file in its place: that stops root too, whom modes do not.
    tried.var.write_text("not a folder")
    said = tried.refused()
    assert f"The folder {tried.var} cannot be written" in said
    assert "make run NEWSROOM_VAR=" in said


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_the_right_to_write_is_said_too(tried: TryOut) -> None:
    tried.var.mkdir(mode=0o500)
    assert "Permission denied" in tried.refused()


def test_two_on_one_data_folder_are_refused(tried: TryOut) -> None:
    tried.start()
    said = tried.refused("--port", str(free_port()))
    assert f"already runs on {tried.var}, at http://localhost:{tried.port}/" in said


@pytest.mark.parametrize(
    ("host", "port", "word"),
    [
        ("127.0.0.1", 0, "is not a port"),
        ("127.0.0.1", 70000, "is not a port"),
        ("192.0.2.7", 8000, "no address of"),
    ],
)
def test_an_impossible_address_is_said(host: str, port: int, word: str) -> None:
    from django.utils import translation

    with translation.override("en"), pytest.raises(tryout.NotReady, match=word):
        tryout.require_port(host, port)


def test_on_loopback_only_loopback_names_are_answered() -> None:
    assert tryout.own_names("127.0.0.1") == ["localhost", "127.0.0.1", "[::1]"]
    assert "192.0.2.7" in tryout.own_names("192.0.2.7")
    assert "*" not in tryout.own_names("0.0.0.0")


def test_it_is_the_try_out_and_refuses_other_settings(tried: TryOut) -> None:
    said = tried.refused("--settings", "newsroom.settings.production", **PRODUCTION)
    assert "docker-compose.yml" in said


PRODUCTION = {
    "NEWSROOM_SECRET_KEY": "k" * 60,
    "NEWSROOM_ALLOWED_HOSTS": "localhost",
    "NEWSROOM_DATABASE_URL": "postgres://localhost/nothing",
    "NEWSROOM_BROKER_URL": "redis://localhost:1/0",
}
