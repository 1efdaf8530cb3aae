"""Taking a page in at the desk: paste or upload, look, choose, confirm; whatever is refused, the text stays."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.admin.intake_forms import MOST_TEXT, mark_of
from articles.models import Article, Intake, Placement, Reporter
from tests.admin_issues.conftest import Desk
from tests.cast import Cast
from tests.intake_import.test_importer import PAGE

NEW = "/admin/articles/intake/new/"
LIST = "/admin/articles/intake/"
# Where the stories of PAGE begin: that is how the form names them.
FIRST, SECOND = PAGE.index("渡轮夜航试运行"), PAGE.index("老船坞变身图书馆")


def source(cast: Cast, text: str = PAGE, **more: Any) -> dict[str, Any]:
    return {"publication": cast.publication.pk, "issue_date": "", "page_code": "", "text": text, **more}


def decided(cast: Cast, text: str = PAGE, **more: Any) -> dict[str, Any]:
    """The second step's form, as the browser sends it when nothing was touched."""
    return {
        **source(cast, text),
        "_confirm": "",
        "mark": mark_of(text, cast.publication),
        "shown": [FIRST, SECOND],
        f"story-{FIRST}-take": "on",
        f"story-{FIRST}-headline": "渡轮夜航试运行",
        f"story-{SECOND}-take": "on",
        f"story-{SECOND}-headline": "老船坞变身图书馆",
        "name-0-who": "",
        **more,
    }


# --- who ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["reporter", "section_editor", "duty", "chief"])
def test_who_writes_takes_in(cast: Cast, desk: Desk, who: str) -> None:
    client = desk(getattr(cast, who))
    assert client.get(NEW).status_code == 200
    assert client.post(NEW, decided(cast)).status_code == 302
    assert Article.objects.filter(created_by=getattr(cast, who)).count() == 2


@pytest.mark.parametrize("who", ["layout", "administrator"])
def test_who_does_not_write_takes_nothing_in(cast: Cast, desk: Desk, who: str) -> None:
    client = desk(getattr(cast, who))
    assert client.get(NEW).status_code == 403
    assert client.post(NEW, decided(cast)).status_code == 403
    assert not Intake.objects.exists()


def test_who_is_not_logged_in_is_asked_to(cast: Cast, desk: Desk) -> None:
    answer = desk(None).post(NEW, decided(cast))
    assert answer.status_code == 302
    assert "/admin/login/" in answer.url
    assert not Intake.objects.exists()


def test_nobody_takes_in_for_another_paper(cast: Cast, desk: Desk) -> None:
    answer = desk(cast.outsider).post(NEW, decided(cast))
    assert answer.status_code == 200
    assert "errorlist" in answer.text
    assert not Intake.objects.exists()


def test_without_the_token_nothing_is_taken_in(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.reporter)
    assert strict.post(NEW, decided(cast)).status_code == 403
    assert not Intake.objects.exists()


# --- looking ------------------------------------------------------------------------------------------------------


def test_what_was_read_is_shown_with_every_join_and_new_name(cast: Cast, desk: Desk) -> None:
    text = desk(cast.reporter).post(NEW, {**source(cast), "_read": ""}).text
    assert text.count('class="desk-card intake-story ') == 2
    assert text.count('class="intake-join"') == 1
    assert 'value="渡轮夜航试运行"' in text
    assert re.search(r'intake-unknown"[^>]*>记者 许若澜', text)
    assert re.search(r'class="intake-who">记者 林海生', text)
    assert "码头上灯火通明，<label" in text
    assert PAGE.splitlines()[0] in text, "the raw text is still in its box"
    assert not Intake.objects.exists(), "looking makes nothing"


def test_what_fits_no_story_and_the_kickers_split_are_shown(cast: Cast, desk: Desk) -> None:
    page = PAGE.replace("渡轮夜航试运行", "潮起望潮 灯照归程  渡轮夜航试运行一个月回访") + "\n(下转第2版)\n"
    text = desk(cast.reporter).post(NEW, {**source(cast, page), "_read": ""}).text
    assert "(下转第2版)" in text
    assert re.search(r'name="story-0-kicker" value="[^"]+"', text)
    assert 'name="story-0-one_line"' in text


