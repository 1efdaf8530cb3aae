"""The desk's frame in a real browser: by keyboard, on a phone, in the dark, and without a complaint of the browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from articles.models import ReviewStage
from tests.browser.window import PHONE, Window, opened
from tests.cast import PASSWORD, Cast, make_cast

pytestmark = pytest.mark.browser


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def chief(browser: Browser, live_server: Any, cast: Cast, tmp_path: Path) -> Iterator[Window]:
    with opened(browser, live_server.url, "chief", tmp_path) as window:
        window.log_in(PASSWORD)
        yield window


@pytest.fixture
def administrator(browser: Browser, live_server: Any, cast: Cast, tmp_path: Path) -> Iterator[Window]:
    with opened(browser, live_server.url, "admin", tmp_path) as window:
        window.log_in(PASSWORD)
        yield window


def test_the_first_tab_skips_to_the_work(chief: Window) -> None:
    page = chief.page
    page.keyboard.press("Tab")
    skip = page.locator(".skip-to-content-link")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_language_and_theme_are_chosen_and_stay(chief: Window) -> None:
    page = chief.page
    page.locator(".desk-me summary").click()
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator(".desk-me summary").click()
    page.locator(".theme-toggle").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    chief.go("/admin/articles/article/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("body")).to_have_css("background-color", "rgb(19, 23, 27)")


def test_on_a_phone_the_places_stand_below_and_nothing_runs_off(chief: Window, cast: Cast) -> None:
    cast.in_review("潮位站启用")
    cast.live("渡轮夜航试运行")
    page = chief.page
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    for path in ("/admin/", "/admin/articles/article/", "/admin/articles/issue/", "/admin/password_change/"):
        chief.go(path)
        expect(page.locator(".desk-nav a[href='/admin/articles/article/']")).to_be_in_viewport()
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_stages_are_put_in_order_by_arrows_and_by_dragging(administrator: Window, cast: Cast) -> None:
    page = administrator.page
    administrator.go(f"/admin/articles/publication/{cast.publication.pk}/change/")
    rows = page.locator("#stages-group tr.form-row:not(.empty-form)")
    names = page.locator("#stages-group tr.form-row:not(.empty-form) .field-name input")
    expect(rows).to_have_count(3)

    down = rows.nth(0).locator(".desk-move").nth(1)
    down.focus()
    page.keyboard.press("Enter")
    expect(names.nth(0)).to_have_value("复审")
    expect(rows.nth(1).locator(".desk-move").nth(1)).to_be_focused()

    rows.nth(2).locator(".desk-handle").scroll_into_view_if_needed()
    page.locator("#stages-group").scroll_into_view_if_needed()
    held, target = rows.nth(2).locator(".desk-handle").bounding_box(), rows.nth(0).bounding_box()
    assert held and target
    page.mouse.move(held["x"] + 5, held["y"] + 10)
    page.mouse.down()
    page.mouse.move(target["x"] + 20, target["y"] + 4, steps=8)
    page.mouse.up()
    expect(names.nth(0)).to_have_value("终审")

    page.locator("[name=_save]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    stored = ReviewStage.objects.filter(publication=cast.publication).order_by("position")
    assert [stage.name for stage in stored] == ["终审", "复审", "初审"]


def test_a_new_row_taken_out_again_leaves_the_others_whole(administrator: Window, cast: Cast) -> None:
    page = administrator.page
    administrator.go(f"/admin/articles/publication/{cast.publication.pk}/change/")
    group = page.locator("#sections-group")
    rows = group.locator("tr.form-row:not(.empty-form)")
    group.get_by_role("button", name="版块").click()
    expect(rows).to_have_count(4)
    rows.nth(3).locator(".field-name input").fill("民生")
    for _step in range(3):
        rows.filter(has=page.locator("#id_sections-3-name")).locator(".desk-move").nth(0).click()
    expect(rows.nth(0).locator(".field-name input")).to_have_value("民生")
    group.locator(".inline-deletelink").nth(1).click()
    expect(rows).to_have_count(3)
    page.locator("[name=_save]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    stored = cast.publication.sections.order_by("position").values_list("name", flat=True)
    assert list(stored) == ["民生", "要闻", "文化"]
