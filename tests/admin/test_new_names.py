"""A name that is on no list is put on it from the story's page, by those who keep the list."""

import pytest

from articles.models import Reporter
from tests.admin.desk import logged_in

NEW = "/admin/articles/article/names/new/"


def put(client, paper, name="王海", kind="stringer"):
    return client.post(NEW, {"name": name, "kind": kind, "paper": str(getattr(paper, "pk", paper))})


def test_an_editor_puts_a_name_on_the_list(cast):
    answer = put(logged_in(cast.section_editor), cast.publication)

    made = Reporter.objects.get(name="王海")
    assert answer.status_code == 201
    assert answer.json()["id"] == str(made.pk)
    assert (made.publication, made.kind, made.user) == (cast.publication, "stringer", None)


@pytest.mark.parametrize("who", ["reporter", "colleague", "layout", "outsider", "administrator"])
def test_nobody_else_does(cast, who):
    answer = put(logged_in(getattr(cast, who)), cast.publication)

    assert answer.status_code == 403
    assert not Reporter.objects.filter(name="王海").exists()


@pytest.mark.parametrize("paper", ["", "0", "x", "-1", "9" * 40])
def test_a_paper_that_is_none_is_refused(cast, paper):
    assert put(logged_in(cast.chief), paper).status_code == 403


def test_a_name_with_padding_is_the_same_person(cast):
    gao = Reporter.objects.create(publication=cast.publication, name="高洁")

    answer = put(logged_in(cast.chief), cast.publication, "高 洁")

    assert (answer.status_code, answer.json()["id"]) == (200, str(gao.pk))
    assert Reporter.objects.filter(publication=cast.publication).count() == 2


def test_a_name_that_is_no_longer_active_is_not_made_twice(cast):
    Reporter.objects.create(publication=cast.publication, name="何旧", is_active=False)

    answer = put(logged_in(cast.chief), cast.publication, "何旧")

    assert answer.status_code == 400
    assert "no longer active" in answer.json()["error"]


@pytest.mark.parametrize("name", ["", "   ", "海" * 41, "x\r\nBcc: y@evil.test", "王\u202e海", "王\x00海"])
def test_what_is_no_name_is_refused(cast, name):
    """RISKS 33."""
    answer = put(logged_in(cast.chief), cast.publication, name)

    assert answer.status_code == 400
    assert answer.json()["error"]
    assert Reporter.objects.count() == 1


@pytest.mark.parametrize("kind", ["", "chief", "STAFF"])
def test_a_kind_there_is_not_is_refused(cast, kind):
    assert put(logged_in(cast.chief), cast.publication, kind=kind).status_code == 400
    assert Reporter.objects.count() == 1


def test_looking_is_not_making(cast):
    assert logged_in(cast.chief).get(NEW, {"name": "王海"}).status_code == 405


def test_a_search_can_be_kept_to_one_paper(cast):
    Reporter.objects.create(publication=cast.publication, name="何帆", kind="intern")
    Reporter.objects.create(publication=cast.other_publication, name="何外")
    names = "/admin/articles/article/names/"

    found = (
        logged_in(cast.reporter).get(names, {"term": "何", "paper": cast.publication.pk}).json()["results"]
    )
    foreign = logged_in(cast.reporter).get(names, {"term": "何", "paper": cast.other_publication.pk}).json()

    assert [(row["name"], row["kind"], row["about"]) for row in found] == [("何帆", "intern", "Intern")]
    assert foreign["results"] == []
