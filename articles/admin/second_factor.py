"""A person's own second factor: turning it on, new recovery codes, turning it off; and its reset for somebody else."""

import logging
from dataclasses import dataclass
from typing import Any

import segno
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_otp.plugins.otp_static import admin as static_admin
from django_otp.plugins.otp_totp import admin as totp_admin

from articles.admin import tries
from articles.admin.base import person_of, refused
from articles.desk import second_factor
from articles.exceptions import NotAllowed
from articles.models import Publication

logger = logging.getLogger(__name__)

# In the session: that it began with a second factor, and the secret of a telephone that is not bound yet.
SECOND, KEY = "second", "second_factor_key"

# What the history of the account says.
TURNED_ON = gettext_lazy("Turned on the two-step login.")
TURNED_OFF = gettext_lazy("Turned off the two-step login.")
NEW_CODES = gettext_lazy("Made new recovery codes.")
RESET = gettext_lazy("Reset the two-step login.")
RESET_BY_COMMAND = gettext_lazy("Reset the two-step login on the command line.")


@dataclass(frozen=True)
class Typed:
    """What somebody typed who is led here with it: the address it belongs to, and its fields, also as one text. It
    goes along until there is a telephone."""

    path: str
    text: str
    fields: list[tuple[str, str]]


# django-otp would show everybody's secrets to administrators.
for model in (totp_admin.TOTPDevice, static_admin.StaticDevice):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


def own_page(request: HttpRequest, error: str = "", at: str = "") -> HttpResponse:
    """Whether it is on, and what can be done about it. `error`: why the form `at` was refused."""
    context = {
        **admin.site.each_context(request),
        "title": _("Two-step login"),
        "state": second_factor.state_of(request.user),
        "demanded": second_factor.is_demanded(person_of(request)),
        "error": error,
        "at": at,
    }
    return _private(render(request, "admin/second_factor.html", context))


def set_up(request: HttpRequest, typed: Typed | None = None) -> HttpResponse:
    """Scan, confirm, see the recovery codes once."""
    if second_factor.is_on(request.user):
        return HttpResponseRedirect(reverse("admin:second_factor"))
    key = request.session.setdefault(KEY, second_factor.new_key())
    if request.method != "POST" or "code" not in request.POST:
        return set_up_page(request, typed=typed)
    codes = second_factor.turn_on(request.user, key, request.POST["code"])
    if codes is None:
        error = _(
            "This code does not fit. Type the six digits that the app shows now; "
            "the clock of the telephone must be right."
        )
        return set_up_page(request, error, typed)
    del request.session[KEY]
    request.session[SECOND] = True
    second_factor.end_sessions(request.user, but=request.session.session_key)
    note(request.user, request.user, TURNED_ON)
    return _codes_page(request, codes, first=True, typed=typed)


def set_up_page(request: HttpRequest, error: str = "", typed: Typed | None = None) -> HttpResponse:
    """The square and the field for the first code."""
    key = request.session.setdefault(KEY, second_factor.new_key())
    names = list(Publication.objects.values_list("name", flat=True)[:2])
    issuer = names[0] if len(names) == 1 else "Newsroom"
    square = segno.make(second_factor.address(request.user.get_username(), issuer, key), error="m")
    drawn = square.svg_inline(border=4, light="#fff", omitsize=True, svgclass="desk-qr", lineclass=None)
    context = {
        **admin.site.each_context(request),
        "title": _("Turn on the two-step login"),
        "square": SafeString(drawn),
        "key": second_factor.typed_key(key),
        "error": error,
        "next": local_next(request),
        "demanded": second_factor.is_demanded(person_of(request)),
        "typed": typed,
    }
    return _private(render(request, "admin/second_factor_set_up.html", context))


def make_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes for whoever proves to be the person."""
    if request.method != "POST" or not second_factor.is_on(request.user):
        return HttpResponseRedirect(reverse("admin:second_factor"))
    error = _refusal(request)
    if error:
        return own_page(request, error, "codes")
    codes = second_factor.new_codes(request.user)
    note(request.user, request.user, NEW_CODES)
    return _codes_page(request, codes, first=False)


def turn_off(request: HttpRequest) -> HttpResponse:
    if request.method != "POST" or not second_factor.is_on(request.user):
        return HttpResponseRedirect(reverse("admin:second_factor"))
    if second_factor.is_demanded(person_of(request)):
        return refused(
            request,
            NotAllowed(_("This house asks for the second step in your role, so it stays on.")),
            back=reverse("admin:second_factor"),
        )
    error = _refusal(request)
    if error:
        return own_page(request, error, "off")
    second_factor.turn_off(request.user)
    request.session.pop(SECOND, None)
    # Others say that they began with it, which counts for nothing any more.
    second_factor.end_sessions(request.user, but=request.session.session_key)
    note(request.user, request.user, TURNED_OFF)
    messages.success(request, _("The two-step login is off. Your password alone opens the desk."))
    return HttpResponseRedirect(reverse("admin:second_factor"))


def reset(by: Any, user: Any) -> bool:
    """Take a person's second factor away, end their sessions, write it down. `by`: None on the command line. False
    where there was none."""
    if not second_factor.turn_off(user):
        return False
    second_factor.end_sessions(user)
    note(by or user, user, RESET if by else RESET_BY_COMMAND)
    return True


def note(by: Any, user: Any, happening: Any) -> None:
    """Into the account's history, in the language of the house, and into the log."""
    with translation.override(settings.LANGUAGE_CODE):
        message = str(happening)
    LogEntry.objects.create(
        user_id=by.pk,
        content_type_id=get_content_type_for_model(user).pk,
        object_id=str(user.pk),
        object_repr=str(user)[:200],
        action_flag=CHANGE,
        change_message=message,
    )
    logger.warning("%s (account %s, by %s)", message, user.pk, by.pk)


def local_next(request: HttpRequest) -> str:
    """Where the person was going: an address of the desk or none (RISKS 10)."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if ours and target.startswith("/" + settings.ADMIN_PATH) else ""


def wait_sentence(seconds: int) -> str:
    return _("Too many wrong codes. Try again in %(seconds)s seconds.") % {"seconds": seconds}


def _refusal(request: HttpRequest) -> str:
    """Why what stands in `proof` proves nothing; empty where it is the password or a code that works."""
    typed = request.POST.get("proof", "")
    if tries.are_used_up(request, request.user):
        return _("Too many wrong passwords or codes")
    if request.user.check_password(typed):
        return ""
    # What has no code's shape is a password: the recovery codes need not wait for it.
    answer = second_factor.Answer(False)
    if second_factor.may_be_code(typed):
        answer = second_factor.check(request.user, typed)
    if answer.right:
        return ""
    # Counted before anything else is said: while a device waits, passwords could be guessed without end.
    tries.count_wrong(request, request.user)
    if answer.wait:
        return wait_sentence(answer.wait)
    return _("That is neither your password nor a code that works.")


def _codes_page(
    request: HttpRequest, codes: list[str], *, first: bool, typed: Typed | None = None
) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": _("Your recovery codes"),
        "codes": codes,
        "first": first,
        "onward": local_next(request) or reverse("admin:second_factor"),
        "typed": typed,
    }
    return _private(render(request, "admin/second_factor_codes.html", context))


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-store"
    return response
