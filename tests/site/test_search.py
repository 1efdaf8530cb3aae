"""Search for readers: what is found, what never is, and questions nobody should ask."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.desk import stories, workflow
from articles.models import Membership, PublicEntry
from articles.search import finding
from tests.cast import Cast
from tests.site.test_hostile import EVIL, EVIL_BODY, Inert

AT = datetime(2030, 5, 4, 22, 0, tzinfo=UTC)


def ask(reader: Client, words: str, **more: Any) -> str:
    """The page of results as text, its tags taken out."""
    answer = reader.get("/wangchao/search/", {"q": words, **more})
    assert answer.status_code == 200
    return unescape(re.sub(r"</?mark>", "", answer.content.decode()))


def headlines(reader: Client, words: str, **more: Any) -> list[str]:
    page = ask(reader, words, **more)
    return [re.sub("<[^>]*>", "", found) for found in re.findall(r'<h2 class="headline">(.*?)</h2>', page)]


# --- found ---------------------------------------------------------------


def test_a_piece_of_the_text_finds_the_story_and_is_marked(cast: Cast, reader: Client) -> None:
    cast.live("渡轮夜航试运行", body="<p>末班推迟到十一点。</p>")
    cast.live("潮位站启用")
    page = reader.get("/wangchao/search/?q=班推").content.decode()
    assert "末<mark>班推</mark>迟到十一点。" in page
    assert "潮位站" not in page
    assert headlines(reader, "夜航") == ["渡轮夜航试运行"]
    assert "<mark>夜航</mark>" in reader.get("/wangchao/search/?q=夜航").content.decode()


def test_the_newest_stand_first(cast: Cast, reader: Client) -> None:
    for hours in (1, 3, 2):
        with time_machine.travel(AT + timedelta(hours=hours), tick=False):
            cast.live(f"渡轮{hours}号")
    with time_machine.travel(AT + timedelta(days=1), tick=False):
        assert headlines(reader, "渡轮") == ["渡轮3号", "渡轮2号", "渡轮1号"]


def test_all_words_must_stand_in_the_story(cast: Cast, reader: Client) -> None:
    cast.live("渡轮夜航", body="<p>票价五元</p>")
    cast.live("渡轮停航", body="<p>大风</p>")
    assert headlines(reader, "渡轮 五元") == ["渡轮夜航"]
    assert headlines(reader, "停航\u3000大风") == ["渡轮停航"]
    assert headlines(reader, "五元 大风") == []


def test_another_papers_stories_are_not_this_ones(cast: Cast, reader: Client) -> None:
    cast.live("渡轮夜航")
    assert reader.get("/xiwan/search/?q=渡轮").content.decode().count("渡轮夜航") == 0


# --- narrowed ---------------------------------------------------------------


def test_by_section_by_name_and_by_day(cast: Cast, reader: Client) -> None:
    Membership.objects.get(user=cast.section_editor).sections.add(cast.culture)
    with time_machine.travel(AT, tick=False):  # five days into May, in the paper's zone
        cast.live("渡轮夜航")
    with time_machine.travel(AT + timedelta(days=2), tick=False):
        cast.live("渡轮书场", section=cast.culture.pk, bylines=[])
    with time_machine.travel(AT + timedelta(days=9), tick=False):
        assert headlines(reader, "渡轮", section=cast.culture.pk) == ["渡轮书场"]
        assert headlines(reader, "渡轮", reporter="林海生") == ["渡轮夜航"]
        assert headlines(reader, "", reporter=" 林海生 ") == ["渡轮夜航"]
        assert headlines(reader, "渡轮", reporter="林海") == []
        assert headlines(reader, "渡轮", to="2030-05-05") == ["渡轮夜航"]
        assert headlines(reader, "渡轮", **{"from": "2030-05-06"}) == ["渡轮书场"]
        assert headlines(reader, "渡轮", **{"from": "2030-05-05", "to": "2030-05-05"}) == ["渡轮夜航"]
        assert headlines(reader, "渡轮", to="2030-05-04") == []
        assert headlines(reader, "渡轮", **{"from": "0001-01-01", "to": "9999-12-31"}) == [
            "渡轮书场",
            "渡轮夜航",
        ]


def test_by_issue(cast: Cast, reader: Client) -> None:
    issue = cast.published_issue(cast.approved("渡轮夜航"))
    cast.live("渡轮停航")
    assert headlines(reader, "渡轮", issue=issue.date.isoformat()) == ["渡轮夜航"]
    assert headlines(reader, "渡轮", issue="2029-01-01") == []
    tomorrow = cast.scheduled_issue(cast.live("渡轮改道"))
    assert headlines(reader, "渡轮", issue=tomorrow.date.isoformat()) == []


# --- pages of results ---------------------------------------------------------------


def walk(reader: Client, words: str) -> list[str]:
    """All headlines, from page to page as the links lead."""
    found, path = [], f"/wangchao/search/?q={words}"
    while path:
        page = unescape(reader.get(path).content.decode())
        shown = re.findall(r'<h2 class="headline">(.*?)</h2>', page)
        found += [re.sub("<[^>]*>", "", each) for each in shown]
        link = re.search(r'<a href="([^"]*)" rel="next"', page)
        path = link[1] if link else ""
    return found


@pytest.mark.parametrize("enough", [1000, 10], ids=["few", "many"])
def test_every_story_stands_on_one_page_of_the_results(
    cast: Cast, reader: Client, monkeypatch: pytest.MonkeyPatch, enough: int
) -> None:
    monkeypatch.setattr(finding, "ENOUGH", enough)
    for hour in range(9):
        with time_machine.travel(AT + timedelta(hours=hour), tick=False):
            cast.published_issue(*[cast.approved(f"渡轮第{hour}时{number}") for number in range(5)])
    with time_machine.travel(AT + timedelta(days=1), tick=False):
        page = ask(reader, "渡轮")
        assert ("45 篇" in page) is (enough == 1000)
        found = walk(reader, "渡轮")
        assert found == [f"渡轮第{hour}时{number}" for hour in reversed(range(9)) for number in range(5)]


def test_more_than_enough_is_said_so(cast: Cast, reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "ENOUGH", 1)
    cast.live("渡轮夜航")
    cast.live("渡轮停航")
    assert "1+ 篇" in ask(reader, "渡轮")


# --- never found ---------------------------------------------------------------


def test_what_is_not_public_is_not_found(cast: Cast, reader: Client) -> None:
    """RISKS 2."""
    cast.draft("渡轮草稿")
    cast.in_review("渡轮在审")
    cast.approved("渡轮签发")
    cast.spiked("渡轮退稿")
    cast.scheduled("渡轮明日")
    cast.withdrawn("渡轮撤回")
    cast.scheduled_issue(cast.approved("渡轮明日见报"))
    workflow.revise(cast.chief, cast.live("公开的旧题").pk)
    nothing = ask(reader, "渡轮无此事").replace("渡轮无此事", "")
    assert ask(reader, "渡轮").replace("渡轮", "") == nothing


def test_a_scheduled_story_is_found_from_its_second_on(cast: Cast, reader: Client) -> None:
    with time_machine.travel(AT - timedelta(hours=2), tick=False):
        cast.scheduled("渡轮夜航", at=AT)
    with time_machine.travel(AT - timedelta(seconds=1), tick=False):
        answer = reader.get("/wangchao/search/?q=渡轮")
        assert "夜航" not in answer.content.decode()
        assert "max-age=1" in answer["Cache-Control"]
    with time_machine.travel(AT, tick=False):
        assert headlines(reader, "渡轮") == ["渡轮夜航"]


def test_only_the_version_that_is_live_is_found(cast: Cast, reader: Client) -> None:
    with time_machine.travel(AT - timedelta(hours=2), tick=False):
        article = cast.live("渡轮夜航", body="<p>票价五元</p>")
    with time_machine.travel(AT - timedelta(hours=1), tick=False):
        workflow.revise(cast.chief, article.pk)
        article.refresh_from_db()
        workflow.edit(cast.reporter, article.pk, article.version, {"body": "<p>票价七元</p>"})
        article.refresh_from_db()
        cast._later(cast.approve(article), AT)
        assert headlines(reader, "五元") == ["渡轮夜航"]
        assert headlines(reader, "七元") == []
    with time_machine.travel(AT + timedelta(hours=1), tick=False):
        assert headlines(reader, "五元") == []
        assert headlines(reader, "七元") == ["渡轮夜航"]


def test_a_corrected_text_is_found_no_more(cast: Cast, reader: Client) -> None:
    article = cast.live("渡轮夜航", body="<p>票价五元</p>")
    stories.correct(cast.chief, article.pk, {"body": "<p>票价六元</p>"}, "票价有误")
    assert headlines(reader, "五元") == []
    assert headlines(reader, "六元") == ["渡轮夜航"]


def test_an_entry_alone_makes_nothing_public(cast: Cast, reader: Client) -> None:
    """Whatever is in the index, `published(at)` decides."""
    article = cast.live("渡轮夜航")
    kept = list(PublicEntry.objects.all())
    stories.withdraw(cast.chief, article.pk, "有误")
    for entry in kept:
        from articles.search.index import content_of_copy, document, facets_of

        entry.tokens = document(content_of_copy(entry.copy), facets_of(entry.copy))
    PublicEntry.objects.bulk_create(kept)
    assert PublicEntry.objects.count() == 1
    assert headlines(reader, "渡轮") == []


# --- questions nobody should ask ---------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    ["潮" * 333_334, "a" * 1_000_000, "渡\x00轮", "(a+)+" * 200 + "$", " ".join(["词"] * 1000),
     " ".join(f"词{n}" for n in range(1000)), "a b c d e f g h i j k", ".*.*.*", "？", "%", "'"],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_before_anything_is_done(
    cast: Cast, reader: Client, words: str
) -> None:
    """RISKS 9."""
    reader.get("/wangchao/search/")
    with CaptureQueriesContext(connection) as asked:
        answer = reader.get("/wangchao/search/", {"q": words})
    assert answer.status_code == 400
    assert len(asked) == 0
    assert len(answer.content) < 20_000
    assert 'role="alert"' in answer.content.decode()
    assert answer["Cache-Control"] == "public, max-age=1"


@pytest.mark.parametrize(
    "query",
    ["from=yesterday", "to=2030-02-30", "issue=%00", "section=999", "section=-1", "section=x", "before=x",
     "before=" + "9" * 30, "before=%00", "reporter=" + "a" * 41, "reporter=%00", "reporter=%3F", "section=" + "9" * 99],
)  # fmt: skip
def test_a_wrong_limit_is_said_to_be_wrong(cast: Cast, reader: Client, query: str) -> None:
    answer = reader.get(f"/wangchao/search/?q=渡轮&{query}")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert 'value="渡轮"' in answer.content.decode()


@pytest.mark.parametrize(
    "query",
    ["author__password=a", "order=-body", "filter=x", "before=", "before=-5", "section=&from=&to=&issue="],
)
def test_what_is_no_part_of_a_search_changes_nothing(cast: Cast, reader: Client, query: str) -> None:
    """RISKS 8."""
    cast.live("渡轮夜航")
    answer = reader.get(f"/wangchao/search/?q=渡轮&{query}")
    assert answer.status_code == 200
    assert "password" not in answer.content.decode()


def test_nothing_asked_is_a_page_to_ask_on(cast: Cast, reader: Client) -> None:
    for path in ["/wangchao/search/", "/wangchao/search/?q=", "/wangchao/search/?q=+%E3%80%80"]:
        answer = reader.get(path)
        assert answer.status_code == 200
        assert 'name="q"' in answer.content.decode()
        assert "noindex" in answer.content.decode()
    assert reader.get("/nothing/search/?q=a").status_code == 404


def test_script_is_only_text_in_results(
    cast: Cast, reader: Client, rendered_photo: Callable[..., Any]
) -> None:
    """RISKS 24."""
    photo = rendered_photo(caption=EVIL, alt=EVIL)
    cast.live(
        EVIL, kicker=EVIL, deck=EVIL, summary=EVIL, body=EVIL_BODY + "<p>&lt;script&gt;渡口&lt;/script&gt;</p>",
        photos=[{"photo": photo.pk, "caption": EVIL, "alt": EVIL}],
    )  # fmt: skip
    for words in [
        "script",
        "alert",
        "渡口",
        "onerror=alert(1)",
        "渡口 script",
        EVIL,
        "<script>",
        '"><b onclick=x>',
    ]:
        answer = reader.get("/wangchao/search/", {"q": words, "reporter": "林海生"})
        assert answer.status_code == 200, words
        Inert().feed(answer.content.decode())
    text = reader.get("/wangchao/search/?q=渡口+script").content.decode()
    assert "&lt;<mark>script</mark>&gt;<mark>渡口</mark>&lt;/<mark>script</mark>&gt;" in text


# --- every page's way to it ---------------------------------------------------------------


def test_every_page_has_the_box_and_names_the_description(cast: Cast, reader: Client) -> None:
    article = cast.live()
    for path in [
        "/",
        "/wangchao/layout/",
        f"/wangchao/story/{article.pk}/",
        f"/wangchao/section/{cast.news.pk}/",
    ]:
        page = reader.get(path).content.decode()
        assert page.count('action="/wangchao/search/"') == 1, path
        assert 'href="/wangchao/opensearch.xml"' in page
    assert reader.get("/wangchao/search/?q=渡轮").content.decode().count("<form") == 1


def test_the_description_leads_browsers_to_the_search(cast: Cast, reader: Client) -> None:
    cast.publication.name = "望潮<日报>&"
    cast.publication.save()
    answer = reader.get("/wangchao/opensearch.xml")
    assert answer["Content-Type"].startswith("application/opensearchdescription+xml")
    root = ET.fromstring(answer.content)
    address = root.find("{http://a9.com/-/spec/opensearch/1.1/}Url")
    assert address is not None
    assert address.get("template") == "http://testserver/wangchao/search/?q={searchTerms}"
    assert reader.get(f"/wangchao/search/?q={quote('渡轮')}").status_code == 200
