"""What a printed paper is set up with: where its pages come from, their formats, its masthead."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from articles.makeup import workshop
from articles.makeup.fonts import FontsMissing
from articles.models import Publication
from media_library.uploads import store_photo


class PublicationForm(forms.ModelForm):
    """A paper; the picture of its masthead is sent with the form."""

    masthead_file = forms.FileField(
        label=_("picture of the masthead"),
        required=False,
        help_text=_(
            "Without one the name is set in type. JPEG, PNG, TIFF or WebP, wide and without a margin."
        ),
    )
    forget_masthead = forms.BooleanField(label=_("Set the name in type again"), required=False)

    class Meta:
        model = Publication
        exclude: list[str] = ["masthead"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "page_format" in self.fields:
            self.fields["page_format"].help_text = format_html(
                '{} <a href="{}">{}</a>',
                now_("Needed where pages are made up here."),
                reverse("admin:articles_pageformat_changelist"),
                now_("Look at the formats, or add one"),
            )
        if "printing" in self.fields:
            # A paper is on the web alone until somebody says otherwise.
            self.fields["printing"].required = False
        masthead = self.instance.masthead if self.instance.pk else None
        if "masthead_file" in self.fields and masthead is not None:
            there = now_("There is one: %(name)s. A new file takes its place.") % {"name": masthead}
            self.fields["masthead_file"].help_text = there
        elif "forget_masthead" in self.fields:
            self.fields["forget_masthead"].widget = forms.HiddenInput()

    def clean_printing(self) -> str:
        return self.cleaned_data.get("printing") or Publication.Printing.NONE

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        made_up = given.get("printing") == Publication.Printing.MAKEUP
        if made_up and not given.get("page_format"):
            self.add_error("page_format", _("Pages that are made up here need a format."))
        return given

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        file = self.cleaned_data.get("masthead_file")
        if file and not self.errors:
            try:
                self.instance.masthead = store_photo(file, caption=now_("Masthead"), alt=self.instance.name)
            except ValidationError as error:
                self.add_error("masthead_file", error)
        elif self.cleaned_data.get("forget_masthead"):
            self.instance.masthead = None


def printed_as(paper: Publication) -> str:
    """Where its pages come from, in a line."""
    words = paper.get_printing_display()
    if paper.printing == Publication.Printing.MAKEUP and paper.page_format is not None:
        return f"{words} · {paper.page_format}"
    return words


def printing_gaps(paper: Publication) -> list[str]:
    """What keeps its pages from being made up as it is set up now."""
    if paper.printing != Publication.Printing.MAKEUP:
        return []
    reasons = []
    if paper.page_format_id is None:
        reasons.append(now_("Its pages are made up here, but it has no page format."))
    try:
        workshop.page_fonts()
    except FontsMissing as missing:
        sentence = now_(
            "The fonts for Chinese pages are not on this machine: install %(packages)s, or run: make fonts"
        )
        reasons.append(sentence % {"packages": " ".join(missing.packages)})
    return reasons
