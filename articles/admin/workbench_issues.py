"""The papers that are being made: today's, tomorrow's, and whatever is held, each with what it still lacks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.admin.badges import issue_badge
from articles.admin.issue_board import moment_of
from articles.admin.pages import board_url
from articles.admin.times import paper_time
from articles.desk.pages import Ground, page_lacks
from articles.models import Issue, Page, Placement, Publication
from articles.permissions import READ_ALL, Person, can_plan_issues, issues_visible_to
from articles.states import IssueStatus

MOST_ISSUES = 6
MOST_REASONS = 4


@dataclass(frozen=True)
class PageLight:
    """One page of an issue: whether it could come out as it is."""

    page: Page
    url: str
    stories: int
    lacks: list[str]

    @property
    def ready(self) -> bool:
        return not self.lacks


@dataclass(frozen=True)
class IssueCard:
    """One issue on the workbench. `day`: today, tomorrow, or its date. `reasons`: the first few of all it lacks."""

    issue: Issue
    url: str
    day: str
    badge: str
    comes_out: str
    pages: list[PageLight]
    several_papers: bool

    @property
    def settled(self) -> bool:
        return self.issue.status == IssueStatus.PUBLISHED

    @property
    def held(self) -> bool:
        return self.issue.status == IssueStatus.HELD

    @property
    def ready_pages(self) -> int:
        return sum(page.ready for page in self.pages)

    @property
    def lacks(self) -> list[str]:
        return [reason for page in self.pages for reason in page.lacks]

    @property
    def reasons(self) -> list[str]:
        return self.lacks[:MOST_REASONS]

    @property
    def more(self) -> str:
        """How much more it lacks than is shown."""
        rest = len(self.lacks) - MOST_REASONS
        if rest <= 0:
            return ""
        return ngettext("and %(count)d more", "and %(count)d more", rest) % {"count": rest}


@dataclass(frozen=True)
class Unplanned:
    """A paper that has no issue for tomorrow yet, and the person could plan it."""

    paper: Publication
    day: str
    url: str


def issue_cards(person: Person, now: datetime) -> tuple[list[IssueCard], list[Unplanned]]:
    """Today's and tomorrow's issues and all that are held, in six queries however many pages they have."""
    papers = list(Publication.objects.filter(pk__in=_read(person)))
    if not papers:
        return [], []
    issues = list(_wanted(person, papers, now)[:MOST_ISSUES])
    sheets = _sheets(issues)
    # One moment for all: what is public then is only asked of stories that are public now and stay so.
    stories = {
        row.article_id: row.article for pages in sheets.values() for rows in pages.values() for row in rows
    }
    ground = Ground.of(stories.values(), now)
    cards = [_card(issue, sheets[issue.pk], ground, now, several=len(papers) > 1) for issue in issues]
    return cards, _unplanned(person, papers, issues, now)


def _read(person: Person) -> set[int]:
    return {seat.publication_id for seat in person.seats if seat.role in READ_ALL}


def _wanted(person: Person, papers: list[Publication], now: datetime) -> QuerySet[Issue]:
    days = Q(status=IssueStatus.HELD)
    for paper in papers:
        today = timezone.localdate(now, paper.zone)
        days |= Q(publication=paper, date__in=[today, today + timedelta(days=1)])
    return (
        issues_visible_to(person).filter(days).select_related("publication").order_by("date", "edition", "pk")
    )


def _sheets(issues: list[Issue]) -> dict[int, dict[Page, list[Placement]]]:
    """The pages of all these issues with what stands on them (two queries)."""
    by_key = {issue.pk: issue for issue in issues}
    found: dict[int, dict[Page, list[Placement]]] = {issue.pk: {} for issue in issues}
    pages = {page.pk: page for page in Page.objects.filter(issue__in=by_key).order_by("position", "pk")}
    for page in pages.values():
        page.issue = by_key[page.issue_id]
        found[page.issue_id][page] = []
    placements = (
        Placement.objects.filter(page__in=pages)
        .select_related("article__publication")
        .defer("article__body", "article__summary")
        .order_by("position", "pk")
    )
    for placement in placements:
        page = pages[placement.page_id]
        found[page.issue_id][page].append(placement)
    return found


def _card(
    issue: Issue, pages: dict[Page, list[Placement]], ground: Ground, now: datetime, *, several: bool
) -> IssueCard:
    zone = issue.publication.zone
    at = moment_of(issue, now)
    settled = issue.status == IssueStatus.PUBLISHED
    return IssueCard(
        issue=issue,
        url=board_url(issue.pk),
        day=_day(issue, now),
        badge=issue_badge(issue.status),
        comes_out=paper_time(issue.publish_at, zone),
        pages=[
            PageLight(
                page,
                board_url(issue.pk, page.pk),
                len(rows),
                [] if settled else page_lacks(page, rows, at, ground),
            )
            for page, rows in pages.items()
        ],
        several_papers=several,
    )


def _day(issue: Issue, now: datetime) -> str:
    away = (issue.date - timezone.localdate(now, issue.publication.zone)).days
    return {0: _("Today"), 1: _("Tomorrow")}.get(away, "")


def _unplanned(
    person: Person, papers: list[Publication], issues: list[Issue], now: datetime
) -> list[Unplanned]:
    planned = {(issue.publication_id, issue.date) for issue in issues}
    rows = []
    for paper in papers:
        tomorrow = timezone.localdate(now, paper.zone) + timedelta(days=1)
        if (paper.pk, tomorrow) not in planned and can_plan_issues(person, paper.pk):
            rows.append(Unplanned(paper, f"{tomorrow:%Y-%m-%d}", reverse("admin:articles_issue_add")))
    return rows
