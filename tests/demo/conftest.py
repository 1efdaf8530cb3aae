"""The demo, built once for all that look at it: it takes seconds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from articles.models import Article, Publication
from media_library.models import Photo
from newsroom.demo import build as demo

ZONE = ZoneInfo("Asia/Shanghai")
# A minute after press time, so that yesterday's work and today's crowd each other most.
NOW = datetime(2027, 3, 10, 6, 1, tzinfo=ZONE)
# A minute before it the paper of the day before is still the newest.
BEFORE_PRESS_TIME = datetime(2027, 3, 10, 5, 59, tzinfo=ZONE)


@dataclass(frozen=True)
class Installation:
    """`left_behind`: what an interrupted first run had left: publications, stories, photos."""

    var: Path
    built: demo.Built
    left_behind: tuple[int, int, int]

    def story(self, beginning: str) -> Article:
        """The story whose headline begins so."""
        return Article.objects.get(headline__startswith=beginning)


@pytest.fixture(scope="module")
def sample(
    django_db_setup: None, django_db_blocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """An installation whose first `demo` was interrupted at its last step, and whose second went through."""
    var = tmp_path_factory.mktemp("demo")
    backend = "django.core.files.storage.FileSystemStorage"
    storages = {
        **settings.STORAGES,
        "default": {"BACKEND": backend, "OPTIONS": {"location": str(var / "media"), "base_url": "/media/"}},
        "private": {**settings.STORAGES["private"], "OPTIONS": {"location": str(var / "private")}},
    }
    with (
        django_db_blocker.unblock(),
        override_settings(VAR=var, STORAGES=storages),
        transaction.atomic(),
        pytest.MonkeyPatch.context() as web_alone,
    ):
        # Making sixteen pages up takes half a minute; test_printed.py looks at one of them.
        web_alone.setattr(demo, "printed", dict)
        with pytest.MonkeyPatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(demo, "_date_back", _interrupted)
            demo.build(BEFORE_PRESS_TIME)
        left = Publication.objects.count(), Article.objects.count(), Photo.objects.count()
        yield Installation(var, demo.build(NOW), left)
        transaction.set_rollback(True)


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt
