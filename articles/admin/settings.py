"""What a paper is set up with: accounts and their seats, sections, review stages, names in print.

Administrators keep these (Django's own permissions: a superuser has them all). Content is none of their business:
that takes a seat. Names in print are kept by editors as well.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.base import DeskModelAdmin, person_of
from articles.admin.kept import KeptInline, KeptInUse
from articles.admin.people import name_of
from articles.models import Membership, Publication, Reporter, ReviewStage, Section
from articles.permissions import Person, can_keep_reporters

User = get_user_model()


class SettingsAdmin(KeptInUse):
    """Administrators' screens. Nothing is deleted in bulk; what is in use cannot be deleted at all."""

    actions = None
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        names = {item if isinstance(item, str) else item[0] for item in self.list_filter}  # type: ignore[index]
        return lookup.partition("__")[0] in names and "password" not in lookup


class SectionInline(KeptInline):
    model = Section
    fields = ["name", "position", "is_active"]
    extra = 1


class StageInline(KeptInline):
    model = ReviewStage
    fields = ["position", "name", "role"]
    extra = 0


@admin.register(Publication)
class PublicationAdmin(SettingsAdmin):
    """A paper with its sections and review stages on one screen."""

    list_display = ["name", "slug", "cn_number", "time_zone"]
    fields = [
        *("name", "slug", "cn_number", "sponsor", "publisher", "address", "time_zone"),
        "one_person_may_review_twice",
    ]
    inlines = [SectionInline, StageInline]


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
        return f"{obj.publication} · {obj}"


def _sections(db_field: Any, kwargs: dict[str, Any]) -> None:
    if db_field.name == "sections":
        kwargs["form_class"] = SectionsByPaper
        kwargs["queryset"] = Section.objects.select_related("publication")


class MembershipInline(admin.TabularInline):
    model = Membership
    form = MembershipForm
    fields = ["publication", "role", "sections", "valid_from", "valid_until"]
    extra = 1

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        _sections(db_field, kwargs)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Membership)
class MembershipAdmin(SettingsAdmin):
    """Who holds which seat, from when until when: duty rotates."""

    form = MembershipForm
    list_display = ["person", "publication", "role", "valid_from", "valid_until"]
    list_filter = ["publication", "role"]
    list_select_related = ["user", "publication"]
    fields = ["user", "publication", "role", "sections", "valid_from", "valid_until"]
    filter_horizontal = ["sections"]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        _sections(db_field, kwargs)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_("person"), ordering="user__username")
    def person(self, seat: Membership) -> str:
        return name_of(seat.user)


admin.site.unregister(Group)
admin.site.unregister(User)


@admin.register(Group)
class DeskGroupAdmin(GroupAdmin):
    actions = None


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Accounts with their seats. An account is disabled, never deleted: what it did stays signed with its name."""

    actions = None
    inlines = [MembershipInline]
    list_display = ["username", "called", "is_active", "is_superuser", "last_login"]
    list_filter = ["is_active", "is_superuser"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["last_name", "first_name", "email"]}),
        (
            _("May log in"),
            {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]},
        ),
    ]
    add_fieldsets = [
        (None, {"classes": ["wide"], "fields": ["username", "usable_password", "password1", "password2"]}),
        (_("Person"), {"fields": ["last_name", "first_name", "email", "is_staff"]}),
    ]

    @admin.display(description=_("name"))
    def called(self, user: Any) -> str:
        return name_of(user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An administrator's account is an administrator's to change, password included."""
        if obj is not None and obj.is_superuser and not _is_administrator(request):
            return False
        return super().has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who keeps accounts without being an administrator gives nobody rights; and nobody locks themselves out."""
        kept = list(super().get_readonly_fields(request, obj))
        if not _is_administrator(request):
            kept += ["is_superuser", "groups", "user_permissions"]
        elif obj is not None and obj.pk == request.user.pk:
            kept += ["is_superuser", "is_active", "is_staff"]
        return kept

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return lookup.partition("__")[0] in self.list_filter and "password" not in lookup

    def get_form(  # type: ignore[override]  # as Django has it; its stubs know one more argument
        self, request: HttpRequest, obj: Any = None, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, **kwargs)
        if obj is None and "is_staff" in form.base_fields:
            # An account that may not log in at the desk is of no use here.
            form.base_fields["is_staff"].initial = True
        return form


@admin.register(Reporter)
class ReporterAdmin(DeskModelAdmin[Reporter]):
    """Names that may stand in a byline. One that stands in a byline is set inactive, not deleted."""

    list_display = ["name", "kind", "publication", "account", "is_active"]
    list_filter = ["kind", "is_active"]
    list_select_related = ["publication", "user"]
    search_fields = ["name"]
    search_help_text = _("Part of a name")
    fields = ["publication", "name", "kind", "user", "is_active"]

    @admin.display(description=_("account"))
    def account(self, reporter: Reporter) -> str:
        return name_of(reporter.user) if reporter.user_id else ""

    def may_open(self, person: Person) -> bool:
        return _keeps_accounts(person) or bool(_papers(person))

    def may_view(self, person: Person, thing: Reporter) -> bool:
        return _keeps_accounts(person) or thing.publication_id in _papers(person)

    def may_add(self, person: Person) -> bool:
        return self.may_open(person)

    def may_change(self, person: Person, thing: Reporter) -> bool:
        return self.may_view(person, thing)

    def may_delete(self, person: Person, thing: Reporter) -> bool:
        return self.may_view(person, thing) and not thing.bylines.exists()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reporter]:
        person = person_of(request)
        names = super().get_queryset(request)
        return names if _keeps_accounts(person) else names.filter(publication__in=_papers(person))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """An editor chooses among their own papers and the people who work there, never among all accounts."""
        person = person_of(request)
        if not _keeps_accounts(person):
            papers = _papers(person)
            if db_field.name == "publication":
                kwargs["queryset"] = Publication.objects.filter(pk__in=papers)
            elif db_field.name == "user":
                kwargs["queryset"] = User.objects.filter(memberships__publication__in=papers).distinct()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def _is_administrator(request: HttpRequest) -> bool:
    return bool(request.user.is_active and request.user.is_superuser)


def _keeps_accounts(person: Person) -> bool:
    return bool(person.user.is_active and person.user.has_perm("articles.change_reporter"))


def _papers(person: Person) -> set[int]:
    return {paper for paper in person.publications if can_keep_reporters(person, paper)}
