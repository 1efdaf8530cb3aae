"""Who may do what: every verb tried by everybody, on a thing that is in a state for it."""

from collections.abc import Callable
from typing import Any

import pytest

from articles.desk import areas, pages, proofs, publishing, stories, workflow
from articles.exceptions import NotAllowed
from articles.models import Event, Membership, Page
from articles.models.publication import Role
from articles.press import uploads
from articles.states import PublicState, Status, Verb
from tests.cast import Cast
from tests.desk.press import a_pdf
from tests.desk.press import a_proof as a_press_proof
from tests.desk.printed import a_proof, an_item, printed

EVERYBODY = [
    "reporter",
    "colleague",
    "section_editor",
    "duty",
    "chief",
    "layout",
    "outsider",
    "administrator",
]
LEADS = {"duty", "chief"}
EDITORS = LEADS | {"section_editor"}

# verb: (the state it is tried in, who may, how)
ARTICLE_VERBS: dict[Verb, tuple[tuple[Status, PublicState], set[str], Callable[[Any, Any], Any]]] = {
    Verb.EDIT: (
        (Status.DRAFT, PublicState.NONE),
        EDITORS | {"reporter"},
        lambda user, story: workflow.edit(user, story.pk, story.version, {"deck": "末班延至二十三点"}),
    ),
    Verb.SUBMIT: (
        (Status.DRAFT, PublicState.NONE),
        EDITORS | {"reporter"},
        lambda user, story: workflow.submit(user, story.pk),
    ),
    Verb.APPROVE: (
        (Status.REVIEW, PublicState.NONE),
        {"section_editor"},
        lambda user, story: workflow.approve(user, story.pk),
    ),
    Verb.SEND_BACK: (
        (Status.REVIEW, PublicState.NONE),
        EDITORS,
        lambda user, story: workflow.send_back(user, story.pk, "缺一个信源"),
    ),
    Verb.RECALL: (
        (Status.REVIEW, PublicState.NONE),
        {"reporter"},
        lambda user, story: workflow.recall(user, story.pk),
    ),
    Verb.SPIKE: (
        (Status.DRAFT, PublicState.NONE),
        EDITORS,
        lambda user, story: workflow.spike(user, story.pk),
    ),
    Verb.UNSPIKE: (
        (Status.SPIKED, PublicState.NONE),
        EDITORS,
        lambda user, story: workflow.unspike(user, story.pk),
    ),
    Verb.PULL: (
        (Status.APPROVED, PublicState.SCHEDULED),
        LEADS,
        lambda user, story: stories.pull(user, story.pk, "要改标题"),
    ),
    Verb.REVISE: (
        (Status.PUBLISHED, PublicState.LIVE),
        EDITORS,
        lambda user, story: workflow.revise(user, story.pk),
    ),
    Verb.CORRECT: (
        (Status.PUBLISHED, PublicState.LIVE),
        LEADS,
        lambda user, story: stories.correct(user, story.pk, {"deck": "更正后"}, "副题有误"),
    ),
    Verb.PUBLISH_ARTICLE: (
        (Status.APPROVED, PublicState.NONE),
        LEADS,
        lambda user, story: stories.publish_article(user, story.pk),
    ),
    Verb.WITHDRAW: (
        (Status.PUBLISHED, PublicState.LIVE),
        LEADS,
        lambda user, story: stories.withdraw(user, story.pk, "事实有误"),
    ),
}

