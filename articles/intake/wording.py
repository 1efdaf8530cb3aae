"""The parser's doubts and reasons in the reader's language. The parser itself is pure and speaks message ids."""

from django.utils.translation import gettext

from articles.intake.model import Reason, Why
from articles.intake.notes import Note


def note_text(doubt: Note) -> str:
    """One doubt as a sentence."""
    message = gettext(str(doubt.code))
    return message % {"about": doubt.about} if "%(about)s" in message else message


def reason_text(reason: Reason | Why) -> str:
    """Why lines were joined, or why a text belongs to no story."""
    return gettext(str(reason))
