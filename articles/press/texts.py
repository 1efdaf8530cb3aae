"""All that is printed of the stories of a page, as the matcher wants it."""

from django.db.models import Prefetch

from articles.body import plain_text
from articles.models import Article, ArticlePhoto, Byline, Page


def texts_of(page: Page) -> dict[int, str]:
    """Of every story that stands on the page its text by its id (three queries)."""
    articles = (
        Article.objects.filter(placements__page=page)
        .prefetch_related(
            Prefetch("bylines", Byline.objects.select_related("reporter")),
            Prefetch("photos", ArticlePhoto.objects.order_by("order", "pk")),
        )
        .order_by("pk")
    )
    return {article.pk: text_of(article) for article in articles}


def text_of(article: Article) -> str:
    names = "".join(f"{byline.title}{byline.reporter.name}" for byline in article.bylines.all())
    captions = "".join(f"{photo.caption}{photo.credit}" for photo in article.photos.all())
    parts = [
        article.kicker,
        article.headline,
        article.deck,
        names,
        article.dateline,
        plain_text(article.body),
        captions,
    ]
    return "".join(parts)
