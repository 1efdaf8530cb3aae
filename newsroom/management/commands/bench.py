"""`manage.py bench`: what the product costs, measured on throw-away installations, beside what it may cost."""

import argparse
import json
import os
import platform
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import django
from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsroom.bench import box, runner
from newsroom.bench.table import Table
from newsroom.env import ROOT

PAGE = ROOT / "docs" / "benchmarks.md"


class Command(BaseCommand):
    help = (
        "Measure the product and write docs/benchmarks.md. Every measurement makes a throw-away installation for "
        "itself; your own database is neither read nor written."
    )
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "only", nargs="*", metavar="NAME", help=f"of {', '.join(runner.MEASUREMENTS)}; none: all"
        )
        parser.add_argument(
            "--quick", action="store_true", help="small sizes, only to see that everything runs"
        )
        parser.add_argument(
            "--output", type=Path, help="where to write the page; left out: docs/benchmarks.md"
        )
        parser.add_argument("--inside", help=argparse.SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["inside"]:
            self._inside(options["inside"].split(","), options["quick"])
            return
        names = options["only"] or list(runner.MEASUREMENTS)
        unknown = set(names) - set(runner.MEASUREMENTS)
        if unknown:
            raise CommandError(
                f"There is no measurement called {', '.join(sorted(unknown))}. "
                f"There are: {', '.join(runner.MEASUREMENTS)}."
            )
        tables = []
        for table in runner.run_all(names, quick=options["quick"]):
            self.stdout.write(table.plain())
            self.stdout.flush()
            tables.append(table)
        for sentence in (sentence for table in tables for sentence in table.missed):
            self.stdout.write(f"MISSED  {sentence}")
        # Part of the measurements, or small ones, never take the place of the whole page.
        whole = not options["only"] and not options["quick"]
        path: Path | None = options["output"] or (PAGE if whole else None)
        if path is not None:
            path.write_text(page(tables), encoding="utf-8")
            self.stdout.write(f"Written: {path.name}")

    def _inside(self, names: Sequence[str], quick: bool) -> None:
        folder = box.check_inside()
        found = [table.as_json() for table in runner.measure_here(names, quick)]
        (folder / box.RESULT_FILE).write_text(json.dumps(found), encoding="utf-8")


def page(tables: list[Table]) -> str:
    """docs/benchmarks.md."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    missed = [sentence for table in tables for sentence in table.missed]
    head = (
        "# Benchmarks\n\n"
        "Written by `make bench`; do not edit. Every measurement made a throw-away installation for itself.\n\n"
        f"Measured with {cores} cores, Python {platform.python_version()}, Django {django.get_version()}. "
        + (
            "Not every target was held:\n\n" + "\n".join(f"- {sentence}" for sentence in missed)
            if missed
            else "Every target was held."
        )
    )
    return "\n\n".join([head, *(table.markdown().rstrip("\n") for table in tables)]) + "\n"
