"""The review queue: what waits for a stage that this person can take."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from articles.admin.base import person_of
from articles.admin.people import name_of
from articles.admin.story_page import address
from articles.body import characters
from articles.models import Article, Review, ReviewStage
from articles.permissions import Person, why_not
from articles.states import Status, Verb

LONGEST = 100


@dataclass(frozen=True)
class Waiting:
    """One story in the queue. `why_not`: why this person cannot decide it although they take the stage."""

    article: Article
    url: str
    who: str
    since: datetime | None
    characters: int
    why_not: str


def stages_taken_by(person: Person) -> list[ReviewStage]:
    """The stages whose role the person holds; asked once for a person, however often it is needed."""
    known: list[ReviewStage] | None = person.__dict__.get("_stages")
    if known is None:
        seats = {(seat.publication_id, seat.role) for seat in person.seats}
        rows = ReviewStage.objects.filter(publication__in=person.publications) if seats else []
        known = [stage for stage in rows if (stage.publication_id, stage.role) in seats]
        person.__dict__["_stages"] = known
    return known


def waiting_for(person: Person) -> QuerySet[Article]:
    """Stories in review at a stage the person takes, in their sections, the longest waiting first."""
    wanted = Q(pk__in=[])
    for stage in stages_taken_by(person):
        for seat in person.seats:
            if (seat.publication_id, seat.role) == (stage.publication_id, stage.role):
                part = Q(stage=stage)
                wanted |= part & Q(section__in=seat.sections) if seat.sections else part
    return Article.objects.filter(wanted, status=Status.REVIEW).order_by("submitted_at", "pk")


def rows_of(stories: QuerySet[Article], person: Person) -> list[Waiting]:
    """The stories as the queue shows them. Their own are among them, with the reason why another must decide."""
    full = list(
        stories.select_related("publication", "section", "stage", "created_by").prefetch_related(
            "bylines__reporter"
        )
    )
    asked = _in_question(full, person)
    return [
        Waiting(
            article,
            address(article),
            name_of(article.created_by),
            article.submitted_at,
            characters(article.body),
            str(why_not(Verb.APPROVE, person, article) or "") if article.pk in asked else "",
        )
        for article in full
    ]


def _in_question(stories: list[Article], person: Person) -> set[int]:
    """Those the person wrote or has decided before (one query): of the others, being in the queue says enough."""
    me = person.user.pk
    decided = Review.objects.filter(article__in=[story.pk for story in stories], reviewer=me)
    own = {
        story.pk
        for story in stories
        if story.created_by_id == me or any(row.reporter.user_id == me for row in story.bylines.all())
    }
    return own | set(decided.values_list("article", flat=True))


def queue_page(request: HttpRequest) -> HttpResponse:
    """403 for whoever takes no stage."""
    person = person_of(request)
    stages = stages_taken_by(person)
    if not stages:
        raise PermissionDenied
    stories = waiting_for(person)
    context = {
        **admin.site.each_context(request),
        "title": _("Review"),
        "opts": Article._meta,
        "stages": stages,
        "rows": rows_of(stories[:LONGEST], person),
        "count": stories.count(),
    }
    return render(request, "admin/articles/article/review.html", context)
