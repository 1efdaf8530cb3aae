"""Names in print, and what they did for a story."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.publication import Publication
from articles.validators import single_line


class Reporter(models.Model):
    """A name that may stand in a byline. It may belong to an account, or to nobody (stringers)."""

    class Kind(models.TextChoices):
        STAFF = "staff", _("Staff reporter")
        INTERN = "intern", _("Intern")
        STRINGER = "stringer", _("Stringer")

    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="reporters", verbose_name=_("publication")
    )
    name = models.CharField(_("name"), max_length=40, validators=[single_line])
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.STAFF)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="reporters",
        verbose_name=_("account"),
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("reporter")
        verbose_name_plural = _("reporters")
        ordering = ["name", "pk"]
        constraints = [
            # Two people of one name are told apart by adding something to it, as papers do in print.
            models.UniqueConstraint(fields=["publication", "name"], name="reporter_name_once"),
            models.UniqueConstraint(
                fields=["publication", "user"],
                condition=models.Q(user__isnull=False),
                name="reporter_account_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Byline(models.Model):
    """Who did what for a story, in printed order."""

    class Role(models.TextChoices):
        TEXT = "text", _("Text")
        PHOTO = "photo", _("Photo")
        TEXT_AND_PHOTO = "text_and_photo", _("Text and photo")
        GRAPHICS = "graphics", _("Graphics")
        VIDEO = "video", _("Video")

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="bylines")
    reporter = models.ForeignKey(Reporter, models.PROTECT, related_name="bylines", verbose_name=_("reporter"))
    role = models.CharField(_("role"), max_length=15, choices=Role.choices, default=Role.TEXT)
    title = models.CharField(
        _("title"),
        max_length=20,
        blank=True,
        default="记者",
        validators=[single_line],
        help_text=_("As printed before the name: 记者, 通讯员, 实习生."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "reporter", "role"], name="byline_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.get_role_display()}"
