"""`/healthz` and `/readyz`: what they say when things are well, and when each thing is not."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from articles.models import Heartbeat
from newsroom import health
from tests.services import free_port


def ready(client: Client) -> tuple[int, dict[str, Any]]:
    answer = client.get("/readyz")
    assert "no-store" in answer["Cache-Control"]
    return answer.status_code, json.loads(answer.content)


def sweep(seconds_ago: float) -> None:
    Heartbeat.objects.update_or_create(
        name="sweep", defaults={"beat_at": timezone.now() - timedelta(seconds=seconds_ago)}
    )


def test_alive_asks_no_database(client: Client) -> None:
    # Without the `db` mark any query would fail the test.
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content, answer["Cache-Control"]) == (200, b"ok\n", "no-store")


@pytest.mark.django_db
def test_ready_when_database_broker_and_sweep_are_in_order(client: Client) -> None:
    sweep(1)
    status, said = ready(client)
    assert (status, said["ready"]) == (200, True)
    assert set(said["checks"]) == {"database", "broker", "sweep", "backlog", "fonts"}
    assert said["checks"]["backlog"]["due"] == 0


@pytest.mark.django_db
def test_not_ready_before_the_first_sweep_and_when_it_is_missing(client: Client) -> None:
    status, said = ready(client)
    assert (status, said["checks"]["sweep"]["problem"]) == (503, "no sweep yet")
    sweep(200)
    status, said = ready(client)
    assert (status, said["checks"]["sweep"]["problem"]) == (503, "sweep missing")
    assert said["checks"]["sweep"]["seconds_ago"] >= 200


@pytest.mark.django_db
def test_not_ready_without_a_broker_and_no_secret_is_told(client: Client, settings: Settings) -> None:
    sweep(1)
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_in": "/nowhere/secret-folder"}
    status, said = ready(client)
    assert (status, said["ready"], said["checks"]["broker"]["ok"]) == (503, False, False)
    assert "secret-folder" not in json.dumps(said)


@pytest.mark.django_db
def test_not_ready_when_redis_does_not_answer(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from celery import Celery

    sweep(1)
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 1, "socket_connect_timeout": 1}
    elsewhere = Celery(
        "elsewhere", broker=f"redis://:a-password@127.0.0.1:{free_port()}/0", set_as_current=False
    )
    monkeypatch.setattr(health, "app", elsewhere)
    status, said = ready(client)
    assert (status, said["checks"]["broker"]) == (503, {"ok": False, "problem": "unreachable"})
    assert "a-password" not in json.dumps(said)


@pytest.mark.django_db
def test_not_ready_when_the_database_does_not_answer(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def down(now: object) -> dict[str, Any]:
        raise OperationalError("password authentication failed for user newsroom")

    monkeypatch.setitem(health.CHECKS, "database", down)
    status, said = ready(client)
    assert (status, said["checks"]["database"]) == (503, {"ok": False, "problem": "unreachable"})


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_read_only(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
