"""The form of a story: its fields, its bylines, its photos. What comes out is content for the desk's verbs; nothing
here writes a row."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.db.models import Q, QuerySet
from django.forms.formsets import DELETION_FIELD_NAME, ORDERING_FIELD_NAME
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.times import PaperTimeField
from articles.body import photo_ids
from articles.desk.content import TEXT_FIELDS
from articles.intake.drafts import compact
from articles.models import Article, ArticlePhoto, Byline, Publication, Reporter, Section
from media_library.models import Photo

MOST_BYLINES = 40
MOST_PHOTOS = 40


class OneLine(forms.CharField):
    """Text that may be typed over several lines and is printed in one: a line break is a space."""

    def to_python(self, value: Any) -> str:
        return " ".join(str(super().to_python(value) or "").split())


# Shown whole however narrow the screen is; what Enter does there is static/newsroom/story/lines.js.
_LINES = ("kicker", "headline", "deck")


def line_area() -> forms.Textarea:
    """A control for one line of text that grows with it."""
    return forms.Textarea(attrs={"rows": 1, "class": "desk-line", "data-line": "", "enterkeyhint": "next"})


class StoryForm(forms.ModelForm):
    """A story's own fields. `base_version` says which version was on the screen while somebody wrote."""

    base_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    publication = forms.ModelChoiceField(Publication.objects.none(), label=_("publication"), required=False)
    carries_correction = forms.BooleanField(label=_("This text now carries the correction"), required=False)
    note = forms.CharField(
        label=_("note"),
        max_length=200,
        required=False,
        help_text=_("What you changed, for those who read the track."),
    )

    class Meta:
        model = Article
        fields = [
            "kind", "section", "kicker", "headline", "deck", "dateline", "body", "summary", "embargo_until",
        ]  # fmt: skip
        widgets = {"summary": forms.Textarea(attrs={"rows": 3}), **{name: line_area() for name in _LINES}}
        field_classes = {"embargo_until": PaperTimeField, **dict.fromkeys(_LINES, OneLine)}

    def __init__(self, *args: Any, publications: Sequence[Publication], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.publications = list(publications)
        first = self.publications[0]
        self.fields["embargo_until"].zone = first.zone  # type: ignore[attr-defined]
        choice = self.fields["publication"]
        choice.queryset = Publication.objects.filter(pk__in=[paper.pk for paper in self.publications])  # type: ignore[attr-defined]
        if len(self.publications) == 1:
            del self.fields["publication"]
        else:
            choice.required = True
        if not (self.instance.pk and self.instance.missing_correction_id):
            del self.fields["carries_correction"]
        if not self.instance.pk:
            del self.fields["note"], self.fields["base_version"]
        self._offer_sections()
        for field in self.fields.values():
            if isinstance(field.widget, forms.TextInput):
                field.widget.attrs["class"] = "desk-line"

    def _offer_sections(self) -> None:
        field = self.fields["section"]
        field.queryset = Section.objects.filter(  # type: ignore[attr-defined]
            Q(is_active=True) | Q(pk=self.instance.section_id), publication__in=self.publications
        ).select_related("publication")
        if len(self.publications) > 1:
            field.label_from_instance = lambda row: f"{row.publication.name} · {row.name}"  # type: ignore[attr-defined]

    @property
    def paper(self) -> Publication:
        """The publication the story is (to be) filed for."""
        return self.publications[0] if len(self.publications) == 1 else self.cleaned_data["publication"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        section, paper = given.get("section"), given.get("publication")
        if section is not None and paper is not None and section.publication_id != paper.pk:
            self.add_error("section", _("This section belongs to another publication."))
        return given

    def content(self) -> dict[str, Any]:
        """The fields of a snapshot but bylines and photos."""
        given = self.cleaned_data
        until = given["embargo_until"]
        return {
            **{name: given[name] for name in TEXT_FIELDS},
            "section": given["section"].pk if given["section"] else None,
            "embargo_until": until.isoformat() if until else None,
        }


class Rows(forms.BaseFormSet):
    """Rows that are all alike: none belongs to a row of the database, so there is no key to forge. One left empty is
    no row. A number of rows that the page could never have sent is no mistake but a forgery."""

    twice: Any = ""

    def initial_form_count(self) -> int:
        return 0 if self.is_bound else super().initial_form_count()

    def total_form_count(self) -> int:
        if self.is_bound:
            # A negative or huge count, or none at all: only a forged form has it.
            if not self.management_form.is_valid():
                raise SuspiciousOperation("A form without its number of rows")
            count = self.management_form.cleaned_data["TOTAL_FORMS"] or 0
            if not 0 <= count <= (self.absolute_max or 0):
                raise SuspiciousOperation("A form with an impossible number of rows")
        return super().total_form_count()

    def clean(self) -> None:
        if not self.is_valid():
            return
        seen = set()
        for form in self.ordered_forms:
            key = self.key(form.cleaned_data)
            if key in seen:
                raise ValidationError(self.twice)
            seen.add(key)

    def key(self, row: dict[str, Any]) -> Any:
        raise NotImplementedError

    def rows(self) -> list[dict[str, Any]]:
        """What was given, in order, without what was taken out."""
        return [form.cleaned_data for form in self.ordered_forms]

    def rows_so_far(self) -> list[dict[str, Any]]:
        """The rows without a mistake in them, though others may have one."""
        rows = [form.cleaned_data for form in self.forms if form.is_valid() and form.has_changed()]
        staying = [row for row in rows if not row.get("DELETE")]
        return sorted(staying, key=lambda row: row["ORDER"] if row.get("ORDER") is not None else len(rows))


class Row(forms.Form):
    """One row. Only its place among the others makes it no row that somebody filled in."""

    def has_changed(self) -> bool:
        return any(name not in (ORDERING_FIELD_NAME, DELETION_FIELD_NAME) for name in self.changed_data)


class BylineForm(Row):
    """Who did what."""

    # The name as typed counts; the key says which of the list was chosen, and spares looking it up.
    reporter = forms.ModelChoiceField(
        Reporter.objects.none(),
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("This name is not on your paper's list. Choose another.")},
    )
    who = forms.CharField(label=_("reporter"), required=False, max_length=40)
    role = forms.ChoiceField(label=_("role"), choices=Byline.Role.choices, initial=Byline.Role.TEXT)
    title = Byline._meta.get_field("title").formfield(label=_("title"), help_text="")

    def __init__(self, *args: Any, reporters: QuerySet[Reporter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reporter"].queryset = reporters  # type: ignore[attr-defined]
        self.fields["who"].widget.attrs.update({"autocomplete": "off", "data-who": ""})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if "reporter" in self.errors or "who" in self.errors:
            return given
        chosen, typed = given.get("reporter"), compact(given.get("who", ""))
        if typed and (chosen is None or compact(chosen.name) != typed):
            listed = self.fields["reporter"].queryset  # type: ignore[attr-defined]
            chosen = listed.filter(name=typed).order_by("pk").first()
            if chosen is None:
                self.add_error(
                    "who", gettext("“%(name)s” is not on the list of names.") % {"name": given["who"]}
                )
        elif chosen is None:
            self.add_error("who", gettext("Whose name shall it be? Type it, or take the row out."))
        given["reporter"] = chosen
        return given


class BylineRows(Rows):
    twice = _("One name stands twice in the byline with the same role. Take one of them out.")

    def key(self, row: dict[str, Any]) -> Any:
        return row["reporter"].pk, row["role"]

    def content(self) -> list[dict[str, Any]]:
        return [_byline(row) for row in self.rows()]

    def content_so_far(self) -> list[dict[str, Any]]:
        return [_byline(row) for row in self.rows_so_far()]


def _byline(row: dict[str, Any]) -> dict[str, Any]:
    return {"reporter": row["reporter"].pk, "role": row["role"], "title": row["title"]}


class PhotoForm(Row):
    """One use of a photo."""

    photo = forms.ModelChoiceField(
        Photo.objects.none(),
        label=_("photo"),
        widget=forms.HiddenInput,
        error_messages={
            "invalid_choice": _("This photo is not one you may use here. Take it out or choose another.")
        },
    )
    caption = ArticlePhoto._meta.get_field("caption").formfield(
        form_class=OneLine, widget=forms.Textarea(attrs={"rows": 2})
    )
    credit = ArticlePhoto._meta.get_field("credit").formfield()
    alt = ArticlePhoto._meta.get_field("alt").formfield()

    def __init__(self, *args: Any, usable: QuerySet[Photo], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photo"].queryset = usable  # type: ignore[attr-defined]


class PhotoRows(Rows):
    twice = _("One photo stands twice in this story. Take one of them out.")

    def key(self, row: dict[str, Any]) -> Any:
        return row["photo"].pk

    def content(self) -> list[dict[str, Any]]:
        return [_photo(row) for row in self.rows()]

    def content_so_far(self) -> list[dict[str, Any]]:
        return [_photo(row) for row in self.rows_so_far()]


def _photo(row: dict[str, Any]) -> dict[str, Any]:
    return {"photo": row["photo"].pk, **{name: row[name] for name in ("caption", "credit", "alt")}}


BylineSet = forms.formset_factory(
    BylineForm, formset=BylineRows, extra=0, can_order=True, can_delete=True, max_num=MOST_BYLINES,
    absolute_max=MOST_BYLINES, validate_max=True,
)  # fmt: skip
PhotoSet = forms.formset_factory(
    PhotoForm, formset=PhotoRows, extra=0, can_order=True, can_delete=True, max_num=MOST_PHOTOS,
    absolute_max=MOST_PHOTOS + 60, validate_max=True,
)  # fmt: skip


def check_figures(body: str, photos: list[dict[str, Any]]) -> None:
    """Refuse a body that shows a photo which is not one of the story's own: nobody looked whether it may be used."""
    strangers = set(photo_ids(body)) - {row["photo"] for row in photos}
    if strangers:
        raise ValidationError(
            gettext(
                "The body shows photo %(photos)s, which is not among the story's photos. Add it below first."
            )
            % {"photos": ", ".join(map(str, sorted(strangers)))}
        )
