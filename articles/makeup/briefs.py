"""A page of an issue as the make-up wants it: read from the desk, every text as it stands now."""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from django.core.files.storage import FileSystemStorage
from django.utils.formats import date_format
from django.utils.translation import override

from articles.bylines import credits_of
from articles.makeup.furniture import FOLIO_LINES
from articles.makeup.grid import Grid
from articles.makeup.material import Folio, Item, Masthead, PageBrief, Picture, Story
from articles.makeup.pieces import pieces, printed
from articles.makeup.wishes import Wishes, read
from articles.models import Article, Byline, Issue, Page, PageFormat, PageItem, Placement
from articles.models.article import ArticlePhoto
from media_library.models import Photo

# A printed page speaks the paper's language, whatever the person who makes it up reads.
LANGUAGE = "zh-hans"
_ADVERT = "广告"


@dataclass(frozen=True)
class Continued:
    """A story that jumped onto a page: `from_line` of its galley, from the page with that code."""

    article: int
    from_line: int
    from_code: str


def story_key(article_id: int) -> str:
    return f"story-{article_id}"


def item_key(item_id: int) -> str:
    return f"item-{item_id}"


def grid_of(page_format: PageFormat) -> Grid:
    """The measures a paper keeps, as the make-up counts with them."""
    return Grid.of(
        width_mm=page_format.width_mm,
        height_mm=page_format.height_mm,
        columns=page_format.columns,
        column_characters=page_format.column_characters,
        gutter=page_format.gutter,
        body_size=page_format.body_size,
        pitch=page_format.pitch,
        lines=page_format.lines,
        masthead_lines=page_format.masthead_lines,
    )


def continued_on(page: Page) -> list[Continued]:
    """Stories that the chosen proofs of other pages send here."""
    others = Page.objects.filter(issue=page.issue_id, proof__isnull=False).exclude(pk=page.pk)
    return [
        Continued(row["article"], row["from_line"], other.code)
        for other in others.select_related("proof").order_by("position", "pk")
        if other.proof is not None
        for row in other.proof.report.get("continues", [])
        if row["to_page"] == page.code
    ]


def brief_of(page: Page, grid: Grid, folder: Path) -> PageBrief:
    """Everything that is to stand on `page`. Originals that lie elsewhere than on this disk are fetched to `folder`."""
    issue = page.issue
    continued = {row.article: row for row in continued_on(page)}
    placements = list(page.placements.select_related("article").order_by("position", "pk"))
    photos = _photos(placements)
    names = _bylines(placements)
    with override(LANGUAGE):
        stories = [
            _story(
                placement,
                rank,
                pictures=[_use(use, folder) for use in photos.get(placement.article_id, [])],
                byline=byline_of(names.get(placement.article_id, [])),
                continued=continued.get(placement.article_id),
            )
            for rank, placement in enumerate(placements, start=1)
        ]
        first = not issue.pages.filter(position__lt=page.position).exists()
        day = f"{date_format(issue.date, 'Y年n月j日')}　{date_format(issue.date, 'l')}"
        return PageBrief(
            code=page.code,
            title=f"{issue.publication.name} {issue.date:%Y-%m-%d} 第{page.code}版",
            stories=stories,
            masthead=_masthead(issue, day, folder) if first else None,
            folio=None if first else Folio(page.code, printed(page.label), day, issue.publication.name),
            items=[_item(item, folder) for item in page.items.select_related("photo")],
            credits=printed(_credits(page)),
            house_notice=_house_notice(issue),
            jump_targets=room_elsewhere(page, grid),
        )


def _story(
    placement: Placement,
    rank: int,
    *,
    pictures: Sequence[Picture],
    byline: str,
    continued: Continued | None,
) -> Story:
    article = placement.article
    return Story(
        key=story_key(article.pk),
        rank=rank,
        headline=printed(article.headline),
        kicker=printed(article.kicker),
        deck=printed(article.deck),
        byline=printed(byline),
        pieces=pieces(article.body, printed(article.dateline)),
        # Pictures stay with the beginning.
        pictures=[] if continued else pictures,
        photo_story=article.kind == Article.Kind.PHOTO and bool(pictures),
        brief=article.kind == Article.Kind.BRIEF,
        wishes=_wishes(placement),
        from_line=continued.from_line if continued else 0,
        continues_from=continued.from_code if continued else "",
    )


def _wishes(placement: Placement) -> Wishes:
    """What is wished, without breaks for a headline that has been changed since: the story's own words are printed."""
    wishes = read(placement.wishes)
    if wishes.headline.replace("|", "") != placement.article.headline:
        return replace(wishes, headline="")
    return replace(wishes, headline=printed(wishes.headline))


