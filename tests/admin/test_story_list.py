"""The list of stories: who sees what, what it can be narrowed by, and what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Membership
from articles.models.publication import Role
from tests.admin.desk import logged_in, text_of

LIST = "/admin/articles/article/"


def test_a_reporter_sees_only_their_own_stories(cast):
    cast.draft("渡轮夜航试运行")

    assert "渡轮夜航试运行" in text_of(logged_in(cast.reporter).get(LIST))
    assert "渡轮夜航试运行" not in text_of(logged_in(cast.colleague).get(LIST))


def test_a_section_editor_sees_their_sections_only(cast):
    cast.draft("渡轮夜航试运行")
    cast.draft("老城书场重开", section=cast.culture.pk)

    page = text_of(logged_in(cast.section_editor).get(LIST))

    assert "渡轮夜航试运行" in page
    assert "老城书场重开" not in page


def test_both_states_stand_in_the_list(cast):
    cast.live("潮位站启用")
    cast.scheduled("周末有雨")

    page = text_of(logged_in(cast.chief).get(LIST))

    assert 'desk-is-published">Published' in page
    assert 'desk-is-live">Live' in page
    assert 'desk-is-scheduled">Scheduled' in page


@pytest.mark.parametrize(
    ("query", "found", "hidden"),
    [
        ("status=review", "在审稿件", "草稿一篇"),
        ("status=draft", "草稿一篇", "在审稿件"),
        ("q=在审", "在审稿件", "草稿一篇"),
        ("kind=news", "草稿一篇", "照片一组"),
    ],
)
def test_the_list_can_be_narrowed(cast, query, found, hidden):
    cast.in_review("在审稿件")
    cast.draft("草稿一篇")
    cast.draft("照片一组", kind="photo")

    page = text_of(logged_in(cast.reporter).get(f"{LIST}?{query}"))

    assert found in page
    assert hidden not in page


def test_filters_by_section_and_by_whose(cast):
    cast.draft("渡轮夜航试运行")
    cast.draft("老城书场重开", section=cast.culture.pk)
    chief = logged_in(cast.chief)

    assert "老城书场重开" not in text_of(chief.get(f"{LIST}?section={cast.news.pk}"))
    assert "渡轮夜航试运行" not in text_of(chief.get(f"{LIST}?whose=mine"))
    assert "渡轮夜航试运行" in text_of(logged_in(cast.reporter).get(f"{LIST}?whose=mine"))


@pytest.mark.parametrize(
    "probe",
    [
        "author__password__startswith=a",
        "created_by__password__startswith=a",
        "created_by__email__contains=w",
        "body__contains=a",
        "bylines__reporter__user__password__startswith=a",
        "publication__memberships__role=reporter",
        "status__exact=draft",
        "nonsense=1",
    ],
)
def test_no_field_can_be_probed_through_the_address(cast, probe):
    """RISKS 8 and 21."""
    assert logged_in(cast.reporter).get(f"{LIST}?{probe}").status_code == 400


@pytest.mark.parametrize("value", ["zzz", "%00", "'", "9" * 400])
def test_a_value_that_is_no_choice_narrows_nothing(cast, value):
    cast.draft()
    client = logged_in(cast.reporter)
    for name in ("status", "section", "kind", "whose"):
        response = client.get(f"{LIST}?{name}={value}")
        assert response.status_code == 200
        assert "渡轮夜航试运行" in text_of(response)


@pytest.mark.parametrize("query", ["o=1.9.-3.x", "p=99999", "q=%00", "e=1", "q=" + "潮" * 3000])
def test_odd_addresses_never_break_the_list(cast, query):
    cast.draft()
    assert logged_in(cast.reporter).get(f"{LIST}?{query}").status_code in (200, 302)


def test_nothing_can_be_done_in_bulk(cast):
    """RISKS 18."""
    story = cast.draft()
    client = logged_in(cast.chief)

    assert 'name="action"' not in text_of(client.get(LIST))
    for action in ("delete_selected", "approve", "publish"):
        client.post(LIST, {"action": action, "_selected_action": [story.pk], "post": "yes"})
    story.refresh_from_db()
    assert story.status == "draft"


@pytest.mark.parametrize("who", ["reporter", "section_editor", "chief"])
def test_the_list_costs_the_same_however_long_it_is(cast, who):
    cast.draft()
    client = logged_in(getattr(cast, who))
    client.get(LIST)
    counts = []
    for more in (1, 12):
        for number in range(more):
            cast.draft(f"第{number}条短讯")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert counts[0] <= 12


def test_a_person_of_two_papers_sees_both(cast):
    Membership.objects.create(user=cast.outsider, publication=cast.publication, role=Role.DUTY_EDITOR)
    cast.draft()

    page = text_of(logged_in(cast.outsider).get(LIST))

    assert "渡轮夜航试运行" in page
    assert "望潮日报 · 要闻" in page
