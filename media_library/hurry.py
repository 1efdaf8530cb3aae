"""Ask a worker to hurry. The database has already decided; the sweep does whatever a lost message leaves undone."""

import logging
from functools import partial

from celery import current_app
from django.db import transaction

logger = logging.getLogger(__name__)


def hurry_after_commit(task: str, *args: int) -> None:
    """Send `task` by name once the transaction has committed. Never raises, never waits for a broker twice."""
    transaction.on_commit(partial(_send, task, args), robust=True)


def _send(task: str, args: tuple[int, ...]) -> None:
    try:
        current_app.send_task(task, args=args, retry=False)
    # Every transport has its own exceptions, and none may cost the editor what was just saved.
    except Exception:
        logger.warning("%s%s was not sent; the sweep will do it", task, args, exc_info=True)
