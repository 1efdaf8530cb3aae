"""What the tests of the public site share."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.site import chrome
from media_library.models import Photo
from media_library.renditions import render
from media_library.uploads import store_photo
from tests.cast import Cast
from tests.media_library import samples


@pytest.fixture(autouse=True)
def no_chrome_of_another_test() -> Iterator[None]:
    chrome.forget()
    yield
    chrome.forget()


@pytest.fixture
def reader() -> Client:
    """Somebody without an account."""
    return Client()


@pytest.fixture
def own_media(db: None, settings: Any, tmp_path: Path) -> Path:
    """Public and private files in folders of this test's own; the public one."""
    settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT = tmp_path / "media", tmp_path / "private"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            **settings.STORAGES["default"],
            "OPTIONS": {"location": str(tmp_path / "media"), "base_url": "/media/"},
        },
        "private": {**settings.STORAGES["private"], "OPTIONS": {"location": str(tmp_path / "private")}},
    }
    return tmp_path / "media"


@pytest.fixture
def rendered_photo(own_media: Path) -> Callable[..., Photo]:
    """Makes photos in the library with all their public files."""

    def make(**words: Any) -> Photo:
        photo = store_photo(samples.upload(samples.jpeg(640, 420)), **words)
        render(photo.pk)
        return photo

    return make


def story_path(cast: Cast, article: Any) -> str:
    return reverse("site:story", args=[cast.publication.slug, article.pk])


def page_path(cast: Cast, issue: Any, code: str = "01") -> str:
    return reverse("site:page", kwargs={"slug": cast.publication.slug, "day": issue.date, "code": code})


def printed_path(cast: Cast, issue: Any, article: Any) -> str:
    return reverse(
        "site:printed_story",
        kwargs={"slug": cast.publication.slug, "day": issue.date, "article_id": article.pk},
    )


def list_paths(cast: Cast) -> list[str]:
    """Every public address that shows stories without naming one."""
    slug = cast.publication.slug
    return [
        "/",
        f"/{slug}/",
        f"/{slug}/section/{cast.news.pk}/",
        f"/{slug}/section/{cast.culture.pk}/",
        f"/{slug}/layout/",
        *(
            f"/{slug}/{of}feed.{form}"
            for of in ("", f"section/{cast.news.pk}/", "layout/")
            for form in ("atom", "json")
        ),
        f"/{slug}/news.xml",
        f"/{slug}/manifest.webmanifest",
        f"/{slug}/search/?q=报",
        "/sitemap.xml",
        f"/{slug}/sitemap.xml",
        "/robots.txt",
    ]
