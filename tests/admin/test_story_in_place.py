"""Saving without leaving the page: a script is answered in pieces, and nothing typed is lost there either."""

import pytest
from django.test import Client
from django.urls import reverse

from articles.admin.story_words import key_of
from articles.desk import workflow
from articles.models import Article, Reporter, Revision
from articles.states import Status
from tests.admin.desk import change_url, form_of, logged_in, opened, text_of

ADD = "/admin/articles/article/add/"
JSON = {"accept": "application/json"}


def sent(client, story, **changes):
    """Open the form, change fields (dashes written as `__`), save as the page's script does."""
    fields = opened(client, story)
    fields.update({name.replace("__", "-"): value for name, value in changes.items()})
    return client.post(change_url(story), fields, headers=JSON)


def test_a_save_is_answered_with_the_new_version_and_what_stands_beside_it(cast):
    story = cast.draft()
    client = logged_in(cast.reporter)

    answer = sent(client, story, deck="末班延后", note="补了副题")

    story.refresh_from_db()
    assert (answer.status_code, answer.json()["version"], story.version) == (200, 2, 2)
    assert story.deck == "末班延后"
    assert "补了副题" in answer.json()["panel"]
    assert answer.json()["said"] == "Saved as version 2."
    # Said once, here: the next page does not say it again.
    assert "Saved as version" not in text_of(client.get(change_url(story)))


def test_one_save_after_the_other_goes_over_the_version_before(cast):
    story = cast.draft()
    client = logged_in(cast.reporter)
    fields = opened(client, story)

    for number, deck in ((2, "一"), (3, "二")):
        answer = client.post(change_url(story), {**fields, "deck": deck}, headers=JSON)
        assert answer.json()["version"] == number
        fields["base_version"] = str(answer.json()["version"])

    assert list(story.revisions.values_list("kind", flat=True)) == [Revision.Kind.SAVED] * 3


def test_nothing_changed_is_no_new_version(cast):
    story = cast.draft()

    answer = sent(logged_in(cast.reporter), story)

    assert answer.json()["version"] == 1
    assert "Nothing was changed" in answer.json()["said"]


def test_the_second_of_two_saves_is_shown_both_texts_in_place(cast):
    """RISKS 35."""
    story = cast.draft()
    first, second = logged_in(cast.reporter), logged_in(cast.section_editor)
    one, two = opened(first, story), opened(second, story)
    first.post(change_url(story), {**one, "body": "<p>记者改的正文。</p>"}, headers=JSON)
    mine = {**two, "body": "<p>编辑改的正文。</p>"}

    answer = second.post(change_url(story), mine, headers=JSON)

    told = answer.json()
    assert answer.status_code == 409
    assert told["version"] == 2
    assert "记者改" in told["comparison"]
    assert "编辑改" in told["comparison"]
    # What stands beside the story knows of both.
    assert "#2" in told["panel"]
    assert "#3" in told["panel"]
    story.refresh_from_db()
    assert story.body == "<p>记者改的正文。</p>"
    assert story.revisions.get(kind=Revision.Kind.REFUSED).snapshot["body"] == "<p>编辑改的正文。</p>"

    again = second.post(change_url(story), {**mine, "base_version": str(told["version"])}, headers=JSON)
    story.refresh_from_db()
    assert again.status_code == 200
    assert story.body == "<p>编辑改的正文。</p>"


def test_every_mistake_is_named_by_the_box_it_is_in(cast):
    story = cast.draft()

    answer = sent(
        logged_in(cast.reporter),
        story,
        headline="",
        deck="行一\u202e行二",
        body="<blockquote>" * 20_000 + "深",
        bylines__0__reporter="",
        bylines__0__who="王海",
    )

    assert answer.status_code == 400
    assert set(answer.json()["fields"]) == {"headline", "deck", "body", "bylines-0-who"}
    story.refresh_from_db()
    assert story.version == 1


def test_what_was_typed_too_late_is_kept_as_a_revision(cast):
    story = cast.draft()
    client = logged_in(cast.reporter)
    fields = opened(client, story)
    workflow.submit(cast.reporter, story.pk)

    answer = client.post(change_url(story), {**fields, "headline": "晚了一步的标题"}, headers=JSON)

    assert answer.status_code == 403
    kept = story.revisions.get(number=answer.json()["kept"])
    assert (kept.kind, kept.snapshot["headline"]) == (Revision.Kind.REFUSED, "晚了一步的标题")


