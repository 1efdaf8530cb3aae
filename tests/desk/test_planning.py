"""A new issue takes its weekday's pages and the next number; who may say what those pages are."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from articles.desk.planning import PlannedPage, copy_pattern, keep_pattern, plan_issue
from articles.exceptions import IllegalTransition, NotAllowed
from articles.models import Issue, Page, PagePattern, Section, Weekday
from tests.cast import Cast
from tests.desk.test_two_at_once import at_once

WEDNESDAY = date(2031, 7, 2)
PLAN = {"duty", "chief", "layout"}
EVERYBODY = [
    *("reporter", "colleague", "section_editor", "duty", "chief", "layout", "outsider", "administrator"),
]


def pattern(cast: Cast, weekday: int) -> list[tuple[str, str, list[str]]]:
    rows = PagePattern.objects.filter(publication=cast.publication, weekday=weekday)
    return [(row.code, row.label, [section.name for section in row.sections.all()]) for row in rows]


@pytest.fixture
def two_pages(cast: Cast) -> list[PlannedPage]:
    """Wednesday's: 01 for 要闻, 02 for anything."""
    rows = [PlannedPage("01", "要闻", [cast.news.pk]), PlannedPage("02", "副刊")]
    keep_pattern(cast.chief, cast.publication.pk, Weekday.WEDNESDAY, rows)
    return rows


def test_a_new_issue_takes_its_weekdays_pages_and_the_next_number(
    cast: Cast, two_pages: list[PlannedPage]
) -> None:
    cast.issue(date(2031, 7, 1), serial_no=6480)
    issue = plan_issue(cast.layout, cast.publication.pk, WEDNESDAY)
    assert (issue.date, issue.serial_no, issue.status) == (WEDNESDAY, 6481, "planning")
    assert [
        (page.code, page.position, page.label, [section.name for section in page.sections.all()])
        for page in issue.pages.all()
    ] == [("01", 1, "要闻", ["要闻"]), ("02", 2, "副刊", [])]


def test_another_weekday_has_other_pages_or_none(cast: Cast, two_pages: list[PlannedPage]) -> None:
    assert plan_issue(cast.duty, cast.publication.pk, date(2031, 7, 3)).pages.count() == 0


@pytest.mark.parametrize(
    ("numbers", "following"), [([], 1), ([None], None), ([7, None], 8), ([9, 3], 10)], ids=str
)
def test_the_serial_number_continues(cast: Cast, numbers: list[int | None], following: int | None) -> None:
    for number in numbers:
        cast.issue(serial_no=number)
    assert plan_issue(cast.duty, cast.publication.pk, WEDNESDAY).serial_no == following


def test_a_day_has_one_issue_of_an_edition(cast: Cast, two_pages: list[PlannedPage]) -> None:
    plan_issue(cast.duty, cast.publication.pk, WEDNESDAY)
    with pytest.raises(IllegalTransition):
        plan_issue(cast.chief, cast.publication.pk, WEDNESDAY)
    extra = plan_issue(cast.chief, cast.publication.pk, WEDNESDAY, edition=Issue.Edition.EXTRA)
    assert extra.serial_no == 2
    assert Issue.objects.count() == 2


@pytest.mark.parametrize("name", EVERYBODY)
def test_planning_by_everybody(cast: Cast, name: str) -> None:
    if name in PLAN:
        assert plan_issue(getattr(cast, name), cast.publication.pk, WEDNESDAY).pk
    else:
        with pytest.raises(NotAllowed):
            plan_issue(getattr(cast, name), cast.publication.pk, WEDNESDAY)
        assert not Issue.objects.exists()


@pytest.mark.parametrize("name", EVERYBODY)
def test_a_pattern_by_everybody(cast: Cast, name: str) -> None:
    rows = [PlannedPage("01", "要闻")]
    if name in PLAN | {"administrator"}:
        keep_pattern(getattr(cast, name), cast.publication.pk, 0, rows)
        copy_pattern(getattr(cast, name), cast.publication.pk, 0, [1])
        assert PagePattern.objects.count() == 2
    else:
        for attempt in (
            lambda: keep_pattern(getattr(cast, name), cast.publication.pk, 0, rows),
            lambda: copy_pattern(getattr(cast, name), cast.publication.pk, 0, [1]),
        ):
            with pytest.raises(NotAllowed):
                attempt()
        assert not PagePattern.objects.exists()


