"""What an editor changes by hand: each change does what it says, and nothing of the text is lost by any of them."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.intake.edits import Change, Edit, edited, heads_in_one, place_of, start_of
from articles.intake.model import BlockType, Kind, PageText, Reason
from articles.intake.notes import Doubt, note
from articles.intake.parser import parse_page
from tests.intake.sample_pages import SAMPLES
from tests.intake.spans import assert_partition

PAGE = """渡轮夜航试运行

■记者 林海生

本报讯 7月1日晚,望潮港开出首班夜航渡轮。码头上灯火通明,

两百多名市民登船。

一班船的来历

去年冬天,港区收到一封来信。

写信的人说,自己每天下班要绕行42公里回家。

一座码头的夜

候船厅里新添了热水和充电插座。

老船坞变身图书馆

■记者 许若澜

本报讯 老船坞昨日重新开门,首批三万册图书上架。
"""


def at(words: str) -> int:
    return PAGE.index(words)


def read(*edits: Edit) -> PageText:
    page = edited(parse_page(PAGE), edits)
    assert_partition(page, PAGE)
    return page


def texts(page: PageText, story: int = 0) -> list[str]:
    return [block.text for block in page.stories[story].blocks]


def test_without_a_change_the_page_is_as_it_was_read() -> None:
    page = parse_page(PAGE)
    assert edited(page, []) is page
    assert len(page.stories) == 2
    assert texts(page)[0] == "7月1日晚，望潮港开出首班夜航渡轮。码头上灯火通明，两百多名市民登船。"


def test_a_mended_break_is_a_break_again() -> None:
    (join,) = parse_page(PAGE).stories[0].blocks[0].joins
    page = read((Change.BREAK, join.at))
    assert texts(page)[:2] == ["7月1日晚，望潮港开出首班夜航渡轮。码头上灯火通明，", "两百多名市民登船。"]
    assert page.stories[0].blocks[1].span[0] == at("两百多名")


def test_two_paragraphs_are_joined_by_hand() -> None:
    page = read((Change.JOIN, at("\n\n写信的人")))
    assert "去年冬天，港区收到一封来信。写信的人说，自己每天下班要绕行42公里回家。" in texts(page)
    joined = next(block for block in page.stories[0].blocks if block.joins and block.text.startswith("去年"))
    assert [(join.reason, join.offset) for join in joined.joins] == [
        (Reason.BY_HAND, len("去年冬天，港区收到一封来信。"))
    ]


def test_a_broken_piece_can_be_joined_to_the_next() -> None:
    (join,) = parse_page(PAGE).stories[0].blocks[0].joins
    page = read((Change.BREAK, join.at), (Change.JOIN, at("\n\n一班船的来历")))
    assert texts(page)[1] == "两百多名市民登船。一班船的来历"


def test_a_subhead_becomes_a_paragraph_and_a_paragraph_a_subhead() -> None:
    page = read((Change.PARAGRAPH, at("一班船")), (Change.SUBHEAD, at("去年冬天")))
    kinds = {block.text: block.type for block in page.stories[0].blocks}
    assert kinds["一班船的来历"] is BlockType.PARAGRAPH
    assert kinds["去年冬天，港区收到一封来信。"] is BlockType.SUBHEAD


def test_a_subhead_becomes_the_headline_of_a_story_of_its_own() -> None:
    page = read((Change.STORY, at("一班船")))
    assert [story.headline for story in page.stories] == [
        "渡轮夜航试运行",
        "一班船的来历",
        "老船坞变身图书馆",
    ]
    assert start_of(page.stories[1]) == at("一班船")
    assert [byline.name for byline in page.stories[0].bylines] == ["林海生"]
    assert page.stories[1].bylines == ()


def test_a_story_belongs_to_the_one_above() -> None:
    page = read((Change.ABOVE, at("老船坞变身")))
    (story,) = page.stories
    assert [byline.name for byline in story.bylines] == ["林海生", "许若澜"]
    assert texts(page)[-3:] == ["老船坞变身图书馆", "本报讯", "老船坞昨日重新开门，首批三万册图书上架。"]
    assert story.kind is Kind.FEATURE, "it has two subheads now"


def test_what_a_change_settles_is_doubted_no_more() -> None:
    page = parse_page(PAGE)
    story = replace(
        page.stories[0], notes=(note(Doubt.SUBHEAD_OR_BREAK, "一班船的来历"), note(Doubt.BRIEF_RUN))
    )
    place = place_of(story.notes[0], story)
    assert place == at("一班船")
    page = replace(page, stories=(story, page.stories[1]))
    after = edited(page, [(Change.PARAGRAPH, place)])
    assert [doubt.code for doubt in after.stories[0].notes] == [Doubt.BRIEF_RUN]
    assert place_of(note(Doubt.BRIEF_RUN), story) is None


def test_heads_that_shared_a_line_are_one_line_again() -> None:
    text = "潮起望潮 灯照归程  渡轮夜航一个月回访\n\n■记者 林海生\n\n夜里十点,码头依旧灯火通明。\n"
    (story,) = parse_page(text).stories
    assert story.kicker
    assert heads_in_one(story, text) == "潮起望潮 灯照归程 渡轮夜航一个月回访"
    assert heads_in_one(parse_page(PAGE).stories[0], PAGE) == ""


@settings(deadline=None)
@given(st.data(), st.sampled_from(range(len(SAMPLES))))
def test_no_set_of_changes_loses_a_character(data: st.DataObject, number: int) -> None:
    text = SAMPLES[number].text
    page = parse_page(text)
    offsets = {start_of(story) for story in page.stories}
    for story in page.stories:
        for block in story.blocks:
            offsets |= {*block.span, *(join.at for join in block.joins)}
    edits = data.draw(
        st.sets(st.tuples(st.sampled_from(Change), st.sampled_from(sorted(offsets or {0}))), max_size=12)
    )
    after = edited(page, edits)
    assert_partition(after, text)

    def visible(stories: PageText) -> str:
        words = "".join(
            "".join(
                [story.kicker, story.headline, story.deck, story.dateline, *(b.text for b in story.blocks)]
            )
            for story in stories.stories
        )
        return "".join(sorted("".join(words.split())))

    assert visible(after) == visible(page), "every word of every field is somewhere"
    assert edited(page, edits) == after
