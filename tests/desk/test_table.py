"""The verb × state table, exhaustively: every verb on every pair of states that exists, by somebody who may."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from articles.desk import areas, pages, proofs, publishing, stories, workflow
from articles.desk.copies import public_state_of
from articles.exceptions import IllegalTransition, Refusal
from articles.models import Article, Event
from articles.press import uploads
from articles.states import ARTICLE_TABLE, ISSUE_TABLE, IssueStatus, PublicState, Status, Verb
from tests.cast import Cast
from tests.desk.press import a_pdf
from tests.desk.press import a_proof as a_press_proof
from tests.desk.printed import a_proof, an_item, printed

PAIRS = [
    (Status.DRAFT, PublicState.NONE),
    (Status.DRAFT, PublicState.LIVE),
    (Status.DRAFT, PublicState.WITHDRAWN),
    (Status.REVIEW, PublicState.NONE),
    (Status.REVIEW, PublicState.LIVE),
    (Status.REVIEW, PublicState.WITHDRAWN),
    (Status.APPROVED, PublicState.NONE),
    (Status.APPROVED, PublicState.SCHEDULED),
    (Status.APPROVED, PublicState.LIVE),
    (Status.APPROVED, PublicState.LIVE_SCHEDULED),
    (Status.APPROVED, PublicState.WITHDRAWN),
    (Status.PUBLISHED, PublicState.LIVE),
    (Status.PUBLISHED, PublicState.LIVE_SCHEDULED),
    (Status.SPIKED, PublicState.NONE),
    (Status.SPIKED, PublicState.WITHDRAWN),
]


def _edit(cast: Cast, story: Article) -> Any:
    # In review only the reviewer of the stage may write.
    who = cast.section_editor if story.status == Status.REVIEW else cast.reporter
    return workflow.edit(who, story.pk, story.version, {"deck": "末班延至二十三点"})


VERBS: dict[Verb, Callable[[Cast, Article], Any]] = {
    Verb.EDIT: _edit,
    Verb.SUBMIT: lambda cast, story: workflow.submit(cast.reporter, story.pk),
    Verb.APPROVE: lambda cast, story: workflow.approve(cast.section_editor, story.pk),
    Verb.SEND_BACK: lambda cast, story: workflow.send_back(cast.duty, story.pk, "缺一个信源"),
    Verb.RECALL: lambda cast, story: workflow.recall(cast.reporter, story.pk),
    Verb.SPIKE: lambda cast, story: workflow.spike(cast.section_editor, story.pk),
    Verb.UNSPIKE: lambda cast, story: workflow.unspike(cast.section_editor, story.pk),
    Verb.PULL: lambda cast, story: stories.pull(cast.chief, story.pk, "标题要改"),
    Verb.REVISE: lambda cast, story: workflow.revise(cast.chief, story.pk),
    Verb.CORRECT: lambda cast, story: stories.correct(cast.chief, story.pk, {"deck": "更正后"}, "副题有误"),
    Verb.PUBLISH_ARTICLE: lambda cast, story: stories.publish_article(cast.chief, story.pk),
    Verb.WITHDRAW: lambda cast, story: stories.withdraw(cast.chief, story.pk, "事实有误"),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_a_verb_goes_through_exactly_where_the_table_has_it(
    cast: Cast, verb: Verb, pair: tuple[Status, PublicState]
) -> None:
    story = cast.story_in(*pair)
    assert (story.status, public_state_of(story, timezone.now())) == pair
    before = Event.objects.count()

    if pair in ARTICLE_TABLE[verb]:
        VERBS[verb](cast, story)
        assert Event.objects.filter(verb=verb, article=story).exists()
    else:
        with pytest.raises(IllegalTransition) as refused:
            VERBS[verb](cast, story)
        assert str(refused.value)
        story.refresh_from_db()
        assert (story.status, public_state_of(story, timezone.now())) == pair
        assert Event.objects.count() == before


def test_the_cast_reaches_every_pair_the_table_knows_and_no_other_exists(cast: Cast) -> None:
    unreachable = [(s, p) for s in Status for p in PublicState if (s, p) not in PAIRS]
    for pair in unreachable:
        with pytest.raises(ValueError, match="no way leads"):
            cast.story_in(*pair)
    assert len(PAIRS) + len(unreachable) == len(Status) * len(PublicState)


ISSUE_VERBS: dict[Verb, Callable[[Cast, Any, Article], Any]] = {
    Verb.PLACE: lambda cast, issue, story: pages.place(cast.duty, issue.pages.get().pk, story.pk),
    Verb.UNPLACE: lambda cast, issue, story: pages.unplace(
        cast.duty, issue.pages.get().pk, issue.pages.get().placements.get().article_id
    ),
    Verb.MOVE: lambda cast, issue, story: pages.move(
        cast.duty,
        issue.pages.get().pk,
        issue.pages.get().placements.get().article_id,
        cast.page(issue, "02").pk,
    ),
    Verb.SIGN_OFF_PAGE: lambda cast, issue, story: pages.sign_off_page(cast.duty, issue.pages.get().pk),
    Verb.SCHEDULE_ISSUE: lambda cast, issue, story: publishing.schedule_issue(cast.chief, issue.pk),
    Verb.UNSCHEDULE_ISSUE: lambda cast, issue, story: publishing.unschedule_issue(cast.chief, issue.pk),
    Verb.HOLD_ISSUE: lambda cast, issue, story: publishing.hold_issue(cast.chief, issue.pk),
    Verb.RELEASE_ISSUE: lambda cast, issue, story: publishing.release_issue(cast.chief, issue.pk),
    Verb.REPLACE_PAGE: lambda cast, issue, story: publishing.replace_page(
        cast.chief, issue.pages.get().pk, [story.pk], "换稿"
    ),
    Verb.UPLOAD_PDF: lambda cast, issue, story: uploads.upload_pdf(cast.layout, issue.pk, a_pdf()),
    Verb.EDIT_AREAS: lambda cast, issue, story: areas.mark_absent(
        cast.layout, a_press_proof(issue, cast.layout).pk, issue.pages.get().placements.get().article_id
    ),
    Verb.MAKE_UP: lambda cast, issue, story: proofs.make_up(cast.layout, printed(issue).pk),
    Verb.CHOOSE_PROOF: lambda cast, issue, story: proofs.choose_proof(
        cast.layout, printed(issue).pk, a_proof(printed(issue)).pk
    ),
    Verb.STEER: lambda cast, issue, story: proofs.steer(
        cast.layout, printed(issue).pk, issue.pages.get().placements.get().article_id, {"columns": 2}
    ),
    Verb.KEEP_ITEM: lambda cast, issue, story: proofs.keep_item(
        cast.layout, printed(issue).pk, {"title": "渡轮时刻"}
    ),
    Verb.REMOVE_ITEM: lambda cast, issue, story: proofs.remove_item(
        cast.layout, printed(issue).pk, an_item(printed(issue)).pk
    ),
}


@pytest.mark.parametrize("verb", ISSUE_VERBS)
@pytest.mark.parametrize("status", IssueStatus)
def test_an_issue_verb_goes_through_exactly_where_the_table_has_it(
    cast: Cast, verb: Verb, status: IssueStatus
) -> None:
    story, other = cast.approved("渡轮夜航"), cast.approved("灯塔修缮")
    issue = {
        IssueStatus.PLANNING: cast.ready_issue,
        IssueStatus.SCHEDULED: cast.scheduled_issue,
        IssueStatus.HELD: lambda story: publishing.hold_issue(cast.chief, cast.scheduled_issue(story).pk),
        IssueStatus.PUBLISHED: cast.published_issue,
    }[status](story)

    if status in ISSUE_TABLE[verb]:
        ISSUE_VERBS[verb](cast, issue, other)
        assert Event.objects.filter(verb=verb, issue=issue).exists()
    else:
        with pytest.raises(IllegalTransition):
            ISSUE_VERBS[verb](cast, issue, other)
        issue.refresh_from_db()
        assert issue.status == status


def test_every_verb_is_in_a_table_and_tried_here() -> None:
    tried = set(VERBS) | set(ISSUE_VERBS) | {Verb.REVIEW_AFTERWARDS}
    assert tried == set(Verb) == set(ARTICLE_TABLE) | set(ISSUE_TABLE)


def test_a_refusal_is_one_of_two_kinds() -> None:
    assert issubclass(IllegalTransition, Refusal)
