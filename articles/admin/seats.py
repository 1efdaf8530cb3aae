"""Who is what in which paper, from when until when: on a screen of its own, and among the facts of a person."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.choices import PlainChoices
from articles.admin.people import name_of
from articles.admin.settings import SettingsAdmin
from articles.models import Membership, Publication, Section


def _calendar() -> forms.DateInput:
    """The browser's own calendar: it works on a phone and without a script."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class MembershipForm(forms.ModelForm):
    """A seat, whose sections are the paper's own."""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        paper = given.get("publication")
        if paper is not None and any(row.publication_id != paper.pk for row in given.get("sections") or ()):
            self.add_error("sections", _("These sections are not all of this publication. Choose again."))
        return given


class SectionsByPaper(forms.ModelMultipleChoiceField):
    """Two papers may both have a 要闻; the choice says whose."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.publication} · {obj}" if self.several else str(obj)

    @property
    def several(self) -> bool:
        known: bool | None = self.__dict__.get("_several")
        if known is None:
            known = self.__dict__["_several"] = Publication.objects.count() > 1
        return known


class SeatFields(PlainChoices):
    """How the fields of a seat are asked, on its own screen and on a person's."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "sections":
            kwargs |= {
                "form_class": SectionsByPaper,
                "queryset": Section.objects.select_related("publication").filter(is_active=True),
                "widget": forms.CheckboxSelectMultiple,
            }
        elif db_field.name in ("valid_from", "valid_until"):
            kwargs["widget"] = _calendar()
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class MembershipInline(SeatFields, admin.TabularInline):
    model = Membership
    form = MembershipForm
    fields = ["publication", "role", "sections", "valid_from", "valid_until"]
    extra = 1
    verbose_name = _("role")
    verbose_name_plural = _("Roles")
    explain = _(
        "What the person may do, in which paper and until when. No section ticked: all of them; "
        "no dates: until it is taken away."
    )

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj is not None and obj.memberships.exists() else 1


@admin.register(Membership)
class MembershipAdmin(SeatFields, SettingsAdmin):
    """Who holds which seat, from when until when: duty rotates."""

    form = MembershipForm
    list_display = ["person", "publication", "role", "valid_from", "valid_until"]
    list_filter = ["publication", "role"]
    list_select_related = ["user", "publication"]
    list_title = _("Roles by date")
    explain = _("Who is what in which paper, and until when: the rota of the desk.")
    add_label = _("Give somebody a role")
    fields = ["user", "publication", "role", "sections", "valid_from", "valid_until"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The only paper there is to choose is chosen."""
        papers = list(Publication.objects.values_list("pk", flat=True)[:2])
        given: dict[str, Any] = super().get_changeform_initial_data(request)
        return {"publication": papers[0], **given} if len(papers) == 1 else given

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None and db_field.name == "user":
            field.label_from_instance = name_of  # type: ignore[method-assign,assignment]
        return field

    @admin.display(description=_("person"), ordering="user__username")
    def person(self, seat: Membership) -> str:
        return name_of(seat.user)
