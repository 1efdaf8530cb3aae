"""One revision of a story, to read, to compare with the text there is now, and to go back to."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from articles.admin.story_page import address, story_or_404, why_not_edit
from articles.admin.story_text import differences, parts
from articles.desk.content import snapshot
from articles.models import Article, Revision


def revision_page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Whoever may open the story may read its revisions; 404 otherwise. `?with=3` compares it with that revision
    instead of the text there is now."""
    article = story_or_404(request, pk)
    revision = article.revisions.select_related("created_by").filter(number=number).first()
    if revision is None:
        raise Http404(_("There is no such revision."))
    other = _other(request, article)
    # From the older text to the newer one, whichever was asked for first.
    old, new = revision.snapshot, other.snapshot if other else snapshot(article)
    if other is not None and other.number < number:
        old, new = new, old
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Revision %(number)s") % {"number": number},
        "opts": Article._meta,
        "article": article,
        "revision": revision,
        "refused": revision.kind == Revision.Kind.REFUSED,
        "is_current": number == article.version,
        "other": other,
        "parts": parts(revision.snapshot, article.publication),
        "differences": differences(old, new, article.publication),
        "revisions": article.revisions.select_related("created_by")
        .defer("snapshot")
        .order_by("-number")[:40],
        "restore": f"{address(article)}?revision={number}" if why_not_edit(request, article) is None else "",
    }
    return render(request, "admin/articles/article/revision.html", context)


def _other(request: HttpRequest, article: Article) -> Revision | None:
    """The revision to compare with; None for the text there is now."""
    number = request.GET.get("with", "")
    if not (number.isdecimal() and len(number) < 9):
        return None
    return article.revisions.filter(number=int(number)).first()
