"""The product's own processes together: files handed out, tasks done, services frozen and gone."""

import time
from pathlib import Path

import pytest

from tests.conftest import Worker
from tests.processes import until
from tests.stack import Nginx, Stack


@pytest.mark.once
def test_static_files_and_renditions_are_served_and_nothing_else_is(stack: Stack) -> None:
    (stack.var / "media" / "f00d.webp").write_bytes(b"a rendition")
    (stack.var / "private" / "original.jpg").write_bytes(b"an original")
    stack.start("web")
    assert stack.get("/static/admin/css/base.css").status == 200
    assert stack.get("/media/f00d.webp").body == b"a rendition"
    for path in (
        *("/media/", "/static/", "/private/original.jpg", "/media/../private/original.jpg"),
        *(
            "/media/%2e%2e/private/original.jpg",
            "/media/..%2fprivate%2foriginal.jpg",
            "/static/../secret.key",
        ),
    ):
        answer = stack.get(path)
        assert answer.status in {400, 403, 404}, path
        assert b"original" not in answer.body


@pytest.mark.once
def test_a_forged_host_is_refused(stack: Stack) -> None:
    stack.start("web")
    assert stack.get("/admin/login/", Host="evil.example").status == 400
    assert stack.get("/admin/login/", X_Forwarded_Host="evil.example").status == 200


@pytest.mark.once
def test_worker_and_beat_sweep_and_a_killed_worker_is_seen_as_missing(stack: Stack) -> None:
    stack.environment["NEWSROOM_SWEEP_SECONDS"] = "1"
    stack.start()
    until(lambda: stack.get("/readyz").status == 200, 20, "the first sweep")
    stack.kill("worker")
    until(lambda: stack.get("/readyz").status == 503, 20, "the word that the sweep is missing")
    assert stack.get("/healthz").status == 200
    stack.start("worker")
    until(lambda: stack.get("/readyz").status == 200, 20, "the next sweep")


@pytest.mark.once
@pytest.mark.nginx
def test_the_desk_answers_through_nginx_and_is_never_kept(stack: Stack, nginx: Nginx) -> None:
    stack.start("web")
    first, second = nginx.get("/admin/login/"), nginx.get("/admin/login/")
    assert (first.status, second.status) == (200, 200)
    assert "HIT" not in str(second.headers["X-Newsroom-Cache"])
    assert first.headers["Set-Cookie"] != second.headers["Set-Cookie"]


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_does_what_is_sent_and_survives_kill_minus_nine(worker: Worker) -> None:
    from articles.models import Heartbeat
    from newsroom.celery import app

    worker.start()
    app.send_task("articles.sweep", queue="urgent")
    until(lambda: Heartbeat.objects.filter(name="sweep").exists(), 15, "the sweep")
    worker.kill("worker")
    Heartbeat.objects.all().delete()
    worker.start()
    app.send_task("articles.sweep", queue="urgent")
    until(lambda: Heartbeat.objects.filter(name="sweep").exists(), 15, "the sweep of the second worker")


@pytest.mark.services
def test_a_frozen_broker_holds_nobody_for_more_than_a_few_seconds(redis_url: str, tmp_path: Path) -> None:
    """The settings of a web process in production against a Redis that is stopped in mid-air."""
    from celery import Celery

    from tests.services import Redis

    with Redis() as own:
        client = Celery("web", broker=own.url, set_as_current=False)
        client.conf.update(
            task_publish_retry=False,
            broker_connection_timeout=2,
            broker_transport_options={"socket_timeout": 2, "socket_connect_timeout": 2, "max_retries": 1},
        )
        client.send_task("articles.sweep", queue="urgent")
        assert own.process is not None
        own.process.send_signal(19)  # SIGSTOP
        began = time.monotonic()
        with pytest.raises(Exception, match=r"(?i)timeout|timed out|connect"):
            client.send_task("articles.sweep", queue="urgent")
        assert time.monotonic() - began < 8
