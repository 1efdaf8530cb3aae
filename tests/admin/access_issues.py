"""Who is answered what at the addresses of issues and their pages."""

from typing import Any

from django.utils import timezone

from articles.models import Intake, PressFile
from tests.admin.access import Row
from tests.desk.press import a_proof

SEES = {"section_editor": 200, "duty": 200, "chief": 200, "layout": 200}
PLANS = {"duty": 200, "chief": 200, "layout": 200}
LEADS = {"duty": 200, "chief": 200}


def issue(cast: Any) -> list[Any]:
    return [cast.issue().pk]


def page(cast: Any) -> list[Any]:
    return [cast.page(cast.issue()).pk]


def verb(name: str) -> Any:
    return lambda cast: [cast.issue().pk, name]


def page_verb(name: str) -> Any:
    return lambda cast: [cast.page(cast.issue()).pk, name]


ROWS = {
    # The outsider leads another paper: a list of their own, and nothing of this one.
    "articles_issue_changelist": Row(others=403, outsider=200, **SEES),
    "articles_issue_add": Row(others=403, outsider=200, **PLANS),
    "articles_issue_change": Row(issue, others=404, **SEES),
    "articles_issue_state": Row(issue, others=404, **SEES),
    "articles_issue_calendar": Row(others=403, outsider=200, **SEES),
    "articles_issue_new": Row(others=403, outsider=302, **dict.fromkeys(PLANS, 302)),
    "articles_issue_new POST": Row(
        method="post",
        others=403,
        # Nothing is made of it: back to the calendar. What is made by whom stands in test_calendar.
        data={"date": "some day"},
        duty=302,
        chief=302,
        layout=302,
        outsider=302,
    ),
    "articles_issue_edit": Row(issue, others=404, section_editor=403, **PLANS),
    "articles_issue_delete": Row(issue, others=403, **PLANS),
    "articles_issue_history": Row(issue, others=404, section_editor=302, duty=302, chief=302, layout=302),
    "articles_issue_verb": Row(verb("schedule_issue"), others=404, section_editor=403, layout=403, **LEADS),
    "articles_page_changelist": Row(others=302),
    "articles_page_change": Row(page, others=404, section_editor=302, duty=302, chief=302, layout=302),
    "articles_page_verb": Row(page_verb("place"), others=404, section_editor=403, **PLANS),
    "articles_page_verb GET make_up": Row(page_verb("make_up"), others=404, section_editor=403, **PLANS),
    "articles_page_verb GET steer": Row(page_verb("steer"), others=404, section_editor=403, **PLANS),
    "articles_page_verb GET keep_item": Row(page_verb("keep_item"), others=404, section_editor=403, **PLANS),
    "articles_page_verb POST make_up": Row(
        page_verb("make_up"),
        method="post",
        others=404,
        section_editor=403,
        # The paper does not make its pages up here.
        **dict.fromkeys(PLANS, 409),
    ),
    "articles_page_makeup": Row(page, others=404, **SEES),
    "articles_page_makeup_state": Row(page, others=404, **SEES),
}


def press_file(cast: Any) -> list[Any]:
    file = PressFile.objects.create(
        issue=cast.issue(),
        filename="A叠.pdf",
        upload="u/aa/a.pdf",
        bytes=1,
        uploaded_by=cast.layout,
        uploaded_at=timezone.now(),
    )
    return [file.pk]


def proof(cast: Any) -> list[Any]:
    issue = cast.issue()
    cast.page(issue)
    return [a_proof(issue, cast.layout).pk]


ROWS |= {
    "articles_pressfile_changelist": Row(others=302),
    "articles_pressfile_upload": Row(issue, others=404, section_editor=403, **PLANS),
    "articles_pressfile_upload POST": Row(issue, others=404, method="post", section_editor=403, **PLANS),
    "articles_pressfile_change": Row(press_file, others=404, **PLANS),
    "articles_pressfile_change POST": Row(press_file, others=404, method="post", **dict.fromkeys(PLANS, 409)),
    "articles_pressfile_state": Row(press_file, others=404, **PLANS),
    # It has not been looked through, so it has no pages.
    "articles_pressfile_thumbnail": Row(lambda cast: [*press_file(cast), 0], others=404),
    "articles_pageproof_changelist": Row(others=302),
    "articles_pageproof_change": Row(proof, others=404, **SEES),
    "articles_pageproof_state": Row(proof, others=404, **SEES),
    "articles_pageproof_do": Row(
        lambda cast: [*proof(cast), "propose"], others=404, **dict.fromkeys(SEES, 302)
    ),
    "articles_pageproof_do POST": Row(
        lambda cast: [*proof(cast), "propose"],
        others=404,
        method="post",
        section_editor=403,
        **dict.fromkeys(PLANS, 302),
    ),
}


def raw_text(cast: Any) -> list[Any]:
    """The reporter's own."""
    rows = Intake.objects.filter(created_by=cast.reporter)
    return [
        (rows.first() or Intake.objects.create(publication=cast.publication, created_by=cast.reporter)).pk
    ]


# One who sees a single section does not see a whole page's raw text.
OPENS = {"reporter": 200, "duty": 200, "chief": 200, "layout": 200}

ROWS |= {
    "articles_intake_changelist": Row(others=200, administrator=403),
    "articles_intake_new": Row(others=200, layout=403, administrator=403),
    "articles_intake_add": Row(others=302, layout=403, administrator=403),
    "articles_intake_change": Row(raw_text, others=404, **OPENS),
    "articles_intake_history": Row(raw_text, others=404, **dict.fromkeys(OPENS, 302)),
    "articles_intake_delete": Row(raw_text, others=403),
}


def a_weekday(cast: Any) -> list[Any]:
    return [cast.publication.pk, 0]


# Who plans issues says what pages they begin with; administrators keep it like any setting.
KEEPS = {"duty": 200, "chief": 200, "layout": 200, "administrator": 200}

ROWS |= {
    # The outsider leads another paper: a week of their own, and nothing of this one.
    "articles_pagepattern_changelist": Row(others=403, outsider=200, **KEEPS),
    "articles_pagepattern_day": Row(a_weekday, others=404, **KEEPS),
    "articles_pagepattern_copy": Row(a_weekday, others=404, **dict.fromkeys(KEEPS, 302)),
    "articles_pagepattern_copy POST": Row(
        a_weekday, others=404, method="post", data={"to": "1"}, **dict.fromkeys(KEEPS, 302)
    ),
}
