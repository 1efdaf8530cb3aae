"""The two-step login in a real browser: turned on, printed, used; no rule of axe is broken on the way."""

import time
from base64 import b32decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django_otp.oath import TOTP
from playwright.sync_api import Browser, expect

from tests.browser.window import PHONE, Window, opened
from tests.cast import PASSWORD, Cast, make_cast

pytestmark = [pytest.mark.browser, pytest.mark.once]

OWN = "/admin/account/second-factor/"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def chief(browser: Browser, live_server: Any, cast: Cast, tmp_path: Path) -> Iterator[Window]:
    with opened(browser, live_server.url, "chief", tmp_path) as window:
        window.log_in(PASSWORD)
        yield window


def looks_right(window: Window) -> None:
    """Wide and light, narrow and dark."""
    page = window.page
    page.evaluate(AXE_SCRIPT)
    for size, theme in (((1440, 900), "light"), (PHONE, "dark")):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        # The change of the light is not to be waited for.
        page.evaluate("document.getAnimations().forEach(each => each.finish())")
        found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        assert [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found] == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def code_of(secret: str) -> str:
    made = TOTP(b32decode(secret.replace(" ", "")))
    made.time = time.time()
    return f"{made.token():06d}"


def test_it_is_turned_on_and_a_recovery_code_opens_the_desk(chief: Window) -> None:
    page = chief.page
    chief.go(OWN)
    looks_right(chief)
    page.locator(".desk-second .button.default").click()
    expect(page.locator(".desk-square svg")).to_be_visible()
    looks_right(chief)
    page.locator("#id_code").fill(code_of(page.locator(".desk-key code").inner_text()))
    page.keyboard.press("Enter")
    codes = page.locator(".desk-codes code")
    expect(codes).to_have_count(10)
    expect(page.locator("[data-print]")).to_be_visible()
    looks_right(chief)
    code = codes.nth(0).inner_text()
    chief.go(OWN)
    looks_right(chief)

    page.context.clear_cookies()
    chief.go("/admin/login/?next=/admin/articles/issue/")
    looks_right(chief)
    page.locator("#id_username").fill("chief")
    page.locator("#id_password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#id_code")).to_be_focused()
    looks_right(chief)
    page.locator(".desk-recovery summary").click()
    page.locator("#id_recovery").fill(code)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{chief.url}/admin/articles/issue/")
