"""Marks stand on the original characters, and the pieces are text."""

import pytest

from articles.search.marks import marked, snippet, spans
from articles.search.question import MOST_CHARACTERS, MOST_PHRASES, Unanswerable, ask

TEXT = "【号外】渡轮ＡＩ夜航㎞2026年，Ｗｉ－Ｆｉ覆盖，airport ｶﾞｽ cafe\u0301"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("渡轮AI", ["渡轮ＡＩ"]), ("km", ["㎞"]), ("202", []), ("2026", ["2026"]), ("wi-fi", ["Ｗｉ－Ｆｉ"]),
        ("wifi", []), ("port", []), ("air", ["air"]), ("ガス", ["ｶﾞｽ"]), ("轮ai夜", ["轮ＡＩ夜"]),
        ("盖，air", ["盖，air"]),
        ("café", ["cafe\u0301"]), ("夜 航", ["夜航"]), ("轮 号外", ["号外", "轮"]), ("(a+)+$", ["Ａ", "a"]),
    ],
)  # fmt: skip
def test_what_is_marked(words: str, shown: list[str]) -> None:
    assert [piece.text for piece in marked(TEXT, ask(words)) if piece.marked] == shown
    assert "".join(piece.text for piece in marked(TEXT, ask(words))) == TEXT


def test_a_snippet_begins_with_the_sentence_and_shows_what_was_found() -> None:
    text = "开头一句很长，" * 20 + "结束。渡轮今起夜航。" + "后面还有很多话。" * 30
    pieces = snippet(["无关的一段", text], ask("夜航"), 40)
    assert pieces[0].text == "……"
    assert pieces[1].text == "渡轮今起"
    assert (pieces[2].text, pieces[2].marked) == ("夜航", True)
    assert pieces[-1].text == "……"


def test_the_paragraph_that_holds_more_of_the_words_is_shown() -> None:
    assert "潮位" in "".join(p.text for p in snippet(["夜航开了", "夜航看潮位"], ask("夜航 潮位")))


def test_nothing_is_shown_where_nothing_stands() -> None:
    assert snippet(["渡轮"], ask("潮位")) == []
    assert spans("", ask("潮位")) == []


def test_markup_is_text_like_any_other() -> None:
    pieces = marked("<script>渡轮</script>", ask("渡轮"))
    assert [piece.text for piece in pieces] == ["<script>", "渡轮", "</script>"]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("潮" * 1_000_000, "long"),
        ("潮" * (MOST_CHARACTERS + 1), "long"),
        ("渡\x00轮", "binary"),
        (" ".join(f"a{number}" for number in range(MOST_PHRASES + 1)), "many"),
        ("？！……", "nothing"),
        (".*.*.*", "nothing"),
    ],
)
def test_what_cannot_be_asked(words: str, reason: str) -> None:
    with pytest.raises(Unanswerable) as refused:
        ask(words)
    assert refused.value.reason == reason


def test_white_space_asks_nothing() -> None:
    assert not ask(" \u3000\n")
    assert len(ask("渡轮\u3000夜航 渡轮").phrases) == 2
