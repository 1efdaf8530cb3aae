import os
from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

from media_library import discards
from media_library.models import DiscardedFile, Photo
from media_library.renditions import Outcome, render
from media_library.sweeping import due_photos, sweep
from media_library.uploads import store_photo
from tests.media_library import samples


def test_a_photo_whose_message_was_lost_is_rendered(photo):
    assert sweep().photos == {Outcome.RENDERED: 1}
    assert photo.renditions.count() == 8


def test_complete_photos_cost_one_question(photo, django_assert_num_queries):
    render(photo.pk)
    with django_assert_num_queries(2):
        swept = sweep()
    assert not swept.photos


def test_a_failing_photo_waits_longer_each_time(photo, media):
    (media.private / photo.original.name).unlink()
    now = timezone.now()
    tries = []
    for minute in range(20):
        if sweep(now + timedelta(minutes=minute)).photos:
            tries.append(minute)
    assert tries == [0, 1, 3, 7, 15]


def test_a_failing_photo_does_not_hold_up_the_others(photo, media):
    (media.private / photo.original.name).unlink()
    others = [store_photo(samples.upload(samples.jpeg(100, 80))) for _ in range(3)]
    swept = sweep()
    assert swept.photos == {Outcome.FAILED: 1, Outcome.RENDERED: 3}
    assert all(other.renditions.exists() for other in others)
    assert due_photos(timezone.now()) == []


def test_new_photos_come_before_those_that_failed(photo, media):
    Photo.objects.filter(pk=photo.pk).update(render_attempts=3)
    fresh = store_photo(samples.upload(samples.jpeg(100, 80)))
    assert due_photos(timezone.now()) == [fresh.pk, photo.pk]


def test_a_photo_in_somebodys_hands_is_left_alone(photo):
    now = timezone.now()
    Photo.objects.filter(pk=photo.pk).update(claim="x", claimed_until=now + timedelta(minutes=1))
    assert due_photos(now) == []
    assert due_photos(now + timedelta(minutes=1)) == [photo.pk]


def test_one_sweep_takes_no_more_than_its_limit(db):
    for _ in range(3):
        store_photo(samples.upload(samples.jpeg(60, 40)))
    assert sweep(limit=2).photos == {Outcome.RENDERED: 2}


def test_a_new_recipe_makes_every_photo_due(photo, settings):
    render(photo.pk)
    assert due_photos(timezone.now()) == []
    settings.PHOTO_AVIF = True
    assert due_photos(timezone.now()) == [photo.pk]


def test_half_written_files_go_after_an_hour(db, media):
    for folder in (media.public, media.private):
        incoming = folder / ".incoming"
        incoming.mkdir(parents=True)
        (incoming / "old").write_bytes(b"half")
        (incoming / "new").write_bytes(b"half")
        os.utime(incoming / "old", (0, 0))
    assert sweep().half_written == 2
    assert samples.files_under(media.public) == samples.files_under(media.private) == {".incoming/new"}


def test_a_name_given_up_by_the_sweep_can_no_longer_be_adopted(db):
    import pytest

    now = timezone.now()
    discards.reserve(["p/aa/x.webp"], now)
    assert discards.settle(now=now + timedelta(minutes=59)) == 0
    assert discards.settle(now=now + timedelta(minutes=60)) == 1
    with pytest.raises(discards.ReservationLost):
        discards.adopt(["p/aa/x.webp"])


def test_a_file_that_cannot_be_deleted_is_tried_again(db, media):
    stubborn = media.public / "p" / "aa" / "folder"
    stubborn.mkdir(parents=True)
    (stubborn / "inside").write_bytes(b"x")
    discards.reserve(["p/aa/folder"], timezone.now() - timedelta(hours=2))
    assert sweep().discarded == 0
    assert DiscardedFile.objects.count() == 1
    (stubborn / "inside").unlink()
    assert sweep().discarded == 1


def test_the_command_does_it_without_celery(photo, capsys):
    call_command("sweep_photos")
    assert "rendered 1, failed 0" in capsys.readouterr().out
    assert photo.renditions.count() == 8
