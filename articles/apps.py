from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Stories and issues")

    def ready(self) -> None:
        # The outbox knows its handlers by name; they register as they are imported.
        import_module("articles.effects")
        # Files of rows that go, go too.
        import_module("articles.press.leaving")
