"""What a single field may hold."""

import re
import zoneinfo

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

# Line breaks would forge a header in a mail, control characters and direction marks forge what is read.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def single_line(value: str) -> None:
    """Refuse line breaks, control characters and text-direction marks in a one-line field."""
    if CONTROL.search(value):
        raise ValidationError(
            _("This line holds a line break or an invisible control character. Type it again without it."),
            code="single_line",
        )


def time_zone(value: str) -> None:
    """Refuse a name that the time zone database does not know."""
    if value not in zoneinfo.available_timezones():
        raise ValidationError(
            _("“%(value)s” is no time zone. Give one such as Asia/Shanghai."), params={"value": value}
        )


page_code = RegexValidator(
    r"^[A-Z]{0,2}[0-9]{1,3}\Z", _("A page code is up to two capital letters and a number: 01, A01.")
)
