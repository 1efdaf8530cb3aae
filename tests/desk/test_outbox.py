"""Effects: delivered at least once, each with its own retries, whatever happens to the queue."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from articles.desk import outbox, settling, stories, workflow
from articles.models import Delivery, Event, Heartbeat
from articles.states import Verb
from tests.cast import Cast


def due(event: Event) -> list[str]:
    return sorted(event.deliveries.filter(delivered_at=None).values_list("handler", flat=True))


def test_an_event_and_its_deliveries_are_written_together(cast: Cast) -> None:
    story = cast.live()
    stories.withdraw(cast.chief, story.pk, "信源撤回")
    event = Event.objects.get(verb=Verb.WITHDRAW)
    assert due(event) == ["notify", "refresh_cache", "rotate_photos"]


def test_sending_back_tells_the_author_why(cast: Cast) -> None:
    story = cast.in_review()
    workflow.send_back(cast.section_editor, story.pk, "缺一个信源")
    outbox.deliver_due()
    message = next(each for each in mail.outbox if "缺一个信源" in each.body)
    assert message.bcc == [cast.reporter.email]
    assert story.headline in message.subject


def test_submitting_tells_those_who_can_take_the_stage_and_nobody_else(cast: Cast) -> None:
    cast.in_review()
    outbox.deliver_due()
    assert [each.bcc for each in mail.outbox] == [[cast.section_editor.email]]


def test_an_effect_that_fails_is_tried_again_later_and_does_not_repeat_the_others(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def broken(event: Event) -> None:
        calls.append(event.pk)
        raise OSError("the cache is away")

    monkeypatch.setitem(outbox._handlers, outbox.REFRESH, broken)
    stories.withdraw(cast.chief, cast.live().pk, "信源撤回")
    now = timezone.now()
    outbox.deliver_due(now)
    mails = len(mail.outbox)
    event = Event.objects.get(verb=Verb.WITHDRAW)
    assert due(event) == ["refresh_cache"]
    failed = event.deliveries.get(handler="refresh_cache")
    assert "the cache is away" in failed.error
    assert failed.next_try > now
    tries = len(calls)
    outbox.deliver_due(now)
    assert len(calls) == tries, "not before its time"

    monkeypatch.setitem(outbox._handlers, outbox.REFRESH, lambda event: calls.append(event.pk))
    outbox.deliver_due(failed.next_try)
    assert due(event) == []
    assert len(mail.outbox) == mails


def test_an_effect_that_never_works_is_given_up_and_stays_to_be_seen(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(event: Event) -> None:
        raise OSError("gone for good")

    monkeypatch.setitem(outbox._handlers, outbox.NOTIFY, broken)
    cast.in_review()
    moment = timezone.now()
    for _ in range(outbox.MAX_ATTEMPTS + 3):
        moment += timedelta(hours=2)
        outbox.deliver_due(moment)
    delivery = Delivery.objects.get(event__verb=Verb.SUBMIT)
    assert (delivery.attempts, delivery.next_try, delivery.delivered_at) == (outbox.MAX_ATTEMPTS, None, None)


def test_the_sweep_delivers_what_a_lost_message_left_behind_and_says_that_it_was_there(cast: Cast) -> None:
    cast.in_review()
    assert outbox.backlog() == 1
    assert settling.sweep() == (0, 1)
    assert outbox.backlog() == 0
    assert Heartbeat.objects.get(name="sweep").beat_at <= timezone.now()
