"""Dockerfile and docker-compose.yml. No container engine runs here: what they name is looked up, and the very commands
of the services are started natively against a private PostgreSQL and Redis, with nginx in front."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.processes import Processes, until
from tests.requires import ROOT
from tests.services import free_port
from tests.stack import PURGE_KEY, Nginx, ask, clean_environment

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
WORKERS = {"worker": "urgent", "worker-media": "media", "worker-makeup": "makeup"}
OURS = {"migrate", "web", *WORKERS, "beat"}
DOCKERFILE = (ROOT / "Dockerfile").read_text()
ENV_EXAMPLE = (ROOT / "deploy" / "env.example").read_text()


@pytest.mark.once
def test_the_services_are_those_of_the_design() -> None:
    assert set(SERVICES) == OURS | {"postgres", "redis", "nginx"}
    assert all(SERVICES[name]["image"].startswith("newsroom:") for name in OURS)


@pytest.mark.once
def test_only_nginx_is_reachable_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["nginx"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    for name in ("postgres", "redis"):
        assert SERVICES[name]["networks"] == ["inside"]


@pytest.mark.once
def test_every_service_has_a_health_check_or_says_that_it_has_none() -> None:
    for name, service in SERVICES.items():
        if name == "web":
            assert "HEALTHCHECK" in DOCKERFILE
        else:
            assert service["healthcheck"].get("disable") or service["healthcheck"]["test"], name


@pytest.mark.once
def test_redis_keeps_its_queue_and_never_throws_it_away() -> None:
    command = SERVICES["redis"]["command"]
    assert command[command.index("--appendonly") + 1] == "yes"
    assert command[command.index("--appendfsync") + 1] == "everysec"
    assert command[command.index("--maxmemory-policy") + 1] == "noeviction"


@pytest.mark.once
def test_every_volume_and_file_that_is_named_exists() -> None:
    for service in SERVICES.values():
        for volume in service.get("volumes", []):
            source = volume["source"] if isinstance(volume, dict) else volume.split(":")[0]
            if source.startswith("."):
                assert (ROOT / source).exists(), source
            else:
                assert source in COMPOSE["volumes"], source
        for network in service.get("networks", []):
            assert network in COMPOSE["networks"]
        for other in service.get("depends_on", {}):
            assert other in SERVICES


@pytest.mark.once
def test_nginx_never_sees_the_originals() -> None:
    mounted = [volume for volume in SERVICES["nginx"]["volumes"] if isinstance(volume, dict)]
    assert [(volume["source"], volume["volume"]["subpath"]) for volume in mounted] == [("data", "media")]
    assert not any(str(volume).startswith("data:") for volume in SERVICES["nginx"]["volumes"])


@pytest.mark.once
def test_nginx_gets_every_value_its_template_wants() -> None:
    template = (ROOT / "deploy" / "nginx" / "newsroom.conf.template").read_text()
    wanted = set(re.findall(r"\$\{(NEWSROOM_[A-Z_]+)\}", template))
    assert wanted == {name for name in SERVICES["nginx"]["environment"] if name.startswith("NEWSROOM_")}


@pytest.mark.once
def test_every_queue_has_a_worker() -> None:
    from django.conf import settings

    served = set()
    for name in WORKERS:
        command = SERVICES[name]["command"]
        served |= set(command[command.index("--queues") + 1].split(","))
    routed = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}
    assert routed | {settings.CELERY_TASK_DEFAULT_QUEUE} == served


@pytest.mark.once
def test_the_image_copies_what_exists_and_what_is_not_ignored() -> None:
    admitted = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
    sources = re.findall(r"^COPY (?!--from)(\S+) ", DOCKERFILE, re.MULTILINE)
    assert {"newsroom", "articles", "media_library", "requirements/runtime.txt"} <= set(sources)
    for source in sources:
        assert (ROOT / source).exists(), source
        assert source in admitted, source
        # An empty folder is not in a clone, and COPY fails on it.
        tracked = subprocess.run(["git", "ls-files", source], cwd=ROOT, capture_output=True, text=True)
        assert tracked.returncode or tracked.stdout.strip(), f"nothing of {source} is committed"


@pytest.mark.once
def test_the_image_runs_as_nobody_special_and_installs_by_hash() -> None:
    assert re.search(r"^USER newsroom$", DOCKERFILE, re.MULTILINE)
    assert "--require-hashes" in DOCKERFILE
    assert DOCKERFILE.index("USER newsroom") < DOCKERFILE.index("\nCMD")


@pytest.mark.once
def test_the_environment_is_documented_and_nothing_else_is() -> None:
    """Every NEWSROOM_ variable that production reads, and none that nobody reads."""
    read = set()
    for name in ("base", "production"):
        text = (ROOT / "newsroom" / "settings" / f"{name}.py").read_text()
        read |= {f"NEWSROOM_{key}" for key in re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", text)}
    compose = (ROOT / "docker-compose.yml").read_text()
    read |= set(re.findall(r"\$\{(NEWSROOM_[A-Z_]+)", compose))
    documented = set(re.findall(r"\b(NEWSROOM_[A-Z_]+)\b", ENV_EXAMPLE))
    assert read - documented - {"NEWSROOM_VERSION", "NEWSROOM_SWEEP_SECONDS"} == set()
    assert documented - read == set()


@pytest.mark.once
def test_what_compose_insists_on_is_at_the_top_of_the_example() -> None:
    required = set(re.findall(r"\$\{([A-Z_]+):\?", (ROOT / "docker-compose.yml").read_text()))
    given = set(re.findall(r"^([A-Z_]+)=$", ENV_EXAMPLE, re.MULTILINE))
    assert required | {"NEWSROOM_SECRET_KEY"} == given


class Containers(Processes):
    """The services' commands as processes: what compose would put into their environment, with this machine's paths."""

    def __init__(self, folder: Path, database: str, broker: str) -> None:
        super().__init__(folder)
        self.port = free_port()
        for name in ("data/media", "data/private", "static"):
            (folder / name).mkdir(parents=True)
        # The commands say `python`, `granian`, `celery`: those of this environment.
        self.base = clean_environment(
            PATH=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            DJANGO_SETTINGS_MODULE="newsroom.settings.production",
            NEWSROOM_SECRET_KEY="only-for-this-test-0123456789-abcdefghijklmnopqrstuvwxyz",
            NEWSROOM_SITE_HOST="news.example",
            NEWSROOM_PURGE_KEY=PURGE_KEY,
            NEWSROOM_VAR=str(folder / "data"),
            NEWSROOM_STATIC_ROOT=str(folder / "static"),
            NEWSROOM_WEB_PORT=str(self.port),
            NEWSROOM_SWEEP_SECONDS="1",
        )
        self.addresses = {"NEWSROOM_DATABASE_URL": database, "NEWSROOM_BROKER_URL": broker}

    def environment(self, name: str) -> dict[str, str]:
        given = {key: str(value) for key, value in SERVICES[name]["environment"].items()}
        given.pop("NEWSROOM_CACHE_URL", None)
        given["NEWSROOM_ALLOWED_HOSTS"] = "news.example"
        return {**self.base, **given, **self.addresses}

    def command(self, name: str) -> list[str]:
        """As compose has it, but for the address to listen on and beat's file."""
        mended = {
            "0.0.0.0": "127.0.0.1",
            "8000": str(self.port),
            "/tmp/beat-schedule": str(self.folder / "beat"),
        }
        return [mended.get(word, word) for word in SERVICES[name]["command"]]

    def start(self, name: str) -> None:
        self.launch(name, self.command(name), self.environment(name))

    def once(self, argv: list[str], name: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            argv, cwd=ROOT, env=self.environment(name), capture_output=True, text=True, timeout=180
        )


