"""Areas of a picture: drawn, changed, confirmed one at a time; and what they have to do with a page's sign-off."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from articles.desk import areas, pages
from articles.desk.areas import Drawn, mark_of
from articles.desk.press_proofs import choose_press_proof
from articles.exceptions import IllegalTransition, NotAllowed, Outdated
from articles.models import Article, Event, HotArea, Page, PageProof
from articles.press.proposing import propose_areas
from articles.press.work import write_areas
from articles.states import Verb
from tests.press.conftest import Press

pytestmark = pytest.mark.django_db

SQUARE = [[0.1, 0.1], [0.4, 0.1], [0.4, 0.3], [0.1, 0.3]]
LOWER = [[0.1, 0.5], [0.4, 0.5], [0.4, 0.8], [0.1, 0.8]]


@pytest.fixture(autouse=True)
def in_english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def story(press: Press) -> Article:
    story = press.cast.approved("渡轮夜航试运行")
    pages.place(press.cast.duty, press.pages[0].pk, story.pk)
    return story


@pytest.fixture
def proof(press: Press, story: Article) -> PageProof:
    """A chosen picture with one proposed area, made without a worker."""
    return ready_proof(press, story)


def ready_proof(press: Press, story: Article | None = None) -> PageProof:
    page = press.pages[0]
    placements = list(page.placements.select_related("article"))
    proof = PageProof.objects.create(
        page=page,
        number=page.proofs.count() + 1,
        source=PageProof.Source.PRESS,
        state=PageProof.State.READY,
        digest=page.content_digest(placements),
        requested_by=press.cast.layout,
        requested_at="2030-01-01T00:00Z",
        pdf="pp/aa/x.pdf",
        images=[{"format": "jpeg", "width": 960, "height": 1350, "name": "pp/aa/x.jpg", "bytes": 1}],
        width_pt=1000,
        height_pt=1400,
        layout={"size": [1000, 1400], "lines": [], "pictures": [], "text": "", "characters": 0},
    )
    if story is not None:
        write_areas(proof, [{"story": story.pk, "polygon": SQUARE, "confidence": 0.9}])
    Page.objects.filter(pk=page.pk).update(proof=proof)
    return proof


def test_what_is_drawn_waits_for_confirmation(press: Press, story: Article, proof: PageProof) -> None:
    area = areas.draw_area(press.cast.layout, proof.pk, Drawn(LOWER, article=story.pk))
    assert (area.position, area.confirmed_at, area.confidence) == (2, None, 1)
    assert area.polygon == LOWER


def test_a_change_of_what_somebody_else_has_changed_is_refused(
    press: Press, story: Article, proof: PageProof
) -> None:
    area = proof.areas.get()
    seen = mark_of(area)
    areas.change_area(press.cast.layout, proof.pk, area.pk, Drawn(LOWER, article=story.pk), seen=seen)
    for refused in (
        lambda: areas.change_area(
            press.cast.duty, proof.pk, area.pk, Drawn(SQUARE, article=story.pk), seen=seen
        ),
        lambda: areas.delete_area(press.cast.duty, proof.pk, area.pk, seen=seen),
        lambda: areas.confirm_area(press.cast.duty, proof.pk, area.pk, seen=seen),
    ):
        with pytest.raises(Outdated):
            refused()
    assert proof.areas.get().polygon == LOWER


def test_two_people_on_two_areas_do_not_meet(press: Press, story: Article, proof: PageProof) -> None:
    first = proof.areas.get()
    second = areas.draw_area(press.cast.layout, proof.pk, Drawn(LOWER, "advert", label="海味楼"))
    areas.confirm_area(press.cast.duty, proof.pk, second.pk, seen=mark_of(second))
    areas.confirm_area(press.cast.layout, proof.pk, first.pk, seen=mark_of(first))
    assert set(proof.areas.values_list("confirmed_by", flat=True)) == {
        press.cast.duty.pk,
        press.cast.layout.pk,
    }


def test_only_a_story_of_the_page_has_an_area(press: Press, story: Article, proof: PageProof) -> None:
    other = press.cast.draft("灯塔修缮")
    with pytest.raises(ValidationError):
        areas.draw_area(press.cast.layout, proof.pk, Drawn(LOWER, article=other.pk))
    nobody = areas.draw_area(press.cast.layout, proof.pk, Drawn(LOWER))
    with pytest.raises(IllegalTransition):
        areas.confirm_area(press.cast.layout, proof.pk, nobody.pk, seen=mark_of(nobody))


def test_all_that_was_seen_is_confirmed_at_once_and_nothing_else(
    press: Press, story: Article, proof: PageProof
) -> None:
    seen = {area.pk: mark_of(area) for area in proof.areas.all()}
    late = areas.draw_area(press.cast.duty, proof.pk, Drawn(LOWER, article=story.pk))
    done = areas.confirm_all(press.cast.layout, proof.pk, seen=seen)
    assert [area.pk for area in done] == list(seen)
    assert HotArea.objects.get(pk=late.pk).confirmed_at is None
    assert Event.objects.get(verb=Verb.EDIT_AREAS).data["confirmed"] == 1


def test_a_page_is_signed_off_once_every_obstacle_is_gone(press: Press, story: Article) -> None:
    page, cast = press.pages[0], press.cast

    def refused() -> str:
        with pytest.raises(IllegalTransition) as problem:
            pages.sign_off_page(cast.duty, page.pk)
        return " ".join(problem.value.reasons)

    assert "no picture" in refused()
    proof = ready_proof(press, story)
    assert "1 area is not confirmed" in refused()
    areas.confirm_all(cast.layout, proof.pk, seen={area.pk: mark_of(area) for area in proof.areas.all()})
    second = cast.approved("灯塔修缮")
    pages.place(cast.duty, page.pk, second.pk)
    assert "changed after its picture was chosen" in refused()
    choose_press_proof(cast.layout, proof.pk)
    assert "灯塔修缮" in refused()
    areas.mark_absent(cast.layout, proof.pk, second.pk)
    assert pages.sign_off_page(cast.duty, page.pk).signed_digest


def test_a_change_of_an_area_takes_the_sign_off_back(press: Press, story: Article, proof: PageProof) -> None:
    page, area = press.pages[0], proof.areas.get()
    areas.confirm_area(press.cast.layout, proof.pk, area.pk, seen=None)
    pages.sign_off_page(press.cast.duty, page.pk)
    areas.change_area(press.cast.layout, proof.pk, area.pk, Drawn(LOWER, article=story.pk), seen=None)
    page.refresh_from_db()
    assert (page.signed_digest, page.signed_off_by) == ("", None)
    assert proof.areas.get().confirmed_at is not None, "who moves it has looked at it"


def test_a_picture_that_readers_see_or_will_see_keeps_its_areas(
    press: Press, story: Article, proof: PageProof
) -> None:
    from articles.desk import publishing

    area = proof.areas.get()
    areas.confirm_area(press.cast.layout, proof.pk, area.pk, seen=None)
    pages.sign_off_page(press.cast.duty, press.pages[0].pk)
    press.pages[1].delete()
    publishing.schedule_issue(press.cast.chief, press.issue.pk)
    with pytest.raises(IllegalTransition, match="published"):
        areas.delete_area(press.cast.layout, proof.pk, area.pk, seen=None)


@pytest.mark.parametrize("who", ["reporter", "section_editor", "outsider", "administrator"])
def test_only_those_who_make_pages_touch_areas(
    press: Press, story: Article, proof: PageProof, who: str
) -> None:
    user, area = getattr(press.cast, who), proof.areas.get()
    for verb in (
        lambda: areas.draw_area(user, proof.pk, Drawn(LOWER)),
        lambda: areas.change_area(user, proof.pk, area.pk, Drawn(LOWER), seen=None),
        lambda: areas.delete_area(user, proof.pk, area.pk, seen=None),
        lambda: areas.confirm_area(user, proof.pk, area.pk, seen=None),
        lambda: areas.mark_absent(user, proof.pk, story.pk),
        lambda: propose_areas(user, proof.pk),
        lambda: choose_press_proof(user, proof.pk),
    ):
        with pytest.raises(NotAllowed):
            verb()
    assert proof.areas.get() == area


def test_drafts_made_of_the_text_are_found_where_they_stand(press: Press) -> None:
    proof = press.proof(0)
    assert not proof.areas.exists()
    placed = press.place(0)
    mine = areas.draw_area(press.cast.layout, proof.pk, Drawn(SQUARE, "advert"))
    found = propose_areas(press.cast.layout, proof.pk)
    assert {area.article_id for area in found} == {story.pk for story in placed.values()}
    assert propose_areas(press.cast.layout, proof.pk) != [], "guesses are made anew"
    assert proof.areas.filter(pk=mine.pk).exists(), "what a person drew stays"
