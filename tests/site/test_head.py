"""What the head of each page says: canonical address, share picture, linked data, icons; and that none of it runs."""

import io
import json
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageChops

from articles.desk import pages, publishing, stories
from articles.desk.preview import preview_token
from articles.site import card, emblem
from media_library.models import Photo
from tests import requires
from tests.cast import Cast
from tests.site.conftest import page_path, printed_path, story_path
from tests.site.test_hostile import EVIL, evil

__all__ = ["evil"]

HOST = "http://testserver"
DAY = date(2030, 5, 4)


class Head(HTMLParser):
    """A page's metas, links and data, as a crawler reads them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.metas: dict[str, str] = {}
        self.links: list[dict[str, str | None]] = []
        self.blocks: list[str] = []
        self._in_block = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "meta" and (name := found.get("property") or found.get("name")):
            assert name not in self.metas or name == "theme-color", f"{name} twice"
            self.metas[name] = str(found.get("content"))
        if tag == "link":
            self.links.append(found)
        if tag == "script":
            assert found == {"type": "application/ld+json"}
            self._in_block = True
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._in_block = False

    def handle_data(self, data: str) -> None:
        if self._in_block:
            self.blocks[-1] += data

    @property
    def canonical(self) -> str | None:
        found = [link["href"] for link in self.links if link["rel"] == "canonical"]
        assert len(found) <= 1
        return found[0] if found else None

    def things(self) -> dict[str, Any]:
        """The linked data by type."""
        assert len(self.blocks) == 1
        document = json.loads(self.blocks[0])
        assert document["@context"] == "https://schema.org"
        return {thing["@type"]: thing for thing in document["@graph"]}


def head(reader: Client, path: str) -> Head:
    answer = reader.get(path)
    assert answer.status_code == 200, path
    return Head(answer.content.decode())


@pytest.fixture
def printed(cast: Cast, rendered_photo: Callable[..., Photo]) -> dict[str, Any]:
    """A story with two photos and three people, on page 02 of an issue."""
    one, two = rendered_photo(), rendered_photo()
    cast.publication.publisher = "望潮日报社"
    cast.publication.sponsor = "望潮市新闻中心"
    cast.publication.save()
    article = cast.approved(
        "渡轮夜航首周载客逾两万人次",
        deck="末班船拟延至零点",
        dateline="本报讯",
        summary="夜航首周客流平稳。",
        photos=[
            {"photo": one.pk, "caption": "夜色中的渡口", "credit": "", "alt": "一艘渡轮离岸"},
            {"photo": two.pk, "caption": "电子屏", "credit": "", "alt": ""},
        ],
        bylines=[
            {"reporter": cast.byline.pk, "role": "text", "title": "记者"},
            {"reporter": cast.byline.pk, "role": "photo", "title": "记者"},
        ],
    )
    issue = cast.issue(DAY, serial_no=8421)
    page = cast.page(issue, "02", "民生")
    pages.place(cast.duty, page.pk, article.pk)
    pages.sign_off_page(cast.duty, page.pk)
    publishing.schedule_issue(cast.chief, issue.pk)
    return {"article": article, "issue": issue, "photos": [one, two]}


def every_path(cast: Cast, printed: dict[str, Any]) -> list[str]:
    return [
        "/wangchao/",
        f"/wangchao/section/{cast.news.pk}/",
        f"/wangchao/reporter/{cast.byline.pk}/",
        "/wangchao/layout/",
        page_path(cast, printed["issue"], "02"),
        story_path(cast, printed["article"]),
    ]


def test_every_page_has_one_address_and_a_picture_to_share(
    cast: Cast, printed: dict[str, Any], reader: Client
) -> None:
    for path in every_path(cast, printed):
        found = head(reader, path)
        assert found.canonical == found.metas["og:url"] == f"{HOST}{path}"
        assert found.metas["og:title"]
        assert found.metas["og:type"] in {"website", "article", "profile"}
        assert found.metas["og:site_name"] == "望潮日报"
        assert found.metas["og:locale"] == "zh_CN"
        assert found.metas["og:image"].startswith(f"{HOST}/")
        assert int(found.metas["og:image:width"]) > 0
        assert found.metas["og:image:alt"]
        assert found.metas["twitter:card"] == "summary_large_image"
        assert found.metas["description"]
        # There is one language of every page.
        assert not [link for link in found.links if link.get("hreflang")]
    assert head(reader, "/").canonical == f"{HOST}/wangchao/"
    as_printed = printed_path(cast, printed["issue"], printed["article"])
    assert head(reader, as_printed).canonical == f"{HOST}{story_path(cast, printed['article'])}"


def test_what_is_not_public_says_nothing_of_itself(cast: Cast, reader: Client) -> None:
    draft = cast.draft("未见报的草稿")
    found = head(reader, reverse("site:preview", args=[preview_token(draft)]))
    assert found.canonical is None
    assert found.blocks == []
    assert found.metas["robots"] == "noindex, nofollow, noarchive"
    assert "og:image" not in found.metas
    refused = Head(reader.get("/wangchao/story/999/").content.decode())
    assert refused.canonical is None
    assert refused.metas["robots"] == "noindex"
    assert not [link for link in refused.links if link["rel"] == "alternate"]


# --- share pictures ---------------------------------------------------------------------------------------------


def test_a_story_is_shared_with_its_first_photo(cast: Cast, printed: dict[str, Any], reader: Client) -> None:
    found = head(reader, story_path(cast, printed["article"]))
    largest = printed["photos"][0].renditions.filter(format="jpeg").latest("width")
    assert found.metas["og:image"] == f"{HOST}/media/{largest.name}"
    assert found.metas["og:image:width"] == str(largest.width)
    assert found.metas["og:image:height"] == str(largest.height)
    assert found.metas["og:image:alt"] == "一艘渡轮离岸"
    assert head(reader, "/wangchao/").metas["og:image"] == found.metas["og:image"]


def test_a_page_without_a_photo_is_shared_with_the_papers_card(cast: Cast, reader: Client) -> None:
    for path in [story_path(cast, cast.live()), "/wangchao/", "/wangchao/layout/"]:
        address = head(reader, path).metas["og:image"]
        assert address.startswith(f"{HOST}/wangchao/card.png?v=")
        answer = reader.get(address.removeprefix(HOST))
        assert answer["Content-Type"] == "image/png"
        assert answer["Cache-Control"] == "public, max-age=86400"
        with Image.open(io.BytesIO(answer.content)) as drawn:
            assert drawn.size == (1200, 630)
        assert len(answer.content) < 60_000


def test_a_paper_that_changes_its_name_changes_its_cards_address(cast: Cast, reader: Client) -> None:
    before = head(reader, "/wangchao/").metas["og:image"]
    cast.publication.name = "望潮晚报"
    cast.publication.save()
    assert head(reader, "/wangchao/").metas["og:image"] != before


def test_the_card_carries_the_name_where_a_font_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    requires.require("a Chinese font", card.font_file())
    card.card.cache_clear()
    named, long = card.card("望潮日报"), card.card("望潮日报海外版及周末文化副刊增刊")
    assert len({named, long}) == 2
    assert card.card("望潮日报") is named
    card.card.cache_clear()
    monkeypatch.setattr(card, "font_file", lambda: None)
    bare = card.card("望潮日报")
    assert bare != named
    assert bare == card.card("汐湾周报")
    card.card.cache_clear()


# --- linked data ------------------------------------------------------------------------------------------------


def test_a_story_is_a_news_article_with_its_place_in_print(
    cast: Cast, printed: dict[str, Any], reader: Client
) -> None:
    path = story_path(cast, printed["article"])
    stories.correct(cast.chief, printed["article"].pk, {"deck": "末班船延至零点"}, "末班船时间以公告为准。")
    things = head(reader, path).things()
    story = things["NewsArticle"]
    assert story["headline"] == "渡轮夜航首周载客逾两万人次"
    assert story["alternativeHeadline"] == "末班船延至零点"
    assert story["description"] == "夜航首周客流平稳。"
    assert story["dateline"] == "本报讯"
    assert story["mainEntityOfPage"] == story["url"] == f"{HOST}{path}"
    assert story["articleSection"] == "要闻"
    assert story["inLanguage"] == "zh-Hans"
    assert story["datePublished"] < story["dateModified"]
    assert story["datePublished"].endswith("+08:00")
    person = f"{HOST}/wangchao/reporter/{cast.byline.pk}/"
    assert story["author"] == [{"@type": "Person", "name": "林海生", "url": person}]
    assert story["publisher"]["name"] == "望潮日报"
    assert story["publisher"]["logo"]["url"] == f"{HOST}/static/site/icon-512.png"
    assert story["publisher"]["parentOrganization"]["name"] == "望潮日报社"
    assert len(story["image"]) == 2
    assert all(address.startswith(f"{HOST}/media/") for address in story["image"])
    assert story["correction"][0]["@type"] == "CorrectionComment"
    assert story["correction"][0]["text"] == "末班船时间以公告为准。"
    assert (story["printPage"], story["printSection"], story["printEdition"]) == ("02", "民生", "正刊")
    issue = story["isPartOf"]
    assert (issue["@type"], issue["issueNumber"], issue["datePublished"]) == (
        "PublicationIssue",
        8421,
        "2030-05-04",
    )
    assert issue["url"] == f"{HOST}/wangchao/layout/203005/04/"
    assert (issue["isPartOf"]["@type"], issue["isPartOf"]["name"]) == ("Newspaper", "望潮日报")
    way = [
        (step["position"], step["name"], step["item"]) for step in things["BreadcrumbList"]["itemListElement"]
    ]
    assert way == [
        (1, "望潮日报", f"{HOST}/wangchao/"),
        (2, "要闻", f"{HOST}/wangchao/section/{cast.news.pk}/"),
        (3, "渡轮夜航首周载客逾两万人次", f"{HOST}{path}"),
    ]


def test_nothing_is_said_that_is_not_so(cast: Cast, reader: Client) -> None:
    story = head(reader, story_path(cast, cast.live(bylines=[]))).things()["NewsArticle"]
    assert (
        not {"printPage", "printEdition", "isPartOf", "correction", "image", "dateline", "contributor"}
        & story.keys()
    )
    assert story["datePublished"] == story["dateModified"]
    # Nobody is named: the paper itself speaks.
    assert story["author"][0]["name"] == "望潮日报"
    assert "" not in story.values()


def test_who_only_photographed_is_a_contributor_unless_nobody_wrote(cast: Cast, reader: Client) -> None:
    from articles.models import Reporter

    other = Reporter.objects.create(publication=cast.publication, name="何帆")
    text = {"reporter": cast.byline.pk, "role": "text", "title": "记者"}
    photo = {"reporter": other.pk, "role": "photo", "title": "记者"}

    def people(*bylines: Any) -> tuple[list[str], list[str]]:
        thing = head(reader, story_path(cast, cast.live(bylines=list(bylines)))).things()["NewsArticle"]
        return (
            [person["name"] for person in thing["author"]],
            [person["name"] for person in thing.get("contributor", [])],
        )

    assert people(text, photo) == (["林海生"], ["何帆"])
    assert people(photo) == (["何帆"], [])


def test_pages_say_what_they_are(cast: Cast, printed: dict[str, Any], reader: Client) -> None:
    paper = head(reader, "/wangchao/").things()["Newspaper"]
    assert (paper["name"], paper["identifier"]) == ("望潮日报", "CN 33-0000")
    assert paper["sponsor"]["name"] == "望潮市新闻中心"
    assert "BreadcrumbList" in head(reader, f"/wangchao/section/{cast.news.pk}/").things()
    person = head(reader, f"/wangchao/reporter/{cast.byline.pk}/").things()["ProfilePage"]["mainEntity"]
    assert (person["@type"], person["name"]) == ("Person", "林海生")
    page = head(reader, page_path(cast, printed["issue"], "02")).things()
    assert page["PublicationIssue"]["issueNumber"] == 8421
    assert page["BreadcrumbList"]["itemListElement"][-1]["name"].endswith("第02版：民生")


def test_no_headline_can_end_the_block_it_stands_in(evil: dict[str, Any], cast: Cast, reader: Client) -> None:
    path = story_path(cast, evil["article"])
    html = reader.get(path).content.decode()
    block = html.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert not set("<>&") & set(block)
    story = Head(html).things()["NewsArticle"]
    # Nothing is lost by it either.
    assert story["headline"] == EVIL
    assert story["correction"][0]["text"] == EVIL


def test_a_browser_runs_none_of_it(
    evil: dict[str, Any], cast: Cast, live_server: Any, browser: Any, client: Client
) -> None:
    """The policy forbids inline script; a data block is none, so Chromium has nothing to complain about."""
    context = browser.new_context()
    try:
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: (said.append("dialog"), dialog.dismiss()))
        page.add_init_script(
            "document.addEventListener('securitypolicyviolation', e => console.log('violation ' + e.blockedURI))"
        )
        page.goto(live_server.url + story_path(cast, evil["article"]))
        blocks = page.locator('script[type="application/ld+json"]')
        assert blocks.count() == 1
        assert json.loads(str(blocks.text_content()))["@graph"][0]["headline"] == EVIL
        assert page.locator("script").count() == 1
        assert page.evaluate("document.querySelector('h1').textContent") == EVIL
        assert [text for text in said if "violation" in text or "dialog" in text or "Refused" in text] == []
    finally:
        context.close()


# --- icons and manifest -----------------------------------------------------------------------------------------

STATIC = requires.ROOT / "static" / "site"


@pytest.mark.once
def test_the_icons_are_those_that_the_code_draws() -> None:
    for name, drawn in emblem.icons().items():
        with Image.open(STATIC / name) as kept:
            assert kept.size == drawn.size, name
            difference = ImageChops.difference(kept.convert("RGBA"), drawn.convert("RGBA"))
            # Another Pillow may smooth an edge a little otherwise.
            assert max(high for _, high in difference.getextrema()) <= 24, name


@pytest.mark.once
def test_an_icon_that_may_be_cut_keeps_its_sign_inside() -> None:
    drawn = emblem.emblem(512, full=True).convert("L")
    for x in range(0, 512, 4):
        for y in range(0, 512, 4):
            if (x - 256) ** 2 + (y - 256) ** 2 > (512 * 0.4) ** 2:
                assert drawn.getpixel((x, y)) < 128


def test_the_manifest_names_the_paper_and_files_that_are_there(cast: Cast, reader: Client) -> None:
    link = next(link for link in head(reader, "/wangchao/").links if link["rel"] == "manifest")
    answer = reader.get(str(link["href"]))
    assert answer["Content-Type"] == "application/manifest+json; charset=utf-8"
    found = json.loads(answer.content)
    assert (found["name"], found["lang"]) == ("望潮日报", "zh-Hans")
    assert reader.get(found["start_url"]).status_code == 200
    assert found["start_url"].startswith(found["scope"])
    assert {(icon["sizes"], icon.get("purpose")) for icon in found["icons"]} >= {
        ("192x192", "any"),
        ("512x512", "any"),
        ("192x192", "maskable"),
        ("512x512", "maskable"),
    }
    for icon in found["icons"]:
        assert (STATIC / Path(icon["src"]).name).is_file()


def test_the_icons_stand_in_every_head_and_at_the_old_address(cast: Cast, reader: Client) -> None:
    for path, status in [("/wangchao/", 200), ("/wangchao/story/999/", 404)]:
        answer = reader.get(path)
        assert answer.status_code == status
        icons = {
            link["href"]
            for link in Head(answer.content.decode()).links
            if link["rel"] in {"icon", "apple-touch-icon"}
        }
        assert icons == {f"/static/site/{name}" for name in ("favicon.ico", "icon.svg", "icon-180.png")}
    assert reader.get("/favicon.ico")["Location"] == "/static/site/favicon.ico"