@pytest.fixture
def containers(postgres_url: str, redis_url: str, tmp_path: Path) -> Iterator[Containers]:
    import psycopg

    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS containers WITH (FORCE)")
        connection.execute("CREATE DATABASE containers")
    database = postgres_url.replace("/newsroom?", "/containers?")
    whole = Containers(tmp_path, database, re.sub(r"/\d+$", "/7", redis_url))
    yield whole
    whole.stop_all()


@pytest.mark.services
@pytest.mark.nginx
def test_the_very_commands_work_together(containers: Containers, nginx_path: str, tmp_path: Path) -> None:
    made = containers.once(containers.command("migrate"), "migrate")
    assert made.returncode == 0, made.stdout + made.stderr
    assert (tmp_path / "static" / "staticfiles.json").exists()
    for name in ("web", *WORKERS, "beat"):
        containers.start(name)
    for name in WORKERS:
        containers.await_word(name, " ready.")
    check = shlex.split(
        re.findall(r"HEALTHCHECK .*CMD (\[.+\])", DOCKERFILE)[0].strip("[]").replace(",", " ")
    )
    until(lambda: containers.once(check, "web").returncode == 0, 20, "the image's health check")

    def answer(path: str, host: str = "news.example", scheme: str = "https") -> int:
        return ask(containers.port, path, headers={"Host": host, "X-Forwarded-Proto": scheme}).status

    until(lambda: answer("/readyz") == 200, 20, "readiness, with the first sweep")
    assert answer("/admin/login/") == 200
    assert answer("/admin/login/", scheme="http") == 301
    assert answer("/admin/login/", host="evil.example") == 400
    for name, node in WORKERS.items():
        ping = SERVICES[name]["healthcheck"]["test"][1].replace("$$", "$")
        assert node in ping
        asked = containers.once(["sh", "-c", ping], name)
        assert asked.returncode == 0, asked.stdout + asked.stderr

    folder = tmp_path / "nginx"
    folder.mkdir()
    front = Nginx(
        folder,
        nginx_path,
        upstream=containers.port,
        static=tmp_path / "static",
        media=tmp_path / "data" / "media",
        host="news.example",
    )
    front.values["NEWSROOM_SCHEME"] = (
        SERVICES["nginx"]["environment"]["NEWSROOM_SCHEME"].split(":-")[1].rstrip("}")
    )
    front.write()
    try:
        front.start()
        login = front.get("/admin/login/", Accept_Encoding="identity")
        assert login.status == 200
        assert "Secure" in login.headers["Set-Cookie"]
        assert login.headers["Strict-Transport-Security"]
        style = re.findall(r'href="(/static/[^"]+\.css)"', login.text)[0]
        assert re.search(r"\.[0-9a-f]{12}\.css$", style), "static names carry a hash in production"
        assert front.get(style).status == 200
    finally:
        front.stop_all()
    assert all(containers.alive(name) for name in ("web", *WORKERS, "beat"))


