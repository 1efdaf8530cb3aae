"""The pictures of the guides and of the README, taken anew from the sample paper.

    python -m tests.guide_shots [--at ADDRESS --logins FILE] [--only NAME]...

Starts a try-out of its own (or uses one that runs: --at, with its logins.txt) and writes docs/guide/pictures/*.webp,
1280 pixels wide or 390 for a phone, and docs/front-page.jpg and docs/issue-board.jpg for the README. Nothing but these
files is committed, and none is heavier than `HEAVIEST`.
"""

import argparse
import io
import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from tests.requires import ROOT, chromium_path
from tests.shots import LOGINS, READER, TryOut, log_in

DOCS = ROOT / "docs"
PICTURES = DOCS / "guide" / "pictures"
HEAVIEST = 120 * 1024
DESK, PHONE = (1280, 860), (390, 844)
# As a make-up system delivers a page: lines broken by columns, half-width marks, a kicker on the headline's line.
PAGE_TEXT = """渔港新码头开港　首日迎船十二艘
■本报记者 林海生 何 帆
本报讯 昨日清晨，渔港新码头正式开港，
当天共有12艘渔船靠泊卸货。
码头管理处负责人说,新泊位水深6米,可以停靠
千吨级渔船。
夜市延长到零点
■本报记者 许闻笛
本报讯 从本周五起，老街夜市营业时间延长到零点，
公交10路同步延长末班车。
"""


@dataclass(frozen=True)
class Shot:
    """One picture: whose screen, how to come to what it shows, and where it is kept."""

    name: str
    who: str
    go: Callable[[Any], None]
    size: tuple[int, int] = DESK
    file: Path | None = None

    @property
    def path(self) -> Path:
        return self.file or PICTURES / f"{self.name}.webp"


def at(path: str) -> Callable[[Any], None]:
    def go(page: Any) -> None:
        page.goto(path)

    return go


def first_link(start: str, pattern: str) -> Callable[[Any], None]:
    """Open `start`, then the first link on it whose address matches `pattern`."""

    def go(page: Any) -> None:
        page.goto(start)
        links = page.eval_on_selector_all("main a[href]", "all => all.map(one => one.getAttribute('href'))")
        page.goto(next(link for link in links if re.search(pattern, link)))

    return go


def board_of(status: str) -> Callable[[Any], None]:
    return first_link(f"/admin/articles/issue/?status={status}", r"issue/\d+/change/|^\d+/change/")


def planned_board(page: Any) -> None:
    """Tomorrow's board while it is being planned: the sample paper's is scheduled already, so it is taken back."""
    status = "?status=planning"
    page.goto(f"/admin/articles/issue/{status}")
    if not page.locator("main a[href*='/change/']").count():
        board_of("scheduled")(page)
        page.click("[data-verb=unschedule_issue]")
        page.click(".desk-sheet [type=submit]")
        page.wait_for_selector(".messagelist")
    board_of("planning")(page)


def read_a_page(page: Any) -> None:
    page.goto("/admin/articles/intake/new/")
    page.fill("textarea", PAGE_TEXT)
    page.get_by_role("button", name="读取文字").click()
    page.wait_for_load_state("load")


def a_story(page: Any) -> None:
    first_link("/admin/articles/article/?status=draft", r"article/\d+/change/|^\d+/change/")(page)
    page.wait_for_selector(".cke_contents")


SHOTS = (
    Shot("workbench-reporter", "reporter", at("/admin/")),
    Shot("workbench-phone", "reporter", at("/admin/"), PHONE),
    Shot("story", "reporter", a_story),
    Shot("intake", "reporter", read_a_page),
    Shot("review-queue", "section2", at("/admin/articles/article/review/")),
    Shot("review-story", "section2", first_link("/admin/articles/article/review/", r"article/\d+/change/")),
    Shot("calendar", "layout", at("/admin/articles/issue/calendar/")),
    # Before the next, which takes the issue back.
    Shot("board-scheduled", "chief", board_of("scheduled")),
    Shot("board-planning", "chief", planned_board),
    Shot("settings", "admin", at("/admin/settings/")),
    Shot("front-page", READER, at("/"), (1280, 900), DOCS / "front-page.jpg"),
    Shot("issue-board", "chief", planned_board, (1280, 800), DOCS / "issue-board.jpg"),
)


def keep(png: bytes, path: Path) -> int:
    """Write the picture as lightly as it has to be and as well as it may be; its size in bytes."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    kind = "WEBP" if path.suffix == ".webp" else "JPEG"
    light = b""
    for quality in (86, 80, 72, 64, 55, 45):
        written = io.BytesIO()
        picture.save(written, kind, quality=quality, method=6, optimize=True)
        light = written.getvalue()
        if len(light) <= HEAVIEST:
            break
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(light)
    return len(light)


def take(browser: Any, home: str, passwords: dict[str, str], shots: list[Shot]) -> None:
    for who in dict.fromkeys(shot.who for shot in shots):
        context = browser.new_context(
            base_url=home, locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce"
        )
        page = context.new_page()
        if who != READER:
            log_in(page, who, passwords[who])
        for shot in (each for each in shots if each.who == who):
            page.set_viewport_size({"width": shot.size[0], "height": shot.size[1]})
            shot.go(page)
            page.wait_for_load_state("networkidle")
            size = keep(page.screenshot(), shot.path)
            print(f"{shot.path.relative_to(ROOT)}: {size // 1024} KB", flush=True)
        context.close()


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.guide_shots", description=(__doc__ or "").split("\n\n")[0]
    )
    parser.add_argument("--at", metavar="ADDRESS", help="a try-out that runs")
    parser.add_argument("--logins", type=Path, default=ROOT / "var" / LOGINS)
    parser.add_argument("--only", action="append", metavar="NAME", help="this picture alone")
    chosen = parser.parse_args(argv)
    shots = [shot for shot in SHOTS if not chosen.only or shot.name in chosen.only]
    found = chromium_path()
    if not found:
        print("There is no Chromium here to take pictures with.", file=sys.stderr)
        return 1

    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory(prefix="guide-") as scratch, sync_playwright() as playwright:
        tryout = TryOut(Path(scratch))
        try:
            if not chosen.at:
                print("Building the sample paper …", flush=True)
                tryout.start()
            passwords = read_logins(chosen.logins) if chosen.at else tryout.passwords()
            browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
            take(browser, chosen.at or tryout.home, passwords, shots)
            browser.close()
        finally:
            tryout.stop_all()
    return 0


def read_logins(file: Path) -> dict[str, str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return {line.split()[0]: line.split()[1] for line in lines if line.startswith("  ")}


if __name__ == "__main__":
    sys.exit(main())
