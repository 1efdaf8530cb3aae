"""A person's own browser window that takes every complaint of the browser for a failure.

with opened(browser, stack.url, "reporter", shots) as window:
    window.log_in(PASSWORD)
    window.go("/admin/")
    window.press("submit")
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

WIDE, PHONE = (1440, 1000), (390, 844)
# Every picture in both sizes and both lights is wanted only where somebody will look at them.
ALL_SHOTS = bool(os.environ.get("NEWSROOM_SHOTS"))
# A refused inline script or style does not always reach the console by itself.
TELL_VIOLATIONS = (
    "addEventListener('securitypolicyviolation', "
    "e => console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sample))"
)


@dataclass
class Window:
    page: Page
    url: str
    name: str
    shots: Path
    complaints: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)

    def watch(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))
        self.page.on("response", self._answered)
        self.page.on("requestfailed", self._failed)
        self.page.add_init_script(TELL_VIOLATIONS)

    def _heard(self, message: Any) -> None:
        # What could not be loaded is judged by its status, below.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _answered(self, answer: Any) -> None:
        if not answer.url.startswith(self.url):
            self.complaints.append(f"{self.page.url} asks a stranger: {answer.url}")
        if answer.status >= 400 and answer.status not in self.expected:
            self.complaints.append(f"{answer.url}: {answer.status}")

    def _failed(self, request: Any) -> None:
        # A page that is left while it still loads breaks its own requests off; that is nobody's fault.
        if "ERR_ABORTED" not in (request.failure or ""):
            self.complaints.append(f"{request.url}: {request.failure}")

    def log_in(self, password: str) -> None:
        self.go("/admin/")
        self.page.fill("#id_username", self.name)
        self.page.fill("#id_password", password)
        self.page.click("[type=submit]")
        expect(self.page.locator("body.desk-index")).to_be_visible()

    def go(self, path: str, status: int = 200) -> None:
        self.expected = {status} - {200}
        answer = self.page.goto(self.url + path if path.startswith("/") else path)
        assert answer is not None and answer.status == status, f"{path}: {answer and answer.status}"

    def verbs(self) -> set[str]:
        """What this page lets the person do."""
        found = self.page.locator("[data-verb]").evaluate_all("all => all.map(one => one.dataset.verb)")
        return set(found)

    def press(self, verb: str, **fields: str) -> None:
        """Press a verb's button, and where it leads to a small page fill that in and press there."""
        button = self.page.locator(f"[data-verb={verb}]")
        asks = button.evaluate("one => one.tagName") == "A"
        if asks:
            button.click()
            expect(self.page.locator(".desk-sheet")).to_be_visible()
        for name, value in fields.items():
            self.page.fill(f"[name={name}]", value)
        if asks:
            self.shoot(verb)
            self.page.click(".desk-sheet .submit-row [type=submit]")
        else:
            button.click()
        expect(self.page.locator(".messagelist .success")).to_be_visible()

    def shoot(self, name: str) -> None:
        """Take the page's picture, and see that a phone shows it without scrolling sideways."""
        file = re.sub(r"\W+", "-", f"{self.name}-{name}")
        for width, height in (PHONE, WIDE):
            self.page.set_viewport_size({"width": width, "height": height})
            if width == PHONE[0]:
                over = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
                assert over <= 0, f"{self.page.url} is {over} px too wide for a phone"
            for light in ("dark", "light"):
                if ALL_SHOTS or (width, light) == (WIDE[0], "light"):
                    self.page.emulate_media(color_scheme=light)
                    self.page.screenshot(
                        path=self.shots / f"{file}-{width}-{light}.png", full_page=True, animations="disabled"
                    )


@contextmanager
def opened(browser: Browser, url: str, name: str, shots: Path) -> Iterator[Window]:
    """A window with cookies of its own; whatever the browser complained about fails the test at its end."""
    context = browser.new_context(
        viewport={"width": WIDE[0], "height": WIDE[1]}, locale="zh-CN", color_scheme="light"
    )
    context.set_default_timeout(15_000)
    # What is waited for is only late on a busy machine, not wrong.
    expect.set_options(timeout=15_000)
    window = Window(context.new_page(), url, name, shots)
    window.watch()
    try:
        yield window
    finally:
        context.close()
    assert window.complaints == []
