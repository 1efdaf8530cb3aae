"""No rule of accessibility is broken on the desk, in either theme: every screen as those see it who work there."""

import re
from collections import deque
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from articles.desk import workflow
from media_library.renditions import render
from media_library.uploads import store_photo
from tests.cast import PASSWORD, Cast
from tests.media_library import samples

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What does something when it is only looked at, or is no screen.
NO_SCREEN = re.compile(r"/(logout|jsi18n|autocomplete|original)/|\.(jpg|png|webp|pdf)$")
# Colours do not change with the width, nor rows with the theme: two looks show all four.
LOOKS: list[tuple[int, Any]] = [(1440, "light"), (390, "dark")]


@pytest.fixture
def evening(cast: Cast) -> Cast:
    """A desk with something on every screen."""
    photo = store_photo(samples.upload(samples.jpeg(640, 420)), caption="夜色里的渡轮", credit="叶听舟 摄")
    render(photo.pk)
    shown = [{"photo": photo.pk, "caption": "夜色里的渡轮", "credit": "叶听舟 摄", "alt": ""}]
    cast.draft("写到一半的稿子", photos=shown)
    cast.in_review("等着初审的稿子")
    cast.spiked("不用的稿子")
    back = cast.in_review("退回的稿子")
    workflow.send_back(cast.section_editor, back.pk, "数字请核实")
    cast.published_issue(cast.approved("见报的稿子"))
    cast.scheduled_issue(cast.approved("明天的稿子"))
    return cast


def log_in(page: Page, address: str, username: str) -> None:
    page.goto(f"{address}/admin/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(re.compile(r"/admin/$"))


def kind_of(path: str) -> str:
    return re.sub(r"\d+", "n", path)


def broken_on(page: Page) -> dict[str, list[str]]:
    """What axe finds, by look and rule, and whether the screen slides sideways."""
    broken = {}
    page.evaluate(AXE_SCRIPT)
    for width, theme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme)
        found = page.evaluate("axe.run({resultTypes: ['violations']})")
        for each in found["violations"]:
            broken[f"{width} {theme} {each['id']}"] = [node["html"][:160] for node in each["nodes"]]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            broken[f"{width} slides sideways"] = []
    return broken


@pytest.mark.parametrize(("who", "least"), [("reporter", 8), ("chief", 20), ("admin", 14)])
def test_no_rule_of_axe_is_broken_on_any_screen_of(
    who: str, least: int, evening: Cast, live_server: Any, browser: Browser
) -> None:
    """Every kind of screen that links lead to."""
    context = browser.new_context(reduced_motion="reduce", locale="zh-CN")
    page = context.new_page()
    log_in(page, live_server.url, who)
    waiting, seen, broken = deque(["/admin/"]), set(), {}
    while waiting:
        path = waiting.popleft()
        if kind_of(path) in seen or NO_SCREEN.search(path):
            continue
        answer = page.goto(live_server.url + path)
        if answer is None or answer.status != 200 or "text/html" not in answer.headers["content-type"]:
            continue
        seen.add(kind_of(path))
        links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        here = (urlsplit(link) for link in links if link.startswith(live_server.url))
        waiting.extend(link.path for link in here if link.path.startswith("/admin/"))
        if found := broken_on(page):
            broken[path] = found
    context.close()
    assert broken == {}
    assert len(seen) >= least, sorted(seen)
