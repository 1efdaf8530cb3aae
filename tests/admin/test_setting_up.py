"""Setting up a paper without a developer: order, stages, people, and what is missing."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model

from articles.admin.staffing import each_their_own
from articles.models import Membership, Publication, Reporter, ReviewStage, Section
from tests.admin.desk import logged_in, text_of
from tests.cast import Cast
from tests.screens import Screen

pytestmark = pytest.mark.django_db


def paper_url(cast: Cast) -> str:
    return f"/admin/articles/publication/{cast.publication.pk}/change/"


def person_url(user: Any) -> str:
    return f"/admin/auth/user/{user.pk}/change/"


def sent(client: Any, url: str, field: str, **changes: Any) -> Any:
    """Open the page, change fields of the form that has `field` (dashes written as `__`), send it as a browser does.

    None takes a tick away.
    """
    form = Screen.read(client.get(url).content.decode(), url).form_with(field)
    given = {name.replace("__", "-"): value for name, value in changes.items()}
    pairs = [(name, value) for name, value in form.filled() if name not in given]
    data: dict[str, Any] = {}
    for name, value in [*pairs, *((name, value) for name, value in given.items() if value is not None)]:
        data.setdefault(name, []).append(value)
    return client.post(url, data)


def order(model: Any, paper: Publication) -> list[str]:
    return list(model.objects.filter(publication=paper).order_by("position").values_list("name", flat=True))


def test_stages_change_places(cast: Cast) -> None:
    client = logged_in(cast.administrator)
    answer = sent(
        client, paper_url(cast), "slug",
        stages__0__position="3", stages__1__position="1", stages__2__position="2",
    )  # fmt: skip
    assert answer.status_code == 302
    assert order(ReviewStage, cast.publication) == ["复审", "终审", "初审"]
    assert list(ReviewStage.objects.order_by("position").values_list("position", flat=True)) == [1, 2, 3]


def test_a_new_section_takes_its_place_between_two_others(cast: Cast) -> None:
    client = logged_in(cast.administrator)
    answer = sent(
        client, paper_url(cast), "slug",
        sections__0__position="1", sections__1__position="3",
        sections__2__position="2", sections__2__name="民生",
    )  # fmt: skip
    assert answer.status_code == 302
    assert order(Section, cast.publication) == ["要闻", "民生", "文化"]


def test_a_row_without_a_number_comes_last(cast: Cast) -> None:
    client = logged_in(cast.administrator)
    assert sent(client, paper_url(cast), "slug", sections__2__position="", sections__2__name="民生")
    assert order(Section, cast.publication) == ["要闻", "文化", "民生"]


def test_a_number_alone_makes_no_section(cast: Cast) -> None:
    client = logged_in(cast.administrator)
    assert sent(client, paper_url(cast), "slug", sections__2__position="3").status_code == 302
    assert order(Section, cast.publication) == ["要闻", "文化"]


def test_a_stage_goes_and_another_takes_its_number(cast: Cast) -> None:
    client = logged_in(cast.administrator)
    answer = sent(
        client, paper_url(cast), "slug",
        stages__0__DELETE="on", stages__1__position="1", stages__2__position="2",
    )  # fmt: skip
    assert answer.status_code == 302
    assert order(ReviewStage, cast.publication) == ["复审", "终审"]


def test_the_last_stage_stays(cast: Cast) -> None:
    client = logged_in(cast.administrator)
    answer = sent(
        client, paper_url(cast), "slug",
        stages__0__DELETE="on", stages__1__DELETE="on", stages__2__DELETE="on",
    )  # fmt: skip
    assert answer.status_code == 200
    assert "A paper needs at least one review stage" in text_of(answer)
    assert ReviewStage.objects.count() == 3


def test_a_new_paper_begins_with_the_usual_stages(cast: Cast) -> None:
    client = logged_in(cast.administrator)
    facts = {"name": "潮声晚报", "slug": "chaosheng", "time_zone": "Asia/Shanghai"}
    answer = client.post("/admin/articles/publication/add/", facts)
    paper = Publication.objects.get(slug="chaosheng")
    assert answer["Location"] == f"/admin/articles/publication/{paper.pk}/change/"
    assert paper.stages.count() == 3
    page = text_of(client.get(answer["Location"]))
    assert "There is no section in use" in page
    assert "nobody has this role now" in page


def test_it_is_said_when_nobody_takes_a_stage(cast: Cast) -> None:
    client = logged_in(cast.administrator)
    assert "nobody has this role now" not in text_of(client.get("/admin/settings/")).split("汐湾周报")[0]
    Membership.objects.filter(user=cast.duty).delete()
    page = text_of(client.get("/admin/settings/")).split("汐湾周报")[0]
    assert "“复审” is taken by “Duty editor”, and nobody has this role now" in page


def test_it_is_said_when_there_are_fewer_people_than_stages(cast: Cast) -> None:
    Membership.objects.filter(user=cast.duty).update(user=cast.chief)
    client = logged_in(cast.administrator)
    page = text_of(client.get("/admin/settings/")).split("汐湾周报")[0]
    assert "too few people for the review stages" in page
    Publication.objects.update(one_person_may_review_twice=True)
    page = text_of(client.get("/admin/settings/")).split("汐湾周报")[0]
    assert "too few people for the review stages" not in page


@pytest.mark.parametrize(
    ("groups", "enough"),
    [
        ([{1}, {2}, {3}], True),
        ([{1}, {1, 2}, {2, 3}], True),
        ([{1, 2}, {1}, {2}], False),
        ([{1, 2}, {1}], True),
        ([{1}, {1}], False),
        ([], True),
    ],
)
def test_whether_everybody_finds_their_own_stage(groups: list[set[int]], enough: bool) -> None:
    assert each_their_own(groups) is enough


def test_a_persons_account_roles_and_name_are_one_screen(cast: Cast) -> None:
    client = logged_in(cast.administrator)
    page = text_of(client.get(person_url(cast.reporter)))
    assert "Set a new password" in page
    assert 'name="memberships-0-role"' in page
    assert 'name="reporters-0-name"' in page
    assert "algorithm" not in page


def test_a_name_that_is_there_already_is_linked_by_typing_it(cast: Cast) -> None:
    stringer = Reporter.objects.create(publication=cast.publication, name="何帆", kind="stringer")
    answer = sent(
        logged_in(cast.administrator), person_url(cast.colleague), "first_name",
        reporters__0__publication=cast.publication.pk, reporters__0__name="何帆", reporters__0__kind="staff",
        reporters__0__is_active="on",
    )  # fmt: skip
    assert answer.status_code == 302
    stringer.refresh_from_db()
    assert (stringer.user, stringer.kind) == (cast.colleague, "staff")


def test_a_name_of_somebody_else_is_not_taken_from_them(cast: Cast) -> None:
    answer = sent(
        logged_in(cast.administrator), person_url(cast.colleague), "first_name",
        reporters__0__publication=cast.publication.pk, reporters__0__name=cast.byline.name,
        reporters__0__kind="staff",
    )  # fmt: skip
    assert answer.status_code == 200
    cast.byline.refresh_from_db()
    assert cast.byline.user == cast.reporter


def test_a_name_taken_out_stays_over_its_stories(cast: Cast) -> None:
    story = cast.draft()
    answer = sent(
        logged_in(cast.administrator), person_url(cast.reporter), "first_name", reporters__0__DELETE="on"
    )
    assert answer.status_code == 302
    cast.byline.refresh_from_db()
    assert cast.byline.user is None
    assert story.bylines.get().reporter == cast.byline


def test_a_disabled_person_is_out_and_their_roles_count_no_more(cast: Cast) -> None:
    duty, client = logged_in(cast.duty), logged_in(cast.administrator)
    answer = sent(client, person_url(cast.duty), "first_name", is_active=None)
    assert "nobody has this role now" in text_of(client.get(answer["Location"]))
    assert not get_user_model().objects.get(pk=cast.duty.pk).is_active
    assert duty.get("/admin/").status_code == 302


def test_an_administrator_sets_a_password(cast: Cast) -> None:
    client = logged_in(cast.administrator)
    url = f"/admin/auth/user/{cast.colleague.pk}/password/"
    answer = sent(client, url, "password1", password1="tide-lamp-rope-77", password2="tide-lamp-rope-77")
    assert answer.status_code == 302
    cast.colleague.refresh_from_db()
    assert cast.colleague.check_password("tide-lamp-rope-77")


def test_people_are_found_by_role_and_state(cast: Cast) -> None:
    client = logged_in(cast.administrator)
    page = text_of(client.get("/admin/auth/user/?role=duty_editor"))
    assert "周明远" in page
    assert "林海生" not in page.split("result_list")[1]
    assert "沈知秋" not in text_of(client.get("/admin/auth/user/?state=off")).split('id="changelist"')[1]
