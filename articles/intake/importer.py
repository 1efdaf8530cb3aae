"""A page that was read becomes drafts: all of it or nothing, and nothing of the text is lost on the way.

The raw text is kept whole (`Intake`). Names on no list are proposed, never created by themselves; doubts, and names
that were left out of a byline, stand beside the draft as the event of its taking in.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.body import BodyError
from articles.desk import pages
from articles.desk.outbox import Fact, record
from articles.desk.workflow import create_article
from articles.exceptions import IllegalTransition, NotAllowed
from articles.fields import refusal
from articles.intake.drafts import Choice, compact, draft_of
from articles.intake.fingerprint import text_fingerprint
from articles.intake.model import PageText, Story
from articles.intake.notes import Doubt, Note
from articles.intake.roll import Names, ProposedName, print_of, same_stories, same_text
from articles.intake.wording import note_text
from articles.models import Article, Intake, Issue, Page, Publication, Reporter
from articles.permissions import Person, can_take_in
from articles.validators import CONTROL


class TakenInBefore(IllegalTransition):
    """This text, or stories of it, were taken in before. `reasons` says which; `force` takes them in again."""


@dataclass(frozen=True)
class ImportResult:
    """What came of a page. `proposed_names`: those on no list that stand in no byline now. `warnings`: sentences."""

    articles: list[Article]
    intake: Intake
    proposed_names: list[ProposedName] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def import_page(
    page: PageText,
    *,
    publication: Publication,
    user: Any,
    raw_text: str,
    issue_date: date | None = None,
    page_code: str = "",
    accept: Collection[int] | None = None,
    choices: Mapping[int, Choice] | None = None,
    reporter_links: Mapping[str, Reporter | None] | None = None,
    new_reporters: Mapping[str, str] | None = None,
    place: bool = False,
    force: bool = False,
    now: datetime | None = None,
) -> ImportResult:
    """File the stories of `page` as drafts by `user`.

    raw_text: what `page` was read from; it is kept as it came.
    accept: which stories, counted from 0; all if left out. choices: what the editor decided about single stories.
    reporter_links: name → reporter to put into the byline, or None to leave the name out; new_reporters: name → kind
    of a reporter to be made. Names in neither are looked up among the active reporters, and left out with a note if
    they are on no list. place: put the drafts on page `page_code` of the main edition of `issue_date`.

    Raises NotAllowed, TakenInBefore (unless `force`), IllegalTransition (nothing to take in, no such page, the page
    takes no stories now), ValidationError (a story that no field takes; the message names it). Nothing is written
    then.
    """
    now = now or timezone.now()
    if user is None:
        raise NotAllowed(_("Say whose drafts these will be: nobody's are not filed."))
    person = Person.of(user, now)
    if not can_take_in(person, publication.pk):
        raise NotAllowed(_("You may not take in text for this publication."))
    wanted = [
        (number, story) for number, story in enumerate(page.stories) if accept is None or number in accept
    ]
    if not wanted:
        raise IllegalTransition(
            _("No story is to be taken in. Choose at least one, or check whether the text is a page's text.")
        )
    with transaction.atomic():
        # One intake of a paper at a time: the same text pressed twice is found by the second.
        Publication.objects.select_for_update(no_key=True).get(pk=publication.pk)
        warnings = twice(raw_text, [story for _number, story in wanted], publication)
        if warnings and not force:
            raise TakenInBefore(
                _("This was taken in before. Nothing was written; confirm that you want it again."),
                reasons=warnings,
            )
        names = Names.of(page, publication, reporter_links or {})
        names.create(person, publication, new_reporters or {})
        intake = _keep_raw(publication, user, raw_text, issue_date, page_code)
        taking = _Taking(user, publication, intake, names, now)
        articles = []
        for number, story in wanted:
            try:
                article, losses = taking.file(story, (choices or {}).get(number) or Choice())
            except (ValidationError, BodyError) as error:
                raise _named(number, story, error) from error
            articles.append(article)
            warnings.extend(_("“%(story)s”: %(what)s") % {"story": article, "what": each} for each in losses)
        if place:
            _place(user, publication, issue_date, page_code, articles)
        record(
            Fact.TAKEN_IN,
            publication,
            now,
            actor=user,
            data={
                "intake": intake.pk,
                "articles": [article.pk for article in articles],
                "skipped": len(page.stories) - len(wanted),
                "remainder": len(page.remainder),
            },
        )
    if page.remainder:
        warnings.append(
            _("%(count)s pieces of the text fit no story. They are kept with the raw text.")
            % {"count": len(page.remainder)}
        )
    return ImportResult(articles, intake, names.proposed, warnings)


def twice(raw_text: str, stories: list[Story], publication: Publication) -> list[str]:
    """What of this was taken in before: one sentence for the whole text, one for each story. Empty: nothing."""
    sentences = []
    before = same_text(raw_text, publication)
    if before is not None:
        at = timezone.localtime(before.created_at, publication.zone)
        sentences.append(
            _("This very text was taken in on %(at)s by %(who)s.")
            % {"at": f"{at:%Y-%m-%d %H:%M}", "who": before.created_by or _("nobody known")}
        )
    found = same_stories(stories, publication)
    sentences.extend(
        _("A story with this headline and text is already there: “%(story)s”.") % {"story": found[mark]}
        for story in stories
        if (mark := print_of(story)) in found
    )
    return sentences


def sentence(doubt: Note) -> str:
    """A doubt in the reader's language, in characters that a database takes."""
    return storable(note_text(doubt))


