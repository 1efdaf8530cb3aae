"""The intake screen and the issue board in a real browser: wide, on a phone, in the dark, and without a script."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab

from articles.desk import pages
from articles.models import Article, Issue, Page
from tests.browser.window import opened
from tests.cast import PASSWORD, Cast, make_cast

pytestmark = pytest.mark.browser

RAW = """潮起望潮 灯照归程  渡轮夜航一个月回访

■记者 林海生 方予安

夜里十点,望潮港客运码头依旧灯火通明。最后一班渡轮鸣笛离岸,甲板上坐着刚下夜班的护士、收摊的鱼贩和

背着书包的学生。

一班船的来历

去年冬天,港区管委会收到一封来信。写信的人说,自己每天下班要绕行42公里回家。

一座码头的夜

候船厅里新添了热水和充电插座。“等船也不急了。”乘客老陈说。

老船坞变身图书馆

■记者 林海生

本报讯 沉寂多年的老船坞昨日重新开门,首批三万册图书上架。馆内保留了当年的龙门吊,

孩子们坐在吊臂的影子里读书。

市民凭身份证即可借阅。

(下转第2版)
"""


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def shots(tmp_path: Path) -> Path:
    folder = Path(os.environ.get("NEWSROOM_SHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


SIZES = {"wide": (1440, 900), "phone": (390, 844)}


@pytest.fixture(params=[f"{size}-{theme}" for size in SIZES for theme in ("light", "dark")])
def tab(request: Any, browser: Browser, live_server: Any, cast: Cast) -> Iterator[Tab]:
    """The duty editor's, without any script, in one size and one theme; no word of the browser about our policy."""
    size, theme = request.param.split("-")
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=theme,
        java_script_enabled=False,
        locale="zh-CN",
        base_url=live_server.url,
    )
    tab = context.new_page()
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.goto("/admin/login/")
    tab.fill("#id_username", "duty")
    tab.fill("#id_password", PASSWORD)
    tab.click("[type=submit]")
    tab.name_of_look = request.param  # type: ignore[attr-defined]
    yield tab
    context.close()
    assert not [line for line in said if "Content Security Policy" in line]


def look(tab: Tab, shots: Path, name: str) -> None:
    """Nothing may stick out sideways; the picture is for people."""
    tab.screenshot(path=shots / f"{name}-{tab.name_of_look}.png", full_page=True)  # type: ignore[attr-defined]
    box = tab.locator("#container").bounding_box()
    width = (tab.viewport_size or {"width": 0})["width"]
    assert box is not None
    for selector in [".desk-card", ".intake-source", ".board-page", "button", "select", "textarea"]:
        for each in tab.locator(selector).all():
            found = each.bounding_box()
            if found is not None and each.is_visible():
                assert found["x"] >= 0, f"{selector} begins outside"
                assert found["x"] + found["width"] <= width + 1, f"{selector} sticks out"


def test_a_page_is_taken_in_and_looks_right(tab: Tab, cast: Cast, shots: Path) -> None:
    issue = cast.issue(date(2031, 7, 2))
    cast.page(issue)
    tab.goto("/admin/articles/intake/new/")
    look(tab, shots, "intake-empty")
    tab.fill("#id_text", RAW)
    tab.fill("#id_issue_date", "2031-07-02")
    tab.fill("#id_page_code", "01")
    tab.click("[name=_read]")
    expect(tab.locator(".intake-story")).to_have_count(2)
    expect(tab.locator(".intake-join").first).to_be_visible()
    look(tab, shots, "intake-read")
    tab.locator(".intake-name select").first.select_option("new-staff")
    tab.locator("[name=place]").check()
    tab.click("[name=_confirm]")
    expect(tab.locator(".messagelist .success")).to_be_visible()
    look(tab, shots, "intake-done")
    assert Article.objects.count() == 2
    tab.goto(f"/admin/articles/issue/{issue.pk}/change/")
    expect(tab.locator(".board-story")).to_have_count(2)


@pytest.fixture
def busy(cast: Cast) -> Issue:
    """An issue in the middle of an evening."""
    issue = cast.issue(date(2031, 7, 2), serial_no=1024)
    front, second = cast.page(issue), cast.page(issue, "02", "民生")
    Page.objects.filter(pk=front.pk).update(page_editor="周明远", layout_artist="顾小满", proofreader="何帆")
    cast.page(issue, "03", "港口经济")
    cast.page(issue, "04", "副刊")
    for headline in ["渡轮夜航试运行满月 望潮港迎来第十万名夜归人", "老船坞变身图书馆", "灯塔博物馆开馆"]:
        pages.place(cast.duty, front.pk, cast.approved(headline).pk)
    pages.sign_off_page(cast.duty, front.pk)
    pages.place(cast.duty, second.pk, cast.in_review("海鲜市场换新颜").pk)
    pages.place(cast.duty, second.pk, cast.draft("渔民夜校开课").pk)
    cast.approved("一封来信改变一条航线")
    return issue


def test_the_board_works_without_a_script_and_looks_right(
    tab: Tab, cast: Cast, busy: Issue, shots: Path
) -> None:
    tab.goto(f"/admin/articles/issue/{busy.pk}/change/")
    look(tab, shots, "board")
    third = tab.locator(".board-page").nth(2)
    third.locator("select[name=article]").select_option(index=1)
    third.locator("[data-verb=place]").click()
    expect(tab.locator(".board-page").nth(2).locator(".board-story")).to_have_count(1)
    tab.locator(".board-page").nth(2).locator("[data-verb=sign_off_page]").click()
    expect(tab.locator(".board-signed")).to_have_count(2)
    tab.locator("[data-verb=schedule_issue]").click()
    look(tab, shots, "schedule")
    tab.locator(".submit-row [type=submit]").click()
    expect(tab.locator(".errornote li").first).to_be_visible()
    look(tab, shots, "not-ready")
    tab.goto("/admin/articles/issue/")
    look(tab, shots, "issues")
    tab.goto(f"/admin/articles/issue/{busy.pk}/edit/")
    tab.screenshot(path=shots / f"edit-{tab.name_of_look}.png", full_page=True)  # type: ignore[attr-defined]


def test_a_change_by_hand_is_made_at_once(
    browser: Browser, live_server: Any, cast: Cast, shots: Path
) -> None:
    with opened(browser, live_server.url, "duty", shots) as window:
        window.log_in(PASSWORD)
        window.go("/admin/articles/intake/new/")
        window.page.fill("#id_text", RAW)
        window.page.click("[name=_read]")
        stories = window.page.locator(".intake-story")
        expect(stories).to_have_count(2)
        window.shoot("intake-read")
        # The kicker's split is undone, a join is, and the second story is put to the first.
        first = stories.first
        first.locator("[name$=one_line]").click()
        expect(first.locator("[name$=kicker]")).to_have_value("")
        expect(first.locator("[name$=headline]")).to_have_value("潮起望潮 灯照归程 渡轮夜航一个月回访")
        first.locator(".intake-join input").first.click()
        expect(window.page.locator(".intake-made label")).to_have_count(1)
        stories.nth(1).locator("header .intake-offer input").click()
        expect(stories).to_have_count(1)
        window.shoot("intake-changed")
        # And taken back again.
        window.page.locator(".intake-made input").nth(1).click()
        expect(stories).to_have_count(2)
        window.page.click("[name=_confirm]")
        expect(window.page.locator(".messagelist .success")).to_be_visible()
    assert Article.objects.filter(headline="潮起望潮 灯照归程 渡轮夜航一个月回访", kicker="").count() == 1
