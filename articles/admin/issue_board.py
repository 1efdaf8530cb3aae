"""What stands on the page of an issue: its pages, the stories on them, and what is still missing."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse

from articles.admin.history import Happening, happenings
from articles.desk.pages import Ground, page_lacks, story_lacks
from articles.models import Article, Issue, Page, Placement
from articles.permissions import Person, can, visible_to
from articles.states import OPEN, IssueStatus, Status, Verb, issue_allows

# The hour at which a paper's readers expect it; only a proposal.
USUAL_HOUR = time(6, 0)
MOST_CANDIDATES = 60


@dataclass(frozen=True)
class Row:
    """One story on a page. `url`: empty where the person may not open it. `lacks`: why it is not ready."""

    placement: Placement
    article: Article
    url: str
    lacks: list[str]
    up: int | None
    down: int | None


@dataclass(frozen=True)
class Sheet:
    """One page. `lacks` are the page's own obstacles; those of its stories stand with them."""

    page: Page
    rows: list[Row]
    lacks: list[str]
    signed: bool
    may_place: bool
    may_sign: bool
    may_replace: bool
    urls: dict[str, str]

    @property
    def ready(self) -> bool:
        return not self.lacks and not any(row.lacks for row in self.rows)


@dataclass(frozen=True)
class Candidate:
    """A story that could be placed. `mark`: its status and the pages of this issue it stands on already."""

    article: Article
    mark: str
    on: frozenset[int]


@dataclass(frozen=True)
class Board:
    issue: Issue
    sheets: list[Sheet]
    candidates: list[Candidate]
    more_candidates: bool
    happenings: list[Happening]
    asked_for: datetime

    @property
    def ready(self) -> bool:
        return bool(self.sheets) and all(sheet.ready for sheet in self.sheets)

    @property
    def ready_pages(self) -> int:
        return sum(sheet.ready for sheet in self.sheets)


def usual_time(issue: Issue) -> datetime:
    """The usual hour of the issue's day, on the paper's clock."""
    return datetime.combine(issue.date, USUAL_HOUR, issue.publication.zone)


def moment_of(issue: Issue, now: datetime) -> datetime:
    """The moment at which the issue is asked to be ready: its time, else the usual hour of its day, never the past."""
    return max(issue.publish_at or usual_time(issue), now)


def board_of(person: Person, issue: Issue, now: datetime, *, find: str = "") -> Board:
    """The whole board, in a number of queries that does not grow with the issue. `find`: narrows what is offered
    for placing to headlines that hold it."""
    at = moment_of(issue, now)
    pages = pages_of(issue)
    articles = [placement.article for rows in pages.values() for placement in rows]
    view = _View.of(person, issue, articles, at)
    offered = list(candidates(person, issue, find=find)[: MOST_CANDIDATES + 1]) if view.places else []
    return Board(
        issue=issue,
        sheets=[view.sheet(page, rows) for page, rows in pages.items()],
        candidates=_offered(offered[:MOST_CANDIDATES], pages),
        more_candidates=len(offered) > MOST_CANDIDATES,
        happenings=happenings(issue.events.all(), name_stories=True),
        asked_for=at,
    )


def _offered(articles: list[Article], pages: dict[Page, list[Placement]]) -> list[Candidate]:
    """As options: those that stand nowhere yet, then those that could stand on a second page (a jump)."""
    found = []
    for article in articles:
        on = [page for page, rows in pages.items() if any(row.article_id == article.pk for row in rows)]
        mark = " ".join([str(Status(article.status).label), *(f"→{page.code}" for page in on)])
        found.append(Candidate(article, mark, frozenset(page.pk for page in on)))
    return sorted(found, key=lambda candidate: bool(candidate.on))


def pages_of(issue: Issue) -> dict[Page, list[Placement]]:
    """Every page of the issue with its placements, in order (two queries)."""
    pages = list(Page.objects.filter(issue=issue).select_related("signed_off_by").order_by("position", "pk"))
    placements = (
        Placement.objects.filter(page__issue=issue)
        .select_related("article__publication", "article__section")
        .defer("article__body", "article__summary")
        .order_by("position", "pk")
    )
    found: dict[Page, list[Placement]] = {page: [] for page in pages}
    by_key = {page.pk: page for page in pages}
    for placement in placements:
        page = by_key[placement.page_id]
        page.issue = issue
        found[page].append(placement)
    return found


