"""`manage.py backup FILE`: everything of a paper in one file, while everybody works."""

import os
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from newsroom.archive.writing import Written, write


class Command(BaseCommand):
    help = "Write every row and every photo into one file. Nobody has to stop working."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="where to; - for standard output. It holds everything: keep it safe")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["file"] == "-":
            written = write(sys.stdout.buffer)
            say = self.stderr
        else:
            written = self._to(Path(options["file"]))
            say = self.stdout
        say.write(
            _("Backup written: %(rows)d rows, %(files)d files.")
            % {"rows": written.rows, "files": written.files}
        )
        if written.vanished:
            say.write(
                ngettext(
                    "%(n)d file was renamed or discarded meanwhile and is not in it; it can be made again.",
                    "%(n)d files were renamed or discarded meanwhile and are not in it; they can be made again.",
                    written.vanished,
                )
                % {"n": written.vanished}
            )

    def _to(self, target: Path) -> Written:
        """Whole or not at all: an interrupted backup leaves nothing that looks like one."""
        if target.exists():
            raise CommandError(
                _("%(file)s is there already. A backup never replaces another.") % {"file": target}
            )
        part = target.with_name(target.name + ".part")
        try:
            # Passwords' hashes and unpublished stories: nobody else's business.
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                written = write(file)
                file.flush()
                os.fsync(file.fileno())
            part.rename(target)
        except OSError as problem:
            raise CommandError(_("No backup was written: %(problem)s") % {"problem": problem}) from problem
        finally:
            part.unlink(missing_ok=True)
        return written
