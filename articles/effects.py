"""What events do outside the desk: the handlers the outbox calls. Each is safe to repeat."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from articles.addresses import addresses_of
from articles.desk.outbox import NOTIFY, REFRESH, ROTATE, Fact, handler
from articles.models import Article, Event, Membership
from articles.permissions import LEADS, Person
from articles.printed.rotation import rotate_page
from articles.states import VERB_LABELS, Verb
from media_library.rotation import rotate

# Verbs whose author is told, and verbs of which the duty desk is.
AUTHORS_CARE = {
    Verb.SEND_BACK,
    Verb.APPROVE,
    Verb.PULL,
    Verb.CORRECT,
    Verb.WITHDRAW,
    Fact.ARTICLE_PUBLISHED,
}
LEADS_CARE = {Verb.HOLD_ISSUE, Verb.PULL, Verb.WITHDRAW, Fact.ISSUE_PUBLISHED}
REVIEWERS_CARE = {Verb.SUBMIT, Verb.APPROVE}


@handler(NOTIFY)
def notify(event: Event) -> None:
    """Mail those concerned, never the one who did it. One message, so that a retry does not repeat half of them."""
    people = {user.pk: user for user in _concerned(event) if user.is_active and user.email}
    people.pop(event.actor_id, None)
    if not people:
        return
    with translation.override(settings.LANGUAGE_CODE):
        message = EmailMessage(
            subject=f"{event.publication}：{_label(event.verb)}：{_subject(event)}",
            body="\n\n".join(filter(None, [_label(event.verb) + "：" + _subject(event), event.reason])),
            bcc=sorted(user.email for user in people.values()),
        )
    message.send()


def _label(verb: str) -> str:
    facts = {
        Fact.ARTICLE_PUBLISHED: _("The story is out"),
        Fact.ISSUE_PUBLISHED: _("The issue is out"),
    }
    return str(facts.get(verb) or VERB_LABELS[Verb(verb)])  # type: ignore[call-overload]


def _subject(event: Event) -> str:
    return str(event.article or event.issue or "")


def _concerned(event: Event) -> Iterable[Any]:
    users = get_user_model().objects
    if event.article and event.verb in AUTHORS_CARE:
        yield event.article.created_by
        yield from users.filter(reporters__bylines__article=event.article)
    if event.verb in LEADS_CARE:
        yield from users.filter(memberships__publication=event.publication, memberships__role__in=LEADS)
    if event.article and event.verb in REVIEWERS_CARE:
        yield from _reviewers(event.article)


def _reviewers(article: Article) -> Iterable[Any]:
    """Those who can take the stage the story waits at, if it still waits."""
    if article.stage is None:
        return
    seats = Membership.objects.filter(publication=article.publication_id, role=article.stage.role)
    for seat in seats.select_related("user"):
        if Person.of(seat.user).has_role_for([article.stage.role], article):
            yield seat.user


@handler(ROTATE)
def rotate_files(event: Event) -> None:
    """Give the photos of a withdrawn story, and the picture and PDF of pages that were withheld or replaced, new public
    names: addresses people have kept lead nowhere (RISKS 7, 39). What is rotated twice has only newer names."""
    for page_id in event.data.get("pages", []):
        rotate_page(page_id)
    for photo_id in event.data.get("photos", []):
        rotate(photo_id)


@handler(REFRESH)
def refresh_cache(event: Event) -> None:
    """Have the cache in front fetch anew what the event changed, so that it is right before its copy has expired."""
    import_string(settings.CACHE_REFRESH)(addresses_of(event))
