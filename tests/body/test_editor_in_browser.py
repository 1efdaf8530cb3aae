"""The editor in a real browser under the policy of the desk: it loads, types, formats, links and sends."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import RequestFactory
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.editor import allow_editor
from newsroom.middleware import EDITOR_POLICY, POLICY, ContentSecurityPolicy

pytestmark = pytest.mark.browser

STORY = "<p>望潮港昨日开港。</p><h2>潮起</h2><figure data-photo='12'></figure><p>林海生说。</p>"


@pytest.fixture
def server(settings: Any) -> Iterator[LiveServer]:
    """The editor's page, served with the product's own middleware and static files. It needs no database."""
    settings.ROOT_URLCONF = "tests.body.editor_page"
    settings.ALLOWED_HOSTS = ["localhost"]
    wanted = ("Security", "Locale", "Language")
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if any(word in name for word in wanted)]
    assert "newsroom.middleware.ContentSecurityPolicy" in settings.MIDDLEWARE
    running = LiveServer("localhost:0")
    yield running
    running.stop()


@pytest.fixture
def page(browser: Browser, server: LiveServer) -> Iterator[Page]:
    """A page that fails the test for any complaint of the browser: refused script, missing file, error."""
    context = browser.new_context(viewport={"width": 1200, "height": 800}, base_url=server.url)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", lambda answer: complaints.append(answer.url) if answer.status >= 400 else None)
    page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.add_init_script(
        "addEventListener('securitypolicyviolation', e => console.error(e.violatedDirective + ' ' + e.sample))"
    )
    yield page
    context.close()
    assert complaints == []
    assert [url for url in requested if not url.startswith((server.url, "data:"))] == []


def opened(page: Page, query: str = "") -> Any:
    response = page.goto("/?body=" + STORY + query)
    assert response is not None
    assert response.headers["content-security-policy"] == EDITOR_POLICY
    text = page.locator(".cke_wysiwyg_div")
    expect(text).to_contain_text("望潮港昨日开港。")
    return text


def saved(page: Page) -> str:
    page.locator("#save").click()
    expect(page.locator(".cke_wysiwyg_div")).to_be_visible()
    return page.locator("#saved").inner_text()


def test_what_is_typed_is_what_is_stored(page: Page) -> None:
    text = opened(page)
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type("渔船 12 艘 & <b>")
    assert saved(page) == (
        "<p>望潮港昨日开港。</p>\n<h2>潮起</h2>\n"
        '<figure data-photo="12"></figure>\n<p>林海生说。</p>\n<p>渔船 12 艘 &amp; &lt;b&gt;</p>'
    )


def test_the_buttons_work_by_click(page: Page) -> None:
    opened(page).locator("p").first.click(click_count=3)
    page.locator(".cke_button__bold").click()
    page.locator(".cke_button__italic").click()
    expect(page.locator(".cke_button__bold")).to_have_class(re.compile("cke_button_on"))
    page.locator(".cke_button__minorsubhead").click()
    assert saved(page).startswith("<h3><strong><em>望潮港昨日开港。</em></strong></h3>\n<h2>潮起</h2>")


@pytest.mark.parametrize(
    ("button", "html"),
    [
        ("subhead", "<h2>望潮港昨日开港。</h2>"),
        ("blockquote", "<blockquote><p>望潮港昨日开港。</p></blockquote>"),
        ("bulletedlist", "<ul><li>望潮港昨日开港。</li></ul>"),
        ("numberedlist", "<ol><li>望潮港昨日开港。</li></ol>"),
    ],
)
def test_each_block_button_makes_its_block_and_takes_it_back(page: Page, button: str, html: str) -> None:
    opened(page).locator("p").first.click()
    page.locator(f".cke_button__{button}").click()
    page.locator(f".cke_button__{button}").click()
    page.locator(f".cke_button__{button}").click()
    assert saved(page).startswith(html + "\n<h2>潮起</h2>")


def test_undo_by_button_and_by_key(page: Page) -> None:
    text = opened(page)
    text.locator("p").first.click()
    page.locator(".cke_button__subhead").click()
    expect(text.locator("h2")).to_have_count(2)
    page.locator(".cke_button__undo").click()
    expect(text.locator("h2")).to_have_count(1)
    page.keyboard.press("Control+Y")
    expect(text.locator("h2")).to_have_count(2)


def test_the_link_dialog_makes_a_link_and_closes(page: Page) -> None:
    opened(page).locator("p").first.click(click_count=3)
    page.locator(".cke_button__link").click()
    dialog = page.locator(".cke_dialog")
    expect(dialog).to_be_visible()
    protocols = dialog.locator("select").nth(1).locator("option")
    assert protocols.evaluate_all("options => options.map(option => option.value)") == ["http://", "https://"]
    expect(dialog.locator("select").nth(1)).to_have_value("https://")
    dialog.locator("input[type=text]:focus").fill("wangchao.example/a?b=1&c=2")
    dialog.locator(".cke_dialog_ui_button_ok").click()
    expect(dialog).to_be_hidden()
    assert saved(page).startswith(
        '<p><a href="https://wangchao.example/a?b=1&amp;c=2">望潮港昨日开港。</a></p>'
    )


def test_the_link_dialog_can_be_cancelled_and_closed(page: Page) -> None:
    opened(page).locator("p").first.click()
    for way in (".cke_dialog_ui_button_cancel", ".cke_dialog_close_button"):
        page.locator(".cke_button__link").click()
        page.locator(".cke_dialog").locator(way).click()
        expect(page.locator(".cke_dialog")).to_be_hidden()
    assert page.url.endswith(STORY.replace("<", "%3C").replace(">", "%3E")) or "#" not in page.url


def test_the_toolbar_works_by_keyboard(page: Page) -> None:
    text = opened(page)
    text.locator("p").first.click()
    page.keyboard.press("Alt+F10")
    expect(page.locator(".cke_button__undo")).to_be_focused()
    # Tab goes to the next group, arrows walk inside one.
    page.keyboard.press("Tab")
    expect(page.locator(".cke_button__subhead")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".cke_button__minorsubhead")).to_be_focused()
    page.keyboard.press("Enter")
    expect(text.locator("h3")).to_have_text("望潮港昨日开港。")


def test_pasted_scripts_and_styles_do_not_arrive(page: Page) -> None:
    text = opened(page)
    text.locator("p").last.click()
    page.keyboard.press("Control+End")
    page.evaluate(
        """html => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            document.querySelector(".cke_wysiwyg_div").dispatchEvent(
                new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        "<p style='color:red' class=x onclick=alert(1)>粘贴<b>来的</b><script>alert(1)</script></p>"
        "<table><tr><td>格</table>",
    )
    expect(text).to_contain_text("粘贴来的")
    assert text.locator("[onclick], script, [style*=color], table").count() == 0
    assert "<strong>来的</strong>" in saved(page)


