"""Signed, short-lived addresses under which the site shows a story that is not public. The desk makes them, the site
reads them."""

from datetime import timedelta

from django.core import signing

from articles.models import Article

# Long enough to have somebody look at it, too short to be a second way of publishing.
LIFETIME = timedelta(hours=2)
_SALT = "articles.preview"


def preview_token(article: Article) -> str:
    """A token that lets whoever holds it read this version of this story for LIFETIME. Only `A-Za-z0-9_:-`."""
    return signing.dumps([article.pk, article.version], salt=_SALT)


def read_token(token: str) -> tuple[int, int] | None:
    """(article id, version), or None where the token is forged, spoilt or too old."""
    try:
        article_id, version = signing.loads(token, salt=_SALT, max_age=LIFETIME)
    # Signed content is ours, but a key that is shared with another program may have signed something else.
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return (article_id, version) if isinstance(article_id, int) and isinstance(version, int) else None
