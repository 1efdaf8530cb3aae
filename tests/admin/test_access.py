"""The access table: every address of the desk × everybody. An address without a row fails.

Rows are gathered from `ROWS` of every module tests/admin/access_*.py, by URL name (without `admin:`):

    ROWS = {"articles_article_change": Row(lambda cast: [cast.draft().pk], reporter=200, …)}

Everybody not named gets `others`; an anonymous visitor is always sent to the login. GET unless `method` says other.
"""

from importlib import import_module
from pkgutil import iter_modules
from urllib.parse import urlsplit

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

import tests.admin
from tests.admin.access import PEOPLE, Row
from tests.admin.desk import logged_in

# Django's own, the same for all who may log in; the language also for who may not yet (test_language.py).
OF_DJANGO = {
    "set_language",
    "index", "login", "logout", "password_change", "password_change_done", "autocomplete", "jsi18n",
    "view_on_site", "app_list", None,
}  # fmt: skip
# Accounts and their like: Django's permission tables, so the superuser alone.
FOREIGN_APPS = ("auth_", "axes_")


def rows() -> dict[str, Row]:
    found: dict[str, Row] = {}
    for module in iter_modules(tests.admin.__path__):
        if module.name.startswith("access_"):
            found |= import_module(f"tests.admin.{module.name}").ROWS
    return found


ROWS = rows()


def names() -> set[str]:
    urls = admin.site.get_urls()
    inner = [pattern for url in urls for pattern in getattr(url, "url_patterns", [url])]
    return {
        str(pattern.name)
        for pattern in inner
        if pattern.name not in OF_DJANGO and not str(pattern.name).startswith(FOREIGN_APPS)
    } - {"None"}


def test_every_address_of_the_desk_has_a_row():
    assert names() - set(ROWS) == set()


def test_no_row_is_left_of_an_address_that_is_gone():
    assert {name.partition(" ")[0] for name in ROWS} - names() == set()


@pytest.mark.parametrize("name", sorted(ROWS))
def test_everybody_gets_what_the_table_says(cast, name):
    row = ROWS[name]
    path = reverse(f"admin:{name.partition(' ')[0]}", args=row.args(cast))

    anonymous = getattr(Client(), row.method)(path, row.data)
    assert (anonymous.status_code, urlsplit(anonymous.get("Location", "")).path) == (302, "/admin/login/")
    found = {
        who: getattr(logged_in(getattr(cast, who)), row.method)(path, row.data).status_code for who in PEOPLE
    }

    assert found == {who: row.expected.get(who, row.others) for who in PEOPLE}


@pytest.mark.parametrize("prefix", FOREIGN_APPS)
def test_accounts_are_the_administrators_alone(cast, prefix):
    lists = {url.name for group in admin.site.get_urls() for url in getattr(group, "url_patterns", [])}
    for name in sorted(n for n in lists if n and n.startswith(prefix) and n.endswith("changelist")):
        path = reverse(f"admin:{name}")
        assert logged_in(cast.administrator).get(path).status_code == 200
        assert {logged_in(getattr(cast, who)).get(path).status_code for who in PEOPLE[:-1]} == {403}
