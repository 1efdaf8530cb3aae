"""A paper is set up without a developer; an administrator gets no further than that."""

import pytest
from django.contrib.auth import get_user_model

from articles.models import Membership, Reporter, Section
from tests.admin.desk import logged_in
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db


def test_an_administrator_makes_an_account_that_can_log_in(cast: Cast) -> None:
    client = logged_in(cast.administrator)
    answer = client.post(
        "/admin/auth/user/add/",
        {
            "username": "newcomer",
            "usable_password": "true",
            "password1": "tide-lamp-rope-77",
            "password2": "tide-lamp-rope-77",
            "first_name": "乔渡",
            "is_staff": "on",
            "memberships-TOTAL_FORMS": "0",
            "memberships-INITIAL_FORMS": "0",
        },
    )
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    account = get_user_model().objects.get(username="newcomer")
    assert account.is_staff
    assert account.check_password("tide-lamp-rope-77")


def test_an_account_is_disabled_never_deleted(cast: Cast) -> None:
    client = logged_in(cast.administrator)
    assert client.post(f"/admin/auth/user/{cast.reporter.pk}/delete/", {"post": "yes"}).status_code == 403
    assert get_user_model().objects.filter(pk=cast.reporter.pk).exists()


def test_a_review_stage_in_use_cannot_be_taken_away(cast: Cast) -> None:
    cast.in_review()
    client = logged_in(cast.administrator)
    page = client.post(f"/admin/articles/publication/{cast.publication.pk}/delete/", {"post": "yes"})
    assert page.status_code != 500
    cast.publication.refresh_from_db()


def test_an_editor_adds_a_name_to_their_own_paper_only(cast: Cast) -> None:
    client = logged_in(cast.section_editor)
    form = {"publication": cast.publication.pk, "name": "罗一苇", "kind": "stringer", "is_active": "on"}
    assert client.post("/admin/articles/reporter/add/", form).status_code == 302
    assert Reporter.objects.get(name="罗一苇").publication == cast.publication
    form |= {"publication": cast.other_publication.pk, "name": "别家人"}
    assert client.post("/admin/articles/reporter/add/", form).status_code == 200
    assert not Reporter.objects.filter(name="别家人").exists()


def test_an_editor_is_not_shown_the_accounts_of_other_papers(cast: Cast) -> None:
    page = logged_in(cast.chief).get("/admin/articles/reporter/add/").content.decode()
    assert f'value="{cast.reporter.pk}"' in page
    assert f'value="{cast.outsider.pk}">' not in page.split('name="user"')[1].split("</select>")[0]


@pytest.mark.parametrize("path", ["auth/user", "articles/membership", "articles/reporter"])
def test_a_list_cannot_be_asked_for_what_it_does_not_show(cast: Cast, path: str) -> None:
    client = logged_in(cast.administrator)
    for probe in ("password__startswith", "user__password__startswith"):
        assert client.get(f"/admin/{path}/", {probe: "m"}).status_code == 400


def test_a_seat_that_ends_before_it_begins_is_refused_with_what_was_typed(cast: Cast) -> None:
    client = logged_in(cast.administrator)
    seats = Membership.objects.count()
    form = {
        "user": cast.colleague.pk,
        "publication": cast.publication.pk,
        "role": "duty_editor",
        "valid_from": "2026-07-02",
        "valid_until": "2026-07-01",
    }
    page = client.post("/admin/articles/membership/add/", form)
    assert page.status_code == 200
    assert "2026-07-02" in page.content.decode()
    assert Membership.objects.count() == seats


def test_sections_are_kept_with_their_paper(cast: Cast) -> None:
    page = logged_in(cast.administrator).get(f"/admin/articles/publication/{cast.publication.pk}/change/")
    assert "要闻" in page.content.decode()
    assert Section.objects.filter(publication=cast.publication).count() == 2
    assert PASSWORD not in page.content.decode()
