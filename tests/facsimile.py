"""Proofs of pages for tests: a plain but really typeset page for every page given, with its PDF, pictures and areas.

    proof = signed_proof(cast, page)      # ready, its areas confirmed, the page signed off with it

Set by Typst and drawn by pdfium as the make-up does, without the make-up.
"""

from functools import lru_cache
from html import unescape
from io import BytesIO
from typing import Any

import pypdfium2
import typst
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from articles.desk import pages
from articles.models import HotArea, Page, PageItem, PageProof
from media_library import files
from tests.cast import Cast

WIDTH_MM, HEIGHT_MM = 390, 550
# Enough for tests that only ask for one; browsers are given more.
WIDTHS = (320,)
MARGIN, TOP, GAP = 0.04, 0.1, 0.015

Box = tuple[float, float, float, float]


def boxes(count: int) -> list[Box]:
    """Where `count` modules lie, (left, top, right, bottom) in fractions: the first across the page, the others below
    it in two columns."""
    right, bottom = 1 - MARGIN, 1 - MARGIN
    if count <= 1:
        return [(MARGIN, TOP, right, bottom)] * count
    middle = TOP + (bottom - TOP) * 0.45
    found = [(MARGIN, TOP, right, middle - GAP)]
    rows = count // 2
    for number in range(count - 1):
        row, column = divmod(number, 2)
        height = (bottom - middle) / rows
        left = MARGIN if column == 0 else 0.5 + GAP / 2
        alone = number == count - 2 and column == 0
        found.append(
            (
                left,
                middle + row * height,
                right if column or alone else 0.5 - GAP / 2,
                middle + (row + 1) * height - GAP,
            )
        )
    return found


@lru_cache(maxsize=64)
def page_pdf(name: str, titles: tuple[str, ...], texts: tuple[str, ...]) -> bytes:
    """The PDF of a page with these modules."""
    modules = zip(boxes(len(titles)), titles, texts, strict=True)
    drawn = (
        f"#story({left}, {top}, {right}, {bottom}, {_quoted(title)}, {_quoted(text)})\n"
        for (left, top, right, bottom), title, text in modules
    )
    return bytes(typst.compile((SHEET + f"#head({_quoted(name)})\n" + "".join(drawn)).encode()))


SHEET = f"""
#let (w, h) = ({WIDTH_MM}mm, {HEIGHT_MM}mm)
#let red = rgb("#a3161f")
#set page(width: w, height: h, margin: 0pt)
#set text(font: ("Noto Serif CJK SC", "Libertinus Serif"), size: 9.5pt, lang: "zh")
#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 0.55em)
#let head(name) = {{
  place(dx: {MARGIN} * w, dy: 18mm, text(size: 30pt, weight: 900, fill: red, name))
  place(dx: {MARGIN} * w, dy: {TOP} * h - 6mm, line(length: {1 - 2 * MARGIN} * w, stroke: 1.5pt + red))
}}
#let story(left, top, right, bottom, title, words) = {{
  let wide = right - left > 0.6
  let (size, columns-in, times) = if wide {{ (40pt, 6, 9) }} else {{ (26pt, 3, 5) }}
  place(dx: left * w, dy: top * h, block(
    width: (right - left) * w, height: (bottom - top) * h,
    clip: true, inset: (top: 4mm), stroke: (bottom: 0.5pt),
  )[
    #align(center, text(size: size, weight: 900, title))
    #v(3mm)
    #columns(columns-in, gutter: 4mm, range(times).map(_ => text(words)).join(parbreak()))
  ])
}}
"""


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


@lru_cache(maxsize=64)
def page_pictures(pdf: bytes, widths: tuple[int, ...]) -> tuple[tuple[str, int, int, bytes], ...]:
    """(format, width, height, bytes) of the page's pictures."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        whole = page.render(scale=max(widths) / page.get_width()).to_pil().convert("RGB")
    finally:
        document.close()
    found = []
    for width in widths:
        height = round(whole.height * width / whole.width)
        picture = whole.resize((width, height))
        for name, options in (("webp", {"quality": 78}), ("jpeg", {"quality": 80, "progressive": True})):
            out = BytesIO()
            picture.save(out, name.upper(), **options)
            found.append((name, width, height, out.getvalue()))
    return tuple(found)


def ready_proof(
    page: Page,
    user: Any,
    *,
    widths: tuple[int, ...] = WIDTHS,
    confirmed: bool = True,
    source: str = PageProof.Source.MAKEUP,
) -> PageProof:
    """A ready proof of what stands on the page now, stories, then adverts and notices, with an area of each."""
    placements = list(page.placements.select_related("article").order_by("position", "pk"))
    items = list(PageItem.objects.filter(page=page).order_by("pk"))
    titles = tuple([row.article.headline for row in placements] + [item.title for item in items])
    texts = tuple(
        [_plain(row.article.body) for row in placements] + [item.text or item.title for item in items]
    )
    pdf = page_pdf(str(page), titles, texts)
    now = timezone.now()
    number = PageProof.objects.filter(page=page).count() + 1
    proof = PageProof.objects.create(
        page=page,
        number=number,
        source=source,
        state=PageProof.State.READY,
        digest=page.content_digest(placements),
        requested_by=user,
        requested_at=now,
        finished_at=now,
        width_pt=WIDTH_MM * 72 / 25.4,
        height_pt=HEIGHT_MM * 72 / 25.4,
        pdf=_stored(pdf, ".pdf"),
        images=[
            {
                "format": name,
                "width": width,
                "height": height,
                "name": _stored(data, f"-{width}.{name}"),
                "bytes": len(data),
            }
            for name, width, height, data in page_pictures(pdf, widths)
        ],
    )
    told = {"confirmed_by": user, "confirmed_at": now} if confirmed else {}
    of = [(HotArea.Kind.STORY, row.article, "") for row in placements]
    of += [(HotArea.Kind(item.kind), None, item.title) for item in items]
    for position, ((kind, article, label), (left, top, right, bottom)) in enumerate(
        zip(of, boxes(len(of)), strict=True), 1
    ):
        HotArea.objects.create(
            proof=proof,
            position=position,
            kind=kind,
            article=article,
            label=label,
            polygon=[[left, top], [right, top], [right, bottom], [left, bottom]],
            **told,
        )
    page.proof = proof
    page.save(update_fields=["proof"])
    return proof


def signed_proof(cast: Cast, page: Page, **more: Any) -> PageProof:
    """The same, and the page signed off with it."""
    proof = ready_proof(page, cast.duty, **more)
    pages.sign_off_page(cast.duty, page.pk)
    return proof


def _stored(data: bytes, suffix: str) -> str:
    return default_storage.save(files.random_name("g", suffix), ContentFile(data))


def _plain(body: str) -> str:
    return unescape(body).replace("<p>", "").replace("</p>", "")[:400]
