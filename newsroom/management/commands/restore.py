"""`manage.py restore FILE`: what `backup` wrote, in an empty installation."""

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from newsroom.archive.reading import NotRestored, restore


class Command(BaseCommand):
    help = "Bring back what `backup` wrote, into an installation that was migrated and never used. All or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="what `backup` wrote; - for standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        standard = options["file"] == "-"
        try:
            with nullcontext(sys.stdin.buffer) if standard else Path(options["file"]).open("rb") as source:
                read = restore(source)
        except (OSError, NotRestored) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            _("Restored and compared: %(rows)d rows, %(files)d files.")
            % {"rows": read.rows, "files": read.files}
        )
