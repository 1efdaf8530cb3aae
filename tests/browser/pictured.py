"""An edition whose pages have pictures: two issues, the second of three pages, one of them without a picture."""

from datetime import date
from typing import Any

from django.urls import reverse

from articles.desk import pages, publishing
from articles.models import Page, PageItem, PublishedIssue
from articles.printed.binding import bind_issue
from tests.browser.edition import LONG, _photo_use
from tests.cast import Cast
from tests.facsimile import signed_proof

WIDTHS = (240, 480, 960)


def with_pictures(cast: Cast) -> dict[str, str]:
    slug = cast.publication.slug
    photo = _photo_use(1)
    before = cast.issue(date(2030, 5, 2))
    _page(cast, before, "01", "要闻", [cast.approved("前一天的事", body=LONG)])
    publishing.schedule_issue(cast.chief, before.pk)

    stories = [
        cast.approved("东门渡口夜航首周载客逾两万人次", photos=[photo], kicker="一江灯火送归人", body=LONG),
        *(cast.approved(f"港城第{number}件事办成", body=LONG, deck="下周起试运行") for number in range(4)),
    ]
    issue = cast.issue(date(2030, 5, 4), serial_no=8421)
    _page(cast, issue, "01", "要闻", stories, advert="望潮茶庄新茶上市")
    _page(
        cast,
        issue,
        "02",
        "民生",
        [cast.approved("社区食堂上船送早餐", body=LONG), cast.approved("海堤加固完工", body=LONG)],
    )
    _page(cast, issue, "03", "文化", [cast.approved("隔岸灯火", body=LONG)])
    publishing.schedule_issue(cast.chief, issue.pk)
    for each in (before, issue):
        bind_issue(PublishedIssue.objects.get(issue=each).pk)

    def page_at(code: str, day: date = issue.date) -> str:
        return reverse("site:page", kwargs={"slug": slug, "day": day, "code": code})

    def as_printed(article: Any) -> str:
        return reverse(
            "site:printed_story", kwargs={"slug": slug, "day": issue.date, "article_id": article.pk}
        )

    return {
        "first page": page_at("01"),
        "second page": page_at("02"),
        "third page": page_at("03"),
        "day before": page_at("01", before.date),
        "as printed": as_printed(stories[1]),
        **{f"story {number}": as_printed(story) for number, story in enumerate(stories) if number != 1},
        "archive": reverse("site:archive", args=[slug]),
        "front": reverse("site:front", args=[slug]),
    }


def _page(cast: Cast, issue: Any, code: str, label: str, stories: list[Any], advert: str = "") -> None:
    page = Page.objects.create(issue=issue, code=code, position=int(code), label=label, page_editor="许若澜")
    for story in stories:
        pages.place(cast.duty, page.pk, story.pk)
    if advert:
        PageItem.objects.create(page=page, kind="advert", title=advert)
    signed_proof(cast, page, widths=WIDTHS)
