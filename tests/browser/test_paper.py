"""The public site as a reader's browser has it: for everybody, light, still, by keyboard, on a phone, on paper."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from tests.browser.edition import HEIGHT, HOST, Edition, printed

# django_db: or no database is set up where only these tests are run.
pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db]

# One of each kind.
PAGES = [
    "front", "section", "reporter", "archive", "first page", "story", "feature", "gallery", "picture", "as printed",
    "empty", "404", "410",
]  # fmt: skip
# Where a photo is the largest thing on the first screen of a wide window.
LED_BY_A_PHOTO = ["front", "section", "first page", "story", "feature", "gallery"]
WIDTHS = [1440, 390]
# Every rule at each width and in each theme; only what has to do with colour can differ in the other two.
COLOUR = {"runOnly": ["color-contrast", "link-in-text-block"]}
LOOKS: list[tuple[int, Any, dict[str, Any]]] = [
    (1440, "light", {}), (1440, "dark", COLOUR), (390, "light", COLOUR), (390, "dark", {}),
]  # fmt: skip
BEFORE_PHOTOS = 100 * 1024


@pytest.fixture(scope="module")
def edition(
    browser: Browser, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Edition]:
    with django_db_blocker.unblock():
        edition = printed(tmp_path_factory.mktemp("edition"))
    yield edition


@pytest.mark.parametrize("name", PAGES)
def test_no_rule_of_axe_is_broken_in_either_theme_at_either_width(
    name: str, edition: Edition, browser: Browser
) -> None:
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


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_light_and_stands_still(name: str, width: int, edition: Edition, browser: Browser) -> None:
    with edition.opened(browser, name, width=width) as page:
        read_to_the_end(page)
        assert page.evaluate("shifts") == [], "parts of the page jumped while it loaded"
        assert edition.weight() <= BEFORE_PHOTOS
        kinds = [each.resource_type for each in edition.asked]
        assert kinds.count("stylesheet") <= 3
        assert "script" not in kinds and "font" not in kinds
        assert page.locator("script:not([type='application/ld+json']), [style], [onclick]").count() == 0
        assert {urlsplit(each.url).netloc for each in edition.asked} == {urlsplit(HOST).netloc}
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page slides sideways"
        for image in page.locator("img").evaluate_all(
            "all => all.map(each => Object.fromEntries([...each.attributes].map(one => [one.name, one.value])))"
        ):
            assert {"width", "height", "alt", "sizes", "srcset"} <= image.keys()
            assert (image.get("loading") == "lazy") != (
                image.get("fetchpriority") == "high"
            ) or "loading" not in image
        # What a photo's `sizes` promise is what it takes: within a half, so that nobody loads double.
        for promised, taken in page.locator("img").evaluate_all(PROMISES):
            assert taken * 0.95 <= promised <= taken * 1.6 + 8, (promised, taken)


PROMISES = """all => all.filter(each => each.clientWidth).map(each => {
  const promise = each.sizes.split(',').map(one => one.trim().match(/^(\\(.*\\))? *([0-9.]+)(rem|vw)$/))
    .find(([_, media]) => !media || matchMedia(media).matches);
  return [promise[2] * (promise[3] === 'rem' ? 16 : innerWidth / 100), each.clientWidth];
})"""


@pytest.mark.parametrize("name", LED_BY_A_PHOTO)
def test_the_photo_that_readers_see_first_is_not_put_off(
    name: str, edition: Edition, browser: Browser
) -> None:
    with edition.opened(browser, name) as page:
        largest = page.locator("img[data-largest]")
        expect(largest).not_to_have_attribute("loading", "lazy")
        preload = page.locator("link[rel=preload]")
        # A photo in the middle of a text is loaded with it; one that leads a page is told of before the page is read.
        assert preload.count() == (0 if name == "feature" else 1)
        if name != "feature":
            source = largest.evaluate(
                "each => (one => [one.srcset, one.sizes, one.type])(each.parentElement.querySelector('source'))"
            )
            names = ("imagesrcset", "imagesizes", "type")
            assert [preload.get_attribute(each) for each in names] == source
            assert page.locator("img[fetchpriority=high]").count() == 1
        photos = [each.url for each in edition.asked if "/media/" in each.url]
        assert len(photos) == len(set(photos)), "a photo was loaded twice"


@pytest.mark.parametrize("name", ["front", "gallery", "second page"])
def test_the_whole_page_is_reached_by_keyboard_and_shows_where_one_is(
    name: str, edition: Edition, browser: Browser
) -> None:
    with edition.opened(browser, name) as page:
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        expect(page.locator(".skip")).to_be_in_viewport()
        reached = 1
        for _ in range(80):
            page.keyboard.press("Tab")
            seen = page.evaluate(SEEN)
            if seen is None:
                break
            reached += 1
            assert seen, page.evaluate("document.activeElement.outerHTML")
        assert reached == page.locator(REACHABLE).locator("visible=true").count()


# What is folded away, like the calendar of the month, is reached once it is unfolded.
REACHABLE = "a, button, input, summary, [tabindex='0']"

# Whether the element with the focus, or the card that it stands for, has a line around it. None: the page is through.
SEEN = """() => document.activeElement === document.body ? null : [null, '::after'].some(part => {
  const style = getComputedStyle(document.activeElement, part);
  return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
})"""


def test_the_skip_link_leads_past_the_masthead(edition: Edition, browser: Browser) -> None:
    with edition.opened(browser, "story") as page:
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**#main")
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_gallery_is_pushed_by_its_small_photos_and_by_arrow_keys(
    edition: Edition, browser: Browser
) -> None:
    with edition.opened(browser, "gallery") as page:
        page.locator(".contact a").nth(2).press("Enter")
        expect(page.locator("#photo-3")).to_be_in_viewport(ratio=0.6)
        expect(page.locator("#photo-1")).not_to_be_in_viewport()
        expect(page.locator("#photo-3 figcaption")).to_contain_text("叶听舟 摄")
        page.locator(".slides").focus()
        page.keyboard.press("ArrowLeft")
        expect(page.locator("#photo-2")).to_be_in_viewport(ratio=0.6)
        expect(page.locator("#photo-3")).not_to_be_in_viewport()


@pytest.mark.parametrize("name", ["story", "gallery", "as printed"])
def test_a_story_is_printed_with_its_source_and_without_what_is_pressed(
    name: str, edition: Edition, browser: Browser
) -> None:
    with edition.opened(browser, name) as page:
        page.emulate_media(media="print")
        for pressed in page.locator("nav, .skip, .contact").all():
            expect(pressed).to_be_hidden()
        for kept in page.locator(".masthead .name, h1, .body p, .body + *, figure img, figcaption").all():
            expect(kept).to_be_visible()
        source = page.locator(".source")
        expect(source).to_be_visible()
        expect(source).to_contain_text("望潮日报")
        expect(source).to_contain_text("2030年5月4日")
        expect(source).to_contain_text(page.locator("link[rel=canonical]").get_attribute("href") or "none")
        width = page.locator("main").bounding_box()
        assert width and width["width"] <= 1440
        for figure in page.locator("figure").all():
            box = figure.bounding_box()
            assert box and box["x"] >= 0 and box["x"] + box["width"] <= 1440


def read_to_the_end(page: Page) -> None:
    """Scroll down as a reader does, until every photo has come that is shown at this width."""
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.locator(".foot, .empty").last.scroll_into_view_if_needed()
    page.locator("img").evaluate_all(
        "all => Promise.all(all.filter(each => each.checkVisibility())"
        ".map(each => { each.scrollIntoView(); return each.complete || each.decode(); }))"
    )
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
