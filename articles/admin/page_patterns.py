"""The pages of each weekday: one screen for the week, one for a day, and copying a day to others."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, SuspiciousOperation, ValidationError
from django.forms.formsets import BaseFormSet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from articles.admin.base import DeskModelAdmin, person_of
from articles.admin.issue_screens import chosen_paper
from articles.desk.planning import MOST_PAGES, PlannedPage, copy_pattern, keep_pattern
from articles.models import PagePattern, Publication, Section, Weekday
from articles.permissions import Person, can_keep_patterns
from articles.validators import page_code, single_line


class PatternForm(forms.Form):
    """One page of a weekday."""

    code = forms.CharField(label=_("code"), max_length=6, validators=[page_code])
    label = forms.CharField(label=_("label"), max_length=30, required=False, validators=[single_line])
    sections = forms.TypedMultipleChoiceField(
        label=_("sections"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, sections: list[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = set(self.initial.get("sections", ()))
        self.fields["sections"].choices = [  # type: ignore[attr-defined]
            (section.pk, section.name) for section in sections if section.is_active or section.pk in kept
        ]

    def has_changed(self) -> bool:
        """A new row that only got its number from the script is still an empty one."""
        return any(name != "ORDER" for name in self.changed_data)


class PatternRows(BaseFormSet):
    """The pages of a weekday, in the order that their numbers say."""

    def total_form_count(self) -> int:
        """A number of rows that the screen could never have sent is a forgery."""
        if self.is_bound:
            if not self.management_form.is_valid():
                raise SuspiciousOperation("pages without their number of rows")
            if not 0 <= (self.management_form.cleaned_data["TOTAL_FORMS"] or 0) <= MOST_PAGES:
                raise SuspiciousOperation("more pages than any form of ours has")
        return super().total_form_count()

    def clean(self) -> None:
        if any(self.errors):
            return
        codes = [page.code for page in self.pages()]
        if len(set(codes)) < len(codes):
            raise ValidationError(_("Two pages have the same code. Each page needs its own."))

    def pages(self) -> list[PlannedPage]:
        """What was typed, without the rows taken out and the empty ones."""
        rows = [form.cleaned_data for form in self.forms if getattr(form, "cleaned_data", None)]
        kept = [row for row in rows if row.get("code") and not row.get("DELETE")]
        kept.sort(key=lambda row: (row.get("ORDER") is None, row.get("ORDER") or 0))
        return [PlannedPage(row["code"], row["label"], row["sections"]) for row in kept]


PatternFormSet = forms.formset_factory(
    PatternForm,
    formset=PatternRows,
    extra=1,
    can_order=True,
    can_delete=True,
    max_num=MOST_PAGES,
    absolute_max=MOST_PAGES,
)


class CopyForm(forms.Form):
    """To which weekdays."""

    to = forms.TypedMultipleChoiceField(coerce=int, choices=Weekday.choices)


@dataclass(frozen=True)
class Day:
    """One weekday with its pages."""

    weekday: Weekday
    pages: list[PagePattern]
    url: str
    copy_url: str


@admin.register(PagePattern)
class PagePatternAdmin(DeskModelAdmin[PagePattern]):
    """Kept by those who plan issues, and by administrators."""

    def may_open(self, person: Person) -> bool:
        return self._papers(person) != []

    def _papers(self, person: Person) -> list[Publication]:
        if person.user.is_active and person.user.has_perm("articles.change_pagepattern"):
            return list(Publication.objects.all())
        keys = [paper for paper in person.publications if can_keep_patterns(person, paper)]
        return list(Publication.objects.filter(pk__in=keys)) if keys else []

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.changelist_view), name="articles_pagepattern_changelist"),
            path("<int:paper>/<int:weekday>/", wrap(self.day_view), name="articles_pagepattern_day"),
            path("<int:paper>/<int:weekday>/copy/", wrap(self.copy_view), name="articles_pagepattern_copy"),
        ]

    # --- the week ---

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        papers = self._papers(person_of(request))
        paper = chosen_paper(papers, request.GET.get("paper", ""))
        if paper is None:
            raise PermissionDenied
        rows = list(PagePattern.objects.filter(publication=paper).prefetch_related("sections"))
        days = [
            Day(
                weekday=weekday,
                pages=[row for row in rows if row.weekday == weekday],
                url=self._url("day", paper, weekday),
                copy_url=self._url("copy", paper, weekday),
            )
            for weekday in Weekday
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": now_("Pages of the week"),
            "opts": self.opts,
            "paper": paper,
            "papers": papers if len(papers) > 1 else [],
            "days": days,
        }
        return render(request, "admin/articles/pagepattern/week.html", context)

    # --- a day ---

    def day_view(self, request: HttpRequest, paper: int, weekday: int) -> HttpResponse:
        publication, day = self._place(request, paper, weekday)
        sections = list(Section.objects.filter(publication=publication))
        given: dict[str, Any] = {"form_kwargs": {"sections": sections}, "prefix": "pages"}
        if request.method == "POST":
            formset = PatternFormSet(request.POST, **given)
            if formset.is_valid():
                keep_pattern(request.user, publication.pk, day, formset.pages(), now=request.now)  # type: ignore[attr-defined]
                done = now_("%(weekday)s: saved. The next new issue of that day has these pages.")
                messages.success(request, done % {"weekday": day.label})
                return HttpResponseRedirect(self._week(publication))
        else:
            formset = PatternFormSet(initial=self._rows(publication, day), **given)
        context = {
            **self.admin_site.each_context(request),
            "title": now_("Pages of %(weekday)s") % {"weekday": day.label},
            "opts": self.opts,
            "paper": publication,
            "formset": formset,
            "back": self._week(publication),
        }
        return render(request, "admin/articles/pagepattern/day.html", context)

    @staticmethod
    def _rows(publication: Publication, day: Weekday) -> list[dict[str, Any]]:
        rows = PagePattern.objects.filter(publication=publication, weekday=day)
        return [
            {"code": row.code, "label": row.label, "sections": [section.pk for section in row.sections.all()]}
            for row in rows.prefetch_related("sections")
        ]

    # --- copying ---

    def copy_view(self, request: HttpRequest, paper: int, weekday: int) -> HttpResponse:
        """POST: give the chosen weekdays the pages of this one."""
        publication, day = self._place(request, paper, weekday)
        if request.method != "POST":
            return HttpResponseRedirect(self._week(publication))
        form = CopyForm(request.POST)
        if not form.is_valid():
            messages.error(request, now_("Nothing was copied: choose the weekdays to copy to."))
            return HttpResponseRedirect(self._week(publication))
        to = form.cleaned_data["to"]
        copy_pattern(request.user, publication.pk, day, to, now=request.now)  # type: ignore[attr-defined]
        names = ", ".join(str(Weekday(other).label) for other in sorted(set(to) - {day}))
        messages.success(
            request, now_("Copied from %(weekday)s to: %(others)s.") % {"weekday": day.label, "others": names}
        )
        return HttpResponseRedirect(self._week(publication))

    # --- where ---

    def _place(self, request: HttpRequest, paper: int, weekday: int) -> tuple[Publication, Weekday]:
        for publication in self._papers(person_of(request)):
            if publication.pk == paper and weekday in Weekday.values:
                return publication, Weekday(weekday)
        raise Http404(_("There is nothing here for you."))

    def _url(self, name: str, paper: Publication, weekday: int) -> str:
        return reverse(f"admin:articles_pagepattern_{name}", args=[paper.pk, weekday])

    def _week(self, paper: Publication) -> str:
        return f"{reverse('admin:articles_pagepattern_changelist')}?paper={paper.pk}"
