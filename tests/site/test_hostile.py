"""Questions nobody should ask: RISKS 6, 8, 10, 11, 24."""

from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse

from articles.desk import stories
from articles.desk.preview import preview_token
from articles.models import Reporter
from media_library.models import Photo
from tests.cast import Cast
from tests.site.conftest import list_paths, page_path, printed_path, story_path

# --- photos (6) -------------------------------------------------------------------------------------------------


def names_of(photo: Photo) -> list[str]:
    return [*photo.renditions.values_list("name", flat=True), str(photo.original.name)]


def test_the_files_of_an_unpublished_photo_are_named_nowhere(
    cast: Cast, reader: Client, rendered_photo: Callable[..., Photo]
) -> None:
    hidden = rendered_photo(caption="未见报的照片")
    cast.scheduled("渡轮夜航试运行", photos=[{"photo": hidden.pk, "caption": "未见报的说明"}])
    cast.live("老码头灯光亮起")
    for path in list_paths(cast):
        text = reader.get(path).content.decode()
        assert "未见报" not in text
        assert not any(Path(name).stem.split("-")[0] in text for name in names_of(hidden))


def test_a_body_cannot_show_a_photo_that_is_not_the_storys_own(
    cast: Cast, reader: Client, rendered_photo: Callable[..., Photo]
) -> None:
    mine, theirs = rendered_photo(), rendered_photo()
    body = f'<p>渡口。</p><figure data-photo="{theirs.pk}"></figure><figure data-photo="{mine.pk}"></figure>'
    article = cast.live(body=body, photos=[{"photo": mine.pk, "caption": "渡口夜色"}])
    text = reader.get(story_path(cast, article)).content.decode()
    assert any(name in text for name in names_of(mine))
    assert not any(name in text for name in names_of(theirs))


def test_what_the_library_says_later_changes_nothing_that_is_public(
    cast: Cast, reader: Client, rendered_photo: Callable[..., Photo]
) -> None:
    photo = rendered_photo(caption="渡口")
    article = cast.live(photos=[{"photo": photo.pk, "caption": "渡口夜色", "credit": "何帆 摄"}])
    Photo.objects.filter(pk=photo.pk).update(caption="没有人审过", credit="没有人审过", alt="没有人审过")
    text = reader.get(story_path(cast, article)).content.decode()
    assert "渡口夜色" in text
    assert "没有人审过" not in text


def test_originals_and_folders_have_no_address(
    cast: Cast, reader: Client, rendered_photo: Callable[..., Photo]
) -> None:
    photo = rendered_photo()
    name = str(photo.original.name)
    for path in [
        f"/media/{name}",
        f"/private/{name}",
        f"/{name}",
        "/media/",
        "/private/",
        "/static/",
        "/var/",
    ]:
        assert reader.get(path).status_code == 404


# --- queries (8), redirects (10), hosts (11) --------------------------------------------------------------------

FISHING = (
    "filter=status&order=created_by__password&author__password__startswith=md5&page=2&next=//evil.example"
)


def test_parameters_nobody_asked_for_change_nothing(cast: Cast, reader: Client) -> None:
    cast.live()
    for path in list_paths(cast):
        more = "&" if "?" in path else "?"
        assert reader.get(f"{path}{more}{FISHING}").content == reader.get(path).content


@pytest.mark.parametrize(
    "mark",
    ["", "x", "1", "1-", "-1", "1-0", "1-1;", "9" * 40 + "-1", "1-" + "9" * 40, "１-１", "1-1\x00", "%00"],
)
def test_a_place_in_a_list_that_is_none_is_not_there(mark: str, cast: Cast, reader: Client) -> None:
    cast.live()
    for path in [f"/wangchao/section/{cast.news.pk}/", f"/wangchao/reporter/{cast.byline.pk}/"]:
        assert reader.get(path, {"before": mark}).status_code == 404
    assert reader.get("/wangchao/layout/", {"before": mark}).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/wangchao/story/0/",
        "/wangchao/story/007/",
        "/wangchao/story/-1/",
        "/wangchao/story/99999999999999999999999/",
        "/wangchao/story/１/",
        "/wangchao/layout/203013/01/node_01.html",
        "/wangchao/layout/203002/30/",
        "/wangchao/layout/000000/00/",
        "/wangchao/layout/203001/01/node_0001.html",
        "/wangchao/layout/203001/01/main/node_01.html",
        "/wangchao/content/203001/01/content_0.html",
        "/wangchao/sitemap-000000.xml",
        "/wangchao/sitemap-999912.xml",
        "/wangchao/story/1%00/",
        "/%00/",
        "/" + "a" * 3000 + "/",
        "/wangchao/../admin/../etc/passwd",
    ],
)
def test_addresses_that_cannot_be_are_not_there(path: str, cast: Cast, reader: Client) -> None:
    answer = reader.get(path)
    assert answer.status_code == 404
    assert answer.content == reader.get("/wangchao/story/999/").content


