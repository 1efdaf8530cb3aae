"""The rows of the access table."""

from collections.abc import Callable, Mapping
from typing import Any

# The superuser comes last.
PEOPLE = (
    "reporter",
    "colleague",
    "section_editor",
    "duty",
    "chief",
    "layout",
    "outsider",
    "administrator",
)


class Row:
    """What each person is answered. `args(cast)` makes what the address names; `expected` by person."""

    def __init__(
        self,
        args: Callable[[Any], list[Any]] = lambda cast: [],
        *,
        others: int,
        method: str = "get",
        data: Mapping[str, Any] | None = None,
        **expected: int,
    ) -> None:
        assert set(expected) <= set(PEOPLE)
        self.args, self.others, self.method, self.data = args, others, method, dict(data or {})
        self.expected = expected
