"""Take the raw text of a printed page in: show what was read, or make drafts of it."""

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles.intake.decoding import Decoded, NotText, decode
from articles.intake.model import PageText
from articles.intake.parser import parse_page
from articles.intake.summary import summary


class Command(BaseCommand):
    help = (
        "Read the raw text of a printed page (FILE, or - for standard input). With --dry-run only show what was read; "
        "no database is needed. Else make drafts in the publication; --user is who takes the page in."
    )
    # A dry run must work where nothing is configured and no database exists.
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--publication", metavar="SLUG")
        parser.add_argument("--date", type=_day, metavar="YYYY-MM-DD")
        parser.add_argument("--page", default="", metavar="CODE")
        parser.add_argument("--user", metavar="NAME", help="The account that makes the drafts.")
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--force", action="store_true", help="Take in again what was taken in before.")
        parser.add_argument("--json", action="store_true", help="Print what was read as JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["dry_run"] and not options["publication"]:
            raise CommandError(_("Say which --publication takes the page in, or look first with --dry-run."))
        if not options["dry_run"] and not options["user"]:
            raise CommandError(_("Say as which --user the drafts are made, or look first with --dry-run."))
        decoded = self._read(options["file"])
        if options["dry_run"]:
            self._show(parse_page(decoded.text), as_json=options["json"])
        else:
            self._take_in(decoded.text, options)

    def _read(self, name: str) -> Decoded:
        try:
            data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        except OSError as error:
            raise CommandError(
                _("%(file)s cannot be read: %(why)s. Nothing was taken in.")
                % {"file": name, "why": error.strerror or error}
            ) from error
        try:
            decoded = decode(data)
        except NotText as error:
            reasons = {
                "size": _("it is larger than any page"),
                "binary": _("it is no text file"),
                "encoding": _("it is neither UTF-8 nor GB18030"),
            }
            raise CommandError(
                _("%(file)s cannot be read: %(why)s. Save it as plain text in UTF-8. Nothing was taken in.")
                % {"file": name, "why": reasons[error.reason]}
            ) from error
        if decoded.encoding != "utf-8":
            # To standard error: --json must stay JSON.
            self.stderr.write(
                _("%(file)s is not UTF-8; it was read as %(encoding)s. Check the characters.")
                % {"file": name, "encoding": decoded.encoding.upper()}
            )
        return decoded

    def _show(self, page: PageText, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(page.as_json(), ensure_ascii=False, indent=1))
            return
        for line in summary(page):
            self.stdout.write(line)

    def _take_in(self, text: str, options: dict[str, Any]) -> None:
        # Only here: a dry run touches neither models nor importer.
        from django.contrib.auth import get_user_model  # noqa: PLC0415
        from django.core.exceptions import ValidationError  # noqa: PLC0415

        from articles.exceptions import Refusal  # noqa: PLC0415
        from articles.intake.importer import import_page  # noqa: PLC0415
        from articles.intake.roll import staff_of  # noqa: PLC0415
        from articles.models import Publication  # noqa: PLC0415

        publication = Publication.objects.filter(slug=options["publication"]).first()
        if publication is None:
            raise CommandError(
                _("There is no publication “%(slug)s”. Nothing was taken in.")
                % {"slug": options["publication"]}
            )
        user = get_user_model().objects.filter(username=options["user"]).first()
        if user is None:
            raise CommandError(
                _("There is no account “%(name)s”. Nothing was taken in.") % {"name": options["user"]}
            )
        page = parse_page(text, staff_of(publication))
        try:
            result = import_page(
                page,
                publication=publication,
                user=user,
                raw_text=text,
                issue_date=options["date"],
                page_code=options["page"],
                force=options["force"],
            )
        except Refusal as refusal:
            raise CommandError("\n".join([str(refusal), *getattr(refusal, "reasons", ())])) from refusal
        except ValidationError as error:
            raise CommandError("\n".join([*error.messages, _("Nothing was taken in.")])) from error
        self._show(page, as_json=options["json"])
        for warning in result.warnings:
            self.stderr.write(warning)
        self.stderr.write(_("Drafts made: %(count)d.") % {"count": len(result.articles)})


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ArgumentTypeError(
            _("“%(value)s” is no date; write it as 2026-07-02") % {"value": value}
        ) from error
