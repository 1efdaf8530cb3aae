"""What happened, in words: the events of a story or an issue, newest first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from articles.admin.people import name_of
from articles.desk.outbox import Fact
from articles.models import Event
from articles.states import VERB_LABELS, Verb

FACT_LABELS: Mapping[str, Any] = {
    Fact.CREATED: _("Filed"),
    Fact.TAKEN_IN: _("Taken in"),
    Fact.APPROVAL_REVOKED: _("Approval revoked"),
    Fact.ISSUE_PUBLISHED: _("Issue came out"),
    Fact.ARTICLE_PUBLISHED: _("Became public"),
}


@dataclass(frozen=True)
class Happening:
    """One event as a person reads it. `detail`: the stage, version or page it was about."""

    label: Any
    who: str
    at: datetime
    reason: str
    detail: str


def label_of(verb: str) -> Any:
    """What an event's verb is called; unknown ones keep their name."""
    if verb in set(Verb):
        return VERB_LABELS[Verb(verb)]
    return FACT_LABELS.get(verb, verb)


def happenings(events: QuerySet[Event], limit: int = 40, *, name_stories: bool = False) -> list[Happening]:
    """The newest events as people read them (one query). `name_stories`: say of each which story it was about."""
    rows: Iterable[Event] = (
        events.select_related("actor", "page", "article")
        .defer("article__body", "article__summary")
        .order_by("-at", "-pk")[:limit]
    )
    return [
        Happening(label_of(row.verb), name_of(row.actor), row.at, row.reason, _detail(row, name_stories))
        for row in rows
    ]


def _detail(event: Event, name_story: bool) -> str:
    page = str(event.page or "")
    if event.data.get("from"):
        page = f"{event.data['from']} → {page}"
    parts = [str(event.data.get("stage") or ""), page]
    if event.data.get("version"):
        parts.append(f"#{event.data['version']}")
    if name_story:
        parts.append(str(event.article or ""))
    return " ".join(part for part in parts if part)
