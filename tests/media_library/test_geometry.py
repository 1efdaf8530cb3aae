import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_library.geometry import Rect, Size, crop, fit_width, fit_within, ladder, turned

WIDTHS = (320, 480, 768, 1080, 1440, 1920)
sides = st.integers(min_value=1, max_value=20_000)
fractions = st.floats(min_value=0, max_value=1)


def test_a_large_photo_gets_all_six_widths_widest_first():
    assert [size.width for size in ladder(Size(6000, 4000), WIDTHS, 65_500)] == sorted(WIDTHS, reverse=True)


def test_heights_keep_the_shape():
    assert ladder(Size(6000, 4000), WIDTHS, 65_500)[0] == Size(1920, 1280)


def test_a_photo_between_two_steps_ends_at_its_own_width():
    assert [size.width for size in ladder(Size(1000, 700), WIDTHS, 65_500)] == [1000, 768, 480, 320]


def test_a_photo_exactly_as_wide_as_a_step_is_not_made_twice():
    assert [size.width for size in ladder(Size(480, 320), WIDTHS, 65_500)] == [480, 320]
    assert [size.width for size in ladder(Size(1920, 1080), WIDTHS, 65_500)] == sorted(WIDTHS, reverse=True)


def test_one_pixel_stays_one_pixel():
    assert ladder(Size(1, 1), WIDTHS, 65_500) == [Size(1, 1)]


def test_a_strip_longer_than_an_encoder_can_write_is_shrunk_to_it():
    assert ladder(Size(100, 100_000), WIDTHS, 50_000) == [Size(50, 50_000)]


def test_a_very_wide_strip_never_gets_a_height_of_zero():
    assert fit_width(Size(10_000, 3), 320) == Size(320, 1)
    assert fit_within(Size(100_000, 1), 1000) == Size(1000, 1)


@given(sides, sides)
def test_nothing_is_ever_enlarged(width, height):
    steps = ladder(Size(width, height), WIDTHS, 16_383)
    assert steps
    assert all(step.width <= width and 1 <= step.height <= max(height, 1) for step in steps)
    assert all(max(step) <= 16_383 for step in steps)
    assert steps == sorted(steps, reverse=True)


@pytest.mark.parametrize(
    ("orientation", "size"), [(1, (40, 30)), (4, (40, 30)), (5, (30, 40)), (8, (30, 40))]
)
def test_orientations_five_to_eight_lie_on_their_side(orientation, size):
    assert turned(Size(40, 30), orientation) == size


def test_a_crop_stands_around_the_focal_point():
    assert crop(Size(3000, 2000), 1.0, 0.5, 0.5) == Rect(500, 0, 2500, 2000)


def test_a_crop_stops_at_the_edge():
    assert crop(Size(3000, 2000), 1.0, 0.0, 0.5) == Rect(0, 0, 2000, 2000)
    assert crop(Size(3000, 2000), 3.0, 0.5, 1.0) == Rect(0, 1000, 3000, 2000)


def test_a_crop_without_a_shape_is_refused():
    with pytest.raises(ValueError, match="ratio"):
        crop(Size(10, 10), 0)


@given(sides, sides, st.floats(min_value=0.05, max_value=20), fractions, fractions)
def test_a_crop_lies_inside_and_fills_one_side(width, height, ratio, x, y):
    rect = crop(Size(width, height), ratio, x, y)
    assert 0 <= rect.left < rect.right <= width
    assert 0 <= rect.top < rect.bottom <= height
    assert rect.size.width == width or rect.size.height == height