def test_an_editor_may_add_names_a_reporter_may_not(cast: Cast, desk: Desk) -> None:
    assert "new-staff" in desk(cast.section_editor).post(NEW, {**source(cast), "_read": ""}).text
    assert "new-staff" not in desk(cast.reporter).post(NEW, {**source(cast), "_read": ""}).text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_file_is_read_and_put_into_the_box(cast: Cast, desk: Desk, encoding: str) -> None:
    file = SimpleUploadedFile("版面.txt", PAGE.encode(encoding))
    answer = desk(cast.reporter).post(NEW, {**source(cast, ""), "file": file, "_read": ""})
    assert answer.text.count('class="desk-card intake-story ') == 2
    found = re.search(r'name="mark" value="(\w+)"', answer.text)
    assert found
    assert found[1] == mark_of(PAGE, cast.publication)


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_a_browsers_line_ends_are_the_same_text(cast: Cast, desk: Desk, ends: str) -> None:
    answer = desk(cast.reporter).post(NEW, {**decided(cast), "text": PAGE.replace("\n", ends)})
    assert answer.status_code == 302


# --- what is refused keeps what was typed -------------------------------------------------------------------------


def test_nothing_at_all_and_both_at_once_are_refused(cast: Cast, desk: Desk) -> None:
    client = desk(cast.reporter)
    assert "errorlist" in client.post(NEW, source(cast, "  \n")).text
    file = SimpleUploadedFile("a.txt", PAGE.encode())
    answer = client.post(NEW, {**source(cast, "我打的字"), "file": file}).text
    assert "errorlist" in answer
    assert "我打的字" in answer


def test_a_text_too_large_is_refused_and_kept(cast: Cast, desk: Desk) -> None:
    text = "潮" * (MOST_TEXT // 3 + 1)
    answer = desk(cast.reporter).post(NEW, source(cast, text)).text
    assert "errorlist" in answer
    assert text in answer


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xfe", b"x" * (MOST_TEXT + 1), "好".encode() + b"\xff" * 9],
)
def test_a_file_that_is_no_page_is_refused_with_words(cast: Cast, desk: Desk, data: bytes) -> None:
    file = SimpleUploadedFile("picture.txt", data)
    answer = desk(cast.reporter).post(NEW, {**source(cast, "", page_code="03"), "file": file})
    assert answer.status_code == 200
    assert "errorlist" in answer.text
    assert 'value="03"' in answer.text


def test_a_wrong_date_and_page_keep_the_text(cast: Cast, desk: Desk) -> None:
    answer = desk(cast.reporter).post(NEW, source(cast, issue_date="2031-13-40", page_code="<b>")).text
    assert answer.count("errorlist") >= 2
    assert "老船坞变身图书馆" in answer
    assert "<b>" not in answer.replace("<b></b>", "")


def test_a_text_that_is_no_page_has_no_drafts_to_confirm(cast: Cast, desk: Desk) -> None:
    answer = desk(cast.reporter).post(NEW, {**source(cast, "■\n"), "_read": ""})
    assert answer.status_code == 200
    assert 'name="_confirm"' not in answer.text


def test_more_stories_than_a_page_holds_are_refused(cast: Cast, desk: Desk) -> None:
    many = "\n\n".join(PAGE.replace("渡轮", f"第{n}条渡轮") for n in range(60))
    answer = desk(cast.reporter).post(NEW, {**source(cast, many), "_read": ""})
    assert "errorlist" in answer.text
    assert "第59条渡轮" in answer.text


def test_raw_text_with_markup_is_inert(cast: Cast, desk: Desk) -> None:
    evil = (
        PAGE.replace("渡轮夜航试运行", '"><script>alert(1)</script>')
        .replace("许若澜", "<img src=x onerror=alert(2)>")
        .replace("码头", "</textarea><script>alert(3)</script>")
    )
    client = desk(cast.reporter)
    text = client.post(NEW, {**source(cast, evil), "_read": ""}).text
    for bad in ["<script>alert", "<img src=x", "</textarea><script"]:
        assert bad not in text
    answer = client.post(
        NEW,
        {
            **source(cast, evil),
            "_confirm": "",
            "mark": mark_of(evil, cast.publication),
            "shown": re.findall(r'name="shown" value="(\d+)"', text),
            "story-0-take": "on",
        },
    )
    assert answer.status_code == 302, answer.text
    shown = client.get(answer.url).text
    for bad in ["<script>alert", "<img src=x"]:
        assert bad not in shown
        assert bad not in Article.objects.first().body  # type: ignore[union-attr]


# --- confirming ---------------------------------------------------------------------------------------------------


def test_the_confirmed_page_leads_to_its_drafts(cast: Cast, desk: Desk) -> None:
    client = desk(cast.reporter)
    data = decided(cast, issue_date="2031-07-02", page_code="02")
    answer = client.post(NEW, data)
    intake = Intake.objects.get()
    assert answer.url == f"{LIST}{intake.pk}/change/"
    assert (intake.issue_date, intake.page_code) == (date(2031, 7, 2), "02")
    text = client.get(answer.url).text
    for article in Article.objects.all():
        assert f"/admin/articles/article/{article.pk}/change/" in text
    assert "许若澜" in text, "the name that was left out stands with its draft"
    assert "两百多名市民登船" in text, "and the raw text below"


