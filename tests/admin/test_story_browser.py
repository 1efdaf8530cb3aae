"""The story's page in a real browser: its script, its editor and its policy get on with each other."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from articles.desk import workflow
from articles.models import Article, Reporter, Revision
from media_library.uploads import store_photo
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


def state(window: Window) -> Locator:
    """What the bar says about the text: not saved yet, saved, refused."""
    return window.page.locator("#story-state")


def save(window: Window, version: int) -> None:
    """Save without leaving the page, and wait until it says so."""
    window.page.keyboard.press("Control+s")
    expect(state(window)).to_have_attribute("data-tone", "done")
    expect(window.page.locator("[name=base_version]")).to_have_value(str(version))


def files(folder: Path, *names: str) -> list[Path]:
    for name in names:
        (folder / name).write_bytes(samples.jpeg() if "bad" not in name else b"no photo at all")
    return [folder / name for name in names]


def test_a_story_is_written_and_saved_with_the_keyboard(window: Window, cast: Cast) -> None:
    story = cast.draft()
    window.go(change_url(story))
    window.page.locator("[name=deck]").fill("末班延后")
    write(window, "末班延至二十三时三十分。")
    expect(state(window)).to_have_attribute("data-tone", "open")
    save(window, 2)

    saved = Article.objects.get(pk=story.pk)
    assert saved.deck == "末班延后"
    assert "末班延至二十三时三十分。" in saved.body
    # The cursor stands where it stood, and what stands beside the text knows of the new version.
    window.page.keyboard.type("首航座无虚席。")
    expect(window.page.locator(".desk-panel")).to_contain_text("#2")
    save(window, 3)
    assert "三十分。首航座无虚席。" in Article.objects.get(pk=story.pk).body


def test_what_is_counted_is_counted_while_typing(window: Window, cast: Cast) -> None:
    window.go(change_url(cast.draft(body="<p>一二三。</p>")))
    count = window.page.locator(".field-body .story-count")
    expect(count).to_have_text("4字")
    write(window, " 四 五六")
    expect(count).to_have_text("7字")
    headline = window.page.locator("[data-count-of=headline]")
    window.page.fill("[name=headline]", "渡轮夜航")
    expect(headline).to_have_text("4 / 120")
    window.page.fill("[name=headline]", "潮" * 121)
    expect(headline).to_have_class(re.compile("story-count-over"))
    # Said aloud only where it matters.
    expect(window.page.locator("#story-spoken")).to_contain_text("超出1字")


def test_a_mistake_is_shown_beside_its_box_and_nothing_is_lost(window: Window, cast: Cast) -> None:
    story = cast.draft()
    window.go(change_url(story))
    write(window, "还没保存的字。")
    window.page.fill("[name=headline]", "")
    window.expected = {400}
    window.page.keyboard.press("Control+s")
    expect(window.page.locator(".field-headline .errorlist")).to_be_visible()
    expect(window.page.locator("[name=headline]")).to_be_focused()
    window.page.fill("[name=headline]", "补上的标题")
    save(window, 2)
    expect(window.page.locator(".errorlist:not(:empty)")).to_have_count(0)
    saved = Article.objects.get(pk=story.pk)
    assert (saved.headline, "还没保存的字。" in saved.body) == ("补上的标题", True)


def test_what_somebody_else_saved_is_shown_beside_ones_own_text(window: Window, cast: Cast) -> None:
    story = cast.draft()
    window.go(change_url(story))
    write(window, "记者写的一句。")
    workflow.edit(cast.section_editor, story.pk, 1, {"body": "<p>编辑改的正文。</p>"})
    window.expected = {409}
    window.page.keyboard.press("Control+s")
    notes = window.page.locator("#story-notes")
    expect(notes.locator("del").first).to_be_visible()
    expect(notes).to_contain_text("编辑改")
    expect(window.page.locator(".cke_wysiwyg_div")).to_contain_text("记者写的一句。")
    assert story.revisions.get(kind=Revision.Kind.REFUSED).snapshot["body"].endswith("记者写的一句。</p>")
    save(window, 4)
    expect(notes.locator("del")).to_have_count(0)
    assert "记者写的一句。" in Article.objects.get(pk=story.pk).body


def test_photos_are_sent_in_place_and_a_bad_file_keeps_the_others(
    window: Window, cast: Cast, tmp_path: Path
) -> None:
    story = cast.draft()
    window.go(change_url(story))
    write(window, "还没保存的字。")
    window.expected = {400}
    window.page.set_input_files(
        "#id_photo_files", files(tmp_path, "one.jpg", "bad.jpg", "two.jpg", "three.jpg")
    )
    rows = window.page.locator("#photos .desk-row:visible")
    expect(rows).to_have_count(3)
    expect(window.page.locator("#story-queue [role=alert]")).to_contain_text("bad.jpg")
    window.page.locator("#story-queue button").last.click()
    expect(window.page.locator("#story-queue li")).to_have_count(0)
    rows.nth(2).locator("[data-move='-1']").click()
    rows.nth(0).locator("textarea").fill("第一张")
    rows.nth(2).locator("[name$=DELETE]").check()
    window.shoot("story")
    save(window, 2)
    expect(rows).to_have_count(2)
    expect(window.page.locator(".cke_wysiwyg_div")).to_contain_text("还没保存的字。")

    uses = story.photos.select_related("photo")
    assert [use.photo.original_filename for use in uses] == ["one.jpg", "three.jpg"]
    assert [use.caption for use in uses] == ["第一张", ""]


def test_a_photo_is_picked_from_the_library_in_place(window: Window, cast: Cast) -> None:
    store_photo(samples.upload(samples.jpeg(), "boats.jpg"), user=cast.reporter, caption="渔船进港")
    store_photo(samples.upload(samples.jpeg(), "lamp.jpg"), user=cast.reporter, caption="老码头亮灯")
    story = cast.draft()
    window.go(change_url(story))
    window.page.click("#story-shelf summary")
    picks = window.page.locator(".story-pick")
    expect(picks).to_have_count(2)
    window.page.fill("#story-shelf [type=search]", "渔船")
    expect(picks).to_have_count(1)
    picks.first.click()
    expect(window.page.locator("#photos .desk-row textarea")).to_have_value("渔船进港")
    save(window, 2)
    assert story.photos.get().caption == "渔船进港"


def test_a_row_is_dragged_to_its_place(window: Window, cast: Cast) -> None:
    names = ["何帆", "许闻笛"]
    others = [Reporter.objects.create(publication=cast.publication, name=name) for name in names]
    rows = [{"reporter": row.pk, "role": "text", "title": "记者"} for row in (cast.byline, *others)]
    story = cast.draft(bylines=rows)
    window.go(change_url(story))
    expect(window.page.locator(".cke_wysiwyg_div")).to_be_visible()
    names_shown = window.page.locator("#bylines [data-who]")
    grips = window.page.locator("#bylines .story-grip")
    grips.first.scroll_into_view_if_needed()
    start, end = grips.nth(0).bounding_box(), grips.nth(2).bounding_box()
    assert start and end
    mouse = window.page.mouse
    mouse.move(start["x"] + 8, start["y"] + 8)
    mouse.down()
    mouse.move(end["x"] + 8, end["y"] + end["height"], steps=6)
    mouse.up()
    expect(names_shown.nth(2)).to_have_value("林海生")
    expect(names_shown.nth(0)).to_have_value("何帆")
    # And by the keyboard alone.
    grips.nth(1).focus()
    window.page.keyboard.press("ArrowUp")
    expect(names_shown.nth(0)).to_have_value("许闻笛")
    save(window, 2)
    assert [byline.reporter.name for byline in story.bylines.all()] == ["许闻笛", "何帆", "林海生"]


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
    Reporter.objects.create(publication=cast.publication, name="何帆", kind="stringer")
    Reporter.objects.create(publication=cast.other_publication, name="何帆远")
    story = cast.draft()
    window.go(change_url(story))
    window.page.click("#bylines [data-add-row]")
    box = window.page.locator("#bylines [data-who]").nth(1)
    expect(box).to_be_focused()
    choices = window.page.locator("#bylines [role=option]:visible")
    expect(choices).to_have_text([re.compile("何帆"), re.compile("林海生")])
    box.press_sequentially("何")
    expect(choices).to_have_text([re.compile("何帆")])
    box.press("ArrowDown")
    box.press("Enter")
    expect(box).to_have_value("何帆")
    expect(window.page.locator("#id_bylines-1-title")).to_have_value("通讯员")
    save(window, 2)

    assert [byline.reporter.name for byline in story.bylines.all()] == ["林海生", "何帆"]


def test_a_name_on_no_list_is_put_on_it_by_an_editor(
    browser: Browser, live_server: Any, cast: Cast, tmp_path: Path
) -> None:
    story = cast.draft()
    with opened(browser, live_server.url, "section", tmp_path) as window:
        window.log_in(PASSWORD)
        window.go(change_url(story))
        window.page.click("#bylines [data-add-row]")
        box = window.page.locator("#bylines [data-who]").nth(1)
        expect(box).to_be_focused()
        box.press_sequentially("王海")
        window.page.locator("[role=option]:visible", has_text="通讯员").click()
        expect(window.page.locator("#id_bylines-1-reporter")).to_have_value(re.compile(r"\d+"))
        save(window, 2)

    made = Reporter.objects.get(name="王海")
    assert (made.kind, made.publication) == ("stringer", cast.publication)
    assert story.bylines.last().reporter == made


def test_a_reporter_is_told_who_adds_names(window: Window, cast: Cast) -> None:
    window.go(change_url(cast.draft()))
    window.page.click("#bylines [data-add-row]")
    box = window.page.locator("#bylines [data-who]").nth(1)
    expect(box).to_be_focused()
    box.press_sequentially("王海")
    # While one types, the list may for a moment hold another answer too.
    option = window.page.locator("#bylines [role=option]:visible").filter(has_text="姓名由编辑添加")
    expect(option).to_have_count(1)
    expect(option).to_have_attribute("aria-disabled", "true")


def test_unsaved_text_is_offered_back_after_a_crash(window: Window, cast: Cast) -> None:
    story = cast.draft()
    window.go(change_url(story))
    form = window.page.locator("#story-form")
    expect(form).to_have_attribute("data-keeping", "")
    write(window, "崩溃前写的一句。")
    window.page.fill("[name=deck]", "崩溃前的副题")
    edits = window.page.evaluate("storyDesk.edits")
    expect(form).to_have_attribute("data-kept-edits", str(edits))
    kept = "Object.keys(localStorage).filter(key => key.startsWith('newsroom.copy.')).length"
    assert window.page.evaluate(kept) == 1
    assert "崩溃" not in window.page.evaluate("JSON.stringify(localStorage)")

    window.page.on("dialog", lambda dialog: dialog.accept())
    window.go(change_url(story))
    expect(window.page.locator(".cke_wysiwyg_div")).not_to_contain_text("崩溃前")
    window.page.click(".story-copy .desk-go")
    expect(window.page.locator("[name=deck]")).to_have_value("崩溃前的副题")
    expect(window.page.locator(".cke_wysiwyg_div")).to_contain_text("崩溃前写的一句。")
    save(window, 2)
    assert Article.objects.get(pk=story.pk).deck == "崩溃前的副题"
    # Saved is saved: nothing stays on the device, and nothing is offered again.
    assert window.page.evaluate(kept) == 0
    window.go(change_url(story))
    expect(form).to_have_attribute("data-keeping", "")
    expect(window.page.locator(".story-copy")).to_have_count(0)


def test_a_session_that_ran_out_costs_no_text(window: Window, cast: Cast) -> None:
    story = cast.draft()
    window.go(change_url(story))
    write(window, "登录失效时写的一句。")
    cookies = window.page.context.cookies()
    window.page.context.clear_cookies()
    window.expected = {403}
    window.page.keyboard.press("Control+s")
    expect(window.page.locator("#story-notes a[target=_blank]")).to_be_visible()
    assert Article.objects.get(pk=story.pk).version == 1
    window.page.context.add_cookies(cookies)
    save(window, 2)
    assert "登录失效时写的一句。" in Article.objects.get(pk=story.pk).body


def test_the_story_is_seen_beside_its_text_before_it_is_saved(window: Window, cast: Cast) -> None:
    story = cast.draft()
    window.go(change_url(story))
    expect(window.page.locator(".cke_wysiwyg_div")).to_be_visible()
    window.page.click(".story-bar [data-preview-opener]")
    frame = window.page.frame_locator("#story-preview iframe")
    expect(frame.locator("h1.headline")).to_have_text("渡轮夜航试运行")
    window.page.fill("[name=headline]", "还没保存的标题")
    expect(frame.locator("h1.headline")).to_have_text("还没保存的标题")
    assert Article.objects.get(pk=story.pk).version == 1
    shown = window.page.locator("#story-preview iframe")
    expect(shown).to_have_css("width", "390px")
    window.page.click("#story-preview [data-show=page]")
    # A whole page's width, made small enough to stand beside the text.
    expect(shown).to_have_css("width", "1040px")
    window.page.keyboard.press("Escape")
    expect(window.page.locator("#story-preview")).to_be_hidden()
    expect(window.page.locator(".story-bar [data-preview-opener]")).to_be_focused()


def test_a_reporter_on_a_phone_files_from_the_scene(
    browser: Browser, live_server: Any, cast: Cast, tmp_path: Path
) -> None:
    with opened(browser, live_server.url, "reporter", tmp_path) as window:
        window.page.set_viewport_size({"width": 390, "height": 844})
        window.log_in(PASSWORD)
        window.go("/admin/articles/article/add/")
        window.page.fill("[name=headline]", "渔港开放日")
        write(window, "游客过万。")
        window.page.set_input_files("#id_photo_files", files(tmp_path, "scene.jpg"))
        expect(window.page.locator("#photos .desk-row:visible")).to_have_count(1)
        bar = window.page.locator(".story-bar")
        expect(bar).to_be_in_viewport()
        bar.locator("[name=_save]").click()
        expect(window.page.locator(".messagelist .success")).to_be_visible()
        expect(window.page.locator(".cke_wysiwyg_div")).to_contain_text("游客过万。")

    story = Article.objects.get()
    assert (story.headline, story.photos.count(), story.bylines.count()) == ("渔港开放日", 1, 1)
