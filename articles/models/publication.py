"""A paper, and who may do what in it."""

import zoneinfo

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.validators import single_line, time_zone


class Publication(models.Model):
    """A title that comes out in dated issues."""

    name = models.CharField(_("name"), max_length=60, validators=[single_line])
    slug = models.SlugField(
        _("slug"), max_length=40, unique=True, help_text=_("The first part of every address: ASCII.")
    )
    cn_number = models.CharField(
        _("CN number"), max_length=30, blank=True, validators=[single_line], help_text=_("CN 33-0000")
    )
    sponsor = models.CharField(_("sponsor"), max_length=100, blank=True, validators=[single_line])
    publisher = models.CharField(_("publisher"), max_length=100, blank=True, validators=[single_line])
    address = models.CharField(_("address"), max_length=200, blank=True, validators=[single_line])
    time_zone = models.CharField(
        _("time zone"), max_length=60, default="Asia/Shanghai", validators=[time_zone]
    )
    one_person_may_review_twice = models.BooleanField(
        _("one person may review twice"),
        default=False,
        help_text=_(
            "Lets one person take several review stages, and authors review their own stories. "
            "For very small desks; leave it off wherever three people are there."
        ),
    )

    class Printing(models.TextChoices):
        """Where the pictures of its pages come from."""

        NONE = "none", _("Web only: pages have no picture")
        MAKEUP = "makeup", _("Pages are made up here")
        PRESS = "press", _("PDF files of the press are uploaded")

    printing = models.CharField(
        _("printed pages"), max_length=8, choices=Printing.choices, default=Printing.NONE
    )
    page_format = models.ForeignKey(
        "articles.PageFormat",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page format"),
        help_text=_("Needed where pages are made up here."),
    )
    masthead = models.ForeignKey(
        "media_library.Photo",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture of the masthead"),
        help_text=_("Without one the name is set in type."),
    )

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["pk"]
        constraints = [
            # These first segments of an address belong to the product itself.
            models.CheckConstraint(
                name="publication_slug_not_reserved",
                condition=~models.Q(
                    slug__in=["admin", "static", "media", "healthz", "readyz", "preview", "api", "search"]
                ),
                violation_error_message=_("This slug is taken by the product itself. Choose another."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The zone in which this paper's dates and times are meant."""
        return zoneinfo.ZoneInfo(self.time_zone)


class Role(models.TextChoices):
    """What a membership lets a person do; `permissions.py` says what that is."""

    REPORTER = "reporter", _("Reporter")
    SECTION_EDITOR = "section_editor", _("Section editor")
    DUTY_EDITOR = "duty_editor", _("Duty editor")
    EDITOR_IN_CHIEF = "editor_in_chief", _("Editor-in-chief")
    PICTURE_EDITOR = "picture_editor", _("Picture editor")
    LAYOUT_ARTIST = "layout_artist", _("Layout artist")
    PROOFREADER = "proofreader", _("Proofreader")


class Membership(models.Model):
    """One person's role in one publication, for a time (duty rotates). Several per person are usual."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="memberships", verbose_name=_("publication")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    sections = models.ManyToManyField(
        "articles.Section", blank=True, verbose_name=_("sections"), help_text=_("None chosen: all sections.")
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("The last day on which it holds.")
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["publication", "role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "publication", "role"],
                condition=models.Q(valid_from__isnull=True),
                name="membership_without_start_once",
            ),
            models.UniqueConstraint(
                fields=["user", "publication", "role", "valid_from"], name="membership_with_start_once"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="membership_ends_after_start",
                violation_error_message=_("The membership ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_role_display()
