"""The make-up in a real browser: made up, swapped by mouse and by keys, steered, signed off, published.

The worker is played by `runner.make` in this process, so that nothing waits for a queue.
"""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab

from articles.desk import publishing
from articles.makeup import runner
from articles.models import Page, PageProof, PublishedPage
from tests.browser.window import Window, opened
from tests.cast import PASSWORD, make_cast
from tests.proofs.conftest import Printed, printed_by

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("type_case")]

Open = Callable[[str], Window]


@pytest.fixture
def paper(transactional_db: None) -> Printed:
    cast = make_cast()
    cast.__class__ = Printed
    printed_by(cast)
    return cast  # type: ignore[return-value]


@pytest.fixture
def shots(tmp_path: Path) -> Path:
    folder = Path(os.environ.get("NEWSROOM_SHOTS") or tmp_path / "shots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def sit_down(browser: Browser, live_server: Any, shots: Path, settings: Any) -> Iterator[Open]:
    """Log somebody in, in a window of their own."""
    settings.LANGUAGE_CODE = "en"
    with ExitStack() as several:

        def open_one(name: str) -> Window:
            window = several.enter_context(opened(browser, live_server.url, name, shots))
            # The test's own storage is served by nobody: pictures are looked at elsewhere.
            window.page.route("**/media/**", lambda route: route.fulfill(status=200, body=b""))
            window.log_in(PASSWORD)
            return window

        yield open_one


def work(page: Page) -> PageProof:
    """What a worker does with what waits."""
    for proof in PageProof.objects.filter(page=page, state="waiting").order_by("pk"):
        runner.make(proof.pk)
    newest = page.proofs.first()
    assert newest is not None
    assert newest.state == "ready", newest.report
    return newest


def module(tab: Tab, key: str) -> Any:
    return tab.locator(f".makeup-modules a[data-key={key}]")


def test_made_up_swapped_steered_and_signed_off(paper: Printed, sit_down: Open) -> None:
    page = paper.filled(4, 4, 4)
    keys = [f"story-{row.article_id}" for row in page.placements.order_by("position")]
    window = sit_down("duty")
    tab = window.page
    window.go(f"/admin/articles/page/{page.pk}/makeup/")

    tab.click("[data-verb=make_up]")
    expect(tab.locator(".makeup-busy")).to_be_visible()
    work(page)
    expect(tab.locator(".makeup-modules a")).to_have_count(3)

    # By mouse: one module carried onto another.
    module(tab, keys[0]).drag_to(module(tab, keys[1]))
    expect(tab.locator(".makeup-busy")).to_be_visible()
    swapped = work(page)
    assert swapped.layout["tree"] != page.proofs.get(number=1).layout["tree"]
    stage = tab.locator(".makeup-stage")
    expect(stage).to_have_attribute("data-proof", str(swapped.pk))

    # By keys alone: the panel, and the other module chosen on the page.
    module(tab, keys[0]).focus()
    tab.keyboard.press("Enter")
    panel = tab.locator(f"#module-{keys[0]}")
    expect(panel).to_be_visible()
    panel.locator(".makeup-pick").focus()
    tab.keyboard.press("Enter")
    expect(tab.locator(".makeup-said")).not_to_be_empty()
    module(tab, keys[2]).focus()
    tab.keyboard.press("Enter")
    expect(tab.locator(".makeup-busy")).to_be_visible()
    again = work(page)
    expect(stage).to_have_attribute("data-proof", str(again.pk))

    # A wish: saved, and the page made up again.
    module(tab, keys[1]).click()
    panel = tab.locator(f"#module-{keys[1]}")
    panel.locator("[name=headline]").fill("第01版第2条|望潮新闻标题")
    panel.locator("[data-verb=steer]").click()
    expect(tab.locator(".makeup-busy")).to_be_visible()
    steered = work(page)
    expect(stage).to_have_attribute("data-proof", str(steered.pk))
    assert page.placements.get(position=2).wishes == {"headline": "第01版第2条|望潮新闻标题"}

    tab.click("[data-verb=sign_off_page]")
    expect(tab.locator(".makeup-head .makeup-signed")).to_be_visible()
    page.refresh_from_db()
    assert page.proof == steered
    assert page.signed_off_by == paper.duty

    publishing.schedule_issue(paper.chief, page.issue_id)
    assert PublishedPage.objects.get(page=page).areas

    # And the reader points at it.
    read = {"slug": paper.publication.slug, "day": page.issue.date, "code": page.code}
    tab.goto(window.url + reverse("site:page", kwargs=read))
    story = page.placements.get(position=1).article
    tab.locator(f".areas a[data-story='{story.pk}']").focus()
    tab.keyboard.press("Enter")
    expect(tab.locator("h1")).to_contain_text(story.headline)
    expect(tab).to_have_url(re.compile(f"content_{story.pk}\\.html$"))


def test_what_was_typed_stays_when_somebody_else_was_first(paper: Printed, sit_down: Open) -> None:
    from articles.desk import proofs

    page = paper.filled(4, 4)
    proofs.make_up(paper.layout, page.pk)
    work(page)
    row = page.placements.get(position=1)
    window = sit_down("layout")
    tab = window.page
    window.go(f"/admin/articles/page/{page.pk}/makeup/#module-story-{row.article_id}")
    window.expected.add(409)
    panel = tab.locator(f"#module-story-{row.article_id}")
    panel.locator("[name=head_size]").fill("33")
    proofs.steer(paper.duty, page.pk, row.article_id, {"columns": 3})

    panel.locator("[data-verb=steer]").click()
    expect(tab.locator(".makeup-said .error")).to_be_visible()
    expect(panel.locator("[name=head_size]")).to_have_value("33")
    row.refresh_from_db()
    assert row.wishes == {"columns": 3}

    # Whoever was told and presses again means it.
    expect(panel.locator(".makeup-steer [name=seen]")).to_have_value(proofs.wish_mark(row))
    panel.locator("[data-verb=steer]").click()
    expect(tab.locator(".makeup-said .success")).to_be_visible()
    row.refresh_from_db()
    assert row.wishes["head_size"] == 33.0


def test_it_all_works_without_a_script(paper: Printed, browser: Browser, live_server: Any) -> None:
    page = paper.filled(4, 4)
    first, second = (f"story-{row.article_id}" for row in page.placements.order_by("position"))
    context = browser.new_context(
        java_script_enabled=False, base_url=live_server.url, viewport={"width": 390, "height": 844}
    )
    tab = context.new_page()
    tab.goto("/admin/login/")
    tab.fill("#id_username", "duty")
    tab.fill("#id_password", PASSWORD)
    tab.click("[type=submit]")
    tab.goto(f"/admin/articles/page/{page.pk}/makeup/")
    tab.click("[data-verb=make_up]")
    work(page)
    tab.reload()
    expect(tab.locator(f"#module-{first}")).to_be_hidden()
    tab.click(f".makeup-index a[data-key={first}]")
    expect(tab).to_have_url(re.compile(f"#module-{first}$"))
    panel = tab.locator(f"#module-{first}")
    expect(panel).to_be_visible()
    panel.locator("select[name=other]").select_option(second)
    panel.locator(".makeup-swap button[type=submit]").click()
    assert work(page).number == 2
    tab.reload()
    tab.click("[data-verb=sign_off_page]")
    expect(tab.locator(".makeup-head .makeup-signed")).to_be_visible()
    context.close()
