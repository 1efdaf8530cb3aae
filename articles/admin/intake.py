"""Texts that were taken in: the list, each with the drafts that came of it, and the way to a new one."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from articles.admin.base import DeskModelAdmin, person_of
from articles.admin.intake_forms import papers_taken_in_by
from articles.admin.intake_screen import intake_screen, intake_url
from articles.admin.people import name_of
from articles.admin.times import paper_time
from articles.desk.outbox import Fact
from articles.models import Article, Event, Intake
from articles.permissions import READ_ALL, Person, intakes_visible_to, visible_to


@dataclass(frozen=True)
class Came:
    """One draft of an intake. `url`: empty where the person may not open it; `notes`: what wants a look."""

    article: Article
    url: str
    notes: list[str]


@admin.register(Intake)
class IntakeAdmin(DeskModelAdmin[Intake]):
    """Raw texts are kept as they came: nobody changes or deletes one."""

    list_display = ["at", "publication", "issue_date", "page_code", "who", "drafts"]
    list_select_related = ["publication", "created_by"]
    ordering = ["-created_at", "-pk"]
    add_label = _("Take in a page")
    empty_list = _("Nothing was taken in yet. Paste the text of a page and it becomes drafts.")

    def may_open(self, person: Person) -> bool:
        return bool(papers_taken_in_by(person)) or any(seat.role in READ_ALL for seat in person.seats)

    def may_view(self, person: Person, thing: Intake) -> bool:
        return intakes_visible_to(person).filter(pk=thing.pk).exists()

    def may_add(self, person: Person) -> bool:
        return bool(papers_taken_in_by(person))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Intake]:
        rows = intakes_visible_to(person_of(request), super().get_queryset(request))
        return rows.defer("text").annotate(draft_count=Count("articles"))

    @admin.display(description=_("at"), ordering="created_at")
    def at(self, intake: Intake) -> str:
        return paper_time(intake.created_at, intake.publication.zone)

    @admin.display(description=_("by"))
    def who(self, intake: Intake) -> str:
        return name_of(intake.created_by)

    @admin.display(description=_("drafts"))
    def drafts(self, intake: Any) -> int:
        return intake.draft_count

    def get_urls(self) -> list[URLPattern]:
        return [
            path("new/", self.admin_site.admin_view(intake_screen), name="articles_intake_new"),
            *super().get_urls(),
        ]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("admin:articles_intake_new"))

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        return HttpResponseRedirect(intake_url(self._intake(request, object_id)))

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Nobody deletes a raw text: the drafts are not the only copy of what came."""
        raise PermissionDenied

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        intake = self._intake(request, object_id)
        if request.method != "GET":
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("Taken in"),
            "opts": self.opts,
            "intake": intake,
            "at": paper_time(intake.created_at, intake.publication.zone),
            "who": name_of(intake.created_by),
            "came": came_of(person_of(request), intake),
            "may_add": self.has_add_permission(request),
        }
        return render(request, "admin/articles/intake/taken_in.html", context)

    def _intake(self, request: HttpRequest, object_id: str) -> Intake:
        number = int(object_id) if object_id.isdecimal() and len(object_id) < 19 else 0
        visible = intakes_visible_to(person_of(request)).select_related("publication", "created_by")
        intake = visible.filter(pk=number).first()
        if intake is None:
            raise Http404(_("There is nothing here for you."))
        return intake


def came_of(person: Person, intake: Intake) -> list[Came]:
    """The drafts of an intake with what wants a look (three queries)."""
    articles = list(Article.objects.filter(intake=intake).defer("body", "summary").order_by("pk"))
    keys = [article.pk for article in articles]
    events = Event.objects.filter(verb=Fact.TAKEN_IN, article__in=keys)
    notes = dict(events.values_list("article", "reason"))
    mine = set(visible_to(person).filter(pk__in=keys).values_list("pk", flat=True))
    return [
        Came(
            article,
            reverse("admin:articles_article_change", args=[article.pk]) if article.pk in mine else "",
            notes.get(article.pk, "").splitlines(),
        )
        for article in articles
    ]
