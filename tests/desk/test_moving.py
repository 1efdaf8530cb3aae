"""Moving a story between the pages of an issue, and what the person saw when they did."""

from collections.abc import Callable
from typing import Any

import pytest

from articles.desk import pages, publishing
from articles.exceptions import IllegalTransition, Outdated
from articles.models import Article, Event, Issue, Page, Placement
from tests.cast import Cast
from tests.desk.test_two_at_once import at_once


@pytest.fixture
def issue(cast: Cast) -> Issue:
    """01 with 甲 and 乙, 02 with 丙."""
    issue = cast.issue()
    front, second = cast.page(issue, "01", "要闻"), cast.page(issue, "02", "民生")
    for page, headline in [(front, "甲"), (front, "乙"), (second, "丙")]:
        pages.place(cast.duty, page.pk, cast.approved(headline).pk)
    return issue


def story(headline: str) -> Article:
    return Article.objects.get(headline=headline)


def standing(page: Page) -> list[str]:
    rows = page.placements.select_related("article").order_by("position")
    assert [row.position for row in rows] == list(range(1, len(rows) + 1)), "numbered without a gap"
    return [row.article.headline for row in rows]


def seen(page: Page) -> str:
    return page.arrangement(list(page.placements.order_by("position")))


def test_a_story_moves_to_its_place_on_the_other_page_and_leaves_one_event(cast: Cast, issue: Issue) -> None:
    front, second = issue.pages.all()
    before = Event.objects.count()
    pages.move(cast.layout, front.pk, story("甲").pk, second.pk, position=1)
    assert (standing(front), standing(second)) == (["乙"], ["甲", "丙"])
    event = Event.objects.first()
    assert Event.objects.count() == before + 1
    assert event is not None
    assert (event.verb, event.page, event.article) == ("move", second, story("甲"))
    assert event.data == {"position": 1, "from": "01 要闻"}


@pytest.mark.parametrize(("position", "order"), [(None, ["丙", "甲"]), (1, ["甲", "丙"]), (99, ["丙", "甲"])])
def test_it_goes_where_it_is_put_by_default_last(
    cast: Cast, issue: Issue, position: int | None, order: list[str]
) -> None:
    front, second = issue.pages.all()
    pages.move(cast.duty, front.pk, story("甲").pk, second.pk, position=position)
    assert standing(second) == order


def test_a_move_voids_the_signatures_of_both_pages(cast: Cast, issue: Issue) -> None:
    front, second = issue.pages.all()
    for page in (front, second):
        pages.sign_off_page(cast.duty, page.pk)
    pages.move(cast.duty, front.pk, story("甲").pk, second.pk)
    with pytest.raises(IllegalTransition) as refused:
        publishing.schedule_issue(cast.chief, issue.pk)
    assert len(refused.value.reasons) == 2


def test_a_story_that_stands_on_both_is_not_moved_onto_itself(cast: Cast, issue: Issue) -> None:
    front, second = issue.pages.all()
    pages.place(cast.duty, second.pk, story("甲").pk)
    with pytest.raises(IllegalTransition, match="already stands"):
        pages.move(cast.duty, front.pk, story("甲").pk, second.pk)
    with pytest.raises(IllegalTransition, match="already stands"):
        pages.move(cast.duty, front.pk, story("甲").pk, front.pk)
    assert (standing(front), standing(second)) == (["甲", "乙"], ["丙", "甲"])


def test_a_story_that_is_not_there_is_not_moved(cast: Cast, issue: Issue) -> None:
    front, second = issue.pages.all()
    with pytest.raises(IllegalTransition):
        pages.move(cast.duty, front.pk, story("丙").pk, second.pk)


def test_nothing_moves_to_a_page_of_another_issue(cast: Cast, issue: Issue) -> None:
    front, other = issue.pages.first(), cast.page(cast.issue())
    assert front is not None
    with pytest.raises(Page.DoesNotExist):
        pages.move(cast.duty, front.pk, story("甲").pk, other.pk)
    assert standing(front) == ["甲", "乙"]


