"""Subject sections of paper and site."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.publication import Publication
from articles.validators import single_line


class Section(models.Model):
    """A section (版块) of one publication."""

    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="sections", verbose_name=_("publication")
    )
    name = models.CharField(_("name"), max_length=30, validators=[single_line])
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(
        _("in use"), default=True, help_text=_("A section no longer in use keeps its published stories.")
    )

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["publication", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "name"], name="section_name_once"),
        ]

    def __str__(self) -> str:
        return self.name
