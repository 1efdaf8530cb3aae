"""Settings: administrators keep them; editors keep the names in print of their own paper."""

from typing import Any

from articles.models import Membership, PageFormat
from tests.admin.access import Row


def the_paper(cast: Any) -> list[Any]:
    return [cast.publication.pk]


def a_format(cast: Any) -> list[Any]:
    return [PageFormat.objects.get(name="四开").pk]


def a_seat(cast: Any) -> list[Any]:
    return [Membership.objects.get(user=cast.reporter).pk]


def a_name(cast: Any) -> list[Any]:
    return [cast.byline.pk]


def administrators_alone(args: Any = None) -> Row:
    return Row(args, others=403, administrator=200) if args else Row(others=403, administrator=200)


EDITORS = {"section_editor": 200, "duty": 200, "chief": 200, "administrator": 200}

ROWS = {
    # Everybody's own; the last two do something only by POST, of whoever has one.
    "second_factor": Row(others=200),
    "second_factor_set_up": Row(others=200),
    "second_factor_codes": Row(others=302),
    "second_factor_off": Row(others=302),
    # Who owes no code has nothing to do there.
    "login_code": Row(others=302),
    "settings": administrators_alone(),
    "articles_publication_changelist": administrators_alone(),
    "articles_publication_add": administrators_alone(),
    "articles_publication_change": administrators_alone(the_paper),
    "articles_publication_history": administrators_alone(the_paper),
    "articles_publication_delete": administrators_alone(the_paper),
    "articles_pageformat_changelist": administrators_alone(),
    "articles_pageformat_add": administrators_alone(),
    "articles_pageformat_change": administrators_alone(a_format),
    "articles_pageformat_history": administrators_alone(a_format),
    "articles_pageformat_delete": administrators_alone(a_format),
    "articles_membership_changelist": administrators_alone(),
    "articles_membership_add": administrators_alone(),
    "articles_membership_change": administrators_alone(a_seat),
    "articles_membership_history": administrators_alone(a_seat),
    "articles_membership_delete": administrators_alone(a_seat),
    # The outsider keeps the names of another paper: the list is there, this paper's names are not in it.
    "articles_reporter_changelist": Row(others=403, outsider=200, **EDITORS),
    "articles_reporter_add": Row(others=403, outsider=200, **EDITORS),
    "articles_reporter_change": Row(a_name, others=403, outsider=404, **EDITORS),
    "articles_reporter_history": Row(a_name, others=404, **EDITORS),
    "articles_reporter_delete": Row(a_name, others=403, **EDITORS),
}
