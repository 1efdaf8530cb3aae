"""The way from the desk to the site's preview of a story at any state."""

from django.urls import NoReverseMatch, reverse

from articles.desk.preview import preview_token
from articles.models import Article


def preview_url(article: Article) -> str:
    """A signed, short-lived address of the story in the site's own dress; "" where no public site is served."""
    try:
        return reverse("site:preview", args=[preview_token(article)])
    except NoReverseMatch:
        return ""
