"""The first page of the desk: what waits for a person, and what they may do next."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.desk import publishing, stories, workflow
from articles.desk.pages import place
from tests.admin.desk import change_url, logged_in, text_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def bench(person: Any) -> str:
    return text_of(logged_in(person).get("/admin/"))


def card(page: str, name: str) -> str:
    """One card of the page, by the end of its heading's id."""
    return page.split(f'aria-labelledby="bench-{name}"')[1].split("</section>", maxsplit=1)[0]


def day(cast: Cast, ahead: int) -> Any:
    return timezone.localdate(timezone.now(), cast.publication.zone) + timedelta(days=ahead)


def test_what_came_back_stands_there_with_who_and_why(cast: Cast) -> None:
    story = cast.in_review("潮位站启用")
    workflow.send_back(cast.section_editor, story.pk, "导语里的时间与正文不一致")

    back = card(bench(cast.reporter), "back")

    assert "潮位站启用" in back
    assert "导语里的时间与正文不一致" in back
    assert "许若澜" in back


def test_what_waits_for_ones_stage_is_there_the_oldest_first(cast: Cast) -> None:
    first, second = cast.in_review("渡轮夜航"), cast.in_review("老街亮灯")
    cast.in_review("已到复审", stage=1)

    waiting = card(bench(cast.section_editor), "waiting")

    assert waiting.index("渡轮夜航") < waiting.index("老街亮灯")
    assert "林海生" in waiting
    assert "characters" in waiting
    assert "已到复审" not in waiting
    page = bench(cast.section_editor)
    assert f'<a class="button default" href="{change_url(first)}">Review the next story</a>' in page
    assert change_url(second) in page


def test_the_papers_in_the_making_say_what_they_lack(cast: Cast) -> None:
    issue = cast.issue(day(cast, 1))
    page = cast.page(issue)
    cast.page(issue, "02", "文化")
    place(cast.duty, page.pk, cast.draft("潮位站启用").pk)

    shown = bench(cast.layout)

    assert f"Tomorrow · {issue}" in shown
    assert "“潮位站启用” is not approved" in shown
    assert "Page 02 文化: no story stands on it." in shown
    assert "0 of 2 pages ready" in shown


def test_where_tomorrow_has_no_issue_who_may_plans_one(cast: Cast) -> None:
    assert "No issue is planned for this day yet." in bench(cast.layout)
    assert "No issue is planned for this day yet." not in bench(cast.section_editor)
    cast.issue(day(cast, 1))
    assert "No issue is planned for this day yet." not in bench(cast.layout)


def test_a_held_issue_stands_there_whatever_its_day(cast: Cast) -> None:
    issue = cast.scheduled_issue(cast.approved("潮位站启用"), at=timezone.now() + timedelta(days=40))
    publishing.hold_issue(cast.chief, issue.pk, reason="头版数字待核")
    assert "desk-is-issue-held" in bench(cast.chief)


def test_what_went_out_on_one_signature_is_owed_a_review(cast: Cast) -> None:
    story = cast.live("潮位站启用")
    type(story).objects.filter(pk=story.pk).update(owes_review=True)
    assert "潮位站启用" in card(bench(cast.duty), "debts")
    assert "bench-debts" not in bench(cast.section_editor)


def test_approved_stories_on_no_page_wait_for_who_fills_pages(cast: Cast) -> None:
    cast.approved("潮位站启用")
    cast.scheduled_issue(cast.approved("已经上版"))
    unplaced = card(bench(cast.layout), "unplaced")
    assert "潮位站启用" in unplaced
    assert "已经上版" not in unplaced


def test_a_reporter_sees_nothing_of_issues_and_of_others(cast: Cast) -> None:
    cast.issue(day(cast, 1))
    cast.approved("别人的稿子")
    page = bench(cast.colleague)
    assert "Tomorrow" not in page
    assert "别人的稿子" not in page
    assert "No drafts." in page


@pytest.mark.parametrize("who", ["reporter", "section_editor", "chief", "layout", "administrator"])
def test_it_costs_the_same_however_much_there_is(cast: Cast, who: str) -> None:
    client = logged_in(getattr(cast, who))
    counts = []
    for round_ in range(2):
        for number in range(1 + 6 * round_):
            cast.draft(f"第{round_}{number}条短讯")
            cast.in_review(f"第{round_}{number}条在审")
            stories.publish_article(cast.chief, cast.approved(f"第{round_}{number}条已发").pk)
        issue = cast.issue(day(cast, round_))
        for code in ("01", "02"):
            cast.page(issue, code)
        client.get("/admin/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/admin/").status_code == 200
        counts.append(len(queries))

    # How long a queue is that is not shown whole takes one more.
    assert counts[1] <= counts[0] + 1
    assert counts[1] <= 20