ISSUE_VERBS: dict[Verb, tuple[str, set[str], Callable[[Any, Any, Any], Any]]] = {
    Verb.PLACE: (
        "ready_issue",
        LEADS | {"layout"},
        lambda user, issue, story: pages.place(user, issue.pages.get().pk, story.pk),
    ),
    Verb.UNPLACE: (
        "ready_issue",
        LEADS | {"layout"},
        lambda user, issue, story: pages.unplace(
            user, issue.pages.get().pk, issue.pages.get().placements.get().article_id
        ),
    ),
    Verb.MOVE: (
        "ready_issue",
        LEADS | {"layout"},
        lambda user, issue, story: pages.move(
            user,
            issue.pages.get(code="01").pk,
            issue.pages.get(code="01").placements.get().article_id,
            Page.objects.get_or_create(issue=issue, code="02")[0].pk,
        ),
    ),
    Verb.SIGN_OFF_PAGE: (
        "ready_issue",
        LEADS,
        lambda user, issue, story: pages.sign_off_page(user, issue.pages.get().pk),
    ),
    Verb.SCHEDULE_ISSUE: (
        "ready_issue",
        LEADS,
        lambda user, issue, story: publishing.schedule_issue(user, issue.pk),
    ),
    Verb.UNSCHEDULE_ISSUE: (
        "scheduled_issue",
        LEADS,
        lambda user, issue, story: publishing.unschedule_issue(user, issue.pk),
    ),
    Verb.HOLD_ISSUE: (
        "scheduled_issue",
        LEADS,
        lambda user, issue, story: publishing.hold_issue(user, issue.pk),
    ),
    Verb.REPLACE_PAGE: (
        "scheduled_issue",
        LEADS,
        lambda user, issue, story: publishing.replace_page(user, issue.pages.get().pk, [story.pk], "换稿"),
    ),
    Verb.UPLOAD_PDF: (
        "ready_issue",
        LEADS | {"layout"},
        lambda user, issue, story: uploads.upload_pdf(user, issue.pk, a_pdf()),
    ),
    Verb.MAKE_UP: (
        "ready_issue",
        LEADS | {"layout"},
        lambda user, issue, story: proofs.make_up(user, printed(issue).pk),
    ),
    Verb.CHOOSE_PROOF: (
        "ready_issue",
        LEADS | {"layout"},
        lambda user, issue, story: proofs.choose_proof(user, printed(issue).pk, a_proof(printed(issue)).pk),
    ),
    Verb.STEER: (
        "ready_issue",
        LEADS | {"layout"},
        lambda user, issue, story: proofs.steer(
            user, printed(issue).pk, issue.pages.get().placements.get().article_id, {"columns": 2}
        ),
    ),
    Verb.KEEP_ITEM: (
        "ready_issue",
        LEADS | {"layout"},
        lambda user, issue, story: proofs.keep_item(user, printed(issue).pk, {"title": "渡轮时刻"}),
    ),
    Verb.REMOVE_ITEM: (
        "ready_issue",
        LEADS | {"layout"},
        lambda user, issue, story: proofs.remove_item(user, printed(issue).pk, an_item(printed(issue)).pk),
    ),
    Verb.EDIT_AREAS: (
        "ready_issue",
        LEADS | {"layout"},
        lambda user, issue, story: areas.mark_absent(
            user, a_press_proof(issue, user).pk, issue.pages.get().placements.get().article_id
        ),
    ),
}


@pytest.mark.parametrize("verb", ARTICLE_VERBS)
@pytest.mark.parametrize("name", EVERYBODY)
def test_a_story_verb_by_everybody(cast: Cast, verb: Verb, name: str) -> None:
    pair, may, attempt = ARTICLE_VERBS[verb]
    story = cast.story_in(*pair)
    before = Event.objects.count()
    if name in may:
        attempt(getattr(cast, name), story)
        assert Event.objects.filter(verb=verb, actor=getattr(cast, name)).exists()
    else:
        with pytest.raises(NotAllowed) as refused:
            attempt(getattr(cast, name), story)
        assert str(refused.value)
        story.refresh_from_db()
        assert story.status == pair[0]
        assert Event.objects.count() == before


