"""Every verb twice: one after the other, and by two people at the same moment on real connections."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone, translation

from articles.desk import pages, publishing, settling, stories, workflow
from articles.exceptions import Refusal
from articles.models import Event, Page, PublishedArticle, PublishedIssue, Review
from articles.states import PublicState, Status, Verb
from tests.cast import Cast

STORY_VERBS: dict[Verb, tuple[tuple[Status, PublicState], Callable[[Cast, Any], Any]]] = {
    Verb.EDIT: (
        (Status.DRAFT, PublicState.NONE),
        lambda cast, story: workflow.edit(cast.reporter, story.pk, story.version, {"deck": "改"}),
    ),
    Verb.SUBMIT: (
        (Status.DRAFT, PublicState.NONE),
        lambda cast, story: workflow.submit(cast.reporter, story.pk),
    ),
    Verb.APPROVE: (
        (Status.REVIEW, PublicState.NONE),
        lambda cast, story: workflow.approve(cast.section_editor, story.pk),
    ),
    Verb.SEND_BACK: (
        (Status.REVIEW, PublicState.NONE),
        lambda cast, story: workflow.send_back(cast.duty, story.pk, "缺一个信源"),
    ),
    Verb.RECALL: (
        (Status.REVIEW, PublicState.NONE),
        lambda cast, story: workflow.recall(cast.reporter, story.pk),
    ),
    Verb.SPIKE: ((Status.DRAFT, PublicState.NONE), lambda cast, story: workflow.spike(cast.duty, story.pk)),
    Verb.UNSPIKE: (
        (Status.SPIKED, PublicState.NONE),
        lambda cast, story: workflow.unspike(cast.duty, story.pk),
    ),
    Verb.PULL: (
        (Status.APPROVED, PublicState.SCHEDULED),
        lambda cast, story: stories.pull(cast.chief, story.pk, "要改"),
    ),
    Verb.REVISE: (
        (Status.PUBLISHED, PublicState.LIVE),
        lambda cast, story: workflow.revise(cast.chief, story.pk),
    ),
    Verb.PUBLISH_ARTICLE: (
        (Status.APPROVED, PublicState.NONE),
        lambda cast, story: stories.publish_article(cast.chief, story.pk),
    ),
    Verb.WITHDRAW: (
        (Status.PUBLISHED, PublicState.LIVE),
        lambda cast, story: stories.withdraw(cast.chief, story.pk, "有误"),
    ),
    Verb.CORRECT: (
        (Status.PUBLISHED, PublicState.LIVE),
        lambda cast, story: stories.correct(
            cast.chief, story.pk, {"deck": "更正"}, "副题有误", base_number=1
        ),
    ),
}

ISSUE_VERBS: dict[Verb, tuple[str, Callable[[Cast, Any, Any], Any]]] = {
    Verb.UNPLACE: (
        "ready_issue",
        lambda cast, issue, story: pages.unplace(cast.duty, issue.pages.get().pk, story.pk),
    ),
    Verb.MOVE: (
        "ready_issue",
        lambda cast, issue, story: pages.move(
            cast.duty,
            issue.pages.get(code="01").pk,
            story.pk,
            Page.objects.get_or_create(issue=issue, code="02", position=2)[0].pk,
        ),
    ),
    Verb.SCHEDULE_ISSUE: (
        "ready_issue",
        lambda cast, issue, story: publishing.schedule_issue(cast.chief, issue.pk),
    ),
    Verb.UNSCHEDULE_ISSUE: (
        "scheduled_issue",
        lambda cast, issue, story: publishing.unschedule_issue(cast.chief, issue.pk),
    ),
    Verb.HOLD_ISSUE: (
        "scheduled_issue",
        lambda cast, issue, story: publishing.hold_issue(cast.chief, issue.pk),
    ),
}


def at_once(*attempts: Callable[[], Any]) -> list[Any]:
    """Run the attempts in threads of their own, all let go at one moment; each one's result or exception."""
    gate = threading.Barrier(len(attempts))
    results: list[Any] = [None] * len(attempts)

    def run(index: int, attempt: Callable[[], Any]) -> None:
        with translation.override("en"):
            try:
                connection.ensure_connection()
                gate.wait(timeout=20)
                results[index] = attempt()
            except Exception as error:
                results[index] = error
            finally:
                connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(attempts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads), "two verbs wait for each other"
    return results


@pytest.mark.parametrize("verb", STORY_VERBS)
def test_a_story_verb_repeated_is_refused(cast: Cast, verb: Verb) -> None:
    pair, attempt = STORY_VERBS[verb]
    story = cast.story_in(*pair)
    attempt(cast, story)
    events = Event.objects.count()
    with pytest.raises(Refusal):
        attempt(cast, story)
    assert Event.objects.count() == events


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("verb", STORY_VERBS)
def test_a_story_verb_by_two_at_once_happens_once(cast: Cast, verb: Verb) -> None:
    pair, attempt = STORY_VERBS[verb]
    story = cast.story_in(*pair)
    before = Event.objects.filter(verb=verb).count()
    results = at_once(*[lambda: attempt(cast, story)] * 2)
    refused = [result for result in results if isinstance(result, Exception)]
    assert len(refused) == 1, results
    assert isinstance(refused[0], Refusal), results
    assert Event.objects.filter(verb=verb).count() == before + 1


