"""The calendar of issues: a month of days, what comes out on each, and a new issue from a day."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count
from django.utils import timezone
from django.utils.safestring import SafeString

from articles.admin.badges import issue_badge
from articles.admin.issue_board import ready_counts
from articles.admin.times import paper_time
from articles.models import Issue, Page, PagePattern, Publication, Weekday
from articles.permissions import Person, can_plan_issues
from articles.states import OPEN

FIRST_YEAR, LAST_YEAR = 1900, 2200


@dataclass(frozen=True)
class Entry:
    """One issue on its day."""

    issue: Issue
    badge: SafeString
    comes_out: str
    pages: int
    ready: tuple[int, int] | None

    @property
    def all_ready(self) -> bool:
        return self.ready is not None and self.ready[1] > 0 and self.ready[0] == self.ready[1]


@dataclass(frozen=True)
class Day:
    """`plannable`: a main edition may be made for it here and now."""

    date: date
    entries: list[Entry]
    inside: bool
    today: bool
    past: bool
    plannable: bool
    planned_pages: int


@dataclass(frozen=True)
class Month:
    paper: Publication
    first: date
    weeks: list[list[Day]]
    before: date
    after: date
    today: date
    may_plan: bool
    weekdays: list[str] = field(default_factory=lambda: [str(label) for label in Weekday.labels])

    @property
    def days(self) -> list[Day]:
        return [day for week in self.weeks for day in week]


def first_of(text: str, today: date) -> date:
    """The first day of the month "2031-07"; of today's for anything else."""
    try:
        wanted = datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        return today.replace(day=1)
    return wanted if FIRST_YEAR <= wanted.year <= LAST_YEAR else today.replace(day=1)


def month_of(person: Person, paper: Publication, month: str, now: datetime) -> Month:
    """A whole month with the weeks it begins and ends in, in six queries whatever stands in it."""
    today = timezone.localdate(now, paper.zone)
    first = first_of(month, today)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    entries = _entries(paper, weeks[0][0], weeks[-1][-1], now)
    may_plan = can_plan_issues(person, paper.pk)
    rows = PagePattern.objects.filter(publication=paper).order_by().values_list("weekday")
    patterns = dict(rows.annotate(Count("pk"))) if may_plan else {}

    def day(each: date) -> Day:
        found = entries.get(each, [])
        main = any(entry.issue.edition == Issue.Edition.MAIN for entry in found)
        return Day(
            date=each,
            entries=found,
            inside=each.month == first.month,
            today=each == today,
            past=each < today,
            plannable=may_plan and not main and each >= today,
            planned_pages=patterns.get(each.weekday(), 0),
        )

    return Month(
        paper=paper,
        first=first,
        weeks=[[day(each) for each in week] for week in weeks],
        before=(first - timedelta(days=1)).replace(day=1),
        after=(first + timedelta(days=32)).replace(day=1),
        today=today,
        may_plan=may_plan,
    )


def _entries(paper: Publication, start: date, end: date, now: datetime) -> dict[date, list[Entry]]:
    issues = list(
        Issue.objects.filter(publication=paper, date__range=(start, end))
        .select_related("publication")
        .order_by("date", "pk")
    )
    pages = counts_of_pages(issues)
    ready = ready_counts([issue for issue in issues if issue.status in OPEN], now)
    found: dict[date, list[Entry]] = {}
    for issue in issues:
        found.setdefault(issue.date, []).append(
            Entry(
                issue,
                issue_badge(issue.status),
                paper_time(issue.publish_at, paper.zone),
                pages.get(issue.pk, 0),
                ready.get(issue.pk),
            )
        )
    return found


def counts_of_pages(issues: Iterable[Issue]) -> dict[int, int]:
    """How many pages each issue has (one query)."""
    return dict(Page.objects.filter(issue__in=issues).order_by().values_list("issue").annotate(Count("pk")))
