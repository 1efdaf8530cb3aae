"""Screenshots of every screen as everybody sees it, from the sample paper, for looking at and for the guides.

    python -m tests.shots [FOLDER] [--as NAME]... [--each N] [--wide-only] [--light-only] [--english] [--axe]

Starts a try-out of its own on a free port, logs in as each role, follows every link it offers and keeps one picture of
each kind of screen (--each N for more: stories in other states), at 1440 and 390 pixels, light and dark:
FOLDER/<who>/<screen>-<width>-<theme>.png. FOLDER is var/shots unless given; it is never committed. --english: in the
other language. --axe: says which rules of accessibility a screen breaks, and which screens slide sideways.
"""

import argparse
import os
import re
import sys
import tempfile
from collections import Counter, deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from axe_playwright_python.base import AXE_SCRIPT

from tests.processes import Processes
from tests.requires import ROOT, chromium_path
from tests.services import free_port
from tests.stack import ask, clean_environment

READER = "reader"
LOGINS = "logins.txt"
WIDTHS = {1440: 900, 390: 844}
THEMES = ("light", "dark")
# What does something when it is only looked at, or is no screen.
NO_SCREEN = re.compile(
    r"/(logout|jsi18n|autocomplete|media|static|original)/|\.(xml|atom|json|txt|jpg|png|webp|pdf|css|js)$"
)
FIRST_RUN = 600


@dataclass
class Camera:
    """One person's walk through everything they can reach from where they start."""

    page: Any
    home: str
    folder: Path
    each: int
    widths: list[int]
    themes: list[str]
    axe: bool = False
    broken: dict[str, list[str]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)

    def walk(self, start: str) -> int:
        """Follow every link from `start` that stays under it; the number of screens that were kept."""
        waiting = deque([start])
        while waiting:
            path = waiting.popleft()
            kind = kind_of(path)
            if path in self.seen or self.kinds[kind] >= self.each:
                continue
            self.seen.add(path)
            answer = self.page.goto(urljoin(self.home, path), wait_until="load")
            if answer is None or answer.status != 200 or "text/html" not in answer.headers["content-type"]:
                continue
            self.kinds[kind] += 1
            waiting.extend(link for link in self._links() if link.startswith(start))
            number = f"-{self.kinds[kind]}" if self.kinds[kind] > 1 else ""
            self._take(f"{kind}{number}")
        return sum(self.kinds.values())

    def _links(self) -> list[str]:
        found = self.page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        here = [urlsplit(link) for link in found if link.startswith(self.home)]
        # A list sorted or filtered otherwise is the same screen; adding, changing and history are others.
        return [link.path for link in here if not NO_SCREEN.search(link.path)]

    def _take(self, name: str) -> None:
        for width in self.widths:
            self.page.set_viewport_size({"width": width, "height": WIDTHS[width]})
            for theme in self.themes:
                self.page.emulate_media(color_scheme=theme)
                # Pictures below the fold load only when they are near.
                self.page.evaluate(
                    "document.querySelectorAll('img').forEach(each => { each.loading = 'eager' })"
                )
                self.page.wait_for_load_state("networkidle")
                if self.axe:
                    self._judge(f"{name}-{width}-{theme}")
                self.page.screenshot(path=self.folder / f"{name}-{width}-{theme}.png", full_page=True)

    def _judge(self, name: str) -> None:
        """Note what axe finds on the screen as it is, and whether it slides sideways."""
        self.page.evaluate(AXE_SCRIPT)
        found = self.page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        for each in found:
            nodes = [node["html"][:150] for node in each["nodes"]]
            self.broken.setdefault(each["id"], []).append(f"{name}: {len(nodes)}: {nodes[0]}")
        if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            self.broken.setdefault("slides sideways", []).append(name)


def kind_of(path: str) -> str:
    """The kind of screen an address shows, as a file name: numbers and dates are all alike."""
    plain = re.sub(r"\d+", "n", path.strip("/")).replace("/", "_")
    return plain or "front"


class TryOut(Processes):
    """`make run`'s own command on a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.var = folder / "var"
        self.port = free_port()
        self.home = f"http://127.0.0.1:{self.port}"
        self.argv = [sys.executable, "manage.py", "runall", "--port", str(self.port)]

    def start(self) -> None:
        environment = clean_environment(
            DJANGO_SETTINGS_MODULE="newsroom.settings.dev", NEWSROOM_VAR=str(self.var)
        )
        self.launch("runall", self.argv, environment)
        self.await_that("runall", self._answers, FIRST_RUN)

    def _answers(self) -> bool:
        try:
            return ask(self.port, "/healthz").status == 200
        except OSError:
            return False

    def passwords(self) -> dict[str, str]:
        """Of every account of the sample paper, by user name."""
        lines = (self.var / LOGINS).read_text(encoding="utf-8").splitlines()
        return {line.split()[0]: line.split()[1] for line in lines if line.startswith("  ")}


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.shots", description=(__doc__ or "").split("\n\n")[0]
    )
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "var" / "shots")
    parser.add_argument("--as", dest="people", action="append", metavar="NAME")
    parser.add_argument("--each", type=int, default=1, metavar="N")
    parser.add_argument("--wide-only", action="store_true")
    parser.add_argument("--light-only", action="store_true")
    parser.add_argument("--english", action="store_true")
    parser.add_argument("--axe", action="store_true")
    chosen = parser.parse_args(argv)
    found = chromium_path()
    if not found:
        print("There is no Chromium here to take pictures with.", file=sys.stderr)
        return 1

    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory(prefix="shots-") as scratch, sync_playwright() as playwright:
        tryout = TryOut(Path(scratch))
        try:
            print("Building the sample paper …", flush=True)
            tryout.start()
            browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
            passwords = tryout.passwords()
            for who in chosen.people or [READER, *passwords]:
                folder = chosen.folder / who
                folder.mkdir(parents=True, exist_ok=True)
                context = browser.new_context(
                    base_url=tryout.home,
                    locale="en-GB" if chosen.english else "zh-CN",
                    reduced_motion="reduce",
                )
                page = context.new_page()
                if who != READER:
                    log_in(page, who, passwords[who])
                camera = Camera(
                    page,
                    tryout.home,
                    folder,
                    chosen.each,
                    [1440] if chosen.wide_only else list(WIDTHS),
                    ["light"] if chosen.light_only else list(THEMES),
                    chosen.axe,
                )
                screens = camera.walk("/" if who == READER else "/admin/")
                print(f"{who}: {screens} screens in {os.path.relpath(folder)}", flush=True)
                for rule, places in sorted(camera.broken.items()):
                    print(f"  {rule}:", *places, sep="\n    ", flush=True)
                context.close()
            browser.close()
        finally:
            tryout.stop_all()
    return 0


def log_in(page: Any, username: str, password: str) -> None:
    page.goto("/admin/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url(re.compile(r"/admin/$"))


if __name__ == "__main__":
    sys.exit(main())
