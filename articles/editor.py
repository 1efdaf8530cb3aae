"""The body editor. This is the one place that names CKEditor's widget: another editor is put in here.

Its configuration is CKEDITOR_CONFIGS["body"]; the scripts beside it are under static/newsroom/. The editor is
never the guard: `articles.fields.BodyField` is.
"""

from typing import Any

from ckeditor.widgets import CKEditorWidget
from django import forms
from django.http import HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from articles.body import BodyError, sanitise


def allow_editor(response: HttpResponse) -> HttpResponse:
    """Mark a page that holds the editor, so that its content security policy lets it set style attributes."""
    response.holds_editor = True  # type: ignore[attr-defined]
    return response


class BodyWidget(CKEditorWidget):
    """CKEditor for a body, in the language of the desk, without any inline script."""

    config: dict[str, Any]

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(config_name="body", attrs=attrs)

    @property
    def media(self) -> forms.Media:
        # Each list begins with a file of django-ckeditor's: merged media keep the order inside a list only, and
        # ours must come after its own, before any editor is made (which waits for the whole page).
        own = forms.Media(
            css={"all": ["ckeditor/ckeditor.css", "newsroom/editor.css"]},
            js=["ckeditor/fixups.js", "newsroom/ckeditor-csp.js", "newsroom/ckeditor-body.js"],
        )
        return super().media + own

    def use_required_attribute(self, initial: Any) -> bool:
        """Never: the browser cannot show its "fill in this field" on a text area that the editor hides, and
        would refuse to send the form without a word."""
        return False

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """The editor with the text as it would be stored. A text that is refused as a whole stands in a plain
        text area instead, where it can be read and copied: an editor would choke on it."""
        try:
            value = sanitise(value or "")
        except BodyError:
            plain = forms.Textarea(attrs={"class": "refused-body", "rows": 20, **self.attrs})
            return plain.render(name, value, attrs, renderer)
        return super().render(name, value, attrs, renderer)

    def _set_config(self) -> None:
        # Not django-ckeditor's own: that one fails when no language is active, and changes a dictionary that
        # requests in other threads share.
        chinese = (get_language() or "").lower().startswith("zh")
        self.config = {**self.config, "language": "zh-cn" if chinese else "en"}
