"""Start-up checks: each finds its misconfiguration, and is silent about a good one."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from newsroom import checks

pytestmark = pytest.mark.once


def ids(found: list) -> list[str]:  # type: ignore[type-arg]
    return [message.id for message in found]


def test_originals_in_a_public_folder_are_an_error(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT, settings.STATIC_ROOT = tmp_path / "media", tmp_path / "static"
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    assert checks.private_media_is_apart(None) == []
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "media" / "originals"
    assert ids(checks.private_media_is_apart(None)) == ["newsroom.E002"]


def test_the_editors_upload_app_is_an_error(settings: Settings) -> None:
    assert checks.no_upload_through_the_editor(None) == []
    settings.CKEDITOR_UPLOAD_PATH = "uploads/"
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "ckeditor_uploader"]
    assert ids(checks.no_upload_through_the_editor(None)) == ["newsroom.E003"]


def test_a_redis_without_timeouts_is_an_error(settings: Settings) -> None:
    settings.CELERY_BROKER_URL = "redis://localhost/0"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {}
    assert ids(checks.broker_waits_are_bounded(None)) == ["newsroom.E006"]
    good = {"socket_timeout": 2, "socket_connect_timeout": 2, "visibility_timeout": 600}
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = good
    assert checks.broker_waits_are_bounded(None) == []
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {**good, "visibility_timeout": settings.CELERY_TASK_TIME_LIMIT}
    assert ids(checks.broker_waits_are_bounded(None)) == ["newsroom.E007"]


def test_a_short_purge_key_is_warned_of(settings: Settings) -> None:
    settings.NEWSROOM_PURGE_URL, settings.NEWSROOM_PURGE_KEY = "http://nginx:8080", "short"
    assert ids(checks.cache_can_be_told(None)) == ["newsroom.W009"]
    settings.NEWSROOM_PURGE_KEY = "x" * 32
    assert checks.cache_can_be_told(None) == []


def test_root_in_a_container_is_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSROOM_CONTAINER", "1")
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert ids(checks.process_may_not_be_root(None)) == ["newsroom.W010"]
    monkeypatch.setattr("os.geteuid", lambda: 10001)
    assert checks.process_may_not_be_root(None) == []
