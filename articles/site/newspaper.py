"""The digital newspaper: the archive of issues, an issue, a page of it."""

from datetime import date, datetime
from typing import Any

from django.db.models.functions import Left
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Issue, PublishedPlacement, page_name
from articles.site.answers import next_change, now_of, page, public, redirect
from articles.site.calendar import months
from articles.site.chrome import Paper
from articles.site.converters import Month as MonthInAddress
from articles.site.excerpts import OPENING
from articles.site.facsimile import facsimile_of, issue_pdf, share_picture
from articles.site.feeds.links import feed_link
from articles.site.head import data_block
from articles.site.issues import IssueName, PageName, front_pages, issues, pages, shelf
from articles.site.linked_data import breadcrumbs, home_of, publication_issue
from articles.site.pictures import figure_of
from articles.site.teasers import Teaser, teasers

# Issues on one page of the archive: more than a year of a daily paper.
ON_ONE_PAGE = 400
# How wide the picture of a page stands in the window (static/site/newspaper.css).
PICTURE_SIZES = "(min-width: 90rem) 53rem, (min-width: 64rem) 56vw, 100vw"
# Of these, above the calendar, the first page is shown.
ON_THE_TABLE = 6


@public
def archive(request: HttpRequest, paper: Paper) -> HttpResponse:
    """Back issues by month, newest first; `?before=203001` goes on with the months before that. Two queries."""
    now, before = now_of(request), _month_before(request)
    rows = front_pages(issues(paper, now), now)
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
        "months": months(paper, found),
        "table": [
            (name, figure)
            for row in found[:ON_THE_TABLE]
            for name in [IssueName.of(paper, row)]
            if (figure := figure_of(row.front_images or (), name.title)) is not None  # type: ignore[attr-defined]
        ],
        "weekdays": weekdays(),
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
    names = [
        PageName(
            row.code,
            page_name(row.code, row.label),
            here.name.page_url(row.code),
            figure=figure_of(row.images, "", withheld=row.withheld_at is not None),
        )
        for row in rows
    ]
    picture = facsimile_of(rows[at], here.name)
    following = rows[at + 1] if at + 1 < len(rows) else None
    context: dict[str, Any] = {
        "shelf": here,
        "masthead": here.issue.masthead,
        "pages": names,
        "here": names[at],
        "page": rows[at],
        "before": names[at - 1] if at else None,
        "after": names[at + 1] if following else None,
        "facsimile": picture,
        "picture_sizes": PICTURE_SIZES,
        "next_facsimile": facsimile_of(following, here.name) if following else None,
        "issue_pdf": issue_pdf(here.issue),
        "share": share_picture(request, picture),
        "month": months(paper, here.month)[0],
        "weekdays": weekdays(),
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


def weekdays() -> list[str]:
    """The heads of a calendar's columns."""
    return _("Mo Tu We Th Fr Sa Su").split()


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
