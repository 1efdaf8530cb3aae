"""What a person is told whose question cannot be asked."""

from django.utils.translation import gettext as _

from articles.search.question import MOST_CHARACTERS, MOST_PHRASES, Unanswerable


def sentence(why: Unanswerable) -> str:
    return {
        "long": _("That is too long to look for. Give at most %(most)s characters, a few words are enough.")
        % {"most": MOST_CHARACTERS},
        "many": _("Those are too many words. Give at most %(most)s.") % {"most": MOST_PHRASES},
        "binary": _("There are characters in it that no text has. Type the words anew."),
        "nothing": _("There is no word in it to look for. Give at least one character, letter or number."),
    }[why.reason]
