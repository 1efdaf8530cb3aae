"""For crawlers: an index, a map of each month, one of the pages that stay, one of the news, and robots.txt."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from articles.models import Publication, PublishedArticle, PublishedIssue, PublishedPage
from articles.site.answers import kept, next_change, now_of, page, public
from articles.site.chrome import Paper, paper_for
from articles.site.feeds.content import clean
from articles.site.issues import IssueName
from articles.site.teasers import visible

XML = "application/xml; charset=utf-8"
# What the protocol allows in one map; a paper with more stories in a month would need several.
MOST = 50_000
# What a news map may hold, and for how long a story is news (Google's rules).
NEWS_MOST = 1_000
NEWS_HOURS = 48

# (path, last change; None: not known)
Entries = list[tuple[str, datetime | None]]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All maps of all papers. A month is listed once something of it is public."""
    now = now_of(request)
    maps: Entries = []
    edges = []
    for paper in _papers():
        months = _months(paper, now)
        newest = max(months.values(), default=None)
        maps.append((reverse("site:sitemap_pages", args=[paper.slug]), newest))
        maps.append((reverse("site:sitemap_news", args=[paper.slug]), newest))
        maps += [
            (reverse("site:sitemap_month", args=[paper.slug, month]), changed)
            for month, changed in sorted(months.items(), reverse=True)
        ]
        edges.append(next_change(paper, now))
    return page(
        request,
        "site/sitemap_index.xml",
        None,
        {"maps": _absolute(request, maps)},
        edge=min(filter(None, edges), default=None),
        content_type=XML,
    )


@public
def lists(request: HttpRequest, paper: Paper) -> HttpResponse:
    """The addresses that stay: front page, sections, archive, the pages of those who write. Four queries."""
    now = now_of(request)
    stories = PublishedArticle.objects.filter(publication=paper.pk)
    by_section = _changes(stories, now, "section")
    newest = max(by_section.values(), default=None)
    archive = max(_issue_months(paper, now).values(), default=None)
    front = max(filter(None, (newest, archive)), default=None)
    return _map(
        request,
        paper,
        [
            (reverse("site:front", args=[paper.slug]), front),
            *(
                (reverse("site:section", args=[paper.slug, section.pk]), by_section.get(section.pk))
                for section in paper.sections
            ),
            (reverse("site:archive", args=[paper.slug]), archive),
            *(
                (reverse("site:reporter", args=[paper.slug, reporter]), changed)
                for reporter, changed in sorted(_changes(stories, now, "reporters").items())
            ),
        ],
    )


@public
def month(request: HttpRequest, paper: Paper, month: date) -> HttpResponse:
    """The stories first published in a month (in the paper's zone) and the pages of its issues. Three queries."""
    now = now_of(request)
    if month.year >= 9999:
        raise Http404
    start = datetime.combine(month, time(), paper.zone)
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    end = datetime.combine(following, time(), paper.zone)
    stories = PublishedArticle.objects.published(now).filter(
        publication=paper.pk, first_published_at__gte=start, first_published_at__lt=end
    )
    entries: Entries = [
        (reverse("site:story", args=[paper.slug, article_id]), changed)
        for article_id, changed in stories.order_by("first_published_at", "pk").values_list(
            "article", "visible_from"
        )[:MOST]
    ]
    issues = PublishedIssue.objects.published(now).filter(
        publication=paper.pk, date__gte=month, date__lt=following
    )
    entries += [
        (
            IssueName.of(paper, row.published_issue).page_url(row.code),
            max(filter(None, (row.visible_from, row.withheld_at))),
        )
        for row in PublishedPage.objects.published(now)
        .filter(published_issue__in=issues)
        .select_related("published_issue")
        .order_by("published_issue__date", "published_issue", "position", "pk")
    ]
    if not entries:
        raise Http404
    return _map(request, paper, entries[:MOST])


@public
def news(request: HttpRequest, paper: Paper) -> HttpResponse:
    """The stories of the last two days, for news search (Google's news map). Two queries."""
    now = now_of(request)
    rows = visible(paper, now).filter(first_published_at__gt=now - timedelta(hours=NEWS_HOURS))
    found = [
        (
            request.build_absolute_uri(reverse("site:story", args=[paper.slug, article_id])),
            first.astimezone(paper.zone),
            clean(headline),
        )
        for article_id, first, headline in rows.values_list("article", "first_published_at", "headline")[
            :NEWS_MOST
        ]
    ]
    # ISO 639 but for Chinese, which is named by country there.
    language = {"zh-hans": "zh-cn"}.get(get_language() or "", "en")
    context = {"stories": found, "language": language, "name": clean(paper.name)}
    return page(
        request, "site/sitemap_news.xml", paper, context, edge=next_change(paper, now), content_type=XML
    )


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read but the answers to searches, of which there is no end. Naming the desk and the
    previews tells nobody anything: both have a door of their own, and neither address is a secret."""
    closed = ["/" + settings.ADMIN_PATH, "/preview/", "/search/", "/*/search/"]
    maps = [
        reverse("site:sitemap"),
        *(reverse("site:sitemap_news", args=[paper.slug]) for paper in _papers()),
    ]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        "",
        *(f"Sitemap: {request.build_absolute_uri(path)}" for path in maps),
        "",
    ]
    return kept(HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"), now_of(request))


def _papers() -> Iterable[Paper]:
    for slug in Publication.objects.order_by("pk").values_list("slug", flat=True):
        paper = paper_for(slug)
        if paper is not None:
            yield paper


def _months(paper: Paper, now: datetime) -> dict[date, datetime]:
    """The last change in every month that has a map. Two queries."""
    stories = PublishedArticle.objects.filter(publication=paper.pk)
    by_story = _changes(stories, now, TruncMonth("first_published_at", tzinfo=paper.zone))
    found = {start.date(): changed for start, changed in by_story.items()}
    for first, changed in _issue_months(paper, now).items():
        found[first] = max(changed, found.get(first, changed))
    return found


def _issue_months(paper: Paper, now: datetime) -> dict[date, datetime]:
    """The last change of an issue's page in every month that has issues. One query."""
    issues = PublishedIssue.objects.published(now).filter(publication=paper.pk)
    pages = PublishedPage.objects.filter(published_issue__in=issues)
    return _changes(pages, now, TruncMonth("published_issue__date"), "withheld_at")


def _changes(rows: QuerySet[Any], now: datetime, group: Any, *moments: str) -> dict[Any, datetime]:
    """When something last appeared in or went from each group in which anything is public. One query."""
    public = Q(visible_until__isnull=True) | Q(visible_until__gt=now)
    grouped = (
        rows.ever_public(now)  # type: ignore[attr-defined]
        .order_by()
        .values_list(group)
        .annotate(
            public=Count("pk", filter=public),
            ended=Max("visible_until", filter=Q(visible_until__lte=now)),
            begun=Max("visible_from"),
            **{f"last_{name}": Max(name) for name in moments},
        )
        .filter(public__gt=0)
    )
    return {key: max(filter(None, times)) for key, _, *times in grouped if key is not None}


def _absolute(request: HttpRequest, entries: Entries) -> Entries:
    return [(request.build_absolute_uri(path), changed) for path, changed in entries]


def _map(request: HttpRequest, paper: Paper, entries: Entries) -> HttpResponse:
    edge = next_change(paper, now_of(request))
    urls = _absolute(request, entries)
    return page(request, "site/sitemap.xml", paper, {"urls": urls}, edge=edge, content_type=XML)
