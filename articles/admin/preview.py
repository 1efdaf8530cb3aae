"""The way from the desk to the site's preview of a story at any state."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string

from articles.desk.preview import preview_token
from articles.models import Article, Publication


def preview_url(article: Article) -> str:
    """A signed, short-lived address of the story in the site's own dress; "" where no public site is served."""
    try:
        return reverse("site:preview", args=[preview_token(article)])
    except NoReverseMatch:
        return ""


def unsaved_page(article: Article | None, paper: Publication, content: Mapping[str, Any]) -> HttpResponse:
    """The site's page of a content that is not saved (a snapshot). The desk does not know the site: the page is made by
    what PREVIEW_PAGE names."""
    return import_string(settings.PREVIEW_PAGE)(article.pk if article else 0, paper.slug, content)
