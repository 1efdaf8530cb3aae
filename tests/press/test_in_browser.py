"""The areas of a picture by mouse, by keyboard, by finger and without a script: in both sizes, themes and languages."""

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab

from articles.desk import pages
from articles.models import HotArea, PageProof
from tests.cast import PASSWORD, Cast, make_cast
from tests.press.conftest import Press, printed
from tests.press.test_areas import ready_proof

pytestmark = pytest.mark.browser


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def proof(press: Press) -> PageProof:
    """A picture with one proposed area in its upper left, and two stories on the page."""
    first, second = press.cast.approved("渡轮夜航试运行"), press.cast.approved("灯塔修缮如期完工")
    for story in (first, second):
        pages.place(press.cast.duty, press.pages[0].pk, story.pk)
    proof = ready_proof(press, first)
    out = io.BytesIO()
    Image.new("RGB", (960, 1344), "#eee").save(out, "JPEG")
    for row in proof.images:
        row["name"] = default_storage.save(row["name"], ContentFile(out.getvalue()))
    proof.save()
    return proof


@pytest.fixture
def open_tab(browser: Browser, live_server: Any) -> Iterator[Any]:
    """`open_tab(width, …)` is the layout artist's. The browser has no word to say about our policy."""
    contexts, said = [], []

    def open_one(width: int = 1440, height: int = 900, **options: Any) -> Tab:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            **{"locale": "en-US", "base_url": live_server.url, **options},
        )
        contexts.append(context)
        tab = context.new_page()
        tab.on("console", lambda message: said.append(message.text))
        tab.on("pageerror", lambda error: said.append(str(error)))
        tab.goto("/admin/login/")
        tab.fill("#id_username", "layout")
        tab.fill("#id_password", PASSWORD)
        tab.click("[type=submit]")
        expect(tab.locator("#site-name, .rail, #container").first).to_be_visible()
        return tab

    yield open_one
    for context in contexts:
        context.close()
    assert not [line for line in said if "Failed to load resource" not in line]


def address(proof: PageProof) -> str:
    return f"/admin/articles/pageproof/{proof.pk}/change/"


def test_an_area_is_drawn_bent_given_to_a_story_and_confirmed_by_mouse(
    proof: PageProof, open_tab: Any
) -> None:
    tab = open_tab()
    tab.goto(address(proof))
    areas = tab.locator("svg g[data-id]")
    expect(areas).to_have_count(1)
    box = tab.locator(".press-areas").bounding_box()
    assert box

    def at(x: float, y: float) -> tuple[float, float]:
        return box["x"] + x * box["width"], box["y"] + y * box["height"]

    def drag(start: tuple[float, float], end: tuple[float, float]) -> None:
        tab.mouse.move(*at(*start))
        tab.mouse.down()
        tab.mouse.move(*at(*end), steps=4)
        tab.mouse.up()

    tab.click("[data-tool=rectangle]")
    drag((0.5, 0.1), (0.8, 0.25))
    expect(areas).to_have_count(2)
    drawn = HotArea.objects.get(proof=proof, position=2)
    row = tab.locator(f"#area-{drawn.pk}")
    # The only story without an area is the one that is meant.
    expect(row.locator("h3")).to_have_text("灯塔修缮如期完工")
    drag((0.8, 0.25), (0.9, 0.3))
    expect(tab.locator(".press-said")).to_have_text("Saved.")
    expect(row.locator("input[name=width]")).not_to_have_value("30.00")
    drag((0.7, 0.3), (0.7, 0.35))
    expect(tab.locator("svg .press-corner")).to_have_count(5)
    row.get_by_role("button", name="Confirm").click()
    expect(row.locator(".desk-badge")).to_have_text("confirmed")
    drawn.refresh_from_db()
    assert len(drawn.polygon) == 5
    assert drawn.polygon[2][0] == pytest.approx(0.9, abs=0.01)
    assert drawn.confirmed_by.username == "layout"
    tab.click("[data-tool=polygon]")
    for corner in [(0.1, 0.4), (0.3, 0.4), (0.2, 0.48)]:
        tab.mouse.click(*at(*corner))
    tab.keyboard.press("Enter")
    expect(areas).to_have_count(3)
    assert len(HotArea.objects.get(proof=proof, position=3).polygon) == 3


