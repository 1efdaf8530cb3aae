"""The site's page of a story that is not public, for whoever holds a signed link (`desk.preview`).

The only view here that reads the desk's tables. Nothing of it may be kept, indexed or passed on.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from articles.desk.preview import read_token
from articles.models import Revision
from articles.site.answers import rendered
from articles.site.chrome import Paper, paper_for
from articles.site.errors import not_found
from articles.site.stories import from_snapshot
from media_library.pictures import pictures_for

HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    # The token stands in the address.
    "Referrer-Policy": "no-referrer",
}


@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """The version the link was made for, as readers would see it; 404 for a link that is wrong or too old. A later
    version needs a link of its own: whoever was shown one text is not shown the next."""
    try:
        response = _shown(token)
    except Http404:
        response = not_found(request)
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


def _shown(token: str) -> HttpResponse:
    read = read_token(token)
    if read is None:
        raise Http404
    article_id, version = read
    revision = (
        Revision.objects.filter(article=article_id, number=version)
        .select_related("article__publication", "article__stage")
        .first()
    )
    paper = paper_for(revision.article.publication.slug) if revision else None
    if revision is None or paper is None:
        raise Http404
    article = revision.article
    outdated = article.version != revision.number
    status = article.get_status_display()
    return HttpResponse(_page(article.pk, revision.snapshot, paper, status, outdated=outdated))


def unsaved(article_id: int, slug: str, snapshot: Mapping[str, Any]) -> HttpResponse:
    """A text that is not saved anywhere, as readers would see it, in their language and not its writer's. The desk
    gives it (settings.PREVIEW_PAGE) and has asked who may look; `article_id` is 0 for a story not filed yet."""
    paper = paper_for(slug)
    if paper is None:
        raise Http404
    with override(settings.LANGUAGE_CODE):
        response = HttpResponse(_page(article_id, snapshot, paper, _("Not saved")))
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


def _page(
    article_id: int, snapshot: Mapping[str, Any], paper: Paper, status: str, *, outdated: bool = False
) -> str:
    library = pictures_for(use["photo"] for use in snapshot["photos"])
    context = {
        "story": from_snapshot(article_id, snapshot, paper, library),
        "preview": status,
        "outdated": outdated,
        # Photos are rendered by a worker: the page says which are still to come, or somebody looks for a mistake.
        "waiting_photos": sum(
            1 for use in snapshot["photos"] if not (library.get(use["photo"]) and library[use["photo"]].ready)
        ),
    }
    return rendered("site/story.html", paper, context)
