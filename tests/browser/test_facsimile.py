"""The printed page as readers have it on their screen: by mouse, keys and fingers, light and still."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from tests.browser.edition import HEIGHT, HOST, Edition, printed
from tests.browser.pictured import with_pictures
from tests.browser.test_paper import LOOKS, PROMISES, WIDTHS, read_to_the_end

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db]

PAGES = ["first page", "as printed", "archive", "front"]
BEFORE_THE_PICTURE = 200 * 1024


@pytest.fixture(scope="module")
def edition(
    browser: Browser, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Edition]:
    with django_db_blocker.unblock():
        edition = printed(tmp_path_factory.mktemp("pictured"), with_pictures)
    yield edition


def arrived(page: Page, edition: Edition, name: str) -> None:
    """Wait until the page is there and its script listens. A navigation that takes another's place is no failure."""
    expect(page).to_have_url(HOST + edition.paths[name])
    page.wait_for_load_state("load")


@pytest.mark.parametrize("name", PAGES)
def test_no_rule_of_axe_is_broken(name: str, edition: Edition, browser: Browser) -> None:
    with edition.opened(browser, name) as page:
        page.evaluate(AXE_SCRIPT)
        broken = {}
        for width, theme, rules in LOOKS:
            page.set_viewport_size({"width": width, "height": HEIGHT[width]})
            page.emulate_media(color_scheme=theme)
            found = page.evaluate("rules => axe.run(rules)", {"resultTypes": ["violations"], **rules})
            for each in found["violations"]:
                broken[width, theme, each["id"]] = [node["html"][:200] for node in each["nodes"]]
        assert broken == {}


def test_nor_with_the_page_enlarged_or_the_calendar_open(edition: Edition, browser: Browser) -> None:
    with edition.opened(browser, "first page") as page:
        page.evaluate(AXE_SCRIPT)
        page.click(".calendar summary")
        broken = [each["id"] for each in page.evaluate("axe.run()")["violations"]]
        enlarge(page)
        broken += [each["id"] for each in page.evaluate("axe.run('.viewer')")["violations"]]
        assert broken == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_light_and_stands_still(name: str, width: int, edition: Edition, browser: Browser) -> None:
    with edition.opened(browser, name, width=width) as page:
        read_to_the_end(page)
        assert page.evaluate("shifts") == [], "parts of the page jumped while it loaded"
        # The next page is fetched ahead; it is no part of the weight of this one.
        edition.asked = [each for each in edition.asked if each.resource_type != "other"]
        assert edition.weight() <= BEFORE_THE_PICTURE
        assert (
            page.locator("script:not([type='application/ld+json']):not([src]), [style], [onclick]").count()
            == 0
        )
        assert {urlsplit(each.url).netloc for each in edition.asked} == {urlsplit(HOST).netloc}
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page slides sideways"
        for promised, taken in page.locator("img:not(.placeholder img)").evaluate_all(PROMISES):
            assert taken * 0.95 <= promised <= taken * 1.6 + 8, (promised, taken)


def test_the_picture_is_the_largest_thing_and_loaded_once(edition: Edition, browser: Browser) -> None:
    with edition.opened(browser, "first page") as page:
        expect(page.locator(".print-sheet > picture img[data-largest]")).to_have_count(1)
        source = page.locator(".print-sheet > picture source")
        preload = page.locator("link[rel=preload]")
        assert preload.get_attribute("imagesrcset") == source.get_attribute("srcset")
        assert preload.get_attribute("imagesizes") == source.get_attribute("sizes")
        photos = [each.url for each in edition.asked if "/media/" in each.url]
        assert len(photos) == len(set(photos)), "a picture was loaded twice"


def test_the_next_page_and_its_picture_are_there_before_one_turns(edition: Edition, browser: Browser) -> None:
    with edition.opened(browser, "first page") as page:
        expect(page.locator("link[rel=prefetch]")).to_have_attribute("href", edition.paths["second page"])
        srcset = page.locator(".beside a[rel=next]").get_attribute("data-srcset") or ""
        wanted = {part.split()[0] for part in srcset.split(", ")}
        # The thumbnail of it is one of these too.
        page.wait_for_function(
            "wanted => performance.getEntriesByType('resource')"
            ".filter(each => wanted.includes(new URL(each.name).pathname)).length >= 2",
            arg=sorted(wanted),
        )


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_press_on_an_area_opens_the_story(
    script: bool, width: int, edition: Edition, browser: Browser
) -> None:
    with edition.opened(browser, "first page", width=width, java_script_enabled=script) as page:
        area = page.locator(".facsimile > .print-sheet .area[href]").nth(1)
        area.scroll_into_view_if_needed()
        area.click()
        arrived(page, edition, "as printed")
        expect(page.locator("h1")).to_have_text("港城第0件事办成")
        expect(page.locator(".on-page .marked")).to_have_attribute("aria-label", "港城第0件事办成")


