"""The sweep's work without Celery: for cron, for an operator, for the day the queue is down."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from articles.desk.settling import sweep
from articles.printed.binding import bind_due


class Command(BaseCommand):
    help = "Settle the issues and stories whose second has come and carry out effects that are due. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        settled, delivered = sweep()
        bind_due()
        self.stdout.write(
            _("Settled: %(settled)d. Delivered: %(delivered)d.")
            % {"settled": settled, "delivered": delivered}
        )
