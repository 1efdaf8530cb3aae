"""Killed at any point, on a full disk, by two workers at once: nothing lost, nothing twice, nothing partial."""

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from articles.models import PageProof
from articles.press import work
from articles.press.claims import MOST_TRIES
from articles.press.work import Outcome
from media_library import discards, files
from media_library.models import DiscardedFile
from tests.press import hostile
from tests.press.conftest import Press

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def waiting(press: Press) -> PageProof:
    """A proof that a worker has still to make."""
    file = press.upload(hostile.harmless(), page=press.pages[0])
    assert work.survey(file.pk) == Outcome.DONE
    return PageProof.objects.get()


def files_in(folder: Path) -> set[str]:
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and ".incoming" not in path.parts
    }


def killed(media: Any, *arguments: object) -> None:
    child = subprocess.run(
        [sys.executable, "-m", "tests.press.child", *map(str, arguments)],
        env={
            **os.environ,
            "NEWSROOM_VAR": str(media.var),
            "NEWSROOM_TEST_DATABASE": str(connection.settings_dict["NAME"]),
        },
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        timeout=90,
    )
    assert child.returncode == -signal.SIGKILL, child.stderr


@pytest.mark.parametrize(
    ("function", "count"),
    [
        ("articles.press.work.reading", 1),
        ("media_library.files.place", 4),
        ("media_library.discards.adopt", 1),
        ("articles.press.work.write_areas", 1),
    ],
)
def test_a_worker_killed_while_it_makes_a_page_is_made_good_by_the_sweep(
    waiting: PageProof, media: Any, function: str, count: int
) -> None:
    killed(media, "make", waiting.pk, function, count)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.pdf, waiting.images) == (PageProof.State.WORKING, "", [])
    now = timezone.now()
    assert work.sweep(now) == [], "the dead worker's claim still stands"
    assert work.sweep(now + timedelta(minutes=5)) == [Outcome.DONE]
    waiting.refresh_from_db()
    assert waiting.state == PageProof.State.READY
    discards.settle(now=now + timedelta(hours=2))
    assert files_in(media.public) == set(waiting.file_names())
    assert not DiscardedFile.objects.exists()


def test_two_workers_at_once_make_one_set_of_files(waiting: PageProof, media: Any) -> None:
    start, outcomes = threading.Barrier(2), []

    def run() -> None:
        try:
            start.wait(10)
            outcomes.append(work.make(waiting.pk))
        finally:
            connection.close()

    workers = [threading.Thread(target=run) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert sorted(outcomes) == [Outcome.BUSY, Outcome.DONE]
    waiting.refresh_from_db()
    assert files_in(media.public) == set(waiting.file_names())


def test_a_full_disk_is_tried_again_leaves_nothing_and_is_said_in_the_end(
    waiting: PageProof, media: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: Any) -> None:
        raise OSError(28, "No space left on device")

    now = timezone.now()
    with monkeypatch.context() as patch:
        patch.setattr(files, "place", full)
        assert work.make(waiting.pk, now) == Outcome.LATER
        assert files_in(media.public) == set()
        assert work.make(waiting.pk, now) == Outcome.BUSY, "not at once again"
        PageProof.objects.filter(pk=waiting.pk).update(attempts=MOST_TRIES - 1, claimed_until=None)
        assert work.make(waiting.pk, now) == Outcome.REFUSED
    waiting.refresh_from_db()
    assert (waiting.state, waiting.report["refused"]) == (PageProof.State.FAILED, "storage")
    assert waiting.problem


def test_a_file_that_kills_every_worker_is_given_up(waiting: PageProof) -> None:
    PageProof.objects.filter(pk=waiting.pk).update(attempts=MOST_TRIES)
    assert work.make(waiting.pk) == Outcome.REFUSED
    waiting.refresh_from_db()
    assert waiting.report["refused"] == "gave_up"


def test_a_page_that_goes_while_its_picture_is_made_takes_nothing_with_it(
    waiting: PageProof, media: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish = work._finish

    def gone(proof: PageProof, *arguments: Any) -> None:
        PageProof.objects.filter(pk=proof.pk).delete()
        finish(proof, *arguments)

    monkeypatch.setattr(work, "_finish", gone)
    assert work.make(waiting.pk) == Outcome.BUSY
    assert files_in(media.public) == set()
