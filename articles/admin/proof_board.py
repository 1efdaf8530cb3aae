"""What stands on the board of a page's make-up: the proof it shows with its modules, proposals and earlier proofs,
problems, adverts and notices, and what is wished for each story."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.people import name_of
from articles.desk.findings import ERROR, NOTE, WARNING, sentence, step
from articles.desk.pages import Ground, story_lacks
from articles.desk.proofs import item_mark, wish_mark
from articles.desk.signing import Proofs, changes_since, proof_lacks
from articles.models import Issue, Page, PageItem, PageProof, Placement, Publication
from articles.permissions import Person, can, visible_to
from articles.states import Verb, issue_allows

# How many proofs are looked back on.
EARLIER = 24
LEVELS = {ERROR: 0, WARNING: 1, NOTE: 2}


@dataclass(frozen=True)
class PagePicture:
    """A proof's picture for `<picture>`."""

    src: str
    srcset: str
    webp: str
    width: int
    height: int


@dataclass(frozen=True)
class Problem:
    level: str
    text: str
    url: str


@dataclass(frozen=True)
class Module:
    """A module of the shown proof. `points`: of an SVG polygon in the view box of the page."""

    key: str
    label: str
    points: str
    kind: str


@dataclass(frozen=True)
class Panel:
    """What may be steered of one story or item. `form`: its bound or fresh form, None for who only looks."""

    key: str
    name: str
    kind: str
    url: str
    placement: Placement | None = None
    item: PageItem | None = None
    mark: str = ""
    others: Sequence[tuple[str, str]] = ()
    form: Any = None


@dataclass(frozen=True)
class Sheet:
    """A proof among others. `fresh`: whether it shows the page as it stands now."""

    proof: PageProof
    who: str
    picture: PagePicture | None
    shown: bool
    fresh: bool
    problems: list[Problem]

    @property
    def errors(self) -> int:
        return sum(problem.level == ERROR for problem in self.problems)


@dataclass(frozen=True)
class ProofBoard:
    issue: Issue
    page: Page
    shown: Sheet | None
    modules: list[Module]
    panels: list[Panel]
    proposals: list[Sheet]
    earlier: list[Sheet]
    newest: PageProof | None
    changes: list[str]
    lacks: list[str]
    items: list[PageItem]
    digest: str
    signed: bool
    may_make_up: bool
    may_sign: bool
    set_up: bool
    codes: list[tuple[str, str, bool]]

    @property
    def busy(self) -> bool:
        return self.newest is not None and self.newest.state in (
            PageProof.State.WAITING,
            PageProof.State.WORKING,
        )

    @property
    def step(self) -> str:
        return step(self.newest) if self.newest is not None else ""

    @property
    def failed(self) -> list[Problem]:
        """Why the newest proof came to nothing."""
        if self.newest is None or self.newest.state != PageProof.State.FAILED:
            return []
        return problems_of(self.newest, {})

    @property
    def pdf(self) -> str:
        return default_storage.url(self.shown.proof.pdf) if self.shown is not None else ""

    @property
    def pdf_name(self) -> str:
        """What the PDF is called on the disk of whoever takes it."""
        return f"{self.issue.publication.slug}-{self.issue.date:%Y%m%d}-{self.page.code}.pdf"

    @property
    def problems(self) -> list[Problem]:
        return self.shown.problems if self.shown is not None else []

    @property
    def view_box(self) -> str:
        proof = self.shown.proof if self.shown is not None else None
        return f"0 0 {proof.width_pt:g} {proof.height_pt:g}" if proof is not None else "0 0 1 1"

    @property
    def blank(self) -> str:
        share = self.shown.proof.report.get("blank") if self.shown is not None else None
        return "" if share is None else f"{share * 100:.1f} %"


def picture_of(proof: PageProof) -> PagePicture | None:
    """The picture of a proof at every width it has; None while there is none."""
    files = sorted(proof.images, key=lambda row: row["width"])
    by_format: dict[str, list[Mapping[str, Any]]] = {}
    for row in files:
        by_format.setdefault(row["format"], []).append(row)
    rows = by_format.get("jpeg") or files
    if not rows:
        return None
    middle = next((row for row in rows if row["width"] >= 900), rows[-1])
    return PagePicture(
        src=_url(middle),
        srcset=_srcset(rows),
        webp=_srcset(by_format.get("webp", [])),
        width=middle["width"],
        height=middle["height"],
    )


