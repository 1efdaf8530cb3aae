"""Every settings module loads from nothing but its environment, and a wrong one is refused with the mend."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.requires import ROOT
from tests.stack import clean_environment

pytestmark = pytest.mark.once

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "newsroom.settings.production",
    "NEWSROOM_SECRET_KEY": "".join(chr(33 + number % 90) for number in range(0, 180, 3)).replace("$", "x"),
    "NEWSROOM_ALLOWED_HOSTS": "news.example,www.news.example",
    "NEWSROOM_DATABASE_URL": "postgres://newsroom:p%40ss@db.example:5433/paper?sslmode=require",
    "NEWSROOM_BROKER_URL": "redis://broker.example:6379/0",
}


def manage(tmp_path: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    environment.setdefault("NEWSROOM_VAR", str(tmp_path))
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=clean_environment(**environment),
        capture_output=True,
        text=True,
    )


def value(tmp_path: Path, expression: str, **environment: str) -> str:
    code = f"from django.conf import settings; print({expression})"
    environment.setdefault("NEWSROOM_VAR", str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=clean_environment(**environment),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("name", ["dev", "test"])
def test_settings_load_without_any_environment(tmp_path: Path, name: str) -> None:
    done = manage(tmp_path, "check", DJANGO_SETTINGS_MODULE=f"newsroom.settings.{name}")
    assert done.returncode == 0, done.stderr


def test_production_is_clean_by_djangos_own_measure(tmp_path: Path) -> None:
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "name", ["NEWSROOM_SECRET_KEY", "NEWSROOM_ALLOWED_HOSTS", "NEWSROOM_DATABASE_URL", "NEWSROOM_BROKER_URL"]
)
def test_production_names_what_is_not_set(tmp_path: Path, name: str) -> None:
    done = manage(tmp_path, "check", **{key: given for key, given in PRODUCTION.items() if key != name})
    assert done.returncode != 0
    assert f"Set the {name} environment variable" in done.stderr


def test_the_database_comes_pooled_and_without_prepared_statements(tmp_path: Path) -> None:
    said = value(tmp_path, "settings.DATABASES['default']", **PRODUCTION)
    database = eval(said, {"__builtins__": {}})
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example", 5433, "paper")
    assert database["PASSWORD"] == "p@ss"
    options = database["OPTIONS"]
    assert options["sslmode"] == "require"
    assert options["prepare_threshold"] is None
    assert options["pool"]["max_size"] == 10


@pytest.mark.parametrize(("role", "seconds"), [("web", 2), ("worker", 15)])
def test_the_broker_never_keeps_anybody_waiting_for_ever(tmp_path: Path, role: str, seconds: int) -> None:
    expression = "settings.CELERY_BROKER_TRANSPORT_OPTIONS['socket_timeout']"
    assert value(tmp_path, expression, **PRODUCTION, NEWSROOM_ROLE=role) == str(seconds)


def test_forwarded_headers_are_believed_only_on_request(tmp_path: Path) -> None:
    expression = "settings.SECURE_PROXY_SSL_HEADER, 'newsroom.proxy.ReaderAddress' in settings.MIDDLEWARE"
    assert value(tmp_path, expression, **PRODUCTION) == "None False"
    trusting = value(tmp_path, expression, **PRODUCTION, NEWSROOM_TRUST_PROXY="1")
    assert trusting == "('HTTP_X_FORWARDED_PROTO', 'https') True"


def test_half_a_purge_configuration_is_said(tmp_path: Path) -> None:
    done = manage(tmp_path, "check", "--deploy", **PRODUCTION, NEWSROOM_PURGE_URL="http://nginx:8080")
    assert "NEWSROOM_PURGE_KEY is not set" in done.stderr


def test_a_data_folder_that_cannot_be_written_stops_the_start(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    done = manage(tmp_path, "check", **PRODUCTION, NEWSROOM_VAR=str(blocked / "var"))
    assert done.returncode != 0
    assert "newsroom.E001" in done.stderr
    assert "NEWSROOM_VAR" in done.stderr


def test_the_try_out_key_is_nowhere_in_the_project(tmp_path: Path) -> None:
    here = {"DJANGO_SETTINGS_MODULE": "newsroom.settings.dev"}
    first, second = (value(tmp_path, "settings.SECRET_KEY", **here) for _ in range(2))
    assert first != second, "without a kept key each process makes its own"
    assert len(first) > 50


def test_an_address_in_the_environment_wins(tmp_path: Path) -> None:
    assert value(tmp_path, "settings.SWEEP_SECONDS", **PRODUCTION, NEWSROOM_SWEEP_SECONDS="7") == "7"
    assert os.environ.get("NEWSROOM_SWEEP_SECONDS") is None
