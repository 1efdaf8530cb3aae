"""The project as an app: its start-up checks and its management commands."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class NewsroomConfig(AppConfig):
    name = "newsroom"

    def ready(self) -> None:
        import_module("newsroom.checks")


class DeskAdminConfig(admin_apps.AdminConfig):
    """Django's admin with the desk as its site.

    Not imported by its own name: Django would take it for a second configuration of this app.
    """

    default = False
    default_site = "newsroom.desk.DeskSite"
