"""The body as a model field and as a form field: whatever is written into it comes out sanitised."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

from articles.body import BodyError, BodyTooDeep, BodyTooLarge, sanitise
from articles.editor import BodyWidget

_REFUSALS = {
    BodyTooLarge.key: _(
        "The body is larger than %(limit)s KB, so nothing was saved. Your text is still in this form: shorten "
        "it or make two stories of it, then save again."
    ),
    BodyTooDeep.key: _(
        "The body has formatting more than %(limit)s layers deep, so nothing was saved. Your text is still in "
        "this form: copy it, paste it as plain text, then save again."
    ),
}


def refusal(error: BodyError) -> ValidationError:
    """What a person is told about a body that cannot be taken."""
    limit = error.limit // 1024 if isinstance(error, BodyTooLarge) else error.limit
    return ValidationError(_REFUSALS[error.key], code=error.key, params={"limit": limit})


def _sanitised(value: str) -> str:
    try:
        return sanitise(value)
    except BodyError as error:
        raise refusal(error) from error


class BodyFormField(forms.CharField):
    """A body in a form. Its cleaned value is canonical body HTML (`articles.body`); a body that is too large or
    too deep is an error, with the text kept in the form."""

    widget = BodyWidget

    def to_python(self, value: Any) -> str:
        # Here and not in clean(), so that has_changed() compares canonical with canonical: the editor writes
        # the same text with other line breaks, and that is no change of the story.
        return _sanitised(super().to_python(value) or "")


class BodyField(models.TextField):
    """A body in the database: canonical body HTML, whoever writes it and however.

    Forms and full_clean() raise ValidationError for a body that is too large or too deep; save(),
    bulk_create(), bulk_update() and update() raise BodyError and write nothing.
    """

    description = _("Body text")

    def to_python(self, value: Any) -> Any:
        return None if value is None else _sanitised(str(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Sanitise the object's own value too: after save() it holds what the database holds."""
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = sanitise(value)
            setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        """For queries that write without an object: update(body=…)."""
        return super().get_db_prep_save(sanitise(value) if isinstance(value, str) else value, connection)

    def formfield(self, **kwargs: Any) -> Any:
        # The admin asks for its own text area wherever a TextField is; a body is never edited in one.
        kwargs["widget"] = BodyWidget
        return super().formfield(**{"form_class": BodyFormField, **kwargs})
