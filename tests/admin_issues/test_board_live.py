"""What the board's script asks and sends: the parts, the verbs as JSON; nothing stale or forged goes through."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from articles.admin.issue_board import time_left
from articles.admin.lengths import length_of
from articles.body import characters, sanitise
from articles.desk import pages, publishing
from articles.desk.planning import PlannedPage, keep_pattern, plan_issue
from articles.models import Article, ArticlePhoto, Event, Issue, Page, Placement
from tests.admin_issues.conftest import Desk
from tests.admin_issues.test_board import board, of_issue, of_page
from tests.cast import Cast

MOST_QUERIES = 12
JSON = {"accept": "application/json"}


def state(issue: Issue) -> str:
    return reverse("admin:articles_issue_state", args=[issue.pk])


@pytest.fixture
def issue(cast: Cast) -> Issue:
    issue = cast.issue(date(2031, 7, 2))
    for code, label in [("01", "要闻"), ("02", "民生")]:
        pages.place(cast.duty, cast.page(issue, code, label).pk, cast.approved(f"{label}头条").pk)
    return issue


def seen(page: Page) -> str:
    return page.arrangement(list(page.placements.order_by("position")))


# --- the parts ----------------------------------------------------------------------------------------------------


def test_the_parts_are_those_of_the_page_without_tokens(cast: Cast, desk: Desk, issue: Issue) -> None:
    front, second = issue.pages.all()
    client = desk(cast.layout)
    parts = client.get(state(issue), headers=JSON).json()
    assert parts["order"] == [str(front.pk), str(second.pk)]
    assert parts["places"] is True
    assert "要闻头条" in parts["pages"][str(front.pk)]
    assert f'data-seen="{seen(front)}"' in parts["pages"][str(front.pk)]
    assert "csrfmiddlewaretoken" not in str(parts)
    assert cast.layout.first_name not in parts["last"], "the duty editor was the last"
    assert cast.duty.first_name in parts["last"]


def test_while_nothing_changes_the_answer_is_empty(cast: Cast, desk: Desk, issue: Issue) -> None:
    client = desk(cast.duty)
    mark = client.get(state(issue)).headers["ETag"]
    again = client.get(state(issue), headers={"if-none-match": mark})
    assert (again.status_code, again.content) == (304, b"")
    page = issue.pages.first()
    assert page is not None
    pages.place(cast.layout, page.pk, cast.draft("新稿").pk)
    fresh = client.get(state(issue), headers={"if-none-match": mark})
    assert fresh.status_code == 200
    assert "新稿" in fresh.json()["pages"][str(page.pk)]


def test_the_clock_alone_makes_no_new_answer(cast: Cast, desk: Desk) -> None:
    issue = cast.scheduled_issue(cast.approved(), at=timezone.now() + timedelta(days=3))
    client = desk(cast.chief)
    parts = client.get(state(issue)).json()
    assert "data-until=" in parts["head"]
    assert "<strong></strong>" in parts["head"]
    assert parts["places"] is False


def test_who_only_reads_gets_no_tray_and_no_handles(cast: Cast, desk: Desk, issue: Issue) -> None:
    cast.approved("还没有上版")
    client = desk(cast.section_editor)
    parts = client.get(state(issue)).json()
    assert parts["tray"] == ""
    for text in (client.get(board(issue)).text, str(parts)):
        assert "还没有上版" not in text
        assert "board-grip" not in text
        assert '<form method="post" action="/admin/articles' not in text


@pytest.mark.parametrize("find", ["头条", "%", "'\"><script>", "x" * 5000, "\x00"])
@pytest.mark.parametrize("section", ["", "999999", "-1", "abc", "1 or 1=1", "9" * 40])
def test_nonsense_asked_of_the_tray_harms_nothing(
    cast: Cast, desk: Desk, issue: Issue, find: str, section: str
) -> None:
    answer = desk(cast.duty).get(state(issue), {"find": find, "section": section})
    assert answer.status_code == 200
    assert "<script>" not in answer.text


def test_the_tray_is_narrowed_by_section_and_offers_the_pages_own_first(cast: Cast, desk: Desk) -> None:
    keep_pattern(cast.chief, cast.publication.pk, 2, [PlannedPage("01", "副刊", [cast.culture.pk])])
    issue = plan_issue(cast.layout, cast.publication.pk, date(2031, 7, 2))
    waiting, culture, news = cast.in_review("文化审稿"), cast.approved("文化稿"), cast.approved("要闻稿")
    # They were read in 要闻, whose editor the cast has.
    Article.objects.filter(pk__in=[waiting.pk, culture.pk]).update(section=cast.culture)
    client = desk(cast.layout)
    text = client.get(board(issue)).text
    choices = text[text.index('<select name="article"') :]
    order = [choices.index(f'value="{story.pk}"') for story in (culture, news)]
    assert order == sorted(order), "the section of the page comes first"
    narrowed = client.get(state(issue), {"section": cast.culture.pk}).json()["tray"]
    assert "文化稿" in narrowed and "文化审稿" in narrowed
    assert narrowed.index("文化稿") < narrowed.index("文化审稿"), "approved ones first"
    assert "要闻稿" not in narrowed


# --- the verbs, as the script sends them --------------------------------------------------------------------------


def test_a_move_is_made_and_answered_in_json(cast: Cast, desk: Desk, issue: Issue) -> None:
    front, second = issue.pages.all()
    story = front.placements.get().article
    data = {
        "article": story.pk,
        "to": second.pk,
        "position": 1,
        "seen": seen(front),
        "seen_there": seen(second),
    }
    answer = desk(cast.layout).post(of_page(front, "move"), data, headers=JSON)
    assert (answer.status_code, list(answer.json())) == (200, ["done"])
    assert [row.article.headline for row in second.placements.order_by("position")] == [
        "要闻头条",
        "民生头条",
    ]
    repeated = desk(cast.layout).post(of_page(front, "move"), data, headers=JSON)
    assert repeated.status_code == 400, "it does not stand there any more"


@pytest.mark.parametrize("verb", ["place", "unplace", "move", "sign_off_page"])
def test_what_is_stale_is_refused_with_409_and_words(cast: Cast, desk: Desk, issue: Issue, verb: str) -> None:
    front, second = issue.pages.all()
    story = front.placements.get().article
    old = front.digest(list(front.placements.all())) if verb == "sign_off_page" else seen(front)
    pages.place(cast.layout, front.pk, cast.approved("后来的稿").pk)
    before = list(Placement.objects.values_list("page", "article", "position"))
    data = {"article": story.pk, "to": second.pk, "position": 1, "seen": old}
    answer = desk(cast.duty).post(of_page(front, verb), data, headers=JSON)
    assert answer.status_code == 409
    assert "01 要闻" in answer.json()["error"]
    assert list(Placement.objects.values_list("page", "article", "position")) == before
    without_script = desk(cast.duty).post(of_page(front, verb), data)
    assert without_script.status_code == 409
    assert f'href="{board(issue)}#page-{front.pk}"' in without_script.text, "a way back to look again"


@pytest.mark.parametrize("who", ["section_editor", "reporter", "outsider", "administrator", "colleague"])
def test_others_move_nothing(cast: Cast, desk: Desk, issue: Issue, who: str) -> None:
    front, second = issue.pages.all()
    data = {"article": front.placements.get().article_id, "to": second.pk}
    before = Event.objects.count()
    answer = desk(getattr(cast, who)).post(of_page(front, "move"), data, headers=JSON)
    assert answer.status_code == (403 if who == "section_editor" else 404)
    assert Event.objects.count() == before
    assert front.placements.count() == 1


def test_a_scheduled_issue_is_not_rearranged(cast: Cast, desk: Desk) -> None:
    issue = cast.scheduled_issue(cast.approved())
    front, other = issue.pages.get(), cast.page(issue, "02")
    data = {"article": front.placements.get().article_id, "to": other.pk}
    assert desk(cast.duty).post(of_page(front, "move"), data, headers=JSON).status_code == 409


def test_forged_pages_and_stories_are_refused(cast: Cast, desk: Desk, issue: Issue) -> None:
    front, second = issue.pages.all()
    story = front.placements.get().article
    elsewhere = cast.page(cast.issue(), "01")
    theirs = Page.objects.create(
        issue=Issue.objects.create(publication=cast.other_publication, date=date(2031, 7, 2)), code="01"
    )
    client = desk(cast.chief)
    wrong: list[dict[str, Any]] = [
        {"article": story.pk, "to": elsewhere.pk},
        {"article": story.pk, "to": theirs.pk},
        {"article": story.pk, "to": front.pk},
        {"article": story.pk, "to": "abc"},
        {"article": story.pk},
        {"article": cast.approved("不在这版").pk, "to": second.pk},
        {"article": story.pk, "to": second.pk, "position": "0"},
        {"article": story.pk, "to": second.pk, "position": "9" * 20},
        {"article": story.pk, "to": second.pk, "seen": "x" * 500},
    ]
    for data in wrong:
        answer = client.post(of_page(front, "move"), data, headers=JSON)
        assert answer.status_code == 400, data
        assert answer.json()["fields"]
    assert client.post(of_page(theirs, "move"), {"article": story.pk, "to": front.pk}).status_code == 404
    assert front.placements.count() == 1


def test_without_the_token_nothing_moves(cast: Cast, issue: Issue) -> None:
    front, second = issue.pages.all()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.chief)
    data = {"article": front.placements.get().article_id, "to": second.pk}
    assert strict.post(of_page(front, "move"), data, headers=JSON).status_code == 403
    assert front.placements.count() == 1


def test_the_state_takes_no_posts_that_change_anything(cast: Cast, desk: Desk, issue: Issue) -> None:
    before = Event.objects.count()
    desk(cast.chief).post(state(issue), {"status": "published"})
    issue.refresh_from_db()
    assert (issue.status, Event.objects.count()) == ("planning", before)


# --- what a card says ---------------------------------------------------------------------------------------------


def test_a_card_says_what_the_layout_artist_goes_by(cast: Cast, desk: Desk, issue: Issue) -> None:
    from tests.admin.access_stories import a_photo

    front, _second = issue.pages.all()
    story = front.placements.get().article
    ArticlePhoto.objects.create(article=story, photo_id=a_photo(cast)[0])
    with translation.override("en"):
        client = Client(headers={"accept-language": "en"})
        client.force_login(cast.layout)
        text = client.get(board(issue)).text
    cards = text[text.index(f'data-story="{story.pk}"') :]
    card = cards[: cards.index("</li>\n")]
    assert 'class="board-lead"' in card
    assert "desk-is-approved" in card
    assert f"{characters(story.body)} characters" in card
    assert "1 photo" in card


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>渡轮 夜航&amp;试运行&lt;一&gt;</p>",
        '<p>看<a href="https://example.com/?a=1&amp;b=&gt;2">这里</a></p><h2>小标题</h2>',
        "<ul><li>一</li><li>二<br>三</li></ul><blockquote><p>引</p></blockquote>",
        '<p>图</p><figure data-photo="12"></figure><p>5 &lt; 7</p>',
    ],
)
def test_the_quick_count_is_the_real_count(html: str) -> None:
    stored = sanitise(html)
    assert length_of(stored) == characters(stored)


@pytest.mark.parametrize(
    ("ahead", "says"),
    [
        (timedelta(minutes=59, seconds=30), "00:59"),
        (timedelta(hours=25, minutes=3), "1 d 01:03"),
        (timedelta(0), ""),
        (timedelta(seconds=-1), ""),
    ],
    ids=str,
)
def test_the_time_left_is_told_without_a_script(cast: Cast, ahead: timedelta, says: str) -> None:
    now = timezone.now()
    issue = cast.scheduled_issue(cast.approved(), at=now + timedelta(hours=1))
    issue.publish_at = now + ahead
    with translation.override("en"):
        assert time_left(issue, now) == says
    held = publishing.hold_issue(cast.chief, issue.pk)
    assert time_left(held, now) == ""


# --- many ---------------------------------------------------------------------------------------------------------


def crowd(cast: Cast, issue: Issue, each: int) -> None:
    """Many stories on the pages and in the tray; written directly, so that the test stays short."""
    for page in issue.pages.all():
        stories = Article.objects.bulk_create(
            Article(
                publication=cast.publication,
                section=cast.news,
                headline=f"{page.code}-{number}",
                body="<p>潮</p>",
                version=1,
                created_by=cast.reporter,
                updated_by=cast.reporter,
            )
            for number in range(2 * each)
        )
        Placement.objects.bulk_create(
            Placement(page=page, article=story, position=number)
            for number, story in enumerate(stories[:each], 2)
        )


@pytest.mark.parametrize("who", ["layout", "chief", "section_editor"])
@pytest.mark.parametrize("address", [board, state], ids=["page", "parts"])
def test_many_stories_take_no_more_queries(
    cast: Cast, desk: Desk, issue: Issue, who: str, address: Any
) -> None:
    client = desk(getattr(cast, who))
    counts = []
    for each in (0, 40):
        crowd(cast, issue, each)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(issue)).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= MOST_QUERIES, counts


def test_a_scheduled_board_takes_no_more_queries_either(cast: Cast, desk: Desk) -> None:
    issue = cast.scheduled_issue(cast.approved("甲"), cast.approved("乙"))
    client = desk(cast.chief)
    with CaptureQueriesContext(connection) as captured:
        client.get(board(issue))
    assert len(captured) <= MOST_QUERIES
    assert of_issue(issue, "hold_issue") in client.get(board(issue)).text
