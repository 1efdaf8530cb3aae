"""Killed at any point, on a full disk, by two workers at once: nothing partial, nothing twice, nothing forgotten."""

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from PIL import Image

from media_library.models import DiscardedFile, Photo
from media_library.renditions import Outcome, render
from media_library.sweeping import sweep
from media_library.uploads import store_photo
from tests.media_library import samples

pytestmark = pytest.mark.django_db(transaction=True)


def child(tmp_path: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Another process on this test's database and folders."""
    return subprocess.run(
        [sys.executable, "-m", "tests.media_library.child", *map(str, arguments)],
        env={
            **os.environ,
            "NEWSROOM_VAR": str(tmp_path),
            "NEWSROOM_TEST_DATABASE": str(connection.settings_dict["NAME"]),
        },
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def known_names() -> set[str]:
    rows = set(Photo.objects.exclude(renditions=None).values_list("renditions__name", flat=True))
    return rows | set(DiscardedFile.objects.filter(storage="default").values_list("name", flat=True))


def assert_whole(media) -> None:
    """Every file the public could fetch is complete, and somebody knows of it."""
    for name in media.public_files():
        with Image.open(media.public / name) as image:
            image.load()
    assert media.public_files() <= known_names()


@pytest.mark.parametrize(
    ("function", "count"),
    [
        ("imaging.encode", 1),
        ("imaging.encode", 6),
        ("files.place", 1),
        ("files.place", 5),
        ("discards.adopt", 1),
        ("discards.reserve", 1),
    ],
)
def test_a_worker_killed_while_rendering_is_made_good_by_the_sweep(photo, media, tmp_path, function, count):
    killed = child(tmp_path, "render", photo.pk, function, count)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert not photo.renditions.exists()
    assert_whole(media)

    now = timezone.now()
    assert sweep(now).photos[Outcome.RENDERED] == 0, "the dead worker's claim still stands"
    assert sweep(now + timedelta(minutes=3)).photos[Outcome.RENDERED] == 1
    assert photo.renditions.count() == 8
    assert_whole(media)

    for path in (media.public / ".incoming").glob("*"):
        os.utime(path, (0, 0))
    sweep(now + timedelta(hours=2))
    assert samples.files_under(media.public) == set(photo.renditions.values_list("name", flat=True))
    assert not DiscardedFile.objects.exists()


@pytest.mark.parametrize(
    ("function", "count"),
    [("files.duplicate", 1), ("files.duplicate", 5), ("discards.adopt", 1), ("discards.settle", 1)],
)
def test_a_rotation_killed_half_way_is_whole_or_undone(photo, media, tmp_path, function, count):
    render(photo.pk)
    before = set(photo.renditions.values_list("name", flat=True))
    killed = child(tmp_path, "rotate", photo.pk, function, count)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    after = set(photo.renditions.values_list("name", flat=True))
    assert after == before or not after & before
    assert after <= media.public_files()
    assert_whole(media)
    if function == "discards.settle":
        assert not after & before, "the new names had been committed"

    sweep(timezone.now() + timedelta(hours=2))
    assert media.public_files() == after


def test_a_full_disk_leaves_no_partial_file_and_is_tried_again(media, tmp_path):
    photo = store_photo(samples.upload(samples.saved(samples.grainy(1920, 1280), "JPEG", quality=60)))
    limit = 300_000
    answer = child(tmp_path, "full-disk", photo.pk, limit)
    assert answer.stdout.strip() == "failed", answer.stderr
    photo.refresh_from_db()
    assert "File too large" in photo.render_error
    assert samples.files_under(media.public) == set()
    assert not photo.renditions.exists()

    assert sweep(timezone.now() + timedelta(minutes=2)).photos[Outcome.RENDERED] == 1
    assert photo.renditions.count() == 12
    assert max(photo.renditions.values_list("bytes", flat=True)) > limit, "the limit was really in the way"


def test_two_workers_at_once_make_one_set(photo, media):
    start, outcomes = threading.Barrier(2), []

    def work() -> None:
        try:
            start.wait(10)
            outcomes.append(render(photo.pk))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert len(outcomes) == 2
    assert Outcome.RENDERED in outcomes
    assert set(outcomes) <= {Outcome.RENDERED, Outcome.BUSY, Outcome.COMPLETE}
    assert outcomes.count(Outcome.RENDERED) == 1
    assert photo.renditions.count() == 8
    assert media.public_files() == set(photo.renditions.values_list("name", flat=True))


def test_a_real_worker_renders_what_was_uploaded(worker, settings):
    """Through the broker, in another process, to files this process can read."""
    settings.STORAGES = {
        name: {**spec, "OPTIONS": {**spec["OPTIONS"], "location": str(where)}} if where else spec
        for (name, spec), where in (
            (item, {"default": settings.MEDIA_ROOT, "private": settings.PRIVATE_MEDIA_ROOT}.get(item[0]))
            for item in settings.STORAGES.items()
        )
    }
    worker.start()
    photo = store_photo(samples.upload(samples.jpeg(500, 400)))
    deadline = timezone.now() + timedelta(seconds=30)
    while not photo.renditions.exists() and timezone.now() < deadline:
        threading.Event().wait(0.05)
    assert photo.renditions.count() == 6
    assert all(default_storage.exists(row.name) for row in photo.renditions.all())