def test_an_area_lights_up_under_the_mouse_and_with_its_title(edition: Edition, browser: Browser) -> None:
    with edition.opened(browser, "first page") as page:
        area = page.locator(".facsimile .area[href]").nth(1)
        dark = area.locator("polygon").evaluate("each => getComputedStyle(each).stroke")
        area.hover()
        lit = area.locator("polygon").evaluate("each => getComputedStyle(each).stroke")
        assert lit != dark
        assert area.locator("title").text_content() == "港城第0件事办成"
        expect(page.locator("li[data-story].lit h2")).to_have_text("港城第0件事办成")
        page.mouse.move(0, 0)
        page.locator(".titles h2 a").nth(2).hover()
        expect(page.locator(".facsimile > .print-sheet .area.lit")).to_have_attribute(
            "aria-label", "港城第1件事办成"
        )


def test_areas_come_by_keyboard_in_the_order_of_the_titles(edition: Edition, browser: Browser) -> None:
    with edition.opened(browser, "first page") as page:
        titles = page.locator(".titles h2").all_text_contents()
        places = page.locator(".facsimile > .print-sheet a.area").evaluate_all(
            "all => all.map(each => each.getAttribute('aria-label'))"
        )
        assert places == titles
        page.locator(".tools a").last.focus()
        for title in titles:
            page.keyboard.press("Tab")
            expect(page.locator("a.area:focus")).to_have_attribute("aria-label", title)
            width = page.locator("a.area:focus polygon").evaluate(
                "each => parseFloat(getComputedStyle(each).strokeWidth)"
            )
            assert width >= 4
        page.locator("a.area").nth(1).press("Enter")
        arrived(page, edition, "as printed")


def test_an_advert_is_named_and_leads_nowhere(edition: Edition, browser: Browser) -> None:
    with edition.opened(browser, "first page") as page:
        advert = page.locator(".facsimile > .print-sheet g.area")
        expect(advert).to_have_attribute("aria-label", "广告：望潮茶庄新茶上市")
        assert page.locator("g.area a").count() == 0


def enlarge(page: Page) -> None:
    page.click(".enlarge")
    expect(page.locator(".viewer")).to_be_visible()
    expect(page.locator(".viewer-pane")).to_be_focused()


def width_of(page: Page) -> float:
    return float(
        page.locator(".viewer-pane .print-sheet").evaluate("each => each.getBoundingClientRect().width")
    )


def scrolled(page: Page) -> list[float]:
    return list(page.locator(".viewer-pane").evaluate("each => [each.scrollLeft, each.scrollTop]"))


def test_keys_enlarge_and_move_the_page_and_put_it_away(edition: Edition, browser: Browser) -> None:
    with edition.opened(browser, "first page") as page:
        enlarge(page)
        before = width_of(page)
        page.keyboard.press("+")
        assert width_of(page) > before * 1.2
        page.keyboard.press("-")
        assert abs(width_of(page) - before) <= 2
        top = scrolled(page)[1]
        page.keyboard.press("ArrowDown")
        assert scrolled(page)[1] > top
        page.keyboard.press("0")
        box = page.locator(".viewer-pane .print-sheet").bounding_box()
        pane = page.locator(".viewer-pane").bounding_box()
        assert box and pane and box["height"] <= pane["height"] + 1, "the whole page is seen"
        page.keyboard.press("Escape")
        expect(page.locator(".viewer")).to_be_hidden()
        expect(page.locator(".enlarge")).to_be_focused()


def test_the_wheel_enlarges_where_the_mouse_is_and_a_pull_moves_without_opening_a_story(
    edition: Edition, browser: Browser
) -> None:
    with edition.opened(browser, "first page") as page:
        enlarge(page)
        page.mouse.move(500, 400)
        spot = page.locator(".viewer-pane .print-sheet").evaluate(AT)
        page.mouse.wheel(0, -400)
        page.wait_for_function("+document.querySelector('.viewer').dataset.width > 1500")
        there = page.locator(".viewer-pane .print-sheet").evaluate(AT)
        assert all(abs(one - two) < 0.01 for one, two in zip(spot, there, strict=True)), (
            "it slid away below the mouse"
        )
        before = scrolled(page)
        page.mouse.down()
        page.mouse.move(380, 300, steps=4)
        page.mouse.up()
        assert [round(one - two) for one, two in zip(scrolled(page), before, strict=True)] == [120, 100]
        expect(page.locator(".viewer")).to_be_visible()
        # One that did not move is a press on the story.
        page.locator(".viewer-pane a.area").nth(1).click()
        arrived(page, edition, "as printed")


