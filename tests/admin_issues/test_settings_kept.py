"""Settings in use stay, and saying so tells administrators nothing of the content."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission

from articles.models import Membership, Publication, ReviewStage, Section
from tests.admin_issues.conftest import Desk
from tests.cast import Cast

PAPER = "/admin/articles/publication/"
SEATS = "/admin/articles/membership/"
ACCOUNTS = "/admin/auth/user/"


def paper_form(cast: Cast, **more: Any) -> dict[str, Any]:
    paper = cast.publication
    data: dict[str, Any] = {
        "name": paper.name,
        "slug": paper.slug,
        "cn_number": "CN 33-0000",
        "time_zone": "Asia/Shanghai",
    }
    for prefix, rows, names in [
        ("sections", Section.objects.filter(publication=paper), ["name", "position"]),
        ("stages", ReviewStage.objects.filter(publication=paper), ["position", "name", "role"]),
    ]:
        data |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": len(rows)}
        for number, row in enumerate(rows):
            data |= {f"{prefix}-{number}-id": row.pk, f"{prefix}-{number}-publication": paper.pk}
            data |= {f"{prefix}-{number}-{name}": getattr(row, name) for name in names}
    return data | more


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_paper_with_stories_is_not_deleted_and_its_stories_are_not_named(
    cast: Cast, desk: Desk, method: str
) -> None:
    cast.draft("渡轮夜航试运行")
    client = desk(cast.administrator)
    answer = getattr(client, method)(f"{PAPER}{cast.publication.pk}/delete/", {"post": "yes"})
    assert "渡轮" not in answer.text
    assert answer.status_code == 302
    assert Publication.objects.filter(pk=cast.publication.pk).exists()
    assert "渡轮" not in client.get(answer.url).text


@pytest.mark.parametrize("row", ["sections-0", "stages-0"])
def test_a_section_or_stage_in_use_is_not_taken_away_and_no_story_named(
    cast: Cast, desk: Desk, row: str
) -> None:
    cast.in_review("渡轮夜航试运行")
    data = paper_form(cast, **{f"{row}-DELETE": "on"})
    answer = desk(cast.administrator).post(f"{PAPER}{cast.publication.pk}/change/", data)
    assert answer.status_code == 200
    assert "errorlist" in answer.text
    assert "渡轮" not in answer.text
    assert ReviewStage.objects.count() == 3
    assert Section.objects.count() == 2


def test_one_that_is_not_in_use_goes(cast: Cast, desk: Desk) -> None:
    data = paper_form(cast, **{"sections-1-DELETE": "on", "stages-2-DELETE": "on"})
    answer = desk(cast.administrator).post(f"{PAPER}{cast.publication.pk}/change/", data)
    assert answer.status_code == 302, answer.text
    assert (Section.objects.count(), ReviewStage.objects.count()) == (1, 2)


def test_a_seat_has_no_sections_of_another_paper(cast: Cast, desk: Desk) -> None:
    theirs = Section.objects.create(publication=cast.other_publication, name="灯会")
    seat = Membership.objects.get(user=cast.section_editor)
    data = {
        "user": cast.section_editor.pk,
        "publication": cast.publication.pk,
        "role": "section_editor",
        "sections": [theirs.pk],
    }
    answer = desk(cast.administrator).post(f"{SEATS}{seat.pk}/change/", data)
    assert answer.status_code == 200
    assert "errorlist" in answer.text
    assert list(seat.sections.all()) == [cast.news]
    data["sections"] = [cast.news.pk, cast.culture.pk]
    assert desk(cast.administrator).post(f"{SEATS}{seat.pk}/change/", data).status_code == 302
    assert seat.sections.count() == 2


@pytest.fixture
def clerk(cast: Cast) -> Any:
    """Somebody who may keep accounts and nothing else."""
    names = ["view_user", "change_user", "add_user"]
    cast.colleague.user_permissions.set(Permission.objects.filter(codename__in=names))
    return cast.colleague


def account_form(user: Any, **more: Any) -> dict[str, Any]:
    return {
        "username": user.username,
        "first_name": user.first_name,
        "is_active": "on",
        "is_staff": "on",
        "memberships-TOTAL_FORMS": 0,
        "memberships-INITIAL_FORMS": 0,
        "reporters-TOTAL_FORMS": 0,
        "reporters-INITIAL_FORMS": 0,
        **more,
    }


def test_nobody_but_an_administrator_makes_administrators(cast: Cast, desk: Desk, clerk: Any) -> None:
    every = [row.pk for row in Permission.objects.all()]
    data = account_form(clerk, is_superuser="on", user_permissions=every)
    desk(clerk).post(f"{ACCOUNTS}{clerk.pk}/change/", data)
    clerk.refresh_from_db()
    assert not clerk.is_superuser
    assert clerk.user_permissions.count() == 3


def test_nobody_but_an_administrator_changes_an_administrators_account(
    cast: Cast, desk: Desk, clerk: Any
) -> None:
    address = f"{ACCOUNTS}{cast.administrator.pk}"
    assert desk(clerk).post(f"{address}/change/", account_form(cast.administrator)).status_code == 403
    passwords = {"password1": "new-lamp-tide-77", "password2": "new-lamp-tide-77"}
    assert desk(clerk).post(f"{address}/password/", passwords).status_code == 403


def test_one_does_not_lock_oneself_out(cast: Cast, desk: Desk) -> None:
    data = account_form(cast.administrator)
    del data["is_active"]
    desk(cast.administrator).post(f"{ACCOUNTS}{cast.administrator.pk}/change/", data)
    cast.administrator.refresh_from_db()
    assert cast.administrator.is_active
    assert cast.administrator.is_superuser
