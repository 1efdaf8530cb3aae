"""The board in a real browser: stories carried by mouse, finger and keyboard, what others do, clock and calendar."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Locator, expect

from articles.desk import pages
from articles.desk.planning import PlannedPage, keep_pattern
from articles.models import Event, Issue, Page, PagePattern, Placement, Weekday
from tests.browser.window import Window, opened
from tests.cast import PASSWORD, Cast, make_cast

pytestmark = pytest.mark.browser

# A machine that runs everything at once is slow; waiting longer fails nothing.
expect.set_options(timeout=15_000)

DAY = date(2031, 7, 2)
Sit = Callable[[str], Window]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def sit_down(browser: Browser, live_server: Any, cast: Cast, tmp_path: Path) -> Iterator[Sit]:
    """Log somebody in, in a window of their own: `sit_down("duty")`. It takes the browser's complaints for failures."""
    with ExitStack() as several:

        def logged_in(name: str) -> Window:
            window = several.enter_context(opened(browser, live_server.url, name, tmp_path))
            window.log_in(PASSWORD)
            return window

        yield logged_in


@pytest.fixture
def issue(cast: Cast) -> Issue:
    """Two pages: two stories on the first, one on the second; one story ready to place."""
    issue = cast.issue(DAY, serial_no=1024)
    front, second = cast.page(issue, "01", "要闻"), cast.page(issue, "02", "民生")
    for page, headline in [(front, "渡轮夜航"), (front, "灯塔开馆"), (second, "海鲜市场")]:
        pages.place(cast.duty, page.pk, cast.approved(headline).pk)
    cast.approved("一封来信")
    return issue


def open_board(window: Window, issue: Issue) -> None:
    """Open it and wait until the script has asked for the first time: then nothing moves by itself."""
    with window.page.expect_response(lambda answer: answer.url.endswith("/state/")):
        window.go(f"/admin/articles/issue/{issue.pk}/change/")
    expect(window.page.locator(".board-live")).to_be_visible()


def card(window: Window, headline: str) -> Locator:
    return window.page.locator(f".board-story[data-headline='{headline}']")


def column(window: Window, page: Page) -> Locator:
    return window.page.locator(f"#page-{page.pk}")


def headlines(page: Page) -> list[str]:
    rows = Placement.objects.filter(page=page).select_related("article").order_by("position")
    return [row.article.headline for row in rows]


def middle(locator: Locator) -> tuple[float, float]:
    box = locator.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(window: Window, what: Locator, to: tuple[float, float]) -> None:
    mouse = window.page.mouse
    mouse.move(*middle(what))
    mouse.down()
    mouse.move(*to, steps=8)
    mouse.up()


def saved(window: Window) -> Locator:
    done = window.page.locator(".board-said .success")
    expect(done).to_be_visible()
    return done


def test_a_story_is_dragged_from_the_tray_to_a_place_on_a_page(
    sit_down: Sit, issue: Issue, cast: Cast
) -> None:
    front, _second = issue.pages.all()
    window = sit_down("layout")
    open_board(window, issue)
    x, y = middle(card(window, "灯塔开馆"))
    drag(window, card(window, "一封来信").locator(".board-headline, a"), (x, y - 10))
    expect(saved(window)).to_contain_text("一封来信")
    assert headlines(front) == ["渡轮夜航", "一封来信", "灯塔开馆"]
    assert "/issue/" in window.page.url, "the press that ended it is no click on the story"
    expect(column(window, front).locator(".board-story")).to_have_count(3)
    expect(window.page.locator(".board-tray .board-story")).to_have_count(0)


def test_a_story_is_dragged_to_another_page_in_one_step_and_back_to_the_tray(
    sit_down: Sit, issue: Issue, cast: Cast
) -> None:
    front, second = issue.pages.all()
    window = sit_down("duty")
    open_board(window, issue)
    x, y = middle(card(window, "海鲜市场"))
    drag(window, card(window, "渡轮夜航").locator(".board-grip"), (x, y + 30))
    saved(window)
    assert (headlines(front), headlines(second)) == (["灯塔开馆"], ["海鲜市场", "渡轮夜航"])
    newest = Event.objects.filter(issue=issue).first()
    assert newest is not None and newest.verb == "move"
    drag(window, card(window, "渡轮夜航").locator(".board-grip"), middle(card(window, "一封来信")))
    expect(card(window, "渡轮夜航").locator("xpath=ancestor::aside")).to_have_count(1)
    expect(window.page.locator(".board-saving")).to_have_count(0)
    assert headlines(second) == ["海鲜市场"]


