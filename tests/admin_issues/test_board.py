"""An issue in the admin: who sees it, who may do what to it, and that the desk is asked every time."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.desk import pages
from articles.models import Article, Event, Issue, Page, Placement, PublishedIssue
from tests.admin_issues.conftest import Desk
from tests.cast import Cast

LIST = "/admin/articles/issue/"


def board(issue: Issue) -> str:
    return reverse("admin:articles_issue_change", args=[issue.pk])


def of_issue(issue: Issue, verb: str) -> str:
    return reverse("admin:articles_issue_verb", args=[issue.pk, verb])


def of_page(page: Page, verb: str) -> str:
    return reverse("admin:articles_page_verb", args=[page.pk, verb])


@pytest.fixture
def issue(cast: Cast) -> Issue:
    return cast.issue(date(2031, 7, 2))


@pytest.fixture
def page(cast: Cast, issue: Issue) -> Page:
    return cast.page(issue, label="港口")


# --- who sees it --------------------------------------------------------------------------------------------------

SEES = ["section_editor", "duty", "chief", "layout"]
DOES_NOT = ["reporter", "outsider", "administrator"]


@pytest.mark.parametrize("who", SEES)
def test_editors_and_layout_artists_see_the_list_and_the_board(
    cast: Cast, desk: Desk, page: Page, who: str
) -> None:
    client = desk(getattr(cast, who))
    assert "2031-07-02" in client.get(LIST).text
    assert "01 港口" in client.get(board(page.issue)).text


@pytest.mark.parametrize("who", DOES_NOT)
def test_others_find_no_board_there(cast: Cast, desk: Desk, page: Page, who: str) -> None:
    client = desk(getattr(cast, who))
    answer = client.get(board(page.issue))
    assert answer.status_code == 404
    assert "港口" not in answer.text
    listed = client.get(LIST)
    assert listed.status_code == (200 if who == "outsider" else 403)
    assert "2031-07-02" not in listed.text


def test_who_is_not_logged_in_is_asked_to(desk: Desk, page: Page) -> None:
    for address in [LIST, board(page.issue), of_issue(page.issue, "schedule_issue"), of_page(page, "place")]:
        answer = desk(None).get(address)
        assert answer.status_code == 302
        assert "/admin/login/" in answer.url


def test_a_board_of_no_issue_is_404(cast: Cast, desk: Desk) -> None:
    for key in ["999999", "abc", "9" * 40, "1_2f"]:
        assert desk(cast.chief).get(f"{LIST}{key}/change/").status_code == 404


# --- who may do what ----------------------------------------------------------------------------------------------

MAY = {
    "place": {"duty", "chief", "layout"},
    "unplace": {"duty", "chief", "layout"},
    "sign_off_page": {"duty", "chief"},
    "schedule_issue": {"duty", "chief"},
}


@pytest.mark.parametrize("verb", list(MAY))
@pytest.mark.parametrize("who", [*SEES, *DOES_NOT])
def test_every_verb_asks_who(cast: Cast, desk: Desk, page: Page, verb: str, who: str) -> None:
    story = cast.approved()
    if verb != "place":
        pages.place(cast.duty, page.pk, story.pk)
    if verb == "schedule_issue":
        pages.sign_off_page(cast.duty, page.pk)
    data = {"place": {"article": story.pk}, "unplace": {"article": story.pk}}.get(verb, {})
    address = of_page(page, verb)
    if verb == "schedule_issue":
        address, data = of_issue(page.issue, verb), {"at": "2031-07-02T06:00"}
    before = Event.objects.count()
    answer = desk(getattr(cast, who)).post(address, data)
    if who in MAY[verb]:
        assert answer.status_code == 302, answer.text
        assert Event.objects.count() == before + 1
    else:
        assert answer.status_code == (404 if who in DOES_NOT else 403)
        assert Event.objects.count() == before
    if answer.status_code == 403:
        assert "editor-in-chief" in answer.text or "总编辑" in answer.text


@pytest.mark.parametrize("who", SEES)
def test_buttons_are_shown_only_to_those_who_may(cast: Cast, desk: Desk, page: Page, who: str) -> None:
    pages.place(cast.duty, page.pk, cast.approved().pk)
    cast.approved("老船坞变身图书馆")
    text = desk(getattr(cast, who)).get(board(page.issue)).text
    assert ('data-verb="place"' in text) == (who in MAY["place"])
    assert ('data-verb="unplace"' in text) == (who in MAY["unplace"])
    assert ('data-verb="sign_off_page"' in text) == (who in MAY["sign_off_page"])
    assert ('data-verb="schedule_issue"' in text) == (who in MAY["schedule_issue"])


def test_buttons_follow_the_state(cast: Cast, desk: Desk) -> None:
    issue = cast.scheduled_issue(cast.approved())
    text = desk(cast.chief).get(board(issue)).text
    for verb in ["hold_issue", "unschedule_issue", "replace_page"]:
        assert f'data-verb="{verb}"' in text
    for verb in ["place", "unplace", "sign_off_page", "schedule_issue", "release_issue"]:
        assert f'data-verb="{verb}"' not in text


@pytest.mark.parametrize("who", ["duty", "chief"])
def test_without_the_token_nothing_is_done(cast: Cast, page: Page, who: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(getattr(cast, who))
    story = cast.approved()
    pages.place(cast.duty, page.pk, story.pk)
    attempts: list[tuple[str, dict[str, Any]]] = [
        (of_page(page, "unplace"), {"article": story.pk}),
        (of_page(page, "place"), {"article": story.pk}),
        (of_page(page, "sign_off_page"), {}),
        (of_issue(page.issue, "schedule_issue"), {"at_once": "on"}),
        (f"{LIST}{page.issue_id}/edit/", {}),
        (f"{LIST}add/", {}),
        (f"{LIST}{page.issue_id}/delete/", {"post": "yes"}),
        ("/admin/articles/intake/new/", {"text": "x"}),
    ]
    before = Event.objects.count()
    for address, data in attempts:
        assert strict.post(address, data).status_code == 403, address
    assert Event.objects.count() == before
    assert not Issue.objects.get(pk=page.issue_id).publish_at


# --- from empty page to published issue ---------------------------------------------------------------------------


def test_the_whole_way_of_an_issue(cast: Cast, desk: Desk, page: Page) -> None:
    first, second = cast.approved("渡轮夜航试运行"), cast.approved("老船坞变身图书馆")
    layout, duty, chief = desk(cast.layout), desk(cast.duty), desk(cast.chief)
    issue = page.issue
    for story in (first, second):
        assert layout.post(of_page(page, "place"), {"article": story.pk}).status_code == 302
    assert layout.post(of_page(page, "place"), {"article": second.pk, "position": 1}).status_code == 302
    assert [row.article for row in page.placements.all()] == [second, first]

    assert "01" in duty.get(board(issue)).text
    refusal = chief.post(of_issue(issue, "schedule_issue"), {"at": "2031-07-02T06:00"})
    assert refusal.status_code == 409
    assert "01 港口" in refusal.text
    assert "2031-07-02T06:00" in refusal.text, "what was typed is kept"

    assert duty.post(of_page(page, "sign_off_page")).status_code == 302
    assert chief.post(of_issue(issue, "schedule_issue"), {"at": "2031-07-02T06:00"}).status_code == 302
    issue.refresh_from_db()
    assert issue.publish_at == datetime(2031, 7, 1, 22, 0, tzinfo=UTC), "six in the morning in Shanghai"
    assert "2031-07-02 06:00" in chief.get(board(issue)).text

    assert chief.post(of_issue(issue, "hold_issue"), {"reason": "头条待核实"}).status_code == 302
    assert not PublishedIssue.objects.exists()
    text = chief.get(board(issue)).text
    assert "头条待核实" in text
    assert 'data-verb="release_issue"' in text
    assert chief.post(of_issue(issue, "release_issue")).status_code == 302
    assert PublishedIssue.objects.get().visible_from == issue.publish_at
    assert duty.post(of_issue(issue, "unschedule_issue"), {"reason": ""}).status_code == 302
    issue.refresh_from_db()
    assert (issue.status, issue.publish_at) == ("planning", None)

    assert chief.post(of_issue(issue, "schedule_issue"), {"at_once": "on"}).status_code == 302
    issue.refresh_from_db()
    assert issue.status == "published"
    assert Article.objects.get(pk=first.pk).status == "published"


def test_the_board_says_what_is_not_ready_and_why(cast: Cast, desk: Desk, page: Page) -> None:
    pages.place(cast.duty, page.pk, cast.in_review("渡轮夜航试运行").pk)
    pages.place(cast.duty, page.pk, cast.approved("老船坞变身图书馆").pk)
    text = desk(cast.duty).get(board(page.issue)).text
    assert text.count('class="board-lacks"') == 2, "one story is not approved, the page is not signed off"
    assert 'data-verb="sign_off_page"' not in text
    answer = desk(cast.duty).post(of_page(page, "sign_off_page"))
    assert answer.status_code == 409
    assert "渡轮夜航试运行" in answer.text


def test_a_sign_off_made_void_by_a_later_change_is_shown(cast: Cast, desk: Desk, page: Page) -> None:
    pages.place(cast.duty, page.pk, cast.approved().pk)
    pages.sign_off_page(cast.duty, page.pk)
    assert 'class="board-signed"' in desk(cast.chief).get(board(page.issue)).text
    pages.place(cast.duty, page.pk, cast.approved("老船坞变身图书馆").pk)
    text = desk(cast.chief).get(board(page.issue)).text
    assert 'class="board-signed"' not in text
    assert 'data-verb="sign_off_page"' in text


@pytest.mark.parametrize("at", ["", "2031-13-40T06:00", "yesterday", "2001-01-01T06:00"])
def test_a_wrong_time_is_refused_and_the_page_kept(cast: Cast, desk: Desk, at: str) -> None:
    issue = cast.ready_issue(cast.approved())
    answer = desk(cast.chief).post(of_issue(issue, "schedule_issue"), {"at": at})
    assert answer.status_code in (200, 409)
    assert "errornote" in answer.text
    issue.refresh_from_db()
    assert issue.status == "planning"


def test_times_are_the_papers_not_the_servers(cast: Cast, desk: Desk) -> None:
    cast.publication.time_zone = "Asia/Tokyo"
    cast.publication.save()
    issue = cast.ready_issue(cast.approved())
    text = desk(cast.chief).get(of_issue(issue, "schedule_issue")).text
    assert "Asia/Tokyo" in text
    assert f"{issue.date:%Y-%m-%d}T06:00" in text
    desk(cast.chief).post(of_issue(issue, "schedule_issue"), {"at": "2030-06-01T06:00"})
    issue.refresh_from_db()
    assert issue.publish_at == datetime(2030, 5, 31, 21, 0, tzinfo=UTC)


def test_a_story_of_another_paper_is_refused(cast: Cast, desk: Desk, page: Page) -> None:
    from articles.desk.workflow import create_article

    theirs = create_article(cast.outsider, cast.other_publication, {"headline": "汐湾灯会"})
    answer = desk(cast.chief).post(of_page(page, "place"), {"article": theirs.pk})
    assert answer.status_code == 200
    assert "errorlist" in answer.text
    assert "汐湾灯会" not in answer.text
    assert not Placement.objects.exists()


def test_one_who_works_for_both_papers_gets_the_desks_own_refusal(cast: Cast, desk: Desk, page: Page) -> None:
    from articles.desk.workflow import create_article
    from articles.models import Membership

    Membership.objects.create(user=cast.chief, publication=cast.other_publication, role="editor_in_chief")
    theirs = create_article(cast.outsider, cast.other_publication, {"headline": "汐湾灯会"})
    answer = desk(cast.chief).post(of_page(page, "place"), {"article": theirs.pk})
    assert answer.status_code == 409
    assert not Placement.objects.exists()


def test_a_page_of_another_paper_is_not_there(cast: Cast, desk: Desk, page: Page) -> None:
    story = cast.approved()
    assert desk(cast.outsider).post(of_page(page, "place"), {"article": story.pk}).status_code == 404
    assert desk(cast.outsider).get(of_page(page, "sign_off_page")).status_code == 404
    assert desk(cast.outsider).get(f"/admin/articles/page/{page.pk}/change/").status_code == 404


@pytest.mark.parametrize("value", ["", "abc", "0", "99999999", "1; drop", "9" * 30])
def test_forged_stories_and_places_are_refused(cast: Cast, desk: Desk, page: Page, value: str) -> None:
    answer = desk(cast.chief).post(of_page(page, "place"), {"article": value, "position": value})
    assert answer.status_code == 200
    assert "errorlist" in answer.text
    assert desk(cast.chief).post(of_page(page, "unplace"), {"article": value}).status_code == 200
    assert not Placement.objects.exists()


def test_an_unknown_verb_is_not_there(cast: Cast, desk: Desk, page: Page) -> None:
    for verb in ["withdraw", "delete", "__class__"]:
        assert desk(cast.chief).post(of_page(page, verb)).status_code == 404
        assert desk(cast.chief).post(of_issue(page.issue, verb)).status_code == 404


def test_the_board_itself_takes_no_posts(cast: Cast, desk: Desk, page: Page) -> None:
    answer = desk(cast.chief).post(board(page.issue), {"status": "published", "publish_at": "2020-01-01"})
    assert answer.status_code == 403
    assert Issue.objects.get(pk=page.issue_id).status == "planning"


# --- what is offered for placing ----------------------------------------------------------------------------------


def choices(text: str) -> str:
    """The choices under the pages, without the sections that narrow the tray."""
    return "".join(re.findall(r'<select name="article".*?</select>', text, re.DOTALL))


def test_only_stories_that_could_stand_there_are_offered(cast: Cast, desk: Desk, page: Page) -> None:
    free, draft = cast.approved("可以上版的稿"), cast.draft("还没写完的稿")
    cast.spiked("退掉的稿")
    cast.published_issue(cast.approved("已经见报的稿"))
    cast.ready_issue(cast.approved("别期占用的稿"))
    whole = desk(cast.layout).get(board(page.issue)).text
    text = choices(whole)
    assert f'<option value="{free.pk}">' in text
    assert f'<option value="{draft.pk}">' in text
    assert text.index(f'value="{free.pk}"') < text.index(f'value="{draft.pk}"'), "approved ones first"
    for headline in ["退掉的稿", "已经见报的稿", "别期占用的稿"]:
        assert headline not in whole
    found = choices(desk(cast.layout).get(board(page.issue), {"find": "写完"}).text)
    assert f'<option value="{draft.pk}">' in found
    assert f'<option value="{free.pk}">' not in found


def test_a_headline_with_markup_is_inert_on_the_board(cast: Cast, desk: Desk, page: Page) -> None:
    evil = cast.approved("<script>alert(1)</script>")
    cast.approved('"><img src=x onerror=alert(2)>')
    pages.place(cast.duty, page.pk, evil.pk)
    text = desk(cast.chief).get(board(page.issue), {"find": '"><script>x'}).text
    assert "<script>alert" not in text
    assert "<script>x" not in text
    assert "<img src=x" not in text
    assert "<script>alert" not in desk(cast.chief).get(of_page(page, "place")).text


# --- replacing a page ---------------------------------------------------------------------------------------------


def test_a_page_of_a_published_issue_is_replaced(cast: Cast, desk: Desk) -> None:
    old, new = cast.approved("渡轮夜航试运行"), cast.approved("老船坞变身图书馆")
    page = cast.published_issue(old).pages.get()
    form = desk(cast.chief).get(of_page(page, "replace_page")).text
    assert f'<option value="{old.pk}" selected>' in form
    assert 'name="emergency"' in form
    data = {"story_1": new.pk, "story_2": old.pk, "reason": "头条换稿"}
    assert desk(cast.chief).post(of_page(page, "replace_page"), data).status_code == 302
    assert [row.article for row in page.placements.all()] == [new, old]


def test_replacing_needs_a_reason_and_each_story_once(cast: Cast, desk: Desk) -> None:
    old = cast.approved()
    page = cast.published_issue(old).pages.get()
    chief = desk(cast.chief)
    answer = chief.post(of_page(page, "replace_page"), {"story_1": old.pk, "reason": ""})
    assert (answer.status_code, "errorlist" in answer.text) == (200, True)
    answer = chief.post(
        of_page(page, "replace_page"), {"story_1": old.pk, "story_2": old.pk, "reason": "换稿"}
    )
    assert (answer.status_code, "errorlist" in answer.text) == (200, True)
    answer = chief.post(of_page(page, "replace_page"), {"reason": "换稿"})
    assert answer.status_code == 409


def test_the_emergency_signature_is_the_chiefs_alone(cast: Cast, desk: Desk) -> None:
    page = cast.published_issue(cast.approved()).pages.get()
    draft = cast.draft("突发:港区停航")
    data = {"story_1": draft.pk, "reason": "台风登陆", "emergency": "on"}
    assert 'name="emergency"' not in desk(cast.duty).get(of_page(page, "replace_page")).text
    assert desk(cast.duty).post(of_page(page, "replace_page"), data).status_code == 409
    assert desk(cast.chief).post(of_page(page, "replace_page"), data).status_code == 302
    draft.refresh_from_db()
    assert draft.owes_review


# --- planning -----------------------------------------------------------------------------------------------------


def planned(cast: Cast, *codes: str, **more: Any) -> dict[str, Any]:
    rows = {
        f"pages-{number}-{name}": value
        for number, code in enumerate(codes)
        for name, value in {"code": code, "position": number + 1, "label": "要闻"}.items()
    }
    return {
        "publication": cast.publication.pk,
        "date": "2031-07-05",
        "edition": "main",
        "serial_no": "7",
        "pages-TOTAL_FORMS": len(codes),
        "pages-INITIAL_FORMS": 0,
        "pages-MIN_NUM_FORMS": 0,
        "pages-MAX_NUM_FORMS": 99,
        **rows,
        **more,
    }


def test_a_new_issue_comes_with_its_pages(cast: Cast, desk: Desk) -> None:
    answer = desk(cast.layout).post(f"{LIST}add/", planned(cast, "01", "02"))
    issue = Issue.objects.get()
    assert answer.url == board(issue) or answer.url.startswith(board(issue))
    assert [page.code for page in issue.pages.all()] == ["01", "02"]


def test_the_next_number_and_day_are_proposed(cast: Cast, desk: Desk) -> None:
    cast.issue(date(2031, 7, 4), serial_no=41)
    text = desk(cast.chief).get(f"{LIST}add/").text
    assert 'value="42"' in text
    assert 'value="2031-07-05"' in text


@pytest.mark.parametrize("who", ["reporter", "section_editor", "administrator"])
def test_who_does_not_plan_makes_no_issue(cast: Cast, desk: Desk, who: str) -> None:
    client = desk(getattr(cast, who))
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(f"{LIST}add/", planned(cast, "01")).status_code == 403
    assert not Issue.objects.exists()


def test_nobody_plans_for_another_paper(cast: Cast, desk: Desk) -> None:
    answer = desk(cast.chief).post(f"{LIST}add/", planned(cast, "01", publication=cast.other_publication.pk))
    assert answer.status_code == 200
    assert not Issue.objects.exists()


def test_a_second_issue_of_a_day_and_a_page_twice_are_refused_with_words(cast: Cast, desk: Desk) -> None:
    cast.issue(date(2031, 7, 5))
    assert "errorlist" in desk(cast.chief).post(f"{LIST}add/", planned(cast, "01")).text
    twice = desk(cast.chief).post(f"{LIST}add/", planned(cast, "01", "01", edition="extra"))
    assert twice.status_code == 200
    assert "errorlist" in twice.text
    assert Issue.objects.count() == 1


@pytest.mark.parametrize("code", ["1a", "../x", "<b>", "A"])
def test_a_page_code_is_a_page_code(cast: Cast, desk: Desk, code: str) -> None:
    assert desk(cast.chief).post(f"{LIST}add/", planned(cast, code)).status_code == 200
    assert not Page.objects.exists()


def edited(page: Page, **more: Any) -> dict[str, Any]:
    issue = page.issue
    return {
        "date": f"{issue.date:%Y-%m-%d}",
        "edition": "main",
        "serial_no": "",
        "pages-TOTAL_FORMS": 1,
        "pages-INITIAL_FORMS": 1,
        "pages-MIN_NUM_FORMS": 0,
        "pages-MAX_NUM_FORMS": 99,
        "pages-0-id": page.pk,
        "pages-0-issue": issue.pk,
        "pages-0-code": page.code,
        "pages-0-position": 1,
        "pages-0-label": "经济",
        **more,
    }


def test_an_issue_in_planning_is_edited(cast: Cast, desk: Desk, page: Page) -> None:
    answer = desk(cast.layout).post(f"{LIST}{page.issue_id}/edit/", edited(page))
    assert answer.status_code == 302
    page.refresh_from_db()
    assert page.label == "经济"


def test_a_scheduled_issue_is_not_edited(cast: Cast, desk: Desk) -> None:
    page = cast.scheduled_issue(cast.approved()).pages.get()
    client = desk(cast.chief)
    assert client.get(f"{LIST}{page.issue_id}/edit/").status_code == 409
    assert client.post(f"{LIST}{page.issue_id}/edit/", edited(page)).status_code == 409
    page.refresh_from_db()
    assert page.label == "要闻"


def test_who_does_not_plan_edits_nothing(cast: Cast, desk: Desk, page: Page) -> None:
    address = f"{LIST}{page.issue_id}/edit/"
    assert desk(cast.section_editor).post(address, edited(page)).status_code == 403
    for who in ["reporter", "outsider", "administrator"]:
        assert desk(getattr(cast, who)).post(address, edited(page)).status_code == 404
    page.refresh_from_db()
    assert page.label == "港口"


def test_a_page_with_stories_is_not_taken_away(cast: Cast, desk: Desk, page: Page) -> None:
    pages.place(cast.duty, page.pk, cast.draft().pk)
    answer = desk(cast.chief).post(f"{LIST}{page.issue_id}/edit/", edited(page, **{"pages-0-DELETE": "on"}))
    assert answer.status_code == 200
    assert "errorlist" in answer.text
    assert Page.objects.filter(pk=page.pk).exists()


def test_a_forged_formset_changes_no_other_issues_page(cast: Cast, desk: Desk, page: Page) -> None:
    other = cast.page(cast.issue(date(2031, 7, 9)), label="副刊")
    answer = desk(cast.chief).post(
        f"{LIST}{page.issue_id}/edit/", edited(page, **{"pages-0-id": other.pk, "pages-0-label": "偷换"})
    )
    other.refresh_from_db()
    assert other.label == "副刊"
    assert answer.status_code in (200, 302, 400)


@pytest.mark.parametrize("count", ["100000", "-5", "abc", ""])
def test_a_forged_count_of_rows_is_refused(cast: Cast, desk: Desk, page: Page, count: str) -> None:
    answer = desk(cast.chief).post(
        f"{LIST}{page.issue_id}/edit/", edited(page, **{"pages-TOTAL_FORMS": count, "pages-0-label": "偷换"})
    )
    assert answer.status_code == 400
    assert [row.label for row in page.issue.pages.all()] == ["港口"]


def test_status_and_time_are_no_fields(cast: Cast, desk: Desk, page: Page) -> None:
    forged = edited(page, status="published", publish_at_0="2020-01-01", publish_at_1="00:00:00")
    desk(cast.chief).post(f"{LIST}{page.issue_id}/edit/", forged)
    issue = Issue.objects.get(pk=page.issue_id)
    assert (issue.status, issue.publish_at) == ("planning", None)


def test_only_an_issue_with_which_nothing_happened_is_deleted(cast: Cast, desk: Desk, page: Page) -> None:
    address = f"{LIST}{page.issue_id}/delete/"
    story = cast.draft()
    pages.place(cast.duty, page.pk, story.pk)
    pages.unplace(cast.duty, page.pk, story.pk)
    assert desk(cast.chief).post(address, {"post": "yes"}).status_code == 403
    fresh = cast.page(cast.issue(date(2031, 8, 1))).issue
    assert desk(cast.section_editor).post(f"{LIST}{fresh.pk}/delete/", {"post": "yes"}).status_code == 403
    assert desk(cast.chief).post(f"{LIST}{fresh.pk}/delete/", {"post": "yes"}).status_code == 302
    assert list(Issue.objects.all()) == [page.issue]


# --- many ---------------------------------------------------------------------------------------------------------


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def fill(cast: Cast, issue: Issue, stories: int) -> None:
    page = cast.page(issue, f"{stories:02}")
    template = cast.draft("模板")
    for number in range(stories):
        template.pk, template.headline, template._state.adding = None, f"第{number}篇", True
        template.save(force_insert=True)
        Placement.objects.create(page=page, article_id=template.pk, position=number + 1)


def test_board_and_list_ask_as_often_for_forty_stories_as_for_two(cast: Cast, desk: Desk) -> None:
    small, large = cast.issue(date(2031, 7, 2)), cast.issue(date(2031, 7, 3))
    client = desk(cast.chief)
    fill(cast, small, 2)
    board_of_two, list_of_one = queries(client, board(small)), queries(client, LIST)
    fill(cast, large, 40)
    fill(cast, large, 41)
    assert queries(client, board(large)) == board_of_two
    assert queries(client, LIST) == list_of_one
    assert board_of_two <= 12
    assert list_of_one <= 12


def test_a_list_cannot_be_asked_for_secrets(cast: Cast, desk: Desk, page: Page) -> None:
    for question in [
        "publication__memberships__user__password__startswith=m",
        "pages__signed_off_by__password=x",
    ]:
        answer = desk(cast.chief).get(f"{LIST}?{question}")
        assert answer.status_code in (302, 400)
    assert desk(cast.chief).get(f"{LIST}?status=nonsense").status_code == 200


def test_a_scheduled_issue_comes_out_by_itself_and_the_board_says_so(cast: Cast, desk: Desk) -> None:
    from articles.desk.settling import sweep

    at = timezone.now() + timedelta(hours=1)
    issue = cast.scheduled_issue(cast.approved(), at=at)
    sweep(at + timedelta(seconds=1))
    text = desk(cast.chief).get(board(issue)).text
    assert "desk-is-issue-published" in text
    assert 'data-verb="replace_page"' in text


def test_an_emergency_stop_is_one_press_on_the_board(cast: Cast, desk: Desk) -> None:
    issue = cast.scheduled_issue(cast.approved())
    text = desk(cast.duty).get(board(issue)).text
    assert f'<form method="post" action="{of_issue(issue, "hold_issue")}"' in text
    assert desk(cast.duty).post(of_issue(issue, "hold_issue")).status_code == 302
    issue.refresh_from_db()
    assert issue.status == "held"
    assert "hold_issue" not in desk(cast.layout).get(board(issue)).text


def test_a_story_is_offered_for_other_pages_but_not_its_own(cast: Cast, desk: Desk, page: Page) -> None:
    story = cast.approved()
    pages.place(cast.duty, page.pk, story.pk)
    assert f'<option value="{story.pk}">' not in choices(desk(cast.layout).get(board(page.issue)).text)
    cast.page(page.issue, "02", "副刊")
    text = choices(desk(cast.layout).get(board(page.issue)).text)
    assert text.count(f'<option value="{story.pk}">') == 1
    assert "→01" in text


def test_two_who_place_at_once_both_find_their_story_there(transactional_db: None) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from tests.cast import make_cast

    cast = make_cast()
    page = cast.page(cast.issue(date(2031, 7, 2)))
    stories = [cast.approved(headline) for headline in ["渡轮夜航试运行", "老船坞变身图书馆"]]
    people = [cast.duty, cast.layout]

    def press(number: int) -> int:
        try:
            client = Client()
            client.force_login(people[number])
            return client.post(of_page(page, "place"), {"article": stories[number].pk}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(press, range(2))) == [302, 302]
    rows = list(page.placements.order_by("position"))
    assert [row.position for row in rows] == [1, 2]
    assert {row.article for row in rows} == set(stories)
