import re
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from media_library.models import DiscardedFile, Photo, Rendition
from media_library.renditions import CLAIM, Outcome, current_recipe, render, retry_after
from media_library.uploads import store_photo
from tests.media_library import samples

PUBLIC_NAME = re.compile(r"p/[0-9a-f]{2}/[0-9a-f]{32}-\d+\.(jpg|webp|avif)")


def names(photo: Photo) -> set[str]:
    return set(photo.renditions.values_list("name", flat=True))


def test_a_photo_gets_every_width_in_every_format(photo, media):
    assert render(photo.pk) is Outcome.RENDERED
    keys = {(row.format, row.width, row.height) for row in photo.renditions.all()}
    sizes = [(1000, 750), (768, 576), (480, 360), (320, 240)]
    assert keys == {(fmt, *size) for fmt in ("webp", "jpeg") for size in sizes}
    assert media.public_files() == names(photo)


def test_every_row_tells_the_truth_about_its_file(photo):
    render(photo.pk)
    for row in photo.renditions.all():
        with default_storage.open(row.name) as file, Image.open(file) as image:
            assert image.format == {"jpeg": "JPEG", "webp": "WEBP"}[row.format]
            assert image.size == (row.width, row.height)
            assert samples.corners(image) == samples.SCENE
            assert file.size == row.bytes


def test_names_cannot_be_guessed_and_readers_may_read_the_files(photo, media, settings):
    render(photo.pk)
    tokens = {re.search(r"[0-9a-f]{32}", name)[0] for name in names(photo)}
    assert len(tokens) == 8
    assert all(PUBLIC_NAME.fullmatch(name) for name in names(photo))
    assert all((media.public / name).stat().st_mode & 0o777 == 0o644 for name in names(photo))


def test_no_reservation_and_nothing_half_written_is_left(photo, media):
    render(photo.pk)
    assert not DiscardedFile.objects.exists()
    assert samples.files_under(media.public) == media.public_files()


def test_the_photo_says_that_it_is_complete(photo):
    render(photo.pk)
    photo.refresh_from_db()
    assert photo.rendered_as == current_recipe()
    assert photo.rendered_at is not None
    assert (photo.claim, photo.claimed_until, photo.render_attempts, photo.render_error) == ("", None, 0, "")


def test_rendering_again_changes_nothing(photo, media):
    render(photo.pk)
    before = names(photo)
    assert render(photo.pk) is Outcome.COMPLETE
    assert names(photo) == before == media.public_files()


def test_only_what_is_missing_is_made(photo, media):
    render(photo.pk)
    lost = photo.renditions.get(format="webp", width=480)
    kept = names(photo) - {lost.name}
    (media.public / lost.name).unlink()
    assert render(photo.pk) is Outcome.RENDERED
    assert kept < names(photo)
    assert lost.name not in names(photo)
    assert media.public_files() == names(photo)


def test_avif_comes_when_the_setting_does(photo, settings):
    render(photo.pk)
    settings.PHOTO_AVIF = True
    assert render(photo.pk) is Outcome.RENDERED
    assert set(photo.renditions.values_list("format", flat=True)) == {"avif", "webp", "jpeg"}


def test_a_script_and_a_place_reach_no_public_file(db, media):
    photo = store_photo(samples.upload(samples.with_secrets()))
    assert photo.caption == "SECRET-DESCRIPTION"
    render(photo.pk)
    assert len(media.public_files()) == 8
    for name in media.public_files():
        data = (media.public / name).read_bytes()
        for secret in (b"<script", b"SECRET", b"GPS", b"2026:07:01", b"Exif"):
            assert secret not in data


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_turned_photos_are_public_upright(db, orientation):
    photo = store_photo(samples.upload(samples.oriented(orientation, 600, 900)))
    render(photo.pk)
    assert {(row.width, row.height) for row in photo.renditions.all()} == {(600, 900), (480, 720), (320, 480)}
    for row in photo.renditions.all():
        with default_storage.open(row.name) as file, Image.open(file) as image:
            assert samples.corners(image) == samples.SCENE


