"""The first page of the desk: what waits for this person, by what they are."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from articles.admin.people import name_of
from articles.admin.photo_rights import can_upload_photos
from articles.admin.queue import Waiting, rows_of, stages_taken_by, waiting_for
from articles.admin.story_page import address
from articles.models import Article, Review
from articles.permissions import READ_ALL, Person, can_take_in, can_write_for, visible_to
from articles.states import Status

LONGEST = 8


@dataclass(frozen=True)
class Line:
    """One story of one's own. `reason`, `sender`: why and by whom it was sent back, where it was."""

    article: Article
    url: str
    reason: str = ""
    sender: str = ""


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    count: int | None = None


@dataclass(frozen=True)
class Workbench:
    seated: bool
    writes: bool
    reviews: bool
    sent_back: list[Line]
    drafts: list[Line]
    on_their_way: list[Line]
    waiting: list[Waiting]
    waiting_count: int
    counts: list[Link]
    links: list[Link]


def workbench_of(person: Person) -> Workbench:
    """Everything on the first page, in about ten queries whatever there is."""
    writes = any(can_write_for(person, paper) for paper in person.publications)
    stages = stages_taken_by(person)
    back, drafts = _drafts(person) if writes else ([], [])
    queue = waiting_for(person)
    return Workbench(
        seated=bool(person.seats),
        writes=writes,
        reviews=bool(stages),
        sent_back=back,
        drafts=drafts,
        on_their_way=_on_their_way(person) if writes else [],
        waiting=rows_of(queue[:LONGEST], person) if stages else [],
        waiting_count=queue.count() if stages else 0,
        counts=_counts(person),
        links=_links(person, writes=writes),
    )


def _mine(person: Person) -> QuerySet[Article]:
    signed = Article.objects.filter(bylines__reporter__user=person.user.pk).values("pk")
    own = Q(created_by=person.user.pk) | Q(pk__in=signed)
    return Article.objects.filter(own, publication__in=person.publications).select_related("section", "stage")


def _drafts(person: Person) -> tuple[list[Line], list[Line]]:
    """One's drafts: those that came back with the reason, and the others."""
    stories = list(_mine(person).filter(status=Status.DRAFT).defer("body")[: 3 * LONGEST])
    last: dict[int, Review] = {}
    rounds = {story.pk: story.review_round for story in stories}
    for row in (
        Review.objects.filter(article__in=rounds).select_related("reviewer").order_by("created_at", "pk")
    ):
        if row.round == rounds[row.article_id]:
            last[row.article_id] = row
    back, others = [], []
    for story in stories:
        latest = last.get(story.pk)
        if latest is not None and latest.decision == Review.Decision.SEND_BACK:
            back.append(Line(story, address(story), latest.opinion, name_of(latest.reviewer)))
        else:
            others.append(Line(story, address(story)))
    return back[:LONGEST], others[:LONGEST]


def _on_their_way(person: Person) -> list[Line]:
    stories = _mine(person).filter(status__in=[Status.REVIEW, Status.APPROVED]).defer("body")
    return [Line(story, address(story)) for story in stories[:LONGEST]]


def _counts(person: Person) -> list[Link]:
    """How many stories there are in each state, of those the person may open."""
    if not person.seats:
        return []
    address_of_list = reverse("admin:articles_article_changelist")
    rows = visible_to(person).order_by().values_list("status").annotate(Count("pk"))
    found = dict(rows)
    return [
        Link(str(status.label), f"{address_of_list}?status={status.value}", found.get(status.value, 0))
        for status in Status
    ]


def _links(person: Person, *, writes: bool) -> list[Link]:
    takes_in = any(can_take_in(person, paper) for paper in person.publications)
    sees_issues = any(seat.role in READ_ALL for seat in person.seats)
    rows: list[tuple[bool, str, str]] = [
        (writes, _("Write a story"), "admin:articles_article_add"),
        (takes_in, _("Take in a page"), "admin:articles_intake_new"),
        (bool(person.seats), _("All stories"), "admin:articles_article_changelist"),
        (sees_issues, _("Issues"), "admin:articles_issue_changelist"),
        (can_upload_photos(person), _("Photos"), "admin:media_library_photo_changelist"),
    ]
    return [Link(label, url) for allowed, label, name in rows if allowed and (url := _address(name))]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
