"""The index finds exactly what stands in the text, and is written with every verb."""

import unicodedata
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from articles.desk import publishing, stories, workflow
from articles.models import Article, DeskEntry, PublicEntry, PublishedArticle
from articles.search import index
from articles.search.finding import newest
from articles.search.question import ask
from tests.cast import Cast

STORIES = 10_000
AT = datetime(2030, 5, 4, 6, 0, tzinfo=UTC)


def desk(words: str) -> set[int]:
    return set(newest(DeskEntry, ask(words), most=STORIES + 1))


def public(words: str) -> set[int]:
    """The stories whose copies are found, visible or not."""
    copies = map(PublicEntry.copy_of, newest(PublicEntry, ask(words)))
    return set(PublishedArticle.objects.filter(pk__in=copies).values_list("article", flat=True))


# --- against plain substring ---------------------------------------------------------------

CHARACTERS = "渡轮夜航试运行望潮港码头灯市民海风大桥路的了在有一不年月日第期老城新区\u3400𠮷"
LATIN = ("AI", "GDP", "Wi-Fi", "airport", "port", "café", "Ａ级")
NUMBERS = ("2030", "20", "7", "6.2", "１２", "2,000")
MARKS = ("，", "。", " ", "、", "“", "”", "—", "")


def sentence(random: Random) -> str:
    words = []
    for _ in range(random.randint(3, 7)):
        draw = random.random()
        if draw < 0.7:
            words.append("".join(random.choices(CHARACTERS, k=random.randint(1, 5))))
        elif draw < 0.85:
            words.append(random.choice(LATIN))
        else:
            words.append(random.choice(NUMBERS))
        words.append(random.choice(MARKS))
    return "".join(words)


@cache
def kind(character: str) -> str:
    if not character.isalnum():
        return ""
    if character.isdecimal():
        return "digit"
    return "ideograph" if unicodedata.name(character).startswith("CJK") else "letter"


def flat(text: str) -> str:
    """The plain text that both sides are compared as, written another way than the tokeniser is: NFKC and lower case,
    then a space between any two runs of ideographs, of letters and of digits, and around all."""
    out, before = [" "], ""
    for character in unicodedata.normalize("NFKC", text).lower():
        now = kind(character)
        if now != before and out[-1] != " ":
            out.append(" ")
        if now:
            out.append(character)
        before = now
    return "".join([*out, " "])


def stands_in(words: str, texts: list[str]) -> bool:
    """Plain substring: each part of `words` stands in one of the texts. An ideograph may begin or end it anywhere; a
    letter or digit begins it where a word begins; a digit ends it where the number ends."""
    for part in words.split():
        needle = flat(part).strip()
        begins = "" if not needle[0].isascii() and needle[0] != "é" else " "
        ends = " " if needle[-1].isdecimal() else ""
        if not any(begins + needle + ends in text for text in texts):
            return False
    return True


def questions(random: Random, texts: list[list[str]]) -> list[str]:
    """Pieces cut out of the texts anywhere, across words and marks, and some that nobody wrote."""
    found = [
        "渡",
        "夜",
        "的",
        "𠮷",
        "渡轮",
        "夜航",
        "AI",
        "ai",
        "a",
        "port",
        "air",
        "caf",
        "2030",
        "20",
        "203",
        "7",
    ]
    found += [
        "wi-fi",
        "Wi Fi",
        "６.２",
        "６.２公",
        "渡轮 2030",
        "AI 夜 20",
        "轮，夜",
        "轮夜",
        "第7期",
        "2,000",
        "A级",
    ]
    for length in [1] * 10 + [2] * 25 + [3, 4, 5, 6] * 12 + [9, 14]:
        text = random.choice(random.choice(texts))
        start = random.randrange(max(1, len(text) - length))
        found.append(text[start : start + length])
    found += ["".join(random.choices(CHARACTERS, k=k)) for k in (1, 2, 2, 3, 3, 4)]
    return [words for words in dict.fromkeys(found) if any(c.isalnum() for c in words)]