def test_who_may_not_write_it_is_told_nothing_of_it(cast):
    """RISKS 13."""
    story = cast.draft()
    fields = {**opened(logged_in(cast.reporter), story), "headline": "别人的手"}
    answers = {
        who: logged_in(getattr(cast, who)).post(change_url(story), fields, headers=JSON)
        for who in ("colleague", "outsider", "administrator", "layout")
    }

    assert {who: answer.status_code for who, answer in answers.items()} == {
        "colleague": 404,
        "outsider": 404,
        "administrator": 404,
        "layout": 403,
    }
    assert not any("渡轮夜航试运行" in text_of(answer) for answer in answers.values())
    assert story.revisions.count() == 1


def test_where_much_changes_the_page_is_shown_anew(cast):
    client = logged_in(cast.reporter)
    draft, approved = cast.draft(), cast.approved("已签发的稿件")

    handed_in = sent(client, draft, headline="送审的标题", _submit="1")
    revoked = sent(client, approved, headline="改了标题")

    assert handed_in.json() == {"leave": change_url(draft)}
    assert revoked.json() == {"leave": change_url(approved)}
    assert Article.objects.get(pk=draft.pk).status == Status.REVIEW
    assert "The approval was revoked" in text_of(client.get(change_url(approved)))


def test_a_new_story_leads_to_its_own_page(cast):
    client = logged_in(cast.reporter)
    fields = {**form_of(client.get(ADD)), "headline": "渔港开放日"}

    answer = client.post(ADD, fields, headers=JSON)

    assert answer.json() == {"leave": change_url(Article.objects.get())}


def test_a_new_story_with_a_mistake_stays_where_it_is(cast):
    client = logged_in(cast.reporter)

    answer = client.post(ADD, {**form_of(client.get(ADD)), "headline": ""}, headers=JSON)

    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["headline"])
    assert not Article.objects.exists()


@pytest.mark.parametrize("name", ["new_name", "send_photo", "preview_new", "preview", "change", "add"])
def test_a_request_from_another_site_is_refused(cast, name):
    """RISKS 38."""
    args = [cast.draft().pk] if name in ("preview", "change") else []
    client = logged_in(cast.chief, enforce_csrf_checks=True)
    data = {"name": "王海", "kind": "staff", "paper": str(cast.publication.pk)}

    answer = client.post(reverse(f"admin:articles_article_{name}", args=args), data, headers=JSON)

    assert answer.status_code == 403
    assert not Reporter.objects.filter(name="王海").exists()


def test_without_a_session_a_save_is_led_to_the_login(cast):
    story = cast.draft()
    fields = {**opened(logged_in(cast.reporter), story), "headline": "没登录的标题"}

    answer = Client().post(change_url(story), fields, headers=JSON)

    assert answer.status_code == 302
    assert answer.url.startswith("/admin/login/")


def test_copies_on_a_shared_machine_are_sealed_with_a_key_of_ones_own(cast):
    story = cast.draft()
    pages = [text_of(logged_in(person).get(change_url(story))) for person in (cast.reporter, cast.duty)]

    assert key_of(cast.reporter) in pages[0]
    assert key_of(cast.reporter) not in pages[1]
    assert len({key_of(person) for person in (cast.reporter, cast.colleague, cast.duty)}) == 3
    before = key_of(cast.reporter)
    cast.reporter.set_password("another-lamp-42")
    assert key_of(cast.reporter) != before


# --- names --------------------------------------------------------------------------------------------------------


def test_a_name_may_be_typed_as_it_is_printed(cast):
    he = Reporter.objects.create(publication=cast.publication, name="高洁")
    story = cast.draft()

    answer = sent(logged_in(cast.reporter), story, bylines__0__reporter="", bylines__0__who="高 洁")

    assert answer.status_code == 200
    assert story.bylines.get().reporter == he


@pytest.mark.parametrize("name", ["王海", "方外人", "何旧"])
def test_a_name_that_is_on_no_list_of_ones_own_is_not_taken(cast, name):
    Reporter.objects.create(publication=cast.other_publication, name="方外人")
    Reporter.objects.create(publication=cast.publication, name="何旧", is_active=False)
    story = cast.draft()

    answer = sent(logged_in(cast.reporter), story, bylines__0__who=name)

    assert answer.json()["fields"] == {"bylines-0-who": [f"“{name}” is not on the list of names."]}
    assert story.bylines.get().reporter == cast.byline


def test_a_row_without_a_name_is_no_row(cast):
    client = logged_in(cast.duty)
    fields = {**form_of(client.get(ADD)), "headline": "无署名", "bylines-0-ORDER": "1"}

    client.post(ADD, fields)

    assert not Article.objects.get().bylines.exists()