def _keep_raw(
    publication: Publication, user: Any, raw_text: str, issue_date: date | None, page_code: str
) -> Intake:
    intake = Intake(
        publication=publication,
        text=storable(raw_text),
        fingerprint=text_fingerprint(raw_text),
        issue_date=issue_date,
        page_code=page_code,
        created_by=user,
    )
    intake.full_clean(exclude=["publication", "created_by"])
    intake.save()
    return intake


def storable(text: str) -> str:
    """The text in characters that every database takes, each in its old place: NUL and lone surrogates are
    replaced."""
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()


@dataclass(frozen=True)
class _Taking:
    """What all stories of one intake have in common."""

    user: Any
    publication: Publication
    intake: Intake
    names: Names
    now: datetime

    def file(self, story: Story, choice: Choice) -> tuple[Article, list[str]]:
        """File one story; gives it and the sentences about what could not go into its fields."""
        draft = draft_of(story, choice, untitled=_("Untitled"))
        bylines, left_out = self.names.bylines_of(draft)
        notes = [*(doubt for doubt in draft.notes if not self._settled(doubt)), *left_out]
        content: dict[str, Any] = {
            **{name: _field(name, text) for name, text in draft.fields.items()},
            "bylines": bylines,
        }
        if choice.section is not None:
            content["section"] = choice.section
        article = create_article(
            self.user,
            self.publication,
            content,
            intake=self.intake,
            fingerprint=print_of(story),
            now=self.now,
        )
        record(
            Fact.TAKEN_IN,
            self.publication,
            self.now,
            actor=self.user,
            article=article,
            reason="\n".join(sentence(doubt) for doubt in notes),
            data={
                "intake": self.intake.pk,
                "joins": len(draft.joined),
                "left_out": [storable(doubt.about) for doubt in left_out],
            },
        )
        moved = [
            doubt for doubt in draft.notes if doubt.code in (Doubt.LINE_TOO_LONG, Doubt.HEADLINE_PROPOSED)
        ]
        return article, [sentence(doubt) for doubt in [*moved, *left_out]]

    def _settled(self, doubt: Note) -> bool:
        """Whether a name that the parser did not know has become somebody's since."""
        return doubt.code is Doubt.NAME_UNKNOWN and compact(doubt.about) in self.names.known


def _field(name: str, text: str) -> str:
    """What a field stores: without the characters that one line refuses."""
    return storable(text) if name == "body" else CONTROL.sub("", storable(text)).strip()


def _named(number: int, story: Story, error: ValidationError | BodyError) -> ValidationError:
    """The error with the story's name, so that the person knows which of twenty it is."""
    messages = (refusal(error) if isinstance(error, BodyError) else error).messages
    return ValidationError(
        _("Story %(number)s “%(headline)s”: %(what)s Nothing was taken in; leave this story out or split it.")
        % {"number": number + 1, "headline": story.headline[:40], "what": " ".join(messages)}
    )


def _place(
    user: Any, publication: Publication, issue_date: date | None, page_code: str, articles: list[Article]
) -> None:
    page = page_for(publication, issue_date, page_code)
    if page is None:
        raise IllegalTransition(
            _(
                "There is no page “%(page)s” in the issue of %(date)s yet. Nothing was taken in; make the page first."
            )
            % {"page": page_code, "date": issue_date or ""}
        )
    for article in articles:
        pages.place(user, page.pk, article.pk)


def page_for(publication: Publication, issue_date: date | None, page_code: str) -> Page | None:
    """The page of this code in the main edition of a day, if it has been planned."""
    return (
        Page.objects.filter(
            issue__publication=publication,
            issue__date=issue_date,
            issue__edition=Issue.Edition.MAIN,
            code=page_code,
        )
        .select_related("issue__publication")
        .first()
        if issue_date and page_code
        else None
    )
