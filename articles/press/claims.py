"""Work on a row is claimed, done, and given back; a worker that died is forgotten. One conditional update decides.

For rows with `state`, `claim`, `claimed_until` and `attempts`: `PressFile` and `PageProof`.
"""

from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from django.db.models import F, Q, QuerySet

# Above what the child may take and what storing its files takes.
CLAIM = timedelta(minutes=4)
FIRST_RETRY = timedelta(minutes=1)
# A file that kills its worker is not tried for ever.
MOST_TRIES = 4


class ClaimLost(Exception):
    """Another worker has taken over, or the row was deleted, while we were at it."""


def due(rows: QuerySet, now: datetime) -> QuerySet:
    """Those that wait, and those whose worker died."""
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    return rows.filter(free, state__in=["waiting", "working"])


def claim(rows: QuerySet, now: datetime) -> str:
    """Take the row for ourselves for a while: the token to give it back with; "" where somebody else has it."""
    token = token_hex(16)
    taken = due(rows, now).update(
        state="working", claim=token, claimed_until=now + CLAIM, attempts=F("attempts") + 1
    )
    return token if taken else ""


def give_back(rows: QuerySet, token: str, **fields: Any) -> None:
    """Write the outcome. Raises ClaimLost where the claim is no longer ours; then nothing was written."""
    if not rows.filter(claim=token).update(claim="", claimed_until=None, **fields):
        raise ClaimLost


def try_later(rows: QuerySet, token: str, now: datetime, attempts: int, **fields: Any) -> None:
    """Back to waiting: 1, 2, 4 … minutes."""
    wait = FIRST_RETRY * 2 ** min(max(attempts - 1, 0), 10)
    rows.filter(claim=token).update(state="waiting", claim="", claimed_until=now + wait, **fields)
