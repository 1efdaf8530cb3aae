"""The page on which a new story is filed."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from articles.admin.base import person_of, refused
from articles.admin.story_page import form_page, note_forgery, only_attaching, saved
from articles.admin.story_sheet import Scope, Sheet
from articles.desk import workflow
from articles.exceptions import NotAllowed
from articles.models import Publication, Reporter
from articles.permissions import Person, can_write_for, publications_of


def add_page(request: HttpRequest) -> HttpResponse:
    """File a story. 403 for whoever may write for no publication."""
    person = person_of(request)
    papers = [paper for paper in publications_of(person) if can_write_for(person, paper.pk)]
    if not papers:
        raise PermissionDenied
    scope = Scope(person, papers)
    if request.method != "POST":
        return form_page(request, Sheet.shown(scope, _blank(person, papers)))
    note_forgery(request)
    sheet = Sheet.received(request, scope)
    if not sheet.is_valid() or only_attaching(request, sheet):
        return form_page(request, sheet)
    try:
        article = workflow.create_article(request.user, sheet.form.paper, sheet.content())
    except NotAllowed as refusal:
        return refused(request, refusal)
    except ValidationError as error:
        sheet.refuse(error)
        return form_page(request, sheet)
    return saved(request, article, _("Filed as a draft. Only you and the editors see it."))


def _blank(person: Person, papers: list[Publication]) -> dict[str, Any]:
    """A new story carries its writer's name, where they have one in print."""
    own = Reporter.objects.filter(user=person.user.pk, publication__in=papers, is_active=True).first()
    row = {"reporter": own.pk if own else None, "role": "text", "title": "记者"}
    return {"bylines": [row]}