@dataclass(frozen=True)
class _View:
    """What the person may do on every page of the issue now, and what the rows are judged by."""

    places: bool
    signs: bool
    replaces: bool
    settled: bool
    at: datetime
    ground: Ground
    open_to: frozenset[int]

    @classmethod
    def of(cls, person: Person, issue: Issue, articles: list[Article], at: datetime) -> "_View":
        def may(verb: Verb) -> bool:
            return issue_allows(verb, issue.status) and can(verb, person, issue)

        keys = [article.pk for article in articles]
        return cls(
            places=may(Verb.PLACE),
            signs=may(Verb.SIGN_OFF_PAGE),
            replaces=may(Verb.REPLACE_PAGE),
            settled=issue.status == IssueStatus.PUBLISHED,
            at=at,
            ground=Ground.of(articles, at),
            open_to=frozenset(visible_to(person).filter(pk__in=keys).values_list("pk", flat=True)),
        )

    def sheet(self, page: Page, placements: list[Placement]) -> Sheet:
        lacks = {row.pk: self._lacks(row.article) for row in placements}
        of_stories = {reason for reasons in lacks.values() for reason in reasons}
        every = [] if self.settled else page_lacks(page, placements, self.at, self.ground)
        signed = bool(page.signed_digest) and page.signed_digest == page.digest(placements)
        return Sheet(
            page=page,
            rows=[
                self._row(row, number, len(placements), lacks[row.pk])
                for number, row in enumerate(placements, start=1)
            ],
            lacks=[reason for reason in every if reason not in of_stories],
            signed=signed,
            may_place=self.places,
            may_sign=self.signs and not signed and bool(placements) and not of_stories,
            may_replace=self.replaces,
            urls={
                verb.value: reverse("admin:articles_page_verb", args=[page.pk, verb.value])
                for verb in (Verb.PLACE, Verb.UNPLACE, Verb.SIGN_OFF_PAGE, Verb.REPLACE_PAGE)
            },
        )

    def _lacks(self, article: Article) -> list[str]:
        return [] if self.settled else story_lacks(article, self.at, self.ground)

    def _row(self, row: Placement, number: int, last: int, lacks: list[str]) -> Row:
        opens = row.article_id in self.open_to
        return Row(
            placement=row,
            article=row.article,
            url=reverse("admin:articles_article_change", args=[row.article_id]) if opens else "",
            lacks=lacks,
            up=number - 1 if number > 1 else None,
            down=number + 1 if number < last else None,
        )


def candidates(person: Person, issue: Issue, *, find: str = "") -> QuerySet[Article]:
    """Stories the person may open and that could be placed: of this paper, not spiked, in no other issue still to
    come, not printed as they are. Approved ones first, then the newest."""
    taken: Any = Placement.objects.filter(page__issue__status__in=OPEN).exclude(page__issue=issue)
    printed: Any = Placement.objects.filter(page__issue__status=IssueStatus.PUBLISHED)
    stories = (
        visible_to(person)
        .filter(publication=issue.publication_id)
        .exclude(status=Status.SPIKED)
        .exclude(pk__in=taken.values("article"))
        .exclude(Q(status=Status.PUBLISHED) & Q(pk__in=printed.values("article")))
    )
    if find:
        stories = stories.filter(headline__icontains=find[:60])
    order = [Status.APPROVED, Status.REVIEW, Status.DRAFT, Status.PUBLISHED]
    rank = Case(
        *(When(status=status, then=Value(place)) for place, status in enumerate(order)),
        output_field=IntegerField(),
    )
    return stories.select_related("section").defer("body", "summary").order_by(rank, "-updated_at", "-pk")


def ready_counts(issues: list[Issue], now: datetime) -> dict[int, tuple[int, int]]:
    """For a list of issues still to come: how many of the stories placed in each are ready, and how many there are
    (three queries)."""
    placements = list(
        Placement.objects.filter(page__issue__in=[issue.pk for issue in issues])
        .select_related("article__publication", "page")
        .defer("article__body", "article__summary")
    )
    # One moment for all: what is public then is only asked of stories that are public now and stay so.
    ground = Ground.of({row.article_id: row.article for row in placements}.values(), now)
    found: dict[int, tuple[int, int]] = {}
    for issue in issues:
        at = moment_of(issue, now)
        articles = {row.article_id: row.article for row in placements if row.page.issue_id == issue.pk}
        ready = sum(not story_lacks(article, at, ground) for article in articles.values())
        found[issue.pk] = (ready, len(articles))
    return found
