"""Names in print: who may stand in a byline. Editors keep those of their paper, administrators all."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.admin.badges import switch_badge
from articles.admin.base import DeskModelAdmin, person_of
from articles.admin.people import name_of
from articles.models import Publication, Reporter
from articles.permissions import Person, can_keep_reporters

User = get_user_model()


@admin.register(Reporter)
class ReporterAdmin(DeskModelAdmin[Reporter]):
    """Names that may stand in a byline. One that stands in a byline is set inactive, not deleted."""

    list_display = ["name", "kind", "publication", "account", "state"]
    list_filter = ["kind", "is_active"]
    list_select_related = ["publication", "user"]
    list_title = _("Names in print")
    search_fields = ["name"]
    search_help_text = _("Part of a name")
    fields = ["publication", "name", "kind", "user", "is_active"]
    explain = _("Everybody whose name may stand over a story; stringers need no account.")
    add_label = _("Add a name")
    empty_list = _("No names yet. Add everybody whose name may stand over a story.")

    @admin.display(description=_("account"))
    def account(self, reporter: Reporter) -> str:
        return name_of(reporter.user) if reporter.user_id else ""

    @admin.display(description=_("status"), ordering="is_active")
    def state(self, reporter: Reporter) -> SafeString:
        return switch_badge(reporter.is_active)

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

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The only paper there is to choose is chosen."""
        person = person_of(request)
        papers = list(
            Publication.objects.values_list("pk", flat=True)[:2]
            if _keeps_accounts(person)
            else _papers(person)
        )
        return {"publication": papers[0]} if len(papers) == 1 else {}

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """An editor chooses among their own papers and the people who work there, never among all accounts."""
        person = person_of(request)
        if not _keeps_accounts(person):
            papers = _papers(person)
            if db_field.name == "publication":
                kwargs["queryset"] = Publication.objects.filter(pk__in=papers)
            elif db_field.name == "user":
                kwargs["queryset"] = User.objects.filter(memberships__publication__in=papers).distinct()
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None and db_field.name == "user":
            field.label_from_instance = name_of  # type: ignore[method-assign,assignment]
        return field


def _keeps_accounts(person: Person) -> bool:
    return bool(person.user.is_active and person.user.has_perm("articles.change_reporter"))


def _papers(person: Person) -> set[int]:
    return {paper for paper in person.publications if can_keep_reporters(person, paper)}
