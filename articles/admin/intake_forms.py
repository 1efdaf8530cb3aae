"""What the intake screen asks: the text first, then what is to become of every story and every new name on it."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from articles.intake.decoding import NotText, decode
from articles.intake.drafts import Choice
from articles.intake.edits import Change, Edit
from articles.intake.model import Story
from articles.intake.roll import ProposedName, could_be_made
from articles.models import Publication, Reporter, Section
from articles.permissions import Person, can_take_in
from articles.validators import page_code

# A broadsheet page has some 20 KB. In bytes, as UTF-8.
MOST_TEXT = 1024 * 1024
LEAVE_OUT = ""
NEW = "new-"

_UNREADABLE = {
    "size": _("This file is larger than 1 MB, so it was not read. Split it: one page at a time."),
    "binary": _(
        "This is no text file, so it was not read. Save it as plain text (.txt) and choose it again."
    ),
    "encoding": _(
        "This file is neither UTF-8 nor GB18030, so it was not read. Save it as UTF-8 and choose it again."
    ),
}


def papers_taken_in_by(person: Person) -> list[int]:
    return [paper for paper in person.publications if can_take_in(person, paper)]


class SourceForm(forms.Form):
    """The raw text, pasted or as a file, and where it was printed. After `is_valid()` `cleaned_data["text"]` is the
    text with plain line ends; what was typed stays in the form whatever happens."""

    publication = forms.ModelChoiceField(queryset=Publication.objects.none(), label=_("Publication"))
    issue_date = forms.DateField(
        label=_("Issue date"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )
    page_code = forms.CharField(
        label=_("Page"), required=False, max_length=6, validators=[page_code], help_text=_("01, A01")
    )
    text = forms.CharField(
        label=_("Raw text of the page"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false"}),
        help_text=_("One paragraph per line, as it comes from the make-up system or an archive."),
    )
    file = forms.FileField(
        label=_("Or a text file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".txt,text/plain"}),
        help_text=_("UTF-8 or GB18030, up to 1 MB."),
    )
    # The picture of a page that the text was read from: its areas are looked for once the drafts stand there.
    proof = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        papers = Publication.objects.filter(pk__in=papers_taken_in_by(person))
        field: Any = self.fields["publication"]
        field.queryset = papers
        if len(papers) == 1:
            field.initial = papers[0].pk
            field.empty_label = None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        file, typed = given.get("file"), given.get("text") or ""
        if "file" in self.errors or "text" in self.errors:
            return given
        if file and typed.strip():
            self.add_error(
                "file",
                _("There is a text and a file. Nothing was read: empty the one or leave out the other."),
            )
        elif file:
            typed = self._decoded(file)
        elif not typed.strip():
            self.add_error("text", _("Paste the text of a page, or choose a file."))
        if len(typed.encode("utf-8", "replace")) > MOST_TEXT:
            self.add_error(
                "text",
                _(
                    "This is more than 1 MB, so it was not read. It is still here: take in one page at a time."
                ),
            )
        given["text"] = typed.replace("\r\n", "\n").replace("\r", "\n")
        return given

    def _decoded(self, file: Any) -> str:
        if file.size > MOST_TEXT:
            self.add_error("file", _UNREADABLE["size"])
            return ""
        try:
            return decode(file.read()).text.lstrip("\ufeff").replace("\x00", "\ufffd")
        except NotText as error:
            self.add_error("file", _UNREADABLE[error.reason])
            return ""


def mark_of(text: str, publication: Publication) -> str:
    """Names the text that was shown: decisions count only for that one."""
    return hashlib.sha256(f"{publication.pk}\n{text}".encode("utf-8", "replace")).hexdigest()


def edits_of(values: Iterable[str]) -> frozenset[Edit]:
    """The changes among a form's `edit` values ("join:1204"); what is none is passed over."""
    found = (value.partition(":") for value in values)
    return frozenset(
        (Change(name), int(offset))
        for name, _colon, offset in found
        if name in set(Change) and offset.isascii() and offset.isdecimal() and len(offset) < 9
    )


class StoryForm(forms.Form):
    """What becomes of one story. `one_line`: kicker, headline and deck were one line and are to be one headline."""

    take = forms.BooleanField(label=_("Take this story in"), required=False, initial=True)
    kicker = forms.CharField(label=_("Kicker"), required=False)
    headline = forms.CharField(label=_("Headline"), required=False)
    deck = forms.CharField(label=_("Deck"), required=False)
    section = forms.ModelChoiceField(
        queryset=Section.objects.none(), label=_("Section"), required=False, empty_label=_("Later")
    )
    one_line = forms.BooleanField(label=_("One headline: undo the split"), required=False)

    def __init__(
        self, data: Any, *, prefix: str, story: Story, sections: Any, proposed: str, whole: str
    ) -> None:
        read = {"kicker": story.kicker, "headline": story.headline, "deck": story.deck}
        super().__init__(_mended(data, prefix, read, whole), prefix=prefix, initial={"take": True, **read})
        section: Any = self.fields["section"]
        section.queryset = sections
        if not story.headline:
            self.fields["headline"].widget.attrs["placeholder"] = proposed

    def choice(self) -> Choice:
        given = self.cleaned_data
        return Choice(
            kicker=given["kicker"],
            headline=given["headline"],
            deck=given["deck"],
            section=given["section"].pk if given["section"] else None,
        )


def _mended(data: Any, prefix: str, read: dict[str, str], whole: str) -> Any:
    """The form's data after the box `one_line` was ticked or emptied: heads that nobody has touched follow it."""
    if data is None or not whole:
        return data
    as_one = {"kicker": "", "headline": whole, "deck": ""}
    ticked = bool(data.get(f"{prefix}-one_line"))
    before, after = (read, as_one) if ticked else (as_one, read)
    if any(data.get(f"{prefix}-{name}", "") != value for name, value in before.items()):
        return data
    return {**data.dict(), **{f"{prefix}-{name}": value for name, value in after.items()}}


class NameForm(forms.Form):
    """Who a name on no list is. Left alone, the name stays out of the byline and beside the story."""

    who = forms.ChoiceField(required=False)

    def __init__(
        self, *args: Any, name: ProposedName, listed: list[Reporter], may_make: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.name = name
        self.listed = {str(reporter.pk): reporter for reporter in listed}
        kinds = [(f"{NEW}{kind}", label) for kind, label in Reporter.Kind.choices]
        makes = may_make and could_be_made(name.name) and name.inactive is None
        field: Any = self.fields["who"]
        field.label = name.name
        field.choices = [
            (LEAVE_OUT, _("Leave out; the name is kept beside the story")),
            *([(now_("Add to the list of reporters as"), kinds)] if makes else []),
            (now_("Somebody on the list"), [(str(each.pk), _listed_as(each)) for each in listed]),
        ]

    @property
    def suggested(self) -> Any:
        return Reporter.Kind(self.name.kind).label

    @property
    def link(self) -> Reporter | None:
        return self.listed.get(self.cleaned_data["who"])

    @property
    def new_kind(self) -> str:
        chosen = self.cleaned_data["who"]
        return chosen.removeprefix(NEW) if chosen.startswith(NEW) else ""


def _listed_as(reporter: Reporter) -> str:
    return reporter.name if reporter.is_active else now_("%(name)s (not active)") % {"name": reporter.name}


class LastForm(forms.Form):
    """The two questions about the whole page."""

    place = forms.BooleanField(label=_("Put the drafts on this page, in this order"), required=False)
    force = forms.BooleanField(label=_("Take it in again all the same"), required=False)