# What part of the sheet lies below (500, 400).
AT = "each => (box => [(500 - box.left) / box.width, (400 - box.top) / box.height])(each.getBoundingClientRect())"


def test_two_fingers_enlarge_the_page(edition: Edition, browser: Browser) -> None:
    with edition.opened(browser, "first page", width=390, has_touch=True, is_mobile=True) as page:
        enlarge(page)
        before = width_of(page)
        fingers(page, [(150, 400), (240, 400)], [(60, 400), (330, 400)])
        assert width_of(page) > before * 2
        larger = width_of(page)
        fingers(page, [(60, 400), (330, 400)], [(150, 400), (240, 400)])
        assert width_of(page) < larger / 2


def test_a_swipe_turns_the_page_and_a_scroll_does_not(edition: Edition, browser: Browser) -> None:
    with edition.opened(browser, "second page", width=390, has_touch=True, is_mobile=True) as page:
        page.locator(".titles h2").first.scroll_into_view_if_needed()
        fingers(page, [(200, 600)], [(190, 300)])
        fingers(page, [(200, 600)], [(160, 600)])
        expect(page).to_have_url(HOST + edition.paths["second page"])
        fingers(page, [(300, 600)], [(120, 610)])
        arrived(page, edition, "third page")
        page.locator(".titles h2").first.scroll_into_view_if_needed()
        fingers(page, [(120, 600)], [(300, 610)])
        arrived(page, edition, "second page")


def test_arrow_keys_turn_the_page(edition: Edition, browser: Browser) -> None:
    with edition.opened(browser, "first page") as page:
        page.keyboard.press("ArrowRight")
        arrived(page, edition, "second page")
        page.locator("input[type=search]").focus()
        page.keyboard.press("ArrowRight")
        page.locator("input[type=search]").blur()
        page.keyboard.press("ArrowLeft")
        arrived(page, edition, "first page")


def test_without_script_a_link_leads_to_the_large_picture(edition: Edition, browser: Browser) -> None:
    with edition.opened(browser, "first page", java_script_enabled=False) as page:
        link = page.locator(".enlarge")
        assert str(link.get_attribute("href")).endswith("-960.jpeg")
        expect(page.locator(".viewer")).to_be_hidden()
        expect(page.locator("noscript img")).to_be_hidden()
        page.click(".calendar summary")
        day = page.locator(".calendar td a", has_text="2")
        expect(day).to_be_visible()
        expect(day).to_have_attribute("href", "/wangchao/layout/203005/02/")


def test_the_title_list_comes_first_on_a_phone_with_a_way_to_the_picture(
    edition: Edition, browser: Browser
) -> None:
    with edition.opened(browser, "first page", width=390) as page:
        title, picture = (
            page.locator(".titles h2").first.bounding_box(),
            page.locator(".facsimile").bounding_box(),
        )
        assert title and picture and title["y"] < picture["y"]
        page.click(".to-picture a")
        expect(page.locator(".facsimile > .print-sheet")).to_be_in_viewport()


def test_the_picture_stays_paper_in_the_night_edition(edition: Edition, browser: Browser) -> None:
    with edition.opened(browser, "first page", theme="dark") as page:
        image = page.locator(".print-sheet > picture img")
        assert "invert" not in image.evaluate("each => getComputedStyle(each).filter")
        assert "brightness" in image.evaluate("each => getComputedStyle(each).filter")


def test_the_page_is_printed_whole_and_without_what_is_pressed(edition: Edition, browser: Browser) -> None:
    with edition.opened(browser, "first page") as page:
        page.emulate_media(media="print")
        for pressed in page.locator(".tools, .areas, .page-list, .calendar").all():
            expect(pressed).to_be_hidden()
        expect(page.locator(".print-sheet > picture img")).to_be_visible()


def fingers(page: Page, begin: list[tuple[int, int]], end: list[tuple[int, int]]) -> None:
    """Fingers put down, moved in a few steps and lifted, as the browser's own input."""
    session = page.context.new_cdp_session(page)

    def send(kind: str, points: list[tuple[float, float]]) -> None:
        session.send(
            "Input.dispatchTouchEvent",
            {
                "type": kind,
                "touchPoints": [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)],
            },
        )

    send("touchStart", [(x, y) for x, y in begin])
    for step in range(1, 6):
        send(
            "touchMove",
            [
                (a + (c - a) * step / 5, b + (d - b) * step / 5)
                for (a, b), (c, d) in zip(begin, end, strict=True)
            ],
        )
    send("touchEnd", [])
