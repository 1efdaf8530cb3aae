"""`manage.py runall`: the whole try-out in one terminal, ended by one Ctrl-C."""

import io
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from newsroom import processes, tryout
from newsroom.env import make_try_out_secret
from newsroom.supervisor import Child, Supervisor

LOGINS = "logins.txt"


class Command(BaseCommand):
    help = (
        "Start web server, Celery worker and beat for a try-out: SQLite, no service needed. Ctrl-C ends all."
    )
    # The folders are looked at here, with a plainer word than a check's.
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on; 0.0.0.0 for every one")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--empty", action="store_true", help="do not write sample content into an empty database"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(tryout.terminal_language()):
            self._handle(options)

    def _handle(self, options: dict[str, Any]) -> None:
        var: Path = settings.VAR
        host, port = options["host"], options["port"]
        if not hasattr(settings, "BROKER_DIR"):
            raise CommandError(
                "runall is the try-out and wants newsroom.settings.dev. "
                "In production each process is started by itself: see docker-compose.yml."
            )
        try:
            tryout.require_folder(var)
            lock = tryout.only_one(var)
            tryout.require_port(host, port)
        except tryout.NotReady as problem:
            raise CommandError(str(problem)) from problem
        with lock:
            address = f"http://{tryout.spoken(host)}:{port}/"
            lock.truncate(0)
            lock.write(address)
            lock.flush()
            # Before the children start: they read it.
            make_try_out_secret(var)
            try:
                self._prepare(sample=not options["empty"])
            except KeyboardInterrupt:
                self._say(_("Stopped before it was ready. What is done is kept: run the same command again."))
                raise SystemExit(130) from None
            status = self._run(var, host, port, address)
        if status:
            raise SystemExit(status)

    def _prepare(self, *, sample: bool) -> None:
        self._say(_("Preparing the database and the static files …"))
        call_command("migrate", interactive=False, verbosity=0)
        call_command("check", fail_level="ERROR", stdout=io.StringIO())
        call_command("collectstatic", interactive=False, verbosity=0)
        if sample:
            call_command("demo", if_empty=True)

    def _run(self, var: Path, host: str, port: int, address: str) -> int:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "newsroom.settings.dev",
            "NEWSROOM_VAR": str(var),
            "PYTHONUNBUFFERED": "1",
        }
        environment.setdefault("NEWSROOM_ALLOWED_HOSTS", ",".join(tryout.own_names(host)))
        web = processes.web(host, port, static=Path(settings.STATIC_ROOT), media=Path(settings.MEDIA_ROOT))
        children = [
            Child("web", web, environment, essential=True),
            Child("worker", processes.worker(loglevel="WARNING"), environment),
            Child("beat", processes.beat(var), environment),
        ]
        supervisor = Supervisor(children, cwd=Path.cwd(), say=self._say)
        status = supervisor.run(
            ready=lambda: tryout.answers(host, port), started=lambda: self._welcome(var, address)
        )
        self._say(_("Stopped. The data stays in %(folder)s.") % {"folder": var})
        return status

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _welcome(self, var: Path, address: str) -> None:
        lines = ["", _("Newsroom runs at %(address)s") % {"address": address}]
        lines.append(_("The desk is at %(address)s") % {"address": address + settings.ADMIN_PATH})
        logins = var / LOGINS
        if logins.exists():
            lines += [
                "",
                logins.read_text(encoding="utf-8").rstrip(),
                "",
                _("(kept in %(file)s)") % {"file": logins},
            ]
        lines += [_("Ctrl-C ends it."), ""]
        for line in lines:
            self._say(line)
