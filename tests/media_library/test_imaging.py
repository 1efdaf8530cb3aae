"""What readers get to see: upright, in true colours, without labels, never enlarged."""

import io

import pytest
from PIL import Image

from media_library import imaging
from media_library.geometry import Size
from media_library.specs import AVIF, JPEG, WEBP
from tests.media_library import profiles, samples


def rendered(data: bytes, *sizes: tuple[int, int]) -> list[Image.Image]:
    image = imaging.open_image(io.BytesIO(data))
    return [picture.copy() for _, picture in imaging.pyramid(image, [Size(*size) for size in sizes])]


def centre(image: Image.Image) -> tuple[int, ...]:
    return image.convert("RGB").getpixel((image.width // 2, image.height // 2))


def near(pixel: tuple[int, ...], wanted: tuple[int, ...], tolerance: int = 4) -> bool:
    return all(abs(a - b) <= tolerance for a, b in zip(pixel, wanted, strict=True))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_comes_out_upright_at_every_step(orientation):
    large, small = rendered(samples.oriented(orientation, 800, 600), (400, 300), (200, 150))
    assert samples.corners(large) == samples.corners(small) == samples.SCENE
    assert (large.size, small.size) == ((400, 300), (200, 150))


def test_a_wide_gamut_photo_keeps_its_colours():
    plain = Image.new("RGB", (64, 64), (100, 200, 100))
    data = samples.saved(plain, "PNG", icc_profile=profiles.adobe_rgb())
    (picture,) = rendered(data, (64, 64))
    assert near(centre(picture), _adobe_to_srgb(100, 200, 100))
    assert not near(centre(picture), (100, 200, 100), 20)


def _adobe_to_srgb(*rgb: int) -> tuple[int, ...]:
    """By the standards' own formulas, via XYZ adapted to D50."""
    linear = [(value / 255) ** profiles.ADOBE_GAMMA for value in rgb]
    xyz = [sum(linear[c] * profiles.ADOBE_PRIMARIES[c][axis] for c in range(3)) for axis in range(3)]
    matrix = [
        (3.1338561, -1.6168667, -0.4906146),
        (-0.9787684, 1.9161415, 0.0334540),
        (0.0719453, -0.2289914, 1.4052427),
    ]
    out = []
    for row in matrix:
        value = min(max(sum(a * b for a, b in zip(row, xyz, strict=True)), 0), 1)
        out.append(round(255 * (12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055)))
    return tuple(out)


def test_cmyk_goes_through_its_own_profile():
    cyan = Image.new("CMYK", (64, 64), (255, 0, 0, 0))
    (by_profile,) = rendered(
        samples.saved(cyan, "JPEG", quality=95, icc_profile=profiles.odd_press()), (64, 64)
    )
    red, green, blue = centre(by_profile)
    assert red > 150
    assert max(green, blue) < 100
    (without,) = rendered(samples.saved(cyan, "JPEG", quality=95), (64, 64))
    assert near(centre(without), (0, 255, 255), 10)


@pytest.mark.parametrize("profile", [b"no profile at all", profiles.odd_press(), profiles.adobe_rgb()[:200]])
def test_a_broken_or_foreign_profile_is_left_out(profile):
    data = samples.saved(Image.new("RGB", (64, 64), samples.BLUE), "PNG", icc_profile=profile)
    (picture,) = rendered(data, (64, 64))
    assert near(centre(picture), samples.BLUE)


def test_a_grey_photo_with_an_rgb_profile_is_taken():
    data = samples.saved(Image.new("L", (64, 64), 128), "JPEG", icc_profile=profiles.adobe_rgb())
    (picture,) = rendered(data, (64, 64))
    assert near(centre(picture), (128, 128, 128), 6)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_transparency_becomes_paper_white(mode):
    see_through = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    see_through.paste((200, 30, 30, 255), (0, 0, 64, 16))
    if mode == "P":
        palette = Image.new("P", (64, 64), 0)
        palette.putpalette([0, 0, 0, 200, 30, 30])
        palette.paste(1, (0, 0, 64, 16))
        data = samples.saved(palette, "PNG", transparency=0)
    else:
        data = samples.saved(see_through.convert(mode), "PNG")
    for picture in rendered(data, (64, 64), (32, 32)):
        assert near(centre(picture), (255, 255, 255))
        assert picture.convert("L").getpixel((picture.width // 2, 2)) < 120


def test_sixteen_bits_of_grey_keep_their_midtones():
    deep = Image.new("I;16", (8, 8), 128 * 257)
    (picture,) = rendered(samples.saved(deep, "PNG"), (8, 8))
    assert near(centre(picture), (128, 128, 128), 1)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "I;16"])
def test_every_png_mode_is_rendered(mode):
    source = (
        samples.scene(60, 40).convert("L").convert("I;16") if mode == "I;16" else samples.scene(60, 40, mode)
    )
    (picture,) = rendered(samples.saved(source, "PNG"), (30, 20))
    assert picture.mode in {"L", "RGB"}


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "CMYK", "LAB", "I;16", "F"])
def test_every_tiff_mode_is_rendered(mode):
    if mode == "LAB":
        from PIL import ImageCms

        pair = [ImageCms.createProfile(name) for name in ("sRGB", "LAB")]
        source = ImageCms.profileToProfile(samples.scene(60, 40), *pair, outputMode="LAB")
    else:
        source = (
            samples.scene(60, 40).convert("L").convert(mode)
            if mode in "I;16F"
            else samples.scene(60, 40, mode)
        )
    (picture,) = rendered(samples.saved(source, "TIFF"), (30, 20))
    assert picture.mode in {"L", "RGB"}
    if mode in {"RGB", "RGBA", "CMYK", "LAB"}:
        assert samples.corners(picture) == samples.SCENE


@pytest.mark.parametrize("fmt", [WEBP, JPEG, AVIF])
def test_no_label_survives(fmt):
    image = imaging.open_image(io.BytesIO(samples.with_secrets()))
    for _, picture in imaging.pyramid(image, [Size(800, 600), Size(400, 300)]):
        target = io.BytesIO()
        imaging.encode(picture, fmt, target)
        data = target.getvalue()
        for secret in (b"script", b"SECRET", b"GPS", b"2026:07:01", b"Exif", b"xmp", b"ICC_PROFILE"):
            assert secret not in data
        assert not Image.open(io.BytesIO(data)).getexif()


def test_a_jpeg_is_not_decoded_larger_than_needed():
    image = imaging.open_image(io.BytesIO(samples.jpeg(4000, 3000)))
    next(imaging.pyramid(image, [Size(480, 360)]))
    assert image.width < 1100


def test_a_strip_stays_a_strip():
    data = samples.saved(samples.scene(10, 10_000), "PNG")
    (picture,) = rendered(data, (10, 10_000))
    assert picture.size == (10, 10_000)