@pytest.mark.parametrize(
    "path", ["//evil.example", "//evil.example/wangchao", "/\\evil.example", "/%2f%2fevil.example"]
)
def test_no_address_leads_off_the_site(path: str, cast: Cast, reader: Client) -> None:
    for asked in [path, f"{path}/..", f"/wangchao/layout?next={path}", f"/wangchao?next={path}"]:
        answer = reader.get(asked)
        target = answer.get("Location", "/")
        assert target.startswith("/")
        assert not target.startswith(("//", "/\\"))


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "testserver:80@evil.example", "a\\b"]
)
def test_a_forged_host_is_refused_in_a_plain_word(host: str, cast: Cast, reader: Client) -> None:
    for path in ["/", "/wangchao/feed.atom", "/sitemap.xml", "/wangchao/story/1/", "/wangchao"]:
        answer = reader.get(path, headers={"host": host})
        assert answer.status_code == 400
        assert answer.content == b"Bad request\n"
        assert "evil" not in str(answer.headers)


def test_a_forwarded_host_is_not_believed(cast: Cast, reader: Client) -> None:
    article = cast.live()
    for path in [*list_paths(cast), story_path(cast, article)]:
        plain = reader.get(path)
        forged = reader.get(
            path, headers={"x-forwarded-host": "evil.example", "forwarded": "host=evil.example"}
        )
        assert forged.content == plain.content
        assert b"evil.example" not in forged.content


# --- script (24) ------------------------------------------------------------------------------------------------

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
EVIL_BODY = (
    "<p onclick=alert(1)>渡口<script>alert(1)</script><a href='javascript:alert(1)'>a</a>"
    "<a href='https://x.example/' onmouseover=alert(1)>b</a><svg onload=alert(1)><iframe src=//evil></iframe></p>"
)


class Inert(HTMLParser):
    """Fails on anything that runs."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if (tag, attrs) == ("script", [("type", "application/ld+json")]):
            return  # A data block: no browser runs it.
        assert tag not in {"script", "iframe", "object", "embed", "style", "svg", "base"}
        # The one form of the site, our own.
        assert tag != "form" or (dict(attrs)["role"], dict(attrs)["action"]) == (
            "search",
            "/wangchao/search/",
        )
        for name, value in attrs:
            assert not name.startswith("on"), (tag, name)
            assert name not in {"style", "srcdoc"}, (tag, name)
            assert not (value or "").strip().lower().startswith(("javascript:", "data:text")), value


@pytest.fixture
def evil(cast: Cast, rendered_photo: Callable[..., Photo]) -> dict[str, Any]:
    byline = Reporter.objects.create(publication=cast.publication, name=EVIL[:40])
    words = {"caption": EVIL, "credit": EVIL[:60], "alt": EVIL}
    photo = rendered_photo(**words)
    cast.publication.sponsor = cast.publication.address = EVIL
    cast.publication.save()
    cast.news.name = "<img src=x onerror=alert(1)>"[:30]
    cast.news.save()
    article = cast.approved(
        EVIL,
        kicker=EVIL,
        deck=EVIL,
        summary=EVIL,
        dateline=EVIL[:60],
        body=EVIL_BODY,
        bylines=[{"reporter": byline.pk, "role": "photo", "title": "<b onclick=x>"}],
        photos=[{"photo": photo.pk, **words}],
    )
    issue = cast.ready_issue(article)
    page = issue.pages.get()
    page.label, page.page_editor = "<script>x</script>", "<script>y</script>"
    page.save()
    from articles.desk import pages, publishing

    pages.sign_off_page(cast.duty, page.pk)
    publishing.schedule_issue(cast.chief, issue.pk)
    stories.correct(cast.chief, article.pk, {"deck": EVIL + "2"}, EVIL)
    return {"article": article, "issue": issue, "byline": byline}


def test_script_in_every_field_is_only_text(evil: dict[str, Any], cast: Cast, reader: Client) -> None:
    article, issue = evil["article"], evil["issue"]
    draft = cast.draft(EVIL, kicker=EVIL, deck=EVIL, body=EVIL_BODY, dateline=EVIL[:60])
    for path in [
        "/",
        f"/wangchao/section/{cast.news.pk}/",
        f"/wangchao/reporter/{evil['byline'].pk}/",
        story_path(cast, article),
        page_path(cast, issue),
        printed_path(cast, issue, article),
        "/wangchao/layout/",
        "/wangchao/search/?q=script",
        reverse("site:preview", args=[preview_token(draft)]),
    ]:
        answer = reader.get(path)
        assert answer.status_code == 200, path
        Inert().feed(answer.content.decode())
        assert "script-src 'self'" in answer["Content-Security-Policy"]
        assert "unsafe" not in answer["Content-Security-Policy"]


def test_script_in_every_field_is_only_text_in_the_feed(
    evil: dict[str, Any], cast: Cast, reader: Client
) -> None:
    root = ET.fromstring(reader.get("/wangchao/feed.atom").content)
    atom = "{http://www.w3.org/2005/Atom}"
    texts = [*root.findall(f".//{atom}summary"), *root.findall(f".//{atom}content")]
    assert len(texts) == 2
    for text in texts:
        # Of type html: what a reader's program parses after the XML.
        assert text.get("type") == "html"
        Inert().feed(text.text or "")
    for item in reader.get("/wangchao/feed.json").json()["items"]:
        Inert().feed(item["content_html"])
