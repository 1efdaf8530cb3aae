"""Getting in, and staying out."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.admin.desk import change_url, logged_in, text_of
from tests.cast import PASSWORD

LOGIN = "/admin/login/"


def log_in(client, username, password, **extra):
    return client.post(LOGIN, {"username": username, "password": password, **extra})


def test_everybody_logs_in_with_their_password(cast):
    client = Client()
    assert log_in(client, "reporter", PASSWORD).status_code == 302
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    "target", ["//evil.example/", "https://evil.example/", "\\\\evil.example", "javascript:alert(1)"]
)
def test_a_login_leads_nowhere_else(cast, target):
    """RISKS 10."""
    response = Client().post(
        f"{LOGIN}?next={target}", {"username": "reporter", "password": PASSWORD, "next": target}
    )

    assert response.status_code == 302
    assert "evil" not in response.url
    assert response.url.startswith("/")


def test_wrong_passwords_are_throttled_by_account_and_address_together(cast):
    """RISKS 12: a newsroom shares one address, so others still get in."""
    client = Client(headers={"accept-language": "en"})
    answers = [log_in(client, "reporter", "wrong").status_code for _ in range(20)]

    assert answers[0] == 200
    assert answers[-1] == 429
    locked = log_in(client, "reporter", PASSWORD)
    assert locked.status_code == 429
    assert "for a quarter of an hour" in text_of(locked)
    assert log_in(Client(), "section", PASSWORD).status_code == 302
    assert log_in(Client(REMOTE_ADDR="10.9.8.7"), "reporter", PASSWORD).status_code == 302


def test_an_unknown_account_is_answered_like_a_known_one(cast):
    """RISKS 12."""

    def body(username):
        page = text_of(log_in(Client(), username, "wrong"))
        token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        return page.replace(token, "").replace(username, "")

    assert body("reporter") == body("nobody")


def test_an_unknown_account_is_throttled_like_a_known_one(cast):
    client = Client()
    assert [log_in(client, "nobody", "wrong").status_code for _ in range(20)][-1] == 429


def test_a_disabled_account_is_out_at_the_next_request(cast):
    """RISKS 36."""
    client = Client()
    log_in(client, "chief", PASSWORD)
    story = cast.draft()
    assert client.get(change_url(story)).status_code == 200

    cast.chief.is_active = False
    cast.chief.save()

    for address in ("/admin/", change_url(story)):
        response = client.get(address)
        assert (response.status_code, response.url.startswith(LOGIN)) == (302, True)


def test_a_membership_that_ended_opens_nothing_at_the_next_request(cast):
    story = cast.draft()
    client = logged_in(cast.chief)
    assert client.get(change_url(story)).status_code == 200

    cast.chief.memberships.all().delete()

    assert client.get(change_url(story)).status_code == 404


def test_a_superuser_without_a_role_has_accounts_and_no_content(cast):
    """RISKS 43."""
    story = cast.in_review()
    client = logged_in(cast.administrator)

    assert client.get("/admin/auth/user/").status_code == 200
    assert client.get("/admin/articles/article/").status_code == 403
    assert client.get("/admin/articles/article/add/").status_code == 403
    assert client.get("/admin/articles/article/review/").status_code == 403
    assert client.get("/admin/media_library/photo/").status_code == 403
    assert client.get(change_url(story)).status_code == 404
    story.refresh_from_db()
    assert story.stage == cast.stages[0]


@pytest.mark.parametrize(
    "name", ["articles_article_add", "media_library_photo_add", "login", "logout", "password_change"]
)
def test_a_post_from_another_site_is_refused(cast, name):
    """RISKS 38."""
    client = logged_in(cast.reporter, enforce_csrf_checks=True)
    assert client.post(reverse(f"admin:{name}"), {"headline": "x"}).status_code == 403


def test_a_save_from_another_site_is_refused(cast):
    """RISKS 38."""
    story = cast.draft()
    client = logged_in(cast.reporter, enforce_csrf_checks=True)

    assert client.post(change_url(story), {"headline": "x"}).status_code == 403
    story.refresh_from_db()
    assert story.version == 1


def test_there_is_no_upload_of_the_editor(cast):
    """RISKS 23."""
    assert logged_in(cast.reporter).post("/ckeditor/upload/").status_code == 404
    assert logged_in(cast.reporter).get("/ckeditor/browse/").status_code == 404