def byline_of(rows: Iterable[Mapping[str, Any]]) -> str:
    """■记者 林海生 何帆 摄影 许若澜; nothing for nobody."""
    credits = "　".join(str(credit) for credit in credits_of(rows, linked=False))
    return f"■{credits}" if credits else ""


def _photos(placements: Sequence[Placement]) -> dict[int, list[ArticlePhoto]]:
    found: dict[int, list[ArticlePhoto]] = {}
    keys = [placement.article_id for placement in placements]
    for use in ArticlePhoto.objects.filter(article__in=keys).select_related("photo").order_by("order", "pk"):
        found.setdefault(use.article_id, []).append(use)
    return found


def _bylines(placements: Sequence[Placement]) -> dict[int, list[Mapping[str, Any]]]:
    found: dict[int, list[Mapping[str, Any]]] = {}
    keys = [placement.article_id for placement in placements]
    for row in Byline.objects.filter(article__in=keys).select_related("reporter").order_by("order", "pk"):
        found.setdefault(row.article_id, []).append(
            {"reporter": row.reporter_id, "name": row.reporter.name, "role": row.role, "title": row.title}
        )
    return found


def _use(use: ArticlePhoto, folder: Path) -> Picture:
    return _picture(use.photo, folder, use.caption, use.credit)


def _picture(photo: Photo, folder: Path, caption: str = "", credit: str = "") -> Picture:
    return Picture(
        key=f"photo-{photo.pk}",
        width=photo.width,
        height=photo.height,
        file=_file(photo, folder),
        caption=printed(caption),
        credit=printed(credit),
        focal=(photo.focal_x, photo.focal_y),
    )


def _file(photo: Photo, folder: Path) -> Path:
    """Where the original lies on this disk."""
    storage = photo.original.storage
    if isinstance(storage, FileSystemStorage):
        return Path(storage.path(str(photo.original.name)))
    target = folder / f"original-{photo.pk}"
    if not target.exists():
        with photo.open_original() as source, target.open("wb") as copy:
            shutil.copyfileobj(cast(Any, source), copy, 1 << 20)
    return target


def _item(item: PageItem, folder: Path) -> Item:
    return Item(
        key=item_key(item.pk),
        title=printed(item.title),
        columns=item.columns,
        lines=item.lines,
        corner=item.corner,
        text=printed(item.text),
        picture=_picture(item.photo, folder) if item.photo is not None else None,
        mark=_ADVERT if item.kind == PageItem.Kind.ADVERT else "",
    )


def _masthead(issue: Issue, day: str, folder: Path) -> Masthead:
    paper = issue.publication
    numbers = [
        f"第{issue.serial_no}期" if issue.serial_no else "",
        f"今日{issue.pages.count()}版",
        f"国内统一连续出版物号 {paper.cn_number}" if paper.cn_number else "",
    ]
    makers = [
        f"{paper.sponsor}主办" if paper.sponsor else "",
        f"{paper.publisher}出版" if paper.publisher else "",
    ]
    facts = ["　".join(filter(None, numbers)), "　".join(filter(None, makers)), paper.address]
    return Masthead(
        name=printed(paper.name),
        date=day,
        facts=[printed(fact) for fact in facts if fact],
        picture=_picture(paper.masthead, folder) if paper.masthead is not None else None,
    )


def _credits(page: Page) -> str:
    people = [("责编", page.page_editor), ("版式", page.layout_artist), ("校对", page.proofreader)]
    return "　".join(f"{what} {name}" for what, name in people if name)


def _house_notice(issue: Issue) -> Item:
    paper = issue.publication
    lines = [paper.address, paper.sponsor]
    return Item(
        key="house",
        title=paper.name,
        columns=2,
        lines=8,
        corner="bottom",
        text="\n".join(line for line in lines if line),
        filler=True,
    )


# --- where a story may go on --------------------------------------------------------------------------------------


def room_elsewhere(page: Page, grid: Grid) -> dict[str, int]:
    """Pages of the issue a story could go on, with a guess of the lines they have to spare: those where it stands
    already first, then those behind this one. Only a page's own make-up knows better."""
    others = Page.objects.filter(issue=page.issue_id, position__gt=page.position).order_by("position", "pk")
    rooms = {}
    for other in others.prefetch_related("placements__article__photos"):
        capacity = grid.columns * (grid.lines - FOLIO_LINES)
        free = capacity - sum(_guess(placement.article, grid) for placement in other.placements.all())
        if free > 0:
            rooms[other.code] = free
    return rooms


def _guess(article: Article, grid: Grid) -> int:
    """Lines of type a story takes with its head and pictures, roughly."""
    text = sum(len(piece.text) for piece in pieces(article.body, article.dateline))
    head = 6 * 3
    picture = 3 * 16 if article.photos.all() else 0
    return round(text / (grid.ems * 0.94)) + head + picture
