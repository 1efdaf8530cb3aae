"""Which stories a question finds. Whoever calls brings the rows that may be seen; nothing here widens them.

The slow case of any index is sorting a huge list of hits. So they are counted up to ENOUGH without any order; fewer
are sorted here, more are read in the order that the list's own index has, until a page is full.
"""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from articles.search.question import Question

ENOUGH = 1000

Row = TypeVar("Row", bound=Model)


def matching(rows: QuerySet[Row], question: Question) -> QuerySet[Row]:
    """Those of `rows` (public copies, or working copies) that the question finds. All of them for an empty one."""
    return rows.filter(search_entry__tokens__matches=question) if question else rows


def all_matches(rows: QuerySet[Any], question: Question, *fields: str) -> list[Any] | None:
    """The values of `fields` of every match, in no order; None where there are more than ENOUGH. One query."""
    found = list(matching(rows, question).order_by().values_list(*fields)[: ENOUGH + 1])
    return found if len(found) <= ENOUGH else None
