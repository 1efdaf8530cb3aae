"""The desk in the language a person chose: kept by their browser, for the desk only."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.admin.desk import logged_in, text_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db
SWITCH = "/admin/language/"


def test_what_was_chosen_lasts_whatever_the_browser_asks_for(cast: Cast) -> None:
    client = logged_in(cast.reporter, language="en")
    assert "Good " in text_of(client.get("/admin/"))

    answer = client.post(SWITCH, {"language": "zh-hans", "next": "/admin/articles/article/"})

    assert (answer.status_code, answer["Location"]) == (302, "/admin/articles/article/")
    assert '<html lang="zh-hans">' in text_of(client.get("/admin/"))
    cookie = answer.cookies["desk_language"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/admin/", True, "Lax")
    assert cookie["max-age"] > 30 * 24 * 3600


def test_the_login_page_has_two_languages_too() -> None:
    client = Client(headers={"accept-language": "en"})
    assert client.post(SWITCH, {"language": "zh-hans", "next": "/admin/login/"}).status_code == 302
    assert '<html lang="zh-hans">' in text_of(client.get("/admin/login/"))


@pytest.mark.parametrize("target", ["//evil.example/", "https://evil.example/", "javascript:alert(1)"])
def test_choosing_a_language_leads_nowhere_else(target: str) -> None:
    """RISKS 10."""
    answer = Client().post(SWITCH, {"language": "en", "next": target}, headers={"referer": target})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_a_language_that_there_is_not_changes_nothing(cast: Cast) -> None:
    client = logged_in(cast.reporter, language="en")
    answer = client.post(SWITCH, {"language": "xx", "next": "/admin/"})
    assert "desk_language" not in answer.cookies


def test_looking_at_the_address_changes_nothing() -> None:
    assert "desk_language" not in Client().get(SWITCH, {"language": "en"}).cookies


def test_another_site_cannot_choose_for_me() -> None:
    """RISKS 38."""
    assert Client(enforce_csrf_checks=True).post(SWITCH, {"language": "en"}).status_code == 403


def test_the_public_site_stays_the_same_for_everybody(cast: Cast) -> None:
    client = Client()
    client.post(SWITCH, {"language": "en", "next": "/admin/"})
    front = reverse("site:front", args=[cast.publication.slug])
    assert client.get(front).content == Client().get(front).content
