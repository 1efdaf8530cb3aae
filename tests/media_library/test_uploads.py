"""RISKS 26 to 30 where a file becomes a row; what is kept, under which name, and what a broken broker costs."""

import re
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from celery import Celery, current_app
from django.core.exceptions import ValidationError
from django.db import transaction
from PIL import Image

from media_library.models import Photo
from media_library.uploads import store_photo
from tests.media_library import samples

PRIVATE_NAME = re.compile(r"o/[0-9a-f]{2}/[0-9a-f]{32}\.(jpg|png|webp|tif|gif)")


def test_an_upload_becomes_a_photo(media, reporter):
    data = samples.jpeg(1000, 750)
    photo = store_photo(
        samples.upload(data), user=reporter, caption="渔船归港", credit="林海生", alt="码头上的渔船"
    )
    photo.refresh_from_db()
    assert (photo.width, photo.height, photo.format, photo.bytes) == (1000, 750, "JPEG", len(data))
    assert (photo.caption, photo.credit, photo.alt, photo.uploaded_by) == (
        "渔船归港", "林海生", "码头上的渔船", reporter,
    )  # fmt: skip
    assert photo.original_filename == "望潮渔港.jpg"
    with photo.open_original() as original:
        assert original.read() == data


def test_the_original_is_nowhere_public(media, photo):
    assert PRIVATE_NAME.fullmatch(photo.original.name)
    assert samples.files_under(media.private) == {photo.original.name}
    assert not media.public.exists()


def test_the_original_has_no_address(photo, settings):
    from media_library.models import private_storage

    with pytest.raises(ValueError, match="not accessible via a URL"):
        private_storage().url(photo.original.name)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../x.jpg", "x.jpg"),
        ("..\\..\\x.jpg", "x.jpg"),
        ("/etc/passwd", "passwd"),
        ("潮" * 5000 + ".jpg", ("潮" * 5000 + ".jpg")[-255:]),
        ("a\0b\r\nBcc: c.jpg", "ab Bcc: c.jpg"),
        ("", ""),
        ("..", ".."),
    ],
)
def test_a_hostile_name_is_text_and_never_a_path(db, media, name, kept):
    photo = store_photo(samples.upload(samples.jpeg()), filename=name)
    photo.refresh_from_db()
    assert photo.original_filename == kept
    assert PRIVATE_NAME.fullmatch(photo.original.name)


def test_the_ending_follows_the_bytes_and_not_the_name(db):
    photo = store_photo(samples.upload(samples.saved(samples.scene(40, 30), "PNG"), "x.jpg"))
    assert photo.original.name.endswith(".png")


def test_what_the_file_says_fills_what_nobody_typed(db):
    exif = Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x8298] = "harbour at dawn", "He Fan", "Wangchao Daily"
    exif.get_ifd(0x8769)[0x9003] = "2026:07:01 08:30:00"
    photo = store_photo(samples.upload(samples.jpeg(exif=exif)), credit="何帆")
    assert (photo.caption, photo.credit, photo.rights) == ("harbour at dawn", "何帆", "Wangchao Daily")
    # The camera named no zone: it is taken to be on the paper's time, Asia/Shanghai in the tests.
    assert photo.taken_at == datetime(2026, 7, 1, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("data", [b"<svg/>", b"%PDF-1.7", samples.png_bomb(), samples.jpeg()[:4000], b""])
def test_a_refused_file_leaves_nothing_behind(db, media, data):
    with pytest.raises(ValidationError):
        store_photo(samples.upload(data))
    assert not Photo.objects.exists()
    assert samples.files_under(media.private) == set()


def test_the_same_picture_twice_gives_two_photos(db, media):
    data = samples.jpeg()
    first, second = (store_photo(samples.upload(data)) for _ in range(2))
    assert first.pk != second.pk
    assert first.sha256 == second.sha256
    assert first.original.name != second.original.name


def test_typed_text_is_cleaned_and_bounded(db):
    photo = store_photo(samples.upload(samples.jpeg()), caption="一\0二\r\n三", credit="x" * 500)
    photo.refresh_from_db()
    assert photo.caption == "一二\n三"
    assert len(photo.credit) == 200


def test_a_row_that_cannot_be_written_takes_its_file_with_it(db, media):
    from django.contrib.auth import get_user_model

    nobody = get_user_model()(pk=None)
    with pytest.raises(ValueError, match="unsaved related object"):
        store_photo(samples.upload(samples.jpeg()), user=nobody)
    assert samples.files_under(media.private) == set()


def test_a_full_disk_is_said_plainly_and_keeps_nothing(tmp_path):
    """A limit on the size of files stands in for the full disk: the write fails half-way, for root too."""
    source = tmp_path / "large.png"
    source.write_bytes(samples.saved(samples.grainy(800, 600), "PNG"))
    code = (
        "import resource, sys, django; django.setup()\n"
        "from django.core.exceptions import ValidationError\n"
        "from media_library.uploads import store_photo\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))\n"
        "try: store_photo(open(sys.argv[1], 'rb'))\n"
        "except ValidationError as refused: print(refused.code)\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code, str(source)],
        capture_output=True, text=True, check=True, env=_child_environment(tmp_path),
    )  # fmt: skip
    assert answer.stdout.strip() == "not_stored"
    assert samples.files_under(tmp_path / "private") == set()


def _child_environment(var) -> dict[str, str]:
    import os

    return {**os.environ, "NEWSROOM_VAR": str(var)}


@pytest.fixture
def dead_broker():
    """A real Celery application whose broker refuses connections."""
    before = current_app._get_current_object()
    dead = Celery("dead", broker="redis://127.0.0.1:1/0")
    dead.conf.broker_transport_options = {"max_retries": 0, "socket_connect_timeout": 2}
    dead.set_current()
    yield
    before.set_current()


@pytest.mark.django_db(transaction=True)
def test_a_dead_broker_costs_nobody_an_upload(dead_broker, caplog):
    photo = store_photo(samples.upload(samples.jpeg()))
    assert Photo.objects.filter(pk=photo.pk).exists()
    assert "the sweep will do it" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_the_worker_is_asked_by_name_after_the_commit_only():
    app = Celery("mailbox", broker="memory://")
    app.conf.task_routes = {"media_library.*": {"queue": "media"}}
    before = current_app._get_current_object()
    app.set_current()
    try:
        with app.connection_for_read() as connection:
            queue = connection.SimpleQueue("media")
            queue.clear()
            with transaction.atomic():
                photo = store_photo(samples.upload(samples.jpeg()))
                with pytest.raises(queue.Empty):
                    queue.get_nowait()
            message = queue.get_nowait()
    finally:
        before.set_current()
    assert message.headers["task"] == "media_library.render"
    assert message.payload[0] == [photo.pk]
