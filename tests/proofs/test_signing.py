"""What a sign-off asks of the page's proof, and stories that go on on another page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from articles.desk import pages, proofs, publishing, workflow
from articles.desk.continuations import InHand
from articles.desk.findings import ERROR, WARNING, finding
from articles.desk.locks import lock_pages
from articles.exceptions import IllegalTransition, Outdated
from articles.models import Event, Issue, Page, PageProof, Publication
from tests.desk.printed import a_proof
from tests.proofs.conftest import Printed


@pytest.fixture
def page(paper: Printed) -> Page:
    return paper.filled(2, 1)


def shown(page: Page, **more: Any) -> PageProof:
    """A finished proof that the page shows, with what it was made of."""
    from articles.desk.signing import basis

    placements = list(page.placements.select_related("article").order_by("position"))
    report = {"basis": basis(page, placements), "incoming": [], **more.pop("report", {})}
    proof = a_proof(page, report=report, **more)
    page.proof = proof
    page.save(update_fields=["proof"])
    return proof


def obstacles(paper: Printed, page: Page) -> str:
    with pytest.raises(IllegalTransition) as refused:
        pages.sign_off_page(paper.duty, page.pk)
    return " / ".join(refused.value.reasons)


def test_a_page_with_a_sound_proof_of_what_stands_there_is_signed_off(paper: Printed, page: Page) -> None:
    proof = shown(page)
    signed = pages.sign_off_page(paper.duty, page.pk)
    assert signed.signed_digest == page.digest(list(page.placements.order_by("position")))
    assert signed.proof == proof


def test_a_warning_does_not_keep_it_from_that(paper: Printed, page: Page) -> None:
    shown(page, report={"problems": [finding(WARNING, "short", lines=3)]})
    assert pages.sign_off_page(paper.duty, page.pk).signed_digest


def test_a_page_without_a_proof_is_not(paper: Printed, page: Page) -> None:
    assert obstacles(paper, page) == "Page 01 要闻 has no proof yet. Make it up."


def test_a_proof_with_an_error_says_what_to_do(paper: Printed, page: Page) -> None:
    shown(page, report={"problems": [finding(ERROR, "deferred", story="渡轮夜航")]})
    assert "“渡轮夜航” found no room. Take it off" in obstacles(paper, page)


CHANGES: dict[str, tuple[Callable[[Printed, Page], Any], str]] = {
    "a story's text": (
        lambda paper, page: paper.approve(
            workflow.edit(
                paper.section_editor,
                (story := page.placements.get(position=1).article).pk,
                story.version,
                {"deck": "改过"},
            )
        ),
        "was changed after the proof",
    ),
    "another story": (
        lambda paper, page: pages.place(paper.layout, page.pk, paper.approved("插队").pk),
        "“插队” was placed after the proof",
    ),
    "a story less": (
        lambda paper, page: pages.unplace(paper.layout, page.pk, page.placements.get(position=2).article_id),
        "was taken off after the proof",
    ),
    "the order": (
        lambda paper, page: pages.place(
            paper.layout, page.pk, page.placements.get(position=2).article_id, position=1
        ),
        "weight of its stories",
    ),
    "a wish": (
        lambda paper, page: proofs.steer(
            paper.layout, page.pk, page.placements.get(position=1).article_id, {"columns": 2}
        ),
        "The wishes for",
    ),
    "an advert": (
        lambda paper, page: proofs.keep_item(paper.layout, page.pk, {"title": "渡轮时刻"}),
        "adverts and notices",
    ),
    "a credit": (
        lambda paper, page: Page.objects.filter(pk=page.pk).update(proofreader="江砚"),
        "credits were changed",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_after_the_proof_keeps_the_page_from_it_and_says_which(
    paper: Printed, page: Page, change: str
) -> None:
    shown(page)
    act, words = CHANGES[change]
    act(paper, page)
    said = obstacles(paper, page)
    assert words in said
    assert "Make it up again." in said


@pytest.mark.parametrize("change", CHANGES)
def test_after_the_sign_off_it_is_void_and_the_issue_says_why(
    paper: Printed, page: Page, change: str
) -> None:
    shown(page)
    pages.sign_off_page(paper.duty, page.pk)
    act, words = CHANGES[change]
    act(paper, page)
    with pytest.raises(IllegalTransition) as refused:
        publishing.schedule_issue(paper.chief, page.issue_id)
    said = " / ".join(refused.value.reasons)
    assert "was changed after its sign-off" in said
    assert words in said


def test_the_signature_is_for_the_proof_that_was_seen(paper: Printed, page: Page) -> None:
    shown(page)
    seen = page.digest(list(page.placements.order_by("position")))
    shown(page)
    with pytest.raises(Outdated):
        pages.sign_off_page(paper.duty, page.pk, seen=seen)


def test_another_proof_makes_the_signature_void(paper: Printed, page: Page) -> None:
    earlier = shown(page)
    shown(page)
    pages.sign_off_page(paper.duty, page.pk)
    proofs.choose_proof(paper.layout, page.pk, earlier.pk)
    with pytest.raises(IllegalTransition, match="not ready"):
        publishing.schedule_issue(paper.chief, page.issue_id)
    pages.sign_off_page(paper.duty, page.pk)
    publishing.schedule_issue(paper.chief, page.issue_id)


def test_a_paper_on_the_web_alone_needs_no_proof(paper: Printed, page: Page) -> None:
    Publication.objects.update(printing="none")
    assert pages.sign_off_page(paper.duty, page.pk).signed_digest


def test_a_replaced_page_does_not_keep_the_picture_of_the_old_one(paper: Printed, page: Page) -> None:
    shown(page)
    pages.sign_off_page(paper.duty, page.pk)
    publishing.schedule_issue(paper.chief, page.issue_id)
    publishing.replace_page(paper.chief, page.pk, [paper.approved("突发").pk], "突发")
    page.refresh_from_db()
    assert page.proof is None


# --- going on elsewhere -----------------------------------------------------------------------------------------------


@pytest.fixture
def issue(paper: Printed) -> Issue:
    """01 and 02, each with one story and a proof that shows it."""
    issue = paper.issue()
    for code in ("01", "02"):
        shown(paper.filled(2, code=code, issue=issue))
    return issue


def send_on(issue: Issue, paper: Printed, *continues: tuple[int, int, str]) -> PageProof:
    """Let page 01 show a proof that sends these (story, line, page code) on."""
    pages_ = lock_pages(Issue.objects.get(pk=issue.pk))
    front = next(iter(pages_))
    rows = [{"article": one, "from_line": line, "to_page": code} for one, line, code in continues]
    proof = shown(front, report={"continues": rows})
    # As it was before: `show` compares.
    front.proof = front.proofs.exclude(pk=proof.pk).first()
    proofs.show(InHand(issue, pages_, paper.layout, timezone.now()), front, proof)
    return proof


def standing(issue: Issue, code: str) -> list[int]:
    page = issue.pages.get(code=code)
    return list(page.placements.order_by("position").values_list("article", flat=True))


def test_a_story_that_goes_on_stands_on_the_other_page_last_and_that_page_is_made_up_again(
    paper: Printed, issue: Issue
) -> None:
    (lead,) = standing(issue, "01")
    (other,) = standing(issue, "02")
    send_on(issue, paper, (lead, 12, "02"))
    assert standing(issue, "02") == [other, lead]
    event = Event.objects.filter(verb="place").first()
    assert event is not None
    assert (event.page, event.actor) == (issue.pages.get(code="02"), paper.layout)
    assert event.data["goes_on_from"] == "01 要闻"
    assert issue.pages.get(code="02").proofs.filter(state="waiting").count() == 1


def test_when_it_no_longer_goes_on_it_leaves_that_page(paper: Printed, issue: Issue) -> None:
    (lead,) = standing(issue, "01")
    (other,) = standing(issue, "02")
    send_on(issue, paper, (lead, 12, "02"))
    send_on(issue, paper)
    assert standing(issue, "02") == [other]


def test_what_a_person_placed_is_never_taken_off(paper: Printed, issue: Issue) -> None:
    (lead,) = standing(issue, "01")
    pages.place(paper.layout, issue.pages.get(code="02").pk, lead, position=1)
    send_on(issue, paper, (lead, 12, "02"))
    send_on(issue, paper)
    assert standing(issue, "02")[0] == lead


def test_the_other_page_is_signed_off_only_with_a_proof_that_takes_it_on(
    paper: Printed, issue: Issue
) -> None:
    (lead,) = standing(issue, "01")
    send_on(issue, paper, (lead, 12, "02"))
    second = issue.pages.get(code="02")
    shown(second)
    assert "what goes on here from another page has changed" in obstacles(paper, second)
    shown(second, report={"incoming": [[lead, 12, "01"]]})
    assert pages.sign_off_page(paper.duty, second.pk).signed_digest
    send_on(issue, paper, (lead, 15, "02"))
    assert "has changed" in obstacles(paper, second)


def test_a_story_that_goes_on_may_not_be_taken_off_there_unnoticed(paper: Printed, issue: Issue) -> None:
    (lead,) = standing(issue, "01")
    send_on(issue, paper, (lead, 12, "02"))
    second = issue.pages.get(code="02")
    pages.unplace(paper.layout, second.pk, lead)
    shown(second, report={"incoming": [[lead, 12, "01"]]})
    assert "goes on here from page 01. Place it here" in obstacles(paper, second)


def test_a_page_that_is_gone_takes_nothing_on(paper: Printed, issue: Issue) -> None:
    (lead,) = standing(issue, "01")
    send_on(issue, paper, (lead, 12, "09"))
    assert "page 09, which is not there" in obstacles(paper, issue.pages.get(code="01"))
