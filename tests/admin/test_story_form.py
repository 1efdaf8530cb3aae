"""Writing a story: saved through the verbs, and whatever is refused comes back with what was typed."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from articles.desk import workflow
from articles.models import Article, Reporter, Revision, Section
from articles.states import Status
from tests.admin.desk import change_url, form_of, logged_in, opened, saved, text_of

ADD = "/admin/articles/article/add/"


def new(client, **changes):
    fields = form_of(client.get(ADD))
    fields.update({name.replace("__", "-"): value for name, value in changes.items()})
    return client.post(ADD, fields)


def test_a_reporter_files_a_story(cast):
    response = new(
        logged_in(cast.reporter), headline="渔港开放日", section=str(cast.news.pk), body="<p>游客过万。</p>"
    )

    story = Article.objects.get()
    assert response.status_code == 302
    assert response.url == change_url(story)
    assert (story.headline, story.body, story.status) == ("渔港开放日", "<p>游客过万。</p>", Status.DRAFT)
    assert story.created_by == cast.reporter
    assert [byline.reporter for byline in story.bylines.all()] == [cast.byline]
    assert story.revisions.count() == 1


def test_save_and_submit_is_one_press(cast):
    new(logged_in(cast.reporter), headline="渔港开放日", section=str(cast.news.pk), _submit="1")

    assert Article.objects.get().status == Status.REVIEW


def test_a_story_that_cannot_be_handed_in_yet_is_saved_all_the_same(cast):
    client = logged_in(cast.reporter)

    page = client.get(new(client, headline="渔港开放日", _submit="1").url)

    assert Article.objects.get().status == Status.DRAFT
    assert "Choose a section first" in text_of(page)


def test_every_field_is_saved(cast):
    story = cast.draft()

    response = saved(
        logged_in(cast.reporter),
        story,
        kind="feature",
        kicker="方便夜归人",
        headline="渡轮夜航",
        deck="末班延后",
        summary="一句提要",
        dateline="本报讯",
        body="<h2>小标题</h2><p>正文</p>",
        embargo_until="2031-05-01T08:30",
        section=str(cast.culture.pk),
        note="补了副题",
    )

    story.refresh_from_db()
    assert response.status_code == 302
    assert (story.kind, story.kicker, story.deck, story.summary) == (
        "feature",
        "方便夜归人",
        "末班延后",
        "一句提要",
    )
    assert (story.dateline, story.body) == ("本报讯", "<h2>小标题</h2>\n<p>正文</p>")
    assert story.section == cast.culture
    assert story.embargo_until.isoformat() == "2031-05-01T00:30:00+00:00"
    assert story.revisions.first().note == "补了副题"
    assert story.version == 2


def test_the_embargo_is_on_the_papers_clock(cast):
    cast.publication.time_zone = "Europe/London"
    cast.publication.save()
    story = cast.draft()

    saved(logged_in(cast.reporter), story, embargo_until="2031-01-01T08:30")

    story.refresh_from_db()
    assert story.embargo_until.isoformat() == "2031-01-01T08:30:00+00:00"
    assert opened(logged_in(cast.reporter), story)["embargo_until"] == "2031-01-01T08:30"


def test_saving_without_a_change_leaves_no_revision_and_no_approval_behind(cast):
    story = cast.approved(embargo_until="2031-05-01T00:30:00+00:00")

    response = saved(logged_in(cast.reporter), story)

    story.refresh_from_db()
    assert response.status_code == 302
    assert (story.status, story.version) == (Status.APPROVED, 1)


def test_an_edit_after_approval_revokes_it_and_says_so(cast):
    """RISKS 22."""
    story = cast.approved()
    client = logged_in(cast.reporter)

    assert "revokes the approval" in text_of(client.get(change_url(story)))
    saved(client, story, headline="改了标题")

    story.refresh_from_db()
    assert story.status == Status.DRAFT
    assert "The approval was revoked" in text_of(client.get(change_url(story)))


def test_bylines_are_added_ordered_and_taken_out(cast):
    story = cast.draft()
    he = Reporter.objects.create(publication=cast.publication, name="何帆")
    client = logged_in(cast.reporter)

    saved(
        client,
        story,
        bylines__TOTAL_FORMS="2",
        bylines__0__ORDER="2",
        bylines__1__reporter=str(he.pk),
        bylines__1__role="photo",
        bylines__1__title="通讯员",
        bylines__1__ORDER="1",
    )
    assert [(row.reporter.name, row.role) for row in story.bylines.all()] == [
        ("何帆", "photo"),
        ("林海生", "text"),
    ]

    saved(client, story, bylines__0__DELETE="on")
    assert [row.reporter.name for row in story.bylines.all()] == ["林海生"]


def test_a_name_of_another_paper_is_refused(cast):
    story = cast.draft()
    stranger = Reporter.objects.create(publication=cast.other_publication, name="方予安")

    response = saved(
        logged_in(cast.reporter), story, headline="打好的字", bylines__0__reporter=str(stranger.pk)
    )

    assert response.status_code == 200
    assert form_of(response)["headline"] == "打好的字"
    assert "方予安" not in text_of(response)
    assert [row.reporter for row in story.bylines.all()] == [cast.byline]


def test_a_section_of_another_paper_is_refused(cast):
    story = cast.draft()
    foreign = Section.objects.create(publication=cast.other_publication, name="外地")

    response = saved(logged_in(cast.reporter), story, section=str(foreign.pk))

    assert response.status_code == 200
    assert "外地" not in text_of(response)
    story.refresh_from_db()
    assert story.section == cast.news


FORGED = ["行一\r\nBcc: x@evil.test", "行一\x00行二", "行一\u202e行二"]
GROWING = ["headline", "kicker", "deck"]


@pytest.mark.parametrize("field", GROWING)
def test_a_headline_pasted_over_several_lines_is_one_line(cast, field):
    story = cast.draft()

    response = saved(logged_in(cast.reporter), story, **{field: " 行一\r\n行二\n\n Bcc: x "})

    assert response.status_code == 302
    story.refresh_from_db()
    assert getattr(story, field) == "行一 行二 Bcc: x"


@pytest.mark.parametrize(
    ("field", "forged"),
    [
        *((field, forged) for field in ("dateline", "bylines__0__title") for forged in FORGED),
        *((field, forged) for field in GROWING for forged in FORGED[1:]),
    ],
)
def test_a_line_break_in_a_line_is_refused_and_the_text_kept(cast, field, forged):
    """RISKS 33."""
    story = cast.draft()

    response = saved(logged_in(cast.reporter), story, summary="别处打好的字", **{field: forged})

    assert response.status_code == 200
    assert form_of(response)["summary"] == "别处打好的字"
    story.refresh_from_db()
    assert story.version == 1


def test_a_body_too_deep_or_too_large_is_refused_and_kept(cast):
    """RISKS 25."""
    story = cast.draft()
    client = logged_in(cast.reporter)
    for body in ("<blockquote>" * 20_000 + "深", "<p>" + "潮" * 90_000 + "</p>"):
        response = saved(client, story, headline="打好的标题", body=body)

        assert response.status_code == 200
        assert "so nothing was saved" in text_of(response)
        kept = form_of(response)
        assert kept["headline"] == "打好的标题"
        assert kept["body"] == body
    story.refresh_from_db()
    assert story.version == 1


def test_status_and_its_like_are_never_read_and_leave_a_line_in_the_log(cast, caplog):
    """RISKS 19."""
    story = cast.draft()

    response = saved(
        logged_in(cast.reporter),
        story,
        headline="新标题",
        status="published",
        publish_at="2020-01-01",
        author=str(cast.chief.pk),
        created_by=str(cast.chief.pk),
    )

    story.refresh_from_db()
    assert response.status_code == 302
    assert (story.status, story.created_by, story.headline) == (Status.DRAFT, cast.reporter, "新标题")
    assert "reporter sent fields that are never edited: author, created_by, publish_at, status" in caplog.text


@pytest.mark.parametrize("rows", ["bylines", "photos"])
@pytest.mark.parametrize("count", ["100000", "-1", "x", ""])
def test_a_forged_number_of_rows_is_a_bad_request(cast, rows, count):
    """RISKS 37."""
    story = cast.draft()
    client = logged_in(cast.reporter)
    fields = {**opened(client, story), f"{rows}-TOTAL_FORMS": count}

    assert client.post(change_url(story), fields).status_code == 400


def test_rows_have_no_keys_to_forge(cast):
    """RISKS 20: a row of somebody else's story cannot be named, so it cannot be taken over."""
    mine = cast.draft()
    other = workflow.create_article(cast.section_editor, cast.publication, cast.content("别人的稿件"))
    theirs = other.bylines.get()

    saved(
        logged_in(cast.reporter),
        mine,
        bylines__0__id=str(theirs.pk),
        bylines__0__article=str(other.pk),
        bylines__0__title="改了",
        bylines__INITIAL_FORMS="1",
    )

    theirs.refresh_from_db()
    assert (theirs.article, theirs.title) == (other, "记者")
    assert mine.bylines.get().title == "改了"


