"""A PDF file of the press, from its upload until its pages have become proofs."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.issue import Issue, Page


class PressFile(models.Model):
    """The file as it came, in the private storage. Nobody's database opens it: a worker's child does.

    `page`: where it was uploaded for one page. `pages`, once it has been looked through: [{"number" from 0, "page" the
    proposed page's id or None, "why" "code", "label" or "order", "thumbnail" a name in the private storage}].
    `problem`: the code of why it was refused (`articles.press.wording`), `values` what that sentence names.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        WORKING = "working", _("In work")
        READ = "read", _("Looked through")
        TAKEN = "taken", _("Given to its pages")
        FAILED = "failed", _("Refused")

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="press_files", verbose_name=_("issue"))
    page = models.ForeignKey(
        Page, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("page")
    )
    filename = models.CharField(_("file"), max_length=255)
    upload = models.CharField(max_length=120)
    bytes = models.PositiveBigIntegerField(_("size"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    problem = models.CharField(max_length=30, blank=True)
    values = models.JSONField(default=dict, blank=True)
    pages = models.JSONField(default=list, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))
    claim = models.CharField(max_length=32, blank=True, default="")
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("PDF of the press")
        verbose_name_plural = _("PDFs of the press")
        ordering = ["-uploaded_at", "-pk"]
        indexes = [models.Index(fields=["state", "claimed_until"], name="press_file_to_read")]

    def __str__(self) -> str:
        return self.filename

    @property
    def rows(self) -> list[dict[str, Any]]:
        return list(self.pages)
