"""The pages of an issue as rows of its form."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import SuspiciousOperation
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.models import Issue, Page, Placement

MOST_PAGES = 120


class PageSet(BaseInlineFormSet):
    """The pages of an issue. One on which stories stand is not taken away under them."""

    def total_form_count(self) -> int:
        """A number of rows that the page could never have sent is no mistake but a forgery."""
        if self.is_bound:
            if not self.management_form.is_valid():
                raise SuspiciousOperation("pages without their number of rows")
            if not 0 <= (self.management_form.cleaned_data["TOTAL_FORMS"] or 0) <= MOST_PAGES:
                raise SuspiciousOperation("more pages than any form of ours has")
        return super().total_form_count()

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if not form.instance.pk and index is not None:
            form.initial["position"] = index + 1

    def clean(self) -> None:
        super().clean()
        going = [form.instance.pk for form in self.deleted_forms if form.instance.pk]
        held = Placement.objects.filter(page__in=going).values_list("page__code", flat=True).distinct()
        if held:
            raise forms.ValidationError(
                _("Stories stand on page %(pages)s. Take them off first, then remove the page."),
                params={"pages": ", ".join(sorted(held))},
            )


class PageInline(admin.TabularInline):
    """Who may plan the issue may plan its pages."""

    model = Page
    formset = PageSet
    fields = ["code", "position", "label", "host_code", "page_editor", "layout_artist", "proofreader"]
    extra = 0
    min_num = 0
    max_num = MOST_PAGES

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """On a phone the rows have no heads, so the empty fields say what they are for."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.widget.attrs |= {"placeholder": field.label, "aria-label": field.label}
        return field

    def get_extra(self, request: HttpRequest, obj: Issue | None = None, **kwargs: Any) -> int:
        if obj is None:
            return max(4, len(self.admin_site._registry[Issue].patterns(request)) + 1)  # type: ignore[attr-defined]
        return 1

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True
