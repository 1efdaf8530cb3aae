"""The stories that could still be placed in an issue: what the board's tray and its choices offer."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from articles.admin.lengths import length_of
from articles.models import Article, ArticlePhoto, Issue, Page, Placement
from articles.permissions import Person, visible_to
from articles.states import OPEN, IssueStatus, Status

MOST_CANDIDATES = 60
# Approved ones first: they are ready to go.
RANK = [Status.APPROVED, Status.REVIEW, Status.DRAFT, Status.PUBLISHED]


@dataclass(frozen=True)
class Wanted:
    """What the tray is narrowed to: a part of the headline, a section."""

    find: str = ""
    section: int | None = None

    @classmethod
    def of(cls, data: Any) -> "Wanted":
        """From an address; nonsense narrows nothing."""
        section = data.get("section", "")
        number = int(section) if section.isdecimal() and len(section) < 10 else None
        # PostgreSQL takes no NUL, not even to look for.
        find = data.get("find", "").replace("\0", "").strip()
        return cls(find[:60], number)

    def __bool__(self) -> bool:
        return bool(self.find or self.section)


@dataclass(frozen=True)
class Candidate:
    """A story that could be placed. `mark`: its status and the pages of this issue it stands on already."""

    article: Article
    characters: int
    photos: int
    mark: str
    on: frozenset[int]


@dataclass(frozen=True)
class Tray:
    """`offered`: everything that may be chosen, of which some stand on a page already (a second one is a jump);
    `waiting`: those that stand nowhere yet."""

    wanted: Wanted
    offered: list[Candidate]
    more: bool

    @property
    def waiting(self) -> list[Candidate]:
        return [candidate for candidate in self.offered if not candidate.on]

    def for_page(self, page: Page, sections: frozenset[int]) -> list[Candidate]:
        """What the page could be given, its own sections first."""
        free = [candidate for candidate in self.offered if page.pk not in candidate.on]
        return sorted(free, key=lambda each: (bool(each.on), each.article.section_id not in sections))


def tray_of(person: Person, issue: Issue, pages: dict[Page, list[Placement]], wanted: Wanted) -> Tray:
    """What is offered to a person who may place (one query)."""
    found = list(with_photos(candidates(person, issue, wanted))[: MOST_CANDIDATES + 1])
    offered = []
    for article in found[:MOST_CANDIDATES]:
        on = [page for page, rows in pages.items() if any(row.article_id == article.pk for row in rows)]
        mark = " ".join([str(Status(article.status).label), *(f"→{page.code}" for page in on)])
        offered.append(
            Candidate(
                article,
                length_of(article.body),
                article.photo_count,
                mark,
                frozenset(page.pk for page in on),
            )
        )
    return Tray(wanted, offered, len(found) > MOST_CANDIDATES)


def candidates(person: Person, issue: Issue, wanted: Wanted | None = None) -> QuerySet[Article]:
    """Stories the person may open and that could be placed: of this paper, not spiked, in no other issue still to
    come, not printed as they are. Those that stand nowhere come first, of them the approved ones, then the newest."""
    wanted = wanted or Wanted()
    taken: Any = Placement.objects.filter(page__issue__status__in=OPEN).exclude(page__issue=issue)
    printed: Any = Placement.objects.filter(page__issue__status=IssueStatus.PUBLISHED)
    here = Placement.objects.filter(page__issue=issue, article=OuterRef("pk"))
    stories = (
        visible_to(person)
        .filter(publication=issue.publication_id)
        .exclude(status=Status.SPIKED)
        .exclude(pk__in=taken.values("article"))
        .exclude(Q(status=Status.PUBLISHED) & Q(pk__in=printed.values("article")))
    )
    if wanted.find:
        stories = stories.filter(headline__icontains=wanted.find)
    if wanted.section:
        stories = stories.filter(section=wanted.section)
    rank = Case(
        *(When(status=status, then=Value(place)) for place, status in enumerate(RANK)),
        output_field=IntegerField(),
    )
    return (
        stories.select_related("section").defer("summary").order_by(Exists(here), rank, "-updated_at", "-pk")
    )


def with_photos(stories: QuerySet) -> QuerySet:
    """Say of each story how many photos it has (`photo_count`)."""
    return stories.annotate(photo_count=photo_count(OuterRef("pk")))


def photo_count(article: Any) -> Any:
    """The number of a story's photos, as part of a larger question."""
    rows = ArticlePhoto.objects.filter(article=article).order_by().values("article")
    return Coalesce(Subquery(rows.annotate(count=Count("pk")).values("count")), 0)
