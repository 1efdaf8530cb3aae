"""Stories in lists: what one looks like there, and how a list goes on to the next page."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from django.db.models import Q, QuerySet
from django.db.models.functions import Left
from django.http import Http404, HttpRequest

from articles.bylines import Credit, credits_of
from articles.models import PublishedArticle
from articles.site.chrome import Paper, SectionName
from articles.site.excerpts import OPENING, excerpt
from articles.site.pictures import Figure, figures, library_for

PER_PAGE = 20
# Two columns of eight lines below the lead's photo.
PASSAGE = 260
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MARK = re.compile(r"([0-9]{1,16})-([1-9][0-9]{0,17})")


@dataclass(frozen=True)
class Teaser:
    """A story in a list. `opening` is the beginning of its body, `shots` how many photos it has, `at` is in the
    paper's zone."""

    article_id: int
    kind: str
    kicker: str
    headline: str
    deck: str
    text: str
    opening: str
    shots: int
    credits: tuple[Credit, ...]
    figure: Figure | None
    section: SectionName | None
    at: datetime

    @property
    def passage(self) -> str:
        """Its first sentences, more than a list shows: for the story that leads the front page."""
        return excerpt(self.opening, PASSAGE)


@dataclass(frozen=True)
class Mark:
    """Where a page of a list ended: the next one begins after it. Nothing is counted, so no list gets slower."""

    at: datetime
    pk: int

    def __str__(self) -> str:
        return f"{(self.at - _EPOCH) // timedelta(microseconds=1)}-{self.pk}"

    @classmethod
    def of(cls, request: HttpRequest) -> Self | None:
        """The mark in `?before=`; None where there is none. Raises Http404 for what is no mark."""
        value = request.GET.get("before")
        if value is None:
            return None
        match = _MARK.fullmatch(value)
        if match is None:
            raise Http404
        return cls(_EPOCH + timedelta(microseconds=int(match[1])), int(match[2]))


def visible(paper: Paper, now: datetime) -> QuerySet[PublishedArticle]:
    """The public stories of a paper, newest first, and what came out together in the order it was printed in."""
    public = PublishedArticle.objects.published(now).filter(publication=paper.pk)
    # The last condition is true of every public copy. It leads SQLite to the index that is in this order already;
    # without it all copies are sorted for each page.
    public = public.filter(first_published_at__lte=now)
    # An issue's copies are written page by page, so their keys follow the order of print.
    return public.order_by("-first_published_at", "pk")


def listed(paper: Paper, now: datetime) -> QuerySet[PublishedArticle]:
    """The same with what a list prints: of their bodies only the `opening`."""
    return visible(paper, now).defer("body").annotate(opening=Left("body", OPENING))


def one_page(
    copies: QuerySet[PublishedArticle], mark: Mark | None
) -> tuple[list[PublishedArticle], Mark | None]:
    """The page of a list after `mark`, and the mark of the page after it (None: this is the last). One query."""
    if mark is not None:
        copies = copies.filter(
            Q(first_published_at__lt=mark.at) | Q(pk__gt=mark.pk), first_published_at__lte=mark.at
        )
    found = list(copies[: PER_PAGE + 1])
    if len(found) <= PER_PAGE:
        return found, None
    last = found[PER_PAGE - 1]
    return found[:PER_PAGE], Mark(last.first_published_at, last.pk)


def teasers(copies: Iterable[PublishedArticle], paper: Paper) -> list[Teaser]:
    """What a list prints of each copy. One query, for all the photos."""
    copies = list(copies)
    library = library_for(copies, each=1)
    return [
        Teaser(
            article_id=copy.article_id,
            kind=copy.kind,
            kicker=copy.kicker,
            headline=copy.headline,
            deck=copy.deck,
            text=copy.summary or excerpt(copy.opening),  # type: ignore[attr-defined]
            opening=copy.opening,  # type: ignore[attr-defined]
            shots=len(copy.photos),
            credits=credits_of(copy.bylines),
            figure=next(iter(figures(copy.photos[:1], library, copy.headline).values()), None),
            section=paper.section(copy.section_id),
            at=copy.first_published_at.astimezone(paper.zone),
        )
        for copy in copies
    ]
