"""A story: its latest version, and as an issue printed it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from articles.models import Issue, PublishedArticle, PublishedPlacement
from articles.site.answers import Gone, now_of, page, public, redirect
from articles.site.chrome import Paper
from articles.site.facsimile import facsimile_of
from articles.site.head import data_block, share_of
from articles.site.issues import IssueName, Printed, places, printed_at
from articles.site.linked_data import breadcrumbs, home_of, news_article
from articles.site.pictures import library_for
from articles.site.stories import from_copy, notes


@public
def story(request: HttpRequest, paper: Paper, article_id: int) -> HttpResponse:
    """The latest public version. 410 where there was one once. Three queries."""
    now = now_of(request)
    next_place = PublishedPlacement.objects.waiting(now).filter(article=OuterRef("article"))
    copy = (
        _copies(paper, article_id)
        .published(now)
        .annotate(next_place=Subquery(next_place.order_by("visible_from").values("visible_from")[:1]))
        .first()
    )
    if copy is None:
        raise _gone_or_never(paper, article_id, now)
    printed = [printed_at(paper, place) for place in places(now).filter(article=article_id)]
    context = _shown(request, paper, copy, printed, _path(paper, article_id))
    # It changes when its next version begins, and when an issue with it comes out.
    edges = [moment for moment in (copy.visible_until, copy.next_place) if moment is not None]
    return page(request, "site/story.html", paper, context, edge=min(edges, default=None))


@public
def printed_story(
    request: HttpRequest, paper: Paper, day: date, article_id: int, edition: str = Issue.Edition.MAIN
) -> HttpResponse:
    """The story as it stands in this issue, with a link to its latest version where that is another one.

    A story that has left the page for another one is sent to its own address; 410 where it was withdrawn."""
    now = now_of(request)
    here = {
        "article": article_id,
        "published_page__published_issue__publication": paper.pk,
        "published_page__published_issue__date": day,
        "published_page__published_issue__edition": edition,
    }
    latest = _copies(paper, article_id).published(now).defer("body").first()
    found = list(places(now).filter(**here).select_related("copy"))
    if not found or latest is None:
        if not PublishedPlacement.objects.ever_public(now).filter(**here).exists():
            raise Http404
        if latest is None:
            raise Gone(paper)
        return redirect(request, _path(paper, article_id), edge=latest.visible_until)
    place, copy = found[0], found[0].copy
    before, after = _neighbours(paper, now, place)
    printed = [printed_at(paper, each) for each in found]
    # One text, one address: the printed one is its own only where the text is.
    canonical = printed[0].url if latest.pk != copy.pk else _path(paper, article_id)
    context: dict[str, Any] = {
        **_shown(request, paper, copy, printed, canonical),
        "as_printed": printed[0],
        "latest": _path(paper, article_id) if latest.pk != copy.pk else "",
        # What was put right after the page was printed. A later version begins with the earlier one's notes.
        "later_notes": notes(latest.corrections[len(copy.corrections) :]),
        "before": before,
        "after": after,
        "facsimile": facsimile_of(place.published_page, printed[0].issue, marked=article_id),
    }
    return page(request, "site/story.html", paper, context, edge=latest.visible_until)


def _copies(paper: Paper, article_id: int) -> Any:
    return PublishedArticle.objects.filter(publication=paper.pk, article=article_id)


def _gone_or_never(paper: Paper, article_id: int, now: datetime) -> Exception:
    return Gone(paper) if _copies(paper, article_id).ever_public(now).exists() else Http404()


def _neighbours(
    paper: Paper, now: datetime, place: PublishedPlacement
) -> tuple[dict[str, str] | None, dict[str, str] | None]:
    """The stories before and after this one on its page: {"headline", "url"}."""
    on_page = PublishedPlacement.objects.published(now).filter(published_page=place.published_page_id)
    rows = list(on_page.order_by("position", "pk").values_list("pk", "article", "copy__headline"))
    at = next(number for number, row in enumerate(rows) if row[0] == place.pk)
    issue = IssueName.of(paper, place.published_page.published_issue)

    def link(rows: Sequence[Any]) -> dict[str, str] | None:
        return {"headline": rows[0][2], "url": issue.story_url(rows[0][1])} if rows else None

    return link(rows[max(at - 1, 0) : at]), link(rows[at + 1 : at + 2])


def _shown(
    request: HttpRequest, paper: Paper, copy: PublishedArticle, printed: Sequence[Printed], canonical: str
) -> dict[str, Any]:
    """What a story's page has whichever version it shows."""
    view = from_copy(copy, paper, library_for([copy]))
    address = request.build_absolute_uri(canonical)
    way = [home_of(paper)]
    if view.section:
        section = view.section.pk
        way.append((view.section.name, reverse("site:section", args=[paper.slug, section])))
    return {
        "story": view,
        "printed": printed,
        "canonical": address,
        "share": share_of(request, view.lead),
        "data": data_block(
            [
                news_article(request, paper, view, address, printed),
                breadcrumbs(request, *way, (view.headline, canonical)),
            ]
        ),
    }


def _path(paper: Paper, article_id: int) -> str:
    return reverse("site:story", args=[paper.slug, article_id])
