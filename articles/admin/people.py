"""How people are called on the desk."""

from typing import Any

from django.utils.translation import gettext as _


def name_of(user: Any) -> str:
    """A person's name, else their account's; of nobody: what time does by itself."""
    if user is None:
        return _("by itself")
    return user.get_full_name() or user.get_username()