def test_it_finds_what_a_plain_search_of_ten_thousand_stories_finds(cast: Cast) -> None:
    random = Random(7)
    texts = [[sentence(random)[:110] or "渡", *(sentence(random) for _ in range(2))] for _ in range(STORIES)]
    articles = Article.objects.bulk_create(
        Article(
            publication=cast.publication,
            headline=each[0],
            created_by=cast.reporter,
            updated_by=cast.reporter,
            version=1,
        )
        for each in texts
    )
    DeskEntry.objects.bulk_create(
        DeskEntry(article=article, tokens=(words := index.Document(each)), long_text=words.long_text)
        for article, each in zip(articles, texts, strict=True)
    )
    plain = {article.pk: [flat(text) for text in each] for article, each in zip(articles, texts, strict=True)}
    for words in questions(random, texts):
        expected = {pk for pk, each in plain.items() if stands_in(words, each)}
        assert desk(words) == expected, words


# --- what is asked how ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("渡", True), ("轮夜", True), ("渡轮夜航", True), ("航行", False), ("行首", False), ("行，首", True),
        ("ＡＩ", True), ("ai", True), ("air", True), ("port", False), ("2030", True), ("203", False), ("030", False),
        ("Wi-Fi", True), ("wi fi", True), ("wifi", False), ("渡轮ai", True), ("AI渡轮", False), ("渡轮 2030年", True),
        ("渡轮 昨天", False), ("2030年", True), ("６.２公里", True), ("公里𠮷", False), ("𠮷", True), ("ガス", True),
    ],
)  # fmt: skip
def test_words_are_found_where_they_stand(cast: Cast, words: str, found: bool) -> None:
    article = cast.draft(
        "渡轮AI夜航渡轮夜航", body="<p>同行，首航airport，2030年</p><p>Ｗｉ－Ｆｉ，6.2公里</p><p>𠮷祥的ｶﾞｽ</p>"
    )
    assert (article.pk in desk(words)) is found


def test_no_phrase_reaches_from_the_headline_into_the_text(cast: Cast) -> None:
    article = cast.draft("渡轮夜航", body="<p>2030年起</p><p>Wi</p><p>Fi</p>")
    assert article.pk in desk("夜航 2030")
    assert article.pk not in desk("夜航2030")
    assert article.pk not in desk("wi-fi")


def test_a_text_longer_than_any_index_row_is_searched_to_its_last_word(cast: Cast) -> None:
    random = Random(3)
    long = "".join(random.choices(CHARACTERS[:30], k=20_000))
    article = cast.draft("长篇连载", body=f"<p>{long}</p><p>{'期2，' * 300}灯塔守望者AI终章airport 99</p>")
    other = cast.draft("短讯", body="<p>灯塔</p>")
    for words in ("灯塔守望者", "塔守", "望者AI", "air", "99", "期2", long[15_000:15_006], "长篇 终章"):
        assert article.pk in desk(words), words
    for words in ("守望塔", "port", "9", "灯塔 无此事"):
        assert not desk(words), words
    assert desk("灯塔") == {article.pk, other.pk}


@pytest.mark.parametrize(
    "words", ["'", "a'b", "\\", "a\\b", "a & b | !c:*", '"a" OR b', "NEAR(a b)", "%", "_", "a* -b ^c", "a:b"]
)
def test_nothing_typed_is_taken_for_the_databases_own_language(cast: Cast, words: str) -> None:
    from articles.search.question import Unanswerable

    try:
        assert desk(words) == set()
    except Unanswerable as why:
        assert why.reason == "nothing"


# --- written by the verbs ---------------------------------------------------------------


def test_a_saved_story_is_found_by_its_new_text_only(cast: Cast) -> None:
    article = cast.draft("渡轮夜航", body="<p>首航座无虚席</p>")
    workflow.edit(cast.reporter, article.pk, 1, {"body": "<p>末班推迟到十一点</p>", "deck": "市民点赞"})
    assert desk("末班推迟") == desk("点赞") == desk("林海生") == {article.pk}
    assert desk("座无虚席") == set()


