"""What the list of stories can be narrowed by. A value that is none of the choices narrows nothing."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.base import person_of
from articles.models import Article, Section
from articles.states import Status


class ChoiceFilter(admin.SimpleListFilter):
    """A filter whose value must be one of its choices, whatever the address says."""

    def chosen(self) -> str | None:
        value = self.value()
        return value if value in {str(key) for key, _label in self.lookup_choices} else None

    def narrow(self, stories: QuerySet, value: str) -> QuerySet:
        raise NotImplementedError

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.chosen()
        return queryset if value is None else self.narrow(queryset, value)


class MineFilter(ChoiceFilter):
    title = _("whose")
    parameter_name = "whose"

    def __init__(self, request: HttpRequest, *args: Any) -> None:
        self.user = request.user
        super().__init__(request, *args)

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        return [("mine", _("Mine"))]

    def narrow(self, stories: QuerySet, value: str) -> QuerySet:
        signed = Article.objects.filter(bylines__reporter__user=self.user.pk).values("pk")
        return stories.filter(Q(created_by=self.user.pk) | Q(pk__in=signed))


class StatusFilter(ChoiceFilter):
    """All states in sight: it is what a list of stories is narrowed by most."""

    title = _("status")
    parameter_name = "status"
    template = "admin/filter_row.html"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        return Status.choices

    def narrow(self, stories: QuerySet, value: str) -> QuerySet:
        return stories.filter(status=value)


class KindFilter(ChoiceFilter):
    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        return Article.Kind.choices

    def narrow(self, stories: QuerySet, value: str) -> QuerySet:
        return stories.filter(kind=value)


class SectionFilter(ChoiceFilter):
    title = _("section")
    parameter_name = "section"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        papers = person_of(request).publications
        rows = Section.objects.filter(publication__in=papers).select_related("publication")
        several = len(papers) > 1
        return [
            (str(row.pk), f"{row.publication.name} · {row.name}" if several else row.name) for row in rows
        ]

    def narrow(self, stories: QuerySet, value: str) -> QuerySet:
        return stories.filter(section=value)
