"""How long somebody stays logged in to the desk: until nothing was done for a while, and never longer than a shift.

Whoever comes too late with a form loses nothing: the page that asks for the password holds what was typed, and gives
it back to be sent once more (`newsroom.second_step.logged_in`).
"""

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import resolve
from django.urls.exceptions import Resolver404
from django.utils import timezone

from articles.admin.base import wants_json

GetResponse = Callable[[HttpRequest], HttpResponse]

BEGAN, SEEN = "began", "seen"
# A session is written anew this often at most.
NOTED_EVERY = 60
# Where nobody is logged in yet or any more.
OPEN = frozenset({"login", "login_code", "logout", "set_language"})
# What a page asks for by itself, with nobody before it perhaps.
BY_ITSELF = frozenset({"articles_issue_state"})


def note_login(request: HttpRequest | None, **_: Any) -> None:
    """A session begins."""
    if request is not None:
        request.session[BEGAN] = request.session[SEEN] = timezone.now().timestamp()


user_logged_in.connect(note_login, dispatch_uid="desk session begins")


class DeskSession:
    """End a session on the desk that is over. Behind Django's own middleware for forms and accounts, so that a form
    that arrives here is one of ours."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or not is_desk(request):
            return None
        if request.user.is_authenticated:
            _end_or_go_on(request, counts=match.url_name not in BY_ITSELF)
        if request.method != "POST" or request.user.is_authenticated or match.url_name in OPEN:
            return None
        # A script keeps the text in its page and asks for the password itself. A form of ours comes with the forms'
        # cookie; whatever comes without is no text that somebody typed here.
        if wants_json(request) or settings.CSRF_COOKIE_NAME not in request.COOKIES:
            return None
        return ask_again(request, request.get_full_path(), request.POST, bool(request.FILES))


def is_desk(request: HttpRequest) -> bool:
    return request.path.startswith("/" + settings.ADMIN_PATH)


def _end_or_go_on(request: HttpRequest, *, counts: bool) -> None:
    """`counts`: whether somebody is there; a page that looks for news by itself does not show that."""
    now = request.now.timestamp()  # type: ignore[attr-defined]
    longest, idle = limits_of(request.user)
    began, seen = request.session.get(BEGAN), request.session.get(SEEN)
    if began is None or seen is None:
        # Logged in before there were limits.
        request.session[BEGAN] = request.session[SEEN] = now
    elif now - began >= longest or now - seen >= idle:
        logout(request)
    elif counts and now - seen >= NOTED_EVERY:
        request.session[SEEN] = now


def limits_of(user: Any) -> tuple[int, int]:
    """(seconds in all, seconds without doing anything). Who manages accounts is logged out sooner."""
    if user.is_superuser:
        return settings.ADMINISTRATOR_SESSION_SECONDS, settings.ADMINISTRATOR_IDLE_SECONDS
    return settings.DESK_SESSION_SECONDS, settings.DESK_IDLE_SECONDS


# --- what was typed ---------------------------------------------------------------------------------------------


def ask_again(
    request: HttpRequest,
    path: str,
    typed: QueryDict,
    had_files: bool,
    form: Any = None,
    *,
    locked: bool = False,
) -> HttpResponse:
    """The page that asks for the password and keeps what was typed. 401: nothing was saved; 429 where no password
    is looked at for a while."""
    context = {
        **admin.site.each_context(request),
        "form": form or AdminAuthenticationForm(request),
        "kept_path": path,
        "kept": as_text(typed),
        "had_files": had_files,
        "locked": locked,
    }
    return private(render(request, "admin/logged_out.html", context, status=429 if locked else 401))


def as_text(typed: QueryDict) -> str:
    """The fields as `kept_in` reads them."""
    fields = {name: typed.getlist(name) for name in typed if name != "csrfmiddlewaretoken"}
    return json.dumps(fields, ensure_ascii=False)


def locked_out(request: HttpRequest, response: HttpResponse, credentials: Any = None) -> HttpResponse:
    """Too many wrong passwords or codes (`AXES_LOCKOUT_CALLABLE`). Axes puts this in place of the page that kept what
    was typed, so it has to keep it too. 429."""
    kept = kept_in(request) if request.method == "POST" else None
    if kept is None:
        return private(render(request, "admin/locked.html", admin.site.each_context(request), status=429))
    return ask_again(request, *kept, False, locked=True)


def kept_in(request: HttpRequest) -> tuple[str, QueryDict] | None:
    """What a login brought along (`ask_again`): the address it belongs to, and the fields. None for nothing, or for
    what cannot have come from us."""
    path, text = request.POST.get("kept_path", ""), request.POST.get("kept", "")
    if not path.startswith("/" + settings.ADMIN_PATH) or ".." in path or "\\" in path or not text:
        return None
    try:
        fields = json.loads(text)
        match = resolve(path.partition("?")[0])
    except (ValueError, RecursionError, Resolver404):
        return None
    if match.url_name in OPEN or not isinstance(fields, dict):
        return None
    typed = QueryDict(mutable=True)
    for name, values in fields.items():
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            return None
        typed.setlist(name, values)
    return path, typed


def give_back(request: HttpRequest, path: str, typed: QueryDict) -> HttpResponse:
    """After the login: what was typed, to be sent by the person who typed it. Nothing is saved by itself."""
    context = {
        **admin.site.each_context(request),
        "path": path,
        "fields": [(name, value) for name, values in typed.lists() for value in values],
    }
    return private(render(request, "admin/send_again.html", context))


def private(response: HttpResponse) -> HttpResponse:
    """No cache keeps it, not even the browser's."""
    response.headers["Cache-Control"] = "private, no-store"
    return response
