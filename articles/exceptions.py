"""The refusals of the desk. Who and when are never mixed: each has its own answer on screen and over HTTP."""

from collections.abc import Sequence


class Refusal(Exception):
    """A verb was refused and nothing was changed. `str()` of it is a sentence for people."""


class NotAllowed(Refusal):
    """This person may not do this (to this thing). HTTP 403."""


class IllegalTransition(Refusal):
    """Nobody can do this now: the thing is not in a state for it. HTTP 409.

    `reasons` holds one sentence per obstacle, so that an issue can say all that is missing at once.
    """

    def __init__(self, message: str, reasons: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.reasons = tuple(str(reason) for reason in reasons)


class Outdated(Refusal):
    """What the person looked at has changed since. Nothing was done; they look again and decide anew. HTTP 409."""


class Conflict(Refusal):
    """Somebody saved in between. The refused text has been kept as a revision of kind `refused`. HTTP 409."""
