"""The whole product as real processes on a database file of its own, as `make run` starts it, and nginx before it."""

import http.client
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from newsroom import processes, tryout
from newsroom.env import make_try_out_secret
from tests.processes import Processes
from tests.requires import ROOT
from tests.services import free_port


@dataclass
class Answer:
    """An HTTP answer as it came: no redirect followed, nothing unpacked."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


def ask(
    port: int,
    path: str,
    *,
    method: str = "GET",
    headers: dict[str, str] | None = None,
    body: bytes | None = None,
) -> Answer:
    """One request on a connection of its own to this machine."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, path, body=body, headers=headers or {})
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())
    finally:
        connection.close()


def clean_environment(**more: str) -> dict[str, str]:
    """This process's environment without the settings of this test run, and with `more`."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("NEWSROOM_", "DJANGO_", "PYTEST_"))}
    return {**kept, "PYTHONUNBUFFERED": "1", **more}


@dataclass
class Stack(Processes):
    """web, worker and beat on `folder`/var. Nothing runs until `start()`."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__(self.folder)
        self.var = self.folder / "var"
        self.port = free_port()
        tryout.require_folder(self.var)
        make_try_out_secret(self.var)
        self.environment = {
            **clean_environment(
                DJANGO_SETTINGS_MODULE="newsroom.settings.dev",
                NEWSROOM_VAR=str(self.var),
            ),
            **self.environment,
        }

    @property
    def url(self) -> str:
        """Without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        return self.var / "newsroom.sqlite3"

    def manage(self, *arguments: str, stdin: str | None = None) -> str:
        """Run one management command on the stack's database; what it printed. Fails the test when it fails."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            text=True,
            timeout=300,
        )
        if done.returncode:
            raise AssertionError(f"manage.py {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def start(self, *names: str) -> None:
        """Start the named processes, or all three, and wait until each works."""
        for name in names or ("web", "worker", "beat"):
            before = len(self.log(name))
            self.launch(name, self.command(name), self.environment)
            if name == "web":
                self.await_that(name, lambda: tryout.answers("127.0.0.1", self.port))
            elif name == "worker":
                self.await_word(name, " ready.", before)

    def command(self, name: str) -> list[str]:
        if name == "web":
            static, media = self.var / "static", self.var / "media"
            return processes.web("127.0.0.1", self.port, static=static, media=media)
        return processes.worker() if name == "worker" else processes.beat(self.var)

    def get(self, path: str, **headers: str) -> Answer:
        """GET from the web process itself; header names with underscores for hyphens."""
        return ask(self.port, path, headers={k.replace("_", "-"): v for k, v in headers.items()})


NGINX_TEMPLATE = ROOT / "deploy" / "nginx" / "newsroom.conf.template"
PURGE_KEY = "a-key-that-only-the-tests-know-0123456789"


class Nginx(Processes):
    """deploy/nginx as it is, started natively: only its ports and paths are put in, as the container does."""

    def __init__(
        self, folder: Path, program: str, *, upstream: int, static: Path, media: Path, host: str
    ) -> None:
        super().__init__(folder)
        self.program, self.host = program, host
        self.port = free_port()
        self.values = {
            "NEWSROOM_LISTEN": f"127.0.0.1:{self.port}",
            "NEWSROOM_SITE_HOST": host,
            "NEWSROOM_UPSTREAM": f"127.0.0.1:{upstream}",
            "NEWSROOM_STATIC_ROOT": str(static),
            "NEWSROOM_MEDIA_ROOT": str(media),
            "NEWSROOM_CACHE_DIR": str(folder / "cache"),
            "NEWSROOM_SCHEME": "http",
            "NEWSROOM_PURGE_KEY": PURGE_KEY,
        }

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def configuration(self) -> Path:
        return self.folder / "nginx.conf"

    def write(self) -> None:
        """Put the values in and frame the result as nginx's main file."""
        text = NGINX_TEMPLATE.read_text(encoding="utf-8")
        for name, value in self.values.items():
            text = text.replace("${" + name + "}", value)
        (self.folder / "newsroom.conf").write_text(text, encoding="utf-8")
        scratch = "".join(
            f"    {kind}_temp_path {self.folder}/{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        # Started by root, its children become somebody who may not look into a test's folder.
        user = "user root;\n" if os.geteuid() == 0 else ""
        self.configuration.write_text(
            f"{user}daemon off;\nworker_processes 1;\npid {self.folder}/nginx.pid;\nerror_log stderr warn;\n"
            f"events {{ worker_connections 256; }}\nhttp {{\n    include {_mime_types()};\n{scratch}"
            f"    include {self.folder}/newsroom.conf;\n}}\n",
            encoding="utf-8",
        )

    def test(self) -> subprocess.CompletedProcess[str]:
        """`nginx -t` on what `write()` wrote."""
        return subprocess.run(self._argv("-t"), capture_output=True, text=True)

    def start(self) -> None:
        self.launch("nginx", self._argv(), clean_environment())
        self.await_that("nginx", lambda: tryout.answers("127.0.0.1", self.port))

    def _argv(self, *more: str) -> list[str]:
        return [self.program, "-e", "stderr", "-p", str(self.folder), "-c", str(self.configuration), *more]

    def get(self, path: str, *, method: str = "GET", host: str | None = None, **headers: str) -> Answer:
        """A request as a reader's browser makes it: for the paper's host name unless another is given."""
        named = {k.replace("_", "-"): v for k, v in headers.items()}
        return ask(self.port, path, method=method, headers={"Host": host or self.host, **named})


def _mime_types() -> str:
    found = next(
        (p for p in ("/etc/nginx/mime.types", "/usr/local/etc/nginx/mime.types") if Path(p).exists()), ""
    )
    assert found, "nginx's mime.types is not where it always is"
    return found


def copy_of(template: Path, folder: Path) -> None:
    """Give a stack the prepared database and static files, so that each test need not migrate anew."""
    shutil.copytree(template, folder, dirs_exist_ok=True)
