"""Lists of stories: a section's, a person's."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from articles.models import PublishedArticle
from articles.site.answers import next_change, now_of, page, public
from articles.site.chrome import Paper
from articles.site.teasers import Mark, listed, one_page, teasers


@public
def section(request: HttpRequest, paper: Paper, section_id: int) -> HttpResponse:
    """The stories of a section, one no longer in use too. Three queries."""
    found = paper.section(section_id)
    if found is None:
        raise Http404
    copies = listed(paper, now_of(request)).filter(section=section_id)
    path = reverse("site:section", args=[paper.slug, section_id])
    return _list(request, paper, copies, template="site/section.html", path=path, context={"section": found})


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
        context["name"], context["title"] = _as_printed(found, reporter_id)
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


def _as_printed(copies: list[PublishedArticle], reporter_id: int) -> tuple[str, str]:
    """Name and title ("记者") of the newest byline. Raises Http404 where there is none."""
    for copy in copies:
        for row in copy.bylines:
            if row["reporter"] == reporter_id:
                return row["name"], row.get("title", "")
    raise Http404
