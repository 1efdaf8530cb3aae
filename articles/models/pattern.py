"""Which pages a weekday's issue has."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.publication import Publication
from articles.models.section import Section
from articles.validators import page_code, single_line


class Weekday(models.IntegerChoices):
    """As `date.weekday()` counts."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")

    @classmethod
    def of(cls, day: date) -> "Weekday":
        return cls(day.weekday())


class PagePattern(models.Model):
    """One page of a weekday's pattern. A new issue of that day gets such a page; issues that exist do not change
    with the pattern."""

    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="page_patterns", verbose_name=_("publication")
    )
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday.choices)
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    code = models.CharField(_("code"), max_length=6, validators=[page_code], help_text=_("01, A01"))
    label = models.CharField(_("label"), max_length=30, blank=True, validators=[single_line])
    sections = models.ManyToManyField(
        Section,
        blank=True,
        related_name="+",
        verbose_name=_("sections"),
        help_text=_("Stories of these are offered first."),
    )

    class Meta:
        verbose_name = _("page pattern")
        verbose_name_plural = _("page patterns")
        ordering = ["publication", "weekday", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "weekday", "code"],
                name="pattern_code_once_a_weekday",
                violation_error_message=_("This weekday already has a page with this code."),
            ),
            models.CheckConstraint(
                condition=models.Q(weekday__in=Weekday.values), name="pattern_weekday_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}".strip()
