"""The review stages of a publication, and what was decided in them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.publication import Publication, Role
from articles.validators import single_line


class ReviewStage(models.Model):
    """One of the stages (三审) a story passes on its way to sign-off, taken by a role."""

    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="stages", verbose_name=_("publication")
    )
    name = models.CharField(_("name"), max_length=20, validators=[single_line])
    position = models.PositiveSmallIntegerField(_("order"))
    role = models.CharField(_("taken by"), max_length=20, choices=Role.choices)

    class Meta:
        verbose_name = _("review stage")
        verbose_name_plural = _("review stages")
        ordering = ["publication", "position"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "position"], name="stage_position_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Review(models.Model):
    """One decision, bound to the revision that leaves the stage (reviewers edit, tracked)."""

    class Decision(models.TextChoices):
        APPROVE = "approve", _("Approved")
        SEND_BACK = "send_back", _("Sent back")
        # One signature instead of all stages; somebody else must review it afterwards.
        EMERGENCY = "emergency", _("Emergency signature")
        AFTERWARDS = "afterwards", _("Reviewed afterwards")

    article = models.ForeignKey("articles.Article", models.PROTECT, related_name="reviews")
    stage = models.ForeignKey(
        ReviewStage, models.PROTECT, null=True, blank=True, related_name="reviews", verbose_name=_("stage")
    )
    revision = models.ForeignKey("articles.Revision", models.PROTECT, related_name="reviews")
    round = models.PositiveIntegerField(
        _("round"), help_text=_("Counts submissions; approvals lapse with it.")
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="reviews", verbose_name=_("reviewer")
    )
    decision = models.CharField(_("decision"), max_length=12, choices=Decision.choices)
    opinion = models.TextField(_("opinion"), blank=True, max_length=1000)
    independent = models.BooleanField(
        default=True, help_text=_("Whether the publication asked for a different person in every stage.")
    )
    created_at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "round", "stage"],
                condition=models.Q(decision="approve"),
                name="review_stage_approved_once_a_round",
            ),
            models.UniqueConstraint(
                fields=["article", "round", "reviewer"],
                condition=models.Q(decision="approve", independent=True),
                name="review_no_two_stages_by_one_person",
            ),
            models.CheckConstraint(
                condition=~models.Q(decision="send_back") | ~models.Q(opinion=""),
                name="review_sending_back_needs_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.get_decision_display()