def test_a_drag_let_go_with_escape_changes_nothing(sit_down: Sit, issue: Issue, cast: Cast) -> None:
    front, second = issue.pages.all()
    window = sit_down("duty")
    open_board(window, issue)
    mouse = window.page.mouse
    mouse.move(*middle(card(window, "渡轮夜航").locator(".board-grip")))
    mouse.down()
    mouse.move(*middle(card(window, "海鲜市场")), steps=8)
    expect(column(window, second).locator(".board-carried")).to_have_count(1)
    window.page.keyboard.press("Escape")
    mouse.up()
    expect(column(window, front).locator(".board-story").first).to_have_attribute("data-headline", "渡轮夜航")
    expect(window.page.locator(".board-ghost")).to_have_count(0)
    assert headlines(front) == ["渡轮夜航", "灯塔开馆"]


def test_a_story_is_moved_by_keyboard_alone_and_every_step_is_told(
    sit_down: Sit, issue: Issue, cast: Cast
) -> None:
    front, second = issue.pages.all()
    window = sit_down("duty")
    open_board(window, issue)
    heard = window.page.locator("#board-heard")
    keys = window.page.keyboard
    card(window, "灯塔开馆").locator(".board-grip").focus()
    keys.press("Enter")
    expect(heard).to_contain_text("灯塔开馆")
    keys.press("ArrowRight")
    expect(heard).to_contain_text("02 民生")
    keys.press("ArrowUp")
    keys.press("Space")
    saved(window)
    assert (headlines(front), headlines(second)) == (["渡轮夜航"], ["灯塔开馆", "海鲜市场"])
    expect(card(window, "灯塔开馆").locator(".board-grip")).to_be_focused()
    keys.press("Enter")
    keys.press("ArrowLeft")
    expect(heard).to_contain_text("01 要闻")
    keys.press("Escape")
    expect(column(window, second).locator(".board-story").first).to_have_attribute(
        "data-headline", "灯塔开馆"
    )
    assert headlines(second) == ["灯塔开馆", "海鲜市场"]


def test_a_finger_carries_by_the_grip_on_a_phone(
    browser: Browser, live_server: Any, issue: Issue, cast: Cast
) -> None:
    front, _second = issue.pages.all()
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    tab = context.new_page()
    try:
        tab.goto(f"{live_server.url}/admin/")
        tab.fill("#id_username", "duty")
        tab.fill("#id_password", PASSWORD)
        tab.click("[type=submit]")
        with tab.expect_response(lambda answer: answer.url.endswith("/state/")):
            tab.goto(f"{live_server.url}/admin/articles/issue/{issue.pk}/change/")
        grip = tab.locator(".board-story[data-headline='灯塔开馆'] .board-grip")
        first = tab.locator(".board-story[data-headline='渡轮夜航']")
        first.scroll_into_view_if_needed()
        (x, y), (to_x, to_y) = middle(grip), middle(first)
        finger = context.new_cdp_session(tab)

        def touch(kind: str, *points: tuple[float, float]) -> None:
            spots = [{"x": each[0], "y": each[1]} for each in points]
            finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": spots})

        touch("touchStart", (x, y))
        for part in range(1, 6):
            touch("touchMove", (x + (to_x - x) * part / 5, y + (to_y - 20 - y) * part / 5))
        touch("touchEnd")
        expect(tab.locator(".board-said .success")).to_be_visible()
        assert headlines(front) == ["灯塔开馆", "渡轮夜航"]
        over = tab.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert over <= 0, "the board scrolls sideways on a phone"
    finally:
        context.close()


def test_a_stale_move_is_refused_and_the_column_shows_what_the_other_did(
    sit_down: Sit, issue: Issue, cast: Cast
) -> None:
    front, second = issue.pages.all()
    window = sit_down("duty")
    open_board(window, issue)
    pages.place(cast.layout, second.pk, cast.approved("台风预警").pk, position=1)
    window.expected = {409}
    drag(window, card(window, "渡轮夜航").locator(".board-grip"), middle(column(window, second)))
    expect(window.page.locator(".board-said .error")).to_contain_text("02 民生")
    expect(column(window, second).locator(".board-story").first).to_have_attribute(
        "data-headline", "台风预警"
    )
    expect(column(window, front).locator(".board-story")).to_have_count(2)
    assert headlines(front) == ["渡轮夜航", "灯塔开馆"]
    drag(window, card(window, "渡轮夜航").locator(".board-grip"), middle(column(window, second)))
    saved(window)
    assert "渡轮夜航" in headlines(second)