def test_what_was_refused_is_kept_but_not_found(cast: Cast) -> None:
    from articles.exceptions import Conflict

    article = cast.draft()
    workflow.edit(cast.reporter, article.pk, 1, {"deck": "先存的"})
    with pytest.raises(Conflict):
        workflow.edit(cast.reporter, article.pk, 1, {"deck": "迟到的"})
    assert desk("先存的") == {article.pk}
    assert desk("迟到的") == set()


def test_a_correction_is_found_on_both_sides(cast: Cast) -> None:
    article = cast.live(body="<p>票价五元</p>")
    stories.correct(cast.chief, article.pk, {"body": "<p>票价六元</p>"}, "票价有误")
    assert desk("票价六元") == public("票价六元") == {article.pk}
    assert desk("票价五元") == set()


def test_what_is_withdrawn_or_taken_back_leaves_the_index(cast: Cast) -> None:
    article = cast.live("潮位站启用")
    scheduled = cast.scheduled("夜航渡轮延时")
    waiting = cast.approved("码头亮灯")
    issue = cast.scheduled_issue(waiting)
    assert public("潮位") and public("延时") and public("亮灯")
    stories.withdraw(cast.chief, article.pk, "有误")
    stories.pull(cast.chief, scheduled.pk, "改期")
    publishing.unschedule_issue(cast.chief, issue.pk)
    assert not public("潮位") and not public("延时") and not public("亮灯")
    assert PublicEntry.objects.count() == 0
    assert desk("潮位") == {article.pk}


def test_a_story_that_goes_out_early_keeps_its_scheduled_version_in_the_index(cast: Cast) -> None:
    article = cast.approved("渡轮夜航")
    cast.scheduled_issue(article, at=timezone.now() + timedelta(hours=5))
    stories.publish_article(cast.chief, article.pk)
    for copy in PublishedArticle.objects.filter(article=article):
        entry = PublicEntry.objects.get(copy=copy)
        assert entry.place == PublicEntry.place_of(copy.first_published_at, copy.pk)


def test_places_follow_time_and_the_order_of_print() -> None:
    place = PublicEntry.place_of
    assert place(AT, 5) < place(AT + timedelta(seconds=1), 1)
    assert place(AT, 5) > place(AT, 6)
    assert place(AT.replace(year=1951), 2**31 - 1) < place(AT, 1)
    assert PublicEntry.first_place(AT) <= place(AT, 2**31 - 1)
    assert place(AT.replace(year=2100), 1) < 2**63


# --- all of it anew ---------------------------------------------------------------


def entries() -> tuple[list[Any], list[Any]]:
    return (
        list(PublicEntry.objects.order_by("pk").values_list("pk", "copy", "tokens", "long_text")),
        list(DeskEntry.objects.order_by("pk").values_list("pk", "tokens", "long_text")),
    )


def test_reindex_writes_what_the_verbs_have_written(cast: Cast) -> None:
    cast.live("潮位站启用")
    cast.scheduled("夜航渡轮延时", kicker="引题", deck="副题", summary="提要")
    cast.published_issue(cast.approved("码头亮灯"))
    before = entries()
    DeskEntry.objects.all().delete()
    PublicEntry.objects.all().delete()
    call_command("reindex", verbosity=0)
    assert entries() == before
    call_command("reindex", verbosity=0)
    assert entries() == before


def test_reindex_drops_what_is_over(cast: Cast) -> None:
    article = cast.live(body="<p>票价五元</p>")
    stories.correct(cast.chief, article.pk, {"body": "<p>票价六元</p>"}, "票价有误")
    call_command("reindex", verbosity=0)
    assert not public("票价五元")
    assert public("票价六元") == {article.pk}


def test_the_tables_are_what_the_migration_made(db: None) -> None:
    """A later migration that lets Django rebuild them on SQLite would leave tables that find nothing."""
    with connection.cursor() as cursor:
        for table in ("articles_publicentry", "articles_deskentry"):
            if connection.vendor == "sqlite":
                cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [table])
                assert "fts5" in cursor.fetchone()[0]
            else:
                cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = %s", [table])
                assert any("USING gin (tokens)" in row[0] for row in cursor.fetchall())