def test_the_editor_fills_the_row_and_speaks_the_desks_language(page: Page) -> None:
    opened(page, "&language=zh-hans")
    box = page.locator(".cke_chrome").bounding_box()
    assert box is not None
    assert box["width"] > 900
    expect(page.locator(".cke_button__bold")).to_have_attribute("title", re.compile("加粗"))
    opened(page, "&language=en")
    expect(page.locator(".cke_button__bold")).to_have_attribute("title", re.compile("Bold"))


@pytest.mark.parametrize("width", [390, 1440])
def test_the_editor_never_makes_the_page_wider_than_the_screen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    opened(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_editor_is_dark_where_the_desk_is(page: Page) -> None:
    def brightness(selector: str, what: str) -> int:
        colour = page.locator(selector).evaluate(f"element => getComputedStyle(element).{what}")
        return sum(int(part) for part in colour.removeprefix("rgb(").rstrip(")").split(",")[:3])

    opened(page, "&theme=dark")
    assert brightness(".cke_wysiwyg_div", "backgroundColor") < 150
    assert brightness(".cke_wysiwyg_div", "color") > 600
    assert brightness(".cke_top", "backgroundColor") < 200
    opened(page, "&theme=light")
    assert brightness(".cke_wysiwyg_div", "backgroundColor") > 700


def test_only_a_marked_page_gets_the_wider_policy() -> None:
    from django.http import HttpResponse

    request = RequestFactory().get("/")
    plain = ContentSecurityPolicy(lambda request: HttpResponse())(request)
    marked = ContentSecurityPolicy(lambda request: allow_editor(HttpResponse()))(request)
    assert plain.headers["Content-Security-Policy"] == POLICY
    assert "unsafe" not in POLICY
    assert marked.headers["Content-Security-Policy"] == POLICY.replace(
        "style-src 'self'", "style-src 'self' 'unsafe-inline'"
    )
