"""Any text is read, whole, the same way each time, and in linear time."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.intake.characters import MARKS
from articles.intake.fingerprint import fingerprint
from articles.intake.model import BlockType
from articles.intake.parser import parse_page
from articles.intake.punctuation import restore
from tests.intake.sample_pages import SAMPLES
from tests.intake.spans import assert_partition

# Pieces of newspaper, so that chance builds pages and not only noise.
PIECES = st.sampled_from(
    [
        "\n", "\n\n", "\r\n", " ", "\u3000\u3000", "\t", "\ufeff", "\x00", "\ud800", "\x0c", "\u2028",
        "\u200b", "■", "●", "◆", "【", "】", "(", ")", "（", "）", "“", "”", "《", "》", ",", "，",
        "。", "！", "?", "：", ":", "——", "|", "记者", "本报记者", "通讯员", "摄影", "文/图", "摄",
        "实习生", "林海生", "许若澜", "何帆", "苏", "晴", "报道", "本报讯", "新华社北京7月2日电",
        "据中新社电", "7月1日", "日前", "简讯", "责任编辑:何帆", "(下转第3版)", "第01版:要闻",
        "望潮港首条航线开通", "渔港改造二期工程昨日开工,总投资3.2亿元。", "市海洋渔业局局长", "一、",
        "（二）", "1.", "AI", "2,0", "00", "潮起望潮", "的", "在", "和",
        "近日,望潮渔政在东海海域开展联合巡查,共检查渔船86艘,发现并整改隐患12处。", "怎么办?",
    ]
)  # fmt: skip
PAGES = st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=300)


@settings(max_examples=600, deadline=None)
@given(PAGES)
def test_spans_partition_any_text(text: str) -> None:
    assert_partition(parse_page(text), text)


@settings(max_examples=150, deadline=None)
@given(PAGES, st.lists(st.sampled_from(["林海生", "苏晴", "", " ", "何 帆", "A"]), max_size=4))
def test_a_staff_list_changes_no_span_rule(text: str, staff: list[str]) -> None:
    assert_partition(parse_page(text, staff), text)


@settings(max_examples=150, deadline=None)
@given(PAGES)
def test_the_same_text_is_read_the_same_way(text: str) -> None:
    first, second = parse_page(text), parse_page(text)
    assert first == second
    assert [fingerprint(story) for story in first.stories] == [fingerprint(story) for story in second.stories]


@settings(max_examples=300, deadline=None)
@given(PAGES)
def test_what_is_handed_out_can_be_stored_and_written_as_json(text: str) -> None:
    page = parse_page(text)
    for story in page.stories:
        for stored in (
            story.kicker,
            story.headline,
            story.deck,
            story.dateline,
            *(b.text for b in story.blocks),
        ):
            stored.encode()  # no half surrogates
            assert not any(ord(character) < 0x20 for character in stored)
            assert stored == stored.strip()
        for note in story.notes:
            str(note).encode()
        for name, value in (("kicker", story.kicker), ("headline", story.headline), ("deck", story.deck)):
            assert not value or name in story.spans
    if not any("\ud800" <= character <= "\udfff" for character in text):
        json.dumps(page.as_json(), ensure_ascii=False).encode()


@settings(max_examples=300, deadline=None)
@given(PAGES)
def test_joins_point_at_line_ends_and_never_into_a_heading(text: str) -> None:
    for story in parse_page(text).stories:
        for block in story.blocks:
            assert block.type is BlockType.PARAGRAPH or not block.joins
            places = [join.at for join in block.joins]
            assert places == sorted(set(places))
            for join in block.joins:
                gap = text[join.at : join.at + 400]
                assert gap[: len(gap) - len(gap.lstrip())].splitlines(), "a join stands at a line end"
                assert 0 <= join.offset <= len(block.text)


@settings(max_examples=200, deadline=None)
@given(PAGES)
def test_a_block_is_its_span_restored(text: str) -> None:
    """Apart from mended breaks nothing happens to a paragraph but the restoring of marks and spaces."""
    for story in parse_page(text).stories:
        for block in story.blocks:
            if block.type is BlockType.PARAGRAPH and not block.joins:
                whole = restore(text[slice(*block.span)])
                # The mark before a brief is not of its text.
                assert block.text in (whole, restore(whole.lstrip(MARKS)))


@pytest.mark.parametrize("sample", SAMPLES, ids=[sample.name for sample in SAMPLES])
def test_white_space_at_both_ends_changes_nothing_but_offsets(sample) -> None:  # type: ignore[no-untyped-def]
    page, padded = (
        parse_page(sample.text, sample.staff),
        parse_page("\n\n" + sample.text + "\n \n", sample.staff),
    )
    assert [story.headline for story in page.stories] == [story.headline for story in padded.stories]
    assert [[b.text for b in s.blocks] for s in page.stories] == [
        [b.text for b in s.blocks] for s in padded.stories
    ]


MEGABYTE = 1_000_000
HUGE = {
    "newlines": "\n" * MEGABYTE,
    "one line": "潮" * (MEGABYTE // 3),
    "one line of Latin": "a" * MEGABYTE,
    "opening brackets": "(" * MEGABYTE,
    "closing brackets": ")" * MEGABYTE,
    "quotes": "“" * (MEGABYTE // 3),
    "marks": "■" * (MEGABYTE // 3),
    "marked lines": "■\n" * (MEGABYTE // 4),
    "lines of one character": "一\n" * (MEGABYTE // 4),
    "bylines": "■记者 林海生 何帆\n" * 40_000,
    "a byline of a megabyte": "■记者 " + "林海生 " * 80_000,
    "headlines": "望潮港首条航线开通\n" * 33_000,
    "broken lines": "望潮港首条航线开通,\n" * 33_000,
    "datelines": "新华社北京7月2日电 昨日\n" * 30_000,
    "credits below": "潮水退去。(林海生)\n" * 40_000,
    "spaces": "一" + " " * MEGABYTE + "二\n■记者 林海生",
    "spaced letters": "a " * (MEGABYTE // 2),
    "addresses": "http://" * (MEGABYTE // 7),
    "pairs": "(a)" * (MEGABYTE // 3),
    "nothing visible": "\x00" * MEGABYTE,
    "questions": "为什么?\n" * 90_000,
    "subheads": "【潮汐】\n" * 70_000,
    "digits": "7月2日" * 100_000,
}


@pytest.mark.parametrize("shape", HUGE)
def test_a_megabyte_of_any_shape_is_read(shape: str) -> None:
    """Not timed: with a quadratic step this would not end."""
    assert_partition(parse_page(HUGE[shape]), HUGE[shape])


def test_an_empty_page_has_no_story() -> None:
    assert parse_page("").as_json() == {"stories": [], "remainder": []}
    assert parse_page(" \n\u3000\n").as_json() == {"stories": [], "remainder": []}
