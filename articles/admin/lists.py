"""What all lists of the desk share: they remember how a person last sorted and narrowed them.

It is remembered by the browser, in a cookie that goes with requests for that list only and says whose it is:
nothing is written to the database by looking, and whoever logs in after somebody else starts afresh. What
it says is nothing but a query like any other: it is checked as one.
"""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.text import capfirst

from articles.admin.choices import PlainChoices

COOKIE = "desk_list"
CLEAR = "clear"
LONGEST = 300
KEPT_SECONDS = 365 * 24 * 3600


class DeskChangeList(ChangeList):
    """A bare address means "as last time", so what takes the last filter away says so."""

    def get_query_string(self, new_params: Any = None, remove: Any = None) -> str:
        query = super().get_query_string(new_params, remove)
        return f"?{CLEAR}=1" if query == "?" else query


class RememberedList(PlainChoices, admin.ModelAdmin):
    """Mix into an admin whose list is to remember. `list_title`: what the list is called, by default the
    things' name; `explain`: one sentence below it; `add_label`: what the button that makes a new one says;
    `empty_list`: what stands there when there is nothing yet."""

    list_title: str | Promise = ""
    explain: str | Promise = ""
    add_label: str | Promise = ""
    empty_list: str | Promise = ""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return DeskChangeList

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = self.list_title or capfirst(self.opts.verbose_name_plural)
        words = {
            "title": title,
            "list_title": title,
            "explain": self.explain,
            "add_label": self.add_label,
            "empty_list": self.empty_list,
        }
        asked = request.method == "GET" and IS_POPUP_VAR not in request.GET
        if asked and self.has_view_or_change_permission(request):
            if CLEAR in request.GET:
                return _forgotten(request)
            if not request.GET and (query := _remembered(request)):
                return HttpResponseRedirect(f"{request.path}?{query}")
        response = super().changelist_view(request, {**words, **(extra_context or {})})
        if asked and isinstance(response, TemplateResponse) and "cl" in (response.context_data or {}):
            _remember(request, response, response.context_data["cl"])  # type: ignore[index]
        return response

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context.setdefault("add_label", self.add_label)
        context.setdefault("list_title", self.list_title or capfirst(self.opts.verbose_name_plural))
        return super().render_change_form(request, context, *args, **kwargs)


def _remembered(request: HttpRequest) -> str:
    kept = request.COOKIES.get(COOKIE, "")
    whose = _whose(request)
    known = kept.startswith(whose) and kept.isprintable() and len(kept) <= LONGEST
    return kept.removeprefix(whose) if known else ""


def _whose(request: HttpRequest) -> str:
    """What the cookie begins with: the person and the list it is about."""
    return f"{request.user.pk}:{request.path}?"


def _remember(request: HttpRequest, response: HttpResponse, listed: ChangeList) -> None:
    names = {str(name) for spec in listed.filter_specs for name in spec.expected_parameters()} | {ORDER_VAR}
    kept = QueryDict(mutable=True)
    for name in sorted(names & set(request.GET)):
        kept.setlist(name, request.GET.getlist(name))
    value = _whose(request) + kept.urlencode()
    if kept and len(value) <= LONGEST and value != request.COOKIES.get(COOKIE):
        response.set_cookie(
            COOKIE,
            value,
            max_age=KEPT_SECONDS,
            path=request.path,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def _forgotten(request: HttpRequest) -> HttpResponse:
    response = HttpResponseRedirect(request.path)
    response.delete_cookie(COOKIE, path=request.path, samesite="Lax")
    return response