def test_what_others_do_appears_by_itself_and_spares_what_is_being_carried(
    sit_down: Sit, issue: Issue, cast: Cast
) -> None:
    front, second = issue.pages.all()
    window = sit_down("duty")
    open_board(window, issue)
    look_now = "document.dispatchEvent(new Event('visibilitychange'))"
    pages.place(cast.layout, second.pk, cast.approved("台风预警").pk)
    window.page.evaluate(look_now)
    expect(column(window, second).locator(".board-story")).to_have_count(2)
    expect(window.page.locator(".board-said")).to_contain_text("台风预警")

    card(window, "灯塔开馆").locator(".board-grip").focus()
    window.page.keyboard.press("Enter")
    pages.place(cast.layout, front.pk, cast.approved("停航通知").pk)
    window.page.evaluate(look_now)
    expect(window.page.locator(".board-carried")).to_have_count(1)
    window.page.keyboard.press("Escape")
    window.page.evaluate(look_now)
    expect(column(window, front).locator(".board-story")).to_have_count(3)


def test_menus_and_choices_work_in_place_and_the_page_is_signed_there(
    sit_down: Sit, issue: Issue, cast: Cast
) -> None:
    _front, second = issue.pages.all()
    window = sit_down("duty")
    open_board(window, issue)
    card(window, "渡轮夜航").locator(".board-menu summary").click()
    card(window, "渡轮夜航").locator(f"button[name=to][value='{second.pk}']").click()
    saved(window)
    assert headlines(second) == ["海鲜市场", "渡轮夜航"]
    column(window, second).locator("[data-verb=sign_off_page]").click()
    expect(column(window, second).locator(".board-signed")).to_be_visible()
    expect(column(window, second).locator(".board-light-on")).to_be_visible()
    window.page.fill("#id_find", "没有这样的稿")
    expect(window.page.locator(".board-tray .board-story")).to_have_count(0)
    window.page.fill("#id_find", "来信")
    expect(window.page.locator(".board-tray .board-story")).to_have_count(1)
    window.shoot("board")


def test_a_scheduled_issue_counts_down(sit_down: Sit, cast: Cast) -> None:
    issue = cast.scheduled_issue(cast.approved(), at=timezone.now() + timedelta(days=2, hours=1))
    window = sit_down("chief")
    window.go(f"/admin/articles/issue/{issue.pk}/change/")
    clock = window.page.locator("[data-until] strong")
    expect(clock).to_have_text(re.compile(r"^2.+\d\d:\d\d:\d\d$"))
    assert {"hold_issue", "unschedule_issue", "replace_page"} <= window.verbs()
    assert window.page.locator(".board-grip").count() == 0


def test_a_new_issue_is_made_from_a_day_of_the_calendar(sit_down: Sit, cast: Cast) -> None:
    cast.issue(DAY, serial_no=1024)
    keep_pattern(
        cast.chief,
        cast.publication.pk,
        Weekday.of(DAY + timedelta(days=1)),
        [PlannedPage("01", "要闻", [cast.news.pk]), PlannedPage("02", "文化")],
    )
    window = sit_down("layout")
    window.go("/admin/articles/issue/calendar/?month=2031-07")
    window.shoot("calendar")
    day = window.page.locator("td:has(time[datetime='2031-07-03'])")
    day.hover()
    day.locator("button").click()
    expect(window.page.locator("body.desk-board")).to_be_visible()
    expect(window.page.locator(".board-page")).to_have_count(2)
    made = Issue.objects.get(date=DAY + timedelta(days=1))
    assert made.serial_no == 1025


def test_the_pages_of_a_weekday_are_set_in_order_and_copied(sit_down: Sit, cast: Cast) -> None:
    window = sit_down("chief")
    window.go("/admin/articles/pagepattern/")
    window.page.locator(".week-day a").first.click()
    row = window.page.locator(".pattern-row")
    row.nth(0).locator("input[name$=code]").fill("01")
    row.nth(0).locator("input[name$=label]").fill("民生")
    window.page.locator("[data-add]").click()
    row.nth(1).locator("input[name$=code]").fill("02")
    row.nth(1).locator("input[name$=label]").fill("要闻")
    row.nth(1).get_by_label("要闻").check()
    row.nth(1).locator("[data-step='-1']").press("Enter")
    expect(row.nth(0).locator("input[name$=code]")).to_have_value("02")
    window.shoot("pattern")
    window.page.click(".submit-row [type=submit]")
    expect(window.page.locator(".messagelist .success")).to_be_visible()
    monday = window.page.locator(".week-day").first
    monday.locator("summary").click()
    monday.locator("input[name=to]").first.check()
    window.shoot("week")
    monday.locator(".week-copy button").click()
    expect(window.page.locator(".week-pages")).to_have_count(2)
    assert [
        (row.weekday, row.code, [section.name for section in row.sections.all()])
        for row in PagePattern.objects.all()
    ] == [(0, "02", ["要闻"]), (0, "01", []), (1, "02", ["要闻"]), (1, "01", [])]
