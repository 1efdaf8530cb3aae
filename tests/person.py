"""A person at the desk without a browser: real cookies, real CSRF, the forms of the pages themselves.

reporter = Person(stack.url, "reporter")
reporter.log_in(PASSWORD)
screen = reporter.open("/admin/")
reporter.press(screen, "submit")
"""

import http.cookiejar
import secrets
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

from tests.screens import Button, Form, Link, Screen

TIMEOUT = 60


class Person:
    """One session. Redirects are followed as a browser does; whatever is not 200 in the end fails the test."""

    def __init__(self, url: str, username: str) -> None:
        self.url, self.username = url, username
        self.cookies = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def __repr__(self) -> str:
        return self.username

    def log_in(self, password: str) -> Screen:
        screen = self.open("/admin/")
        form = screen.form_with("username", "password")
        after = self.send(screen, form, username=self.username, password=password)
        assert any(cookie.name == "sessionid" for cookie in self.cookies), after.notices
        return after

    def open(self, path: str, *, expect: int = 200) -> Screen:
        return self._ask(urllib.parse.urljoin(self.url, path), expect=expect)

    def send(
        self,
        screen: Screen,
        form: Form,
        button: Button | None = None,
        *,
        expect: int = 200,
        **changes: str | list[str],
    ) -> Screen:
        """Press `button` of `form` (default: its first) with some fields changed by hand."""
        button = button or (form.buttons[0] if form.buttons else None)
        action = (button.action if button else "") or form.action or screen.where
        pairs = form.filled(button, **changes)
        target = urllib.parse.urljoin(screen.where, action)
        if form.method == "get":
            return self._ask(f"{target.split('?')[0]}?{urllib.parse.urlencode(pairs)}", expect=expect)
        body, kind = _multipart(pairs) if form.multipart else _urlencoded(pairs)
        headers = {"Content-Type": kind, "Referer": screen.where, "Origin": self.url}
        return self._ask(target, body, headers, expect=expect)

    def press(
        self, screen: Screen, verb: str, about: str = "", *, expect: int = 200, **changes: str | list[str]
    ) -> Screen:
        """Press a verb's button; where it leads to a small page, fill that in and press there."""
        found = screen.verb(verb, about)
        if not isinstance(found, Link):
            return self.send(screen, *found, expect=expect, **changes)
        small = self.open(urllib.parse.urljoin(screen.where, found.href))
        # The page's own form, not the one in its head that logs out.
        forms = [form for form in small.forms if form.method == "post" and not form.action]
        assert len(forms) == 1, f"{small.where} has {len(forms)} forms"
        return self.send(small, forms[0], expect=expect, **changes)

    def forge(self, screen: Screen, path: str, *, expect: int, **fields: str) -> Screen:
        """Send what no page of theirs offers, with the token of a page they have."""
        token = screen.form_with("csrfmiddlewaretoken").field("csrfmiddlewaretoken").values
        body, kind = _urlencoded([("csrfmiddlewaretoken", token[0]), *fields.items()])
        headers = {"Content-Type": kind, "Referer": screen.where, "Origin": self.url}
        return self._ask(urllib.parse.urljoin(self.url, path), body, headers, expect=expect)

    def _ask(self, url: str, body: bytes | None = None, headers: Any = None, *, expect: int) -> Screen:
        request = urllib.request.Request(url, body, {"Accept": "text/html", **(headers or {})})
        try:
            answer = self._opener.open(request, timeout=TIMEOUT)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            screen = Screen.read(answer.read().decode("utf-8"), answer.geturl(), answer.status)
        said = screen.notices or screen.words[:300]
        assert screen.status == expect, f"{self} at {url}: {screen.status}, not {expect}: {said}"
        return screen


def _urlencoded(pairs: list[tuple[str, str]]) -> tuple[bytes, str]:
    return urllib.parse.urlencode(pairs).encode(), "application/x-www-form-urlencoded"


def _multipart(pairs: list[tuple[str, str]]) -> tuple[bytes, str]:
    mark = secrets.token_hex(16)
    parts = "".join(
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in pairs
    )
    return f"{parts}--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"
