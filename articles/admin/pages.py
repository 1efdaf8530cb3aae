"""Pages of issues: they have no screens of their own but those of their verbs; all else is on the issue's board."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from articles.admin.base import DeskModelAdmin, person_of
from articles.admin.issue_verbs import PAGE_VERBS
from articles.admin.proof_forms import PROOF_VERBS
from articles.admin.proof_screens import ProofScreens, makeup_url
from articles.models import Page
from articles.permissions import Person, can_plan_issues, issues_visible_to
from articles.states import IssueStatus, Verb, issue_allows


def board_url(issue_id: int, page_id: int | None = None) -> str:
    """The issue's board, at a page of it."""
    address = reverse("admin:articles_issue_change", args=[issue_id])
    return f"{address}#page-{page_id}" if page_id is not None else address


@admin.register(Page)
class PageAdmin(ProofScreens, DeskModelAdmin[Page]):
    """Places, takes off, signs off, replaces."""

    verbs = {**PAGE_VERBS, **PROOF_VERBS}

    def may_open(self, person: Person) -> bool:
        return issues_visible_to(person).exists()

    def may_delete(self, person: Person, thing: Page) -> bool:
        """Together with its issue, where that may go."""
        return (
            thing.issue.status == IssueStatus.PLANNING
            and can_plan_issues(person, thing.issue.publication_id)
            and not thing.placements.exists()
        )

    def get_urls(self) -> list[URLPattern]:
        """The verbs, and two addresses that the admin links to; a page is planned with its issue."""
        wrap = self.admin_site.admin_view
        return [
            *super().get_urls(),
            path("", wrap(self.changelist_view), name="articles_page_changelist"),
            path("<path:object_id>/change/", wrap(self.change_view), name="articles_page_change"),
            path("<int:pk>/verb/<str:verb>/", wrap(self.verb_view), name="articles_page_verb"),
        ]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:articles_issue_changelist"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        page = self.get_object(request, object_id)
        if page is None or not issues_visible_to(person_of(request)).filter(pk=page.issue_id).exists():
            self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return HttpResponseRedirect(board_url(page.issue_id, page.pk))

    def verb_thing(self, request: HttpRequest, pk: int) -> Page:
        visible = issues_visible_to(person_of(request))
        return Page.objects.select_related("issue__publication").get(pk=pk, issue__in=visible)

    def verb_in_season(self, request: HttpRequest, verb: Verb, thing: Page) -> bool:
        return issue_allows(verb, thing.issue.status)

    def verb_back(self, request: HttpRequest, thing: Page) -> str:
        """To the screen it was done on: the page's make-up or the issue's board."""
        match = request.resolver_match
        verb = match.kwargs.get("verb") if match is not None else ""
        if verb in set(PROOF_VERBS) or request.POST.get("from") == "makeup":
            return makeup_url(thing.pk)
        return board_url(thing.issue_id, thing.pk)
