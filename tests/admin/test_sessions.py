"""Who is logged in for how long, and that nobody's text is lost over it."""

import html
import json
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from articles.models import Article
from tests.admin.desk import change_url, logged_in, opened
from tests.cast import PASSWORD, Cast

LOGIN = "/admin/login/"
BEGIN = timezone.now().replace(microsecond=0)


def is_in(client: Client) -> bool:
    answer = client.get("/admin/password_change/")
    assert answer.status_code in {200, 302}
    return answer.status_code == 200


def after(**time: float) -> Any:
    return time_machine.travel(BEGIN + timedelta(**time), tick=False)


def test_who_works_stays_and_who_does_nothing_is_logged_out(cast: Cast) -> None:
    with after():
        client = logged_in(cast.reporter)
    for hours in (3.9, 7.8, 11.7):
        with after(hours=hours):
            assert is_in(client)
    with after(hours=15.8):
        assert not is_in(client)


def test_nobody_stays_longer_than_a_shift_whatever_they_do(cast: Cast) -> None:
    with after():
        client = logged_in(cast.reporter)
    for hours in range(1, 14):
        with after(hours=hours):
            assert is_in(client), hours
    with after(hours=14):
        assert not is_in(client)


def test_who_manages_accounts_is_logged_out_sooner(cast: Cast) -> None:
    with after():
        client = logged_in(cast.administrator)
    with after(minutes=29):
        assert is_in(client)
    with after(minutes=59):
        assert not is_in(client)


def test_the_limits_are_the_installations(cast: Cast, settings: Any) -> None:
    settings.DESK_IDLE_SECONDS = 60
    with after():
        client = logged_in(cast.reporter)
    with after(seconds=61):
        assert not is_in(client)


def test_a_session_from_before_there_were_limits_begins_now(cast: Cast) -> None:
    with after():
        client = logged_in(cast.reporter)
        session = client.session
        del session["began"], session["seen"]
        session.save()
    with after(hours=20):
        assert is_in(client)
    with after(hours=25):
        assert not is_in(client)


def test_a_session_is_not_written_with_every_page(cast: Cast, django_assert_max_num_queries: Any) -> None:
    with after():
        client = logged_in(cast.reporter)
    with after(seconds=30), django_assert_max_num_queries(6) as asked:
        client.get("/admin/password_change/")
    assert not [query for query in asked.captured_queries if "UPDATE" in query["sql"]]


# --- what was typed ---------------------------------------------------------------------------------------------


def hidden(page: str, form: str = LOGIN) -> dict[str, list[str]]:
    """What the form that is sent to this address holds unseen; the frame around it has forms of its own."""
    page = re.split("</form>", page.split(f'<form method="post" action="{form}"')[1])[0]
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page):
        found.setdefault(html.unescape(name), []).append(html.unescape(value))
    return found


TYPED = {
    "headline": "渡轮夜航 <b>&\"'",
    "body": "<p>第一段。</p>\r\n<p>第二段。</p>",
    "tag": ["甲", "乙"],
    "_save": "1",
}


@pytest.fixture
def late(cast: Cast) -> tuple[Client, str, str]:
    """Somebody who sends a form after the session has ended: the client, the form's address, the answer's page."""
    story = cast.draft()
    client = Client(headers={"accept-language": "en"})
    client.post(LOGIN, {"username": "reporter", "password": PASSWORD})
    client.cookies.pop("sessionid")
    answer = client.post(change_url(story), TYPED)
    assert answer.status_code == 401
    assert answer["Cache-Control"] == "private, no-store"
    return client, change_url(story), answer.content.decode()


def test_a_form_that_comes_too_late_is_kept_and_given_back(late: tuple[Client, str, str]) -> None:
    client, path, page = late
    assert "nothing has been saved yet" in page
    kept = {name: values[0] for name, values in hidden(page).items()}
    wrong = client.post(LOGIN, {**kept, "username": "reporter", "password": "wrong"})
    assert wrong.status_code == 401
    kept = {name: values[0] for name, values in hidden(wrong.content.decode()).items()}
    right = client.post(LOGIN, {**kept, "username": "reporter", "password": PASSWORD})
    assert right.status_code == 200
    assert right["Cache-Control"] == "private, no-store"
    page = right.content.decode()
    assert f'action="{path}"' in page
    found = hidden(page, path)
    found.pop("csrfmiddlewaretoken", None)
    assert found == {name: value if isinstance(value, list) else [value] for name, value in TYPED.items()}


