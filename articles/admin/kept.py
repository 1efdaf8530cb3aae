"""Settings that are in use stay. Django would say why by listing what uses them: stories, which are none of an
administrator's business without a seat. Here they are only counted as a reason."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import router
from django.db.models import Model, ProtectedError, RestrictedError
from django.db.models.deletion import Collector
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _


def in_use(thing: Model) -> bool:
    """Whether something that must stay points at it, or at what would go with it."""
    collector = Collector(using=router.db_for_write(type(thing)), origin=thing)
    try:
        collector.collect([thing])
    except (ProtectedError, RestrictedError):
        return True
    return False


def kept_because(thing: Model) -> str:
    return _("“%(thing)s” is in use, so it was not deleted. Nothing was changed.") % {"thing": thing}


class KeptInUse(admin.ModelAdmin):
    """Mix into an admin whose things may be deleted as long as nothing stands on them."""

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        thing = self.get_object(request, object_id)
        if thing is not None and self.has_delete_permission(request, thing) and in_use(thing):
            messages.error(request, kept_because(thing))
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
            return HttpResponseRedirect(reverse(name, args=[thing.pk]))
        return super().delete_view(request, object_id, extra_context)


class KeptRows(BaseInlineFormSet):
    """Says of every row to be taken away whether it is in use."""

    def clean(self) -> None:
        super().clean()
        going = [form.instance for form in self.deleted_forms if form.instance.pk]
        reasons = [kept_because(thing) for thing in going if in_use(thing)]
        if reasons:
            raise ValidationError(reasons)


class KeptInline(admin.TabularInline):
    """Rows that may be taken away as long as nothing stands on them."""

    formset = KeptRows

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)

        class KeptForm(formset.form):  # type: ignore[name-defined]
            def hand_clean_DELETE(self) -> None:
                """Django's own hook would name what uses the row; `KeptRows` says all there is to say."""

        formset.form = KeptForm
        return formset
