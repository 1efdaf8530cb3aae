"""RISKS 26, 28, 29, 30: what is refused, what is taken, and that nothing else ever happens."""

import io
import subprocess
import sys

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image

from media_library import imaging
from media_library.geometry import Size
from media_library.specs import formats, wanted
from media_library.validators import validate_photo
from tests.media_library import samples

# Pillow warns about much of what is thrown at it here.
pytestmark = pytest.mark.filterwarnings("ignore:.*:UserWarning", "ignore:.*:RuntimeWarning")


def refusal(data: bytes) -> str:
    """The code `data` is refused with."""
    with pytest.raises(ValidationError) as refused:
        validate_photo(io.BytesIO(data))
    assert len(" ".join(refused.value.messages)) > 20
    return str(refused.value.code)


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    "data",
    [
        SVG,
        b"<!DOCTYPE html><html><script>alert(1)</script></html>",
        b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF",
        b"GIF89a<script>alert(1)</script>",
        b"\xff\xd8\xff<script>alert(1)</script>",
        b"just words",
        b"PK\x03\x04" + b"\0" * 100,
        samples.saved(samples.scene(40, 30), "BMP"),
        samples.saved(samples.scene(40, 30), "PPM"),
        samples.saved(samples.scene(40, 30), "ICO"),
        samples.saved(samples.scene(40, 30), "PDF"),
        samples.saved(samples.scene(40, 30), "EPS"),
    ],
)
def test_what_is_no_photo_is_refused_whatever_its_name(data):
    assert refusal(data) in {"not_a_photo", "damaged"}


def test_an_iphone_photo_is_told_what_to_do():
    with pytest.raises(ValidationError, match="JPEG"):
        validate_photo(io.BytesIO(b"\0\0\0\x20ftypheic" + b"\0" * 200))


def test_an_empty_file_is_refused():
    assert refusal(b"") == "empty"


def test_a_file_over_the_limit_is_refused(settings):
    settings.PHOTO_MAX_BYTES = 5000
    assert refusal(samples.saved(samples.grainy(200, 200))) == "too_large"


def test_more_than_sixty_megapixels_are_refused():
    assert refusal(samples.saved(Image.new("1", (8000, 7501)), "PNG")) == "too_many_pixels"


def test_sixty_megapixels_are_taken():
    assert validate_photo(io.BytesIO(samples.saved(Image.new("1", (8000, 7500)), "PNG"))).width == 8000


def test_nine_hundred_megapixels_are_refused_from_the_header_with_memory_flat(tmp_path):
    bomb = tmp_path / "bomb.jpg"
    bomb.write_bytes(samples.png_bomb())
    assert bomb.stat().st_size < 200_000
    code = (
        "import resource, sys, django; django.setup()\n"
        "from django.core.exceptions import ValidationError\n"
        "from media_library.validators import validate_photo\n"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "before = peak()\n"
        "try: validate_photo(open(sys.argv[1], 'rb'))\n"
        "except ValidationError as refused: print(refused.code, (peak() - before) // 1024)\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code, str(bomb)], capture_output=True, text=True, check=True
    )
    reason, megabytes = answer.stdout.split()
    assert reason == "too_many_pixels"
    assert int(megabytes) < 20


@pytest.mark.parametrize("fmt", ["WEBP", "GIF", "TIFF", "JPEG"])
def test_every_format_is_capped(fmt):
    options = {"compression": "tiff_lzw"} if fmt == "TIFF" else {}
    assert refusal(samples.saved(Image.new("L", (16_000, 4000)), fmt, **options)) == "too_many_pixels"


@pytest.mark.parametrize("share", [0.3, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("options", [{}, {"progressive": True}])
def test_a_truncated_jpeg_is_refused(share, options):
    data = samples.saved(samples.grainy(300, 200), "JPEG", **options)
    assert refusal(data[: int(len(data) * share)]) in {"damaged", "not_a_photo"}


@pytest.mark.parametrize("fmt", ["PNG", "WEBP", "TIFF", "GIF"])
def test_other_truncated_files_are_refused(fmt):
    data = samples.saved(samples.grainy(300, 200), fmt)
    assert refusal(data[: len(data) // 2]) in {"damaged", "not_a_photo"}


@pytest.mark.parametrize(
    ("data", "fmt"),
    [(samples.mpo(), "JPEG"), *((samples.frames(fmt), fmt) for fmt in ("GIF", "TIFF", "PNG", "WEBP"))],
)
def test_of_several_frames_the_first_is_the_photo(data, fmt):
    info = validate_photo(io.BytesIO(data))
    assert (info.format, info.width, info.height) == (fmt, 400, 300)
    image = imaging.open_image(io.BytesIO(data))
    (_, picture), *_ = imaging.pyramid(image, [Size(400, 300)])
    assert samples.corners(picture) == samples.SCENE


def test_a_jpeg_with_thousands_of_scans_is_refused():
    data = samples.jpeg(progressive=True)
    end = data.rindex(b"\xff\xd9")
    empty_scan = b"\xff\xda\x00\x08\x01\x01\x00\x01\x3f\x00\x00"
    assert refusal(data[:end] + empty_scan * 2000 + data[end:]) == "not_a_photo"


def test_the_size_is_the_one_people_see():
    info = validate_photo(io.BytesIO(samples.oriented(6, 300, 400)))
    assert (info.width, info.height) == (300, 400)


def test_the_file_is_left_rewound():
    file = io.BytesIO(samples.jpeg())
    validate_photo(file)
    assert file.tell() == 0


SEEDS = [
    samples.jpeg(60, 40, comment=b"note"),
    samples.jpeg(60, 40, progressive=True),
    samples.oriented(6, 40, 60),
    samples.with_secrets()[:3000],
    samples.mpo(),
    samples.saved(samples.scene(60, 40, "CMYK"), "JPEG"),
    samples.saved(samples.scene(60, 40), "PNG"),
    samples.saved(samples.scene(60, 40, "P"), "PNG", transparency=0),
    samples.saved(samples.scene(60, 40), "WEBP"),
    samples.saved(samples.scene(60, 40, "RGBA"), "WEBP", lossless=True),
    samples.saved(samples.scene(60, 40), "TIFF"),
    samples.saved(samples.scene(60, 40), "TIFF", compression="tiff_lzw"),
    samples.frames("GIF"),
    samples.frames("PNG"),
]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A real file with some bytes changed, parts cut out, doubled or overwritten."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 8))):
        # Most of what can go wrong stands in the first bytes.
        at = draw(st.one_of(st.integers(0, min(200, len(data) - 1)), st.integers(0, len(data) - 1)))
        match draw(st.sampled_from(["set", "cut", "double", "insert", "end"])):
            case "set":
                data[at] = draw(st.integers(0, 255))
            case "cut":
                del data[at : at + draw(st.integers(1, 40))]
            case "double":
                data[at:at] = data[at : at + 40]
            case "insert":
                data[at:at] = draw(st.binary(min_size=1, max_size=8))
            case "end":
                del data[max(at, 4) :]
        if not data:
            break
    return bytes(data)


@hypothesis_settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated())
def test_any_damaged_file_is_refused_with_words_or_can_be_rendered(data):
    try:
        info = validate_photo(io.BytesIO(data))
    except ValidationError:
        return
    image = imaging.open_image(io.BytesIO(data))
    sizes = sorted(
        {spec.size for spec in wanted(Size(info.width, info.height), formats(avif=False))}, reverse=True
    )
    for size, picture in imaging.pyramid(image, sizes):
        assert picture.size == size
        assert picture.mode in {"L", "RGB"}
