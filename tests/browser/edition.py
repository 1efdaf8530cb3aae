"""An edition of the paper to look at in a browser: made once by the verbs, answered once by the site, then served to
the browser from memory. No server, no thread, nothing another test could wait for or leave behind.

    pages = printed(folder)
    page = pages.opened(browser, "front", width=390, theme="dark")
"""

import mimetypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Browser, Page, Request, Route

from articles.desk import pages as desk_pages
from articles.desk import publishing, stories
from articles.models import Page as IssuePage
from articles.models import PublishedArticle, Section
from articles.site import chrome
from media_library.renditions import render
from media_library.uploads import store_photo
from tests.cast import Cast, make_cast
from tests.media_library import samples

HOST = "http://localhost"
HEIGHT = {1440: 900, 390: 844}

LONG = "<p>入夜后的东门渡口灯火通明，三百二十个座位一个不空。船长说，末班船拟再往后延一个钟点。</p>" * 8


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Edition:
    """The pages by name, and what the browser asked for since the last `opened`."""

    folder: Path
    paths: dict[str, str] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)

    @contextmanager
    def opened(
        self, browser: Browser, name: str, *, width: int = 1440, theme: str = "light", **more: Any
    ) -> Iterator[Page]:
        """A window of its own with this page in it, all it loads at once loaded. `more`: of Playwright's context."""
        self.asked.clear()
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT[width]}, color_scheme=theme, locale="zh-CN", **more
        )
        try:
            context.route("**/*", self._serve)
            page = context.new_page()
            page.add_init_script(WATCH)
            page.goto(HOST + self.paths[name])
            yield page
        finally:
            context.close()

    def weight(self) -> int:
        """Bytes, uncompressed, of all that was loaded but the photos."""
        return sum(len(self._answer(urlsplit(each.url).path).body) for each in self.asked if not _photo(each))

    def _serve(self, route: Route) -> None:
        self.asked.append(route.request)
        answer = self._answer(urlsplit(route.request.url).path)
        route.fulfill(status=answer.status, headers=answer.headers, body=answer.body)

    def _answer(self, path: str) -> Answer:
        if path in self.answers:
            return self.answers[path]
        kind, _, name = path.lstrip("/").partition("/")
        found = (
            {"static": finders.find(name), "media": self.folder / "media" / name}.get(kind) if name else None
        )
        if not found or not Path(found).is_file():
            return Answer(404, {"Content-Type": "text/plain"}, b"")
        return Answer(
            200,
            {"Content-Type": mimetypes.guess_type(name)[0] or "application/octet-stream"},
            Path(found).read_bytes(),
        )


# What the page tells of itself while it loads: how far its parts jumped, and what was the largest of the first screen.
WATCH = """
window.shifts = [];
new PerformanceObserver(list => list.getEntries().forEach(each => shifts.push(
  [each.value, ...each.sources.map(source => source.node && source.node.outerHTML?.slice(0, 120))])))
  .observe({type: 'layout-shift', buffered: true});
new PerformanceObserver(list => list.getEntries().forEach(each => {
  document.querySelector('[data-largest]')?.removeAttribute('data-largest');
  each.element?.setAttribute('data-largest', '');
}))
  .observe({type: 'largest-contentful-paint', buffered: true});
"""


def _photo(request: Request) -> bool:
    return urlsplit(request.url).path.startswith("/media/")


def printed(folder: Path, publish: Callable[[Cast], dict[str, str]] | None = None) -> Edition:
    """The site's answers for an edition that is gone from the database again when this returns. `publish` makes it and
    says the paths by name; left out: everything a public page can hold but pictures of pages."""
    edition = Edition(folder)
    places = {"MEDIA_ROOT": folder / "media", "PRIVATE_MEDIA_ROOT": folder / "private"}
    with override_settings(**places, STORAGES=_storages(folder)), transaction.atomic():
        chrome.forget()
        edition.paths = (publish or _publish)(make_cast())
        reader = Client(SERVER_NAME="localhost")
        for path in edition.paths.values():
            answer = reader.get(path)
            edition.answers[path] = Answer(answer.status_code, dict(answer.headers), answer.content)
        transaction.set_rollback(True)
    chrome.forget()
    return edition


