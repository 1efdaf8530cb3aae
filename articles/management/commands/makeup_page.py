"""Make one page of an issue up and write what came of it to a folder. Nothing in the database changes."""

import json
import tempfile
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles.makeup import fonts
from articles.makeup.briefs import brief_of, grid_of
from articles.makeup.composer import Composer, CompositionFailed
from articles.makeup.galley import GalleyMismatch
from articles.makeup.makeup import DoesNotFit, MadePage, Maker, MissingGlyphs, TooManyStories
from articles.makeup.prints import PictureUnreadable
from articles.makeup.workshop import cache, page_fonts
from articles.models import Issue, Page, PageFormat, Publication

PIXELS_PER_INCH = 150


class Command(BaseCommand):
    help = (
        "Make a page up: writes page.pdf, page.png and areas.json to --out and prints timings, what reading the page "
        "back found, and how much of it is empty. ISSUE is a date (YYYY-MM-DD) or latest; PAGE its code: 01."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("issue", metavar="ISSUE", type=_day_or_latest)
        parser.add_argument("page", metavar="PAGE")
        parser.add_argument("--publication", metavar="SLUG", help="Needed where there are several.")
        parser.add_argument("--format", metavar="NAME", help="A page format; default: the publication's own.")
        parser.add_argument("--out", metavar="DIR", type=Path, default=Path("makeup"))
        parser.add_argument(
            "--choice", type=int, default=1, choices=[1, 2, 3], help="Which of the best proposals."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        page = self._page(options)
        page_format = self._format(page.issue.publication, options["format"])
        made = self._make(page, page_format, options["choice"])
        out: Path = options["out"]
        try:
            out.mkdir(parents=True, exist_ok=True)
            self._write(made, out)
        except OSError as error:
            raise CommandError(
                _("%(folder)s cannot be written: %(why)s.") % {"folder": out, "why": error.strerror or error}
            ) from error
        self._report(made, out)
        if not made.reading.sound:
            raise CommandError(_("The page read back is not what was to be on it. Do not print it."))

    def _page(self, options: dict[str, Any]) -> Page:
        papers = Publication.objects.all()
        if options["publication"]:
            papers = papers.filter(slug=options["publication"])
        found = list(papers[:2])
        if len(found) != 1:
            raise CommandError(
                _("No such publication.")
                if not found
                else _("There are several publications: say --publication.")
            )
        issues = (
            Issue.objects.filter(publication=found[0]).select_related("publication").order_by("-date", "pk")
        )
        if options["issue"] is not None:
            issues = issues.filter(date=options["issue"])
        issue = issues.first()
        if issue is None:
            raise CommandError(_("There is no such issue."))
        page = issue.pages.select_related("issue__publication__masthead").filter(code=options["page"]).first()
        if page is None:
            codes = ", ".join(issue.pages.values_list("code", flat=True)) or "-"
            raise CommandError(_("This issue has no such page. It has: %(codes)s.") % {"codes": codes})
        if not page.placements.exists():
            raise CommandError(_("No story stands on this page."))
        return page

    def _format(self, publication: Publication, name: str | None) -> PageFormat:
        if name is None and publication.page_format is not None:
            return publication.page_format
        found = PageFormat.objects.filter(name=name).first() if name else PageFormat.objects.first()
        if found is None:
            names = ", ".join(PageFormat.objects.values_list("name", flat=True)) or "-"
            raise CommandError(_("There is no such page format. There are: %(names)s.") % {"names": names})
        return found

    def _make(self, page: Page, page_format: PageFormat, choice: int) -> MadePage:
        grid = grid_of(page_format)
        try:
            with tempfile.TemporaryDirectory(prefix="nr-makeup-") as folder:
                work = Path(folder)
                composer = Composer(work, page_fonts(), grid, cache())
                return Maker(brief_of(page, grid, work), grid, composer).make(choice=choice)
        except fonts.FontsMissing as error:
            raise CommandError(
                _(
                    "The fonts for Chinese pages are not on this machine. Install %(packages)s, or run: make fonts"
                )
                % {"packages": ", ".join(error.packages)}
            ) from error
        except MissingGlyphs as error:
            raise CommandError(
                _("No font has these characters: %(where)s.") % {"where": str(error)}
            ) from error
        except DoesNotFit as error:
            raise CommandError(
                _(
                    "The stories do not fit on the page: %(over)s lines too many. Take one off, or let one jump."
                )
                % {"over": error.over if error.over is not None else "?"}
            ) from error
        except TooManyStories as error:
            raise CommandError(
                _("That are more stories than one page can weigh: %(why)s.") % {"why": error}
            ) from error
        except (GalleyMismatch, CompositionFailed, PictureUnreadable) as error:
            raise CommandError(_("The page could not be set: %(why)s") % {"why": error}) from error

    def _write(self, made: MadePage, out: Path) -> None:
        (out / "page.pdf").write_bytes(made.pdf)
        document = pypdfium2.PdfDocument(made.pdf)
        document[0].render(scale=PIXELS_PER_INCH / 72).to_pil().save(out / "page.png")
        document.close()
        areas = {
            "areas": made.fractions(),
            "continues": [vars(jump) for jump in made.jumps],
            "deferred": made.deferred,
            "layout": made.tree,
        }
        (out / "areas.json").write_text(json.dumps(areas, ensure_ascii=False, indent=1), encoding="utf-8")

    def _report(self, made: MadePage, out: Path) -> None:
        reading = made.reading
        rows = [(name, f"{seconds:.2f} s") for name, seconds in made.timings.items()]
        rows += [
            ("together", f"{sum(made.timings.values()):.2f} s"),
            ("read back", f"{reading.characters} characters, {reading.lines} lines on the grid"),
            ("faults", "; ".join(map(str, reading.faults)) or "none"),
            ("strays", reading.strays or "none"),
            ("blank", f"{made.blank:.1%}"),
            ("over by", f"{made.over_by} lines"),
            ("short by", f"{made.short_by} lines"),
            ("deferred", ", ".join(made.deferred) or "none"),
            ("jumps", ", ".join(f"{jump.story} to {jump.to_page}" for jump in made.jumps) or "none"),
            ("headlines colliding", str(len(made.collisions))),
            ("written to", str(out)),
        ]
        for name, value in rows:
            self.stdout.write(f"{name:<20} {value}")


def _day_or_latest(value: str) -> date | None:
    if value == "latest":
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ArgumentTypeError(f"{value} is neither a date like 2026-11-25 nor latest") from error
