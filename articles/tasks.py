"""Celery's way in. Ids in, one call, safe to repeat; what is due is asked again when a task runs."""

from celery import shared_task

from articles.desk import outbox, settling


@shared_task(name="articles.sweep", soft_time_limit=100, time_limit=120, ignore_result=True)
def sweep() -> None:
    """Settle and deliver all that is due. Beat sends it; two at once do no harm."""
    settling.sweep()


@shared_task(name="articles.deliver", soft_time_limit=100, time_limit=120, ignore_result=True)
def deliver(event_id: int) -> None:
    """Carry out the effects of one event that has just been committed."""
    outbox.deliver_due(event_id=event_id)
