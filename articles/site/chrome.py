"""What stands around every page of a paper: its name, its sections, who makes it. Kept in this process for a minute."""

import time
import zoneinfo
from dataclasses import dataclass
from typing import Any

from django.db.models.signals import post_delete, post_save

from articles.models import Publication, Section

SECONDS = 60


@dataclass(frozen=True)
class SectionName:
    """A section as pages name it."""

    pk: int
    name: str
    is_active: bool


@dataclass(frozen=True)
class Paper:
    """A publication as pages name it. `all_sections` has those no longer in use too: their stories stay."""

    pk: int
    slug: str
    name: str
    cn_number: str
    sponsor: str
    publisher: str
    address: str
    zone: zoneinfo.ZoneInfo
    all_sections: tuple[SectionName, ...]

    @property
    def sections(self) -> tuple[SectionName, ...]:
        return tuple(section for section in self.all_sections if section.is_active)

    def section(self, pk: int | None) -> SectionName | None:
        return next((section for section in self.all_sections if section.pk == pk), None)


# By slug; the first paper also under "". A paper that is not there is never kept: guessed slugs cost no memory.
_kept: dict[str, tuple[float, Paper]] = {}


def paper_for(slug: str) -> Paper | None:
    """The paper of this slug, with "" the first one. One query for it and its sections, or none."""
    until, paper = _kept.get(slug, (0.0, None))
    if paper is not None and time.monotonic() < until:
        return paper
    paper = _read(slug)
    if paper is not None:
        _kept[slug] = (time.monotonic() + SECONDS, paper)
    return paper


def first_paper() -> Paper | None:
    """The paper that `/` shows."""
    return paper_for("")


def forget(**_: Any) -> None:
    """Read everything anew. Other processes do so within SECONDS."""
    _kept.clear()


def _read(slug: str) -> Paper | None:
    names = ("pk", "slug", "name", "cn_number", "sponsor", "publisher", "address", "time_zone")
    rows = Publication.objects.order_by("pk", "sections__position", "sections__pk").values(
        *names, "sections__pk", "sections__name", "sections__is_active"
    )
    if slug:
        rows = rows.filter(slug=slug)
    found = list(rows if slug else rows.filter(pk=Publication.objects.order_by("pk").values("pk")[:1]))
    if not found:
        return None
    about = {name: found[0][name] for name in names if name != "time_zone"}
    return Paper(
        **about,
        zone=zoneinfo.ZoneInfo(found[0]["time_zone"]),
        all_sections=tuple(
            SectionName(row["sections__pk"], row["sections__name"], row["sections__is_active"])
            for row in found
            if row["sections__pk"] is not None
        ),
    )


for _model in (Publication, Section):
    post_save.connect(forget, sender=_model, dispatch_uid=f"site chrome {_model.__name__} saved")
    post_delete.connect(forget, sender=_model, dispatch_uid=f"site chrome {_model.__name__} deleted")
