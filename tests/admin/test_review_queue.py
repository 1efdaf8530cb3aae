"""The review queue and the workbench: what waits for whom."""

import pytest

from articles.desk import workflow
from articles.models import Article
from tests.admin.desk import logged_in, text_of

QUEUE = "/admin/articles/article/review/"


def test_the_queue_shows_ones_own_stage_the_longest_waiting_first(cast):
    cast.in_review("先交的")
    cast.in_review("后交的")
    cast.in_review("到复审的", stage=1)

    page = text_of(logged_in(cast.section_editor).get(QUEUE))

    assert page.index("先交的") < page.index("后交的")
    assert "到复审的" not in page
    assert "到复审的" in text_of(logged_in(cast.duty).get(QUEUE))


def test_the_queue_keeps_to_ones_sections(cast):
    workflow.submit(cast.reporter, cast.draft("文化稿", section=cast.culture.pk).pk)

    assert "文化稿" not in text_of(logged_in(cast.section_editor).get(QUEUE))


def test_ones_own_story_stands_there_with_the_reason_why_another_must_decide(cast):
    own = workflow.create_article(
        cast.section_editor, cast.publication, cast.content("编辑自己写的", bylines=[])
    )
    workflow.submit(cast.section_editor, own.pk)

    assert "Nobody reviews their own story" in text_of(logged_in(cast.section_editor).get(QUEUE))


@pytest.mark.parametrize("who", ["reporter", "layout", "administrator"])
def test_who_takes_no_stage_has_no_queue(cast, who):
    client = logged_in(getattr(cast, who))
    assert client.get(QUEUE).status_code == 403
    assert QUEUE not in text_of(client.get("/admin/"))
    assert QUEUE not in text_of(client.get("/admin/articles/article/"))


def test_the_queue_costs_little(cast, django_assert_max_num_queries):
    for number in range(4):
        cast.in_review(f"第{number}篇")
    client = logged_in(cast.section_editor)

    # Whether one is an author, and whether one has approved before, is asked story by story.
    with django_assert_max_num_queries(12 + 2 * Article.objects.count()):
        client.get(QUEUE)


def test_the_workbench_is_each_persons_own(cast):
    cast.draft("记者的草稿")
    waiting = cast.in_review("等初审的")
    back = cast.in_review("被退回的")
    workflow.send_back(cast.section_editor, back.pk, "请补充出处")

    reporter = text_of(logged_in(cast.reporter).get("/admin/"))
    assert "记者的草稿" in reporter
    assert "请补充出处" in reporter
    assert "许若澜" in reporter
    assert "Waiting for my review" not in reporter

    editor = text_of(logged_in(cast.section_editor).get("/admin/"))
    assert waiting.headline in editor
    assert "Waiting for my review" in editor

    assert "记者的草稿" not in text_of(logged_in(cast.colleague).get("/admin/"))
    outsider = text_of(logged_in(cast.outsider).get("/admin/"))
    assert "等初审的" not in outsider


def test_an_administrator_without_a_role_is_told_what_is_theirs(cast):
    page = text_of(logged_in(cast.administrator).get("/admin/"))

    assert "You look after accounts and settings" in page
    assert "/admin/auth/user/" in page
    assert "/admin/articles/article/" not in page


def test_the_workbench_costs_the_same_however_much_there_is(cast, django_assert_max_num_queries):
    for number in range(9):
        cast.draft(f"草稿{number}")
        cast.in_review(f"在审{number}")

    client = logged_in(cast.reporter)

    with django_assert_max_num_queries(14):
        client.get("/admin/")
