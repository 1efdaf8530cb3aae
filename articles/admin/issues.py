"""Issues: the list, planning one with its pages, and its board."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from articles.admin.badges import issue_badge
from articles.admin.base import DeskModelAdmin, person_of, refused
from articles.admin.issue_board import ready_counts
from articles.admin.issue_calendar import counts_of_pages
from articles.admin.issue_pages import PageInline
from articles.admin.issue_screens import IssueScreens, chosen_paper, papers_planned_by
from articles.admin.issue_verbs import ISSUE_VERBS
from articles.admin.pages import board_url
from articles.admin.story_filters import ChoiceFilter
from articles.admin.times import paper_time
from articles.desk.planning import next_serial_no, patterns_of
from articles.exceptions import IllegalTransition, NotAllowed
from articles.models import Issue, PagePattern, Placement, Publication, Weekday
from articles.permissions import READ_ALL, Person, can_plan_issues, fetch_issue, issues_visible_to
from articles.states import OPEN, IssueStatus, Verb, issue_allows

# While these last, the issue and its pages may still be changed by hand.
PLANNABLE = frozenset({IssueStatus.PLANNING, IssueStatus.HELD})
# What is saved is looked at on the board; there is one button for that.
ONE_SAVE = {"show_save_and_add_another": False, "show_save_and_continue": False, "show_delete": False}


class IssueStatusFilter(ChoiceFilter):
    title = _("status")
    parameter_name = "status"
    template = "admin/filter_row.html"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return IssueStatus.choices

    def narrow(self, stories: QuerySet, value: str) -> QuerySet:
        return stories.filter(status=value)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@admin.register(Issue)
class IssueAdmin(IssueScreens, DeskModelAdmin[Issue]):
    """Who works for a paper sees its issues; who may plan, plans; all else goes through the desk's verbs."""

    verbs = ISSUE_VERBS
    inlines = [PageInline]
    list_display = ["day", "paper", "edition", "serial_no", "state", "comes_out", "page_count", "ready"]
    list_filter = [IssueStatusFilter]
    list_select_related = ["publication"]
    date_hierarchy = None
    list_per_page = 30
    add_label = _("Plan an issue")
    empty_list = _("No issues yet. Plan the first one: its day, and its pages.")
    ordering = ["-date", "edition", "-pk"]

    # --- who ---

    def may_open(self, person: Person) -> bool:
        return any(seat.role in READ_ALL for seat in person.seats)

    def may_view(self, person: Person, thing: Issue) -> bool:
        return person.has_role(READ_ALL, thing.publication_id)

    def may_add(self, person: Person) -> bool:
        return any(can_plan_issues(person, paper) for paper in person.publications)

    def may_change(self, person: Person, thing: Issue) -> bool:
        return thing.status in PLANNABLE and can_plan_issues(person, thing.publication_id)

    def may_delete(self, person: Person, thing: Issue) -> bool:
        """Only one with which nothing has happened yet: what happened stays on record."""
        return (
            thing.status == IssueStatus.PLANNING
            and can_plan_issues(person, thing.publication_id)
            and not thing.events.exists()
            and not Placement.objects.filter(page__issue=thing).exists()
        )

    # --- the list ---

    def get_queryset(self, request: HttpRequest) -> QuerySet[Issue]:
        return issues_visible_to(person_of(request), super().get_queryset(request)).select_related(
            "publication"
        )

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        listed = super().get_changelist_instance(request)
        issues = list(listed.result_list)
        counts = counts_of_pages(issues)
        ready = ready_counts([issue for issue in issues if issue.status in OPEN], request.now)  # type: ignore[attr-defined]
        for issue in issues:
            issue.shown_pages = counts.get(issue.pk, 0)
            issue.shown_ready = ready.get(issue.pk)
        listed.result_list = issues
        return listed

    @admin.display(description=_("issue"), ordering="date")
    def day(self, issue: Issue) -> str:
        return f"{issue.date:%Y-%m-%d}"

    @admin.display(description=_("publication"))
    def paper(self, issue: Issue) -> str:
        return issue.publication.name

    @admin.display(description=_("status"), ordering="status")
    def state(self, issue: Issue) -> SafeString:
        return issue_badge(issue.status)

    @admin.display(description=_("comes out"), ordering="publish_at", empty_value="")
    def comes_out(self, issue: Issue) -> str:
        return paper_time(issue.publish_at, issue.publication.zone)

    @admin.display(description=_("pages"))
    def page_count(self, issue: Any) -> int:
        return issue.shown_pages

    @admin.display(description=_("stories ready"))
    def ready(self, issue: Any) -> str:
        if issue.shown_ready is None:
            return ""
        ready, all_of_them = issue.shown_ready
        return now_("%(ready)s of %(all)s") % {"ready": ready, "all": all_of_them}

    # --- planning one ---

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/edit/", wrap(self.edit_view), name="articles_issue_edit"),
            *super().get_urls(),
        ]

    def get_fields(self, request: HttpRequest, obj: Issue | None = None) -> Any:
        return ["publication" if obj is None else "paper", "date", "edition", "serial_no"]

    def get_readonly_fields(self, request: HttpRequest, obj: Issue | None = None) -> list[str]:
        return ["paper"] if obj is not None else []

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "publication":
            kwargs["queryset"] = papers_planned_by(person_of(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "date":
            # The browser's own calendar: it works on a phone and without a script.
            kwargs["widget"] = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The day in the address, else the day after the last issue (or tomorrow), with the next number."""
        paper = chosen_paper(list(papers_planned_by(person_of(request))), request.GET.get("publication", ""))
        if paper is None:
            return {}
        last = Issue.objects.filter(publication=paper).aggregate(day=Max("date"))["day"]
        tomorrow = timezone.localdate(request.now, paper.zone) + timedelta(days=1)  # type: ignore[attr-defined]
        after = last + timedelta(days=1) if last else tomorrow
        return {
            "publication": paper.pk,
            "date": _day(request.GET.get("date", "")) or max(after, tomorrow),
            "serial_no": next_serial_no(paper),
        }

    def patterns(self, request: HttpRequest) -> list[PagePattern]:
        """The pages that the proposed day usually has."""
        if not hasattr(request, "_patterns"):
            proposed = self.get_changeform_initial_data(request)
            paper = papers_planned_by(person_of(request)).filter(pk=proposed.get("publication", 0)).first()
            request._patterns = patterns_of(paper, Weekday.of(proposed["date"])) if paper else []  # type: ignore[attr-defined]
        return request._patterns  # type: ignore[attr-defined]

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Issue, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """A new issue begins with its weekday's pages; they are only a proposal."""
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        if obj.pk is None and request.method == "GET":
            given["initial"] = [
                {"code": row.code, "label": row.label, "position": row.position}
                for row in self.patterns(request)
            ]
        return given

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not change:
            issue = form.instance
            usual = {row.code: row for row in patterns_of(issue.publication, Weekday.of(issue.date))}
            for page in issue.pages.filter(code__in=usual):
                page.sections.set(usual[page.code].sections.all())

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """While it is being changed the issue is locked, so that nobody schedules it halfway."""
        issue = super().get_object(request, object_id, from_field)
        if issue is not None and request.method == "POST" and transaction.get_connection().in_atomic_block:
            return (
                Issue.objects.select_for_update(of=("self",)).select_related("publication").get(pk=issue.pk)
            )
        return issue

    def edit_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Date, edition, number and pages."""
        issue = self._issue(request, str(pk))
        back = board_url(pk)
        if not can_plan_issues(person_of(request), issue.publication_id):
            sentence = now_("Only layout artists, the duty editor and the editor-in-chief plan issues.")
            return refused(request, NotAllowed(sentence), back=back)
        if issue.status not in PLANNABLE:
            sentence = now_(
                "The issue is “%(status)s”. Hold or unschedule it first; a page of it can be replaced."
            )
            status = IssueStatus(issue.status).label
            return refused(request, IllegalTransition(sentence % {"status": status}), back=back)
        return self.changeform_view(request, str(pk), "", {"board": back, **ONE_SAVE})

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return super().add_view(request, form_url, {**(extra_context or {}), **ONE_SAVE})

    def response_add(self, request: HttpRequest, obj: Issue, post_url_continue: Any = None) -> HttpResponse:
        super().response_add(request, obj, post_url_continue)
        return HttpResponseRedirect(board_url(obj.pk))

    def response_change(self, request: HttpRequest, obj: Issue) -> HttpResponse:
        super().response_change(request, obj)
        return HttpResponseRedirect(board_url(obj.pk))

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The track stands on the board; Django's own log of changes knows nothing of verbs."""
        return HttpResponseRedirect(board_url(self._issue(request, object_id).pk) + "#track")

    # --- verbs ---

    def verb_thing(self, request: HttpRequest, pk: int) -> Issue:
        return fetch_issue(person_of(request), pk)

    def verb_in_season(self, request: HttpRequest, verb: Verb, thing: Issue) -> bool:
        if verb == Verb.MAKE_UP and thing.publication.printing != Publication.Printing.MAKEUP:
            return False
        return issue_allows(verb, thing.status)
