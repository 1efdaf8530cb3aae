"""Breaks and widths of Chinese type."""

import json

import pypdfium2
import pytest

from articles.makeup.glyphs import glyphs
from articles.makeup.material import Piece, Span
from articles.makeup.typesetting import NO_END, NO_START, break_points, ems, rows, runs, subhead_rows, wrapped
from tests.makeup.invented import HEADLINES, SENTENCES


@pytest.mark.parametrize("text", [*HEADLINES, *SENTENCES])
def test_no_break_parts_a_mark_from_its_word_or_a_number(text):
    for at in break_points(text):
        assert text[at] not in NO_START
        assert text[at - 1] not in NO_END
        assert not (
            text[at - 1].isascii() and text[at - 1].isalnum() and text[at].isascii() and text[at].isalnum()
        )


def test_a_headline_is_parted_at_its_comma():
    assert rows("望潮港上月吞吐量创新高，冷链箱增长最快", 2) == ["望潮港上月吞吐量创新高，", "冷链箱增长最快"]


def test_a_number_keeps_what_it_counts():
    assert rows("望潮港三号码头今天开门迎船", 2) in (
        ["望潮港三号码头", "今天开门迎船"],
        ["望潮港三号码头今天", "开门迎船"],
    )


def test_an_editors_bars_win():
    assert rows("潮生|大桥合龙", 2) == ["潮生", "大桥合龙"]
    assert rows("潮生|大桥合龙", 1) is None
    assert rows("潮生||大桥", 3) is None


@pytest.mark.parametrize(
    "text", [*HEADLINES, *SENTENCES, "A" * 40, "https://example.com/" + "x" * 60, "，" * 9]
)
@pytest.mark.parametrize("width", [3, 6.5, 12])
def test_wrapping_loses_nothing_and_keeps_to_its_width(text, width):
    found = wrapped(text, width)

    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(ems(row.strip()) <= width or len(row) == 1 for row in found)


def test_a_subhead_that_is_too_long_takes_even_rows():
    assert subhead_rows("连接海湾的桥", 11.6) == ["连接海湾的桥"]
    parts = subhead_rows("连接海湾的一座桥和它的二十年", 11.6)
    assert "".join(parts) == "连接海湾的一座桥和它的二十年"
    assert max(map(ems, parts)) <= 11.6


def test_runs_part_a_text_where_its_style_changes():
    piece = Piece("text", "本报讯　CO2排放", spans=(Span(0, 3, "bold"), Span(6, 7, "sub")))

    assert runs(piece, 0, len(piece.text)) == [
        {"t": "本报讯", "s": "bold"},
        {"t": "　CO", "s": ""},
        {"t": "2", "s": "sub"},
        {"t": "排放", "s": ""},
    ]
    assert runs(piece, 6, 7) == [{"t": "2", "s": "sub"}]


@pytest.mark.parametrize("weight", [400, 700, 900])
def test_no_line_is_wider_than_was_reckoned(composer, weight):
    """Or display type would run over its box."""
    texts = [
        *HEADLINES, "GDP增长5.2%，AI进万家", "Wi-Fi覆盖100座码头", "WANGCHAO MW", "2030—2035年", "《海话词典》“上架”",
        "iiiilllljjj", "一、二；三：四！", "A1 B2 C3", "（图/文）",
    ]  # fmt: skip
    size = 40
    elements = [
        {
            "type": "rows", "x": 0, "y": 60 * number, "w": 4000, "h": 60, "rows": [text], "size": size,
            "font": "serif", "weight": weight, "align": "left", "color": "#000", "tracking": 0, "leading": 0,
        }
        for number, text in enumerate(texts)
    ]  # fmt: skip
    pdf = composer.page(
        {"title": "", "author": "", "width": 4000, "height": 60 * len(texts), "elements": elements}
    )
    found: dict[int, list[float]] = {}
    for glyph in glyphs(pypdfium2.PdfDocument(pdf)[0]):
        edges = found.setdefault(int(glyph.baseline // 60), [1e9, 0])
        edges[0], edges[1] = min(edges[0], glyph.left), max(edges[1], glyph.right)

    wider = {
        text: (round((found[number][1] - found[number][0]) / size, 2), round(ems(text), 2))
        for number, text in enumerate(texts)
        if (found[number][1] - found[number][0]) / size > ems(text) + 0.1
    }
    assert wider == {}, json.dumps(wider, ensure_ascii=False)
