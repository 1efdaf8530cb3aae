"""`manage.py sweep_photos`: what the Celery sweep does, without Celery."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from media_library.renditions import Outcome
from media_library.sweeping import sweep


class Command(BaseCommand):
    help = "Renders photos that miss public files and deletes files that are no longer used."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=int, default=50, help="how many photos at most (default 50)")

    def handle(self, *args: Any, **options: Any) -> None:
        swept = sweep(limit=options["limit"], seconds=float("inf"))
        self.stdout.write(
            f"rendered {swept.photos[Outcome.RENDERED]}, failed {swept.photos[Outcome.FAILED]}, "
            f"deleted {swept.discarded} discarded and {swept.half_written} half-written files"
        )
