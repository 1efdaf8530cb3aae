"""Names for a byline, found while typing: those of the person's own papers, and nothing else of anybody."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import reverse

from articles.admin.base import person_of
from articles.models import Byline, Reporter

MOST = 20


class NameSelect(AutocompleteSelect):
    """Django's search box over our own answer: who may be seen here is the story's matter, not the staff list's."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(Byline._meta.get_field("reporter"), admin.site, attrs=attrs)

    def get_url(self) -> str:
        return reverse("admin:articles_article_names")


def names_view(request: HttpRequest) -> JsonResponse:
    """`?term=何&page=1` gives the search box its rows. 403 for whoever works for no paper."""
    person = person_of(request)
    if not person.seats:
        raise PermissionDenied
    term, page = request.GET.get("term", "").replace("\x00", "")[:40].strip(), request.GET.get("page", "1")
    start = (int(page) - 1) * MOST if page.isdecimal() and 0 < len(page) < 5 and int(page) else 0
    rows = Reporter.objects.filter(publication__in=person.publications, is_active=True, name__icontains=term)
    found = list(rows.select_related("publication").order_by("name", "pk")[start : start + MOST + 1])
    several = len(person.publications) > 1
    results = [{"id": str(row.pk), "text": _text(row, several=several)} for row in found[:MOST]]
    return JsonResponse({"results": results, "pagination": {"more": len(found) > MOST}})


def _text(row: Reporter, *, several: bool) -> str:
    return f"{row.name} · {row.publication.name}" if several else row.name
