"""Celery's way in. Ids in, one call, safe to repeat; what is due is asked again when a task runs."""

from celery import shared_task

from articles.desk import lost_proofs, outbox, settling
from articles.press import work
from articles.printed import binding


@shared_task(name="articles.sweep", soft_time_limit=100, time_limit=120, ignore_result=True)
def sweep() -> None:
    """Settle and deliver all that is due. Beat sends it; two at once do no harm."""
    settling.sweep()
    lost_proofs.hurry_waiting()


@shared_task(name="articles.deliver", soft_time_limit=100, time_limit=120, ignore_result=True)
def deliver(event_id: int) -> None:
    """Carry out the effects of one event that has just been committed."""
    outbox.deliver_due(event_id=event_id)


# Bound within its claim (`binding.FIRST_RETRY`): one that takes longer would be done twice.
BIND_SECONDS = 150


@shared_task(
    name="articles.bind", soft_time_limit=BIND_SECONDS, time_limit=BIND_SECONDS + 20, ignore_result=True
)
def bind(published_issue_id: int) -> None:
    """Bind the PDF of one issue, if every page has its own by now."""
    binding.bind_issue(published_issue_id)


@shared_task(name="articles.bind_due", soft_time_limit=270, time_limit=290, ignore_result=True)
def bind_due() -> None:
    """Bind what lost messages left behind. Beat sends it."""
    binding.bind_due()


# Above what the child is given, below the claim on the row.
PRESS_SECONDS = 170


@shared_task(
    name="articles.press.survey",
    soft_time_limit=PRESS_SECONDS,
    time_limit=PRESS_SECONDS + 20,
    ignore_result=True,
)
def survey_press_file(press_file_id: int) -> None:
    """Look through a PDF that was uploaded."""
    work.survey(press_file_id)


@shared_task(
    name="articles.press.make",
    soft_time_limit=PRESS_SECONDS,
    time_limit=PRESS_SECONDS + 20,
    ignore_result=True,
)
def make_press_proof(proof_id: int) -> None:
    """Make a page's proof of it."""
    work.make(proof_id)


@shared_task(name="articles.press.sweep", soft_time_limit=270, time_limit=290, ignore_result=True)
def sweep_press() -> None:
    """What lost messages and dead workers left undone."""
    work.sweep(limit=1)


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
