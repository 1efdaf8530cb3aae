"""What holds only behind the reverse proxy: whose address a reader has, and how long a cached page may outlive us."""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

GetResponse = Callable[[HttpRequest], HttpResponse]


class ReaderAddress:
    """Take the reader's address from X-Real-IP, which our proxy sets and overwrites.

    X-Forwarded-For is never read: its left end is whatever the reader typed, and throttled logins would then be
    throttled for an address the attacker chooses. Installed only with NEWSROOM_TRUST_PROXY.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.META.pop("HTTP_X_FORWARDED_FOR", None)
        try:
            address = ipaddress.ip_address(request.META.get("HTTP_X_REAL_IP", "").strip())
        except ValueError:
            pass
        else:
            request.META["REMOTE_ADDR"] = str(address)
        return self.get_response(request)


class StaleIfError:
    """Let caches in front serve a public page for STALE_SECONDS more while nothing behind them answers.

    nginx reads this bound from the answer itself (RFC 5861); its own `proxy_cache_use_stale` knows none.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        seconds: int = getattr(settings, "STALE_SECONDS", 0)
        if seconds and response.status_code == 200 and "public" in response.headers.get("Cache-Control", ""):
            patch_cache_control(response, stale_if_error=seconds)
        return response
