"""A list remembers how a person last sorted and narrowed it, and forgets when told."""

import pytest
from django.test import Client

from tests.admin.desk import logged_in
from tests.cast import Cast

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"


def shown(client: Client, address: str = LIST) -> str:
    """Where the list really is that one gets at this address."""
    answer = client.get(address)
    return str(answer["Location"]) if answer.status_code == 302 else address


def test_the_last_sort_and_filters_come_back(cast: Cast) -> None:
    client = logged_in(cast.chief)
    assert shown(client) == LIST
    client.get(f"{LIST}?o=-7&status=draft&q=渡轮&p=1")
    assert shown(client) == f"{LIST}?o=-7&status=draft"
    assert client.get(shown(client)).status_code == 200


def test_a_search_alone_changes_nothing_that_is_remembered(cast: Cast) -> None:
    client = logged_in(cast.chief)
    client.get(f"{LIST}?status=draft")
    client.get(f"{LIST}?q=渡轮")
    assert shown(client) == f"{LIST}?status=draft"


def test_what_takes_the_last_filter_away_makes_it_forget(cast: Cast) -> None:
    client = logged_in(cast.chief)
    page = client.get(f"{LIST}?status=draft").content.decode()
    assert 'href="?clear=1"' in page
    assert shown(client, f"{LIST}?clear=1") == LIST
    assert shown(client) == LIST


def test_lists_do_not_mix(cast: Cast) -> None:
    client = logged_in(cast.chief)
    client.get(f"{LIST}?status=draft")
    assert shown(client, "/admin/articles/issue/") == "/admin/articles/issue/"


def test_the_next_person_at_the_same_browser_starts_afresh(cast: Cast) -> None:
    client = logged_in(cast.chief)
    client.get(f"{LIST}?status=draft")
    client.force_login(cast.duty, backend="django.contrib.auth.backends.ModelBackend")
    assert client.cookies["desk_list"].value.startswith(f"{cast.chief.pk}:")
    assert shown(client) == LIST


@pytest.mark.parametrize("query", ["status=zzz", "q=x", "nonsense=1", "author__password=a"])
def test_nothing_is_remembered_that_is_not_a_choice_of_the_list(cast: Cast, query: str) -> None:
    client = logged_in(cast.chief)
    client.get(f"{LIST}?{query}")
    assert client.get(shown(client)).status_code == 200


def test_a_forged_memory_gets_no_further_than_a_forged_address(cast: Cast) -> None:
    client = logged_in(cast.reporter)
    client.cookies["desk_list"] = f"{cast.reporter.pk}:{LIST}?created_by__password__startswith=a"
    assert client.get(shown(client)).status_code == 400
    client.cookies["desk_list"] = f"{cast.reporter.pk}:{LIST}?" + "x" * 5000
    assert shown(client) == LIST


def test_whoever_may_not_see_the_list_is_not_sent_on(cast: Cast) -> None:
    client = logged_in(cast.administrator)
    client.cookies["desk_list"] = f"{cast.administrator.pk}:{LIST}?status=draft"
    assert client.get(LIST).status_code == 403
