"""The questions everybody asks, each defined once. Visibility is one of them."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone

from articles.states import IssueStatus, Status


class WithoutIndex(Func):
    """A column as it is, but not to be looked up in an index.

    Nearly every copy has begun, so an index on the start finds nearly all of them. SQLite, which does not know that,
    would take it before the index that has a list's order: seconds for a front page of 50,000 stories. Its own
    word for “not by index” is a unary plus; PostgreSQL knows from its statistics.
    """

    template = "%(expressions)s"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="+%(expressions)s", **context)


class IntervalQuerySet(models.QuerySet):
    """Rows with `visible_from` and `visible_until` (empty: open end). A half-open interval: the end is not in it."""

    def published(self, at: datetime | None = None) -> Self:
        """What the public sees at `at` (default: now). The only definition of visibility there is."""
        at = at or timezone.now()
        begun = LessThanOrEqual(WithoutIndex(F("visible_from")), at)
        return self.touching(at).filter(begun)

    def ever_public(self, at: datetime) -> Self:
        """What the public sees at `at` or has seen before: such an address answers 410, not 404."""
        return self.filter(visible_from__lte=at).exclude(visible_until=F("visible_from"))

    def waiting(self, at: datetime) -> Self:
        """What becomes public later than `at`."""
        return self.filter(visible_from__gt=at)

    def touching(self, at: datetime) -> Self:
        """What is public at `at` or later: all that a withdrawal has to reach."""
        return self.filter(Q(visible_until__isnull=True) | Q(visible_until__gt=at))


class ArticleQuerySet(models.QuerySet):
    """Working copies, on the desk only."""

    def waiting_for(self, stage: models.Model) -> Self:
        """Stories in review that wait for this stage's decision, the longest waiting first."""
        return self.filter(status=Status.REVIEW, stage=stage).order_by("submitted_at", "pk")


class IssueQuerySet(models.QuerySet):
    """Issues, on the desk only."""

    def due(self, at: datetime) -> Self:
        """Scheduled issues whose second has come: already public, not yet settled."""
        return self.filter(status=IssueStatus.SCHEDULED, publish_at__lte=at)


class DeliveryQuerySet(models.QuerySet):
    """Effects of events, to be carried out at least once."""

    def due(self, at: datetime) -> Self:
        """Deliveries whose (next) try is due."""
        return self.filter(delivered_at__isnull=True, next_try__lte=at)
