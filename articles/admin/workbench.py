"""The first page of the desk: what waits for this person, by what they are."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.admin.people import name_of
from articles.admin.photo_rights import can_upload_photos
from articles.admin.queue import Waiting, rows_of, stages_taken_by, waiting_for
from articles.admin.story_page import address
from articles.admin.workbench_issues import IssueCard, Unplanned, issue_cards
from articles.models import Article, Placement, Review
from articles.models.publication import Role
from articles.permissions import (
    LEADS,
    READ_ALL,
    Person,
    can_plan_issues,
    can_take_in,
    can_write_for,
    visible_to,
)
from articles.states import OPEN, Status

LONGEST = 8
MORNING, NOON, EVENING = 5, 12, 18


@dataclass(frozen=True)
class Line:
    """One story. `reason`, `sender`: why and by whom it was sent back, where it was."""

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
    """`leads`: answers for whole issues; `plans`: puts stories on pages; `own_only`: sees no stories but their own."""

    greeting: str
    seated: bool
    writes: bool
    reviews: bool
    leads: bool
    plans: bool
    own_only: bool
    sent_back: list[Line]
    drafts: list[Line]
    on_their_way: list[Line]
    waiting: list[Waiting]
    waiting_count: int
    counts: list[Link]
    links: list[Link]
    issues: list[IssueCard] = field(default_factory=list)
    unplanned: list[Unplanned] = field(default_factory=list)
    debts: list[Line] = field(default_factory=list)
    unplaced: list[Line] = field(default_factory=list)
    reads_issues: bool = False

    @property
    def held(self) -> list[IssueCard]:
        return [card for card in self.issues if card.held]

    @property
    def days(self) -> list[IssueCard]:
        return [card for card in self.issues if not card.held]


def workbench_of(person: Person, now: datetime) -> Workbench:
    """Everything on the first page, in at most twenty queries whatever there is."""
    writes = any(can_write_for(person, paper) for paper in person.publications)
    stages = stages_taken_by(person)
    back, drafts = _drafts(person) if writes else ([], [])
    waiting = rows_of(waiting_for(person)[:LONGEST], person) if stages else []
    leads = any(seat.role in LEADS for seat in person.seats)
    plans = any(can_plan_issues(person, paper) for paper in person.publications)
    reads = any(seat.role in READ_ALL for seat in person.seats)
    cards, unplanned = issue_cards(person, now) if reads else ([], [])
    return Workbench(
        greeting=_greeting(person, now),
        seated=bool(person.seats),
        writes=writes,
        reviews=bool(stages),
        leads=leads,
        plans=plans,
        own_only=not reads,
        sent_back=back,
        drafts=drafts,
        on_their_way=_on_their_way(person) if writes else [],
        waiting=waiting,
        waiting_count=waiting_for(person).count() if len(waiting) == LONGEST else len(waiting),
        counts=_counts(person),
        links=[*_next(waiting), *_links(person, writes=writes, plans=plans)],
        issues=cards,
        unplanned=unplanned,
        debts=_debts(person) if leads else [],
        unplaced=_unplaced(person) if plans else [],
        reads_issues=reads,
    )


def _greeting(person: Person, now: datetime) -> str:
    hour = timezone.localtime(now).hour
    if MORNING <= hour < NOON:
        words = _("Good morning, %(name)s")
    elif NOON <= hour < EVENING:
        words = _("Good afternoon, %(name)s")
    else:
        words = _("Good evening, %(name)s")
    return words % {"name": name_of(person.user)}


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


def _lines(stories: QuerySet[Article]) -> list[Line]:
    return [Line(story, address(story)) for story in stories.defer("body", "summary")[:LONGEST]]


def _on_their_way(person: Person) -> list[Line]:
    return _lines(_mine(person).filter(status__in=[Status.REVIEW, Status.APPROVED]))


def _debts(person: Person) -> list[Line]:
    """Stories that went out on one emergency signature and that nobody has reviewed since."""
    return _lines(visible_to(person).filter(owes_review=True).select_related("section").order_by("pk"))


def _unplaced(person: Person) -> list[Line]:
    """Approved, and on no page of an issue that is still to come: what a page can be filled with."""
    placed = Placement.objects.filter(article=OuterRef("pk"), page__issue__status__in=OPEN)
    stories = visible_to(person).filter(~Exists(placed), status=Status.APPROVED)
    return _lines(stories.select_related("section"))


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


def _next(waiting: list[Waiting]) -> list[Link]:
    """The story that has waited longest of those that this person may decide."""
    row = next((row for row in waiting if not row.why_not), None)
    return [Link(_("Review the next story"), row.url)] if row else []


def _links(person: Person, *, writes: bool, plans: bool) -> list[Link]:
    """What the person may begin from here; the first is what their role begins most."""
    takes_in = any(can_take_in(person, paper) for paper in person.publications)
    pictures = any(seat.role == Role.PICTURE_EDITOR for seat in person.seats)
    administers = bool(person.user.is_superuser)
    rows: list[tuple[bool, str, str]] = [
        (pictures, _("Upload photos"), "admin:media_library_photo_add"),
        (plans and not writes, _("Plan an issue"), "admin:articles_issue_add"),
        (writes, _("Write a story"), "admin:articles_article_add"),
        (takes_in, _("Take in a page"), "admin:articles_intake_new"),
        (can_upload_photos(person) and not pictures, _("Upload photos"), "admin:media_library_photo_add"),
        (plans and writes, _("Plan an issue"), "admin:articles_issue_add"),
        (administers, _("Add a person"), "admin:auth_user_add"),
        (administers, _("Settings of the paper"), "admin:settings"),
    ]
    return [Link(label, url) for allowed, label, name in rows if allowed and (url := _address(name))]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
