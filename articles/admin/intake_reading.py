"""A page as it was read, and a form for every decision about it."""

from dataclasses import dataclass
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles.admin.base import person_of
from articles.admin.intake_forms import LastForm, NameForm, StoryForm, edits_of, mark_of
from articles.admin.intake_look import Made, ReadStory, Rest, Stretch, made_of, read_story, stretches_of
from articles.intake.drafts import names_on, proposal_for
from articles.intake.edits import Edit, edited, heads_in_one, start_of
from articles.intake.importer import ImportResult, import_page, page_for, twice
from articles.intake.model import PageText
from articles.intake.parser import parse_page
from articles.intake.roll import known_names, staff_of
from articles.intake.wording import reason_text
from articles.models import Page, Publication, Reporter, Section
from articles.permissions import can, can_keep_reporters
from articles.states import Verb, issue_allows

# More is no page; and every story and name has fields of its own in the form.
MOST_STORIES, MOST_NAMES = 80, 200


@dataclass
class Reading:
    """A page as it was read and changed by hand, with a form for every decision. `made`: the changes; `text`: the
    raw text, `stretches`: the same as coloured pieces; `shown_whole`: the decisions that came were made on exactly
    these stories."""

    publication: Publication
    text: str
    page: PageText
    stories: list[ReadStory]
    names: list[NameForm]
    rest: list[Rest]
    last: LastForm
    printed_on: Page | None
    warnings: list[str]
    made: list[Made]
    stretches: list[Stretch]
    shown_whole: bool

    @classmethod
    def of(cls, request: HttpRequest, given: dict[str, Any], data: Any = None) -> Self:
        """Read the text; bind the forms to `data` where decisions came with it. ValidationError: no page at all."""
        publication, text = given["publication"], given["text"]
        person = person_of(request)
        read = parse_page(text, staff_of(publication))
        edits: frozenset[Edit] = edits_of(data.getlist("edit")) if data is not None else frozenset()
        page = edited(read, edits)
        _check_size(page)
        known, proposed = known_names(page, publication)
        listed = list(Reporter.objects.filter(publication=publication).order_by("-is_active", "name", "pk"))
        sections = Section.objects.filter(publication=publication, is_active=True)
        may_make = can_keep_reporters(person, publication.pk)
        shown = set(data.getlist("shown")) if data is not None else set()
        starts = [start_of(story) for story in page.stories]
        return cls(
            publication=publication,
            text=text,
            page=page,
            stories=[
                read_story(
                    story,
                    page,
                    edits,
                    set(known),
                    StoryForm(
                        # A story that was not on the screen yet has no decisions.
                        data if str(start) in shown else None,
                        prefix=f"story-{start}",
                        story=story,
                        sections=sections,
                        proposed=proposal_for(story) or _("Untitled"),
                        whole=heads_in_one(story, text),
                    ),
                    first=number == 0,
                )
                for number, (start, story) in enumerate(zip(starts, page.stories, strict=True))
            ],
            names=[
                NameForm(data, prefix=f"name-{number}", name=name, listed=listed, may_make=may_make)
                for number, name in enumerate(proposed)
            ],
            rest=[Rest(piece.text, reason_text(piece.why)) for piece in page.remainder],
            last=LastForm(data),
            printed_on=_open_page(request, given),
            warnings=twice(text, list(page.stories), publication),
            made=made_of(edits, read, page),
            stretches=stretches_of(page),
            shown_whole=shown == {str(start) for start in starts},
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
