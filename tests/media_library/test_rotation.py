import threading

import pytest
from django.db import connection, transaction

from media_library.models import DiscardedFile, Photo
from media_library.renditions import Outcome, render
from media_library.rotation import rotate
from media_library.sweeping import sweep

pytestmark = pytest.mark.django_db(transaction=True)


def names(photo: Photo) -> set[str]:
    return set(photo.renditions.values_list("name", flat=True))


@pytest.fixture
def rendered(photo) -> Photo:
    render(photo.pk)
    return photo


def test_old_names_are_gone_and_new_ones_show_the_same_photo(rendered, media):
    before = {
        (row.format, row.width): (row.name, (media.public / row.name).read_bytes())
        for row in rendered.renditions.all()
    }
    assert rotate(rendered.pk) == 8
    for row in rendered.renditions.all():
        old_name, data = before[row.format, row.width]
        assert row.name != old_name
        assert not (media.public / old_name).exists()
        assert (media.public / row.name).read_bytes() == data
    assert not DiscardedFile.objects.exists()


def test_new_names_look_like_all_names(rendered):
    rotate(rendered.pk)
    for row in rendered.renditions.all():
        folder, short, file = row.name.split("/")
        assert folder == "p"
        assert file.startswith(short)
        assert file[32:] == f"-{row.width}.{ {'jpeg': 'jpg', 'webp': 'webp'}[row.format] }"


def test_rotating_again_gives_names_again(rendered, media):
    rotate(rendered.pk)
    once = names(rendered)
    rotate(rendered.pk)
    assert not names(rendered) & once
    assert media.public_files() == names(rendered)


def test_a_photo_without_files_or_without_a_row_is_no_error(photo):
    assert rotate(photo.pk) == 0
    assert rotate(99_999) == 0


def test_inside_a_transaction_that_fails_nothing_changes(rendered, media):
    before = names(rendered)
    with pytest.raises(RuntimeError), transaction.atomic():
        rotate(rendered.pk)
        raise RuntimeError("the withdrawal was refused")
    assert names(rendered) == before <= media.public_files()


def test_inside_a_transaction_old_files_stay_until_the_commit(rendered, media):
    before = names(rendered)
    with transaction.atomic():
        rotate(rendered.pk)
        assert before <= media.public_files()
    assert not before & media.public_files()


def test_a_missing_file_loses_its_row_and_is_rendered_anew(rendered, media):
    lost = rendered.renditions.first()
    (media.public / lost.name).unlink()
    assert rotate(rendered.pk) == 7
    assert sweep().photos[Outcome.RENDERED] == 1
    assert media.public_files() == names(rendered)
    assert len(names(rendered)) == 8


def test_two_withdrawals_at_once_leave_one_set_of_files(rendered, media):
    before = names(rendered)
    start, done = threading.Barrier(2), []

    def work() -> None:
        try:
            start.wait(10)
            done.append(rotate(rendered.pk))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert done == [8, 8]
    assert not names(rendered) & before
    assert not before & media.public_files()
    assert names(rendered) <= media.public_files()
