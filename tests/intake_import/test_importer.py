"""From a page that was read to drafts: names, doubles, long lines, places; all or nothing, and nothing lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from articles.body import plain_text
from articles.desk.outbox import Fact
from articles.exceptions import IllegalTransition, NotAllowed
from articles.intake.drafts import LONGEST, LONGEST_NAME, LONGEST_TITLE, Choice
from articles.intake.importer import ImportResult, TakenInBefore, import_page
from articles.intake.parser import parse_page
from articles.intake.roll import staff_of
from articles.models import Article, Byline, Event, Intake, Placement, Reporter
from tests.cast import Cast, make_cast

PAGE = """渡轮夜航试运行

■记者 林海生 许若澜

本报讯 7月1日晚,望潮港开出首班夜航渡轮。码头上灯火通明,

两百多名市民登船。

“今后下夜班也能坐船回家了。”乘客老陈说。

老船坞变身图书馆

■记者 林海生

本报讯 沉寂多年的老船坞昨日重新开门,首批三万册图书上架。

市民凭身份证即可借阅。
"""


def take_in(cast: Cast, text: str = PAGE, **more: Any) -> ImportResult:
    page = parse_page(text, staff_of(cast.publication))
    given = {"publication": cast.publication, "user": cast.reporter, "raw_text": text, **more}
    return import_page(page, **given)


def test_every_story_becomes_a_draft_of_the_person_who_took_it_in(cast: Cast) -> None:
    result = take_in(cast, issue_date=date(2030, 7, 2), page_code="01")
    assert [str(article) for article in result.articles] == ["渡轮夜航试运行", "老船坞变身图书馆"]
    first = Article.objects.get(pk=result.articles[0].pk)
    assert (first.kind, first.status, first.dateline) == ("news", "draft", "本报讯")
    assert first.created_by == cast.reporter
    assert "码头上灯火通明，两百多名市民登船。" in first.body
    assert first.revisions.count() == 1
    intake = Intake.objects.get()
    assert (intake.text, intake.page_code, intake.created_by) == (PAGE, "01", cast.reporter)
    assert {article.intake_id for article in Article.objects.all()} == {intake.pk}


def test_names_on_the_list_are_linked_and_unknown_ones_proposed_not_made(cast: Cast) -> None:
    result = take_in(cast)
    first = result.articles[0]
    assert [byline.reporter for byline in first.bylines.all()] == [cast.byline]
    assert [(each.name, each.kind) for each in result.proposed_names] == [("许若澜", "staff")]
    assert Reporter.objects.count() == 1
    assert any("许若澜" in warning for warning in result.warnings)
    beside = Event.objects.get(verb=Fact.TAKEN_IN, article=first)
    assert "许若澜" in beside.reason
    assert beside.data["left_out"] == ["记者 许若澜"]


def test_a_padded_name_is_the_person_on_the_list(cast: Cast) -> None:
    padded = Reporter.objects.create(publication=cast.publication, name="何帆", user=cast.colleague)
    page = PAGE.replace("■记者 林海生 许若澜", "■记者 何　帆")
    result = take_in(cast, page)
    assert [byline.reporter for byline in result.articles[0].bylines.all()] == [padded]
    assert not result.proposed_names


def test_a_name_stored_with_padding_is_found_too(cast: Cast) -> None:
    padded = Reporter.objects.create(publication=cast.publication, name="何 帆")
    result = take_in(cast, PAGE.replace("许若澜", "何帆"))
    assert padded in [byline.reporter for byline in result.articles[0].bylines.all()]


def test_somebody_no_longer_active_is_proposed_and_can_be_linked(cast: Cast) -> None:
    gone = Reporter.objects.create(publication=cast.publication, name="许若澜", is_active=False)
    assert [each.inactive for each in take_in(cast).proposed_names] == [gone]
    result = take_in(cast, reporter_links={"许若澜": gone}, force=True)
    assert gone in [byline.reporter for byline in result.articles[0].bylines.all()]
    assert not result.proposed_names


def test_an_editor_makes_reporters_of_unknown_names_explicitly(cast: Cast) -> None:
    result = take_in(cast, user=cast.section_editor, new_reporters={"许若澜": "intern"})
    made = Reporter.objects.get(name="许若澜")
    assert (made.kind, made.publication) == ("intern", cast.publication)
    assert [byline.reporter.name for byline in result.articles[0].bylines.all()] == ["林海生", "许若澜"]
    assert not result.proposed_names


def test_a_reporter_makes_no_reporters_and_nothing_is_written(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        take_in(cast, new_reporters={"许若澜": "staff"})
    assert not Intake.objects.exists()
    assert not Article.objects.exists()


def test_a_known_name_can_be_left_out(cast: Cast) -> None:
    result = take_in(cast, reporter_links={"林海生": None})
    assert not Byline.objects.exists()
    assert "林海生" in Event.objects.get(verb=Fact.TAKEN_IN, article=result.articles[1]).reason


def test_a_reporter_of_another_paper_is_refused(cast: Cast) -> None:
    theirs = Reporter.objects.create(publication=cast.other_publication, name="许若澜")
    with pytest.raises(ValidationError):
        take_in(cast, reporter_links={"许若澜": theirs})
    assert [each.name for each in take_in(cast).proposed_names] == ["许若澜"]


@pytest.mark.parametrize(
    ("line", "role", "title"),
    [
        ("■摄影 记者 林海生", "photo", "记者"),
        ("■文/图 记者 林海生", "text_and_photo", "记者"),
        ("■图/文 记者 林海生", "text_and_photo", "记者"),
        ("■制图 林海生", "graphics", ""),
        ("■视频 记者 林海生", "video", "记者"),
        ("■见习记者 林海生", "text", "见习记者"),
    ],
)
def test_printed_roles_and_titles_are_kept(cast: Cast, line: str, role: str, title: str) -> None:
    result = take_in(cast, PAGE.replace("■记者 林海生 许若澜", line))
    byline = result.articles[0].bylines.get()
    assert (byline.role, byline.title) == (role, title)


def test_one_person_twice_in_one_role_stands_there_once(cast: Cast) -> None:
    result = take_in(cast, PAGE.replace("许若澜", "林海生"))
    assert result.articles[0].bylines.count() == 1


# --- the same text twice ------------------------------------------------------------------------------------------


def test_the_same_text_twice_is_refused_until_confirmed(cast: Cast) -> None:
    take_in(cast)
    with pytest.raises(TakenInBefore) as refusal:
        take_in(cast)
    assert len(refusal.value.reasons) == 3, "the text and both stories"
    assert Article.objects.count() == 2
    again = take_in(cast, force=True)
    assert Article.objects.count() == 4
    assert len([warning for warning in again.warnings if "渡轮夜航试运行" in warning]) >= 1


def test_spaces_and_line_breaks_do_not_make_another_text(cast: Cast) -> None:
    take_in(cast)
    with pytest.raises(TakenInBefore):
        take_in(cast, PAGE.replace("\n\n", "\r\n \r\n"))


def test_one_story_again_on_another_page_is_noticed(cast: Cast) -> None:
    take_in(cast)
    with pytest.raises(TakenInBefore) as refusal:
        take_in(cast, "灯塔博物馆开馆\n\n■记者 林海生\n\n本报讯 昨日开馆。\n\n" + PAGE)
    assert len(refusal.value.reasons) == 2
    assert not any("灯塔" in reason for reason in refusal.value.reasons)


def test_another_paper_may_take_the_same_text(cast: Cast) -> None:
    take_in(cast)
    result = take_in(cast, publication=cast.other_publication, user=cast.outsider)
    assert not [warning for warning in result.warnings if "already" in warning]
    assert len(result.articles) == 2


@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_once_take_it_in_once() -> None:
    cast = make_cast()

    def press(user: Any) -> str:
        try:
            take_in(cast, user=user)
        except TakenInBefore:
            return "twice"
        finally:
            connection.close()
        return "taken"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(press, [cast.reporter, cast.colleague]))
    assert outcomes == ["taken", "twice"]
    assert Intake.objects.count() == 1
    assert Article.objects.count() == 2


# --- what does not fit --------------------------------------------------------------------------------------------

WIRE = """新华社北京7月2日电 国家气象部门2日发布预报,东部沿海将有大风。

