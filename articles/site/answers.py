"""How the public side answers: rendered without the person who asks, and kept by caches until something changes."""

import math
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from articles.models import Publication, PublishedArticle, PublishedIssue
from articles.site.chrome import Paper, first_paper, paper_for
from articles.site.feeds.links import feed_link
from articles.site.head import paper_card, share_locale

KEPT_SECONDS = 60
# Not there or not there any more: nobody may remember that for long, it may be there in a moment.
REFUSED_SECONDS = 1

View = Callable[..., HttpResponse]


class Gone(Exception):
    """This was public and is not any more: 410."""

    def __init__(self, paper: Paper) -> None:
        super().__init__()
        self.paper = paper


def now_of(request: HttpRequest) -> datetime:
    """The request's one frozen moment (`newsroom.middleware.RequestClock`)."""
    return request.now  # type: ignore[attr-defined]


def public(view: View) -> View:
    """Make a view of the public side: GET and HEAD only, 410 where it raises Gone, and with a `paper` (a
    `chrome.Paper`) for the `slug` of its address, 404 where there is none. Without a slug: the first paper."""

    @wraps(view)
    def answered(request: HttpRequest, slug: str = "", **parts: Any) -> HttpResponse:
        paper = paper_for(slug) if slug else first_paper()
        if paper is None and slug:
            raise Http404
        try:
            return view(request, paper, **parts)
        except Gone as gone:
            return gone_page(gone.paper)

    return require_safe(answered)


def page(
    request: HttpRequest,
    template: str,
    paper: Paper | None,
    context: dict[str, Any],
    *,
    edge: datetime | None = None,
    content_type: str | None = None,
) -> HttpResponse:
    """A public page, kept until `edge` at most. The template never sees the request: what a person brings along
    (cookies, language, query) cannot get into what everybody reads."""
    if paper is not None:
        context = {"feeds": (), **context}
        context["feeds"] = (feed_link("feed", paper.name, slug=paper.slug), *context["feeds"])
        context["locale"] = share_locale()
        context["share"] = context.get("share") or paper_card(request, paper)
    body = rendered(template, paper, context)
    return kept(HttpResponse(body, content_type=content_type), now_of(request), edge)


def rendered(template: str, paper: Paper | None, context: Mapping[str, Any]) -> str:
    """The template in the paper's own time zone, whatever zone this thread served before."""
    with timezone.override(paper.zone if paper else None):
        return render_to_string(template, {"paper": paper, **context})


def kept(response: HttpResponse, now: datetime, edge: datetime | None = None) -> HttpResponse:
    """Let caches keep the answer for a minute, or until the moment `edge` at which it changes."""
    seconds = KEPT_SECONDS
    if edge is not None:
        # Rounded down: a cache never shows the old page after its time.
        seconds = max(0, min(seconds, math.floor((edge - now).total_seconds())))
    patch_cache_control(response, public=True, max_age=seconds)
    return response


def redirect(request: HttpRequest, path: str, *, edge: datetime | None = None) -> HttpResponse:
    """To another of our own addresses: `path` comes from `reverse`, never from what was asked."""
    return kept(HttpResponseRedirect(path), now_of(request), edge)


def gone_page(paper: Paper) -> HttpResponse:
    """410, the same bytes for every story of a paper."""
    response = HttpResponse(rendered("site/410.html", paper, {}), status=410)
    patch_cache_control(response, public=True, max_age=REFUSED_SECONDS)
    return response


def next_change(paper: Paper, now: datetime) -> datetime | None:
    """When within the next minute something of this paper appears or goes; None: not that soon. One query."""
    soon = now + timedelta(seconds=KEPT_SECONDS)
    starts = {"publication": paper.pk, "visible_from__lte": soon}

    def first(rows: QuerySet, name: str) -> Any:
        return rows.order_by(name).values(name)[:1]

    moments = Publication.objects.filter(pk=paper.pk).values_list(
        first(PublishedArticle.objects.waiting(now).filter(**starts), "visible_from"),
        first(
            PublishedArticle.objects.filter(
                publication=paper.pk, visible_until__gt=now, visible_until__lte=soon
            ),
            "visible_until",
        ),
        first(PublishedIssue.objects.waiting(now).filter(**starts), "visible_from"),
    )
    return min((moment for row in moments for moment in row if moment is not None), default=None)
