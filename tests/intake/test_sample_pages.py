"""Pages with other papers' habits are read as a person reads them."""

import pytest

from articles.intake.model import BlockType, PageText, Story
from articles.intake.parser import parse_page
from tests.intake.sample_pages import SAMPLES, Expected, Sample
from tests.intake.spans import assert_partition

each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=[sample.name for sample in SAMPLES])


def read(sample: Sample) -> PageText:
    return parse_page(sample.text, sample.staff)


def described(story: Story) -> dict[str, object]:
    return {
        "kind": str(story.kind),
        "headline": story.headline,
        "kicker": story.kicker,
        "deck": story.deck,
        "dateline": story.dateline,
        "bylines": tuple(" ".join(part or "-" for part in (b.role, b.title, b.name)) for b in story.bylines),
        "subheads": tuple(block.text for block in story.blocks if block.type is BlockType.SUBHEAD),
        "paragraphs": sum(block.type is BlockType.PARAGRAPH for block in story.blocks),
    }


def wanted(expected: Expected) -> dict[str, object]:
    return {name: getattr(expected, name) for name in described(Story(kind=None))}  # type: ignore[arg-type]


@each_sample
def test_stories_fields_and_subheads_are_found(sample: Sample) -> None:
    assert [described(story) for story in read(sample).stories] == [wanted(one) for one in sample.stories]


@each_sample
def test_exactly_the_cut_paragraphs_are_joined(sample: Sample) -> None:
    for story, expected in zip(read(sample).stories, sample.stories, strict=True):
        breaks = [
            (block.text[: join.offset], block.text[join.offset :])
            for block in story.blocks
            for join in block.joins
        ]
        assert len(breaks) == len(expected.joins), breaks
        for (left, right), mark in zip(breaks, expected.joins, strict=True):
            before, after = mark.split("|")
            assert left.endswith(before)
            assert right.startswith(after)


@each_sample
def test_doubts_are_noted(sample: Sample) -> None:
    for story, expected in zip(read(sample).stories, sample.stories, strict=True):
        assert set(expected.doubts) <= {note.code for note in story.notes}


@each_sample
def test_what_is_of_the_page_is_remainder(sample: Sample) -> None:
    assert tuple(piece.text for piece in read(sample).remainder) == sample.remainder


@each_sample
def test_spans_partition_the_page(sample: Sample) -> None:
    assert_partition(read(sample), sample.text)


@each_sample
def test_line_ends_of_any_sort_change_nothing(sample: Sample) -> None:
    unix = sample.text.replace("\r\n", "\n")
    for other in ("\r\n", "\r", "\u2028"):
        page = parse_page(unix.replace("\n", other), sample.staff)
        assert [described(story) for story in page.stories] == [wanted(one) for one in sample.stories]


@each_sample
def test_blank_lines_between_all_paragraphs_change_no_byline_headline_or_join(sample: Sample) -> None:
    """One empty line more between all lines says nothing new."""
    page = parse_page(sample.text.replace("\r\n", "\n").replace("\n", "\n\n"), sample.staff)
    assert [described(story) for story in page.stories] == [wanted(one) for one in sample.stories]


@each_sample
def test_the_whole_page_in_full_width_marks_reads_the_same(sample: Sample) -> None:
    wide = sample.text.translate(str.maketrans("!?", "！？")).replace("(", "（").replace(")", "）")
    page = parse_page(wide, sample.staff)
    assert [described(story) for story in page.stories] == [wanted(one) for one in sample.stories]
