"""The second step of the login, between the right password and the desk.

Whoever gave the password and owes the code is nobody yet: the session only remembers who may give one, for ten
minutes. So nothing of the desk has to know of people who are half inside; there are none.
"""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user_model, login, logout
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from articles.admin import tries
from articles.admin.base import person_of, wants_json
from articles.admin.second_factor import SECOND, Typed, set_up, set_up_page, wait_sentence
from articles.desk import second_factor
from newsroom import sessions

OWES = "owes_code"
SECONDS = 600


class Door(LoginView):
    """Django's login, which stops before the desk for whoever has a second factor."""

    def form_valid(self, form: Any) -> HttpResponse:
        user = form.get_user()
        self.request.session.pop(OWES, None)
        if not second_factor.is_on(user):
            return super().form_valid(form)
        self.request.session[OWES] = {
            "user": user.pk,
            "backend": user.backend,
            "password": user.get_session_auth_hash(),
            "since": self.request.now.timestamp(),  # type: ignore[attr-defined]
            "next": self.get_redirect_url() or reverse("admin:index"),
        }
        return HttpResponseRedirect(reverse("admin:login_code"))


def logged_in(request: HttpRequest, response: Any) -> HttpResponse:
    """The answer to a login, with what was typed before where the form brought it along."""
    kept = sessions.kept_in(request) if request.method == "POST" else None
    if kept is None:
        return response
    if response.status_code == 302:
        return code_page(request) if OWES in request.session else sessions.give_back(request, *kept)
    if isinstance(response, TemplateResponse) and response.context_data:
        return sessions.ask_again(request, *kept, False, response.context_data["form"])
    return response


def owes_code(request: HttpRequest) -> Any:
    """Who gave the password here and owes the code; None when nobody does, or it is too long ago, or the password
    is another one since."""
    owed = request.session.get(OWES)
    if not owed or request.now.timestamp() - owed["since"] > SECONDS:  # type: ignore[attr-defined]
        return None
    user = get_user_model().objects.filter(pk=owed["user"], is_active=True).first()
    if user is None or not constant_time_compare(owed["password"], user.get_session_auth_hash()):
        return None
    return user


def code_page(request: HttpRequest, error: str = "", status: int = 200) -> HttpResponse:
    """Asks for the code. What was typed before the session ended goes along."""
    kept = sessions.kept_in(request) if request.method == "POST" else None
    context = {
        **admin.site.each_context(request),
        "error": error,
        "recovery": bool(request.POST.get("recovery")),
        "kept_path": kept[0] if kept else "",
        "kept": request.POST["kept"] if kept else "",
    }
    return sessions.private(render(request, "admin/login_code.html", context, status=401 if kept else status))


def take_code(request: HttpRequest) -> HttpResponse:
    """The address of the second step."""
    user = owes_code(request)
    if user is None:
        request.session.pop(OWES, None)
        return _begin_again(request)
    if request.method != "POST":
        return code_page(request)
    error = _refusal(request, user)
    if error:
        return code_page(request, error)
    owed = request.session.pop(OWES)
    login(request, user, backend=owed["backend"])
    request.session[SECOND] = True
    kept = sessions.kept_in(request)
    return sessions.give_back(request, *kept) if kept else HttpResponseRedirect(owed["next"])


def _refusal(request: HttpRequest, user: Any) -> str:
    """Why the code does not let the person in; empty where it does. Once axes has counted too many, it answers in
    place of us, and keeps what was typed (`newsroom.sessions.locked_out`)."""
    typed = (request.POST.get("recovery") or request.POST.get("code") or "").strip()
    if not typed:
        return _("Please type a code.")
    if tries.are_used_up(request, user):
        return _("Too many wrong passwords or codes")
    answer = second_factor.check(user, typed)
    if answer.wait:
        return wait_sentence(answer.wait)
    if not answer.right:
        tries.count_wrong(request, user)
        return _(
            "This code does not work. Each one works once, and the app shows a new one every half minute."
        )
    return ""


def _begin_again(request: HttpRequest) -> HttpResponse:
    kept = sessions.kept_in(request) if request.method == "POST" else None
    if kept is not None:
        return sessions.ask_again(request, *kept, False)
    return HttpResponseRedirect(reverse("admin:index" if request.user.is_authenticated else "admin:login"))


# --- where it is demanded ------------------------------------------------------------------------------------------

# Open to whoever has yet to turn it on.
OF_SETTING_UP = frozenset({"second_factor_set_up"}) | sessions.OPEN


class DemandSecondFactor:
    """Lead whoever must have a second factor and has none to the page where it is turned on, before any other page
    of the desk; behind the middleware for sessions. Where it is not demanded it costs nothing."""

    def __init__(self, get_response: sessions.GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if settings.SECOND_FACTOR == "off" or not sessions.is_desk(request):
            return None
        match = request.resolver_match
        if match is None or match.url_name in OF_SETTING_UP or not request.user.is_authenticated:
            return None
        if SECOND in request.session or not second_factor.is_demanded(person_of(request)):
            return None
        return _out(request) if second_factor.is_on(request.user) else _to_set_up(request)


def _out(request: HttpRequest) -> HttpResponse | None:
    """Logged in by the password alone, before it was turned on."""
    typed, had_files = request.POST, bool(request.FILES)
    logout(request)
    if request.method == "POST" and not wants_json(request):
        return sessions.ask_again(request, request.get_full_path(), typed, had_files)
    return None


def _to_set_up(request: HttpRequest) -> HttpResponse:
    path = request.get_full_path()
    if wants_json(request):
        return JsonResponse({"error": _("Turn on the two-step login first.")}, status=403)
    if request.method == "POST":
        return set_up_page(request, typed=_typed(path, request.POST))
    return HttpResponseRedirect(f"{reverse('admin:second_factor_set_up')}?{urlencode({'next': path})}")


def set_up_view(request: HttpRequest) -> HttpResponse:
    """Turning it on, with what was typed by whoever was led there."""
    kept = sessions.kept_in(request) if request.method == "POST" else None
    return set_up(request, _typed(*kept) if kept else None)


def _typed(path: str, typed: QueryDict) -> Typed:
    fields = [
        (name, value)
        for name, values in typed.lists()
        for value in values
        if isinstance(value, str) and name != "csrfmiddlewaretoken"
    ]
    return Typed(path, sessions.as_text(typed), fields)
