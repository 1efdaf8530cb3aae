"""A story's content as one JSON value: what a save carries, what a revision keeps, what a published copy is made of."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from articles.models import Article, ArticlePhoto, Byline, Reporter, Revision, Section
from articles.search.index import index_story

# A snapshot: these fields as they are, "section" as a key, "embargo_until" in ISO form,
# "bylines": [{"reporter": key, "name", "role", "title"}], "photos": [{"photo": key, "caption", "credit", "alt"}].
TEXT_FIELDS = ("kind", "kicker", "headline", "deck", "summary", "dateline", "body")

Content = Mapping[str, Any]


def snapshot(article: Article) -> dict[str, Any]:
    """The story as it stands in the database, whole."""
    return {
        **{name: getattr(article, name) for name in TEXT_FIELDS},
        "section": article.section_id,
        "embargo_until": article.embargo_until.isoformat() if article.embargo_until else None,
        "bylines": [
            {
                "reporter": byline.reporter_id,
                "name": byline.reporter.name,
                "role": byline.role,
                "title": byline.title,
            }
            for byline in article.bylines.select_related("reporter")
        ],
        "photos": [
            {"photo": use.photo_id, "caption": use.caption, "credit": use.credit, "alt": use.alt}
            for use in article.photos.all()
        ],
    }


def apply(article: Article, content: Content) -> None:
    """Write `content` (any part of a snapshot) into the working copy: fields, bylines and photos.

    Raises ValidationError, with nothing written, where a field refuses its value or a section or reporter belongs
    to another publication. The caller holds the lock and writes the revision.
    """
    for name in TEXT_FIELDS:
        if name in content:
            setattr(article, name, content[name])
    if "section" in content:
        article.section = _section(article, content["section"])
    if "embargo_until" in content:
        article.embargo_until = _moment(content["embargo_until"])
    article.clean_fields(exclude=["created_by", "updated_by", "publication", "stage"])
    bylines = _bylines(article, content["bylines"]) if "bylines" in content else None
    photos = _photos(article, content["photos"]) if "photos" in content else None
    article.save()
    if bylines is not None:
        article.bylines.all().delete()
        Byline.objects.bulk_create(bylines)
    if photos is not None:
        article.photos.all().delete()
        ArticlePhoto.objects.bulk_create(photos)


def keep(
    article: Article,
    user: Any,
    now: datetime,
    *,
    kind: str = Revision.Kind.SAVED,
    content: Content | None = None,
    note: str = "",
) -> Revision:
    """Write the next revision of the story, from the working copy or from `content`. The caller holds the lock.

    The working copy is found on the desk by this text from now on."""
    if content is None:
        content = snapshot(article)
        index_story(article.pk, content)
    newest = article.revisions.order_by("-number").values_list("number", flat=True).first()
    return Revision.objects.create(
        article=article,
        number=(newest or 0) + 1,
        kind=kind,
        snapshot=dict(content),
        note=note,
        created_by=user,
        created_at=now,
    )


def current_revision(article: Article) -> Revision:
    """The revision that the working copy is."""
    return article.revisions.get(number=article.version)


def _section(article: Article, key: int | None) -> Section | None:
    if key is None:
        return None
    section = Section.objects.filter(pk=key, publication=article.publication_id).first()
    if section is None:
        raise ValidationError({"section": _("This section belongs to another publication.")})
    return section


def _moment(value: str | datetime | None) -> datetime | None:
    return parse_datetime(value) if isinstance(value, str) else value


def _bylines(article: Article, rows: list[dict[str, Any]]) -> list[Byline]:
    known = set(
        Reporter.objects.filter(
            pk__in=[row["reporter"] for row in rows], publication=article.publication_id
        ).values_list("pk", flat=True)
    )
    bylines = []
    for order, row in enumerate(rows):
        if row["reporter"] not in known:
            raise ValidationError({"bylines": _("A name in the byline belongs to another publication.")})
        byline = Byline(
            article=article,
            reporter_id=row["reporter"],
            role=row.get("role", Byline.Role.TEXT),
            title=row.get("title", ""),
            order=order,
        )
        byline.clean_fields()
        bylines.append(byline)
    return bylines


def _photos(article: Article, rows: list[dict[str, Any]]) -> list[ArticlePhoto]:
    photos = []
    for order, row in enumerate(rows):
        use = ArticlePhoto(
            article=article,
            photo_id=row["photo"],
            order=order,
            caption=row.get("caption", ""),
            credit=row.get("credit", ""),
            alt=row.get("alt", ""),
        )
        use.clean_fields()
        photos.append(use)
    return photos
