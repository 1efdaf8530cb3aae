"""RISKS 17: search boxes name nobody and nothing that the person may not see."""

import pytest

from articles.models import Reporter
from tests.admin.desk import logged_in

NAMES = "/admin/articles/article/names/"
BOX = "/admin/autocomplete/"


def found(client, term, **more):
    return [row["text"] for row in client.get(NAMES, {"term": term, **more}).json()["results"]]


def test_a_search_for_names_stays_in_ones_own_paper(cast):
    Reporter.objects.create(publication=cast.publication, name="何帆")
    Reporter.objects.create(publication=cast.publication, name="何旧", is_active=False)
    Reporter.objects.create(publication=cast.other_publication, name="何外")

    assert found(logged_in(cast.reporter), "何") == ["何帆"]
    assert found(logged_in(cast.outsider), "何") == ["何外"]
    assert logged_in(cast.administrator).get(NAMES).status_code == 403


def test_a_search_for_names_comes_in_pages(cast):
    Reporter.objects.bulk_create(
        Reporter(publication=cast.publication, name=f"海燕{number:02}") for number in range(25)
    )
    client = logged_in(cast.reporter)

    assert client.get(NAMES, {"term": "海燕"}).json()["pagination"]["more"]
    assert len(found(client, "海燕", page="2")) == 5


@pytest.mark.parametrize(
    "query", [{"term": "\x00"}, {"page": "x"}, {"page": "0"}, {"page": "9" * 50}, {"term": "'" * 9999}]
)
def test_odd_questions_are_answered_all_the_same(cast, query):
    assert logged_in(cast.reporter).get(NAMES, query).status_code == 200


def test_a_search_for_stories_finds_only_what_one_may_open(cast):
    cast.draft("渡轮夜航试运行")
    box = {"app_label": "articles", "model_name": "placement", "field_name": "article", "term": "渡轮"}

    def stories(person):
        response = logged_in(person).get(BOX, box)
        return [row["text"] for row in response.json()["results"]] if response.status_code == 200 else 403

    assert stories(cast.layout) == ["渡轮夜航试运行"]
    assert stories(cast.colleague) == []
    assert stories(cast.outsider) == []
    assert stories(cast.administrator) == 403


@pytest.mark.parametrize(
    ("model", "field"),
    [("membership", "user"), ("article", "created_by"), ("event", "actor"), ("revision", "created_by")],
)
def test_no_search_box_lists_accounts(cast, model, field):
    box = {"app_label": "articles", "model_name": model, "field_name": field, "term": ""}
    for person in (cast.reporter, cast.chief):
        response = logged_in(person).get(BOX, box)
        assert response.status_code == 403
        assert b"wangchao.test" not in response.content
