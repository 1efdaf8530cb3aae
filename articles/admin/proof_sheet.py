"""What stands on the screen of a page's picture: the picture, its areas, the stories without one, what is missing."""

from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.urls import reverse

from articles.admin.area_forms import corners_of, name_of_area, sides_of
from articles.admin.people import name_of
from articles.admin.press_files import proof_url
from articles.admin.times import paper_time
from articles.desk.areas import mark_of
from articles.desk.press_proofs import absent_from, areas_lack, press_lacks
from articles.models import Article, HotArea, Page, PageProof, Placement
from articles.press.wording import sentence


@dataclass(frozen=True)
class Row:
    """One area. `points`: its corners in the picture's points, for SVG. `chosen`: the value of its choice."""

    area: HotArea
    number: int
    name: str
    mark: str
    points: str
    sides: dict[str, str] | None
    corners: str
    chosen: str
    percent: int
    confirmable: bool

    @property
    def confirmed(self) -> bool:
        return self.area.confirmed_at is not None

    @property
    def shape(self) -> dict[str, Any]:
        """What the script has to know."""
        return {
            "id": self.area.pk,
            "mark": self.mark,
            "name": self.name,
            "what": self.chosen,
            "label": self.area.label,
            "polygon": self.area.polygon,
            "confirmed": self.confirmed,
        }


@dataclass(frozen=True)
class Other:
    """Another proof of the page, or this one, in the row of them."""

    proof: PageProof
    url: str
    at: str
    current: bool
    chosen: bool


@dataclass(frozen=True)
class Sheet:
    proof: PageProof
    page: Page
    stories: list[Article]
    rows: list[Row]
    without: list[Article]
    absent: list[Article]
    lacks: list[str]
    others: list[Other]
    chosen: bool
    content: str
    may_edit: bool
    may_take_in: bool
    may_upload: bool
    waits: bool
    refusal: str
    scanned: bool
    has_text: bool
    who: str
    at: str
    urls: dict[str, str]

    @property
    def open_rows(self) -> list[Row]:
        return [row for row in self.rows if not row.confirmed]

    @property
    def confirmable(self) -> list[Row]:
        return [row for row in self.rows if row.confirmable]

    @property
    def shapes(self) -> list[dict[str, Any]]:
        return [row.shape for row in self.rows]

    @property
    def files(self) -> dict[str, Any]:
        """Addresses of the picture: `webp` and `jpeg` as srcset, one JPEG for all others, and the PDF."""
        found: dict[str, list[tuple[int, str]]] = {"webp": [], "jpeg": []}
        for image in self.proof.images:
            # The thumbnail is no picture of a page.
            if image["width"] > 300:
                found[image["format"]].append((image["width"], default_storage.url(image["name"])))
        sets = {
            name: ", ".join(f"{url} {width}w" for width, url in sorted(rows)) for name, rows in found.items()
        }
        plain = sorted(found["jpeg"])
        return {
            **sets,
            "plain": plain[len(plain) // 2][1] if plain else "",
            "largest": plain[-1][1] if plain else "",
            "pdf": default_storage.url(self.proof.pdf) if self.proof.pdf else "",
        }

    @property
    def size(self) -> tuple[int, int]:
        """The picture's own measures, so that nothing jumps when it comes."""
        widest = max(self.proof.images, key=lambda image: image["width"], default={"width": 1, "height": 1})
        return widest["width"], widest["height"]


def sheet_of(proof: PageProof, *, may_edit: bool, may_take_in: bool) -> Sheet:
    """Everything of the screen, in a number of queries that does not grow with the page."""
    page = proof.page
    placements = list(
        Placement.objects.filter(page=page).select_related("article").order_by("position", "pk")
    )
    stories = [placement.article for placement in placements]
    areas = list(proof.areas.select_related("article", "confirmed_by").order_by("position", "pk"))
    standing = {story.pk for story in stories}
    rows = [_row(area, number, standing, proof) for number, area in enumerate(areas, start=1)]
    found = {area.article_id for area in areas}
    absent = set(absent_from(proof))
    zone = page.issue.publication.zone
    doings = ("draw", "change", "delete", "confirm", "confirm_all", "propose", "choose", "absent")
    chosen = page.proof_id == proof.pk
    ready = proof.state == PageProof.State.READY
    return Sheet(
        proof=proof,
        page=page,
        stories=stories,
        rows=rows,
        without=[story for story in stories if story.pk not in found | absent],
        absent=[story for story in stories if story.pk in absent],
        lacks=(press_lacks(page, placements) if chosen else areas_lack(proof, placements)) if ready else [],
        others=[
            Other(
                other,
                proof_url(other),
                paper_time(other.requested_at, zone),
                other.pk == proof.pk,
                other.pk == page.proof_id,
            )
            for other in PageProof.objects.filter(page=page).defer("layout", "report")[:12]
        ],
        chosen=chosen and proof.digest == page.content_digest(placements),
        content=page.content_digest(placements),
        may_edit=may_edit and ready,
        may_take_in=may_take_in,
        may_upload=may_edit,
        waits=proof.state in (PageProof.State.WAITING, PageProof.State.WORKING),
        refusal=_refusal(proof),
        scanned=bool(proof.report.get("scanned")),
        has_text=bool(ready and proof.layout.get("text")),
        who=name_of(proof.requested_by),
        at=paper_time(proof.requested_at, zone),
        urls={name: reverse("admin:articles_pageproof_do", args=[proof.pk, name]) for name in doings}
        | {
            "upload": f"{reverse('admin:articles_pressfile_upload', args=[page.issue_id])}?page={page.pk}",
            "intake": f"{reverse('admin:articles_intake_new')}?proof={proof.pk}",
            "state": reverse("admin:articles_pageproof_state", args=[proof.pk]),
        },
    )


def _row(area: HotArea, number: int, standing: set[int], proof: PageProof) -> Row:
    story = area.kind == HotArea.Kind.STORY
    return Row(
        area=area,
        number=number,
        name=name_of_area(area),
        mark=mark_of(area),
        points=" ".join(f"{x * proof.width_pt:.1f},{y * proof.height_pt:.1f}" for x, y in area.polygon),
        sides=sides_of(area.polygon),
        corners=corners_of(area.polygon),
        chosen=f"story:{area.article_id or ''}" if story else area.kind,
        percent=round(100 * area.confidence),
        confirmable=area.confirmed_at is None and (not story or area.article_id in standing),
    )


def _refusal(proof: PageProof) -> str:
    """Why there is no picture, in the language of who looks."""
    if proof.state != PageProof.State.FAILED:
        return ""
    code = proof.report.get("refused")
    return sentence(code, proof.report.get("values", {})) if code else proof.problem
