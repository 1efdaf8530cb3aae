"""Celery's way in. Ids in, one call, safe to repeat; what is due is asked again when a task runs."""

from celery import shared_task

from articles.desk import lost_proofs, outbox, settling


@shared_task(name="articles.sweep", soft_time_limit=100, time_limit=120, ignore_result=True)
def sweep() -> None:
    """Settle and deliver all that is due. Beat sends it; two at once do no harm."""
    settling.sweep()
    lost_proofs.hurry_waiting()


@shared_task(name="articles.deliver", soft_time_limit=100, time_limit=120, ignore_result=True)
def deliver(event_id: int) -> None:
    """Carry out the effects of one event that has just been committed."""
    outbox.deliver_due(event_id=event_id)


# A galley, a layout and a page take a second or two; what takes a minute will not end well.
PROOF_SECONDS = 60


@shared_task(
    name="articles.make_proof",
    soft_time_limit=PROOF_SECONDS,
    time_limit=PROOF_SECONDS + 30,
    ignore_result=True,
)
def make_proof(proof_id: int) -> None:
    """Make one proof of a page that was asked for."""
    # numpy, pdfium and the typesetter: for the workers that make pages up, not for every process that knows the task.
    from articles.makeup import runner  # noqa: PLC0415

    runner.make(proof_id)
