"""What a paper is set up with: its facts, its sections, its review stages.

Administrators keep these (Django's own permissions: a superuser has them all). Content is none of their business:
that takes a seat.
"""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from articles.admin.choices import Rights
from articles.admin.kept import KeptInUse
from articles.admin.lists import RememberedList
from articles.admin.ordered import OrderedInline, OrderedRows
from articles.admin.printing import PublicationForm, printing_gaps
from articles.admin.staffing import gaps
from articles.models import Publication, ReviewStage, Section
from articles.models.publication import Role

# The three reviews (三审), as nearly every paper has them.
USUAL_STAGES = (
    (_("First review"), Role.SECTION_EDITOR),
    (_("Second review"), Role.DUTY_EDITOR),
    (_("Final review"), Role.EDITOR_IN_CHIEF),
)


class SettingsAdmin(RememberedList, KeptInUse):
    """Administrators' screens. Nothing is deleted in bulk; what is in use cannot be deleted at all."""

    actions = None
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    empty_value_display = ""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        names = {item if isinstance(item, str) else item[0] for item in self.list_filter}  # type: ignore[index]
        return lookup.partition("__")[0] in names and "password" not in lookup


class SectionInline(OrderedInline):
    model = Section
    fields = ["position", "name", "is_active"]
    extra = 1
    explain = _(
        "What the site and the paper are divided into, in this order. "
        "One that was used is not deleted but no longer used."
    )


class StageRows(OrderedRows):
    """A desk without a single stage could hand nothing in."""

    def clean(self) -> None:
        super().clean()
        if not self.staying():
            raise ValidationError(
                _("A paper needs at least one review stage, else no story can be handed in.")
            )


class StageInline(OrderedInline):
    model = ReviewStage
    formset = StageRows
    fields = ["position", "name", "role"]
    extra = 0
    explain = _(
        "Every story passes these in this order; each is decided by somebody with its role, and nobody takes two."
    )


@admin.register(Publication)
class PublicationAdmin(SettingsAdmin):
    """A paper with its sections and review stages on one screen."""

    list_display = ["name", "slug", "cn_number", "time_zone"]
    list_title = _("Papers")
    add_label = _("Add a paper")
    form = PublicationForm
    fieldsets = [
        (
            None,
            {
                "fields": ["name", "slug", "cn_number", "sponsor", "publisher", "address"],
                "description": _("What stands in the masthead of the paper and at the foot of the site."),
            },
        ),
        (
            _("How the desk works"),
            {"fields": ["time_zone", "one_person_may_review_twice"]},
        ),
        (
            _("Print"),
            {
                "fields": ["printing", "page_format", "masthead_file", "forget_masthead"],
                "description": _(
                    "Papers on the web alone need nothing of this. Pages that are made up here want a format and, on "
                    "the machine that makes them, the fonts for Chinese pages."
                ),
            },
        ),
    ]
    inlines = [SectionInline, StageInline]

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """A new paper gets its facts first; then the usual stages are there to be changed."""
        return self.inlines if obj is not None else []

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        paper = form.instance
        if not change:
            ReviewStage.objects.bulk_create(
                ReviewStage(publication=paper, name=str(name), position=place, role=role)
                for place, (name, role) in enumerate(USUAL_STAGES, start=1)
            )
        say_gaps(request, paper)

    def response_add(
        self, request: HttpRequest, obj: Publication, post_url_continue: Any = None
    ) -> HttpResponse:
        messages.success(
            request,
            now_("“%(paper)s” is there, with the usual review stages. Now its sections, then its people.")
            % {"paper": obj},
        )
        return HttpResponseRedirect(reverse("admin:articles_publication_change", args=[obj.pk]))

    def response_change(self, request: HttpRequest, obj: Publication) -> HttpResponse:
        response = super().response_change(request, obj)
        if "_continue" in request.POST or "_addanother" in request.POST:
            return response
        return HttpResponseRedirect(reverse("admin:settings"))


def say_gaps(request: HttpRequest, paper: Publication) -> None:
    """Warn of everything that keeps the paper's desk from working as it is set up now."""
    today = timezone.localdate(request.now, paper.zone)  # type: ignore[attr-defined]
    for sentence in [*gaps(paper, today), *printing_gaps(paper)]:
        messages.warning(request, f"{paper}: {sentence}")


admin.site.unregister(Group)


@admin.register(Group)
class DeskGroupAdmin(Rights, RememberedList, GroupAdmin):  # type: ignore[misc]  # the stubs differ in a name
    """Rights that several administrators' helpers share."""

    actions = None
    filter_horizontal = ()
    explain = _(
        "Few papers need these: a set of rights over accounts and settings that several people share."
    )
    add_label = _("Add a group")
