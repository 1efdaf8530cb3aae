"""Lists of stories: a section's, a person's."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from articles.bylines import printed_name
from articles.models import PublishedArticle
from articles.site.answers import next_change, now_of, page, public
from articles.site.chrome import Paper
from articles.site.feeds.links import feed_link
from articles.site.head import data_block
from articles.site.linked_data import breadcrumbs, home_of, profile
from articles.site.teasers import Mark, listed, one_page, teasers


@public
def section(request: HttpRequest, paper: Paper, section_id: int) -> HttpResponse:
    """The stories of a section, one no longer in use too. Three queries."""
    found = paper.section(section_id)
    if found is None:
        raise Http404
    copies = listed(paper, now_of(request)).filter(section=section_id)
    path = reverse("site:section", args=[paper.slug, section_id])
    context = {
        "section": found,
        "feeds": [
            feed_link("section_feed", f"{found.name} - {paper.name}", slug=paper.slug, section_id=section_id)
        ],
        "data": data_block([breadcrumbs(request, home_of(paper), (found.name, path))]),
    }
    return _list(request, paper, copies, template="site/section.html", path=path, context=context)


@public
def reporter(request: HttpRequest, paper: Paper, reporter_id: int) -> HttpResponse:
    """The stories a name stands over. The name is as it was printed last; a name without a public story has no
    page. Three queries."""
    copies = listed(paper, now_of(request)).filter(reporters=reporter_id)
    path = reverse("site:reporter", args=[paper.slug, reporter_id])
    return _list(
        request, paper, copies, template="site/reporter.html", path=path, context={}, reporter_id=reporter_id
    )


def _list(
    request: HttpRequest,
    paper: Paper,
    copies: QuerySet[PublishedArticle],
    *,
    template: str,
    path: str,
    context: dict[str, Any],
    reporter_id: int | None = None,
) -> HttpResponse:
    mark = Mark.of(request)
    found, following = one_page(copies, mark)
    if reporter_id is not None:
        printed = printed_name(found, reporter_id)
        if printed is None:
            raise Http404
        name, context["title"] = printed
        parts = {"slug": paper.slug, "reporter_id": reporter_id}
        context["name"] = name
        context["feeds"] = [feed_link("reporter_feed", f"{name} - {paper.name}", **parts)]
        context["data"] = data_block([profile(name, request.build_absolute_uri(path))])
    elif mark is not None and not found:
        raise Http404
    context |= {
        "stories": teasers(found, paper),
        "first": mark is None,
        "path": path,
        "following": following,
        "canonical": request.build_absolute_uri(path + (f"?before={mark}" if mark else "")),
    }
    return page(request, template, paper, context, edge=next_change(paper, now_of(request)))