@pytest.mark.parametrize("verb", ISSUE_VERBS)
def test_an_issue_verb_repeated_is_refused(cast: Cast, verb: Verb) -> None:
    make, attempt = ISSUE_VERBS[verb]
    story = cast.approved()
    issue = getattr(cast, make)(story)
    attempt(cast, issue, story)
    with pytest.raises(Refusal):
        attempt(cast, issue, story)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("verb", ISSUE_VERBS)
def test_an_issue_verb_by_two_at_once_happens_once(cast: Cast, verb: Verb) -> None:
    make, attempt = ISSUE_VERBS[verb]
    story = cast.approved()
    issue = getattr(cast, make)(story)
    before = Event.objects.filter(verb=verb).count()
    results = at_once(*[lambda: attempt(cast, issue, story)] * 2)
    assert sum(isinstance(result, Refusal) for result in results) == 1, results
    assert Event.objects.filter(verb=verb).count() == before + 1


def test_signing_off_and_placing_again_change_nothing(cast: Cast) -> None:
    story = cast.approved()
    issue = cast.ready_issue(story)
    page = issue.pages.get()
    pages.place(cast.duty, page.pk, story.pk)
    assert pages.sign_off_page(cast.chief, page.pk).signed_digest == page.signed_digest
    assert page.placements.count() == 1


def test_replacing_a_page_with_the_same_stories_leaves_one_place_each(cast: Cast) -> None:
    story = cast.approved()
    issue = cast.scheduled_issue(story)
    for _ in range(2):
        publishing.replace_page(cast.chief, issue.pages.get().pk, [story.pk], "重排")
    assert story.published_placements.count() == story.copies.count() == 1


@pytest.mark.django_db(transaction=True)
def test_placing_one_story_by_two_at_once_gives_it_one_place(cast: Cast) -> None:
    story, page = cast.approved(), cast.page(cast.issue())
    at_once(
        lambda: pages.place(cast.duty, page.pk, story.pk), lambda: pages.place(cast.layout, page.pk, story.pk)
    )
    assert page.placements.count() == 1


@pytest.mark.django_db(transaction=True)
def test_signing_off_by_two_at_once_leaves_one_whole_signature(cast: Cast) -> None:
    issue = cast.ready_issue(cast.approved())
    page = issue.pages.get()
    at_once(lambda: pages.sign_off_page(cast.duty, page.pk), lambda: pages.sign_off_page(cast.chief, page.pk))
    page.refresh_from_db()
    assert page.signed_off_by in (cast.duty, cast.chief)
    publishing.schedule_issue(cast.chief, issue.pk)


@pytest.mark.django_db(transaction=True)
def test_releasing_by_two_at_once_writes_the_copies_once(cast: Cast) -> None:
    issue = publishing.hold_issue(cast.chief, cast.scheduled_issue(cast.approved()).pk)
    results = at_once(*[lambda: publishing.release_issue(cast.chief, issue.pk)] * 2)
    assert sum(isinstance(result, Refusal) for result in results) == 1, results
    assert PublishedIssue.objects.count() == PublishedArticle.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_replacing_a_page_by_two_at_once_leaves_one_of_the_two(cast: Cast) -> None:
    first, second = cast.approved("甲"), cast.approved("乙")
    issue = cast.published_issue(cast.approved("旧"))
    page = issue.pages.get().pk
    results = at_once(
        lambda: publishing.replace_page(cast.chief, page, [first.pk], "甲"),
        lambda: publishing.replace_page(cast.duty, page, [second.pk], "乙"),
    )
    assert not any(isinstance(result, Exception) for result in results), results
    copies = PublishedIssue.objects.get().pages.published()
    assert copies.count() == 1
    assert copies.get().placements.count() == 1


@pytest.mark.django_db(transaction=True)
def test_reviewing_afterwards_by_two_at_once_is_recorded_once(cast: Cast) -> None:
    draft = cast.draft()
    issue = cast.published_issue(cast.approved())
    publishing.replace_page(cast.chief, issue.pages.get().pk, [draft.pk], "台风", emergency=True)
    at_once(*[lambda: workflow.review_afterwards(cast.duty, draft.pk)] * 2)
    assert draft.reviews.filter(decision=Review.Decision.AFTERWARDS).count() == 1


@pytest.mark.django_db(transaction=True)
def test_sweepers_at_once_settle_an_issue_once(cast: Cast) -> None:
    at = timezone.now() + timedelta(hours=1)
    issue = cast.scheduled_issue(cast.approved(), at=at)
    counts = at_once(*[lambda: settling.settle_due(at)] * 3)
    assert sum(counts) == 1, counts
    assert Event.objects.filter(verb="issue_published", issue=issue).count() == 1


@pytest.mark.django_db(transaction=True)
def test_different_verbs_on_one_story_and_its_issue_never_lock_each_other_out(cast: Cast) -> None:
    story, other = cast.approved("甲"), cast.approved("乙")
    issue = cast.scheduled_issue(story, other)
    results = at_once(
        lambda: stories.withdraw(cast.chief, story.pk, "有误"),
        lambda: publishing.hold_issue(cast.duty, issue.pk),
        lambda: stories.pull(cast.duty, other.pk, "要改"),
        lambda: publishing.unschedule_issue(cast.chief, issue.pk),
        settling.settle_due,
    )
    assert all(not isinstance(result, Exception) or isinstance(result, Refusal) for result in results), (
        results
    )
    assert not PublishedArticle.objects.exists()
