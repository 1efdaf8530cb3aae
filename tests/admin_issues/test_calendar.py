"""The calendar of issues, a new issue from a day, and the screens of the week's pages."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.desk.planning import PlannedPage, keep_pattern
from articles.models import Issue, Page, PagePattern, Section
from tests.admin_issues.conftest import Desk
from tests.cast import Cast

CALENDAR = "/admin/articles/issue/calendar/"
NEW = "/admin/articles/issue/new/"
ADD = "/admin/articles/issue/add/"
WEEK = "/admin/articles/pagepattern/"
MOST_QUERIES = 12
DAY = date(2031, 7, 2)


def day_of(cast: Cast, weekday: int) -> str:
    return reverse("admin:articles_pagepattern_day", args=[cast.publication.pk, weekday])


def copy_of(cast: Cast, weekday: int) -> str:
    return reverse("admin:articles_pagepattern_copy", args=[cast.publication.pk, weekday])


@pytest.fixture
def wednesday(cast: Cast) -> None:
    rows = [PlannedPage("01", "要闻", [cast.news.pk]), PlannedPage("02", "副刊", [cast.culture.pk])]
    keep_pattern(cast.chief, cast.publication.pk, 2, rows)


# --- the month ----------------------------------------------------------------------------------------------------


def test_a_month_shows_its_issues_with_their_state(cast: Cast, desk: Desk) -> None:
    planned = cast.issue(DAY, serial_no=41)
    other = cast.issue(date(2031, 9, 1), serial_no=77)
    text = desk(cast.section_editor).get(CALENDAR, {"month": "2031-07"}).text
    assert reverse("admin:articles_issue_change", args=[planned.pk]) in text
    assert reverse("admin:articles_issue_change", args=[other.pk]) not in text
    assert "desk-is-issue-planning" in text
    assert "?month=2031-06" in text and "?month=2031-08" in text


@pytest.mark.parametrize(
    "month", ["", "2031-13", "x", "0000-00", "9999-12", "2031-07-02", "９９９９-12", "\x00"]
)
def test_a_month_that_is_none_is_this_one(cast: Cast, desk: Desk, month: str) -> None:
    answer = desk(cast.chief).get(CALENDAR, {"month": month})
    today = timezone.localdate(timezone.now(), cast.publication.zone)
    assert answer.status_code == 200
    assert f'datetime="{today:%Y-%m-%d}"' in answer.text


def test_the_calendar_of_another_paper_is_not_shown(cast: Cast, desk: Desk) -> None:
    theirs = Issue.objects.create(publication=cast.other_publication, date=DAY, serial_no=987654)
    text = desk(cast.chief).get(CALENDAR, {"month": "2031-07", "paper": cast.other_publication.pk}).text
    assert "987654" not in text
    assert cast.other_publication.name not in text
    ours = desk(cast.outsider).get(CALENDAR, {"month": "2031-07"}).text
    assert str(theirs.serial_no) in ours


def test_a_day_is_offered_only_to_who_plans_and_only_once(cast: Cast, desk: Desk) -> None:
    today = timezone.localdate(timezone.now(), cast.publication.zone)
    field = f'name="date" value="{today:%Y-%m-%d}"'
    past = f'name="date" value="{today - timedelta(days=1):%Y-%m-%d}"'
    planner, reader = desk(cast.layout), desk(cast.section_editor)
    assert field in planner.get(CALENDAR).text
    assert past not in planner.get(CALENDAR).text
    assert field not in reader.get(CALENDAR).text
    cast.issue(today)
    assert field not in planner.get(CALENDAR).text


def test_a_full_month_takes_few_queries(cast: Cast, desk: Desk) -> None:
    client = desk(cast.chief)
    counts = []
    for days in (range(1, 3), range(3, 31)):
        for day in days:
            cast.page(cast.issue(date(2031, 7, day)))
        with CaptureQueriesContext(connection) as captured:
            client.get(CALENDAR, {"month": "2031-07"})
        counts.append(len(captured))
    assert counts[0] == counts[1] <= MOST_QUERIES, counts


# --- a new issue --------------------------------------------------------------------------------------------------


def test_a_press_makes_the_issue_with_its_weekdays_pages(cast: Cast, desk: Desk, wednesday: None) -> None:
    cast.issue(date(2031, 7, 1), serial_no=41)
    client = desk(cast.layout)
    answer = client.post(NEW, {"paper": cast.publication.pk, "date": "2031-07-02"})
    made = Issue.objects.get(date=DAY)
    assert answer.url == reverse("admin:articles_issue_change", args=[made.pk])
    assert made.serial_no == 42
    assert [page.label for page in made.pages.all()] == ["要闻", "副刊"]
    again = client.post(NEW, {"paper": cast.publication.pk, "date": "2031-07-02"})
    assert again.status_code == 409
    assert Issue.objects.filter(date=DAY).count() == 1


@pytest.mark.parametrize("who", ["reporter", "colleague", "section_editor", "administrator"])
def test_others_make_none(cast: Cast, desk: Desk, who: str) -> None:
    answer = desk(getattr(cast, who)).post(NEW, {"paper": cast.publication.pk, "date": "2031-07-02"})
    assert answer.status_code == 403
    assert not Issue.objects.exists()


@pytest.mark.parametrize(
    "data",
    [{}, {"date": "2031-07-02"}, {"date": "31.7."}, {"date": "2031-02-30"}, {"paper": "999"}, {"paper": "x"}],
    ids=str,
)
def test_what_is_no_day_makes_none(cast: Cast, desk: Desk, data: dict[str, Any]) -> None:
    given = {"paper": cast.other_publication.pk} | data
    answer = desk(cast.chief).post(NEW, given)
    assert (answer.status_code, answer.url) == (302, CALENDAR)
    assert not Issue.objects.exists()


def test_without_the_token_none_is_made_and_no_pattern_kept(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.chief)
    for address in (NEW, day_of(cast, 2), copy_of(cast, 2)):
        assert strict.post(address, {"paper": cast.publication.pk, "date": "2031-07-02"}).status_code == 403
    assert not Issue.objects.exists()
    assert not PagePattern.objects.exists()


def test_planning_by_hand_begins_with_the_weekdays_pages_too(cast: Cast, desk: Desk, wednesday: None) -> None:
    client = desk(cast.chief)
    text = client.get(ADD, {"publication": cast.publication.pk, "date": "2031-07-02"}).text
    assert 'name="pages-1-label" value="副刊"' in text
    assert client.get(ADD, {"publication": cast.other_publication.pk, "date": "x'"}).status_code == 200
    rows = {
        f"pages-{number}-{name}": value
        for number, code in enumerate(["01", "09"])
        for name, value in {"code": code, "position": number + 1, "label": "要闻"}.items()
    }
    head = {"pages-TOTAL_FORMS": 2, "pages-INITIAL_FORMS": 0, "publication": cast.publication.pk}
    day = {"date": "2031-07-02", "edition": "extra", "serial_no": ""}
    assert client.post(ADD, head | day | rows).status_code == 302
    pages = Page.objects.filter(issue__date=DAY)
    assert [list(page.sections.all()) for page in pages] == [[cast.news], []]


# --- the pages of the week ----------------------------------------------------------------------------------------


def rows_of(*rows: dict[str, Any], initial: int = 0) -> dict[str, Any]:
    fields = {
        f"pages-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()
    }
    return {"pages-TOTAL_FORMS": len(rows), "pages-INITIAL_FORMS": initial, **fields}


def kept(weekday: int = 2) -> list[tuple[str, str]]:
    return list(PagePattern.objects.filter(weekday=weekday).values_list("code", "label"))


def test_the_week_shows_each_days_pages(cast: Cast, desk: Desk, wednesday: None) -> None:
    text = desk(cast.layout).get(WEEK).text
    assert text.count("week-day") == 7
    assert text.count('class="week-pages"') == 1
    assert text.count(day_of(cast, 0)) == 1


def test_a_day_is_kept_in_the_order_of_its_numbers(cast: Cast, desk: Desk) -> None:
    rows = [
        {"code": "01", "label": "要闻", "ORDER": "2", "sections": [cast.news.pk]},
        {"code": "02", "label": "副刊", "ORDER": "1"},
        {"code": "03", "label": "不要了", "ORDER": "3", "DELETE": "on"},
        # The script numbers the empty row as well.
        {"code": "", "label": "", "ORDER": "4"},
    ]
    answer = desk(cast.administrator).post(day_of(cast, 2), rows_of(*rows))
    assert answer.status_code == 302, answer.text
    assert kept() == [("02", "副刊"), ("01", "要闻")]
    assert [section.name for section in PagePattern.objects.get(code="01").sections.all()] == ["要闻"]


@pytest.mark.parametrize(
    "rows",
    [
        [{"code": "01"}, {"code": "01"}],
        [{"code": "<b>"}],
        [{"code": "", "label": "没有版次"}],
        [{"code": "01", "label": "x" * 31}],
        [{"code": "01", "sections": ["999999"]}],
        [{"code": "01", "sections": ["abc"]}],
    ],
    ids=str,
)
def test_what_is_wrong_comes_back_with_words(cast: Cast, desk: Desk, rows: list[dict[str, Any]]) -> None:
    answer = desk(cast.chief).post(day_of(cast, 2), rows_of(*rows))
    assert answer.status_code == 200
    assert "errorlist" in answer.text
    assert not PagePattern.objects.exists()


def test_another_papers_section_is_no_choice(cast: Cast, desk: Desk) -> None:
    theirs = Section.objects.create(publication=cast.other_publication, name="潮闻")
    answer = desk(cast.chief).post(day_of(cast, 2), rows_of({"code": "01", "sections": [theirs.pk]}))
    assert answer.status_code == 200
    assert "潮闻" not in answer.text
    assert not PagePattern.objects.exists()


@pytest.mark.parametrize("count", ["100000", "-5", "abc", ""])
def test_a_forged_count_of_rows_is_refused(cast: Cast, desk: Desk, count: str) -> None:
    data = rows_of({"code": "01"}) | {"pages-TOTAL_FORMS": count}
    assert desk(cast.chief).post(day_of(cast, 2), data).status_code == 400
    assert not PagePattern.objects.exists()


def test_a_day_is_copied_to_the_chosen_ones(cast: Cast, desk: Desk, wednesday: None) -> None:
    answer = desk(cast.layout).post(copy_of(cast, 2), {"to": ["3", "4"]})
    assert answer.status_code == 302
    assert kept(3) == kept(4) == kept(2) == [("01", "要闻"), ("02", "副刊")]
    for wrong in ({}, {"to": "7"}, {"to": "x"}):
        assert desk(cast.layout).post(copy_of(cast, 2), wrong).status_code == 302
    assert PagePattern.objects.count() == 6


@pytest.mark.parametrize("who", ["outsider", "reporter", "section_editor"])
def test_a_week_of_another_paper_is_not_there(cast: Cast, desk: Desk, wednesday: None, who: str) -> None:
    client = desk(getattr(cast, who))
    assert client.get(day_of(cast, 2)).status_code == 404
    assert client.post(day_of(cast, 2), rows_of()).status_code == 404
    assert client.post(copy_of(cast, 2), {"to": "3"}).status_code == 404
    assert (len(kept(2)), len(kept(3))) == (2, 0)


def test_a_weekday_that_is_none_is_not_there(cast: Cast, desk: Desk) -> None:
    assert desk(cast.chief).get(day_of(cast, 7)).status_code == 404


def test_the_week_takes_few_queries(cast: Cast, desk: Desk, wednesday: None) -> None:
    client = desk(cast.chief)
    client.post(copy_of(cast, 2), {"to": [str(day) for day in range(7)]})
    for address in (WEEK, day_of(cast, 2)):
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        assert len(captured) <= MOST_QUERIES