def _srcset(rows: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(f"{_url(row)} {row['width']}w" for row in rows)


def _url(row: Mapping[str, Any]) -> str:
    return default_storage.url(row["name"])


def problems_of(proof: PageProof, opens: Mapping[int, str]) -> list[Problem]:
    """What the make-up found, the worst first, each with the story's address where the person may open it."""
    rows = [
        Problem(row["level"], sentence(row), opens.get(row.get("article") or 0, "")) for row in proof.problems
    ]
    if not rows and proof.state == PageProof.State.FAILED:
        rows = [Problem(ERROR, proof.problem, "")]
    return sorted(rows, key=lambda row: LEVELS.get(row.level, 1))


def proof_board(person: Person, page: Page, now: Any) -> ProofBoard:
    """The whole board, in a number of queries that does not grow with the page. `page` with issue and publication."""
    issue = page.issue
    siblings = list(
        Page.objects.filter(issue=issue).select_related("proof", "signed_off_by").order_by("position", "pk")
    )
    for row in siblings:
        row.issue = issue
    page = next(row for row in siblings if row.pk == page.pk)
    placements = _placements(person, page)
    items = list(page.items.select_related("photo"))
    newest_first = list(
        PageProof.objects.filter(page=page).select_related("requested_by").order_by("-number")[:EARLIER]
    )
    opens = {
        row.article_id: reverse("admin:articles_article_change", args=[row.article_id])
        for row in placements
        if row.opens  # type: ignore[attr-defined]
    }
    content = page.content_digest(placements)
    sheets = [_sheet(proof, page, content, opens) for proof in newest_first]
    shown = next((sheet for sheet in sheets if sheet.shown), None)
    if shown is None and page.proof is not None:
        shown = _sheet(page.proof, page, content, opens)
    proofs = Proofs.of(siblings)
    ground = Ground.of([row.article for row in placements], now)
    of_stories = [reason for row in placements for reason in story_lacks(row.article, now, ground)]
    lacks = [] if issue.status == "published" else of_stories + proof_lacks(page, placements, proofs)
    digest = page.digest(placements)
    signed = bool(page.signed_digest) and page.signed_digest == digest
    may_make_up = _may(Verb.MAKE_UP, person, issue)
    modules = _modules(shown.proof) if shown is not None else []
    return ProofBoard(
        issue=issue,
        page=page,
        shown=shown,
        modules=modules,
        panels=_panels(placements, items, modules, opens),
        proposals=_proposals(sheets),
        earlier=[sheet for sheet in sheets if sheet.proof.state == PageProof.State.READY],
        newest=newest_first[0] if newest_first else None,
        changes=changes_since(shown.proof, page, placements) if shown is not None else [],
        lacks=lacks,
        items=items,
        digest=digest,
        signed=signed,
        may_make_up=may_make_up and bool(placements),
        may_sign=_may(Verb.SIGN_OFF_PAGE, person, issue) and not signed and bool(placements) and not lacks,
        set_up=issue.publication.printing == Publication.Printing.MAKEUP
        and issue.publication.page_format_id is not None,
        codes=[
            (str(row), reverse("admin:articles_page_makeup", args=[row.pk]), row.pk == page.pk)
            for row in siblings
        ],
    )


def _may(verb: Verb, person: Person, issue: Issue) -> bool:
    return issue_allows(verb, issue.status) and can(verb, person, issue)


def _placements(person: Person, page: Page) -> list[Placement]:
    rows = (
        page.placements.select_related("article__publication")
        .annotate(opens=Exists(visible_to(person).filter(pk=OuterRef("article"))))
        .order_by("position", "pk")
    )
    return list(rows)


def _sheet(proof: PageProof, page: Page, content: str, opens: Mapping[int, str]) -> Sheet:
    return Sheet(
        proof=proof,
        who=name_of(proof.requested_by),
        picture=picture_of(proof) if proof.state == PageProof.State.READY else None,
        shown=proof.pk == page.proof_id,
        fresh=proof.digest == content,
        problems=problems_of(proof, opens),
    )


def _proposals(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Different layouts of the page as it stands now, the best first; the same one twice is shown once."""
    ready = [sheet for sheet in sheets if sheet.fresh and sheet.proof.state == PageProof.State.READY]
    found: dict[str, Sheet] = {}
    for sheet in ready:
        layout = str(sheet.proof.layout.get("tree"))
        if layout not in found or sheet.shown:
            found[layout] = sheet
    return sorted(found.values(), key=lambda sheet: (sheet.proof.choice, -sheet.proof.number))[:3]


def _modules(proof: PageProof) -> list[Module]:
    keys = proof.report.get("keys", [])
    areas = list(proof.areas.all())
    return [
        Module(
            key=keys[number] if number < len(keys) else f"story-{area.article_id}",
            label=area.label,
            points=" ".join(f"{x * proof.width_pt:.1f},{y * proof.height_pt:.1f}" for x, y in area.polygon),
            kind=area.kind,
        )
        for number, area in enumerate(areas)
    ]


def _panels(
    placements: Sequence[Placement],
    items: Sequence[PageItem],
    modules: Sequence[Module],
    opens: Mapping[int, str],
) -> list[Panel]:
    on_page = [(module.key, module.label) for module in modules]

    def others(key: str) -> list[tuple[str, str]]:
        return [row for row in on_page if row[0] != key] if key in dict(on_page) else []

    panels = []
    for row in placements:
        key = f"story-{row.article_id}"
        panels.append(
            Panel(
                key=key,
                name=row.article.headline,
                kind=_("Story"),
                url=opens.get(row.article_id, ""),
                placement=row,
                mark=wish_mark(row),
                others=others(key),
            )
        )
    for item in items:
        key = f"item-{item.pk}"
        address = reverse("admin:articles_page_verb", args=[item.page_id, Verb.KEEP_ITEM.value])
        panels.append(
            Panel(
                key=key,
                name=item.title,
                kind=item.get_kind_display(),
                url=f"{address}?item={item.pk}",
                item=item,
                mark=item_mark(item),
                others=others(key),
            )
        )
    return panels