def test_a_story_of_another_desk_is_not_there(cast):
    """RISKS 13 and 15."""
    story = cast.draft()
    client = logged_in(cast.colleague)
    addresses = [
        change_url(story),
        reverse("admin:articles_article_history", args=[story.pk]),
        reverse("admin:articles_article_revision", args=[story.pk, 1]),
        f"{ADD}?copy={story.pk}",
    ]

    assert [client.get(address).status_code for address in addresses[:3]] == [404, 404, 404]
    assert "渡轮夜航试运行" not in text_of(client.get(addresses[3]))
    assert client.post(change_url(story), {"headline": "x"}).status_code == 404


def test_nobody_deletes_a_story(cast):
    story = cast.draft()
    for person in (cast.reporter, cast.chief, cast.administrator):
        client = logged_in(person)
        address = reverse("admin:articles_article_delete", args=[story.pk])
        assert client.get(address).status_code == 403
        assert client.post(address, {"post": "yes"}).status_code == 403
    assert Article.objects.filter(pk=story.pk).exists()


# --- two at once ------------------------------------------------------------------------------------------------


def test_the_second_of_two_saves_is_refused_and_both_texts_are_kept(cast):
    """RISKS 35."""
    story = cast.draft()
    first, second = logged_in(cast.reporter), logged_in(cast.section_editor)
    one, two = opened(first, story), opened(second, story)
    first.post(change_url(story), {**one, "body": "<p>记者改的正文。</p>"})

    response = second.post(change_url(story), {**two, "body": "<p>编辑改的正文。</p>", "deck": "编辑的副题"})

    assert response.status_code == 409
    form = form_of(response)
    assert (form["body"], form["deck"]) == ("<p>编辑改的正文。</p>", "编辑的副题")
    page = text_of(response)
    assert "记者改的正文" in page
    assert "Their text and yours" in page
    story.refresh_from_db()
    assert story.body == "<p>记者改的正文。</p>"
    kept = story.revisions.get(kind=Revision.Kind.REFUSED)
    assert kept.snapshot["body"] == "<p>编辑改的正文。</p>"
    assert kept.created_by == cast.section_editor

    assert second.post(change_url(story), form).status_code == 302
    story.refresh_from_db()
    assert (story.body, story.deck) == ("<p>编辑改的正文。</p>", "编辑的副题")


