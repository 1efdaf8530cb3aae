"""What every request gets: one frozen clock, a content security policy, and a language for the desk."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import timezone, translation

GetResponse = Callable[[HttpRequest], HttpResponse]

# The public site needs no script at all. The desk's editor page widens only its own style-src, below.
# Everything is named: what nobody thought of is forbidden.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# CKEditor lays itself out with style attributes. Scripts stay as strict there as everywhere.
EDITOR_POLICY = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")


class RequestClock:
    """Give the request one frozen `now`, so that every query of a page sees the same moment."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = timezone.now()  # type: ignore[attr-defined]
        return self.get_response(request)


class ContentSecurityPolicy:
    """Set the strict policy where a view has not set its own; a page that holds the body editor is marked by
    `articles.editor.allow_editor` and gets that much more, no other does."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        policy = EDITOR_POLICY if getattr(response, "holds_editor", False) else POLICY
        response.headers.setdefault("Content-Security-Policy", policy)
        return response


# What a page of ours could ask a device for, and never does.
UNUSED_FEATURES = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "geolocation",
    "gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get",
    "screen-wake-lock", "usb", "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS = ", ".join(f"{name}=()" for name in UNUSED_FEATURES)


class ProtectiveHeaders:
    """What browsers should refuse on our behalf, where a view has not said otherwise; and no search engine keeps
    anything of the desk. HSTS, nosniff, Referrer-Policy and COOP are SecurityMiddleware's."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        # Other sites may link to us, not build with our pages (Spectre reads whatever is in a process).
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path.startswith("/" + settings.ADMIN_PATH):
            response.headers.setdefault("X-Robots-Tag", "noindex, nofollow, noarchive")
        return response


class DeskLanguage(LocaleMiddleware):
    """Choose a person's language on the desk only: public pages stay the same bytes for everybody, so that
    a shared cache may keep them."""

    def process_request(self, request: HttpRequest) -> None:
        if request.path.startswith("/" + settings.ADMIN_PATH):
            super().process_request(request)
        else:
            # Not only left alone: this thread may have answered an English editor just before.
            translation.activate(settings.LANGUAGE_CODE)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith("/" + settings.ADMIN_PATH):
            return super().process_response(request, response)
        return response
