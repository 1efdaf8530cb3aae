"""Issues, their pages, and the stories' places on them."""

import hashlib
import json

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.publication import Publication
from articles.models.section import Section
from articles.querysets import IssueQuerySet
from articles.states import IssueStatus
from articles.validators import page_code, single_line


class Issue(models.Model):
    """One dated edition of a publication."""

    class Edition(models.TextChoices):
        MAIN = "main", _("Main edition")
        EXTRA = "extra", _("Extra")
        SUPPLEMENT = "supplement", _("Supplement")

    publication = models.ForeignKey(
        Publication, models.PROTECT, related_name="issues", verbose_name=_("publication")
    )
    date = models.DateField(_("date"))
    edition = models.CharField(_("edition"), max_length=12, choices=Edition.choices, default=Edition.MAIN)
    serial_no = models.PositiveIntegerField(
        _("serial number"), null=True, blank=True, help_text=_("Counts all issues since the first one.")
    )
    status = models.CharField(
        _("status"), max_length=10, choices=IssueStatus.choices, default=IssueStatus.PLANNING, editable=False
    )
    publish_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        ordering = ["-date", "edition", "-pk"]
        indexes = [models.Index(fields=["status", "publish_at"], name="issue_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "date", "edition"],
                name="issue_once_a_day_and_edition",
                violation_error_message=_("This day already has an issue of this edition."),
            ),
            models.UniqueConstraint(
                fields=["publication", "serial_no"],
                condition=models.Q(serial_no__isnull=False),
                name="issue_serial_number_once",
                violation_error_message=_("Another issue already has this serial number."),
            ),
            models.CheckConstraint(
                condition=models.Q(status=IssueStatus.PLANNING, publish_at__isnull=True)
                | (~models.Q(status=IssueStatus.PLANNING) & models.Q(publish_at__isnull=False)),
                name="issue_has_a_time_once_scheduled",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=IssueStatus.values), name="issue_status_is_known"
            ),
        ]

    def __str__(self) -> str:
        edition = "" if self.edition == self.Edition.MAIN else f" {self.get_edition_display()}"
        return f"{self.date:%Y-%m-%d}{edition}"


class Page(models.Model):
    """One printed page of an issue, with the credits printed on it and its sign-off.

    The sign-off (签版) is bound to what was signed: `signed_digest` is the digest of the placements at that
    moment, so any later change of a story or its place makes it void without anybody having to remember.
    """

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="pages", verbose_name=_("issue"))
    code = models.CharField(_("code"), max_length=6, validators=[page_code], help_text=_("01, A01"))
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    label = models.CharField(_("label"), max_length=30, blank=True, validators=[single_line])
    host_code = models.CharField(
        _("page of the host paper"),
        max_length=6,
        blank=True,
        validators=[page_code],
        help_text=_("Where it is printed inside another paper: 16."),
    )
    page_editor = models.CharField(_("page editor"), max_length=60, blank=True, validators=[single_line])
    layout_artist = models.CharField(_("layout artist"), max_length=60, blank=True, validators=[single_line])
    proofreader = models.CharField(_("proofreader"), max_length=60, blank=True, validators=[single_line])
    sections = models.ManyToManyField(
        Section,
        blank=True,
        related_name="pages",
        verbose_name=_("sections"),
        help_text=_("Stories of these are offered first."),
    )
    signed_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    signed_off_at = models.DateTimeField(null=True, blank=True, editable=False)
    signed_digest = models.CharField(max_length=64, blank=True, editable=False)
    proof = models.ForeignKey(
        "articles.PageProof",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("proof"),
    )
    # Counts the changes of adverts and notices on the page, which its digest cannot see otherwise.
    items_version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["issue", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "code"],
                name="page_code_once_an_issue",
                violation_error_message=_("This issue already has a page with this code."),
            ),
            models.CheckConstraint(
                condition=models.Q(signed_off_by__isnull=True, signed_off_at__isnull=True, signed_digest="")
                | (
                    models.Q(signed_off_by__isnull=False, signed_off_at__isnull=False)
                    & ~models.Q(signed_digest="")
                ),
                name="page_sign_off_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}".strip()

    def digest(self, placements: "list[Placement]") -> str:
        """What a sign-off is bound to: what stands on the page, and the proof that shows it."""
        content = self.content_digest(placements)
        if self.proof_id is None:
            return content
        return hashlib.sha256(f"{content}\nproof:{self.proof_id}".encode()).hexdigest()

    def content_digest(self, placements: "list[Placement]") -> str:
        """What a proof is made of: which version of which story stands where with which wishes for its make-up,
        the page's own words, its adverts and notices."""
        parts = [
            f"{p.position}:{p.article_id}:{p.article.version}"
            + (f":{json.dumps(p.wishes, sort_keys=True)}" if p.wishes else "")
            for p in placements
        ]
        words = [self.code, self.label, self.page_editor, self.layout_artist, self.proofreader]
        if self.items_version:
            parts.append(f"items:{self.items_version}")
        return hashlib.sha256("\n".join(words + parts).encode()).hexdigest()

    def arrangement(self, placements: "list[Placement]") -> str:
        """Which stories stand on the page in which order, and nothing else: what somebody who moves one has seen."""
        keys = ",".join(str(placement.article_id) for placement in placements)
        return hashlib.sha256(keys.encode()).hexdigest()[:16]


class Placement(models.Model):
    """A story's place on a page (上版). `position` is its order by weight: 1 is the lead."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="placements", verbose_name=_("page"))
    article = models.ForeignKey(Article, models.PROTECT, related_name="placements", verbose_name=_("story"))
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    # What an editor wants of its make-up; `articles.makeup.wishes` says what may stand here.
    wishes = models.JSONField(_("wishes for the make-up"), default=dict, blank=True)

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        ordering = ["page", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "article"],
                name="placement_once_a_page",
                violation_error_message=_("This story already stands on this page."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.position)

    def clean(self) -> None:
        if self.article.publication_id != self.page.issue.publication_id:
            raise ValidationError(_("This story belongs to another publication."))
