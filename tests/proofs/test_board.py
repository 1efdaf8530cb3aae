"""The board of a page's make-up: what it shows, what its forms do, what is refused and how."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.desk import pages, proofs
from articles.desk.findings import ERROR, finding
from articles.models import HotArea, Page, PageProof
from tests.admin.desk import logged_in
from tests.desk.printed import a_proof
from tests.proofs.conftest import Printed

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture(autouse=True)
def words(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def page(paper: Printed) -> Page:
    return paper.filled(2, 1)


def shown(page: Page, **more: Any) -> PageProof:
    """A finished proof with its areas, which the page shows."""
    rows = list(page.placements.select_related("article").order_by("position"))
    keys = [f"story-{row.article_id}" for row in rows]
    report = {"keys": keys, "blank": 0.01, **more.pop("report", {})}
    proof = a_proof(
        page, report=report, width_pt=500, height_pt=700, layout={"tree": ["above", *keys]}, **more
    )
    for number, row in enumerate(rows):
        top = number / len(rows)
        corners = [[0.1, top], [0.9, top], [0.9, top + 0.3], [0.1, top + 0.3]]
        HotArea.objects.create(
            proof=proof, position=number + 1, article=row.article, label=row.article.headline, polygon=corners
        )
    page.proof = proof
    page.save(update_fields=["proof"])
    return proof


def board(page: Page) -> str:
    return reverse("admin:articles_page_makeup", args=[page.pk])


def verb(page: Page, name: str) -> str:
    return reverse("admin:articles_page_verb", args=[page.pk, name])


def read(client: Client, page: Page) -> str:
    answer = client.get(board(page))
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_shows_the_page_with_a_module_and_a_panel_for_each_story(paper: Printed, page: Page) -> None:
    shown(page)
    html = read(logged_in(paper.layout), page)
    for key in (f"story-{row.article_id}" for row in page.placements.all()):
        assert f'href="#module-{key}" data-key="{key}"' in html
        assert f'id="module-{key}"' in html
    assert 'viewBox="0 0 500 700"' in html
    assert 'points="50.0,0.0 450.0,0.0' in html


def test_a_page_without_a_proof_says_what_to_press(paper: Printed, page: Page) -> None:
    html = read(logged_in(paper.layout), page)
    assert 'data-verb="make_up"' in html
    assert "sign_off_page" not in html


def test_who_only_reads_presses_nothing(paper: Printed, page: Page) -> None:
    shown(page)
    html = read(logged_in(paper.section_editor), page)
    assert "data-verb" not in html
    assert "makeup-steer" not in html


def test_making_up_leads_back_to_the_board(paper: Printed, page: Page) -> None:
    answer = logged_in(paper.layout).post(verb(page, "make_up"))
    assert (answer.status_code, answer["Location"]) == (302, board(page))
    assert "Proof 1" in read(logged_in(paper.layout), page)
    assert page.proofs.get().state == "waiting"


def test_the_forms_of_the_page_ask_for_three_proposals_and_for_a_swap(paper: Printed, page: Page) -> None:
    kept = shown(page)
    one, two = kept.report["keys"]
    client = logged_in(paper.layout)
    client.post(verb(page, "make_up"), {"three": "1"})
    assert page.proofs.count() == 4
    client.post(verb(page, "make_up"), {"keep": kept.pk, "one": one, "other": two})
    newest = page.proofs.first()
    assert newest is not None
    assert newest.layout == {"tree": ["above", two, one]}


def test_a_swap_with_nobody_is_asked_again(paper: Printed, page: Page) -> None:
    kept = shown(page)
    data = {"keep": kept.pk, "one": kept.report["keys"][0], "other": ""}
    answer = logged_in(paper.layout).post(verb(page, "make_up"), data, **JSON)
    assert answer.status_code == 400
    assert "Choose with what" in answer.content.decode()


def steering(page: Page, **given: Any) -> dict[str, Any]:
    row = page.placements.order_by("position").select_related("article").first()
    assert row is not None
    return {
        "article": row.article_id,
        "seen": proofs.wish_mark(row),
        "position": row.position,
        "headline": row.article.headline,
        "jump": "allow",
        **given,
    }


def test_wishes_are_saved_and_the_page_is_made_up_again(paper: Printed, page: Page) -> None:
    shown(page)
    headline = "第01版第1条|望潮新闻标题"
    data = steering(
        page, columns="3", corner="top_left", headline=headline, head_size="30", picture_ratio="0.75"
    )
    answer = logged_in(paper.layout).post(verb(page, "steer"), data)
    assert answer.status_code == 302
    row = page.placements.order_by("position").first()
    assert row is not None
    assert row.wishes == {
        "columns": 3,
        "corner": "top_left",
        "headline": headline,
        "head_size": 30.0,
        "picture_ratio": 0.75,
    }
    newest = page.proofs.first()
    assert newest is not None
    assert (newest.state, newest.layout) == ("waiting", {})


def test_breaks_in_a_headline_leave_the_layout_as_it_is(paper: Printed, page: Page) -> None:
    kept = shown(page)
    logged_in(paper.layout).post(verb(page, "steer"), steering(page, headline="第01版第1条|望潮新闻标题"))
    newest = page.proofs.first()
    assert newest is not None
    assert newest.layout == kept.layout


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"headline": "另一个标题"}, "not the headline's own words"),
        ({"headline": "第|01版|第1条|望潮新闻标题"}, "at most 3 lines"),
        ({"columns": "9"}, "valid choice"),
        ({"corner": "<script>"}, "valid choice"),
        ({"head_size": "5000"}, "less than or equal to 90"),
        ({"picture_ratio": "nan"}, "valid choice"),
        ({"jump": "perhaps"}, "valid choice"),
        ({"article": "999999999"}, "valid choice"),
        ({"article": "9" * 40}, "valid choice"),
    ],
)
def test_what_nobody_may_wish_is_refused_in_words(
    paper: Printed, page: Page, given: dict[str, str], words: str
) -> None:
    answer = logged_in(paper.layout).post(verb(page, "steer"), steering(page, **given), **JSON)
    assert answer.status_code == 400
    assert words in answer.json()["fields"].__str__()
    assert not page.placements.exclude(wishes={}).exists()


def test_what_somebody_else_changed_meanwhile_is_a_409_with_a_word(paper: Printed, page: Page) -> None:
    data = steering(page, columns="2")
    proofs.steer(paper.duty, page.pk, data["article"], {"columns": 3})
    answer = logged_in(paper.layout).post(verb(page, "steer"), data, **JSON)
    assert answer.status_code == 409
    assert "Somebody else" in answer.json()["error"]


def test_a_proof_is_chosen_and_signed_off_bound_to_what_was_seen(paper: Printed, page: Page) -> None:
    earlier, _later = shown(page, report={"incoming": []}), shown(page, report={"incoming": []})
    client = logged_in(paper.duty)
    seen = page.digest(list(page.placements.order_by("position")))
    answer = client.post(verb(page, "choose_proof"), {"proof": earlier.pk, "seen": seen}, **JSON)
    assert answer.status_code == 200
    page.refresh_from_db()
    assert page.proof == earlier
    assert client.post(verb(page, "sign_off_page"), {"seen": seen}, **JSON).status_code == 409
    seen = page.digest(list(page.placements.order_by("position")))
    answer = client.post(verb(page, "sign_off_page"), {"seen": seen, "from": "makeup"})
    assert answer["Location"] == board(page)


def test_an_advert_is_added_changed_and_removed(paper: Printed, page: Page) -> None:
    client = logged_in(paper.layout)
    given = {"kind": "advert", "title": "渡轮时刻", "columns": 2, "lines": 10, "corner": "bottom_right"}
    assert client.post(verb(page, "keep_item"), given).status_code == 302
    item = page.items.get()
    form = client.get(f"{verb(page, 'keep_item')}?item={item.pk}").content.decode()
    assert "渡轮时刻" in form
    seen = proofs.item_mark(item)
    client.post(verb(page, "keep_item"), {**given, "item": item.pk, "seen": seen, "title": "夜航时刻"})
    item.refresh_from_db()
    assert item.title == "夜航时刻"
    client.post(verb(page, "remove_item"), {"item": item.pk, "seen": proofs.item_mark(item)})
    assert not page.items.exists()


def test_an_advert_that_is_too_large_is_said_at_its_field(paper: Printed, page: Page) -> None:
    given = {"kind": "advert", "title": "巨幅", "columns": 9, "lines": 10, "corner": ""}
    answer = logged_in(paper.layout).post(verb(page, "keep_item"), given)
    assert answer.status_code == 200
    assert "The page has 4 columns" in answer.content.decode()


def test_things_of_another_page_are_not_reached_through_this_one(paper: Printed, page: Page) -> None:
    other = paper.filled(1, code="02")
    item = proofs.keep_item(paper.layout, other.pk, {"title": "别版的广告"})
    proof, client = shown(other), logged_in(paper.layout)
    for name, data in (
        ("remove_item", {"item": item.pk}),
        ("choose_proof", {"proof": proof.pk}),
        ("steer", {"article": other.placements.get().article_id, "jump": "allow"}),
    ):
        assert client.post(verb(page, name), data, **JSON).status_code == 400
    assert other.items.exists()


def test_a_script_in_a_headline_a_title_or_a_name_is_inert(paper: Printed) -> None:
    evil = "<script>alert(1)</script>\"'onload=x"
    page = paper.page(paper.issue(), "01", evil[:30])
    pages.place(paper.layout, page.pk, paper.approved(evil).pk)
    proofs.keep_item(paper.layout, page.pk, {"title": evil})
    shown(page, report={"problems": [finding(ERROR, "deferred", story=evil)]})
    client = logged_in(paper.layout)
    html = read(client, page)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html
    parts = client.get(reverse("admin:articles_page_makeup_state", args=[page.pk])).json()["parts"]
    assert not any("<script" in part for part in parts.values())


def test_the_state_says_whether_a_worker_is_at_it_and_is_304_while_nothing_changes(
    paper: Printed, page: Page
) -> None:
    client = logged_in(paper.layout)
    address = reverse("admin:articles_page_makeup_state", args=[page.pk])
    proofs.make_up(paper.layout, page.pk)
    PageProof.objects.update(state="working", progress="layout")
    answer = client.get(address)
    state = answer.json()
    assert (state["busy"], state["newest"], state["made"]) == (True, 1, "working")
    assert "Finding the best layout" in state["parts"]["head"]
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    PageProof.objects.update(state="failed", report={"problems": [finding(ERROR, "fits_nowhere")]})
    state = client.get(address).json()
    assert not state["busy"]
    assert "no way to lay these stories" in state["parts"]["head"]


def test_a_paper_that_is_not_set_up_says_who_sets_it_up(paper: Printed, page: Page) -> None:
    paper.publication.printing = "none"
    paper.publication.save()
    html = read(logged_in(paper.layout), page)
    assert "not made up here" in html
    assert 'data-verb="make_up"' not in html


def test_queries_do_not_grow_with_stories_or_proofs(
    paper: Printed, django_assert_max_num_queries: Any
) -> None:
    client = logged_in(paper.layout)
    few, many = paper.filled(1), paper.filled(1, 1, 1, 1, 1, 1)
    shown(few)
    for _ in range(6):
        shown(many)
    read(client, few)
    counts = []
    for page in (few, many):
        with django_assert_max_num_queries(60) as asked:
            read(client, page)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[1] <= 24


# --- from the issue ---------------------------------------------------------------------------------------------------


def test_the_issues_board_shows_each_page_small_and_leads_to_its_make_up(paper: Printed, page: Page) -> None:
    shown(page)
    html = (
        logged_in(paper.layout)
        .get(reverse("admin:articles_issue_change", args=[page.issue_id]))
        .content.decode()
    )
    assert board(page) in html
    assert "page.webp" in html
    assert f"/admin/articles/issue/{page.issue_id}/verb/make_up/" in html


def test_a_paper_on_the_web_alone_sees_nothing_of_it(paper: Printed, page: Page) -> None:
    paper.publication.printing = "none"
    paper.publication.save()
    html = (
        logged_in(paper.layout)
        .get(reverse("admin:articles_issue_change", args=[page.issue_id]))
        .content.decode()
    )
    assert "makeup" not in html
    assert "make_up" not in html


def test_a_whole_issue_is_made_up_at_a_press(paper: Printed, page: Page) -> None:
    paper.filled(1, code="02", issue=page.issue)
    answer = logged_in(paper.layout).post(f"/admin/articles/issue/{page.issue_id}/verb/make_up/")
    assert answer.status_code == 302
    assert PageProof.objects.filter(page__issue=page.issue_id).count() == 2


def test_a_page_is_offered_for_signing_only_with_a_proof_that_fits(paper: Printed, page: Page) -> None:
    client = logged_in(paper.duty)
    issue = reverse("admin:articles_issue_change", args=[page.issue_id])
    assert 'data-verb="sign_off_page"' not in client.get(issue).content.decode()
    shown(page, report={"incoming": []})
    assert 'data-verb="sign_off_page"' in client.get(issue).content.decode()
    assert 'data-verb="sign_off_page"' in read(client, page)
