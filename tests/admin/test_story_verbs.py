"""Verbs as buttons: shown when person and states allow, refused for the right reason when pressed all the same."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.desk import stories, workflow
from articles.desk.copies import covering, public_state_of
from articles.models import Article
from articles.states import PublicState, Status, Verb, article_allows
from tests.admin.desk import change_url, form_of, logged_in, text_of, verb_url


def buttons(client, story):
    return set(re.findall(r'data-verb="(\w+)"', text_of(client.get(change_url(story)))))


def press(person, story, verb, **fields):
    return logged_in(person).post(verb_url(story, verb), fields)


PAIRS = [
    (status, public)
    for status in Status
    for public in PublicState
    if any(article_allows(verb, status, public) for verb in (Verb.EDIT, Verb.PULL, Verb.REVISE, Verb.UNSPIKE))
]


@pytest.mark.parametrize(("status", "public"), PAIRS)
def test_only_what_the_states_allow_is_offered(cast, status, public):
    story = cast.story_in(status, public)

    offered = buttons(logged_in(cast.chief), story)

    assert all(article_allows(Verb(verb), status, public) for verb in offered)
    assert ("withdraw" in offered) == article_allows(Verb.WITHDRAW, status, public)
    assert ("publish_article" in offered) == (status == Status.APPROVED)


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("reporter", {"recall"}),
        ("section_editor", {"approve", "send_back", "spike"}),
        ("duty", {"send_back", "spike"}),
        ("layout", set()),
    ],
)
def test_only_what_the_person_may_is_offered(cast, who, offered):
    assert buttons(logged_in(getattr(cast, who)), cast.in_review()) == offered


def test_a_story_goes_all_the_way_by_buttons(cast):
    story = cast.draft()

    assert press(cast.reporter, story, "submit").status_code == 302
    for editor in cast.reviewers:
        assert press(editor, story, "approve", reason="同意").status_code == 302
    assert press(cast.chief, story, "publish_article").status_code == 302

    story.refresh_from_db()
    assert story.status == Status.PUBLISHED
    assert [row.opinion for row in story.reviews.all()] == ["同意"] * 3
    assert covering(story, timezone.now()) is not None


def test_who_may_not_gets_403_and_the_reason(cast):
    story = cast.in_review()

    response = press(cast.reporter, story, "approve")

    assert response.status_code == 403
    assert "taken by somebody with another role" in text_of(response)
    story.refresh_from_db()
    assert story.stage == cast.stages[0]


def test_nobody_approves_their_own_story_and_nobody_twice(cast):
    """RISKS 34."""
    own = workflow.create_article(
        cast.section_editor, cast.publication, cast.content("编辑自己写的", bylines=[])
    )
    workflow.submit(cast.section_editor, own.pk)

    response = press(cast.section_editor, own, "approve")
    assert response.status_code == 403
    assert "Nobody reviews their own story" in text_of(response)

    cast.stages[1].role = "section_editor"
    cast.stages[1].save()
    story = cast.in_review()
    assert press(cast.section_editor, story, "approve").status_code == 302
    response = press(cast.section_editor, story, "approve")
    assert response.status_code == 403
    assert "already approved an earlier stage" in text_of(response)


def test_what_is_not_possible_now_is_said_apart_from_what_is_not_allowed(cast):
    story = cast.draft()

    response = press(cast.chief, story, "withdraw", reason="写好的理由")

    assert response.status_code == 409
    assert "is not possible: the story is “Draft” and “Not public”" in text_of(response)
    assert "写好的理由" in text_of(response)
    assert logged_in(cast.chief).get(verb_url(story, "withdraw")).status_code == 409


def test_pressing_twice_does_it_once(cast):
    story = cast.draft()

    assert press(cast.reporter, story, "submit").status_code == 302
    again = press(cast.reporter, story, "submit")

    assert again.status_code == 409
    story.refresh_from_db()
    assert story.review_round == 1


def test_a_script_is_answered_in_json(cast):
    story = cast.in_review()
    json = {"headers": {"accept": "application/json"}}
    client = logged_in(cast.section_editor)

    assert client.post(verb_url(story, "send_back"), {}, **json).status_code == 400
    refused = logged_in(cast.reporter).post(verb_url(story, "approve"), {}, **json)
    assert (refused.status_code, "error" in refused.json()) == (403, True)
    assert client.post(verb_url(story, "approve"), {}, **json).json() == {"done": "Approved."}
    late = logged_in(cast.reporter).post(verb_url(story, "submit"), {}, **json)
    assert late.status_code == 409
    assert late.json()["error"]


def test_sending_back_wants_a_reason_and_keeps_what_was_typed(cast):
    story = cast.in_review()

    empty = press(cast.section_editor, story, "send_back", reason="  ")
    assert empty.status_code == 200
    assert "This field is required" in text_of(empty)

    press(cast.section_editor, story, "send_back", reason="导语不清")
    story.refresh_from_db()
    assert story.status == Status.DRAFT
    assert "导语不清" in text_of(logged_in(cast.reporter).get(change_url(story)))
    assert "导语不清" in text_of(logged_in(cast.reporter).get("/admin/"))


def test_publishing_at_a_time_is_meant_on_the_papers_clock(cast):
    cast.publication.time_zone = "Asia/Tokyo"
    cast.publication.save()
    story = cast.approved()
    tomorrow = (timezone.now() + timedelta(days=1)).astimezone(cast.publication.zone)

    press(cast.chief, story, "publish_article", at=f"{tomorrow:%Y-%m-%dT22:40}")

    copy = story.copies.get()
    assert (
        f"{copy.visible_from.astimezone(cast.publication.zone):%Y-%m-%d %H:%M}"
        == f"{tomorrow:%Y-%m-%d} 22:40"
    )
    assert public_state_of(story, timezone.now()) == PublicState.SCHEDULED


def test_a_time_that_has_passed_is_refused_with_the_time_kept(cast):
    story = cast.approved()

    response = press(cast.chief, story, "publish_article", at="2020-01-01T08:00")

    assert response.status_code == 409
    assert "already passed" in text_of(response)
    assert "2020-01-01T08:00" in text_of(response)


@pytest.mark.parametrize("at", ["yesterday", "2020-13-45T99:99", "９９９", "\x00"])
def test_a_time_that_is_none_is_an_error_of_the_form(cast, at):
    response = press(cast.chief, cast.approved(), "publish_article", at=at)
    assert response.status_code == 200
    assert "Enter a valid date/time" in text_of(response) or "Null characters" in text_of(response)


def test_a_correction_is_written_over_what_readers_see(cast):
    story = cast.live()
    client = logged_in(cast.chief)
    fields = form_of_only(client.get(verb_url(story, "correct")))

    response = client.post(
        verb_url(story, "correct"), {**fields, "headline": "更正后的标题", "text": "标题有误，已更正。"}
    )

    assert response.status_code == 302
    copy = covering(story, timezone.now())
    assert copy.headline == "更正后的标题"
    assert copy.corrections[0]["text"] == "标题有误，已更正。"


def test_a_correction_that_changes_nothing_is_refused(cast):
    story = cast.live()
    client = logged_in(cast.chief)
    fields = form_of_only(client.get(verb_url(story, "correct")))

    response = client.post(verb_url(story, "correct"), {**fields, "text": "没有改动"})

    assert "Nothing in the story was changed" in text_of(response)
    assert "没有改动" in text_of(response)


def test_two_corrections_at_once_are_shown_beside_each_other(cast):
    story = cast.live()
    client = logged_in(cast.chief)
    fields = form_of_only(client.get(verb_url(story, "correct")))
    stories.correct(cast.duty, story.pk, {"deck": "值班改的副题"}, "副题有误。")

    mine = {**fields, "headline": "总编改的标题", "text": "标题有误。"}
    response = client.post(verb_url(story, "correct"), mine)

    assert response.status_code == 409
    assert "值班改的副题" in text_of(response)
    again = form_of_only(response)
    assert again["headline"] == "总编改的标题"
    assert client.post(verb_url(story, "correct"), again).status_code == 302


@pytest.mark.parametrize("verb", ["edit", "place", "nonsense", "schedule_issue"])
def test_what_is_no_verb_of_a_story_is_not_there(cast, verb):
    assert press(cast.chief, cast.draft(), verb).status_code == 404


def test_a_verb_on_a_story_one_may_not_see_is_not_there(cast):
    story = cast.in_review()
    for person in (cast.colleague, cast.outsider, cast.administrator):
        assert press(person, story, "approve").status_code == 404


@pytest.mark.parametrize("verb", ["submit", "approve", "withdraw", "publish_article"])
def test_every_verb_wants_the_page_s_own_token(cast, verb):
    """RISKS 38."""
    story = cast.draft()
    client = logged_in(cast.chief, enforce_csrf_checks=True)

    assert client.post(verb_url(story, verb), {"reason": "x"}).status_code == 403
    assert Article.objects.get(pk=story.pk).status == Status.DRAFT


def test_reading_never_does_anything(cast):
    story = cast.draft()

    assert logged_in(cast.reporter).get(verb_url(story, "submit")).status_code == 200
    story.refresh_from_db()
    assert story.status == Status.DRAFT


def test_without_a_login_every_verb_leads_to_the_login(cast):
    response = Client().post(verb_url(cast.draft(), "submit"))
    assert response.status_code == 302
    assert response.url.startswith("/admin/login/")


def form_of_only(response):
    """The one form on a verb's page (it has no id of its own)."""
    return form_of(response, None)
