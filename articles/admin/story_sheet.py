"""A story's whole form as one thing: shown from a content, or received with everything somebody typed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Self, cast

from django.core.exceptions import SuspiciousOperation, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from articles.admin.photo_rights import can_upload_photos, photos_usable_by
from articles.admin.story_forms import (
    MOST_PHOTOS,
    BylineRows,
    BylineSet,
    PhotoRows,
    PhotoSet,
    StoryForm,
    check_figures,
)
from articles.admin.verbs import add_errors, replaced
from articles.desk.content import TEXT_FIELDS
from articles.models import Article, Publication, Reporter
from articles.permissions import Person
from media_library.models import Photo
from media_library.pictures import Picture, pictures_for
from media_library.uploads import store_photo

BYLINES, PHOTOS = "bylines", "photos"
MOST_FILES = 20
SHELF = 24


@dataclass(frozen=True)
class Scope:
    """Whose form it is and what may stand in it. `lent`: photos that come with a revision being restored."""

    person: Person
    publications: Sequence[Publication]
    article: Article | None = None
    lent: frozenset[int] = frozenset()

    def reporters(self) -> QuerySet[Reporter]:
        rows = Q(is_active=True)
        if self.article is not None:
            rows |= Q(bylines__article=self.article)
        return Reporter.objects.filter(rows, publication__in=self.publications).distinct()

    def photos(self) -> QuerySet[Photo]:
        usable = Q(pk__in=photos_usable_by(self.person).values("pk")) | Q(pk__in=self.lent)
        if self.article is not None:
            usable |= Q(uses__article=self.article)
        return Photo.objects.filter(usable).distinct()


@dataclass
class Sheet:
    """Fields, byline rows, photo rows, and what of the uploads could not be taken (one sentence each).

    `quiet`: nobody has asked to save yet, so nothing is complained about.
    """

    form: StoryForm
    bylines: BylineRows
    photos: PhotoRows
    scope: Scope
    problems: list[str] = field(default_factory=list)
    quiet: bool = True

    @classmethod
    def shown(cls, scope: Scope, content: dict[str, Any]) -> Self:
        """An unbound form that shows `content` (any part of a snapshot)."""
        initial = {name: content[name] for name in (*TEXT_FIELDS, "section") if name in content}
        bylines = content.get("bylines", [])
        # As they are called now: a revision says how they were called then.
        keys = [row["reporter"] for row in bylines]
        names = dict(scope.reporters().filter(pk__in=keys).values_list("pk", "name"))
        bylines = [{**row, "who": names.get(row["reporter"], "")} for row in bylines]
        if until := content.get("embargo_until"):
            initial["embargo_until"] = parse_datetime(until)
        if scope.article is not None:
            initial["base_version"] = scope.article.version
        return cls._of(scope, None, initial, bylines, content.get("photos", []))

    @classmethod
    def received(cls, request: HttpRequest, scope: Scope, *, take_in: bool = True) -> Self:
        """What somebody sent. Photos among it are stored at once, so that they outlive a refusal of the rest."""
        data = request.POST.copy()
        problems: list[str] = []
        if take_in:
            rows, problems = _taken_in(request, scope)
            _append(data, rows)
        sheet = cls._of(scope, data, {}, [], [])
        sheet.problems = problems
        sheet.quiet = False
        return sheet

    @classmethod
    def _of(
        cls,
        scope: Scope,
        data: QueryDict | None,
        initial: dict[str, Any],
        bylines: list[dict[str, Any]],
        photos: list[dict[str, Any]],
    ) -> Self:
        # A copy: a form writes what was typed into its instance, and the page shows the story beside it.
        instance = Article() if scope.article is None else Article.objects.get(pk=scope.article.pk)
        return cls(
            form=StoryForm(data, instance=instance, initial=initial, publications=scope.publications),
            bylines=cast(
                BylineRows,
                BylineSet(
                    data, prefix=BYLINES, initial=bylines, form_kwargs={"reporters": scope.reporters()}
                ),
            ),
            photos=cast(
                PhotoRows,
                PhotoSet(data, prefix=PHOTOS, initial=photos, form_kwargs={"usable": scope.photos()}),
            ),
            scope=scope,
        )

    def is_valid(self) -> bool:
        # All three, so that every mistake is shown at once.
        whole = [each.is_valid() for each in (self.form, self.bylines, self.photos)]
        if not all(whole) or self.problems:
            return False
        try:
            check_figures(self.form.cleaned_data["body"], self.photos.content())
        except ValidationError as error:
            self.form.add_error("body", error)
            return False
        return True

    def content(self) -> dict[str, Any]:
        """The story as typed: a whole snapshot (without the reporters' names). Only of a valid sheet."""
        return {
            **self.form.content(),
            "bylines": self.bylines.content(),
            "photos": self.photos.content(),
        }

    def as_typed(self) -> dict[str, Any]:
        """A snapshot of what can be read of it, mistakes and all: for a look, never to be saved."""
        whole = self.is_valid()
        if whole:
            content = self.content()
        else:
            given = self.form.cleaned_data
            section = given.get("section")
            content = {
                **{name: given.get(name) or _line(self.form[name].value()) for name in TEXT_FIELDS},
                "kind": given.get("kind") or Article.Kind.NEWS,
                "body": given.get("body", ""),
                "section": section.pk if section else None,
                "embargo_until": None,
                "bylines": self.bylines.content_so_far(),
                "photos": self.photos.content_so_far(),
            }
        names = dict(
            Reporter.objects.filter(pk__in=[row["reporter"] for row in content["bylines"]]).values_list(
                "pk", "name"
            )
        )
        content["bylines"] = [{**row, "name": names[row["reporter"]]} for row in content["bylines"]]
        return content

    def mistakes(self) -> dict[str, list[str]]:
        """Every complaint by the name of the input it is about; "" for those about the whole."""
        found: dict[str, list[str]] = {"": list(self.problems)}
        for form in (self.form, *self.bylines.forms, *self.photos.forms):
            for name, errors in form.errors.items():
                found.setdefault("" if name == "__all__" else form.add_prefix(name), []).extend(errors)
        for rows in (self.bylines, self.photos):
            found[""] += [str(error) for error in rows.non_form_errors()]
        return {name: sentences for name, sentences in found.items() if sentences}

    def refuse(self, error: ValidationError) -> None:
        """Show what the desk found wrong."""
        add_errors(self.form, error)

    def rebase(self, version: int) -> None:
        """After a conflict: the next save is meant to go over `version`, which the person sees beside it."""
        self.form.data = replaced(self.form.data, "base_version", version)

    # --- for the page ---

    # Lines whose length is shown beside their limit.
    counted = ("kicker", "headline", "deck", "summary")

    def facts(self) -> list[Any]:
        """What the story is, before its words."""
        return self._fields("publication", "kind", "section")

    def head(self) -> list[Any]:
        return self._fields("kicker", "headline", "deck")

    def text(self) -> list[Any]:
        return self._fields("dateline", "body")

    def rest(self) -> list[Any]:
        return self._fields("summary", "embargo_until", "carries_correction", "note")

    def _fields(self, *names: str) -> list[Any]:
        return [self.form[name] for name in names if name in self.form.fields]

    def photo_rows(self) -> list[tuple[Any, Picture | None, str]]:
        """Each row's form with the picture and the file name to show beside it."""
        ids = [self._photo_of(form) for form in self.photos.forms]
        usable = {photo.pk: str(photo) for photo in self.scope.photos().filter(pk__in=filter(None, ids))}
        pictures = pictures_for(usable)
        return [
            (form, pictures.get(pk or 0), usable.get(pk or 0, ""))
            for form, pk in zip(self.photos.forms, ids, strict=True)
        ]

    def shelf(self) -> list[tuple[Photo, Picture | None]]:
        """The newest photos at hand that are not in the story yet."""
        here = {self._photo_of(form) for form in self.photos.forms}
        newest = photos_usable_by(self.scope.person).exclude(pk__in=filter(None, here))
        rows = list(newest.order_by("-created_at", "-pk")[:SHELF])
        pictures = pictures_for(row.pk for row in rows)
        return [(row, pictures.get(row.pk)) for row in rows]

    @property
    def may_upload(self) -> bool:
        return can_upload_photos(self.scope.person)

    @staticmethod
    def _photo_of(form: Any) -> int | None:
        value = str(form["photo"].value() or "")
        return int(value) if value.isdecimal() and len(value) < 19 else None


def _line(value: Any) -> str:
    return " ".join(str(value or "").split())


def _taken_in(request: HttpRequest, scope: Scope) -> tuple[list[dict[str, Any]], list[str]]:
    """Store the uploaded files and look up the picked photos; give rows for them, and a sentence for each refusal."""
    files = request.FILES.getlist("photo_files")
    if files and not can_upload_photos(scope.person):
        return [], [_("You may not upload photos. The files were not kept.")]
    rows, problems = [], []
    for file in files[:MOST_FILES]:
        try:
            rows.append(new_use(store_photo(file, user=request.user)))
        except ValidationError as error:
            problems.append(
                _("“%(file)s” was not taken: %(why)s") % {"file": file.name, "why": " ".join(error.messages)}
            )
    if len(files) > MOST_FILES:
        left = ", ".join(str(file.name) for file in files[MOST_FILES:])
        problems.append(
            _("At most %(most)s files at once; not taken: %(files)s.") % {"most": MOST_FILES, "files": left}
        )
    wanted = [int(pk) for pk in request.POST.getlist("pick")[:MOST_PHOTOS] if pk.isdecimal() and len(pk) < 19]
    picked = scope.photos().in_bulk(wanted)
    rows += [new_use(picked[pk]) for pk in wanted if pk in picked]
    if len(picked) < len(set(wanted)):
        problems.append(_("A photo you picked is not one you may use. The others were added."))
    return rows, problems


def new_use(photo: Photo) -> dict[str, Any]:
    """A new use of a photo says at first what the photo's own labels say."""
    return {
        "photo": photo.pk,
        "caption": " ".join(photo.caption.split())[:300],
        "credit": photo.credit[:60],
        "alt": photo.alt[:200],
    }


def _append(data: QueryDict, rows: Iterable[dict[str, Any]]) -> None:
    """Add rows to the photos in a received form."""
    try:
        count = int(data.get(f"{PHOTOS}-TOTAL_FORMS", ""))
    except ValueError:
        raise SuspiciousOperation("A form without its number of rows") from None
    if not 0 <= count <= MOST_PHOTOS:
        raise SuspiciousOperation("A form with too many rows")
    for row in rows:
        for name, value in row.items():
            data[f"{PHOTOS}-{count}-{name}"] = str(value)
        count += 1
    data[f"{PHOTOS}-TOTAL_FORMS"] = str(count)
    data.setlist("pick", [])
