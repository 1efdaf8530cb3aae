"""Backup and restore: every row and every byte comes back, into an empty place only, or nothing does."""

import gzip
import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from articles.desk import stories, workflow
from articles.models import Article, PublishedArticle
from media_library.renditions import render
from media_library.uploads import store_photo
from newsroom.archive import rows
from tests.cast import PASSWORD, make_cast
from tests.media_library import samples

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folders(settings: Any, tmp_path: Path) -> Any:
    """Turns both photo storages to folders of this name."""

    def turn(name: str) -> Path:
        place = tmp_path / name
        settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT = place / "media", place / "private"
        settings.STORAGES = {
            **settings.STORAGES,
            "default": {
                **settings.STORAGES["default"],
                "OPTIONS": {"location": str(place / "media"), "base_url": "/media/"},
            },
            "private": {**settings.STORAGES["private"], "OPTIONS": {"location": str(place / "private")}},
        }
        return place

    return turn


@pytest.fixture
def paper(folders: Any) -> Iterator[Path]:
    """A paper at work: stories in every state, an issue, a correction, photos, somebody logged in. Its folder."""
    place = folders("before")
    cast = make_cast()
    photo = store_photo(samples.upload(samples.jpeg(640, 420)), caption="渡口夜色")
    render(photo.pk)
    uses = [{"photo": photo.pk, "caption": "渡口夜色 “灯火”", "credit": "何帆 摄", "alt": ""}]
    printed = cast.approved("老码头灯光亮起", photos=uses)
    cast.published_issue(printed)
    stories.correct(cast.chief, printed.pk, {"deck": "周末亮起"}, "时间应为周末。")
    workflow.revise(cast.chief, cast.live("海堤步道通车").pk)
    cast.scheduled_issue(cast.approved("明日要闻"))
    for state in (cast.draft, cast.in_review, cast.spiked, cast.withdrawn, cast.scheduled):
        state()
    Client().post("/admin/login/", {"username": "reporter", "password": PASSWORD})
    Client().post("/admin/login/", {"username": "reporter", "password": "wrong"})
    yield place


def books() -> dict[str, tuple[int, str]]:
    """How many rows each table has and what stands in them, asked of the database itself and not of our code."""
    found = {}
    with connection.cursor() as cursor:
        for table in rows.tables():
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description or ()]
            lines = sorted(repr(sorted(zip(names, row, strict=True))) for row in cursor.fetchall())
            found[table] = (len(lines), hashlib.sha256("\n".join(lines).encode()).hexdigest())
    return found


def hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def emptied() -> None:
    """The database as it is after `migrate`."""
    call_command("flush", "--no-input", verbosity=0)


def backed_up(tmp_path: Path) -> Path:
    target = tmp_path / "paper.tar"
    call_command("backup", str(target), verbosity=0)
    return target


def test_every_row_and_every_file_comes_back(paper: Path, folders: Any, tmp_path: Path) -> None:
    rows_before, files_before = books(), hashes(paper)
    assert sum(1 for count, _ in rows_before.values() if count) > 20
    assert any("private" in name for name in files_before)
    target = backed_up(tmp_path)
    assert target.stat().st_mode & 0o077 == 0
    emptied()
    after = folders("after")
    call_command("restore", str(target), verbosity=0)
    assert books() == rows_before
    assert hashes(after) == files_before


def test_the_paper_goes_on_where_it_was(paper: Path, folders: Any, tmp_path: Path) -> None:
    target = backed_up(tmp_path)
    live = PublishedArticle.objects.get(headline="老码头灯光亮起", visible_until=None)
    page = Client().get(f"/wangchao/story/{live.article_id}/").content
    keys = set(Article.objects.values_list("pk", flat=True))
    emptied()
    folders("after")
    call_command("restore", str(target), verbosity=0)
    assert Client().get(f"/wangchao/story/{live.article_id}/").content == page
    client = Client()
    assert client.post("/admin/login/", {"username": "chief", "password": PASSWORD}).status_code == 302
    # A new row gets a key of its own.
    from django.contrib.auth import get_user_model

    from articles.models import Publication

    reporter = get_user_model().objects.get(username="reporter")
    story = workflow.create_article(reporter, Publication.objects.get(slug="wangchao"), {"headline": "新稿"})
    assert story.pk not in keys


def test_two_backups_of_the_same_paper_hold_the_same(paper: Path, tmp_path: Path) -> None:
    first = backed_up(tmp_path)
    second = tmp_path / "second.tar"
    call_command("backup", str(second), verbosity=0)
    with tarfile.open(first) as one, tarfile.open(second) as two:
        assert one.getnames() == two.getnames()
        manifests = [tar.extractfile("manifest.json").read() for tar in (one, two)]  # type: ignore[union-attr]
    assert manifests[0] == manifests[1]


