"""The names on a page against the paper's list of reporters, and texts against what was taken in before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles.exceptions import NotAllowed
from articles.intake.drafts import (
    LONGEST_NAME,
    LONGEST_TITLE,
    Draft,
    compact,
    kind_of_reporter,
    names_on,
    role_of,
)
from articles.intake.fingerprint import fingerprint, text_fingerprint
from articles.intake.model import PageText, Story
from articles.intake.notes import Doubt, Note, note
from articles.models import Article, Intake, Publication, Reporter
from articles.permissions import Person, can_keep_reporters


@dataclass(frozen=True)
class ProposedName:
    """A name that stands in a byline and on no list. `kind`: what the title before it suggests. `inactive`: the
    reporter of this name who no longer works here, if there is one."""

    name: str
    title: str
    kind: str
    inactive: Reporter | None = None


def staff_of(publication: Publication) -> list[str]:
    """All names the paper has had in print: what `parse_page` wants as its staff list."""
    return list(Reporter.objects.filter(publication=publication).values_list("name", flat=True))


def known_names(page: PageText, publication: Publication) -> tuple[dict[str, Reporter], list[ProposedName]]:
    """The page's names that are active reporters, by compact name, and those that are not (one query)."""
    listed: dict[str, Reporter] = {}
    for reporter in Reporter.objects.filter(publication=publication).order_by("is_active", "-pk"):
        listed[compact(reporter.name)] = reporter
    known: dict[str, Reporter] = {}
    proposed = []
    for name, byline in names_on(page).items():
        found = listed.get(name)
        if found is not None and found.is_active:
            known[name] = found
        else:
            proposed.append(ProposedName(name, byline.title, kind_of_reporter(byline.title), found))
    return known, proposed


@dataclass
class Names:
    """Which reporter a name on the page stands for. `left_out`: names that somebody chose to leave out."""

    known: dict[str, Reporter]
    proposed: list[ProposedName]
    left_out: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, page: PageText, publication: Publication, links: Mapping[str, Reporter | None]) -> Self:
        """Look the page's names up; `links` overrules the list. ValidationError for another paper's reporter."""
        known, proposed = known_names(page, publication)
        names = cls(known, proposed)
        for written, reporter in links.items():
            name = compact(written)
            if reporter is None:
                names.known.pop(name, None)
                names.left_out.add(name)
                continue
            if reporter.publication_id != publication.pk:
                raise ValidationError(_("A name in the byline belongs to another publication."))
            names._settle(name, reporter)
        return names

    def create(self, person: Person, publication: Publication, kinds: Mapping[str, str]) -> None:
        """Make reporters of these names (name → kind). Raises NotAllowed, ValidationError."""
        if kinds and not can_keep_reporters(person, publication.pk):
            raise NotAllowed(
                _("Only editors add names to the list of reporters. Leave the new names out for now.")
            )
        for written, kind in kinds.items():
            reporter = Reporter(publication=publication, name=compact(written), kind=kind)
            try:
                reporter.full_clean()
            except ValidationError as error:
                raise ValidationError(
                    _("The reporter “%(name)s” cannot be made: %(why)s")
                    % {"name": reporter.name, "why": " ".join(error.messages)}
                ) from error
            reporter.save()
            self._settle(reporter.name, reporter)

    def _settle(self, name: str, reporter: Reporter) -> None:
        self.known[name] = reporter
        self.left_out.discard(name)
        self.proposed = [each for each in self.proposed if each.name != name]

    def bylines_of(self, draft: Draft) -> tuple[list[dict[str, Any]], list[Note]]:
        """The story's bylines as a snapshot has them, and a note for every name that is not among them."""
        rows: dict[tuple[int, str], dict[str, Any]] = {}
        left_out = []
        for byline in draft.bylines:
            reporter = self.known.get(compact(byline.name))
            if reporter is None or len(byline.title) > LONGEST_TITLE:
                words = [byline.role, byline.title, byline.name]
                left_out.append(
                    note(Doubt.NAME_LEFT_OUT, " ".join(word for word in words if word), limit=500)
                )
                continue
            role = role_of(byline)
            rows.setdefault(
                (reporter.pk, role), {"reporter": reporter.pk, "role": role, "title": byline.title}
            )
        return list(rows.values()), left_out


def could_be_made(name: str) -> bool:
    """Whether a reporter of this name fits into the list."""
    return 0 < len(name) <= LONGEST_NAME


def same_text(raw_text: str, publication: Publication) -> Intake | None:
    """The last intake of this very text, whatever its spaces and line breaks."""
    return (
        Intake.objects.filter(publication=publication, fingerprint=text_fingerprint(raw_text))
        .select_related("created_by")
        .first()
    )


def same_stories(stories: Iterable[Story], publication: Publication) -> dict[str, Article]:
    """Stories taken in before with this headline and text, by fingerprint."""
    prints = {found for story in stories if (found := print_of(story))}
    rows = Article.objects.filter(publication=publication, fingerprint__in=prints)
    return {row.fingerprint: row for row in rows.defer("body").order_by("pk")}


def print_of(story: Story) -> str:
    """The story's fingerprint; "" for one without a single letter, which all such stories would share."""
    texts = [story.headline, *(block.text for block in story.blocks)]
    return fingerprint(story) if any(c.isalnum() for text in texts for c in text) else ""