@pytest.mark.parametrize(
    ("size", "files"), [((1, 1), 2), ((10, 10_000), 2), ((319, 200), 2), ((320, 200), 2), ((700, 20_000), 5)]
)
def test_odd_sizes_get_what_they_can_hold(db, size, files):
    photo = store_photo(samples.upload(samples.saved(samples.scene(*size), "PNG")))
    assert render(photo.pk) is Outcome.RENDERED
    assert photo.renditions.count() == files
    assert all(row.width <= size[0] for row in photo.renditions.all())


@pytest.mark.parametrize("data", [samples.mpo(), samples.frames("GIF"), samples.frames("TIFF")])
def test_several_frames_are_public_as_their_first(db, data):
    photo = store_photo(samples.upload(data))
    assert render(photo.pk) is Outcome.RENDERED
    for row in photo.renditions.all():
        with default_storage.open(row.name) as file, Image.open(file) as image:
            assert getattr(image, "n_frames", 1) == 1
            assert samples.corners(image) == samples.SCENE


def test_a_photo_that_is_gone_is_no_error(db):
    assert render(12345) is Outcome.GONE


def test_a_claimed_photo_is_left_alone_until_the_claim_expires(photo):
    now = timezone.now()
    Photo.objects.filter(pk=photo.pk).update(claim="somebody", claimed_until=now + CLAIM)
    assert render(photo.pk, now) is Outcome.BUSY
    assert not Rendition.objects.exists()
    assert render(photo.pk, now + CLAIM) is Outcome.RENDERED


def test_a_worker_that_overslept_its_claim_drops_its_files(photo, media, monkeypatch):
    """The photo is taken over while the first worker encodes: the second one's files stand, the first one's go."""
    from media_library import imaging

    real, later = imaging.encode, timezone.now() + CLAIM + timedelta(seconds=1)
    overtaken = []

    def overslept(*args):
        if not overtaken:
            overtaken.append(True)
            overtaken.append(render(photo.pk, later))
        real(*args)

    monkeypatch.setattr(imaging, "encode", overslept)
    assert render(photo.pk) is Outcome.BUSY
    assert overtaken == [True, Outcome.RENDERED]
    assert photo.renditions.count() == 8
    assert DiscardedFile.objects.count() == 8


def test_a_photo_deleted_while_it_is_rendered_leaves_no_file(photo, media, monkeypatch):
    from media_library import discards, imaging

    real = imaging.encode
    monkeypatch.setattr(imaging, "encode", lambda *args: (Photo.objects.all().delete(), real(*args)))
    assert render(photo.pk) is Outcome.BUSY
    discards.settle(now=timezone.now() + timedelta(minutes=1))
    assert media.public_files() == set()
    assert samples.files_under(media.private) == set()


def test_a_lost_original_is_recorded_and_tried_again_later(photo, media):
    now = timezone.now()
    (media.private / photo.original.name).unlink()
    assert render(photo.pk, now) is Outcome.FAILED
    photo.refresh_from_db()
    assert "FileNotFoundError" in photo.render_error
    assert (photo.render_attempts, photo.claim, photo.next_render_at) == (1, "", now + timedelta(minutes=1))
    assert render(photo.pk, now) is Outcome.FAILED
    photo.refresh_from_db()
    assert photo.next_render_at == now + timedelta(minutes=2)


def test_waiting_doubles_up_to_half_a_day():
    assert [retry_after(n) for n in (1, 2, 3)] == [timedelta(minutes=m) for m in (1, 2, 4)]
    assert retry_after(500) == timedelta(hours=12)


def test_old_renditions_stay_when_a_new_try_fails(photo, media, settings):
    render(photo.pk)
    before = names(photo)
    settings.PHOTO_AVIF = True
    (media.private / photo.original.name).unlink()
    assert render(photo.pk) is Outcome.FAILED
    assert names(photo) == before == media.public_files()


def test_an_object_store_serves_as_well_as_a_disk(photo, media, settings):
    """Storages without paths and renames get whole files through their own `save`."""
    from media_library.rotation import rotate

    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": memory}
    assert render(photo.pk) is Outcome.RENDERED
    before = names(photo)
    assert all(default_storage.exists(name) for name in before)
    assert rotate(photo.pk) == 8
    assert not names(photo) & before
    for row in photo.renditions.all():
        with default_storage.open(row.name) as file, Image.open(file) as image:
            assert samples.corners(image) == samples.SCENE
    assert not media.public.exists()
