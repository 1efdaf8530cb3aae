"""The calendar of back issues: months whose days lead to what came out on them."""

from calendar import Calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from articles.models import PublishedIssue
from articles.site.chrome import Paper
from articles.site.issues import IssueName

_WEEKS = Calendar(firstweekday=0)


@dataclass(frozen=True)
class CalendarDay:
    """A day in a month's table; 0 is a day of another month. `issues`: the main edition first."""

    number: int
    issues: tuple[IssueName, ...] = ()


@dataclass(frozen=True)
class CalendarMonth:
    """A month with issues, in weeks from Monday."""

    first: date
    weeks: tuple[tuple[CalendarDay, ...], ...]


def months(paper: Paper, rows: Iterable[PublishedIssue]) -> list[CalendarMonth]:
    """The months of these issues, in the issues' order."""
    by_day: dict[date, list[IssueName]] = {}
    for row in rows:
        by_day.setdefault(row.date, []).append(IssueName.of(paper, row))
    firsts = dict.fromkeys(day.replace(day=1) for day in by_day)
    return [
        CalendarMonth(
            first,
            tuple(
                tuple(
                    CalendarDay(
                        day.day if day.month == first.month else 0,
                        tuple(by_day.get(day, ())) if day.month == first.month else (),
                    )
                    for day in week
                )
                for week in _WEEKS.monthdatescalendar(first.year, first.month)
            ),
        )
        for first in firsts
    ]