def test_nothing_is_saved_before_the_person_sends_it(late: tuple[Client, str, str]) -> None:
    client, _, page = late
    kept = {name: values[0] for name, values in hidden(page).items()}
    client.post(LOGIN, {**kept, "username": "reporter", "password": PASSWORD})
    assert Article.objects.get().version == 1


def test_the_story_is_saved_by_sending_it_again(cast: Cast) -> None:
    with after():
        story = cast.draft()
        client = logged_in(cast.reporter)
        fields = {**opened(client, story), "headline": "渡轮夜航延长"}
    with after(hours=5):
        late = client.post(change_url(story), fields)
        assert late.status_code == 401
        kept = {name: values[0] for name, values in hidden(late.content.decode()).items()}
        back = client.post(LOGIN, {**kept, "username": "reporter", "password": PASSWORD})
        again = hidden(back.content.decode(), change_url(story))
        assert client.post(change_url(story), again).status_code == 302
    story.refresh_from_db()
    assert story.headline == "渡轮夜航延长"


def test_what_was_typed_is_only_text_on_both_pages(cast: Cast) -> None:
    evil = "</textarea><script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    client = Client()
    client.get(LOGIN)
    page = client.post("/admin/articles/article/add/", {evil: evil}).content.decode()
    kept = {name: values[0] for name, values in hidden(page).items()}
    back = client.post(LOGIN, {**kept, "username": "reporter", "password": PASSWORD}).content.decode()
    for text in (page, back):
        assert "<script>alert" not in text
        assert "<img src=x" not in text
    assert hidden(back, "/admin/articles/article/add/")[evil] == [evil]


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("//evil.example/admin/", json.dumps({"a": ["b"]})),
        ("https://evil.example/admin/", json.dumps({"a": ["b"]})),
        ("/wangchao/", json.dumps({"a": ["b"]})),
        ("/admin/logout/", json.dumps({"a": ["b"]})),
        ("/admin/login/", json.dumps({"a": ["b"]})),
        ("/admin/../wangchao/", json.dumps({"a": ["b"]})),
        ("/admin/", "no json"),
        ("/admin/", "[1]"),
        ("/admin/", json.dumps({"a": "b"})),
        ("/admin/", json.dumps({"a": [1]})),
        ("/admin/", "[" * 100_000),
    ],
)
def test_a_login_brings_along_nothing_that_is_not_ours(cast: Cast, path: str, kept: str) -> None:
    """RISKS 10: a forged page leads nowhere."""
    fields = {"username": "reporter", "password": PASSWORD, "kept_path": path, "kept": kept}
    answer = Client().post(LOGIN, fields)
    assert answer.status_code == 302
    assert "evil" not in answer.url


def test_a_form_from_another_site_is_refused_and_not_kept(cast: Cast) -> None:
    """RISKS 38."""
    answer = Client(enforce_csrf_checks=True).post("/admin/articles/article/add/", {"headline": "x"})
    assert answer.status_code == 403


def test_whoever_logs_in_instead_may_do_no_more_than_they_may(
    cast: Cast, late: tuple[Client, str, str]
) -> None:
    client, path, page = late
    kept = {name: values[0] for name, values in hidden(page).items()}
    back = client.post(LOGIN, {**kept, "username": "colleague", "password": PASSWORD})
    assert client.post(path, hidden(back.content.decode(), path)).status_code in {403, 404}
    assert Article.objects.get().version == 1


def test_a_disabled_account_gets_nothing_back(cast: Cast, late: tuple[Client, str, str]) -> None:
    client, _, page = late
    cast.reporter.is_active = False
    cast.reporter.save()
    kept = {name: values[0] for name, values in hidden(page).items()}
    answer = client.post(LOGIN, {**kept, "username": "reporter", "password": PASSWORD})
    assert answer.status_code == 401
