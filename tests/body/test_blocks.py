"""The views on a body: blocks with offsets, plain text, counts, photos and what a page prints."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.body import (
    Block,
    BodyTooLarge,
    blocks,
    characters,
    from_blocks,
    photo_ids,
    plain_text,
    render,
    sanitise,
    sanitiser,
    writing,
)
from tests.body.test_sanitise import DOCUMENTS, stored

STORY = (
    "<p>望潮港昨日开港，<strong>首批</strong>渔船 12 艘。</p>\n"
    '<figure data-photo="12"></figure>\n'
    "<h2>潮起</h2>\n"
    "<blockquote><p>“一定要来！”<br>林海生说。</p></blockquote>\n"
    "<h3>渔歌</h3>\n"
    "<ul><li>鱼</li></ul>\n"
    "<ol><li>虾 &amp; 蟹</li></ol>\n"
    '<figure data-photo="7"></figure>\n'
    '<figure data-photo="12"></figure>'
)


def test_blocks_tell_kind_text_markup_and_place() -> None:
    assert blocks(STORY) == [
        Block(
            "paragraph",
            "望潮港昨日开港，<strong>首批</strong>渔船 12 艘。",
            "望潮港昨日开港，首批渔船 12 艘。",
            0,
        ),
        Block("figure", "", "", 19, photo=12),
        Block("subhead", "潮起", "潮起", 19, level=2),
        Block("quote", "“一定要来！”<br>林海生说。", "“一定要来！”\n林海生说。", 22),
        Block("subhead", "渔歌", "渔歌", 36, level=3),
        Block("list_item", "鱼", "鱼", 39),
        Block("list_item", "虾 &amp; 蟹", "虾 & 蟹", 41, ordered=True),
        Block("figure", "", "", 47, photo=7),
        Block("figure", "", "", 47, photo=12),
    ]


def test_plain_text_is_the_blocks_on_lines() -> None:
    assert (
        plain_text(STORY)
        == "望潮港昨日开港，首批渔船 12 艘。\n潮起\n“一定要来！”\n林海生说。\n渔歌\n鱼\n虾 & 蟹"
    )


@settings(max_examples=300, deadline=None)
@given(DOCUMENTS)
def test_offsets_point_into_the_plain_text(html: str) -> None:
    body = stored(html) or ""
    text = plain_text(body)
    for block in blocks(body):
        assert text[block.offset : block.end] == block.text


def test_characters_count_punctuation_and_no_space() -> None:
    assert characters("<p>望潮 港，<br>12　艘。</p>") == 8
    assert characters("") == 0


def test_photos_are_named_in_order() -> None:
    assert photo_ids(STORY) == [12, 7, 12]


def test_a_page_gets_its_figures_put_in_and_missing_ones_left_out() -> None:
    printed = render(STORY, {12: '<figure><img src="/media/a.webp" alt=""></figure>'})
    assert printed.count('<figure><img src="/media/a.webp" alt=""></figure>') == 2
    assert "data-photo" not in printed
    assert printed.replace('<figure><img src="/media/a.webp" alt=""></figure>', "").split() == (
        STORY.replace('<figure data-photo="12"></figure>', "")
        .replace('<figure data-photo="7"></figure>', "")
        .split()
    )


def test_text_that_looks_like_a_figure_is_not_replaced() -> None:
    html = sanitise('<p>&lt;figure data-photo="12"&gt;&lt;/figure&gt;</p>')
    assert render(html, {12: "<img>"}) == html


def test_intake_makes_a_body_of_plain_blocks() -> None:
    html = from_blocks(
        [("paragraph", "一 < 二 & 三"), ("subhead", "潮起"), ("paragraph", "四\n五"), ("paragraph", " ")]
    )
    assert html == "<p>一 &lt; 二 &amp; 三</p>\n<h2>潮起</h2>\n<p>四<br>五</p>"
    assert sanitise(html) == html


def test_neighbouring_quotes_and_items_are_one_quotation_and_one_list() -> None:
    html = from_blocks([("quote", "一"), ("quote", "二"), ("list_item", "三"), ("list_item", "四")])
    assert html == "<blockquote><p>一</p><p>二</p></blockquote>\n<ul><li>三</li><li>四</li></ul>"


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["paragraph", "subhead", "quote", "list_item"]), st.text(max_size=60)))
)
def test_plain_blocks_make_canonical_html_with_the_same_characters(given_blocks: list) -> None:
    html = from_blocks(given_blocks)
    assert sanitise(html) == html
    kept = "".join(text for _, text in given_blocks)
    shown = plain_text(html)
    assert [c for c in shown if c.isalnum()] == [c for c in kept if c.isalnum()]


def test_a_figure_cannot_be_made_of_text() -> None:
    with pytest.raises(ValueError, match="figure"):
        from_blocks([("figure", "12")])


def test_plain_blocks_past_the_limit_are_refused() -> None:
    with pytest.raises(BodyTooLarge):
        from_blocks([("paragraph", "潮" * 90_000)])


@settings(max_examples=300, deadline=None)
@given(DOCUMENTS, st.sets(st.integers(1, 3)))
def test_a_stored_body_is_printed_the_same_with_and_without_being_taken_apart(
    html: str, photos: set[int]
) -> None:
    body = stored(html) or ""
    figures = {photo: f"<figure><img alt='{photo}'></figure>" for photo in photos}
    assert writing.fill_stored(body, figures) == writing.write_with(sanitiser.parse(body), figures)


@pytest.mark.parametrize(
    "html",
    [
        "<p onclick=alert(1)>潮</p>",
        "<script>alert(1)</script>",
        '<a href="javascript:alert(1)">潮</a>',
        "<p",
        "1 < 2",
    ],
)
def test_what_nobody_sanitised_is_never_printed_as_it_stands(html: str) -> None:
    assert writing.fill_stored(html, {}) is None
