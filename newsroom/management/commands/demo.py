"""`manage.py demo`: an invented paper with three days of work behind it, to try Newsroom with."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from newsroom.demo.build import NamesTaken, NotEmpty, build, require_empty
from newsroom.demo.photos import NotRendered


class Command(BaseCommand):
    help = "Write sample content (an invented paper, its staff, stories in every state) into an empty installation."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="where there is content already, say so and do nothing, instead of failing",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            require_empty()
            self.stdout.write(_("Drawing photos and writing the sample paper; this takes some seconds …"))
            built = build()
        except NotEmpty as problem:
            if not options["if_empty"]:
                raise CommandError(str(problem)) from problem
            taken = isinstance(problem, NamesTaken)
            plain = _("No sample content was written: there is content already.")
            self.stdout.write(str(problem) if taken else plain)
            return
        except NotRendered as problem:
            raise CommandError(
                _(
                    "The sample photos could not be prepared (%(problem)s). Nothing else was written. See that "
                    "there is space on the disk, then run this again: it goes on where it stopped."
                )
                % {"problem": problem}
            ) from problem
        self.stdout.write(
            _("Sample paper written: %(stories)d stories, %(issues)d issues, %(photos)d photos.")
            % {"stories": built.stories, "issues": built.issues, "photos": built.photos}
        )
        if not built.printed:
            self.stdout.write(
                _("Its pages have no pictures: the fonts for them are not here. `make fonts` fetches them.")
            )
        self.stdout.write(_("Who can log in stands in %(file)s") % {"file": built.logins})
