"""What the database itself holds, and that files follow their rows out."""

import pytest
from django.db import IntegrityError, transaction

from media_library.checks import check_codecs, check_originals_are_private
from media_library.models import DiscardedFile, Photo, Rendition
from media_library.renditions import render
from media_library.uploads import store_photo
from tests.media_library import samples


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"focal_x": 1.1}, "photo_focal_x_in_frame"),
        ({"focal_y": -0.1}, "photo_focal_y_in_frame"),
        ({"width": 0}, "photo_has_a_size"),
    ],
)
def test_the_database_refuses_what_makes_no_sense(photo, change, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Photo.objects.filter(pk=photo.pk).update(**change)


def test_one_file_for_each_format_and_width(photo):
    row = {"photo": photo, "format": "webp", "width": 320, "height": 240, "bytes": 1}
    Rendition.objects.create(name="p/aa/one", **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rendition.objects.create(name="p/aa/two", **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rendition.objects.create(name="p/aa/one", **{**row, "width": 480})


def test_names_need_no_query(photo, django_assert_num_queries):
    render(photo.pk)
    row = Rendition.objects.first()
    with django_assert_num_queries(0):
        assert str(Photo(pk=photo.pk, original_filename="港.jpg")) == "港.jpg"
        assert "×" in str(row)


@pytest.mark.django_db(transaction=True)
def test_a_deleted_photo_takes_its_files_along_after_the_commit(media):
    photo = store_photo(samples.upload(samples.jpeg()))
    render(photo.pk)
    with transaction.atomic():
        photo.delete()
        assert samples.files_under(media.public)
        assert samples.files_under(media.private)
    assert samples.files_under(media.public) == samples.files_under(media.private) == set()
    assert not DiscardedFile.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_deletion_that_is_rolled_back_keeps_the_files(media):
    photo = store_photo(samples.upload(samples.jpeg()))
    render(photo.pk)
    before = samples.files_under(media.public) | samples.files_under(media.private)
    with pytest.raises(RuntimeError), transaction.atomic():
        photo.delete()
        raise RuntimeError
    assert samples.files_under(media.public) | samples.files_under(media.private) == before


def test_a_photo_survives_its_uploaders_account(reporter):
    photo = store_photo(samples.upload(samples.jpeg()), user=reporter)
    reporter.delete()
    photo.refresh_from_db()
    assert photo.uploaded_by is None


def test_this_machine_and_these_settings_are_fit_for_photos():
    assert check_codecs() == []
    assert check_originals_are_private() == []


def test_originals_inside_the_public_folder_are_a_start_up_error(settings, tmp_path):
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = {
        "default": {"BACKEND": backend, "OPTIONS": {"location": str(tmp_path)}},
        "private": {"BACKEND": backend, "OPTIONS": {"location": str(tmp_path / "originals")}},
    }
    assert [error.id for error in check_originals_are_private()] == ["media_library.E003"]
    del settings.STORAGES["private"]
    settings.STORAGES = dict(settings.STORAGES)
    assert [error.id for error in check_originals_are_private()] == ["media_library.E002"]