def _storages(folder: Path) -> dict[str, Any]:
    from django.conf import settings

    options = {
        "default": {"location": str(folder / "media"), "base_url": "/media/"},
        "private": {"location": str(folder / "private")},
    }
    return {
        **settings.STORAGES,
        **{name: {**settings.STORAGES[name], "OPTIONS": value} for name, value in options.items()},
    }


def _photo_use(seed: int, size: tuple[int, int] = (1200, 800)) -> dict[str, Any]:
    """A photo with enough in it to count as one: Chromium takes plain areas of colour for a background."""
    image = samples.grainy(96, 64, seed).resize(size, Image.Resampling.BICUBIC)
    photo = store_photo(samples.upload(samples.saved(image, "JPEG", quality=60)))
    render(photo.pk)
    return {
        "photo": photo.pk,
        "caption": f"夜色中的渡口，第{seed}幅",
        "credit": "叶听舟 摄",
        "alt": "一艘渡轮离岸",
    }


def _publish(cast: Cast) -> dict[str, str]:
    """Everything a public page can hold, in one issue of two pages; {name: path}."""
    slug = cast.publication.slug
    one, two, three, tall = _photo_use(1), _photo_use(2), _photo_use(3), _photo_use(4, (800, 1200))
    sea = Section.objects.create(publication=cast.publication, name="海洋", position=3)
    written = {"kicker": "一江灯火送归人", "deck": "周末末班船拟延至零点", "dateline": "本报讯", "body": LONG}
    cast.published_issue(cast.approved("前一天的事"), day=date(2030, 5, 3))
    lead = cast.approved("东门渡口夜航首周载客逾两万人次", photos=[one], **written)
    feature = cast.approved(
        "守灯人和他的一万个夜晚",
        kind="feature",
        kicker="望潮人物",
        photos=[two, three],
        body=f'{LONG[:200].split("</p>", maxsplit=1)[0]}</p><figure data-photo="{two["photo"]}"></figure>'
        f'<h2>三分钟一格</h2>{LONG}<blockquote><p>亮着就好。</p></blockquote><figure data-photo="{three["photo"]}">'
        "</figure><ul><li>闪白十二秒</li></ul>",
    )
    gallery = cast.approved("隔岸灯火", kind="photo", photos=[two, tall, three], body="<p>入夜的老码头。</p>")
    picture = cast.approved("雨落橹声里", kind="photo", photos=[tall])
    brief = cast.approved("今夜有雾", kind="brief")
    others = [
        cast.approved(f"港城第{number}件事办成", photos=[three] if number % 2 else [], body=LONG)
        for number in range(8)
    ]
    issue = cast.issue(date(2030, 5, 4), serial_no=8421)
    for code, label, articles in [
        ("01", "要闻", [lead, brief, *others]),
        ("02", "文化", [feature, gallery, picture]),
    ]:
        page = IssuePage.objects.create(
            issue=issue, code=code, position=int(code), label=label, host_code="16", page_editor="许若澜"
        )
        for article in articles:
            desk_pages.place(cast.duty, page.pk, article.pk)
        desk_pages.sign_off_page(cast.duty, page.pk)
    publishing.schedule_issue(cast.chief, issue.pk)
    for section, articles in [(cast.culture, [feature, gallery, picture]), (sea, others[4:])]:
        PublishedArticle.objects.filter(article__in=articles).update(section=section)
    stories.correct(cast.chief, others[1].pk, {"deck": "下周起试运行"}, "试运行时间应为下周。")

    def page_at(code: str) -> str:
        return reverse("site:page", kwargs={"slug": slug, "day": issue.date, "code": code})

    def story(article: Any) -> str:
        return reverse("site:story", args=[slug, article.pk])

    return {
        "front": reverse("site:front", args=[slug]),
        "section": reverse("site:section", args=[slug, cast.news.pk]),
        "reporter": reverse("site:reporter", args=[slug, cast.byline.pk]),
        "archive": reverse("site:archive", args=[slug]),
        "first page": page_at("01"),
        "second page": page_at("02"),
        "story": story(lead),
        "feature": story(feature),
        "gallery": story(gallery),
        "picture": story(picture),
        "as printed": reverse(
            "site:printed_story", kwargs={"slug": slug, "day": issue.date, "article_id": others[1].pk}
        ),
        "empty": reverse("site:front", args=[cast.other_publication.slug]),
        "404": reverse("site:story", args=[slug, 999]),
        "410": story(cast.withdrawn()),
    }
