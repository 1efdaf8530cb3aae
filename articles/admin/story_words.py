"""What the scripts of a story's page say, and the key with which they keep unsaved text on a person's device."""

import json
from base64 import b64encode
from typing import Any

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from articles.models import Reporter

# Printed before a name, so in the paper's language whatever the desk's is.
TITLES = {
    Reporter.Kind.STAFF.value: "记者",
    Reporter.Kind.INTERN.value: "实习生",
    Reporter.Kind.STRINGER.value: "通讯员",
}


def key_of(user: Any) -> str:
    """The key of one account's copies, which stay on shared machines: another account never gets it, and with a new
    password there is a new one. 32 bytes, base64."""
    return b64encode(
        salted_hmac("articles.safety_copy", f"{user.pk}:{user.password}", algorithm="sha256").digest()
    ).decode()


def words() -> str:
    """Sentences by the name under which a script asks for them, in the language of the desk, as JSON."""
    said = {
        # saving
        "unsaved": _("What you typed is not saved yet."),
        "unsaved_verb": _("What you typed is not saved yet and will be lost. Go on all the same?"),
        "saving": _("Saving …"),
        "not_saved": _("Not saved"),
        "typed_stays": _("What you typed is still in this form."),
        "kept": _("It is also kept as revision #%(number)s."),
        "kept_here": _("What you typed is still in this form, and a copy is kept on this device."),
        "not_reached": _("The server cannot be reached. Try again in a moment."),
        "server_failed": _("The server made a mistake, so nothing was saved. Try again in a moment."),
        "too_large": _("This is more than the server takes at once, so nothing was saved."),
        "logged_out": _(
            "You are no longer logged in, so nothing was saved. Log in in another tab, come back here and save "
            "again: what you typed is still in this form."
        ),
        "log_in": _("Log in (opens a new tab)"),
        # counts
        "characters": _("%(count)s characters"),
        "of_limit": _("%(field)s: %(count)s of %(limit)s characters"),
        "too_long": _("%(field)s is %(over)s characters too long"),
        # rows and names
        "moved": _("Now at place %(place)s of %(count)s"),
        "names": _("Names"),
        "kinds": {str(kind): str(label) for kind, label in Reporter.Kind.choices},
        "titles": TITLES,
        "add_name": _("Put “%(name)s” on the list as"),
        "name_added": _("%(name)s is on the list now."),
        "name_unknown": _("Not on the list of names. Editors add names; ask yours, or leave a note below."),
        # photos
        "photo_waits": _("waiting"),
        "photo_taken": _("Added: %(file)s"),
        "photo_not_reached": _("It could not be sent. Try again."),
        "too_many_photos": _("The story has as many photos as it can hold."),
        "again": _("Try again"),
        "dismiss": _("Leave it out"),
        "look_for_photo": _("Caption, credit or file name"),
        "no_photo_found": _("No photo found."),
        "more": _("More"),
        "in_preparation": _("in preparation"),
        # copies on the device
        "copy_label": _("Unsaved text on this device"),
        "copy_found": _("On this device there is text of this story from %(time)s that was never saved."),
        "copy_older": _(
            "It was written on version %(version)s; the story is at version %(now)s now. When you save it, both "
            "texts are shown."
        ),
        "copy_take": _("Put it into the form"),
        "copy_drop": _("Throw it away"),
        "copy_taken": _("The text is in the form. It is not saved yet."),
    }
    return json.dumps(said, ensure_ascii=False)