渔船应及时回港避风。
"""


def test_a_wire_item_gets_its_first_words_as_a_flagged_headline(cast: Cast) -> None:
    result = take_in(cast, WIRE)
    (article,) = result.articles
    assert article.kind == "wire"
    assert article.dateline == "新华社北京7月2日电"
    assert article.headline == "国家气象部门2日发布预报"
    assert plain_text(article.body).startswith("国家气象部门2日发布预报，东部"), "the text stays whole"
    assert any("国家气象部门2日发布预报" in warning for warning in result.warnings)


def test_lines_too_long_for_their_fields_stand_whole_in_the_text(cast: Cast) -> None:
    page = parse_page(PAGE)
    long = {name: "潮" * (longest + 1) for name, longest in LONGEST.items()}
    choice = Choice(kicker=long["kicker"], headline=long["headline"], deck=long["deck"])
    result = take_in(cast, PAGE, choices={0: choice})
    article = result.articles[0]
    paragraphs = plain_text(article.body).split("\n")
    assert paragraphs[:3] == [long["kicker"], long["headline"], long["deck"]]
    assert (article.kicker, article.deck) == ("", "")
    assert article.headline == "潮" * 29 + "…"
    assert len(paragraphs) == 3 + len(page.stories[0].blocks)


def test_the_limits_are_those_of_the_fields() -> None:
    for name, longest in LONGEST.items():
        assert Article._meta.get_field(name).max_length == longest
    assert Reporter._meta.get_field("name").max_length == LONGEST_NAME
    assert Byline._meta.get_field("title").max_length == LONGEST_TITLE


def test_an_editor_may_change_the_heads_and_leave_stories_out(cast: Cast) -> None:
    choice = Choice(kicker="望潮港", headline="夜航渡轮开了", section=cast.news.pk)
    (article,) = take_in(cast, accept=[0], choices={0: choice}).articles
    assert (article.kicker, article.headline, article.section) == ("望潮港", "夜航渡轮开了", cast.news)


def test_a_section_of_another_paper_is_refused_and_nothing_written(cast: Cast) -> None:
    from articles.models import Section

    theirs = Section.objects.create(publication=cast.other_publication, name="要闻")
    with pytest.raises(ValidationError):
        take_in(cast, choices={1: Choice(section=theirs.pk)})
    assert not Intake.objects.exists()
    assert not Article.objects.exists()
    assert not Event.objects.exists()


def test_a_text_too_large_for_one_story_is_refused_whole_and_named(cast: Cast) -> None:
    text = PAGE + "\n\n".join("浪" * 999 + "。" for _ in range(100))
    with pytest.raises(ValidationError) as refusal:
        take_in(cast, text)
    assert "老船坞变身图书馆" in refusal.value.messages[0]
    assert not Article.objects.exists()


def test_every_character_reaches_a_field_the_body_or_the_notes(cast: Cast) -> None:
    result = take_in(cast, PAGE + "\n\n责编:沈知秋 版式:顾小满\n")
    kept = "".join(
        "".join([a.kicker, a.headline, a.deck, a.dateline, plain_text(a.body)])
        + "".join(f"{b.title}{b.reporter.name}" for b in a.bylines.select_related("reporter"))
        + Event.objects.get(verb=Fact.TAKEN_IN, article=a).reason
        for a in result.articles
    )
    for word in ["渡轮夜航试运行", "林海生", "许若澜", "本报讯", "两百多名市民登船", "三万册图书", "借阅"]:
        assert word in kept
    assert "责编" in Intake.objects.get().text


def test_nothing_to_take_in_is_said(cast: Cast) -> None:
    with pytest.raises(IllegalTransition):
        take_in(cast, "")
    with pytest.raises(IllegalTransition):
        take_in(cast, accept=[])
    assert not Intake.objects.exists()


@pytest.mark.parametrize("who", ["layout", "outsider", "administrator"])
def test_who_may_not_take_in(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        take_in(cast, user=getattr(cast, who))
    with pytest.raises(NotAllowed):
        take_in(cast, user=None)
    assert not Intake.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        PAGE.replace("渡轮", "渡\x00轮\u2028\u202e"),
        PAGE.replace("渡轮", "渡\ud800轮"),
        PAGE.replace("渡轮夜航", "<script>alert(1)</script><img src=x onerror=alert(1)>"),
        "\x00\x01\n\ud800\n■\n" + "（" * 3000,
    ],
)
def test_odd_characters_are_stored_inert_and_break_nothing(cast: Cast, text: str) -> None:
    try:
        result = take_in(cast, text)
    except IllegalTransition:
        assert not parse_page(text).stories
        return
    for article in result.articles:
        assert "<script" not in article.body
        assert "<img" not in article.body
        article.full_clean()
    assert Intake.objects.get().text.encode()


# --- straight onto a page -----------------------------------------------------------------------------------------


def test_drafts_can_be_placed_at_once_by_those_who_may(cast: Cast) -> None:
    page = cast.page(cast.issue(date(2030, 7, 2)))
    result = take_in(cast, user=cast.duty, issue_date=date(2030, 7, 2), page_code="01", place=True)
    assert [p.article for p in Placement.objects.filter(page=page)] == result.articles


def test_a_reporter_places_nothing_and_nothing_is_taken_in(cast: Cast) -> None:
    cast.page(cast.issue(date(2030, 7, 2)))
    with pytest.raises(NotAllowed):
        take_in(cast, issue_date=date(2030, 7, 2), page_code="01", place=True)
    assert not Article.objects.exists()
    assert not Intake.objects.exists()


def test_a_page_that_is_not_there_takes_nothing_in(cast: Cast) -> None:
    with pytest.raises(IllegalTransition):
        take_in(cast, user=cast.duty, issue_date=date(2030, 7, 2), page_code="09", place=True)
    assert not Article.objects.exists()


def test_one_event_tells_of_the_whole_intake(cast: Cast) -> None:
    result = take_in(cast, accept=[1])
    event = Event.objects.get(verb=Fact.TAKEN_IN, article=None)
    assert event.data["articles"] == [result.articles[0].pk]
    assert event.data["skipped"] == 1


def test_a_doubt_about_a_name_ends_when_the_name_is_somebody(cast: Cast) -> None:
    Reporter.objects.create(publication=cast.publication, name="周明远")
    text = PAGE.replace("许若澜", "方予安")
    result = take_in(cast, text, user=cast.duty, new_reporters={"方予安": "staff"})
    assert "方予安" not in Event.objects.get(verb=Fact.TAKEN_IN, article=result.articles[0]).reason