CHANGES: dict[str, Callable[[Cast, Page, Page], Any]] = {
    "another story came": lambda cast, page, other: pages.place(cast.layout, page.pk, cast.draft("丁").pk),
    "one was taken off": lambda cast, page, other: pages.unplace(
        cast.layout, page.pk, page.placements.last().article_id
    ),
    "one was moved away": lambda cast, page, other: pages.move(
        cast.layout, page.pk, page.placements.last().article_id, other.pk
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_rearranged_since_it_was_seen_is_not_acted_on(cast: Cast, issue: Issue, change: str) -> None:
    front, second = issue.pages.all()
    extra = cast.approved("戊")
    old = seen(front)
    CHANGES[change](cast, front, second)
    there, before = standing(front), Event.objects.count()
    attempts = [
        lambda: pages.place(cast.duty, front.pk, extra.pk, seen=old),
        lambda: pages.unplace(cast.duty, front.pk, story("甲").pk, seen=old),
        lambda: pages.move(cast.duty, front.pk, story("甲").pk, second.pk, seen=old),
        lambda: pages.move(cast.duty, second.pk, story("丙").pk, front.pk, seen=seen(second), seen_there=old),
    ]
    for attempt in attempts:
        with pytest.raises(Outdated, match="01 要闻"):
            attempt()
    assert (standing(front), Event.objects.count()) == (there, before)


def test_what_is_as_it_was_seen_is_acted_on(cast: Cast, issue: Issue) -> None:
    front, second = issue.pages.all()
    pages.move(cast.duty, front.pk, story("甲").pk, second.pk, seen=seen(front), seen_there=seen(second))
    pages.place(cast.duty, second.pk, story("甲").pk, position=1, seen=seen(second))
    pages.unplace(cast.duty, second.pk, story("丙").pk, seen=seen(second))
    assert (standing(front), standing(second)) == (["乙"], ["甲"])


def test_nobody_signs_what_they_have_not_seen(cast: Cast, issue: Issue) -> None:
    _front, second = issue.pages.all()
    old = second.digest(list(second.placements.all()))
    pages.place(cast.layout, second.pk, cast.approved("丁").pk)
    with pytest.raises(Outdated):
        pages.sign_off_page(cast.chief, second.pk, seen=old)
    second.refresh_from_db()
    assert not second.signed_digest
    pages.sign_off_page(
        cast.chief, second.pk, seen=second.digest(list(second.placements.order_by("position")))
    )


@pytest.mark.django_db(transaction=True)
def test_two_who_saw_the_same_page_move_its_stories_at_once_and_one_looks_again(cast: Cast) -> None:
    issue = cast.issue()
    front, second = cast.page(issue, "01"), cast.page(issue, "02")
    first, other = cast.approved("甲"), cast.approved("乙")
    for each in (first, other):
        pages.place(cast.duty, front.pk, each.pk)
    old = seen(front)
    results = at_once(
        lambda: pages.move(cast.duty, front.pk, first.pk, second.pk, seen=old),
        lambda: pages.move(cast.layout, front.pk, other.pk, second.pk, seen=old),
    )
    assert sum(isinstance(result, Outdated) for result in results) == 1, results
    assert (len(standing(front)), len(standing(second))) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_moves_across_each_other_lose_and_double_nothing(cast: Cast) -> None:
    issue = cast.issue()
    front, second = cast.page(issue, "01"), cast.page(issue, "02")
    first, other = cast.approved("甲"), cast.approved("乙")
    pages.place(cast.duty, front.pk, first.pk)
    pages.place(cast.duty, second.pk, other.pk)
    at_once(
        lambda: pages.move(cast.duty, front.pk, first.pk, second.pk),
        lambda: pages.move(cast.layout, second.pk, other.pk, front.pk),
    )
    assert (standing(front), standing(second)) == (["乙"], ["甲"])
    assert Placement.objects.count() == 2
