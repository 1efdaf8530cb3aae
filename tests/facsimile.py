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
            (left, middle + row * height, right if column or alone else 0.5 - GAP / 2, middle + (row + 1) * height - GAP)
        )
    return found


@lru_cache(maxsize=64)
def page_pdf(name: str, titles: tuple[str, ...], texts: tuple[str, ...]) -> bytes:
    """The PDF of a page with these modules."""
    width, height = f"{WIDTH_MM}mm", f"{HEIGHT_MM}mm"
    parts = [
        f'#set page(width: {width}, height: {height}, margin: 0pt)\n'
        '#set text(font: ("Noto Serif CJK SC", "Libertinus Serif"), size: 9.5pt, lang: "zh")\n'
        "#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 0.55em)\n"
        f"#place(dx: {MARGIN * WIDTH_MM}mm, dy: 18mm, text(size: 30pt, weight: 900, fill: rgb(\"#a3161f\"), {_quoted(name)}))\n"
        f'#place(dx: {MARGIN * WIDTH_MM}mm, dy: {TOP * HEIGHT_MM - 6}mm, line(length: {(1 - 2 * MARGIN) * WIDTH_MM}mm, stroke: 1.5pt + rgb("#a3161f")))\n'
    ]
    for (left, top, right, bottom), title, text in zip(boxes(len(titles)), titles, texts, strict=True):
        wide = right - left > 0.6
        parts.append(
            f"#place(dx: {left * WIDTH_MM}mm, dy: {top * HEIGHT_MM}mm, block(width: {(right - left) * WIDTH_MM}mm, "
            f"height: {(bottom - top) * HEIGHT_MM}mm, clip: true, inset: (top: 4mm), stroke: (bottom: 0.5pt), [\n"
            f"#align(center, text(size: {40 if wide else 26}pt, weight: 900, {_quoted(title)}))\n"
            f"#v(3mm)\n#columns({6 if wide else 3}, gutter: 4mm, [{' #parbreak() '.join(['#' + f'text({_quoted(text)})'] * (9 if wide else 5))}])\n]))\n"
        )
    return bytes(typst.compile("".join(parts).encode()))


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
    texts = tuple([_plain(row.article.body) for row in placements] + [item.text or item.title for item in items])
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
            {"format": name, "width": width, "height": height, "name": _stored(data, f"-{width}.{name}"), "bytes": len(data)}
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