def test_a_forged_or_missing_base_version_never_overwrites(cast):
    story = cast.draft()
    client = logged_in(cast.reporter)
    for forged in ("", "99", "-1", "x"):
        response = saved(client, story, headline="覆盖", base_version=forged)
        assert response.status_code in (200, 409)
    story.refresh_from_db()
    assert story.headline == "渡轮夜航试运行"


def test_what_was_typed_while_the_story_went_into_review_is_kept(cast):
    story = cast.draft()
    client = logged_in(cast.reporter)
    fields = opened(client, story)
    workflow.submit(cast.reporter, story.pk)

    response = client.post(change_url(story), {**fields, "headline": "晚了一步的标题"})

    assert response.status_code == 403
    assert form_of(response)["headline"] == "晚了一步的标题"
    assert "in review: only the reviewer" in text_of(response)
    assert story.revisions.get(kind=Revision.Kind.REFUSED).snapshot["headline"] == "晚了一步的标题"


def test_a_scheduled_story_cannot_be_edited_until_it_is_pulled(cast):
    """RISKS 40."""
    story = cast.approved()
    client = logged_in(cast.reporter)
    fields = opened(client, story)
    cast._later(story)

    response = client.post(change_url(story), {**fields, "body": "<p>删了一句。</p>"})
    assert response.status_code == 409
    assert form_of(response)["body"] == "<p>删了一句。</p>"
    assert "To read only" in text_of(client.get(change_url(story)))

    logged_in(cast.chief).post(f"/admin/articles/article/{story.pk}/verb/pull/", {"reason": "有误"})
    response = saved(client, story, body="<p>删了一句。</p>")
    story.refresh_from_db()
    assert story.body == "<p>删了一句。</p>"
    assert not story.copies.exists()


def test_who_may_only_look_is_shown_the_text_and_the_reason(cast):
    story = cast.draft()
    client = logged_in(cast.layout)

    page = text_of(client.get(change_url(story)))

    assert "Only its authors and the editors of its section" in page
    assert "市民多了一个回家的选择" in page
    assert "story-form" not in page
    assert client.post(change_url(story), {"headline": "x"}).status_code == 403


def test_a_correction_that_is_missing_is_shown_and_can_be_marked_as_carried(cast):
    from articles.desk import stories

    story = workflow.revise(cast.chief, cast.live().pk)
    saved(logged_in(cast.reporter), story, deck="新的副题")
    stories.correct(cast.chief, story.pk, {"headline": "更正的标题"}, "标题有误。")
    client = logged_in(cast.reporter)

    assert "标题有误。" in text_of(client.get(change_url(story)))
    saved(client, story, headline="更正的标题", carries_correction="on")

    story.refresh_from_db()
    assert story.missing_correction is None


def test_the_page_of_a_story_costs_no_more_with_a_long_history(cast, django_assert_max_num_queries):
    story = cast.draft()
    client = logged_in(cast.reporter)
    for number in range(12):
        saved(client, story, headline=f"第{number}稿")

    with django_assert_max_num_queries(45):
        client.get(change_url(story))


def test_the_preview_shows_what_readers_will_see_to_whoever_may_see_the_story(cast):
    """RISKS 16."""
    story = cast.draft()
    link = re.search(r'href="(/preview/[^"]+)"', text_of(logged_in(cast.reporter).get(change_url(story))))

    preview = Client().get(link[1])

    assert preview.status_code == 200
    assert "渡轮夜航试运行" in text_of(preview)
    assert "no-store" in preview["Cache-Control"]
    assert "/preview/" not in text_of(logged_in(cast.colleague).get(change_url(story)))