def test_single_stories_heads_sections_and_joins_are_the_editors(cast: Cast, desk: Desk) -> None:
    shown = desk(cast.section_editor).post(NEW, {**source(cast), "_read": ""}).text
    found = re.search(r'name="edit" value="(break:\d+)"', shown)
    assert found
    data = decided(
        cast,
        **{
            "story-0-headline": "夜航渡轮开了",
            "story-0-kicker": "望潮港",
            "story-0-section": cast.news.pk,
            "edit": [found[1]],
        },
    )
    del data[f"story-{SECOND}-take"]
    assert desk(cast.section_editor).post(NEW, data).status_code == 302
    article = Article.objects.get()
    assert (article.kicker, article.headline, article.section) == ("望潮港", "夜航渡轮开了", cast.news)
    assert "<p>两百多名市民登船。</p>" in article.body


def test_names_are_made_only_on_request_and_linked_only_within_the_paper(cast: Cast, desk: Desk) -> None:
    theirs = Reporter.objects.create(publication=cast.other_publication, name="许若澜")
    client = desk(cast.section_editor)
    assert client.post(NEW, decided(cast, **{"name-0-who": str(theirs.pk)})).status_code == 200
    assert not Article.objects.exists()
    assert client.post(NEW, decided(cast, **{"name-0-who": "new-intern"})).status_code == 302
    made = Reporter.objects.get(publication=cast.publication, name="许若澜")
    assert made.kind == "intern"
    assert made.bylines.count() == 1


@pytest.mark.parametrize("who", ["new-staff", "new-king", "999999", "x"])
def test_a_reporter_who_forges_a_new_name_makes_none(cast: Cast, desk: Desk, who: str) -> None:
    answer = desk(cast.reporter).post(NEW, decided(cast, **{"name-0-who": who}))
    assert answer.status_code == 200
    assert "errorlist" in answer.text
    assert Reporter.objects.count() == 1
    assert not Article.objects.exists()


def test_decisions_count_only_for_the_text_that_was_shown(cast: Cast, desk: Desk) -> None:
    answer = desk(cast.reporter).post(NEW, {**decided(cast), "text": "灯塔\n\n" + PAGE})
    assert answer.status_code == 409
    assert 'class="desk-card intake-story ' in answer.text
    assert not Article.objects.exists()


def test_pressing_twice_takes_it_in_once_until_it_is_confirmed(cast: Cast, desk: Desk) -> None:
    client = desk(cast.reporter)
    client.post(NEW, decided(cast))
    again = client.post(NEW, decided(cast))
    assert again.status_code == 409
    assert 'name="force"' in again.text
    assert Article.objects.count() == 2
    assert client.post(NEW, decided(cast, force="on")).status_code == 302
    assert Article.objects.count() == 4


def test_a_change_by_hand_is_made_when_it_is_read_again_and_can_be_undone(cast: Cast, desk: Desk) -> None:
    client = desk(cast.reporter)
    data = {key: value for key, value in decided(cast).items() if key != "_confirm"}
    read = client.post(NEW, {**data, "_read": "", "edit": [f"above:{SECOND}"]}).text
    assert read.count("intake-story ") == 1
    assert "<h3>老船坞变身图书馆</h3>" in read, "its headline is a subhead of the story above"
    assert f'value="above:{SECOND}" id="edit-above:{SECOND}" checked' in read
    assert client.post(NEW, {**data, "_read": ""}).text.count("intake-story ") == 2
    assert not Intake.objects.exists()


def test_a_story_begun_by_hand_is_looked_at_before_it_is_taken_in(cast: Cast, desk: Desk) -> None:
    client = desk(cast.reporter)
    data = decided(cast, edit=[f"story:{PAGE.index('“今后')}"])
    answer = client.post(NEW, data)
    assert answer.status_code == 409
    assert not Article.objects.exists()
    shown = re.findall(r'name="shown" value="(\d+)"', answer.text)
    assert len(shown) == 3
    assert client.post(NEW, {**data, "shown": shown, f"story-{shown[1]}-take": "on"}).status_code == 302
    assert Article.objects.count() == 3


def test_what_was_typed_survives_a_change_by_hand(cast: Cast, desk: Desk) -> None:
    data = decided(cast, edit=[f"subhead:{PAGE.index('市民凭')}"], **{f"story-{FIRST}-deck": "我打的副题"})
    del data["_confirm"]
    read = desk(cast.reporter).post(NEW, data).text
    assert "我打的副题" in read
    assert "<h3>市民凭身份证即可借阅。</h3>" in read


