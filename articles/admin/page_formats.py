"""The formats that pages are made up in: broadsheet, tabloid, or a paper's own."""

from django.contrib import admin
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from articles.admin.settings import SettingsAdmin
from articles.models import PageFormat


@admin.register(PageFormat)
class PageFormatAdmin(SettingsAdmin):
    """Administrators keep them. One that a paper uses is not deleted."""

    list_display = ["name", "paper_size", "columns", "column_characters", "lines"]
    add_label = _("Add a page format")
    empty_list = _("No page formats. Add one: the size of the sheet, its columns and its lines.")
    fieldsets = [
        (None, {"fields": ["name", ("width_mm", "height_mm")]}),
        (
            _("Columns and lines"),
            {
                "fields": [
                    ("columns", "column_characters", "gutter"),
                    ("body_size", "pitch"),
                    ("lines", "masthead_lines"),
                ],
                "description": _(
                    "A column is a whole number of characters wide, and every line of text stands on one grid: so "
                    "columns end level, and so do pages."
                ),
            },
        ),
    ]

    @admin.display(description=_("sheet"))
    def paper_size(self, page_format: PageFormat) -> str:
        return now_("%(width)s × %(height)s mm") % {
            "width": page_format.width_mm,
            "height": page_format.height_mm,
        }
