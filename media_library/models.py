"""Photos and the public files made from them."""

from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from media_library.metadata import CAPTION_LENGTH, LINE_LENGTH


def private_storage() -> Storage:
    """Where originals lie: never served to the public."""
    return storages["private"]


class Photo(models.Model):
    """An original as it came in, with what it says and what the desk says about it. Made by `uploads.store_photo`.

    `width` and `height` are as people see it, after EXIF orientation. The fields from `rendered_as` on belong to
    `renditions` alone: a claim (`claim`, `claimed_until`) is one worker's, `rendered_as` is the fingerprint of the
    recipe its files were made by, "" while some are missing.
    """

    original = models.FileField(_("original"), storage=private_storage, max_length=120, editable=False)
    original_filename = models.CharField(_("file name"), max_length=255, blank=True, editable=False)
    format = models.CharField(_("format"), max_length=8, editable=False)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    bytes = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)

    caption = models.TextField(_("caption"), max_length=CAPTION_LENGTH, blank=True)
    credit = models.CharField(
        _("credit"), max_length=LINE_LENGTH, blank=True, help_text=_("Who took it, as printed beside it.")
    )
    alt = models.CharField(
        _("description for people who cannot see it"),
        max_length=LINE_LENGTH,
        blank=True,
        help_text=_(
            "What the photo shows, read aloud by screen readers. The caption is used when this is empty."
        ),
    )
    place = models.CharField(_("place"), max_length=LINE_LENGTH, blank=True)
    taken_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    rights = models.CharField(_("rights"), max_length=LINE_LENGTH, blank=True)
    focal_x = models.FloatField(
        _("focal point from the left"), default=0.5, help_text=_("0 is the left edge, 1 the right.")
    )
    focal_y = models.FloatField(
        _("focal point from the top"), default=0.5, help_text=_("0 is the top edge, 1 the bottom.")
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="photos",
    )
    created_at = models.DateTimeField(_("uploaded at"), default=timezone.now, editable=False)

    rendered_as = models.CharField(max_length=16, blank=True, default="", editable=False)
    rendered_at = models.DateTimeField(_("rendered at"), null=True, blank=True, editable=False)
    render_attempts = models.PositiveIntegerField(default=0, editable=False)
    render_error = models.CharField(_("rendering problem"), max_length=500, blank=True, editable=False)
    next_render_at = models.DateTimeField(null=True, blank=True, editable=False)
    claim = models.CharField(max_length=32, blank=True, default="", editable=False)
    claimed_until = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="photo_focal_x_in_frame", condition=Q(focal_x__gte=0) & Q(focal_x__lte=1)
            ),
            models.CheckConstraint(
                name="photo_focal_y_in_frame", condition=Q(focal_y__gte=0) & Q(focal_y__lte=1)
            ),
            models.CheckConstraint(name="photo_has_a_size", condition=Q(width__gte=1) & Q(height__gte=1)),
            models.UniqueConstraint(name="photo_original_is_its_own", fields=["original"]),
        ]
        indexes = [
            models.Index(name="photo_newest_first", fields=["-created_at", "-id"]),
            models.Index(name="photo_same_file", fields=["sha256"]),
            models.Index(name="photo_to_render", fields=["rendered_as", "next_render_at"]),
        ]

    def __str__(self) -> str:
        return self.original_filename or f"#{self.pk}"

    @property
    def description(self) -> str:
        """What a screen reader says: the description, else the caption."""
        return self.alt or self.caption

    def open_original(self) -> File:
        """The original's bytes; the caller closes it. Raises OSError when the file is gone."""
        return private_storage().open(str(self.original.name), "rb")


class Rendition(models.Model):
    """One public file of a photo, in the default storage under a name nobody can guess."""

    photo = models.ForeignKey(
        Photo, verbose_name=_("photo"), on_delete=models.CASCADE, related_name="renditions"
    )
    format = models.CharField(_("format"), max_length=8)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    name = models.CharField(_("file"), max_length=120)
    bytes = models.PositiveIntegerField(_("size in bytes"))

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        ordering = ["photo", "format", "width"]
        constraints = [
            models.UniqueConstraint(
                name="rendition_once_per_format_and_width", fields=["photo", "format", "width"]
            ),
            models.UniqueConstraint(name="rendition_name_is_its_own", fields=["name"]),
            models.CheckConstraint(name="rendition_has_a_size", condition=Q(width__gte=1) & Q(height__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.format} {self.width}×{self.height}"


class DiscardedFile(models.Model):
    """A file that must be gone from `due_at` on, written in the transaction that stopped using it.

    It is also a reservation: a name is written here before its file is made public, and taken out in the
    transaction that adopts it. So a kill at any moment leaves no public file that nobody knows of.
    """

    PUBLIC, PRIVATE = "default", "private"

    storage = models.CharField(max_length=16, choices=[(PUBLIC, _("public")), (PRIVATE, _("private"))])
    name = models.CharField(_("file"), max_length=120)
    due_at = models.DateTimeField(_("due at"))

    class Meta:
        verbose_name = _("discarded file")
        verbose_name_plural = _("discarded files")
        ordering = ["due_at"]
        constraints = [
            models.UniqueConstraint(name="discarded_file_once", fields=["storage", "name"]),
        ]
        indexes = [models.Index(name="discarded_file_due", fields=["due_at"])]

    def __str__(self) -> str:
        return self.name

    def files(self) -> Any:
        """The storage the file lies in."""
        return storages[self.storage]
