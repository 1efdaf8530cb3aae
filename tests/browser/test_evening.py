"""An evening at the paper, in a browser: from the raw text of a page to 410."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, expect

from tests import evening
from tests.browser.window import Window, opened
from tests.evening import PAGE_CODE, PAGE_LABEL, Books, Scene
from tests.processes import until
from tests.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.once]

TEXT = Path(__file__).with_name("page.txt")
HEADLINES = ["望潮港夜航航线昨起试运行", "望潮老街三十二盏旧灯重新点亮", "潮涌新湾——望潮盐场转型记"]
AHEAD = timedelta(seconds=20)
STORIES = "/admin/articles/article/"
ON_PAPER = ZoneInfo("Asia/Shanghai")

Open = Callable[[str], Window]


@pytest.fixture
def shots(tmp_path: Path) -> Path:
    folder = Path(os.environ.get("NEWSROOM_SHOTS") or tmp_path / "shots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def scene(stack: Stack) -> Scene:
    stack.environment.update(evening.ENVIRONMENT)
    read = evening.read_page(stack, TEXT)
    scene = evening.set_the_stage(stack, evening.names_in(read))
    stack.start()
    return scene


@pytest.fixture
def windows(browser: Browser, stack: Stack, scene: Scene, shots: Path) -> Iterator[Open]:
    """A new window for somebody who has nothing in their cache yet."""
    with ExitStack() as several:
        yield lambda name: several.enter_context(opened(browser, stack.url, name, shots))


@pytest.fixture
def sit_down(windows: Open, scene: Scene) -> Open:
    """Log somebody in, in a window of their own: `sit_down("reporter")`."""

    def logged_in(name: str) -> Window:
        window = windows(name)
        window.log_in(scene.password)
        return window

    return logged_in


def change(pk: int) -> str:
    return f"{STORIES}{pk}/change/"


def test_from_raw_text_to_410(stack: Stack, scene: Scene, sit_down: Open, windows: Open) -> None:
    books, day = Books(stack.database), datetime.now(ON_PAPER).date()
    reporter, section, duty, chief = map(sit_down, ("reporter", "section", "duty", "chief"))

    take_in(reporter, day)
    stories = dict(books.articles())
    assert list(stories.values()) == HEADLINES

    for pk in stories:
        hand_in(reporter, pk, scene)
    for person in (section, duty, chief):
        for pk in stories:
            approve(person, pk)
    assert books.statuses() == {"approved"}

    make_up(duty, stories, day)
    schedule(chief, datetime.now(ON_PAPER) + AHEAD)
    at = books.publish_at()
    stack.kill("worker")
    stack.kill("beat")

    page = evening.page_address(day)
    early = windows("early reader")
    for address in evening.addresses(day, list(stories)):
        early.go(address, 404)
    early.shoot("not yet")
    assert datetime.now(UTC) < at, "this run was too slow to prove anything"
    until(lambda: stack.get(page).status == 200, AHEAD.total_seconds() + 10, "the issue's second")
    assert datetime.now(UTC) >= at
    reader = windows("reader")
    for address in evening.addresses(day, list(stories)):
        reader.go(address)
    read_everything(reader, page, stories)

    stack.start("worker", "beat")
    until(lambda: books.issue_status() == "published", 40, "the sweep")
    assert books.happened("issue_published") == 1
    assert books.statuses() == {"published"}

    first = next(iter(stories))
    correct(duty, first)
    read_correction(windows("later reader"), first)
    withdraw(chief, first)
    see_it_gone(windows("last reader"), first, stories, page)
    assert books.happened("issue_published") == 1
    assert "Traceback" not in stack.log("web") + stack.log("worker") + stack.log("beat")


def take_in(reporter: Window, day: date) -> None:
    reporter.go("/admin/")
    reporter.shoot("workbench")
    reporter.page.click("a[href='/admin/articles/intake/new/']")
    reporter.page.fill("#id_text", TEXT.read_text(encoding="utf-8"))
    reporter.page.fill("#id_issue_date", f"{day:%Y-%m-%d}")
    reporter.page.fill("#id_page_code", PAGE_CODE)
    reporter.shoot("takes in")
    reporter.page.click("[name=_read]")
    stories = reporter.page.locator(".intake-story")
    expect(stories).to_have_count(len(HEADLINES))
    for number, headline in enumerate(HEADLINES):
        expect(stories.nth(number).locator("[name$=-headline]")).to_have_value(headline)
    expect(reporter.page.locator(".intake-unknown")).to_have_count(0)
    reporter.shoot("has read")
    reporter.page.click("[name=_confirm]")
    expect(reporter.page.locator(".messagelist .success")).to_be_visible()
    reporter.shoot("has taken in")


def make_up(duty: Window, stories: dict[int, str], day: date) -> None:
    duty.go("/admin/")
    duty.page.click("a[href='/admin/articles/issue/']")
    duty.page.locator("a[href^='/admin/articles/issue/add/']").first.click()
    duty.page.fill("#id_date", f"{day:%Y-%m-%d}")
    duty.page.fill("#id_pages-0-code", PAGE_CODE)
    duty.page.fill("#id_pages-0-label", PAGE_LABEL)
    duty.shoot("plans an issue")
    duty.page.click("[name=_save]")
    expect(duty.page.locator("body.desk-board")).to_be_visible()
    assert not duty.verbs() & {"sign_off_page", "hold_issue", "release_issue"}
    for pk in stories:
        duty.page.select_option("select[name=article]", str(pk))
        duty.press("place")
    expect(duty.page.locator(".board-story")).to_have_count(len(stories))
    duty.shoot("board")
    duty.press("sign_off_page")
    expect(duty.page.locator(".board-signed")).to_be_visible()
    duty.shoot("signed")


def schedule(chief: Window, at: datetime) -> None:
    chief.go("/admin/articles/issue/")
    chief.shoot("issues")
    chief.page.click("#result_list tbody th a")
    chief.press("schedule_issue", at=f"{at:%Y-%m-%dT%H:%M:%S}")
    assert {"hold_issue", "unschedule_issue"} <= chief.verbs()
    assert not chief.verbs() & {"place", "unplace", "sign_off_page"}


def hand_in(reporter: Window, pk: int, scene: Scene) -> None:
    reporter.go(change(pk))
    expect(reporter.page.locator(".cke_wysiwyg_div")).to_be_visible()
    assert not reporter.verbs() & {"approve", "send_back", "publish_article", "withdraw", "spike"}
    reporter.page.select_option("#id_section", scene.section)
    if pk == 1:
        reporter.shoot("draft")
    reporter.page.click("[name=_submit]")
    expect(reporter.page.locator("[data-verb=recall]")).to_be_visible()
    assert reporter.verbs() == {"recall"}


def approve(person: Window, pk: int) -> None:
    person.go(f"{STORIES}review/")
    if pk == 1:
        person.shoot("queue")
    person.page.locator(f"a[href='{change(pk)}']").first.click()
    expect(person.page.locator("[data-verb=approve]")).to_be_visible()
    assert not person.verbs() & {"publish_article", "withdraw", "recall"}
    if pk == 1:
        person.shoot("decides")
    person.press("approve", reason="可发")
    assert "approve" not in person.verbs()


def read_everything(reader: Window, page: str, stories: dict[int, str]) -> None:
    reader.go(page)
    expect(reader.page.locator("h1")).to_contain_text(PAGE_LABEL)
    reader.shoot("page")
    for pk, headline in stories.items():
        reader.go(evening.story_address(pk))
        expect(reader.page.locator("h1")).to_have_text(headline)
        reader.shoot(f"story {pk}")
    reader.go("/")
    for headline in stories.values():
        expect(reader.page.locator("main").get_by_text(headline).first).to_be_visible()
    reader.shoot("front")


def correct(duty: Window, pk: int) -> None:
    duty.go(change(pk))
    assert {"correct", "withdraw", "revise"} <= duty.verbs()
    duty.shoot("live")
    duty.press("correct", text="航班数有误，应为每晚四班。", deck="每晚往返四班")


def read_correction(reader: Window, pk: int) -> None:
    reader.go(evening.story_address(pk))
    expect(reader.page.locator(".corrections")).to_contain_text("航班数有误，应为每晚四班。")
    expect(reader.page.locator("h2.deck")).to_have_text("每晚往返四班")
    reader.shoot("corrected")


def withdraw(chief: Window, pk: int) -> None:
    chief.go(change(pk))
    chief.press("withdraw", reason="来源要求撤回。")
    assert not chief.verbs() & {"withdraw", "correct"}
    chief.shoot("withdrawn")


def see_it_gone(reader: Window, pk: int, stories: dict[int, str], page: str) -> None:
    reader.go(evening.story_address(pk), 410)
    reader.shoot("gone")
    for address in (page, "/"):
        reader.go(address)
        for key, headline in stories.items():
            found = reader.page.locator("main").get_by_text(headline)
            if key == pk:
                expect(found).to_have_count(0)
            else:
                expect(found.first).to_be_visible()
    reader.go("/")
    feed = reader.page.request.get(f"{reader.url}/{evening.SLUG}/feed.atom").text()
    assert [key for key, headline in stories.items() if headline in feed] == [
        key for key in stories if key != pk
    ]
