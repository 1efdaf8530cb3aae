"""A page as it was read, and a form for every decision about it."""

from dataclasses import dataclass
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles.admin.base import person_of
from articles.admin.intake_forms import LastForm, NameForm, StoryForm, mark_of
from articles.intake.drafts import compact, names_on, proposal_for, role_of
from articles.intake.importer import ImportResult, import_page, page_for, twice
from articles.intake.model import Block, BlockType, PageText, Story
from articles.intake.model import Byline as PrintedByline
from articles.intake.parser import parse_page
from articles.intake.roll import known_names, staff_of
from articles.intake.wording import note_text, reason_text
from articles.models import Byline, Page, Publication, Reporter, Section
from articles.permissions import can, can_keep_reporters
from articles.states import Verb, issue_allows

# More is no page; and every story and name has fields of its own in the form.
MOST_STORIES, MOST_NAMES = 80, 200


@dataclass(frozen=True)
class Piece:
    """Text up to a mended break, and the break after it: where (`at`), why, and whether it is to be undone."""

    text: str
    at: int | None = None
    reason: str = ""
    undone: bool = False


@dataclass(frozen=True)
class ReadBlock:
    subhead: bool
    pieces: list[Piece]


@dataclass(frozen=True)
class ReadName:
    """One name of a byline as printed; `known`: whether it is on the list."""

    words: str
    known: bool


@dataclass(frozen=True)
class ReadStory:
    form: StoryForm
    story: Story
    kind: str
    names: list[ReadName]
    blocks: list[ReadBlock]
    notes: list[str]


@dataclass(frozen=True)
class Rest:
    """Text that fits no story, and why."""

    text: str
    why: str


@dataclass
class Reading:
    """A page as it was read, with a form for every decision."""

    publication: Publication
    text: str
    page: PageText
    stories: list[ReadStory]
    names: list[NameForm]
    rest: list[Rest]
    last: LastForm
    printed_on: Page | None
    warnings: list[str]

    @classmethod
    def of(cls, request: HttpRequest, given: dict[str, Any], data: Any = None) -> Self:
        """Read the text; bind the forms to `data` where decisions came with it. ValidationError: no page at all."""
        publication, text = given["publication"], given["text"]
        person = person_of(request)
        page = parse_page(text, staff_of(publication))
        _check_size(page)
        known, proposed = known_names(page, publication)
        listed = list(Reporter.objects.filter(publication=publication).order_by("-is_active", "name", "pk"))
        sections = Section.objects.filter(publication=publication, is_active=True)
        may_make = can_keep_reporters(person, publication.pk)
        return cls(
            publication=publication,
            text=text,
            page=page,
            stories=[
                _read(number, story, sections, known, data) for number, story in enumerate(page.stories)
            ],
            names=[
                NameForm(data, prefix=f"name-{number}", name=name, listed=listed, may_make=may_make)
                for number, name in enumerate(proposed)
            ],
            rest=[Rest(piece.text, reason_text(piece.why)) for piece in page.remainder],
            last=LastForm(data),
            printed_on=_open_page(request, given),
            warnings=twice(text, list(page.stories), publication),
        )

    @property
    def mark(self) -> str:
        return mark_of(self.text, self.publication)

    def is_valid(self) -> bool:
        # All of them, so that every mistake is shown at once.
        forms = [*(each.form for each in self.stories), *self.names, self.last]
        return sum(not form.is_valid() for form in forms) == 0

    def import_(self, request: HttpRequest, given: dict[str, Any]) -> ImportResult:
        """Make the drafts. Raises as `import_page` does."""
        chosen = self.last.cleaned_data
        return import_page(
            self.page,
            publication=self.publication,
            user=request.user,
            raw_text=self.text,
            issue_date=given["issue_date"],
            page_code=given["page_code"],
            accept=[n for n, each in enumerate(self.stories) if each.form.cleaned_data["take"]],
            choices={n: each.form.choice() for n, each in enumerate(self.stories)},
            reporter_links={form.name.name: form.link for form in self.names if form.link is not None},
            new_reporters={form.name.name: form.new_kind for form in self.names if form.new_kind},
            place=chosen["place"],
            force=chosen["force"],
        )


def _check_size(page: PageText) -> None:
    if len(page.stories) > MOST_STORIES or len(names_on(page)) > MOST_NAMES:
        raise ValidationError(
            _(
                "%(count)s stories were read in this text. That is more than a page: take in one page at a time."
            )
            % {"count": len(page.stories)}
        )


def _open_page(request: HttpRequest, given: dict[str, Any]) -> Page | None:
    """The page the text is of, if it takes stories now and the person may place them."""
    page = page_for(given["publication"], given["issue_date"], given["page_code"])
    if page is None or not issue_allows(Verb.PLACE, page.issue.status):
        return None
    return page if can(Verb.PLACE, person_of(request), page) else None


def _read(number: int, story: Story, sections: Any, known: dict[str, Reporter], data: Any) -> ReadStory:
    proposed = proposal_for(story) or _("Untitled")
    form = StoryForm(data, prefix=f"story-{number}", story=story, sections=sections, proposed=proposed)
    undone = set(data.getlist(f"story-{number}-undo")) if data is not None else set()
    return ReadStory(
        form=form,
        story=story,
        kind=str(story.kind.value),
        names=[ReadName(_words(byline), compact(byline.name) in known) for byline in story.bylines],
        blocks=[_pieces(block, undone) for block in story.blocks],
        notes=[note_text(doubt) for doubt in story.notes],
    )


def _words(byline: PrintedByline) -> str:
    """A byline as the page shows it; writing the text is what everybody does, so it is not said."""
    role = role_of(byline)
    label = "" if role == Byline.Role.TEXT else str(Byline.Role(role).label)
    return " ".join(part for part in (label, byline.title, byline.name) if part)


def _pieces(block: Block, undone: set[str]) -> ReadBlock:
    pieces, start = [], 0
    for join in block.joins:
        pieces.append(
            Piece(block.text[start : join.offset], join.at, reason_text(join.reason), str(join.at) in undone)
        )
        start = join.offset
    pieces.append(Piece(block.text[start:]))
    return ReadBlock(block.type is BlockType.SUBHEAD, pieces)
