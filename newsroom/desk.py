"""The desk as one place: its name, and the workbench as its first page.

Not in `articles.admin`: Django makes the site before it imports what registers with it.
"""

from functools import partial
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.i18n import set_language


class DeskSite(admin.AdminSite):
    """Django's admin site under the newsroom's name."""

    site_title = _("Newsroom")
    site_header = _("Newsroom")
    index_title = _("Workbench")
    enable_nav_sidebar = False

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        # Here and not above: these screens register with the site, so they are imported after it is made.
        from articles.admin.base import person_of  # noqa: PLC0415
        from articles.admin.workbench import workbench_of  # noqa: PLC0415

        bench = {"bench": workbench_of(person_of(request), request.now)}  # type: ignore[attr-defined]
        return super().index(request, {**bench, **(extra_context or {})})

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), "rail": SimpleLazyObject(partial(self._rail, request))}

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Django's login with its second step; whoever came too late with a form gets back what was typed."""
        from django.contrib.admin.forms import AdminAuthenticationForm  # noqa: PLC0415

        from articles.models import Publication  # noqa: PLC0415
        from newsroom import second_step  # noqa: PLC0415

        if request.method == "GET" and self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        # The door bears the paper's name where there is one paper; with several it is the house's.
        names = list(Publication.objects.values_list("name", flat=True)[:2])
        context = {
            **self.each_context(request),
            "paper": names[0] if len(names) == 1 else "",
            "app_path": request.get_full_path(),
            "username": request.user.get_username(),
            **({} if "next" in request.GET or "next" in request.POST else {"next": reverse("admin:index")}),
            **(extra_context or {}),
        }
        request.current_app = self.name
        door = second_step.Door.as_view(
            extra_context=context,
            authentication_form=AdminAuthenticationForm,
            template_name="admin/login.html",
        )
        return second_step.logged_in(request, door(request))

    def _rail(self, request: HttpRequest) -> Any:
        from articles.admin.navigation import rail_of  # noqa: PLC0415

        return rail_of(request)

    def get_urls(self) -> list[Any]:
        from articles.admin import second_factor  # noqa: PLC0415
        from articles.admin.settings_page import settings_page  # noqa: PLC0415
        from newsroom import second_step  # noqa: PLC0415

        own = "account/second-factor/"

        return [
            # Also for whoever has not logged in yet: the login page has two languages.
            path("language/", set_language, name="set_language"),
            path("login/code/", never_cache(second_step.take_code), name="login_code"),
            path(own, self.admin_view(second_factor.own_page), name="second_factor"),
            path(f"{own}set-up/", self.admin_view(second_step.set_up_view), name="second_factor_set_up"),
            path(f"{own}codes/", self.admin_view(second_factor.make_codes), name="second_factor_codes"),
            path(f"{own}off/", self.admin_view(second_factor.turn_off), name="second_factor_off"),
            path("settings/", self.admin_view(settings_page), name="settings"),
            *super().get_urls(),
        ]

    def app_index(self, request: HttpRequest, app_label: str, extra_context: Any = None) -> Any:
        """Django's lists of models by app: the desk is ordered by work, so everything is found from its first page."""
        return HttpResponseRedirect(reverse("admin:index"))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """Asked for on every page for a sidebar that the desk does not have; answered only where it is shown."""
        return SimpleLazyObject(partial(super().get_app_list, request, app_label))
