from media_library.geometry import Size
from media_library.specs import AVIF, JPEG, WEBP, WIDTHS, fingerprint, formats, wanted


def test_a_camera_photo_is_wanted_in_six_widths_and_two_formats():
    keys = {spec.key for spec in wanted(Size(6000, 4000), formats(avif=False))}
    assert keys == {(name, width) for name in ("webp", "jpeg") for width in WIDTHS}


def test_avif_comes_with_the_setting_only():
    assert formats(avif=False) == (WEBP, JPEG)
    assert formats(avif=True) == (AVIF, WEBP, JPEG)


def test_a_strip_too_long_for_webp_is_still_wanted_as_jpeg():
    keys = {spec.key for spec in wanted(Size(1080, 20_000), formats(avif=False))}
    assert ("jpeg", 1080) in keys
    assert ("webp", 1080) not in keys
    assert ("webp", 480) in keys


def test_the_fingerprint_tells_recipes_apart_and_is_steady():
    assert fingerprint((WEBP, JPEG)) == fingerprint(formats(avif=False))
    assert fingerprint((WEBP, JPEG)) != fingerprint(formats(avif=True))
    assert len(fingerprint((WEBP, JPEG))) == 16


def test_large_pictures_are_encoded_faster():
    assert WEBP.options_for(Size(1920, 2880))["method"] < WEBP.options_for(Size(1920, 1280))["method"]
