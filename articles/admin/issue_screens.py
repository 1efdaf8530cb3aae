"""The screens of issues besides Django's list and form: the board, its parts for the script, the calendar."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from articles.admin.base import person_of, refused
from articles.admin.issue_board import Board
from articles.admin.issue_calendar import month_of
from articles.admin.issue_live import board_context, board_parts
from articles.admin.pages import board_url
from articles.admin.verbs import VerbAdmin
from articles.desk.planning import plan_issue
from articles.exceptions import Refusal
from articles.models import Issue, Publication
from articles.permissions import READ_ALL, Person, can_plan_issues, fetch_issue


def papers_seen_by(person: Person) -> QuerySet[Publication]:
    keys = {seat.publication_id for seat in person.seats if seat.role in READ_ALL}
    return Publication.objects.filter(pk__in=keys)


def papers_planned_by(person: Person) -> QuerySet[Publication]:
    keys = [paper for paper in person.publications if can_plan_issues(person, paper)]
    return Publication.objects.filter(pk__in=keys)


def chosen_paper(papers: list[Publication], wanted: str) -> Publication | None:
    """The paper an address names, else the first of them."""
    return next((paper for paper in papers if str(paper.pk) == wanted), papers[0] if papers else None)


class NewIssueForm(forms.Form):
    """Which day of which paper gets an issue."""

    paper = forms.ModelChoiceField(queryset=Publication.objects.none())
    date = forms.DateField(input_formats=["%Y-%m-%d"])

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper"].queryset = papers_planned_by(person)  # type: ignore[attr-defined]


class IssueScreens(VerbAdmin[Issue]):
    """Mix into the admin of issues, before Django's own screens."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("calendar/", wrap(self.calendar_view), name="articles_issue_calendar"),
            path("new/", wrap(self.new_view), name="articles_issue_new"),
            path("<int:pk>/state/", wrap(self.state_view), name="articles_issue_state"),
            *super().get_urls(),
        ]

    # --- the board ---

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if request.method != "GET":
            raise PermissionDenied
        issue = self._issue(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            **self._board(request, issue),
            "title": f"{issue.publication.name} {issue}",
            "opts": self.opts,
        }
        with timezone.override(issue.publication.zone):
            return render(request, "admin/articles/issue/board.html", context)

    def state_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What the board's script asks every few seconds."""
        issue = self._issue(request, str(pk))
        return board_parts(request, self._board(request, issue))

    def _board(self, request: HttpRequest, issue: Issue) -> dict[str, Any]:
        person = person_of(request)
        context = board_context(request, issue, self.verb_buttons(request, issue))
        board: Board = context["board"]
        may_change = self.may_change(person, issue)  # type: ignore[attr-defined]
        # What the board knows already is not asked again.
        fresh = not board.happenings and not any(sheet.rows for sheet in board.sheets)
        may_delete = fresh and self.may_delete(person, issue)  # type: ignore[attr-defined]
        return {
            **context,
            "edit_url": reverse("admin:articles_issue_edit", args=[issue.pk]) if may_change else "",
            "delete_url": reverse("admin:articles_issue_delete", args=[issue.pk]) if may_delete else "",
        }

    def _issue(self, request: HttpRequest, object_id: str) -> Issue:
        """The issue in an address, if the person may open it; else 404."""
        number = int(object_id) if object_id.isdecimal() and len(object_id) < 19 else 0
        try:
            return fetch_issue(person_of(request), number)
        except Issue.DoesNotExist:
            raise Http404(_("There is nothing here for you.")) from None

    # --- the calendar ---

    def calendar_view(self, request: HttpRequest) -> HttpResponse:
        """A month of a paper: `?month=2031-07&paper=1`, left out: this month of the first one."""
        person = person_of(request)
        papers = list(papers_seen_by(person))
        paper = chosen_paper(papers, request.GET.get("paper", ""))
        if paper is None:
            raise PermissionDenied
        month = month_of(person, paper, request.GET.get("month", ""), request.now)  # type: ignore[attr-defined]
        context = {
            **self.admin_site.each_context(request),
            "title": now_("Calendar of issues"),
            "opts": self.opts,
            "month": month,
            "papers": papers if len(papers) > 1 else [],
            "patterns_url": reverse("admin:articles_pagepattern_changelist") if month.may_plan else "",
        }
        return render(request, "admin/articles/issue/calendar.html", context)

    def new_view(self, request: HttpRequest) -> HttpResponse:
        """POST: make the issue of a day with its weekday's pages, and go to its board."""
        calendar = reverse("admin:articles_issue_calendar")
        person = person_of(request)
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseRedirect(calendar)
        form = NewIssueForm(request.POST, person=person)
        if not form.is_valid():
            messages.error(request, now_("No issue was made: choose a day of one of your papers."))
            return HttpResponseRedirect(calendar)
        given = form.cleaned_data
        back = f"{calendar}?month={given['date']:%Y-%m}&paper={given['paper'].pk}"
        try:
            issue = plan_issue(request.user, given["paper"].pk, given["date"], now=request.now)  # type: ignore[attr-defined]
        except Refusal as refusal:
            return refused(request, refusal, back=back)
        messages.success(request, now_("The issue of %(date)s is planned.") % {"date": issue})
        return HttpResponseRedirect(board_url(issue.pk))
