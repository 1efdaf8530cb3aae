"""The printed page: its format, what stands on it beside stories, its proofs, and the areas of a proof.

A `PageProof` (大样) is one picture of a page with its PDF and its areas: made up by us from the placed stories, or the
press's own PDF. Proofs are kept, each with who asked for it and when; a page shows one of them (`Page.proof`), and its
sign-off is bound to that one. Public copies take over files and areas of the signed proof.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.validators import single_line
from media_library.models import Photo

MILLIMETRE = 72 / 25.4


class PageFormat(models.Model):
    """The measures of a printed page: 对开, 四开 or a paper's own. Lengths in points unless they say otherwise.

    A column is a whole number of body characters wide, so that Chinese lines fill it; every line of body text stands
    on the baseline grid of `pitch`.
    """

    name = models.CharField(_("name"), max_length=40, unique=True, validators=[single_line])
    width_mm = models.PositiveSmallIntegerField(
        _("width in mm"), validators=[MinValueValidator(100), MaxValueValidator(600)]
    )
    height_mm = models.PositiveSmallIntegerField(
        _("height in mm"), validators=[MinValueValidator(100), MaxValueValidator(900)]
    )
    columns = models.PositiveSmallIntegerField(
        _("columns"), validators=[MinValueValidator(2), MaxValueValidator(12)]
    )
    column_characters = models.PositiveSmallIntegerField(
        _("characters in a column's line"), validators=[MinValueValidator(6), MaxValueValidator(40)]
    )
    gutter = models.FloatField(
        _("space between columns in points"),
        default=10,
        validators=[MinValueValidator(4), MaxValueValidator(30)],
    )
    body_size = models.FloatField(
        _("size of body text in points"), default=9, validators=[MinValueValidator(6), MaxValueValidator(14)]
    )
    pitch = models.FloatField(
        _("distance of baselines in points"),
        default=12.6,
        validators=[MinValueValidator(7), MaxValueValidator(28)],
    )
    lines = models.PositiveSmallIntegerField(
        _("lines in a column, masthead included"), validators=[MinValueValidator(30), MaxValueValidator(200)]
    )
    masthead_lines = models.PositiveSmallIntegerField(
        _("lines of the masthead"), default=12, validators=[MinValueValidator(5), MaxValueValidator(30)]
    )

    class Meta:
        verbose_name = _("page format")
        verbose_name_plural = _("page formats")
        ordering = ["-width_mm", "name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse type that does not fit its paper, or lines that touch."""
        if self.pitch < self.body_size * 1.1:
            raise ValidationError(
                {"pitch": _("These lines would touch: give them a tenth more than the body's size.")}
            )
        width = self.columns * self.column_characters * self.body_size + (self.columns - 1) * self.gutter
        if width > (self.width_mm - 10) * MILLIMETRE:
            raise ValidationError(
                {"columns": _("These columns are wider than the page. Take fewer, or shorter lines.")}
            )
        if self.lines * self.pitch > (self.height_mm - 10) * MILLIMETRE:
            raise ValidationError({"lines": _("These lines are higher than the page. Take fewer.")})


