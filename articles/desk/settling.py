"""What follows when a moment has passed: copies became public by themselves, the desk's books are brought up to date.

The sweep (and every verb, for what it touches) settles. Lost messages, dead workers and doubled beats change nothing:
the state decides, a lock serialises, and the event's unique key is the referee.
"""

import logging
from datetime import datetime

from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone

from articles.desk.outbox import Fact, deliver_due, record
from articles.models import Article, Heartbeat, Issue, PublishedArticle, PublishedIssue
from articles.states import IssueStatus, Status

log = logging.getLogger(__name__)


def settle_issue(issue: Issue, now: datetime) -> bool:
    """Settle a locked issue if its second has come. Returns whether there was anything to do."""
    if issue.status != IssueStatus.SCHEDULED or issue.publish_at is None or issue.publish_at > now:
        return False
    issue.status = IssueStatus.PUBLISHED
    issue.save(update_fields=["status"])
    copy = PublishedIssue.objects.get(issue=issue)
    record(
        Fact.ISSUE_PUBLISHED,
        issue.publication,
        now,
        issue=issue,
        key=f"issue-published:{copy.pk}",
        data={"public_since": copy.visible_from},
    )
    placed = PublishedArticle.objects.filter(placements__published_page__published_issue=copy)
    Article.objects.filter(
        pk__in=placed.filter(revision__number=F("article__version")).values("article"), status=Status.APPROVED
    ).update(status=Status.PUBLISHED)
    return True


def settle_article(article: Article, now: datetime) -> bool:
    """Settle a locked story that was scheduled alone, if its second has come."""
    if article.status != Status.APPROVED:
        return False
    live = article.copies.published(now).filter(revision__number=article.version).first()
    if live is None:
        return False
    article.status = Status.PUBLISHED
    article.save(update_fields=["status", "updated_at"])
    record(
        Fact.ARTICLE_PUBLISHED,
        article.publication,
        now,
        article=article,
        key=f"article-published:{live.pk}",
        data={"public_since": live.visible_from},
    )
    return True


def settle_due(now: datetime | None = None, limit: int = 200) -> int:
    """Settle every issue and story whose second has come, each in its own transaction. Returns how many."""
    now = now or timezone.now()
    settled = sum(
        _settle_one_issue(pk, now) for pk in _keys(Issue.objects.due(now).order_by("publish_at"), limit)
    )
    alone = PublishedArticle.objects.published(now).filter(
        article__status=Status.APPROVED, revision__number=F("article__version")
    )
    keys = list(alone.order_by("visible_from").values_list("article", flat=True)[:limit])
    return settled + sum(_settle_one_article(pk, now) for pk in keys)


def _keys(rows, limit: int) -> list[int]:
    return list(rows.values_list("pk", flat=True)[:limit])


def _settle_one_issue(pk: int, now: datetime) -> bool:
    try:
        with transaction.atomic():
            issue = _unless_locked(Issue, pk)
            if issue is None:
                return False
            # The stories' rows come after the issue's, by key, as everywhere.
            list(
                Article.objects.select_for_update(of=("self",))
                .filter(placements__page__issue=pk)
                .order_by("pk")
                .values_list("pk", flat=True)
            )
            return settle_issue(issue, now)
    except DatabaseError:
        log.exception("could not settle issue %s; the next sweep tries again", pk)
        return False


def _settle_one_article(pk: int, now: datetime) -> bool:
    try:
        with transaction.atomic():
            article = _unless_locked(Article, pk)
            return article is not None and settle_article(article, now)
    except DatabaseError:
        log.exception("could not settle story %s; the next sweep tries again", pk)
        return False


def _unless_locked(model, pk: int):
    """The row, locked; None where somebody else is at it. SQLite has one lock for everything and ignores the wish."""
    skip = connection.features.has_select_for_update_skip_locked
    return (
        model.objects.select_for_update(of=("self",), skip_locked=skip)
        .select_related("publication")
        .filter(pk=pk)
        .first()
    )


def sweep(now: datetime | None = None) -> tuple[int, int]:
    """All that is due: settle, then deliver. Returns (settled, delivered). Celery's beat calls it, and
    `manage.py publish_due` does without Celery."""
    settled = settle_due(now)
    delivered = deliver_due(now)
    Heartbeat.objects.update_or_create(name="sweep", defaults={"beat_at": now or timezone.now()})
    return settled, delivered
