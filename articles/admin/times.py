"""Dates and times as the paper's own clock shows them, wherever the server and the person sit."""

import zoneinfo
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone


class PaperTimeField(forms.DateTimeField):
    """A date and time in the paper's zone; its cleaned value is aware. Set `zone` before the form is used."""

    zone: zoneinfo.ZoneInfo | None = None

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(**{"widget": widget, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        with timezone.override(self.zone):
            return super().prepare_value(value)

    def to_python(self, value: Any) -> datetime | None:
        with timezone.override(self.zone):
            return super().to_python(value)


def paper_time(moment: datetime | None, zone: zoneinfo.ZoneInfo) -> str:
    """`moment` on the paper's clock, to the minute: "2030-01-01 22:40"; "" for none."""
    return f"{timezone.localtime(moment, zone):%Y-%m-%d %H:%M}" if moment is not None else ""
