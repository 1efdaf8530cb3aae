"""Choices in forms, without the little signs Django puts beside them: what is chosen is made where it belongs."""

from typing import Any

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.auth.models import Permission
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

SIGNS = ("can_add_related", "can_change_related", "can_delete_related", "can_view_related")
# What there are rights for: accounts and settings. Content takes a seat, whatever Django's table says.
SETTINGS = {
    "articles": ["membership", "pagepattern", "publication", "reporter", "reviewstage", "section"],
    "auth": ["group", "user"],
}
DEEDS = {
    "view": _("%(things)s: see"),
    "add": _("%(things)s: add"),
    "change": _("%(things)s: change"),
    "delete": _("%(things)s: delete"),
}


class PlainChoices(BaseModelAdmin):
    """Mix into an admin or an inline."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        for sign in SIGNS if field is not None else ():
            if hasattr(field.widget, sign):
                setattr(field.widget, sign, False)
        return field


class RightsField(forms.ModelMultipleChoiceField):
    """Django's rights over accounts and settings, in the desk's words."""

    def __init__(self, **kwargs: Any) -> None:
        rights = Permission.objects.none()
        for app, models in SETTINGS.items():
            rights |= Permission.objects.filter(content_type__app_label=app, content_type__model__in=models)
        ordered = rights.select_related("content_type").order_by(
            "content_type__app_label", "content_type__model", "pk"
        )
        super().__init__(**{**kwargs, "queryset": ordered, "widget": forms.CheckboxSelectMultiple})

    def label_from_instance(self, obj: Any) -> str:
        model = obj.content_type.model_class()
        things = model._meta.verbose_name_plural if model is not None else obj.content_type.model
        deed = DEEDS.get(obj.codename.partition("_")[0])
        return str(deed) % {"things": capfirst(things)} if deed else str(obj.name)


class Rights(BaseModelAdmin):
    """Mix into an admin with a field of Django's rights."""

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.remote_field.model is Permission:
            return db_field.formfield(form_class=RightsField)
        return super().formfield_for_manytomany(db_field, request, **kwargs)
