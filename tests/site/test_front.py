"""What stands where on the front page, and how photos are shown when there are several."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.test import Client

from articles.site import front
from media_library.models import Photo
from tests.cast import Cast
from tests.site.conftest import story_path
from tests.site.test_pages import outline


def use(photo: Photo) -> dict[str, Any]:
    return {"photo": photo.pk, "caption": "渡口夜色", "credit": "叶听舟 摄", "alt": ""}


def part(text: str, start: str, end: str = "</section>") -> str:
    """The piece of the page from `start` to the next `end`; "" where it does not begin."""
    return text.partition(start)[2].partition(end)[0]


def test_a_story_stands_in_one_place_by_its_weight(
    cast: Cast, reader: Client, rendered_photo: Callable[..., Photo]
) -> None:
    photo = use(rendered_photo())
    cast.published_issue(
        cast.approved("今夜有雾", kind="brief"),
        cast.approved("隔岸灯火", kind="photo", photos=[photo]),
        cast.approved("东门渡口夜航", photos=[photo]),
        cast.approved("海岬社：七港试行一张单", kind="wire"),
        *[cast.approved(f"港城第{number}件事办成") for number in range(front.SECONDS + 1)],
    )
    text = reader.get("/").content.decode()
    body = text[text.index("<main") :]
    assert "东门渡口夜航" in part(body, 'class="lead"')
    seconds = part(body, 'class="seconds"')
    assert all(f"港城第{number}件事办成" in seconds for number in range(front.SECONDS))
    assert "今夜有雾" in part(body, 'class="briefs"')
    assert "隔岸灯火" in part(body, 'class="picture-news"')
    block = part(body, 'class="block"')
    assert "七港试行一张单" in block and f"港城第{front.SECONDS}件事办成" in block
    titles = [text for tag, text in outline(reader, "/").headings if tag in {"h2", "h3"}]
    assert len(titles) == len(set(titles))


def test_two_photo_stories_stand_abreast_and_of_three_one_beside_the_lead(
    cast: Cast, reader: Client, rendered_photo: Callable[..., Photo]
) -> None:
    photo = use(rendered_photo())
    cast.live("东门渡口夜航", photos=[photo])
    for headline in ("隔岸灯火", "雨落橹声里"):
        cast.live(headline, kind="photo", photos=[photo])
    text = reader.get("/").content.decode()
    assert "of-2" in part(text, 'class="pictures"') and 'class="picture-news"' not in text
    cast.live("潮来", kind="photo", photos=[photo])
    text = reader.get("/").content.decode()
    assert "潮来" in part(text, 'class="picture-news"')
    assert "of-2" in part(text, 'class="pictures"')


def test_a_photo_story_leads_only_where_nothing_is_written(
    cast: Cast, reader: Client, rendered_photo: Callable[..., Photo]
) -> None:
    cast.live("今夜有雾", kind="brief")
    cast.live("隔岸灯火", kind="photo", photos=[use(rendered_photo())])
    assert "隔岸灯火" in part(reader.get("/").content.decode(), 'class="lead"')
    cast.live("渡轮夜航试运行")
    text = reader.get("/").content.decode()
    assert "渡轮夜航试运行" in part(text, 'class="lead"') and "隔岸灯火" in text


def test_a_block_opens_with_a_photo_where_its_section_has_one(
    cast: Cast, reader: Client, rendered_photo: Callable[..., Photo]
) -> None:
    photo = use(rendered_photo())
    cast.published_issue(
        *[cast.approved(f"港城第{number}件事办成") for number in range(front.SECONDS + 2)],
        cast.approved("老码头灯光亮起", photos=[photo]),
    )
    text = part(reader.get("/").content.decode(), 'class="block"')
    assert "老码头灯光亮起" in part(text, 'class="first card"', "</article>")
    assert f"港城第{front.SECONDS + 1}件事办成" in part(text, 'class="others"', "</ul>")


def test_several_photos_make_a_gallery_with_all_their_words(
    cast: Cast, reader: Client, rendered_photo: Callable[..., Photo]
) -> None:
    photos = [use(rendered_photo()) for _ in range(2)]
    photos[1]["caption"] = "灯灭之前"
    gallery = cast.live("隔岸灯火", kind="photo", photos=photos)
    text = part(reader.get(story_path(cast, gallery)).content.decode(), 'class="gallery')
    assert text.count("<figure") == 2 and 'href="#photo-2"' in text
    assert "渡口夜色" in text and "灯灭之前" in text and text.count("叶听舟 摄") == 2
    for kind, number in [("news", 2), ("photo", 1)]:
        plain = cast.live("东门渡口夜航", kind=kind, photos=photos[:number])
        text = reader.get(story_path(cast, plain)).content.decode()
        assert 'class="gallery' not in text and text.count("<figure") == number


def test_the_calendar_has_links_for_days_with_an_issue_only(cast: Cast, reader: Client) -> None:
    cast.published_issue(cast.approved(), day=date(2030, 5, 4))
    text = reader.get("/wangchao/layout/").content.decode()
    assert '<td><a href="/wangchao/layout/203005/04/"' in text
    assert text.count('<span aria-disabled="true">') == 30


def test_a_reporter_has_the_title_that_was_printed_last(cast: Cast, reader: Client) -> None:
    cast.live()
    assert "望潮日报 记者" in reader.get(f"/wangchao/reporter/{cast.byline.pk}/").content.decode()