def test_nothing_is_restored_over_a_paper(paper: Path, folders: Any, tmp_path: Path) -> None:
    target = backed_up(tmp_path)
    before = books()
    folders("elsewhere")
    with pytest.raises(CommandError):
        call_command("restore", str(target))
    assert books() == before


def test_nothing_is_restored_over_photos(paper: Path, tmp_path: Path) -> None:
    target = backed_up(tmp_path)
    emptied()
    before = hashes(paper)
    with pytest.raises(CommandError):
        call_command("restore", str(target))
    assert hashes(paper) == before


def changed(archive: Path, **change: Any) -> Path:
    """The archive with members replaced (bytes), left out (None) or added."""
    target = archive.with_name("changed.tar")
    with tarfile.open(archive) as old, tarfile.open(target, "w") as new:
        for member in old:
            content = old.extractfile(member).read()  # type: ignore[union-attr]
            for part, make in change.items():
                if part in member.name.replace(".", "_").replace("/", "_"):
                    content = make(content) if make else None
            if content is not None:
                member.size = len(content)
                new.addfile(member, io.BytesIO(content))
    return target


def _other_words(packed: bytes) -> bytes:
    return gzip.compress(gzip.decompress(packed).replace("老码头".encode(), "新码头".encode()))


def _a_row_less(packed: bytes) -> bytes:
    return gzip.compress(b"".join(gzip.decompress(packed).splitlines(keepends=True)[:-1]))


def _another_version(about: bytes) -> bytes:
    found = json.loads(about)
    return json.dumps({**found, "migrations": found["migrations"][:-1]}).encode()


DAMAGE: dict[str, dict[str, Any]] = {
    "words changed": {"rows_articles_article_": _other_words},
    "row lost": {"rows_articles_event": _a_row_less},
    "table lost": {"rows_auth_user_": None},
    "table cut": {"rows_articles_section_": lambda packed: packed[:40]},
    "row of another shape": {"rows_articles_section_": lambda packed: gzip.compress(b"[1]\n")},
    "photo changed": {"private_": lambda photo: photo[:-1] + b"x"},
    "photo lost": {"public_": None},
    "other version": {"about_json": _another_version},
    "no archive": {"about_json": lambda about: b"[]"},
    "end missing": {"manifest_json": None},
}


def test_a_damaged_archive_restores_nothing(paper: Path, folders: Any, tmp_path: Path) -> None:
    target = backed_up(tmp_path)
    emptied()
    before = books()
    after = folders("after")
    for name, change in DAMAGE.items():
        with pytest.raises(CommandError):
            call_command("restore", str(changed(target, **change)))
        assert books() == before, name
        assert hashes(after) == {}, name
    with pytest.raises(CommandError):
        (tmp_path / "no.tar").write_bytes(target.read_bytes()[:5000])
        call_command("restore", str(tmp_path / "no.tar"))
    assert books() == before


def test_an_archive_writes_nowhere_else(folders: Any, tmp_path: Path) -> None:
    place = folders("after")
    target = backed_up(tmp_path)
    for name in ["public/../../evil.txt", "public/.incoming/x", "elsewhere/x", "public//etc/x", "evil"]:
        evil = tmp_path / "evil.tar"
        with tarfile.open(target) as old, tarfile.open(evil, "w") as new:
            for member in old:
                if member.name == "manifest.json":
                    added = tarfile.TarInfo(name)
                    added.size = 4
                    new.addfile(added, io.BytesIO(b"evil"))
                new.addfile(member, old.extractfile(member))
        with pytest.raises(CommandError):
            call_command("restore", str(evil))
        assert hashes(place) == {}, name
        assert not list(tmp_path.rglob("evil.txt"))


def test_an_interrupted_backup_leaves_nothing_that_looks_like_one(
    paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsroom.archive.files.names", _disk_full)
    with pytest.raises(CommandError):
        call_command("backup", str(tmp_path / "paper.tar"))
    assert not list(tmp_path.glob("paper.tar*"))


def _disk_full(folder: str) -> Iterator[str]:
    raise OSError(28, os.strerror(28))


def test_a_backup_never_replaces_another(paper: Path, tmp_path: Path) -> None:
    target = backed_up(tmp_path)
    before = target.read_bytes()
    with pytest.raises(CommandError):
        call_command("backup", str(target))
    assert target.read_bytes() == before
