"""Rows whose order people set: by dragging, by the arrows, or without a script by a number.

The numbers that come back only rank the rows; what is stored is 1, 2, 3 …, so that a row put between two others
needs no thought, and two rows can change places although no two may ever have the same number.
"""

from typing import Any

from django import forms
from django.db.models import F, Max
from django.http import HttpRequest
from django.utils.functional import cached_property

from articles.admin.kept import KeptInline, KeptRows

FIELD = "position"
LAST = 32767


class OrderedRows(KeptRows):
    """Writes the rows in the order that was chosen. One row may stand on another's number while they are saved."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields[FIELD].required = False

    def clean(self) -> None:
        super().clean()
        rows = sorted(enumerate(self.staying()), key=lambda row: (_number(row[1]), row[0]))
        for place, (_index, form) in enumerate(rows, start=1):
            form.instance.position = place

    def staying(self) -> list[Any]:
        """The forms of the rows there will be, in the order in which they were sent."""
        going = set(self.deleted_forms)
        return [form for form in self.forms if form not in going and (form.instance.pk or form.has_changed())]

    def save(self, commit: bool = True) -> Any:
        kept = [form.instance for form in self.staying() if form.instance.pk]
        stored = dict(self.get_queryset().values_list("pk", FIELD))
        moved = any(stored.get(row.pk) != row.position for row in kept)
        if moved and commit:
            self._step_aside()
        saved = super().save(commit)
        if moved and commit:
            for row in kept:
                type(row)._default_manager.filter(pk=row.pk).update(position=row.position)
        return saved

    def _step_aside(self) -> None:
        """Free the numbers: the database compares each row as it is written, not all of them at the end."""
        rows = self.get_queryset()
        above = (rows.aggregate(last=Max(FIELD))["last"] or 0) + len(self.forms)
        keys = list(rows.values_list("pk", flat=True))
        rows.model._default_manager.filter(pk__in=keys).update(position=F(FIELD) + above)


def _number(form: Any) -> int:
    value = form.cleaned_data.get(FIELD) if hasattr(form, "cleaned_data") else None
    return LAST if value is None else int(value)


class OrderedInline(KeptInline):
    """`fields` must hold `position`, first. The page brings the script that makes the number a handle."""

    formset = OrderedRows
    ordered = True
    template = "admin/edit_inline/tabular.html"

    @property
    def media(self) -> forms.Media:
        return super().media + forms.Media(js=["newsroom/rows.js"])

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)

        class OrderedForm(formset.form):  # type: ignore[name-defined]
            def _get_validation_exclusions(self) -> set[str]:
                """The number is chosen for the row when all of them are known."""
                return {*super()._get_validation_exclusions(), FIELD}

            @cached_property
            def changed_data(self) -> list[str]:
                """A number alone makes no row of an empty one."""
                names: list[str] = super().changed_data
                return names if self.instance.pk else [name for name in names if name != FIELD]

        formset.form = OrderedForm
        return formset
