"""Asking for proofs, steering them, choosing one: the desk's side, before any worker."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.desk import lost_proofs, pages, proofs
from articles.exceptions import IllegalTransition, Outdated
from articles.makeup import fonts, workshop
from articles.models import Event, Page, PageProof, Publication
from tests.admin.desk import logged_in
from tests.desk.printed import a_proof
from tests.desk.test_two_at_once import at_once
from tests.proofs.conftest import Printed


@pytest.fixture
def page(paper: Printed) -> Page:
    return paper.filled(3, 2, 1)


def keys(page: Page) -> list[str]:
    return [f"story-{row.article_id}" for row in page.placements.order_by("position")]


def test_a_proof_is_asked_for_with_who_when_and_what_stood_there(paper: Printed, page: Page) -> None:
    now = timezone.now()
    (proof,) = proofs.make_up(paper.layout, page.pk, now=now)
    assert (proof.number, proof.state, proof.choice) == (1, "waiting", 1)
    assert (proof.requested_by, proof.requested_at) == (paper.layout, now)
    assert proof.digest == page.content_digest(list(page.placements.order_by("position")))
    event = Event.objects.get(verb="make_up")
    assert (event.page, event.actor, event.data["proof"]) == (page, paper.layout, 1)


def test_three_proposals_are_three_proofs_and_the_best_is_the_newest(paper: Printed, page: Page) -> None:
    made = proofs.make_up(paper.layout, page.pk, choices=(1, 2, 3))
    assert [(proof.number, proof.choice) for proof in made] == [(1, 3), (2, 2), (3, 1)]
    assert proofs.is_newest(made[-1])
    assert not proofs.is_newest(made[0])


def test_what_is_asked_for_twice_before_anybody_began_is_made_once(paper: Printed, page: Page) -> None:
    first, second = proofs.make_up(paper.layout, page.pk), proofs.make_up(paper.duty, page.pk)
    assert [proof.pk for proof in first] == [proof.pk for proof in second]
    assert page.proofs.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_get_numbers_of_their_own(paper: Printed) -> None:
    page = paper.filled(1)
    results = at_once(
        lambda: proofs.make_up(paper.layout, page.pk, choices=(1,)),
        lambda: proofs.make_up(paper.duty, page.pk, choices=(2,)),
    )
    assert not [result for result in results if isinstance(result, Exception)], results
    assert sorted(page.proofs.values_list("number", flat=True)) == [1, 2]


def test_a_paper_without_printed_pages_has_no_proofs(paper: Printed, page: Page) -> None:
    Publication.objects.update(printing="none")
    with pytest.raises(IllegalTransition, match="not made up here"):
        proofs.make_up(paper.layout, page.pk)


def test_a_paper_without_a_format_is_told_where_to_choose_one(paper: Printed, page: Page) -> None:
    Publication.objects.update(page_format=None)
    with pytest.raises(IllegalTransition, match="settings"):
        proofs.make_up(paper.layout, page.pk)


def test_an_empty_page_is_not_made_up(paper: Printed) -> None:
    with pytest.raises(IllegalTransition, match="Place some"):
        proofs.make_up(paper.layout, paper.page(paper.issue()).pk)


def test_an_issue_is_made_up_page_by_page_in_order(paper: Printed) -> None:
    issue = paper.issue()
    front, second = paper.filled(1, issue=issue), paper.filled(1, code="02", issue=issue)
    paper.page(issue, "03")
    made = proofs.make_up_issue(paper.layout, issue.pk)
    assert [proof.page for proof in made] == [front, second]


# --- swapping -----------------------------------------------------------------------------------------------------


def laid_out(page: Page) -> PageProof:
    one, two, three = keys(page)
    proof = a_proof(page, layout={"tree": ["above", one, ["beside", two, three]]})
    page.proof = proof
    page.save()
    return proof


def test_two_modules_change_places_in_the_layout(paper: Printed, page: Page) -> None:
    one, two, three = keys(page)
    kept = laid_out(page)
    (proof,) = proofs.make_up(paper.layout, page.pk, keep=kept.pk, swap=(one, three))
    assert proof.layout == {"tree": ["above", three, ["beside", two, one]]}
    assert kept.layout == {"tree": ["above", one, ["beside", two, three]]}


def test_who_swaps_on_a_proof_that_is_no_longer_shown_looks_again(paper: Printed, page: Page) -> None:
    one, two, _three = keys(page)
    kept = laid_out(page)
    laid_out(page)
    with pytest.raises(Outdated, match="another proof"):
        proofs.make_up(paper.layout, page.pk, keep=kept.pk, swap=(one, two))
    assert page.proofs.count() == 2


@pytest.mark.parametrize("swap", [("story-1", "story-1"), ("story-1", "story-99999"), ("above", "beside")])
def test_only_two_that_stand_there_are_swapped(paper: Printed, page: Page, swap: Any) -> None:
    kept = laid_out(page)
    with pytest.raises(IllegalTransition, match="two that both stand"):
        proofs.make_up(paper.layout, page.pk, keep=kept.pk, swap=swap)


# --- wishes -------------------------------------------------------------------------------------------------------


def test_a_wish_is_kept_with_the_placement_and_makes_the_proof_stale(paper: Printed, page: Page) -> None:
    proof = laid_out(page)
    row = page.placements.first()
    proofs.steer(paper.layout, page.pk, row.article_id, {"columns": 2}, seen=proofs.wish_mark(row))
    row.refresh_from_db()
    assert row.wishes == {"columns": 2}
    assert page.content_digest(list(page.placements.order_by("position"))) != proof.digest


def test_a_weight_moves_the_story_and_numbers_the_others(paper: Printed, page: Page) -> None:
    one, two, three = (row.article_id for row in page.placements.order_by("position"))
    proofs.steer(paper.layout, page.pk, three, {}, position=1)
    rows = page.placements.order_by("position").values_list("article", "position")
    assert list(rows) == [(three, 1), (one, 2), (two, 3)]


def test_wishes_that_somebody_else_changed_are_not_overwritten(paper: Printed, page: Page) -> None:
    row = page.placements.first()
    seen = proofs.wish_mark(row)
    proofs.steer(paper.duty, page.pk, row.article_id, {"columns": 3})
    with pytest.raises(Outdated, match="Somebody else"):
        proofs.steer(paper.layout, page.pk, row.article_id, {"columns": 2}, seen=seen)
    row.refresh_from_db()
    assert row.wishes == {"columns": 3}


def test_a_wish_may_ask_for_a_proof_in_the_same_layout(paper: Printed, page: Page) -> None:
    kept = laid_out(page)
    row = page.placements.first()
    proofs.steer(paper.layout, page.pk, row.article_id, {"head_size": 30.0}, again=True, keep_layout=True)
    newest = page.proofs.first()
    assert newest is not None
    assert (newest.state, newest.layout) == ("waiting", kept.layout)


def test_nothing_is_wished_for_a_story_that_is_not_there(paper: Printed, page: Page) -> None:
    with pytest.raises(IllegalTransition, match="does not stand"):
        proofs.steer(paper.layout, page.pk, paper.draft("别处").pk, {})


# --- adverts and notices --------------------------------------------------------------------------------------------


def test_adverts_come_change_and_go_and_the_page_counts_it(paper: Printed, page: Page) -> None:
    item = proofs.keep_item(paper.layout, page.pk, {"title": "渡轮时刻", "columns": 2, "lines": 10})
    proofs.keep_item(
        paper.layout, page.pk, {"title": "渡轮新时刻"}, item_id=item.pk, seen=proofs.item_mark(item)
    )
    item.refresh_from_db()
    assert (item.title, item.columns) == ("渡轮新时刻", 2)
    proofs.remove_item(paper.layout, page.pk, item.pk, seen=proofs.item_mark(item))
    page.refresh_from_db()
    assert (page.items.count(), page.items_version) == (0, 3)


def test_an_advert_larger_than_the_page_is_refused(paper: Printed, page: Page) -> None:
    with pytest.raises(ValidationError, match="4 columns"):
        proofs.keep_item(paper.layout, page.pk, {"title": "巨幅", "columns": 5, "lines": 10})


def test_an_advert_that_somebody_else_changed_is_not_overwritten(paper: Printed, page: Page) -> None:
    item = proofs.keep_item(paper.layout, page.pk, {"title": "渡轮时刻"})
    seen = proofs.item_mark(item)
    proofs.keep_item(paper.duty, page.pk, {"title": "夜航时刻"}, item_id=item.pk)
    for attempt in (
        lambda: proofs.keep_item(paper.layout, page.pk, {"title": "改"}, item_id=item.pk, seen=seen),
        lambda: proofs.remove_item(paper.layout, page.pk, item.pk, seen=seen),
    ):
        with pytest.raises(Outdated, match="夜航时刻"):
            attempt()


# --- choosing -------------------------------------------------------------------------------------------------------


def test_an_earlier_proof_is_chosen_again(paper: Printed, page: Page) -> None:
    earlier = laid_out(page)
    laid_out(page)
    proofs.choose_proof(paper.layout, page.pk, earlier.pk)
    page.refresh_from_db()
    assert page.proof == earlier


def test_only_a_finished_proof_of_this_page_is_chosen(paper: Printed, page: Page) -> None:
    other = a_proof(paper.filled(1, code="02"))
    failed = a_proof(page, state="failed")
    for proof in (other, failed):
        with pytest.raises(IllegalTransition, match="finished"):
            proofs.choose_proof(paper.layout, page.pk, proof.pk)


def test_who_chooses_has_seen_the_page_as_it_is(paper: Printed, page: Page) -> None:
    proof = laid_out(page)
    seen = page.digest(list(page.placements.order_by("position")))
    pages.place(paper.duty, page.pk, paper.draft("插队").pk)
    with pytest.raises(Outdated):
        proofs.choose_proof(paper.layout, page.pk, proof.pk, seen=seen)


# --- lost ones ------------------------------------------------------------------------------------------------------


def test_a_proof_whose_message_was_lost_is_sent_again_once_a_minute(paper: Printed, page: Page) -> None:
    (proof,) = proofs.make_up(paper.layout, page.pk)
    now = proof.requested_at
    minute = timedelta(minutes=1)
    assert lost_proofs.hurry_waiting(now + minute / 2) == 0
    assert lost_proofs.hurry_waiting(now + minute) == 1
    assert lost_proofs.hurry_waiting(now + minute * 1.5) == 0
    assert lost_proofs.hurry_waiting(now + minute * 2) == 1


def test_finished_proofs_are_left_alone(paper: Printed, page: Page) -> None:
    a_proof(page)
    a_proof(page, state="failed")
    assert lost_proofs.hurry_waiting(timezone.now() + timedelta(days=1)) == 0


# --- fonts that are not there -----------------------------------------------------------------------------------------


def test_missing_fonts_are_said_in_the_settings_and_to_the_monitor(
    paper: Printed, monkeypatch: pytest.MonkeyPatch, client: Any
) -> None:
    def none() -> None:
        raise fonts.FontsMissing(["fonts-noto-cjk"])

    monkeypatch.setattr(workshop, "page_fonts", none)
    html = logged_in(paper.administrator).get("/admin/settings/").content.decode()
    assert "fonts-noto-cjk" in html
    assert client.get("/readyz").json()["checks"]["fonts"] == {"ok": True, "missing": ["fonts-noto-cjk"]}
    Publication.objects.update(printing="none")
    assert "fonts-noto-cjk" not in logged_in(paper.administrator).get("/admin/settings/").content.decode()
    assert client.get("/readyz").json()["checks"]["fonts"] == {"ok": True}
