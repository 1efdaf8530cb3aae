"""Logins that were refused: who may help somebody who has locked themselves out does it here."""

from typing import Any

from axes.models import AccessAttempt
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.lists import RememberedList


@admin.register(AccessAttempt)
class RefusedLoginAdmin(RememberedList):
    """Read, and deleted: that lets the account log in from there again at once."""

    actions = None
    show_full_result_count = False
    list_display = ["username", "ip_address", "failures", "attempt_time"]
    list_display_links = ["username"]
    search_fields = ["username", "ip_address"]
    search_help_text = _("Account or address")
    list_title = _("Logins refused")
    explain = _(
        "Wrong passwords by account and address. Who deletes an entry lets the account log in from there at once."
    )
    empty_list = _("No wrong password was given lately.")
    fields = ("username", "ip_address", "failures", "attempt_time", "user_agent")
    readonly_fields = ("username", "ip_address", "failures", "attempt_time", "user_agent")
    empty_value_display = ""

    @admin.display(description=_("wrong passwords"), ordering="failures_since_start")
    def failures(self, attempt: Any) -> int:
        return attempt.failures_since_start

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