@pytest.mark.services
@pytest.mark.nginx
def test_readers_go_on_reading_with_everything_behind_nginx_killed(
    containers: Containers, nginx_path: str, tmp_path: Path
) -> None:
    """A withdrawn story is gone through the cache too, and what was read just before goes on being read."""
    assert containers.once(containers.command("migrate"), "migrate").returncode == 0
    folder = tmp_path / "nginx"
    folder.mkdir()
    front = Nginx(
        folder,
        nginx_path,
        upstream=containers.port,
        static=tmp_path / "static",
        media=tmp_path / "data" / "media",
        host="news.example",
    )
    front.values["NEWSROOM_SCHEME"] = "https"
    front.write()
    containers.addresses["NEWSROOM_PURGE_URL"] = front.url

    def desk(code: str) -> str:
        setup = (
            "from tests.cast import *; from articles.desk import stories; "
            "from django.contrib.auth import get_user_model; chief = lambda: "
            "get_user_model().objects.get(username='chief'); "
        )
        done = containers.once(
            [sys.executable, "manage.py", "shell", "--no-imports", "-c", setup + code], "web"
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip().split("\n")[-1]

    try:
        front.start()
        keys = desk(
            "cast = make_cast(); print(cast.live('渡轮夜航试运行').pk, cast.live('老码头灯光亮起').pk)"
        )
        stays, goes = (f"/wangchao/story/{key}/" for key in keys.split())
        for name in ("web", "worker", "beat"):
            containers.start(name)
        until(lambda: front.get(goes).status == 200, 60, "the story through nginx")
        assert front.get(goes).headers["X-Newsroom-Cache"] == "HIT"

        desk(f"stories.withdraw(chief(), {goes.split('/')[-2]}, '数字有误')")
        until(lambda: front.get(goes).status == 410, 75, "410 through the cache")

        warmed = {path: front.get(path, Accept_Encoding="identity") for path in ("/", stays)}
        assert all(answer.status == 200 for answer in warmed.values())
        for name in ("web", "worker", "beat"):
            containers.kill(name)
        for path, answer in warmed.items():
            again = front.get(path, Accept_Encoding="identity")
            assert (again.status, again.body) == (200, answer.body), path
        until(
            lambda: front.get("/").headers["X-Newsroom-Cache"] == "STALE", 75, "an outdated copy that answers"
        )
        assert front.get("/", Accept_Encoding="identity").body == warmed["/"].body
        assert front.get("/wangchao/layout/").status == 502, "nobody read this before"
        assert front.get("/admin/login/").status == 502
    finally:
        front.stop_all()
