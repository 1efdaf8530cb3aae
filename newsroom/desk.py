"""The desk as one place: its name, and the workbench as its first page.

Not in `articles.admin`: Django makes the site before it imports what registers with it.
"""

from functools import partial
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _


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

        bench = {"bench": workbench_of(person_of(request))}
        return super().index(request, {**bench, **(extra_context or {})})

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Django's login; whoever came too late with a form gets back what was typed (`newsroom.sessions`)."""
        from newsroom import sessions  # noqa: PLC0415

        response = super().login(request, extra_context)
        kept = sessions.kept_in(request) if request.method == "POST" else None
        if kept is None:
            return response
        path, typed = kept
        if response.status_code == 302:
            return sessions.give_back(request, path, typed)
        if isinstance(response, TemplateResponse) and response.context_data:
            return sessions.ask_again(request, path, typed, False, response.context_data["form"])
        return response

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """Asked for on every page for a sidebar that the desk does not have; answered only where it is shown."""
        return SimpleLazyObject(partial(super().get_app_list, request, app_label))
