"""Write the search index anew: after an upgrade that says so, or when in doubt."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.search.index import reindex


class Command(BaseCommand):
    help = (
        "Write anew what search looks into, of every story and every public copy. Safe while everybody works and safe "
        "to repeat or to stop."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        for done in reindex(timezone.now()):
            if options["verbosity"] > 1:
                self.stdout.write(_("Stories: %(count)d") % {"count": done})
        self.stdout.write(_("The search index is new. Stories: %(count)d") % {"count": done})
