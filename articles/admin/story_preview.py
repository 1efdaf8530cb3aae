"""A look at a story while it is being written: what stands in the form, unsaved, as readers would see it.

The page comes in the answer and nowhere else: no address of it exists, nobody can pass it on, no cache may keep it.
"""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from articles.admin.base import person_of
from articles.admin.preview import unsaved_page
from articles.admin.story_sheet import Scope, Sheet
from articles.models import Article
from articles.permissions import can_write_for, fetch_article, publications_of


@require_POST
def preview_story(request: HttpRequest, pk: int) -> HttpResponse:
    """403 for whoever may not open the story, and for a story there is not: which of the two is not said."""
    try:
        article = fetch_article(person_of(request), pk)
    except Article.DoesNotExist:
        raise PermissionDenied from None
    return _shown(request, Scope(person_of(request), [article.publication], article))


@require_POST
def preview_new(request: HttpRequest) -> HttpResponse:
    """A story that was never saved. 403 for whoever may file none."""
    person = person_of(request)
    papers = [paper for paper in publications_of(person) if can_write_for(person, paper.pk)]
    if not papers:
        raise PermissionDenied
    return _shown(request, Scope(person, papers))


def _shown(request: HttpRequest, scope: Scope) -> HttpResponse:
    # No file is taken in for a look, and nothing is written.
    sheet = Sheet.received(request, scope, take_in=False)
    content = sheet.as_typed()
    paper = sheet.form.cleaned_data.get("publication") or scope.publications[0]
    return unsaved_page(scope.article, paper, content)
