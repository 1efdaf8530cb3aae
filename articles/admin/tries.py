"""Wrong passwords and wrong codes are counted together, by account and address (RISKS 12)."""

from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest


def are_used_up(request: HttpRequest, user: Any) -> bool:
    """Whether nothing is looked at any more from there for this account. Makes the answer the one that says so."""
    credentials = {"username": user.get_username()}
    if AxesProxyHandler.is_allowed(request, credentials):
        return False
    request.axes_locked_out = True  # type: ignore[attr-defined]
    request.axes_credentials = credentials  # type: ignore[attr-defined]
    return True


def count_wrong(request: HttpRequest, user: Any) -> None:
    user_login_failed.send(sender=__name__, credentials={"username": user.get_username()}, request=request)