class PageItem(models.Model):
    """An advert or a notice on a page: a box of fixed size that the make-up leaves where it belongs."""

    class Kind(models.TextChoices):
        ADVERT = "advert", _("Advert")
        NOTICE = "notice", _("Notice")

    class Corner(models.TextChoices):
        BOTTOM_RIGHT = "bottom_right", _("Bottom right")
        BOTTOM_LEFT = "bottom_left", _("Bottom left")
        TOP_RIGHT = "top_right", _("Top right")
        ANYWHERE = "", _("Anywhere")

    page = models.ForeignKey("articles.Page", models.CASCADE, related_name="items", verbose_name=_("page"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.ADVERT)
    title = models.CharField(
        _("title"),
        max_length=60,
        validators=[single_line],
        help_text=_("Named to readers who cannot see it."),
    )
    text = models.TextField(_("text"), max_length=2000, blank=True)
    photo = models.ForeignKey(
        Photo, models.PROTECT, null=True, blank=True, related_name="page_items", verbose_name=_("picture")
    )
    columns = models.PositiveSmallIntegerField(
        _("columns wide"), default=2, validators=[MinValueValidator(1)]
    )
    lines = models.PositiveSmallIntegerField(
        _("lines high"), default=20, validators=[MinValueValidator(5), MaxValueValidator(200)]
    )
    corner = models.CharField(
        _("place"), max_length=12, choices=Corner.choices, blank=True, default=Corner.BOTTOM_RIGHT
    )

    class Meta:
        verbose_name = _("advert or notice")
        verbose_name_plural = _("adverts and notices")
        ordering = ["page", "pk"]

    def __str__(self) -> str:
        return self.title


class PageProof(models.Model):
    """One proof of a page. `digest` is what stood on the page when it was asked for (`Page.content_digest`).

    `choice`: which of the best proposals it is, from 1. `layout`: how the modules lie, for the next make-up to start
    from. `report`: what was measured and found: {"blank", "timings", "problems": [{"level", "text", "article"}],
    "continues": [{"article", "from_line", "to_page"}], …}. `pdf` and the names in `images`
    ([{"format", "width", "height", "name", "bytes"}]) are in the public storage under names nobody can guess.
    """

    class Source(models.TextChoices):
        MAKEUP = "makeup", _("Made up here")
        PRESS = "press", _("PDF of the press")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        WORKING = "working", _("In work")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")

    page = models.ForeignKey("articles.Page", models.CASCADE, related_name="proofs", verbose_name=_("page"))
    number = models.PositiveIntegerField(_("number"))
    source = models.CharField(_("source"), max_length=8, choices=Source.choices)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    digest = models.CharField(max_length=64, blank=True)
    choice = models.PositiveSmallIntegerField(default=1)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked for by")
    )
    requested_at = models.DateTimeField(_("asked for at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    problem = models.TextField(_("problem"), blank=True)
    progress = models.CharField(_("progress"), max_length=40, blank=True)
    layout = models.JSONField(default=dict, blank=True)
    report = models.JSONField(default=dict, blank=True)
    width_pt = models.FloatField(default=0)
    height_pt = models.FloatField(default=0)
    pdf = models.CharField(max_length=120, blank=True)
    images = models.JSONField(default=list, blank=True)
    # The press's file as it came, in the private storage; `upload_page` counts from 0.
    upload = models.CharField(max_length=120, blank=True)
    upload_page = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField(max_length=32, blank=True, default="")
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("page proof")
        verbose_name_plural = _("page proofs")
        ordering = ["page", "-number"]
        indexes = [models.Index(fields=["state", "claimed_until"], name="proof_to_make")]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="proof_number_once_a_page"),
            models.CheckConstraint(
                condition=~models.Q(state="ready") | (~models.Q(images=[]) & ~models.Q(pdf="")),
                name="proof_is_ready_with_its_files",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page} · {self.number}"

    @property
    def problems(self) -> list[dict[str, Any]]:
        """What the make-up found: level "error" keeps the page from being signed off, "warning" does not."""
        return list(self.report.get("problems", []))

    @property
    def is_sound(self) -> bool:
        """Whether the page may be signed off with it."""
        return self.state == self.State.READY and not any(row["level"] == "error" for row in self.problems)

    def file_names(self) -> list[str]:
        """Every public file of it."""
        return [name for name in [self.pdf, *(row["name"] for row in self.images)] if name]


class HotArea(models.Model):
    """Where a story, an advert or a notice stands on a proof (热区). Only confirmed ones become public.

    `polygon`: [[x, y], …] in fractions of the page's width and height from its upper left corner, at least three
    points, not closed. `confidence`: 0 to 1 of a proposal by matching, 1 where the make-up placed it itself.
    """

    class Kind(models.TextChoices):
        STORY = "story", _("Story")
        ADVERT = "advert", _("Advert")
        NOTICE = "notice", _("Notice")

    proof = models.ForeignKey(PageProof, models.CASCADE, related_name="areas", verbose_name=_("proof"))
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.STORY)
    article = models.ForeignKey(
        Article, models.PROTECT, null=True, blank=True, related_name="areas", verbose_name=_("story")
    )
    label = models.CharField(_("label"), max_length=120, blank=True, validators=[single_line])
    polygon = models.JSONField(_("corners"))
    confidence = models.FloatField(_("confidence"), default=1)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["proof", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="story")
                | models.Q(article__isnull=False)
                | models.Q(confirmed_at__isnull=True),
                name="area_of_a_story_names_it_once_confirmed",
            ),
            models.CheckConstraint(
                condition=models.Q(confidence__gte=0) & models.Q(confidence__lte=1),
                name="area_confidence_in_range",
            ),
        ]

    def __str__(self) -> str:
        return self.label or str(self.article or self.get_kind_display())