def test_the_kickers_split_is_undone_and_made_again(cast: Cast, desk: Desk) -> None:
    page = PAGE.replace("渡轮夜航试运行", "潮起望潮 灯照归程  渡轮夜航试运行一个月回访")
    client = desk(cast.reporter)

    def fields(text: str) -> list[str]:
        return [
            (re.search(rf'name="story-0-{name}"(?: value="([^"]*)")?', text) or [""])[1] or ""
            for name in ("kicker", "headline")
        ]

    read = client.post(NEW, {**source(cast, page), "_read": ""}).text
    split = fields(read)
    assert all(split)
    same = {
        **source(cast, page),
        "_read": "",
        "mark": mark_of(page, cast.publication),
        "shown": re.findall(r'name="shown" value="(\d+)"', read),
    }
    kicker, headline = split
    heads = {"story-0-kicker": kicker, "story-0-headline": headline, "story-0-take": "on"}
    one = client.post(NEW, {**same, **heads, "story-0-one_line": "on"}).text
    assert fields(one) == ["", "潮起望潮 灯照归程 渡轮夜航试运行一个月回访"]
    heads = {"story-0-kicker": "", "story-0-headline": fields(one)[1], "story-0-take": "on"}
    assert fields(client.post(NEW, {**same, **heads}).text) == split
    typed = {"story-0-kicker": "我的引题", "story-0-headline": headline, "story-0-one_line": "on"}
    assert fields(client.post(NEW, {**same, **typed}).text) == ["我的引题", headline], "what was typed stays"


@pytest.mark.parametrize(
    "value", ["", "join", "join:", "join:x", "join:-1", "join:99999999999", "nothing:3", "above:0"]
)
def test_a_forged_change_changes_nothing(cast: Cast, desk: Desk, value: str) -> None:
    assert desk(cast.reporter).post(NEW, decided(cast, edit=[value])).status_code == 302
    assert Article.objects.count() == 2


def test_nothing_chosen_makes_nothing(cast: Cast, desk: Desk) -> None:
    data = {name: value for name, value in decided(cast).items() if not name.endswith("-take")}
    answer = desk(cast.reporter).post(NEW, data)
    assert answer.status_code == 409
    assert not Intake.objects.exists()


def test_drafts_go_straight_onto_the_page_for_those_who_place(cast: Cast, desk: Desk) -> None:
    page = cast.page(cast.issue(date(2031, 7, 2)))
    data = decided(cast, issue_date="2031-07-02", page_code="01")
    assert 'name="place"' not in desk(cast.reporter).post(NEW, {**data, "_confirm": "", "mark": ""}).text
    assert desk(cast.reporter).post(NEW, {**data, "place": "on"}).status_code == 403
    assert not Article.objects.exists()
    shown = desk(cast.duty).post(NEW, {**source(cast, issue_date="2031-07-02", page_code="01"), "_read": ""})
    assert 'name="place"' in shown.text
    assert desk(cast.duty).post(NEW, {**data, "place": "on"}).status_code == 302
    assert [row.article.headline for row in Placement.objects.filter(page=page)] == [
        "渡轮夜航试运行",
        "老船坞变身图书馆",
    ]


# --- what was taken in --------------------------------------------------------------------------------------------


def test_a_raw_text_is_open_to_its_taker_and_the_editors(cast: Cast, desk: Desk) -> None:
    desk(cast.reporter).post(NEW, decided(cast))
    address = f"{LIST}{Intake.objects.get().pk}/change/"
    for who in ["reporter", "duty", "chief", "layout"]:
        assert desk(getattr(cast, who)).get(address).status_code == 200, who
    for who in ["colleague", "outsider", "administrator"]:
        answer = desk(getattr(cast, who)).get(address)
        assert answer.status_code == 404, who
        assert "老船坞" not in answer.text
    assert "老船坞" not in desk(cast.colleague).get(LIST).text
    assert desk(cast.section_editor).get(address).status_code == 404, "sees one section; the page has all"


def test_a_raw_text_is_neither_changed_nor_deleted(cast: Cast, desk: Desk) -> None:
    desk(cast.reporter).post(NEW, decided(cast))
    intake = Intake.objects.get()
    for end in ["change", "delete"]:
        answer = desk(cast.chief).post(f"{LIST}{intake.pk}/{end}/", {"text": "x", "post": "yes"})
        assert answer.status_code == 403
    intake.refresh_from_db()
    assert intake.text == PAGE


def test_the_list_asks_as_often_for_many_as_for_one(cast: Cast, desk: Desk) -> None:
    from tests.admin_issues.test_board import queries

    client = desk(cast.reporter)
    client.post(NEW, decided(cast))
    client.get(LIST)
    one = queries(client, LIST)
    for _number in range(5):
        client.post(NEW, decided(cast, force="on"))
    client.get(LIST)
    assert queries(client, LIST) == one
