"""The working copy of a story and every revision of it."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.fields import BodyField
from articles.models.publication import Publication
from articles.models.review import ReviewStage
from articles.models.section import Section
from articles.querysets import ArticleQuerySet
from articles.states import Status
from articles.validators import page_code, single_line


class Intake(models.Model):
    """Raw text somebody took in, kept as it came: no draft made from it is the only copy."""

    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="intakes", verbose_name=_("publication")
    )
    text = models.TextField(_("raw text"))
    fingerprint = models.CharField(max_length=64, db_index=True, editable=False)
    issue_date = models.DateField(_("issue date"), null=True, blank=True)
    page_code = models.CharField(_("page"), max_length=6, blank=True, validators=[page_code])
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="intakes"
    )
    created_at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("intake")
        verbose_name_plural = _("intakes")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.issue_date or ''} {self.page_code}".strip() or str(self.pk)


class Article(models.Model):
    """A story as the desk works on it. The public never reads this table.

    `version` is the number of the revision that the working copy is; a save must name the version it was based on.
    """

    class Kind(models.TextChoices):
        NEWS = "news", _("News")
        PHOTO = "photo", _("Photo story")
        FEATURE = "feature", _("Feature")
        BRIEF = "brief", _("Brief")
        WIRE = "wire", _("Wire")

    publication = models.ForeignKey(
        Publication, models.PROTECT, related_name="articles", verbose_name=_("publication")
    )
    section = models.ForeignKey(
        Section,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("section"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.NEWS)
    kicker = models.CharField(_("kicker"), max_length=120, blank=True, validators=[single_line])
    headline = models.CharField(_("headline"), max_length=120, validators=[single_line])
    deck = models.CharField(_("deck"), max_length=200, blank=True, validators=[single_line])
    summary = models.TextField(_("summary"), max_length=500, blank=True)
    dateline = models.CharField(_("dateline"), max_length=60, blank=True, validators=[single_line])
    body = BodyField(_("body"), blank=True)
    embargo_until = models.DateTimeField(
        _("embargo until"), null=True, blank=True, help_text=_("Not public before this time, whoever asks.")
    )

    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False
    )
    stage = models.ForeignKey(
        ReviewStage,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="articles",
        verbose_name=_("stage"),
    )
    review_round = models.PositiveIntegerField(default=0, editable=False)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, editable=False)
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)

    missing_correction = models.ForeignKey(
        "articles.Correction",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="missing_from",
        verbose_name=_("lacks the correction"),
    )
    owes_review = models.BooleanField(_("must be reviewed afterwards"), default=False, editable=False)

    intake = models.ForeignKey(
        Intake, models.SET_NULL, null=True, blank=True, editable=False, related_name="articles"
    )
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="articles",
        verbose_name=_("author"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("edited by"),
    )
    updated_at = models.DateTimeField(_("edited at"), auto_now=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ["-updated_at", "-pk"]
        indexes = [
            models.Index(fields=["publication", "-updated_at", "-id"], name="article_by_publication"),
            models.Index(fields=["-updated_at", "-id"], name="article_recent"),
            models.Index(fields=["status", "stage", "submitted_at"], name="article_waiting"),
            models.Index(fields=["created_by", "-updated_at"], name="article_mine"),
            models.Index(
                fields=["publication", "fingerprint"],
                condition=~models.Q(fingerprint=""),
                name="article_fingerprint",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values), name="article_status_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(status=Status.REVIEW, stage__isnull=False)
                | (~models.Q(status=Status.REVIEW) & models.Q(stage__isnull=True)),
                name="article_has_a_stage_only_in_review",
            ),
            models.CheckConstraint(condition=~models.Q(headline=""), name="article_has_a_headline"),
        ]

    def __str__(self) -> str:
        return self.headline


class ArticlePhoto(models.Model):
    """A photo as one story uses it: caption and credit can differ per use."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="photos")
    photo = models.ForeignKey(
        "media_library.Photo", models.PROTECT, related_name="uses", verbose_name=_("photo")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    caption = models.CharField(_("caption"), max_length=300, blank=True, validators=[single_line])
    credit = models.CharField(_("credit"), max_length=60, blank=True, validators=[single_line])
    alt = models.CharField(
        _("description for those who cannot see it"), max_length=200, blank=True, validators=[single_line]
    )

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "photo"], name="article_photo_once"),
        ]

    def __str__(self) -> str:
        return self.caption or str(self.pk)


class Revision(models.Model):
    """A full snapshot of a story, written by every save and never changed afterwards.

    `snapshot` has the keys of `articles.desk.content.snapshot`. Kinds: `saved` became the working copy;
    `correction` became the live copy while the working copy had moved on; `refused` is what somebody typed while
    somebody else saved first.
    """

    class Kind(models.TextChoices):
        SAVED = "saved", _("Saved")
        CORRECTION = "correction", _("Correction")
        REFUSED = "refused", _("Refused, kept")

    article = models.ForeignKey(Article, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.SAVED)
    snapshot = models.JSONField(encoder=DjangoJSONEncoder)
    note = models.CharField(_("note"), max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="revisions", verbose_name=_("by")
    )
    created_at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_number_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.number}"
