"""Finding stories on the desk: by any piece of text, from every page, and only what one may open."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.desk import workflow
from articles.search import finding
from tests.admin.desk import logged_in, text_of

LIST = "/admin/articles/article/"


@pytest.mark.parametrize("words", ["夜航", "轮夜", "座无", "市民", "林海生", "海生 座无", "引题", "副题"])
def test_any_piece_of_a_story_finds_it(cast, words):
    cast.draft("渡轮夜航", kicker="引题", deck="副题", body="<p>市民点赞，首航座无虚席</p>")
    cast.draft("潮位站启用", body="<p>水文</p>", bylines=[])
    page = text_of(logged_in(cast.chief).get(LIST, {"q": words}))
    assert "渡轮夜航" in page
    assert "潮位站启用" not in page


def test_the_words_of_the_last_save_count(cast):
    article = cast.draft(body="<p>首航座无虚席</p>")
    workflow.edit(cast.reporter, article.pk, 1, {"body": "<p>末班推迟</p>"})
    chief = logged_in(cast.chief)
    assert "渡轮夜航试运行" in text_of(chief.get(LIST, {"q": "末班推迟"}))
    assert "渡轮夜航试运行" not in text_of(chief.get(LIST, {"q": "座无虚席"}))


def test_nobody_finds_what_they_may_not_open(cast):
    cast.draft("渡轮夜航试运行")
    for who in ("colleague", "outsider"):
        assert "渡轮夜航试运行" not in text_of(logged_in(getattr(cast, who)).get(LIST, {"q": "夜航"}))
    cast.draft("老城书场重开", section=cast.culture.pk)
    assert "老城书场" not in text_of(logged_in(cast.section_editor).get(LIST, {"q": "书场"}))


def test_nobody_counts_what_they_may_not_open(cast, monkeypatch):
    monkeypatch.setattr(finding, "ENOUGH", 2)
    for number in range(4):
        cast.draft(f"渡轮第{number}班")
    assert "第1班" not in text_of(logged_in(cast.colleague).get(LIST, {"q": "渡轮"}))
    page = text_of(logged_in(cast.reporter).get(LIST, {"q": "渡轮"}))
    assert page.index("第3班") < page.index("第2班")


def test_a_search_goes_together_with_the_filters(cast):
    cast.in_review("渡轮在审")
    cast.draft("渡轮草稿")
    page = text_of(logged_in(cast.reporter).get(LIST, {"q": "渡轮", "status": "review"}))
    assert "渡轮在审" in page
    assert "渡轮草稿" not in page


@pytest.mark.parametrize("words", ["潮" * 100_000, "？！", " ".join(f"词{n}" for n in range(1000))])
def test_what_cannot_be_asked_is_explained(cast, words):
    cast.draft()
    answer = logged_in(cast.reporter).get(LIST, {"q": words})
    assert answer.status_code == 200
    assert 'class="warning"' in text_of(answer)
    assert "渡轮夜航试运行" not in text_of(answer)


def test_the_box_stands_on_every_page_of_those_who_write(cast):
    article = cast.draft()
    for path in ("/admin/", LIST, f"{LIST}{article.pk}/change/"):
        assert f'action="{LIST}"' in text_of(logged_in(cast.reporter).get(path)), path
    assert f'action="{LIST}"' not in text_of(logged_in(cast.administrator).get("/admin/"))


@pytest.mark.parametrize("enough", [1000, 3])
def test_a_search_costs_no_more_than_the_list(cast, monkeypatch, enough):
    monkeypatch.setattr(finding, "ENOUGH", enough)
    client = logged_in(cast.chief)
    client.get(LIST)
    for number in range(12):
        cast.draft(f"渡轮第{number}班")
    with CaptureQueriesContext(connection) as queries:
        assert client.get(LIST, {"q": "渡轮"}).status_code == 200
    assert len(queries) <= 12
