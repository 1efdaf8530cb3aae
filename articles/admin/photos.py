"""The photo library on the desk: uploaded, described, looked at. The library itself knows nothing of papers."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.base import DeskModelAdmin, person_of
from articles.admin.people import name_of
from articles.admin.photo_rights import can_change_photo, can_upload_photos, photos_visible_to
from articles.models import ArticlePhoto
from articles.permissions import Person, visible_to
from articles.validators import single_line
from media_library.models import Photo
from media_library.pictures import Picture, pictures_for
from media_library.uploads import store_photo

MOST_FILES = 20
WORDS = ("caption", "credit", "alt")


def _in_frame(value: float) -> None:
    # Not a number is neither below nor above anything, so it is asked this way round.
    if not 0 <= value <= 1:
        raise ValidationError(_("The focal point lies between 0 and 1."))


CHECKS: Mapping[str, Callable[[Any], None]] = {
    **dict.fromkeys(["credit", "alt", "place", "rights"], single_line),
    **dict.fromkeys(["focal_x", "focal_y"], _in_frame),
}


class PhotoWordsForm(forms.ModelForm):
    """What the library says about a photo, and where its focal point is."""

    class Meta:
        model = Photo
        fields = ["caption", "credit", "alt", "place", "taken_at", "rights", "focal_x", "focal_y"]
        widgets = {
            "caption": forms.Textarea(attrs={"rows": 3}),
            "focal_x": forms.NumberInput(attrs={"min": 0, "max": 1, "step": 0.01}),
            "focal_y": forms.NumberInput(attrs={"min": 0, "max": 1, "step": 0.01}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # For whoever may only look there are no fields at all.
        for name, check in CHECKS.items():
            if name in self.fields:
                self.fields[name].validators.append(check)
        taken = self.fields.get("taken_at")
        if taken is not None and isinstance(taken.widget, forms.MultiWidget):
            # Two boxes under one label: each says which half it wants.
            for box, half in zip(taken.widget.widgets, (_("Date"), _("Time")), strict=True):
                box.attrs["aria-label"] = f"{taken.label}: {half}"


class UploadForm(forms.Form):
    """Words for all the files of one upload; the files' own labels fill what is left empty."""

    caption = forms.CharField(
        label=gettext_lazy("caption"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    credit = forms.CharField(
        label=gettext_lazy("credit"), max_length=60, required=False, validators=[single_line]
    )
    alt = forms.CharField(
        label=gettext_lazy("description for people who cannot see it"),
        max_length=200,
        required=False,
        validators=[single_line],
    )


@admin.register(Photo)
class PhotoAdmin(DeskModelAdmin[Photo]):
    """One's own photos; for editors and picture editors all of their paper."""

    form = PhotoWordsForm
    list_display = ["thumbnail", "file", "caption_start", "credit", "size", "who", "created_at"]
    list_display_links = ["thumbnail", "file"]
    list_select_related = ["uploaded_by"]
    search_fields = ["caption", "credit", "original_filename"]
    search_help_text = gettext_lazy("Caption, credit or file name")
    add_label = gettext_lazy("Upload photos")
    empty_list = gettext_lazy("No photos yet. Upload some, or add them to a story while you write.")
    change_form_template = "admin/media_library/photo/photo.html"

    # --- who ---

    def may_open(self, person: Person) -> bool:
        return bool(person.seats)

    def may_view(self, person: Person, thing: Photo) -> bool:
        return photos_visible_to(person).filter(pk=thing.pk).exists()

    def may_add(self, person: Person) -> bool:
        return can_upload_photos(person)

    def may_change(self, person: Person, thing: Photo) -> bool:
        return can_change_photo(person, thing)

    # --- the list ---

    def get_queryset(self, request: HttpRequest) -> QuerySet[Photo]:
        return photos_visible_to(person_of(request)).order_by("-created_at", "-pk")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        response = super().changelist_view(request, extra_context)
        if isinstance(response, TemplateResponse) and response.context_data and "cl" in response.context_data:
            # One query for the pictures of the whole page of the list.
            rows = response.context_data["cl"].result_list
            pictures = pictures_for([row.pk for row in rows])
            for row in rows:
                row.picture = pictures.get(row.pk)
        return response

    @admin.display(description=gettext_lazy("photo"))
    def thumbnail(self, photo: Photo) -> str:
        picture: Picture | None = getattr(photo, "picture", None)
        if picture is None or not picture.ready:
            return format_html('<span class="desk-thumb desk-thumb-empty">{}</span>', _("in preparation"))
        return format_html(
            '<img class="desk-thumb" src="{}" srcset="{}" sizes="120px" alt="{}" loading="lazy">',
            picture.src,
            picture.srcset,
            picture.alt or str(photo),
        )

    @admin.display(description=gettext_lazy("file name"), ordering="original_filename")
    def file(self, photo: Photo) -> str:
        return _short(str(photo), 40)

    @admin.display(description=gettext_lazy("caption"))
    def caption_start(self, photo: Photo) -> str:
        return _short(photo.caption, 60)

    @admin.display(description=gettext_lazy("size"))
    def size(self, photo: Photo) -> str:
        return f"{photo.width} × {photo.height}"

    @admin.display(description=gettext_lazy("uploaded by"))
    def who(self, photo: Photo) -> str:
        return name_of(photo.uploaded_by) if photo.uploaded_by_id else ""

    # --- one photo ---

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.original_view)
        return [path("<int:pk>/original/", view, name="media_library_photo_original"), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        photo = kwargs.get("obj")
        if photo is not None:
            uses = ArticlePhoto.objects.filter(photo=photo).values("article")
            context["picture"] = pictures_for([photo.pk]).get(photo.pk)
            context["stories"] = list(visible_to(person_of(request)).filter(pk__in=uses)[:20])
        return super().render_change_form(request, context, *args, **kwargs)

    def original_view(self, request: HttpRequest, pk: int) -> FileResponse:
        """The original, as a file to keep and never as a page: only for those who may see it, and kept by nobody."""
        photo = photos_visible_to(person_of(request)).filter(pk=pk).first()
        if photo is None:
            raise Http404(_("There is no such photo for you."))
        try:
            original = photo.open_original()
        except OSError:
            raise Http404(_("The file of this photo is missing. Tell your administrator.")) from None
        ending = "." + str(photo.original.name).rpartition(".")[2]
        response = FileResponse(
            original,
            as_attachment=True,
            filename=f"{photo.pk}{ending}",
            content_type="application/octet-stream",
        )
        response["Cache-Control"] = "private, no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Upload one or several. What is refused is said file by file; the rest is kept, and so are the words."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST or None)
        problems: list[str] = []
        kept: list[Photo] = []
        if request.method == "POST" and form.is_valid():
            kept, problems = self._take_in(request, form.cleaned_data)
            if kept and not problems:
                messages.success(request, _("%(count)s photos were uploaded.") % {"count": len(kept)})
                return self._after_upload(kept)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Upload photos"),
            "opts": self.opts,
            "form": form,
            "problems": problems,
            "kept": kept,
            "most": MOST_FILES,
        }
        return render(request, "admin/media_library/photo/upload.html", context)

    def _take_in(self, request: HttpRequest, words: dict[str, str]) -> tuple[list[Photo], list[str]]:
        files = request.FILES.getlist("photo_files")
        if not files:
            return [], [_("Choose at least one file.")]
        kept, problems = [], []
        for file in files[:MOST_FILES]:
            try:
                kept.append(store_photo(file, user=request.user, **{name: words[name] for name in WORDS}))
            except ValidationError as error:
                problems.append(
                    _("“%(file)s” was not taken: %(why)s")
                    % {"file": file.name, "why": " ".join(error.messages)}
                )
        problems += [
            _("“%(file)s” was not taken: at most %(most)s files at once.")
            % {"file": file.name, "most": MOST_FILES}
            for file in files[MOST_FILES:]
        ]
        return kept, problems

    def _after_upload(self, kept: list[Photo]) -> HttpResponse:
        if len(kept) == 1:
            return HttpResponseRedirect(reverse("admin:media_library_photo_change", args=[kept[0].pk]))
        return HttpResponseRedirect(reverse("admin:media_library_photo_changelist"))


def _short(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
