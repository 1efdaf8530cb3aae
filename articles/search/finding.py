"""Which rows a question finds. Whoever calls decides which of them may be seen; nothing here does.

The slow case of any index is sorting a huge list of hits. So hits are first counted up to ENOUGH, without any order and
from the index alone; that many are sorted, more are read in their order until a page is full.
"""

from typing import Any

from django.db.models import QuerySet

from articles.search.question import Question

ENOUGH = 1000


def hits(entries: QuerySet[Any], question: Question, *fields: str) -> list[Any] | None:
    """The values of `fields` of every entry that the question finds; None where there are more than ENOUGH.
    One query."""
    found = list(entries.filter(tokens__matches=question).order_by().values_list(*fields)[: ENOUGH + 1])
    return found if len(found) <= ENOUGH else None


def matching(rows: QuerySet[Any], question: Question) -> QuerySet[Any]:
    """Those of `rows` (public copies, or working copies) that the question finds, by looking at each."""
    return rows.filter(search_entry__tokens__matches=question)
