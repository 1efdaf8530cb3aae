"""Issues and their pages as the site names them, and the questions about them."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.urls import reverse
from django.utils.formats import date_format

from articles.models import Issue, PublishedIssue, PublishedPage, PublishedPlacement, page_name
from articles.site.chrome import Paper
from articles.site.pictures import Figure, figure_of

# How many stories of a page the front page knows the printed order of.
KNOWN_PLACES = 6

_EDITION_RANK = Case(
    When(edition=Issue.Edition.MAIN, then=Value(0)),
    When(edition=Issue.Edition.SUPPLEMENT, then=Value(1)),
    default=Value(2),
)


@dataclass(frozen=True)
class IssueName:
    """An issue where it is linked to. `edition` is "" for the main edition, else as people call it."""

    slug: str
    day: date
    edition_key: str
    serial_no: int | None

    @classmethod
    def of(cls, paper: Paper, row: PublishedIssue) -> "IssueName":
        return cls(paper.slug, row.date, row.edition, row.serial_no)

    @property
    def edition(self) -> str:
        return "" if self.edition_key == Issue.Edition.MAIN else self.edition_label

    @property
    def edition_label(self) -> str:
        """The edition as people call it, the main one too."""
        return str(Issue.Edition(self.edition_key).label)

    @property
    def url(self) -> str:
        return self._reverse("site:issue")

    def page_url(self, code: str) -> str:
        return self._reverse("site:page", code=code)

    def story_url(self, article_id: int) -> str:
        return self._reverse("site:printed_story", article_id=article_id)

    @property
    def title(self) -> str:
        """The day and, unless it is the main one, the edition."""
        return " ".join(filter(None, [date_format(self.day, "DATE_FORMAT"), self.edition]))

    @property
    def parts(self) -> dict[str, Any]:
        """What names the issue in an address."""
        more = {} if self.edition_key == Issue.Edition.MAIN else {"edition": self.edition_key}
        return {"slug": self.slug, "day": self.day, **more}

    def _reverse(self, name: str, **more: Any) -> str:
        return reverse(name, kwargs={**self.parts, **more})


@dataclass(frozen=True)
class PageName:
    """A page where it is linked to. `lead` is the headline of its first story, "" where it is not known; `figure` its
    picture where it has one that may be shown."""

    code: str
    name: str
    url: str
    lead: str = ""
    figure: Figure | None = None


@dataclass(frozen=True)
class Printed:
    """Where a story stands in print. `page` is the page's name, of `code` and `label`."""

    issue: IssueName
    page: str
    code: str
    label: str
    host_code: str
    page_url: str
    url: str


@dataclass(frozen=True)
class IssueBox:
    """An issue with its pages, for the front page. `order`: article id -> its place in print, as far as known."""

    issue: IssueName
    pages: tuple[PageName, ...]
    order: dict[int, tuple[int, int]]


@dataclass(frozen=True)
class Shelf:
    """An issue and what stands beside it: the days before and after, the day's other editions, and all issues of the
    month."""

    issue: PublishedIssue
    name: IssueName
    previous: IssueName | None
    following: IssueName | None
    beside: tuple[IssueName, ...]
    month: tuple[PublishedIssue, ...]


def issues(paper: Paper, now: datetime) -> QuerySet[PublishedIssue]:
    """The public issues of a paper, newest first, the main edition of a day before the others."""
    public = PublishedIssue.objects.published(now).filter(publication=paper.pk)
    return public.order_by("-date", _EDITION_RANK, "pk")


def front_pages(rows: QuerySet[PublishedIssue], now: datetime) -> QuerySet[PublishedIssue]:
    """The same issues, each with the pictures of its first page as `front_images` (None: there are none to show)."""
    first = pages(now, OuterRef("pk")).annotate(shown=Case(When(withheld_at__isnull=True, then="images")))
    return rows.annotate(front_images=Subquery(first.values("shown")[:1]))


def pages(now: datetime, issue: Any) -> QuerySet[PublishedPage]:
    """The public pages of an issue (a key or a subquery), in order."""
    return PublishedPage.objects.published(now).filter(published_issue=issue).order_by("position", "pk")


def places(now: datetime) -> QuerySet[PublishedPlacement]:
    """Places on pages of issues, all three public now, in order of print."""
    # Asked for each place there is: a list of all public pages would be longer with every issue.
    issue = PublishedIssue.objects.published(now).filter(pk=OuterRef("published_issue"))
    on = PublishedPage.objects.published(now).filter(Exists(issue), pk=OuterRef("published_page"))
    return (
        PublishedPlacement.objects.published(now)
        .filter(Exists(on))
        .select_related("published_page__published_issue")
        .order_by(
            "published_page__published_issue__date",
            "published_page__position",
            "published_page",
            "position",
            "pk",
        )
    )


def printed_at(paper: Paper, place: PublishedPlacement) -> Printed:
    """One of `places`, as pages name it."""
    on = place.published_page
    issue = IssueName.of(paper, on.published_issue)
    return Printed(
        issue,
        page_name(on.code, on.label),
        on.code,
        on.label,
        on.host_code,
        issue.page_url(on.code),
        issue.story_url(place.article_id),
    )


def newest_issue(paper: Paper, now: datetime) -> IssueBox | None:
    """The newest issue with its pages and what leads them. One query."""
    on_page = (
        PublishedPlacement.objects.published(now)
        .filter(published_page=OuterRef("pk"))
        .order_by("position", "pk")
    )
    places = {
        f"story_{number}": Subquery(on_page.values("article")[number : number + 1])
        for number in range(KNOWN_PLACES)
    }
    found = list(
        pages(now, Subquery(issues(paper, now).values("pk")[:1]))
        .select_related("published_issue")
        .annotate(lead=Subquery(on_page.values("copy__headline")[:1]), **places)
    )
    if not found:
        return None
    name = IssueName.of(paper, found[0].published_issue)
    order = {
        getattr(row, place): (number, at)
        for number, row in reversed(list(enumerate(found)))
        for at, place in enumerate(places)
        if getattr(row, place) is not None
    }
    return IssueBox(
        name,
        tuple(
            PageName(
                row.code,
                page_name(row.code, row.label),
                name.page_url(row.code),
                row.lead or "",
                figure_of(row.images, "", withheld=row.withheld_at is not None),
            )
            for row in found
        ),
        order,
    )


def shelf(paper: Paper, now: datetime, day: date, edition: str) -> Shelf | None:
    """The issue of this day and edition with its neighbours; None where it is not public. One query."""
    public = issues(paper, now)
    before = public.filter(date__lt=day).values("pk")[:1]
    after = public.filter(date__gt=day).order_by("date", _EDITION_RANK, "pk").values("pk")[:1]
    month = Q(date__range=(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])))
    rows = list(public.filter(month | Q(pk=Subquery(before)) | Q(pk=Subquery(after))))
    here = next((row for row in rows if row.date == day and row.edition == edition), None)
    if here is None:
        return None
    names = {row.pk: IssueName.of(paper, row) for row in rows}
    next_day = min((row.date for row in rows if row.date > day), default=None)
    return Shelf(
        here,
        names[here.pk],
        previous=next((names[row.pk] for row in rows if row.date < day), None),
        following=next((names[row.pk] for row in rows if row.date == next_day), None),
        beside=tuple(names[row.pk] for row in rows if row.date == day and row.pk != here.pk),
        month=tuple(row for row in rows if (row.date.year, row.date.month) == (day.year, day.month)),
    )
