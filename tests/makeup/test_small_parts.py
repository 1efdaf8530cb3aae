"""Heads, picture blocks, shapes, wishes, pieces: the small parts of a page."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.makeup.galley import Galley, Line
from articles.makeup.heads import heads, sizes
from articles.makeup.material import Picture, Piece, Span
from articles.makeup.modules import INFINITE, item_table, story_table
from articles.makeup.pieces import pieces
from articles.makeup.plates import NO_PLATE, plates
from articles.makeup.typesetting import ems
from articles.makeup.wishes import NONE, BadWish, Wishes, read
from tests.makeup.sheets import ADVERT, BROADSHEET, NOTICE, TABLOID, story


def lines(count, heads_at=()):
    """A galley of so many lines, without anything set."""
    kinds = [Piece("subhead" if n in heads_at else "text", "字" * 13) for n in range(count)]
    return Galley(kinds, [Line(n, 0, 13) for n in range(count)], {})


# --- heads ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", range(1, 9))
@pytest.mark.parametrize("rank", [1, 3, 9])
def test_no_row_of_a_head_is_wider_than_its_module(rank, columns):
    for head in heads(story(rank, kicker="海岸电台的早晨", deck="夜航船加装了两套照明"), columns, BROADSHEET):
        for part in head.parts:
            assert max(map(ems, part.rows)) * part.size <= BROADSHEET.span(columns) + 0.01
        assert head.height <= head.lines * BROADSHEET.pitch


def test_a_heavier_story_has_the_larger_headline():
    largest = [sizes(story(rank), BROADSHEET)[0] for rank in (1, 2, 3, 4, 5)]

    assert largest == sorted(largest, reverse=True)
    assert sizes(story(1), TABLOID)[0] < largest[0]


def test_a_headline_that_is_too_long_for_a_column_has_no_head_there():
    assert heads(story(1, headline="潮" * 60), 1, BROADSHEET) == []


# --- picture blocks -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 2, 3, 4, 6, 9])
@pytest.mark.parametrize("columns", [2, 4, 6])
def test_pictures_lie_inside_their_block_and_beside_each_other(number, columns):
    shown = [Picture(f"photo-{n}", 900, 600 + 90 * n, None, "图注" * 9, "叶听舟 摄") for n in range(number)]

    found = plates(shown, columns, TABLOID, most_lines=70)

    assert found
    for plate in found:
        height = plate.lines * TABLOID.pitch
        assert [cell.picture.key for cell in plate.cells] == [each.key for each in shown]
        for cell in plate.cells:
            assert 0 <= cell.x <= cell.x + cell.width <= TABLOID.span(plate.columns) + 0.01
            assert 0 <= cell.y <= cell.y + cell.height <= height


def test_a_wish_for_no_picture_prints_none():
    shown = [Picture("photo-1", 900, 600)]

    assert plates(shown, 4, TABLOID, columns=0, most_lines=70) == [NO_PLATE]
    assert {plate.columns for plate in plates(shown, 4, TABLOID, columns=3, most_lines=70)} == {3}


# --- shapes ---------------------------------------------------------------------------------------------------------


@settings(max_examples=20, deadline=None)
@given(st.integers(8, 160), st.lists(st.integers(1, 150), max_size=6), st.integers(1, 6))
def test_every_shape_holds_every_line_in_order(count, subheads, rank):
    galley = lines(count, {n for n in subheads if n < count - 1})
    table = story_table(story(rank), galley, TABLOID, 70)

    for (columns, height), shape in table.shapes.items():
        assert table.cost[columns, height] < INFINITE
        at = 0
        for leg in shape.legs:
            assert leg.start == at
            assert leg.end - leg.start <= leg.room
            assert leg.top + leg.room == height
            assert leg.end == count or leg.end == leg.start or not galley.is_subhead(leg.end - 1)
            at = leg.end
        assert at == shape.ends_at == count
        assert shape.blank == sum(leg.room for leg in shape.legs) - count


def test_a_story_that_may_jump_keeps_a_good_part_and_sends_a_good_part():
    table = story_table(story(2), lines(120), TABLOID, 70, may_jump=True)

    jumping = [shape for shape in table.shapes.values() if shape.jumps]
    assert jumping
    assert all(48 <= shape.ends_at <= 108 for shape in jumping)


def test_an_advert_has_one_shape_and_a_house_notice_many():
    assert set(item_table(ADVERT, TABLOID, 70).shapes) == {(2, 14)}
    assert len(item_table(NOTICE, TABLOID, 70).shapes) > 50


# --- wishes ---------------------------------------------------------------------------------------------------------


def test_wishes_survive_being_kept():
    wishes = Wishes(
        columns=4,
        corner="bottom_left",
        headline="潮生|大桥",
        head_size=30.0,
        jump="forbid",
        picture_columns=0,
    )

    assert read(wishes.as_dict()) == wishes
    assert NONE.as_dict() == {}
    assert read({}) == NONE


@pytest.mark.parametrize(
    "forged",
    [
        {"columns": 0}, {"columns": True}, {"columns": "4"}, {"corner": "middle"}, {"jump": 1}, {"head_size": 900},
        {"headline": "一\n二"}, {"headline": "a|b|c|d"}, {"headline": "潮" * 200}, {"picture_ratio": -1},
        {"author": "x"}, {"picture_columns": 99},
    ],
)  # fmt: skip
def test_what_nobody_may_wish_is_refused(forged):
    with pytest.raises(BadWish):
        read(forged)


# --- pieces ---------------------------------------------------------------------------------------------------------


def test_a_body_becomes_paragraphs_subheads_and_styles():
    html = (
        "<p>渡轮<strong>夜航</strong>，CO<sub>2</sub>少了。<br>第二行</p>\n<h2>灯塔</h2>\n"
        '<figure data-photo="7"></figure>\n'
        "<blockquote><p>“好。”</p></blockquote>\n<ol><li>一</li><li>二</li></ol>\n<ul><li>三 &amp; 四</li></ul>"
    )

    found = pieces(html, "本报讯")

    assert [(piece.kind, piece.text) for piece in found] == [
        ("text", "本报讯　渡轮夜航，CO2少了。"),
        ("text", "第二行"),
        ("subhead", "灯塔"),
        ("quote", "“好。”"),
        ("text", "1．一"),
        ("text", "2．二"),
        ("text", "●三 & 四"),
    ]
    assert found[0].spans == (Span(0, 3, "bold"), Span(6, 8, "bold"), Span(11, 12, "sub"))
    assert (found[0].indent, found[1].indent) == (True, False)


def test_a_dateline_without_text_stands_alone():
    assert [piece.text for piece in pieces("", "本报讯")] == ["本报讯"]
    assert pieces("") == ()
