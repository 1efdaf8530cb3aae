from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaLibraryConfig(AppConfig):
    name = "media_library"
    verbose_name = _("Photos")

    def ready(self) -> None:
        from media_library import checks, signals  # noqa: F401, PLC0415 - they register themselves
