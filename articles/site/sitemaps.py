"""For crawlers: an index, one map for each month, and robots.txt."""

from datetime import date, datetime, time

from django.db.models import Max
from django.db.models.functions import TruncMonth
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.models import Publication, PublishedArticle, PublishedIssue, PublishedPage
from articles.site.answers import kept, next_change, now_of, page, public
from articles.site.chrome import Paper, paper_for
from articles.site.issues import IssueName

XML = "application/xml; charset=utf-8"
# What the protocol allows in one map; a paper with more stories in a month would need several.
MOST = 50_000


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All maps of all papers. A month is listed once something of it is public."""
    now = now_of(request)
    maps: list[tuple[str, datetime | None]] = []
    for slug in Publication.objects.order_by("pk").values_list("slug", flat=True):
        paper = paper_for(slug)
        if paper is None:
            continue
        maps.append((request.build_absolute_uri(reverse("site:sitemap_pages", args=[slug])), None))
        for month, changed in _months(paper, now):
            path = reverse("site:sitemap_month", args=[slug, month])
            maps.append((request.build_absolute_uri(path), changed))
    return page(request, "site/sitemap_index.xml", None, {"maps": maps}, content_type=XML)


@public
def lists(request: HttpRequest, paper: Paper) -> HttpResponse:
    """The addresses that stay: front page, sections, archive."""
    paths = [
        reverse("site:front", args=[paper.slug]),
        *(reverse("site:section", args=[paper.slug, section.pk]) for section in paper.sections),
        reverse("site:archive", args=[paper.slug]),
    ]
    return _map(request, paper, [(path, None) for path in paths])


@public
def month(request: HttpRequest, paper: Paper, month: date) -> HttpResponse:
    """The stories first published in a month (in the paper's zone) and the pages of its issues."""
    now = now_of(request)
    if month.year >= 9999:
        raise Http404
    start = datetime.combine(month, time(), paper.zone)
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    end = datetime.combine(following, time(), paper.zone)
    stories = PublishedArticle.objects.published(now).filter(
        publication=paper.pk, first_published_at__gte=start, first_published_at__lt=end
    )
    entries: list[tuple[str, datetime | None]] = [
        (reverse("site:story", args=[paper.slug, article_id]), changed)
        for article_id, changed in stories.order_by("first_published_at", "pk").values_list(
            "article", "visible_from"
        )[:MOST]
    ]
    issues = PublishedIssue.objects.published(now).filter(
        publication=paper.pk, date__gte=month, date__lt=following
    )
    entries += [
        (IssueName.of(paper, row.published_issue).page_url(row.code), row.visible_from)
        for row in PublishedPage.objects.published(now)
        .filter(published_issue__in=issues)
        .select_related("published_issue")
        .order_by("published_issue__date", "published_issue", "position", "pk")
    ]
    if not entries:
        raise Http404
    return _map(request, paper, entries[:MOST])


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read. The desk is not named: it has a door of its own."""
    text = f"User-agent: *\nDisallow:\n\nSitemap: {request.build_absolute_uri(reverse('site:sitemap'))}\n"
    return kept(HttpResponse(text, content_type="text/plain; charset=utf-8"), now_of(request))


def _months(paper: Paper, now: datetime) -> list[tuple[date, datetime]]:
    """(first day, last change) of every month that has a map."""
    mine = {"publication": paper.pk}
    by_story = (
        PublishedArticle.objects.published(now)
        .filter(**mine)
        .order_by()
        .values_list(TruncMonth("first_published_at", tzinfo=paper.zone))
        .annotate(Max("visible_from"))
    )
    by_issue = (
        PublishedIssue.objects.published(now)
        .filter(**mine)
        .order_by()
        .values_list(TruncMonth("date"))
        .annotate(Max("visible_from"))
    )
    found: dict[date, datetime] = {}
    for start, changed in by_story:
        found[start.date()] = changed
    for first, changed in by_issue:
        found[first] = max(changed, found.get(first, changed))
    return sorted(found.items(), reverse=True)


def _map(request: HttpRequest, paper: Paper, entries: list[tuple[str, datetime | None]]) -> HttpResponse:
    urls = [(request.build_absolute_uri(path), changed) for path, changed in entries]
    edge = next_change(paper, now_of(request))
    return page(request, "site/sitemap.xml", paper, {"urls": urls}, edge=edge, content_type=XML)
