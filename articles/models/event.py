"""What happened, and the effects it has to have. The event row is the outbox."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.issue import Issue, Page
from articles.models.publication import Publication
from articles.querysets import DeliveryQuerySet


class Event(models.Model):
    """One thing that happened, written in the transaction that made it happen and never changed.

    `verb` is a value of `states.Verb` or of `desk.outbox.Fact` (what time did by itself: then `actor` is empty).
    `key`, where set, names something that may happen only once; the unique constraint is the referee.
    """

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="events")
    verb = models.CharField(_("what"), max_length=30)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who"),
    )
    article = models.ForeignKey(Article, models.PROTECT, null=True, blank=True, related_name="events")
    issue = models.ForeignKey(Issue, models.PROTECT, null=True, blank=True, related_name="events")
    # A page of an unpublished issue may go; what happened to it stays.
    page = models.ForeignKey(Page, models.SET_NULL, null=True, blank=True, related_name="events")
    reason = models.TextField(_("reason"), blank=True)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    key = models.CharField(max_length=80, null=True, blank=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["article", "-at"], name="event_of_article"),
            models.Index(fields=["issue", "-at"], name="event_of_issue"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(key__isnull=False), name="event_key_once"
            ),
        ]

    def __str__(self) -> str:
        return self.verb


class Delivery(models.Model):
    """One effect of one event, with its own retries: a mail that fails does not repeat a cache purge."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="deliveries")
    handler = models.CharField(max_length=30)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["next_try"], condition=models.Q(delivered_at__isnull=True), name="delivery_due"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["event", "handler"], name="delivery_once_an_event"),
        ]

    def __str__(self) -> str:
        return self.handler


class Heartbeat(models.Model):
    """When something that should happen again and again (the sweep) last did."""

    name = models.CharField(max_length=30, unique=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
