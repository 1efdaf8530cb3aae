"""The digital newspaper: the archive of issues, an issue, a page of it."""

from calendar import Calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models.functions import Left
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Issue, PublishedIssue, PublishedPlacement, page_name
from articles.site.answers import next_change, now_of, page, public, redirect
from articles.site.chrome import Paper
from articles.site.converters import Month as MonthInAddress
from articles.site.excerpts import OPENING
from articles.site.feeds.links import feed_link
from articles.site.head import data_block
from articles.site.issues import IssueName, PageName, issues, pages, shelf
from articles.site.linked_data import breadcrumbs, home_of, publication_issue
from articles.site.teasers import Teaser, teasers

# Issues on one page of the archive: more than a year of a daily paper.
ON_ONE_PAGE = 400
_WEEKS = Calendar(firstweekday=0)


@dataclass(frozen=True)
class ArchiveDay:
    """A day in a month's table; 0 is a day of another month. `issues`: the main edition first."""

    number: int
    issues: tuple[IssueName, ...] = ()


@dataclass(frozen=True)
class ArchiveMonth:
    """A month with issues, in weeks from Monday."""

    first: date
    weeks: tuple[tuple[ArchiveDay, ...], ...]


@public
def archive(request: HttpRequest, paper: Paper) -> HttpResponse:
    """Back issues by month, newest first; `?before=203001` goes on with the months before that. Two queries."""
    now, before = now_of(request), _month_before(request)
    rows = issues(paper, now)
    if before is not None:
        rows = rows.filter(date__lt=before)
    found = list(rows[: ON_ONE_PAGE + 1])
    if before is not None and not found:
        raise Http404
    following = None
    if len(found) > ON_ONE_PAGE:
        # Whole months only, but at least one.
        last = found[-1].date.replace(day=1)
        whole = [row for row in found if row.date >= _next_month(last)]
        found = whole or found
        following = found[-1].date.replace(day=1)
    path = reverse("site:archive", args=[paper.slug])
    title = _("Digital newspaper")
    context = {
        "feeds": [feed_link("issues_feed", f"{title} - {paper.name}", slug=paper.slug)],
        "data": data_block([breadcrumbs(request, home_of(paper), (title, path))]),
        "months": _months(paper, found),
        "weekdays": _("Mo Tu We Th Fr Sa Su").split(),
        "following": MonthInAddress().to_url(following) if following else "",
        "path": path,
        "canonical": request.build_absolute_uri(
            path + (f"?before={MonthInAddress().to_url(before)}" if before else "")
        ),
    }
    return page(request, "site/archive.html", paper, context, edge=next_change(paper, now))


@public
def issue(request: HttpRequest, paper: Paper, day: date, edition: str = Issue.Edition.MAIN) -> HttpResponse:
    """To the first page of an issue."""
    now = now_of(request)
    found = issues(paper, now).filter(date=day, edition=edition).first()
    first = pages(now, found.pk).first() if found is not None else None
    if found is None or first is None:
        raise Http404
    return redirect(request, IssueName.of(paper, found).page_url(first.code), edge=next_change(paper, now))


@public
def issue_page(
    request: HttpRequest, paper: Paper, day: date, code: str, edition: str = Issue.Edition.MAIN
) -> HttpResponse:
    """A page of an issue: its stories, its credits, the pages beside it, the issues beside that. Five queries."""
    now = now_of(request)
    here = shelf(paper, now, day, edition)
    if here is None:
        raise Http404
    rows = list(pages(now, here.issue.pk))
    at = next((number for number, row in enumerate(rows) if row.code == code), None)
    if at is None:
        raise Http404
    names = [PageName(row.code, page_name(row.code, row.label), here.name.page_url(row.code)) for row in rows]
    context: dict[str, Any] = {
        "shelf": here,
        "masthead": here.issue.masthead,
        "pages": names,
        "here": names[at],
        "page": rows[at],
        "before": names[at - 1] if at else None,
        "after": names[at + 1] if at + 1 < len(names) else None,
        "stories": _stories(paper, now, rows[at].pk, here.name),
        "canonical": request.build_absolute_uri(names[at].url),
        "feeds": [feed_link("issue_feed", f"{here.name.title} - {paper.name}", **here.name.parts)],
        "data": data_block(
            [
                publication_issue(request, paper, here.name),
                breadcrumbs(
                    request,
                    home_of(paper),
                    (_("Digital newspaper"), reverse("site:archive", args=[paper.slug])),
                    (f"{here.name.title} {names[at].name}", names[at].url),
                ),
            ]
        ),
    }
    return page(request, "site/page.html", paper, context, edge=next_change(paper, now))


def _stories(paper: Paper, now: datetime, page_id: int, issue: IssueName) -> list[tuple[str, Teaser]]:
    """(address, teaser) of each story on a page, as printed. A withdrawn one has no public place any more."""
    places = (
        PublishedPlacement.objects.published(now)
        .filter(published_page=page_id)
        .select_related("copy")
        .defer("copy__body")
        .annotate(opening=Left("copy__body", OPENING))
        .order_by("position", "pk")
    )
    copies = []
    for place in places:
        place.copy.opening = place.opening  # type: ignore[attr-defined]
        copies.append(place.copy)
    return [(issue.story_url(teaser.article_id), teaser) for teaser in teasers(copies, paper)]


def _month_before(request: HttpRequest) -> date | None:
    value = request.GET.get("before")
    if value is None:
        return None
    if len(value) != 6 or not (value.isascii() and value.isdigit()):
        raise Http404
    try:
        return MonthInAddress().to_python(value)
    except ValueError:
        raise Http404 from None


def _next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _months(paper: Paper, rows: Iterable[PublishedIssue]) -> list[ArchiveMonth]:
    by_day: dict[date, list[IssueName]] = {}
    for row in rows:
        by_day.setdefault(row.date, []).append(IssueName.of(paper, row))
    firsts = dict.fromkeys(day.replace(day=1) for day in by_day)
    return [
        ArchiveMonth(
            first,
            tuple(
                tuple(
                    ArchiveDay(
                        day.day if day.month == first.month else 0,
                        tuple(by_day.get(day, ())) if day.month == first.month else (),
                    )
                    for day in week
                )
                for week in _WEEKS.monthdatescalendar(first.year, first.month)
            ),
        )
        for first in firsts
    ]