@pytest.mark.parametrize("verb", ISSUE_VERBS)
@pytest.mark.parametrize("name", EVERYBODY)
def test_an_issue_verb_by_everybody(cast: Cast, verb: Verb, name: str) -> None:
    make, may, attempt = ISSUE_VERBS[verb]
    issue, story = getattr(cast, make)(cast.approved("灯塔修缮")), cast.approved("渡轮夜航")
    status = issue.status
    if name in may:
        attempt(getattr(cast, name), issue, story)
        assert Event.objects.filter(verb=verb, actor=getattr(cast, name)).exists()
    else:
        with pytest.raises(NotAllowed):
            attempt(getattr(cast, name), issue, story)
        issue.refresh_from_db()
        assert issue.status == status


@pytest.mark.parametrize("name", EVERYBODY)
def test_release_by_everybody(cast: Cast, name: str) -> None:
    issue = publishing.hold_issue(cast.chief, cast.scheduled_issue(cast.approved()).pk)
    if name in LEADS:
        assert publishing.release_issue(getattr(cast, name), issue.pk).status == "scheduled"
    else:
        with pytest.raises(NotAllowed):
            publishing.release_issue(getattr(cast, name), issue.pk)


# --- RISKS 34: three people, and never the author -------------------------------------------------------------------


def test_nobody_reviews_their_own_story_whatever_their_role(cast: Cast) -> None:
    Membership.objects.create(user=cast.reporter, publication=cast.publication, role=Role.SECTION_EDITOR)
    story = cast.in_review()
    with pytest.raises(NotAllowed, match="own story"):
        workflow.approve(cast.reporter, story.pk)


def test_a_name_in_the_byline_is_an_author_too(cast: Cast) -> None:
    cast.byline.user = cast.section_editor
    cast.byline.save()
    story = cast.in_review()
    with pytest.raises(NotAllowed, match="own story"):
        workflow.approve(cast.section_editor, story.pk)


def test_no_two_stages_by_one_person_whatever_their_roles(cast: Cast) -> None:
    Membership.objects.create(user=cast.section_editor, publication=cast.publication, role=Role.DUTY_EDITOR)
    story = cast.in_review(stage=1)
    with pytest.raises(NotAllowed, match="already approved"):
        workflow.approve(cast.section_editor, story.pk)


def test_a_small_desk_may_allow_it(cast: Cast) -> None:
    cast.publication.one_person_may_review_twice = True
    cast.publication.save()
    Membership.objects.create(user=cast.reporter, publication=cast.publication, role=Role.SECTION_EDITOR)
    Membership.objects.create(user=cast.reporter, publication=cast.publication, role=Role.DUTY_EDITOR)
    story = cast.in_review()
    workflow.approve(cast.reporter, story.pk)
    assert workflow.approve(cast.reporter, story.pk).stage == cast.stages[2]


def test_an_editor_of_another_section_may_not(cast: Cast) -> None:
    story = cast.in_review(section=cast.culture.pk)
    with pytest.raises(NotAllowed):
        workflow.approve(cast.section_editor, story.pk)


def test_only_the_reviewer_of_the_stage_edits_a_story_in_review(cast: Cast) -> None:
    story = cast.in_review()
    for person in (cast.reporter, cast.duty, cast.chief):
        with pytest.raises(NotAllowed):
            workflow.edit(person, story.pk, story.version, {"deck": "改"})
    story = workflow.edit(cast.section_editor, story.pk, story.version, {"deck": "改"})
    workflow.approve(cast.section_editor, story.pk)
    assert story.reviews.get().revision.snapshot["deck"] == "改"


def test_a_seat_that_has_ended_gives_nothing(cast: Cast) -> None:
    Membership.objects.filter(user=cast.duty).update(valid_until="2020-01-01")
    with pytest.raises(NotAllowed):
        workflow.approve(cast.duty, cast.in_review(stage=1).pk)


def test_a_disabled_account_does_nothing(cast: Cast) -> None:
    story = cast.draft()
    cast.reporter.is_active = False
    cast.reporter.save()
    with pytest.raises(NotAllowed):
        workflow.submit(cast.reporter, story.pk)
