"""`manage.py reset_second_factor NAME`: for the last administrator, who has lost the telephone and the codes."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from articles.admin.second_factor import reset


class Command(BaseCommand):
    help = "Take an account's second factor away and log it out everywhere; its password alone opens the desk then."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("account", help="what the person logs in with")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["account"]
        user = get_user_model().objects.filter(username=name).first()
        if user is None:
            raise CommandError(_("There is no account %(name)s.") % {"name": name})
        if reset(None, user):
            self.stdout.write(_("The two-step login of %(name)s is reset.") % {"name": name})
        else:
            self.stdout.write(_("%(name)s has no two-step login.") % {"name": name})
