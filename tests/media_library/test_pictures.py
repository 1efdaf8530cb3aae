import pytest

from media_library.models import Photo
from media_library.pictures import File, compose, pictures_for
from media_library.renditions import render
from media_library.uploads import store_photo
from tests.media_library import samples


def file(fmt: str, width: int) -> File:
    return File(fmt, width, width // 2, f"/media/{fmt}-{width}")


def test_all_photos_of_a_page_cost_one_query(db, django_assert_num_queries):
    photos = [store_photo(samples.upload(samples.jpeg(500, 300))) for _ in range(4)]
    for photo in photos[:3]:
        render(photo.pk)
    with django_assert_num_queries(1):
        pictures = pictures_for([photo.pk for photo in photos])
        assert [pictures[photo.pk].ready for photo in photos] == [True, True, True, False]


def test_no_photos_cost_no_query(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert pictures_for([]) == {}


def test_a_rendered_photo_has_all_a_page_needs(photo):
    Photo.objects.filter(pk=photo.pk).update(caption="渔船归港", credit="林海生", focal_x=0.25, focal_y=0.4)
    render(photo.pk)
    picture = pictures_for([photo.pk])[photo.pk]
    (webp,) = picture.sources
    assert webp.type == "image/webp"
    assert [part.split()[1] for part in webp.srcset.split(", ")] == ["320w", "480w", "768w", "1000w"]
    assert [part.split()[1] for part in picture.srcset.split(", ")] == ["320w", "480w", "768w", "1000w"]
    assert picture.src.startswith("/media/p/")
    assert picture.src.endswith(".jpg")
    assert (picture.width, picture.height) == (1000, 750)
    assert (picture.alt, picture.caption, picture.credit) == ("渔船归港", "渔船归港", "林海生")
    assert picture.object_position == "25% 40%"


def test_a_description_goes_before_the_caption(photo):
    Photo.objects.filter(pk=photo.pk).update(caption="渔船归港", alt="三艘渔船靠在码头")
    assert pictures_for([photo.pk])[photo.pk].alt == "三艘渔船靠在码头"


def test_nothing_rendered_yet_is_a_picture_that_is_not_ready(photo):
    picture = pictures_for([photo.pk])[photo.pk]
    assert not picture.ready
    assert (picture.src, picture.srcset, picture.sources, picture.largest) == ("", "", (), None)


def test_an_unknown_photo_is_left_out(photo):
    assert set(pictures_for([photo.pk, 99_999])) == {photo.pk}


def test_the_fallback_is_a_jpeg_of_middle_width():
    picture = compose(
        1, [file(fmt, width) for fmt in ("webp", "jpeg", "avif") for width in (320, 1080, 1920)]
    )
    assert (picture.src, picture.width, picture.height) == ("/media/jpeg-1080", 1080, 540)
    assert [source.type for source in picture.sources] == ["image/avif", "image/webp"]
    assert picture.largest == file("jpeg", 1920)


@pytest.mark.parametrize("only", ["webp", "avif"])
def test_the_best_there_is_stands_in_for_a_missing_jpeg(only):
    picture = compose(1, [file(only, 1440)])
    assert (picture.src, picture.sources) == (f"/media/{only}-1440", ())


def test_widths_are_in_order_whatever_the_databases_order():
    picture = compose(1, [file("jpeg", width) for width in (1080, 320, 768)])
    assert picture.srcset == "/media/jpeg-320 320w, /media/jpeg-768 768w, /media/jpeg-1080 1080w"
