"""Events and their effects. An event is written with the change itself; its effects are delivered after the commit,
each with its own retries, and the sweep delivers what a lost message left behind."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import F
from django.utils import timezone

from articles.models import Article, Delivery, Event, Issue, Page, Publication
from articles.states import Verb
from media_library.hurry import hurry_after_commit

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 12


class Fact(StrEnum):
    """What happens without a verb of its own."""

    CREATED = "created"
    TAKEN_IN = "taken_in"
    APPROVAL_REVOKED = "approval_revoked"
    ISSUE_PUBLISHED = "issue_published"
    ARTICLE_PUBLISHED = "article_published"


# Which effects an event has. The handlers register themselves under these names (articles.effects).
NOTIFY, REFRESH, ROTATE = "notify", "refresh_cache", "rotate_photos"
EFFECTS: Mapping[str, tuple[str, ...]] = {
    Verb.SUBMIT: (NOTIFY,),
    Verb.APPROVE: (NOTIFY,),
    Verb.SEND_BACK: (NOTIFY,),
    Verb.PULL: (NOTIFY,),
    Verb.HOLD_ISSUE: (NOTIFY,),
    Verb.WITHDRAW: (REFRESH, ROTATE, NOTIFY),
    Verb.CORRECT: (REFRESH, NOTIFY),
    Verb.REPLACE_PAGE: (REFRESH, ROTATE),
    Fact.ISSUE_PUBLISHED: (REFRESH, NOTIFY),
    Fact.ARTICLE_PUBLISHED: (REFRESH, NOTIFY),
}

Handler = Callable[[Event], None]
_handlers: dict[str, Handler] = {}


def handler(name: str) -> Callable[[Handler], Handler]:
    """Register a function as the handler of one effect. It gets the event, and must be safe to repeat."""

    def register(function: Handler) -> Handler:
        _handlers[name] = function
        return function

    return register


def record(
    verb: Verb | Fact,
    publication: Publication,
    at: datetime,
    *,
    actor: Any = None,
    article: Article | None = None,
    issue: Issue | None = None,
    page: Page | None = None,
    reason: str = "",
    data: dict[str, Any] | None = None,
    key: str | None = None,
) -> Event:
    """Write one event with its deliveries in the caller's transaction, and hurry them once it has committed.

    Raises IntegrityError where `key` names something that has happened before.
    """
    event = Event.objects.create(
        verb=verb,
        publication=publication,
        actor=actor,
        article=article,
        issue=issue,
        page=page,
        reason=reason,
        data=data or {},
        key=key,
        at=at,
    )
    effects = EFFECTS.get(verb, ())
    Delivery.objects.bulk_create(Delivery(event=event, handler=name, next_try=at) for name in effects)
    if effects:
        hurry_after_commit("articles.deliver", event.pk)
    return event


def deliver_due(now: datetime | None = None, *, event_id: int | None = None, limit: int = 500) -> int:
    """Carry out the effects that are due (of one event, where `event_id` is given). Returns how many succeeded.

    A delivery is claimed by moving its next try on (a conditional UPDATE), so two workers do not do it at once; one
    that dies in the middle leaves it to be tried again: at least once, never lost.
    """
    now = now or timezone.now()
    due = Delivery.objects.due(now).select_related("event").order_by("next_try", "pk")
    if event_id is not None:
        due = due.filter(event=event_id)
    return sum(_deliver(delivery, now) for delivery in due[:limit])


def _deliver(delivery: Delivery, now: datetime) -> bool:
    again = now + timedelta(seconds=min(30 * 2**delivery.attempts, 3600))
    mine = Delivery.objects.filter(
        pk=delivery.pk, next_try=delivery.next_try, delivered_at__isnull=True
    ).update(next_try=again, attempts=F("attempts") + 1)
    if not mine:
        return False
    row = Delivery.objects.filter(pk=delivery.pk)
    try:
        _handlers[delivery.handler](delivery.event)
    except Exception as error:
        last = delivery.attempts + 1 >= MAX_ATTEMPTS
        log.exception("delivery %s of event %s failed", delivery.handler, delivery.event_id)
        row.update(error=f"{type(error).__name__}: {error}"[:2000], **({"next_try": None} if last else {}))
        return False
    row.update(delivered_at=timezone.now(), error="")
    return True


def backlog(now: datetime | None = None) -> int:
    """How many effects and issues are overdue: what `/readyz` looks at."""
    now = now or timezone.now()
    return Delivery.objects.due(now).count() + Issue.objects.due(now).count()
