"""The story's page in a real browser: its script, its editor and its policy get on with each other."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from articles.models import Article
from tests.admin.desk import change_url
from tests.browser.window import Window, opened
from tests.cast import PASSWORD, Cast, make_cast
from tests.media_library import samples

pytestmark = pytest.mark.browser


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def window(browser: Browser, live_server: Any, cast: Cast, tmp_path: Path) -> Iterator[Window]:
    with opened(browser, live_server.url, "reporter", tmp_path) as window:
        window.log_in(PASSWORD)
        yield window


def write(window: Window, text: str) -> None:
    body = window.page.locator(".cke_wysiwyg_div")
    expect(body).to_be_visible()
    body.click()
    window.page.keyboard.press("Control+End")
    window.page.keyboard.type(text)


def test_a_story_is_written_and_saved_with_the_keyboard(window: Window, cast: Cast) -> None:
    story = cast.draft()
    window.go(change_url(story))
    write(window, "末班延至二十三时三十分。")
    window.page.locator("[name=deck]").fill("末班延后")
    window.page.keyboard.press("Control+s")
    expect(window.page.locator(".messagelist .success")).to_be_visible()

    story = Article.objects.get(pk=story.pk)
    assert story.deck == "末班延后"
    assert "末班延至二十三时三十分。" in story.body
    assert story.version == 2


def test_photos_are_uploaded_sorted_and_taken_out_in_place(
    window: Window, cast: Cast, tmp_path: Path
) -> None:
    story = cast.draft()
    files = []
    for name in ("one", "two", "three"):
        files.append(tmp_path / f"{name}.jpg")
        files[-1].write_bytes(samples.jpeg())
    window.go(change_url(story))
    write(window, "还没保存的字。")
    window.page.set_input_files("#id_photo_files", files)
    window.page.click(".desk-upload [name=_attach]")
    rows = window.page.locator("#photos .desk-row")
    expect(rows).to_have_count(3)
    # What was typed before came through.
    expect(window.page.locator(".cke_wysiwyg_div")).to_contain_text("还没保存的字。")
    rows.nth(2).locator("[data-move='-1']").click()
    rows.nth(0).locator("textarea").fill("第一张")
    rows.nth(2).locator("[name$=DELETE]").check()
    window.shoot("story")
    window.page.click("[name=_save]")
    expect(window.page.locator(".messagelist .success")).to_be_visible()

    uses = story.photos.select_related("photo")
    assert [use.photo.original_filename for use in uses] == ["one.jpg", "three.jpg"]
    assert [use.caption for use in uses] == ["第一张", ""]


def test_leaving_with_text_unsaved_is_asked_about(window: Window, cast: Cast) -> None:
    story = cast.draft()
    window.go(change_url(story))
    write(window, "还没保存的字。")
    asked: list[str] = []

    def stay(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    window.page.on("dialog", stay)
    window.page.click(".desk-panel [data-verb=submit]")
    assert asked == ["confirm"]
    assert Article.objects.get(pk=story.pk).status == "draft"
    window.page.click(".breadcrumbs a >> nth=0")
    assert asked == ["confirm", "beforeunload"]
    expect(window.page.locator(".cke_wysiwyg_div")).to_contain_text("还没保存的字。")


def test_a_name_is_added_to_the_byline(window: Window, cast: Cast) -> None:
    from articles.models import Reporter

    Reporter.objects.create(publication=cast.publication, name="何帆")
    Reporter.objects.create(publication=cast.other_publication, name="何帆远")
    story = cast.draft()
    window.go(change_url(story))
    window.page.click("#bylines [data-add-row]")
    window.page.click("#bylines .desk-row >> nth=1 >> .select2-selection")
    choices = window.page.locator(".select2-results__option")
    expect(choices).to_have_text(["何帆", "林海生"])
    # The search box takes the focus a moment after the list opens; what is typed before goes nowhere.
    search = window.page.locator(".select2-search__field")
    expect(search).to_be_focused()
    search.press_sequentially("何")
    expect(choices).to_have_text(["何帆"])
    choices.first.click()
    window.page.keyboard.press("Control+s")
    expect(window.page.locator(".messagelist .success")).to_be_visible()

    assert [byline.reporter.name for byline in story.bylines.all()] == ["林海生", "何帆"]
