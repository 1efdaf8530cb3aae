"""Every test has its own two storages: public and private."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.utils import translation

from media_library.models import Photo
from media_library.uploads import store_photo
from tests.media_library import samples


@dataclass(frozen=True)
class Media:
    """The folders of the two storages."""

    public: Path
    private: Path

    def public_files(self) -> set[str]:
        """Everything the public could fetch: all but what is still being written."""
        return {name for name in samples.files_under(self.public) if not name.startswith(".incoming/")}


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Refusals are matched by their English words, which are what the source has."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Media:
    # The same places a child process with NEWSROOM_VAR=tmp_path has.
    folders = Media(tmp_path / "media", tmp_path / "private")
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": backend, "OPTIONS": {"location": str(folders.public), "base_url": "/media/"}},
        "private": {
            "BACKEND": "media_library.storages.PrivateFileStorage",
            "OPTIONS": {"location": str(folders.private)},
        },
    }
    return folders


@pytest.fixture
def reporter(db):
    return get_user_model().objects.create_user("haisheng", first_name="海生", last_name="林")


@pytest.fixture
def photo(db) -> Photo:
    """A stored photo of 1000 x 750, not yet rendered: four widths, eight files."""
    return store_photo(samples.upload(samples.jpeg(1000, 750)))
