"""The verbs on a story as buttons: what each asks, what it says, and which function of the desk does it."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from articles.admin.story_text import differences
from articles.admin.times import PaperTimeField
from articles.admin.verbs import OptionalReasonForm, ReasonForm, VerbForm, VerbSpec, replaced, specs
from articles.desk import stories, workflow
from articles.desk.copies import covering
from articles.models import Article, Correction, PublishedArticle
from articles.states import Verb

CORRECTABLE = ("kicker", "headline", "deck", "summary", "dateline", "body")


class DecisionForm(VerbForm):
    """A reviewer's opinion. The field is called as in ReasonForm, so that one box on the story's page serves both."""

    reason = forms.CharField(
        label=_("Opinion"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Optional. It stays with the decision."),
    )


class PublishForm(VerbForm):
    """When a story published alone becomes public."""

    at = PaperTimeField(label=_("Date and time"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = self.thing.publication.zone
        self.fields["at"].zone = zone  # type: ignore[attr-defined]
        self.fields["at"].help_text = now_(
            "On the paper's clock (%(zone)s). Leave it empty to publish at once."
        ) % {"zone": zone}


class CorrectForm(VerbForm):
    """What is live, to be corrected, and what readers are told."""

    base_number = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("What readers are told"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was wrong and what is right. It stands below the story with today's date."),
    )
    kicker = Article._meta.get_field("kicker").formfield()
    headline = Article._meta.get_field("headline").formfield()
    deck = Article._meta.get_field("deck").formfield()
    dateline = Article._meta.get_field("dateline").formfield()
    body = Article._meta.get_field("body").formfield()
    summary = Article._meta.get_field("summary").formfield(widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = getattr(self.request, "now", None) or timezone.now()
        self.live: PublishedArticle | None = covering(self.thing, now)
        if self.live is not None:
            self.initial = {name: getattr(self.live, name) for name in CORRECTABLE}
            self.initial["base_number"] = self.live.number

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and self.live is not None and not self.changes(given):
            raise forms.ValidationError(
                _(
                    "Nothing in the story was changed. Correct what was wrong; the note alone is no correction."
                )
            )
        return given

    def changes(self, given: dict[str, Any]) -> dict[str, Any]:
        """The fields that are not as the live copy has them."""
        return {name: given[name] for name in CORRECTABLE if given[name] != getattr(self.live, name)}

    def after_conflict(self) -> None:
        if self.live is None:
            return
        self.data = replaced(self.data, "base_number", self.live.number)
        theirs = {name: getattr(self.live, name) for name in CORRECTABLE}
        mine = {name: self.cleaned_data[name] for name in CORRECTABLE}
        self.comparison = differences(theirs, mine, self.thing.publication)


def _correct(request: HttpRequest, article: Article, given: dict[str, Any]) -> Correction:
    live = covering(article, timezone.now())
    changes = {
        name: given[name] for name in CORRECTABLE if live is None or given[name] != getattr(live, name)
    }
    return stories.correct(request.user, article.pk, changes, given["text"], base_number=given["base_number"])


STORY_VERBS = specs(
    VerbSpec(
        Verb.SUBMIT,
        lambda request, story, given: workflow.submit(request.user, story.pk),
        done=_("Handed in. The first stage of review has it now."),
        tone="go",
    ),
    VerbSpec(
        Verb.APPROVE,
        lambda request, story, given: workflow.approve(request.user, story.pk, opinion=given["reason"]),
        form=DecisionForm,
        done=_("Approved."),
        tone="go",
        explain=_("The story goes on to the next stage; after the last one it may be placed and published."),
    ),
    VerbSpec(
        Verb.SEND_BACK,
        lambda request, story, given: workflow.send_back(request.user, story.pk, given["reason"]),
        form=ReasonForm,
        done=_("Sent back. Its author is told your reason."),
        explain=_("The story becomes a draft again and its author is told why."),
    ),
    VerbSpec(
        Verb.RECALL,
        lambda request, story, given: workflow.recall(request.user, story.pk),
        done=_("Taken back from review. It is a draft again."),
    ),
    VerbSpec(
        Verb.PUBLISH_ARTICLE,
        lambda request, story, given: stories.publish_article(request.user, story.pk, given["at"]),
        form=PublishForm,
        done=_("Done: it is public, or will be at its time."),
        tone="go",
        explain=_("Publishes this story alone (web first). Its place in an issue is not touched."),
    ),
    VerbSpec(
        Verb.REVISE,
        lambda request, story, given: workflow.revise(request.user, story.pk),
        done=_("Open for new text. What is live stays up until the next version goes out."),
    ),
    VerbSpec(
        Verb.CORRECT,
        _correct,
        form=CorrectForm,
        done=_("Corrected. Readers see the new text and the note."),
        explain=_("Changes what readers see now, at once, with a dated note below the story."),
    ),
    VerbSpec(
        Verb.PULL,
        lambda request, story, given: stories.pull(request.user, story.pk, given["reason"]),
        form=ReasonForm,
        done=_("Pulled. It is a draft again; a scheduled issue it stood in is on hold."),
        tone="stop",
        explain=_(
            "Takes the story out of the schedule so that it can be changed. A scheduled issue it stands in is put "
            "on hold until the story is approved again or taken off its page."
        ),
    ),
    VerbSpec(
        Verb.REVIEW_AFTERWARDS,
        lambda request, story, given: workflow.review_afterwards(
            request.user, story.pk, opinion=given["reason"]
        ),
        form=DecisionForm,
        done=_("Reviewed. The story owes nothing any more."),
        explain=_("This story went out on one emergency signature. Your review settles what it owes."),
    ),
    VerbSpec(
        Verb.SPIKE,
        lambda request, story, given: workflow.spike(request.user, story.pk, reason=given["reason"]),
        form=OptionalReasonForm,
        done=_("Spiked. Everything of it is kept."),
        tone="stop",
        explain=_("Puts the story aside. Nothing is lost; it can be taken off the spike again."),
    ),
    VerbSpec(
        Verb.UNSPIKE,
        lambda request, story, given: workflow.unspike(request.user, story.pk),
        done=_("Off the spike. It is a draft again."),
    ),
    VerbSpec(
        Verb.WITHDRAW,
        lambda request, story, given: stories.withdraw(request.user, story.pk, given["reason"]),
        form=ReasonForm,
        done=_("Withdrawn. Readers are told that the story is gone."),
        tone="stop",
        explain=_(
            "Takes every version of the story from the public, live and scheduled, at once. Its address then says "
            "that it is gone. A scheduled issue it stands in is put on hold."
        ),
    ),
)