def test_a_pattern_is_kept_in_order_and_again_in_another(cast: Cast, two_pages: list[PlannedPage]) -> None:
    keep_pattern(cast.duty, cast.publication.pk, Weekday.WEDNESDAY, two_pages[::-1])
    assert pattern(cast, Weekday.WEDNESDAY) == [("02", "副刊", []), ("01", "要闻", ["要闻"])]
    keep_pattern(cast.duty, cast.publication.pk, Weekday.WEDNESDAY, [])
    assert pattern(cast, Weekday.WEDNESDAY) == []


def test_a_pattern_leaves_issues_that_exist_alone(cast: Cast, two_pages: list[PlannedPage]) -> None:
    issue = plan_issue(cast.duty, cast.publication.pk, WEDNESDAY)
    keep_pattern(cast.duty, cast.publication.pk, Weekday.WEDNESDAY, [])
    assert issue.pages.count() == 2


def test_a_day_is_copied_over_others(cast: Cast, two_pages: list[PlannedPage]) -> None:
    keep_pattern(cast.duty, cast.publication.pk, Weekday.FRIDAY, [PlannedPage("A01", "旧")])
    copy_pattern(cast.duty, cast.publication.pk, Weekday.WEDNESDAY, [Weekday.FRIDAY, Weekday.WEDNESDAY])
    for weekday in (Weekday.WEDNESDAY, Weekday.FRIDAY):
        assert pattern(cast, weekday) == [("01", "要闻", ["要闻"]), ("02", "副刊", [])]


def test_what_is_wrong_changes_nothing(cast: Cast, two_pages: list[PlannedPage]) -> None:
    theirs = Section.objects.create(publication=cast.other_publication, name="潮闻")
    wrong: list[list[PlannedPage]] = [
        [PlannedPage("01"), PlannedPage("01")],
        [PlannedPage("1a")],
        [PlannedPage("01", "一行\n两行")],
        [PlannedPage("01", sections=[theirs.pk])],
        [PlannedPage(f"A{number}") for number in range(121)],
    ]
    for rows in wrong:
        with pytest.raises(ValidationError):
            keep_pattern(cast.chief, cast.publication.pk, Weekday.WEDNESDAY, rows)
    assert len(pattern(cast, Weekday.WEDNESDAY)) == 2


@pytest.mark.parametrize("fields", [{"weekday": 7, "code": "09"}, {"weekday": 2, "code": "01"}], ids=str)
def test_the_database_refuses_no_weekday_and_a_code_twice(
    cast: Cast, two_pages: list[PlannedPage], fields: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PagePattern.objects.create(publication=cast.publication, **fields)


@pytest.mark.django_db(transaction=True)
def test_planning_a_day_by_two_at_once_makes_one_issue(cast: Cast) -> None:
    keep_pattern(cast.chief, cast.publication.pk, Weekday.WEDNESDAY, [PlannedPage("01")])
    results = at_once(
        lambda: plan_issue(cast.duty, cast.publication.pk, WEDNESDAY),
        lambda: plan_issue(cast.layout, cast.publication.pk, WEDNESDAY),
    )
    assert sum(isinstance(result, IllegalTransition) for result in results) == 1, results
    assert (Issue.objects.count(), Page.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_planning_two_days_at_once_gives_two_numbers(cast: Cast) -> None:
    cast.issue(date(2031, 6, 30), serial_no=10)
    at_once(
        lambda: plan_issue(cast.duty, cast.publication.pk, date(2031, 7, 1)),
        lambda: plan_issue(cast.layout, cast.publication.pk, date(2031, 7, 2)),
    )
    assert sorted(Issue.objects.values_list("serial_no", flat=True)) == [10, 11, 12]
