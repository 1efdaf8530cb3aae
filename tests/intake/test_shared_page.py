"""The acceptance numbers on the real page that lies beside a checkout. No word of it is written here."""

import re
from collections.abc import Iterator

import pytest

from articles.intake.model import BlockType, Kind, PageText
from articles.intake.notes import Doubt
from articles.intake.parser import parse_page
from tests import requires
from tests.intake.spans import assert_partition

pytestmark = pytest.mark.pages


@pytest.fixture(scope="module")
def text() -> str:
    folder = requires.shared_pages()
    requires.require("../shared/pages", folder)
    assert folder is not None
    return (folder / "port-zone-page.txt").read_bytes().decode()


@pytest.fixture(scope="module")
def page(text: str) -> PageText:
    return parse_page(text)


def test_five_stories_in_their_order(page: PageText) -> None:
    assert [story.kind for story in page.stories] == [
        Kind.NEWS,
        Kind.NEWS,
        Kind.NEWS,
        Kind.PHOTO,
        Kind.FEATURE,
    ]
    assert page.remainder == ()


def test_bylines_are_counted_right(page: PageText) -> None:
    assert [len(story.bylines) for story in page.stories] == [2, 4, 1, 1, 1]
    assert [byline.role for story in page.stories for byline in story.bylines] == [""] * 7 + ["摄影", ""]


def test_datelines_stand_on_the_first_and_third(page: PageText) -> None:
    assert [story.dateline for story in page.stories] == ["本报讯", "", "本报讯", "", ""]
    assert not any(block.text.startswith("本报讯") for story in page.stories for block in story.blocks)


def test_the_feature_has_three_subheads(page: PageText) -> None:
    subheads = [
        [block for block in story.blocks if block.type is BlockType.SUBHEAD] for story in page.stories
    ]
    assert [len(found) for found in subheads] == [0, 0, 0, 0, 3]


def test_exactly_eight_breaks_are_mended_and_none_over_a_heading(page: PageText, text: str) -> None:
    joined = [block for story in page.stories for block in story.blocks if block.joins]
    assert sum(len(block.joins) for block in joined) == 8
    assert all(block.type is BlockType.PARAGRAPH for block in joined)
    for block in joined:
        for join in block.joins:
            assert block.span[0] < join.at < block.span[1]
            assert text[join.at] == "\n"
            assert text[join.at - 1] == block.text[join.offset - 1] or text[join.at - 1] in ",;:?!()"


def test_the_kicker_on_the_headlines_line_is_proposed_and_the_line_kept(page: PageText, text: str) -> None:
    feature = page.stories[4]
    kicker, headline = feature.spans["kicker"], feature.spans["headline"]
    raw = text[kicker[0] : headline[1]]
    assert "\n" not in raw
    assert [len(piece) for piece in feature.kicker.split(" ")] == [4, 4]
    assert f"{feature.kicker} {feature.headline}" == raw
    split = next(note for note in feature.notes if note.code is Doubt.KICKER_SPLIT)
    assert split.about == raw


def test_no_half_width_mark_is_left_that_must_change(page: PageText) -> None:
    def texts() -> Iterator[str]:
        for story in page.stories:
            yield from (story.kicker, story.headline, story.deck, *(block.text for block in story.blocks))

    for stored in texts():
        assert not re.search(r"[,;:?!()](?![0-9A-Za-z])|(?<![0-9A-Za-z])[,;:?!()]", stored)
        assert not re.search(r"[\u4e00-\u9fff] [0-9A-Za-z]|[0-9A-Za-z] [\u4e00-\u9fff]", stored)


def test_spans_partition_the_page(page: PageText, text: str) -> None:
    assert_partition(page, text)


def test_a_staff_list_that_lacks_one_name_notes_just_that_name(page: PageText, text: str) -> None:
    names = {byline.name for story in page.stories for byline in story.bylines}
    missing = min(names)
    again = parse_page(text, names - {missing})
    unknown = {
        note.about for story in again.stories for note in story.notes if note.code is Doubt.NAME_UNKNOWN
    }
    assert unknown == {missing}
