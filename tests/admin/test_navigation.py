"""The rail: the places of work that are open to a person, and who they are."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Membership
from articles.models.publication import Role
from tests.admin.desk import logged_in, text_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db

PLACES = {
    "/admin/": "workbench",
    "/admin/articles/article/": "stories",
    "/admin/articles/article/review/": "review",
    "/admin/articles/issue/": "issues",
    "/admin/media_library/photo/": "photos",
    "/admin/auth/user/": "people",
    "/admin/articles/reporter/": "names",
    "/admin/settings/": "settings",
    "/admin/articles/pagepattern/": "pages of the week",
}


def rail(page: str) -> str:
    return page.split('<nav class="desk-nav"')[1].split("</nav>", maxsplit=1)[0]


def places(page: str) -> list[str]:
    return [PLACES[address] for address in re.findall(r'<a href="([^"]+)"', rail(page))]


@pytest.mark.parametrize(
    ("who", "there"),
    [
        ("reporter", ["workbench", "stories", "photos"]),
        ("section_editor", ["workbench", "stories", "review", "issues", "photos", "names"]),
        ("chief", ["workbench", "stories", "review", "issues", "photos", "names"]),
        ("layout", ["workbench", "stories", "issues", "photos"]),
        ("administrator", ["workbench", "pages of the week", "people", "settings"]),
    ],
)
def test_everybody_has_the_places_that_are_open_to_them(cast: Cast, who: str, there: list[str]) -> None:
    client = logged_in(getattr(cast, who))
    page = text_of(client.get("/admin/"))

    assert places(page) == there
    for address in re.findall(r'<a href="([^"]+)"', rail(page)):
        assert client.get(address).status_code == 200


def test_the_place_one_is_in_is_marked(cast: Cast) -> None:
    story = cast.draft()
    client = logged_in(cast.chief)

    def marked(path: str) -> list[tuple[str, str]]:
        page = rail(text_of(client.get(path)))
        return re.findall(r'href="([^"]+)" aria-current="(\w+)"', page)

    assert marked("/admin/") == [("/admin/", "page")]
    assert marked("/admin/articles/article/") == [("/admin/articles/article/", "page")]
    assert marked(f"/admin/articles/article/{story.pk}/change/") == [("/admin/articles/article/", "true")]
    assert marked("/admin/articles/article/review/") == [("/admin/articles/article/review/", "page")]


def test_it_says_who_one_is_and_where(cast: Cast) -> None:
    page = text_of(logged_in(cast.chief).get("/admin/"))
    assert "沈知秋" in page
    assert "Editor-in-chief" in page
    assert '<span class="desk-brand-name" lang="zh-Hans">望潮日报</span>' in page


def test_who_works_for_two_papers_is_told_which_role_is_where(cast: Cast) -> None:
    Membership.objects.create(user=cast.outsider, publication=cast.publication, role=Role.REPORTER)
    page = text_of(logged_in(cast.outsider).get("/admin/"))
    assert "望潮日报 · Reporter" in page
    assert "汐湾周报 · Editor-in-chief" in page


def test_who_keeps_accounts_without_being_an_administrator_finds_them(cast: Cast) -> None:
    cast.colleague.user_permissions.set(Permission.objects.filter(codename="view_user"))
    page = text_of(logged_in(cast.colleague).get("/admin/"))
    assert places(page) == ["workbench", "stories", "photos", "people"]


def test_whoever_is_disabled_or_has_no_role_is_told_what_to_do(cast: Cast) -> None:
    cast.colleague.memberships.all().delete()
    page = text_of(logged_in(cast.colleague).get("/admin/"))
    assert places(page) == ["workbench"]
    assert "Ask an administrator to give you one" in page


def test_lists_of_models_by_app_lead_to_the_workbench(cast: Cast) -> None:
    answer = logged_in(cast.chief).get("/admin/articles/")
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")


def test_the_rail_costs_two_queries(cast: Cast) -> None:
    def cost(person: Any) -> int:
        client = logged_in(person)
        client.get("/admin/password_change/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/password_change/")
        return len(queries)

    # The session, the account, the seats with their sections; then the stages and the rights.
    assert cost(cast.chief) <= 6