def test_a_pdf_is_uploaded_its_page_made_and_a_polygon_drawn_on_it(
    press: Press, open_tab: Any, tmp_path: Path
) -> None:
    sent = tmp_path / "第1版.pdf"
    sent.write_bytes(printed()[0].pdf)
    tab = open_tab()
    tab.goto(f"/admin/articles/pressfile/issue/{press.issue.pk}/")
    tab.set_input_files("input[type=file]", sent)
    tab.click("input[type=submit]")
    expect(tab.locator(".press-wait")).to_be_visible()
    press.work()
    # The page goes on by itself.
    expect(tab.locator(".press-pages > li")).to_have_count(2)
    tab.select_option("#page-1", "")
    tab.click(".desk-save button")
    expect(tab.locator(".press-wait")).to_be_visible()
    press.work()
    expect(tab.locator(".press-areas")).to_be_visible()
    tab.click("[data-tool=polygon]")
    box = tab.locator(".press-areas").bounding_box()
    assert box
    for x, y in [(0.1, 0.1), (0.4, 0.1), (0.4, 0.3), (0.2, 0.3), (0.1, 0.1)]:
        tab.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])
    expect(tab.locator("svg g[data-id]")).to_have_count(1)
    assert len(HotArea.objects.get().polygon) == 4


def test_everything_is_done_by_keyboard_alone(proof: PageProof, open_tab: Any) -> None:
    tab = open_tab()
    tab.goto(address(proof))
    tab.locator("[data-tool=rectangle]").focus()
    tab.keyboard.press("Enter")
    areas = tab.locator("svg g[data-id]")
    expect(areas).to_have_count(2)
    expect(areas.nth(1)).to_be_focused()
    drawn = HotArea.objects.get(proof=proof, position=2)
    said = tab.locator(".press-said")
    tab.keyboard.press("Shift+ArrowLeft")
    expect(said).to_have_text("Saved.")
    tab.locator(".press-corner").nth(2).focus()
    tab.keyboard.press("+")
    expect(tab.locator(".press-corner")).to_have_count(5)
    tab.keyboard.press("Shift+ArrowRight")
    tab.keyboard.press("Delete")
    expect(tab.locator(".press-corner")).to_have_count(4)
    expect(tab.locator(f"#area-{drawn.pk} input[name=seen]").first).not_to_have_value("")
    confirm = tab.locator("#confirm-all")
    confirm.focus()
    tab.keyboard.press("Enter")
    expect(tab.locator(".press-row-sure")).to_have_count(2)
    areas.nth(1).focus()
    tab.keyboard.press("Delete")
    expect(areas).to_have_count(1)
    said.get_by_role("button").click()
    expect(areas).to_have_count(2)


def test_what_somebody_else_has_changed_is_shown_and_not_overwritten(proof: PageProof, open_tab: Any) -> None:
    tab = open_tab()
    tab.goto(address(proof))
    area = proof.areas.get()
    theirs = [[0.5, 0.5], [0.9, 0.5], [0.9, 0.9], [0.5, 0.9]]
    HotArea.objects.filter(pk=area.pk).update(polygon=theirs)
    tab.locator("svg g[data-id]").first.focus()
    tab.keyboard.press("ArrowRight")
    expect(tab.locator(".press-bad")).to_contain_text("Somebody else")
    expect(tab.locator("svg polygon").first).to_have_attribute(
        "points", "500.0,700.0 900.0,700.0 900.0,1260.0 500.0,1260.0"
    )
    area.refresh_from_db()
    assert area.polygon == theirs


@pytest.mark.parametrize(
    ("width", "theme", "language"), [(1440, "dark", "zh-CN"), (390, "light", "zh-CN"), (390, "dark", "en-US")]
)
def test_without_a_script_areas_are_numbers(
    proof: PageProof, open_tab: Any, width: int, theme: str, language: str
) -> None:
    tab = open_tab(width, 844, color_scheme=theme, locale=language, java_script_enabled=False)
    tab.goto(address(proof))
    area = proof.areas.get()
    row = tab.locator(f"#area-{area.pk}")
    row.locator("summary").click()
    row.locator("input[name=width]").fill("45.5")
    row.locator("[data-save]").click()
    expect(tab.locator(".messagelist .success")).to_be_visible()
    tab.click("#confirm-all")
    expect(tab.locator(".press-row-sure")).to_have_count(1)
    area.refresh_from_db()
    assert area.polygon[1][0] == pytest.approx(0.555)
    look_without_script(tab, f"areas-{width}-{theme}")


def look_without_script(tab: Tab, name: str) -> None:
    if folder := os.environ.get("NEWSROOM_SHOTS"):
        tab.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
    width = (tab.viewport_size or {"width": 0})["width"]
    for each in tab.locator(".press-stage, .desk-card, button, select").all():
        box = each.bounding_box()
        if box and each.is_visible():
            assert box["x"] + box["width"] <= width + 1
